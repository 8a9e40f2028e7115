namespace EduAssist.Guizhou;

/// <summary>九年义务教育巩固率；小规模学校的公用经费人数。</summary>
internal sealed class Retention : IFunctions
{
    /// <summary>二（四）11: fewer pupils than this are funded as if there were so many.</summary>
    internal const int FundedAtLeast = 100;

    /// <summary>一（征求意见稿）：到 2020 年达到 95%。</summary>
    internal static readonly Indicator NineYears = new("guizhou.nine-year-retention", "九年义务教育巩固率（征求意见稿）", ["gz2017/1"])
    {
        Target = 0.95m,
        TargetYear = 2020,
        Interpretations = ["gz-i6"],
    };

    public IEnumerable<Citation> Citations =>
        [NineYears.Citation, new("function", "guizhou/funded-headcount", "公用经费核定人数（征求意见稿）", ["gz2017/2.11"], [])];

    /// <summary>The year of the first-grade intake that leaves grade 9 in the summer of a year.</summary>
    internal static int IntakeYear(int graduationYear) => Grade.EntryYear(graduationYear, Stage.Primary);

    /// <summary>
    /// Graduates of grade 9, of the intake to grade 1 nine years before, adjusted for who came, left and died.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">More have left than were ever there.</exception>
    internal static Ratio NineYearsOf(
        long graduates, long intake, long transferredIn, long transferredOut, long died) =>
        new(graduates, intake + transferredIn - transferredOut - died);

    /// <summary>
    /// Pupils for whom public funds are computed, of a village school or teaching point. A closed one, without pupils,
    /// is no school of fewer than 100.
    /// </summary>
    internal static int FundedHeadcount(int pupils) => pupils is > 0 and < FundedAtLeast ? FundedAtLeast : pupils;
}
