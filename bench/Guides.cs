using System.Text.Json;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Platform;

namespace EduAssist.Bench;

/// <summary>The same cases on both sides of a guide, in process.</summary>
internal sealed class Guides
{
    private static readonly DateOnly AsOf = new(2026, 3, 16);

    private readonly IProgramme guide;
    private readonly InterpretationProfile reading;
    private readonly Case[] cases;
    private readonly Facts[] rows;

    internal Guides(Instance instance, IProgramme guide, int count)
    {
        (this.guide, reading, cases) = (guide, instance.Reading, [.. Case.Some(count, AsOf)]);
        var reader = instance.ReaderOf(guide);
        rows =
        [
            .. cases.Select(child =>
            {
                var facts = instance.NewFacts(guide);
                var line = JsonSerializer.SerializeToUtf8Bytes(new { AsOf, Facts = child }, Request.Json);
                return reader.ReadRequest(line, AsOf, facts) is { } fault
                    ? throw new InvalidOperationException(fault.Message)
                    : facts;
            }),
        ];
    }

    internal int Count => cases.Length;

    /// <summary>
    /// Rows to assessments, of which the situations that fit and those that may still fit are read, since ours are made
    /// as they are read.
    /// </summary>
    internal Side Ours => new("guide", () =>
        {
            var sum = 0L;
            foreach (var facts in rows)
                sum += Read(guide.Assess(facts, reading)!);
            return sum;
        });

    internal Side Theirs => new("hand-written guide", () =>
        {
            var sum = 0L;
            foreach (var child in cases)
            {
                var answer = HandWrittenGuide.Assess(child, AsOf);
                sum += answer.Fitting.Length + answer.Leading + answer.Possible.Length;
            }

            return sum;
        });

    /// <summary>Nothing is timed before both sides give the same answers on every row.</summary>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    internal void Agree()
    {
        var verdicts = new Dictionary<Verdict, int>();
        var fitting = new int[21];
        var possible = new int[21];
        for (var i = 0; i < Count; i++)
        {
            var ours = guide.Assess(rows[i], reading)!;
            var theirs = HandWrittenGuide.Assess(cases[i], AsOf);
            var same =
                ours.Verdict == theirs.Verdict
                && ours.Situations.Select(s => s.Number).Order().SequenceEqual(theirs.Fitting)
                && (ours.Situations.SingleOrDefault(s => s.Leading)?.Number ?? 0) == theirs.Leading
                && ours.PossibleSituations.Select(s => s.Number).SequenceEqual(theirs.Possible.Select(p => p.Number))
                && ours.PossibleSituations.Zip(theirs.Possible)
                    .All(p => p.First.Missing.SequenceEqual(p.Second.Missing));
            if (!same)
                throw new InvalidOperationException(
                    $"Row {i} differs: {cases[i]}\n{Told(theirs)}\n{string.Join(' ', ours.PossibleSituations.Select(p => $"{p.Number}:{string.Join(',', p.Missing)}"))}"
                );
            verdicts[ours.Verdict] = verdicts.GetValueOrDefault(ours.Verdict) + 1;
            foreach (var number in theirs.Fitting)
                fitting[number]++;
            foreach (var open in theirs.Possible)
                possible[open.Number]++;
        }

        if (verdicts.Count != 3 || fitting.Skip(1).Concat(possible.Skip(1)).Contains(0))
            throw new InvalidOperationException("Rows that do not come to every verdict and situation prove little.");
        Console.WriteLine(
            $"{Count} cases of the guide agree: {string.Join(", ", verdicts.Select(v => $"{v.Key} {v.Value}"))}; {fitting.Sum()} situations fit, {possible.Sum()} may still fit"
        );
    }

    private static string Told(HandGuideAnswer answer) =>
        $"{answer.Verdict} [{string.Join(' ', answer.Fitting)}] leading {answer.Leading}; {string.Join(' ', answer.Possible.Select(p => $"{p.Number}:{string.Join(',', p.Missing)}"))}";

    private static long Read(Assessment assessment)
    {
        var sum = (long)assessment.Verdict;
        var fitting = assessment.Situations;
        for (var i = 0; i < fitting.Count; i++)
            sum += fitting[i].Leading ? fitting[i].Number : 1;
        var possible = assessment.PossibleSituations;
        for (var i = 0; i < possible.Count; i++)
            sum += possible[i].Number + possible[i].Missing.Count;
        return sum;
    }
}
