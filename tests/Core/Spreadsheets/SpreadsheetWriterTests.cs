using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Core.Spreadsheets;

public class SpreadsheetWriterTests
{
    private static readonly string[] Headers = ["姓名", "身份证号", "备注, \"引\""];

    public static TheoryData<string> Nasty =>
    [
        "阿依·古丽", "𠮷野家", "他说\"好\"", "第一行\n第二行", "第一行\r\n第二行", "000123", "532301200801011234", "12345678901234567890123",
        "a,b;c\td", " 前后 ",
        "=1+1", "+86 139", "-5", "-0.5", "-cmd", "--5", "-", "-5.", "@x", "\tx", "\rx", "'", "'=1", "''=1", "'x",
        "\uFF1D1", "<b>&amp;</b>]]>", "_x0041_", "_x00e9_", "_x005F_", "_x", "1E5", "1.0",
        "2020-05-08", "true", "\\u0041\\", "null", "a\u2028b", "é e\u0301", "，。；",
    ];

    [Theory]
    [MemberData(nameof(Nasty))]
    public void Every_format_gives_back_the_text_that_it_was_given(string text)
    {
        foreach (var format in Enum.GetValues<SpreadsheetFormat>())
        {
            using var roster =
                Given.Open(Given.Written(format, Headers, ["张三", text, null], [text, null, "x"]), format);
            Assert.Equal(format == SpreadsheetFormat.Ndjson ? [] : Headers, roster.Headers);
            var rows = roster.Rows.ToList();
            Assert.All(rows, row => Assert.Null(row.Fault));
            Assert.Equal(["张三", text, null], rows[0].Texts());
            Assert.Equal([text, null, "x"], rows[1].Texts());
        }
    }

    [Fact]
    public void CSV_is_what_Excel_opens_and_nothing_that_it_computes()
    {
        var bytes = Given.Written(SpreadsheetFormat.Csv, ["姓名", "数"], ["=1+1", "-5"], ["@x", "-5+1"], ["a\"b", null],
            ["\uFF1D1", "+5"]);
        Assert.Equal("\uFEFF姓名,数\r\n'=1+1,-5\r\n'@x,'-5+1\r\n\"a\"\"b\",\r\n'\uFF1D1,'+5\r\n",
            Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void NDJSON_is_one_object_a_line_that_a_person_can_read()
    {
        var bytes = Given.Written(SpreadsheetFormat.Ndjson, ["姓名", "b"], ["𠮷·\"\\\n\u0001", null]);
        Assert.Equal("{\"姓名\":\"𠮷·\\\"\\\\\\n\\u0001\",\"b\":null}\n", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void XLSX_is_valid_to_somebody_elses_reader()
    {
        var rows = Nasty.Select(row => (IReadOnlyList<string?>)[row.Data, null, "\u0000\u0008a\uD800b\uFFFE"])
            .ToArray();
        using var file = new MemoryStream(Given.Written(SpreadsheetFormat.Xlsx, Headers, rows));
        using (var document = SpreadsheetDocument.Open(file, false))
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document));
        using var roster = SpreadsheetReader.Open(file, SpreadsheetFormat.Xlsx);
        Assert.All(roster.Rows, row => Assert.Equal("ab", row[Headers[2]]));   // what XML has no place for is dropped
    }

    [Fact]
    public void The_validator_would_see_a_fault()
    {
        using var file = new MemoryStream();
        file.Write(Given.Written(SpreadsheetFormat.Xlsx, ["a"], ["1"]));
        using (var document = SpreadsheetDocument.Open(file, true))
        {
            var sheet = document.WorkbookPart!.WorksheetParts.Single().Worksheet;
            sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().First().StyleIndex = 99;
            Assert.NotEmpty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document));
        }
    }

    [Fact]
    public void XLSX_has_a_bold_frozen_header_and_text_columns()
    {
        using var file = new MemoryStream(Given.Written(SpreadsheetFormat.Xlsx, ["姓名"], ["000123"]));
        using var document = SpreadsheetDocument.Open(file, false);
        var sheet = document.WorkbookPart!.WorksheetParts.Single().Worksheet;
        var styles = document.WorkbookPart.WorkbookStylesPart!.Stylesheet;
        Assert.Equal(1, sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Pane>().Single().VerticalSplit!.Value);
        var formats = sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>()
            .Select(cell => (DocumentFormat.OpenXml.Spreadsheet.CellFormat)styles.CellFormats!
                .ElementAt((int)cell.StyleIndex!.Value)).ToList();
        Assert.All(formats, format => Assert.Equal(49u, format.NumberFormatId!.Value));
        Assert.NotNull(((DocumentFormat.OpenXml.Spreadsheet.Font)styles.Fonts!
            .ElementAt((int)formats[0].FontId!.Value)).Bold);
    }

    /// <summary>
    /// What a cell of each kind is in the file, as LibreOffice and Excel read it: <c>v</c> a value, <c>t</c> a text.
    /// </summary>
    [Theory]
    [InlineData(RosterColumnKind.Number, "12", "v12")]
    [InlineData(RosterColumnKind.Number, "-0.50", "v-0.5")]
    [InlineData(RosterColumnKind.Number, "123456789012345", "v123456789012345")]
    // a spreadsheet would lose the last digit
    [InlineData(RosterColumnKind.Number, "1234567890123456", "t1234567890123456")]
    [InlineData(RosterColumnKind.Number, "***", "t***")]
    [InlineData(RosterColumnKind.Number, "=1+1", "t=1+1")]
    [InlineData(RosterColumnKind.Number, "NaN", "tNaN")]
    [InlineData(RosterColumnKind.Day, "2020-05-08", "v43959")]
    [InlineData(RosterColumnKind.Day, "1900-03-01", "v61")]
    [InlineData(RosterColumnKind.Day, "1900-02-28", "t1900-02-28")]                  // Excel has a 29th that year
    [InlineData(RosterColumnKind.Day, "2020年5月", "t2020年5月")]
    [InlineData(RosterColumnKind.Instant, "2020-05-08 12:00:00", "v43959.5")]
    [InlineData(RosterColumnKind.Text, "12", "t12")]
    [InlineData(RosterColumnKind.Text, "2020-05-08", "t2020-05-08")]
    [InlineData(RosterColumnKind.Text, "@SUM(A1)", "t@SUM(A1)")]
    public void A_column_says_what_a_spreadsheet_may_do_with_its_cells(
        RosterColumnKind kind, string given, string written)
    {
        using var file = new MemoryStream();
        using (var writer = SpreadsheetWriter.Create(file, SpreadsheetFormat.Xlsx, ["a", "b"], kind))
            writer.Write([given, "12"]);
        using (var document = SpreadsheetDocument.Open(file, false))
        {
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document));
            var sheet = document.WorkbookPart!.WorksheetParts.Single().Worksheet!;
            Assert.Empty(sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.CellFormula>());
            Assert.Equal([written, "t12"],
                sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Skip(2)
                    .Select(c => (c.DataType is null ? "v" : "t") + c.InnerText));
        }

        using var roster = SpreadsheetReader.Open(file, SpreadsheetFormat.Xlsx);
        if (given != "-0.50") Assert.Equal([given, "12"], roster.Rows.Single().Texts());
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes() => Assert.All(Enum.GetValues<SpreadsheetFormat>(), format =>
        Assert.Equal(Given.Written(format, Headers, ["a", "b", "c"]), Given.Written(format, Headers, ["a", "b", "c"])));

    [Theory]
    [InlineData()]
    [InlineData("姓名", " ")]
    [InlineData("A", "\uFF21")]
    public void Headers_that_could_not_be_read_back_are_not_written(params string[] headers) =>
        Assert.All(Enum.GetValues<SpreadsheetFormat>(),
            format => Assert.Throws<ArgumentException>(
                () => SpreadsheetWriter.Create(new MemoryStream(), format, headers)));

    [Fact]
    public void A_row_has_a_cell_for_every_header() =>
        Assert.Throws<ArgumentException>(() => Given.Written(SpreadsheetFormat.Csv, ["a", "b"], ["1"]));

    [Fact]
    public void A_sheet_holds_no_more_text_in_a_cell_than_Excel_opens()
    {
        Assert.NotEmpty(
            Given.Written(SpreadsheetFormat.Xlsx, ["a"], [new string('x', XlsxSpreadsheetWriter.MostText)]));
        var refusal = Assert.Throws<SpreadsheetException>(
            () => Given.Written(SpreadsheetFormat.Xlsx, ["a"], [new string('x', XlsxSpreadsheetWriter.MostText + 1)]));
        Assert.Equal((SpreadsheetFault.TooLarge, "第 2 行 A 列的文字超过 32767 字，请改用 CSV。"), (refusal.Fault, refusal.Message));
    }

    [Fact]
    public void A_sheet_holds_no_more_rows_than_Excel_opens()
    {
        using var writer = SpreadsheetWriter.Create(Stream.Null, SpreadsheetFormat.Xlsx, ["a"]);
        for (var i = 1; i < XlsxSpreadsheet.MostRows; i++) writer.Write([null]);
        Assert.Equal("一张工作表最多 1048576 行，请改用 CSV。",
            Assert.Throws<SpreadsheetException>(() => writer.Write([null])).Message);
    }
}
