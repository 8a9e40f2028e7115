using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EduAssist.OData;

/// <summary>
/// The lists behind <c>in</c>. ODataLib reads them as JSON, in which a day is no value, an empty text breaks the list,
/// and a backslash begins an escape. So days are put in quotes, and a text that is more than a word is kept here and
/// stands in the list by its number.
/// </summary>
/// <param name="days">
/// Whether instants of midnight are written as their days, as where a day is compared with one.
/// </param>
internal sealed partial class InLists(bool days = false)
{
    private readonly List<string> kept = [];

    /// <summary>Whether there is an instant in a list that can be a day.</summary>
    internal bool HasMidnights { get; private set; }

    /// <summary>An option as ODataLib can read it.</summary>
    internal string Readable(string option)
    {
        if (!option.Contains("in", StringComparison.Ordinal))
            return option;
        var readable = new StringBuilder();
        var isList = false;
        foreach (Match token in Tokens().Matches(option))
        {
            isList = token.Groups["list"].Success || (isList && token.Value != ")");
            readable.Append(
                !isList ? token.Value
                : token.Groups["moment"].Success ? $"'{Moment(token.Value)}'"
                : token.Groups["text"].Success ? Kept(token.Value)
                : token.Value
            );
        }

        return readable.ToString();
    }

    /// <summary>The text that stands in a list.</summary>
    internal string Text(string listed) =>
        listed.StartsWith(':')
        && int.TryParse(listed.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < kept.Count
            ? kept[number]
            : listed;

    private string Moment(string moment)
    {
        if (
            !moment.Contains('T', StringComparison.Ordinal)
            || !DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, out var instant)
            || Resolver.DayOf(instant) is not { } day
        )
            return moment;
        HasMidnights = true;
        return days ? $"{day:yyyy-MM-dd}" : moment;
    }

    private string Kept(string literal)
    {
        if (Word().IsMatch(literal))
            return literal;
        kept.Add(literal[1..^1].Replace("''", "'", StringComparison.Ordinal));
        return $"':{kept.Count - 1}'";
    }

    [GeneratedRegex(
        @"(?<text>'(?:[^']|'')*')|(?<list>\sin\s*\()|(?<moment>\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?)|.",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Tokens();

    [GeneratedRegex(
        @"^'([A-Za-z0-9]+|\d{4}-\d{2}-\d{2})'$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Word();
}
