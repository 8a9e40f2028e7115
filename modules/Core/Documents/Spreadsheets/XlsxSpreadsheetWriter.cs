using System.Buffers;
using System.Globalization;
using System.IO.Compression;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// One sheet (ISO/IEC 29500-1 §18), written straight into the archive: texts inline, numbers and days where a column is
/// of them.
/// </summary>
internal sealed class XlsxSpreadsheetWriter : SpreadsheetWriter
{
    /// <summary>What Excel holds in one cell, in UTF-16 code units; it calls a file with more damaged.</summary>
    public const int MostText = 32_767;

    private const int NoteWidth = 100,
        MostExactDigits = 15,
        MostDigits = 32;

    private static readonly DateTime FirstDay = new(1900, 3, 1);

    /// <summary>A4 on its long side, as wide as the page.</summary>
    private const string Page =
        """<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>""";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>
    /// Markup, what XML 1.0 has no place for, the return that XML would turn into a line feed, and the underscore that
    /// may begin an escape.
    /// </summary>
    private static readonly SearchValues<char> Special = SearchValues.Create([
        .. "&<>_\uFFFE\uFFFF",
        .. Enumerable.Range(0, 0x20).Except(['\t', '\n']).Concat(Enumerable.Range(0xD800, 0x800)).Select(c => (char)c),
    ]);

    private readonly ZipArchive zip;
    private readonly StreamWriter text;
    private readonly string[] letters;
    private readonly SpreadsheetHead? head;
    private readonly Style[] body;
    private int row;

    public XlsxSpreadsheetWriter(Stream stream, IReadOnlyList<string> headers, IReadOnlyList<RosterColumnKind> kinds)
        : base(headers)
    {
        zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        letters = [.. Enumerable.Range(0, headers.Count).Select(XlsxSpreadsheet.Letters)];
        body = [.. headers.Select((_, i) => i < kinds.Count ? StyleOf(kinds[i]) : Style.Text)];
        WriteParts(heads: 1..1, notes: []);
        text = Part("xl/worksheets/sheet1.xml");
        Begin(1, [.. headers.Select(Width)], body);
        WriteRow(headers, Every(Style.Bold));
    }

    /// <summary>
    /// A list to fill in and to print: titled, bordered, on its long side, as wide as the page; blank rows are drawn
    /// too.
    /// </summary>
    public XlsxSpreadsheetWriter(Stream stream, SpreadsheetHead head)
        : base(head.Names)
    {
        this.head = head;
        zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        letters = [.. Enumerable.Range(0, head.Columns.Count).Select(XlsxSpreadsheet.Letters)];
        body = Every(Style.Bordered);
        WriteParts(FirstHeading..LastHeading, head.Notes);
        text = Part("xl/worksheets/sheet1.xml");
        Begin(LastHeading, [.. head.Columns.Select(c => c.Width)], Every(Style.Text));
        WriteRow([head.Title, .. letters.Skip(1).Select(_ => (string?)null)], Every(Style.Title), height: 34);
        if (head.Line.Length > 0)
            WriteRow([head.Line, .. letters.Skip(1).Select(_ => (string?)null)], Every(Style.Text), height: 22);
        WriteRow(head.Upper, Every(Style.Heading), height: 22);
        if (head.HasGroups)
            WriteRow(head.Lower, Every(Style.Heading), height: 22);
    }

    /// <summary>The cell formats, in the order of the part that declares them.</summary>
    private enum Style
    {
        None,
        Text,
        Bold,
        Title,
        Heading,
        Bordered,
        Wrapped,
        Number,
        Day,
        Instant,
    }

    private int FirstHeading =>
        head is null ? 1
        : head.Line.Length > 0 ? 3
        : 2;

    private int LastHeading => FirstHeading + (head is { HasGroups: true } ? 1 : 0);

    private protected override void WriteRow(IReadOnlyList<string?> cells) => WriteRow(cells, body);

    private Style[] Every(Style style) => [.. letters.Select(_ => style)];

    private static Style StyleOf(RosterColumnKind kind) =>
        kind switch
        {
            RosterColumnKind.Text => Style.Text,
            RosterColumnKind.Number => Style.Number,
            RosterColumnKind.Day => Style.Day,
            RosterColumnKind.Instant => Style.Instant,
        };

    private void Begin(int frozen, IReadOnlyList<int> widths, Style[] columns)
    {
        text.Write($"""<worksheet xmlns="{Main}">""");
        text.Write("""<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>""");
        text.Write(
            $"""<sheetViews><sheetView workbookViewId="0"><pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>"""
        );
        if (head is not null)
            text.Write("""<sheetFormatPr defaultRowHeight="20" customHeight="1"/>""");
        text.Write("<cols>");
        for (var i = 0; i < widths.Count; i++)
            text.Write(
                $"""<col min="{i + 1}" max="{i + 1}" width="{widths[i]}" style="{(int)columns[i]}" customWidth="1"/>"""
            );
        text.Write("</cols><sheetData>");
    }

    private void WriteRow(IReadOnlyList<string?> cells, Style[] styles, int height = 0)
    {
        if (++row > XlsxSpreadsheet.MostRows)
            throw new SpreadsheetException(
                SpreadsheetFault.TooLarge,
                $"一张工作表最多 {XlsxSpreadsheet.MostRows} 行，请改用 CSV。"
            );
        Span<char> digits = stackalloc char[MostDigits],
            place = stackalloc char[10];
        row.TryFormat(place, out var count);
        var number = place[..count];
        text.Write("<row r=\"");
        text.Write(number);
        text.Write("\"");
        if (height > 0)
            text.Write($" ht=\"{height}\" customHeight=\"1\"");
        text.Write(">");
        for (var i = 0; i < letters.Length; i++)
        {
            var style = styles[i];
            if (cells[i] is not { Length: > 0 } cell)
            {
                if (style is Style.Heading or Style.Bordered)
                    text.Write($"<c r=\"{letters[i]}{number}\" s=\"{(int)style}\"/>");
                continue;
            }

            if (cell.Length > MostText)
                throw new SpreadsheetException(
                    SpreadsheetFault.TooLarge,
                    $"第 {row} 行 {letters[i]} 列的文字超过 {MostText} 字，请改用 CSV。"
                );
            text.Write("<c r=\"");
            text.Write(letters[i]);
            text.Write(number);
            text.Write("\" s=\"");
            if (NumberOf(style, cell) is { } value)
            {
                value.TryFormat(digits, out count, default, CultureInfo.InvariantCulture);
                text.Write((char)('0' + (int)style));
                text.Write("\"><v>");
                text.Write(digits[..count]);
                text.Write("</v></c>");
                continue;
            }

            text.Write((char)('0' + (int)(style is Style.Number or Style.Day or Style.Instant ? Style.Text : style)));
            text.Write("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
            WriteText(text, cell);
            text.Write("</t></is></c>");
        }
        text.Write("</row>");
    }

    /// <summary>
    /// The number that is stored in a cell of a style; null: the cell stays text. Text are: what is no number or day; a
    /// number of more digits than a double holds; a day before 1 March 1900, since Excel takes 1900 for a leap year and
    /// others do not.
    /// </summary>
    private static double? NumberOf(Style style, string cell)
    {
        const NumberStyles Plain =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return style switch
        {
            Style.Number => cell.Count(char.IsAsciiDigit) <= MostExactDigits
            && double.TryParse(cell, Plain, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
                ? number
                : null,
            Style.Day => Serial(cell, "yyyy-MM-dd"),
            Style.Instant => Serial(cell, "yyyy-MM-dd HH:mm:ss"),
            _ => null,
        };

        static double? Serial(string cell, string format) =>
            DateTime.TryParseExact(cell, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && time >= FirstDay
                ? time.ToOADate()
                : null;
    }

    internal static void WriteText(StreamWriter text, ReadOnlySpan<char> rest)
    {
        for (int at; (at = rest.IndexOfAny(Special)) >= 0; )
        {
            text.Write(rest[..at]);
            rest = rest[at..];
            var pair = rest.Length > 1 && char.IsSurrogatePair(rest[0], rest[1]);
            if (pair)
                text.Write(rest[..2]);
            else
                text.Write(Escape(rest));
            rest = rest[(pair ? 2 : 1)..];
        }
        text.Write(rest);
    }

    /// <summary>
    /// For one special character; "" drops it. An underscore is special only where it would be read as ST_Xstring's
    /// escape, _xHHHH_.
    /// </summary>
    private static string Escape(ReadOnlySpan<char> rest) =>
        rest[0] switch
        {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\r' => "&#13;",
            '_' => rest is ['_', 'x', var a, var b, var c, var d, '_', ..]
            && char.IsAsciiHexDigit(a)
            && char.IsAsciiHexDigit(b)
            && char.IsAsciiHexDigit(c)
            && char.IsAsciiHexDigit(d)
                ? "_x005F_"
                : "_",
            _ => "",
        };

    private void WriteParts(Range heads, IReadOnlyList<string> notes)
    {
        var second = notes.Count > 0;
        Write(
            "[Content_Types].xml",
            $"""
            <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Type}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Type}.worksheet+xml"/>{(
                second ? $"""<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{Type}.worksheet+xml"/>""" : ""
            )}</Types>
            """
        );
        Write(
            "_rels/.rels",
            $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="r1" Type="{Relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
        );
        Write(
            "xl/_rels/workbook.xml.rels",
            $"""
            <Relationships xmlns="{Package}/relationships"><Relationship Id="r1" Type="{Relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{Relation}/styles" Target="styles.xml"/>{(
                second ? $"""<Relationship Id="r3" Type="{Relation}/worksheet" Target="worksheets/sheet2.xml"/>""" : ""
            )}</Relationships>
            """
        );
        Write(
            "xl/workbook.xml",
            $"""
            <workbook xmlns="{Main}" xmlns:r="{Relation}"><sheets><sheet name="名册" sheetId="1" r:id="r1"/>{(
                second ? """<sheet name="说明" sheetId="2" r:id="r3"/>""" : ""
            )}</sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">名册!${heads.Start}:${heads.End}</definedName></definedNames></workbook>
            """
        );
        // In the order of Style; number format 49 is text, 0 whatever suits.
        Write(
            "xl/styles.xml",
            $"""
            <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm:ss"/></numFmts><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="黑体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="10"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="2" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf><xf numFmtId="49" fontId="1" borderId="1" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf><xf numFmtId="49" borderId="1" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" shrinkToFit="1"/></xf><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>
            """
        );
        if (second)
            WriteNotes(notes);
    }

    private void WriteNotes(IReadOnlyList<string> notes)
    {
        using var part = Part("xl/worksheets/sheet2.xml");
        part.Write(
            $"""<worksheet xmlns="{Main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols><col min="1" max="1" width="{NoteWidth}" customWidth="1"/></cols><sheetData>"""
        );
        for (var i = 0; i < notes.Count; i++)
        {
            // the height is stored, since LibreOffice does not compute it when it opens a file
            var lines = (Digits(notes[i]) / (NoteWidth - 4)) + 1;
            part.Write(
                $"""<row r="{i + 1}" ht="{(lines * 16) + 4}" customHeight="1"><c r="A{i + 1}" s="{(int)(i == 0 ? Style.Bold : Style.Wrapped)}" t="inlineStr"><is><t xml:space="preserve">"""
            );
            WriteText(part, notes[i]);
            part.Write("</t></is></c></row>");
        }

        part.Write($"</sheetData>{Page}</worksheet>");
    }

    /// <summary>The parts of a sheet that follow its rows: merged cells, page setup, footer.</summary>
    private void WritePage()
    {
        WriteMerged();
        text.Write($"""{Page}<headerFooter><oddFooter>&amp;C第 &amp;P 页 / 共 &amp;N 页</oddFooter></headerFooter>""");
    }

    private void WriteMerged()
    {
        if (head is null)
            return;
        var last = letters[^1];
        List<string> merged = [$"A1:{last}1", .. head.Line.Length > 0 ? [$"A2:{last}2"] : (string[])[]];
        for (var (i, j) = (0, 0); i < head.Columns.Count; i = j)
        {
            for (
                j = i + 1;
                j < head.Columns.Count && head.Columns[i].Group is { } group && head.Columns[j].Group == group;

            )
                j++;
            if (j > i + 1)
                merged.Add($"{letters[i]}{FirstHeading}:{letters[j - 1]}{FirstHeading}");
            else if (head.Columns[i].Group is null && head.HasGroups)
                merged.Add($"{letters[i]}{FirstHeading}:{letters[i]}{LastHeading}");
        }

        text.Write(
            $"""<mergeCells count="{merged.Count}">{string.Concat(merged.Select(m => $"<mergeCell ref=\"{m}\"/>"))}</mergeCells>"""
        );
    }

    private void Write(string name, string xml)
    {
        using var part = Part(name);
        part.Write(xml);
    }

    private StreamWriter Part(string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var part = Text(entry.Open(), leaveOpen: false);
        part.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        return part;
    }

    /// <summary>
    /// In digits: two for a Chinese character, some room, and at least the length of a resident ID (居民身份证号码).
    /// </summary>
    private static int Width(string header) => Math.Clamp(Digits(header) + 2, 20, 60);

    private static int Digits(string text) => text.Sum(c => c < 0x2E80 ? 1 : 2);

    private protected override void Complete()
    {
        text.Write("</sheetData>");
        WritePage();
        text.Write("</worksheet>");
        text.Dispose();
        zip.Dispose();
    }
}
