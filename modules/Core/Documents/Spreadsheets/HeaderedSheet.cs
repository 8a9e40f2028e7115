namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// What CSV and XLSX have in common: lines of cells, of which the first that is not blank names the columns.
/// </summary>
internal static class HeaderedSheet
{
    /// <summary>Reads the header, and the rows as they are asked for.</summary>
    /// <param name="sheet">Disposed of with the roster, or at once if there is none.</param>
    public static Spreadsheet Read(SheetLines sheet)
    {
        var (lines, column, source) = sheet;
        var written = lines.Where(line => !line.IsBlank).GetEnumerator();
        try
        {
            if (!written.MoveNext())
                throw new SpreadsheetException(SpreadsheetFault.Empty, "文件是空的，没有任何内容。");
            var headers = SpreadsheetHeader.FromCells(written.Current.Cells.Select(cell => cell.Text), column);
            var title = written.Current.Number;
            var more = written.MoveNext();
            if (more && headers.Length == 1 && written.Current.Width > 1)
                throw new SpreadsheetException(
                    SpreadsheetFault.NoHeader,
                    $"第 {title} 行只有一格，像是标题而不是列名；请删去列名以上的各行。"
                );
            return new Spreadsheet(headers, Rows(written, more, headers, column), written, source)
            {
                UnreadSheets = sheet.UnreadSheets,
            };
        }
        catch
        {
            written.Dispose();
            source.Dispose();
            throw;
        }
    }

    private static IEnumerable<SpreadsheetRow> Rows(
        IEnumerator<Line> lines,
        bool more,
        string[] headers,
        Func<int, string> column
    )
    {
        for (; more; more = lines.MoveNext())
        {
            var line = lines.Current;
            var cells = new SpreadsheetCell[headers.Length];
            for (var i = 0; i < cells.Length; i++)
            {
                var (text, kind) = i < line.Cells.Count ? line.Cells[i] : default;
                cells[i] = new(headers[i], text, kind);
            }
            var fault = line.Fault
                ?? (
                    line.Width > headers.Length
                        ? $"{column(line.Width - 1)}有内容，但列名只到{column(headers.Length - 1)}。"
                        : null
                );
            yield return new(line.Number, cells) { Fault = fault };
        }
    }
}

/// <summary>A file as a table of lines, nothing known of its columns.</summary>
/// <param name="Lines">
/// One line after the other, read while they are asked for; the line may be the same object again.
/// </param>
/// <param name="Column">What the user's editor calls the n-th column, from 0.</param>
/// <param name="Source">What is disposed of in the end.</param>
internal sealed record SheetLines(IEnumerable<Line> Lines, Func<int, string> Column, IDisposable Source)
{
    /// <summary>The further sheets, known once all lines are read.</summary>
    public IReadOnlyList<string> UnreadSheets { get; init; } = [];
}

/// <summary>A line of a table before its cells have names; filled anew for every line.</summary>
/// <param name="column">What the user's editor calls the n-th column, from 0.</param>
internal sealed class Line(Func<int, string> column)
{
    /// <summary>
    /// The most characters in all cells together. A workbook has a text once and refers to it from many cells, so that
    /// a small file may hold more than anybody can read.
    /// </summary>
    public const long MostCharacters = 1L << 29;

    private long characters;

    /// <summary>From 1, as the user's editor counts.</summary>
    public int Number { get; set; }

    /// <summary>Where the cells are filled in.</summary>
    public List<(string? Text, SpreadsheetCellKind Kind)> Cells { get; } = [];

    /// <summary>What is wrong with it, in Chinese.</summary>
    public string? Fault { get; set; }

    /// <summary>
    /// The column that <see cref="Fault"/> is about, from 0, where it is about one cell's number; -1 otherwise.
    /// </summary>
    public int FaultColumn { get; private set; }

    /// <summary>How many cells there are up to the last one that is not blank.</summary>
    public int Width { get; private set; }

    /// <summary>Whether there is nothing in it, not even a fault.</summary>
    public bool IsBlank => Width == 0 && Fault is null;

    /// <summary>Forgets everything.</summary>
    public void Start(int number)
    {
        Number = number;
        Cells.Clear();
        Fault = null;
        FaultColumn = -1;
        Width = 0;
    }

    /// <summary>Notes that a number has lost digits, unless the line has another fault already.</summary>
    /// <param name="column">From 0.</param>
    /// <param name="message">In Chinese, to stand after 是.</param>
    public void Refuse(int column, string message)
    {
        if (Fault is not null)
            return;
        (Fault, FaultColumn) = ($"{XlsxSpreadsheet.Letters(column)} 列是{message}。", column);
    }

    /// <summary>Adds a cell; white space alone is a blank.</summary>
    /// <exception cref="SpreadsheetException">It is longer than a cell can be, or all together are.</exception>
    public void Add(string? text, SpreadsheetCellKind kind)
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
        Cells.Add((text, kind));
        if (text is not null)
            Width = Cells.Count;
    }
}
