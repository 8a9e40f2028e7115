using System.Globalization;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Chuxiong;

/// <summary>四（二）实施步骤：Windows.csv 是另行推算的 2018—2026 年的时段，两种读法。</summary>
public class TimelineTests
{
    private static readonly InterpretationProfile CountsMakeUpDays = new("cx-i2");

    public static TheoryData<string, string> Years =>
        [.. Loaded.Table("Windows.csv").Select(r => (r["year"]!, r["reading"]!))];

    [Theory, MemberData(nameof(Years))]
    [Proves("cx2020/4.2.1", "cx2020/4.2.2", "cx2020/4.2.3", "cx2020/4.2.4", "cx2020/4.2.5")]
    public void Windows_equal_the_table_of_nine_years_in_both_readings(string year, string reading)
    {
        var row = Loaded.Table("Windows.csv").Single(r => r["year"] == year && r["reading"] == reading);
        var windows = Windows(int.Parse(year, CultureInfo.InvariantCulture),
            reading == "a" ? InterpretationProfile.AsTaken : CountsMakeUpDays);
        Assert.Equal(Span(row, "publicity_start", "publicity_end"), Span(windows["publicity"]));
        Assert.Equal(Span(row, "sending_start", "sending_end"), Span(windows["sending"]));
        Assert.Equal(Span(row, "stabilisation_start_21d", "stabilisation_end_21d"), Span(windows["stabilisation"]));
        Assert.Equal(Span(row, "confirmation_start", "confirmation_end"), Span(windows["confirmation"]));
        Assert.Equal(row["sending_days"],
            string.Join(' ', windows["sending"].Runs.SelectMany(r => r.Days).Select(d => $"{d:MM-dd}")));
        Assert.Equal(7, windows["sending"].Runs.SelectMany(r => r.Days).Count());
    }

    [Fact]
    public void The_table_covers_2018_to_2026_in_both_readings_and_they_differ()
    {
        var rows = Loaded.Table("Windows.csv");
        Assert.Equal(Enumerable.Range(2018, 9).SelectMany(y => (string[])[$"{y}a", $"{y}b"]),
            rows.Select(r => r["year"] + r["reading"]));
        Assert.Equal(7, rows.Count(r => r["reading"] == "a" && r["a_vs_b"] == "differs"));
    }

    [Theory]
    [InlineData("2020-05-05", false, false)]
    [InlineData("2020-05-06", true, true)]
    [InlineData("2020-05-09", false, true)]
    [InlineData("2020-05-10", false, false)]
    [InlineData("2020-05-13", true, true)]
    [InlineData("2020-05-14", true, false)]
    [InlineData("2020-05-15", false, false)]
    [Proves("cx2020/4.2.2")]
    public void Sending_is_open_on(string day, bool asTaken, bool countingMakeUpDays)
    {
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd");
        Assert.Equal((asTaken, countingMakeUpDays),
            (Windows(2020, InterpretationProfile.AsTaken)["sending"].IsOpen(date),
                Windows(2020, CountsMakeUpDays)["sending"].IsOpen(date)));
    }

    [Fact]
    [Proves("cx2020/4.2.2")]
    public void A_make_up_day_may_be_the_first_day_in_the_other_reading() =>
        Assert.Equal((new(2019, 5, 6), new(2019, 5, 5)),
            (Windows(2019, InterpretationProfile.AsTaken)["sending"].First,
                Windows(2019, CountsMakeUpDays)["sending"].First));

    [Fact]
    [Proves("cx2020/4.2.5")]
    public void Consolidation_is_open_until_registration_is_recorded_and_its_end_is_an_estimate()
    {
        var consolidation = Windows(2020, InterpretationProfile.AsTaken)["consolidation"];
        Assert.Equal((new(2020, 6, 12), null, new DateOnly(2020, 10, 31)),
            (consolidation.First, consolidation.Last, consolidation.Estimated));
        Assert.True(consolidation.IsOpen(new(2020, 11, 1)));
        Assert.Equal(["cx-i4", "cx-i9"], consolidation.Interpretations);
    }

    [Theory]
    [InlineData(2027)]
    [InlineData(2028)]
    public void A_year_without_a_notice_is_refused_whole(int year)
    {
        var refusal =
            Assert.Throws<HolidaysNotPublishedException>(() => Loaded.Instance.CalendarOf(Loaded.Module, year));
        Assert.Contains($"{year}年", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("holidays load", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("implementation-plan", "2020-03-31")]
    [InlineData("teaching-plan", "2020-04-30")]
    [InlineData("attendance-list", "2020-06-11")]
    [InlineData("county-confirmation", "2020-06-11")]
    [InlineData("annual-report", "2020-09-30")]
    [InlineData("class-forming", "")]
    [InlineData("home-visits", "")]
    [InlineData("return-and-examination", "")]
    [InlineData("results-handover", "")]
    [InlineData("registered-list", "")]
    [Proves("cx2020/4.2.2b", "cx2020/4.2.4", "cx2020/4.2.5b", "cx2020/5.2", "cx2020/5.3b", "cx2020/5.4", "cx2020/8.1a",
        "cx2020/8.1b", "cx2020/A4", "cx2020/A5", "cx2020/A6")]
    public void Duties_of_2020_are_due(string id, string due) =>
        Assert.Equal(due,
            Loaded.Instance.CalendarOf(Loaded.Module, 2020).Duties.Single(d => d.Duty.Id == id).Due is { } day
                ? $"{day:yyyy-MM-dd}" : "");

    [Theory]
    [InlineData(2019, 0)]
    [InlineData(2020, 10)]
    [InlineData(2021, 9)]
    [Proves("cx2020/8.2")]
    public void Nobody_owes_anything_under_a_document_that_is_still_to_come(int year, int duties)
    {
        var calendar = Loaded.Instance.CalendarOf(Loaded.Module, year);
        Assert.Equal((duties, year < 2020), (calendar.Duties.Count, calendar.NotYetInForce.Contains("cx2020")));
    }

    [Fact]
    public void What_falls_due_in_two_years_has_two_names_in_the_calendar()
    {
        IEnumerable<string> Uids(int year)
        {
            using var text = new StringWriter();
            Loaded.Instance.CalendarOf(Loaded.Module, year).WriteICalendar(text, DateTimeOffset.UnixEpoch);
            return text.ToString().Split("\r\n").Where(l => l.StartsWith("UID:", StringComparison.Ordinal));
        }

        Assert.NotEmpty(Uids(2020));
        Assert.Empty(Uids(2020).Intersect(Uids(2021)));
    }

    [Theory]
    [InlineData(2020, true, true)]
    [InlineData(2021, false, true)]
    [Proves("cx2020/8.1a")]
    public void The_implementation_plan_is_owed_once_or_in_the_other_reading_every_year(
        int year, bool asTaken, bool otherwise)
    {
        bool Owed(InterpretationProfile reading) => Loaded.Module.Duties(year, Loaded.Instance.Calendar, reading)
            .Single(d => d.Id == "implementation-plan").Within(DateSpan.Year(year)).Any();
        Assert.Equal((asTaken, otherwise), (Owed(InterpretationProfile.AsTaken), Owed(new("cx-i8"))));
    }

    private static Dictionary<string, Window> Windows(int year, InterpretationProfile reading) =>
        Loaded.Module.Windows(year, Loaded.Instance.Calendar, reading).ToDictionary(w => w.Id);

    private static string Span(SpreadsheetRow row, string first, string last) => $"{row[first]}–{row[last]}";

    private static string Span(Window window) => $"{window.First:yyyy-MM-dd}–{window.Last:yyyy-MM-dd}";
}
