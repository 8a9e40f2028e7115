using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EduAssist.Host.Recording;

/// <summary>Answers as text that a person can read and a program can compare. JSON and XML lose nothing but gain line
/// breaks; of a page what is seen stays.</summary>
internal static partial class Readable
{
    private const int Short = 150;

    internal static string Text(byte[] body, string? type) =>
        type switch
        {
            _ when body.Length == 0 => "",
            "text/html" => Page(Utf8(body)),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Cells(body),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Paragraphs(body),
            "application/xml" => Utf8(body).Replace("><", ">\n<", StringComparison.Ordinal),
            _ when type?.EndsWith("json", StringComparison.Ordinal) == true => Json(Utf8(body)),
            _ => Utf8(body),
        };

    /// <summary>What git would take away, or nobody could see.</summary>
    private static string Utf8(byte[] body) =>
        Encoding
            .UTF8.GetString(body)
            .Replace("\r", "␍", StringComparison.Ordinal)
            .Replace("\uFEFF", "‹BOM›", StringComparison.Ordinal);

    /// <summary>JSON of one line, broken where what stands between two brackets is long; not a character is lost. What
    /// has lines already stays.</summary>
    internal static string Json(string json)
    {
        if (json.Contains('\n', StringComparison.Ordinal))
            return json;
        var text = new StringBuilder();
        Break(json, 0, json.Length, 0, text);
        return text.ToString();
    }

    private static void Break(string json, int from, int to, int depth, StringBuilder text)
    {
        for (var i = from; i < to; i++)
        {
            if (json[i] == '"')
            {
                var end = EndOfText(json, i);
                text.Append(json, i, end - i);
                i = end - 1;
            }
            else if (json[i] is '{' or '[' && EndOfGroup(json, i) is var close && close - i > Short)
            {
                text.Append(json[i]);
                Line(text, depth + 1);
                Break(json, i + 1, close - 1, depth + 1, text);
                Line(text, depth);
                text.Append(json[close - 1]);
                i = close - 1;
            }
            else if (json[i] is '{' or '[')
            {
                var end = EndOfGroup(json, i);
                text.Append(json, i, end - i);
                i = end - 1;
            }
            else
            {
                text.Append(json[i]);
                if (json[i] == ',')
                    Line(text, depth);
            }
        }
    }

    private static void Line(StringBuilder text, int depth) => text.Append('\n').Append(' ', depth);

    private static int EndOfText(string json, int from)
    {
        for (var i = from + 1; i < json.Length; i++)
        {
            if (json[i] == '\\')
                i++;
            else if (json[i] == '"')
                return i + 1;
        }

        return json.Length;
    }

    private static int EndOfGroup(string json, int from)
    {
        var open = 0;
        for (var i = from; i < json.Length; i++)
        {
            if (json[i] == '"')
                i = EndOfText(json, i) - 1;
            else if (json[i] is '{' or '[')
                open++;
            else if (json[i] is '}' or ']' && --open == 0)
                return i + 1;
        }

        return json.Length;
    }

    /// <summary>What is seen of a page, with what its fields hold and where its links lead. Of the frame around it only
    /// the title, unless it is the first page.</summary>
    private static string Page(string html)
    {
        var title = Title().Match(html).Groups["title"].Value;
        var isFirst = html.Contains("<title>首页", StringComparison.Ordinal);
        var shown =
            MainPart().Match(html) is { Success: true } main && !isFirst ? main.Value : Head().Replace(html, "");
        shown = Unseen().Replace(shown, "");
        shown = Input().Replace(shown, Field);
        shown = Link()
            .Replace(shown, found =>
                $"{found.Groups["text"].Value} ⟨{WebUtility.HtmlDecode(found.Groups["to"].Value)}⟩"
            );
        shown = Picked().Replace(shown, "\n✓ ");
        shown = Spaces().Replace(shown, " ");
        shown = Cell().Replace(shown, " ¦ ");
        shown = Block().Replace(shown, "\n");
        shown = WebUtility.HtmlDecode(Tag().Replace(shown, "")).Replace('\u00a0', ' ');
        var lines = shown.Split('\n').Select(l => Spaces().Replace(l, " ").Trim()).Where(l => l.Length > 0);
        return $"《{WebUtility.HtmlDecode(title)}》\n{string.Join('\n', lines)}";
    }

    private static string Field(Match input)
    {
        string? Of(string name) =>
            Regex.Match(input.Value, $"\\s{name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1))
                is { Success: true } found
                ? found.Groups[1].Value
                : null;
        var isPicked = Regex.IsMatch(input.Value, @"\schecked(?=[\s=/>])", RegexOptions.None, TimeSpan.FromSeconds(1));
        return Of("type") switch
        {
            "hidden" => "",
            "checkbox" or "radio" => $" [{Of("name")}={Of("value")}{(isPicked ? " ✓" : "")}] ",
            _ => $" [{Of("name")}={Of("value")}] ",
        };
    }

    /// <summary>Every sheet, a line a row, as a reader of the file finds it: what is no text says its type.</summary>
    private static string Cells(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        XNamespace x = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var shared = zip.GetEntry("xl/sharedStrings.xml") is { } strings
            ? Load(strings)
                .Descendants(x + "si")
                .Select(s => string.Concat(s.Descendants(x + "t").Select(t => t.Value)))
                .ToList()
            : [];
        var text = new StringBuilder();
        foreach (
            var sheet in Load(zip.GetEntry("xl/workbook.xml")!)
                .Descendants(x + "sheet")
                .Select((s, i) => (Name: (string)s.Attribute("name")!, Number: i + 1))
        )
        {
            text.Append($"〔{sheet.Name}〕\n");
            foreach (var row in Load(zip.GetEntry($"xl/worksheets/sheet{sheet.Number}.xml")!).Descendants(x + "row"))
                text.Append(
                        string.Join(
                            " ¦ ",
                            row.Elements(x + "c")
                                .Select(c => $"{((string?)c.Attribute("r"))?.TrimEnd([.. "0123456789"])}:{Cell(c)}")
                        )
                    )
                    .Append('\n');
        }

        return text.ToString().TrimEnd('\n');

        string Cell(XElement cell) =>
            (string?)cell.Attribute("t") switch
            {
                "s" => shared[Convert.ToInt32(cell.Value, CultureInfo.InvariantCulture)],
                "inlineStr" or "str" => cell.Value,
                var type => $"({type ?? "n"}) {cell.Value}",
            };
    }

    /// <summary>The text of a document, a line a paragraph.</summary>
    private static string Paragraphs(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        XNamespace w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        return string.Join(
            '\n',
            Load(zip.GetEntry("word/document.xml")!)
                .Descendants(w + "p")
                .Select(p => string.Concat(p.Descendants(w + "t").Select(t => t.Value)))
                .Where(l => l.Length > 0)
        );
    }

    private static XDocument Load(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return XDocument.Load(stream);
    }

    [GeneratedRegex("<title>(?<title>.*?)</title>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Title();

    [GeneratedRegex("<main\\b.*</main>", RegexOptions.Singleline)]
    private static partial Regex MainPart();

    [GeneratedRegex("<head\\b.*?</head>", RegexOptions.Singleline)]
    private static partial Regex Head();

    [GeneratedRegex(
        "<!--.*?-->|<!DOCTYPE[^>]*>|<script\\b.*?</script>|<style\\b.*?</style>|<svg\\b.*?</svg>",
        RegexOptions.Singleline
    )]
    private static partial Regex Unseen();

    [GeneratedRegex("<input\\b[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex(
        "<a\\b[^>]*?\\shref=\"(?<to>[^\"]*)\"[^>]*>(?<text>.*?)</a>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Link();

    [GeneratedRegex("<option\\b[^>]*\\sselected\\b[^>]*>")]
    private static partial Regex Picked();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("</t[dh]>\\s*(?=<t[dh]\\b)")]
    private static partial Regex Cell();

    [GeneratedRegex(
        "</?(?:p|div|li|ul|ol|dl|dt|dd|tr|table|thead|tbody|h[1-6]|section|article|nav|header|footer|main|form|"
            + "fieldset|legend|"
            + "label|option|select|button|summary|details|figure|figcaption|br|aside|pre|caption)\\b[^>]*>"
    )]
    private static partial Regex Block();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
