using System.Globalization;
using System.Text;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Core.Spreadsheets;

public class SpreadsheetReaderTests
{
    [Theory]
    [InlineData("名册.csv", SpreadsheetFormat.Csv)]
    [InlineData("a.b/名册.TXT", SpreadsheetFormat.Csv)]
    [InlineData("名册.XLSX", SpreadsheetFormat.Xlsx)]
    [InlineData("名册.ndjson", SpreadsheetFormat.Ndjson)]
    [InlineData("名册.jsonl", SpreadsheetFormat.Ndjson)]
    public void The_extension_tells_the_format(string path, SpreadsheetFormat format) =>
        Assert.Equal(format, SpreadsheetFormats.FromFileName(path));

    [Theory]
    [InlineData("名册.xls", "不写 .xls，请改用 .xlsx。")]
    [InlineData("名册.pdf", "不认识扩展名「.pdf」，只收 .csv、.txt、.xlsx、.ndjson、.jsonl。")]
    [InlineData("名册", "文件没有扩展名，只收 .csv、.txt、.xlsx、.ndjson、.jsonl。")]
    public void Other_extensions_are_refused(string path, string message)
    {
        var refusal = Assert.Throws<SpreadsheetException>(() => SpreadsheetFormats.FromFileName(path));
        Assert.Equal((SpreadsheetFault.NotASpreadsheet, message), (refusal.Fault, refusal.Message));
    }

    public static TheoryData<string, SpreadsheetFault, string> CsvFaults => new()
    {
        { "", SpreadsheetFault.Empty, "文件是空的，没有任何内容。" },
        { "\uFEFF\r\n , \r\n", SpreadsheetFault.Empty, "文件是空的，没有任何内容。" },
        { "姓名,,年级\n张三,男,9", SpreadsheetFault.NoHeader, "第 2 列没有列名；第一个非空行应是列名，每列一个，不要合并单元格。" },
        { "张三,2008-01-01\n李四,2009-02-03", SpreadsheetFault.NoHeader, "第一个非空行应是列名，第 2 列却是数字或日期。" },
        { "\n某县花名册,,\n姓名,性别,年级\n", SpreadsheetFault.NoHeader, "第 2 行只有一格，像是标题而不是列名；请删去列名以上的各行。" },
        { "姓名,年级,姓名 \n", SpreadsheetFault.HeaderTwice, "列名「姓名」出现了两次：第 1 列和第 3 列。" },
        { "A1,Ａ１\n", SpreadsheetFault.HeaderTwice, "列名「A1」出现了两次：第 1 列和第 2 列。" },
        { "姓名,备注\n张三,好\n李四,\"没有\n结束\n", SpreadsheetFault.Malformed, "第 3 行起的引号不成对（或一行超过 1 MB），请改正后再试。" },
        { "姓名,备注\n张三,\"好\"的\n", SpreadsheetFault.Malformed, "第 2 行起的引号不成对（或一行超过 1 MB），请改正后再试。" },
        { "姓名,备注\n\n张三,5\"\n", SpreadsheetFault.Malformed, "第 3 行起的引号不成对（或一行超过 1 MB），请改正后再试。" },
    };

    [Theory]
    [MemberData(nameof(CsvFaults))]
    public void What_is_no_roster_is_refused_in_one_line(string text, SpreadsheetFault fault, string message)
    {
        var refusal = Given.Refused(Encoding.UTF8.GetBytes(text), SpreadsheetFormat.Csv);
        Assert.Equal((fault, message), (refusal.Fault, refusal.Message));
    }

    [Fact]
    public void An_open_quote_does_not_swallow_a_large_file()
    {
        // closed at last: only the limit refuses it
        var text = "姓名,备注\n张三,\"" + string.Concat(Enumerable.Repeat("很长\n", 400_000)) + "\"\n";
        Assert.Equal("第 2 行起的引号不成对（或一行超过 1 MB），请改正后再试。",
            Given.Refused(Encoding.UTF8.GetBytes(text), SpreadsheetFormat.Csv).Message);
    }

    [Fact]
    public void A_line_without_an_end_is_not_read_into_memory()
    {
        var refusal = Given.Refused(Encoding.UTF8.GetBytes("姓名\n" + new string('a', TextEncoding.MostLineBytes + 1)),
            SpreadsheetFormat.Csv);
        Assert.Equal((SpreadsheetFault.TooLarge, "第 2 行超过 1 MB，不像名册。"), (refusal.Fault, refusal.Message));
    }

    [Theory]
    [InlineData(SpreadsheetFormat.Csv, "姓名,备注\n张三,{0}\n", "第 2 行 第 2 列的文字超过 32767 字，请删短后再试。")]
    [InlineData(SpreadsheetFormat.Ndjson, "{{\"name\":1}}\n{{\"name\":1,\"note\":\"{0}\"}}\n",
        "第 2 行 第 2 栏的文字超过 32767 字，请删短后再试。")]
    public void A_cell_longer_than_Excel_s_is_refused_in_every_format(
        SpreadsheetFormat format, string file, string message)
    {
        var longest = string.Format(
            CultureInfo.InvariantCulture, file, new string('x', XlsxSpreadsheetWriter.MostText));
        using (var roster = Given.Open(Encoding.UTF8.GetBytes(longest), format))
            Assert.All(roster.Rows, row => Assert.Null(row.Fault));
        var longer = longest.Replace("xx", "xxx", StringComparison.Ordinal);
        var refusal = Given.Refused(Encoding.UTF8.GetBytes(longer), format);
        Assert.Equal((SpreadsheetFault.TooLarge, message), (refusal.Fault, refusal.Message));
    }

    [Fact]
    public void Headers_are_normal_and_rows_are_numbered_as_in_an_editor()
    {
        using var roster =
            Given.Csv("\uFEFF\r\n 姓名（汉字） ,\"出生\r\n日期\",ｇｒａｄｅ,\r\n张三,\"第一行\r\n第二行\",９\r\n\r\n , ,\r\n李四,,\r\n合计,2,\r\n");
        Assert.Equal(["姓名(汉字)", "出生日期", "grade"], roster.Headers);
        Assert.Equal(
            [(4, "张三|第一行\r\n第二行|９"), (8, "李四||"), (9, "合计|2|")],
            roster.Rows.Select(row => (row.Number, string.Join('|', row.Texts()))));
    }

    [Theory]
    [InlineData("姓名,年级\n张三,9")]
    [InlineData("姓名\t年级\n张三\t9\n")]
    [InlineData("姓名;年级\r\n张三;9\r\n")]
    [InlineData("\"姓名\";\"年级\"\n张三;9\n")]
    public void The_separator_is_that_of_the_header(string text)
    {
        using var roster = Given.Csv(text);
        Assert.Equal(["姓名", "年级"], roster.Headers);
        var row = Assert.Single(roster.Rows);
        Assert.Equal(("张三", "9", null), (row["姓名"], row["年级"], row["没有"]));
    }

    [Fact]
    public void A_cell_beyond_the_header_is_a_fault_of_its_row_alone()
    {
        using var roster = Given.Csv("姓名,年级\n张三,9,多\n李四,8,,\n王五\n");
        Assert.Equal(["第 3 列有内容，但列名只到第 2 列。", null, null], roster.Rows.Select(row => row.Fault));
    }

    [Fact]
    public void Rows_that_are_kept_stay_as_they_were()
    {
        using var roster = Given.Csv("姓名\n张三\n李四\n");
        Assert.Equal(["张三", "李四"], roster.Rows.ToList().Select(row => row["姓名"]));
        Assert.Throws<InvalidOperationException>(() => roster.Rows);
    }

    [Fact]
    public void A_path_is_closed_and_a_stream_stays_open()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        File.WriteAllText(path, "姓名\n张三\n");
        using (var roster = SpreadsheetReader.Open(path)) Assert.Single(roster.Rows);
        File.WriteAllText(path, "");
        Assert.Throws<SpreadsheetException>(() => SpreadsheetReader.Open(path));
        File.Delete(path);

        using var stream = new MemoryStream("xx姓名\n张三\n"u8.ToArray()) { Position = 2 };
        using (var roster = SpreadsheetReader.Open(stream, SpreadsheetFormat.Csv)) Assert.Equal(["姓名"], roster.Headers);
        Assert.True(stream.CanRead);
    }
}
