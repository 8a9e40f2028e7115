using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Core.Spreadsheets;

public class XlsxSpreadsheetTests
{
    [Fact]
    public void A_workbook_of_another_library_is_read()
    {
        var bytes = Workbook(["B2:B2"],
            Row(2, Shared("A", 0), Shared("B", 1), Shared("C", 2), Shared("D", 3), Shared("E", 4)),
            Row(5, Shared("A", 5), Number("B", "9"), Number("C", "39814", date: true), Flag("D", "1"),
                Formula("E", "0.30000000000000004")),
            Row(6, Inline("A", "000123"), Number("B", "1234567890.5"), Number("C", "39814.5", date: true),
                Flag("D", "0"), Number("E", "1E-7")),
            Row(7, Number("B", "100000000000000"), Number("E", "-12")));
        using var roster = Given.Open(bytes, SpreadsheetFormat.Xlsx);
        Assert.Equal(["姓名", "年级", "出生日期", "同意", "份额"], roster.Headers);
        var rows = roster.Rows.ToList();
        Assert.All(rows, row => Assert.Null(row.Fault));
        Assert.Equal([5, 6, 7], rows.Select(row => row.Number));
        Assert.Equal(["𠮷·阿依", "9", "2009-01-01", "true", "0.3"], rows[0].Texts());
        Assert.Equal(["000123", "1234567890.5", "2009-01-01 12:00:00", "false", "0.0000001"], rows[1].Texts());
        Assert.Equal([null, "100000000000000", null, null, "-12"], rows[2].Texts());
        Assert.Equal(
            [
                SpreadsheetCellKind.Text, SpreadsheetCellKind.Number, SpreadsheetCellKind.Text,
                SpreadsheetCellKind.Boolean, SpreadsheetCellKind.Number,
            ],
            rows[0].Cells.Select(cell => cell.Kind));
    }

    [Fact]
    public void What_a_cell_has_lost_is_a_fault_of_its_row()
    {
        var bytes = Workbook(["A6:A7", "B8:C8"], Row(1, Shared("A", 0), Shared("B", 1)),
            Row(2, Shared("A", 5), Number("B", "532301200801011234")),
            Row(3, Shared("A", 5), Number("B", "999999999999999")),
            Row(4, Shared("A", 5), Number("B", "1000000000000000")),
            Row(5, Shared("A", 5), Error("B", "#N/A")),
            Row(6, Shared("A", 5), Number("B", "1")),
            Row(7, Number("B", "2")),
            Row(8, Shared("A", 5), Number("B", "2")),
            Row(9, Shared("A", 5), Number("B", "2"), Number("D", "3")),
            Row(12, Error("A", "#DIV/0!"), Error("B", "#REF!")));
        using var roster = Given.Open(bytes, SpreadsheetFormat.Xlsx);
        const string Lost = "B 列是超过 15 位的数字，末尾几位已丢失；请把该列设为文本格式后重新填写。";
        Assert.Equal(
            [
                Lost, null, Lost, "B 列是错误值 #N/A。", null, "A 列是合并单元格，请取消合并，每行各填一次。", "C 列是合并单元格，请取消合并，每行各填一次。",
                "D 列有内容，但列名只到B 列。", "A 列是错误值 #DIV/0!。",
            ],
            roster.Rows.Select(row => row.Fault));
    }

    [Fact]
    public void The_first_visible_sheet_with_content_is_read()
    {
        var bytes = Workbook([], Row(1, Shared("A", 0)), Row(2, Shared("A", 5)));
        using var file = new MemoryStream();
        file.Write(bytes);
        using (var document = SpreadsheetDocument.Open(file, true))
        {
            var book = document.WorkbookPart!;
            AddSheet(book, 0, SheetStateValues.Hidden, Row(1, Shared("A", 1)));
            AddSheet(book, 1, SheetStateValues.Visible);
            AddSheet(book, 3, SheetStateValues.Visible, Row(1, Shared("A", 2)));
        }
        using var roster = SpreadsheetReader.Open(file, SpreadsheetFormat.Xlsx);
        Assert.Equal(["姓名"], roster.Headers);
        Assert.Single(roster.Rows);
    }

    public static TheoryData<string, byte[], SpreadsheetFault, string> Refusals => new()
    {
        { "nothing", [], SpreadsheetFault.Empty, "文件是空的，没有任何内容。" },
        { "an empty sheet", Workbook([]), SpreadsheetFault.Empty, "文件是空的，没有任何内容。" },
        { "a text", "姓名,年级"u8.ToArray(), SpreadsheetFault.NotASpreadsheet, Damaged },
        { "an .xls or an encrypted workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            SpreadsheetFault.NotASpreadsheet, "文件是旧版 .xls 工作簿，但已损坏，请在 Excel 或 WPS 中打开后另存为 .xlsx 再试。" },
        { "a zip of something else", Given.Zip(("a/b.xml", "<a/>"u8.ToArray())),
            SpreadsheetFault.NotASpreadsheet, Damaged },
        { "a document", Given.Zip(("word/document.xml", "<a/>"u8.ToArray())),
            SpreadsheetFault.NotASpreadsheet, "文件是 Word 文档，不是表格；请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 再试。" },
        { "a zip with a workbook that is none", Given.Zip(("xl/workbook.xml", "<a>"u8.ToArray())),
            SpreadsheetFault.NotASpreadsheet, Damaged },
        { "half of a workbook", Workbook([], Row(1, Shared("A", 0)))[..800],
            SpreadsheetFault.NotASpreadsheet, Damaged },
        { "a merged header", Workbook(["A1:B1"], Row(1, Shared("A", 0), Shared("C", 1))), SpreadsheetFault.NoHeader,
            "B 列没有列名；第一个非空行应是列名，每列一个，不要合并单元格。" },
        { "a title", Workbook(["A1:B1"], Row(1, Shared("A", 0)), Row(2, Shared("A", 0), Shared("B", 1))),
            SpreadsheetFault.NoHeader, "第 1 行只有一格，像是标题而不是列名；请删去列名以上的各行。" },
        { "a row beyond the last",
            Workbook([], Row(1, Shared("A", 0)), Row(XlsxSpreadsheet.MostRows + 1, Shared("A", 5))),
            SpreadsheetFault.TooLarge, "工作表「表1」超过 1048576 行。" },
        { "a cell far to the right", Workbook([], Row(1, Shared("A", 0)), Row(2, Shared("A", 5), Shared("XFD", 5))),
            SpreadsheetFault.TooLarge, "工作表「表1」有 16384 列，多半是远处有只带格式的空单元格；请删去 KO 列之后的列再试。" },
        { "an error for a header", Workbook([], Row(3, Error("A", "#N/A")), Row(4, Shared("A", 0))),
            SpreadsheetFault.NoHeader, "A 列没有列名；第一个非空行应是列名，每列一个，不要合并单元格。" },
        { "a gap in the header", Workbook([], Row(1, Shared("A", 0), Shared("AB", 0))), SpreadsheetFault.NoHeader,
            "B 列没有列名；第一个非空行应是列名，每列一个，不要合并单元格。" },
        { "a name twice, side by side", Workbook([], Row(1, Shared("A", 0), Shared("B", 1), Shared("C", 0))),
            SpreadsheetFault.HeaderTwice, "列名「姓名」出现了两次：A 列和C 列。" },
        { "a zip bomb", Given.Zip(("xl/workbook.xml", new byte[XlsxSpreadsheet.RatioFrom + 1])),
            SpreadsheetFault.TooLarge, "工作簿的压缩比超过 200，不像正常的名册，已拒绝读取。" },
        { "a zip bomb beside a picture",
            Given.Zip(("xl/workbook.xml", "<a/>"u8.ToArray()), ("xl/media/a.jpg", Noise(1 << 16)),
                ("xl/sharedStrings.xml", new byte[XlsxSpreadsheet.RatioFrom + 1])),
            SpreadsheetFault.TooLarge, "工作簿的压缩比超过 200，不像正常的名册，已拒绝读取。" },
        { "a cell longer than Excel's", Referring(XlsxSpreadsheetWriter.MostText + 1, 1, 2), SpreadsheetFault.TooLarge,
            "第 2 行 B 列的文字超过 32767 字，请删短后再试。" },
        { "one long text in many cells", Referring(XlsxSpreadsheetWriter.MostText, 700, 25), SpreadsheetFault.TooLarge,
            "到第 684 行，各单元格的文字合计已超过 512 M 字，不像名册，请拆分后再试。" },
        { "an enormous workbook", Claiming("xl/worksheets/sheet1.xml", (uint)XlsxSpreadsheet.MostBytes),
            SpreadsheetFault.TooLarge, TooMuch },
        { "enormous shared texts", Claiming("xl/sharedStrings.xml", (uint)XlsxSpreadsheet.MostSharedBytes + 1),
            SpreadsheetFault.TooLarge, TooMuch },
    };

    /// <summary>A small workbook whose rows all refer to one text, which is blank but for its last character.</summary>
    private static byte[] Referring(int length, int rows, int columns)
    {
        using var file = new MemoryStream();
        file.Write(Workbook([], [
            Row(1, [.. Enumerable.Range(0, columns).Select(i => Inline(XlsxSpreadsheet.Letters(i), $"列{i}甲"))]),
            .. Enumerable.Range(2, rows).Select(n => Row((uint)n, [
                Inline("A", "张三"),
                .. Enumerable.Range(1, columns - 1).Select(i => Shared(XlsxSpreadsheet.Letters(i), 6)),
            ])),
        ]));
        using (var document = SpreadsheetDocument.Open(file, true))
            document.WorkbookPart!.SharedStringTablePart!.SharedStringTable!.Append(
                new SharedStringItem(
                    new Text(new string(' ', length - 1) + "x") { Space = SpaceProcessingModeValues.Preserve }));
        return file.ToArray();
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public void A_cell_may_be_as_long_as_Excel_s()
    {
        using var roster = Given.Open(Referring(XlsxSpreadsheetWriter.MostText, 1, 2), SpreadsheetFormat.Xlsx);
        Assert.Equal(XlsxSpreadsheetWriter.MostText, Assert.Single(roster.Rows)["列1甲"]!.Length);
    }

    private const string Damaged = "文件不是 .xlsx 工作簿，或已损坏，请在 Excel 或 WPS 中打开后另存为 .xlsx 再试。";
    private const string TooMuch = "工作簿解压后超过 1 GB（或其中文字超过 256 MB），请拆分后再试。";

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public void What_is_no_workbook_is_refused_in_one_line(
        string what, byte[] bytes, SpreadsheetFault fault, string message)
    {
        var refusal = Given.Refused(bytes, SpreadsheetFormat.Xlsx);
        Assert.Equal((what, fault, message), (what, refusal.Fault, refusal.Message));
    }

    [Fact]
    public void A_workbook_that_declares_less_than_it_holds_is_not_inflated()
    {
        var bytes = Given.Written(SpreadsheetFormat.Xlsx, ["a"],
            [.. Enumerable.Range(0, 10_000).Select(i => (IReadOnlyList<string?>)[$"{i}"])]);
        var refusal = Given.Refused(Declare(bytes, "xl/worksheets/sheet1.xml", 5_000), SpreadsheetFormat.Xlsx);
        Assert.Equal((SpreadsheetFault.NotASpreadsheet, Damaged), (refusal.Fault, refusal.Message));
    }

    [Theory]
    [InlineData(true, "表2")]
    [InlineData(false, "表2（隐藏）")]
    public void A_further_sheet_with_another_header_is_named_and_so_is_a_hidden_one(bool visible, string unread)
    {
        using var file = new MemoryStream();
        file.Write(Given.Written(SpreadsheetFormat.Xlsx, ["a"], ["1"]));
        using (var document = SpreadsheetDocument.Open(file, true))
            AddSheet(document.WorkbookPart!, 1, visible ? SheetStateValues.Visible : SheetStateValues.Hidden,
                Row(1, Number("A", "1")));
        using var roster = Given.Open(file.ToArray(), SpreadsheetFormat.Xlsx);
        Assert.Single(roster.Rows.ToList());
        Assert.Equal(unread, string.Join(' ', roster.UnreadSheets));
    }

    [Fact]
    public void Further_sheets_with_the_same_header_are_one_roster_with_the_first()
    {
        var bytes = new BookFile()
            .Sheet("一班", [["姓名", "年级"], ["甲", 9]])
            .Sheet("说明", [["姓名", "年级", "备注"], ["乙", 9, "x"]])
            .Sheet("二班", [["姓 名", "年级"], ["丙", 9], [null, "#N/A"]])
            .Bytes();
        using var roster = Given.Open(bytes, SpreadsheetFormat.Xlsx);
        Assert.Equal([(null, 2, "甲", null), ("二班", 2, "丙", null), ("二班", 3, null, "B 列是错误值 #N/A。")],
            roster.Rows.Select(r => (r.Sheet, r.Number, r["姓名"], r.Fault)));
        Assert.Equal(["说明"], roster.UnreadSheets);
    }

    [Fact]
    public void A_sheet_that_breaks_off_is_named()
    {
        using var file = new MemoryStream();
        file.Write(Given.Written(SpreadsheetFormat.Xlsx, ["a"], ["1"]));
        using (var document = SpreadsheetDocument.Open(file, true))
            AddSheet(document.WorkbookPart!, 0, SheetStateValues.Visible);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        using (var sheet = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open())
            sheet.SetLength(sheet.Length / 2);
        var refusal = Given.Refused(file.ToArray(), SpreadsheetFormat.Xlsx);
        Assert.Equal((SpreadsheetFault.Malformed, "工作表「表2」第 1 行附近已损坏，请在 Excel 或 WPS 中打开后另存再试。"),
            (refusal.Fault, refusal.Message));
    }

    [Fact]
    public void A_damaged_workbook_is_refused_and_nothing_else_is_thrown()
    {
        var sound = Workbook(["A2:A2"], Row(1, Shared("A", 0), Shared("B", 1)),
            Row(2, Shared("A", 5), Number("B", "1")));
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 500; i++)
        {
            var bytes = sound.ToArray();
            for (var n = 0; n < 3; n++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                using var roster = Given.Open(bytes, SpreadsheetFormat.Xlsx);
                foreach (var _ in roster.Rows) { }
            }
            catch (SpreadsheetException)
            {
                refused++;
            }
        }
        Assert.True(refused > 50);
    }

    /// <summary>
    /// A workbook whose directory declares this size for one entry, and a compressed size that makes the ratio
    /// harmless.
    /// </summary>
    private static byte[] Claiming(string name, uint bytes) => Declare(
        Given.Zip(("xl/workbook.xml", "<a/>"u8.ToArray()), (name, "<a/>"u8.ToArray())), name, bytes, bytes / 100);

    private static byte[] Declare(byte[] zip, string name, uint length, uint? compressed = null)
    {
        var bytes = zip.ToArray();
        // the central directory's header of this entry
        var at = bytes.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name)) - 46;
        Assert.Equal(0x02014B50u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)));
        if (compressed is { } small) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 20), small);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 24), length);
        return bytes;
    }

    private static byte[] Workbook(string[] merged, params Row[] rows)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook(new Sheets());
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()),
                new CellStyleFormats(new CellFormat()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14, ApplyNumberFormat = true }));
            book.AddNewPart<SharedStringTablePart>().SharedStringTable =
                new SharedStringTable(new[] { "姓名", "年级", "出生日期", "同意", "份额", "𠮷·阿依" }
                    .Select(text => new SharedStringItem(new Text(text))));
            var sheet = AddSheet(book, 0, SheetStateValues.Visible, rows);
            if (merged.Length > 0)
                sheet.Append(new MergeCells(merged.Select(range => new MergeCell { Reference = range })));
        }
        return file.ToArray();
    }

    private static Worksheet AddSheet(WorkbookPart book, int at, SheetStateValues state, params Row[] rows)
    {
        var part = book.AddNewPart<WorksheetPart>();
        part.Worksheet = new Worksheet(new SheetData(rows));
        var sheets = book.Workbook.Sheets!;
        var id = (uint)sheets.Count() + 1;
        sheets.InsertAt(new Sheet { Name = $"表{id}", SheetId = id, Id = book.GetIdOfPart(part), State = state }, at);
        return part.Worksheet;
    }

    private static Row Row(uint number, params Cell[] cells)
    {
        foreach (var cell in cells) cell.CellReference += number.ToString();
        return new(cells) { RowIndex = number };
    }

    private static Cell Shared(string column, int text) =>
        new() { CellReference = column, DataType = CellValues.SharedString, CellValue = new($"{text}") };

    private static Cell Inline(string column, string text) =>
        new() { CellReference = column, DataType = CellValues.InlineString, InlineString = new(new Text(text)) };

    private static Cell Number(string column, string value, bool date = false) =>
        new() { CellReference = column, CellValue = new(value), StyleIndex = date ? 1u : 0u };

    private static Cell Flag(string column, string value) =>
        new() { CellReference = column, DataType = CellValues.Boolean, CellValue = new(value) };

    private static Cell Error(string column, string value) =>
        new() { CellReference = column, DataType = CellValues.Error, CellValue = new(value) };

    private static Cell Formula(string column, string value) =>
        new() { CellReference = column, CellFormula = new("0.1+0.2"), CellValue = new(value) };
}
