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
    [InlineData("a year that is not published: unknown, for want of no fact but its notice",
        "entryDate=2040-09-03 registrationDate=2040-10-20", "Undetermined", "", "")]
    [InlineData("a year that is not published: late whatever its notice says",
        "entryDate=2040-09-03 registrationDate=2040-12-01", "Ineligible", "", "file-in-time")]
    [Proves("ln/8c", "ln/9a", "ln/9c", "ln/9e")]
    public void A_student_is_registered(
        string sentence, string otherwise, string verdict, string missing, string violated)
    {
        var answer = Loaded.Assess(Programme, Loaded.But(Lawful, otherwise));
        Assert.Equal((sentence, verdict, missing, violated),
            (sentence, answer.Verdict.ToString(), Loaded.Missing(answer), Loaded.Violated(answer)));
        Assert.Equal(Loaded.Instance.Calendar.Version, answer.CalendarVersion);
    }

    [Theory]
    [InlineData("in between: the notice of that year", "entryDate=2040-09-03 registrationDate=2040-10-20",
        "holidays:2040", "")]
    [InlineData("the twenty days reach into the next year: the first that is not published",
        "entryDate=2040-12-24 registrationDate=2041-01-30", "holidays:2040", "")]
    [InlineData("another fact is missing beside it", "entryDate=2040-09-03 registrationDate=2040-10-20 schoolLicence=",
        "holidays:2040", "schoolLicence")]
    [InlineData("late whatever it says: nothing is missing", "entryDate=2040-09-03 registrationDate=2040-12-01", "",
        "")]
    [InlineData("settled by another rule: nothing is missing",
        "entryDate=2040-09-03 registrationDate=2040-10-20 onHigherRoll=1", "", "")]
    [InlineData("a published year: nothing is missing", "", "", "")]
    [Proves("ln/9a")]
    public void The_notice_that_would_settle_it_is_named(
        string sentence, string otherwise, string notice, string missing)
    {
        var answer = Loaded.Assess(Programme, Loaded.But(Lawful, otherwise));
        Assert.Equal((sentence, notice, missing), (sentence, answer.MissingNotice ?? "", Loaded.Missing(answer)));
        Assert.Equal(notice.Length > 0 ? "2040年放假安排的通知（公布后载入）" : null, answer.NoticeTitle);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        AssessmentJson.Write(answer, output);
        var json = System.Text.Json.Nodes.JsonNode.Parse(output.WrittenSpan)!;
        string[] names = [.. notice.Length > 0 ? (string[])[notice] : [],
            .. missing.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal((sentence, string.Join(' ', names)),
            (sentence, string.Join(' ', json["missing"]!.AsArray().Select(m => (string)m!))));
    }

    /// <summary>
    /// As taken; ln-i7: only a closed compulsory roll does, no certificate; ln-i9: completion is asked only on a
    /// compulsory roll.
    /// </summary>
    [Theory]
    [InlineData("on the compulsory roll, completed as they say", "onCompulsoryRoll=1",
        "Undetermined compulsoryRollClosed certificateOnFile", "Undetermined compulsoryRollClosed",
        "Undetermined compulsoryRollClosed certificateOnFile", "Undetermined compulsoryRollClosed")]
    [InlineData("on the compulsory roll, completed, with the certificate", "onCompulsoryRoll=1 certificateOnFile=1",
        "Eligible", "Undetermined compulsoryRollClosed", "Eligible", "Undetermined compulsoryRollClosed")]
    [InlineData("on the compulsory roll, completed, taken off it", "onCompulsoryRoll=1 compulsoryRollClosed=1",
        "Eligible", "Eligible", "Eligible", "Eligible")]
    [InlineData("on the compulsory roll, not completed", "onCompulsoryRoll=1 compulsoryCompleted=0", "Ineligible",
        "Ineligible", "Ineligible", "Ineligible")]
    [InlineData("on the compulsory roll, not known whether completed", "onCompulsoryRoll=1 compulsoryCompleted=",
        "Undetermined compulsoryCompleted compulsoryRollClosed certificateOnFile",
        "Undetermined compulsoryCompleted compulsoryRollClosed",
        "Undetermined compulsoryCompleted compulsoryRollClosed certificateOnFile",
        "Undetermined compulsoryCompleted compulsoryRollClosed")]
    [InlineData("not on it, completed", "", "Eligible", "Eligible", "Eligible", "Eligible")]
    [InlineData("not on it, not completed: still barred", "compulsoryCompleted=0", "Ineligible", "Ineligible",
        "Eligible", "Eligible")]
    [InlineData("not on it, not known whether completed", "compulsoryCompleted=", "Undetermined compulsoryCompleted",
        "Undetermined compulsoryCompleted", "Eligible", "Eligible")]
    [InlineData("not known whether on it, completed", "onCompulsoryRoll=",
        "Undetermined onCompulsoryRoll compulsoryRollClosed certificateOnFile",
        "Undetermined onCompulsoryRoll compulsoryRollClosed",
        "Undetermined onCompulsoryRoll compulsoryRollClosed certificateOnFile",
        "Undetermined onCompulsoryRoll compulsoryRollClosed")]
    [InlineData("not known whether on it, not completed", "onCompulsoryRoll= compulsoryCompleted=0", "Ineligible",
        "Ineligible", "Undetermined onCompulsoryRoll", "Undetermined onCompulsoryRoll")]
    [InlineData("neither known: both are asked, and the proof",
        "onCompulsoryRoll= compulsoryCompleted=",
        "Undetermined onCompulsoryRoll compulsoryCompleted compulsoryRollClosed certificateOnFile",
        "Undetermined onCompulsoryRoll compulsoryCompleted compulsoryRollClosed",
        "Undetermined onCompulsoryRoll compulsoryCompleted compulsoryRollClosed certificateOnFile",
        "Undetermined onCompulsoryRoll compulsoryCompleted compulsoryRollClosed")]
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
    [InlineData("on the compulsory roll, its certificate on file", "onCompulsoryRoll=1 certificateOnFile=1",
        "satisfied")]
    [InlineData("on the compulsory roll, taken off it", "onCompulsoryRoll=1 compulsoryRollClosed=1", "satisfied")]
    [InlineData("not on it: no note", "onCompulsoryRoll=0", "not applicable")]
    [Proves("ln/9d")]
    public void A_proof_is_asked_only_of_who_is_on_the_compulsory_roll(string sentence, string otherwise, string note)
    {
        var answer = Loaded.Assess(Programme, Loaded.But(Lawful, otherwise));
        Assert.Equal((sentence, Verdict.Eligible, note),
            (sentence, answer.Verdict, Loaded.Outcome(answer, "compulsory-roll-noted")));
    }

    [Theory]
    [InlineData("Liaoning:CompulsoryRollAlwaysBlocks", "ln-i7")]
    [InlineData("Liaoning:CompletionAskedOnlyOnCompulsoryRoll", "ln-i9")]
    public void The_other_reading_is_switched_on_by_configuration_and_named_in_the_answer(
        string key, string interpretation)
    {
        var reading = InterpretationProfile.From(Loaded.Module.Interpretations, k => k == key ? "true" : null);
        Assert.Equal($"ln@2+{interpretation}", Loaded.Assess(Programme, Lawful, reading).RuleSet);
    }
}
