using System.Globalization;
using System.Text.RegularExpressions;

namespace EduAssist.Host.Recording;

/// <summary>
/// Words for what differs between two runs: ids, times of the day, traces, secrets. The same id has the same word
/// throughout a file, so that what
/// refers to what is still compared. Rows of the demo have the name of their set and their place in its natural order;
/// every other id a number,
/// counted from its first appearance.
/// </summary>
internal sealed partial class Placeholders(DateOnly first)
{
    private readonly Dictionary<Guid, string> known = [];
    private readonly Dictionary<string, string> seen = [];
    private readonly HashSet<string> days = [$"{first:yyyy-MM-dd}"];

    /// <summary>A row of the demo, which has its word in every file.</summary>
    internal void Name(Guid id, string word) => known.TryAdd(id, word);

    /// <summary>The next file counts anew.</summary>
    internal void Begin() => seen.Clear();

    /// <summary>The server stands on another day, too.</summary>
    internal void Turn(DateOnly day) => days.Add($"{day:yyyy-MM-dd}");

    internal string Stable(string text)
    {
        text = Server().Replace(text, "‹server›");
        text = Trace().Replace(text, "‹trace›");
        text = Secret().Replace(text, "$1‹secret›");
        text = Codes().Replace(text, "$1‹codes›]");
        text = Protected().Replace(text, "‹protected›");
        text = Place().Replace(text, "${name}‹place›");
        text = Database().Replace(text, "‹database›");
        text = RowTag().Replace(text, "W/\"‹row›\"");
        text = Id()
            .Replace(text, found =>
                Guid.TryParse(found.Value, out var id)
                    ? known.GetValueOrDefault(id) ?? Word(id.ToString("n"))
                    : found.Value
            );
        text = Stamp().Replace(text, "DTSTAMP:‹now›");
        text = Instant().Replace(text, Moment);
        return Minute()
            .Replace(text, found =>
                days.Contains(found.Groups[1].Value) ? $"{found.Groups[1].Value} ‹time›" : found.Value
            );
    }

    /// <summary>The demo took its steps at nine in the morning; everything else is done when the test runs.</summary>
    private string Moment(Match found)
    {
        var at = DateTimeOffset
            .ParseExact(found.Value, "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)
            .ToOffset(TimeSpan.FromHours(8));
        var day = $"{at:yyyy-MM-dd}";
        return at.TimeOfDay == TimeSpan.FromHours(9) && !days.Contains(day)
            ? found.Value
            : $"{day}T‹time›{found.Groups[1].Value}";
    }

    private string Word(string what)
    {
        if (!seen.TryGetValue(what, out var word))
            seen[what] = word = $"‹id {seen.Count + 1}›";
        return word;
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Server();

    [GeneratedRegex("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")]
    private static partial Regex Trace();

    [GeneratedRegex(@"(?<![0-9a-zA-Z])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-zA-Z])")]
    private static partial Regex Id();

    /// <summary>Members of JSON, of requests and answers, that hold a secret made by the server.</summary>
    [GeneratedRegex(
        """("(?:accessToken|refreshToken|password|newPassword|key|uri|value|code)":\s?")"""
            + """(?!demo-|000000)[0-9A-Za-z_\-+/=:%?&.@\\]{6,}(?=")"""
    )]
    private static partial Regex Secret();

    [GeneratedRegex("""("codes":\[)[^\]]*\]""")]
    private static partial Regex Codes();

    /// <summary>What the server has encrypted for itself: tokens against forgery, addresses of calendars.</summary>
    [GeneratedRegex(@"CfDJ8[0-9A-Za-z_\-]+")]
    private static partial Regex Protected();

    /// <summary>Where the next page begins, signed.</summary>
    [GeneratedRegex("""(?<name>skiptoken=)(?!x)[^"&\s]+""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Place();

    /// <summary>Made of all that a row says, ids among it.</summary>
    [GeneratedRegex("W/\"[0-9a-f]{24}\"")]
    private static partial Regex RowTag();

    /// <summary>
    /// What the page of the system says of where it stores: the one thing in which both databases differ.
    /// </summary>
    [GeneratedRegex("^(?:SQLite（单个文件）|PostgreSQL)$", RegexOptions.Multiline)]
    private static partial Regex Database();

    [GeneratedRegex(@"DTSTAMP:\d{8}T\d{6}Z")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex Instant();

    /// <summary>As pages show it.</summary>
    [GeneratedRegex(@"(\d{4}-\d\d-\d\d) \d\d:\d\d(?::\d\d)?")]
    private static partial Regex Minute();
}
