using System.Globalization;

namespace EduAssist.Guizhou;

/// <summary>三天无故缺课：教学日按 2023 年的全国工作日。</summary>
public class ThreeDaysTests
{
    [Theory]
    [InlineData("09-15 09-18 09-19", "09-19", "09-19", "Friday, Monday, Tuesday: a weekend does not break a spell")]
    [InlineData("09-18 09-19", "", "", "two days are not three")]
    [InlineData("09-18 09-19 09-20 09-21", "09-20", "09-20", "the third day marks, not the fourth")]
    [InlineData("09-27 09-28 10-07", "10-07", "",
        "across National Day to the make-up Saturday; in the other reading two of them are in September")]
    [InlineData("09-27 09-28 10-08", "", "", "the make-up Saturday was attended")]
    [InlineData("10-06 10-07 10-08", "", "", "a holiday counts for nothing: only two teaching days")]
    [InlineData("10-07 10-08 10-09", "10-09", "10-09", "make-up Saturday, make-up Sunday, Monday")]
    [InlineData("09-12 09-13 09-15 09-18", "", "09-15", "two spells do not add up; within a month they do")]
    [InlineData("09-04 09-12 09-20", "", "09-20", "three scattered days of a month")]
    [InlineData("09-28 10-16 10-17", "", "", "three scattered days of two months")]
    [InlineData("09-19 09-15 09-18 09-18", "09-19", "09-19", "in any order, a day twice is one day")]
    [InlineData("09-16 09-17 09-18", "", "", "a weekend is no absence")]
    [InlineData("", "", "", "never absent")]
    [Proves("gz2017/2.4a")]
    public void Marked_on(string absent, string consecutive, string withinMonth, string sentence)
    {
        List<DateOnly> days =
        [
            .. absent.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(d => DateOnly.ParseExact($"2023-{d}", "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ];
        string On(InterpretationProfile reading) => ThreeDays.Detect(days, Loaded.Instance.Calendar.IsWorking, reading)
            is { } mark ? $"{mark.Since:MM-dd}" : "";
        Assert.Equal((sentence, consecutive, withinMonth),
            (sentence, On(InterpretationProfile.AsTaken), On(new("gz-i5"))));
    }

    [Fact]
    [Proves("gz2017/2.4a")]
    public void A_leave_paper_handed_in_later_takes_the_mark_away()
    {
        DateOnly[] days = [new(2023, 9, 15), new(2023, 9, 18), new(2023, 9, 19)];
        Assert.Equal(days,
            ThreeDays.Detect(days, Loaded.Instance.Calendar.IsWorking, InterpretationProfile.AsTaken)!.Days);
        Assert.Null(ThreeDays.Detect(days.Except([new(2023, 9, 18)]), Loaded.Instance.Calendar.IsWorking,
            InterpretationProfile.AsTaken));
    }

    [Fact]
    [Proves("gz2017/2.4a")]
    public void The_county_s_own_school_calendar_decides_where_there_is_one() =>
        Assert.Equal(new(2023, 9, 20),
            ThreeDays.Detect([new(2023, 9, 15), new(2023, 9, 19), new(2023, 9, 20)],
                d => d != new DateOnly(2023, 9, 18) && Loaded.Instance.Calendar.IsWorking(d),
                InterpretationProfile.AsTaken)!.Since);
}
