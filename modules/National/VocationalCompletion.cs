namespace EduAssist.National;

/// <summary>A student who is to finish compulsory education through vocational courses or classes.</summary>
internal sealed class CompulsoryStudent(Facts facts)
{
    public Truth InCompulsoryStage { get; init; } = facts.YesNo("处于义务教育阶段且尚未完成义务教育");
    public Truth HasStudyDifficulties { get; init; } = facts.YesNo("学业困难");
    public Truth PersuadedBack { get; init; } = facts.YesNo("经劝返复学");
    public Truth OverAge { get; init; } = facts.YesNo("年龄超过所在学段");
    public Truth InDeeplyPoorArea { get; init; } = facts.YesNo("在深度贫困地区");
    public Truth KeepsCompulsoryCurriculum { get; init; } = facts.YesNo("同时学习义务教育课程");
}

/// <summary>
/// 国发〔2019〕4号（二）, and from its issue on 教职成厅〔2019〕4号 四（一）: who may finish compulsory education through vocational
/// courses or classes. The paragraph of 四（一）speaks to deeply poor areas throughout; （二）to the whole country.
/// </summary>
internal sealed class VocationalCompletion() : Programme<CompulsoryStudent>(
    "national.vocational-completion", "以职业教育课程或职教班完成义务教育", ProgrammeKind.Eligibility, facts => new(facts),
    new RuleSet<CompulsoryStudent>("sc2019-4", 1, new(2019, 1, 24),
    [
        new("compulsory-stage", ["sc2019-4/2"], s => s.InCompulsoryStage, "须处于义务教育阶段且尚未完成义务教育"),
        new("study-difficulties", ["sc2019-4/2"], s => s.HasStudyDifficulties, "须属学业困难学生"),
        new("compulsory-curriculum", ["sc2019-4/2"], s => s.KeepsCompulsoryCurriculum, "职业技能只学一部分，义务教育课程须照常完成"),
    ], until: new(2019, 10, 15)),
    new RuleSet<CompulsoryStudent>("sc2019-4", 2, new(2019, 10, 16),
    [
        new("compulsory-stage", ["sc2019-4/2", "moe2019-4/4.1"], s => s.InCompulsoryStage, "须处于义务教育阶段且尚未完成义务教育"),
        new("study-difficulties-or-over-age-returner", ["sc2019-4/2", "moe2019-4/4.1"],
            s => s.HasStudyDifficulties | (s.PersuadedBack & s.OverAge & s.InDeeplyPoorArea),
            "须属学业困难学生，或深度贫困地区经劝返、年龄超过所在学段的学生")
        {
            AlternativeReading = new("nat-i11", s => s.HasStudyDifficulties), Interpretations = ["nat-i10", "nat-i12"],
        },
        new("compulsory-curriculum", ["sc2019-4/2", "moe2019-4/4.1"], s => s.KeepsCompulsoryCurriculum,
            "职业技能只学一部分，义务教育课程须照常完成"),
    ]));
