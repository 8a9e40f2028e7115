using System.Text;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// Writes a roster (名册) row by row, in little memory; what it writes, <see cref="SpreadsheetReader"/> reads back.
/// </summary>
/// <remarks>
/// The file is whole when the writer is disposed of, not before. Writing is synchronous. The same rows give the same
/// bytes.
/// </remarks>
public abstract class SpreadsheetWriter : IDisposable
{
    private readonly int columns;

    private protected SpreadsheetWriter(IReadOnlyList<string> headers)
    {
        SpreadsheetHeader.Check(headers);
        columns = headers.Count;
    }

    /// <summary>Begins a roster with its header.</summary>
    /// <param name="stream">Where to write; it need not be able to seek, and stays open.</param>
    /// <param name="format">
    /// CSV for Excel: UTF-8 with a byte order mark, CRLF, an apostrophe before what Excel would compute. XLSX: texts,
    /// but for the columns that <paramref name="kinds"/> names. NDJSON: every value a string or null.
    /// </param>
    /// <param name="headers">The columns' names, none blank and none twice in normal form.</param>
    /// <param name="kinds">
    /// What the columns hold, in their order; text where left out. In all formats the cells are given as text.
    /// </param>
    /// <exception cref="ArgumentException">The headers are not so.</exception>
    public static SpreadsheetWriter Create(
        Stream stream,
        SpreadsheetFormat format,
        IReadOnlyList<string> headers,
        params IReadOnlyList<RosterColumnKind> kinds
    ) =>
        format switch
        {
            SpreadsheetFormat.Csv => new CsvSpreadsheetWriter(stream, headers),
            SpreadsheetFormat.Xlsx => new XlsxSpreadsheetWriter(stream, headers, kinds),
            SpreadsheetFormat.Ndjson => new NdjsonSpreadsheetWriter(stream, headers),
        };

    /// <summary>Writes a row.</summary>
    /// <param name="cells">
    /// One for every header; null for a blank. A row of nothing but blanks is written, but not read back.
    /// </param>
    /// <exception cref="ArgumentException">More or fewer cells than headers.</exception>
    /// <exception cref="SpreadsheetException">
    /// <see cref="SpreadsheetFault.TooLarge"/>: a sheet holds no more rows, or a cell no more text.
    /// </exception>
    public void Write(IReadOnlyList<string?> cells)
    {
        if (cells.Count != columns)
            throw new ArgumentException($"{cells.Count} cells for {columns} headers.", nameof(cells));
        WriteRow(cells);
    }

    /// <summary>
    /// Writes a row of cells as they were read. NDJSON keeps each row's own names and kinds, whatever the headers; the
    /// others write the texts.
    /// </summary>
    /// <inheritdoc cref="Write"/>
    public virtual void WriteCells(IReadOnlyList<SpreadsheetCell> cells) => Write([.. cells.Select(cell => cell.Text)]);

    /// <summary>Completes the file; the stream stays open.</summary>
    public void Dispose()
    {
        Complete();
        GC.SuppressFinalize(this);
    }

    private protected abstract void WriteRow(IReadOnlyList<string?> cells);

    private protected abstract void Complete();

    private protected static StreamWriter Text(Stream stream, bool mark = false, bool leaveOpen = true) =>
        new(stream, new UTF8Encoding(mark), 1 << 15, leaveOpen);
}

/// <summary>What a spreadsheet may do with a column.</summary>
public enum RosterColumnKind
{
    /// <summary>Text. Also numbers that identify something: resident IDs, telephones, codes of places.</summary>
    Text,

    /// <summary>A number, with a point, of at most fifteen digits: it can be summed.</summary>
    Number,

    /// <summary>A day, <c>yyyy-MM-dd</c>: it can be sorted and subtracted.</summary>
    Day,

    /// <summary>A date with its time, <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    Instant,
}
