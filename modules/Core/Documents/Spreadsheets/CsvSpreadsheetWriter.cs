using System.Buffers;

namespace EduAssist.Documents.Spreadsheets;

internal sealed class CsvSpreadsheetWriter : SpreadsheetWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t\"\r\n");
    private readonly StreamWriter text;

    public CsvSpreadsheetWriter(Stream stream, IReadOnlyList<string> headers)
        : base(headers)
    {
        text = Text(stream, mark: true);
        WriteRow(headers);
    }

    /// <summary>
    /// Begins with the line and the two rows of headings that an annex prints; a heading over several columns stands
    /// over the first of them.
    /// </summary>
    public CsvSpreadsheetWriter(Stream stream, SpreadsheetHead head)
        : base(head.Names)
    {
        text = Text(stream, mark: true);
        if (head.Line.Length > 0)
            WriteRow([head.Line, .. head.Columns.Skip(1).Select(_ => (string?)null)]);
        WriteRow(head.Upper);
        if (head.HasGroups)
            WriteRow(head.Lower);
    }

    private protected override void WriteRow(IReadOnlyList<string?> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                text.Write(',');
            if (cells[i] is { Length: > 0 } cell)
                WriteCell(Formula.Disarm(cell));
        }
        text.Write("\r\n");
    }

    private void WriteCell(string cell)
    {
        if (!cell.AsSpan().ContainsAny(Special))
        {
            text.Write(cell);
            return;
        }
        text.Write('"');
        text.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
        text.Write('"');
    }

    private protected override void Complete() => text.Dispose();
}
