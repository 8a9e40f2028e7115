namespace EduAssist.Guizhou;

/// <summary>A student's time out of school.</summary>
/// <param name="Student">Who; a student who drops out twice is counted once.</param>
/// <param name="Since">The first day out.</param>
/// <param name="Back">The day of return; null: not back.</param>
internal sealed record DropoutSpell(string Student, DateOnly Since, DateOnly? Back);

/// <summary>A body in the yearly ranking (排名).</summary>
/// <param name="Body">Its name or code.</param>
/// <param name="Level">Of all bodies of one ranking the same; Gui'an New Area ranks with the prefectures.</param>
/// <param name="Rate">Its dropout rate.</param>
/// <param name="Rank">
/// 1: the highest rate. Equal rates share a rank, and the next one skips. Null: the rate is undefined.
/// </param>
internal sealed record RankedBody(string Body, DivisionLevel Level, Ratio Rate, int? Rank)
{
    /// <summary>
    /// Whether it is a county among those whose leaders are summoned (约谈); all that share the last place are. No other
    /// body ever is.
    /// </summary>
    internal bool IsSummoned => Level == DivisionLevel.County && Rank <= Dropout.Summoned && Rate.Numerator > 0;
}

/// <summary>辍学率与排名；失学清零。</summary>
internal sealed class Dropout : IFunctions
{
    /// <summary>前 10 个.</summary>
    internal const int Summoned = 10;

    /// <summary>
    /// 一（通知）: every child of a formerly poor family is in school, those unable through their body left out.
    /// </summary>
    internal static readonly Indicator FormerlyPoorInSchool = new(
        "guizhou.formerly-poor-in-school", "脱贫家庭适龄儿童在学比例", ["gz2021/1"])
    { Target = 1m };

    /// <summary>三（二）（征求意见稿）</summary>
    internal static readonly Indicator Rate = new("guizhou.dropout-rate", "辍学率（征求意见稿）", ["gz2017/3.2b"])
    { Interpretations = ["gz-i13"] };

    public IEnumerable<Citation> Citations =>
        [
            FormerlyPoorInSchool.Citation, Rate.Citation,
            new("function", "guizhou/dropout-ranking", "辍学率排名与约谈（征求意见稿）", ["gz2017/3.2b"], ["gz-i13"]),
        ];

    /// <summary>Those in school, of all who are due to be.</summary>
    /// <param name="children">Of school age, of formerly poor families.</param>
    /// <param name="unable">Of those out of school, the ones whose body makes schooling impossible.</param>
    /// <param name="outOfSchool">All who are out of school, <paramref name="unable"/> included.</param>
    internal static Ratio InSchoolOf(long children, long unable, long outOfSchool) =>
        new(children - outOfSchool, children - unable);

    /// <summary>
    /// Who dropped out in the school year and was not back at its end, of those on the roll at its start.
    /// </summary>
    internal static Ratio RateOf(IEnumerable<DropoutSpell> spells, long onRollAtStart, SchoolYear year)
    {
        var inYear = new DateSpan(year.First, year.Last);
        return new(
            spells.Where(s => inYear.Contains(s.Since) && !(s.Back <= year.Last))
                .DistinctBy(s => s.Student, StringComparer.Ordinal).Count(),
            onRollAtStart);
    }

    /// <summary>
    /// The yearly ranking of bodies of one level, the highest rate first, undefined ones last. Rates are compared by
    /// their counts, without rounding.
    /// </summary>
    internal static IReadOnlyList<RankedBody> Ranking(DivisionLevel level, IEnumerable<(string Body, Ratio Rate)> rates)
    {
        List<(string Body, Ratio Rate)> all = [.. rates];
        return
        [
            .. all.Select(one => new RankedBody(one.Body, level, one.Rate, RankOf(one.Rate)))
                .OrderBy(r => r.Rank ?? int.MaxValue).ThenBy(r => r.Body, StringComparer.Ordinal),
        ];

        int? RankOf(Ratio rate) => rate.Denominator == 0 ? null : 1 + all.Count(other => IsHigher(other.Rate, rate));
    }

    private static bool IsHigher(Ratio one, Ratio other) =>
        one.Denominator != 0 && (Int128)one.Numerator * other.Denominator > (Int128)other.Numerator * one.Denominator;
}
