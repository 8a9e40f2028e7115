namespace EduAssist.TrialClass;

/// <summary>职责：材料一项期限也没有印。</summary>
public class TimelineTests
{
    [Fact]
    [Proves("tc/guardian/2", "tc/guardian/2.4", "tc/guardian/2.6", "tc/guardian/3", "tc/guardian/3.2", "tc/school/2",
        "tc/school/2.4", "tc/school/3", "tc/flow/1", "tc/flow/2", "tc/flow/3", "tc/flow/4", "tc/flow/5", "tc/flow/6",
        "tc/flow/7", "dt/2.2d", "dt/2.3c", "dt/2.4")]
    public void Every_duty_is_owed_without_a_deadline_and_there_is_no_window()
    {
        var year = Loaded.Instance.CalendarOf(Loaded.Module, 2024);
        Assert.Empty(year.Windows);
        Assert.Equal(17, year.Duties.Count);
        Assert.All(year.Duties, d => Assert.Null(d.Due));
        Assert.All(year.Duties, d => Assert.False(d.IsOverdue(DateTimeOffset.MaxValue.AddDays(-1))));
    }

    [Theory]
    [InlineData("tc/guardian/3", "家长")]
    [InlineData("tc/guardian/2.4", "职业学校")]
    [InlineData("tc/school/3", "初中学校")]
    [InlineData("tc/flow/7", "初中学校、职业学校")]
    [Proves("tc/guardian/3", "tc/guardian/2.4", "tc/school/3", "tc/flow/7")]
    public void A_duty_is_owed_by(string provision, string body) =>
        Assert.Equal(body,
            Loaded.Module.Duties(2024, Loaded.Instance.Calendar, InterpretationProfile.AsTaken)
                .Single(d => d.Provisions.Contains(provision)).OwedBy);

    [Fact]
    public void The_seven_steps_of_the_flow_are_in_order() => Assert.Equal(
        Enumerable.Range(1, 7).Select(n => $"tc/flow/{n}"),
        Loaded.Module.Duties(2024, Loaded.Instance.Calendar, InterpretationProfile.AsTaken)
            .SelectMany(d => d.Provisions).Where(p => p.StartsWith("tc/flow/", StringComparison.Ordinal)));
}
