using System.Text;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Changes;
using EduAssist.Office.Demo;
using EduAssist.Office.Enrolment;
using EduAssist.Office.ListImports;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>
/// Two schools, two terms, five lists of two thousand pupils: transfers there and back, twins, changed names, numbers
/// that are lost and come again, pupils who are left out. After each list the registry equals a book kept by hand
/// (<see cref="Ledger"/>); then a hundred doubles are merged and parted, row for row.
/// </summary>
public abstract class LedgerTests(DatabaseKind kind)
{
    private const int Rows = 2000,
        Doubles = 100;

    private const string Head =
        "姓名,性别,出生日期,民族,身份证件号,全国学籍号,学籍辅号,学校标识码,年级,班级,联系电话,监护人1姓名,监护人1关系,监护人1联系电话\n";

    private static readonly int[] Counties = [532301, 532322, 532323, 532331];

    [Fact]
    public async Task The_registry_equals_a_ledger_and_merged_doubles_are_parted_row_for_row()
    {
        using var given = await Given.Schools(kind, Given.Day("2021-03-20"));
        var world = new World(given, seed: 14);
        var ledger = new Ledger();
        foreach (var (school, day) in (IEnumerable<(string, string)>)[(Given.West, "2020-09-01"),
            (Given.Far, "2020-09-02"), (Given.West, "2021-03-01"), (Given.Far, "2021-03-02"),
            (Given.West, "2021-03-15")])
        {
            var lines = world.List(school, ledger);
            Assert.Equal(Rows, lines.Count);
            var told = await given.Pupils(Csv(school, lines), head: ("from", day));
            Assert.True(told.IsDone, string.Join('\n', Findings(told).Take(10)));
            ledger.Enter(school, Given.Day(day), lines);
            Same(ledger.Text(), await Ledger.TextOf(given.Stored));
        }

        world.EverythingHappened();
        await PartAsync(given, world, ledger);
    }

    /// <summary>Records of the same pupils under a roll number of the other school, merged and parted.</summary>
    private static async Task PartAsync(Given given, World world, Ledger ledger)
    {
        var doubled = world.Pupils.Where(p => ledger.Of(p.Index) is { Id: not null, Birth: not null } page
                && page.Open?.School == Given.West && page.Name.Length > 2).DistinctBy(p => (p.Name, p.BirthDate))
            .Take(Doubles).ToList();
        List<Ledger.Line> lines =
        [
            .. doubled.Select(p => ledger.Of(p.Index)!).Select((page, n) => new Ledger.Line(
                n, page.Name, page.Sex, page.Birth, null, null, null, $"9{n:0000}", 7, "1班", "15400000009", null,
                null)),
        ];
        var told = await given.Pupils(Csv(Given.Far, lines), head: ("from", "2021-03-16"));
        Assert.Equal($"Done: {Doubles} new", Given.Counts(told).Split(',')[0]);
        var before = await Dump.Of(given.Stored, journal: true);
        var actor = new Actor("prefecture", new Grant(Role.Prefecture, "5323"));
        List<SuspectedDouble> pairs = [];
        for (Guid? after = null; ;)
        {
            await using var db = given.Stored.Commands.Database.Read(actor.AccessScope);
            var part = await SuspectedDoubles.ListAsync(db, given.Stored.Commands.Database.Keys, actor, after);
            pairs.AddRange(part.Pairs);
            if ((after = part.Next) is null) break;
        }

        Assert.Equal(Doubles, pairs.Count);
        var dice = new Random(7);
        Stack<Guid> merged = new();
        foreach (var pair in pairs.OrderBy(_ => dice.Next()))
        {
            var (keep, goes) = dice.Next(2) == 0 ? (pair.One, pair.Other) : (pair.Other, pair.One);
            var done = await given.Stored.Commands.ExecuteAsync(new(actor), work => StudentMerge.MergeAsync(
                work, keep.Id, goes.Id, (keep.Version, goes.Version),
                [.. StudentMerge.FieldNames.Where(_ => dice.Next(2) == 0)]));
            Assert.True(done.IsDone, done.Text);
            merged.Push(done.Answer<MergeOutcome>()!.Id!.Value);
        }

        Assert.NotEqual(before, await Dump.Of(given.Stored, journal: true));
        foreach (var set in merged)
        {
            var undone = await given.Stored.Commands.ExecuteAsync(new(actor), work =>
                ChangeHistory.UndoAsync(work, ChangeSetKind.Merge, set, 1, preview: false));
            Assert.True(undone.IsDone, undone.Text);
        }

        Same(before, await Dump.Of(given.Stored, journal: true));
    }

    /// <summary>The planted fault: one letter of one row that was changed past the program is seen.</summary>
    [Fact]
    public async Task Planted_a_registry_with_one_wrong_row_does_not_equal_the_ledger()
    {
        using var given = await Given.Schools(kind, Given.Day("2021-03-20"));
        var world = new World(given, seed: 14);
        var ledger = new Ledger();
        var lines = world.List(Given.West, ledger).Take(50).ToList();
        await given.Pupils(Csv(Given.West, lines), head: ("from", "2020-09-01"));
        ledger.Enter(Given.West, Given.Day("2020-09-01"), lines);
        Assert.Equal(ledger.Text(), await Ledger.TextOf(given.Stored));
        await using var past = given.Stored.Past();
        using var change = past.CreateCommand();
        change.CommandText =
            "UPDATE core_student SET \"Ethnicity\" = '苗' WHERE \"Id\" = (SELECT \"Id\" FROM core_student LIMIT 1)";
        Assert.Equal(1, change.ExecuteNonQuery());
        Assert.NotEqual(ledger.Text(), await Ledger.TextOf(given.Stored));
    }

    private static void Same(string expected, string actual)
    {
        if (expected == actual) return;
        var (one, other) = (expected.Split('\n'), actual.Split('\n'));
        Assert.Fail($"{one.Length} lines, {other.Length} in the registry; first that differ:\n"
            + $"{string.Join('\n', one.Except(other).Take(3))}\n---\n{string.Join('\n', other.Except(one).Take(3))}");
    }

    private static IEnumerable<string> Findings(CommandResult result) =>
        result.Answer<ImportOutcome>() is null ? [result.Text] : Given.Findings(result)
            .Where(f => !f.Contains("(提醒)", StringComparison.Ordinal));

    private static string Csv(string school, IReadOnlyList<Ledger.Line> lines)
    {
        StringBuilder text = new(Head);
        foreach (var l in lines)
            text.AppendJoin(',', l.Name, l.Sex == Sex.Male ? "男" : "女", $"{l.Birth:yyyy-MM-dd}", l.Ethnicity, l.Id,
                l.National, l.Number, school, $"{"一二三四五六七八九"[l.Grade - 1]}年级", l.Class, l.Phone, l.Father,
                l.Father is null ? "" : "父亲", l.FatherPhone).Append('\n');
        return text.ToString();
    }

    /// <summary>What truly happens to the pupils, and what of it a list says.</summary>
    private sealed class World(Given given, int seed)
    {
        private readonly Random dice = new(seed);
        private readonly InventedPeople invented = new(seed, given.Stored.Instance.Divisions);
        private readonly Dictionary<string, int> happened = [];

        internal List<Pupil> Pupils { get; } = [];

        /// <summary>A list of a school: who is there, changed since, and new ones up to two thousand.</summary>
        internal List<Ledger.Line> List(string school, Ledger ledger)
        {
            var other = school == Given.West ? Given.Far : Given.West;
            foreach (var pupil in Pupils.Where(p => p.School == other))
                if (ledger.Of(pupil.Index) is { Open: not null } page && (page.Id ?? page.National) is not null
                    && page.Rolls.Exists(r => r.School == school) is var wasHere && dice.Next(wasHere ? 4 : 40) == 0)
                {
                    Happens(wasHere ? "transfer back" : "transfer");
                    pupil.School = school;
                    pupil.Class = $"{dice.Next(1, 9)}班";
                }

            List<Ledger.Line> lines = [];
            foreach (var pupil in Pupils.Where(p => p.School == school).ToList())
            {
                Live(pupil, ledger.Of(pupil.Index));
                if (lines.Count == Rows || (ledger.Of(pupil.Index)?.Open?.School == school && dice.Next(50) == 0))
                    Happens("left out");
                else
                    lines.Add(Line(pupil, ledger.Of(pupil.Index)));
            }

            while (lines.Count < Rows)
            {
                var pupil = New(school);
                lines.Add(Line(pupil, null));
                if (lines.Count == Rows || dice.Next(50) != 0)
                    continue;
                Happens("twin");
                var twin = New(school, pupil);
                lines.Add(Line(twin, null));
            }

            return [.. lines.OrderBy(_ => dice.Next())];
        }

        private Pupil New(string school, Pupil? twinOf = null)
        {
            InventedPerson person;
            do
                person = invented.Next(DivisionCode.Of(Counties[dice.Next(Counties.Length)]),
                    twinOf?.BirthDate ?? new(2005, 9, 1), twinOf?.BirthDate ?? new(2008, 8, 31));
            while (Pupils.Exists(p => p.Name == person.Name && p.BirthDate == person.BirthDate));
            var pupil = new Pupil
            {
                Index = Pupils.Count,
                Person = person,
                School = school,
                Name = person.Name,
                Grade = twinOf?.Grade ?? dice.Next(7, 10),
                Class = twinOf?.Class ?? $"{dice.Next(1, 9)}班",
                Phone = person.Phone?.Value,
                Father = dice.Next(3) == 0 ? null : person.Guardian.Name,
                HasNumbers = dice.Next(20) != 0,
            };
            Pupils.Add(pupil);
            return pupil;
        }

        private void Live(Pupil pupil, Ledger.Page? page)
        {
            if (dice.Next(30) == 0 && page?.Id is not null)
            {
                Happens("another name");
                pupil.Name = $"{Family()}{"安宁春秋"[dice.Next(4)]}{"晨曦月星"[dice.Next(4)]}";
            }

            if (dice.Next(15) == 0)
            {
                Happens("another class");
                pupil.Class = $"{dice.Next(1, 9)}班";
            }

            if (dice.Next(60) == 0)
            {
                Happens("another grade");
                pupil.Grade = dice.Next(7, 10);
            }

            if (dice.Next(20) == 0) pupil.Phone = $"1540000{dice.Next(10_000):0000}";
            if (dice.Next(40) == 0) pupil.Father = $"{Family()}大{"江河湖海"[dice.Next(4)]}";
            if (!pupil.HasNumbers && dice.Next(4) == 0)
            {
                Happens("numbers at last");
                pupil.HasNumbers = true;
            }
        }

        /// <summary>What a list says of a pupil: never so little that nobody could tell who is meant.</summary>
        private Ledger.Line Line(Pupil pupil, Ledger.Page? page)
        {
            for (; ; )
            {
                var (id, national, number, father) = (pupil.HasNumbers && dice.Next(12) != 0,
                    pupil.HasNumbers && dice.Next(12) != 0, !pupil.HasNumbers || dice.Next(12) != 0,
                    dice.Next(10) == 0 ? null : pupil.Father);
                var roll = $"{(pupil.School == Given.West ? 1 : 2)}{pupil.Index:00000}";
                var isKnown = page is null ? id || national || number
                    : (id && page.Id is not null) || (national && page.National is not null)
                        || (number && page.Open is { } open && open.School == pupil.School && open.Number == roll
                            && page.Name == pupil.Name && !(id && page.Id is not null));
                if (!isKnown) continue;
                if (page?.Id is not null && !id) Happens(national ? "lost ID" : "lost both numbers");
                if (page is not null && page.Id is null && id) Happens("regained ID");
                if (page?.National is not null && !national) Happens("lost national number");
                return new(pupil.Index, pupil.Name, pupil.Person.Sex, dice.Next(15) == 0 ? null : pupil.BirthDate,
                    dice.Next(15) == 0 ? null : pupil.Person.Ethnicity, id ? pupil.Person.ResidentId.Value : null,
                    national ? pupil.Person.StudentNumber.Value : null, number ? roll : null, pupil.Grade, pupil.Class,
                    dice.Next(10) == 0 ? null : pupil.Phone, father,
                    father is null || dice.Next(2) == 0 ? null : "15400000008");
            }
        }

        private char Family() => "赵钱孙李周吴郑王"[dice.Next(8)];

        private void Happens(string what) => happened[what] = happened.GetValueOrDefault(what) + 1;

        /// <summary>What the test is about did come about, each often enough to matter.</summary>
        internal void EverythingHappened() => Assert.All(
            (string[])["transfer", "transfer back", "left out", "twin", "another name", "another class",
                "another grade", "numbers at last", "lost ID", "lost both numbers", "regained ID",
                "lost national number"],
            what => Assert.True(happened.GetValueOrDefault(what) >= 10, $"{what}: {happened.GetValueOrDefault(what)}"));
    }

    private sealed class Pupil
    {
        internal required int Index { get; init; }
        internal required InventedPerson Person { get; init; }
        internal required string School { get; set; }
        internal required string Name { get; set; }
        internal required int Grade { get; set; }
        internal required string Class { get; set; }
        internal string? Phone { get; set; }
        internal string? Father { get; set; }
        internal bool HasNumbers { get; set; }
        internal DateOnly BirthDate => Person.BirthDate;
    }
}

public sealed class LedgerTestsOnSqlite() : LedgerTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class LedgerTestsOnPostgreSql() : LedgerTests(DatabaseKind.PostgreSql);
