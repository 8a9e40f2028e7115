using System.Buffers;
using System.IO.Compression;

namespace EduAssist.Core.Rosters;

/// <summary>One sheet of inline texts (ISO/IEC 29500-1 §18), written straight into the archive.</summary>
internal sealed class XlsxRosterWriter : RosterWriter
{
    /// <summary>What Excel holds in one cell, in UTF-16 code units; it calls a file with more damaged.</summary>
    public const int MostText = 32_767;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Markup, what XML 1.0 has no place for, the return that XML would turn into a line feed, and the underscore that may begin an escape.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. "&<>_\uFFFE\uFFFF", .. Enumerable.Range(0, 0x20).Except(['\t', '\n']).Concat(Enumerable.Range(0xD800, 0x800)).Select(c => (char)c)]);

    private readonly ZipArchive zip;
    private readonly StreamWriter text;
    private readonly string[] letters;
    private int row;

    public XlsxRosterWriter(Stream stream, IReadOnlyList<string> headers) : base(headers)
    {
        zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        letters = [.. Enumerable.Range(0, headers.Count).Select(XlsxRoster.Letters)];
        WriteParts();
        text = Part("xl/worksheets/sheet1.xml");
        text.Write($"""<worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>""");
        for (var i = 0; i < headers.Count; i++) text.Write($"""<col min="{i + 1}" max="{i + 1}" width="{Width(headers[i])}" style="1" customWidth="1"/>""");
        text.Write("</cols><sheetData>");
        WriteRow(headers, style: 2);
    }

    private protected override void WriteRow(IReadOnlyList<string?> cells) => WriteRow(cells, style: 1);

    private void WriteRow(IReadOnlyList<string?> cells, int style)
    {
        if (++row > XlsxRoster.MostRows) throw new RosterException(RosterFault.TooLarge, $"一张工作表最多 {XlsxRoster.MostRows} 行，请改用 CSV。");
        Span<char> digits = stackalloc char[10];
        row.TryFormat(digits, out var count);
        var number = digits[..count];
        text.Write("<row r=\"");
        text.Write(number);
        text.Write("\">");
        for (var i = 0; i < letters.Length; i++)
        {
            if (cells[i] is not { Length: > 0 } cell) continue;
            if (cell.Length > MostText) throw new RosterException(RosterFault.TooLarge, $"第 {row} 行 {letters[i]} 列的文字超过 {MostText} 字，请改用 CSV。");
            text.Write("<c r=\"");
            text.Write(letters[i]);
            text.Write(number);
            text.Write(style == 1 ? "\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" : "\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
            WriteText(cell);
            text.Write("</t></is></c>");
        }
        text.Write("</row>");
    }

    private void WriteText(ReadOnlySpan<char> rest)
    {
        for (int at; (at = rest.IndexOfAny(Special)) >= 0;)
        {
            text.Write(rest[..at]);
            rest = rest[at..];
            var pair = rest.Length > 1 && char.IsSurrogatePair(rest[0], rest[1]);
            if (pair) text.Write(rest[..2]);
            else text.Write(Escape(rest));
            rest = rest[(pair ? 2 : 1)..];
        }
        text.Write(rest);
    }

    /// <summary>For one special character; "" drops it. An underscore is special only where it would be read as ST_Xstring's escape, _xHHHH_.</summary>
    private static string Escape(ReadOnlySpan<char> rest) => rest[0] switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\r' => "&#13;",
        '_' => rest is ['_', 'x', var a, var b, var c, var d, '_', ..] && char.IsAsciiHexDigit(a) && char.IsAsciiHexDigit(b) && char.IsAsciiHexDigit(c) && char.IsAsciiHexDigit(d) ? "_x005F_" : "_",
        _ => "",
    };

    private void WriteParts()
    {
        Write("[Content_Types].xml", $"""
            <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Type}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Type}.worksheet+xml"/></Types>
            """);
        Write("_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="r1" Type="{Relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Write("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Package}/relationships"><Relationship Id="r1" Type="{Relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{Relation}/styles" Target="styles.xml"/></Relationships>
            """);
        Write("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Relation}"><sheets><sheet name="名册" sheetId="1" r:id="r1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">名册!$1:$1</definedName></definedNames></workbook>
            """);
        // Styles: 1 is text (the built-in format 49), 2 the same in bold.
        Write("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>
            """);
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

    /// <summary>In digits: two for a Chinese character, some room, and at least the length of a resident ID (居民身份证号码).</summary>
    private static int Width(string header) => Math.Clamp(header.Sum(c => c < 0x2E80 ? 1 : 2) + 2, 20, 60);

    private protected override void Complete()
    {
        text.Write("</sheetData></worksheet>");
        text.Dispose();
        zip.Dispose();
    }
}
