using System.ComponentModel.DataAnnotations;

namespace EduAssist.Liaoning;

/// <summary>Who owes what article 14 asks for in a term.</summary>
internal enum ConductRole
{
    /// <summary>Or secretary of the branch.</summary>
    [Display(Name = "书记（支部书记）")]
    Secretary,

    /// <summary>Of the school.</summary>
    [Display(Name = "校长")]
    Principal,

    /// <summary>In charge of teaching.</summary>
    [Display(Name = "分管教学的副校长")]
    TeachingVicePrincipal,

    /// <summary>The whole school.</summary>
    [Display(Name = "学校")]
    School,

    /// <summary>One of it.</summary>
    [Display(Name = "系")]
    Department,
}

/// <summary>What one leader, the school or a department did in a term (一学期的履职).</summary>
internal sealed class TermConduct(Facts facts)
{
    private const int Most = 1000;

    public Fact<ConductRole> Role { get; init; } = facts.OneOf<ConductRole>("履职主体");
    public Fact<int> LessonsHeard { get; init; } = facts.Number("本人本学期听课次数", 0, Most);
    public Fact<int> CompanyVisits { get; init; } = facts.Number("本人本学期到顶岗实习单位检查次数", 0, Most);
    public Fact<int> Meetings { get; init; } = facts.Number("教学工作会议次数（学校按学年、系按学期累计）", 0, Most);

    /// <summary>A person, each alone.</summary>
    internal Truth Leads =>
        Role.Is(r => r is ConductRole.Secretary or ConductRole.Principal or ConductRole.TeachingVicePrincipal);
}

/// <summary>14：学校领导的履职和教学工作会议。</summary>
internal sealed class SchoolConduct() : Programme<TermConduct>(
    "liaoning.school-conduct", "中职学校领导履职与教学工作会议", ProgrammeKind.Compliance, facts => new(facts),
    new RuleSet<TermConduct>("ln", 1, Provisions.InForce,
    [
        new("school-meeting", ["ln/14a"], c => c.Meetings.Is(n => n >= 1), "学校每学年至少开一次教学工作会议")
            { When = c => c.Role == ConductRole.School, Interpretations = ["ln-i11"] },
        new("department-meeting", ["ln/14a"], c => c.Meetings.Is(n => n >= 1), "系每学期至少开一次教学工作会议")
            { When = c => c.Role == ConductRole.Department, Interpretations = ["ln-i11"] },
        new("lessons-heard", ["ln/14b"], c => c.LessonsHeard.Is(n => n >= 10), "每学期至少听课 10 次") { When = c => c.Leads },
        new("company-visits", ["ln/14b"], c => c.CompanyVisits.Is(n => n >= 1), "每学期至少到顶岗实习单位检查 1 次")
            { When = c => c.Leads },
    ]));
