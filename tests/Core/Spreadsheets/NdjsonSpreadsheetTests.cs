using System.Text;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Core.Spreadsheets;

public class NdjsonSpreadsheetTests
{
    [Fact]
    public void Every_row_names_its_own_cells_with_the_kind_that_JSON_gives_them()
    {
        using var roster =
            Given.Ndjson("""{"name":"𠮷·\n","grade":9,"share":1.50e1,"consents":true,"left":null,"note":""}""" + "\n\n"
                + """{"grade":"9"}""");
        Assert.Empty(roster.Headers);
        var rows = roster.Rows.ToList();
        Assert.Equal(
            [
                new("name", "𠮷·\n", SpreadsheetCellKind.Text), new("grade", "9", SpreadsheetCellKind.Number),
                new("share", "1.50e1", SpreadsheetCellKind.Number),
                new("consents", "true", SpreadsheetCellKind.Boolean), new("left", null, SpreadsheetCellKind.Blank),
                new("note", "", SpreadsheetCellKind.Text),
            ],
            rows[0].Cells);
        Assert.Equal((3, "9", SpreadsheetCellKind.Text), (rows[1].Number, rows[1]["grade"], rows[1].Cells[0].Kind));
    }

    [Theory]
    [InlineData("""{"asOf":"2020-05-08","facts":{"grade":9}}""", "2020-05-08")]
    [InlineData("""{"facts":{"grade":9},"asOf":null}""", null)]
    [InlineData("""{"asOf":"2020-05-08","grade":9}""", "2020-05-08")]
    public void The_shape_of_the_API_is_accepted(string line, string? asOf)
    {
        using var roster = Given.Ndjson(line);
        var row = Assert.Single(roster.Rows);
        Assert.Equal((null, asOf), (row.Fault, row.AsOf));
        Assert.Equal([new("grade", "9", SpreadsheetCellKind.Number)], row.Cells);
    }

    [Theory]
    [InlineData("""{"grade":""", "不是合法的 JSON（第 10 字节附近）。")]
    [InlineData("[1]", "不是 JSON 对象。")]
    [InlineData("""{"a":{"b":1}}""", "「a」是嵌套的对象或数组，应是单个值。")]
    [InlineData("""{"facts":{"a":[1]}}""", "「a」是嵌套的对象或数组，应是单个值。")]
    [InlineData("""{"facts":5}""", "「facts」应是 JSON 对象。")]
    [InlineData("""{"facts":{},"name":1}""", "「name」不在 facts 之内。")]
    [InlineData("""{"asOf":20200508,"facts":{}}""", "「asOf」应是日期文本。")]
    [InlineData("""{"a":1,"a":2}""", "「a」出现了两次。")]
    [InlineData("""{"facts":{"a":1,"a":2}}""", "「a」出现了两次。")]
    [InlineData("""{"facts":{},"facts":{}}""", "「facts」出现了两次。")]
    [InlineData("""{"a":"\ud800"}""", "含有不成文字的 \\u 转义。")]
    [InlineData("""{"\ud800":1}""", "含有不成文字的 \\u 转义。")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}""", "不是合法的 JSON（第 41 字节附近）。")]
    public void A_bad_line_is_a_fault_of_its_row_and_the_stream_goes_on(string line, string fault)
    {
        using var roster = Given.Ndjson(line + "\n{\"b\":1}\n");
        var rows = roster.Rows.ToList();
        Assert.Equal((fault, 1), (rows[0].Fault, rows[0].Number));
        Assert.Empty(rows[0].Cells);
        Assert.Equal((null, "1", 2), (rows[1].Fault, rows[1]["b"], rows[1].Number));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF\n \n")]
    public void Nothing_but_blanks_is_refused(string text) =>
        Assert.Equal((SpreadsheetFault.Empty, "文件是空的，没有任何内容。"),
            Given.Refused(Encoding.UTF8.GetBytes(text), SpreadsheetFormat.Ndjson) is var e
                ? (e.Fault, e.Message) : default);
}
