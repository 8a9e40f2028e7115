using EduAssist.Documents.Spreadsheets;
using EduAssist.Office.Demo;

namespace EduAssist.Chuxiong;

/// <summary>附件4：名单在别人的电子表格程序里打开、另存之后，一字不差。</summary>
public class SpreadsheetTests
{
    private const string A4 = "chuxiong.attendance-list";
    private const int Many = 20_000;

    private static readonly IReadOnlyList<FormValues> Rows = Pupils();

    [Theory(Timeout = 180_000), Requires(ExternalProgram.LibreOffice)]
    [InlineData("xlsx", SpreadsheetFormat.Xlsx)]
    [InlineData(LibreOffice.Csv, SpreadsheetFormat.Csv)]
    public async Task Twenty_thousand_rows_survive_LibreOffice(string filter, SpreadsheetFormat format)
    {
        Assert.Contains(Rows, r => r["name"]!.Any(char.IsSurrogate));
        Assert.Contains(Rows, r => r["name"]!.Contains('·', StringComparison.Ordinal));

        var work = Directory.CreateTempSubdirectory("eduassist-");
        try
        {
            var given = Path.Combine(work.FullName, "名单.xlsx");
            using (var file = File.Create(given))
                FormList.Write(Filled.Form(A4), Filled.Values(("school", "楚雄市职中")).With("students", Rows), file,
                    SpreadsheetFormat.Xlsx);
            await LibreOffice.ConvertAsync(given, filter, Path.Combine(work.FullName, "saved"));

            using var saved = File.OpenRead(Path.Combine(work.FullName, "saved", $"名单.{filter.Split(':')[0]}"));
            var list = FormList.Read(Filled.Form(A4), saved, format, Filled.Context);
            Assert.Empty(Filled.Texts(list.Findings));
            Assert.Equal("楚雄市职中", list.Values["school"]);
            Assert.Equal(Rows.Select(Cells), list.Rows.Select(Cells));
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>
    /// Sorted as the annex wants it: ten counties, in each five schools, in each four classes. A program would take the
    /// numbers of students for numbers, days and powers of ten if it were let.
    /// </summary>
    private static IReadOnlyList<FormValues> Pupils()
    {
        var people = new InventedPeople(4, Loaded.Instance.Divisions);
        var counties = Loaded.Instance.Divisions.Children(DivisionCode.Of(532300));
        var perCounty = Many / PrintedCounties.All.Count;
        return
        [
            .. Enumerable.Range(0, Many).Select(i =>
            {
                var (county, place) = (PrintedCounties.All[i / perCounty], i % perCounty);
                var pupil = people.Next(counties.Single(c => county.Aliases.Prepend(county.Name).Contains(c.Name)).Code,
                    new(2009, 9, 1), new(2012, 8, 31));
                return Filled.Values(
                    ("name", pupil.Name), ("sex", pupil.Sex == Sex.Male ? "男" : "女"),
                    ("residentId", pupil.ResidentId.Value), ("county", county.Name),
                    ("schoolName", $"{county.Name}{"甲乙丙丁戊"[place * 5 / perCounty]}中学"),
                    ("schoolClass", $"九（{(place * 20 / perCounty % 4) + 1}）班"), ("rollNumber", pupil.RollNumber.Value),
                    ("className", "职教1班"),
                    ("studentNumber", (i % 3) switch { 0 => $"{i:00000}", 1 => $"1-{i}", _ => $"{i}E5" }));
            }),
        ];
    }

    private static string Cells(FormValues row) =>
        string.Join('|', Filled.Form(A4).List!.Columns.Select(c => row[c.Name]));
}
