namespace EduAssist.Guizhou;

/// <summary>在学比例、辍学率与排名、九年巩固率、公用经费人数。</summary>
public class IndicatorTests
{
    private static readonly SchoolYear Year = new(2022);

    [Theory]
    [InlineData("2022-08-31", null, 0, "dropped out the day before the school year")]
    [InlineData("2022-09-01", null, 1, "on its first day")]
    [InlineData("2023-08-31", null, 1, "on its last day")]
    [InlineData("2023-09-01", null, 0, "the day after it")]
    [InlineData("2022-11-01", "2023-08-31", 0, "back on its last day")]
    [InlineData("2022-11-01", "2023-09-01", 1, "back a day too late")]
    [Proves("gz2017/3.2b")]
    public void Dropout_rate(string since, string? back, long dropouts, string sentence) =>
        Assert.Equal((sentence, new(dropouts, 500)),
            (sentence, Dropout.RateOf([new("甲", Day(since), back is null ? null : Day(back))], 500, Year)));

    [Fact]
    [Proves("gz2017/3.2b")]
    public void A_student_who_drops_out_twice_counts_once_and_of_no_roll_there_is_no_rate()
    {
        Assert.Equal(new(1, 500),
            Dropout.RateOf(
                [
                    new("甲", new(2022, 10, 1), new(2022, 11, 1)),
                    new("甲", new(2023, 3, 1), null),
                    new("乙", new(2022, 10, 1), new(2023, 1, 1)),
                ],
                500, Year));
        Assert.Equal(new(1, 500),
            Dropout.RateOf([new("甲", new(2022, 10, 1), null), new("甲", new(2023, 3, 1), null)], 500, Year));
        Assert.Null(Dropout.RateOf([], 0, Year).Value);
    }

    [Fact]
    [Proves("gz2017/3.2b")]
    public void All_who_share_place_ten_are_summoned()
    {
        // nine above, three of one rate at place ten (in different counts), two below, one without a roll
        (string, Ratio)[] rates =
        [
            .. Enumerable.Range(1, 9).Select(n => ($"县{n:00}", new Ratio(100 - n, 1000))),
            ("县10", new(5, 100)), ("县11", new(50, 1000)), ("县12", new(1, 20)),
            ("县13", new(49, 1000)), ("县14", new(0, 1000)), ("县15", new(0, 0)),
        ];
        var ranking = Dropout.Ranking(DivisionLevel.County, rates.Reverse());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 13, 14, null], ranking.Select(r => r.Rank));
        Assert.Equal(Enumerable.Range(1, 12).Select(n => $"县{n:00}"),
            ranking.Where(r => r.IsSummoned).Select(r => r.Body));
    }

    [Fact]
    [Proves("gz2017/3.2b")]
    public void Shared_ranks_are_skipped_and_a_rate_of_zero_is_no_high_rate()
    {
        var ranking = Dropout.Ranking(DivisionLevel.County,
            [("甲", new(1, 100)), ("乙", new(2, 100)), ("丙", new(2, 100)), ("丁", new(0, 100)), ("戊", new(0, 50))]);
        Assert.Equal([("丙", 1, true), ("乙", 1, true), ("甲", 3, true), ("丁", 4, false), ("戊", 4, false)],
            ranking.Select(r => (r.Body, r.Rank!.Value, r.IsSummoned)).OrderBy(r => r.Item2)
                .ThenBy(r => r.Body, StringComparer.Ordinal));
    }

    [Fact]
    [Proves("gz2017/3.2b")]
    public void Eleven_that_span_place_ten_are_all_summoned_and_the_eleventh_place_is_not()
    {
        Assert.All(
            Dropout.Ranking(DivisionLevel.County,
                Enumerable.Range(1, 11).Select(n => ($"县{n:00}", new Ratio(n, 100L * n)))),
            r => Assert.Equal((1, true), (r.Rank!.Value, r.IsSummoned)));
        Assert.Equal([true, false],
            Dropout.Ranking(DivisionLevel.County, Enumerable.Range(1, 11).Select(n => ($"县{n:00}", new Ratio(n, 1000))))
                .Skip(9).Select(r => r.IsSummoned));
    }

    [Fact]
    [Proves("gz2017/3.2b")]
    public void Prefectures_are_ranked_and_never_summoned()
    {
        var ranking = Dropout.Ranking(DivisionLevel.Prefecture, [("甲州", new(1, 100)), ("贵安新区", new(2, 100))]);
        Assert.Equal([("贵安新区", 1, false), ("甲州", 2, false)],
            ranking.Select(r => (r.Body, r.Rank!.Value, r.IsSummoned)));
    }

    [Theory]
    [InlineData(950, 1000, 0, 0, 0, 950, 1000, true, "exactly 95 %")]
    [InlineData(949, 1000, 0, 0, 0, 949, 1000, false, "one short")]
    [InlineData(9499, 10000, 0, 0, 0, 9499, 10000, false, "94.99 %")]
    [InlineData(950, 1000, 20, 0, 0, 950, 1020, false, "twenty have come")]
    [InlineData(931, 1000, 0, 18, 2, 931, 980, true, "eighteen have gone elsewhere, two have died: 95 % of the rest")]
    [Proves("gz2017/1")]
    public void Nine_year_retention(
        long graduates, long intake, long came, long went, long died, long numerator, long denominator, bool reached,
        string sentence)
    {
        var rate = Retention.NineYearsOf(graduates, intake, came, went, died);
        Assert.Equal((sentence, new(numerator, denominator)), (sentence, rate));
        Assert.Equal(reached, Retention.NineYears.IsMetBy(rate));
    }

    [Fact]
    [Proves("gz2017/1")]
    public void The_intake_is_that_of_nine_years_before_and_of_nobody_there_is_no_rate()
    {
        Assert.Equal(2011, Retention.IntakeYear(2020));
        Assert.Null(Retention.NineYears.IsMetBy(Retention.NineYearsOf(0, 0, 0, 0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Retention.NineYearsOf(0, 10, 0, 11, 0));
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(99, 100)]
    [InlineData(100, 100)]
    [InlineData(101, 101)]
    [InlineData(0, 0)]
    [Proves("gz2017/2.11")]
    public void Fewer_than_a_hundred_pupils_are_funded_as_a_hundred(int pupils, int funded) =>
        Assert.Equal(funded, Retention.FundedHeadcount(pupils));

    [Theory]
    [InlineData(1000, 4, 4, true, "only those whose body makes it impossible are out")]
    [InlineData(1000, 4, 5, false, "one too many")]
    [InlineData(1000, 0, 0, true, "nobody")]
    [InlineData(0, 0, 0, null, "no such child")]
    [Proves("gz2021/1")]
    public void Cleared_to_zero(long children, long unable, long outOfSchool, bool? cleared, string sentence) =>
        Assert.Equal((sentence, cleared),
            (sentence, Dropout.FormerlyPoorInSchool.IsMetBy(Dropout.InSchoolOf(children, unable, outOfSchool))));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");
}
