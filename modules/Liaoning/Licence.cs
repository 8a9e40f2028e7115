using System.ComponentModel.DataAnnotations;

namespace EduAssist.Liaoning;

/// <summary>
/// Where a school stands with its licence to teach (办学资质): the ladder of article 8, and below it no licence.
/// </summary>
internal enum SchoolLicence
{
    /// <summary>Nothing is forbidden.</summary>
    [Display(Name = "有效")]
    Valid,

    /// <summary>Time to mend; nothing is forbidden yet.</summary>
    [Display(Name = "年检不合格")]
    CheckFailed,

    /// <summary>Recruits within the smaller plan.</summary>
    [Display(Name = "缩减计划")]
    PlanCut,

    /// <summary>No new student is registered.</summary>
    [Display(Name = "暂停新生注册")]
    RegistrationSuspended,

    /// <summary>Nobody is recruited, nor registered.</summary>
    [Display(Name = "停止招生")]
    RecruitmentStopped,

    /// <summary>Off the ladder: no licence for secondary vocational diploma education.</summary>
    [Display(Name = "无资质")]
    None,
}

/// <summary>What the authority decides about a school.</summary>
internal enum LicenceDecision
{
    /// <summary>The yearly check was not passed: time to mend.</summary>
    [Display(Name = "认定年检不合格")]
    FailCheck,

    /// <summary>Fewer places.</summary>
    [Display(Name = "缩减招生计划")]
    CutPlan,

    /// <summary>No new student is registered.</summary>
    [Display(Name = "暂停新生学籍注册")]
    SuspendRegistration,

    /// <summary>Nobody is recruited.</summary>
    [Display(Name = "停止招生")]
    StopRecruitment,

    /// <summary>What was wrong is mended.</summary>
    [Display(Name = "认定整改合格")]
    AcceptMending,

    /// <summary>There is no licence: the right to recruit is withdrawn.</summary>
    [Display(Name = "查明没有资质，取消招生资格")]
    FindUnlicensed,
}

/// <summary>What a school's licence may forbid.</summary>
internal enum LicensedAct
{
    /// <summary>招生</summary>
    Recruit,

    /// <summary>注册新生学籍</summary>
    Register,
}

/// <summary>What is known when the authority is to decide about a school (拟作的决定).</summary>
internal sealed class LicenceStep(Facts facts)
{
    internal LicenceStep() : this(Facts.None) { }

    public Fact<SchoolLicence> SchoolLicence { get; init; } = facts.OneOf<SchoolLicence>("学校办学资质");
    public Fact<LicenceDecision> Decision { get; init; } = facts.OneOf<LicenceDecision>("拟作的决定");
    public Truth CheckFailed { get; init; } = facts.YesNo("年检不合格");
    public Truth RefusesToMend { get; init; } = facts.YesNo("拒不整改");
    public Truth FindingOnFile { get; init; } = facts.Done("查明的结论已存档");
}

/// <summary>
/// 8c、8d：对学校的一次处理。减计划、停注册、停招都要既不合格又拒不整改，并有结论存档；结论没有存档，就还不能办。
/// </summary>
internal sealed class LicenceSteps() : Programme<LicenceStep>(
    "liaoning.licence-step", "办学资质的逐级处理", ProgrammeKind.Compliance, facts => new(facts),
    new RuleSet<LicenceStep>("ln", 1, Provisions.InForce,
    [
        new("on-the-ladder", ["ln/8d"], s => s.SchoolLicence != SchoolLicence.None,
            "学校没有资质的，不在逐级处理之列"),
        new("next-step", ["ln/8c"], s => s.SchoolLicence.With(s.Decision, Licence.IsLawful),
            "须从学校现在所处的一级办起，一次决定只走一级") { Interpretations = ["ln-i2", "ln-i12"] },
        new("check-failed", ["ln/8c"], s => s.CheckFailed, "须年检不合格")
            { When = s => s.Decision.Is(d => d == LicenceDecision.FailCheck || Licence.IsHarder(d)) },
        new("refuses-to-mend", ["ln/8c"], s => s.RefusesToMend, "须拒不整改：限期整改的，期满才能认定")
            { When = s => s.Decision.Is(Licence.IsHarder) },
        new("finding-on-file", ["ln/8c", "ln/8d"], s => s.FindingOnFile, "查明的结论须已存档")
            { When = s => s.Decision.Is(d => d != LicenceDecision.AcceptMending) },
    ]));

/// <summary>8c、8d：一次决定走一级（ln-i2），整改合格即恢复（ln-i12）。</summary>
internal sealed class Licence : IFunctions
{
    private static readonly string[] Ladder = ["ln/8c"], OffTheLadder = ["ln/8d"];

    /// <summary>From, by the decision, to. What is not here is refused.</summary>
    private static readonly IReadOnlyList<(SchoolLicence From, LicenceDecision By, SchoolLicence To)> Steps =
    [
        (SchoolLicence.Valid, LicenceDecision.FailCheck, SchoolLicence.CheckFailed),
        (SchoolLicence.CheckFailed, LicenceDecision.CutPlan, SchoolLicence.PlanCut),
        (SchoolLicence.PlanCut, LicenceDecision.SuspendRegistration, SchoolLicence.RegistrationSuspended),
        (SchoolLicence.RegistrationSuspended, LicenceDecision.StopRecruitment, SchoolLicence.RecruitmentStopped),
        .. Mendable.Select(s => (s, LicenceDecision.AcceptMending, SchoolLicence.Valid)),
        .. Mendable.Prepend(SchoolLicence.Valid).Select(s => (s, LicenceDecision.FindUnlicensed, SchoolLicence.None)),
    ];

    private static IReadOnlyList<SchoolLicence> Mendable =>
        [
            SchoolLicence.CheckFailed, SchoolLicence.PlanCut, SchoolLicence.RegistrationSuspended,
            SchoolLicence.RecruitmentStopped,
        ];

    private static IReadOnlyList<LicenceDecision> Harder =>
        [LicenceDecision.CutPlan, LicenceDecision.SuspendRegistration, LicenceDecision.StopRecruitment];

    /// <inheritdoc/>
    public IEnumerable<Citation> Citations =>
        [new("function", "liaoning/licence", "办学资质的逐级处理", [.. Ladder, .. OffTheLadder], ["ln-i2", "ln-i12"])];

    /// <summary>Where a decision leads; refused where the ladder has no such step from here.</summary>
    internal static Ruling<SchoolLicence> Decide(SchoolLicence state, LicenceDecision decision)
    {
        var provisions = decision == LicenceDecision.FindUnlicensed || state == SchoolLicence.None
            ? OffTheLadder : Ladder;
        var to = Steps.Where(s => s.From == state && s.By == decision).Select(s => (SchoolLicence?)s.To)
            .FirstOrDefault();
        return to is { } next ? Ruling.Granted(next, provisions)
            : Ruling.Refused<SchoolLicence>(Why(state, decision), provisions);
    }

    /// <summary>Whether the ladder has such a step from here.</summary>
    internal static bool IsLawful(SchoolLicence state, LicenceDecision decision) => Decide(state, decision).IsGranted;

    /// <summary>Whether a decision takes something from the school that it can get back by mending (8c).</summary>
    internal static bool IsHarder(LicenceDecision decision) => Harder.Contains(decision);

    /// <summary>
    /// The step that the system proposes to the authority when a school does not mend; null: there is none.
    /// </summary>
    internal static LicenceDecision? Proposed(SchoolLicence state) =>
        Steps.Where(s => s.From == state && Harder.Contains(s.By)).Select(s => (LicenceDecision?)s.By).FirstOrDefault();

    /// <summary>Whether the ladder forbids an act here (8c).</summary>
    internal static bool Forbids(SchoolLicence state, LicensedAct act) => (state, act) switch
    {
        (SchoolLicence.RegistrationSuspended, LicensedAct.Register) => true,
        (SchoolLicence.RecruitmentStopped, _) => true,
        _ => false,
    };

    private static string Why(SchoolLicence state, LicenceDecision decision) => (state, decision) switch
    {
        (SchoolLicence.None, _) => "学校没有资质，不在逐级处理之列；依法取得资质后另行登记。",
        (SchoolLicence.Valid, LicenceDecision.AcceptMending) => "资质有效，没有需要整改的事项。",
        (SchoolLicence.Valid, _) => "须先有年检不合格的决定。",
        (_, LicenceDecision.FailCheck) => "年检不合格已经认定，尚未恢复。",
        _ when Rank(decision) <= (int)state => "这一级已经执行。",
        _ => "不得越级：一次决定只走一级。",
    };

    /// <summary>The step of the ladder that a decision leads to.</summary>
    private static int Rank(LicenceDecision decision) => (int)Steps.First(s => s.By == decision).To;
}
