using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Storage;

/// <summary>Keys change while others read and write, and nothing is lost.</summary>
public class KeyRotationTests
{
    private const int Before = 250, Meanwhile = 60;

    /// <summary>
    /// The writer and the reader are another process: they have the database open with a ring of their own.
    /// </summary>
    [Theory, EveryDatabase]
    public async Task What_was_encrypted_before_is_encrypted_anew_while_others_read_and_write(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        using var server = Another(stored);
        for (var i = 0; i < Before; i++) await Add(server, i);
        await server.ExecuteAsync(new(Actor.Local, "key-1"), work => Answer(work, "first"));
        using var over = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = Before; i < Before + Meanwhile; i++) await Add(server, i);
        });
        var reading = Task.Run(async () =>
        {
            var looks = 0;
            for (; !over.IsCancellationRequested; looks++)
            {
                await using var db = server.Database.Read(AccessScope.Everything);
                foreach (var student in await db.Set<Student>().ToListAsync())
                    Assert.Equal(PhoneOf(student.Name), student.Phone);
            }

            return looks;
        });
        var (key, rows) = await KeyRotation.RotateAsync(stored.Commands, Actor.Local);
        await writing;
        await over.CancelAsync();
        Assert.True(await reading > 0);
        Assert.Equal(2, key);
        Assert.InRange(rows, Before, Before + Meanwhile + 1);
        Assert.Equal(["02"], Keys(stored));
        await Add(server, Before + Meanwhile);
        Assert.Equal(["02"], Keys(stored));   // the other process encrypts with the new key
        await using var all = server.Database.Read(AccessScope.Everything);
        Assert.Equal(Before + Meanwhile + 1,
            (await all.Set<Student>().ToListAsync()).Count(s => s.Phone == PhoneOf(s.Name)));
        var index = server.Database.Keys.BlindIndexOf(PhoneOf("p7"), "x");
        Assert.Equal(stored.Commands.Database.Keys.BlindIndexOf(PhoneOf("p7"), "x"), index);
        Assert.Equal("first",
            (await server.ExecuteAsync(new(Actor.Local, "key-1"), work => Answer(work, "second")))
                .Answer<Said>()!.Name);
    }

    /// <summary>The planted fault: a row that nobody encrypts anew is seen by the same look at the keys.</summary>
    [Theory, EveryDatabase]
    public async Task A_row_that_was_left_out_is_seen(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await Add(stored.Commands, 1);
        await stored.Do(work =>
        {
            work.Db.Add(work.Keys.Next(work.Now));
            work.Audit("keys/rotate", null, "");
            return Task.FromResult(CommandResult.Done());
        });
        await Add(stored.Commands, 2);
        Assert.Equal(["01", "02"], Keys(stored));
    }

    [Theory, EveryDatabase]
    public async Task A_rotation_that_was_broken_off_is_done_by_the_next_and_an_old_backup_is_restored(
        DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await Add(stored.Commands, 1);
        var backup = Path.Combine(stored.Folder, "old.backup");
        Backup.Write(stored.Commands.Database, backup, stored.Instance.Today.Now);
        await KeyRotation.RotateAsync(stored.Commands, Actor.Local);
        Assert.Equal(3, (await KeyRotation.RotateAsync(stored.Commands, Actor.Local)).Key);
        Assert.Equal(["03"], Keys(stored));
        var elsewhere = new Database(stored.Another(), stored.Folder, null, stored.Instance.Tables);
        BackupRestore.Restore(elsewhere, backup, replace: false, stored.Instance.Today.Now, _ => { });
        elsewhere.Upgrade(stored.Instance.Today.Now, _ => { });
        await using var db = elsewhere.Read(AccessScope.Everything);
        Assert.Equal(PhoneOf("p1"), (await db.Set<Student>().SingleAsync(TestContext.Current.CancellationToken)).Phone);
    }

    [Theory, EveryDatabase]
    public async Task Another_master_key_opens_the_same_data_and_the_audit_and_the_old_one_no_longer(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await Add(stored.Commands, 1);
        var head = (await stored.Commands.SealAsync(TestContext.Current.CancellationToken)).Head;
        var (other, third) = (Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(i => (byte)i)]),
            Convert.ToBase64String([.. Enumerable.Range(2, 32).Select(i => (byte)i)]));
        var inUse = await Assert.ThrowsAsync<OperatorException>(
            () => KeyRotation.RotateMasterAsync(stored.Instance, Closed(null), other, "new.key", Actor.Local));
        Assert.Contains("正在使用", inUse.Message, StringComparison.Ordinal);
        stored.Commands.Dispose();
        Forget();
        var none = await Assert.ThrowsAsync<OperatorException>(
            () => KeyRotation.RotateMasterAsync(stored.Instance, Closed(null), "c2hvcnQ=", "new.key", Actor.Local));
        Assert.Contains("new.key 须为 32 字节", none.Message, StringComparison.Ordinal);
        await KeyRotation.RotateMasterAsync(stored.Instance, Closed(null), $"{other}\n", "new.key", Actor.Local);
        Forget();
        Assert.Contains("主密钥与数据库不符",
            Assert.Throws<OperatorException>(() => Closed(null).Upgrade(stored.Instance.Today.Now, _ => { })).Message,
            StringComparison.Ordinal);
        Forget();
        // and once more: the audit's key is kept
        await KeyRotation.RotateMasterAsync(stored.Instance, Closed(other), third, "new.key", Actor.Local);
        var opened = Closed(third);
        opened.Upgrade(stored.Instance.Today.Now, _ => { });
        using var commands = new CommandExecutor(stored.Instance, opened);
        await KeyRotation.RotateAsync(commands, Actor.Local);
        await commands.SealAsync(TestContext.Current.CancellationToken);
        var check = await AuditChain.VerifyAsync(opened, head);
        Assert.Empty(check.Faults);
        Assert.Equal(0, check.Unsealed);
        await using var db = opened.Read(AccessScope.Everything);
        Assert.Equal(PhoneOf("p1"), (await db.Set<Student>().SingleAsync(TestContext.Current.CancellationToken)).Phone);

        Database Closed(string? key) => new(stored.Connection, stored.Folder, key, stored.Instance.Tables);
    }

    private static void Forget()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Npgsql.NpgsqlConnection.ClearAllPools();
    }

    private static CommandExecutor Another(Stored stored)
    {
        var database = new Database(stored.Connection, stored.Folder, null, stored.Instance.Tables);
        database.Upgrade(stored.Instance.Today.Now, _ => { });
        return new(stored.Instance, database);
    }

    private static string PhoneOf(string name) =>
        $"1390000{int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture):0000}";

    private static Task Add(CommandExecutor commands, int n) => commands.ExecuteAsync(new(Actor.Local), work =>
    {
        work.Db.Add(new Student
        {
            Id = work.NewId(),
            Name = $"p{n}",
            Phone = PhoneOf($"p{n}"),
            Address = n % 2 == 0 ? null : "鹿城镇示例村一组",
            Scope = "532301",
        });
        work.Audit("student/add", null, "");
        return Task.FromResult(CommandResult.Done());
    });

    private static Task<CommandResult> Answer(UnitOfWork work, string said)
    {
        work.Audit("test/answer", null, "");
        return Task.FromResult(CommandResult.Done(new Said(said)));
    }

    /// <summary>The keys that values in the tables name.</summary>
    private static IReadOnlyList<string> Keys(Stored stored)
    {
        using var connection = stored.Commands.Database.Connect();
        var hex = stored.Commands.Database.Kind == DatabaseKind.Sqlite ? "hex(substr({0}, 3, 1))"
            : "encode(substr({0}, 3, 1), 'hex')";
        var columns = (List<(string Table, string Column)>)[("core_student", "\"Phone\""),
            ("core_student", "\"Address\""), ("core_answered_request", "\"Body\"")];
        return
        [
            .. columns.SelectMany(c => connection.Texts(
                $"SELECT DISTINCT {string.Format(System.Globalization.CultureInfo.InvariantCulture, hex, c.Column)} "
                    + $"FROM {c.Table} WHERE {c.Column} IS NOT NULL")).Distinct().Order(StringComparer.Ordinal),
        ];
    }
}
