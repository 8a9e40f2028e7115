using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using EduAssist.Conformance;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Cases;
using EduAssist.Office.Demo;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Host;

/// <summary>附件4 of a whole prefecture: out of the database by command, through LibreOffice, and in again.</summary>
public class AnnexTests
{
    private const string List = "chuxiong.attendance-list",
        School = "楚雄技师学院",
        Today = "2020-06-05";

    private static readonly int Size = Environment.GetEnvironmentVariable("EDUASSIST_NIGHTLY") == "1" ? 20_000 : 500;

    [Fact, Requires(ExternalProgram.LibreOffice)]
    public async Task Every_cell_comes_back_and_every_pupil_is_listed()
    {
        using var place = new Workplace();
        await using (var host = await HostProcess.Serve(place, ["--demo", "--today", Today]))
            Assert.Equal(0, await host.Stop());
        await Fill(place["eduassist-demo.db"], place["data"]);
        SqliteConnection.ClearAllPools();
        var enrolled = Count(place, "Enrolled");
        Assert.True(enrolled > Size);

        await Out("a4.xlsx");
        await LibreOffice.ConvertAsync(place["a4.xlsx"], "xlsx", place["saved"]);
        var saved = Path.Combine("saved", "a4.xlsx");
        Assert.Equal(Cells(place["a4.xlsx"]), Cells(place[saved]));
        var preview = await In("--preview");
        Assert.Equal((enrolled, 0, 0), ((int)preview["new"]!, (int)preview["errors"]!, (int)preview["warnings"]!));
        Assert.Equal(0, Count(place, "Listed"));
        var watch = Stopwatch.StartNew();
        Assert.Equal((enrolled, true), ((int)(await In())["new"]!, true));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{enrolled} rows: imported in {watch.Elapsed.TotalSeconds:0.0} s"
        );
        Assert.Equal((0, enrolled), (Count(place, "Enrolled"), Count(place, "Listed")));
        Assert.Equal(enrolled, (int)(await In())["unchanged"]!);
        await Out("again.xlsx");
        Assert.Equal(Cells(place["a4.xlsx"]), Cells(place["again.xlsx"]));

        async Task Out(string file) =>
            Assert.Contains(
                $"已导出 {enrolled} 行",
                (
                    await HostProcess.Run(
                        place,
                        "export",
                        List,
                        "--demo",
                        "--today",
                        Today,
                        "--filter",
                        $"school eq '{School}' and year eq '2020'",
                        "-o",
                        file
                    )
                )
                    .Done()
                    .Output,
                StringComparison.Ordinal
            );
        async Task<JsonNode> In(params string[] more) =>
            JsonNode.Parse(
                (await HostProcess.Run(place, ["import", List, saved, "--demo", "--today", Today, "--json", .. more]))
                    .Done()
                    .Output
            )!;
    }

    /// <summary>
    /// Copies of what a pupil of the demo left in the tables when they were enrolled, each with a pupil, a form and
    /// keys of its own.
    /// </summary>
    private static async Task Fill(string file, string folder)
    {
        var instance = Instance.Compose([], _ => null, new HolidayFolder(folder).Table(), TimeProvider.System);
        var database = new Database(
            file,
            folder,
            Convert.ToBase64String(SHA256.HashData("EduAssist demo"u8)),
            instance.Tables
        );
        database.Upgrade(instance.Today.Now, _ => { });
        using var commands = new CommandExecutor(instance, database);
        var people = new InventedPeople(2026, instance.Divisions);
        var done = await commands.ExecuteAsync(new(Actor.Local), async work =>
        {
            var row = (
                await work
                    .Db.Database.SqlQuery<Guid>(
                        $"""SELECT a."CaseId" AS "Value" FROM chuxiong_application a JOIN core_case c ON c."Id" = a."CaseId" WHERE c."State" = 'Enrolled' AND a."VocationalSchoolName" = {School} ORDER BY a."CaseId" """
                    )
                    .ToListAsync()
            )[0];
            var one = await work.Db.Set<Case>().AsNoTracking().SingleAsync(c => c.Id == row);
            var school = await work.Db.Set<School>().SingleAsync(s => s.Scope == ScopePath.SchoolOf(one.Scope));
            var events = await work.Db.Set<CaseEvent>().AsNoTracking().Where(e => e.CaseId == row).ToListAsync();
            var schoolClass = DemoRegistry.Group(work, school, 9, 2019, "九（2）班");
            var form = JsonNode.Parse(one.Form)!.AsObject();
            // as many as have numbers enough
            var counties = instance.Divisions.Children(DivisionCode.Of(532300)).Select(c => c.Code).ToList();
            List<(Guid Id, Guid Student, string Name)> copies = [];
            work.Db.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var i = 0; i < Size; i++)
            {
                var person = people.Next(counties[i % counties.Count], new(2006, 9, 1), new(2012, 8, 31));
                var roll = DemoRegistry.Pupil(work, school, schoolClass, person, new(2019, 9, 1));
                foreach (
                    var (field, text) in ((string, string)[])
                        [
                            ("studentName", person.Name),
                            ("sex", person.Sex == Sex.Male ? "男" : "女"),
                            ("residentId", person.ResidentId.Value),
                            ("rollNumber", person.RollNumber.Value),
                        ]
                )
                    form[field] = text;
                var copy = new Case
                {
                    Id = Guid.CreateVersion7(),
                    Workflow = one.Workflow,
                    State = one.State,
                    Year = one.Year,
                    StudentId = roll.StudentId,
                    Scope = roll.Scope,
                    Counterpart = one.Counterpart,
                    Handler = one.Handler,
                    Form = form.ToJsonString(),
                    Version = one.Version,
                    OpenedAt = one.OpenedAt,
                    ChangedAt = one.ChangedAt,
                };
                work.Db.Add(copy);
                work.Db.AddRange(
                    events.Select(e => new CaseEvent
                    {
                        CaseId = copy.Id,
                        Sequence = e.Sequence,
                        Action = e.Action,
                        From = e.From,
                        To = e.To,
                        At = e.At,
                        Actor = e.Actor,
                        Input = e.Input,
                        Before = e.Before,
                    })
                );
                copies.Add((copy.Id, roll.StudentId, person.Name));
            }

            work.Audit("test/pupils", null, "");
            await work.Db.SaveChangesAsync();
            var columns = await work
                .Db.Database.SqlQuery<string>(
                    $"""SELECT name AS "Value" FROM pragma_table_info('chuxiong_application')"""
                )
                .ToListAsync();
            var copied = string.Join(
                ", ",
                columns
                    .Where(c => c is not ("CaseId" or "OpenStudentId" or "StudentName" or "VocationalNumber"))
                    .Select(c => $"\"{c}\"")
            );
            var insert =
                $$"""INSERT INTO chuxiong_application ("CaseId", "OpenStudentId", "StudentName", "VocationalNumber", {{copied}}) SELECT {0}, {1}, {2}, {3}, {{copied}} FROM chuxiong_application WHERE "CaseId" = {4}""";
            foreach (var (copy, i) in copies.Select((c, i) => (c, i)))
                await work.Db.Database.ExecuteSqlAsync(
                    FormattableStringFactory.Create(
                        insert,
                        copy.Id,
                        copy.Student,
                        copy.Name,
                        (i % 3) switch
                        {
                            0 => $"{i:00000}",
                            1 => $"1-{i}",
                            _ => $"{i}E5",
                        },
                        row
                    )
                ); // numbers, days and powers of ten, if a program were let
            return CommandResult.Done();
        });
        Assert.True(done.IsDone, done.Text);
    }

    private static int Count(Workplace place, string state)
    {
        using var file = new SqliteConnection($"Data Source={place["eduassist-demo.db"]};Mode=ReadOnly;Pooling=False");
        file.Open();
        using var count = new SqliteCommand(
            $"""SELECT count(*) FROM chuxiong_application a JOIN core_case c ON c."Id" = a."CaseId" WHERE c."State" = '{state}' AND c."Year" = 2020 AND a."VocationalSchoolName" = '{School}'""",
            file
        );
        return (int)(long)count.ExecuteScalar()!;
    }

    /// <summary>Every cell of the first sheet that holds anything, in order, as text: past our own reader.</summary>
    private static IReadOnlyList<string> Cells(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        XNamespace x = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var shared = zip.GetEntry("xl/sharedStrings.xml") is { } strings
            ? Part(strings).Root!.Elements(x + "si").Select(Text).ToList()
            : [];
        return
        [
            .. Part(zip.GetEntry("xl/worksheets/sheet1.xml")!)
                .Descendants(x + "c")
                .Select(c =>
                    (
                        (string)c.Attribute("r")!,
                        Text: (string?)c.Attribute("t") switch
                        {
                            "s" => shared[
                                int.Parse(
                                    (string)c.Element(x + "v")!,
                                    System.Globalization.CultureInfo.InvariantCulture
                                )
                            ],
                            "inlineStr" => Text(c.Element(x + "is")!),
                            _ => (string?)c.Element(x + "v") is { } number ? $"a number: {number}" : "",
                        }
                    )
                )
                .Where(c => c.Text.Length > 0)
                .Select(c => $"{c.Item1} {c.Text}"),
        ];

        string Text(XElement runs) => string.Concat(runs.Descendants(x + "t").Select(t => (string)t));

        static XDocument Part(ZipArchiveEntry entry)
        {
            using var part = entry.Open();
            return XDocument.Load(part);
        }
    }
}
