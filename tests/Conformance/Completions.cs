using EduAssist.Kernel.Policy;

namespace EduAssist.Conformance;

/// <summary>
/// The truth by brute force: what a partly known case comes to under every completion of its unknown facts. A verdict
/// is settled when all completions agree; a fact is missing when, with some completion of the others, it changes the
/// verdict. Of a guide, each situation is held to that by itself: which ones fit is its answer. Days have no first and
/// last, their type has: a known day is drawn from inside, an unknown one is completed up to both ends, so that there
/// is always an earlier and a later day. Two facts may be held against each other: values around such limits are among
/// those that are tried (<see cref="Sample.WithRelations"/>).
/// </summary>
/// <remarks>
/// A completion that comes to another verdict than the one given proves that the rule is wrong, and so does a fact that
/// changes the verdict and is not named. That the rule leaves open what the tried completions agree in proves nothing:
/// the limit of one fact beside another may fall between their values. Such a case is looked at again over every value
/// of the facts that the rule names; where these are too many it is <em>inconclusive</em>, which is no fault.
/// </remarks>
internal sealed class Completions(Sample sample)
{
    internal const int MostExhaustive = 12,
        MostCases = 3_000_000,
        MostConfirmed = 120_000,
        Drawn = 20_000,
        DrawnOfGuide = 4_000; // of a guide each case is some twenty questions

    private readonly int[] sizes = [.. sample.WithRelations.Select(v => v.Length)];

    private readonly long[][] inside =
    [
        .. sample.WithRelations.Select(
            (v, i) =>
                Field(sample, i) is { Kind: FactKind.Date } day ? [.. v.Where(d => d > day.Min && d < day.Max)] : v
        ),
    ];

    /// <summary>
    /// Days to the ends of the calendar, and those of the other days: a rule may ask for a day within some days of
    /// another, which no day is that was looked for without it.
    /// </summary>
    private readonly long[][] toTheEnds =
    [
        .. sample.WithRelations.Select(
            (v, i) => Field(sample, i) is { Kind: FactKind.Date } day ? sample.Answered(i, Days(sample, v, day)) : v
        ),
    ];

    private static long[] Days(Sample sample, long[] own, FactField day)
    {
        var last = day.IsPast ? own[^1] : day.Max;
        return
        [
            .. sample
                .WithRelations.Where((_, i) => Field(sample, i).Kind == FactKind.Date)
                .SelectMany(other => other)
                .Concat([day.Min, last, .. own])
                .Where(value => value >= day.Min && value <= last)
                .Distinct()
                .Order(),
        ];
    }

    internal bool Exhaustive =>
        sample.Programme.Kind != ProgrammeKind.Guide
        && sizes.Length <= MostExhaustive
        && sizes.Aggregate(1L, (product, n) => product * (n + 1)) <= MostCases;

    /// <summary>How many cases the rule left open, and neither it nor the opposite was proved.</summary>
    internal int Inconclusive { get; private set; }

    /// <summary>The cases in which the programme says otherwise, at most ten.</summary>
    internal IReadOnlyList<string> Differences() => [.. (Exhaustive ? Every() : Sampled()).Take(10)];

    /// <summary>
    /// Every partial case, each by its number in mixed radix: digit 0 is unknown, digit n the n-th value. A case is
    /// built from those with one unknown fewer, which have higher numbers, so that nothing is computed twice.
    /// </summary>
    private IEnumerable<string> Every()
    {
        var weights = new int[sizes.Length + 1];
        weights[0] = 1;
        for (var i = 0; i < sizes.Length; i++)
            weights[i + 1] = weights[i] * (sizes[i] + 1);
        var verdicts = new byte[weights[^1]]; // bit n: verdict n is possible
        var relevant = new ushort[weights[^1]];
        var values = new long?[sizes.Length];
        for (var number = weights[^1] - 1; number >= 0; number--)
        {
            int first = -1,
                second = -1;
            for (var i = 0; i < sizes.Length; i++)
            {
                var digit = number / weights[i] % (sizes[i] + 1);
                values[i] = digit == 0 ? null : sample.WithRelations[i][digit - 1];
                if (digit == 0)
                    (first, second) = first < 0 ? (i, second) : (first, second < 0 ? i : second);
            }

            var answer = sample.Assess(values);
            if (first < 0)
            {
                verdicts[number] = (byte)(1 << (int)answer.Verdict);
                continue;
            }

            for (var v = 1; v <= sizes[first]; v++)
            {
                verdicts[number] |= verdicts[number + v * weights[first]];
                relevant[number] |= (ushort)(relevant[number + v * weights[first]] & ~(1 << first));
            }

            if (second < 0)
                relevant[number] |= (ushort)(IsSettled(verdicts[number]) ? 0 : 1 << first);
            else
            {
                for (var v = 1; v <= sizes[second]; v++)
                    relevant[number] |= (ushort)(relevant[number + v * weights[second]] & 1 << first);
            }

            if (
                !IsNotDone(values).Any()
                && DifferenceOf(values, answer, verdicts[number], relevant[number]) is { } difference
                && IsWrong(difference, values, answer)
            )
                yield return difference.Text;
        }
    }

    /// <summary>The facts that say done and are not: the same as unknown, and checked as that.</summary>
    private IEnumerable<int> IsNotDone(IReadOnlyList<long?> values) =>
        Enumerable.Range(0, values.Count).Where(i => Field(sample, i).IsDone && values[i] == 0);

    private IEnumerable<string> Sampled()
    {
        for (var n = 0; n < (sample.Programme.Kind == ProgrammeKind.Guide ? DrawnOfGuide : Drawn); n++)
        {
            var given = sample.Draw(inside, unknown: 0.25);
            foreach (var open in IsNotDone(given).ToList())
                given[open] = null;
            long?[] values = [.. sample.Settle([.. given])];
            var unknown = Enumerable.Range(0, values.Length).Where(i => values[i] is null).ToList();
            while (Count(unknown, toTheEnds) > 500)
            {
                var known = unknown[sample.Random.Next(unknown.Count)];
                given[known] = values[known] = Field(sample, known).IsDone
                    ? 1
                    : inside[known][sample.Random.Next(inside[known].Length)];
                values = sample.Settle(values);
                unknown.RemoveAll(i => values[i] is not null);
            }

            var answer = sample.Assess(given);
            var completed = Complete(values, unknown, toTheEnds);
            foreach (var difference in Differences(given, answer, unknown, toTheEnds, completed))
            {
                if (IsWrong(difference, values, answer))
                    yield return difference.Text;
            }
        }
    }

    /// <summary>
    /// Whether the rule is wrong in a case in which it answers otherwise than the tried completions. Only the facts
    /// that it names are completed, over every value: the others, if it is right, change nothing.
    /// </summary>
    private bool IsWrong(Difference difference, long?[] values, Assessment answer)
    {
        if (difference.IsProven)
            return true;
        var named = Enumerable
            .Range(0, values.Length)
            .Where(i => values[i] is null && (difference.Missing >> i & 1) != 0)
            .ToList();
        var every = Enumerable.Range(0, values.Length).Select(i => named.Contains(i) ? sample.Every(i) : []).ToList();
        // days have no last, their type has: beside a known one there, no later day is tried
        var isAtAnEnd = values
            .Index()
            .Any(v =>
                v.Item is { } day
                && Field(sample, v.Index) is { Kind: FactKind.Date } f
                && (day <= f.Min || day >= f.Max)
            );
        if (isAtAnEnd || Count(named, every) > MostConfirmed)
        {
            Inconclusive++;
            return false;
        }

        long?[] others = [.. values.Select((v, i) => v ?? (named.Contains(i) ? null : toTheEnds[i][0]))];
        var (answers, relevant) = Brute(Complete(others, named, every), named, every, difference.Answer, difference.Of);
        return IsSettled(answers)
            || (relevant != difference.Missing && !IsOpenAnyway(answer, difference.Missing ^ relevant));
    }

    /// <summary>A case in which the programme answers otherwise than the tried completions.</summary>
    /// <param name="Text">The case and both answers.</param>
    /// <param name="IsProven">A completion contradicts the answer.</param>
    /// <param name="Missing">The facts that the answer names.</param>
    /// <param name="Answer">As <paramref name="Of"/> reads it.</param>
    /// <param name="Of">What is compared of an assessment.</param>
    private sealed record Difference(string Text, bool IsProven, ulong Missing, int Answer, Func<Assessment, int> Of);

    private IEnumerable<Difference> Differences(
        long?[] given,
        Assessment answer,
        List<int> unknown,
        IReadOnlyList<long[]> tried,
        List<Assessment> completed
    )
    {
        if (sample.Programme.Kind != ProgrammeKind.Guide)
        {
            var (verdicts, relevant) = Brute(completed, unknown, tried, (int)answer.Verdict, a => (int)a.Verdict);
            if (DifferenceOf(given, answer, verdicts, relevant) is { } difference)
                yield return difference;
            yield break;
        }

        for (var i = 0; i < answer.Count && answer[i].Rule.SituationNumber is not null; i++)
        {
            var (outcomes, relevant) = Brute(completed, unknown, tried, (int)answer[i].Outcome, OutcomeOf(i));
            var agrees = IsSettled(outcomes)
                ? outcomes == 1 << (int)answer[i].Outcome
                : answer[i].Outcome == Outcome.Unknown && answer[i].Missing == relevant;
            if (!agrees)
                yield return new(
                    $"{answer[i].Rule.Id}: {Known(given)}: {answer[i].Outcome}, missing {Names(answer[i].Missing)}; by all completions {(IsSettled(outcomes) ? $"{(Outcome)int.Log2(outcomes)}" : $"Unknown, missing {Names(relevant)}")}",
                    answer[i].Outcome != Outcome.Unknown || (relevant & ~answer[i].Missing) != 0,
                    answer[i].Missing,
                    (int)answer[i].Outcome,
                    OutcomeOf(i)
                );
        }
    }

    private static long Count(List<int> unknown, IReadOnlyList<long[]> tried) =>
        unknown.Aggregate(1L, (product, i) => product * tried[i].Length);

    private List<Assessment> Complete(long?[] values, List<int> unknown, IReadOnlyList<long[]> tried)
    {
        long?[] complete = [.. values];
        List<Assessment> all = [];
        Next(0);
        return all;

        void Next(int at)
        {
            if (at == unknown.Count)
            {
                all.Add(sample.Assess(complete));
                return;
            }

            foreach (var value in tried[unknown[at]])
            {
                complete[unknown[at]] = value;
                Next(at + 1);
            }
        }
    }

    /// <summary>
    /// What the completions come to, bit n for the n-th answer; and the facts that matter: those in which alone two
    /// completions differ that differ in the answer. Completions are numbered in mixed radix, the first unknown fact
    /// the slowest.
    /// </summary>
    private static (byte Answers, ulong Relevant) Brute(
        List<Assessment> completed,
        List<int> unknown,
        IReadOnlyList<long[]> tried,
        int given,
        Func<Assessment, int> of
    )
    {
        int[] outcomes = [.. completed.Select(of)];
        var answers = outcomes.Aggregate((byte)0, (set, outcome) => (byte)(set | 1 << outcome));
        if (answers == 1 << given)
            return (answers, 0);
        var relevant = 0UL;
        var stride = outcomes.Length;
        foreach (var fact in unknown)
        {
            var values = tried[fact].Length;
            stride /= values;
            if (
                Enumerable.Range(0, outcomes.Length).Any(n => outcomes[n] != outcomes[n - n / stride % values * stride])
            )
                relevant |= 1UL << fact;
        }

        return (answers, relevant);
    }

    private static Func<Assessment, int> OutcomeOf(int situation) => a => (int)a[situation].Outcome;

    private Difference? DifferenceOf(IReadOnlyList<long?> values, Assessment answer, byte verdicts, ulong relevant)
    {
        var settled = IsSettled(verdicts);
        var agrees = settled
            ? verdicts == 1 << (int)answer.Verdict
            : answer.Verdict == Verdict.Undetermined
                && (answer.Missing == relevant || IsOpenAnyway(answer, answer.Missing ^ relevant));
        if (agrees)
            return null;
        return new(
            $"{Known(values)}: {answer.Verdict}, missing {Names(answer.Missing)}; by all completions {(settled ? $"{(Verdict)int.Log2(verdicts)}" : $"Undetermined, missing {Names(relevant)}")}",
            answer.Verdict != Verdict.Undetermined || (relevant & ~answer.Missing) != 0,
            answer.Missing,
            (int)answer.Verdict,
            a => (int)a.Verdict
        );
    }

    /// <summary>
    /// Nothing settles the case, as the holidays of a year are not published; what is not done yet is named all the
    /// same, though it settles nothing now.
    /// </summary>
    private bool IsOpenAnyway(Assessment answer, ulong beyond) =>
        (answer.Missing & beyond) == beyond
        && Enumerable.Range(0, 64).All(i => (beyond >> i & 1) == 0 || Field(sample, i).IsDone)
        && answer.Findings.Any(f => f is { Outcome: Outcome.Unknown, Missing: 0 });

    private string Known(IReadOnlyList<long?> values) =>
        $"{{ {string.Join(", ", sample.Programme.Schema.Fields.Select((f, i) => (f.Name, Value: values[i])).Where(x => x.Value is not null).Select(x => $"{x.Name}={x.Value}"))} }}";

    private string Names(ulong facts) => string.Join(' ', sample.Programme.Schema.Names(facts));

    private static FactField Field(Sample sample, int column) => sample.Programme.Schema.Fields[column];

    private static bool IsSettled(byte verdicts) => int.IsPow2(verdicts);
}
