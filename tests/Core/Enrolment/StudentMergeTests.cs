using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Changes;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>Two records of one student are found, made one, and parted again.</summary>
public abstract class StudentMergeTests(DatabaseKind kind)
{
    private const string Head =
        "姓名,性别,出生日期,身份证件号,全国学籍号,学籍辅号,学校标识码,年级,班级,联系电话,监护人1姓名,监护人1关系\n";
    private static readonly Actor County = new("county", new Grant(Role.County, "532301"));

    [Fact]
    public async Task Doubles_are_found_with_their_reason_and_twins_and_namesakes_are_none()
    {
        using var given = await Given.Schools(kind);
        var taken = await given.Pupils(Head
            + "普小明,男,2007-03-15,53230120070315997X,,1001,3153000002,七年级,1班,,,\n"
            + "普小明,男,2007-03-15,,,1002,2153000001,六年级,1班,,,\n"      // no ID: one person, perhaps
            + "李大双,男,2008-01-01,,,1003,3153000002,七年级,1班,15400000001,李父,父亲\n"
            + "李小双,男,2008-01-01,,,1004,3153000002,七年级,1班,15400000001,李父,父亲\n"   // twins
            + "王芳,女,2008-01-01,532301200801019962,,1005,3153000002,七年级,1班,,,\n"
            + "王芳,女,2008-01-01,532331200801019960,,1006,2153000001,六年级,1班,,,\n");   // two IDs, two schools
        Assert.True(taken.IsDone, taken.Text);
        await given.Stored.Do(async work =>   // what older lists have left: a number without the ID, nothing at all
        {
            var pupils = await work.Db.Set<Student>().ToListAsync();
            var scope = pupils.Find(p => p.ResidentId == "53230120070315997X")!.Scope;
            const string Formal = "G53230120070315997X";
            work.Db.Add(new Student
            {
                Id = work.NewId(),
                Name = "普晓明",
                Sex = Sex.Male,
                Scope = scope,
                NationalNumber = Formal,
                NationalNumberIndex = work.Keys.BlindIndexOf(Formal, BlindIndex.NationalNumber),
            });
            work.Db.Add(new Student { Id = work.NewId(), Name = "李大双", Sex = Sex.Male, Scope = scope });
            work.Audit("test", null, "");
            return CommandResult.Done();
        });
        Assert.Equal(
            [
                "普小明 普小明：姓名、性别、出生日期相同", "普小明 普晓明：一人的身份证件号在另一人的全国学籍号中",
                "李大双 李大双：同一所学校，姓名、性别相同，一人没有出生日期和身份证件号",
            ],
            (await Found(given, County)).Select(Told).Order(StringComparer.Ordinal));
        Assert.Empty(await Found(given, new("far", new Grant(Role.County, "532331"))));
        // who sees only one of both sees no pair
        await using var db = given.Stored.Read();
        var east = (await db.Set<School>().SingleAsync(s => s.Code == Given.East)).Scope;
        Assert.Empty(await Found(given, new("east", new Grant(Role.School, east))));
    }

    /// <summary>Of a common name there are more at other schools than are ever told.</summary>
    [Fact]
    public async Task A_pupil_without_birth_date_is_found_at_the_school_however_many_namesakes_there_are_elsewhere()
    {
        using var given = await Given.Schools(kind);
        Assert.True((await given.Pupils(Head + "张伟,男,,,,1000,3153000002,七年级,1班,,,\n"
            + string.Concat(Enumerable.Range(0, 250).Select(n =>
                $"张伟,男,{new DateOnly(2008, 1, 1).AddDays(n):yyyy-MM-dd},,,{2000 + n},2153000001,六年级,1班,,,\n"))
            + "张伟,男,2007-03-15,,,1001,3153000002,七年级,2班,,,\n")).IsDone);
        Assert.Equal(["张伟 张伟：同一所学校，姓名、性别相同，一人没有出生日期和身份证件号"],
            (await Found(given, County)).Select(Told));
    }

    /// <summary>Those that are decided do not take the places of those that are not.</summary>
    [Fact]
    public async Task However_many_are_called_two_persons_the_next_one_is_told()
    {
        using var given = await Given.Schools(kind);
        Assert.True((await given.Pupils(Head + string.Concat(Enumerable.Range(0, 420).Select(n =>
            $"张{"伟芳娜敏静秀丽强磊军"[n % 210 / 21]}{"一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子"[n % 21]},男,,,,{1000 + n},3153000002,"
                + "七年级,1班,,,\n")))).IsDone);
        await using (var db = given.Stored.Read())
        {
            var pairs = (await db.Set<Student>().OrderBy(s => s.Id).ToListAsync()).GroupBy(s => s.Name)
                .Select(g => g.ToList()).ToList();
            Assert.Equal((210, 2), (pairs.Count, pairs[^1].Count));
            await given.Stored.Do(work =>
            {
                foreach (var (pair, n) in pairs.Take(209).Select((p, n) => (p, n)))
                    Note(work, pair[n % 2].Id, pair[1 - (n % 2)].Id, false, 0);
                Note(work, pairs[0][0].Id, pairs[0][1].Id, true, 1);   // and another decision since
                work.Audit("test", null, "");
                return Task.FromResult(CommandResult.Done());
            });
            Assert.Equal(new[] { pairs[0][0].Name, pairs[209][0].Name }.Order(StringComparer.Ordinal),
                (await Found(given, County)).Select(p => p.One.Name).Order(StringComparer.Ordinal));
        }

        static void Note(UnitOfWork work, Guid one, Guid other, bool isSame, int minutes) => work.Db.Add(new DoubleNote
        {
            Id = work.NewId(),
            StudentId = one,
            OtherId = other,
            IsSame = isSame,
            IsDecided = true,
            Reason = "户口簿",
            Actor = "county",
            At = work.Now.AddMinutes(minutes),
        });
    }

    /// <summary>Who has an ID and no birth date may have come first.</summary>
    [Fact]
    public async Task Who_has_an_ID_and_no_birth_date_is_found_whoever_came_first()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + "张伟,男,,53230120070315997X,,1000,3153000002,七年级,1班,,,\n");
        await given.Stored.Do(async work =>
        {
            (await work.Db.Set<Student>().SingleAsync()).BirthDate = null;
            work.Audit("test", null, "");
            return CommandResult.Done();
        });
        await given.Pupils(Head + "张伟,男,,,,1001,3153000002,七年级,1班,,,\n");
        Assert.Single(await Found(given, County));
    }

    [Fact]
    public async Task What_a_bureau_calls_two_persons_is_suspected_no_more_and_what_a_school_says_is_shown()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + "普小明,男,2007-03-15,,,1001,3153000002,七年级,1班,,,\n普小明,男,2007-03-15,,,1002,3153000002,七年级,2班,,,\n");
        var pair = Assert.Single(await Found(given, County));
        await using var db = given.Stored.Read();
        var school = new Actor("west", new Grant(Role.School,
            (await db.Set<School>().SingleAsync(s => s.Code == Given.West)).Scope));
        Assert.Equal(ResultKind.Invalid, (await Note(school, false, " ")).Kind);
        Assert.True((await Note(school, false, "堂兄弟")).IsDone);
        pair = Assert.Single(await Found(given, County));
        Assert.Equal("堂兄弟", Assert.Single(pair.Notes).Reason);
        Assert.False(Assert.Single(await Found(given, school)).CanMerge);
        Assert.True(pair.CanMerge);
        Assert.Equal(ResultKind.NotFound, (await Note(new("far", new Grant(Role.County, "532331")), false, "x")).Kind);
        Assert.True((await Note(County, false, "户口簿为两人")).IsDone);
        Assert.Empty(await Found(given, County));

        Task<CommandResult> Note(Actor by, bool same, string reason) => given.Stored.Commands.ExecuteAsync(new(by),
            work => SuspectedDoubles.NoteAsync(work, pair.One.Id, pair.Other.Id, same, reason));
    }

    [Fact]
    public async Task Everything_moves_blanks_are_filled_and_one_roll_stays_open()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head
            + "普小明,男,2007-03-15,53230120070315997X,,1001,3153000002,七年级,1班,,普父,父亲\n"
            + "普小明,男,2007-03-15,,,1002,2153000001,六年级,2班,15400000001,普父,父亲\n"
            + "普小明,男,2007-03-15,,,1003,3153000002,七年级,2班,15400000002,普母,母亲\n");
        await using (var db = given.Stored.Read())
        {
            var pupils = await db.Set<Student>().Include(s => s.Rolls).ToListAsync();
            var keep = pupils.Single(p => p.ResidentId is not null);
            foreach (var other in pupils.Where(p => p != keep).OrderBy(p => p.Rolls[0].Number))
            {
                var preview = await Merge(given, keep.Id, other.Id, [], preview: true);
                Assert.True(preview.IsDone, preview.Text);
                Assert.DoesNotContain("15400000001", preview.Text, StringComparison.Ordinal);
                Assert.Equal(ResultKind.VersionMissing, (await given.Stored.Commands.ExecuteAsync(new(County), work =>
                    StudentMerge.MergeAsync(work, keep.Id, other.Id, (null, null), []))).Kind);
                var done = await Merge(given, keep.Id, other.Id, []);
                Assert.True(done.IsDone, done.Text);
            }
        }

        var one = await given.Pupil("普小明");
        Assert.Equal("53230120070315997X 15400000001", $"{one.ResidentId} {one.Phone}");
        Assert.Equal(["普母", "普父"], one.Guardians.Select(g => g.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["1001 OnRoll", "1002 Deleted", "1003 Deleted"],
            one.Rolls.OrderBy(r => r.Number).Select(r => $"{r.Number} {r.State}"));
        Assert.All(one.Rolls.Where(r => !r.IsOpen), r =>
            Assert.Equal(StudentMerge.Reason, r.StandingOn(Given.Today)!.Reason));
        Assert.Equal(one.Rolls.Single(r => r.IsOpen).Scope, one.Scope);
    }

    /// <summary>Made doubles of a registry, merged in a random order, parted from the last to the first.</summary>
    [Fact]
    public async Task A_hundred_doubles_are_merged_and_parted_row_for_row()
    {
        using var given = await Given.Schools(kind);
        const int Count = 100;
        await given.Pupils(Given.Invented(given.Stored.Instance, Count, 5).Csv);
        var dice = new Random(5);
        await given.Stored.Do(async work =>
        {
            foreach (var student in await work.Db.Set<Student>().Include(s => s.Guardians).Include(s => s.Rolls)
                .ThenInclude(r => r.School).ToListAsync())
            {
                var twin = new Student
                {
                    Id = work.NewId(),
                    Name = student.Name,
                    Sex = student.Sex,
                    BirthDate = student.BirthDate,
                    Scope = student.Rolls[0].School.Scope,
                    Phone = dice.Next(2) == 0 ? "15400000009" : null,
                    Ethnicity = dice.Next(2) == 0 ? "彝族" : null,
                    Address = "某村",
                };
                work.Db.Add(twin);
                work.Db.Add(new Guardian
                {
                    Id = work.NewId(),
                    StudentId = twin.Id,
                    Name = dice.Next(2) == 0 ? student.Guardians[0].Name : "某某",
                    Kinship = Kinship.Other,
                    Scope = twin.Scope,
                });
                work.Db.Add(new PersonGroup
                {
                    Id = work.NewId(),
                    StudentId = twin.Id,
                    Kind = PersonGroupKind.LeftBehind,
                    From = Given.Today,
                    Source = "民政局",
                    Paper = "文件",
                    PaperDate = Given.Today,
                    Actor = "local",
                    At = work.Now,
                });
                if (dice.Next(2) == 0)
                {
                    var roll = new Roll
                    {
                        Id = work.NewId(),
                        StudentId = twin.Id,
                        SchoolId = student.Rolls[0].SchoolId,
                        Grade = 7,
                        State = RollState.OnRoll,
                        Since = Given.Today.AddDays(-dice.Next(100)),
                        Scope = twin.Scope,
                        Version = 1,
                    };
                    work.Db.Add(roll);
                    work.Db.Add(roll.AppendStanding(work, null, roll.Since, null));
                }
            }

            work.Audit("test", null, "");
            return CommandResult.Done();
        });
        var before = await Dump.Of(given.Stored, journal: true);
        List<SuspectedDouble> pairs = [];
        for (Guid? after = null; ;)
        {
            await using var db = given.Stored.Commands.Database.Read(County.AccessScope);
            var part = await SuspectedDoubles.ListAsync(db, given.Stored.Commands.Database.Keys, County, after);
            pairs.AddRange(part.Pairs);
            if (part.Next is null) break;
            after = part.Next;
        }

        Assert.Equal(Count, pairs.Count);
        Stack<(Guid Set, string Before)> done = new();
        foreach (var pair in pairs.OrderBy(_ => dice.Next()))
        {
            var (keep, other) = dice.Next(2) == 0 ? (pair.One.Id, pair.Other.Id) : (pair.Other.Id, pair.One.Id);
            var merged = await Merge(given, keep, other,
                [.. StudentMerge.FieldNames.Where(_ => dice.Next(2) == 0)]);
            Assert.True(merged.IsDone, merged.Text);
            done.Push((merged.Answer<MergeOutcome>()!.Id!.Value, ""));
        }

        await using (var db = given.Stored.Read()) Assert.Equal(Count, await db.Set<Student>().CountAsync());
        Assert.Empty(await Found(given, County));
        foreach (var (set, _) in done)
        {
            var undone = await given.Stored.Commands.ExecuteAsync(new(County), work =>
                ChangeHistory.UndoAsync(work, ChangeSetKind.Merge, set, 1, preview: false));
            Assert.True(undone.IsDone, undone.Text);
        }

        Assert.Equal(before, await Dump.Of(given.Stored, journal: true));
    }

    [Fact]
    public async Task A_merge_is_a_bureau_s_above_both_and_is_not_parted_when_something_stands_on_it()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + "普小明,男,2007-03-15,,,1001,3153000002,七年级,1班,,,\n普小明,男,2007-03-15,,,1002,3153000003,七年级,2班,,,\n");
        await using var db = given.Stored.Read();
        var both = await db.Set<Student>().OrderBy(s => s.Scope).ToListAsync();
        var school = new Actor("west", new Grant(Role.School, ScopePath.SchoolOf(both[0].Scope)));
        Assert.Equal(ResultKind.Forbidden, (await Merge(given, both[0].Id, both[1].Id, [], by: school)).Kind);
        Assert.Equal(ResultKind.NotFound, (await Merge(given, both[0].Id, both[1].Id, [])).Kind);   // one is 禄丰's
        Assert.Equal(ResultKind.Forbidden, (await Merge(given, both[0].Id, both[1].Id, [],
            by: new("audit", new Grant(Role.Auditor, "5323")))).Kind);
        var prefecture = new Actor("prefecture", new Grant(Role.Prefecture, "5323"));
        Assert.Equal(ResultKind.Invalid, (await Merge(given, both[0].Id, both[1].Id, ["mood"], by: prefecture)).Kind);
        var results = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => Task.Run(() => Merge(given, both[0].Id, both[1].Id, [], by: prefecture))));
        var done = Assert.Single(results, r => r.IsDone);
        Assert.Equal(2, results.Count(r => r.Kind == ResultKind.NotFound));
        var set = done.Answer<MergeOutcome>()!.Id!.Value;
        given.Stored.Turn(Given.Today.AddDays(1));
        await given.Pupils(Head + "普小明,男,2007-03-15,,,1001,3153000002,七年级,9班,,,\n");
        var refused = await given.Stored.Commands.ExecuteAsync(new(prefecture), work =>
            ChangeHistory.UndoAsync(work, ChangeSetKind.Merge, set, 1, preview: false));
        Assert.Contains("后来的导入《学生名单》", refused.Refusal!.Detail, StringComparison.Ordinal);
    }

    /// <summary>
    /// A table whose rows are found by their student could not move: there is none, and every other moves.
    /// </summary>
    [Fact]
    public void Every_table_that_refers_to_a_student_can_move()
    {
        using var stored = new Stored(kind);
        using var db = stored.Commands.Database.Open();
        var links = db.Model.FindEntityType(typeof(Student))!.GetReferencingForeignKeys().ToList();
        Assert.True(links.Count >= 8, $"{links.Count}");
        Assert.All(links, l => Assert.False(l.Properties[0].IsPrimaryKey()));
    }

    /// <summary>A column that comes tomorrow is not lost with the student who goes.</summary>
    [Fact]
    public void Every_column_of_a_student_is_carried_over()
    {
        using var stored = new Stored(kind);
        using var db = stored.Commands.Database.Open();
        string[] own = [nameof(Student.Id), nameof(Student.Scope), nameof(Student.Version)];
        Assert.Equal(
            db.Model.FindEntityType(typeof(Student))!.GetProperties().Select(p => p.Name).Except(own)
                .Order(StringComparer.Ordinal),
            StudentMerge.Columns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_passport_is_not_lost_with_the_student_who_goes()
    {
        using var given = await Given.Schools(kind);
        const string Rows = "姓名,性别,出生日期,身份证件类型,身份证件号,学籍辅号,学校标识码,年级,班级\n"
            + "李约翰,男,2007-03-15,,,1001,3153000002,七年级,1班\n李约翰,男,2007-03-15,护照,E12345678,1002,3153000002,七年级,1班\n";
        Assert.True((await given.Pupils(Rows)).IsDone);
        Student[] both;
        await using (var db = given.Stored.Read())
            both = [.. (await db.Set<Student>().ToListAsync()).OrderBy(s => s.DocumentNumber is not null)];
        var merged = await Merge(given, both[0].Id, both[1].Id, []);
        Assert.True(merged.IsDone, merged.Text);
        Assert.DoesNotContain("E12345678", merged.Text, StringComparison.Ordinal);
        await using var after = given.Stored.Read();
        var one = Assert.Single(await after.Set<Student>().ToListAsync());
        Assert.Equal((both[0].Id, IdDocumentKind.Passport, "E12345678"),
            (one.Id, one.DocumentKind, one.DocumentNumber));
        var keys = given.Stored.Commands.Database.Keys;
        Assert.Equal([one.Id], await StudentSearch.FindAsync(after, keys, "E12345678", 5));
    }

    private static string Told(SuspectedDouble pair) =>
        $"{string.Join(' ', new[] { pair.One.Name, pair.Other.Name }.Order(StringComparer.Ordinal))}：{string.Join("；", pair.Reasons)}";

    private static async Task<IReadOnlyList<SuspectedDouble>> Found(Given given, Actor actor)
    {
        await using var db = given.Stored.Commands.Database.Read(actor.AccessScope);
        return (await SuspectedDoubles.ListAsync(db, given.Stored.Commands.Database.Keys, actor)).Pairs;
    }

    private static async Task<CommandResult> Merge(
        Given given, Guid keep, Guid other, IReadOnlyCollection<string> take, bool preview = false, Actor? by = null)
    {
        await using var db = given.Stored.Read();
        var versions = await db.Set<Student>().ToDictionaryAsync(s => s.Id, s => s.Version);
        Task<CommandResult> Work(UnitOfWork work) => StudentMerge.MergeAsync(work, keep, other,
            (versions.GetValueOrDefault(keep), versions.GetValueOrDefault(other)), take, preview);
        return preview ? await given.Stored.Commands.QueryAsync(by ?? County, Work)
            : await given.Stored.Commands.ExecuteAsync(new(by ?? County), Work);
    }
}

public sealed class StudentMergeTestsOnSqlite() : StudentMergeTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class StudentMergeTestsOnPostgreSql() : StudentMergeTests(DatabaseKind.PostgreSql);
