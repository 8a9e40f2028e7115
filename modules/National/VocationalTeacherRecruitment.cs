namespace EduAssist.National;

/// <summary>
/// A candidate for teacher of vocational courses (专业教师) at a vocational school or an applied university.
/// </summary>
internal sealed class TeachingCandidate(Facts facts)
{
    public Truth OpenlyRecruited { get; init; } = facts.YesNo("公开招聘");
    public Fact<int> CompanyYears { get; init; } = facts.Number("企业工作经历满年数", 0, 60);
    public Truth HasHigherVocationalDegree { get; init; } = facts.YesNo("具有高职以上学历");
    public Truth HasSpecialHighSkills { get; init; } = facts.YesNo("属特殊高技能人才（含高级工以上职业资格）");
    public Truth FreshGraduate { get; init; } = facts.YesNo("应届毕业生");
}

/// <summary>国发〔2019〕4号（十二）: who may be recruited. Fresh graduates are turned away from 2020 on only.</summary>
internal sealed class VocationalTeacherRecruitment() : Programme<TeachingCandidate>(
    "national.vocational-teacher-recruitment", "职业院校、应用型本科高校专业教师招聘", ProgrammeKind.Eligibility, facts => new(facts),
    new RuleSet<TeachingCandidate>("sc2019-4", 1, new(2019, 1, 24), FromIndustry, until: new(2019, 12, 31)),
    new RuleSet<TeachingCandidate>("sc2019-4", 2, new(2020, 1, 1),
    [
        .. FromIndustry,
        new("not-fresh-graduate", ["sc2019-4/12"], c => !c.FreshGraduate, "2020 年起基本不从应届毕业生中招聘")
            { Interpretations = ["nat-i2", "nat-i14"] },
    ]))
{
    private static IReadOnlyList<Criterion<TeachingCandidate>> FromIndustry { get; } =
    [
        new("openly-recruited", ["sc2019-4/12"], c => c.OpenlyRecruited, "须公开招聘"),
        new("company-experience", ["sc2019-4/12"], c => c.CompanyYears.Is(years => years >= 3), "原则上须在企业工作过 3 年以上")
        {
            Interpretations = ["nat-i1", "nat-i2"],
        },
        new("higher-vocational-degree", ["sc2019-4/12"], c => c.HasHigherVocationalDegree, "原则上须有高职以上学历，特殊高技能人才可适当放宽")
        {
            When = c => !c.HasSpecialHighSkills, Interpretations = ["nat-i1", "nat-i2", "nat-i13"],
        },
    ];
}
