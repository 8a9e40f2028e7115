namespace EduAssist.Liaoning;

/// <summary>What is known of a school that takes one more student (招收一名学生).</summary>
internal sealed class Admission(Facts facts)
{
    /// <summary>No plan of one school, year and major has more places.</summary>
    private const int Most = 20_000;

    public Fact<SchoolLicence> SchoolLicence { get; init; } = facts.OneOf<SchoolLicence>("学校办学资质");
    public Truth IsBranch { get; init; } = facts.YesNo("异地分校或教学点");
    public Truth BranchApproved { get; init; } = facts.YesNo("经所在地教育行政部门批准");
    public Fact<int> PlanPlaces { get; init; } = facts.Number("招生计划数", 0, Most);
    public Fact<int> Admitted { get; init; } = facts.Number("已录取人数（含该生）", 0, Most + 1);
    public Truth CrossProvince { get; init; } = facts.YesNo("跨省招收");
    public Fact<int> CrossProvincePlaces { get; init; } = facts.Number("跨省招生计划数", 0, Most);
    public Fact<int> CrossProvinceAdmitted { get; init; } = facts.Number("跨省已录取人数（含该生）", 0, Most + 1);
    public Truth DisclosurePublished { get; init; } = facts.YesNo("招生信息已公布");
    public Truth ThroughUnifiedPlatform { get; init; } = facts.YesNo("通过统一招生平台");

    internal Truth WithinPlan => Within(Admitted, PlanPlaces);

    internal Truth WithinCrossProvincePlan => Within(CrossProvinceAdmitted, CrossProvincePlaces);

    /// <summary>
    /// Without places nobody fits, and more than the largest plan fit none: either number may say so by itself.
    /// </summary>
    private static Truth Within(Fact<int> admitted, Fact<int> places) =>
        places.Is(p => p > 0) & admitted.Is(a => a <= Most) & admitted.With(places, (a, p) => a <= p);
}

/// <summary>8：招生行为。</summary>
internal sealed class Recruitment() : Programme<Admission>(
    "liaoning.recruitment", "中职学校招生合规", ProgrammeKind.Compliance, facts => new(facts),
    new RuleSet<Admission>("ln", 1, Provisions.InForce,
    [
        new("recruitment-not-stopped", ["ln/8c"],
            a => a.SchoolLicence.Is(l => !Licence.Forbids(l, LicensedAct.Recruit)),
            "学校未被停止招生") { Interpretations = ["ln-i2"] },
        new("licensed", ["ln/8d"], a => a.SchoolLicence != SchoolLicence.None, "学校须有中职学历教育的办学资质"),
        new("branch-approved", ["ln/8d"], a => a.BranchApproved, "异地分校、教学点须经所在地教育行政部门批准") { When = a => a.IsBranch },
        new("within-plan", ["ln/8a"], a => a.WithinPlan, "须有招生计划且不超出") { Interpretations = ["ln-i5"] },
        new("within-cross-province-plan", ["ln/8a"], a => a.WithinCrossProvincePlan, "跨省招生须有跨省计划且不超出")
        {
            When = a => a.CrossProvince, Interpretations = ["ln-i5"],
        },
        new("disclosure", ["ln/8b"], a => a.DisclosurePublished, "招生信息须已在告知社会的网站上公布"),
        new("unified-platform", ["ln/8a2"], a => a.ThroughUnifiedPlatform, "须通过统一招生平台招生"),
    ]));
