namespace EduAssist.National;

/// <summary>
/// How a vocational school treats a teacher in a year, and a student who takes a skill certificate (职业院校办学行为).
/// </summary>
internal sealed class VocationalSchool(Facts facts)
{
    public Fact<int> TeacherMonthsInCompany { get; init; } = facts.Number("教师本年度在企业、实训基地实训的累计满月数", 0, 12);
    public Truth ExamineeIsNeedy { get; init; } = facts.YesNo("职业技能等级证书考生家庭经济困难（含建档立卡）");
    public Truth ChargesExaminee { get; init; } = facts.YesNo("向该考生收取考核费用");
}

/// <summary>
/// 国发〔2019〕4号（十二）, and from its issue on 教职成厅〔2019〕4号 四（七）. Whom a school may recruit stands in
/// <see cref="VocationalTeacherRecruitment"/>.
/// </summary>
internal sealed class VocationalSchoolConduct() : Programme<VocationalSchool>(
    "national.vocational-school-conduct", "职业院校办学行为", ProgrammeKind.Compliance, facts => new(facts),
    new RuleSet<VocationalSchool>("sc2019-4", 1, new(2019, 1, 24), [MonthInCompany], until: new(2019, 10, 15)),
    new RuleSet<VocationalSchool>("sc2019-4", 2, new(2019, 10, 16),
    [
        MonthInCompany,
        new("no-certificate-fee", ["moe2019-4/4.7"], s => !s.ChargesExaminee, "家庭经济困难（含建档立卡）的学生考取职业技能等级证书，不得收取考核费用")
        {
            When = s => s.ExamineeIsNeedy, Interpretations = ["nat-i15"],
        },
    ]))
{
    private static Criterion<VocationalSchool> MonthInCompany { get; } =
        new("month-in-company", ["sc2019-4/12"], s => s.TeacherMonthsInCompany.Is(months => months >= 1),
            "教师每年须到企业、实训基地实训，至少 1 个月")
        {
            Interpretations = ["nat-i6"],
        };
}
