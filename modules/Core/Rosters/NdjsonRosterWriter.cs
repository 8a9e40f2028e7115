using System.Buffers;

namespace EduAssist.Core.Rosters;

/// <remarks>Strings are escaped here (RFC 8259 §7), because no encoder of the framework leaves characters beyond the BMP, such as 𠮷, as they are.</remarks>
internal sealed class NdjsonRosterWriter : RosterWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create([.. "\"\\", .. Enumerable.Range(0, 0x20).Select(c => (char)c)]);
    private readonly StreamWriter text;
    private readonly string[] names;

    public NdjsonRosterWriter(Stream stream, IReadOnlyList<string> headers) : base(headers)
    {
        text = Text(stream);
        names = [.. headers];
    }

    private protected override void WriteRow(IReadOnlyList<string?> cells) =>
        WriteCells([.. names.Select((name, i) => new RosterCell(name, cells[i], cells[i] is null ? RosterCellKind.Blank : RosterCellKind.Text))]);

    public override void WriteCells(IReadOnlyList<RosterCell> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            text.Write(i == 0 ? '{' : ',');
            WriteString(cells[i].Name);
            text.Write(':');
            if (cells[i].Kind == RosterCellKind.Text) WriteString(cells[i].Text);
            else text.Write(cells[i].Text ?? "null");
        }
        text.Write("}\n");
    }

    private void WriteString(ReadOnlySpan<char> rest)
    {
        text.Write('"');
        for (int at; (at = rest.IndexOfAny(Special)) >= 0; rest = rest[(at + 1)..])
        {
            text.Write(rest[..at]);
            switch (rest[at])
            {
                case '\n': text.Write("\\n"); break;
                case '\r': text.Write("\\r"); break;
                case '\t': text.Write("\\t"); break;
                case '"': text.Write("\\\""); break;
                case '\\': text.Write("\\\\"); break;
                case var control: text.Write($"\\u{(int)control:x4}"); break;
            }
        }
        text.Write(rest);
        text.Write('"');
    }

    private protected override void Complete() => text.Dispose();
}
