using System.Text;
using EduAssist.Documents.Forms;

namespace EduAssist.Core.Forms;

public class FormJsonTests
{
    private static readonly EveryKindForm Form = new();

    private static string Read(string json) =>
        FormJson.Read(Form, Encoding.UTF8.GetBytes(json), out _) is var (member, message) ? $"{member}：{message}" : "";

    [Theory]
    [InlineData("""{"text":"𠮷","number":5,"signed":true,"items":[{"item":"尺","count":2}],"seal":null}""", "")]
    [InlineData("""[]""", "：须为一个 JSON 对象。")]
    [InlineData("""{"nobody":1}""", "nobody：不认识的栏目“nobody”。")]
    [InlineData("""{"text":"a","text":"b"}""", "text：栏目 text 出现了两次。")]
    [InlineData("""{"items":{}}""", "items：items 须为 JSON 数组。")]
    [InlineData("""{"items":[{"x":1}]}""", "items[0].x：不认识的栏目“x”。")]
    [InlineData("""{"items":[1]}""", "items[0]：须为一个 JSON 对象。")]
    [InlineData("""{"text":"\ud800"}""", "：JSON 中有无效的文字编码。")]
    [InlineData("""{"text":"a"} x""", "：不是有效的 JSON（第 1 行第 14 字节附近）。")]
    [InlineData("", "：不是有效的 JSON（第 1 行第 1 字节附近）。")]
    [InlineData("""{"text":[[[[[[[[[[1]]]]]]]]]]}""", "：不是有效的 JSON（第 1 行第 16 字节附近）。")]
    public void What_is_no_form_is_refused_with_the_member(string json, string expected) =>
        Assert.Equal(expected, Read(json));

    [Fact]
    public void Too_much_is_refused() => Assert.Equal("：一份表单不能超过 1 MB。", Read(new string(' ', FormJson.MostBytes + 1)));

    [Fact]
    public void An_id_as_a_number_and_two_choices_are_the_field_s_own_fault()
    {
        Assert.Null(FormJson.Read(
            Form, """{"residentId":532331201006189981,"colour":["红","绿"]}"""u8.ToArray(), out var values));
        var texts = Form.Check(values, EveryKindForm.Context).Select(f => f.Text).ToList();
        Assert.Contains("「身份证号码」：是数字，末尾几位可能已丢失，应为文本", texts);
        Assert.Contains("「颜色」：只能选择一项", texts);
    }

    [Fact]
    public void The_schema_has_kinds_limits_and_layout()
    {
        var schema = FormJson.Schema(Form);
        Assert.Equal(Form.Fields.Select(f => f.Name), schema["properties"]!.AsObject().Select(p => p.Key));
        Assert.Equal(18, (int)schema["properties"]!["residentId"]!["boxes"]!);
        Assert.Equal(["红", "绿"], schema["properties"]!["colour"]!["enum"]!.AsArray().Select(n => (string?)n));
        Assert.Equal("物品数量", (string)schema["properties"]!["items"]!["items"]!["properties"]!["count"]!["title"]!);
        Assert.Equal("{residentId}", (string)schema["layout"]!["sections"]![0]!["rows"]![2]![0]!["content"]!);
    }

    [Fact]
    public void Values_read_back_are_the_same()
    {
        var json = FormJson.Text(Form, EveryKindForm.Right());
        Assert.Null(FormJson.Read(Form, Encoding.UTF8.GetBytes(json), out var read));
        Assert.Equal(json, FormJson.Text(Form, read));
    }
}
