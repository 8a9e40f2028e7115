using System.Diagnostics;

namespace EduAssist.Bench;

/// <summary>
/// One side of a comparison: it goes over every row once and returns something that depends on all of its work.
/// </summary>
/// <param name="Name">What is done.</param>
/// <param name="Pass">Over every row, once.</param>
internal sealed record Side(string Name, Func<long> Pass);

/// <summary>What one side came to.</summary>
/// <param name="Nanoseconds">A row, in every round.</param>
/// <param name="Bytes">Allocated a row.</param>
internal sealed record Measured(IReadOnlyList<double> Nanoseconds, double Bytes)
{
    internal double PerSecond => 1e9 / Median(Nanoseconds);

    /// <summary>
    /// This side's throughput over another's: the median of the rounds' ratios, so that a slow spell of the machine,
    /// which hits both sides of its round, drops out.
    /// </summary>
    internal double Over(Measured other) =>
        Median([.. other.Nanoseconds.Zip(Nanoseconds, (theirs, ours) => theirs / ours)]);

    internal static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}

/// <summary>Measures sides against each other in one process: alternating, five rounds, medians.</summary>
internal static class Peers
{
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(0.5);

    private static long sink;

    /// <summary>What every side came to, in their order.</summary>
    /// <param name="rows">That a pass goes over.</param>
    /// <param name="warmUp">
    /// Seconds of each side: a page goes through far more code than a decision, and the compiler needs longer to be
    /// done with it.
    /// </param>
    /// <param name="sides">What is compared.</param>
    internal static IReadOnlyList<Measured> Measure(int rows, int warmUp, params IReadOnlyList<Side> sides)
    {
        // Warm until the last tier of the compiler is reached, all sides together: what one side's types teach the
        // profile, the others have to live with, as in a host.
        var passes = sides.Select(_ => 0).ToArray();
        for (var slice = 0; slice < 4; slice++)
        {
            for (var i = 0; i < sides.Count; i++)
            {
                var clock = Stopwatch.StartNew();
                var done = 0;
                for (; clock.Elapsed < TimeSpan.FromSeconds(warmUp) / 4; done++)
                    sink += sides[i].Pass();
                passes[i] = Math.Max(1, (int)(done * (Round / clock.Elapsed)));
            }
        }

        var times = sides.Select(_ => new List<double>()).ToArray();
        var bytes = new double[sides.Count];
        for (var round = 0; round < Rounds; round++)
        {
            for (var turn = 0; turn < sides.Count; turn++)
            {
                // every other round backwards, so that nobody is always the one who finds the other's garbage
                var i = round % 2 == 0 ? turn : sides.Count - 1 - turn;
                GC.Collect();
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                for (var pass = 0; pass < passes[i]; pass++)
                    sink += sides[i].Pass();
                times[i].Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / passes[i] / rows);
                bytes[i] = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)passes[i] / rows;
            }
        }

        return [.. times.Zip(bytes, (t, b) => new Measured(t, b))];
    }
}
