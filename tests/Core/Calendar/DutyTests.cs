using EduAssist.Kernel.Calendar;

namespace EduAssist.Core.Calendar;

public class DutyTests
{
    private static readonly WorkCalendar Calendar = Published.Calendar;

    public static TheoryData<string, Recurrence, string, string, string> Cases => new()
    {
        { "once, on the day", Recurrence.Once(new(2020, 3, 31)), "2020-03-31", "2020-03-31", "03-31 once" },
        { "once, the day before", Recurrence.Once(new(2020, 3, 31)), "2020-03-01", "2020-03-30", "" },
        { "once, the day after", Recurrence.Once(new(2020, 3, 31)), "2020-04-01", "2020-12-31", "" },
        { "never due", Recurrence.NoDeadline, "2020-01-01", "2022-12-31", "- once" },
        { "daily, around a make-up Saturday", Recurrence.Daily(new(12, 0), Calendar), "2020-05-05", "2020-05-11",
            "05-06 2020-05-06 12:00|05-07 2020-05-07 12:00|05-08 2020-05-08 12:00|05-09 2020-05-09 12:00|05-11 "
                + "2020-05-11 12:00" },
        { "half months", Recurrence.EveryHalfMonth, "2021-02-15", "2021-03-15",
            "02-15 2021-02-1|02-28 2021-02-2|03-15 2021-03-1" },
        { "half months, one day less at each end", Recurrence.EveryHalfMonth, "2021-02-16", "2021-03-14",
            "02-28 2021-02-2" },
        { "months, in a leap year", Recurrence.EveryMonth, "2020-02-01", "2020-04-30",
            "02-29 2020-02|03-31 2020-03|04-30 2020-04" },
        { "months, across a year", Recurrence.EveryMonth, "2020-12-01", "2021-01-31", "12-31 2020-12|01-31 2021-01" },
        { "half years", Recurrence.EveryHalfYear(), "2021-01-01", "2021-12-31", "06-30 2021-H1|12-31 2021-H2" },
        { "half years, around the start of each term", Recurrence.EveryHalfYear(3, 15, 9, 15), "2021-01-01",
            "2021-12-31", "03-15 2021-H1|09-15 2021-H2" },
        { "school years", Recurrence.EverySchoolYear, "2020-09-01", "2021-08-31", "08-31 2020-2021" },
        { "terms", Recurrence.EveryTerm, "2020-09-01", "2021-08-31", "01-31 2020-2021-1|08-31 2020-2021-2" },
        { "terms, one day less at each end", Recurrence.EveryTerm, "2021-02-01", "2021-08-30", "" },
        { "school years, the last day missing", Recurrence.EverySchoolYear, "2020-09-01", "2021-08-30", "" },
        { "every year", Recurrence.EveryYear(9, 30), "2020-01-01", "2022-09-30", "09-30 2020|09-30 2021|09-30 2022" },
        { "every year by 29 February", Recurrence.EveryYear(2, 29), "2020-01-01", "2021-12-31",
            "02-29 2020|02-28 2021" },
        { "every three years, before the first", Recurrence.EveryYears(3, 2020, 6, 1), "2016-01-01", "2019-12-31", "" },
        { "every three years", Recurrence.EveryYears(3, 2020, 6, 1), "2016-01-01", "2026-06-01",
            "06-01 2020|06-01 2023|06-01 2026" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_duty_falls_due(string what, Recurrence when, string first, string last, string due)
    {
        var instances = Of(when).Within(new DateSpan(Published.Day(first), Published.Day(last))).ToList();
        Assert.True(due == Text(instances), $"{what}: {Text(instances)}");
        Assert.All(instances, instance => Assert.Null(instance.Body));
    }

    /// <summary>A county with two townships and five schools, in the year 2025.</summary>
    [Theory]
    [InlineData("the county, every half year", "县", 2)]
    [InlineData("two central schools, every half month", "镇甲 镇乙", 48)]
    [InlineData("five schools, every day by noon", "校1 校2 校3 校4 校5", 5 * 248)]
    public void Each_body_owes_its_own(string what, string bodies, int count)
    {
        Recurrence when = bodies[0] switch
        {
            '县' => Recurrence.EveryHalfYear(),
            '镇' => Recurrence.EveryHalfMonth,
            _ => Recurrence.Daily(new(12, 0), Calendar),
        };
        var instances = Of(when).Within(DateSpan.Year(2025), bodies.Split(' ')).ToList();
        Assert.True(count == instances.Count, $"{what}: {instances.Count}");
        Assert.Equal(bodies.Split(' '), instances.Take(bodies.Split(' ').Length).Select(instance => instance.Body));
        Assert.Equal(count, instances.DistinctBy(instance => (instance.Period, instance.Body)).Count());
    }

    [Fact]
    public void Without_bodies_nobody_owes_it() =>
        Assert.Empty(Of(Recurrence.EveryMonth).Within(DateSpan.Year(2020), []));

    [Theory]
    [InlineData("no hour: the day before", "2020-09-29T23:59:59", false, false)]
    [InlineData("no hour: the last second", "2020-09-30T23:59:59", false, false)]
    [InlineData("no hour: midnight", "2020-10-01T00:00:00", false, true)]
    [InlineData("before noon", "2020-09-30T11:59:59", true, false)]
    [InlineData("at noon to the second", "2020-09-30T12:00:00", true, true)]
    [InlineData("after noon", "2020-09-30T12:00:01", true, true)]
    public void It_is_overdue(string what, string now, bool noon, bool overdue)
    {
        var when = noon ? Recurrence.Daily(new(12, 0), Calendar) : Recurrence.EveryYear(9, 30);
        var instance = Of(when).Within(new DateSpan(new(2020, 9, 30), new(2020, 9, 30))).Single();
        var beijing = new DateTimeOffset(DateTime.ParseExact(now, "s", null), TimeSpan.FromHours(8));
        Assert.True(overdue == instance.IsOverdue(beijing), what);
        Assert.Equal(overdue, instance.IsOverdue(beijing.ToUniversalTime()));
        Assert.False(Of(Recurrence.NoDeadline).Within(DateSpan.Year(2020)).Single().IsOverdue(beijing));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Recurrence.EveryYear(2, 30));
        Assert.Throws<ArgumentOutOfRangeException>(() => Recurrence.EveryYear(13, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Recurrence.EveryYears(0, 2020, 1, 1));
        Assert.Throws<ArgumentException>(() => Of(Recurrence.EveryMonth).Within(new DateSpan(new(2020, 1, 1), null)));
        Assert.Throws<HolidaysNotPublishedException>(
            () => Of(Recurrence.Daily(new(12, 0), Calendar)).Within(DateSpan.Year(2027)).ToList());
    }

    private static Duty Of(Recurrence when) => new("duty", "职责", "县教育局", ["x/1"], when);

    private static string Text(IEnumerable<DutyInstance> instances) =>
        string.Join('|',
            instances.Select(
                one =>
                    $"{one.Due?.ToString("MM-dd") ?? "-"} "
                        + $"{one.Period}{(one.Before is { } before ? $" {before:HH:mm}" : "")}"));
}
