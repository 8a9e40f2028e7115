using EduAssist.OData.Toy;
using FsCheck;
using FsCheck.Fluent;

namespace EduAssist.OData.Oracle;

/// <summary>A query, and what it must answer: rows of named values in their order, and the number of all.</summary>
internal sealed record RandomQuery(string Path, IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows, long? Count)
{
    /// <summary>Whether the order of the rows is part of the answer.</summary>
    internal bool IsOrdered { get; init; } = true;
}

/// <summary>Random queries over rows, each with the answer that LINQ gives in memory.</summary>
internal sealed class Queries(IReadOnlyList<Thing> things, IReadOnlyList<Maker> makers)
{
    private readonly Grammar grammar = new(makers.ToDictionary(m => m.Id));
    private readonly Dictionary<Guid, Maker> makerOf = makers.ToDictionary(m => m.Id);
    private readonly ILookup<Guid?, Thing> thingsOf = things.ToLookup(t => t.MakerId);

    private static readonly IReadOnlyList<(string Name, Func<Maker, object?> Of)> MakerColumns =
    [
        ("Id", m => m.Id),
        ("Name", m => m.Name),
        ("City", m => m.City),
        ("Rank", m => (long)m.Rank),
    ];

    internal Gen<RandomQuery> Any => Gen.Frequency((6, Plain), (2, Computed), (2, Grouped), (3, Beside), (1, OfMakers));

    private Gen<Cond<Thing>?> Filter =>
        Gen.Frequency(
            (1, Gen.Constant<Cond<Thing>?>(null)),
            (4, from depth in Gen.Choose(0, 2) from c in grammar.Condition(depth) select (Cond<Thing>?)c)
        );

    private Gen<List<(Val<Thing> By, bool Descending)>> Order =>
        from n in Gen.Choose(0, 3)
        from terms in Term.ListOf(n)
        select terms.ToList();

    private Gen<(Val<Thing> By, bool Descending)> Term =>
        from sort in Gen.Elements(Enum.GetValues<Sort>())
        from depth in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Constant(1)))
        from v in grammar.Value(sort, depth)
        from d in Gen.Elements(false, true)
        select (v, d);

    /// <summary>Filter, order, columns, a window of rows, the maker with them, and the number of all.</summary>
    private Gen<RandomQuery> Plain =>
        from filter in Filter
        from order in Order
        from chosen in Gen.SubListOf(Grammar.Columns.ToArray())
        from top in Gen.Frequency((1, Gen.Constant<int?>(null)), (2, from n in Gen.Choose(0, 40) select (int?)n))
        from skip in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 150)))
        from count in Gen.Elements(true, false)
        from expand in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select Answer(filter, order, chosen.ToList(), top, skip, count, expand);

    private RandomQuery Answer(
        Cond<Thing>? filter,
        List<(Val<Thing> By, bool Descending)> order,
        List<Val<Thing>> chosen,
        int? top,
        int skip,
        bool count,
        bool expand
    )
    {
        var all = things.Where(t => filter is null || filter.Holds(t) == true).ToList();
        var rows = Sorted(
                all,
                [.. order, (Grammar.Columns.Single(c => c.Text == "Id"), order is [.., { Descending: true }])]
            )
            .Skip(skip)
            .Take(top ?? int.MaxValue);
        var columns = chosen.Count == 0 ? Grammar.Columns : chosen;
        string[] options =
        [
            filter is null ? "" : $"$filter={filter.Text}",
            order.Count == 0
                ? ""
                : $"$orderby={string.Join(',', order.Select(o => o.By.Text + (o.Descending ? " desc" : "")))}",
            chosen.Count == 0 ? "" : $"$select={string.Join(',', chosen.Select(c => c.Text))}",
            top is null ? "" : $"$top={top}",
            skip == 0 ? "" : $"$skip={skip}",
            count ? "$count=true" : "",
            expand ? "$expand=Maker($select=Name,Rank)" : "",
        ];
        return new(
            $"ToyThings?{Join(options)}",
            [.. rows.Select(t => Row(columns, t, expand))],
            count ? all.Count : null
        );
    }

    private Dictionary<string, object?> Row(IReadOnlyList<Val<Thing>> columns, Thing thing, bool expand)
    {
        var row = columns.ToDictionary(c => c.Text, c => c.Of(thing));
        if (!expand)
            return row;
        var maker = thing.MakerId is { } id ? makerOf.GetValueOrDefault(id) : null;
        row["Maker/Name"] = maker?.Name;
        row["Maker/Rank"] = Semantics.Plain(maker?.Rank);
        return row;
    }

    /// <summary>Columns computed for each row, conditions, orders and choices that name them, and a search.</summary>
    private Gen<RandomQuery> Computed =>
        from filter in Filter
        from sort in Gen.Elements(Sort.Whole, Sort.Text, Sort.Day)
        from value in grammar.Value(sort, 1)
        from search in Gen.Frequency((2, Gen.Constant<string?>(null)), (1, Word))
        from asks in Gen.Elements("", "C eq null", "not (C eq null)")
        from down in Gen.Elements(false, true)
        from orders in Gen.Elements(false, true)
        from chosen in Gen.SubListOf(Grammar.Columns.ToArray())
        from top in Gen.Frequency((1, Gen.Constant<int?>(null)), (2, from n in Gen.Choose(0, 40) select (int?)n))
        from count in Gen.Elements(true, false)
        where !value.Text.StartsWith("null", StringComparison.Ordinal)
        select Answer(filter, value, search, asks, orders, down, chosen.ToList(), top, count);

    private Gen<string?> Word =>
        things.Count == 0
            ? Gen.Constant<string?>(null)
            : from thing in Gen.Elements(things.ToArray())
            from n in Gen.Choose(0, Math.Max(0, thing.Name.Length - 1))
            let word = new string([.. thing.Name.Skip(n).Take(2).Where(char.IsLetterOrDigit)])
            select word.Length == 0 ? null : word;

    private RandomQuery Answer(
        Cond<Thing>? filter,
        Val<Thing> value,
        string? search,
        string asks,
        bool orders,
        bool descending,
        List<Val<Thing>> chosen,
        int? top,
        bool count
    )
    {
        var all = things
            .Where(t => filter is null || filter.Holds(t) == true)
            .Where(t =>
                search is null
                || t.Name.Contains(search, StringComparison.Ordinal)
                || t.Nick?.Contains(search, StringComparison.Ordinal) == true
            )
            .Where(t => asks.Length == 0 || value.Of(t) is null == (asks[0] == 'C'))
            .ToList();
        var id = Grammar.Columns.Single(c => c.Text == "Id");
        var rows = Sorted(all, orders ? [(value, descending), (id, descending)] : [(id, false)])
            .Take(top ?? int.MaxValue);
        string[] conditions = [filter is null ? "" : $"({filter.Text})", asks];
        string[] options =
        [
            $"$compute={value.Text} as C",
            conditions.All(c => c.Length == 0)
                ? ""
                : $"$filter={string.Join(" and ", conditions.Where(c => c.Length > 0))}",
            search is null ? "" : $"$search=\"{search}\"",
            orders ? $"$orderby=C{(descending ? " desc" : "")}" : "",
            chosen.Count == 0 ? "" : $"$select={string.Join(',', chosen.Select(c => c.Text).Append("C"))}",
            top is null ? "" : $"$top={top}",
            count ? "$count=true" : "",
        ];
        var columns = chosen.Count == 0 ? Grammar.Columns : chosen;
        return new(
            $"ToyThings?{Join(options)}",
            [
                .. rows.Select(t => new Dictionary<string, object?>(Row(columns, t, expand: false))
                {
                    ["C"] = value.Of(t),
                }),
            ],
            count ? all.Count : null
        );
    }

    private sealed record Further(string Text, Func<IReadOnlyDictionary<string, object?>, object?> Of);

    private static readonly IReadOnlyList<Further> Furthers =
    [
        new("N mul 2", r => (long)r["N"]! * 2),
        new("N sub 3", r => (long)r["N"]! - 3),
        new("SumScore add N", r => (long?)r["SumScore"] + (long)r["N"]!),
        new("length(MinName)", r => (long?)((string?)r["MinName"])?.Length),
    ];

    private static readonly IReadOnlyList<(
        string Text,
        Func<IReadOnlyDictionary<string, object?>, bool> Holds
    )> Havings =
    [
        ("N gt 3", r => (long)r["N"]! > 3),
        ("N le 2 or SumScore gt 100", r => (long)r["N"]! <= 2 || (long?)r["SumScore"] > 100),
        ("not (SumScore gt 100)", r => !((long?)r["SumScore"] > 100)),
        ("SumScore eq null", r => r["SumScore"] is null),
        ("C gt 4", r => (long?)r["C"] > 4),
        ("not (C lt N)", r => !((long?)r["C"] < (long)r["N"]!)),
        ("C ne null and MinName ge 'b'", r =>
            r["C"] is not null && r["MinName"] is string name && string.CompareOrdinal(name, "b") >= 0
        ),
    ];

    /// <summary>Groups, and beside them a condition, an order, a window, a search, a computed column.</summary>
    private Gen<RandomQuery> Beside =>
        from filter in Filter
        from grouped in Gen.SubListOf("Grade", "Nick", "Colour", "Boards", "Left", "Maker/City")
        from further in Gen.Elements(Furthers.ToArray())
        from having in Gen.Elements(Havings.ToArray())
        from asks in Gen.Elements(true, true, false)
        from word in Word
        from searches in Gen.Elements(false, false, true)
        from terms in Gen.SubListOf("N", "SumScore", "C", "MinName", "Nick", "Grade")
        from down in Gen.Elements(false, true)
        from selects in Gen.Elements(false, true)
        from top in Gen.Frequency((1, Gen.Constant<int?>(null)), (2, from n in Gen.Choose(0, 12) select (int?)n))
        from skip in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 6)))
        from count in Gen.Elements(true, false)
        let groups = grouped.Take(2).ToList()
        select Answer(
            filter,
            groups,
            further,
            asks ? having : default,
            searches && groups.Contains("Nick") ? word : null,
            [.. terms.Where(t => t is not ("Nick" or "Grade") || groups.Contains(t)).Take(3)],
            down,
            selects,
            top,
            skip,
            count
        );

    private RandomQuery Answer(
        Cond<Thing>? filter,
        List<string> by,
        Further further,
        (string? Text, Func<IReadOnlyDictionary<string, object?>, bool>? Holds) having,
        string? search,
        List<string> order,
        bool descending,
        bool selects,
        int? top,
        int skip,
        bool count
    )
    {
        List<Sum> sums = [.. Aggregates.Where(a => a.Alias is "N" or "SumScore" or "MinName")];
        var groups = Answer(filter, by, sums, 0);
        foreach (var row in groups.Rows)
            ((Dictionary<string, object?>)row)["C"] = further.Of(row);
        var all = groups
            .Rows.Where(r => search is null || ((string?)r["Nick"])?.Contains(search, StringComparison.Ordinal) == true)
            .Where(r => having.Holds?.Invoke(r) != false)
            .ToList();
        List<(string Name, bool Descending)> terms =
        [
            .. order.Select(o => (o, descending)),
            .. by.Concat(sums.Select(s => s.Alias)).Append("C").Select(c => (c, false)),
        ];
        all.Sort(
            (x, y) =>
                terms
                    .Select(t => (t.Descending ? -1 : 1) * NullsFirst(x[t.Name], y[t.Name]))
                    .FirstOrDefault(compared => compared != 0)
        );
        var shown = selects ? [.. by.Where(b => !b.Contains('/', StringComparison.Ordinal)), "C"] : (List<string>?)null;
        string[] options =
        [
            $"$compute={further.Text} as C",
            having.Text is null ? "" : $"$filter={having.Text}",
            search is null ? "" : $"$search=\"{search}\"",
            order.Count == 0 ? "" : $"$orderby={string.Join(',', order.Select(o => descending ? $"{o} desc" : o))}",
            shown is null ? "" : $"$select={string.Join(',', shown)}",
            top is null ? "" : $"$top={top}",
            skip == 0 ? "" : $"$skip={skip}",
            count ? "$count=true" : "",
        ];
        return new(
            Join([groups.Path, .. options]),
            [
                .. all.Skip(skip)
                    .Take(top ?? int.MaxValue)
                    .Select(r => r.Where(c => shown?.Contains(c.Key) != false).ToDictionary()),
            ],
            count ? all.Count : null
        );
    }

    private static int NullsFirst(object? a, object? b) =>
        a is null
            ? b is null
                ? 0
                : -1
            : b is null
                ? 1
                : Semantics.Compare(a, b);

    /// <summary>Filter, groups by up to two values, and every way to sum them up.</summary>
    private Gen<RandomQuery> Grouped =>
        from filter in Filter
        from grouped in Gen.SubListOf(
            "Grade",
            "Nick",
            "Colour",
            "Second",
            "Boards",
            "Agrees",
            "Born",
            "Left",
            "Maker/City",
            "Score"
        )
        from what in Gen.SubListOf(Aggregates.ToArray())
        from having in Gen.Elements(0, 0, 2)
        let groups = grouped.Take(2).ToList()
        let sums = what.Append(Aggregates[0]).DistinctBy(a => a.Alias).ToList()
        select Answer(filter, groups, sums, groups.Count == 0 ? 0 : having);

    private sealed record Sum(string Alias, string Text, Func<IReadOnlyList<Thing>, object?> Of);

    private static readonly IReadOnlyList<Sum> Aggregates =
    [
        new("N", "$count as N", g => (long)g.Count),
        new("SumScore", "Score with sum as SumScore", g =>
            g.All(t => t.Score is null) ? null : g.Sum(t => (long?)t.Score)
        ),
        new("SumFee", "Fee with sum as SumFee", g => g.Count == 0 ? null : g.Sum(t => t.Fee)),
        new("SumGrant", "Grant with sum as SumGrant", g => g.All(t => t.Grant is null) ? null : g.Sum(t => t.Grant)),
        new("SumWeight", "Weight with sum as SumWeight", g => g.Count == 0 ? null : g.Sum(t => t.Weight)),
        new("AvgGrade", "Grade with average as AvgGrade", g => g.Count == 0 ? null : g.Average(t => t.Grade)),
        new("AvgScore", "Score with average as AvgScore", g => g.Average(t => t.Score)),
        new("AvgHeight", "Height with average as AvgHeight", g => g.Average(t => t.Height)),
        new("MinName", "Name with min as MinName", g =>
            g.Select(t => t.Name).Order(StringComparer.Ordinal).FirstOrDefault()
        ),
        new("MaxNick", "Nick with max as MaxNick", g =>
            g.Select(t => t.Nick).OfType<string>().Order(StringComparer.Ordinal).LastOrDefault()
        ),
        new("MinFee", "Fee with min as MinFee", g => g.Count == 0 ? null : g.Min(t => t.Fee)),
        new("MaxGrant", "Grant with max as MaxGrant", g => g.Max(t => t.Grant)),
        new("MinBorn", "Born with min as MinBorn", g => g.Count == 0 ? null : g.Min(t => t.Born)),
        new("MaxLeft", "Left with max as MaxLeft", g => g.Max(t => t.Left)),
        new("MaxAt", "At with max as MaxAt", g => g.Count == 0 ? null : g.Max(t => t.At)),
        new("Scores", "Score with countdistinct as Scores", g =>
            (long)g.Select(t => t.Score).OfType<int>().Distinct().Count()
        ),
        new("Colours", "Colour with countdistinct as Colours", g => (long)g.Select(t => t.Colour).Distinct().Count()),
    ];

    private RandomQuery Answer(Cond<Thing>? filter, List<string> by, List<Sum> sums, int having)
    {
        var columns = by.Select(name => grammar.Leaves.Single(l => l.Text == name)).ToList();
        var all = things.Where(t => filter is null || filter.Holds(t) == true).ToList();
        var groups =
            by.Count == 0
                ? [all]
                : all.GroupBy(t =>
                        string.Join('|', columns.Select(c => c.Of(t) is { } v ? Semantics.Literal(v) : "null"))
                    )
                    .Select(g => g.ToList())
                    .ToList();
        var rows = groups
            .Where(g => g.Count >= having)
            .Select(g =>
            {
                var row = columns.ToDictionary(c => c.Text, c => c.Of(g[0]));
                foreach (var sum in sums)
                    row[sum.Alias] = sum.Of(g);
                return row;
            })
            .ToList();
        var aggregate = $"aggregate({string.Join(',', sums.Select(s => s.Text))})";
        string[] steps =
        [
            filter is null ? "" : $"filter({filter.Text})/",
            by.Count == 0 ? aggregate : $"groupby(({string.Join(',', by)}),{aggregate})",
            having == 0 ? "" : $"/filter(N ge {having})",
        ];
        return new($"ToyThings?$apply={string.Concat(steps)}", rows, null) { IsOrdered = false };
    }

    private Gen<RandomQuery> OfMakers =>
        from condition in grammar.OfMaker(thingsOf)
        select new RandomQuery(
            $"ToyMakers?$filter={condition.Text}",
            [
                .. makers
                    .Where(m => condition.Holds(m) == true)
                    .OrderBy(m => m.Id)
                    .Select(m => MakerColumns.ToDictionary(c => c.Name, c => c.Of(m))),
            ],
            null
        );

    /// <summary>Null first, last where it is descending; texts by their characters.</summary>
    private static IEnumerable<Thing> Sorted(
        IEnumerable<Thing> rows,
        IEnumerable<(Val<Thing> By, bool Descending)> order
    ) =>
        rows.Order(
            Comparer<Thing>.Create(
                (x, y) =>
                {
                    foreach (var (by, descending) in order)
                    {
                        var (a, b) = (by.Of(x), by.Of(y));
                        var compared = NullsFirst(a, b);
                        if (compared != 0)
                            return descending ? -compared : compared;
                    }

                    return 0;
                }
            )
        );

    private static string Join(IEnumerable<string> options) => string.Join('&', options.Where(o => o.Length > 0));
}
