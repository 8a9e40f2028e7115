using System.Text.RegularExpressions;

namespace EduAssist.Data.Privacy;

/// <summary>Takes personal data out of texts that are kept or passed on: log entries and refusals.</summary>
public static partial class LogRedactor
{
    private const string Left = "…";

    /// <summary>A text without what looks like a number of a person: IDs, student numbers, telephones.</summary>
    public static string Numbers(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Number().Replace(text, Left);
    }

    /// <summary>
    /// A text without numbers of persons, and without words of the address that are not ASCII: they may be the name
    /// that somebody searched for. Codes of the program are ASCII and stay.
    /// </summary>
    /// <param name="text">What is to be told.</param>
    /// <param name="address">The path and the query that were asked for, as they came.</param>
    public static string Text(string text, string address)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(address);
        return Numbers(
            Word()
                .Matches(Uri.UnescapeDataString(address))
                .Select(w => w.Value)
                .Aggregate(text, (told, word) => told.Replace(word, Left, StringComparison.Ordinal))
        );
    }

    [GeneratedRegex(
        @"(?<![0-9A-Za-z\-])[GJLgjl]?\d{11,}[Xx]?(?![0-9A-Za-z\-])",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Number();

    [GeneratedRegex(@"[^\x00-\x7F]{2,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
