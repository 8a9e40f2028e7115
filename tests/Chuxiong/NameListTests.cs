using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Chuxiong;

/// <summary>附件4、附件6：名单出去，再回来。</summary>
public class NameListTests
{
    private const string A4 = "chuxiong.attendance-list", A6 = "chuxiong.registered-list";

    private static MemoryStream Written(string form, FormValues values, SpreadsheetFormat format)
    {
        var file = new MemoryStream();
        FormList.Write(Filled.Form(form), values, file, format);
        return file;
    }

    private static FormImport Read(string form, MemoryStream file, SpreadsheetFormat format)
    {
        file.Position = 0;
        return FormList.Read(Filled.Form(form), file, format, Filled.Context, Filled.Values(("school", "楚雄市职中")));
    }

    /// <summary>The right list as a sheet, with cells replaced.</summary>
    private static MemoryStream Sheet(params (string Cell, string Text, bool IsNumber)[] changes)
    {
        var file = new MemoryStream();
        using (var written = Written(A4, Filled.List(), SpreadsheetFormat.Xlsx)) written.WriteTo(file);
        using (var document = SpreadsheetDocument.Open(file, true))
        {
            var sheet = document.WorkbookPart!.WorksheetParts.First(p => p.Worksheet.Descendants<Row>()
                .Count() > 5).Worksheet;
            foreach (var (at, text, isNumber) in changes)
            {
                var cell = sheet.Descendants<Cell>().Single(c => c.CellReference == at);
                cell.RemoveAllChildren();
                (cell.DataType, cell.CellValue) = isNumber ? (CellValues.Number, new CellValue(text))
                    : (CellValues.String, new CellValue(text));
            }
        }

        return file;
    }

    [Fact]
    [Proves("cx2020/A4")]
    public void The_headings_are_those_of_the_annex_in_two_rows()
    {
        using var file = Written(A4, FormValues.None, SpreadsheetFormat.Csv);
        var lines = System.Text.Encoding.UTF8.GetString(file.ToArray()).Split("\r\n");
        Assert.Equal("\uFEFF学校（职业学校）：,,,,,,,,,", lines[0]);
        Assert.Equal("序号,学生姓名,性别,身份证号码,所属县市,原初中学校,,,义务教育职教班,", lines[1]);
        Assert.Equal(",,,,,校名,所在班级,学籍号,所在班级,学号", lines[2]);
    }

    [Fact]
    [Proves("cx2020/A6")]
    public void The_registered_list_adds_losses()
    {
        using var file = Written(A6, FormValues.None, SpreadsheetFormat.Csv);
        var lines = System.Text.Encoding.UTF8.GetString(file.ToArray()).Split("\r\n");
        Assert.Equal("序号,学生姓名,性别,身份证号码,所属县市,原初中学校,,,义务教育职教班,,流失,", lines[1]);
        Assert.Equal(",,,,,校名,所在班级,学籍号,所在班级,学号,原因,有无有效证明", lines[2]);
    }

    [Theory]
    [InlineData(A4)]
    [InlineData(A6)]
    public void XLSX_is_valid_blank_and_filled(string form)
    {
        foreach (var values in new[] { FormValues.None, Filled.List() })
        {
            using var file = Written(form, values, SpreadsheetFormat.Xlsx);
            using var document = SpreadsheetDocument.Open(file, false);
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019)
                .Validate(document)
                .Select(e => e.Description));
            Assert.All(
                document.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<Cell>())
                    .Where(c => c.HasChildren),
                c => Assert.Equal(CellValues.InlineString, c.DataType!.Value));
        }
    }

    [Theory]
    [InlineData(SpreadsheetFormat.Xlsx)]
    [InlineData(SpreadsheetFormat.Csv)]
    [InlineData(SpreadsheetFormat.Ndjson)]
    public void What_was_written_is_read_back(SpreadsheetFormat format)
    {
        using var file = Written(A4, Filled.List(), format);
        var list = Read(A4, file, format);
        Assert.Empty(Filled.Texts(list.Findings));
        Assert.Equal("楚雄市职中", list.Values["school"]);
        Assert.Equal(Filled.List().Rows("students").Select(Cells), list.Rows.Select(Cells));
        Assert.Equal(5, list.Accepted().Count);
    }

    [Fact]
    public void Twenty_thousand_rows_come_back_equal_as_text()
    {
        var five = Filled.List().Rows("students");
        IReadOnlyList<FormValues> rows = [.. Enumerable.Range(0, 20_000).Select(i =>
        {
            var row = Filled.Values(Filled.Form(A4).List!.Columns.Select(c => (c.Name, five[i % 5][c.Name])));
            (row["studentNumber"], row["rollNumber"]) = ($"{i:00000}", $"{i:00000000000000}");
            return row;
        })];
        using var file = Written(A4, Filled.Values(("school", "楚雄市职中")).With("students", rows), SpreadsheetFormat.Xlsx);
        Assert.Equal(rows.Select(Cells), Read(A4, file, SpreadsheetFormat.Xlsx).Rows.Select(Cells));
    }

    public static TheoryData<string, string, string, bool, string> Faults => new()
    {
        { "空姓名", "B7", "", false, "B 第 7 行「学生姓名」：未填写" },
        { "性别不是男女", "C7", "M", false, "C 第 7 行「性别」：应为其中一项：男、女" },
        { "性别与身份证不符", "C7", "女", false, "C ? 第 7 行「性别」：与身份证号码第17位不一致，请核对" },
        { "校验位", "D7", "532324201404099971", false, "D 第 7 行「身份证号码」：公民身份号码校验位不符，请核对是否录错" },
        { "十七位", "D7", "5323242014040999X", false, "D 第 7 行「身份证号码」：公民身份号码应为18位：前17位为数字，末位为数字或大写字母X" },
        { "数字格式的身份证", "D8", "532331201006189981", true, "D 第 8 行「身份证号码」：是数字格式，末尾几位已丢失；请把该列设为文本格式后重新填写" },
        { "身份证重复", "D9", "53230120110305997X", false, "D 第 9 行「身份证号码」：与第 6 行相同" },
        { "不认识的县市", "E7", "元江县", false, "E 第 7 行「所属县市」：应为其中一项：楚雄市、双柏县、牟定县、南华县、姚安县、大姚县、永仁县、元谋县、武定县、禄丰县" },
        { "十三位学籍号", "H7", "5323012017000", false, "H 第 7 行「原初中学校学籍号」：应为 14 位数字，现为 13 位" },
        { "空班级", "I7", "", false, "I 第 7 行「义务教育职教班所在班级」：未填写" },
    };

    [Theory, MemberData(nameof(Faults))]
    [Proves("cx2020/A4")]
    public void A_fault_has_its_row_column_and_field_and_hinders_the_whole_list(
        string what, string cell, string text, bool isNumber, string expected)
    {
        Assert.NotEmpty(what);
        using var file = Sheet((cell, text, isNumber));
        var list = Read(A4, file, SpreadsheetFormat.Xlsx);
        var finding = Assert.Single(list.Findings);
        Assert.Equal(expected, $"{finding.Column} {Filled.Texts([finding]).Single()}");
        var isWarning = finding.Level == FormFindingLevel.Warning;
        Assert.Equal((isWarning ? 5 : 0, isWarning ? 5 : 4),
            (list.Accepted().Count, list.Accepted(validOnly: true).Count));
    }

    [Fact]
    public void Five_faults_at_once_are_five_findings()
    {
        using var file = Sheet(("B5", "", false), ("C6", "M", false), ("E7", "元江县", false), ("H8", "1", false),
            ("I9", "", false));
        var list = Read(A4, file, SpreadsheetFormat.Xlsx);
        Assert.Equal([5, 6, 7, 8, 9], list.Findings.Select(f => f.Row));
        Assert.Empty(list.Accepted(validOnly: true));
    }

    [Theory]
    [InlineData("D3", "证件号", "D 列的列名应为「身份证号码」，现为「证件号」")]
    [InlineData("H4", "学号", "H 列的列名应为「原初中学校学籍号」，现为「原初中学校·学号」")]
    [InlineData("J4", "所在班级", "J 列的列名应为「义务教育职教班学号」，现为「义务教育职教班·所在班级」")]
    [InlineData("F3", "原小学", "F 列的列名应为「原初中学校校名」，现为「原小学校名」|G 列的列名应为「原初中学校所在班级」，现为「所在班级」|H 列的列名应为「原初中学校学籍号」，现为「学籍号」")]
    public void A_renamed_heading_is_named_and_its_column_still_read(string cell, string text, string expected)
    {
        using var file = Sheet((cell, text, false));
        var list = Read(A4, file, SpreadsheetFormat.Xlsx);
        Assert.Equal(expected.Split('|'), list.Findings.Select(f => f.Message));
        Assert.All(list.Findings,
            f => Assert.Equal((FormFindingLevel.Error, "heading", null), (f.Level, f.Rule, f.Row)));
        Assert.Equal(Filled.List().Rows("students").Select(Cells), list.Rows.Select(Cells));
        Assert.Empty(list.Accepted(validOnly: true));
    }

    [Fact]
    public void A_column_too_few_or_in_another_place_is_not_guessed()
    {
        using var less = Csv(
            "序号,学生姓名,性别,身份证号码,所属县市,原初中学校校名,原初中学校所在班级,原初中学校学籍号,义务教育职教班所在班级\n"
                + "1,李甲,男,53230120110305997X,楚雄市,楚雄市甲中学,九（1）班,53230120170001,职教1班\n");
        Assert.Equal("缺少「义务教育职教班学号」一列。",
            Assert.Throws<SpreadsheetException>(() => Read(A4, less, SpreadsheetFormat.Csv)).Message);
        using var moved = Csv("序号,证件号,性别,学生姓名,所属县市,原初中学校校名,原初中学校所在班级,原初中学校学籍号,义务教育职教班所在班级,义务教育职教班学号\n");
        Assert.Equal("第 2 列的列名「证件号」不认识；缺少「身份证号码」一列。",
            Assert.Throws<SpreadsheetException>(() => Read(A4, moved, SpreadsheetFormat.Csv)).Message);
    }

    [Fact]
    public void A_list_typed_anew_is_read_too()
    {
        const string Text = """
            学号,学生姓名,性别,身份证号码,所属县市,原初中学校校名,原初中学校所在班级,原初中学校学籍号,义务教育职教班所在班级,义务教育职教班学号
            """;
        using var flat = Csv(Text.Replace("学号,学生", "序号,学生", StringComparison.Ordinal)
            + "\n1,李甲,男,53230120110305997X,楚雄市,楚雄市甲中学,九（1）班,53230120170001,职教1班,1\n2,,,,,,,,,\n填报说明：此后不读\n");
        Assert.Empty(Filled.Texts(Read(A4, flat, SpreadsheetFormat.Csv).Findings));
        using var without = Csv("甲\n乙\n");
        Assert.StartsWith("前 20 行没有找到列名",
            Assert.Throws<SpreadsheetException>(() => Read(A4, without, SpreadsheetFormat.Csv)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    [Proves("cx2020/A4")]
    public void Counties_stand_in_the_order_of_annex_2_and_schools_and_classes_together()
    {
        Assert.Equal(["楚雄市", "双柏县", "牟定县", "南华县", "姚安县", "大姚县", "永仁县", "元谋县", "武定县", "禄丰县"],
            Filled.Form(A4).List!.Columns.Single(c => c.Name == "county").Choices.Select(c => c.Name));
        var rows = Filled.List().Rows("students");
        Assert.Equal(["? 「学生名单」：应按附件2的县市顺序，再按原初中学校和所在班级归并，请核对"],
            Filled.Check(A4, Filled.Values(("school", "楚雄市职中")).With("students", [rows[2], rows[0]])));
        Assert.Empty(
            Filled.Check(A4, Filled.Values(("school", "楚雄市职中")).With("students", [rows[1], rows[0], rows[2]])));
    }

    [Theory]
    [InlineData("回原校", "有", "")]
    [InlineData(null, null, "")]
    [InlineData("外出务工", null, "学生名单第 1 行「流失有无有效证明」：注明流失原因的，应写明有无有效证明")]
    [InlineData(null, "无", "学生名单第 1 行「流失原因」：写明有无有效证明的，应注明流失原因")]
    [InlineData("回原校", "是", "学生名单第 1 行「流失有无有效证明」：应为其中一项：有、无|学生名单第 1 行「流失有无有效证明」：注明流失原因的，应写明有无有效证明")]
    [Proves("cx2020/A6")]
    public void A_loss_says_its_reason_and_whether_there_is_proof(string? reason, string? proof, string expected)
    {
        var row = Filled.List().Rows("students")[0];
        (row["lossReason"], row["proof"]) = (reason, proof);
        Assert.Equal(expected,
            string.Join('|', Filled.Check(A6, Filled.Values(("school", "楚雄市职中")).With("students", [row]))));
    }

    private static MemoryStream Csv(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    private static string Cells(FormValues row) =>
        string.Join('|', Filled.Form(A4).List!.Columns.Select(c => row[c.Name]));
}
