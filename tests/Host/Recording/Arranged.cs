using System.Text.RegularExpressions;

namespace EduAssist.Host.Recording;

/// <summary>
/// Rows that come in the order of their ids: those of the demo were made in one instant, so that nobody knows their
/// order. They are put in the order
/// of what they say; the numbers in front of them stay.
/// </summary>
internal static partial class Arranged
{
    /// <summary>Lines of a list.</summary>
    internal static string Rows(string text)
    {
        var lines = text.Split('\n');
        var rows = lines.Select((l, at) => (Found: Row().Match(l), at)).Where(l => l.Found.Success).ToList();
        var says = rows.Select(r => r.Found.Groups["says"].Value).Order(StringComparer.Ordinal);
        foreach (var (row, rest) in rows.Zip(says))
            lines[row.at] = row.Found.Groups["number"].Value + rest;
        return string.Join('\n', lines);
    }

    /// <summary>Those who are on record and not in a list that was brought in.</summary>
    internal static string Missing(string text) =>
        NotInList()
            .Replace(text, found =>
            {
                var elements = Element()
                    .Matches(found.Groups["all"].Value)
                    .Select(e => e.Value)
                    .Order(StringComparer.Ordinal);
                return $"{found.Groups["begin"].Value}{string.Join(",\n", elements)}{found.Groups["end"].Value}";
            });

    /// <summary>A number or a column with one, then what the row says; or an object on a line.</summary>
    [GeneratedRegex(@"^(?<number>(?:A:)?\d+(?= ¦|,)|(?=\{))(?<says>.*)$")]
    private static partial Regex Row();

    [GeneratedRegex(
        "(?<begin>\"notInList\": ?\\[\n)(?<all>.*?)(?<end>\n +\\])",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex NotInList();

    /// <summary>On several lines, or on one.</summary>
    [GeneratedRegex("    \\{\n.*?\n    \\}|  \\{[^\n]*\\}", RegexOptions.Singleline)]
    private static partial Regex Element();
}
