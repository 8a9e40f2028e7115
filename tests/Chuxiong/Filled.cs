using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace EduAssist.Chuxiong;

/// <summary>Filled forms: invented people with the ID numbers of the test table.</summary>
internal static class Filled
{
    internal static FormContext Context { get; } = new(Loaded.Instance.Divisions, new(2026, 5, 6));

    internal static IForm Form(string id) => Loaded.Instance.Catalogue.Form(id)!;

    internal static FormValues Values(params IEnumerable<(string Name, string? Text)> texts)
    {
        var values = new FormValues();
        foreach (var (name, text) in texts) values[name] = text;
        return values;
    }

    internal static FormValues Student(
        string name, string sex, string id, string county, string schoolName, string schoolClass, int number) => Values(
        ("name", name), ("sex", sex), ("residentId", id), ("county", county), ("schoolName", schoolName),
        ("schoolClass", schoolClass), ("rollNumber", $"{53230120170000 + number}"),
        ("className", "职教1班"), ("studentNumber", $"2020{number:000}"));

    /// <summary>A right list of five, sorted.</summary>
    internal static FormValues List() => Values(("school", "楚雄市职中")).With("students",
    [
        Student("阿依·古丽", "女", "520203201202299980", "楚雄市", "楚雄市甲中学", "九（1）班", 1),
        Student("𠮷䶮", "男", "53230120110305997X", "楚雄市", "楚雄市甲中学", "九（2）班", 2),
        Student("李甲", "男", "53232420140409997X", "南华县", "南华县乙中学", "九（1）班", 3),
        Student("李乙", "女", "532331201006189981", "禄丰县", "禄丰县丙中学", "九（1）班", 4),
        Student("李丙", "男", "520521201302089971", "禄丰市", "禄丰县丙中学", "九（1）班", 5),
    ]);

    internal static IReadOnlyList<string> Texts(IEnumerable<FormFinding> findings) =>
        [.. findings.Select(f => $"{(f.Level == FormFindingLevel.Warning ? "? " : "")}{f.Text}")];

    internal static IReadOnlyList<string> Check(string form, FormValues values) =>
        Texts(Form(form).Check(values, Context));

    internal static string Html(string form, FormValues values)
    {
        using var page = new StringWriter();
        HtmlForm.Write(Form(form), values, page);
        return page.ToString();
    }

    /// <summary>The document's text, and what somebody else's validator says against it.</summary>
    internal static (string Text, IReadOnlyList<string> Errors) Docx(string form, FormValues values)
    {
        using var file = new MemoryStream();
        DocxForm.Write(Form(form), values, file);
        file.Position = 0;
        using var document = WordprocessingDocument.Open(file, false);
        return (document.MainDocumentPart!.Document.Body!.InnerText,
            [.. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(e => e.Description)]);
    }
}
