using System.Text;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Changes;
using EduAssist.Office.Enrolment;
using EduAssist.Office.ListImports;
using EduAssist.Office.Privacy;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>An import is taken back as a whole, row for row, or not at all.</summary>
public abstract class ImportUndoTests(DatabaseKind kind)
{
    private const string Head = "姓名,性别,身份证件号,全国学籍号,学籍辅号,学校标识码,年级,班级,学生状态\n";
    private const string Ming = "普小明,男,53230120070315997X,,53230120190001,3153000002,七年级,1班,在读\n";
    private const string Hong = "李小红,女,532301200801019962,,53230120190002,3153000002,七年级,1班,在读\n";

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task A_random_list_over_a_filled_registry_is_taken_back_row_for_row(int seed)
    {
        using var given = await Given.Schools(kind);
        var (first, _) = Given.Invented(given.Stored.Instance, 150, seed);
        await given.Pupils(first);
        await given.Pupils(Given.Invented(given.Stored.Instance, 40, seed + 100, Given.Far).Csv);
        var before = await Everything(given);
        var versions = await Versions(given);

        var list = Shuffled(first, Given.Invented(given.Stored.Instance, 60, seed + 200, Given.East).Csv, new(seed));
        var told = Done(await given.Pupils(list, ImportMode.ValidRows));
        Assert.True(told is { New: > 20, Changed: > 20, Unchanged: > 20 }, $"{told}");
        Assert.NotEqual(before, await Everything(given));
        var meanwhile = await Versions(given);

        var outcome = Undone(await Undo(given, await Last(given)));
        Assert.Equal((0, 0), (outcome.Hindered, outcome.Kept));
        Assert.True(outcome is { Removed: > 60, Restored: > 20 }, $"{outcome}");
        Assert.Equal(before, await Everything(given));

        // no version stands for two contents: what the import had changed has one that nobody has seen
        var after = await Versions(given);
        foreach (var (row, version) in versions)
            Assert.True(after[row] == version ? meanwhile[row] == version : after[row] > meanwhile[row], row);
        Assert.Contains(after, v => v.Value != versions[v.Key]);

        // and the list comes in again
        Assert.Equal((told.New, told.Changed),
            Done(await given.Pupils(list, ImportMode.ValidRows)) is var again ? (again.New, again.Changed) : default);
    }

    [Fact]
    public async Task A_list_of_other_pupils_stands_between_and_its_class_stays()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Ming);
        var set = await Last(given);
        await given.Pupils(Head + Hong);
        var outcome = Undone(await Undo(given, set));
        Assert.Equal(1, outcome.Kept);   // 七年级1班 is 李小红's by now
        await using var db = given.Stored.Read();
        Assert.Equal("李小红", Assert.Single(await db.Set<Student>().ToListAsync()).Name);
        Assert.Equal("1班", Assert.Single(await db.Set<SchoolClass>().ToListAsync()).Name);
        Assert.Equal("Done: 1 new, 0 changed, 0 unchanged, 1 gone", Given.Counts(await given.Pupils(Head + Ming)));
    }

    [Fact]
    public async Task A_list_of_schools_is_taken_back_and_not_while_pupils_are_in_them()
    {
        using var given = await Given.Schools(kind);
        var before = await Everything(given);
        await given.Import("registry.schools",
            "学校标识码,学校名称,办学类型,主管部门行政区划代码\n3153000002,鹿城西初级中学,初级中学,532301\n3153000009,东瓜中学,初级中学,532301\n");
        var set = await Last(given);
        await given.Pupils(Head + Ming.Replace("3153000002", "3153000009", StringComparison.Ordinal));
        var refused = await Undo(given, set);
        Assert.Equal(ResultKind.Refused, refused.Kind);
        Assert.Contains("学校：后来的", refused.Refusal!.Detail, StringComparison.Ordinal);
        Undone(await Undo(given, await Last(given)));
        Undone(await Undo(given, set));
        Assert.Equal(before, await Everything(given));
    }

    [Fact]
    public async Task What_stands_on_a_row_is_named_and_nothing_is_changed()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Hong);
        await given.Pupils(Head + Ming + Hong.Replace("1班", "2班", StringComparison.Ordinal));
        var first = await Last(given);
        var pupil = await given.Pupil("普小明");
        await given.Stored.Do(work => PersonGroups.AddAsync(work, pupil.Id, new()
        {
            ["kind"] = "留守儿童",
            ["from"] = "2020-09-01",
            ["source"] = "楚雄市民政局",
            ["paper"] = "认定书1号",
            ["paperDate"] = "2020-09-01",
        }));
        await Refuses("普小明的学生：后来的特殊群体登记以它为据；请先更正特殊群体登记，或者不撤销而逐人更正。");

        var hong = await given.Pupil("李小红");
        await given.Stored.Do(work => RollChanges.ChangeAsync(work, hong.Rolls[0].Id, hong.Rolls[0].Version, new()
        {
            ["change"] = nameof(RollChange.Suspend),
            ["from"] = "2020-09-10",
            ["reason"] = "生病",
        }));
        await Refuses("李小红的学籍：后来又有改动（2020-09-10 08:00，local）；请先改回，或者逐人更正。");

        given.Stored.Turn(Given.Today.AddDays(1));
        await given.Pupils(Head + Ming.Replace("1班", "3班", StringComparison.Ordinal));
        await Refuses("普小明的学籍：后来的导入《学生名单》（2020-09-11 08:00，local）改动了它；请先撤销那一次。");

        async Task Refuses(string why)
        {
            var before = await Everything(given);
            var refused = await Undo(given, first);
            Assert.Equal(ResultKind.Refused, refused.Kind);
            Assert.Contains(refused.Refusal!.Findings!, f => f.Message.StartsWith(why, StringComparison.Ordinal));
            Assert.Equal(before, await Everything(given));
        }
    }

    [Fact]
    public async Task Later_imports_are_taken_back_one_after_the_other()
    {
        using var given = await Given.Schools(kind);
        List<(string Before, Guid Set)> steps = [];
        foreach (var name in (string[])["1班", "2班", "3班", "4班"])
        {
            var before = await Everything(given);
            await given.Pupils(Head + Ming.Replace("1班", name, StringComparison.Ordinal));
            steps.Add((before, await Last(given)));
        }

        Assert.Equal(ResultKind.Refused, (await Undo(given, steps[0].Set)).Kind);
        foreach (var (before, set) in Enumerable.Reverse(steps))
        {
            Undone(await Undo(given, set));
            Assert.Equal(before, await Everything(given));
        }
    }

    [Fact]
    public async Task A_number_that_another_has_by_now_stands_in_the_way()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Ming);
        await given.Stored.Do(async work =>   // the right ID, at last; and then the wrong one's owner comes
        {
            var (_, journal) = await ChangeSets.BeginAsync(work, ChangeSetKind.Import, "registry.students", null);
            var pupil = await work.Db.Set<Student>().SingleAsync();
            pupil.ResidentId = "532301200705059972";
            pupil.ResidentIdIndex = work.Keys.BlindIndexOf(pupil.ResidentId, BlindIndex.ResidentId);
            await journal.EndAsync();
            work.Audit("registry.students/import", null, "");
            return CommandResult.Done();
        });
        var set = await Last(given);
        var owner = Ming.Replace("普小明", "王刚", StringComparison.Ordinal)
            .Replace(",53230120190001,", ",53230120190009,", StringComparison.Ordinal);
        Assert.Equal("Done: 1 new, 0 changed, 0 unchanged, 1 gone", Given.Counts(await given.Pupils(Head + owner)));
        var refused = await Undo(given, set);
        Assert.Equal(ResultKind.Refused, refused.Kind);
        Assert.Contains("号码现在登记在另一条记录上", refused.Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_at_once_are_one_and_beside_an_import_all_or_nothing()
    {
        using var given = await Given.Schools(kind);
        var before = await Everything(given);
        await given.Pupils(Head + Ming + Hong);
        var set = await Last(given);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Undo(given, set))));
        Assert.Equal([ResultKind.Done, ResultKind.Refused, ResultKind.Refused, ResultKind.Refused],
            results.Select(r => r.Kind).Order());
        Assert.Equal(before, await Everything(given));

        await given.Pupils(Head + Ming + Hong);
        set = await Last(given);
        var undoing = Task.Run(() => Undo(given, set));
        var importing = Task.Run(() => given.Pupils(Head + Ming.Replace("1班", "5班", StringComparison.Ordinal)));
        var (undone, imported) = (await undoing, await importing);
        Assert.True(imported.IsDone, imported.Text);
        Assert.Equal(undone.IsDone ? "1 new" : "1 changed",
            Given.Counts(imported).Contains("1 new", StringComparison.Ordinal) ? "1 new" : "1 changed");
    }

    [Fact]
    public async Task Whoever_imported_or_is_above_takes_it_back_a_school_for_a_week_and_nobody_after_half_a_year()
    {
        using var given = await Given.Schools(kind);
        string west;
        await using (var db = given.Stored.Read())
            west = (await db.Set<School>().SingleAsync(s => s.Code == Given.West)).Scope;
        var school = new Actor("west", new Grant(Role.School, west));
        var county = new Actor("county", new Grant(Role.County, "532301"));
        await given.Pupils(Head + Ming, actor: school);
        var own = await Last(given);
        await given.Pupils(Head + Hong, actor: county);
        var above = await Last(given);
        Assert.Equal(ResultKind.NotFound, (await Undo(given, own, new("far", new Grant(Role.County, "532331")))).Kind);
        Assert.Equal(ResultKind.Forbidden, (await Undo(given, own, new("audit", new Grant(Role.Auditor, "5323")))).Kind);
        Assert.Equal(ResultKind.Forbidden, (await Undo(given, above, school)).Kind);   // the bureau brought it
        Assert.True((await Undo(given, own, school, preview: true)).IsDone);
        given.Stored.Turn(Given.Today.AddDays(ChangeHistory.DaysOfSchools));
        Assert.True((await Undo(given, own, school, preview: true)).IsDone);
        given.Stored.Turn(Given.Today.AddDays(ChangeHistory.DaysOfSchools + 1));
        Assert.Equal(ResultKind.Forbidden, (await Undo(given, own, school)).Kind);
        Undone(await Undo(given, own, county));

        given.Stored.Turn(Given.Today.AddDays(ChangeSets.Days + 1));
        await given.Pupils(Head + Ming, actor: county);
        Assert.Contains("已过 183 天", (await Undo(given, above, county)).Refusal!.Detail, StringComparison.Ordinal);
        await using var kept = given.Stored.Commands.Database.Open();
        Assert.False(await kept.Set<ChangeRow>().AnyAsync(r => r.SetId == above));
    }

    [Fact]
    public async Task Keys_that_rotate_keep_it_and_an_erased_pupil_is_in_no_journal()
    {
        using var given = await Given.OwnKeys(kind);
        await given.Pupils(Head + Ming + Hong);
        var before = await Everything(given);
        await given.Pupils(Head + Ming.Replace("普小明", "普晓明", StringComparison.Ordinal) + Hong.Replace("1班", "2班",
            StringComparison.Ordinal));
        await KeyRotation.RotateAsync(given.Stored.Commands, Actor.Local);
        Undone(await Undo(given, await Last(given)));
        Assert.Equal(before, await Everything(given));

        var pupil = await given.Pupil("普小明");
        await given.Pupils(Head + Ming.Replace("普小明", "普晓明", StringComparison.Ordinal).Replace("在读", "其他离校",
            StringComparison.Ordinal));
        var set = await Last(given);
        var export = await given.Stored.Do(work => PersonalData.ExportAsync(work, pupil.Id));
        Assert.Contains("core_change_row", export.Text, StringComparison.Ordinal);
        given.Stored.Turn(Given.Today.AddYears(40));
        await given.Stored.Do(work => PersonalData.EraseAsync(work, pupil.Id, "保管期满"));
        await using (var db = given.Stored.Commands.Database.Open())
        {
            var rows = await db.Set<ChangeRow>().Where(r => r.StudentId == pupil.Id).ToListAsync();
            Assert.NotEmpty(rows);
            Assert.All(rows, r => Assert.Equal((null, null), (r.Before, r.After)));
        }

        var refused = await Undo(given, set);
        Assert.Contains("个人信息已经删除", refused.Refusal!.Detail, StringComparison.Ordinal);
    }

    /// <summary>The planted fault: a row that was changed past the journal is seen by the same comparison.</summary>
    [Fact]
    public async Task Planted_a_row_that_was_changed_past_the_program_is_seen()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Ming);
        var set = await Last(given);
        var before = await Everything(given);
        await using (var past = given.Stored.Past())
        {
            using var change = past.CreateCommand();
            change.CommandText = "UPDATE core_student SET \"Ethnicity\" = '彝族'";
            Assert.Equal(1, change.ExecuteNonQuery());
        }

        Assert.NotEqual(before, await Everything(given));
        Assert.Equal(ResultKind.Refused, (await Undo(given, set)).Kind);
    }

    /// <summary>The planted fault: a statement that the journal does not see, in a command that keeps one.</summary>
    [Fact]
    public async Task Planted_a_change_that_was_not_written_down_is_not_taken_back()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Ming);
        await given.Stored.Do(async work =>
        {
            var (_, journal) = await ChangeSets.BeginAsync(work, ChangeSetKind.Import, "registry.students", null);
            await work.Db.Set<Student>().ExecuteUpdateAsync(s => s.SetProperty(x => x.Ethnicity, "彝族"));
            (await work.Db.Set<School>().FirstAsync()).Alias = "别名";
            await journal.EndAsync();
            work.Audit("test/import", null, "");
            return CommandResult.Done();
        });
        Assert.Contains("不能逐项恢复", (await Undo(given, await Last(given))).Refusal!.Detail, StringComparison.Ordinal);
    }

    private static Task<CommandResult> Undo(Given given, Guid set, Actor? actor = null, bool preview = false) =>
        preview
            ? given.Stored.Commands.QueryAsync(actor ?? Actor.Local, work =>
                ChangeHistory.UndoAsync(work, ChangeSetKind.Import, set, 1, preview))
            : given.Stored.Commands.ExecuteAsync(new(actor ?? Actor.Local), work =>
                ChangeHistory.UndoAsync(work, ChangeSetKind.Import, set, 1, preview));

    private static UndoOutcome Undone(CommandResult result)
    {
        Assert.True(result.IsDone, result.Text);
        var outcome = result.Answer<UndoOutcome>()!;
        Assert.True(outcome.Undone);
        return outcome;
    }

    private static ImportOutcome Done(CommandResult result)
    {
        Assert.True(result.IsDone, result.Text);
        return result.Answer<ImportOutcome>()!;
    }

    internal static async Task<Guid> Last(Given given)
    {
        await using var db = given.Stored.Commands.Database.Open();
        return (await db.Set<AuditEntry>().ToListAsync()).Count == 0 ? default
            : (await db.Set<ChangeSet>().Where(s => s.State == ChangeSetState.Done).ToListAsync())
                .MaxBy(s => (s.At, Order(s)))!.Id;

        // two commands of one instant: the clock of a test stands still
        static int Order(ChangeSet set) => sets.TryGetValue(set.Id, out var at) ? at : sets[set.Id] = sets.Count;
    }

    private static readonly Dictionary<Guid, int> sets = [];

    private static Task<string> Everything(Given given) => Dump.Of(given.Stored);

    private static async Task<Dictionary<string, long>> Versions(Given given)
    {
        await using var db = given.Stored.Read();
        return (await db.Set<Student>().Select(s => new { s.Id, s.Version }).ToListAsync())
            .Concat(await db.Set<Roll>().Select(s => new { s.Id, s.Version }).ToListAsync())
            .ToDictionary(x => $"{x.Id}", x => x.Version);
    }

    /// <summary>The list again: some as they were, some otherwise in every column, some elsewhere, some gone.</summary>
    private static string Shuffled(string csv, string others, Random dice)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        StringBuilder text = new(lines[0] + "\n");
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split(',');
            switch (dice.Next(10))
            {
                case 0: cells[0] += "儿"; break;
                case 1: cells[10] = $"{dice.Next(1, 9)}班"; break;
                case 2: cells[8] = Given.Far; break;
                case 3: cells[12] = "休学"; break;
                case 4: cells[13] = "15400000009"; break;
                case 5: cells[14] = "新监护人"; break;
                case 6: cells[9] = "九年级"; break;
                case 7: continue;
                default: break;
            }

            text.AppendJoin(',', cells).Append('\n');
        }

        foreach (var line in others.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            text.Append(line).Append('\n');
        return text.ToString();
    }
}

public sealed class ImportUndoTestsOnSqlite() : ImportUndoTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class ImportUndoTestsOnPostgreSql() : ImportUndoTests(DatabaseKind.PostgreSql);

/// <summary>Every row of every table, decrypted, but for the counters of versions and what tells of commands.</summary>
internal static class Dump
{
    private static readonly HashSet<Type> Telling =
        [typeof(AuditEntry), typeof(AuditSeal), typeof(AuditHead), typeof(AnsweredRequest), typeof(ChangeSet), typeof(ChangeRow), typeof(EncryptionKey)];

    internal static async Task<string> Of(Stored stored, bool journal = false)
    {
        await using var db = stored.Commands.Database.Open();
        StringBuilder text = new();
        foreach (var entity in db.Model.GetEntityTypes().OrderBy(e => e.GetTableName(), StringComparer.Ordinal))
        {
            if (Telling.Contains(entity.ClrType) && !(journal && entity.ClrType == typeof(ChangeRow))) continue;
            var everything = System.Linq.Expressions.Expression.Lambda(
                System.Linq.Expressions.Expression.Constant(true),
                System.Linq.Expressions.Expression.Parameter(entity.ClrType, "row"));
            var rows = await RowImage.ReadAsync(db, entity, everything);
            foreach (var line in rows.Select(r => Encoding.UTF8.GetString(RowImage.Write(entity, r, RowImage.Compared(entity))))
                .Order(StringComparer.Ordinal))
                text.Append(entity.GetTableName()).Append(' ').AppendLine(line);
        }

        return text.ToString();
    }
}
