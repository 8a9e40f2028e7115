using System.Text;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Demo;
using EduAssist.Office.ListImports;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>A registry on its own database: two schools of 楚雄市, one of 禄丰市, and lists that are brought in.</summary>
internal sealed class Given : IDisposable
{
    internal const string East = "2153000001", West = "3153000002", Far = "3153000003";

    internal static readonly DateOnly Today = new(2020, 9, 10);

    private Given(Stored stored) => Stored = stored;

    internal Stored Stored { get; }

    internal static async Task<Given> Schools(DatabaseKind kind, DateOnly? today = null)
    {
        var given = new Given(await Stored.Like(kind, Today, Schools));
        if (today is { } day) given.Stored.Turn(day);
        return given;
    }

    /// <summary>
    /// The same with a ring of keys of its own: the copies of one share its model, and with it the ring.
    /// </summary>
    internal static async Task<Given> OwnKeys(DatabaseKind kind)
    {
        var given = new Given(new Stored(kind, Today));
        await Schools(given.Stored);
        return given;
    }

    private static async Task Schools(Stored stored)
    {
        var done = await new Given(stored).Import("registry.schools", """
            学校标识码,学校名称,办学类型,主管部门行政区划代码
            2153000001,鹿城东小学,小学,532301
            3153000002,鹿城西中学,初级中学,532301
            3153000003,金山中学,初级中学,532331
            """);
        Assert.True(done.IsDone, done.Text);
    }

    internal Task<CommandResult> Import(
        string form, string csv, ImportMode mode = ImportMode.Whole, Actor? actor = null, string? key = null,
        ColumnMapping? mapping = null, params (string Name, string Text)[] head) =>
        Import(form, new UTF8Encoding(false).GetBytes(csv), SpreadsheetFormat.Csv, mode, actor, key, mapping, head);

    internal async Task<CommandResult> Import(
        string form, byte[] file, SpreadsheetFormat format, ImportMode mode = ImportMode.Whole, Actor? actor = null,
        string? key = null, ColumnMapping? mapping = null, params (string Name, string Text)[] head)
    {
        var intake = Stored.Instance.Catalogue.ListImport(form)!;
        var values = new FormValues();
        foreach (var (name, text) in head) values[name] = text;
        using var stream = new MemoryStream(file);
        var list = FormList.Read(intake.Form, stream, format,
            new(Stored.Instance.Divisions, Stored.Instance.Today.Date), values, mapping);
        return await intake.ImportAsync(
            Stored.Commands, new(actor ?? Actor.Local, key, Convert.ToHexString(file)), list,
            mode);
    }

    internal Task<CommandResult> Pupils(string csv, ImportMode mode = ImportMode.Whole, Actor? actor = null,
        params (string Name, string Text)[] head) => Import("registry.students", csv, mode, actor, head: head);

    internal async Task<FormValues> Export(string form, params (string Name, string Text)[] filter)
    {
        var values = new FormValues();
        foreach (var (name, text) in filter) values[name] = text;
        return (await Stored.Instance.Catalogue.ListImport(form)!.ExportAsync(Stored.Commands, Actor.Local, values))!;
    }

    /// <summary>Everything that is stored of pupils, as text: equal texts, equal registries.</summary>
    internal async Task<string> Everything()
    {
        await using var db = Stored.Read();
        StringBuilder text = new();
        foreach (var s in await db.Set<Student>().OrderBy(s => s.Id).ToListAsync())
            text.AppendLine(
                $"{s.Id} {s.Name} {s.Sex} {s.BirthDate} {s.Ethnicity} {s.ResidentId} {s.DocumentKind} "
                    + $"{s.DocumentNumber} {s.NationalNumber} {s.Phone} {s.Address} {s.Scope} {s.Version}");
        foreach (var g in await db.Set<Guardian>().OrderBy(g => g.Id).ToListAsync())
            text.AppendLine($"{g.Id} {g.StudentId} {g.Name} {g.Kinship} {g.Phone} {g.Scope}");
        foreach (var r in await db.Set<Roll>().OrderBy(r => r.Id).ToListAsync())
            text.AppendLine(
                $"{r.Id} {r.StudentId} {r.SchoolId} {r.Number} {r.Grade} {r.ClassName} {r.Entered} {r.State} {r.Since} "
                    + $"{r.Version}");
        foreach (var s in await db.Set<RollStanding>().OrderBy(s => s.Id).ToListAsync())
            text.AppendLine($"{s.Id} {s.RollId} {s.From} {s.State} {s.Grade} {s.GroupId} {s.Reason}");
        foreach (var s in await db.Set<School>().OrderBy(s => s.Id).ToListAsync())
            text.AppendLine($"{s.Id} {s.Code} {s.Name} {s.Alias} {s.Kind} {s.Version}");
        return text.ToString();
    }

    /// <summary>A pupil with all rolls and standings.</summary>
    internal async Task<Student> Pupil(string name)
    {
        await using var db = Stored.Read();
        return await db.Set<Student>().Include(s => s.Guardians).Include(s => s.Rolls).ThenInclude(r => r.Standings)
            .ThenInclude(s => s.Group).Include(s => s.Rolls).ThenInclude(r => r.School)
            .SingleAsync(s => s.Name == name);
    }

    internal static string Counts(CommandResult result) =>
        result.Answer<ImportOutcome>() is { } told
            ? $"{result.Kind}: {told.New} new, {told.Changed} changed, {told.Unchanged} unchanged, {told.Gone} gone"
            : result.Text;

    internal static string[] Findings(CommandResult result) =>
        [
            .. result.Answer<ImportOutcome>()!.Findings.Select(f =>
                $"{f.Row} {f.Column} {f.Field} {f.Rule} "
                    + $"{(f.Level == FormFindingLevel.Warning ? "(提醒) " : "")}{f.Message}"),
        ];

    internal static string Fields(CommandResult result) => string.Join(' ',
        result.Answer<ImportOutcome>()!.Changes.SelectMany(c => c.Fields).Order(StringComparer.Ordinal));

    /// <summary>Invented pupils as a list of the national system.</summary>
    internal static (string Csv, IReadOnlyList<InventedPerson> People) Invented(
        Instance instance, int count, int seed, string school = West)
    {
        var people = new InventedPeople(seed, instance.Divisions);
        List<InventedPerson> all =
        [
            .. Enumerable.Range(0, count)
                .Select(_ => people.Next(DivisionCode.Of(532301), new(2005, 9, 1), new(2008, 8, 31))),
        ];
        var lines = all.Select(
            (p, i) => string.Join(',', p.Name, p.Sex == Sex.Male ? "男" : "女", $"{p.BirthDate:yyyy/M/d}", p.Ethnicity,
                "居民身份证", p.ResidentId.Value, p.StudentNumber.Value, p.RollNumber.Value, school,
            i % 3 == 0 ? "七年级" : i % 3 == 1 ? "初二" : "2018级", $"{(i % 5) + 1}班", "201809", "在读", p.Phone?.Value,
            p.Guardian.Name, Words.For(p.Guardian.Kinship), p.Guardian.Phone?.Value));
        return (
            $"姓名,性别,出生日期,民族,身份证件类型,身份证件号,全国学籍号,学籍辅号,学校标识码,年级,班级,入学年月,学生状态,联系电话,监护人1姓名,监护人1关系,监护人1联系电话\n"
                + $"{string.Join('\n', lines)}\n",
            all);
    }

    internal static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose() => Stored.Dispose();
}
