using System.Globalization;

namespace EduAssist.Guizhou;

/// <summary>宣传月，和一个有两个乡镇、五所学校的县一学年的职责。</summary>
public class TimelineTests
{
    private static readonly DateSpan SchoolYear2022 = new(new(2022, 9, 1), new(2023, 8, 31));

    /// <summary>Who owes what in the invented county, by the kind of body of the duty.</summary>
    private static readonly Dictionary<string, string[]> Bodies = new(StringComparer.Ordinal)
    {
        ["县级人民政府"] = ["县政府"],
        ["县级教育行政部门"] = ["县教育局"],
        ["乡镇中心校"] = ["东乡中心校", "西镇中心校"],
        ["义务教育学校"] = ["一小", "二小", "一中", "三小", "二中"],
        ["县级人民政府、乡镇人民政府"] = ["县政府", "东乡政府", "西镇政府"],
        ["教育督导部门"] = ["县督导室"],
    };

    [Theory]
    [InlineData(2022, "2022-02-01", "2022-02-28", "2022-08-01", "2022-08-31")]
    [InlineData(2024, "2024-02-01", "2024-02-29", "2024-08-01", "2024-08-31")]
    [Proves("gz2021/2.10", "gz2017/3.3a")]
    public void February_and_August_are_publicity_months(
        int year, string first, string last, string augustFirst, string augustLast)
    {
        var windows = Loaded.Module.Windows(year, Loaded.Instance.Calendar, InterpretationProfile.AsTaken);
        Assert.Equal(["publicity-february", "publicity-august"], windows.Select(w => w.Id));
        Assert.Equal([$"{first} {last}", $"{augustFirst} {augustLast}"],
            windows.Select(w => $"{w.First:yyyy-MM-dd} {w.Last:yyyy-MM-dd}"));
        Assert.All(windows, w => Assert.Equal(["gz2021/2.10", "gz2017/3.3a"], w.Provisions));
    }

    [Theory]
    [InlineData("half-month-check", 2, 24, "2022-09-15", "2023-08-31")]
    [InlineData("monthly-report", 2, 12, "2022-09-30", "2023-08-31")]
    [InlineData("on-site-check", 1, 1, "2023-08-31", "2023-08-31")]
    [InlineData("class-register", 5, 250, "2022-09-01", "2023-08-31")]
    [InlineData("noon-attendance", 1, 250, "2022-09-01", "2023-08-31")]
    [InlineData("joint-meeting", 1, 2, "2022-12-31", "2023-06-30")]
    [InlineData("school-age-ledger", 1, 1, "2022-09-30", "2022-09-30")]
    [InlineData("work-report", 3, 1, "2022-12-31", "2022-12-31")]
    [InlineData("special-supervision", 1, 2, "2022-09-30", "2023-03-31")]
    [Proves("gz2021/2.1a", "gz2021/2.1b", "gz2021/2.1c", "gz2021/2.5a", "gz2021/2.5c", "gz2021/2.8", "gz2021/2.9",
        "gz2017/3.1b", "gz2017/3.2a")]
    public void A_county_of_two_townships_and_five_schools_owes_in_the_school_year_2022(
        string id, int bodies, int each, string first, string last)
    {
        var instances = Instances(id, InterpretationProfile.AsTaken);
        Assert.Equal((bodies, bodies * each), (instances.Select(i => i.Body).Distinct().Count(), instances.Count));
        Assert.All(instances.GroupBy(i => i.Body), g => Assert.Equal(each, g.Count()));
        Assert.Equal((first, last), ($"{instances[0].Due:yyyy-MM-dd}", $"{instances[^1].Due:yyyy-MM-dd}"));
        Assert.Equal(instances.Count, instances.Select(i => (i.Body, i.Period)).Distinct().Count());
    }

    public static TheoryData<string> WithDates =>
        [.. Loaded.Table("DutyInstances.csv").Select(r => r["duty"]!).Distinct()];

    /// <summary>
    /// DutyInstances.csv: body by body and day by day; of the two daily duties October, with the week of National Day
    /// and its make-up days.
    /// </summary>
    [Theory, MemberData(nameof(WithDates))]
    [Proves("gz2021/2.1a", "gz2021/2.1b", "gz2021/2.1c", "gz2021/2.5a", "gz2021/2.5c", "gz2021/2.8", "gz2021/2.9",
        "gz2017/3.1b", "gz2017/3.2a")]
    public void Every_instance_is_in_the_table(string id)
    {
        var instances = Instances(id, InterpretationProfile.AsTaken)
            .Where(i => i.Before is null || i.Due is { Year: 2022, Month: 10 });
        Assert.Equal(
            Loaded.Table("DutyInstances.csv").Where(r => r["duty"] == id).Select(r => (r["body"]!, r["due"]!)).Order(),
            instances.Select(i => (i.Body!, $"{i.Due:yyyy-MM-dd}")).Order());
    }

    [Fact]
    public void The_table_has_every_duty_with_a_date() => Assert.Equal(
        Loaded.Module.Duties(2022, Loaded.Instance.Calendar, InterpretationProfile.AsTaken)
            .Where(d => d.When != Recurrence.NoDeadline).Select(d => d.Id).Order(),
        Loaded.Table("DutyInstances.csv").Select(r => r["duty"]!).Distinct().Order());

    [Fact]
    public void Without_a_school_calendar_the_noon_report_is_only_reminded_of_in_the_holidays_too_and_says_so()
    {
        // a Monday of the summer holidays: gz-i14
        Assert.Contains(new DateOnly(2023, 7, 24),
            Instances("noon-attendance", InterpretationProfile.AsTaken).Select(i => i.Due!.Value));
        Assert.All((string[])["noon-attendance", "class-register"],
            id =>
            {
                Assert.Contains("gz-i14", Duty(id, InterpretationProfile.AsTaken).Interpretations);
                Assert.Contains("只供提醒", Duty(id, InterpretationProfile.AsTaken).Title, StringComparison.Ordinal);
            });
        Assert.Contains("暂不能判定", new Provisions().Interpretations.Single(i => i.Id == "gz-i14").Taken,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_days_of_the_noon_report_are_the_working_days_make_up_days_included()
    {
        var days = Instances("noon-attendance", InterpretationProfile.AsTaken).Select(i => i.Due!.Value).ToHashSet();
        Assert.Equal(SchoolYear2022.Days.Count(Loaded.Instance.Calendar.IsWorking), days.Count);
        Assert.Contains(new(2022, 10, 8), days);   // Saturday after National Day
        Assert.DoesNotContain(new(2022, 10, 7), days);
    }

    [Theory]
    [InlineData("11:59:59", false)]
    [InlineData("12:00:00", true)]
    [InlineData("12:00:01", true)]
    [Proves("gz2021/2.5a")]
    public void A_report_at_noon_sharp_is_late(string time, bool late)
    {
        var due = Instances("noon-attendance", InterpretationProfile.AsTaken)[0];
        var now = new DateTimeOffset(due.Due!.Value.ToDateTime(TimeOnly.Parse(time, CultureInfo.InvariantCulture)),
            TimeSpan.FromHours(8));
        Assert.Equal(late, due.IsOverdue(now));
    }

    [Fact]
    [Proves("gz2021/2.1c")]
    public void In_the_other_reading_of_gz_i8_one_sample_of_schools_will_do() =>
        Assert.Equal(("现场抽检学校常规管理，每所学校至少一次", "现场抽检学校常规管理"),
            (Duty("on-site-check", InterpretationProfile.AsTaken).Title, Duty("on-site-check", new("gz-i8")).Title));

    [Theory]
    [InlineData("suspected-dropout")]
    [InlineData("act-on-report")]
    [InlineData("roll-place-persuades")]
    [InlineData("whole-class-handover")]
    [InlineData("arrival-feedback")]
    [InlineData("home-visits")]
    [InlineData("standing-supervision")]
    [InlineData("roll-reconciliation")]
    [InlineData("disability-check")]
    [InlineData("report-upward")]
    [Proves("gz2021/2.5d", "gz2021/2.6a", "gz2021/2.7", "gz2021/2.12", "gz2021/3.3", "gz2017/2.4b", "gz2017/2.4d",
        "gz2017/3.1b")]
    public void What_has_no_date_is_never_overdue(string id) =>
        Assert.Null(Duty(id, InterpretationProfile.AsTaken).Within(SchoolYear2022).Single().Due);

    [Fact]
    public void Prefectures_report_upward_too() =>
        Assert.Equal("市州人民政府、贵安新区管委会、县级人民政府", Duty("report-upward", InterpretationProfile.AsTaken).OwedBy);

    [Fact]
    public void All_duties_are_in_one_of_the_two_tables_and_those_of_the_draft_say_so()
    {
        var duties = Loaded.Module.Duties(2022, Loaded.Instance.Calendar, InterpretationProfile.AsTaken);
        Assert.Equal(19, duties.Count);
        Assert.All(duties,
            d => Assert.Equal(d.Provisions.All(p => p.StartsWith("gz2017/", StringComparison.Ordinal)),
                d.Title.EndsWith("（征求意见稿）", StringComparison.Ordinal)));
        Assert.Equal(["gz2017"],
            Loaded.Module.Documents.Where(d => d.Status == ProvisionStatus.Draft).Select(d => d.Id));
    }

    private static Duty Duty(string id, InterpretationProfile reading) =>
        Loaded.Module.Duties(2022, Loaded.Instance.Calendar, reading).Single(d => d.Id == id);

    private static List<DutyInstance> Instances(string id, InterpretationProfile reading) =>
        Duty(id, reading) is var duty ? [.. duty.Within(SchoolYear2022, Bodies[duty.OwedBy])] : [];
}
