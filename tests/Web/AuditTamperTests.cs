using System.Data.Common;
using System.Net;
using System.Text.Json.Nodes;
using EduAssist.Chuxiong;
using EduAssist.Data;
using EduAssist.Kernel.Access;

namespace EduAssist.Web;

/// <summary>
/// Whoever writes to the database of a running server, past the program and without the master key, is found out:
/// before and after the server has sealed what they left.
/// </summary>
public class AuditTamperTests
{
    private const string Mark = "没有程序的印记，或者写后被改动",
        NoHead = "链尾记录不在了",
        OtherHead = "链尾记录是第",
        NoFile = "链尾文件",
        Fifth = """WHERE "Id" = (SELECT "EntryId" FROM core_audit_seal WHERE "Sequence" = 5)""",
        Newest = """WHERE "Action" = 'test/unsealed'""",
        NewId = "'01990000-0000-7000-8000-000000000001'",
        OlderCopy =
            """
                DELETE FROM core_audit_entry; INSERT INTO core_audit_entry SELECT * FROM copied_entry;
                DELETE FROM core_audit_seal; INSERT INTO core_audit_seal SELECT * FROM copied_seal;
                DELETE FROM core_audit_head; INSERT INTO core_audit_head SELECT * FROM copied_head
                """,
        Empty = "DELETE FROM core_audit_seal; DELETE FROM core_audit_entry; DELETE FROM core_audit_head";

    private static readonly DateOnly Day = new(2020, 5, 6);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>What is done: by SQL, and to the file with the end of the chain; what must be said of it.</summary>
    public sealed record Way(string Name, string Sql, string Told, Action<string>? File = null)
    {
        /// <summary>In the midst of what is sealed: only whoever follows the whole chain sees it.</summary>
        internal bool IsWithin => Name.StartsWith("sealed: ", StringComparison.Ordinal);

        /// <summary>An entry that nothing has sealed yet, and nothing may.</summary>
        internal bool StaysOut => Told == Mark && !IsWithin;

        public override string ToString() => Name;
    }

    private static IReadOnlyList<Way> Ways { get; } =
    [
        // as the audit could be rewritten before
        new("seals and end deleted", "DELETE FROM core_audit_seal; DELETE FROM core_audit_head", NoHead),
        new(
            "an entry inserted",
            $"""
            INSERT INTO core_audit_entry ("Id", "At", "Actor", "Action", "Scope")
            VALUES ({NewId}, '2020-05-06 00:00:00', 'admin', 'user/grant', '')
            """,
            Mark
        ),
        new("everything deleted", Empty, NoHead),
        new("the end deleted", "DELETE FROM core_audit_head", NoHead),
        new("the end says less", """UPDATE core_audit_head SET "Sequence" = "Sequence" - 1""", OtherHead),
        new(
            "the end is a seal",
            """UPDATE core_audit_head SET "Mac" = (SELECT "Mac" FROM core_audit_seal WHERE "Sequence" = 5)""",
            "链尾记录被改动"
        ),
        // an entry that is sealed
        .. from column in Columns
        select new Way($"sealed: {column.Name}", $"UPDATE core_audit_entry SET {column.To} {Fifth}", "第 5 条（"),
        new("sealed: deleted", $"DELETE FROM core_audit_entry {Fifth}", "第 5 条的内容不在了"),
        new(
            "sealed: deleted with its seal",
            $"DELETE FROM core_audit_entry {Fifth}; DELETE FROM core_audit_seal WHERE \"Sequence\" = 5",
            "第 5 至 5 条不在了"
        ),
        new(
            "sealed: the mark of another",
            $"""
            UPDATE core_audit_entry SET "Mac" = (SELECT e."Mac" FROM core_audit_entry e
                JOIN core_audit_seal s ON s."EntryId" = e."Id" WHERE s."Sequence" = 6) {Fifth}
            """,
            Mark
        ),
        new("sealed: no mark", $"UPDATE core_audit_entry SET \"Mac\" = NULL {Fifth}", Mark),
        new(
            "sealed: two change places",
            """
            CREATE TABLE copied_two AS SELECT * FROM core_audit_seal WHERE "Sequence" IN (5, 6);
            DELETE FROM core_audit_seal WHERE "Sequence" IN (5, 6);
            INSERT INTO core_audit_seal ("Sequence", "EntryId", "Mac")
                SELECT 11 - "Sequence", "EntryId", "Mac" FROM copied_two
            """,
            "第 5 条（"
        ),
        new(
            "seals renumbered",
            """
            UPDATE core_audit_seal SET "Sequence" = "Sequence" + 100 WHERE "Sequence" > 4;
            UPDATE core_audit_head SET "Sequence" = "Sequence" + 100
            """,
            "第 5 至 104 条不在了"
        ),
        // an entry that is not sealed yet
        .. from column in Columns
        select new Way($"unsealed: {column.Name}", $"UPDATE core_audit_entry SET {column.To} {Newest}", Mark),
        new("unsealed: no mark", $"UPDATE core_audit_entry SET \"Mac\" = NULL {Newest}", Mark),
        new(
            "replayed under another id",
            $"""
            INSERT INTO core_audit_entry ("Id", {All}) SELECT {NewId}, {All} FROM core_audit_entry {Fifth}
            """,
            Mark
        ),
        // the end of the chain
        new(
            "the newest cut",
            """
            DELETE FROM core_audit_entry WHERE "Id" IN (SELECT "EntryId" FROM core_audit_seal WHERE "Sequence" > 6);
            DELETE FROM core_audit_seal WHERE "Sequence" > 6
            """,
            OtherHead
        ),
        new(
            "the newest cut with the number of the end",
            """
            DELETE FROM core_audit_entry WHERE "Id" IN (SELECT "EntryId" FROM core_audit_seal WHERE "Sequence" > 6);
            DELETE FROM core_audit_seal WHERE "Sequence" > 6; UPDATE core_audit_head SET "Sequence" = 6
            """,
            "链尾记录被改动"
        ),
        new("an older copy put back", OlderCopy, "链尾文件是第"),
        new("an older copy put back, the file deleted", OlderCopy, NoFile, File.Delete),
        new("everything deleted, the file too", Empty, NoHead, File.Delete),
        new("entries and seals deleted", "DELETE FROM core_audit_seal; DELETE FROM core_audit_entry", OtherHead),
        new("seals dropped", "DROP TABLE core_audit_seal", "表被删去"),
        // the file
        new("the file deleted", "SELECT 1", NoFile, File.Delete),
        new("the file altered", "SELECT 1", NoFile, f => File.WriteAllText(f, File.ReadAllText(f).Replace(":", ":0"))),
        new("the file emptied", "SELECT 1", NoFile, f => File.WriteAllText(f, "")),
    ];

    /// <summary>Every column of an entry but its id and its mark.</summary>
    private static IEnumerable<(string Name, string To)> Columns =>
        [
            ("actor", "\"Actor\" = 'nobody'"),
            ("action", "\"Action\" = 'test/other'"),
            ("subject", $"\"Subject\" = {NewId}"),
            ("scope", "\"Scope\" = '532301'"),
            ("detail", "\"Detail\" = 'something else'"),
            ("role", "\"Role\" = '省教育厅'"),
            ("address", "\"Address\" = '192.0.2.1'"),
            ("time", "\"At\" = '2020-01-01 00:00:00'"),
            ("text to the next column", "\"Detail\" = NULL, \"Scope\" = \"Scope\" || coalesce(\"Detail\", '1')"),
        ];

    private const string All =
        "\"At\", \"Actor\", \"Action\", \"Subject\", \"Scope\", \"Detail\", \"Role\", \"Address\", \"Mac\"";

    public static IEnumerable<TheoryDataRow<DatabaseKind, string>> Tried =>
        from kind in Enum.GetValues<DatabaseKind>()
        from way in Ways
        select new TheoryDataRow<DatabaseKind, string>(kind, way.Name) { Skip = kind.Skipped() };

    [Theory, MemberData(nameof(Tried))]
    public async Task Tampering_with_a_running_server_is_found(DatabaseKind kind, string name)
    {
        var way = Ways.Single(w => w.Name == name);
        await using var served = await Serve(kind);
        var commands = served.Stored.Commands;
        await Fill(served, "early");
        await Change(
            served,
            """
            CREATE TABLE copied_entry AS SELECT * FROM core_audit_entry;
            CREATE TABLE copied_seal AS SELECT * FROM core_audit_seal;
            CREATE TABLE copied_head AS SELECT * FROM core_audit_head
            """
        );
        await Fill(served, "late");
        await commands.AppendAuditAsync(Auditor, "test/unsealed", scope: "532300", detail: "not yet");
        await Change(served, way.Sql);
        way.File?.Invoke(Kept(served));
        await Found("at once");

        // the server goes on: it acts, notes and tries to seal, and nothing of it hides what was done
        await commands.AppendAuditAsync(Auditor, "test/after", scope: "532300");
        using (var answer = await served.Client.GetAsync("/api/auth/me", Now))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        for (var tried = 0; tried < 2; tried++)
        {
            var faults = (await commands.SealAsync(Now)).Faults;
            Assert.True(way.IsWithin == (faults.Count == 0), $"the sealer says: {string.Join(" ", faults)}");
        }

        var unsealed = await Found("after the sealer");
        if (!way.Sql.StartsWith("DROP", StringComparison.Ordinal)) // then nothing can be counted
            Assert.Equal(way.IsWithin ? 0 : 1, Math.Sign(unsealed));
        if (way.StaysOut)
            Assert.Equal(1, unsealed); // what the program has written beside it is sealed

        async Task<int> Found(string when)
        {
            var check = await AuditChain.VerifyAsync(commands.Database);
            Assert.True(
                check.Faults.Any(f => f.Contains(way.Told, StringComparison.Ordinal)),
                $"{when}: {string.Join(" ", check.Faults)}"
            );
            return check.Unsealed;
        }
    }

    /// <summary>SQLite takes any text for an id.</summary>
    [Fact]
    public async Task What_cannot_be_read_is_a_fault_and_no_end_of_the_server()
    {
        await using var served = await Serve(DatabaseKind.Sqlite);
        await Fill(served, "early");
        await Change(served, """UPDATE core_audit_entry SET "At" = 'yesterday' WHERE "Action" = 'test/early'""");
        var check = await AuditChain.VerifyAsync(served.Stored.Commands.Database);
        Assert.Contains("读不出来", Assert.Single(check.Faults), StringComparison.Ordinal);
    }

    /// <summary>The same looks at what nobody has touched.</summary>
    [Theory, EveryDatabase]
    public async Task What_nobody_has_touched_is_whole(DatabaseKind kind)
    {
        await using var served = await Serve(kind);
        await Fill(served, "early");
        await Fill(served, "late");
        var check = await AuditChain.VerifyAsync(served.Stored.Commands.Database);
        Assert.Empty(check.Faults);
        Assert.Empty(check.Notes);
        Assert.Equal(check.Head.ToString(), (await File.ReadAllTextAsync(Kept(served), Now)).Split(' ')[1]);
    }

    /// <summary>
    /// All of it as it was, the file too: nothing on the machine knows better, and an end that was kept elsewhere does.
    /// </summary>
    [Theory, EveryDatabase]
    public async Task All_put_back_to_an_older_state_with_the_file_is_found_by_an_end_kept_elsewhere(DatabaseKind kind)
    {
        await using var served = await Serve(kind);
        var database = served.Stored.Commands.Database;
        await Fill(served, "early");
        await Change(
            served,
            """
            CREATE TABLE copied_entry AS SELECT * FROM core_audit_entry;
            CREATE TABLE copied_seal AS SELECT * FROM core_audit_seal;
            CREATE TABLE copied_head AS SELECT * FROM core_audit_head
            """
        );
        var file = await File.ReadAllTextAsync(Kept(served), Now);
        var elsewhere = await Fill(served, "late");
        await Change(served, OlderCopy);
        await File.WriteAllTextAsync(Kept(served), file, Now);
        Assert.Empty((await AuditChain.VerifyAsync(database)).Faults);
        Assert.Contains(
            "给出的链尾是第",
            Assert.Single((await AuditChain.VerifyAsync(database, elsewhere)).Faults),
            StringComparison.Ordinal
        );
        // what is sealed over it is another chain from there on
        await Fill(served, "again");
        await Fill(served, "and again");
        Assert.Contains(
            "与给出的链尾不符",
            Assert.Single((await AuditChain.VerifyAsync(database, elsewhere)).Faults),
            StringComparison.Ordinal
        );
    }

    /// <summary>The server says it where it is watched, goes on, and seals again when all is as it was.</summary>
    [Theory, EveryDatabase]
    public async Task A_server_that_does_not_seal_says_so_and_goes_on(DatabaseKind kind)
    {
        await using var served = await Serve(kind);
        var commands = served.Stored.Commands;
        await Fill(served, "early");
        await Until(() => Word(), "sealed");
        await Change(served, "CREATE TABLE copied_head AS SELECT * FROM core_audit_head; DELETE FROM core_audit_head");
        await Until(() => Word(), "refused");
        await commands.AppendAuditAsync(Auditor, "test/meanwhile");
        Assert.True((await AuditChain.VerifyAsync(commands.Database)).Unsealed > 0);

        await Change(served, "INSERT INTO core_audit_head SELECT * FROM copied_head");
        await Until(() => Word(), "sealed");
        await commands.SealAsync(Now);
        var check = await AuditChain.VerifyAsync(commands.Database);
        Assert.Equal((0, 0), (check.Faults.Count, check.Unsealed));

        async Task<string> Word() =>
            (string)JsonNode.Parse(await served.Client.GetStringAsync("/health/ready", Now))!["audit"]!;
    }

    /// <summary>The marks of one database are not those of another, though they have one master key.</summary>
    [Theory, EveryDatabase]
    public async Task The_audit_of_another_database_with_the_same_master_key_is_no_audit_of_this_one(DatabaseKind kind)
    {
        await using var served = await Serve(kind);
        await Fill(served, "early");
        var connection = served.Stored.Another();
        var database = new Database(connection, served.Stored.Folder, null, served.Stored.Instance.Tables);
        database.Upgrade(served.Stored.Instance.Today.Now, _ => { });
        using var other = new CommandExecutor(served.Stored.Instance, database);
        for (var i = 0; i < 20; i++)
            await other.AppendAuditAsync(Auditor, $"test/{i}");
        await other.SealAsync(Now);
        Assert.Empty((await AuditChain.VerifyAsync(database)).Faults);
        await using (var from = served.Stored.Past(connection))
        await using (var to = served.Stored.Past())
            foreach (var table in (string[])["core_audit_entry", "core_audit_seal", "core_audit_head"])
                await Replace(from, to, table);
        File.Copy(
            Directory.GetFiles(served.Stored.Folder, "audit-*.head").Single(f => f != Kept(served)),
            Kept(served),
            overwrite: true
        );
        var faults = string.Join(" ", (await AuditChain.VerifyAsync(served.Stored.Commands.Database)).Faults);
        foreach (var told in (string[])[Mark, "链尾记录被改动", "属于另一个数据库"])
            Assert.Contains(told, faults, StringComparison.Ordinal);
    }

    private static async Task Replace(DbConnection from, DbConnection to, string table)
    {
        await using (var delete = to.CreateCommand())
        {
            delete.CommandText = $"DELETE FROM {table}";
            await delete.ExecuteNonQueryAsync(Now);
        }

        await using var select = from.CreateCommand();
        select.CommandText = $"SELECT * FROM {table}";
        await using var rows = await select.ExecuteReaderAsync(Now);
        while (await rows.ReadAsync(Now))
        {
            await using var insert = to.CreateCommand();
            var columns = Enumerable.Range(0, rows.FieldCount).ToList();
            insert.CommandText =
                $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{rows.GetName(c)}\""))}) "
                + $"VALUES ({string.Join(", ", columns.Select(c => $"@p{c}"))})";
            foreach (var column in columns)
            {
                var value = insert.CreateParameter();
                (value.ParameterName, value.Value) = ($"@p{column}", rows.GetValue(column));
                insert.Parameters.Add(value);
            }

            await insert.ExecuteNonQueryAsync(Now);
        }
    }

    private static Actor Auditor { get; } =
        new("auditor", new Grant(Role.Auditor, "5323")) { Address = "198.51.100.7" };

    private static async Task<Served> Serve(DatabaseKind kind)
    {
        var stored = await Stored.Like(kind, Day, Furnish, modules: new ChuxiongModule());
        var served = new Served(stored: stored);
        await served.InitializeAsync();
        return served;
    }

    private static Task Furnish(Stored stored) => Task.CompletedTask;

    private static async Task<ChainHead> Fill(Served served, string what)
    {
        for (var i = 1; i <= 6; i++)
            await served.Stored.Commands.AppendAuditAsync(Auditor, $"test/{what}", null, "532300", $"{i}");
        await served.Stored.Commands.SealAsync(Now);
        return (await AuditChain.VerifyAsync(served.Stored.Commands.Database)).Head;
    }

    private static string Kept(Served served) =>
        Path.Combine(
            served.Stored.Folder,
            $"audit-{(served.Stored.Commands.Database.File is { } file
                ? Path.GetFileNameWithoutExtension(file)
                : new Npgsql.NpgsqlConnectionStringBuilder(served.Stored.Connection).Database)}.head"
        );

    /// <summary>Past the program, all of it at once.</summary>
    private static async Task Change(Served served, string sql)
    {
        await using var past = served.Stored.Past();
        await using var transaction = await past.BeginTransactionAsync(Now);
        await using var command = past.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        await command.ExecuteNonQueryAsync(Now);
        await transaction.CommitAsync(Now);
    }

    private static async Task Until(Func<Task<string>> says, string wanted)
    {
        for (var tried = 0; await says() is var said && said != wanted; tried++)
        {
            Assert.True(tried < 150, $"it says {said}, not {wanted}");
            await Task.Delay(100, Now);
        }
    }
}
