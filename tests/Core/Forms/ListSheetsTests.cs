using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using EduAssist.Core.Spreadsheets;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Registry;

namespace EduAssist.Core.Forms;

/// <summary>What stands in a clerk's own file: all of it is read, or named.</summary>
public class ListSheetsTests
{
    private static readonly PeopleForm Form = new();
    private static readonly object?[] Head = ["序号", "姓名", "学号", "班级", "出生日期"];

    [Fact]
    public void Every_sheet_with_the_headings_is_read_and_findings_name_it()
    {
        var list = Read(new BookFile()
            .Sheet("七1班", [Head, Row("甲一", "001"), Row("甲二", "002")])
            .Sheet("七2班", [["七年级2班花名册"], Head, Row("乙一", "003"), Row(null, "004"), Row("乙三", "1.0")]));
        Assert.Equal(["甲一", "甲二", "乙一", null, "乙三"], list.Rows.Select(r => r["name"]));
        Assert.Equal(
            ["工作表「七2班」第 4 行「姓名」：未填写", "工作表「七2班」第 5 行「学号」：带小数点，是被当作数值了；请把该列设为文本格式后重新填写"],
            list.Findings.Select(f => f.Text));
        Assert.Equal(("B", null, "乙三", "1.0"),
            (list.Findings[0].Column, list.Findings[0].Value, list.Findings[1].Name, list.Findings[1].Value));
        // row 4 of the one sheet is wrong, row 4 of the other is not there, row 2 of both is right
        Assert.Equal(["甲一", "甲二", "乙一"], list.Accepted(validOnly: true).Select(r => r["name"]));
        Assert.True(list.IsReadWhole);
    }

    [Fact]
    public void Two_sheets_do_not_have_one_number_in_common()
    {
        object?[] head = ["姓名", "班级", "全国学籍号"], row = ["甲", "1班", "G53230120110305997X"];
        Assert.Equal(["工作表「2」第 2 行「全国学籍号」：与工作表「1」第 2 行相同", "工作表「2」第 3 行「全国学籍号」：与工作表「1」第 2 行相同"],
            Read(new BookFile().Sheet("1", [head, row]).Sheet("2", [head, row, row])).Findings.Select(f => f.Text));
    }

    [Fact]
    public void The_only_sheet_that_is_read_goes_without_its_name()
    {
        var list = Read(new BookFile().Sheet("封面", [["说明"]]).Sheet("名单", [Head, Row(null, "1")]).Sheet("空", []));
        Assert.Equal(["第 2 行「姓名」：未填写"], list.Findings.Select(f => f.Text));
        Assert.True(list.IsReadWhole); // a column of text is no list
    }

    public static TheoryData<string, string, object?[][], string> Others => new()
    {
        { "另一种表", "visible", [["月份", "人数"], ["九月", 45], ["十月", 44]],
            "工作表「另表」：没有名单的列名，没有读（第 1 至 3 行）；是名单的，请补上列名" },
        { "隐藏的名单", "hidden", [Head, Row("丙一", "9")], "工作表「另表」：是隐藏的，没有读（第 1 至 2 行）；要读入的，请取消隐藏" },
        { "很深地隐藏的", "veryHidden", [Head, Row("丙一", "9")], "工作表「另表」：是隐藏的，没有读（第 1 至 2 行）；要读入的，请取消隐藏" },
        { "列名只有一部分相同", "visible", [["姓名", "学号", "成绩"], ["甲一", "1", 99]],
            "工作表「另表」：列名与名单不符，没有读（第 1 至 2 行）；C 列的列名「成绩」不认识；缺少「班级」一列" },
    };

    [Theory, MemberData(nameof(Others))]
    public void What_is_no_sheet_of_the_list_is_named(string what, string state, object?[][] rows, string expected)
    {
        Assert.NotEmpty(what);
        foreach (var isFirst in (bool[])[true, false])
        {
            var book = new BookFile();
            if (isFirst) book.Sheet("另表", rows, state);
            book.Sheet("名单", [Head, Row("甲一", "1")]);
            if (!isFirst) book.Sheet("另表", rows, state);
            var list = Read(book);
            var finding = Assert.Single(list.Findings);
            Assert.Equal((expected, FormFindingLevel.Warning), (finding.Text, finding.Level));
            Assert.False(list.IsReadWhole);
            Assert.Single(list.Accepted());
        }
    }

    [Fact]
    public void A_sheet_that_is_meant_as_the_list_is_refused_by_its_name()
    {
        var refusal = Assert.Throws<SpreadsheetException>(() => Read(new BookFile()
            .Sheet("七1班", [Head, Row("甲一", "1")])
            .Sheet("七2班", [["序号", "姓名", "学号", "班级", "籍贯"], Row("乙一", "2")])));
        Assert.Equal("工作表「七2班」：E 列的列名「籍贯」不认识。", refusal.Message);
        Assert.Equal(["name", "number", "className", null], refusal.Headings.Skip(1).Select(h => h.Field));
    }

    [Fact]
    public void Rows_under_the_notes_are_read_and_what_is_neither_is_named()
    {
        var list = Read(new BookFile().Sheet("名单",
        [
            Head, Row("甲一", "1"),
            ["注：1. 本表一式两份。"], ["2. 请勿改动列名"], Row("甲二", "2"), [null, "甲三"],
            ["填表人：王老师", null, "审核人：李校长", "日期：2026-09-01"], [null, "甲四"],
        ]));
        Assert.Equal(["甲一", "甲二"], list.Rows.Select(r => r["name"]));
        Assert.Equal(["第 6、8 行在“注：”之后，没有读；是名单的，请移到它之前"], list.Findings.Select(f => f.Text));
        Assert.False(list.IsReadWhole);
    }

    [Fact]
    public void A_row_whose_first_cell_is_a_note_is_a_row()
    {
        var list = Read(new BookFile().Sheet("名单", [Head, ["注：转入", "甲一", "1", "1班"], Row("甲二", "2")]));
        Assert.Equal(["甲一", "甲二"], list.Rows.Select(r => r["name"]));
    }

    [Fact]
    public void Hidden_rows_are_read_and_said()
    {
        var list = Read(new BookFile().Sheet("名单",
            [Head, Row("甲一", "1"), Row("甲二", "2"), Row("甲三", "3"), Row("甲四", "4"), Row("甲五", "5")],
            hidden: [3, 4, 6]));
        Assert.Equal(5, list.Rows.Count);
        Assert.Equal(["第 3 至 4、6 行是隐藏（或被筛选掉）的行，也一并读入，请核对"], list.Findings.Select(f => f.Text));
        Assert.True(list.IsValid && list.IsReadWhole);
    }

    [Fact]
    public void A_row_that_is_merged_away_is_named_and_merged_titles_and_notes_are_not()
    {
        var list = Read(new BookFile().Sheet("名单",
            [["花名册"], [], Head, [], Row("甲一", "1"), Row("甲二", "2"), [], ["注：无"], []],
            merged: ["A1:E2", "A3:A4", "B3:B4", "A6:E7", "A8:E9"]));
        Assert.Equal(["第 6 行：B 列是合并单元格，请取消合并，每行各填一次", "第 7 行：A 列是合并单元格，请取消合并，每行各填一次"],
            list.Findings.Select(f => f.Text));
    }

    [Fact]
    public void Headings_that_come_again_on_every_page_are_no_row()
    {
        var list = Read(new BookFile().Sheet("名单", [Head, Row("甲一", "1"), Head, Row("甲二", "2")]));
        Assert.Equal(["甲一", "甲二"], list.Rows.Select(r => r["name"]));
        Assert.Empty(list.Findings);
    }

    [Fact]
    public void What_sheets_say_beside_their_rows_is_the_same_on_all()
    {
        object?[] one = ["学校：甲校　日期：2026-09-01"], other = ["学校：乙校"];
        var same = Read(new BookFile().Sheet("1", [one, Head, Row("甲", "1")]).Sheet("2", [one, Head, Row("乙", "2")]));
        Assert.Equal(("甲校", "2026-09-01"), (same.Values["school"], same.Values["day"]));
        Assert.True(same.IsValid);
        var two = Read(new BookFile().Sheet("1", [one, Head, Row("甲", "1")]).Sheet("2", [other, Head, Row("乙", "2")]));
        Assert.Equal(["工作表「2」「学校」：与前面的工作表写的不同，请分开导入"], two.Findings.Select(f => f.Text));
        Assert.Empty(two.Accepted(validOnly: true));
    }

    public static TheoryData<string, string?, string?> Cells => new()
    {
        { "5.32301E+13", "number", "是科学计数法，末尾几位已丢失；请把该列设为文本格式后重新填写" },
        { "12.0", "number", "带小数点，是被当作数值了；请把该列设为文本格式后重新填写" },
        { "#N/A", "number", "是表格软件的错误值 #N/A；请改正公式，或者直接填写内容" },
        { "#N/A", "name", "是表格软件的错误值 #N/A；请改正公式，或者直接填写内容" },
        { "#DIV/0!", "birth", "是表格软件的错误值 #DIV/0!；请改正公式，或者直接填写内容" },
        { "'20260007000001", "number", null },
        { "=\"20260007000001\"", "number", null },
        { "无", "number", null },
    };

    [Theory, MemberData(nameof(Cells))]
    public void What_a_spreadsheet_left_in_a_text_comes_off_or_is_refused(string text, string? field, string? message)
    {
        var row = new FormValues { ["name"] = "甲", ["number"] = "1", ["className"] = "1班" };
        row[field!] = text;
        var (read, findings) = Form.Read(new FormValues().With("rows", [row]), EveryKindForm.Context);
        Assert.Equal(message is null ? [] : [message], findings.Select(f => f.Message));
        if (message is null)
            Assert.Equal(text == "无" ? null : "20260007000001", read.Rows[0].Number);
    }

    [Theory]
    [InlineData("姓名,学号,班级\n甲,=\"20260007000001\",1班\n")]
    [InlineData("姓名,学号,班级\n甲,\"=\"\"20260007000001\"\"\",1班\n")]
    [InlineData("姓名,学号,班级\n甲,'20260007000001,1班\n")]
    public void CSV_of_other_systems_keeps_numbers_whole_in_its_own_ways(string text)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var list = FormList.Read(Form, file, SpreadsheetFormat.Csv, EveryKindForm.Context);
        Assert.Empty(list.Findings);
        Assert.Equal("20260007000001", Form.Read(list.Values, EveryKindForm.Context).Subject.Rows[0].Number);
    }

    public static TheoryData<string, object, string?> TypedCells => new()
    {
        { "className", new DateOnly(2026, 7, 1), "是日期格式（2026-07-01），这一栏应为文字；请把该列设为文本格式后重新填写" },
        { "className", 7.1, "是小数（7.1），这一栏应为文字；请把该列设为文本格式后重新填写" },
        { "className", 7, null },
        { "className", "#REF!", "是表格软件的错误值 #REF!；请改正公式，或者直接填写内容" },
        { "number", new DateOnly(2026, 7, 1), "是日期格式，不是号码；请把该列设为文本格式后重新填写" },
        { "number", 20260007000001, null },
        { "number", 1e15, "是数字格式，末尾几位已丢失；请把该列设为文本格式后重新填写" },
        { "entered", new DateOnly(2026, 9, 1), null },
        { "birth", new DateOnly(2013, 5, 5), null },
        { "birth", 41399, null },
    };

    [Theory, MemberData(nameof(TypedCells))]
    public void A_cell_of_another_type_is_refused_with_its_value(string field, object cell, string? message)
    {
        object?[] head = ["姓名", "学号", "班级", "出生日期", "入学年月"], row = ["甲", "1", "1班", null, null];
        row[Array.IndexOf((string[])["name", "number", "className", "birth", "entered"], field)] = cell;
        var list = Read(new BookFile().Sheet("名单", [head, row]));
        Assert.Equal(message is null ? [] : [message], list.Findings.Select(f => f.Message));
        Assert.All(list.Findings, f => Assert.Equal(("甲", 2), (f.Name, f.Row)));
    }

    [Theory]
    [InlineData(null, 41399)]
    [InlineData("0", 41399)]
    [InlineData("1", 41399 - 1462)]
    [InlineData("true", 41399 - 1462)]
    public void Days_are_right_from_whichever_year_they_are_counted(string? flag, int days)
    {
        object?[] head = ["姓名", "学号", "班级", "出生日期"];
        var list = Read(new BookFile { Date1904 = flag }.Sheet("名单",
            [head, ["甲", "1", "1班", DateOnly.FromDateTime(DateTime.FromOADate(days))], ["乙", "2", "1班", days]]));
        Assert.Empty(list.Findings);
        Assert.Equal([new DateOnly(2013, 5, 5), new DateOnly(2013, 5, 5)],
            Form.Read(list.Values, EveryKindForm.Context).Subject.Rows.Select(r => r.Birth.Value));
    }

    [Fact]
    public void Common_words_and_blanks_in_headings_are_understood()
    {
        var list = Read(new BookFile().Sheet("名单",
            [["序 号", "姓　名*", "学号（必填）", "所在班级", "出生年月："], Row("甲", "1", new DateOnly(2013, 5, 5))]));
        Assert.Empty(list.Findings);
        var row = Form.Read(list.Values, EveryKindForm.Context).Subject.Rows.Single();
        Assert.Equal(("甲", "1", "1班", new DateOnly(2013, 5, 5)),
            (row.Name, row.Number, row.ClassName, row.Birth.Value));
    }

    [Fact]
    public void A_word_is_not_taken_where_two_columns_could_be_meant()
    {
        // the list's own heading is there, too
        Assert.Equal("C 列的列名「所在班级」不认识。", Assert.Throws<SpreadsheetException>(() => Read(new BookFile()
            .Sheet("名单", [["姓名", "学号", "所在班级", "班级"], ["甲", "1", "1班", "2班"]]))).Message);
    }

    [Fact]
    public void Headings_that_are_none_of_ours_are_told_with_what_stands_under_them()
    {
        var refusal = Assert.Throws<SpreadsheetException>(() => Read(new BookFile()
            .Sheet("名单", [["姓名", "编号", "班级"], ["甲", "532301201305055045", "1班"]])));
        Assert.Equal(
            [("姓名", "A 列", "name", "甲"), ("编号", "B 列", null, "5323************45"), ("班级", "C 列", "className", "1班")],
            refusal.Headings.Select(h => (h.Heading, h.Column, h.Field, h.Sample)));
        refusal = Assert.Throws<SpreadsheetException>(() => Read(new BookFile()
            .Sheet("名单", [["花名册"], ["XM", "BH", "BJ"], ["甲", "1", "1班"]])));
        Assert.Equal(SpreadsheetFault.NoHeader, refusal.Fault);
        Assert.Equal(["XM", "BH", "BJ"], refusal.Headings.Select(h => h.Heading));
    }

    [Fact]
    public void An_old_workbook_is_read_with_all_that_a_new_one_tells()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Spreadsheets", "Files", "old.xls"));
        Assert.Equal(SpreadsheetFormat.Xlsx, SpreadsheetFormats.FromContents(file));
        var list = FormList.Read(new OldForm(), file, SpreadsheetFormat.Xlsx, EveryKindForm.Context);
        Assert.Equal(["钱老一", "钱老二", "钱老三", "钱老四", "钱老五", "钱老六"], list.Rows.Select(r => r["name"]));
        Assert.Equal(
            [
                "工作表「旧名单」：是隐藏的，没有读（第 1 至 2 行）；要读入的，请取消隐藏",
                "工作表「七1班」：第 3 行是隐藏（或被筛选掉）的行，也一并读入，请核对",
                "工作表「七1班」第 4 行「学籍辅号」：是表格软件的错误值 #N/A；请改正公式，或者直接填写内容",
                "工作表「七1班」第 5 行「班级」：是日期格式（2026-07-01），这一栏应为文字；请把该列设为文本格式后重新填写",
                "工作表「七1班」第 6 行「学籍辅号」：是表格软件的错误值 #DIV/0!；请改正公式，或者直接填写内容",
            ],
            list.Findings.OrderBy(f => f.Row ?? 0).ThenByDescending(f => f.Rule).Select(f => f.Text));
        Assert.Equal(["2013-05-05", "41431"], list.Rows.Take(2).Select(r => r["birth"]));
    }

    [Fact]
    public void An_old_workbook_counts_its_days_from_1904_where_it_says_so()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Spreadsheets", "Files", "old-1904.xls"));
        var list = FormList.Read(new OldForm(), file, SpreadsheetFormat.Xlsx, EveryKindForm.Context);
        Assert.Empty(list.Findings);
        Assert.Equal([new DateOnly(2013, 5, 5), new DateOnly(2013, 6, 6)],
            new OldForm().Read(list.Values, EveryKindForm.Context).Subject.Rows.Select(r => r.Birth.Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_file_comes_back_with_its_faults_marked_and_may_be_brought_again(bool isCsv)
    {
        var bytes = isCsv
            ? Encoding.UTF8.GetBytes("花名册\n姓名,学号,班级\n甲,1,1班\n乙,12.0,1班\n,3,\n")
            : new BookFile()
                .Sheet("七1班", [["花名册"], ["姓名", "学号", "班级"], ["甲", "1", "1班"], ["乙", "12.0", new DateOnly(2026, 7, 1)],
                    [null, 3, "#N/A"]])
                .Sheet("统计", [["月份", "人数"], ["九月", 45]])
                .Bytes();
        var format = isCsv ? SpreadsheetFormat.Csv : SpreadsheetFormat.Xlsx;
        using var file = new MemoryStream(bytes);
        var list = FormList.Read(Form, file, format, EveryKindForm.Context);
        using var marked = new MemoryStream();
        MarkedList.Write(file, format, list, [.. list.Findings.Select(f => f.View())], marked);

        using (var document = SpreadsheetDocument.Open(marked, false))
        {
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document));
            var comments = document.WorkbookPart!.WorksheetParts.Single(p => p.WorksheetCommentsPart is not null)
                .WorksheetCommentsPart!.Comments.Descendants<Comment>();
            Assert.Equal(isCsv ? ["B4", "A5", "C5"] : ["B4", "C4", "A5", "C5"],
                comments.Select(c => c.Reference!.Value));
        }

        var again = FormList.Read(Form, marked, SpreadsheetFormat.Xlsx, EveryKindForm.Context);
        Assert.Equal(list.Findings.Where(f => f.Row is not null).Select(f => f.Text),
            again.Findings.Where(f => f.Row is not null).Select(f => f.Text));
        var book = SpreadsheetReader.OpenBook(marked, SpreadsheetFormat.Xlsx);
        using var source = book.Source;
        var told = book.Sheets.First().Lines.Where(l => l.Width >= 4)
            .Select(l => (l.Cells[3].Text, l.Cells.ElementAtOrDefault(4).Text)).ToList();
        Assert.Equal(("导入结果", "导入问题"), told[0]);
        Assert.Equal(["没有问题", "有错误", "有错误"], told.Skip(1).Select(t => t.Item1));
        Assert.StartsWith("「学号」带小数点", told[2].Item2, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_list_is_named_by_what_it_is()
    {
        (byte[] Bytes, string? Name, string Said)[] files =
        [
            ("%PDF-1.7 "u8.ToArray(), "名单.xlsx", "文件是 PDF"), ("Rar!\u001a"u8.ToArray(), null, "RAR"),
            ("<html><table>"u8.ToArray(), "名单.xls", "网页（HTML）"), ("\uFEFF <!DOCTYPE html>"u8.ToArray(), null, "网页"),
            ("<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>"u8.ToArray(), null,
                "XML 表格（Excel 2003）"),
            ([0x89, (byte)'P', (byte)'N', (byte)'G'], null, "图片"), ([], "名单.csv", "文件是空的"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "名单.et", "WPS 表格自己的 .et 格式"),
        ];
        foreach (var (bytes, name, said) in files)
        {
            var refusal = Assert.Throws<SpreadsheetException>(
                () => SpreadsheetFormats.FromContents(new MemoryStream(bytes), name));
            Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        }

        foreach (var (parts, said) in ((string[] Parts, string Said)[])[
            (["xl/workbook.bin"], ".xlsb"), (["mimetype", "content.xml"], ".ods"), (["ppt/presentation.xml"], "演示文稿"),
            (["名单.xlsx"], "ZIP 压缩包")])
            Assert.Contains(said, Given.Refused(
                Given.Zip([.. parts.Select(p => (p, "<a/>"u8.ToArray()))]), SpreadsheetFormat.Xlsx).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_workbook_that_was_tampered_with_is_refused_and_nothing_else_is_thrown()
    {
        var sound = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Spreadsheets", "Files", "old.xls"));
        var random = new Random(11);
        var (refused, read) = (0, 0);
        for (var i = 0; i < 600; i++)
        {
            var bytes = i % 5 == 0 ? sound[..random.Next(sound.Length)] : sound.ToArray();
            for (var n = 0; n < 6 && bytes.Length > 0; n++)
                bytes[random.Next(i % 2 == 0 ? Math.Min(bytes.Length, 600) : bytes.Length)] = (byte)random.Next(256);
            try
            {
                FormList.Read(new OldForm(), new MemoryStream(bytes), SpreadsheetFormat.Xlsx, EveryKindForm.Context);
                read++;
            }
            catch (SpreadsheetException)
            {
                refused++;
            }
        }

        Assert.True(refused > 50 && read > 10, $"{refused} {read}");
    }

    private static object?[] Row(string? name, string number, DateOnly? birth = null) => [1, name, number, "1班", birth];

    private static FormImport Read(BookFile book)
    {
        using var file = new MemoryStream(book.Bytes());
        return FormList.Read(Form, file, SpreadsheetFormat.Xlsx, EveryKindForm.Context);
    }

    private sealed class Person(FormBinder form)
    {
        public string? Name { get; } = form.Text("姓名");
        public string? Number { get; } = form.Text("学号", optional: true, number: true);
        public string? ClassName { get; } = form.Text("班级");
        public Fact<DateOnly> Birth { get; } = form.Date("出生日期", optional: true);
        public string? Entered { get; } = form.Text("入学年月", optional: true);
        public Fact<StudentNumber> National { get; } = form.StudentNumber("全国学籍号", unique: true, optional: true);
    }

    private sealed class People(FormBinder form)
    {
        public string? School { get; } = form.Text("学校", optional: true);
        public Fact<DateOnly> Day { get; } = form.Date("日期", optional: true);
        public IReadOnlyList<Person> Rows { get; } =
            form.Rows("名单", row => new Person(row), serial: "序号", lacking: true);
    }

    private sealed class PeopleForm() : Form<People>("test.people", "名单", ["t1/1"], form => new(form))
    {
        public override FormLayout Layout { get; } = new() { Head = "学校：{school}　日期：{day}" };
    }

    private sealed class OldPerson(FormBinder form)
    {
        public string? Name { get; } = form.Text("姓名");
        public Fact<Sex> Sex { get; } = form.Sex("性别");
        public Fact<DateOnly> Birth { get; } = form.Date("出生日期", optional: true);
        public string? Id { get; } = form.Text("身份证件号", optional: true, personal: true);
        public string? Number { get; } = form.Text("学籍辅号", personal: true);
        public string? School { get; } = form.Text("学校标识码", number: true);
        public string? Grade { get; } = form.Text("年级");
        public string? ClassName { get; } = form.Text("班级");
    }

    private sealed class OldPeople(FormBinder form)
    {
        public IReadOnlyList<OldPerson> Rows { get; } = form.Rows("名单", row => new OldPerson(row));
    }

    private sealed class OldForm() : Form<OldPeople>("test.old", "名单", ["t1/1"], form => new(form))
    {
        public override FormLayout Layout { get; } = new();
    }
}
