namespace EduAssist.National;

/// <summary>
/// What a compulsory school does, and what is done to it (义务教育学校办学行为). A forbidden act that never occurred is answered
/// 否.
/// </summary>
internal sealed class CompulsorySchool(Facts facts)
{
    public Truth IssuesCertificate { get; init; } = facts.YesNo("向学生发放毕业证书");
    public Truth ExemptFromPhysicalEducation { get; init; } = facts.YesNo("该生体育免修");
    public Truth MeetsFitnessStandard { get; init; } = facts.YesNo("该生达到体质健康合格标准");
    public Truth MarksByScore { get; init; } = facts.YesNo("以分数而非等级评价考试成绩");
    public Truth PublishesMarksOrRanks { get; init; } = facts.YesNo("公布学生成绩或排名");
    public Truth AdmitsOnResults { get; init; } = facts.YesNo("凭考试、竞赛、培训的结果或证书招生");
    public Truth SelectsStudents { get; init; } = facts.YesNo("借面试或评测挑选学生");
    public Truth AdmitsNearby { get; init; } = facts.YesNo("就近入学");
    public Truth PrivateOutOfStep { get; init; } = facts.YesNo("民办学校招生脱离审批地统一管理或不与公办学校同步");
    public Truth Private { get; init; } = facts.YesNo("民办学校");
    public Truth OverSubscribed { get; init; } = facts.YesNo("报名人数多于招生计划");
    public Truth AdmitsByLot { get; init; } = facts.YesNo("电脑随机录取");
    public Truth GivenPromotionTargets { get; init; } = facts.YesNo("党政负责人下达升学指标");
    public Truth JudgedByPromotionRate { get; init; } = facts.YesNo("党政负责人片面以升学率评价学校或教师");
}

/// <summary>中共中央、国务院 2019 年意见第 5、10、17、22 条: how a compulsory school admits, marks and certifies.</summary>
internal sealed class CompulsorySchoolConduct() : Programme<CompulsorySchool>(
    "national.compulsory-school-conduct", "义务教育学校办学行为", ProgrammeKind.Compliance, facts => new(facts),
    new RuleSet<CompulsorySchool>("cc2019", 2, new(2019, 6, 23),
    [
        new("certificate-with-fitness", ["cc2019/5"], s => s.MeetsFitnessStandard, "除体育免修学生外，达到体质健康合格标准的学生方可发给毕业证书")
        {
            When = s => s.IssuesCertificate & !s.ExemptFromPhysicalEducation, Interpretations = ["nat-i7"],
        },
        new("marks-as-grades", ["cc2019/10"], s => !s.MarksByScore, "考试成绩须以等级评价"),
        new("marks-and-ranks-unpublished", ["cc2019/10"], s => !s.PublishesMarksOrRanks, "学生的成绩和排名都不得公布，不论以何种方式")
        {
            Interpretations = ["nat-i8"],
        },
        new("no-test-for-admission", ["cc2019/17"], s => !s.AdmitsOnResults, "不得凭考试、竞赛、培训的结果或证书招生"),
        new("no-selection", ["cc2019/17"], s => !s.SelectsStudents, "不得借面试或评测挑选学生"),
        new("nearby", ["cc2019/17"], s => s.AdmitsNearby, "学生应就近入学（文件要求推进至全覆盖）") { Interpretations = ["nat-i9"] },
        new("private-in-step", ["cc2019/17"], s => !s.PrivateOutOfStep, "民办学校招生须由审批地统一管理，并与公办学校同步")
            { When = s => s.Private },
        new("private-by-lot", ["cc2019/17"], s => s.AdmitsByLot, "民办学校报名的多于招生计划时，须电脑随机录取")
            { When = s => s.Private & s.OverSubscribed },
        new("no-promotion-targets", ["cc2019/22"], s => !s.GivenPromotionTargets, "党政负责人不得下达升学指标"),
        new("not-judged-by-promotion-rate", ["cc2019/22"], s => !s.JudgedByPromotionRate, "党政负责人不得片面以升学率评价学校或教师"),
    ]));
