namespace EduAssist.Liaoning;

/// <summary>8：招生，RecruitmentCases.csv 每行一句话。</summary>
public class RecruitmentTests
{
    private const string Programme = "liaoning.recruitment";
    private const string Lawful =
        "schoolLicence=Valid isBranch=0 planPlaces=100 admitted=60 crossProvince=0 disclosurePublished=1 "
            + "throughUnifiedPlatform=1";
    private static readonly Clauses Clauses = new(Programme, "RecruitmentCases.csv");

    public static TheoryData<string, string> Sentences => Clauses.Sentences;

    [Theory, MemberData(nameof(Sentences))]
    [Proves("ln/8a", "ln/8a2", "ln/8b", "ln/8c", "ln/8d")]
    public void A_clause(string criterion, string sentence) => Clauses.Holds(criterion, sentence);

    [Fact]
    public void The_table_has_each_clause_true_false_unknown_and_not_applicable() =>
        Clauses.AreComplete("branch-approved", "within-cross-province-plan");

    [Theory]
    [InlineData("nothing wrong", "", "Eligible", "", "")]
    [InlineData("a school on the way to a smaller plan recruits within it", "schoolLicence=PlanCut planPlaces=60",
        "Eligible", "", "")]
    [InlineData("suspended registration does not yet stop recruitment", "schoolLicence=RegistrationSuspended",
        "Eligible", "", "")]
    [InlineData("stopped", "schoolLicence=RecruitmentStopped", "Ineligible", "", "recruitment-not-stopped")]
    [InlineData("without a licence", "schoolLicence=None", "Ineligible", "", "licensed")]
    [InlineData("two breaches at once, both told", "admitted=101 throughUnifiedPlatform=0", "Ineligible", "",
        "within-plan unified-platform")]
    [InlineData("licence unknown", "schoolLicence=", "Undetermined", "schoolLicence", "")]
    [InlineData("across provinces: how many are planned?", "crossProvince=1 crossProvinceAdmitted=1", "Undetermined",
        "crossProvincePlaces", "")]
    [Proves("ln/8a", "ln/8a2", "ln/8c", "ln/8d")]
    public void A_student_is_recruited(
        string sentence, string otherwise, string verdict, string missing, string violated)
    {
        var answer = Loaded.Assess(Programme, Loaded.But(Lawful, otherwise));
        Assert.Equal((sentence, verdict, missing, violated),
            (sentence, answer.Verdict.ToString(), Loaded.Missing(answer), Loaded.Violated(answer)));
        Assert.Equal(["ln-i2", "ln-i5"], answer.Interpretations);
    }
}
