using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Changes;
using EduAssist.Office.Enrolment;
using EduAssist.Office.ListImports;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>
/// What a list leaves behind, seen by those whom it concerns: whom it leaves out, whom it takes over, the classes that
/// it makes.
/// </summary>
public abstract class OtherEyesTests(DatabaseKind kind)
{
    private const string Head = "姓名,性别,学籍辅号,学校标识码,年级,班级,学生状态\n";

    private static readonly Actor County = new("county", new Grant(Role.County, "532301")),
        Prefecture = new("prefecture", new Grant(Role.Prefecture, "5323")),
        Elsewhere = new("far", new Grant(Role.County, "532331"));

    private const string Ten = "甲乙丙丁戊己庚辛壬癸";

    private static readonly string[] Names = ["赵一", "钱二", "孙三", "李四", "周五"];

    /// <summary>Five pupils of a school, but those who are left out.</summary>
    private static string Five(string school = Given.West, string grade = "七年级", params string[] but) =>
        Head + string.Concat(Names.Select((name, n) => (name, n)).Where(x => !but.Contains(x.name))
            .Select(x => $"{x.name},男,{2000 + x.n},{school},{grade},1班,\n"));

    [Fact]
    public async Task Whom_a_list_leaves_out_the_school_is_asked_for_and_no_roll_changes()
    {
        using var given = await Given.Schools(kind, Given.Day("2021-03-05"));
        await given.Pupils(Five(), head: ("from", "2020-09-10"));
        var rolls = await given.Everything();
        Done(await given.Pupils(Five(but: "钱二"), head: ("from", "2021-03-01")));
        Assert.Equal(rolls, await given.Everything());
        var school = await School(given, Given.West);
        foreach (var reader in (Actor[])[school, County, Prefecture])
        {
            var one = Assert.Single((await Unlisted(given, reader)).Pupils);
            Assert.Equal("钱二 七 1班 鹿城西中学 2020—2021学年春季学期 2021-03-01 True",
                $"{one.Name} {"一二三四五六七八九"[one.Grade - 1]} {one.ClassName} {one.School} {one.TermTitle} "
                    + $"{one.Since:yyyy-MM-dd} {one.CanAnswer}");
        }

        foreach (var other in (Actor[])[Elsewhere, await School(given, Given.East)])
            Assert.Empty((await Unlisted(given, other)).Pupils);
        var id = (await Unlisted(given, school)).Pupils[0].Id;
        Assert.Equal(ResultKind.NotFound, (await Answer(given, Elsewhere, id, "Unknown")).Kind);
        var auditor = new Actor("audit", new Grant(Role.Auditor, "5323"));
        Assert.Equal(ResultKind.Forbidden, (await Answer(given, auditor, id, "Unknown")).Kind);
        foreach (var (answer, detail) in (IEnumerable<(string?, string?)>)[(null, null), ("1", "x"), ("Mars", "x"),
            ("Transferred", null), ("Left", " "), ("Left", new string('长', 201)), ("Left", "电话13912345678")])
            Assert.Equal(ResultKind.Invalid, (await Answer(given, school, id, answer, detail)).Kind);
        Done(await Answer(given, school, id, "Transferred", "昆明市某中学"));
        var told = Assert.Single((await Unlisted(given, County)).Pupils).Whereabouts!;
        Assert.Equal("已转到其他学校 昆明市某中学 school", $"{told.Title} {told.Detail} {told.Actor}");
        Assert.Equal(rolls, await given.Everything());   // the answer is a claim
        Done(await Answer(given, school, id, "StillHere"));
        Assert.Equal(WhereaboutsKind.StillHere, (await Unlisted(given, County)).Pupils[0].Whereabouts!.Kind);

        Done(await given.Pupils(Five(), head: ("from", "2021-03-05")));   // a later list names the pupil
        Assert.Empty((await Unlisted(given, County)).Pupils);
        Assert.Equal(ResultKind.Refused, (await Answer(given, school, id, "StillHere")).Kind);
    }

    /// <summary>What is a list of the school, and who is expected in it: each limit before, on and after.</summary>
    [Fact]
    public async Task A_list_of_less_than_half_leaves_out_nobody_nor_do_those_who_have_finished()
    {
        foreach (var (listed, expected) in (IEnumerable<(int, int)>)[(2, 0), (3, 2), (4, 1), (5, 0)])
        {
            using var given = await Given.Schools(kind, Given.Day("2021-03-05"));
            await given.Pupils(Five(), head: ("from", "2020-09-10"));
            Done(await given.Pupils(Five(but: [.. Names.Skip(listed)]), head: ("from", "2021-03-01")));
            Assert.Equal(expected, (await Unlisted(given, County)).Pupils.Count);
        }

        using (var half = await Given.Schools(kind, Given.Day("2021-03-05")))
        {
            await half.Pupils(Five(but: "周五"), head: ("from", "2020-09-10"));
            Done(await half.Pupils(Five(but: ["孙三", "李四", "周五"]), head: ("from", "2021-03-01")));
            Assert.Empty((await Unlisted(half, County)).Pupils);   // two of four: not more than half
        }

        foreach (var (day, expected) in (IEnumerable<(string, int)>)[("2021-08-31", 1), ("2021-09-01", 0)])
        {
            using var given = await Given.Schools(kind, Given.Day("2021-09-05"));
            await given.Pupils(Five(grade: "九年级"), head: ("from", "2020-09-10"));
            Done(await given.Pupils(Five(grade: "九年级", but: "钱二"), head: ("from", day)));
            Assert.Equal(expected, (await Unlisted(given, County)).Pupils.Count);
        }

        using (var later = await Given.Schools(kind, Given.Day("2021-03-05")))
        {
            await later.Pupils(Five(), head: ("from", "2021-03-02"));
            Done(await later.Pupils(Five(but: "钱二"), head: ("from", "2021-03-01")));   // the list is the older one
            Assert.Empty((await Unlisted(later, County)).Pupils);
        }
    }

    [Fact]
    public async Task Another_school_that_lists_the_pupil_a_roll_that_closes_and_an_undo_end_it()
    {
        using var given = await Given.Schools(kind, Given.Day("2021-03-05"));
        await given.Pupils(Five(), head: ("from", "2020-09-10"));
        var before = await Dump.Of(given.Stored);
        Done(await given.Pupils(Five(but: ["钱二", "孙三"]), head: ("from", "2021-03-01")));
        var set = await ImportUndoTests.Last(given);
        Assert.Equal(["孙三", "钱二"],
            (await Unlisted(given, County)).Pupils.Select(p => p.Name).Order(StringComparer.Ordinal));
        var id = (await Unlisted(given, County)).Pupils[0].Id;
        Done(await Answer(given, County, id, "Unknown"));   // an answer does not stand in the way
        Done(await Undo(given, set, ChangeSetKind.Import));
        Assert.Empty((await Unlisted(given, County)).Pupils);
        await given.Stored.Do(async work =>
        {
            work.Db.RemoveRange(await work.Db.Set<Whereabouts>().ToListAsync());
            work.Audit("test", null, "");
            return CommandResult.Done();
        });
        Assert.Equal(before, await Dump.Of(given.Stored));

        Done(await given.Pupils(Five(but: ["钱二", "孙三"]), head: ("from", "2021-03-01")));
        var qian = await given.Pupil("钱二");
        await given.Stored.Do(work => RollChanges.ChangeAsync(work, qian.Rolls[0].Id, qian.Rolls[0].Version, new()
        {
            ["change"] = nameof(RollChange.Leave),
            ["from"] = "2021-03-02",
            ["reason"] = "随父母外出",
        }));
        Assert.Equal(["孙三"], (await Unlisted(given, County)).Pupils.Select(p => p.Name));
        var sun = await given.Pupil("孙三");
        await given.Stored.Do(work => RollChanges.ChangeAsync(work, sun.Rolls[0].Id, sun.Rolls[0].Version, new()
        {
            ["change"] = nameof(RollChange.Transfer),
            ["from"] = "2021-03-02",
            ["school"] = Given.Far,
        }));
        Assert.Empty((await Unlisted(given, County)).Pupils);
    }

    [Fact]
    public async Task Each_term_the_school_is_asked_anew_and_those_without_an_answer_stand_first()
    {
        using var given = await Given.Schools(kind, Given.Day("2021-09-05"));
        await given.Pupils(Five(), head: ("from", "2020-09-10"));
        await given.Pupils(Five(but: ["钱二", "孙三"]), head: ("from", "2021-03-01"));
        foreach (var pupil in (await Unlisted(given, County)).Pupils)
            Done(await Answer(given, County, pupil.Id, pupil.Name == "钱二" ? "Unknown" : "StillHere"));
        Assert.Equal(["钱二 Unknown", "孙三 StillHere"], await Told());
        await given.Pupils(Five(but: ["钱二", "孙三"]), head: ("from", "2021-03-02"));   // the same term
        Assert.Equal(["钱二 Unknown", "孙三 StillHere"], await Told());
        await given.Pupils(Five(grade: "八年级", but: ["钱二", "孙三"]), head: ("from", "2021-09-01"));
        Assert.Equal(2, (await Unlisted(given, County)).Pupils.Count(p => p.Whereabouts is null));
        var sun = (await Unlisted(given, County)).Pupils.Single(p => p.Name == "孙三");
        Assert.Equal("2021—2022学年秋季学期 2021-03-01", $"{sun.TermTitle} {sun.Since:yyyy-MM-dd}");
        Done(await Answer(given, County, sun.Id, "StillHere"));
        Assert.Equal(["钱二 ", "孙三 StillHere"], await Told());
        var school = Assert.Single((await Unlisted(given, County)).Schools);
        Assert.Equal("鹿城西中学 2 1", $"{school.Name} {school.Pupils} {school.Unanswered}");

        async Task<IEnumerable<string>> Told() =>
            (await Unlisted(given, County)).Pupils.Select(p => $"{p.Name} {p.Whereabouts?.Kind}");
    }

    [Fact]
    public async Task They_are_told_by_parts_and_none_twice()
    {
        using var given = await Given.Schools(kind, Given.Day("2021-03-05"));
        string List(int rows) => Head + string.Concat(Enumerable.Range(0, rows).Select(n =>
            $"某{Ten[n / 100]}{Ten[n / 10 % 10]}{Ten[n % 10]},男,{1000 + n},{Given.West},七年级,1班,\n"));
        await given.Pupils(List(300), head: ("from", "2020-09-10"));
        Done(await given.Pupils(List(180), head: ("from", "2021-03-01")));
        foreach (var pupil in (await Unlisted(given, County)).Pupils.Take(20))
            Done(await Answer(given, County, pupil.Id, "StillHere"));
        List<string> names = [];
        string? after = null;
        do
        {
            var part = await Unlisted(given, County, after);
            names.AddRange(part.Pupils.Select(p => $"{(p.Whereabouts is null ? 0 : 1)} {p.Name}"));
            after = part.Next;
        }
        while (after is not null);
        Assert.Equal(120, names.Distinct().Count());
        Assert.Equal(120, names.Count);
        Assert.Equal(names.Select(n => n[0]).Order(), names.Select(n => n[0]));
    }

    /// <summary>Whoever answers the last one of a part, or takes back what made it, passes over nobody.</summary>
    [Theory]
    [InlineData("answered")]
    [InlineData("gone")]
    public async Task The_next_part_goes_on_whatever_became_of_the_last_one_of_the_part_before(string last)
    {
        using var given = await Given.Schools(kind, Given.Day("2021-03-05"));
        string List(string school, int first, int rows) =>
            Head.Replace("学籍辅号", "全国学籍号", StringComparison.Ordinal)
            + string.Concat(Enumerable.Range(first, rows).Select(n =>
                $"某{Ten[n / 100]}{Ten[n / 10 % 10]}{Ten[n % 10]},男,L53230120070315{1000 + n},{school},七年级,1班,\n"));
        Done(await given.Pupils(List(Given.West, 0, 300), head: ("from", "2020-09-10")));
        Done(await given.Pupils(List(Given.West, 0, 180), head: ("from", "2021-03-01")));
        var part = await Unlisted(given, County);
        List<string> names = [.. part.Pupils.Select(p => p.Name)];
        if (last == "answered")
            Done(await Answer(given, County, part.Pupils[^1].Id, "StillHere"));
        else
            await Removed<UnlistedPupil>(part.Pupils[^1].Id);
        for (; part.Next is { } next; names.AddRange(part.Pupils.Select(p => p.Name)))
            part = await Unlisted(given, County, next);
        Assert.Equal(120, names.Distinct().Count());
        Assert.Equal(last == "answered" ? 121 : 120, names.Count);   // the answered one has moved behind the others

        Done(await given.Pupils(List(Given.Far, 0, 120), actor: Prefecture, head: ("from", "2021-03-02")));
        var taken = await TakenPart(given, County);
        names = [.. taken.Pupils.Select(p => p.Name)];
        if (last == "answered")
            Done(await Review(given, await School(given, Given.West), taken.Pupils[^1].Id, true));
        else
            await Removed<Takeover>(taken.Pupils[^1].Id);
        for (; taken.Next is { } next; names.AddRange(taken.Pupils.Select(p => p.Name)))
            taken = await TakenPart(given, County, next);
        Assert.Equal(120, names.Distinct().Count());
        Assert.Equal(last == "answered" ? 121 : 120, names.Count);

        async Task Removed<T>(Guid id) where T : class => await given.Stored.Do(async work =>
        {
            work.Db.Remove((await work.Db.Set<T>().FindAsync(id))!);
            work.Audit("test", null, "");
            return CommandResult.Done();
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("0\n5323\nx")]
    [InlineData("x\n5323\n00000000000000000000000000000001")]
    [InlineData("0\n53\023\n00000000000000000000000000000001")]
    public void What_is_no_end_of_a_part_is_none(string text)
    {
        Assert.False(PartCursor<string>.TryParse(text, null, out _));
        Assert.False(PartCursor<string>.TryParse(Coded(text), null, out _));
        PartCursor<DateOnly> end = new(1, Given.Today, Guid.NewGuid());
        Assert.Equal(end, PartCursor<DateOnly>.Parse($"{end}", null));
        Assert.False(PartCursor<DateTimeOffset>.TryParse(Coded("0\nx\n" + new string('0', 32)), null, out _));

        static string Coded(string plain) => System.Buffers.Text.Base64Url.EncodeToString(
            System.Text.Encoding.UTF8.GetBytes(plain));
    }

    /// <summary>An older list is no answer to a newer one, be it of an earlier day or of an earlier term.</summary>
    [Theory]
    [InlineData("2021-02-28", 2)]
    [InlineData("2021-03-01", 0)]
    [InlineData("2021-03-02", 0)]
    [InlineData("2021-03-02", 2, "2021-09-01")]
    [InlineData("2021-09-01", 0, "2021-09-01")]
    public async Task A_list_that_names_them_ends_it_but_not_an_older_one(
        string day,
        int open,
        string? leftOutAgain = null
    )
    {
        using var given = await Given.Schools(kind, Given.Day("2021-09-05"));
        await given.Pupils(Five(), head: ("from", "2020-09-10"));
        Done(await given.Pupils(Five(but: ["钱二", "孙三"]), head: ("from", "2021-03-01")));
        if (leftOutAgain is not null)
            Done(await given.Pupils(Five(but: ["钱二", "孙三"]), head: ("from", leftOutAgain)));
        Done(await given.Pupils(Five(), head: ("from", day)));
        Assert.Equal(open, (await Unlisted(given, County)).Pupils.Count);
    }

    /// <summary>A row that is refused names its pupil all the same, whoever refuses it.</summary>
    [Theory]
    [InlineData("钱二,男,2001,3153000002,十五年级,1班,\n", 0)]
    [InlineData("钱二,男,2001,3153000002,,1班,\n", 0)]
    [InlineData("钱二,男,2001,9999999999,七年级,1班,\n", 0)]
    [InlineData("钱二,男,2001,,,1班,\n", 0)]
    [InlineData("吴六,男,3001,3153000003,,1班,\n郑七,男,3002,3153000003,七年级,1班,\n", 1)]   // of another school
    [InlineData("", 1)]
    public async Task Of_a_school_with_faulty_rows_nobody_is_left_out(string row, int expected)
    {
        using var given = await Given.Schools(kind, Given.Day("2021-03-05"));
        await given.Pupils(Five(), head: ("from", "2020-09-10"));
        var told = await given.Pupils(Five(but: "钱二") + row, ImportMode.ValidRows, head: ("from", "2021-03-01"));
        Done(told);
        Assert.Equal(row.Length > 0, told.Answer<ImportOutcome>()!.Errors > 0);
        Assert.Equal(expected, (await Unlisted(given, County)).Pupils.Count);
    }

    [Fact]
    public async Task The_school_that_had_a_pupil_sees_who_took_it_over_and_the_bureau_decides()
    {
        using var given = await Given.Schools(kind, Given.Day("2021-03-05"));
        await given.Pupils(Head.Replace("学籍辅号", "身份证件号", StringComparison.Ordinal)
            + $"普小明,男,53230120070315997X,{Given.West},七年级,2班,\n", head: ("from", "2020-09-10"));
        var before = await Dump.Of(given.Stored);
        Done(await given.Pupils(Head.Replace("学籍辅号", "身份证件号", StringComparison.Ordinal)
            + $"普小明,男,53230120070315997X,{Given.Far},七年级,5班,\n", actor: Prefecture, head: ("from", "2021-03-01")));
        var set = await ImportUndoTests.Last(given);
        var west = await School(given, Given.West);
        foreach (var reader in (Actor[])[west, County, Prefecture])
        {
            var one = Assert.Single(await Taken(given, reader));
            Assert.Equal("普小明 7 2班 鹿城西中学 金山中学 2021-03-01 True prefecture ",
                $"{one.Name} {one.Grade} {one.ClassName} {one.FromSchool} {one.ToSchool} {one.On:yyyy-MM-dd} "
                    + $"{one.IsByList} {one.Actor} {one.IsRight}");
        }

        foreach (var other in (Actor[])[Elsewhere, await School(given, Given.East)])
            Assert.Empty(await Taken(given, other));
        var id = (await Taken(given, west))[0].Id;
        Assert.Equal(ResultKind.NotFound, (await Review(given, Elsewhere, id, true)).Kind);
        Assert.Equal(ResultKind.Forbidden,
            (await Review(given, new("audit", new Grant(Role.Auditor, "5323")), id, true)).Kind);
        Assert.Equal(ResultKind.Invalid, (await Review(given, west, id, null, "x")).Kind);
        Assert.Equal(ResultKind.Invalid, (await Review(given, west, id, false)).Kind);
        Done(await Review(given, west, id, true));
        Done(await Review(given, west, id, false, "学生仍在我校"));   // said otherwise, before anybody decided
        Assert.Equal("False 学生仍在我校 school ",
            (await Taken(given, County)).Select(t => $"{t.IsRight} {t.Reason} {t.ReviewedBy} {t.IsUpheld}").Single());
        Assert.Equal(ResultKind.Invalid, (await Review(given, County, id, false)).Kind);
        Done(await Review(given, County, id, false, "名单写错"));
        Assert.Equal("False 名单写错 county",
            (await Taken(given, west)).Select(t => $"{t.IsUpheld} {t.DecisionReason} {t.DecidedBy}").Single());
        Assert.Equal(ResultKind.Refused, (await Review(given, west, id, true)).Kind);
        var again = await Review(given, new("other", new Grant(Role.County, "532301")), id, true, "x");
        Assert.Contains("county 已经认定，不能再次认定", again.Text, StringComparison.Ordinal);
        Assert.Equal((false, false), (await Taken(given, west)).Select(t => (t.CanReview, t.CanDecide)).Single());
        Assert.False((await Taken(given, County))[0].CanDecide);

        Done(await Undo(given, set, ChangeSetKind.Import));   // what was said does not stand in the way
        Assert.Empty(await Taken(given, County));
        await given.Stored.Do(async work =>
        {
            work.Db.RemoveRange(await work.Db.Set<TakeoverReview>().ToListAsync());
            work.Audit("test", null, "");
            return CommandResult.Done();
        });
        Assert.Equal(before, await Dump.Of(given.Stored));
        var pupil = await given.Pupil("普小明");
        var roll = pupil.Rolls.Single(r => r.IsOpen);
        Done(await given.Stored.Do(work => RollChanges.ChangeAsync(work, roll.Id, roll.Version, new()
        {
            ["change"] = nameof(RollChange.Transfer),
            ["from"] = "2021-03-02",
            ["school"] = Given.Far,
        })));
        Assert.Equal("金山中学 False", (await Taken(given, west)).Select(t => $"{t.ToSchool} {t.IsByList}").Single());
    }

    /// <summary>Whoever made it does not judge it, and a school is heard, before or after.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Somebody_else_decides_and_a_school_that_was_not_heard_opens_it_again(bool agrees)
    {
        using var given = await Given.Schools(kind, Given.Day("2021-03-05"));
        var list = Head.Replace("学籍辅号", "身份证件号", StringComparison.Ordinal);
        await given.Pupils(list + $"普小明,男,53230120070315997X,{Given.West},七年级,2班,\n", head: ("from", "2020-09-10"));
        Done(await given.Pupils(list + $"普小明,男,53230120070315997X,{Given.Far},七年级,5班,\n", actor: Prefecture,
            head: ("from", "2021-03-01")));
        var west = await School(given, Given.West);
        var one = Assert.Single(await Taken(given, Prefecture));
        Assert.False(one.CanDecide);
        var own = await Review(given, Prefecture, one.Id, true, "x");
        Assert.Equal(ResultKind.Refused, own.Kind);
        Assert.Contains("请由另一个人认定", own.Text, StringComparison.Ordinal);
        Assert.True((await Taken(given, County))[0].CanDecide);
        Done(await Review(given, County, one.Id, true, "已核对"));
        Assert.True((await Taken(given, west))[0].CanReview);
        Done(await Review(given, west, one.Id, agrees, "学生仍在我校"));
        Assert.Equal(agrees ? "True True county False False" : "False   False True",
            (await Taken(given, County)).Select(t =>
                $"{t.IsRight} {t.IsUpheld} {t.DecidedBy} {t.CanReview} {t.CanDecide}").Single());
        if (!agrees)
            Done(await Review(given, County, one.Id, false, "名单写错"));
        Assert.Equal(ResultKind.Refused, (await Review(given, west, one.Id, !agrees, "x")).Kind);
        Assert.Equal(ResultKind.Refused, (await Review(given, County, one.Id, !agrees, "x")).Kind);
    }

    [Fact]
    public async Task Classes_that_a_list_made_are_told_with_pupils_teacher_and_likeness_and_merged_and_parted()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + $"赵一,男,2001,{Given.West},七年级,3班,\n钱二,男,2002,{Given.West},七年级,4班,\n"
            + $"孙三,男,2003,{Given.West},八年级,3班,\n");
        Done(await given.Pupils(Head + $"李四,男,2004,{Given.West},七年级,3班新,\n周五,男,2005,{Given.West},七年级,3班新,\n"));
        var school = await School(given, Given.West);
        var made = (await Made(given, County)).Single(c => c.Name == "3班新");
        Assert.Equal("鹿城西中学 7 2 0 3班 True;4班 False",
            $"{made.School} {made.Grade} {made.Pupils} {made.Teachers.Count} "
                + string.Join(';', made.Others.Select(o => $"{o.Name} {o.IsAlike}")));
        Assert.Empty(await Made(given, Elsewhere));
        var scopes = await Scopes(given);
        await given.Stored.Do(work =>
        {
            var (one, two) = (NewUser(work, "teacher.a"), NewUser(work, "teacher.b"));
            foreach (var (user, at) in (IEnumerable<(User, string)>)[(one, "3班新"), (two, "3班新"), (two, "3班")])
                work.Db.Add(
                    new StoredGrant { UserId = user.Id, Role = Role.Teacher.Name, Scope = scopes[(7, at)].Scope });
            work.Audit("test", null, "");
            return Task.FromResult(CommandResult.Done());
        });
        Assert.Equal(["teacher.a", "teacher.b"], (await Made(given, school)).Single(c => c.Name == "3班新").Teachers);
        var before = await Dump.Of(given.Stored);
        Guid wrong = scopes[(7, "3班新")].Id, right = scopes[(7, "3班")].Id;

        Assert.Equal(ResultKind.NotFound, (await Merge(given, Elsewhere, wrong, right)).Kind);
        Assert.Equal(ResultKind.Forbidden,
            (await Merge(given, new("audit", new Grant(Role.Auditor, "5323")), wrong, right)).Kind);
        Assert.Equal(ResultKind.Invalid, (await Merge(given, school, wrong, null)).Kind);
        Assert.Equal(ResultKind.Invalid, (await Merge(given, school, wrong, wrong)).Kind);
        Assert.Equal(ResultKind.Refused, (await Merge(given, school, wrong, scopes[(8, "3班")].Id)).Kind);
        Assert.Equal(before, await Dump.Of(given.Stored));
        var audit = new Actor("audit", new Grant(Role.Auditor, "5323"));
        Assert.Equal((ResultKind.Forbidden, ResultKind.VersionMissing, ResultKind.Stale),
            ((await Merging(audit, null)).Kind, (await Merging(school, null)).Kind, (await Merging(school, 2)).Kind));
        Assert.Equal(before, await Dump.Of(given.Stored));
        var done = await Merge(given, school, wrong, right);
        Done(done);
        await using (var db = given.Stored.Read())
            Assert.Equal(2, (await db.Set<SchoolClass>().SingleAsync(c => c.Id == right)).Version);
        var outcome = done.Answer<ClassMergeOutcome>()!;
        Assert.Equal("3班新 3班 2 2", $"{outcome.Class} {outcome.Into} {outcome.Pupils} {outcome.Users}");
        Assert.Equal(3, (await Made(given, County)).Single(c => c is { Grade: 7, Name: "3班" }).Pupils);
        var after = await Scopes(given);
        Assert.False(after.ContainsKey((7, "3班新")));
        var teacher = new Actor("teacher.a", new Grant(Role.Teacher, after[(7, "3班")].Scope));
        await using (var db = given.Stored.Commands.Database.Read(teacher.AccessScope))
            Assert.Equal(["周五", "李四", "赵一"],
                (await db.Set<Student>().Select(s => s.Name).ToListAsync()).Order(StringComparer.Ordinal));
        Assert.All((await given.Pupil("李四")).Rolls, r => Assert.Equal("3班", r.ClassName));
        Assert.DoesNotContain(scopes[(7, "3班新")].Scope, await Dump.Of(given.Stored), StringComparison.Ordinal);

        Assert.Equal((ResultKind.VersionMissing, ResultKind.Stale),
            ((await Undoing(null)).Kind, (await Undoing(2)).Kind));
        given.Stored.Turn(Given.Today.AddDays(ChangeHistory.DaysOfSchools + 1));
        Assert.Equal(ResultKind.Forbidden, (await Undoing(null)).Kind);
        var late = await given.Stored.Commands.ExecuteAsync(new(school), work =>
            ChangeHistory.UndoAsync(work, ChangeSetKind.Classes, outcome.Id!.Value, 1, preview: false));
        Assert.Equal((ResultKind.Forbidden, "合并班级已过 7 天，由上级教育行政部门撤销。"),
            (late.Kind, late.Refusal!.Detail));
        given.Stored.Turn(Given.Today.AddDays(ChangeSets.Days + 1));
        Done(await given.Stored.Commands.ExecuteAsync(new(County), work =>
            ChangeHistory.UndoAsync(work, ChangeSetKind.Classes, outcome.Id!.Value, 1, preview: false)));
        Assert.Equal(before, await Dump.Of(given.Stored));

        Task<CommandResult> Merging(Actor by, long? seen) =>
            given.Stored.Commands.ExecuteAsync(new(by), work => ClassMerge.MergeAsync(work, wrong, seen, right));

        Task<CommandResult> Undoing(long? seen) =>
            given.Stored.Commands.ExecuteAsync(new(school), work =>
                ChangeHistory.UndoAsync(work, ChangeSetKind.Classes, outcome.Id!.Value, seen, preview: false));
    }

    [Fact]
    public async Task Nobody_answers_or_decides_on_what_they_have_not_seen()
    {
        using var given = await Given.Schools(kind, Given.Day("2021-03-05"));
        await given.Pupils(Five(), head: ("from", "2020-09-10"));
        var (id, other, student) = (Guid.CreateVersion7(), Guid.CreateVersion7(), await given.Pupil("赵一"));
        await given.Stored.Do(work =>
        {
            var roll = student.Rolls.Single();
            work.Db.Add(new UnlistedPupil
            {
                Id = id,
                StudentId = student.Id,
                RollId = roll.Id,
                SchoolId = roll.SchoolId,
                SchoolYear = 2020,
                Term = Term.Autumn,
                Since = Given.Today,
                Actor = "list",
                Scope = ScopePath.SchoolOf(roll.Scope),
            });
            work.Db.Add(new Takeover
            {
                Id = other,
                StudentId = student.Id,
                RollId = roll.Id,
                Name = "赵一",
                Grade = 7,
                FromSchool = "东",
                ToSchool = "西",
                On = Given.Today,
                Actor = "list",
                At = work.Now,
                Scope = ScopePath.SchoolOf(roll.Scope),
            });
            work.Audit("test", null, "");
            return Task.FromResult(CommandResult.Done());
        });
        var audit = new Actor("audit", new Grant(Role.Auditor, "5323"));
        var (answered, reviewed) = ((CommandResult?)null, (CommandResult?)null);
        foreach (var (by, seen, kindOf) in (IEnumerable<(Actor, long?, ResultKind)>)
            [
                (audit, null, ResultKind.Forbidden), (audit, 1, ResultKind.Forbidden),
                (County, null, ResultKind.VersionMissing), (County, 9, ResultKind.Stale), (County, 1, ResultKind.Done),
                (County, 1, ResultKind.Stale),
            ])
        {
            var whereabouts = await given.Stored.Commands.ExecuteAsync(new(by), work =>
                UnlistedPupils.AnswerAsync(work, id, seen, "Unknown", null));
            var review = await given.Stored.Commands.ExecuteAsync(new(by), work =>
                Takeovers.ReviewAsync(work, other, seen, true, "属实"));
            Assert.Equal((kindOf, kindOf), (whereabouts.Kind, review.Kind));
            if (kindOf == ResultKind.Done) (answered, reviewed) = (whereabouts, review);
        }

        Assert.Equal((2, 2), (answered!.Version, reviewed!.Version));
        Assert.Equal(2, (await Unlisted(given, County)).Pupils.Single(p => p.Id == id).Version);
        Assert.Equal(2, (await Taken(given, County)).Single(p => p.Id == other).Version);
    }

    private static User NewUser(UnitOfWork work, string name)
    {
        var user = new User
        {
            Id = work.NewId(),
            Name = name,
            ComparedName = name.ToUpperInvariant(),
            CreatedAt = work.Now,
        };
        work.Db.Add(user);
        return user;
    }

    private static async Task<Dictionary<(int, string), (Guid Id, string Scope)>> Scopes(Given given)
    {
        await using var db = given.Stored.Read();
        return await db.Set<SchoolClass>().ToDictionaryAsync(c => (c.Grade, c.Name), c => (c.Id, c.Scope));
    }

    private static async Task<Actor> School(Given given, string code)
    {
        await using var db = given.Stored.Read();
        return new("school", new Grant(Role.School, (await db.Set<School>().SingleAsync(s => s.Code == code)).Scope));
    }

    private static async Task<UnlistedPart> Unlisted(Given given, Actor reader, string? after = null)
    {
        await using var db = given.Stored.Commands.Database.Read(reader.AccessScope);
        return await UnlistedPupils.ListAsync(db, reader, null, Cursor<string>(after));
    }

    private static async Task<IReadOnlyList<TakeoverView>> Taken(Given given, Actor reader) =>
        (await TakenPart(given, reader)).Pupils;

    private static async Task<TakeoverPart> TakenPart(Given given, Actor reader, string? after = null)
    {
        await using var db = given.Stored.Commands.Database.Read(reader.AccessScope);
        return await Takeovers.ListAsync(db, reader, Cursor<DateOnly>(after));
    }

    private static PartCursor<T>? Cursor<T>(string? text)
        where T : IParsable<T> => text is null ? null : PartCursor<T>.Parse(text, null);

    private static async Task<IReadOnlyList<NewClassView>> Made(Given given, Actor reader)
    {
        await using var db = given.Stored.Commands.Database.Read(reader.AccessScope);
        await using var all = given.Stored.Commands.Database.OpenUnfiltered();
        return (await NewClasses.ListAsync(db, all, reader, given.Stored.Instance.Today.Date)).Classes;
    }

    private static async Task<CommandResult> Answer(
        Given given, Actor by, Guid id, string? where, string? detail = null)
    {
        await using var db = given.Stored.Read();
        var seen = await db.Set<UnlistedPupil>().Where(u => u.Id == id).Select(u => u.Version).SingleOrDefaultAsync();
        return await given.Stored.Commands.ExecuteAsync(new(by), work =>
            UnlistedPupils.AnswerAsync(work, id, seen, where, detail));
    }

    private static async Task<CommandResult> Review(
        Given given, Actor by, Guid id, bool? isRight, string? reason = null)
    {
        await using var db = given.Stored.Read();
        var seen = await db.Set<Takeover>().Where(t => t.Id == id).Select(t => t.Version).SingleOrDefaultAsync();
        return await given.Stored.Commands.ExecuteAsync(new(by), work =>
            Takeovers.ReviewAsync(work, id, seen, isRight, reason));
    }

    private static Task<CommandResult> Merge(Given given, Actor by, Guid id, Guid? into) =>
        given.Stored.Commands.ExecuteAsync(new(by), work => ClassMerge.MergeAsync(work, id, 1, into));

    private static Task<CommandResult> Undo(Given given, Guid set, ChangeSetKind kind) =>
        given.Stored.Commands.ExecuteAsync(new(Actor.Local), work =>
            ChangeHistory.UndoAsync(work, kind, set, 1, preview: false));

    private static void Done(CommandResult result) => Assert.True(result.IsDone, result.Text);
}

public sealed class OtherEyesTestsOnSqlite() : OtherEyesTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class OtherEyesTestsOnPostgreSql() : OtherEyesTests(DatabaseKind.PostgreSql);
