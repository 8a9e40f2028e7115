namespace EduAssist.TrialClass;

/// <summary>定向培养安排：三个专业的实践课时在界限上、下、正好，实习和课时。</summary>
public class DirectedTrainingTests
{
    private const string Programme = "trialclass.directed-training";
    private const string Rest =
        " internshipMonthsThisYear=6 internshipMonthsInAll=6 careerPlanningHours=8 employmentGuidanceHours=16";

    [Theory]
    [InlineData("Law", 500, 149, "Violated")]
    [InlineData("Law", 500, 150, "Satisfied")]
    [InlineData("Law", 500, 151, "Satisfied")]
    [InlineData("Emergency", 500, 199, "Violated")]
    [InlineData("Emergency", 500, 200, "Satisfied")]
    [InlineData("Emergency", 500, 201, "Satisfied")]
    [InlineData("Fire", 500, 249, "Violated")]
    [InlineData("Fire", 500, 250, "Satisfied")]
    [InlineData("Fire", 500, 251, "Satisfied")]
    [InlineData("Law", 333, 99, "Violated")] // 99.9 would be enough
    [InlineData("Law", 333, 100, "Satisfied")]
    [InlineData("Emergency", 333, 133, "Violated")] // 133.2
    [InlineData("Emergency", 333, 134, "Satisfied")]
    [InlineData("Fire", 333, 166, "Violated")] // 166.5
    [InlineData("Fire", 333, 167, "Satisfied")]
    [InlineData("Fire", 500, 500, "Satisfied")] // nothing but practice
    [InlineData("Fire", 500, 501, "Violated")] // more practice than hours
    [Proves("dt/2.1a", "dt/2.1b", "dt/2.1c")]
    public void Practice_share(string major, int hours, int practice, string outcome) =>
        Assert.Equal(outcome,
            Loaded.Criterion(Programme, "practice-share", $"major={major} termHours={hours} practiceHours={practice}"));

    [Theory]
    [InlineData("专业未知，够消防的就够各专业", "termHours=500 practiceHours=250", "Satisfied")]
    [InlineData("专业未知，够应急而不够消防", "termHours=500 practiceHours=249", "Unknown: major")]
    [InlineData("专业未知，只够法务", "termHours=500 practiceHours=150", "Unknown: major")]
    [InlineData("专业未知，法务也不够", "termHours=500 practiceHours=149", "Violated")]
    [InlineData("总课时未知", "major=Law practiceHours=150", "Unknown: termHours")]
    [InlineData("总课时未知，再短的学期也不够", "major=Law practiceHours=5", "Violated")]
    [InlineData("实践课时未知", "major=Fire termHours=500", "Unknown: practiceHours")]
    [InlineData("一无所知", "", "Unknown: major termHours practiceHours")]
    [Proves("dt/2.1a", "dt/2.1b", "dt/2.1c")]
    public void Practice_share_where_something_is_unknown(string sentence, string facts, string outcome) =>
        Assert.Equal((sentence, outcome), (sentence, Loaded.Criterion(Programme, "practice-share", facts)));

    [Theory]
    [InlineData("法务本学年满六个月", "internship", "major=Law internshipMonthsThisYear=6", "Satisfied")]
    [InlineData("法务累计再多，本学年不足也不行", "internship", "major=Law internshipMonthsThisYear=5 internshipMonthsInAll=12",
        "Violated")]
    [InlineData("法务本学年未知", "internship", "major=Law internshipMonthsInAll=12", "Unknown: internshipMonthsThisYear")]
    [InlineData("应急累计满六个月，本学年没有也可以", "internship", "major=Emergency internshipMonthsThisYear=0 internshipMonthsInAll=6",
        "Satisfied")]
    [InlineData("应急累计五个月", "internship", "major=Emergency internshipMonthsInAll=5", "Violated")]
    [InlineData("消防累计七个月", "internship", "major=Fire internshipMonthsInAll=7", "Satisfied")]
    [InlineData("消防累计五个月", "internship", "major=Fire internshipMonthsInAll=5", "Violated")]
    [InlineData("消防累计未知", "internship", "major=Fire", "Unknown: internshipMonthsInAll")]
    [InlineData("专业未知，两样都够", "internship", "internshipMonthsThisYear=6 internshipMonthsInAll=6", "Satisfied")]
    [InlineData("专业未知，两样都不够", "internship", "internshipMonthsThisYear=5 internshipMonthsInAll=5", "Violated")]
    [InlineData("专业未知，只有累计够", "internship", "internshipMonthsThisYear=0 internshipMonthsInAll=6", "Unknown: major")]
    [InlineData("职业规划七课时", "career-planning", "careerPlanningHours=7", "Violated")]
    [InlineData("职业规划八课时", "career-planning", "careerPlanningHours=8", "Satisfied")]
    [InlineData("职业规划九课时", "career-planning", "careerPlanningHours=9", "Satisfied")]
    [InlineData("职业规划课时未知", "career-planning", "", "Unknown: careerPlanningHours")]
    [InlineData("就业指导十五课时", "employment-guidance", "employmentGuidanceHours=15", "Violated")]
    [InlineData("就业指导十六课时", "employment-guidance", "employmentGuidanceHours=16", "Satisfied")]
    [InlineData("就业指导十七课时", "employment-guidance", "employmentGuidanceHours=17", "Satisfied")]
    [InlineData("就业指导课时未知", "employment-guidance", "careerPlanningHours=8", "Unknown: employmentGuidanceHours")]
    [Proves("dt/2.2a", "dt/2.2b", "dt/2.2c", "dt/2.3a", "dt/2.3b")]
    public void A_criterion(string sentence, string criterion, string facts, string outcome) =>
        Assert.Equal((sentence, outcome), (sentence, Loaded.Criterion(Programme, criterion, facts)));

    [Theory]
    [InlineData("消防，样样正好", "major=Fire termHours=500 practiceHours=250" + Rest, "Eligible")]
    [InlineData("专业未知，样样够", "termHours=500 practiceHours=250" + Rest, "Eligible")]
    [InlineData("专业未知，实践只够法务，实习只够另两个专业：哪个专业都不够",
        "termHours=500 practiceHours=150 internshipMonthsThisYear=5 internshipMonthsInAll=6 careerPlanningHours=8 "
            + "employmentGuidanceHours=16",
        "Ineligible")]
    [InlineData("专业未知，实践够应急，实习够另两个专业：只有应急可以",
        "termHours=500 practiceHours=200 internshipMonthsThisYear=5 internshipMonthsInAll=6 careerPlanningHours=8 "
            + "employmentGuidanceHours=16",
        "Undetermined: major")]
    [InlineData("专业未知，实践只够法务：累计实习已不影响",
        "termHours=500 practiceHours=150 careerPlanningHours=8 employmentGuidanceHours=16",
        "Undetermined: major internshipMonthsThisYear")]
    [InlineData("一无所知", "",
        "Undetermined: major termHours practiceHours internshipMonthsThisYear internshipMonthsInAll "
            + "careerPlanningHours employmentGuidanceHours")]
    [Proves("dt/2.1a", "dt/2.2a", "dt/2.2b")]
    public void The_plan(string sentence, string facts, string verdict) =>
        Assert.Equal((sentence, verdict), (sentence, Loaded.Verdict(Programme, facts)));

    [Fact]
    [Proves("dt/2.1a", "dt/2.1b", "dt/2.1c", "dt/2.2a", "dt/2.2b", "dt/2.2c", "dt/2.3a", "dt/2.3b")]
    public void Each_shortfall_is_a_finding_of_its_own()
    {
        var answer = Loaded.Assess(Programme,
            "major=Fire termHours=500 practiceHours=0 internshipMonthsThisYear=0 internshipMonthsInAll=0 "
                + "careerPlanningHours=0 employmentGuidanceHours=0")!;
        Assert.Equal(["practice-share", "internship", "career-planning", "employment-guidance"],
            answer.Findings.Where(f => f.Outcome == Outcome.Violated).Select(f => f.Rule.Id));
    }

    [Fact]
    [Proves("dt/1", "dt/2.1a", "dt/2.1b", "dt/2.1c", "dt/2.2a", "dt/2.2b", "dt/2.2c", "dt/2.3a", "dt/2.3b")]
    public void The_numbers_are_as_printed_and_marked_as_policy_data()
    {
        var remarks = BracketedNumbers.Check(BracketedNumbers.Printed).ToList();
        Assert.Equal(["number-open"], remarks.Where(r => r.Provisions.Contains("dt/1")).Select(r => r.Id));
        Assert.Equal(8, remarks.Count(r => r.Id == "number-in-brackets"));
        Assert.Empty(Loaded.Ids(remarks, RemarkLevel.Error));
        Assert.Equal((30, 40, 50, 6, 6, 6, 8, 16),
            (Of("2.1a"), Of("2.1b"), Of("2.1c"), Of("2.2a"), Of("2.2b"), Of("2.2c"), Of("2.3a"), Of("2.3b")));
        Assert.Throws<KeyNotFoundException>(() => Of("1"));
    }

    [Theory]
    [InlineData("a number changed", "number-not-as-printed")]
    [InlineData("a number filled in", "number-not-as-printed")]
    [InlineData("a number twice", "number-twice")]
    [InlineData("law wants more practice than emergency", "practice-shares-fall")]
    [InlineData("emergency wants more practice than fire", "practice-shares-fall")]
    public void A_planted_fault_is_an_error(string fault, string expected)
    {
        var printed = BracketedNumbers.Printed;
        IReadOnlyList<BracketedNumber> altered = fault switch
        {
            "a number changed" => [printed[0], printed[1] with { Value = 35 }, .. printed.Skip(2)],
            "a number filled in" => [printed[0] with { Value = 95 }, .. printed.Skip(1)],
            "a number twice" => [.. printed, printed[1]],
            "law wants more practice than emergency" =>
            [
                .. printed.Select(n => n.Provision == "dt/2.1a" ? n with { Printed = "[41%]", Value = 41 } : n),
            ],
            "emergency wants more practice than fire" =>
            [
                .. printed.Select(n => n.Provision == "dt/2.1b" ? n with { Printed = "[51%]", Value = 51 } : n),
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        Assert.Equal([expected], Loaded.Ids(BracketedNumbers.Check(altered), RemarkLevel.Error));
    }

    [Fact]
    public void Equal_shares_are_in_order() => Assert.Empty(Loaded.Ids(
        BracketedNumbers.Check([
            .. BracketedNumbers.Printed.Select(n => n.Provision == "dt/2.1b"
                ? n with { Printed = "[30%]", Value = 30 } : n),
        ]), RemarkLevel.Error));

    [Theory]
    [InlineData("practice-share", "dt/2.1a dt/2.1b dt/2.1c")]
    [InlineData("internship", "dt/2.2a dt/2.2b dt/2.2c")]
    [InlineData("career-planning", "dt/2.3a")]
    [InlineData("employment-guidance", "dt/2.3b")]
    [Proves("dt/2.1a", "dt/2.1b", "dt/2.1c", "dt/2.2a", "dt/2.2b", "dt/2.2c", "dt/2.3a", "dt/2.3b")]
    public void A_message_says_the_numbers_of_the_provisions_in_their_order(string criterion, string provisions)
    {
        var rule = Loaded.Instance.Catalogue.Programme(Programme)!.RuleSets.Single().Criteria
            .Single(c => c.Id == criterion);
        Assert.Equal(provisions.Split(' '), rule.Provisions);
        Assert.Equal(rule.Provisions.Select(BracketedNumbers.ForProvision),
            System.Text.RegularExpressions.Regex.Matches(rule.Message, "[0-9]+")
                .Select(m => int.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    [Proves("dt/1")]
    public void The_first_employment_rate_is_computed_and_neither_met_nor_missed()
    {
        Assert.Equal("95.00%", Employment.FirstRateOf(19, 20).Percent);
        Assert.Null(Employment.FirstRateOf(0, 0).Value);
        Assert.Null(Employment.FirstRate.Target);
        Assert.Null(Employment.FirstRate.IsMetBy(Employment.FirstRateOf(20, 20)));
    }

    [Fact]
    public void The_facts_stand_in_the_order_of_the_public_contract() => Assert.Equal(
        [
            "major", "termHours", "practiceHours", "internshipMonthsThisYear", "internshipMonthsInAll",
            "careerPlanningHours", "employmentGuidanceHours",
        ],
        Loaded.Instance.Catalogue.Programme(Programme)!.Schema.Fields.Select(f => f.Name));

    private static int Of(string article) => BracketedNumbers.ForProvision($"dt/{article}");
}
