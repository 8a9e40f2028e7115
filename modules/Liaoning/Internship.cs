using System.ComponentModel.DataAnnotations;

namespace EduAssist.Liaoning;

/// <summary>The three kinds of internship (实习).</summary>
internal enum InternshipKind
{
    /// <summary>To see the work.</summary>
    [Display(Name = "认识实习")]
    GettingToKnow,

    /// <summary>To help at it.</summary>
    [Display(Name = "跟岗实习")]
    FollowingPost,

    /// <summary>To do it.</summary>
    [Display(Name = "顶岗实习")]
    Post,
}

/// <summary>What is known of one student's internship (实习安排).</summary>
internal sealed class Arrangement(Facts facts)
{
    public Fact<InternshipKind> Kind { get; init; } = facts.OneOf<InternshipKind>("实习类别");
    public Fact<DateOnly> BirthDate { get; init; } = facts.PastDate("出生日期");
    public Fact<DateOnly> StartDate { get; init; } = facts.Date("实习开始日期");
    public Fact<DateOnly> EndDate { get; init; } = facts.Date("实习结束日期");
    public Truth OrganisedBySchool { get; init; } = facts.YesNo("由学校统一组织");
    public Truth ThreePartyAgreement { get; init; } = facts.YesNo("签有三方协议");
    public Truth LiabilityInsurance { get; init; } = facts.YesNo("投保实习责任保险");
    public Truth InsurancePaidByStudent { get; init; } = facts.YesNo("保险费由学生出或从报酬中扣");
    public Truth GuardianConsents { get; init; } = facts.YesNo("监护人同意");
    public Truth CompanyDishonest { get; init; } = facts.YesNo("实习单位违法失信");
    public Truth ThroughAgent { get; init; } = facts.YesNo("经中介或有偿代理");
    public Truth HighRiskPost { get; init; } = facts.YesNo("岗位安全风险较高");
    public Truth EntertainmentVenue { get; init; } = facts.YesNo("在营业性娱乐场所");
    public Truth FeesCharged { get; init; } = facts.YesNo("向学生收取实习费用");
    public Truth DepositTaken { get; init; } = facts.YesNo("向学生收取押金");
    public Truth PapersHeld { get; init; } = facts.YesNo("扣押学生证件");
    public Truth SuretyDemanded { get; init; } = facts.YesNo("要求学生提供担保");
    public Truth IsPaid { get; init; } = facts.YesNo("有报酬");
    public Truth PaidInMoney { get; init; } = facts.YesNo("报酬以货币支付");
    public Truth PaidDirectly { get; init; } = facts.YesNo("报酬直接付给学生");
    public Truth UsedAsCheapLabour { get; init; } = facts.YesNo("被当作廉价劳动力");

    /// <summary>跟岗、顶岗实习</summary>
    internal Truth AtWork => Kind != InternshipKind.GettingToKnow;

    internal Truth DatesInOrder => StartDate.With(EndDate, (first, last) => first <= last);

    /// <summary>
    /// ln-i3：every day of it at least so old. Ages only grow, so the first day decides; while that is not known, a last
    /// day that is too early still says no.
    /// </summary>
    internal Truth Throughout(int years, LeapDay rule)
    {
        var first = OnceOldEnough(StartDate, years, rule);
        return StartDate.IsKnown ? first : first & OnceOldEnough(EndDate, years, rule);
    }

    private Truth OnceOldEnough(Fact<DateOnly> day, int years, LeapDay rule) =>
        BirthDate.With(day, (birth, on) => Age.FullYears(birth, on, rule) >= years);
}

/// <summary>11：实习。</summary>
internal sealed class Internship() : Programme<Arrangement>(
    "liaoning.internship", "中职学生实习合规", ProgrammeKind.Compliance, facts => new(facts),
    new RuleSet<Arrangement>("ln", 1, Provisions.InForce,
    [
        new("organised-by-school", ["ln/11a"], a => a.OrganisedBySchool, "认识实习、跟岗实习须由学校统一组织")
            { When = a => a.Kind != InternshipKind.Post },
        new("three-party-agreement", ["ln/11b"], a => a.ThreePartyAgreement, "顶岗实习须签三方协议")
            { When = a => a.Kind == InternshipKind.Post },
        new("liability-insurance", ["ln/11c"], a => a.LiabilityInsurance, "须投保实习责任保险"),
        new("insurance-free-of-charge", ["ln/11c"], a => !a.InsurancePaidByStudent, "保险费不得由学生出，也不得从报酬中扣"),
        new("dates-in-order", ["ln/11d", "ln/11e"], a => a.DatesInOrder, "须有逐日可查年龄的起止日期，结束不早于开始")
            { When = a => a.AtWork, Interpretations = ["ln-i3"] },
        new("guardian-consent", ["ln/11d"], a => a.GuardianConsents, "未满 18 周岁的跟岗、顶岗实习须经监护人同意")
        {
            When = a => a.AtWork & !a.Throughout(18, LeapDay.FirstOfMarch), Interpretations = ["ln-i3"],
            AlternativeReading = new("ln-i6", a => a.GuardianConsents)
                { When = a => a.AtWork & !a.Throughout(18, LeapDay.LastOfFebruary) },
        },
        new("sixteen-years-old", ["ln/11e"], a => a.Throughout(16, LeapDay.FirstOfMarch), "跟岗、顶岗实习期间的每一天都须已满 16 周岁")
        {
            When = a => a.AtWork, Interpretations = ["ln-i3"],
            AlternativeReading = new("ln-i6", a => a.Throughout(16, LeapDay.LastOfFebruary)),
        },
        new("honest-company", ["ln/11f"], a => !a.CompanyDishonest, "实习单位不得是违法失信单位"),
        new("no-agent", ["ln/11f"], a => !a.ThroughAgent, "不得通过中介或有偿代理"),
        new("no-high-risk-post", ["ln/11g"], a => !a.HighRiskPost, "不得安排安全风险较高的岗位"),
        new("no-entertainment-venue", ["ln/11g"], a => !a.EntertainmentVenue, "不得安排在营业性娱乐场所"),
        new("no-fees", ["ln/11h"], a => !a.FeesCharged, "不得向学生收取任何实习费用"),
        new("no-deposit", ["ln/11h"], a => !a.DepositTaken, "不得收取押金"),
        new("pay", ["ln/11h"], a => a.PaidInMoney & a.PaidDirectly, "报酬须以货币支付，直接付给学生")
            { When = a => a.IsPaid, Interpretations = ["ln-i8"] },
        new("papers-not-held", ["ln/11h"], a => !a.PapersHeld, "不得扣押学生证件"),
        new("no-surety", ["ln/11h"], a => !a.SuretyDemanded, "不得要求学生提供担保"),
        new("no-cheap-labour", ["ln/11i"], a => !a.UsedAsCheapLabour, "不得把学生当作廉价劳动力"),
    ]));
