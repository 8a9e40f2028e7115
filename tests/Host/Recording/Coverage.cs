using System.Text.RegularExpressions;

namespace EduAssist.Host.Recording;

/// <summary>Whether every operation that the server describes was asked, and every result that a command may have was
/// met.</summary>
internal static partial class Coverage
{
    private static readonly IReadOnlyList<int> Outcomes =
    [
        200,
        201,
        204,
        400,
        401,
        403,
        404,
        406,
        409,
        412,
        415,
        422,
        428,
    ];

    internal static IEnumerable<string> Missing(IReadOnlyDictionary<string, string> recorded)
    {
        var all = string.Concat(recorded.Values);
        var asked = Requests()
            .Matches(all)
            .Select(r => (Method: r.Groups["method"].Value, Path: r.Groups["path"].Value))
            .Distinct()
            .ToList();
        var described = Operations()
            .Matches(recorded["openapi"])
            .SelectMany(p =>
                Methods()
                    .Matches(p.Groups["all"].Value)
                    .Select(m => (Method: m.Groups["method"].Value.ToUpperInvariant(), Path: p.Groups["path"].Value))
            )
            .ToList();
        if (described.Count == 0)
            yield return "no operation was found in /openapi/v1.json";
        foreach (var (method, path) in described)
            if (!asked.Exists(a => a.Method == method && IsOf(a.Path, path)))
                yield return $"nobody asked {method} {path}";
        foreach (var status in Outcomes)
            if (!all.Contains($"\n── {status}\n", StringComparison.Ordinal))
                yield return $"nothing came to {status}";
    }

    /// <summary>A path is one of a template: what stands in braces is any part of it.</summary>
    private static bool IsOf(string path, string template)
    {
        var like = Hole().Replace(Regex.Escape(template), "[^/]+");
        return Regex.IsMatch(path, $"^{like}$", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex(@"\\\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(
        "^════ \\S+ (?<method>\\w+) (?<path>[^?,\n]*)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Requests();

    /// <summary>A path of the document with all that stands under it.</summary>
    [GeneratedRegex(
        "^    \"(?<path>/[^\"]*)\": \\{\n(?<all>.*?)^    \\}",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Operations();

    [GeneratedRegex(
        "^      \"(?<method>get|post|put|delete)\": \\{",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Methods();
}
