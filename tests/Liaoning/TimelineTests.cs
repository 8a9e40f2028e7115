namespace EduAssist.Liaoning;

/// <summary>8—14：职责到期日；政策数据。</summary>
public class TimelineTests
{
    [Theory]
    [InlineData("disclosure", "")]
    [InlineData("electronic-file", "")]
    [InlineData("roll-maintenance", "")]
    [InlineData("quality-evaluation", "")]
    [InlineData("academic-test", "")]
    [InlineData("licence-check", "2024:2024-12-31")]
    [InlineData("quality-report", "2024:2024-12-31")]
    [InlineData("aid-list", "2023-2024-1:2024-01-31 2023-2024-2:2024-08-31")]
    [InlineData("emergency-drill", "2023-2024-1:2024-01-31 2023-2024-2:2024-08-31")]
    [InlineData("safety-education", "2023-2024-1:2024-01-31 2023-2024-2:2024-08-31")]
    [InlineData("school-meeting", "2023-2024:2024-08-31")]
    [InlineData("department-meeting", "2023-2024-1:2024-01-31 2023-2024-2:2024-08-31")]
    [InlineData("lessons-heard", "2023-2024-1:2024-01-31 2023-2024-2:2024-08-31")]
    [InlineData("company-visits", "2023-2024-1:2024-01-31 2023-2024-2:2024-08-31")]
    [Proves("ln/8b", "ln/8c", "ln/9a", "ln/9b", "ln/10b", "ln/12c", "ln/13", "ln/14a", "ln/14b")]
    public void Duties_of_2024_are_due(string id, string due) =>
        Assert.Equal(due,
            string.Join(' ', Due(id).Where(d => d.Due is not null).Select(d => $"{d.Period}:{d.Due:yyyy-MM-dd}")));

    [Fact]
    [Proves("ln/13")]
    public void Hazards_are_checked_every_month_as_the_policy_data_say() =>
        Assert.Equal(Enumerable.Range(1, 12).Select(m => $"2024-{m:00}"), Due("hazard-check").Select(d => d.Period));

    [Fact]
    public void Each_duty_is_in_the_table_above() =>
        Assert.Equal(15, Loaded.Module.Duties(2024, Loaded.Instance.Calendar, InterpretationProfile.AsTaken).Count);

    [Fact]
    [Proves("ln/8b", "ln/9a", "ln/13")]
    public void What_the_document_leaves_open_is_shown_as_ours()
    {
        var remarks = Loaded.Module.ReferenceData.Single().Check(InterpretationProfile.AsTaken);
        Assert.Equal(["effective-from", "hazard-check", "emergency-drill", "safety-education", "disclosure"],
            remarks.Select(r => r.Id));
        Assert.All(remarks, r => Assert.Equal(RemarkLevel.Note, r.Level));
        Assert.Contains("招生计划、招生专业", remarks[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2021-08-31", false)]
    [InlineData("2021-09-01", true)]
    [InlineData("2026-01-01", true)]
    [Proves("ln/9a")]
    public void The_rules_are_in_force_from_the_day_of_the_policy_data_on(string day, bool inForce)
    {
        Assert.Equal(6, Loaded.Module.Programmes.Count);
        Assert.All(Loaded.Module.Programmes, p =>
        {
            var facts = Loaded.Instance.NewFacts(p);
            facts.AsOf = Loaded.Day(day);
            Assert.Equal(inForce, p.Assess(facts, InterpretationProfile.AsTaken) is not null);
        });
        Assert.Contains("2021", Loaded.Module.Documents.Single().DateNote, StringComparison.Ordinal);
    }

    private static IEnumerable<DutyInstance> Due(string id) =>
        Loaded.Instance.CalendarOf(Loaded.Module, 2024).Duties.Where(d => d.Duty.Id == id);
}
