using System.Text;

namespace EduAssist.Kernel.Calendar;

/// <summary>What is wrong with a file of holidays, and where.</summary>
/// <param name="Row">The line of the file, the header is line 1; null when it is the file as a whole.</param>
/// <param name="Column">The column's name; null when it is the whole row.</param>
/// <param name="Message">In Chinese, for the person who wrote the file.</param>
public sealed record HolidayFault(int? Row, string? Column, string Message)
{
    /// <summary>One line: where, then what.</summary>
    public override string ToString() =>
        $"{(Row is { } row ? $"第{row}行" : "文件")}{(Column is null ? "" : $" {Column} 列")}：{Message}";
}

/// <summary>
/// The file of one year's holidays that <c>holidays load FILE</c> takes: UTF-8 CSV with the columns
/// <c>date,name,kind,notice</c>, one row for each day that the notice names, more columns are passed over. <c>date</c>
/// is yyyy-MM-dd, <c>kind</c> is <c>off</c> or <c>work</c>, <c>notice</c> the title or number of the notice (after an
/// amendment, of the one that settled the day). All dates are of one year, but for New Year's days in the last ten days
/// of the December before.
/// </summary>
/// <param name="Published">The year's holidays; null when there is any fault.</param>
/// <param name="Faults">Every fault, in the order of the rows; those of the whole file come last.</param>
public sealed record HolidayFile(HolidayYear? Published, IReadOnlyList<HolidayFault> Faults)
{
    /// <summary>Reads a file; one that is not there, or not UTF-8, is a fault too.</summary>
    public static HolidayFile Read(string path) => Open(path, Read, fault => new(null, [fault]));

    /// <summary>Reads a file by a reader; one that is not there, or not UTF-8, is a fault.</summary>
    internal static T Open<T>(string path, Func<TextReader, T> read, Func<HolidayFault, T> faulty)
    {
        try
        {
            using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return read(reader);
        }
        catch (DecoderFallbackException)
        {
            return faulty(new(null, null, "不是 UTF-8 编码；请另存为“CSV UTF-8”"));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return faulty(new(null, null, $"不能读取“{path}”"));
        }
    }

    /// <summary>Reads the text of a file.</summary>
    public static HolidayFile Read(TextReader text) => HolidayRows.File(text);
}
