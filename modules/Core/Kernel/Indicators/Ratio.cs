namespace EduAssist.Kernel.Indicators;

/// <summary>
/// A counted ratio (比率): so many of so many. Of nothing it is undefined, which is neither 0 nor 100 %; the default is
/// such a ratio. A target is compared with the counts themselves, so that no rounding ever lifts 94.996 % to 95 %. Two
/// ratios are equal when their counts are: 1 of 2 is not 50 of 100.
/// </summary>
/// <param name="Numerator">Not negative; it may exceed the denominator (yuan per student).</param>
/// <param name="Denominator">Not negative; 0: undefined.</param>
/// <param name="Provisional">Some of what is counted is not settled yet (暂计).</param>
/// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
public readonly record struct Ratio(long Numerator, long Denominator, bool Provisional = false)
{
    /// <summary>Not negative.</summary>
    public long Numerator { get; } = Counted(Numerator, nameof(Numerator));

    /// <summary>Not negative; 0: undefined.</summary>
    public long Denominator { get; } = Counted(Denominator, nameof(Denominator));

    /// <summary>To show and to sort by, not to compare with a target: 1 of 3 has no end. Null: undefined.</summary>
    public decimal? Value => Denominator == 0 ? null : (decimal)Numerator / Denominator;

    /// <summary>
    /// In percent with two decimals, <c>94.99%</c>. Cut, not rounded: what falls short of a target never reads as if it
    /// reached it. Null: undefined.
    /// </summary>
    public string? Percent =>
        Denominator == 0 ? null : $"{decimal.Floor(10000m * Numerator / Denominator) / 100:0.00}%";

    /// <summary>
    /// Whether it is the target or more (不少于、以上、达到). Null: undefined. Exact for targets of up to nine digits.
    /// </summary>
    public bool? Reaches(decimal target) => Denominator == 0 ? null : Numerator >= target * Denominator;

    /// <summary>
    /// Whether it is more than the target (超过). Null: undefined. Exact for targets of up to nine digits.
    /// </summary>
    public bool? Exceeds(decimal target) => Denominator == 0 ? null : Numerator > target * Denominator;

    private static long Counted(long count, string name) =>
        count >= 0 ? count : throw new ArgumentOutOfRangeException(name, count, "不能为负数");
}
