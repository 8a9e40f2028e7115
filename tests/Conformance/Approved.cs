using Xunit;

namespace EduAssist.Conformance;

/// <summary>Files that a person has approved: a test compares, and only somebody who asks for it writes.</summary>
internal static class Approved
{
    private const string Remedy = "EDUASSIST_APPROVE=1 dotnet test writes what is new.";

    /// <summary>No problem, or all of them in full.</summary>
    internal static void Nothing(IEnumerable<string> problems)
    {
        IReadOnlyList<string> all = [.. problems];
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    /// <summary>The whole file is this text.</summary>
    internal static void SameText(string path, string text)
    {
        if (Repository.Approving && Repository.Read(path) != text)
            Repository.Write(path, text);
        var (said, stands) = (text.Split('\n'), Repository.Read(path).Split('\n'));
        var line = Enumerable
            .Range(0, Math.Max(said.Length, stands.Length))
            .FirstOrDefault(i => said.ElementAtOrDefault(i) != stands.ElementAtOrDefault(i), -1);
        Nothing(
            line < 0
                ? []
                :
                [
                    $"{path}:{line + 1} is not true. It says: {stands.ElementAtOrDefault(line) ?? "(nothing)"}\nIt should say: {said.ElementAtOrDefault(line) ?? "(nothing)"}\n{Remedy}",
                ]
        );
    }

    /// <summary>
    /// A section of a file, between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>, is this text.
    /// </summary>
    internal static void SameSection(string path, string name, string text)
    {
        var (start, end) = ($"<!-- {name} -->\n", $"<!-- /{name} -->");
        var file = Repository.Read(path);
        var (from, to) = (file.IndexOf(start, StringComparison.Ordinal), file.IndexOf(end, StringComparison.Ordinal));
        Assert.True(from >= 0 && to > from, $"{path} has no section {start.Trim()} … {end}");
        SameText(path, file[..(from + start.Length)] + text + file[to..]);
    }

    /// <summary>
    /// Every approved line still holds, and no line is new. Approving adds lines and never takes one away: to change
    /// one, a person deletes it by hand, for everybody to see. A rule set's line ends with its fingerprint: a changed
    /// one wants a new version.
    /// </summary>
    internal static void OnlyAdded(string path, IReadOnlyList<string> lines)
    {
        var approved = Repository.Read(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Nothing(Gone(approved, lines));
        if (Repository.Approving)
            Repository.Write(path, string.Concat(lines.Order(StringComparer.Ordinal).Select(l => l + "\n")));
        else
            Nothing(lines.Except(approved).Select(l => $"not approved: {l}. {Remedy}"));
    }

    internal static IEnumerable<string> Gone(IEnumerable<string> approved, IEnumerable<string> lines) =>
        approved
            .Except(lines)
            .Select(l =>
                $"approved, and changed or gone: {l}. Bring it back; or, if nobody has written it down, delete the line by hand."
            );
}
