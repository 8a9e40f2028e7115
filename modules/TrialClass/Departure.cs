namespace EduAssist.TrialClass;

/// <summary>What is known when a student is to be driven off (出发前的一名学生).</summary>
internal sealed class Departing(Facts facts)
{
    internal Departing() : this(Facts.None) { }

    public Truth SchoolAgreementSigned { get; init; } = facts.YesNo("学校间协议已签");
    public Truth UnderSchoolAgreement { get; init; } = facts.YesNo("凭学校间协议报名");
    public Truth InsuranceRecorded { get; init; } = facts.YesNo("意外伤害险已记录");
    public Truth CountedAgainstList { get; init; } = facts.YesNo("已按花名册清点无误");
    public Truth GuardianSigned { get; init; } = facts.YesNo("家长已签家长协议");
}

/// <summary>家长协议二4、五5，学校间协议二4，操作流程七：学生上车之前须具备什么。</summary>
internal sealed class Departure() : Programme<Departing>(
    "trialclass.departure", "试读学生出发核对", ProgrammeKind.Compliance, facts => new(facts),
    new RuleSet<Departing>("tc", 1, Provisions.InForce,
    [
        new("guardian-signed", ["tc/guardian/5.5", "tc/flow/4"], d => d.GuardianSigned, "须家长已签家长协议"),
        new("insurance-recorded", ["tc/guardian/2.4", "tc/school/2.4"], d => d.InsuranceRecorded, "出发之前须已记录意外伤害险"),
        new("counted-against-list", ["tc/flow/7"], d => d.CountedAgainstList, "须按花名册清点无误，不论凭哪份协议"),
        new("school-agreement-signed", ["tc/school/5", "tc/flow/7"], d => d.SchoolAgreementSigned, "接生时须签学校间协议")
            { When = d => d.UnderSchoolAgreement },
    ]));
