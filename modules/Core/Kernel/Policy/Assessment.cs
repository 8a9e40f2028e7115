using System.ComponentModel.DataAnnotations;

namespace EduAssist.Kernel.Policy;

/// <summary>What an assessment comes to.</summary>
public enum Verdict
{
    /// <summary>Every criterion holds.</summary>
    [Display(Name = "符合")] Eligible,

    /// <summary>A criterion does not hold.</summary>
    [Display(Name = "不符合")] Ineligible,

    /// <summary>Cannot tell yet.</summary>
    [Display(Name = "暂不能判定")] Undetermined,

    /// <summary>Of a guide: one or more situations fit.</summary>
    [Display(Name = "属于指南情形")] Covered,

    /// <summary>Of a guide: none fits.</summary>
    [Display(Name = "没有相应情形")] NotCovered,
}

/// <summary>What became of one criterion.</summary>
public enum Outcome
{
    /// <summary>It holds.</summary>
    Satisfied,

    /// <summary>It does not hold.</summary>
    Violated,

    /// <summary>A missing fact decides.</summary>
    Unknown,

    /// <summary>It does not concern this subject.</summary>
    NotApplicable,
}

/// <summary>One criterion's part in an assessment.</summary>
/// <param name="Rule">The criterion: its id, provisions and Chinese message.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Missing">The facts that would settle it, bit n for the n-th; 0 unless unknown.</param>
public readonly record struct Finding(Criterion Rule, Outcome Outcome, ulong Missing);

/// <summary>
/// An answer to a programme's question about one subject, with its reasons (评估). Findings are made as they are read: a
/// decision costs two small objects beside its subject.
/// </summary>
public class Assessment
{
    private readonly CompiledRuleSet rules;
    private readonly Truth[] truths;
    private readonly ulong notApplicable;
    private readonly Truth verdict;

    internal Assessment(
        CompiledRuleSet rules, DateOnly asOf, string? calendar, Truth verdict, Truth[] truths, ulong notApplicable) =>
        (this.rules, AsOf, CalendarVersion, this.verdict, this.truths, this.notApplicable) =
            (rules, asOf, calendar, verdict, truths, notApplicable);

    /// <summary>The day as of which it was made.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The version of the calendar on which working days were counted; null where none were.</summary>
    public string? CalendarVersion { get; }

    /// <summary>The year of which a subject has asked for the notice; null: none.</summary>
    internal int? NoticeNeeded { get; init; }

    /// <summary>
    /// What could still change the verdict and is no fact: <c>holidays:2027</c>, the notice of that year's holidays
    /// (放假安排), which is to be loaded. Null: nothing.
    /// </summary>
    public string? MissingNotice => NoticeNeeded is not null && verdict.IsUnknown
        ? Findings.Select(NoticeOf).FirstOrDefault(n => n is not null) : null;

    /// <summary>The same of one finding: it is unknown, and no fact would settle it.</summary>
    /// <param name="finding">One of <see cref="Findings"/>.</param>
    public string? NoticeOf(Finding finding) =>
        NoticeNeeded is { } year && finding is { Outcome: Outcome.Unknown, Missing: 0 } ? $"holidays:{year}" : null;

    /// <summary>The notice that is missing, as people are told.</summary>
    public string? NoticeTitle => MissingNotice is null ? null : $"{NoticeNeeded}年放假安排的通知（公布后载入）";

    /// <summary>The question.</summary>
    public IProgramme Programme => rules.Programme;

    /// <summary>
    /// The rules and how they were read: <c>cx2020@1</c>, or <c>cx2020@1+cx-i7</c> under the other reading of
    /// <c>cx-i7</c>.
    /// </summary>
    public string RuleSet => rules.Id;

    /// <summary>The interpretations that the rules rest on.</summary>
    public IReadOnlyList<string> Interpretations => rules.Interpretations;

    /// <summary>Those of which the other reading was taken.</summary>
    public IReadOnlyList<string> OtherReadings => rules.Others;

    /// <summary>The answer.</summary>
    public virtual Verdict Verdict =>
        verdict.IsTrue ? Verdict.Eligible : verdict.IsFalse ? Verdict.Ineligible : Verdict.Undetermined;

    /// <summary>Of a guide: the situations that fit, the leading one first. Else none.</summary>
    public virtual IReadOnlyList<SituationFinding> Situations => [];

    /// <summary>Of a guide: the situations that may still fit, also beside those that do. Else none.</summary>
    public virtual IReadOnlyList<PossibleSituation> PossibleSituations => [];

    /// <summary>Of a guide: claims that exclude each other. Else none.</summary>
    public virtual IReadOnlyList<ContradictionFinding> Contradictions => [];

    /// <summary>Only the facts that could still change the verdict, bit n for the n-th; 0 when it is settled.</summary>
    public ulong Missing => verdict.Missing;

    /// <summary>How many criteria there are.</summary>
    public int Count => truths.Length;

    /// <summary>The n-th criterion's part.</summary>
    public Finding this[int index] => new(rules.Criteria[index], OutcomeOf(index), truths[index].Missing);

    /// <summary>Every criterion's part, in the order of the rule set.</summary>
    public IEnumerable<Finding> Findings => Enumerable.Range(0, Count).Select(i => this[i]);

    internal AssessmentJson Json => rules.Json;

    internal ulong Shared => rules.Shared;

    /// <summary>
    /// The same findings, with the verdict over every value of a fact. The fact itself matters unless each criterion
    /// that asks for it is settled alike by all values.
    /// </summary>
    internal Assessment SettledBy(IReadOnlyList<Assessment> cases, int column)
    {
        var first = cases[0];
        if (!first.verdict.IsUnknown && cases.All(c => c.verdict == first.verdict)) return Coming(first.verdict);
        var alike = Enumerable.Range(0, truths.Length).Where(i => (truths[i].Missing >> column & 1) != 0)
            .All(i => !first.truths[i].IsUnknown && cases.All(c => c.truths[i] == first.truths[i]));
        return Coming(
            Truth.Needs(cases.Aggregate(alike ? 0 : 1UL << column, (missing, c) => missing | c.verdict.Missing)));

        Assessment Coming(Truth to) => new(rules, AsOf, CalendarVersion, to, truths, notApplicable)
        { NoticeNeeded = NoticeNeeded };
    }

    /// <summary>True, false, or null where missing facts decide.</summary>
    private protected bool? Settled => verdict.IsUnknown ? null : verdict.IsTrue;

    /// <summary>What every criterion came to.</summary>
    private protected Truth[] Truths => truths;

    internal Outcome OutcomeOf(int index) =>
        (notApplicable >> index & 1) != 0 ? Outcome.NotApplicable : truths[index].Outcome;
}
