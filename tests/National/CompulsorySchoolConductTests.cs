namespace EduAssist.National;

public class CompulsorySchoolConductTests
{
    private const string Lawful =
        "issuesCertificate=no marksByScore=no publishesMarksOrRanks=no admitsOnResults=no selectsStudents=no "
            + "admitsNearby=yes "
        + "privateOutOfStep=no private=no givenPromotionTargets=no judgedByPromotionRate=no";

    private static readonly IProgramme Programme = new CompulsorySchoolConduct();

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "a fit student gets the certificate", "certificate-with-fitness",
            "issuesCertificate=yes exemptFromPhysicalEducation=no meetsFitnessStandard=yes", "satisfied" },
        { "an unfit student must not get it", "certificate-with-fitness",
            "issuesCertificate=yes exemptFromPhysicalEducation=no meetsFitnessStandard=no", "violated" },
        { "an unfit student who is exempt may get it", "certificate-with-fitness",
            "issuesCertificate=yes exemptFromPhysicalEducation=yes meetsFitnessStandard=no", "not applicable" },
        { "no certificate, no question", "certificate-with-fitness", "issuesCertificate=no", "not applicable" },
        { "a fit student needs no exemption", "certificate-with-fitness",
            "issuesCertificate=yes meetsFitnessStandard=yes", "satisfied" },
        { "an unfit student: exempt?", "certificate-with-fitness", "issuesCertificate=yes meetsFitnessStandard=no",
            "unknown: exemptFromPhysicalEducation" },
        { "fitness never tested", "certificate-with-fitness", "issuesCertificate=yes exemptFromPhysicalEducation=no",
            "unknown: meetsFitnessStandard" },

        { "marked in grades", "marks-as-grades", "marksByScore=no", "satisfied" },
        { "marked in points", "marks-as-grades", "marksByScore=yes", "violated" },
        { "nobody said how it marks", "marks-as-grades", "", "unknown: marksByScore" },

        { "marks stay with the student", "marks-and-ranks-unpublished", "publishesMarksOrRanks=no", "satisfied" },
        { "a list of ranks in the classroom's group chat", "marks-and-ranks-unpublished", "publishesMarksOrRanks=yes",
            "violated" },
        { "nobody said", "marks-and-ranks-unpublished", "", "unknown: publishesMarksOrRanks" },

        { "admitted without test", "no-test-for-admission", "admitsOnResults=no", "satisfied" },
        { "admitted by the result of a competition", "no-test-for-admission", "admitsOnResults=yes", "violated" },
        { "nobody said", "no-test-for-admission", "", "unknown: admitsOnResults" },

        { "no interview", "no-selection", "selectsStudents=no", "satisfied" },
        { "chosen in an interview", "no-selection", "selectsStudents=yes", "violated" },
        { "nobody said", "no-selection", "", "unknown: selectsStudents" },

        { "from the neighbourhood", "nearby", "admitsNearby=yes", "satisfied" },
        { "from anywhere", "nearby", "admitsNearby=no", "violated" },
        { "nobody said", "nearby", "", "unknown: admitsNearby" },

        { "in step with the public schools", "private-in-step", "private=yes privateOutOfStep=no", "satisfied" },
        { "recruits before the public schools do", "private-in-step", "private=yes privateOutOfStep=yes", "violated" },
        { "a private school: nobody said", "private-in-step", "private=yes", "unknown: privateOutOfStep" },
        { "a public school is not asked", "private-in-step", "private=no", "not applicable" },
        { "out of step: is it private?", "private-in-step", "privateOutOfStep=yes", "unknown: private" },

        { "private, more applicants than places, by lot", "private-by-lot",
            "private=yes overSubscribed=yes admitsByLot=yes", "satisfied" },
        { "private, more applicants than places, not by lot", "private-by-lot",
            "private=yes overSubscribed=yes admitsByLot=no", "violated" },
        { "private, as many applicants as places: not more", "private-by-lot",
            "private=yes overSubscribed=no admitsByLot=no", "not applicable" },
        { "a public school", "private-by-lot", "private=no overSubscribed=yes admitsByLot=no", "not applicable" },
        { "not by lot: was it over-subscribed?", "private-by-lot", "private=yes admitsByLot=no",
            "unknown: overSubscribed" },
        { "over-subscribed, not by lot: is it private?", "private-by-lot", "overSubscribed=yes admitsByLot=no",
            "unknown: private" },
        { "over-subscribed: by lot?", "private-by-lot", "private=yes overSubscribed=yes", "unknown: admitsByLot" },
        { "by lot, whoever it is", "private-by-lot", "admitsByLot=yes", "satisfied" },

        { "no promotion targets", "no-promotion-targets", "givenPromotionTargets=no", "satisfied" },
        { "the county sets a promotion target", "no-promotion-targets", "givenPromotionTargets=yes", "violated" },
        { "nobody said", "no-promotion-targets", "", "unknown: givenPromotionTargets" },

        { "judged by more than promotion", "not-judged-by-promotion-rate", "judgedByPromotionRate=no", "satisfied" },
        { "judged by promotion alone", "not-judged-by-promotion-rate", "judgedByPromotionRate=yes", "violated" },
        { "nobody said", "not-judged-by-promotion-rate", "", "unknown: judgedByPromotionRate" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    [Proves("cc2019/5", "cc2019/10", "cc2019/17", "cc2019/22")]
    public void A_criterion(string what, string criterion, string facts, string outcome) =>
        Assert.Equal((what, outcome), (what, Ask.Criterion(Programme, criterion, facts)));

    [Theory]
    [InlineData("everything is lawful", Lawful, "2024-09-01", "yes")]
    [InlineData("one unlawful act decides, whatever else is unknown", "selectsStudents=yes", "2024-09-01", "no")]
    [InlineData("only what could still change it is asked", Lawful + " private=yes overSubscribed=yes", "2024-09-01",
        "unknown: admitsByLot")]
    [InlineData("the day before issue", Lawful, "2019-06-22", "none")]
    [InlineData("the day of issue", Lawful, "2019-06-23", "yes")]
    [Proves("cc2019/5", "cc2019/10", "cc2019/17", "cc2019/22")]
    public void The_conduct(string what, string facts, string asOf, string verdict) =>
        Assert.Equal((what, verdict), (what, Ask.Verdict(Programme, facts, asOf)));
}
