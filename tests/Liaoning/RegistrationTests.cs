namespace EduAssist.Liaoning;

/// <summary>9：注册学籍，RegistrationCases.csv 每行一句话。</summary>
public class RegistrationTests
{
    private const string Programme = "liaoning.registration";
    private const string Lawful =
        "entryDate=2023-09-01 registrationDate=2023-09-20 hasOtherVocationalRoll=0 onCompulsoryRoll=0 "
            + "compulsoryCompleted=1 onGeneralHighRoll=0 onTechnicalSchoolRoll=0 onHigherRoll=0 schoolLicence=Valid "
            + "withinPlan=1 crossProvince=0 isBranch=0";
    private static readonly Clauses Clauses = new(Programme, "RegistrationCases.csv");

    public static TheoryData<string, string> Sentences => Clauses.Sentences;

    [Theory, MemberData(nameof(Sentences))]
    [Proves("ln/8a", "ln/8c", "ln/8d", "ln/9a", "ln/9c", "ln/9d", "ln/9e")]
    public void A_clause(string criterion, string sentence) => Clauses.Holds(criterion, sentence);

    [Fact]
    public void The_table_has_each_clause_true_false_unknown_and_not_applicable() =>
        Clauses.AreComplete("branch-approved", "within-cross-province-plan", "compulsory-roll-noted");

    [Theory]
    [InlineData("nothing wrong", "", "Eligible", "", "")]
    [InlineData("not registered yet: what is missing is said", "registrationDate=", "Undetermined", "registrationDate",
        "")]
    [InlineData("not registered yet, and never may be", "registrationDate= onHigherRoll=1", "Ineligible", "",
        "no-higher-roll")]
    [InlineData(
        "every blocker is told", "hasOtherVocationalRoll=1 onGeneralHighRoll=1 schoolLicence=RecruitmentStopped",
        "Ineligible", "", "registration-not-suspended no-double-roll no-general-high-roll")]
    [InlineData("licence unknown", "schoolLicence=", "Undetermined", "schoolLicence", "")]
    [InlineData("a year that is not published: unknown, for want of no fact",
        "entryDate=2040-09-03 registrationDate=2040-12-01", "Undetermined", "", "")]
    [Proves("ln/8c", "ln/9a", "ln/9c", "ln/9e")]
    public void A_student_is_registered(
        string sentence, string otherwise, string verdict, string missing, string violated)
    {
        var answer = Loaded.Assess(Programme, Loaded.But(Lawful, otherwise));
        Assert.Equal((sentence, verdict, missing, violated),
            (sentence, answer.Verdict.ToString(), Loaded.Missing(answer), Loaded.Violated(answer)));
        Assert.Equal(Loaded.Instance.Calendar.Version, answer.CalendarVersion);
    }

    /// <summary>
    /// As taken; ln-i7: a compulsory roll always blocks; ln-i9: completion is asked only on a compulsory roll.
    /// </summary>
    [Theory]
    [InlineData("on the compulsory roll, completed", "onCompulsoryRoll=1", "Eligible", "Ineligible", "Eligible",
        "Ineligible")]
    [InlineData("on the compulsory roll, not completed", "onCompulsoryRoll=1 compulsoryCompleted=0", "Ineligible",
        "Ineligible", "Ineligible", "Ineligible")]
    [InlineData("on the compulsory roll, not known whether completed", "onCompulsoryRoll=1 compulsoryCompleted=",
        "Undetermined compulsoryCompleted", "Ineligible", "Undetermined compulsoryCompleted", "Ineligible")]
    [InlineData("not on it, completed", "", "Eligible", "Eligible", "Eligible", "Eligible")]
    [InlineData("not on it, not completed: still barred", "compulsoryCompleted=0", "Ineligible", "Ineligible",
        "Eligible", "Eligible")]
    [InlineData("not on it, not known whether completed", "compulsoryCompleted=", "Undetermined compulsoryCompleted",
        "Undetermined compulsoryCompleted", "Eligible", "Eligible")]
    [InlineData("not known whether on it, completed", "onCompulsoryRoll=", "Eligible", "Undetermined onCompulsoryRoll",
        "Eligible", "Undetermined onCompulsoryRoll")]
    [InlineData("not known whether on it, not completed", "onCompulsoryRoll= compulsoryCompleted=0", "Ineligible",
        "Ineligible", "Undetermined onCompulsoryRoll", "Undetermined onCompulsoryRoll")]
    [InlineData("neither known: completion alone decides, unless the other reading asks for the roll",
        "onCompulsoryRoll= compulsoryCompleted=", "Undetermined compulsoryCompleted",
        "Undetermined onCompulsoryRoll compulsoryCompleted", "Undetermined onCompulsoryRoll compulsoryCompleted",
        "Undetermined onCompulsoryRoll")]
    [Proves("ln/9d")]
    public void Compulsory_education_in_the_readings_of_ln_i7_and_ln_i9(
        string sentence, string otherwise, string asTaken, string i7, string i9, string both)
    {
        string Said(InterpretationProfile reading)
        {
            var answer = Loaded.Assess(Programme, Loaded.But(Lawful, otherwise), reading);
            return $"{answer.Verdict} {Loaded.Missing(answer)}".Trim();
        }

        Assert.Equal((sentence, asTaken, i7, i9, both),
            (sentence, Said(InterpretationProfile.AsTaken), Said(new("ln-i7")), Said(new("ln-i9")),
                Said(new("ln-i7", "ln-i9"))));
    }

    [Theory]
    [InlineData("on the compulsory roll though completed: a note to check", "onCompulsoryRoll=1", "satisfied")]
    [InlineData("not on it: no note", "onCompulsoryRoll=0", "not applicable")]
    [Proves("ln/9d")]
    public void Eligible_with_a_note_differs_from_eligible_without(string sentence, string otherwise, string note)
    {
        var answer = Loaded.Assess(Programme, Loaded.But(Lawful, otherwise));
        Assert.Equal((sentence, Verdict.Eligible, note),
            (sentence, answer.Verdict, Loaded.Outcome(answer, "compulsory-roll-noted")));
        Assert.Contains("全国学籍系统中核对", answer.Findings.Single(f => f.Rule.Id == "compulsory-roll-noted").Rule.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Liaoning:CompulsoryRollAlwaysBlocks", "ln-i7")]
    [InlineData("Liaoning:CompletionAskedOnlyOnCompulsoryRoll", "ln-i9")]
    public void The_other_reading_is_switched_on_by_configuration_and_named_in_the_answer(
        string key, string interpretation)
    {
        var reading = InterpretationProfile.From(Loaded.Module.Interpretations, k => k == key ? "true" : null);
        Assert.Equal($"ln@1+{interpretation}", Loaded.Assess(Programme, Lawful, reading).RuleSet);
    }
}
