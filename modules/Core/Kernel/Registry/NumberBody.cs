using System.Globalization;

namespace EduAssist.Kernel.Registry;

/// <summary>
/// The 18 characters that resident IDs and student numbers share: division 6, birth date 8, sequence 3, check 1.
/// </summary>
internal static class NumberBody
{
    internal const int Length = 18;

    internal static DivisionCode DivisionOf(ReadOnlySpan<char> body) =>
        DivisionCode.TryParse(body[..6], out var code) ? code : default;

    internal static DateOnly? BirthDateOf(ReadOnlySpan<char> body) =>
        DateOnly.TryParseExact(body[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var birth)
            ? birth : null;

    /// <summary>The first fault, or null. Without a register or a day, what needs them is not asked.</summary>
    internal static NumberFault? FaultOf(ReadOnlySpan<char> body, bool hasCheck, Divisions? register, DateOnly? today)
    {
        if (body.Length != Length || body[..17].ContainsAnyExceptInRange('0', '9')
            || !(char.IsAsciiDigit(body[17]) || (hasCheck && body[17] == 'X')))
            return NumberFault.Form;
        if (BirthDateOf(body) is not { } birth)
            return NumberFault.Date;
        if (birth > today)
            return NumberFault.Future;
        if (hasCheck && CheckCharacter.Compute(body[..17]) != body[17])
            return NumberFault.Check;
        if (DivisionOf(body) is var division
            && (division == default || register?.Standing(division) == DivisionStanding.NeverExisted))
            return NumberFault.Division;
        return null;
    }

    /// <summary>
    /// Full-width forms made ASCII, letters made capital; blanks and hyphens of every sort taken out.
    /// </summary>
    internal static string Cleaned(string text) => string.Concat(
        from c in text
        let narrow = c is >= '！' and <= '～' ? (char)(c - '！' + '!') : c
        where !char.IsWhiteSpace(narrow)
            && char.GetUnicodeCategory(narrow) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.Format)
            && narrow != '\u2212'
        select char.ToUpperInvariant(narrow));

    /// <summary>
    /// The number that a school gives (学籍辅号、学号): as <see cref="Cleaned"/>, but with its hyphens, of one sort, since
    /// 1-23 and 12-3 are two numbers.
    /// </summary>
    internal static string OfSchool(string text) => string.Concat(
        text.Select(c => char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation || c == '\u2212' ? "-"
            : Cleaned(c.ToString())));

    /// <summary>
    /// The first and last characters, as many as are given, and stars between: enough to tell two apart on a screen.
    /// </summary>
    internal static string Masked(string value, int head, int tail) =>
        value.Length <= head + tail ? new('*', value.Length)
            : value[..head] + new string('*', value.Length - head - tail) + value[^tail..];
}
