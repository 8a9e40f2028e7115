using EduAssist.Kernel.Access;

namespace EduAssist.Conformance;

/// <summary>Somebody who reads: the places that they see, and those whose audit they read.</summary>
/// <param name="Places">As <see cref="ScopePath"/> makes them; the empty one is everywhere.</param>
/// <param name="Audits">The same of the audit.</param>
public sealed record Reader(IReadOnlyList<string> Places, IReadOnlyList<string> Audits)
{
    /// <summary>What the database is told of them.</summary>
    internal AccessScope Sight =>
        new([.. Places.Select(ScopePath.Range)]) { Audited = new([.. Audits.Select(ScopePath.Range)]) };

    /// <summary>
    /// Readers of every kind among the places of some rows: a prefecture, a county, a school, a class, several places,
    /// nowhere.
    /// </summary>
    internal static IReadOnlyList<Reader> Among(IEnumerable<string> places)
    {
        var all = places
            .Where(p => p.Length > 0)
            .GroupBy(p => p, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.Key)
            .ToList();
        var counties = Of(all, 1);
        var schools = Of(all, 2);
        var classes = Of(all, 3);
        return
        [
            .. counties.Take(1).Select(c => new Reader([c[..Math.Min(4, c.Length)]], [c])),
            .. counties.Take(2).Select(c => new Reader([c], [c])),
            .. schools.Take(2).Select(s => new Reader([s], [])),
            .. classes.Take(2).Select(c => new Reader([c], [])),
            new(
                [
                    .. counties.Take(1),
                    .. schools
                        .Where(s => counties.Count == 0 || !s.StartsWith(counties[0], StringComparison.Ordinal))
                        .Take(1),
                ],
                [.. schools.Take(1)]
            ),
            new(
                [.. counties.Skip(1).Take(1), .. schools.Skip(2).Take(2), .. classes.Skip(2).Take(1)],
                [.. counties.Take(1)]
            ),
            new([], []),
        ];
    }

    /// <inheritdoc/>
    public override string ToString() => Places.Count == 0 ? "nowhere" : string.Join(" and ", Places);

    private static List<string> Of(IReadOnlyList<string> places, int steps) =>
        [
            .. places
                .Where(p => p.Split('/').Length >= steps)
                .Select(p => string.Join('/', p.Split('/').Take(steps)))
                .Where(p => steps > 1 || p.Length == 6)
                .Distinct(StringComparer.Ordinal),
        ];
}
