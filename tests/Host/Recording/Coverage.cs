using System.Text.RegularExpressions;

namespace EduAssist.Host.Recording;

/// <summary>Whether every operation that the server describes was asked, and what every act may come to was met.</summary>
internal static partial class Coverage
{
    private static readonly IReadOnlyList<int> Outcomes = [200, 201, 204, 400, 401, 403, 404, 406, 409, 412, 415, 422, 428];

    internal static IEnumerable<string> Missing(IReadOnlyDictionary<string, string> recorded)
    {
        var all = string.Concat(recorded.Values);
        var asked = Requests().Matches(all).Select(r => (Method: r.Groups[1].Value, Path: r.Groups[2].Value)).Distinct().ToList();
        var described = Operations().Matches(recorded["openapi"]).SelectMany(p => Methods().Matches(p.Groups[2].Value).Select(m => (Method: m.Groups[1].Value.ToUpperInvariant(), Path: p.Groups[1].Value))).ToList();
        if (described.Count < 100) yield return $"only {described.Count} operations were found in /openapi/v1.json";
        foreach (var (method, path) in described)
        {
            var like = new Regex($"^{Regex.Replace(Regex.Escape(path), @"\\\{[^}]*}", "[^/]+", RegexOptions.None, TimeSpan.FromSeconds(1))}$", RegexOptions.None, TimeSpan.FromSeconds(1));
            if (!asked.Exists(a => a.Method == method && like.IsMatch(a.Path))) yield return $"nobody asked {method} {path}";
        }

        foreach (var status in Outcomes.Where(s => !all.Contains($"\n── {s}\n", StringComparison.Ordinal))) yield return $"nothing came to {status}";
    }

    [GeneratedRegex("^════ \\S+ (\\w+) ([^?,\n]*)", RegexOptions.Multiline)]
    private static partial Regex Requests();

    /// <summary>A path of the document with all that stands under it.</summary>
    [GeneratedRegex("^    \"(/[^\"]*)\": \\{\n(.*?)^    \\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Operations();

    [GeneratedRegex("^      \"(get|post|put|delete)\": \\{", RegexOptions.Multiline)]
    private static partial Regex Methods();
}
