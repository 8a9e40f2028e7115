namespace EduAssist.Liaoning;

/// <summary>11：实习，InternshipCases.csv 每行一句话。</summary>
public class InternshipTests
{
    private const string Programme = "liaoning.internship";
    private const string Lawful =
        "kind=Post birthDate=2005-01-01 startDate=2024-03-01 endDate=2024-08-31 organisedBySchool=1 "
            + "threePartyAgreement=1 liabilityInsurance=1 insurancePaidByStudent=0 guardianConsents=1 "
            + "companyDishonest=0 throughAgent=0 highRiskPost=0 entertainmentVenue=0 feesCharged=0 depositTaken=0 "
                    + "papersHeld=0 suretyDemanded=0 isPaid=1 paidInMoney=1 paidDirectly=1 usedAsCheapLabour=0";
    private static readonly Clauses Clauses = new(Programme, "InternshipCases.csv");
    private static readonly InterpretationProfile February = new("ln-i6");

    public static TheoryData<string, string> Sentences => Clauses.Sentences;

    [Theory, MemberData(nameof(Sentences))]
    [Proves("ln/11a", "ln/11b", "ln/11c", "ln/11d", "ln/11e", "ln/11f", "ln/11g", "ln/11h", "ln/11i")]
    public void A_clause(string criterion, string sentence) => Clauses.Holds(criterion, sentence);

    [Fact]
    public void The_table_has_each_clause_true_false_unknown_and_not_applicable() =>
        Clauses.AreComplete("organised-by-school", "three-party-agreement", "dates-in-order", "guardian-consent",
            "sixteen-years-old", "pay");

    [Theory]
    [InlineData("nothing wrong", "", "Eligible", "", "")]
    [InlineData("unpaid: nobody asks how", "isPaid=0 paidInMoney= paidDirectly=", "Eligible", "", "")]
    [InlineData("every breach is told", "liabilityInsurance=0 depositTaken=1 papersHeld=1", "Ineligible", "",
        "liability-insurance no-deposit papers-not-held")]
    [InlineData("getting to know the work at fifteen",
        "kind=GettingToKnow birthDate=2008-06-01 guardianConsents=0 threePartyAgreement=0", "Eligible", "", "")]
    [InlineData("the kind unknown, and nothing depends on it", "kind=", "Eligible", "", "")]
    [InlineData("the kind unknown, and no kind would do: neither organised nor agreed",
        "kind= organisedBySchool=0 threePartyAgreement=0", "Ineligible", "", "")]
    [InlineData("the kind unknown, and it decides", "kind= threePartyAgreement=0", "Undetermined", "kind", "")]
    [InlineData("the kind unknown, the days out of order for two of three: the day of birth no longer matters",
        "kind= endDate=2024-02-01 birthDate=", "Undetermined", "kind", "")]
    [InlineData("the kind unknown, and whether it is organised", "kind= organisedBySchool=", "Undetermined",
        "kind organisedBySchool", "")]
    [InlineData("born when?", "birthDate=", "Undetermined", "birthDate", "")]
    [InlineData("begins when? It ends before she is sixteen", "birthDate=2008-09-01 startDate=", "Ineligible", "",
        "sixteen-years-old")]
    [Proves("ln/11a", "ln/11b", "ln/11c", "ln/11d", "ln/11e", "ln/11h")]
    public void An_arrangement(string sentence, string otherwise, string verdict, string missing, string violated)
    {
        var answer = Loaded.Assess(Programme, Loaded.But(Lawful, otherwise));
        Assert.Equal((sentence, verdict, missing, violated),
            (sentence, answer.Verdict.ToString(), Loaded.Missing(answer), Loaded.Violated(answer)));
    }

    [Theory]
    [InlineData("the day before the 16th birthday", "2008-05-10", "2024-05-09", "violated", "violated")]
    [InlineData("on the 16th birthday", "2008-05-10", "2024-05-10", "satisfied", "satisfied")]
    [InlineData("the day after", "2008-05-10", "2024-05-11", "satisfied", "satisfied")]
    [InlineData("born on 29 February, sixteen in a leap year: 28 February is too early", "2008-02-29", "2024-02-28",
        "violated", "violated")]
    [InlineData("and 29 February is the birthday", "2008-02-29", "2024-02-29", "satisfied", "satisfied")]
    [Proves("ln/11e")]
    public void Sixteen_to_the_day(string sentence, string birth, string start, string asTaken, string inFebruary) =>
        Assert.Equal((sentence, asTaken, inFebruary),
            (sentence, At("sixteen-years-old", birth, start, InterpretationProfile.AsTaken),
                At("sixteen-years-old", birth, start, February)));

    [Theory]
    [InlineData("the day before the 18th birthday", "2006-05-10", "2024-05-09", "violated", "violated")]
    [InlineData("on the 18th birthday", "2006-05-10", "2024-05-10", "not applicable", "not applicable")]
    [InlineData("the day after", "2006-05-10", "2024-05-11", "not applicable", "not applicable")]
    [InlineData("born on 29 February, eighteen in a common year: 27 February", "2004-02-29", "2022-02-27", "violated",
        "violated")]
    [InlineData("28 February: the two readings part", "2004-02-29", "2022-02-28", "violated", "not applicable")]
    [InlineData("1 March", "2004-02-29", "2022-03-01", "not applicable", "not applicable")]
    [Proves("ln/11d")]
    public void Eighteen_to_the_day_without_consent(
        string sentence, string birth, string start, string asTaken, string inFebruary) =>
        Assert.Equal((sentence, asTaken, inFebruary),
            (sentence, At("guardian-consent", birth, start, InterpretationProfile.AsTaken),
                At("guardian-consent", birth, start, February)));

    private static string At(string criterion, string birth, string start, InterpretationProfile reading) =>
        Loaded.Outcome(
            Loaded.Assess(Programme, $"kind=FollowingPost birthDate={birth} startDate={start} guardianConsents=0",
                reading),
            criterion);
}
