namespace EduAssist.TrialClass;

/// <summary>tc-i3：一个月的最后一日。</summary>
public class TrialMonthTests
{
    [Theory]
    [InlineData("2023-01-31", "2023-02-28", "平年二月没有 31 日")]
    [InlineData("2024-01-31", "2024-02-29", "闰年二月没有 31 日")]
    [InlineData("2023-01-30", "2023-02-28", "平年二月没有 30 日")]
    [InlineData("2024-01-30", "2024-02-29", "闰年二月没有 30 日")]
    [InlineData("2023-01-29", "2023-02-28", "平年二月没有 29 日")]
    [InlineData("2024-01-29", "2024-02-28", "闰年二月有 29 日，到前一日")]
    [InlineData("2023-02-28", "2023-03-27", "从二月末起，三月有 28 日")]
    [InlineData("2024-02-29", "2024-03-28", "从闰日起")]
    [InlineData("2024-03-31", "2024-04-30", "四月没有 31 日")]
    [InlineData("2024-03-30", "2024-04-29", "四月有 30 日，到前一日")]
    [InlineData("2024-03-01", "2024-03-31", "从一日起，到当月最后一日")]
    [InlineData("2024-02-01", "2024-02-29", "从二月一日起，整个二月")]
    [InlineData("2024-09-02", "2024-10-01", "平常的一个月")]
    [InlineData("2024-12-15", "2025-01-14", "跨年")]
    [InlineData("2024-12-31", "2025-01-30", "跨年，一月有 31 日")]
    [Proves("tc/letter-school", "tc/guardian/1.3", "tc/school/1.3")]
    public void The_last_day_of_the_month(string first, string last, string sentence)
    {
        Assert.Equal((sentence, Loaded.Day(last)), (sentence, TrialMonth.LastDayOfMonth(Loaded.Day(first))));
        Assert.Equal(new(Loaded.Day(last), EndedBy.Month), TrialMonth.EndOf(Loaded.Day(first)));
    }

    [Theory]
    [InlineData("协议没有写日期，没有提前终止", "", "", "2024-10-01", "Month")]
    [InlineData("协议写的日期早于一个月", "2024-09-28", "", "2024-09-28", "WrittenDate")]
    [InlineData("协议写的日期晚于一个月", "2024-10-08", "", "2024-10-08", "WrittenDate")]
    [InlineData("协议只写一天", "2024-09-02", "", "2024-09-02", "WrittenDate")]
    [InlineData("期满之前一日终止", "", "2024-09-30", "2024-09-30", "EarlierEnding")]
    [InlineData("期满当日终止，就是期满", "", "2024-10-01", "2024-10-01", "Month")]
    [InlineData("期满之后才接回，是逾期，不延长", "", "2024-10-02", "2024-10-01", "Month")]
    [InlineData("第一天就终止", "", "2024-09-02", "2024-09-02", "EarlierEnding")]
    [InlineData("写明的日期之前终止", "2024-10-08", "2024-10-07", "2024-10-07", "EarlierEnding")]
    [InlineData("写明的日期之后才接回", "2024-09-28", "2024-09-29", "2024-09-28", "WrittenDate")]
    [Proves("tc/guardian/5.2", "tc/guardian/5.5", "tc/school/1.3")]
    public void A_written_date_prevails_and_an_earlier_ending_over_both(
        string sentence, string written, string ended, string last, string by)
    {
        var end = TrialMonth.EndOf(new(2024, 9, 2), DayOrNone(written), DayOrNone(ended));
        Assert.Equal((sentence, Loaded.Day(last), by), (sentence, end.LastDay, $"{end.By}"));
    }

    [Fact]
    public void A_day_before_the_first_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TrialMonth.EndOf(new(2024, 9, 2), written: new(2024, 9, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrialMonth.EndOf(new(2024, 9, 2), ended: new(2024, 9, 1)));
    }

    [Fact]
    [Proves("tc/guardian/1.3")]
    public void Every_day_of_eight_years_gives_a_month_of_28_to_31_days_that_never_ends_before_an_earlier_one()
    {
        var days = new DateSpan(new(2020, 1, 1), new(2027, 12, 31)).Days.ToList();
        Assert.All(days, day => Assert.InRange(TrialMonth.LastDayOfMonth(day).DayNumber - day.DayNumber + 1, 28, 31));
        Assert.All(days.Zip(days.Skip(1)),
            pair => Assert.True(TrialMonth.LastDayOfMonth(pair.First) <= TrialMonth.LastDayOfMonth(pair.Second)));
    }

    private static DateOnly? DayOrNone(string day) => day.Length == 0 ? null : Loaded.Day(day);
}
