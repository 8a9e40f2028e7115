using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Platform;

namespace EduAssist.Conformance;

/// <summary>
/// The values that make a difference to a rule set: of every fact, one value below, at and above each limit of its
/// rules. Limits are found by asking the rules, not by being told: a value differs from its neighbour where an outcome
/// does, whatever else is known.
/// </summary>
internal sealed class Sample
{
    private const int Backgrounds = 64,
        MostProbed = 40_000,
        Related = 6, // backgrounds before which two facts are held against each other
        Reach = 200; // days, or numbers, that a limit may lie from the other fact

    internal Sample(Instance instance, IProgramme programme, RuleSet rules, InterpretationProfile reading, int seed)
    {
        (Instance, Programme, Reading, AsOf) = (
            instance,
            programme,
            reading,
            rules.From > Middle ? rules.From
            : rules.Until < Middle ? rules.Until.Value
            : Middle
        );
        Random = new(seed);
        Rough = [.. programme.Schema.Fields.Select((field, column) => Answered(column, Candidates(field)))];
    }

    /// <summary>
    /// Counties of several prefectures, codes of the past, a township, and places that no table covers. Fixed, so that
    /// a new vintage of the register is no new rule.
    /// </summary>
    private static readonly long[] Places =
    [
        532301,
        532322,
        532302,
        532331,
        532329101,
        520102,
        520521,
        522422,
        210102,
        210115,
        110101,
        530102,
    ];

    private static DateOnly Middle { get; } = new(2022, 6, 15);

    internal Instance Instance { get; }

    internal IProgramme Programme { get; }

    internal InterpretationProfile Reading { get; }

    internal DateOnly AsOf { get; }

    internal Random Random { get; }

    /// <summary>What the module's own convention concludes from what is known.</summary>
    internal Func<long?[], long?[]> Settle { get; init; } = values => values;

    /// <summary>Every value that is tried, by column.</summary>
    internal IReadOnlyList<long[]> Rough { get; }

    /// <summary>
    /// The values that make a difference, by column; looked for when they are asked for, which takes its time.
    /// </summary>
    internal IReadOnlyList<long[]> Values =>
        field ??= [.. Rough.Select((candidates, column) => Differing(column, candidates))];

    /// <summary>
    /// <see cref="Values"/>, and both sides of the limits that a fact has only where another one is known: of a day
    /// within fourteen days of another, no day by itself is a limit. For each two days, or two numbers, one value of
    /// the first and what lies around the limits of the second beside it.
    /// </summary>
    internal IReadOnlyList<long[]> WithRelations => field ??= FindRelations();

    private long[][] FindRelations()
    {
        List<SortedSet<long>> all = [.. Values.Select(v => new SortedSet<long>(v))];
        var ordered = Enumerable
            .Range(0, all.Count)
            .Where(i => Programme.Schema.Fields[i].Kind is FactKind.Date or FactKind.Number && Rough[i].Length > 3)
            .ToList();
        var pairs = ordered.SelectMany(one =>
            ordered
                .Where(other => other > one && Programme.Schema.Fields[other].Kind == Programme.Schema.Fields[one].Kind)
                .Select(other => (one, other))
        );
        foreach (var (one, other) in pairs)
        {
            // far enough from both ends, and from each other, that no limit of one is taken for a limit of the other
            var (anchor, second) = (At(Rough[one], 0.4), At(Rough[one], 0.6));
            if (anchor == second)
                continue;
            for (var n = 0; n < Related; n++)
            {
                var background = Draw(Rough, unknown: n % 3 * 0.2);
                var limits = LimitsBeside(background, one, anchor, other);
                limits.ExceptWith(LimitsBeside(background, one, second, other, around: anchor));
                if (limits.Count == 0)
                    continue;
                all[one].Add(anchor);
                foreach (var limit in limits)
                    all[other].UnionWith(Rough[other].Where(v => v >= limit - 1 && v <= limit));
            }
        }

        return [.. all.Select((values, column) => Answered(column, [.. values]))];
    }

    private static long At(long[] values, double part) => values[(int)((values.Length - 1) * part)];

    /// <summary>The values of a column that answer otherwise than the one before, where another is known.</summary>
    private SortedSet<long> LimitsBeside(long?[] background, int known, long value, int column, long? around = null)
    {
        long?[] beside = [.. background];
        beside[known] = value;
        var near = Answered(column, [.. Rough[column].Where(v => Math.Abs(v - (around ?? value)) <= Reach)]);
        SortedSet<long> limits = [];
        string? before = null;
        foreach (var tried in near)
        {
            var now = Signature(With(beside, column, tried));
            if (before is not null && now != before)
                limits.Add(tried);
            before = now;
        }

        return limits;
    }

    internal Assessment Assess(IReadOnlyList<long?> values)
    {
        var facts = new Facts(Programme.Schema, AsOf, Instance.Calendar);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
                facts.Set(i, value);
        }

        return Programme.Assess(facts, Reading)!;
    }

    /// <summary>
    /// Every value that a fact can have: of days all that there are, unless a rule cannot be asked about the first or
    /// the last of them.
    /// </summary>
    internal long[] Every(int column)
    {
        if (every.TryGetValue(column, out var known))
            return known;
        var field = Programme.Schema.Fields[column];
        var last = field.IsPast ? AsOf.DayNumber : field.Max;
        return every[column] =
            field.Kind == FactKind.Date && IsAnswered(column, field.Min) && IsAnswered(column, last)
                ? [.. Enumerable.Range((int)field.Min, (int)(last - field.Min) + 1).Select(day => (long)day)]
                : Rough[column];
    }

    private readonly Dictionary<int, long[]> every = [];

    /// <summary>
    /// Those that a rule can be asked about: where it counts working days of a year whose holidays are not published,
    /// the whole question is refused, and no rule has answered.
    /// </summary>
    internal long[] Answered(int column, long[] candidates) =>
        Programme.Schema.Fields[column].Kind != FactKind.Date
        || candidates.Length == 0
        || (IsAnswered(column, candidates[0]) && IsAnswered(column, candidates[^1]))
            ? candidates
            : [.. candidates.Where(value => IsAnswered(column, value))];

    private bool IsAnswered(int column, long value)
    {
        try
        {
            With(new long?[Programme.Schema.Fields.Count], column, value);
            return true;
        }
        catch (HolidaysNotPublishedException)
        {
            return false;
        }
    }

    /// <summary>A case with every fact known, or unknown with a chance.</summary>
    internal long?[] Draw(IReadOnlyList<long[]> from, double unknown) =>
        [.. from.Select(values => Random.NextDouble() < unknown ? (long?)null : values[Random.Next(values.Length)])];

    /// <summary>What an assessment says, in short: what must not change while the version stays.</summary>
    internal static string Signature(Assessment a) =>
        $"{(int)a.Verdict}{a.Missing:x}:{string.Concat(a.Findings.Select(f => $"{(int)f.Outcome}"))}";

    private long[] Candidates(FactField field) =>
        field.Kind switch
        {
            FactKind.YesNo => [0, 1],
            FactKind.OneOf => [.. Enumerable.Range(0, field.Choices.Count).Select(i => (long)i)],
            FactKind.Date when field.IsPast =>
            [
                .. Around(field, AsOf.DayNumber, 25 * 366).Where(day => day <= AsOf.DayNumber),
            ],
            FactKind.Date => Around(field, AsOf.DayNumber, 25 * 366),
            FactKind.Number => Around(field, field.Min, MostProbed),
            _ => Places,
        };

    private static long[] Around(FactField field, long centre, int reach)
    {
        var (first, last) = (Math.Max(field.Min, centre - reach), Math.Min(field.Max, centre + reach));
        return
        [
            .. Enumerable.Range(0, (int)(last - first) + 1).Select(i => first + i),
            .. last < field.Max ? [field.Max] : (long[])[],
        ];
    }

    /// <summary>
    /// Keeps the first and last value and both sides of every limit; of a set without order, one value of each kind.
    /// </summary>
    private long[] Differing(int column, long[] candidates)
    {
        if (candidates.Length <= 3)
            return candidates;
        var backgrounds = Enumerable.Range(0, Backgrounds).Select(i => Draw(Rough, unknown: i % 3 * 0.3)).ToList();
        var rough = candidates.Length > 2000 ? Coarse(column, candidates, backgrounds[..8]) : candidates;
        var signatures = rough.ToDictionary(
            v => v,
            v => string.Join('|', backgrounds.Select(b => Signature(With(b, column, v))))
        );
        if (Programme.Schema.Fields[column].Kind is FactKind.Division or FactKind.OneOf)
            return [.. rough.GroupBy(v => signatures[v]).SelectMany(g => g.Take(1))];
        return
        [
            .. rough.Where(
                (v, i) =>
                    i == 0
                    || i == rough.Length - 1
                    || signatures[v] != signatures[rough[i - 1]]
                    || signatures[v] != signatures[rough[i + 1]]
            ),
        ];
    }

    /// <summary>Of a long range, the neighbourhoods in which anything changes.</summary>
    private long[] Coarse(int column, long[] candidates, List<long?[]> backgrounds)
    {
        var keep = new SortedSet<long> { candidates[0], candidates[^1] };
        foreach (var background in backgrounds)
        {
            string? before = null;
            for (var i = 0; i < candidates.Length; i++)
            {
                var now = Signature(With(background, column, candidates[i]));
                if (before is not null && now != before)
                    keep.UnionWith([
                        candidates[Math.Max(0, i - 2)],
                        candidates[i - 1],
                        candidates[i],
                        candidates[Math.Min(i + 1, candidates.Length - 1)],
                    ]);
                before = now;
            }
        }

        return [.. keep];
    }

    private Assessment With(long?[] background, int column, long value)
    {
        long?[] values = [.. background];
        values[column] = value;
        return Assess(values);
    }
}
