using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EduAssist.Documents.Forms;

/// <summary>A form to print: one self-contained page of HTML for A4, without scripts.</summary>
public static class HtmlForm
{
    private const int MostLines = 60;

    private const string Style = """
        @page { size: A4 __SIZE__; margin: 14mm 15mm; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: __WIDTH__; font: 10.5pt/1.5 "SimSun", "宋体", "Noto Serif CJK SC", "Noto Sans CJK SC", serif; color: #000; background: #fff; }
        h1 { margin: 0 0 4mm; font: bold 16pt/1.4 "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; text-align: center; }
        .head { margin: 0 0 2mm; }
        table { width: calc(100% - 4pt); margin: 0 2pt; border-collapse: collapse; table-layout: fixed; border: 1.2pt solid #000; }
        td, th { border: .6pt solid #000; padding: 1mm 1.2mm; vertical-align: middle; font-weight: normal; overflow-wrap: anywhere; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        p { margin: 0; white-space: pre-wrap; }
        .c { text-align: center; } .r { text-align: right; }
        .b { display: flex; justify-content: center; }
        .b i { flex: 0 1 4.2mm; height: 5.4mm; border: .6pt solid #000; margin-left: -.6pt; font: 10.5pt/5mm "Times New Roman", "Liberation Serif", serif; text-align: center; }
        .notes { margin-top: 3mm; font-size: 9pt; break-inside: avoid; }
        @media screen { body { padding: 14mm 0; } }
        """;

    private static readonly string Upright = StyleOf("portrait", "180mm"),
        Wide = StyleOf("landscape", "267mm");

    /// <summary>
    /// The Content-Security-Policy that the page needs, and no more: the two styles that it may have, by their hashes.
    /// </summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src {Hash(Upright)} {Hash(Wide)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Writes the page.</summary>
    /// <param name="form">The form.</param>
    /// <param name="values">What was entered; none gives the blank form.</param>
    /// <param name="to">Where to. It stays open.</param>
    public static void Write(IForm form, FormValues values, TextWriter to)
    {
        ArgumentNullException.ThrowIfNull(to);
        var paper = PrintModel.Create(form, values);
        to.Write(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>"
        );
        Text(to, paper.Title);
        to.Write($"</title>\n<style>{(paper.IsWide ? Wide : Upright)}</style>\n</head>\n<body>\n<h1>");
        Text(to, paper.Title);
        to.Write("</h1>\n");
        if (paper.Head is { } head)
            Line(to, head, "head");
        Table(to, paper);
        if (paper.Notes.Count > 0)
        {
            to.Write("<div class=\"notes\">\n");
            foreach (var note in paper.Notes)
                Line(to, new(PrintAlignment.Left, [new(note)]), null);
            to.Write("</div>\n");
        }

        to.Write("</body>\n</html>\n");
    }

    private static string StyleOf(string size, string width) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"\n{Style.ReplaceLineEndings("\n").Replace("__SIZE__", size, StringComparison.Ordinal).Replace("__WIDTH__", width, StringComparison.Ordinal)}\n{string.Join(' ', Enumerable.Range(0, MostLines + 1).Select(lines => string.Create(CultureInfo.InvariantCulture, $".h{lines} {{ height: {3 + (5.6 * lines):0.#}mm; }}")))}\n"
        );

    private static string Hash(string style) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'";

    private static void Table(TextWriter to, PrintModel paper)
    {
        to.Write("<table>\n<colgroup>");
        var whole = paper.Grid.Sum();
        foreach (var width in paper.Grid)
            to.Write(string.Create(CultureInfo.InvariantCulture, $"<col width=\"{100 * width / whole:0.##}%\">"));
        to.Write("</colgroup>\n");
        var heads = paper.IsWide ? paper.Rows.TakeWhile(r => r.IsHead).Count() : 0;
        if (heads > 0)
            Rows(to, "thead", paper.Rows.Take(heads));
        Rows(to, "tbody", paper.Rows.Skip(heads));
        to.Write("</table>\n");
    }

    private static void Rows(TextWriter to, string part, IEnumerable<PrintRow> rows)
    {
        to.Write($"<{part}>\n");
        foreach (var row in rows)
        {
            to.Write(string.Create(CultureInfo.InvariantCulture, $"<tr class=\"h{Math.Min(row.Lines, MostLines)}\">"));
            foreach (var cell in row.Cells)
                Cell(to, cell);
            to.Write("</tr>\n");
        }

        to.Write($"</{part}>\n");
    }

    private static void Cell(TextWriter to, PrintCell cell)
    {
        var tag = cell.IsLabel ? "th" : "td";
        to.Write(
            $"<{tag}{(cell.Span > 1 ? $" colspan=\"{cell.Span}\"" : "")}{(cell.Depth > 1 ? $" rowspan=\"{cell.Depth}\"" : "")}>"
        );
        foreach (var block in cell.Blocks)
        {
            if (block is PrintBoxes boxes)
                Boxes(to, boxes);
            else
                Line(to, (PrintLine)block, null);
        }

        to.Write($"</{tag}>");
    }

    private static void Boxes(TextWriter to, PrintBoxes boxes)
    {
        to.Write("<div class=\"b\">");
        foreach (var character in boxes.Characters)
        {
            to.Write("<i>");
            Text(to, character);
            to.Write("</i>");
        }

        to.Write("</div>");
    }

    private static void Line(TextWriter to, PrintLine line, string? name)
    {
        var css = string.Join(
            ' ',
            new[]
            {
                name,
                line.Align switch
                {
                    PrintAlignment.Centre => "c",
                    PrintAlignment.Right => "r",
                    _ => null,
                },
            }.OfType<string>()
        );
        to.Write(css.Length > 0 ? $"<p class=\"{css}\">" : "<p>");
        foreach (var text in line.Texts)
        {
            if (text.IsUnderlined)
                to.Write("<u>");
            Text(to, text.Text);
            if (text.IsUnderlined)
                to.Write("</u>");
        }

        to.Write("</p>");
    }

    /// <summary>Markup escaped; characters beyond the BMP stay as they are.</summary>
    private static void Text(TextWriter to, string text) =>
        to.Write(
            text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal)
                .Replace("\"", "&quot;", StringComparison.Ordinal)
                .Replace("'", "&#39;", StringComparison.Ordinal)
        );
}
