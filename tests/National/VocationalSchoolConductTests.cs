namespace EduAssist.National;

public class VocationalSchoolConductTests
{
    private static readonly IProgramme Programme = new VocationalSchoolConduct();

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "less than a month in companies", "month-in-company", "teacherMonthsInCompany=0", "violated" },
        { "a month", "month-in-company", "teacherMonthsInCompany=1", "satisfied" },
        { "two months", "month-in-company", "teacherMonthsInCompany=2", "satisfied" },
        { "nobody counted", "month-in-company", "", "unknown: teacherMonthsInCompany" },

        { "a needy student pays nothing", "no-certificate-fee", "examineeIsNeedy=yes chargesExaminee=no", "satisfied" },
        { "a needy student pays", "no-certificate-fee", "examineeIsNeedy=yes chargesExaminee=yes", "violated" },
        { "another student may be charged", "no-certificate-fee", "examineeIsNeedy=no chargesExaminee=yes",
            "not applicable" },
        { "charged: is the student needy?", "no-certificate-fee", "chargesExaminee=yes", "unknown: examineeIsNeedy" },
        { "needy: charged?", "no-certificate-fee", "examineeIsNeedy=yes", "unknown: chargesExaminee" },
        { "not charged, whoever it is", "no-certificate-fee", "chargesExaminee=no", "satisfied" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    [Proves("sc2019-4/12", "moe2019-4/4.7")]
    public void A_criterion(string what, string criterion, string facts, string outcome) =>
        Assert.Equal((what, outcome), (what, Ask.Criterion(Programme, criterion, facts)));

    [Theory]
    [InlineData("before the plan", "2019-01-23", "none")]
    [InlineData("the day of the plan: fees are not yet in question", "2019-01-24", "yes")]
    [InlineData("the last day before the ministry's opinion", "2019-10-15", "yes")]
    [InlineData("the day of the ministry's opinion", "2019-10-16", "no")]
    [Proves("moe2019-4/4.7")]
    public void A_fee_from_a_needy_student(string what, string asOf, string verdict) =>
        Assert.Equal((what, verdict),
            (what, Ask.Verdict(Programme, "teacherMonthsInCompany=1 examineeIsNeedy=yes chargesExaminee=yes", asOf)));
}
