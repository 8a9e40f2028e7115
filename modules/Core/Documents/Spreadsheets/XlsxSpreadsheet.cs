using System.IO.Compression;
using System.Text;
using ExcelDataReader;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>Reads workbooks of Office Open XML, by ExcelDataReader, once they have proved to be harmless.</summary>
internal static class XlsxSpreadsheet
{
    /// <summary>The largest workbook, in bytes uncompressed.</summary>
    public const long MostBytes = 1L << 30;

    /// <summary>The largest table of shared texts, in bytes uncompressed; all of it is held in memory.</summary>
    public const long MostSharedBytes = 256L << 20;

    /// <summary>
    /// The greatest ratio of content to compressed size of a part: more is a zip bomb. A roster of nothing but 是
    /// reaches 15. Asked only of parts of more than <see cref="RatioFrom"/> bytes: a small one does no harm.
    /// </summary>
    public const int MostRatio = 200;

    /// <summary>From how many bytes on, uncompressed, a part is asked for its <see cref="MostRatio"/>.</summary>
    public const long RatioFrom = 1L << 20;

    /// <summary>The last row of a sheet (ISO/IEC 29500-1, 18.3.1.73 as Excel limits it).</summary>
    public const int MostRows = 1 << 20;

    /// <summary>
    /// More columns than a roster has: a cell with nothing but a format, far to the right, makes every row as wide.
    /// </summary>
    public const int MostColumns = 300;

    /// <summary>What a spreadsheet may show for a value that it could not compute.</summary>
    public static HashSet<string> Errors { get; } =
    [
        "#N/A",
        "#DIV/0!",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#UNKNOWN!",
        "#CONNECT!",
    ];

    internal const string Damaged = "文件不是 .xlsx 工作簿，或已损坏，请在 Excel 或 WPS 中打开后另存为 .xlsx 再试。";

    public static SheetBook Open(Stream stream)
    {
        stream.Position = 0;
        var zip = Checked(stream);
        stream.Position = 0;
        // ExcelDataReader asks for code page 1252 before it knows that a workbook needs none
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var reader = Guard(() =>
            ExcelReaderFactory.CreateOpenXmlReader(stream, new ExcelReaderConfiguration { LeaveOpen = true })
        );
        var date1904 = Guard(() => SheetErrors.Date1904(zip));
        // ExcelDataReader knows the flag as 1 only: told as true, it would give every day four years early
        var shift = date1904 is "true" ? WorkbookSheets.Until1904 : 0;
        return new(
            WorkbookSheets.Read(reader, (name, _) => Guard(() => new SheetErrors(zip, name)), shift),
            Column,
            reader
        )
        {
            IsWorkbook = true,
            DaysFrom1900 = date1904 is "true" or "1" ? WorkbookSheets.Until1904 : 0,
        };
    }

    /// <summary>A, B, … Z, AA: what a spreadsheet calls the n-th column, from 0.</summary>
    public static string Letters(int column) =>
        column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    internal static string Column(int column) => $"{Letters(column)} 列";

    private static ZipArchive Checked(Stream stream)
    {
        Span<byte> first = stackalloc byte[4];
        var count = stream.ReadAtLeast(first, 4, throwOnEndOfStream: false);
        if (count == 0)
            throw new SpreadsheetException(SpreadsheetFault.Empty, "文件是空的，没有任何内容。");
        // not disposed of: it holds nothing but the stream, which stays open
        var zip = Guard(() => new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true));
        CheckSizes(Guard(() => zip.Entries));
        return zip;
    }

    /// <summary>
    /// Checks the sizes that the archive declares. They can be relied on: the framework never inflates an entry beyond
    /// its declared size.
    /// </summary>
    private static void CheckSizes(IReadOnlyList<ZipArchiveEntry> entries)
    {
        long bytes = 0;
        foreach (var entry in entries)
        {
            bytes += entry.Length;
            if (bytes is < 0 or > MostBytes || (entry.Name == "sharedStrings.xml" && entry.Length > MostSharedBytes))
                throw new SpreadsheetException(
                    SpreadsheetFault.TooLarge,
                    $"工作簿解压后超过 {MostBytes >> 30} GB（或其中文字超过 {MostSharedBytes >> 20} MB），请拆分后再试。"
                );
            // each by itself: another beside it that does not shrink would make the ratio of the whole harmless
            if (entry.Length > RatioFrom && entry.Length / MostRatio > entry.CompressedLength)
                throw new SpreadsheetException(
                    SpreadsheetFault.TooLarge,
                    $"工作簿的压缩比超过 {MostRatio}，不像正常的名册，已拒绝读取。"
                );
        }
        if (!entries.Any(entry => entry.Name == "workbook.xml"))
            throw FileContents.Named(entries) ?? new SpreadsheetException(SpreadsheetFault.NotASpreadsheet, Damaged);
    }

    internal static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new SpreadsheetException(SpreadsheetFault.NotASpreadsheet, Damaged, e);
        }
    }

    /// <summary>
    /// Whether an exception means that the workbook is damaged. The libraries throw anything on a broken file, so all
    /// but these count.
    /// </summary>
    internal static bool IsDamage(Exception e) =>
        e
            is not (
                OutOfMemoryException
                or ObjectDisposedException
                or OperationCanceledException
                or SpreadsheetException
            );
}
