using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>Something to be said of a place in a file.</summary>
/// <param name="Sheet">The sheet; null in CSV.</param>
/// <param name="Row">From 1.</param>
/// <param name="Column">From 0; -1: the whole row.</param>
/// <param name="IsError">Whether it hinders.</param>
/// <param name="Message">In Chinese.</param>
internal sealed record SheetMark(string? Sheet, int Row, int Column, bool IsError, string Message);

/// <summary>
/// The file that somebody brought, again as a workbook (ISO/IEC 29500-1 §18): what is wrong is coloured and bears a
/// comment, and two columns at the end say what came of each row.
/// </summary>
/// <remarks>
/// Cells keep their types, so that a day that stands in the place of a class is no text the next time. Formats,
/// formulas and pictures are not carried over.
/// </remarks>
internal sealed class MarkedWorkbook : IDisposable
{
    /// <summary>The columns that are added. They are passed over when the file comes back.</summary>
    public static IReadOnlyList<string> Added { get; } = ["导入结果", "导入问题"];

    private const int MostComments = 2000;
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        Package = "http://schemas.openxmlformats.org/package/2006",
        Type = "application/vnd.openxmlformats-officedocument";

    private readonly ZipArchive zip;
    private readonly ILookup<(string? Sheet, int Row), SheetMark> marks;
    private readonly Func<string?, (int First, HashSet<int> Rows)> listed;
    private readonly List<(string Name, bool IsHidden, bool HasComments)> sheets = [];

    private MarkedWorkbook(
        Stream to,
        IEnumerable<SheetMark> marks,
        Func<string?, (int First, HashSet<int> Rows)> listed
    )
    {
        zip = new(to, ZipArchiveMode.Create, leaveOpen: true);
        this.marks = marks.ToLookup(m => (m.Sheet, m.Row));
        this.listed = listed;
    }

    /// <summary>Writes it.</summary>
    /// <param name="file">The file as it was brought. It stays open.</param>
    /// <param name="format">CSV or a workbook.</param>
    /// <param name="marks">What is to be said.</param>
    /// <param name="listed">
    /// The rows of the list on a sheet, and the first of them; none: the sheet was not read.
    /// </param>
    /// <param name="notes">What is to be said of the whole.</param>
    /// <param name="to">Where to. It stays open.</param>
    public static void Write(
        Stream file,
        SpreadsheetFormat format,
        IEnumerable<SheetMark> marks,
        Func<string?, (int First, HashSet<int> Rows)> listed,
        IReadOnlyList<string> notes,
        Stream to
    )
    {
        var widths = Widths(file, format);
        using var marked = new MarkedWorkbook(to, marks, listed);
        file.Position = 0;
        var book = SpreadsheetReader.OpenBook(file, format);
        using (book.Source)
        {
            foreach (var sheet in book.Sheets)
                marked.Add(sheet, widths[marked.sheets.Count]);
        }

        if (notes.Count > 0)
            marked.AddNotes(notes);
        marked.Complete();
    }

    /// <summary>Completes the file; the stream stays open.</summary>
    public void Dispose() => zip.Dispose();

    private static List<int> Widths(Stream file, SpreadsheetFormat format)
    {
        file.Position = 0;
        var book = SpreadsheetReader.OpenBook(file, format);
        using var source = book.Source;
        List<int> widths = [];
        foreach (var sheet in book.Sheets)
            widths.Add(sheet.Lines.Select(l => l.Width).DefaultIfEmpty(0).Max());
        return widths;
    }

    private void Add(BookSheet sheet, int width)
    {
        var (first, rows) = listed(sheet.Name);
        List<(string Place, int Row, int Column, string Text)> comments = [];
        using (var part = Part($"xl/worksheets/sheet{sheets.Count + 1}.xml"))
        {
            part.Write($"<worksheet xmlns=\"{Main}\" xmlns:r=\"{Relation}\"><sheetData>");
            foreach (var line in sheet.Lines)
            {
                var said = rows.Count == 0 ? [] : marks[(sheet.Name, line.Number)].ToList();
                if (!line.HasContent && said.Count == 0)
                    continue;
                part.Write($"<row r=\"{line.Number}\">");
                for (var i = 0; i < Math.Max(line.Cells.Count, said.Count == 0 ? 0 : said.Max(m => m.Column) + 1); i++)
                {
                    var here = said.FindAll(m => m.Column == i);
                    WriteCell(part, line, i, here);
                    if (here.Count > 0 && comments.Count < MostComments)
                        comments.Add(
                            (Place(line.Number, i), line.Number, i, string.Join('\n', here.Select(m => m.Message)))
                        );
                }

                if (rows.Count > 0 && line.Number == first - 1)
                    WriteTexts(part, line.Number, width, Style.Bold, Added);
                else if (rows.Contains(line.Number))
                    WriteResult(part, line.Number, width, said);
                part.Write("</row>");
            }

            part.Write("</sheetData>");
            if (comments.Count > 0)
                part.Write("<legacyDrawing r:id=\"r1\"/>");
            part.Write("</worksheet>");
        }

        sheets.Add((sheet.Name ?? "名单", sheet.IsHidden, comments.Count > 0));
        if (comments.Count > 0)
            WriteComments(comments);
    }

    private static void WriteResult(StreamWriter part, int row, int width, List<SheetMark> said)
    {
        var (result, style) =
            said.Exists(m => m.IsError) ? ("有错误", Style.Error)
            : said.Count > 0 ? ("有提醒", Style.Warning)
            : ("没有问题", Style.Text);
        WriteTexts(part, row, width, style, [result, string.Join('；', said.Select(m => m.Message))]);
    }

    private static void WriteTexts(StreamWriter part, int row, int column, Style style, IReadOnlyList<string> texts)
    {
        for (var i = 0; i < texts.Count; i++)
            if (texts[i].Length > 0)
                WriteText(part, Place(row, column + i), style, texts[i]);
    }

    private static void WriteCell(StreamWriter part, Line line, int column, List<SheetMark> said)
    {
        var cell = column < line.Cells.Count ? line.Cells[column] : default;
        var mark =
            said.Exists(m => m.IsError) ? 2
            : said.Count > 0 ? 1
            : 0;
        var place = Place(line.Number, column);
        if (cell.Text is null)
        {
            if (line.FaultAt(column) is { } fault && fault.Split(' ')[^1] is ['#', ..] error)
                part.Write($"<c r=\"{place}\" s=\"{mark}\" t=\"e\"><v>{SecurityElement.Escape(error)}</v></c>");
            else if (mark > 0)
                part.Write($"<c r=\"{place}\" s=\"{mark}\"/>");
        }
        else if (cell.Kind == SpreadsheetCellKind.Number)
            part.Write($"<c r=\"{place}\" s=\"{(int)Style.Number + mark}\"><v>{cell.Text}</v></c>");
        else if (cell.Kind == SpreadsheetCellKind.Boolean)
            part.Write($"<c r=\"{place}\" s=\"{mark}\" t=\"b\"><v>{(cell.Text == "true" ? 1 : 0)}</v></c>");
        else if (
            cell.IsDay
            && DateTime.TryParse(cell.Text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year >= 1901
        )
        {
            var serial = day.ToOADate().ToString(CultureInfo.InvariantCulture);
            part.Write($"<c r=\"{place}\" s=\"{(int)Style.Day + mark}\"><v>{serial}</v></c>");
        }
        else
            WriteText(part, place, (Style)mark, cell.Text);
    }

    private static void WriteText(StreamWriter part, string place, Style style, string text)
    {
        part.Write($"<c r=\"{place}\" s=\"{(int)style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        XlsxSpreadsheetWriter.WriteText(
            part,
            text.Length > XlsxSpreadsheetWriter.MostText ? text[..XlsxSpreadsheetWriter.MostText] : text
        );
        part.Write("</t></is></c>");
    }

    /// <summary>
    /// Comments stand in a part of their own; where they are shown, in a drawing that Excel asks for.
    /// </summary>
    private void WriteComments(List<(string Place, int Row, int Column, string Text)> comments)
    {
        var n = sheets.Count;
        using (var part = Part($"xl/comments{n}.xml"))
        {
            part.Write($"<comments xmlns=\"{Main}\"><authors><author>导入</author></authors><commentList>");
            foreach (var (place, _, _, text) in comments)
            {
                part.Write($"<comment ref=\"{place}\" authorId=\"0\"><text><t xml:space=\"preserve\">");
                XlsxSpreadsheetWriter.WriteText(part, text);
                part.Write("</t></text></comment>");
            }

            part.Write("</commentList></comments>");
        }

        using (var part = Part($"xl/drawings/vmlDrawing{n}.vml", declared: false))
        {
            part.Write(
                "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
                    + "xmlns:x=\"urn:schemas-microsoft-com:office:excel\">"
                    + "<v:shapetype id=\"t\" coordsize=\"21600,21600\" "
                    + "o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"/>"
            );
            for (var i = 0; i < comments.Count; i++)
                part.Write(
                    $"<v:shape id=\"s{i}\" type=\"#t\" style=\"position:absolute;visibility:hidden\"><v:textbox/>"
                        + $"<x:ClientData ObjectType=\"Note\"><x:Row>{comments[i].Row - 1}</x:Row>"
                        + $"<x:Column>{comments[i].Column}</x:Column></x:ClientData></v:shape>"
                );
            part.Write("</xml>");
        }

        using var relations = Part($"xl/worksheets/_rels/sheet{n}.xml.rels");
        relations.Write(
            $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"r1\" Type=\"{Relation}/vmlDrawing\" "
                + $"Target=\"../drawings/vmlDrawing{n}.vml\"/><Relationship Id=\"r2\" Type=\"{Relation}/comments\" "
                + $"Target=\"../comments{n}.xml\"/></Relationships>"
        );
    }

    private void AddNotes(IReadOnlyList<string> notes)
    {
        var name = "导入说明";
        while (sheets.Exists(s => s.Name == name))
            name += "_";
        using (var part = Part($"xl/worksheets/sheet{sheets.Count + 1}.xml"))
        {
            part.Write($"<worksheet xmlns=\"{Main}\"><cols><col min=\"1\" max=\"1\" width=\"100\"/></cols><sheetData>");
            for (var i = 0; i < notes.Count; i++)
            {
                part.Write($"<row r=\"{i + 1}\">");
                WriteText(part, $"A{i + 1}", Style.Text, notes[i]);
                part.Write("</row>");
            }

            part.Write("</sheetData></worksheet>");
        }

        sheets.Add((name, IsHidden: false, HasComments: false));
    }

    private void Complete()
    {
        var numbered = sheets.Select((s, i) => (Sheet: s, N: i + 1)).ToList();
        Write(
            "xl/workbook.xml",
            $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relation}\"><sheets>"
                + string.Concat(
                    numbered.Select(s =>
                        $"<sheet name=\"{SecurityElement.Escape(s.Sheet.Name)}\" sheetId=\"{s.N}\""
                        + $"{(s.Sheet.IsHidden ? " state=\"hidden\"" : "")} r:id=\"r{s.N}\"/>"
                    )
                )
                + "</sheets></workbook>"
        );
        Write(
            "xl/_rels/workbook.xml.rels",
            $"<Relationships xmlns=\"{Package}/relationships\">"
                + string.Concat(
                    numbered.Select(s =>
                        $"<Relationship Id=\"r{s.N}\" Type=\"{Relation}/worksheet\" "
                        + $"Target=\"worksheets/sheet{s.N}.xml\"/>"
                    )
                )
                + $"<Relationship Id=\"s\" Type=\"{Relation}/styles\" Target=\"styles.xml\"/></Relationships>"
        );
        Write(
            "_rels/.rels",
            $"<Relationships xmlns=\"{Package}/relationships\">"
                + $"<Relationship Id=\"r1\" Type=\"{Relation}/officeDocument\" "
                + "Target=\"xl/workbook.xml\"/></Relationships>"
        );
        Write("xl/styles.xml", Styles());
        Write(
            "[Content_Types].xml",
            $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" "
                + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + $"<Default Extension=\"vml\" ContentType=\"{Type}.vmlDrawing\"/>"
                + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Type}.spreadsheetml.sheet.main+xml\"/>"
                + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Type}.spreadsheetml.styles+xml\"/>"
                + string.Concat(numbered.Select(s => Override($"worksheets/sheet{s.N}", "worksheet")))
                + string.Concat(
                    numbered.Where(s => s.Sheet.HasComments).Select(s => Override($"comments{s.N}", "comments"))
                )
                + "</Types>"
        );

        static string Override(string part, string kind) =>
            $"<Override PartName=\"/xl/{part}.xml\" ContentType=\"{Type}.spreadsheetml.{kind}+xml\"/>";
    }

    /// <summary>
    /// Texts, days and numbers, each plain, as a warning (amber) and as an error (red); and a bold text.
    /// </summary>
    private static string Styles()
    {
        var formats = string.Concat(
            ((int[])[49, 164, 0]).SelectMany(format =>
                ((int[])[0, 2, 3]).Select(fill =>
                    $"<xf numFmtId=\"{format}\" fillId=\"{fill}\" applyNumberFormat=\"1\" applyFill=\"1\"/>"
                )
            )
        );
        return $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd\"/>"
            + "</numFmts><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"宋体\"/></font><font><b/><sz val=\"11\"/>"
            + "<name val=\"宋体\"/></font></fonts><fills count=\"4\">"
            + "<fill><patternFill patternType=\"none\"/></fill><fill>"
            + $"<patternFill patternType=\"gray125\"/></fill>{Fill("FFFFEB9C")}{Fill("FFFFC7CE")}</fills>"
            + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
            + "<cellXfs count=\"10\">"
            + $"{formats}<xf numFmtId=\"49\" fontId=\"1\" applyNumberFormat=\"1\" applyFont=\"1\"/>"
            + "</cellXfs></styleSheet>";

        static string Fill(string colour) =>
            $"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{colour}\"/></patternFill></fill>";
    }

    private static string Place(int row, int column) => $"{XlsxSpreadsheet.Letters(column)}{row}";

    private void Write(string name, string xml)
    {
        using var part = Part(name);
        part.Write(xml);
    }

    private StreamWriter Part(string name, bool declared = true)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var part = new StreamWriter(entry.Open(), new UTF8Encoding(false), 1 << 15);
        if (declared)
            part.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        return part;
    }

    /// <summary>The cell formats, in the order of the part that declares them.</summary>
    private enum Style
    {
        Text,
        Warning,
        Error,
        Day,
        Number = 6,
        Bold = 9,
    }
}
