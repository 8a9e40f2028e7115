namespace EduAssist.Liaoning;

/// <summary>14：履职，SchoolConductCases.csv 每行一句话。</summary>
public class SchoolConductTests
{
    private const string Programme = "liaoning.school-conduct";
    private static readonly Clauses Clauses = new(Programme, "SchoolConductCases.csv");

    public static TheoryData<string, string> Sentences => Clauses.Sentences;

    [Theory, MemberData(nameof(Sentences))]
    [Proves("ln/14a", "ln/14b")]
    public void A_clause(string criterion, string sentence) => Clauses.Holds(criterion, sentence);

    [Fact]
    public void The_table_has_each_clause_true_false_unknown_and_not_applicable() =>
        Clauses.AreComplete("school-meeting", "department-meeting", "lessons-heard", "company-visits");

    [Theory]
    [InlineData("a principal who did enough", "role=Principal lessonsHeard=10 companyVisits=1", "Eligible", "")]
    [InlineData("one lesson short", "role=Principal lessonsHeard=9 companyVisits=1", "Ineligible", "")]
    [InlineData("whose role is unknown, but nobody in any role did enough", "lessonsHeard=9 meetings=0", "Ineligible",
        "")]
    [InlineData("whose role is unknown, and everybody in any role did enough",
        "lessonsHeard=10 companyVisits=1 meetings=1", "Eligible", "")]
    [InlineData("role unknown, lessons short: the visits no longer matter", "lessonsHeard=9 meetings=1", "Undetermined",
        "role")]
    [InlineData("role unknown, no meeting: lessons and visits may still do", "meetings=0", "Undetermined",
        "role lessonsHeard companyVisits")]
    [InlineData("a department's meeting is all that is asked of it", "role=Department meetings=1", "Eligible", "")]
    [Proves("ln/14a", "ln/14b")]
    public void A_term(string sentence, string facts, string verdict, string missing)
    {
        var answer = Loaded.Assess(Programme, facts);
        Assert.Equal((sentence, verdict, missing), (sentence, answer.Verdict.ToString(), Loaded.Missing(answer)));
    }
}
