namespace EduAssist.Documents.Spreadsheets;

/// <summary>A file as its sheets, nothing known of their columns.</summary>
/// <param name="Sheets">
/// One after the other; the lines of one are read before the next is asked for. CSV is one sheet without a name.
/// </param>
/// <param name="Column">What the user's editor calls the n-th column, from 0.</param>
/// <param name="Source">What is disposed of in the end.</param>
internal sealed record SheetBook(IEnumerable<BookSheet> Sheets, Func<int, string> Column, IDisposable Source)
{
    /// <summary>Whether its columns have letters: it is a workbook.</summary>
    public bool IsWorkbook { get; init; }

    /// <summary>How many days serial numbers of days are to be moved: 1 462 where they count from 1904.</summary>
    public int DaysFrom1900 { get; init; }
}

/// <summary>One sheet.</summary>
/// <param name="Name">As its tab shows it; null in CSV.</param>
/// <param name="IsHidden">Whether the user does not see it.</param>
/// <param name="Lines">
/// One line after the other, read while they are asked for; the line may be the same object again.
/// </param>
internal sealed record BookSheet(string? Name, bool IsHidden, IEnumerable<Line> Lines);

/// <summary>One cell of a line.</summary>
/// <param name="Text">As in <see cref="SpreadsheetCell"/>.</param>
/// <param name="Kind">What the file says that it is.</param>
/// <param name="IsDay">Whether it is a date or a time of the spreadsheet's own, which is told as text.</param>
internal readonly record struct LineCell(string? Text, SpreadsheetCellKind Kind, bool IsDay = false);

/// <summary>A line of a table before its cells have names; filled anew for every line.</summary>
/// <param name="column">What the user's editor calls the n-th column, from 0.</param>
internal sealed class Line(Func<int, string> column)
{
    /// <summary>
    /// The most characters in all cells together. A workbook has a text once and refers to it from many cells, so that
    /// a small file may hold more than anybody can read.
    /// </summary>
    public const long MostCharacters = 1L << 29;

    private readonly List<(int Column, string Message)> faults = [];
    private long characters;

    /// <summary>From 1, as the user's editor counts.</summary>
    public int Number { get; private set; }

    /// <summary>Where the cells are filled in.</summary>
    public List<LineCell> Cells { get; } = [];

    /// <summary>
    /// Which column a merged cell covers that begins above or to the left, as a fault in Chinese: what the user sees
    /// there is not in the file. Null: none.
    /// </summary>
    public string? Cover { get; set; }

    /// <summary>The row in which that merged cell begins; 0: there is none.</summary>
    public int CoveredFrom { get; set; }

    /// <summary>Whether the user does not see it: hidden, or filtered out.</summary>
    public bool IsHidden { get; set; }

    /// <summary>How many cells there are up to the last one that is not blank.</summary>
    public int Width { get; private set; }

    /// <summary>How many cells are not blank.</summary>
    public int Filled { get; private set; }

    /// <summary>Whether anything stands in it, and be it an error.</summary>
    public bool HasContent => Width > 0 || faults.Count > 0;

    /// <summary>Whether there is nothing in it, and nothing merged away.</summary>
    public bool IsBlank => !HasContent && Cover is null;

    /// <summary>What is wrong with it as a row, in Chinese; null: nothing.</summary>
    public string? FirstFault =>
        faults is [var (at, message), ..] ? $"{XlsxSpreadsheet.Letters(at)} 列是{message}。" : Cover;

    /// <summary>Forgets everything.</summary>
    public void Start(int number)
    {
        Number = number;
        Cells.Clear();
        faults.Clear();
        (Cover, CoveredFrom, IsHidden, Width, Filled) = (null, 0, false, 0, 0);
    }

    /// <summary>Notes that a cell is not what it was meant to be.</summary>
    /// <param name="column">From 0.</param>
    /// <param name="message">In Chinese, to stand after 是.</param>
    public void Refuse(int column, string message) => faults.Add((column, message));

    /// <summary>What is wrong with a cell, to stand after 是; null: nothing.</summary>
    public string? FaultAt(int column) => faults.Find(f => f.Column == column).Message;

    /// <summary>Adds a cell; white space alone is a blank.</summary>
    /// <exception cref="SpreadsheetException">It is longer than a cell can be, or all together are.</exception>
    public void Add(string? text, SpreadsheetCellKind kind, bool isDay = false)
    {
        SpreadsheetReader.CheckLength(text, Number, column(Cells.Count));
        characters += text?.Length ?? 0;
        if (characters > MostCharacters)
            throw new SpreadsheetException(
                SpreadsheetFault.TooLarge,
                $"到第 {Number} 行，各单元格的文字合计已超过 {MostCharacters >> 20} M 字，不像名册，请拆分后再试。"
            );
        if (string.IsNullOrWhiteSpace(text))
            (text, kind) = (null, SpreadsheetCellKind.Blank);
        Cells.Add(new(text, kind, isDay));
        if (text is null)
            return;
        Width = Cells.Count;
        Filled++;
    }
}
