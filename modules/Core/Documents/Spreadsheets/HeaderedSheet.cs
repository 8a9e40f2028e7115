namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// What CSV and workbooks have in common: lines of cells, of which the first that is not blank names the columns.
/// </summary>
internal static class HeaderedSheet
{
    /// <summary>
    /// Reads the header, and the rows as they are asked for. Sheets with the same header are one roster; what is not
    /// read is named.
    /// </summary>
    /// <param name="book">Disposed of with the roster, or at once if there is none.</param>
    public static Spreadsheet Read(SheetBook book)
    {
        List<string> unread = [];
        var sheets = book.Sheets.GetEnumerator();
        IEnumerator<Line>? written = null;
        try
        {
            while (sheets.MoveNext())
            {
                written = Written(sheets.Current);
                if (!written.MoveNext())
                    continue;
                if (!sheets.Current.IsHidden)
                    return Open(book, sheets, written, unread);
                unread.Add(Named(sheets.Current));
            }

            throw new SpreadsheetException(
                SpreadsheetFault.Empty,
                unread.Count == 0
                    ? "文件是空的，没有任何内容。"
                    : $"有内容的工作表都是隐藏的：{string.Join("、", unread)}；请取消隐藏后再试。"
            );
        }
        catch
        {
            written?.Dispose();
            sheets.Dispose();
            book.Source.Dispose();
            throw;
        }
    }

    private static Spreadsheet Open(
        SheetBook book,
        IEnumerator<BookSheet> sheets,
        IEnumerator<Line> written,
        List<string> unread
    )
    {
        var headers = Headers(written.Current, book.Column);
        var title = written.Current.Number;
        var more = Next(written, title);
        if (more && headers.Length == 1 && written.Current.Width > 1)
            throw new SpreadsheetException(
                SpreadsheetFault.NoHeader,
                $"第 {title} 行只有一格，像是标题而不是列名；请删去列名以上的各行。"
            );
        var rows = Rows(written, more, title, headers, book.Column, sheet: null)
            .Concat(Further(sheets, headers, book.Column, unread));
        return new Spreadsheet(headers, rows, written, sheets, book.Source)
        {
            UnreadSheets = unread,
            Format = book.IsWorkbook ? SpreadsheetFormat.Xlsx : SpreadsheetFormat.Csv,
        };
    }

    /// <summary>The rows of the sheets after the first, where they have the same header.</summary>
    private static IEnumerable<SpreadsheetRow> Further(
        IEnumerator<BookSheet> sheets,
        string[] headers,
        Func<int, string> column,
        List<string> unread
    )
    {
        while (sheets.MoveNext())
        {
            using var written = Written(sheets.Current);
            if (!written.MoveNext())
                continue;
            if (sheets.Current.IsHidden || !IsHeader(written.Current, headers))
                unread.Add(Named(sheets.Current));
            else
            {
                var (header, name) = (written.Current.Number, sheets.Current.Name);
                foreach (var row in Rows(written, Next(written, header), header, headers, column, name))
                    yield return row;
            }
        }
    }

    private static bool IsHeader(Line line, string[] headers) =>
        line.Width == headers.Length
        && line.Cells.Take(line.Width)
            .Select(c => SpreadsheetHeader.Key(c.Text ?? ""))
            .SequenceEqual(headers.Select(SpreadsheetHeader.Key));

    private static string[] Headers(Line line, Func<int, string> column) =>
        SpreadsheetHeader.FromCells(line.Cells.Select(cell => cell.Text), column);

    private static string Named(BookSheet sheet) => sheet.IsHidden ? $"{sheet.Name}（隐藏）" : sheet.Name ?? "";

    /// <summary>The lines of a sheet from its header on: above it, nothing is merged away.</summary>
    private static IEnumerator<Line> Written(BookSheet sheet) =>
        sheet.Lines.SkipWhile(l => !l.HasContent).GetEnumerator();

    /// <summary>
    /// Goes on to the next line that is not blank, nor merged away by anything but the header itself.
    /// </summary>
    private static bool Next(IEnumerator<Line> lines, int header)
    {
        while (lines.MoveNext())
            if (lines.Current.HasContent || lines.Current.CoveredFrom > header)
                return true;
        return false;
    }

    private static IEnumerable<SpreadsheetRow> Rows(
        IEnumerator<Line> lines,
        bool more,
        int header,
        string[] headers,
        Func<int, string> column,
        string? sheet
    )
    {
        for (; more; more = Next(lines, header))
        {
            var line = lines.Current;
            var cells = new SpreadsheetCell[headers.Length];
            for (var i = 0; i < cells.Length; i++)
            {
                var cell = i < line.Cells.Count ? line.Cells[i] : default;
                cells[i] = new(headers[i], cell.Text, cell.Kind);
            }
            var fault = line.FirstFault
                ?? (
                    line.Width > headers.Length
                        ? $"{column(line.Width - 1)}有内容，但列名只到{column(headers.Length - 1)}。"
                        : null
                );
            yield return new(line.Number, cells) { Fault = fault, Sheet = sheet };
        }
    }
}
