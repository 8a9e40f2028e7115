using System.Globalization;
using System.Text.RegularExpressions;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Documents.Forms;

/// <summary>
/// What spreadsheet programs leave behind in a text: wrappings that keep a number whole, which come off; and values
/// that are no longer what was entered, which are refused by their name.
/// </summary>
internal static partial class SpreadsheetTraces
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const string Remedy = "请把该列设为文本格式后重新填写";

    /// <summary>A number that a cell holds although it is not computed with: its last digits are gone.</summary>
    internal const string LostDigits = $"是数字格式，末尾几位已丢失；{Remedy}";

    /// <summary>The text without the wrapping that kept it a text: ="2026…", '2026….</summary>
    internal static string Unwrapped(string text)
    {
        if (text is ['=', '"', .. var inner, '"'])
            text = inner.Replace("\"\"", "\"", StringComparison.Ordinal);
        return text.TrimStart('\'', '\u2018', '\u2019', '＇', '`');
    }

    /// <summary>Why a text cannot be what was entered, in Chinese; null: it can.</summary>
    internal static string? FaultOf(FormField field, string text) =>
        text[0] == '#' && XlsxSpreadsheet.Errors.Contains(text.ToUpperInvariant()) ? Error($"错误值 {text}")
        : !field.IsNumberAsText ? null
        : Scientific().IsMatch(text) ? $"是科学计数法，末尾几位已丢失；{Remedy}"
        : Float().IsMatch(text) ? $"带小数点，是被当作数值了；{Remedy}"
        : null;

    /// <summary>What is said of a value that could not be computed.</summary>
    internal static string Error(string error) => $"是表格软件的{error}；请改正公式，或者直接填写内容";

    /// <summary>The number of a day as it is since 1900.</summary>
    /// <param name="text">A number.</param>
    /// <param name="days">How many days the workbook counts less.</param>
    internal static string Serial(string text, int days) =>
        days > 0 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            ? (day + days).ToString(CultureInfo.InvariantCulture)
            : text;

    /// <summary>Why a cell of a spreadsheet cannot be what was entered, in Chinese; null: it can.</summary>
    internal static string? FaultOf(FormField field, LineCell cell) =>
        cell.Kind == SpreadsheetCellKind.Number && field.Kind == FieldKind.ResidentId ? LostDigits
        : cell.IsDay && field.IsNumberAsText ? $"是日期格式，不是号码；{Remedy}"
        : field.Kind != FieldKind.Text || field.IsTextNumber ? null
        : cell.IsDay && !field.MayBeDay ? $"是日期格式（{cell.Text}），这一栏应为文字；{Remedy}"
        : cell.Kind == SpreadsheetCellKind.Number && cell.Text!.Contains('.')
            ? $"是小数（{cell.Text}），这一栏应为文字；{Remedy}"
        : null;

    /// <summary>
    /// As spreadsheets print it, with a sign or a fraction: 2020E001 is what some school calls a student.
    /// </summary>
    [GeneratedRegex(@"^[+-]?(\d+\.\d+[eEＥｅ][+-]?|\d[eEＥｅ][+-])\d+$", Options, 1000)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"^\d+\.\d+$", Options, 1000)]
    private static partial Regex Float();
}
