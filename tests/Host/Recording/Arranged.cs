using System.Text.RegularExpressions;

namespace EduAssist.Host.Recording;

/// <summary>
/// Rows that come in the order of their ids: those of the demo were made in one instant, so that nobody knows their order. They are put in the order
/// of what they say; the numbers in front of them stay.
/// </summary>
internal static partial class Arranged
{
    /// <summary>Lines of a list.</summary>
    internal static string Rows(string text)
    {
        var lines = text.Split('\n');
        var rows = lines.Select((l, at) => (Found: Row().Match(l), at)).Where(l => l.Found.Success).ToList();
        foreach (var (row, rest) in rows.Zip(rows.Select(r => r.Found.Groups[2].Value).Order(StringComparer.Ordinal))) lines[row.at] = row.Found.Groups[1].Value + rest;
        return string.Join('\n', lines);
    }

    /// <summary>Those who are on record and not in a list that was brought in.</summary>
    internal static string Missing(string text) => NotInList().Replace(text, found =>
        $"{found.Groups[1].Value}{string.Join(",\n", Element().Matches(found.Groups[2].Value).Select(e => e.Value).Order(StringComparer.Ordinal))}{found.Groups[3].Value}");

    /// <summary>A number or a column with one, then what the row says; or an object on a line.</summary>
    [GeneratedRegex(@"^((?:A:)?\d+(?= ¦|,)|(?=\{))(.*)$")]
    private static partial Regex Row();

    [GeneratedRegex(@"(""notInList"": \[\n)(.*?)(\n  \])", RegexOptions.Singleline)]
    private static partial Regex NotInList();

    [GeneratedRegex(@"    \{.*?\n    \}", RegexOptions.Singleline)]
    private static partial Regex Element();
}
