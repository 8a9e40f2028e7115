using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Documents.Forms;

/// <summary>A list given back with what is wrong in it (标注了问题的名单).</summary>
public static class MarkedList
{
    /// <summary>
    /// Writes the file again, as a workbook: faults coloured, with comments, and a column that tells of them.
    /// </summary>
    /// <param name="file">The file as it was brought. It stays open.</param>
    /// <param name="format">What it is; NDJSON has no cells to mark.</param>
    /// <param name="list">As it was read.</param>
    /// <param name="findings">What was found in it and on record.</param>
    /// <param name="to">Where to. It stays open.</param>
    /// <exception cref="SpreadsheetException">It is NDJSON.</exception>
    public static void Write(
        Stream file,
        SpreadsheetFormat format,
        FormImport list,
        IReadOnlyList<FindingView> findings,
        Stream to
    )
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(findings);
        if (format == SpreadsheetFormat.Ndjson)
            throw new SpreadsheetException(
                SpreadsheetFault.NotASpreadsheet,
                "NDJSON 没有可以标注的表格；请用 XLSX、XLS 或 CSV，或者看列出的问题。"
            );
        var rows = list.Rows.ToLookup(r => r.Sheet ?? list.OnlySheet, r => r.Row ?? 0);
        MarkedWorkbook.Write(
            file,
            format,
            findings
                .Where(f => f.Row is not null)
                .Select(f => new SheetMark(
                    f.Sheet ?? list.OnlySheet,
                    f.Row!.Value,
                    ColumnOf(f.Column),
                    f.Level == FormFindingLevel.Error,
                    f.Title.Length > 0 ? $"「{f.Title}」{f.Message}" : f.Message
                )),
            sheet => rows[sheet].ToHashSet() is { Count: > 0 } found ? (found.Min(), found) : (0, []),
            [.. findings.Where(f => f.Row is null).Select(f => f.Text)],
            to
        );
    }

    /// <summary>From what an editor calls a column, D or 4, to its place from 0; -1: it is not said.</summary>
    private static int ColumnOf(string? column)
    {
        if (column is not { Length: > 0 })
            return -1;
        if (char.IsAsciiDigit(column[0]))
            return int.Parse(column, System.Globalization.CultureInfo.InvariantCulture) - 1;
        return column.Aggregate(0, (sum, c) => (sum * 26) + (c - 'A') + 1) - 1;
    }
}
