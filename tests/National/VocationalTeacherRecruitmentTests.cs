namespace EduAssist.National;

public class VocationalTeacherRecruitmentTests
{
    private const string Suitable =
        "openlyRecruited=yes companyYears=3 hasHigherVocationalDegree=yes hasSpecialHighSkills=no freshGraduate=no";

    private static readonly IProgramme Programme = new VocationalTeacherRecruitment();

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "openly recruited", "openly-recruited", "openlyRecruited=yes", "satisfied" },
        { "brought in", "openly-recruited", "openlyRecruited=no", "violated" },
        { "nobody said", "openly-recruited", "", "unknown: openlyRecruited" },

        { "two years in a company", "company-experience", "companyYears=2", "violated" },
        { "three years: 以上 takes the number in", "company-experience", "companyYears=3", "satisfied" },
        { "four years", "company-experience", "companyYears=4", "satisfied" },
        { "years unknown", "company-experience", "", "unknown: companyYears" },
        { "special high skills do not replace the years", "company-experience",
            "companyYears=2 hasSpecialHighSkills=yes", "violated" },

        { "a higher vocational degree", "higher-vocational-degree",
            "hasHigherVocationalDegree=yes hasSpecialHighSkills=no", "satisfied" },
        { "no degree", "higher-vocational-degree", "hasHigherVocationalDegree=no hasSpecialHighSkills=no", "violated" },
        { "no degree, a senior skilled worker", "higher-vocational-degree",
            "hasHigherVocationalDegree=no hasSpecialHighSkills=yes", "not applicable" },
        { "no degree: special high skills?", "higher-vocational-degree", "hasHigherVocationalDegree=no",
            "unknown: hasSpecialHighSkills" },
        { "no special skills: a degree?", "higher-vocational-degree", "hasSpecialHighSkills=no",
            "unknown: hasHigherVocationalDegree" },
        { "a degree, skills or not", "higher-vocational-degree", "hasHigherVocationalDegree=yes", "satisfied" },

        { "graduated years ago", "not-fresh-graduate", "freshGraduate=no", "satisfied" },
        { "graduates this summer", "not-fresh-graduate", "freshGraduate=yes", "violated" },
        { "graduates this summer after three years in a company", "not-fresh-graduate",
            "freshGraduate=yes companyYears=3", "violated" },
        { "nobody said", "not-fresh-graduate", "", "unknown: freshGraduate" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    [Proves("sc2019-4/12")]
    public void A_criterion(string what, string criterion, string facts, string outcome) =>
        Assert.Equal((what, outcome), (what, Ask.Criterion(Programme, criterion, facts)));

    [Theory]
    [InlineData("suitable", Suitable, "2024-09-01", "yes")]
    [InlineData("too few years decide", "companyYears=2", "2024-09-01", "no")]
    [InlineData("suitable, only the degree unknown",
        "openlyRecruited=yes companyYears=3 hasSpecialHighSkills=no freshGraduate=no", "2024-09-01",
        "unknown: hasHigherVocationalDegree")]
    [InlineData("before the plan", Suitable, "2019-01-23", "none")]
    [InlineData("the day of the plan", Suitable, "2019-01-24", "yes")]
    [Proves("sc2019-4/12")]
    public void The_candidate(string what, string facts, string asOf, string verdict) =>
        Assert.Equal((what, verdict), (what, Ask.Verdict(Programme, facts, asOf)));

    [Theory]
    [InlineData("the last day of 2019", "2019-12-31", "yes")]
    [InlineData("the first day of 2020", "2020-01-01", "no")]
    [InlineData("the second day of 2020", "2020-01-02", "no")]
    [Proves("sc2019-4/12")]
    public void A_fresh_graduate_is_turned_away_from_2020_on(string what, string asOf, string verdict) =>
        Assert.Equal((what, verdict),
            (what,
                Ask.Verdict(Programme,
                    Suitable.Replace("freshGraduate=no", "freshGraduate=yes", StringComparison.Ordinal), asOf)));
}
