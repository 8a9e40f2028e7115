namespace EduAssist.ToyRegion;

/// <summary>第二条至第六条。</summary>
public class HelpTests
{
    [Theory]
    [InlineData(4, Verdict.Ineligible)]
    [InlineData(5, Verdict.Eligible)]
    [Proves("toy2024/2", "toy2024/3", "toy2024/4")]
    public void Five_kilometres_are_far(int kilometres, Verdict verdict)
    {
        Facts facts = Loaded<ToyRegionModule>.Instance.NewFacts(new Help());
        facts.AsOf = new(2024, 5, 8);
        var pupil = new Pupil(facts)
        {
            Stage = Stage.Primary,
            Home = DivisionCode.Of(520102),
            Boards = false,
            Kilometres = kilometres,
            NotifiedOn = new DateOnly(2024, 4, 29),
        };
        Assert.Equal(verdict, new Help().Assess(pupil, facts.AsOf, InterpretationProfile.AsTaken)!.Verdict);
    }

    [Fact]
    [Proves("toy2024/5")]
    public void Applications_are_accepted_on_the_working_days_of_twenty()
    {
        var window = Timeline.Acceptance(2026, Loaded<ToyRegionModule>.Instance.Calendar);
        Assert.Equal((new(2026, 3, 2), new(2026, 3, 20)), (window.First, window.Last!.Value));
        Assert.False(window.IsOpen(new(2026, 3, 7)));
    }

    [Theory]
    [InlineData(2023, false)]
    [InlineData(2024, true)]
    [InlineData(2025, false)]
    [Proves("toy2024/11")]
    public void Once_applications_are_accepted_a_second_time(int year, bool isThere)
    {
        var calendar = Loaded<ToyRegionModule>.Instance.CalendarOf(Loaded<ToyRegionModule>.Module, year);
        Assert.Equal(isThere, calendar.Windows.Any(w => w.Id == "second-acceptance" && w.IsOpen(new(2024, 9, 2))));
    }

    [Fact]
    [Proves("toy2024/10")]
    public void A_route_is_changed_until_a_day_of_december()
    {
        var window = Timeline.RouteChange(2026);
        Assert.True(window.HasNoFirstDay);
        Assert.Equal(
            (true, true, false),
            (window.IsOpen(new(2026, 1, 1)), window.IsOpen(new(2026, 12, 20)), window.IsOpen(new(2026, 12, 21))));
    }

    [Fact]
    [Proves("toy2024/6")]
    public void The_list_is_owed_every_month()
    {
        var year = Loaded<ToyRegionModule>.Instance.CalendarOf(Loaded<ToyRegionModule>.Module, 2026);
        Assert.Equal(12, year.Duties.Count);
    }
}
