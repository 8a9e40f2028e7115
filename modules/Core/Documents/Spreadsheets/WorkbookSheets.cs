using System.Globalization;
using ExcelDataReader;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>The sheets of a workbook of either format, as ExcelDataReader gives them.</summary>
/// <remarks>
/// Formulas give the value that was saved with them. A cell that a merged one covers is a row's fault, not a blank:
/// only the first cell of the merged range holds the text that the user sees in all of them.
/// </remarks>
internal static class WorkbookSheets
{
    /// <summary>The days from 1900's first to 1904's, as spreadsheets count them.</summary>
    public const int Until1904 = 1462;

    /// <summary>A double holds no more digits than this for certain, and a spreadsheet keeps no more.</summary>
    private const int MostDigits = 15;

    /// <summary>The sheets, one after the other.</summary>
    /// <param name="reader">At its first sheet.</param>
    /// <param name="errorsOf">The cells of a sheet that hold an error, by its name and its place.</param>
    /// <param name="shift">How many days its dates are told too early.</param>
    public static IEnumerable<BookSheet> Read(
        IExcelDataReader reader,
        Func<string, int, ISheetErrors> errorsOf,
        int shift = 0
    )
    {
        var line = new Line(XlsxSpreadsheet.Column);
        var place = 0;
        do
        {
            var (name, isHidden) = (reader.Name, reader.VisibleState is not (null or "visible"));
            yield return new(name, isHidden, Lines(reader, line, isHidden, errorsOf, place++, shift));
        } while (Move(reader, _ => reader.NextResult(), row: 1));
    }

    private static IEnumerable<Line> Lines(
        IExcelDataReader reader,
        Line line,
        bool isHidden,
        Func<string, int, ISheetErrors> errorsOf,
        int place,
        int shift
    )
    {
        if (reader.FieldCount > XlsxSpreadsheet.MostColumns && !isHidden)
            throw new SpreadsheetException(
                SpreadsheetFault.TooLarge,
                $"工作表「{reader.Name}」有 {reader.FieldCount} 列，多半是远处有只带格式的空单元格；"
                    + $"请删去 {XlsxSpreadsheet.Letters(XlsxSpreadsheet.MostColumns)} 列之后的列再试。"
            );
        var merged = new Merged(reader.MergeCells ?? []);
        using var errors = errorsOf(reader.Name, place);
        for (var row = 1; Move(reader, r => reader.Read() && Fill(line, r, reader, errors, shift), row); row++)
        {
            if (row > XlsxSpreadsheet.MostRows)
                throw new SpreadsheetException(
                    SpreadsheetFault.TooLarge,
                    $"工作表「{reader.Name}」超过 {XlsxSpreadsheet.MostRows} 行。"
                );
            (line.Cover, line.CoveredFrom) = merged.Fault(row, line.Cells.Count);
            yield return line;
        }
    }

    private static bool Move(IExcelDataReader reader, Func<int, bool> move, int row)
    {
        try
        {
            return move(row);
        }
        catch (Exception e) when (XlsxSpreadsheet.IsDamage(e))
        {
            throw new SpreadsheetException(
                SpreadsheetFault.Malformed,
                $"工作表「{reader.Name}」第 {row} 行附近已损坏，请在 Excel 或 WPS 中打开后另存再试。",
                e
            );
        }
    }

    private static bool Fill(Line line, int row, IExcelDataReader reader, ISheetErrors errors, int shift)
    {
        line.Start(row);
        line.IsHidden = reader.RowHeight == 0;
        foreach (var (column, error) in errors.In(row))
            line.Refuse(column, $"错误值 {error}");
        for (var i = 0; i < Math.Min(reader.FieldCount, XlsxSpreadsheet.MostColumns); i++)
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
                    line.Add(Text(time.AddDays(shift)), SpreadsheetCellKind.Text, isDay: true);
                    break;
                case TimeSpan span:
                    line.Add(span.ToString("c", CultureInfo.InvariantCulture), SpreadsheetCellKind.Text, isDay: true);
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

    /// <summary>The merged cells of a sheet, asked from the first row to the last.</summary>
    private sealed class Merged(CellRange[] ranges)
    {
        private readonly ILookup<int, CellRange> byFirstRow = ranges.ToLookup(range => range.FromRow + 1);
        private readonly Dictionary<int, (int Last, int From)> covers = [];

        /// <summary>
        /// Names a column that is covered by a merged cell in this row, and the row in which that begins; null if there
        /// is none.
        /// </summary>
        public (string? Fault, int From) Fault(int row, int columns)
        {
            var (covered, from) = (-1, 0);
            foreach (var (column, (last, first)) in covers)
                if (last >= row && (covered < 0 || column < covered))
                    (covered, from) = (column, first);
            foreach (var range in byFirstRow[row])
            {
                if (covered < 0 && range.ToColumn > range.FromColumn)
                    (covered, from) = (range.FromColumn + 1, row);
                for (var column = range.FromColumn; column <= Math.Min(range.ToColumn, columns - 1); column++)
                    if (covers.GetValueOrDefault(column).Last < range.ToRow + 1)
                        covers[column] = (range.ToRow + 1, row);
            }
            return covered < 0
                ? (null, 0)
                : ($"{XlsxSpreadsheet.Letters(covered)} 列是合并单元格，请取消合并，每行各填一次。", from);
        }
    }
}
