using EduAssist.Data;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Storage;

/// <summary>How a database is opened, and which is not.</summary>
public class DatabaseTests
{
    [Theory, Requires(ExternalProgram.PostgreSql)]
    [InlineData(null, "off")]
    [InlineData("-c jit=on", "on")]
    public async Task The_server_compiles_no_queries_unless_the_operator_wants_it(string? options, string jit)
    {
        using var stored = new Stored(DatabaseKind.PostgreSql);
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(stored.Connection) { Options = options }.ToString();
        await using var db = new Database(connection, stored.Folder, null, stored.Instance.Tables).Open();
        Assert.Equal(jit,
            await db.Database.SqlQueryRaw<string>("SELECT current_setting('jit') AS \"Value\"")
                .SingleAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_connection_to_a_file_is_durable_and_keeps_foreign_keys()
    {
        using var stored = new Stored(DatabaseKind.Sqlite);
        var database = stored.Commands.Database;
        for (var again = 0; again < 2; again++)   // the second time out of the pool
        {
            await using var act = database.Open();
            await using var read = stored.Read();
            await using var schema = database.SchemaOf(database.Tables[0]);
            foreach (var db in (DbContext[])[act, read, schema])
            {
                await db.Database.OpenConnectionAsync();
                Assert.Equal(("wal", 2, 1), Settings(db.Database.GetDbConnection()));
            }

            using var own = database.Connect();
            Assert.Equal(("wal", 2, 1), Settings(own));
        }

        static (string, long, long) Settings(System.Data.Common.DbConnection c) =>
            (c.Texts("PRAGMA journal_mode").Single(), c.Number("PRAGMA synchronous"), c.Number("PRAGMA foreign_keys"));
    }

    [Theory, EveryDatabase]
    public async Task A_row_cannot_refer_to_one_that_is_not_there(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await Assert.ThrowsAsync<DbUpdateException>(() => stored.Do(work =>
        {
            work.Db.Add(new Guardian { Id = work.NewId(), StudentId = work.NewId(), Name = "李示例", Scope = "532301" });
            work.Audit("guardian/add", null, "");
            return Task.FromResult(CommandResult.Done());
        }));
    }

    [Theory, EveryDatabase]
    public void A_database_newer_than_the_program_is_refused_and_left_alone(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var database = stored.Commands.Database;
        using (var connection = database.Connect())
            connection.Execute("INSERT INTO core_migrations VALUES ('29991231_1_Later', '10.0.0')");
        List<string> told = [];
        var refused = Assert.Throws<OperatorException>(() => database.Upgrade(stored.Instance.Today.Now, told.Add));
        Assert.Contains("数据库比程序新：模块 core 的 29991231_1_Later", refused.Message, StringComparison.Ordinal);
        Assert.Empty(told);
        Assert.False(Directory.Exists(Path.Combine(stored.Folder, "backups")));
    }

    [Fact, Requires(ExternalProgram.PostgreSql)]
    public void Every_text_on_PostgreSQL_is_compared_byte_by_byte()
    {
        using var stored = new Stored(DatabaseKind.PostgreSql);
        using var connection = stored.Commands.Database.Connect();
        const string Columns = """
            SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_collation o ON o.oid = attcollation
            WHERE attnum > 0 AND relkind = 'r' AND relname LIKE 'core\_%' AND relname <> 'core_migrations' AND o.collname {0} 'C'
            """;
        Assert.NotEmpty(connection.Texts(string.Format(Columns, "=")));
        Assert.Empty(connection.Texts(string.Format(Columns, "<>")));
    }

    /// <summary>EF takes a lock that outlives a killed process; the next start would wait for ever.</summary>
    [Fact]
    public void A_start_that_was_killed_while_it_upgraded_does_not_stop_the_next_one()
    {
        using var stored = new Stored(DatabaseKind.Sqlite);
        var database = new Database(stored.Another(), stored.Folder, null, stored.Instance.Tables);
        using (var connection = database.Connect())
        {
            connection.Execute("""CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
            connection.Execute("""INSERT INTO "__EFMigrationsLock" VALUES (1, '2020-05-06 00:00:00')""");
        }

        List<string> told = [];
        database.Upgrade(stored.Instance.Today.Now, told.Add);
        Assert.Contains("core", Assert.Single(told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=nobody;Database=a;Timeout=2",
        "数据库无法使用：127.0.0.1:1/a 连不上服务器；请检查它是否在运行，以及配置项 Database 的主机和端口。")]
    [InlineData("Host=127.0.0.1;Nonsense=1", "配置项 Database 无法读取")]
    public void A_database_that_cannot_be_reached_is_one_line(string connection, string says)
    {
        var refused = Assert.Throws<OperatorException>(() => new Database(
            connection, Path.GetTempPath(), null, [Catalogue.CoreTables]).Upgrade(DateTimeOffset.UnixEpoch, _ => { }));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
