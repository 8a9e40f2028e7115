using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using EduAssist.Documents.Forms;

namespace EduAssist.Core.Forms;

/// <summary>A form on paper, whatever was entered.</summary>
public class PrintModelTests
{
    private static readonly EveryKindForm Form = new();

    public static TheoryData<string> Entered =>
    [
        "阿依·古丽", "𠮷䶮", "<script>alert(1)</script>", "a&b\"c'd", "]]>", "{text}", "a\u0000b\ud842c\uffff", "无",
        "第一行\n第二行", new string('长', 3000),
    ];

    private static FormValues With(string text)
    {
        var values = EveryKindForm.Right();
        foreach (var field in Form.Fields) values[field.Name] = text;
        var row = new FormValues();
        (row["item"], row["count"]) = (text, text);
        return values.With("items", [row]);
    }

    private static string Html(FormValues values)
    {
        using var page = new StringWriter();
        HtmlForm.Write(Form, values, page);
        return page.ToString();
    }

    private static (string Text, IReadOnlyList<string> Errors) Docx(FormValues values)
    {
        using var file = new MemoryStream();
        DocxForm.Write(Form, values, file);
        file.Position = 0;
        using var document = WordprocessingDocument.Open(file, false);
        return (document.MainDocumentPart!.Document.Body!.InnerText,
            [.. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(e => e.Description)]);
    }

    [Theory, MemberData(nameof(Entered))]
    public void DOCX_is_valid_and_keeps_the_text(string text)
    {
        var (written, errors) = Docx(With(text));
        Assert.Empty(errors);
        Assert.Contains(PrintModel.Printable(text).Split('\n')[0], written, StringComparison.Ordinal);
    }

    [Fact]
    public void The_blank_one_is_valid_too() => Assert.Empty(Docx(FormValues.None).Errors);

    [Fact]
    public void HTML_escapes_everything_and_needs_nothing_from_elsewhere()
    {
        var page = Html(With("<script>&\"'"));
        Assert.Contains("&lt;script&gt;&amp;&quot;&#39;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
    }

    [Fact]
    public void HTML_keeps_rare_characters_and_drops_what_is_none()
    {
        Assert.Contains("𠮷䶮", Html(With("𠮷䶮")), StringComparison.Ordinal);
        Assert.DoesNotContain(Html(With("a\u0000\ud842")), c => c is '\0' || char.IsSurrogate(c));
    }

    [Fact]
    public void Boxes_are_11_14_and_18() =>
        Assert.Equal(11 + 14 + 18, Html(FormValues.None).Split("<i>").Length - 1);

    [Fact]
    public void What_does_not_fit_into_boxes_stands_in_full()
    {
        Assert.Contains("532301201700011234", Html(With("532301201700011234")), StringComparison.Ordinal);
        Assert.Contains("无（随祖父母居住）", Html(With("无（随祖父母居住）")), StringComparison.Ordinal);
    }

    [Fact]
    public void Ticks_stand_at_the_choice() =>
        Assert.Contains("红☑、绿□", Html(EveryKindForm.Right()), StringComparison.Ordinal);
}
