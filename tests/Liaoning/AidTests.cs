namespace EduAssist.Liaoning;

/// <summary>12：资助，AidCases.csv 每行一句话。</summary>
public class AidTests
{
    private const string Programme = "liaoning.aid";
    private const string Lawful =
        "fullTime=1 diplomaEducation=1 rollStatus=Regular inAttendance=1 onCompulsoryRoll=0 aidElsewhere=0";
    private static readonly Clauses Clauses = new(Programme, "AidCases.csv");

    public static TheoryData<string, string> Sentences => Clauses.Sentences;

    [Theory, MemberData(nameof(Sentences))]
    [Proves("ln/12a", "ln/12b", "ln/12c")]
    public void A_clause(string criterion, string sentence) => Clauses.Holds(criterion, sentence);

    [Fact]
    public void The_table_has_each_clause_true_false_unknown_and_not_applicable() =>
        Clauses.AreComplete("not-in-compulsory-education");

    [Theory]
    [InlineData("a full-time student in attendance", "", "Eligible", "Eligible", "")]
    [InlineData("suspended", "rollStatus=Suspended", "Ineligible", "Ineligible", "")]
    [InlineData("roll unknown, away: no roll helps", "rollStatus= inAttendance=0", "Ineligible", "Ineligible", "")]
    [InlineData("still on a compulsory roll, completed as they say", "onCompulsoryRoll=1 compulsoryCompleted=1",
        "Undetermined", "Undetermined", "compulsoryRollClosed certificateOnFile")]
    [InlineData("still on a compulsory roll, with the certificate: the other reading wants it closed",
        "onCompulsoryRoll=1 compulsoryCompleted=1 certificateOnFile=1", "Eligible", "Undetermined", "")]
    [InlineData("closed: it does in both",
        "onCompulsoryRoll=1 compulsoryCompleted=1 compulsoryRollClosed=1", "Eligible", "Eligible", "")]
    [InlineData("on a compulsory roll, completed or not?", "onCompulsoryRoll=1", "Undetermined", "Undetermined",
        "compulsoryCompleted compulsoryRollClosed certificateOnFile")]
    [Proves("ln/12a", "ln/12b")]
    public void A_student_on_the_list_in_both_readings_of_ln_i7(
        string sentence, string otherwise, string asTaken, string other, string missing)
    {
        var facts = Loaded.But(Lawful, otherwise);
        var answer = Loaded.Assess(Programme, facts);
        Assert.Equal((sentence, asTaken, other, missing),
            (sentence, answer.Verdict.ToString(), Loaded.Assess(Programme, facts, new("ln-i7")).Verdict.ToString(),
                Loaded.Missing(answer)));
        Assert.Equal(["ln-i7"], answer.Interpretations);
    }

    [Theory]
    [InlineData("on the compulsory roll, taken off it",
        "onCompulsoryRoll=1 compulsoryCompleted=1 compulsoryRollClosed=1", "satisfied")]
    [InlineData("not on it: no note", "onCompulsoryRoll=0", "not applicable")]
    [Proves("ln/12b")]
    public void A_proof_is_asked_only_of_who_is_on_the_compulsory_roll(string sentence, string otherwise, string note)
    {
        var answer = Loaded.Assess(Programme, Loaded.But(Lawful, otherwise));
        Assert.Equal((sentence, Verdict.Eligible, note),
            (sentence, answer.Verdict, Loaded.Outcome(answer, "not-in-compulsory-education")));
    }
}
