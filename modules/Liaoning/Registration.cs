namespace EduAssist.Liaoning;

/// <summary>What is known when a new student's vocational roll is to be registered (新生注册).</summary>
internal sealed class Registrant(Facts facts)
{
    private readonly WorkCalendar calendar = facts.Calendar;

    public Fact<DateOnly> EntryDate { get; init; } = facts.Date("入学日期");
    public Fact<DateOnly> RegistrationDate { get; init; } = facts.Date("建档注册日期");
    public Truth HasOtherVocationalRoll { get; init; } = facts.YesNo("另有中职学籍");
    public Truth OnCompulsoryRoll { get; init; } = facts.YesNo("在义务教育学籍库中");
    public Truth CompulsoryCompleted { get; init; } = facts.YesNo("已完成义务教育");
    public Truth OnGeneralHighRoll { get; init; } = facts.YesNo("有普通高中学籍");
    public Truth OnTechnicalSchoolRoll { get; init; } = facts.YesNo("有技工学校学籍");
    public Truth OnHigherRoll { get; init; } = facts.YesNo("有高等学校学籍");
    public Fact<SchoolLicence> SchoolLicence { get; init; } = facts.OneOf<SchoolLicence>("学校办学资质");
    public Truth WithinPlan { get; init; } = facts.YesNo("在招生计划之内");
    public Truth CrossProvince { get; init; } = facts.YesNo("跨省招收");
    public Truth CrossProvincePlanned { get; init; } = facts.YesNo("在跨省招生计划之内");
    public Truth IsBranch { get; init; } = facts.YesNo("异地分校或教学点");
    public Truth BranchApproved { get; init; } = facts.YesNo("经所在地教育行政部门批准");
    public Truth CompulsoryRollClosed { get; init; } = facts.Done("已在全国学籍系统办理出库");
    public Truth CertificateOnFile { get; init; } = facts.Done("毕业证书已存档");

    internal Truth InTime => RegistrationDeadline.Met(EntryDate, RegistrationDate, calendar, facts.NeedsNotice);
}

/// <summary>9：注册学籍，以及 8 对未获准招生的学校的限制。</summary>
internal sealed class Registration() : Programme<Registrant>(
    "liaoning.registration", "中职新生学籍注册", ProgrammeKind.Registration, facts => new(facts),
    new RuleSet<Registrant>("ln", 2, Provisions.InForce,
    [
        new("registration-not-suspended", ["ln/8c"],
            r => r.SchoolLicence.Is(l => !Licence.Forbids(l, LicensedAct.Register)), "学校未被暂停新生注册或停止招生")
        {
            Interpretations = ["ln-i2"],
        },
        new("licensed", ["ln/8d"], r => r.SchoolLicence != SchoolLicence.None, "学校须有中职学历教育的办学资质"),
        new("branch-approved", ["ln/8d"], r => r.BranchApproved, "异地分校、教学点须经所在地教育行政部门批准") { When = r => r.IsBranch },
        new("within-plan", ["ln/8a"], r => r.WithinPlan, "须在招生计划之内录取") { Interpretations = ["ln-i5"] },
        new("within-cross-province-plan", ["ln/8a"], r => r.CrossProvincePlanned, "跨省录取须在跨省招生计划之内")
        {
            When = r => r.CrossProvince, Interpretations = ["ln-i5"],
        },
        new("file-in-time", ["ln/9a"], r => r.InTime, "电子档案须在入学当日起、入学后 20 个工作日之内建立（放假安排未公布的年份不能推算）")
            { Interpretations = ["ln-i1"] },
        new("no-double-roll", ["ln/9c"], r => !r.HasOtherVocationalRoll, "不得另有中职学籍"),
        new("compulsory-education-completed", ["ln/9d"], r => r.CompulsoryCompleted, "须已完成义务教育")
        {
            AlternativeReading = new("ln-i9", r => !r.OnCompulsoryRoll | r.CompulsoryCompleted),
        },
        new("compulsory-roll-noted", ["ln/9d"],
            r => r.CompulsoryCompleted & (r.CompulsoryRollClosed | r.CertificateOnFile),
            "仍在义务教育学籍库中的，须已完成义务教育，并已办理出库或者存有毕业证书")
        {
            When = r => r.OnCompulsoryRoll,
            AlternativeReading = new("ln-i7", r => r.CompulsoryCompleted & r.CompulsoryRollClosed),
        },
        new("no-general-high-roll", ["ln/9e"], r => !r.OnGeneralHighRoll, "不得有普通高中学籍"),
        new("no-technical-school-roll", ["ln/9e"], r => !r.OnTechnicalSchoolRoll, "不得有技工学校学籍"),
        new("no-higher-roll", ["ln/9e"], r => !r.OnHigherRoll, "不得有高等学校学籍"),
    ]));
