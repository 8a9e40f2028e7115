using System.Text;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Changes;
using EduAssist.Office.Demo;
using EduAssist.Office.ListImports;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>
/// Five thousand rows as clerks' spreadsheets have them, every eighth with a dirt of its own: each row is right,
/// reminded or refused with its reason, none silently wrong; the same list again changes nothing; taking it back brings
/// the database back.
/// </summary>
public abstract class DirtyListTests(DatabaseKind kind)
{
    private const int Rows = 5000, CleanRows = 8;

    private static readonly int[] Counties = [532301, 532322, 532323, 532331];

    private static readonly string[] Columns =
    [
        "姓名", "性别", "出生日期", "民族", "身份证件类型", "身份证件号", "全国学籍号", "学籍辅号", "学校标识码", "学校名称", "年级", "班级",
        "入学年月", "联系电话",
    ];

    private static readonly string[][] Spellings =
    [
        ["七（{0}）班", "七({0})班", "（{0}）班", "初一{0}班", "七年级{1}班"],
        ["八（{0}）班", "8.{0}班", "80{0}班", "初二（{1}）班", "{0}班"],
        ["九（{0}）班", "九({0})班", "９０{0}班", "初3({0})班", "{1}班"],
    ];

    /// <summary>
    /// What may be wrong with a row, and what becomes of it: right (null), a field with a reminder or an error.
    /// </summary>
    private static readonly IReadOnlyList<Dirt> Dirts =
    [
        new("blanks in the name", r => r["姓名"] = string.Join('　', r["姓名"].ToCharArray())),
        new("a zero-width character in the name", r => r["姓名"] = r["姓名"].Insert(1, "​")),
        new("a no-break space behind the name", r => r["姓名"] += " "),
        new("wide digits in the ID", r => r["身份证件号"] = Wide(r["身份证件号"])),
        new("blanks and a small x in the ID",
            r => r["身份证件号"] = $" {r["身份证件号"][..6]} {r["身份证件号"][6..].ToLowerInvariant()}"),
        new("wide digits in the roll number", r => r["学籍辅号"] = Wide(r["学籍辅号"])),
        new("a code of the people", r => r["民族"] = "01", r => r["民族"] == "汉族"),
        new("the short word of the people", r => r["民族"] = "汉", r => r["民族"] == "汉族"),
        new("the letters of the people", r => r["民族"] = "HA", r => r["民族"] == "汉族"),
        new("a code of the sex", r => r["性别"] = r["性别"] == "男" ? "1" : "2"),
        new("a word of the sex", r => r["性别"] += "性"),
        new("a day with strokes", r => r["出生日期"] = r["出生日期"].Replace('-', '/')),
        new("a telephone with its country", r => r["联系电话"] = "+86 154 0000 0001"),
        new("no telephone, in words", r => r["联系电话"] = "无"),
        new("no national number, in words", r => r["全国学籍号"] = "/"),
        new("the school by its name with a blank", r => (r["学校标识码"], r["学校名称"]) = ("", "鹿城 西中学")),
        new("a lost character", r => r["姓名"] = $"{r["姓名"][0]}?") { Reminds = "name" },
        new("a private character", r => r["姓名"] = $"{r["姓名"][0]}\uE863") { Reminds = "name" },
        new("a digit in the name", r => r["姓名"] += "1") { Reminds = "name" },
        new("another sex than the ID", r => r["性别"] = r["性别"] == "男" ? "女" : "男") { Reminds = "sex" },
        new("another birth than the ID", r => r["出生日期"] = "2006-01-31") { Reminds = "birthDate" },
        new("a class of another grade", r => r["班级"] = r["年级"] == "九年级" ? "八（1）班" : "九（1）班") { Reminds = "className" },
        new("entered as a baby", r => r["入学年月"] = "200901") { Reminds = "entered" },
        new("another name than the code's", r => r["学校名称"] = "鹿城东小学") { Reminds = "schoolName" },
        new("a people of Mars", r => r["民族"] = "火星族") { Refuses = "ethnicity" },
        new("a wrong check digit", r => r["身份证件号"] = r["身份证件号"][..17] + (r["身份证件号"][17] == '1' ? '2' : '1'))
        {
            Refuses = "residentId",
        },
        new("a birth to come", r => r["出生日期"] = "2040-01-01") { Refuses = "birthDate" },
        new("entered before birth", r => r["入学年月"] = "199009") { Refuses = "entered" },
        new("a grade of no compulsory school", r => r["年级"] = "高一") { Refuses = "grade" },
        new("a school that is not there", r => (r["学校标识码"], r["学校名称"]) = ("", "火星中学")) { Refuses = "schoolName" },
        new("no number at all", r => r["身份证件号"] = r["全国学籍号"] = r["学籍辅号"] = "无") { Refuses = "nationalNumber" },
        new("no name", r => r["姓名"] = " ") { Refuses = "name" },
        new("a name for a sex", r => r["性别"] = "先生") { Refuses = "sex" },
    ];

    [Fact]
    public async Task Each_row_of_a_dirty_list_is_right_reminded_or_refused()
    {
        using var given = await Given.Schools(kind);
        var before = await Dump.Of(given.Stored);
        var rows = Generate(given, seed: 14);
        var lines = rows.Select(r => string.Join(',', Columns.Select(c => r.Cells[c])) + "\n");
        var csv = $"{string.Join(',', Columns)}\n{string.Concat(lines)}";
        var told = Done(await given.Pupils(csv, ImportMode.ValidRows));

        var findings = told.Findings.ToLookup(f => f.Row - 2);
        List<string> wrong = [];
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, found) = (rows[i], findings[i].ToList());
            var isRefused = found.Exists(f => f.Level == FormFindingLevel.Error);
            var asExpected = row.Dirt switch
            {
                { Refuses: { } field } => isRefused && found.Exists(f => f.Field == field),
                { Reminds: { } field } => !isRefused && found.Exists(f => f.Field == field),
                _ => found.Count == 0,
            };
            if (!asExpected)
                wrong.Add($"{i + 2} {row.Dirt?.Name ?? "clean"}: "
                    + string.Join("; ", found.Select(f => $"{f.Level} {f.Field} {f.Rule} {f.Message}")));
        }

        Assert.Empty(wrong.Take(20));
        var taken = rows.Where(r => r.Dirt?.Refuses is null).ToList();
        Assert.Equal((taken.Count, 0, 0, 0), (told.New, told.Changed, told.Unchanged, told.Gone));
        await using (var db = given.Stored.Read())
        {
            var kept = await db.Set<Student>().ToDictionaryAsync(s => s.ResidentId!);
            Assert.Equal(taken.Count, kept.Count);
            Assert.Empty(taken.Where(r => r.Dirt?.Reminds is null).Where(r => kept[r.Clean["身份证件号"]] is var s
                && (s.Name, s.Ethnicity) != (r.Clean["姓名"], r.Clean["民族"])).Select(r => r.Dirt?.Name));
            // five classes of three grades, however they were spelled; those of another grade are told
            var classes = await db.Set<SchoolClass>().ToListAsync();
            Assert.Equal(15, classes.Count(c => !ClassNames.NamesAnotherGrade(c.Name, c.Grade)));
            var one = classes.Single(c =>
                c.Grade == 9 && ClassNames.KeyOf(c.Name, 9) == "1" && !c.Name.StartsWith('八'));
            var teacher = new Actor("teacher", new Grant(Role.Teacher, one.Scope));
            await using var seen = given.Stored.Commands.Database.Read(teacher.AccessScope);
            Assert.Equal(
                taken.Count(r => r.Clean["年级"] == "九年级" && r.Class == 1 && r.Dirt?.Reminds != "className"),
                await seen.Set<Student>().CountAsync());
        }

        var stored = await given.Everything();
        var again = Done(await given.Pupils(csv, ImportMode.ValidRows));
        Assert.Equal((0, 0, taken.Count, 0), (again.New, again.Changed, again.Unchanged, again.Gone));
        Assert.Equal(stored, await given.Everything());

        await using (var db = given.Stored.Commands.Database.Open())
        {
            var set = (await db.Set<ChangeSet>().ToListAsync()).Single(s => s.New == taken.Count).Id;
            var undone = await given.Stored.Commands.ExecuteAsync(new(Actor.Local), work =>
                ChangeHistory.UndoAsync(work, ChangeSetKind.Import, set, 1, preview: false));
            Assert.True(undone.IsDone, undone.Text);
        }

        Assert.Equal(before, await Dump.Of(given.Stored));
    }

    private static List<Row> Generate(Given given, int seed)
    {
        var invented = new InventedPeople(seed, given.Stored.Instance.Divisions);
        var people = Enumerable.Range(0, Rows + 200).Select(i =>
            invented.Next(DivisionCode.Of(Counties[i % Counties.Length]), new(2005, 9, 1), new(2008, 8, 31)));
        var random = new Random(seed);
        List<Row> rows = [];
        HashSet<(string, DateOnly)> persons = [];
        foreach (var person in people.Where(p => persons.Add((p.Name, p.BirthDate))).Take(Rows))
        {
            var (grade, number) = (random.Next(3), random.Next(5) + 1);
            Dictionary<string, string> cells = new()
            {
                ["姓名"] = person.Name,
                ["性别"] = person.Sex == Sex.Male ? "男" : "女",
                ["出生日期"] = $"{person.BirthDate:yyyy-MM-dd}",
                ["民族"] = person.Ethnicity,
                ["身份证件类型"] = "居民身份证",
                ["身份证件号"] = person.ResidentId.Value,
                ["全国学籍号"] = person.StudentNumber.Value,
                ["学籍辅号"] = person.RollNumber.Value,
                ["学校标识码"] = Given.West,
                ["学校名称"] = "鹿城西中学",
                ["年级"] = $"{"七八九"[grade]}年级",
                ["班级"] = string.Format(null, CompositeFormat.Parse(Spellings[grade][random.Next(5)]), number,
                    "一二三四五"[number - 1]),
                ["入学年月"] = "201809",
                ["联系电话"] = "15400000001",
            };
            var dirt = rows.Count % CleanRows == 0 ? Dirts[rows.Count / CleanRows % Dirts.Count] : null;
            var clean = new Dictionary<string, string>(cells);
            if (dirt?.When?.Invoke(cells) == false)
                dirt = null;
            dirt?.Spoil(cells);
            rows.Add(new(cells, clean, number, dirt));
        }

        Assert.Equal(Dirts.Count, rows.Select(r => r.Dirt?.Name).OfType<string>().Distinct().Count());
        return rows;
    }

    private static string Wide(string text) =>
        string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c - '!' + '！') : c));

    private static ImportOutcome Done(CommandResult result)
    {
        Assert.True(result.IsDone, result.Text);
        return result.Answer<ImportOutcome>()!;
    }

    private sealed record Dirt(
        string Name,
        Action<Dictionary<string, string>> Spoil,
        Func<Dictionary<string, string>, bool>? When = null)
    {
        internal string? Reminds { get; init; }

        internal string? Refuses { get; init; }
    }

    private sealed record Row(
        Dictionary<string, string> Cells,
        Dictionary<string, string> Clean,
        int Class,
        Dirt? Dirt);
}

public sealed class DirtyListTestsOnSqlite() : DirtyListTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class DirtyListTestsOnPostgreSql() : DirtyListTests(DatabaseKind.PostgreSql);
