namespace EduAssist.Host.Recording;

/// <summary>Where an answer is not what was approved: which request, the first line, and how to approve.</summary>
internal static class Difference
{
    /// <summary>What to tell; null: they are the same.</summary>
    internal static string? Of(string path, string approved, string recorded)
    {
        if (approved == recorded)
            return null;
        var (before, after) = (approved.Split('\n'), recorded.Split('\n'));
        var line = 0;
        while (line < before.Length && line < after.Length && before[line] == after[line])
            line++;
        var known = before.Where(IsRequest).ToHashSet(StringComparer.Ordinal);
        var (asked, gone) = (after.Where(IsRequest).ToList(), known.Except(after, StringComparer.Ordinal).ToList());
        return string.Join(
            '\n',
            [
                $"{path}: an answer is not the one that was approved.",
                $"request:  {RequestAt(after, line) ?? RequestAt(before, line)}",
                $"line:     {line + 1}",
                $"approved: {(line < before.Length ? before[line] : "(the file ends)")}",
                $"now:      {(line < after.Length ? after[line] : "(the recording ends)")}",
                $"in all:   {Changed(before, after)} lines of {before.Length}"
                    + $"; {asked.Count(a => !known.Contains(a))} new requests, {gone.Count} gone",
                "Is it meant? EDUASSIST_APPROVE=1 dotnet test tests/"
                    + "Host --filter FullyQualifiedName~Recording writes the file; then say in CHANGELOG.md what changed.",
            ]
        );
    }

    private static bool IsRequest(string line) => line.StartsWith(Recorder.Begins, StringComparison.Ordinal);

    private static string? RequestAt(string[] lines, int at) =>
        lines.Take(at + 1).LastOrDefault(IsRequest)?[Recorder.Begins.Length..];

    private static int Changed(string[] before, string[] after)
    {
        var left = before
            .GroupBy(l => l, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return after.Count(l => !left.TryGetValue(l, out var n) || (left[l] = n - 1) < 0);
    }
}
