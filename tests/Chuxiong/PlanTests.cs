namespace EduAssist.Chuxiong;

/// <summary>附件2：2020 年的计划，和它的核对。</summary>
public class PlanTests
{
    private static Plan Printed => Plan2020.Printed;

    [Fact]
    [Proves("cx2020/2", "cx2020/A2")]
    public void Ten_counties_and_twelve_schools_as_printed()
    {
        Assert.Equal((10, 29640, 8893, 600),
            (Printed.Counties.Count, Printed.Counties.Sum(c => c.Entrants), Printed.Counties.Sum(c => c.Quota),
                Printed.Counties.Sum(c => c.ShanghaiTask)));
        Assert.Equal((12, 8920, 200),
            (Printed.Schools.Count, Printed.Schools.Sum(s => s.Places), Printed.Schools.Sum(s => s.ShanghaiTask)));
        Assert.Equal(new(29640, 8892, 8920, 800), Printed.Printed);
        Assert.All(Printed.Counties,
            c => Assert.NotEqual(DivisionStanding.NeverExisted, Loaded.Instance.Divisions.Standing(c.Division)));
    }

    [Fact]
    [Proves("cx2020/4.1.1", "cx2020/4.1.2", "cx2020/A2")]
    public void The_printed_plan_has_the_known_oddities_as_notes_and_no_error()
    {
        var remarks = Printed.Check(InterpretationProfile.AsTaken).ToList();
        Assert.All(remarks, r => Assert.Equal(RemarkLevel.Note, r.Level));
        Assert.Equal(
            ["places-above-quota", .. Enumerable.Repeat("quota-above-by-fraction", 7), "quota-total", "shanghai-total"],
            remarks.Select(r => r.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["双柏", "牟定", "南华", "姚安", "大姚", "元谋", "武定"],
            remarks.Where(r => r.Id == "quota-above-by-fraction").Select(r => r.Text[..2]));
        Assert.Contains(remarks, r => r.Text.Contains("8893", StringComparison.Ordinal)
            && r.Text.Contains("8892", StringComparison.Ordinal));
        Assert.Contains(remarks, r => r.Text.Contains("800", StringComparison.Ordinal)
            && r.Text.Contains("600", StringComparison.Ordinal) && r.Text.Contains("200", StringComparison.Ordinal));
    }

    [Fact]
    public void What_no_figure_can_show_stands_in_the_catalogue_as_an_oddity_of_the_text() =>
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"cx2020-a{n}"),
            Loaded.Module.Documents.Single().Anomalies.Select(a => a.Id));

    [Fact]
    [Proves("cx2020/4.1.1")]
    public void Rounded_down_the_same_seven_counties_are_noted_with_one_student_too_many()
    {
        var notes = Printed.Check(new("cx-i5")).Where(r => r.Id == "quota-above-by-fraction").ToList();
        Assert.Equal(7, notes.Count);
        Assert.All(notes, n => Assert.EndsWith("多 1 人。", n.Text, StringComparison.Ordinal));
        Assert.All(notes, n => Assert.Equal(RemarkLevel.Note, n.Level));
    }

    [Fact]
    [Proves("cx2020/A2")]
    public void With_the_Shanghai_task_inside_of_the_plan_each_task_has_room_or_is_an_error()
    {
        var within = Printed.Check(new("cx-i11")).Where(r => r.Id == "task-within-plan").ToList();
        Assert.Equal(12, within.Count);   // ten counties, two schools
        Assert.Contains(within, r => r.Text.Contains("其余 1971", StringComparison.Ordinal));   // 楚雄市 2073 − 102
        Assert.DoesNotContain(Printed.Check(InterpretationProfile.AsTaken), r => r.Id == "task-within-plan");
        Assert.Equal("task-above-plan",
            County(6, c => c with { ShanghaiTask = 327 }).Check(new("cx-i11"))
                .First(r => r is { Level: RemarkLevel.Error, Id: not "shanghai-total" }).Id);
    }

    [Theory]
    [InlineData(1673, 502, 501)] // 501.9
    [InlineData(6911, 2073, 2073)] // 2073.3
    [InlineData(5, 2, 1)] // 1.5: half is rounded up
    [InlineData(10, 3, 3)]
    [Proves("cx2020/4.1.1")]
    public void Thirty_per_cent_is_rounded_to_the_nearest_or_down(int entrants, int nearest, int down) =>
        Assert.Equal((nearest, down),
            (Plan.Limit(entrants, InterpretationProfile.AsTaken), Plan.Limit(entrants, new("cx-i5"))));

    public static TheoryData<string, string> Faults => new()
    {
        { "a county's quota one above its thirty per cent", "quota-above-limit quota-total" },
        { "a county's quota ten too many", "quota-above-limit quota-total" },
        { "a county's quota three too few", "quota-total" },
        { "two counties' quotas two too few together", "quota-total" },
        { "the printed total one too many", "quota-total" },
        { "a county is gone", "entrants-total quota-total shanghai-total" },
        { "a county twice", "county-twice entrants-total places-below-quota quota-total shanghai-total" },
        { "an entrant too many", "entrants-total quota-total" },
        { "a school's places one fewer", "places-total" },
        { "a school twice", "places-total school-twice" },
        { "a task changed", "shanghai-total" },
        { "places below the quotas", "places-below-quota places-total" },
        { "a negative number", "impossible-number quota-total" },
    };

    [Theory, MemberData(nameof(Faults))]
    [Proves("cx2020/4.1.1", "cx2020/4.1.2")]
    public void A_planted_fault_is_an_error(string fault, string expected)
    {
        var errors = Altered(fault).Check(InterpretationProfile.AsTaken).Where(r => r.Level == RemarkLevel.Error)
            .Select(r => r.Id).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join(' ', errors));
    }

    private static Plan Altered(string fault) => fault switch
    {
        "a county's quota one above its thirty per cent" => County(0, c => c with { Quota = c.Quota + 1 }),
        "a county's quota ten too many" => County(0, c => c with { Quota = c.Quota + 10 }),
        "a county's quota three too few" => County(0, c => c with { Quota = c.Quota - 3 }),
        "two counties' quotas two too few together" => County(0, c => c with { Quota = c.Quota - 2 }),
        "the printed total one too many" => Printed with { Printed = Printed.Printed with { Quota = 8894 } },
        "a county is gone" => Printed with { Counties = [.. Printed.Counties.Skip(1)] },
        "a county twice" => Printed with { Counties = [.. Printed.Counties, Printed.Counties[0]] },
        "an entrant too many" => County(0, c => c with { Entrants = c.Entrants + 1 }),
        "a school's places one fewer" => School(0, s => s with { Places = s.Places - 1 }),
        "a school twice" => Printed with { Schools = [.. Printed.Schools, Printed.Schools[0] with { Places = 1 }] },
        "a task changed" => County(9, c => c with { ShanghaiTask = 98 }),
        "places below the quotas" => School(0, s => s with { Places = 800 }),
        "a negative number" => County(0, c => c with { Quota = -1 }),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static Plan County(int at, Func<CountyQuota, CountyQuota> alter) =>
        Printed with { Counties = [.. Printed.Counties.Select((c, i) => i == at ? alter(c) : c)] };

    private static Plan School(int at, Func<SchoolPlaces, SchoolPlaces> alter) =>
        Printed with { Schools = [.. Printed.Schools.Select((s, i) => i == at ? alter(s) : s)] };
}
