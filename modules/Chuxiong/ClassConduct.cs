namespace EduAssist.Chuxiong;

/// <summary>What is known of one class at a vocational school (一个职教班).</summary>
internal sealed class VocationalClass(Facts facts)
{
    internal VocationalClass() : this(Facts.None) { }

    public Truth SchoolDesignated { get; init; } = facts.YesNo("承办学校是方案列明的十二所学校之一");
    public Truth ImplementationPlanApproved { get; init; } = facts.YesNo("实施方案已经州审核通过");
    public Truth Coerced { get; init; } = facts.YesNo("有强制报名的情形");
    public Truth GroupedByInterestAndMajor { get; init; } = facts.YesNo("按兴趣和报读专业编班");
    public Truth FullTime { get; init; } = facts.YesNo("按全日制在校生管理");
    public Truth HasHeadTeacher { get; init; } = facts.YesNo("配有班主任");
    public Truth CompulsoryCoursesInFull { get; init; } = facts.YesNo("未学完的义务教育课程已开齐开足");
    public Truth SkillsCourses { get; init; } = facts.YesNo("开有部分职业技能课程");
    public Truth TeachingPlanFiled { get; init; } = facts.YesNo("教学方案已备案");
    public Truth DrawsCompulsoryAid { get; init; } = facts.YesNo("享受义务教育阶段资助");
    public Truth DrawsVocationalAid { get; init; } = facts.YesNo("享受中职资助");
    public Truth EntrustedEducation { get; init; } = facts.YesNo("沿用委托职业教育");
}

/// <summary>二、四（一）3、五（一）（二）、七、八：办班须遵守的规定。</summary>
internal sealed class ClassConduct() : Programme<VocationalClass>(
    "chuxiong.class-conduct", "职教班办班合规", ProgrammeKind.Compliance, facts => new(facts),
    new RuleSet<VocationalClass>("cx2020", 1, Provisions.InForce,
    [
        new("designated-school", ["cx2020/2"], c => c.SchoolDesignated, "须由方案列明的十二所学校开设"),
        new("implementation-plan", ["cx2020/8.1a"], c => c.ImplementationPlanApproved, "实施方案须先经州审核通过"),
        new("voluntary", ["cx2020/4.1.3"], c => !c.Coerced, "不得强制报名"),
        new("classes", ["cx2020/5.1"], c => c.GroupedByInterestAndMajor & c.FullTime & c.HasHeadTeacher,
            "须按兴趣和专业编班、全日制管理、配班主任"),
        new("courses", ["cx2020/5.2"], c => c.CompulsoryCoursesInFull & c.SkillsCourses, "未学完的义务教育课程须开齐开足，并开部分技能课"),
        new("teaching-plan", ["cx2020/5.2"], c => c.TeachingPlanFiled, "教学方案须备案后执行"),
        new("aid", ["cx2020/7.1"], c => c.DrawsCompulsoryAid & !c.DrawsVocationalAid, "享受义务教育资助，不享受中职资助"),
        new("no-entrusted-education", ["cx2020/8.2"], c => !c.EntrustedEducation, "委托职业教育制度已停止"),
    ]));
