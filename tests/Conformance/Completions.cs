using EduAssist.Core.Policy;

namespace EduAssist.Conformance;

/// <summary>
/// The truth by brute force: what a partly known case comes to under every completion of its unknown facts. A verdict is settled when
/// all completions agree; a fact is missing when, with some completion of the others, it changes the verdict.
/// </summary>
internal sealed class Completions(Sample sample)
{
    internal const int MostExhaustive = 12, MostCases = 3_000_000;

    private readonly int[] sizes = [.. sample.Values.Select(v => v.Length)];

    internal bool Exhaustive => sizes.Length <= MostExhaustive && sizes.Aggregate(1L, (product, n) => product * (n + 1)) <= MostCases;

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
            var values = sample.Draw(sample.Values, unknown: 0.25);
            var unknown = Enumerable.Range(0, values.Length).Where(i => values[i] is null).ToList();
            while (unknown.Aggregate(1L, (product, i) => product * sizes[i]) > 500)
            {
                var known = unknown[sample.Random.Next(unknown.Count)];
                values[known] = sample.Values[known][sample.Random.Next(sizes[known])];
                unknown.Remove(known);
            }

            var (verdicts, relevant) = Brute(values, unknown);
            if (Difference(values, sample.Assess(values), verdicts, relevant) is { } difference) yield return difference;
        }
    }

    private (byte Verdicts, ulong Relevant) Brute(long?[] values, List<int> unknown)
    {
        var byCompletion = new Dictionary<string, (long[] Values, Verdict Verdict)>();
        Complete(0, []);
        var verdicts = byCompletion.Values.Aggregate((byte)0, (set, c) => (byte)(set | 1 << (int)c.Verdict));
        var relevant = 0UL;
        for (var i = 0; i < unknown.Count; i++)
        {
            // a fact matters where completions that differ in it alone differ in the verdict
            var others = byCompletion.Values.GroupBy(c => string.Join(',', c.Values.Where((_, j) => j != i)));
            if (others.Any(g => g.Select(c => c.Verdict).Distinct().Count() > 1)) relevant |= 1UL << unknown[i];
        }

        return (verdicts, relevant);

        void Complete(int at, long[] chosen)
        {
            if (at == unknown.Count)
            {
                long?[] all = [.. values];
                for (var i = 0; i < chosen.Length; i++) all[unknown[i]] = chosen[i];
                byCompletion[string.Join(',', chosen)] = (chosen, sample.Assess(all).Verdict);
                return;
            }

            foreach (var value in sample.Values[unknown[at]]) Complete(at + 1, [.. chosen, value]);
        }
    }

    private string? Difference(IReadOnlyList<long?> values, Assessment answer, byte verdicts, ulong relevant)
    {
        var settled = IsSettled(verdicts);
        var agrees = settled ? verdicts == 1 << (int)answer.Verdict : answer.Verdict == Verdict.Undetermined && answer.Missing == relevant;
        if (agrees) return null;
        var fields = sample.Programme.Schema.Fields;
        var known = string.Join(", ", fields.Select((f, i) => (f.Name, Value: values[i])).Where(x => x.Value is not null).Select(x => $"{x.Name}={x.Value}"));
        return $"{{ {known} }}: {answer.Verdict}, missing {string.Join(' ', sample.Programme.Schema.Names(answer.Missing))}; by all completions "
            + (settled ? $"{(Verdict)int.Log2(verdicts)}" : $"Undetermined, missing {string.Join(' ', sample.Programme.Schema.Names(relevant))}");
    }

    private static bool IsSettled(byte verdicts) => int.IsPow2(verdicts);
}
