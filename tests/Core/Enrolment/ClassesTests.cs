using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Policy;
using EduAssist.Office.Cases;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>
/// A pupil belongs to a class: the roll, the student, the guardians and the cases. Whoever is something in one class
/// sees nobody of another; the school sees both.
/// </summary>
public class ClassesTests
{
    private const string Head = "姓名,性别,学籍辅号,学校标识码,年级,班级,监护人1姓名,监护人1关系\n";
    private const string List = Head + """
        甲一,男,1,3153000002,七年级,七（1）班,甲一父,父亲
        甲二,女,2,3153000002,七年级,七（1）班,甲二母,母亲
        乙一,女,3,3153000002,七年级,七（2）班,乙一母,母亲
        无班,男,4,3153000002,七年级,,无班父,父亲
        远方,男,5,3153000003,七年级,3班,远方父,父亲

        """;

    private static readonly string[] Tables =
        ["core_group", "core_roll", "core_student", "core_guardian", "core_case", "core_kept_assessment"];

    [Theory, EveryDatabase]
    public async Task A_class_sees_its_pupils_alone_and_the_school_sees_all(DatabaseKind kind)
    {
        using var given = await Filled(kind);
        Assert.Equal(("甲一 甲二", "乙一", "乙一 无班 甲一 甲二"),
            (await Sees(given, "七（1）班"), await Sees(given, "七（2）班"), await Sees(given, "")));
        Assert.Empty(await Wrong(given));
        await using var both = given.Stored.Commands.Database.Read(AccessScope.ForGrants(
            [new(Role.Teacher, await PlaceOf(given, "七（1）班")), new(Role.Teacher, await PlaceOf(given, "七（2）班"))]));
        Assert.Equal((3, 1, 2),
            (await both.Set<Student>().CountAsync(TestContext.Current.CancellationToken),
                await both.Set<School>().CountAsync(TestContext.Current.CancellationToken),
                await both.Set<SchoolClass>().CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_moves_changes_hands(DatabaseKind kind)
    {
        using var given = await Filled(kind);
        // by a list, with a new guardian
        await given.Pupils(Head + "甲二,女,2,3153000002,七年级,七（2）班,甲二父,父亲\n无班,男,4,3153000002,七年级,七（1）班,无班父,父亲\n");
        Assert.Equal(("无班 甲一", "乙一 甲二", "乙一 无班 甲一 甲二"),
            (await Sees(given, "七（1）班"), await Sees(given, "七（2）班"), await Sees(given, "")));
        await Change(given, "甲一", "MoveClass", ("className", "七（2）班"));   // by hand
        Assert.Equal(("无班", "乙一 甲一 甲二"), (await Sees(given, "七（1）班"), await Sees(given, "七（2）班")));
        await Change(given, "甲一", "Suspend");   // suspended, and still of the class
        Assert.Equal("乙一 甲一 甲二", await Sees(given, "七（2）班"));
        await Change(given, "甲二", "Leave");   // of no class, and still of the school
        Assert.Equal(("乙一 甲一", "乙一 无班 甲一 甲二"), (await Sees(given, "七（2）班"), await Sees(given, "")));
        await Change(given, "甲二", "Resume");
        Assert.Equal("乙一 甲一 甲二", await Sees(given, "七（2）班"));
        // to another school; the case stays where it was opened
        await Change(given, "乙一", "Transfer", ("school", Given.Far), ("className", "3班"));
        Assert.Equal(("甲一 甲二", "无班 甲一 甲二", "乙一 远方"),
            (await Sees(given, "七（2）班"), await Sees(given, ""), await Sees(given, "3班", cases: false)));
        Assert.Empty(await Wrong(given));
        await using var school = given.Stored.Commands.Database.Read(AccessScope.At(await PlaceOf(given, "")));
        // nobody who saw a case at the school has lost it
        Assert.Equal(4, await school.Set<Case>().CountAsync(TestContext.Current.CancellationToken));

        given.Stored.Turn(new(2021, 9, 2));
        await given.Stored.Do(work => Promotion.RunAsync(work, new(2021), preview: false));
        // who is suspended stays behind
        Assert.Equal(("", "无班", "甲一", "甲二"),
            (await Sees(given, "七（1）班"), await Sees(given, "八（1）班"), await Sees(given, "七（2）班"),
                await Sees(given, "八（2）班")));
        Assert.Empty(await Wrong(given));
    }

    /// <summary>An old roll is in sight, and leads nobody to the child, who is elsewhere by now.</summary>
    [Theory, EveryDatabase]
    public async Task A_number_finds_nobody_who_is_out_of_sight(DatabaseKind kind)
    {
        using var given = await Filled(kind);
        var (west, far) = (AccessScope.At(await PlaceOf(given, "")), AccessScope.At((await PlaceOf(given, "3班"))[..^33]));
        Assert.Equal((1, 0, 1), (await Found(west), await Found(far), await Found(AccessScope.Everything)));
        await Change(given, "乙一", "Transfer", ("school", Given.Far), ("className", "3班"));
        Assert.Equal((0, 0, 1), (await Found(west), await Found(far), await Found(AccessScope.Everything)));
        Assert.Equal(0, await Found(new AccessScope()));

        async Task<int> Found(AccessScope access)
        {
            await using var db = given.Stored.Commands.Database.Read(access);
            return (await StudentSearch.FindAsync(db, given.Stored.Commands.Database.Keys, "3", 10)).Count;
        }
    }

    /// <summary>A school with an old roll cannot draw a child back whose record lies in another one.</summary>
    [Theory, EveryDatabase]
    public async Task A_roll_whose_student_is_out_of_sight_is_not_changed(DatabaseKind kind)
    {
        using var given = await Filled(kind);
        var west = new Actor("west", new Grant(Role.School, await PlaceOf(given, "")));
        await given.Pupils(Head.TrimEnd() + ",全国学籍号\n甲一,男,1,3153000002,七年级,七（1）班,甲一父,父亲,L532301200703101234\n");
        await Change(given, "甲一", "Leave");
        await given.Pupils(Head.TrimEnd() + ",全国学籍号\n甲一,男,,3153000003,七年级,3班,甲一父,父亲,L532301200703101234\n");
        given.Stored.Turn(new(2020, 9, 11));
        var today = ("from", "2020-09-11");
        await Change(given, "甲一", "Leave", null, "金山中学", today);
        var refused = await Change(given, "甲一", "Resume", west, null, today);
        Assert.Equal((ResultKind.Refused, "within-sight"), (refused.Kind, refused.Refusal!.Findings![0].Rule));
        Assert.Equal(ResultKind.Done, (await Change(given, "甲一", "Resume", today)).Kind);
        Assert.Equal("甲一 甲二", await Sees(given, "七（1）班"));
    }

    [Theory]
    [InlineData("core_roll")]
    [InlineData("core_student")]
    [InlineData("core_guardian")]
    [InlineData("core_case")]
    [InlineData("core_kept_assessment")]
    public async Task Planted_a_row_that_stayed_behind_is_seen(string table)
    {
        using var given = await Filled(DatabaseKind.Sqlite);
        Assert.Empty(await Wrong(given));
        using (var past = given.Stored.Past())
            past.Execute(
                $"UPDATE {table} SET \"Scope\" = (SELECT \"Scope\" FROM core_group WHERE \"Name\" = '七（2）班') WHERE "
                    + "\"Scope\" = (SELECT \"Scope\" FROM core_group WHERE \"Name\" = '七（1）班')");
        Assert.NotEmpty(await Wrong(given));
    }

    /// <summary>As it was before classes were places: everything of a pupil was the school's.</summary>
    [Theory, EveryDatabase]
    public async Task A_database_whose_pupils_were_their_school_s_is_upgraded(DatabaseKind kind)
    {
        using var given = await Filled(kind);
        await Change(given, "甲一", "MoveClass", ("className", "七（2）班"));
        await Change(given, "甲二", "Leave");
        await Change(given, "乙一", "Transfer", ("school", Given.Far), ("className", "3班"));
        given.Stored.Turn(new(2021, 9, 2));
        await given.Stored.Do(work => Promotion.RunAsync(work, new(2021), preview: false));
        var now = Scopes(given);
        using (var past = given.Stored.Past())
        {
            foreach (var table in Tables)
                past.Execute(
                    $"UPDATE {table} SET \"Scope\" = substr(\"Scope\", 1, length(\"Scope\") - 33) WHERE \"Scope\" "
                        + "LIKE '%/%/%'");
            past.Execute("DELETE FROM core_migrations WHERE \"MigrationId\" LIKE '%_Classes'");
        }

        Assert.All(Scopes(given), row => Assert.InRange(row.Split('/').Length, 1, 2));
        List<string> told = [];
        new Database(given.Stored.Connection, given.Stored.Folder, null, given.Stored.Instance.Tables)
            .Upgrade(given.Stored.Instance.Today.Now, told.Add);
        Assert.Contains(told, line => line.Contains("_Classes", StringComparison.Ordinal));
        Assert.Equal(now, Scopes(given));
        Assert.Empty(await Wrong(given));
    }

    [Theory, EveryDatabase]
    public async Task A_class_is_written_and_found(DatabaseKind kind)
    {
        using var given = await Filled(kind);
        await given.Pupils("姓名,性别,学籍辅号,学校标识码,年级,班级\n小一,男,7,2153000001,一年级,3班\n小二,男,8,2153000001,二年级,3班\n");
        given.Stored.Turn(new(2021, 9, 2));
        await given.Stored.Do(work => Promotion.RunAsync(work, new(2021), preview: false));
        await using var db = given.Stored.Read();
        List<string> all = [];
        foreach (var scope in await db.Set<SchoolClass>()
            .Select(g => g.Scope)
            .ToListAsync(TestContext.Current.CancellationToken))
        {
            all.Add(await PlaceNames.FormatAsync(db, scope));
            Assert.Equal(scope, (await PlaceNames.ResolveAsync(db, given.Stored.Instance.Divisions, all[^1])).Scope);
        }

        Assert.Equal(
            [
                "金山中学/3班/2020", "金山中学/3班/2021", "鹿城东小学/一年级3班/2020", "鹿城东小学/三年级3班/2021", "鹿城东小学/二年级3班/2020",
                "鹿城东小学/二年级3班/2021", "鹿城西中学/七（1）班/2020", "鹿城西中学/七（2）班/2020", "鹿城西中学/八（1）班/2021", "鹿城西中学/八（2）班/2021",
            ],
            all.Order(StringComparer.Ordinal));

        async Task<string?> Found(string place) =>
            (await PlaceNames.ResolveAsync(db, given.Stored.Instance.Divisions, place)).Scope is { } scope
                ? await PlaceNames.FormatAsync(db, scope) : null;
        Assert.Equal("鹿城西中学/八（1）班/2021", await Found("鹿城西中学/八（1）班"));
        Assert.Equal("鹿城西中学/七（1）班/2020", await Found($"{Given.West}/七（1）班"));
        Assert.Equal("金山中学/3班/2021", await Found("金山中学/3班"));
        var second = await db.Set<SchoolClass>()
            .SingleAsync(g => g.Name == "七（2）班", TestContext.Current.CancellationToken);
        Assert.Equal("鹿城西中学/七（2）班/2020", await Found($"鹿城西中学/{second.Id}"));
        Assert.Equal("鹿城西中学", await Found("鹿城西中学"));
        Assert.Null(await Found("鹿城东小学/3班"));   // two of this year
        Assert.Null(await Found("鹿城西中学/七（3）班"));
        Assert.Null(await Found("鹿城西中学/七（1）班/2021"));
        Assert.Null(await Found("没有的学校/七（1）班"));
    }

    /// <summary>
    /// Pupils in two classes of one school, in none, and at another, each with a case and an assessment.
    /// </summary>
    private static async Task<Given> Filled(DatabaseKind kind)
    {
        var given = await Given.Schools(kind);
        var done = await given.Pupils(List, head: ("from", "2020-09-01"));
        Assert.True(done.IsDone, done.Text);
        await given.Stored.Do(async work =>
        {
            foreach (var roll in await work.Db.Set<Roll>().AsNoTracking().ToListAsync())
            {
                var one = new Case
                {
                    Id = work.NewId(),
                    Workflow = "notes.note",
                    State = "Draft",
                    StudentId = roll.StudentId,
                    Scope = roll.Scope,
                    Form = "{}",
                    Version = 1,
                };
                work.Db.Add(one);
                work.Db.Add(new StoredAssessment
                {
                    Id = work.NewId(),
                    Programme = "notes",
                    RuleSet = "notes@1",
                    Verdict = Verdict.Eligible,
                    Facts = "{}",
                    Result = "{}",
                    CaseId = one.Id,
                    StudentId = roll.StudentId,
                    Scope = roll.Scope,
                    Actor = "test",
                    At = work.Now,
                });
            }

            work.Audit("notes/add", null, "");
            return CommandResult.Done();
        });
        return given;
    }

    private static async Task<CommandResult> Change(
        Given given, string name, string change, params (string Name, string Text)[] fields) =>
        await Change(given, name, change, null, null, fields);

    private static async Task<CommandResult> Change(
        Given given, string name, string change, Actor? by = null, string? school = null,
        params (string Name, string Text)[] fields)
    {
        var roll = (await given.Pupil(name)).Rolls.Where(r => r.School.Name == (school ?? "鹿城西中学"))
            .MaxBy(r => r.Since)!;
        var values = new FormValues { ["change"] = change, ["from"] = "2020-09-10", ["reason"] = "因故" };
        foreach (var (field, text) in fields) values[field] = text;
        var result = await given.Stored.Commands.ExecuteAsync(new(by ?? Actor.Local),
            work => RollChanges.ChangeAsync(work, roll.Id, roll.Version, values));
        if (by is null) Assert.True(result.IsDone, result.Text);
        return result;
    }

    private static async Task<string> PlaceOf(Given given, string group)
    {
        await using var db = given.Stored.Read();
        return group.Length == 0 ? (await db.Set<School>().SingleAsync(s => s.Code == Given.West)).Scope
            : (await db.Set<SchoolClass>().SingleAsync(g => g.Name == group)).Scope;
    }

    /// <summary>
    /// The pupils whom somebody sees in a class, or in the school: in rows, counts and whatever is bound to them alike.
    /// </summary>
    private static async Task<string> Sees(Given given, string group, bool cases = true)
    {
        await using var db = given.Stored.Commands.Database.Read(AccessScope.At(await PlaceOf(given, group)));
        var names = await db.Set<Student>().OrderBy(s => s.Name).Select(s => s.Name).ToListAsync();
        Assert.Equal(names.Count, await db.Set<Student>().CountAsync());
        Assert.Equal(names.LastOrDefault(), await db.Set<Student>().MaxAsync(s => s.Name));
        Assert.Equal(names,
            await db.Set<Guardian>().Select(g => g.Student.Name).Distinct().OrderBy(n => n).ToListAsync());
        Assert.Equal(1, await db.Set<School>().CountAsync());   // the one in which it is
        Assert.Equal("鹿城西中学" == (await db.Set<School>().SingleAsync()).Name, cases);
        if (group.Length == 0) return string.Join(' ', names);
        Assert.Equal(names,
            await db.Set<Roll>().OrderBy(r => r.Student.Name).Select(r => r.Student.Name).ToListAsync());
        Assert.Equal(names.Count, await db.Set<Roll>().Where(r => r.School.Kind == SchoolKind.JuniorHigh).CountAsync());
        Assert.Equal(names,
            await db.Set<RollStanding>().Select(s => s.Roll.Student.Name).Distinct().OrderBy(n => n).ToListAsync());
        if (!cases) return string.Join(' ', names);
        Assert.Equal(names,
            await db.Set<Case>().OrderBy(c => c.Student!.Name).Select(c => c.Student!.Name).ToListAsync());
        Assert.Equal(names.Count,
            await db.Set<StoredAssessment>().GroupBy(a => a.Programme).Select(g => g.Count()).SingleOrDefaultAsync());
        return string.Join(' ', names);
    }

    /// <summary>
    /// What is out of step: where a row is, and where the last standing of the roll says it should be.
    /// </summary>
    private static async Task<IReadOnlyList<string>> Wrong(Given given)
    {
        await using var db = given.Stored.Read();
        List<string> wrong = [];
        var students = await db.Set<Student>().Include(s => s.Guardians).Include(s => s.Rolls)
            .ThenInclude(r => r.Standings).ThenInclude(s => s.Group).Include(s => s.Rolls).ThenInclude(r => r.School)
            .ToListAsync();
        foreach (var student in students)
        {
            foreach (var roll in student.Rolls) Check("roll", roll.Scope, Of(roll));
            Check("student", student.Scope, Of(student.Rolls.Single(r => r.IsOpen || student.Rolls.Count == 1)));
            foreach (var guardian in student.Guardians) Check("guardian", guardian.Scope, student.Scope);
            foreach (var one in await db.Set<Case>().Where(c => c.StudentId == student.Id).ToListAsync())
            {
                Check("case", one.Scope,
                    Of(student.Rolls.Single(r => one.Scope.StartsWith(r.School.Scope, StringComparison.Ordinal))));
                foreach (var kept in await db.Set<StoredAssessment>().Where(a => a.CaseId == one.Id).ToListAsync())
                    Check("assessment", kept.Scope, one.Scope);
            }

            void Check(string what, string scope, string right)
            {
                if (scope != right) wrong.Add($"{student.Name}: {what} {scope}, not {right}");
            }
        }

        return wrong;

        static string Of(Roll roll) => roll.StandingOn(DateOnly.MaxValue)!.Group is { } schoolClass
            ? $"{roll.School.Scope}/{schoolClass.Id:n}"
            : roll.School.Scope;
    }

    private static IReadOnlyList<string> Scopes(Given given)
    {
        using var past = given.Stored.Past();
        return
        [
            .. Tables.SelectMany(t => past.Texts($"SELECT CAST(\"Id\" AS text) || ' ' || \"Scope\" FROM {t}")
                .Select(row => $"{t} {row}")).Order(StringComparer.Ordinal),
        ];
    }
}
