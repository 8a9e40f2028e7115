namespace EduAssist.Guizhou;

/// <summary>What may be done to a guardian without good reason, each step only after the one before.</summary>
internal enum EscalationStep
{
    /// <summary>批评教育</summary>
    Criticism = 1,

    /// <summary>责令限期改正</summary>
    OrderToCorrect,

    /// <summary>司法文书</summary>
    JudicialDocument,

    /// <summary>依法追究法律责任</summary>
    LegalLiability,
}

/// <summary>Who takes a step.</summary>
internal enum Authority
{
    /// <summary>乡镇人民政府</summary>
    TownshipGovernment,

    /// <summary>县级教育行政部门</summary>
    CountyBureau,

    /// <summary>司法部门</summary>
    JusticeAuthority,

    /// <summary>学校: may take none.</summary>
    School,
}

/// <summary>A step taken, or about to be.</summary>
/// <param name="Step">Which.</param>
/// <param name="On">The day.</param>
/// <param name="By">Who.</param>
/// <param name="Document">The number or title of its paper.</param>
internal sealed record EscalationAct(EscalationStep Step, DateOnly On, Authority By, string Document)
{
    /// <summary>Of an order: the day by which the child is to be back.</summary>
    internal DateOnly? CorrectBy { get; init; }
}

/// <summary>Why an act is refused.</summary>
/// <param name="Rule">A claim in kebab-case.</param>
/// <param name="Message">In Chinese.</param>
/// <param name="Provisions">What it rests on.</param>
internal sealed record Refusal(string Rule, string Message, IReadOnlyList<string> Provisions);

/// <summary>二（一）2（征求意见稿）：对无正当理由的监护人逐级处理。</summary>
internal sealed class Escalation : IFunctions
{
    private static readonly IReadOnlyList<string> Provisions = ["gz2017/2.2b"];

    public IEnumerable<Citation> Citations =>
        [new("function", "guizhou/escalation", "对监护人的逐级处理（征求意见稿）", Provisions, [])];

    /// <summary>Whether an act may be taken.</summary>
    /// <param name="taken">The acts of the case so far, in the order in which they were taken.</param>
    /// <param name="next">The one that is asked about. A step may be repeated, never skipped.</param>
    /// <param name="guardianHasGoodReason">正当理由.</param>
    /// <returns>Why not, all reasons at once; empty: it may.</returns>
    internal static IReadOnlyList<Refusal> Refuse(
        IReadOnlyList<EscalationAct> taken, EscalationAct next, bool guardianHasGoodReason)
    {
        var before = taken is [.., var last] ? last : null;
        var order = taken.LastOrDefault(a => a.Step == EscalationStep.OrderToCorrect);
        return
        [
            .. Unless(!guardianHasGoodReason, "without-good-reason", "监护人有正当理由的，不作处理"),
            .. Unless(next.Step <= Following(taken), "after-the-step-before", $"须先有上一步：{Title(Following(taken))}"),
            .. Unless(before is null || next.On >= before.On, "in-order-of-dates", $"日期早于上一步的 {before?.On:yyyy-MM-dd}"),
            .. Unless(!string.IsNullOrWhiteSpace(next.Document), "with-document", "须有文书"),
            .. Unless(MayTake(next.Step, next.By), "competent-authority", Competence(next.Step)),
            .. Unless(next.Step != EscalationStep.OrderToCorrect || next.CorrectBy > next.On, "order-names-a-date",
                "责令改正须写明其后的期限"),
            .. Unless(next.Step < EscalationStep.JudicialDocument || order?.CorrectBy is not { } by || next.On > by,
                "time-to-correct-is-over", $"改正期限 {order?.CorrectBy:yyyy-MM-dd} 尚未届满"),
        ];
    }

    /// <summary>Steps 1 and 2: the township government or the county bureau; from 3 on the justice authority.</summary>
    internal static bool MayTake(EscalationStep step, Authority by) => step <= EscalationStep.OrderToCorrect
        ? by is Authority.TownshipGovernment or Authority.CountyBureau
        : by == Authority.JusticeAuthority;

    private static EscalationStep Following(IEnumerable<EscalationAct> taken) =>
        taken.Select(a => a.Step).DefaultIfEmpty().Max() is var last && last < EscalationStep.LegalLiability
            ? last + 1 : last;

    private static string Competence(EscalationStep step) =>
        step <= EscalationStep.OrderToCorrect ? "由乡镇人民政府或县级教育行政部门作出" : "由司法部门作出";

    private static string Title(EscalationStep step) => step switch
    {
        EscalationStep.Criticism => "批评教育",
        EscalationStep.OrderToCorrect => "责令限期改正",
        EscalationStep.JudicialDocument => "司法文书",
        _ => "追究法律责任",
    };

    private static IEnumerable<Refusal> Unless(bool holds, string rule, string message) =>
        holds ? [] : [new(rule, message, Provisions)];
}
