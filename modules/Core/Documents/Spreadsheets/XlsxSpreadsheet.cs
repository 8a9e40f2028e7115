using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>Reads the first visible sheet that has content, by ExcelDataReader.</summary>
/// <remarks>
/// Formulas give the value that was saved with them. A cell that a merged one covers is a row's fault, not a blank:
/// only the first cell of the merged range holds the text that the user sees in all of them.
/// </remarks>
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

    /// <summary>A double holds no more digits than this for certain, and a spreadsheet keeps no more.</summary>
    private const int MostDigits = 15;

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

    private const string Damaged = "文件不是 .xlsx 工作簿，或已损坏，请在 Excel 或 WPS 中打开后另存为 .xlsx 再试。";

    public static SheetLines Open(Stream stream)
    {
        stream.Position = 0;
        var zip = Checked(stream);
        stream.Position = 0;
        // ExcelDataReader asks for code page 1252 before it knows that a workbook needs none
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var reader = Guard(() =>
            ExcelReaderFactory.CreateOpenXmlReader(stream, new ExcelReaderConfiguration { LeaveOpen = true })
        );
        List<string> unread = [];
        return new(Lines(reader, zip, unread), Column, reader) { UnreadSheets = unread };
    }

    /// <summary>A, B, … Z, AA: what a spreadsheet calls the n-th column, from 0.</summary>
    public static string Letters(int column) =>
        column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    private static string Column(int column) => $"{Letters(column)} 列";

    private static ZipArchive Checked(Stream stream)
    {
        Span<byte> first = stackalloc byte[4];
        var count = stream.ReadAtLeast(first, 4, throwOnEndOfStream: false);
        if (count == 0)
            throw new SpreadsheetException(SpreadsheetFault.Empty, "文件是空的，没有任何内容。");
        // a compound file: an old .xls, or an encrypted workbook
        if (first.SequenceEqual((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new SpreadsheetException(
                SpreadsheetFault.NotASpreadsheet,
                "文件是旧版 .xls 或加了密码的工作簿，请去掉密码、另存为 .xlsx 再试。"
            );
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
            throw new SpreadsheetException(SpreadsheetFault.NotASpreadsheet, Damaged);
    }

    private static IEnumerable<Line> Lines(IExcelDataReader reader, ZipArchive zip, List<string> unread)
    {
        var line = new Line(Column);
        var found = false;
        do
        {
            if (reader.VisibleState is not (null or "visible"))
                continue;
            if (reader.FieldCount > MostColumns)
                throw new SpreadsheetException(
                    SpreadsheetFault.TooLarge,
                    $"工作表「{reader.Name}」有 {reader.FieldCount} 列，多半是远处有只带格式的空单元格；请删去 {Letters(MostColumns)} 列之后的列再试。"
                );
            var merged = new Merged(reader.MergeCells ?? []);
            using var errors = Guard(() => new SheetErrors(zip, reader.Name));
            Func<int, bool> next = row => reader.Read() && Fill(line, row, reader, errors);
            for (var row = 1; Move(reader, next, row); row++)
            {
                if (row > MostRows)
                    throw new SpreadsheetException(
                        SpreadsheetFault.TooLarge,
                        $"工作表「{reader.Name}」超过 {MostRows} 行。"
                    );
                var cover = merged.Fault(row, line.Cells.Count);
                if (line.Width > 0)
                    line.Fault ??= cover;
                found |= !line.IsBlank;
                yield return line;
            }
        } while (!found && Move(reader, _ => reader.NextResult(), row: 1));
        while (Move(reader, _ => reader.NextResult(), row: 1))
        {
            if (reader.VisibleState is null or "visible" && reader.FieldCount > 0)
                unread.Add(reader.Name);
        }
    }

    private static bool Move(IExcelDataReader reader, Func<int, bool> move, int row)
    {
        try
        {
            return move(row);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new SpreadsheetException(
                SpreadsheetFault.Malformed,
                $"工作表「{reader.Name}」第 {row} 行附近已损坏，请在 Excel 或 WPS 中打开后另存再试。",
                e
            );
        }
    }

    private static bool Fill(Line line, int row, IExcelDataReader reader, SheetErrors errors)
    {
        line.Start(row);
        line.Fault = errors.Fault(row);
        for (var i = 0; i < reader.FieldCount; i++)
        {
            switch (reader.GetValue(i))
            {
                case null:
                    line.Add(null, SpreadsheetCellKind.Blank);
                    break;
                case string text:
                    line.Add(text, SpreadsheetCellKind.Text);
                    break;
                case bool truth:
                    line.Add(truth ? "true" : "false", SpreadsheetCellKind.Boolean);
                    break;
                case DateTime time:
                    line.Add(Text(time), SpreadsheetCellKind.Text);
                    break;
                case TimeSpan span:
                    line.Add(span.ToString("c", CultureInfo.InvariantCulture), SpreadsheetCellKind.Text);
                    break;
                case IConvertible number:
                    var value = number.ToDouble(CultureInfo.InvariantCulture);
                    line.Add(Text(value), SpreadsheetCellKind.Number);
                    if (Math.Abs(value) >= 1e15)
                        line.Refuse(i, $"超过 {MostDigits} 位的数字，末尾几位已丢失；请把该列设为文本格式后重新填写");
                    break;
            }
        }
        return true;
    }

    /// <summary>15 significant digits, as a spreadsheet shows them: 0.30000000000000004 is 0.3.</summary>
    private static string Text(double value) =>
        value.ToString("0.##############################", CultureInfo.InvariantCulture);

    private static string Text(DateTime time) =>
        time.ToString(
            time.TimeOfDay == default ? "yyyy-MM-dd"
                : time.Year < 1900 ? "HH:mm:ss"
                : "yyyy-MM-dd HH:mm:ss",
            CultureInfo.InvariantCulture
        );

    private static T Guard<T>(Func<T> read)
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
    private static bool IsDamage(Exception e) =>
        e
            is not (
                OutOfMemoryException
                or ObjectDisposedException
                or OperationCanceledException
                or SpreadsheetException
            );

    /// <summary>The merged cells of a sheet, asked from the first row to the last.</summary>
    private sealed class Merged(CellRange[] ranges)
    {
        private readonly ILookup<int, CellRange> byFirstRow = ranges.ToLookup(range => range.FromRow + 1);
        private readonly Dictionary<int, int> lastRow = [];

        /// <summary>Names a column that is covered by a merged cell in this row; null if there is none.</summary>
        public string? Fault(int row, int columns)
        {
            var covered = lastRow
                .Where(entry => entry.Value >= row)
                .Select(entry => entry.Key)
                .DefaultIfEmpty(-1)
                .Min();
            foreach (var range in byFirstRow[row])
            {
                if (covered < 0 && range.ToColumn > range.FromColumn)
                    covered = range.FromColumn + 1;
                for (var column = range.FromColumn; column <= Math.Min(range.ToColumn, columns - 1); column++)
                    lastRow[column] = Math.Max(lastRow.GetValueOrDefault(column), range.ToRow + 1);
            }
            return covered < 0 ? null : $"{Letters(covered)} 列是合并单元格，请取消合并，每行各填一次。";
        }
    }
}
