using System.Text.RegularExpressions;
using EduAssist.Platform;

namespace EduAssist.Conformance;

/// <summary>
/// The table of a module's README that has, for every figure and every effect, the cheapest dishonest act that would
/// make it look right, and what shows it.
/// </summary>
internal static partial class CheapestLies
{
    /// <summary>
    /// What needs a row: every indicator, every programme or each situation of a guide, every step that rests on
    /// papers or is settled by one.
    /// </summary>
    internal static IEnumerable<string> Of(LoadedModule module) =>
        [
            .. module.Indicators.SelectMany(i => i.Indicators).Select(i => i.Id),
            .. module.Programmes.SelectMany(p =>
                p.RuleSets[^1].Criteria.Any(c => c.SituationNumber is not null)
                    ? p.RuleSets[^1]
                        .Criteria.Where(c => c.SituationNumber is not null)
                        .Select(c => $"{p.Id}#{c.SituationNumber}")
                    : [p.Id]
            ),
            .. module.Workflows.SelectMany(w =>
                w.Transitions.Where(t => t.Needs.Count > 0 || t.SettledBy is not null).Select(t => $"{w.Id}/{t.Action}")
            ),
        ];

    /// <summary>What is missing in the table, and what stands there of nothing.</summary>
    internal static IEnumerable<string> Problems(string readme, IReadOnlyCollection<string> needed)
    {
        List<string> problems = [];
        HashSet<string> told = new(StringComparer.Ordinal);
        foreach (
            var cells in readme
                .Split('\n')
                .SkipWhile(l => l.Trim() != "<!-- lies -->")
                .TakeWhile(l => l.Trim() != "<!-- /lies -->")
                .Select(l => l.Trim().Trim('|').Split('|'))
                .Where(c => c.Length == 3)
        )
        {
            var ids = Id().Matches(cells[0]).Select(m => m.Groups[1].Value).ToList();
            if (ids.Count > 0)
                told.Add(ids[0]);
            if (ids.Count > 0 && cells.Skip(1).Any(string.IsNullOrWhiteSpace))
                problems.Add($"{ids[0]}: the row does not say both the lie and what shows it.");
        }

        return
        [
            .. problems,
            .. needed
                .Except(told)
                .Select(id =>
                    $"{id} has no row in the README between <!-- lies --> and <!-- /lies -->: write "
                    + $"| `{id}` | the cheapest dishonest act that would make it look right | what shows it |."
                ),
            .. told.Except(needed)
                .Select(id => $"{id} has a row in the README, and is nothing of the module: delete it."),
        ];
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Id();
}
