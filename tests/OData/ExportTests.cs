using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel;
using EduAssist.OData.Toy;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.OData;

/// <summary>
/// Lists for spreadsheets: the same rows as the answer, with Chinese headings, harmless, whole, and noted.
/// </summary>
public abstract class ExportTests(DatabaseKind kind)
{
    [Fact]
    public async Task The_list_has_the_rows_of_the_answer()
    {
        await using var served = await Served.Start(kind, [.. AskedOnly.Makers, .. AskedOnly.Things]);
        const string Query =
            "ToyThings?$filter=Grade gt 3 and Nick ne null&$orderby=Score desc,Fee&$select=Name,Nick,Grade,Score,Fee,Agrees,Born,At,Second";
        var rows = await served.Rows(Oracle.Asking.Escaped(Query));
        Assert.NotEmpty(rows);
        foreach (var format in new[] { SpreadsheetFormat.Csv, SpreadsheetFormat.Xlsx })
        {
            using var list = await Open(served, Query, format);
            Assert.Equal(
                ["名称", "别名", "年级", "分数", "费用", "同意", "出生日期", "时间", "第二种颜色"],
                list.Headers
            );
            Assert.Equal(
                rows.Select(r =>
                    string.Join(
                        '|',
                        Trimmed(r["Name"]),
                        Trimmed(r["Nick"]),
                        r["Grade"],
                        r["Score"],
                        Plain(r["Fee"]),
                        (bool?)r["Agrees"] switch
                        {
                            true => "是",
                            false => "否",
                            null => "",
                        },
                        r["Born"],
                        ((string)r["At"]!)[..19].Replace('T', ' '),
                        Word((string?)r["Second"])
                    )
                ),
                list.Rows.Select(r =>
                    string.Join(
                        '|',
                        r.Cells.Select(
                            (c, i) =>
                                i < 2 ? c.Text?.Trim()
                                : i == 4 ? Plain(c.Text)
                                : i == 7 ? Whole(c.Text)
                                : c.Text
                        )
                    )
                )
            );
        }
    }

    [Fact]
    public async Task A_spreadsheet_reckons_with_numbers_days_and_times_and_reads_the_rest()
    {
        await using var served = await Served.Start(kind, [.. AskedOnly.Makers, .. AskedOnly.Things]);
        const string Query =
            "ToyThings?$filter=Score ne null&$orderby=Fee&$select=Name,Grade,Score,Fee,Weight,Born,At,Second";
        using var list = await Open(served, Query, SpreadsheetFormat.Xlsx);
        var rows = list.Rows.ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
            Assert.Equal([SpreadsheetCellKind.Number], row.Cells.Skip(1).Take(4).Select(c => c.Kind).Distinct())
        );
        Assert.Equal(
            [SpreadsheetCellKind.Text],
            rows.Where(row => row.Cells[0].Text is not null).Select(row => row.Cells[0].Kind).Distinct()
        );

        await using var file = new MemoryStream(
            await served.Client.GetByteArrayAsync(new Uri(served.Root, Oracle.Asking.Escaped($"{Query}&$format=xlsx")))
        );
        using var book = SpreadsheetDocument.Open(file, isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(book));
        var cells = book.WorkbookPart!.WorksheetParts.Single()
            .Worksheet!.Descendants<Cell>()
            .Where(c => c.HasChildren && ((Row)c.Parent!).RowIndex! > 1u)
            .ToList();
        Assert.All(cells.Where(c => c.CellReference!.Value![0] is 'B' or 'C' or 'D' or 'E' or 'F' or 'G'), c =>
            Assert.Null(c.DataType)
        );
        Assert.All(cells.Where(c => c.CellReference!.Value![0] is 'A' or 'H'), c =>
            Assert.Equal(CellValues.InlineString, c.DataType!.Value)
        );
    }

    /// <summary>
    /// Formulas beside the rows, computed by LibreOffice: the sums of numbers, and the days in their order.
    /// </summary>
    [Fact(Timeout = 180_000), Requires(ExternalProgram.LibreOffice)]
    public async Task LibreOffice_sums_its_numbers_and_sorts_its_days()
    {
        await using var served = await Served.Start(kind, [.. AskedOnly.Makers, .. AskedOnly.Things]);
        const string Query = "ToyThings?$filter=Score ne null&$orderby=Name&$select=Grade,Score,Fee,Weight,Born,At";
        var rows = await served.Rows(Oracle.Asking.Escaped(Query));
        using var place = new Host.Workplace();
        await File.WriteAllBytesAsync(
            place["list.xlsx"],
            await served.Client.GetByteArrayAsync(new Uri(served.Root, Oracle.Asking.Escaped($"{Query}&$format=xlsx")))
        );
        using (var book = SpreadsheetDocument.Open(place["list.xlsx"], isEditable: true))
        {
            var sheet = book.WorkbookPart!.WorksheetParts.Single().Worksheet!.GetFirstChild<SheetData>()!;
            foreach (var row in sheet.Elements<Row>().Skip(1).ToList())
            {
                var n = row.RowIndex!.Value;
                var days = row.Elements<Cell>().Single(c => c.CellReference == $"E{n}").StyleIndex!.Value;
                row.Append(Computed($"G{n}", $"SMALL(E$2:E${rows.Count + 1},{n - 1})", days));
                foreach (
                    var (from, to) in n == 2u ? [('A', 'H'), ('B', 'I'), ('C', 'J'), ('D', 'K')] : ((char, char)[])[]
                )
                    row.Append(Computed($"{to}{n}", $"SUM({from}2:{from}{rows.Count + 1})", null));
            }
        }

        await LibreOffice.ConvertAsync(place["list.xlsx"], LibreOffice.Csv, place["saved"]);
        var lines = (await File.ReadAllLinesAsync(Path.Combine(place["saved"], "list.csv"))).Skip(1).ToList();
        var cells = lines.ConvertAll(l => l.Split(','));
        Assert.Equal(rows.Select(r => (string)r["Born"]!).Order(StringComparer.Ordinal), cells.Select(c => c[6]));
        Assert.Equal(
            ((string[])["Grade", "Score", "Fee", "Weight"]).Select(c => rows.Sum(r => (decimal)r[c]!)),
            cells[0].Skip(7).Select(c => decimal.Parse(c, System.Globalization.CultureInfo.InvariantCulture))
        );

        static Cell Computed(string at, string formula, uint? style) =>
            new(new CellFormula(formula)) { CellReference = at, StyleIndex = style };
    }

    [Fact]
    public async Task What_a_spreadsheet_would_compute_is_disarmed()
    {
        await using var served = await Served.Start(
            kind,
            [
                new Maker
                {
                    Id = Guid.NewGuid(),
                    Name = "=HYPERLINK(\"http://x\")",
                    City = "@SUM(1)",
                },
            ]
        );
        var text = await served.Client.GetStringAsync(new Uri(served.Root, "ToyMakers?$format=csv&$select=Name,City"));
        Assert.Contains("\"'=HYPERLINK(\"\"http://x\"\")\",'@SUM(1)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_whole_whatever_its_length_and_valid()
    {
        await using var served = await Served.Start(
            kind,
            [.. AskedOnly.Makers, .. Oracle.RandomRows.Things(new(5), AskedOnly.Makers, 5_500)]
        );
        foreach (var format in new[] { SpreadsheetFormat.Csv, SpreadsheetFormat.Xlsx })
        {
            using var list = await Open(served, "ToyThings?$select=Id&$orderby=Nick desc", format);
            Assert.Equal(5_500, list.Rows.Select(r => r.Cells[0].Text).Distinct().Count());
        }

        await using var file = new MemoryStream(
            await served.Client.GetByteArrayAsync(new Uri(served.Root, "ToyThings?$format=xlsx&$top=2300"))
        );
        using var sheet = SpreadsheetDocument.Open(file, isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(sheet));
    }

    [Fact]
    public async Task Every_export_leaves_a_line_in_the_audit_without_what_was_asked()
    {
        await using var served = await Served.Start(kind);
        using var answer = await served.Get("ToyMakers?$format=xlsx&$filter=Name%20eq%20%27somebody%27");
        Assert.Equal(
            (HttpStatusCode.OK, "ToyMakers.xlsx"),
            (answer.StatusCode, answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'))
        );
        await using var db = served.Stored.Read();
        var line = await db.Set<AuditEntry>().SingleAsync(a => a.Action == "odata/export");
        Assert.Equal(("reader", "ToyMakers xlsx"), (line.Actor.Split('-')[0], line.Detail));
        Assert.Equal(("", "127.0.0.1"), (line.Scope, line.Address)); // the places of whoever exports
    }

    [Theory]
    [InlineData("ToyThings?$format=csv&$expand=Maker", 501)]
    [InlineData("ToyThings?$format=csv&$skiptoken=x", 400)]
    [InlineData("ToyThings?$format=csv&$filter=Nothing eq 1", 400)]
    [InlineData("ToyThings?$format=pdf", 406)]
    [InlineData("ToyThings?$format=csv&$apply=groupby((Grade),aggregate($count as N))", 200)]
    public async Task What_is_no_list_is_refused(string path, int status)
    {
        await using var served = await Served.Start(kind);
        Assert.Equal(status, (await served.Refusal(path)).Status);
    }

    private static async Task<Spreadsheet> Open(Served served, string query, SpreadsheetFormat format) =>
        SpreadsheetReader.Open(
            new MemoryStream(
                await served.Client.GetByteArrayAsync(
                    new Uri(
                        served.Root,
                        Oracle.Asking.Escaped($"{query}&$format={format.ToString().ToLowerInvariant()}")
                    )
                )
            ),
            format
        );

    /// <summary>12.5 for 12.50: a spreadsheet keeps no noughts.</summary>
    private static string Plain(object? number) =>
        decimal.Parse($"{number}", System.Globalization.CultureInfo.InvariantCulture)
            .ToString("0.############", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Midnight in a workbook is the day.</summary>
    private static string? Whole(string? time) => time?.Length == 10 ? $"{time} 00:00:00" : time;

    private static string? Trimmed(System.Text.Json.Nodes.JsonNode? text) => ((string?)text)?.Trim();

    private static string Word(string? colour) => colour is null ? "" : Words.For(Enum.Parse<Colour>(colour));
}

public sealed class ExportTestsOnSqlite() : ExportTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class ExportTestsOnPostgreSql() : ExportTests(DatabaseKind.PostgreSql);
