using System.Globalization;
using System.Security;

namespace EduAssist.Core.Spreadsheets;

/// <summary>
/// A workbook as somebody else's program writes it: several sheets, hidden ones, days, errors, merged cells.
/// </summary>
internal sealed class BookFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    private readonly List<(string Name, string Xml, string State)> sheets = [];

    /// <summary>What its workbookPr says of 1904; null: nothing.</summary>
    public string? Date1904 { get; init; }

    /// <summary>
    /// Adds a sheet. A text is a text, a number a number, a day a cell formatted as one; a text that begins with # is
    /// an error, as a formula leaves it; null is no cell.
    /// </summary>
    public BookFile Sheet(
        string name, object?[][] rows, string state = "visible", int[]? hidden = null, params string[] merged)
    {
        var body = string.Concat(rows.Select((row, i) =>
            $"<row r=\"{i + 1}\"{(hidden?.Contains(i + 1) == true ? " hidden=\"1\"" : "")}>"
            + string.Concat(row.Select((cell, c) => Cell($"{(char)('A' + c)}{i + 1}", cell))) + "</row>"));
        var merges = merged.Length == 0 ? ""
            : $"<mergeCells>{string.Concat(merged.Select(m => $"<mergeCell ref=\"{m}\"/>"))}</mergeCells>";
        sheets.Add((name, $"<worksheet xmlns=\"{Main}\"><sheetData>{body}</sheetData>{merges}</worksheet>", state));
        return this;
    }

    public byte[] Bytes()
    {
        var parts = sheets.Select((s, i) => ($"xl/worksheets/sheet{i + 1}.xml", Encode(s.Xml)));
        var named = string.Concat(sheets.Select((s, i) =>
            $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\" r:id=\"r{i + 1}\" state=\"{s.State}\"/>"));
        var related = string.Concat(sheets.Select((_, i) =>
            $"<Relationship Id=\"r{i + 1}\" Type=\"{Relation}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"));
        var counted = Date1904 is null ? "" : $"<workbookPr date1904=\"{Date1904}\"/>";
        return Given.Zip([
            ("_rels/.rels", Encode(
                $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Relation}/officeDocument\" "
                + "Target=\"xl/workbook.xml\"/></Relationships>")),
            ("xl/_rels/workbook.xml.rels", Encode(
                $"<Relationships xmlns=\"{Package}\">{related}<Relationship Id=\"s\" Type=\"{Relation}/styles\" "
                + "Target=\"styles.xml\"/></Relationships>")),
            ("xl/workbook.xml", Encode(
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relation}\">{counted}<sheets>{named}</sheets></workbook>")),
            ("xl/styles.xml", Encode(
                $"<styleSheet xmlns=\"{Main}\"><cellXfs count=\"2\"><xf/><xf numFmtId=\"14\"/></cellXfs>"
                + "</styleSheet>")),
            .. parts]);
    }

    private static byte[] Encode(string xml) => System.Text.Encoding.UTF8.GetBytes(xml);

    private static string Cell(string place, object? value) => value switch
    {
        null => "",
        string text when text.StartsWith('#') => $"<c r=\"{place}\" t=\"e\"><v>{text}</v></c>",
        string text => $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>",
        DateOnly day => $"<c r=\"{place}\" s=\"1\"><v>{day.ToDateTime(default).ToOADate()}</v></c>",
        IFormattable number => $"<c r=\"{place}\"><v>{number.ToString(null, CultureInfo.InvariantCulture)}</v></c>",
        _ => throw new ArgumentException($"No cell holds {value}.", nameof(value)),
    };
}
