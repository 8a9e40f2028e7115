using System.Buffers;

namespace EduAssist.Documents.Spreadsheets;

/// <remarks>
/// Strings are escaped here (RFC 8259 §7), because no encoder of the framework leaves characters beyond the BMP, such
/// as 𠮷, as they are.
/// </remarks>
internal sealed class NdjsonSpreadsheetWriter : SpreadsheetWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create([
        .. "\"\\",
        .. Enumerable.Range(0, 0x20).Select(c => (char)c),
    ]);
    private readonly StreamWriter text;
    private readonly string[] names;

    public NdjsonSpreadsheetWriter(Stream stream, IReadOnlyList<string> headers)
        : base(headers)
    {
        text = Text(stream);
        names = [.. headers];
    }

    private protected override void WriteRow(IReadOnlyList<string?> cells)
    {
        for (var i = 0; i < names.Length; i++)
            WriteMember(i == 0, names[i], cells[i], isText: cells[i] is not null);
        text.Write("}\n");
    }

    public override void WriteCells(IReadOnlyList<SpreadsheetCell> cells)
    {
        for (var i = 0; i < cells.Count; i++)
            WriteMember(i == 0, cells[i].Name, cells[i].Text, cells[i].Kind == SpreadsheetCellKind.Text);
        text.Write("}\n");
    }

    private void WriteMember(bool first, string name, string? value, bool isText)
    {
        text.Write(first ? '{' : ',');
        WriteString(name);
        text.Write(':');
        if (isText)
            WriteString(value);
        else
            text.Write(value ?? "null");
    }

    private void WriteString(ReadOnlySpan<char> rest)
    {
        text.Write('"');
        for (int at; (at = rest.IndexOfAny(Special)) >= 0; rest = rest[(at + 1)..])
        {
            text.Write(rest[..at]);
            switch (rest[at])
            {
                case '\n':
                    text.Write("\\n");
                    break;
                case '\r':
                    text.Write("\\r");
                    break;
                case '\t':
                    text.Write("\\t");
                    break;
                case '"':
                    text.Write("\\\"");
                    break;
                case '\\':
                    text.Write("\\\\");
                    break;
                case var control:
                    text.Write($"\\u{(int)control:x4}");
                    break;
            }
        }
        text.Write(rest);
        text.Write('"');
    }

    private protected override void Complete() => text.Dispose();
}
