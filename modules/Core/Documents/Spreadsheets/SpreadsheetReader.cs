namespace EduAssist.Documents.Spreadsheets;

/// <summary>Opens rosters (名册) of any format.</summary>
public static class SpreadsheetReader
{
    /// <summary>Opens a file by its path, in the format that its contents have.</summary>
    /// <param name="path">A file that exists.</param>
    /// <exception cref="SpreadsheetException">It cannot be read as a roster.</exception>
    public static Spreadsheet Open(string path)
    {
        SpreadsheetFormats.CheckReadable(path);
        return Open(path, format: null);
    }

    /// <summary>Opens a file by its path.</summary>
    /// <param name="path">A file that exists.</param>
    /// <param name="format">What it is, whatever its extension says; null: what its contents say.</param>
    /// <exception cref="SpreadsheetException">It cannot be read as a roster.</exception>
    public static Spreadsheet Open(string path, SpreadsheetFormat? format)
    {
        var file = OpenFile(path);
        try
        {
            return Open(file, format ?? FileContents.FormatOf(file, path)).Owning(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SpreadsheetException(
                SpreadsheetFault.Unreadable,
                File.Exists(path) ? $"不能读取名册文件 {path}。" : $"没有名册文件 {path}。",
                unreadable
            );
        }
    }

    /// <summary>Opens a stream: text from its present position, a workbook from its start.</summary>
    /// <param name="stream">
    /// Must be able to seek: text is read twice, once to prove its encoding, and a workbook has its contents at the
    /// end. It stays open, and belongs to the roster until that is disposed of.
    /// </param>
    /// <param name="format">What it is.</param>
    /// <exception cref="SpreadsheetException">It cannot be read as a roster.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static Spreadsheet Open(Stream stream, SpreadsheetFormat format)
    {
        if (!stream.CanSeek)
            throw new ArgumentException("A roster is read from a stream that can seek.", nameof(stream));
        return format == SpreadsheetFormat.Ndjson
            ? NdjsonSpreadsheet.Open(stream)
            : HeaderedSheet.Read(OpenBook(stream, format));
    }

    /// <summary>Opens CSV or a workbook without a word on its columns.</summary>
    internal static SheetBook OpenBook(Stream stream, SpreadsheetFormat format) =>
        format switch
        {
            SpreadsheetFormat.Csv => CsvSpreadsheet.Open(stream),
            SpreadsheetFormat.Xlsx => XlsSpreadsheet.Is(stream)
                ? XlsSpreadsheet.Open(stream)
                : XlsxSpreadsheet.Open(stream),
            SpreadsheetFormat.Ndjson => throw new ArgumentException("NDJSON is no sheet.", nameof(format)),
        };

    /// <summary>
    /// Refuses a cell that is longer than Excel's can be, before anybody looks at its text: a workbook may refer to one
    /// long text from every cell.
    /// </summary>
    /// <param name="text">The cell's text.</param>
    /// <param name="row">From 1.</param>
    /// <param name="column">As the user's editor calls it.</param>
    internal static void CheckLength(string? text, int row, string column)
    {
        if (text?.Length > XlsxSpreadsheetWriter.MostText)
            throw new SpreadsheetException(
                SpreadsheetFault.TooLarge,
                $"第 {row} 行 {column}的文字超过 {XlsxSpreadsheetWriter.MostText} 字，请删短后再试。"
            );
    }
}
