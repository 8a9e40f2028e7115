namespace EduAssist.Chuxiong;

/// <summary>办班合规：十二项事实，逐项取反、逐项未知。</summary>
public class ClassConductTests
{
    private static readonly string[] Bad = ["coerced", "drawsVocationalAid", "entrustedEducation"];

    [Fact]
    [Proves("cx2020/2", "cx2020/4.1.3", "cx2020/5.1", "cx2020/5.2", "cx2020/7.1", "cx2020/8.1a", "cx2020/8.2")]
    public void A_class_that_keeps_every_rule_conforms() => Assert.Equal(Verdict.Eligible, Assess(null, null).Verdict);

    [Theory]
    [InlineData("schoolDesignated", "designated-school", "cx2020/2")]
    [InlineData("implementationPlanApproved", "implementation-plan", "cx2020/8.1a")]
    [InlineData("coerced", "voluntary", "cx2020/4.1.3")]
    [InlineData("groupedByInterestAndMajor", "classes", "cx2020/5.1")]
    [InlineData("fullTime", "classes", "cx2020/5.1")]
    [InlineData("hasHeadTeacher", "classes", "cx2020/5.1")]
    [InlineData("compulsoryCoursesInFull", "courses", "cx2020/5.2")]
    [InlineData("skillsCourses", "courses", "cx2020/5.2")]
    [InlineData("teachingPlanFiled", "teaching-plan", "cx2020/5.2")]
    [InlineData("drawsCompulsoryAid", "aid", "cx2020/7.1")]
    [InlineData("drawsVocationalAid", "aid", "cx2020/7.1")]
    [InlineData("entrustedEducation", "no-entrusted-education", "cx2020/8.2")]
    [Proves("cx2020/2", "cx2020/4.1.3", "cx2020/5.1", "cx2020/5.2", "cx2020/7.1", "cx2020/8.1a", "cx2020/8.2")]
    public void One_breach_breaks_its_own_rule_and_one_unknown_leaves_it_open(
        string fact, string rule, string provision)
    {
        var breach = Assess(fact, Bad.Contains(fact));
        Assert.Equal((Verdict.Ineligible, rule), (breach.Verdict, Loaded.Violated(breach)));
        Assert.Equal([provision], breach.Findings.Single(f => f.Outcome == Outcome.Violated).Rule.Provisions);
        var open = Assess(fact, null);
        Assert.Equal((Verdict.Undetermined, fact), (open.Verdict, Loaded.Missing(open)));
    }

    private static Assessment Assess(string? fact, bool? value)
    {
        var programme = Loaded.Instance.Catalogue.Programme("chuxiong.class-conduct")!;
        var facts = Loaded.Instance.NewFacts(programme);
        foreach (var (field, column) in programme.Schema.Fields.Select((f, i) => (f, i)))
        {
            var given = field.Name == fact ? value : !Bad.Contains(field.Name);
            if (given is { } known) facts.Set(column, known ? 1 : 0);
        }

        return programme.Assess(facts, InterpretationProfile.AsTaken)!;
    }
}
