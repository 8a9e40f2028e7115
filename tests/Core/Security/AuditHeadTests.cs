using System.Reflection;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Security;

/// <summary>
/// The marks of entries, the end of the chain that lies beside the database, and how both came to a database of the
/// release 0.1.
/// </summary>
public class AuditHeadTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_column_of_an_entry_is_in_its_mark()
    {
        using var stored = new Stored(DatabaseKind.Sqlite);
        var keys = stored.Commands.Database.Keys;
        using var db = stored.Commands.Database.Open();
        var columns = db.Model.FindEntityType(typeof(AuditEntry))!.GetProperties().Select(p => p.PropertyInfo!)
            .Where(p => p.Name != nameof(AuditEntry.Mac)).ToList();
        Assert.Equal(9, columns.Count);
        Assert.True(AuditMac.IsRight(keys, Marked(_ => { })));
        foreach (var column in columns)
        {
            Assert.False(AuditMac.IsRight(keys, Marked(e => column.SetValue(e, Other(column.GetValue(e))))),
                column.Name);
            if (new NullabilityInfoContext().Create(column).ReadState == NullabilityState.Nullable)
                Assert.False(AuditMac.IsRight(keys, Marked(e => column.SetValue(e, null))), $"{column.Name} null");
        }

        // a text that goes to the next column
        foreach (var (one, next) in columns.Where(c => c.PropertyType == typeof(string)).ToList() is var texts
            ? texts.Zip(texts.Skip(1)) : [])
            Assert.False(
                AuditMac.IsRight(keys, Marked(e =>
                {
                    next.SetValue(e, $"{one.GetValue(e)}{next.GetValue(e)}");
                    one.SetValue(e, "");
                })),
                $"{one.Name} {next.Name}");

        AuditEntry Marked(Action<AuditEntry> alter)
        {
            var entry = new AuditEntry
            {
                Id = Guid.Parse("01990000-0000-7000-8000-000000000001"),
                At = new(2020, 5, 6, 8, 0, 0, TimeSpan.Zero),
                Actor = "a",
                Action = "b",
                Subject = Guid.Parse("01990000-0000-7000-8000-000000000002"),
                Scope = "532301",
                Detail = "d",
                Role = "r",
                Address = "198.51.100.7",
            };
            entry.Mac = AuditMac.OfEntry(keys, entry);
            alter(entry);
            return entry;
        }

        static object Other(object? value) => value switch
        {
            string text => $"{text}x",
            DateTimeOffset at => at.AddMilliseconds(1),
            Guid => Guid.NewGuid(),
            _ => throw new NotSupportedException($"{value}"),
        };
    }

    [Theory, EveryDatabase]
    public async Task A_database_that_nothing_was_done_in_is_whole_and_one_that_was_emptied_is_not(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var database = new Database(stored.Another(), stored.Folder, null, stored.Instance.Tables);
        database.Upgrade(stored.Instance.Today.Now, _ => { });
        Assert.Empty((await AuditChain.VerifyAsync(database)).Faults);
        var (row, file) = (await Head(database), await File.ReadAllTextAsync(database.HeadFile!.Path, Now));
        using var commands = new CommandExecutor(stored.Instance, database);
        await commands.PrepareDatabaseAsync();
        Assert.Empty((await commands.SealAsync(Now)).Faults);
        await using (var db = database.Open())
        {
            await db.Set<AuditSeal>().ExecuteDeleteAsync(Now);
            await db.Set<AuditEntry>().ExecuteDeleteAsync(Now);
            await db.Set<AuditHead>().ExecuteUpdateAsync(
                set => set.SetProperty(h => h.Sequence, row.Sequence).SetProperty(h => h.Mac, row.Mac), Now);
        }

        // all of it as it was before the first command: that there was one shows by what it left
        await File.WriteAllTextAsync(database.HeadFile.Path, file, Now);
        Assert.Contains("审计被清空", Assert.Single((await AuditChain.VerifyAsync(database)).Faults),
            StringComparison.Ordinal);
        // and deleting the file makes nobody write it anew
        File.Delete(database.HeadFile.Path);
        database.Upgrade(stored.Instance.Today.Now, _ => { });
        Assert.False(database.HeadFile.Exists);
    }

    /// <summary>Two hosts on one database, each with a data folder of its own.</summary>
    [Theory, EveryDatabase]
    public async Task The_file_of_a_host_may_lag_behind_and_never_leads_nor_differs(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await stored.Commands.SealAsync(Now);
        var folder = Directory.CreateDirectory(Path.Combine(stored.Folder, "second")).FullName;
        File.Copy(Path.Combine(stored.Folder, "master.key"), Path.Combine(folder, "master.key"));
        var database = new Database(stored.Connection, folder, null, stored.Instance.Tables);
        database.Upgrade(stored.Instance.Today.Now, _ => { });
        using var second = new CommandExecutor(stored.Instance, database);
        await Faulty("不在");
        Assert.Empty((await second.AcceptHeadAsync(Actor.Local)).Faults);
        Assert.Empty((await second.SealAsync(Now)).Faults);

        for (var i = 0; i < 3; i++)
        {
            await stored.Commands.AppendAuditAsync(Actor.Local, "test/first");
            Assert.Empty((await stored.Commands.SealAsync(Now)).Faults); // whose file lags behind the second's
            await second.AppendAuditAsync(Actor.Local, "test/second");
        }

        var behind = database.HeadFile!.Read().Head!;
        Assert.Empty((await AuditChain.VerifyAsync(database)).Faults);
        Assert.Empty((await second.SealAsync(Now)).Faults);
        var end = database.HeadFile.Read().Head!;
        Assert.True(end.Sequence > behind.Sequence + 3);
        Assert.Empty((await stored.Commands.SealAsync(Now)).Faults);
        Assert.True(stored.Commands.Database.HeadFile!.Read().Head!.Is(end)); // an idle host follows

        database.HeadFile.Write(end with { Sequence = end.Sequence + 1 });
        await Faulty("末尾被截去");
        database.HeadFile.Write(behind with { Sequence = behind.Sequence - 1 });
        await Faulty("与链尾文件不符");
        database.HeadFile.Write(behind);
        Assert.Empty((await second.SealAsync(Now)).Faults);

        async Task Faulty(string told)
        {
            foreach (var faults in (IReadOnlyList<string>[])
                [(await second.SealAsync(Now)).Faults, (await AuditChain.VerifyAsync(database)).Faults])
                Assert.Contains(told, Assert.Single(faults), StringComparison.Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_chain_is_accepted_only_whole_and_that_is_noted(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var database = stored.Commands.Database;
        var head = (await stored.Commands.SealAsync(Now)).Head!;
        File.Delete(database.HeadFile!.Path);
        var check = await AuditChain.VerifyAsync(database, head);
        Assert.Empty(check.Faults); // an end that was kept elsewhere proves as much
        Assert.Contains("不在", Assert.Single(check.Notes), StringComparison.Ordinal);
        Assert.Contains("不在", Assert.Single((await AuditChain.VerifyAsync(database)).Faults), StringComparison.Ordinal);

        var accepted = await stored.Commands.AcceptHeadAsync(Actor.Local);
        Assert.Empty(accepted.Faults);
        Assert.Equal(head.Sequence + 1, accepted.Head.Sequence);
        Assert.Empty((await AuditChain.VerifyAsync(database)).Faults);
        await using var db = database.Open();
        Assert.Equal("file was none",
            (await db.Set<AuditEntry>().SingleAsync(e => e.Action == "audit/head-accept", Now)).Detail);

        await db.Set<AuditSeal>().Where(s => s.Sequence == 1).ExecuteDeleteAsync(Now);
        File.Delete(database.HeadFile.Path);
        Assert.NotEmpty((await stored.Commands.AcceptHeadAsync(Actor.Local)).Faults);
        Assert.False(database.HeadFile.Exists);
    }

    [Theory, EveryDatabase]
    public async Task The_file_is_its_owner_s_alone(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await stored.Commands.SealAsync(Now);
        var file = stored.Commands.Database.HeadFile!.Path;
        if (!OperatingSystem.IsWindows())   // there the rights of the folder hold
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Single(Directory.GetFiles(stored.Folder, "audit-*")); // nothing half written is left
    }

    [Theory, EveryDatabase]
    public async Task Entries_of_the_release_0_1_are_marked_once_if_their_chain_is_whole(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var head = await Former(stored);
        var database = await Upgraded(stored);
        var check = await AuditChain.VerifyAsync(database, head);
        Assert.Equal((0, 1, head.Sequence), (check.Faults.Count, check.Unsealed, check.Head.Sequence));
        Assert.True(database.HeadFile!.Read().Head!.Is(head));

        // never again: not with the next start, and not where the file is gone
        await Unmark(stored);
        foreach (var isFileGone in (bool[])[false, true])
        {
            if (isFileGone)
                File.Delete(database.HeadFile.Path);
            Assert.Contains((await AuditChain.VerifyAsync(await Upgraded(stored))).Faults,
                f => f.Contains("没有程序的印记", StringComparison.Ordinal));
        }
    }

    [Theory, EveryDatabase]
    public async Task Entries_of_the_release_0_1_are_not_marked_where_their_chain_is_not_whole(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await Former(stored);
        await using (var past = stored.Past())
        await using (var command = past.CreateCommand())
        {
            command.CommandText = "UPDATE core_audit_entry SET \"Actor\" = 'nobody' "
                + "WHERE \"Id\" = (SELECT \"EntryId\" FROM core_audit_seal WHERE \"Sequence\" = 1)";
            await command.ExecuteNonQueryAsync(Now);
        }

        List<string> told = [];
        var database = await Upgraded(stored, told.Add);
        Assert.Contains(told, t => t.StartsWith("审计没有升级", StringComparison.Ordinal));
        Assert.False(database.HeadFile!.Exists);
        var faults = string.Join(" ", (await AuditChain.VerifyAsync(database)).Faults);
        foreach (var fault in (string[])["第 1 条（", "没有程序的印记", "还是旧版本留下的样子"])
            Assert.Contains(fault, faults, StringComparison.Ordinal);
        using var commands = new CommandExecutor(stored.Instance, database);
        Assert.Contains("还是旧版本", Assert.Single((await commands.SealAsync(Now)).Faults), StringComparison.Ordinal);
    }

    /// <summary>Makes of a database what the release 0.1 would have left: sealed, but for one entry.</summary>
    private static async Task<ChainHead> Former(Stored stored)
    {
        for (var i = 0; i < 6; i++) await stored.Commands.AppendAuditAsync(Actor.Local, $"test/{i}", detail: $"{i}");
        var head = (await stored.Commands.SealAsync(Now)).Head!;
        await stored.Commands.AppendAuditAsync(Actor.Local, "test/unsealed");
        var database = stored.Commands.Database;
        await using (var db = database.Open())
        {
            var mac = AuditMac.OfFormerHead(database.Keys, head);
            await db.Set<AuditHead>().ExecuteUpdateAsync(set => set.SetProperty(h => h.Mac, mac), Now);
        }

        stored.Commands.Dispose();
        Forget();
        await using (var past = stored.Past())
            foreach (var sql in (string[])
                [
                    "ALTER TABLE core_audit_entry DROP COLUMN \"Role\"",
                    "ALTER TABLE core_audit_entry DROP COLUMN \"Address\"",
                    "ALTER TABLE core_audit_entry DROP COLUMN \"Mac\"",
                    $"DELETE FROM core_migrations WHERE \"MigrationId\" = '{AuditUpgrade.Migration}'",
                ])
            {
                await using var command = past.CreateCommand();
                command.CommandText = sql;
                await command.ExecuteNonQueryAsync(Now);
            }

        File.Delete(database.HeadFile!.Path);
        return head;
    }

    private static Task<Database> Upgraded(Stored stored, Action<string>? tell = null)
    {
        Forget();
        var database = new Database(stored.Connection, stored.Folder, null, stored.Instance.Tables);
        database.Upgrade(stored.Instance.Today.Now, tell ?? (_ => { }));
        return Task.FromResult(database);
    }

    private static async Task Unmark(Stored stored)
    {
        await using var past = stored.Past();
        await using var command = past.CreateCommand();
        command.CommandText = "UPDATE core_audit_entry SET \"Mac\" = NULL";
        await command.ExecuteNonQueryAsync(Now);
    }

    private static async Task<AuditHead> Head(Database database)
    {
        await using var db = database.Open();
        return await db.Set<AuditHead>().AsNoTracking().SingleAsync(Now);
    }

    private static void Forget()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Npgsql.NpgsqlConnection.ClearAllPools();
    }
}
