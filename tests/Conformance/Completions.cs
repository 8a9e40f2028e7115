using EduAssist.Core.Policy;

namespace EduAssist.Conformance;

/// <summary>
/// The truth by brute force: what a partly known case comes to under every completion of its unknown facts. A verdict is settled when
/// all completions agree; a fact is missing when, with some completion of the others, it changes the verdict. Of a guide, each situation is
/// held to that by itself: which ones fit is its answer.
/// </summary>
internal sealed class Completions(Sample sample)
{
    internal const int MostExhaustive = 12, MostCases = 3_000_000;

    private readonly int[] sizes = [.. sample.Values.Select(v => v.Length)];

    internal bool Exhaustive => sample.Programme.Kind != ProgrammeKind.Guide && sizes.Length <= MostExhaustive && sizes.Aggregate(1L, (product, n) => product * (n + 1)) <= MostCases;

    /// <summary>The cases in which the programme says otherwise, at most ten.</summary>
    internal IReadOnlyList<string> Differences() => [.. (Exhaustive ? Every() : Sampled()).Take(10)];

    /// <summary>
    /// Every partial case, each by its number in mixed radix: digit 0 is unknown, digit n the n-th value. A case is built from those
    /// with one unknown fewer, which have higher numbers, so that nothing is computed twice.
    /// </summary>
    private IEnumerable<string> Every()
    {
        var weights = new int[sizes.Length + 1];
        weights[0] = 1;
        for (var i = 0; i < sizes.Length; i++) weights[i + 1] = weights[i] * (sizes[i] + 1);
        var verdicts = new byte[weights[^1]];   // bit n: verdict n is possible
        var relevant = new ushort[weights[^1]];
        var values = new long?[sizes.Length];
        for (var number = weights[^1] - 1; number >= 0; number--)
        {
            int first = -1, second = -1;
            for (var i = 0; i < sizes.Length; i++)
            {
                var digit = number / weights[i] % (sizes[i] + 1);
                values[i] = digit == 0 ? null : sample.Values[i][digit - 1];
                if (digit == 0) (first, second) = first < 0 ? (i, second) : (first, second < 0 ? i : second);
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

            if (second < 0) relevant[number] |= (ushort)(IsSettled(verdicts[number]) ? 0 : 1 << first);
            else
            {
                for (var v = 1; v <= sizes[second]; v++) relevant[number] |= (ushort)(relevant[number + v * weights[second]] & 1 << first);
            }

            if (Difference(values, answer, verdicts[number], relevant[number]) is { } difference) yield return difference;
        }
    }

    private IEnumerable<string> Sampled()
    {
        for (var n = 0; n < 20_000; n++)
        {
            var given = sample.Draw(sample.Values, unknown: 0.25);
            long?[] values = [.. sample.Settle([.. given])];
            var unknown = Enumerable.Range(0, values.Length).Where(i => values[i] is null).ToList();
            while (unknown.Aggregate(1L, (product, i) => product * sizes[i]) > 500)
            {
                var known = unknown[sample.Random.Next(unknown.Count)];
                given[known] = values[known] = sample.Values[known][sample.Random.Next(sizes[known])];
                values = sample.Settle(values);
                unknown.RemoveAll(i => values[i] is not null);
            }

            var answer = sample.Assess(given);
            var completed = Complete(values, unknown);
            if (sample.Programme.Kind != ProgrammeKind.Guide)
            {
                var (verdicts, relevant) = Brute(completed, unknown, (int)answer.Verdict, a => (int)a.Verdict);
                if (Difference(given, answer, verdicts, relevant) is { } difference) yield return difference;
                continue;
            }

            for (var i = 0; i < answer.Count; i++)
            {
                if (answer[i].Outcome == Outcome.NotApplicable || completed.Any(c => c.Answer[i].Outcome == Outcome.NotApplicable)) continue;   // the remainder
                var (outcomes, relevant) = Brute(completed, unknown, (int)answer[i].Outcome, a => (int)a[i].Outcome);
                var agrees = IsSettled(outcomes) ? outcomes == 1 << (int)answer[i].Outcome : answer[i].Outcome == Outcome.Unknown && answer[i].Missing == relevant;
                if (!agrees) yield return $"{answer[i].Rule.Id}: {Known(given)}: {answer[i].Outcome}, missing {Names(answer[i].Missing)}; by all completions {(IsSettled(outcomes) ? $"{(Outcome)int.Log2(outcomes)}" : $"Unknown, missing {Names(relevant)}")}";
            }
        }
    }

    private List<(long[] Chosen, Assessment Answer)> Complete(long?[] values, List<int> unknown)
    {
        List<(long[], Assessment)> all = [];
        Next(0, []);
        return all;

        void Next(int at, long[] chosen)
        {
            if (at == unknown.Count)
            {
                long?[] complete = [.. values];
                for (var i = 0; i < chosen.Length; i++) complete[unknown[i]] = chosen[i];
                all.Add((chosen, sample.Assess(complete)));
                return;
            }

            foreach (var value in sample.Values[unknown[at]]) Next(at + 1, [.. chosen, value]);
        }
    }

    /// <summary>What the completions come to, bit n for the n-th answer; and the facts that matter: those in which alone two completions differ that differ in the answer.</summary>
    private static (byte Answers, ulong Relevant) Brute(List<(long[] Chosen, Assessment Answer)> completed, List<int> unknown, int given, Func<Assessment, int> of)
    {
        var answers = completed.Aggregate((byte)0, (set, c) => (byte)(set | 1 << of(c.Answer)));
        if (answers == 1 << given) return (answers, 0);
        var relevant = 0UL;
        for (var i = 0; i < unknown.Count; i++)
        {
            var others = completed.GroupBy(c => string.Join(',', c.Chosen.Where((_, j) => j != i)));
            if (others.Any(g => g.Select(c => of(c.Answer)).Distinct().Count() > 1)) relevant |= 1UL << unknown[i];
        }

        return (answers, relevant);
    }

    private string? Difference(IReadOnlyList<long?> values, Assessment answer, byte verdicts, ulong relevant)
    {
        var settled = IsSettled(verdicts);
        var agrees = settled ? verdicts == 1 << (int)answer.Verdict : answer.Verdict == Verdict.Undetermined && answer.Missing == relevant;
        if (agrees) return null;
        return $"{Known(values)}: {answer.Verdict}, missing {Names(answer.Missing)}; by all completions {(settled ? $"{(Verdict)int.Log2(verdicts)}" : $"Undetermined, missing {Names(relevant)}")}";
    }

    private string Known(IReadOnlyList<long?> values) =>
        $"{{ {string.Join(", ", sample.Programme.Schema.Fields.Select((f, i) => (f.Name, Value: values[i])).Where(x => x.Value is not null).Select(x => $"{x.Name}={x.Value}"))} }}";

    private string Names(ulong facts) => string.Join(' ', sample.Programme.Schema.Names(facts));

    private static bool IsSettled(byte verdicts) => int.IsPow2(verdicts);
}
