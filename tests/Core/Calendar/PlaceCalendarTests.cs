using EduAssist.Kernel.Calendar;

namespace EduAssist.Core.Calendar;

/// <summary>
/// The working days of a place: the country's, as notices of the place and of those around it change them.
/// </summary>
public class PlaceCalendarTests
{
    private static readonly PlaceNotice Torches = new("5323", "火把节通知",
        [.. new DateSpan(new(2024, 7, 29), new(2024, 7, 31)).Days.Select(d => new PlaceDay(d, "火把节", DayKind.Off))]);

    private static WorkCalendar At(string place, params PlaceNotice[] notices) => Published.Calendar.At(place, notices);

    [Theory]
    [InlineData("5323", "2024-08-01")]
    [InlineData("532301", "2024-08-01")]
    [InlineData("532301/0198aaaa", "2024-08-01")]
    [InlineData("5301", "2024-07-29")]
    [InlineData("53", "2024-07-29")]
    [InlineData("", "2024-07-29")]
    public void A_notice_holds_at_its_place_and_beneath_it(string place, string next)
    {
        var proof = At(place, Torches).Add(new(2024, 7, 26), 1);
        Assert.Equal(Published.Day(next), proof.Due);
        Assert.Equal(proof.Due.Month == 8 ? Torches.Days.Count : 0,
            proof.Days.Count(d => $"{d.Why} {d.Notice}" == "火把节放假 火把节通知"));
    }

    [Fact]
    public void The_narrower_place_has_the_word()
    {
        var county = new PlaceNotice("532301", "市通知", [new(new(2024, 7, 30), "防汛", DayKind.Work)]);
        foreach (var calendar in (WorkCalendar[])[At("532301", Torches, county), At("532301", county, Torches)])
            Assert.Equal("False True False", string.Join(' ',
                Torches.Days.Select(d => calendar.IsWorking(d.Date))));
        Assert.False(At("532322", Torches, county).IsWorking(new(2024, 7, 30)));
    }

    [Fact]
    public void A_make_up_day_that_a_county_cancels_is_no_working_day()
    {
        var sunday = new DateOnly(2024, 4, 7);
        Assert.True(Published.Calendar.IsMakeUpDay(sunday));
        var there = At("520102", new PlaceNotice("520102", "县通知", [new(sunday, "取消调休", DayKind.Off)]));
        Assert.False(there.IsWorking(sunday));
        Assert.False(there.IsMakeUpDay(sunday));
    }

    [Fact]
    public void A_weekday_that_is_worked_in_a_holiday_is_no_make_up_day()
    {
        var labour = new DateOnly(2024, 5, 2);
        var there = At("520102", new PlaceNotice("520102", "县通知", [new(labour, "防汛值守", DayKind.Work)]));
        Assert.True(there.IsWorking(labour));
        Assert.False(there.IsMakeUpDay(labour));
        Assert.Equal(new(new(2024, 5, 1), new(2024, 5, 5)), there.DaysOff(2024, "劳动节"));
    }

    [Fact]
    public void A_holiday_that_a_place_makes_longer_ends_there_later()
    {
        var longer = new PlaceNotice("5323", "州通知", [new(new(2024, 5, 6), "劳动节", DayKind.Off)]);
        Assert.Equal(new DateOnly(2024, 5, 6), At("5323", longer).DaysOff(2024, "劳动节").Last);
        Assert.Equal(new DateOnly(2024, 5, 5), At("5301", longer).DaysOff(2024, "劳动节").Last);
    }

    /// <summary>The name that a place gives its days moves nothing, and no notice of one is ever a refusal.</summary>
    [Theory]
    [InlineData("Off 2024-05-06", "2024-05-01", "2024-05-06")]
    [InlineData("Off 2024-05-03,2024-05-04,2024-05-05", "2024-05-01", "2024-05-05")]
    [InlineData("Off 2024-04-30", "2024-04-30", "2024-05-05")]
    [InlineData("Off 2024-08-21", "2024-05-01", "2024-05-05")]
    [InlineData("Off 2024-05-07", "2024-05-01", "2024-05-05")]
    [InlineData("Work 2024-05-05", "2024-05-01", "2024-05-04")]
    [InlineData("Work 2024-05-01,2024-05-02,2024-05-03,2024-05-04,2024-05-05", "2024-05-05", "2024-05-05")]
    public void A_holiday_is_as_long_as_the_place_is_off_around_it(string notice, string first, string last)
    {
        foreach (var name in (string[])["劳动节", "州庆", "抗震救灾"])
        {
            var (kind, days) = (Enum.Parse<DayKind>(notice.Split(' ')[0]), notice.Split(' ')[1].Split(','));
            var there = At("5323", new PlaceNotice("5323", "州通知",
                [.. days.Select(d => new PlaceDay(Published.Day(d), name, kind))]));
            Assert.Equal(new(Published.Day(first), Published.Day(last)), there.DaysOff(2024, "劳动节"));
        }
    }

    [Fact]
    public void No_place_publishes_a_year()
    {
        var there = At("5323", new PlaceNotice("5323", "州通知", [new(new(2031, 4, 15), "州庆", DayKind.Off)]));
        Assert.False(there.Publishes(2031));
        Assert.Throws<HolidaysNotPublishedException>(() => there.IsWorking(new(2031, 4, 15)));
    }

    [Fact]
    public void The_version_tells_the_days_of_the_place()
    {
        var country = Published.Calendar.Version;
        Assert.Equal(country, At("5301", Torches).Version);
        Assert.StartsWith($"{country}/", At("5323", Torches).Version, StringComparison.Ordinal);
        Assert.Equal(At("5323", Torches).Version, At("532301", Torches).Version);
        Assert.NotEqual(At("5323", Torches).Version, At("5323", Torches with { Title = "另一通知" }).Version);
    }
}
