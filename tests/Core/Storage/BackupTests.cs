using System.Security.Cryptography;
using EduAssist.Data;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Storage;

/// <summary>
/// A backup is whole and put back whole, on either database; whatever is wrong with it is told before anything is
/// touched.
/// </summary>
public class BackupTests
{
    private static readonly DateTimeOffset Now = new(2020, 5, 6, 8, 0, 0, TimeSpan.FromHours(8));

    public static IEnumerable<TheoryDataRow<DatabaseKind, DatabaseKind>> FromAndTo =>
        from one in Enum.GetValues<DatabaseKind>()
        from other in Enum.GetValues<DatabaseKind>()
        select new TheoryDataRow<DatabaseKind, DatabaseKind>(one, other) { Skip = one.Skipped() ?? other.Skipped() };

    [Theory, MemberData(nameof(FromAndTo))]
    public async Task A_backup_of_either_database_is_restored_to_either_without_a_difference(
        DatabaseKind from, DatabaseKind to)
    {
        using var stored = await Filled(from);
        using var others = new OwnDatabases(to);
        var file = Path.Combine(stored.Folder, "a.backup");
        var head = Backup.Write(stored.Commands.Database, file, Now);
        Assert.Equal((from, 2L, 1L), (head.Kind, head.Rows["core_student"], head.Rows["core_answered_request"]));

        var target = new Database(others.Next(), stored.Folder, null, stored.Instance.Tables);
        Assert.Equivalent(head, BackupRestore.Restore(target, file, replace: false, Now, _ => { }), strict: true);
        target.Upgrade(Now, line => Assert.Fail(line));
        await using (var db = target.Open())
        {
            Assert.Equal(["李一 13900000001 ", "李二  2011-03-05"],
                (await db.Set<Student>().OrderBy(s => s.Name).ToListAsync())
                    .Select(s => $"{s.Name} {s.Phone} {s.BirthDate:yyyy-MM-dd}"));
        }

        Backup.Write(target, Path.Combine(stored.Folder, "b.backup"), Now);
        Assert.Equal(Rows(stored, file), Rows(stored, Path.Combine(stored.Folder, "b.backup")));
        Assert.Empty(Directory.GetFileSystemEntries(stored.Folder, ".eduassist-*"));
    }

    [Theory, EveryDatabase]
    public async Task A_backup_never_overwrites_a_file(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        var file = Path.Combine(stored.Folder, "a.backup");
        await File.WriteAllTextAsync(file, "something else");
        Refused("已经存在", () => Backup.Write(stored.Commands.Database, file, Now));
        Assert.Equal("something else", await File.ReadAllTextAsync(file));
        Refused("没有这个文件夹",
            () => Backup.Write(stored.Commands.Database, Path.Combine(stored.Folder, "nowhere", "a.backup"), Now));
        Assert.NotEqual(stored.Commands.Database.BackUp("before-upgrade", Now),
            stored.Commands.Database.BackUp("before-upgrade", Now));
    }

    [Theory, EveryDatabase]
    public async Task One_backup_is_made_at_a_time(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        using var together = new Barrier(8);
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
        {
            together.SignalAndWait();
            try
            {
                return stored.Commands.Database.BackUp("manual", Now);
            }
            catch (OperatorException running)
            {
                return running.Message;
            }
        }, TaskCreationOptions.LongRunning)));
        var files = made.Where(File.Exists).ToList();
        Assert.NotEmpty(files);
        Assert.Equal(files.Count, files.Distinct().Count());
        Assert.All(made.Except(files), m => Assert.Equal("正在备份，请等它办完，再看备份列表。", m));
        Assert.Equal(files.Count, stored.Commands.Database.Backups().Count);
        stored.Commands.Database.BackUp("manual", Now);
    }

    [Theory, EveryDatabase]
    public async Task Backups_of_several_programs_to_one_file_leave_one(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        var file = Path.Combine(stored.Folder, "a.backup");
        using var together = new Barrier(8);
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
        {
            together.SignalAndWait();
            try
            {
                Backup.Write(stored.Commands.Database, file, Now);
                return "";
            }
            catch (OperatorException there)
            {
                return there.Message;
            }
        }, TaskCreationOptions.LongRunning)));
        Assert.Single(made, m => m.Length == 0);
        Assert.All(made.Where(m => m.Length > 0), m => Assert.Contains("已经存在", m, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(stored.Folder, ".eduassist-*"));
    }

    [Theory, EveryDatabase]
    public void There_is_nothing_to_back_up_before_there_is_a_database(DatabaseKind kind)
    {
        using var databases = new OwnDatabases(kind);
        var database = new Database(databases.Next(), databases.Folder, null, [Catalogue.CoreTables]);
        Refused(kind == DatabaseKind.Sqlite ? "没有可备份的数据库" : "数据库无法使用",
            () => Backup.Write(database, Path.Combine(databases.Folder, "a.backup"), Now));
        Assert.Empty(Directory.GetFileSystemEntries(databases.Folder));
    }

    public static TheoryData<string, Func<byte[], byte[]>, string> Damages => new()
    {
        { "empty", _ => [], "不是本程序的备份" },
        { "text", _ => "hello\nworld\n"u8.ToArray(), "不是本程序的备份" },
        { "one line", b => b[..83], "不是本程序的备份" },
        { "a later form", b => [.. "EduAssist-backup 3 "u8, .. b[19..]], "的格式不是本程序的" },
        { "a plain digest", b => Digested(b), "校验码不符" },
        { "its digest", b => Changed(b, 30), "校验码不符" },
        { "its head", b => Changed(b, 100), "校验码不符" },
        { "its data", b => Changed(b, b.Length / 2), "校验码不符" },
        { "its last byte", b => Changed(b, b.Length - 1), "校验码不符" },
        { "cut short", b => b[..^1], "校验码不符" },
        { "more behind it", b => [.. b, 0], "校验码不符" },
    };

    [Theory, EveryDatabase]
    public async Task A_damaged_backup_is_refused_before_anything_is_touched(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        var file = Path.Combine(stored.Folder, "a.backup");
        Backup.Write(stored.Commands.Database, file, Now);
        var whole = await File.ReadAllBytesAsync(file);
        var target = new Database(stored.Another(), stored.Folder, null, stored.Instance.Tables);
        foreach (var row in Damages)
        {
            var (what, damage, says) = row.Data;
            await File.WriteAllBytesAsync(file, damage(whole));
            Refused(says, () => BackupRestore.Restore(target, file, replace: true, Now, _ => { }));
            // it is not there
            Refused(kind == DatabaseKind.Sqlite ? "没有可备份的数据库" : "数据库无法使用",
                () => Backup.Write(target, Path.Combine(stored.Folder, what), Now));
            Assert.Empty(Directory.GetFileSystemEntries(stored.Folder, ".eduassist-*"));
        }
    }

    [Theory, EveryDatabase]
    public async Task What_is_newer_or_of_a_module_that_is_not_loaded_or_of_another_master_key_is_refused(
        DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        var target = new Database(stored.Another(), stored.Folder, null, stored.Instance.Tables);
        void Fails(string says, string change) =>
            Refused(says, () => BackupRestore.Restore(target, Tampered(stored, change), replace: true, Now, _ => { }));
        Fails("备份比程序新：模块 core 的 29991231_1_Later", "INSERT INTO core_migrations VALUES ('29991231_1_Later', '10.0.0')");
        Fails("模块 atlantis",
            "CREATE TABLE atlantis_migrations (MigrationId, ProductVersion); INSERT INTO atlantis_migrations VALUES "
                + "('20200101_1_First', '10.0.0')");
        Fails("主密钥与数据库不符",
            "UPDATE core_encryption_key SET Wrapped = (SELECT Wrapped FROM core_encryption_key WHERE Id = 1)");
        var elsewhere = new Database(stored.Another(), Path.Combine(stored.Folder, "elsewhere"), null,
            stored.Instance.Tables);
        Refused("没有主密钥",
            () => BackupRestore.Restore(elsewhere, Tampered(stored, "SELECT 1"), replace: true, Now, _ => { }));
    }

    [Theory, EveryDatabase]
    public async Task A_database_in_use_is_not_replaced_and_one_that_holds_data_only_when_asked_for_and_after_a_backup(
        DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        var database = stored.Commands.Database;
        var file = Path.Combine(stored.Folder, "a.backup");
        Backup.Write(database, file, Now);
        await Add(stored, "李三", null, null);
        var before = Rows(stored, database.BackUp("now", Now));
        Refused("正在使用", () => BackupRestore.Restore(database, file, replace: true, Now, _ => { }));
        Assert.Equal(before, Rows(stored, database.BackUp("still", Now)));

        stored.Commands.Dispose();
        SqliteConnection.ClearAllPools();
        Npgsql.NpgsqlConnection.ClearAllPools();
        Refused("--replace", () => BackupRestore.Restore(database, file, replace: false, Now, _ => { }));
        List<string> told = [];
        BackupRestore.Restore(database, file, replace: true, Now, told.Add);
        var made = Path.Combine(stored.Folder, "backups", "before-restore-20200506-080000.backup");
        Assert.Contains(made, told[0], StringComparison.Ordinal);
        Assert.StartsWith("恢复前的审计链尾 ", Assert.Single(told.Skip(1)), StringComparison.Ordinal);
        Assert.Equal(before, Rows(stored, made));
        Assert.Equal(Rows(stored, file), Rows(stored, database.BackUp("restored", Now)));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_has_another_master_key_makes_no_backup_and_restores_none(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        var file = Path.Combine(stored.Folder, "a.backup");
        Backup.Write(stored.Commands.Database, file, Now);
        var key = Convert.ToBase64String(new byte[32]);
        var other = new Database(stored.Connection, stored.Folder, key, stored.Instance.Tables);
        Refused("主密钥与数据库不符", () => Backup.Write(other, Path.Combine(stored.Folder, "b.backup"), Now));
        Assert.False(File.Exists(Path.Combine(stored.Folder, "b.backup")));
        var target = new Database(stored.Another(), stored.Folder, key, stored.Instance.Tables);
        Refused("校验码不符", () => BackupRestore.Restore(target, file, replace: false, Now, _ => { }));
    }

    /// <summary>The audit that was restored is whole, says so itself, and the newer end is kept.</summary>
    [Theory, EveryDatabase]
    public async Task A_restored_audit_is_whole_and_tells_of_it(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        var database = stored.Commands.Database;
        var file = Path.Combine(stored.Folder, "a.backup");
        await stored.Commands.SealAsync(TestContext.Current.CancellationToken);
        Backup.Write(database, file, Now);
        await Add(stored, "李三", null, null);
        var newer = (await stored.Commands.SealAsync(TestContext.Current.CancellationToken)).Head!;
        stored.Commands.Dispose();
        SqliteConnection.ClearAllPools();
        Npgsql.NpgsqlConnection.ClearAllPools();
        BackupRestore.Restore(database, file, replace: true, Now, _ => { });
        Assert.Empty((await AuditChain.VerifyAsync(database)).Faults);
        Assert.Contains($"{newer} -",
            await File.ReadAllTextAsync($"{database.HeadFile!.Path}.before-restore-20200506-080000",
                TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        for (var starts = 0; starts < 2; starts++)
        {
            using var commands = new CommandExecutor(stored.Instance, database);
            database.Upgrade(Now, _ => { });
            await commands.PrepareDatabaseAsync();
            Assert.Empty((await commands.SealAsync(TestContext.Current.CancellationToken)).Faults);
        }

        Assert.Empty((await AuditChain.VerifyAsync(database)).Faults);
        await using var db = database.Open();
        var entry = await db.Set<AuditEntry>().SingleAsync(e => e.Action == "audit/restored",
            TestContext.Current.CancellationToken);
        Assert.Contains($"file was {newer}", entry.Detail, StringComparison.Ordinal);
        Assert.Contains((await AuditChain.VerifyAsync(database, newer)).Faults,
            f => f.Contains("给出的链尾", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task A_backup_that_contradicts_itself_changes_nothing(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        var database = stored.Commands.Database;
        var file = Tampered(stored,
            "INSERT INTO core_guardian (Id, StudentId, Name, Kinship, Scope) VALUES "
                + "('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002', 'x', "
                + "'Father', '5')");
        await Add(stored, "李三", null, null);
        var before = Rows(stored, database.BackUp("now", Now));
        stored.Commands.Dispose();
        SqliteConnection.ClearAllPools();
        Npgsql.NpgsqlConnection.ClearAllPools();
        Refused("前后矛盾（core_guardian）", () => BackupRestore.Restore(database, file, replace: true, Now, _ => { }));
        Assert.Equal(before, Rows(stored, database.BackUp("still", Now)));
    }

    /// <summary>Altered, with the digest of everything behind it that anybody can make.</summary>
    private static byte[] Digested(byte[] bytes)
    {
        var behind = Changed(bytes, bytes.Length / 2)[84..];
        return
        [
            .. bytes[..19], .. System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(behind))),
            (byte)'\n', .. behind,
        ];
    }

    private static byte[] Changed(byte[] bytes, int at) =>
        [.. bytes[..at], (byte)(bytes[at] ^ 1), .. bytes[(at + 1)..]];

    private static void Refused(string says, Action work)
    {
        var refused = Assert.Throws<OperatorException>(work);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    /// <summary>A backup that is in order but for what it holds.</summary>
    private static string Tampered(Stored stored, string change)
    {
        var (whole, data, file) = (Path.Combine(stored.Folder, $"{Guid.NewGuid():n}"),
            Path.Combine(stored.Folder, $"{Guid.NewGuid():n}"), Path.Combine(stored.Folder, $"{Guid.NewGuid():n}"));
        Backup.Write(stored.Commands.Database, whole, Now);
        BackupFile.Read(whole, data, stored.Commands.Database.BackupKey);
        using (var opened = ProgramTables.OpenFile(data, SqliteOpenMode.ReadWrite))
            opened.Execute($"PRAGMA foreign_keys = OFF; {change}");
        BackupFile.Write(file, BackupHead.Create(data, stored.Commands.Database.Kind, Now), data,
            stored.Commands.Database.BackupKey());
        return file;
    }

    /// <summary>Every row in a backup.</summary>
    private static List<string> Rows(Stored stored, string file)
    {
        var data = Path.Combine(stored.Folder, $"{Guid.NewGuid():n}");
        BackupFile.Read(file, data, stored.Commands.Database.BackupKey);
        using var opened = ProgramTables.OpenFile(data, SqliteOpenMode.ReadOnly);
        return [.. ProgramTables.List(opened).SelectMany(table =>
        {
            var columns = opened.Texts($"SELECT name FROM pragma_table_info('{table}') ORDER BY name")
                .Select(ProgramTables.Quoted);
            return opened.Texts(
                $"SELECT {string.Join(" || ' ' || ", columns.Select(c => $"typeof({c}) || ':' || quote({c})"))} AS "
                    + $"line FROM {ProgramTables.Quoted(table)} ORDER BY line").Select(row => $"{table} {row}");
        })];
    }

    private static async Task<Stored> Filled(DatabaseKind kind)
    {
        var stored = new Stored(kind);
        await Add(stored, "李一", "13900000001", null);
        await Add(stored, "李二", null, new(2011, 3, 5), "key");
        return stored;
    }

    private static Task<CommandResult> Add(
        Stored stored, string name, string? phone, DateOnly? birth, string? key = null) => stored.Do(work =>
    {
        work.Db.Add(new Student { Id = work.NewId(), Name = name, Phone = phone, BirthDate = birth, Scope = "532301" });
        work.Audit("student/add", null, "");
        return Task.FromResult(CommandResult.Done());
    }, key);
}
