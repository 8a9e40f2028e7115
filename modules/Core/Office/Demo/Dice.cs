namespace EduAssist.Office.Demo;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014). <see cref="Random"/> does not promise the same numbers in the next version of
/// the framework.
/// </summary>
internal sealed class Dice(int seed)
{
    private ulong state = (ulong)seed;

    /// <summary>From 0 up to and without <paramref name="end"/>.</summary>
    internal int Below(int end) => (int)(Next() % (ulong)end);

    /// <summary>True that many times in a thousand.</summary>
    internal bool PerMille(int share) => Below(1000) < share;

    internal T OneOf<T>(IReadOnlyList<T> things) => things[Below(things.Count)];

    /// <summary>The first of the list much oftener than the last.</summary>
    internal T OneOfTheFirst<T>(IReadOnlyList<T> things) => things[Math.Min(Below(things.Count), Below(things.Count))];

    /// <summary>Each as often as its share of the sum.</summary>
    internal T Weighted<T>(IReadOnlyList<T> things, Func<T, int> share)
    {
        var left = Below(things.Sum(share));
        foreach (var thing in things)
            if ((left -= share(thing)) < 0)
                return thing;
        return things[^1];
    }

    private ulong Next()
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
