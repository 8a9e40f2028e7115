namespace EduAssist.Documents.Spreadsheets;

/// <summary>An open roster (名册): its column names, and its rows one after the other, never all in memory.</summary>
/// <remarks>
/// Rows are not reused: one that is kept stays as it was. That costs 24 bytes a cell, less than the cell's text.
/// </remarks>
public sealed class Spreadsheet : IDisposable
{
    private readonly IDisposable[] sources;
    private IEnumerable<SpreadsheetRow>? rows;

    internal Spreadsheet(IReadOnlyList<string> headers, IEnumerable<SpreadsheetRow> rows, params IDisposable[] sources)
    {
        Headers = headers;
        this.rows = rows;
        this.sources = sources;
    }

    /// <summary>
    /// The columns' names in <see cref="SpreadsheetHeader.Normal">normal form</see>, each once; empty for NDJSON, where
    /// every row names its own cells.
    /// </summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>What the file is by its contents.</summary>
    public SpreadsheetFormat Format { get; internal init; }

    /// <summary>
    /// Of a workbook, the names of the sheets with cells that are not read, since they are hidden or have another
    /// header; known once all <see cref="Rows"/> are.
    /// </summary>
    public IReadOnlyList<string> UnreadSheets { get; internal init; } = [];

    /// <summary>
    /// The rows that are not blank, read while they are asked for. A row of totals (合计) is a row like any other.
    /// </summary>
    /// <exception cref="SpreadsheetException">
    /// While reading: <see cref="SpreadsheetFault.Malformed"/> or <see cref="SpreadsheetFault.TooLarge"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">Asked for a second time: the file is read once.</exception>
    public IEnumerable<SpreadsheetRow> Rows =>
        Interlocked.Exchange(ref rows, null) ?? throw new InvalidOperationException("A roster's rows are read once.");

    /// <summary>Closes the file, if it was opened by its path; a stream stays open.</summary>
    public void Dispose()
    {
        foreach (var source in sources)
            source.Dispose();
    }

    internal Spreadsheet Owning(IDisposable file) =>
        new(Headers, Rows, [.. sources, file]) { UnreadSheets = UnreadSheets, Format = Format };
}

/// <summary>One row of a roster.</summary>
/// <param name="Number">
/// The line of the text, or the row of the sheet, from 1, as an editor shows it; of a quoted cell with line breaks in
/// it, the first line.
/// </param>
/// <param name="Cells">
/// CSV and XLSX: one cell for every header, in their order, blank ones too, so that a consumer may bind by position
/// once. NDJSON: the object's own properties in their order; none if <see cref="Fault"/> is set.
/// </param>
public sealed record SpreadsheetRow(int Number, IReadOnlyList<SpreadsheetCell> Cells)
{
    /// <summary>The sheet that it stands in, where it is not the first that was read.</summary>
    public string? Sheet { get; init; }

    /// <summary>NDJSON only: the text of the property <c>asOf</c>, which is never a cell; null if left out.</summary>
    public string? AsOf { get; init; }

    /// <summary>
    /// What is wrong with this row, one line of Chinese without the row's number and without any cell's content; null
    /// for a sound row. The next rows are not affected.
    /// </summary>
    public string? Fault { get; init; }

    /// <summary>The text of the cell of this name; null if it is blank or there is none.</summary>
    /// <param name="name">A name in normal form, as in <see cref="Spreadsheet.Headers"/>.</param>
    public string? this[string name]
    {
        get
        {
            foreach (var cell in Cells)
                if (cell.Name == name)
                    return cell.Text;
            return null;
        }
    }
}

/// <summary>One cell.</summary>
/// <param name="Name">The header of its column, or the name of the JSON property as it is written there.</param>
/// <param name="Text">
/// Text as is. Numbers with a point and without an exponent (JSON numbers as written), dates yyyy-MM-dd, with HH:mm:ss
/// if they have a time, booleans true or false. Null for a blank.
/// </param>
/// <param name="Kind">What the file says that it is. In CSV everything is text.</param>
public readonly record struct SpreadsheetCell(string Name, string? Text, SpreadsheetCellKind Kind);

/// <summary>What a file says that a cell is.</summary>
public enum SpreadsheetCellKind
{
    /// <summary>Nothing, or nothing but white space; in JSON null, but not "".</summary>
    Blank,

    /// <summary>Text, and every date.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,
}
