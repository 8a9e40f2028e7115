using System.ComponentModel.DataAnnotations;

namespace EduAssist.Liaoning;

/// <summary>A student's vocational roll, as the aid list sees it (学籍状态).</summary>
internal enum RollStatus
{
    /// <summary>正式学籍</summary>
    [Display(Name = "正式")]
    Regular,

    /// <summary>学籍异常</summary>
    [Display(Name = "异常")]
    Abnormal,

    /// <summary>休学</summary>
    [Display(Name = "休学")]
    Suspended,

    /// <summary>无中职学籍</summary>
    [Display(Name = "无学籍")]
    None,
}

/// <summary>What is known of a student on an aid list (资助名单).</summary>
internal sealed class AidApplicant(Facts facts)
{
    public Truth FullTime { get; init; } = facts.YesNo("全日制");
    public Truth DiplomaEducation { get; init; } = facts.YesNo("学历教育");
    public Fact<RollStatus> RollStatus { get; init; } = facts.OneOf<RollStatus>("中职学籍状态");
    public Truth InAttendance { get; init; } = facts.YesNo("在校");
    public Truth OnCompulsoryRoll { get; init; } = facts.YesNo("在义务教育学籍库中");
    public Truth CompulsoryCompleted { get; init; } = facts.YesNo("已完成义务教育");
    public Truth AidElsewhere { get; init; } = facts.YesNo("另有中职资助");
    public Truth CompulsoryRollClosed { get; init; } = facts.Done("已在全国学籍系统办理出库");
    public Truth CertificateOnFile { get; init; } = facts.Done("毕业证书已存档");
}

/// <summary>12：学生资助。</summary>
internal sealed class Aid() : Programme<AidApplicant>(
    "liaoning.aid", "中职学生资助资格", ProgrammeKind.Eligibility, facts => new(facts),
    new RuleSet<AidApplicant>("ln", 2, Provisions.InForce,
    [
        new("full-time", ["ln/12a"], a => a.FullTime, "须为全日制学生"),
        new("diploma-education", ["ln/12a"], a => a.DiplomaEducation, "须为学历教育学生"),
        new("regular-roll", ["ln/12a"], a => a.RollStatus.Is(s => s is RollStatus.Regular or RollStatus.Suspended),
            "须有正式的中职学籍，没有异常"),
        new("in-attendance", ["ln/12a"], a => a.InAttendance & a.RollStatus != RollStatus.Suspended, "须在校（休学视为不在校）")
            { Interpretations = ["ln-i7"] },
        new("not-in-compulsory-education", ["ln/12b"],
            a => a.CompulsoryCompleted & (a.CompulsoryRollClosed | a.CertificateOnFile),
            "仍在义务教育学籍库中的，须已完成义务教育，并已办理出库或者存有毕业证书")
        {
            When = a => a.OnCompulsoryRoll,
            AlternativeReading = new("ln-i7", a => a.CompulsoryCompleted & a.CompulsoryRollClosed),
        },
        new("no-double-aid", ["ln/12c"], a => !a.AidElsewhere, "不得重复享受中职资助"),
    ]));
