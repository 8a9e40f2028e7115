namespace EduAssist.National;

public class DutiesTests
{
    private static readonly ITimeline Timeline = new Duties();

    [Theory]
    [InlineData("a new catalogue of majors five years after issue, and every five years", "catalogue-of-majors",
        "2024 2029")]
    [InlineData("a school's majors every year", "majors-of-school",
        "2019 2020 2021 2022 2023 2024 2025 2026 2027 2028 2029")]
    [InlineData("textbooks every three years", "textbooks", "2022 2025 2028")]
    [InlineData("a month in companies every year", "month-in-company",
        "2019 2020 2021 2022 2023 2024 2025 2026 2027 2028 2029")]
    [InlineData("every teacher trained within five years", "teacher-training-cycle", "2024 2029")]
    [InlineData("the county hears a report every year", "county-hears-report",
        "2019 2020 2021 2022 2023 2024 2025 2026 2027 2028 2029")]
    [Proves("sc2019-4/9", "sc2019-4/12", "cc2019/22")]
    public void Duties_fall_due_at_the_end_of_the_year(string what, string id, string years)
    {
        var duty = Timeline.Duties(2024, Ask.Calendar, InterpretationProfile.AsTaken).Single(d => d.Id == id);
        var due = duty.Within(new DateSpan(new(2015, 1, 1), new(2029, 12, 31))).Select(d => d.Due!.Value).ToList();
        Assert.Equal((what, years), (what, string.Join(' ', due.Select(d => d.Year))));
        Assert.All(due, d => Assert.Equal((12, 31), (d.Month, d.Day)));
    }

    [Theory]
    [InlineData("on the last day", "2024-12-31 23:59+08:00", false)]
    [InlineData("a minute later", "2025-01-01 00:00+08:00", true)]
    public void A_report_is_late_when_the_year_is_over(string what, string now, bool late)
    {
        var report = Timeline.Duties(2024, Ask.Calendar, InterpretationProfile.AsTaken)
            .Single(d => d.Id == "county-hears-report").Within(DateSpan.Year(2024)).Single();
        Assert.Equal((what, late),
            (what, report.IsOverdue(DateTimeOffset.ParseExact(now, "yyyy-MM-dd HH:mmzzz", null))));
    }

    [Fact]
    public void The_country_opens_no_windows() =>
        Assert.Empty(Timeline.Windows(2024, Ask.Calendar, InterpretationProfile.AsTaken));
}
