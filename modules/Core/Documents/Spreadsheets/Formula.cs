namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// Keeps a spreadsheet program from taking a CSV cell for a formula (CWE-1236), in a way that can be taken back.
/// </summary>
internal static class Formula
{
    // The wide ones are formulas too in programs set to Chinese or Japanese.
    private const string Starts = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>Puts an apostrophe before what a program might compute. A plain negative number stays.</summary>
    public static string Disarm(string text) =>
        Starts.Contains(First(text)) && !IsNegativeNumber(text) ? "'" + text : text;

    /// <summary>The text that <see cref="Disarm"/> was given.</summary>
    public static string Restore(string text) =>
        text.StartsWith('\'') && Starts.Contains(First(text)) ? text[1..] : text;

    /// <summary>
    /// What comes after the apostrophes: a text that has one already gets another, so that none is lost.
    /// </summary>
    private static char First(string text)
    {
        foreach (var c in text)
            if (c != '\'')
                return c;
        return '\'';
    }

    private static bool IsNegativeNumber(string text)
    {
        var digits = text.AsSpan(1);
        var point = digits.IndexOf('.');
        return text[0] == '-'
            && (point < 0 ? IsDigits(digits) : IsDigits(digits[..point]) && IsDigits(digits[(point + 1)..]));
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
