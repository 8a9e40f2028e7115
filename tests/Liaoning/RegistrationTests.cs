namespace EduAssist.Liaoning;

/// <summary>9：注册学籍，RegistrationCases.csv 每行一句话。</summary>
public class RegistrationTests
{
    private const string Programme = "liaoning.registration";
    private const string Lawful = "entryDate=2023-09-01 registrationDate=2023-09-20 hasOtherVocationalRoll=0 onCompulsoryRoll=0 onGeneralHighRoll=0 onTechnicalSchoolRoll=0 onHigherRoll=0 schoolLicence=Valid withinPlan=1 crossProvince=0 isBranch=0";
    private static readonly Clauses Clauses = new(Programme, "RegistrationCases.csv");

    public static TheoryData<string, string> Sentences => Clauses.Sentences;

    [Theory, MemberData(nameof(Sentences))]
    [Proves("ln/8a", "ln/8c", "ln/8d", "ln/9a", "ln/9c", "ln/9d", "ln/9e")]
    public void A_clause(string criterion, string sentence) => Clauses.Holds(criterion, sentence);

    [Fact]
    public void The_table_has_each_clause_true_false_unknown_and_not_applicable() => Clauses.AreComplete("branch-approved", "within-cross-province-plan");

    [Theory]
    [InlineData("nothing wrong", "", "Eligible", "", "")]
    [InlineData("not registered yet: what is missing is said", "registrationDate=", "Undetermined", "registrationDate", "")]
    [InlineData("not registered yet, and never may be", "registrationDate= onHigherRoll=1", "Ineligible", "", "no-higher-roll")]
    [InlineData("every blocker is told", "hasOtherVocationalRoll=1 onGeneralHighRoll=1 schoolLicence=RecruitmentStopped", "Ineligible", "", "registration-not-suspended no-double-roll no-general-high-roll")]
    [InlineData("licence unknown", "schoolLicence=", "Undetermined", "schoolLicence", "")]
    [InlineData("a year that is not published: unknown, for want of no fact", "entryDate=2040-09-03 registrationDate=2040-12-01", "Undetermined", "", "")]
    [Proves("ln/8c", "ln/9a", "ln/9c", "ln/9e")]
    public void A_student_is_registered(string sentence, string otherwise, string verdict, string missing, string violated)
    {
        var answer = Loaded.Assess(Programme, Loaded.But(Lawful, otherwise));
        Assert.Equal((sentence, verdict, missing, violated), (sentence, answer.Verdict.ToString(), Loaded.Missing(answer), Loaded.Violated(answer)));
        Assert.Equal(Loaded.Instance.Calendar.Version, answer.CalendarVersion);
    }

    [Theory]
    [InlineData("on the compulsory roll, completed", "onCompulsoryRoll=1 compulsoryCompleted=1", "Eligible", "Ineligible")]
    [InlineData("on the compulsory roll, not completed", "onCompulsoryRoll=1 compulsoryCompleted=0", "Ineligible", "Ineligible")]
    [InlineData("not on it", "onCompulsoryRoll=0", "Eligible", "Eligible")]
    [InlineData("not known whether completed", "onCompulsoryRoll=1", "Undetermined", "Ineligible")]
    [Proves("ln/9d")]
    public void A_compulsory_roll_in_both_readings_of_ln_i7(string sentence, string otherwise, string asTaken, string other)
    {
        var facts = Loaded.But(Lawful, otherwise);
        Assert.Equal((sentence, asTaken, other), (sentence, Loaded.Assess(Programme, facts).Verdict.ToString(), Loaded.Assess(Programme, facts, new("ln-i7")).Verdict.ToString()));
        Assert.Equal("ln@1+ln-i7", Loaded.Assess(Programme, facts, new("ln-i7")).RuleSet);
    }
}
