using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;

namespace EduAssist.Core.Policy;

/// <summary>What a situation does to the school roll (学籍).</summary>
public enum RollEffect
{
    /// <summary>编入学校，建立学籍</summary>
    [Display(Name = "编入学校，建立学籍")]
    Enrolled,

    /// <summary>编入相应年级，正常滚动</summary>
    [Display(Name = "编入相应年级，正常滚动")]
    RollsForward,

    /// <summary>纳入学籍管理</summary>
    [Display(Name = "纳入学籍管理")]
    OnRoll,

    /// <summary>休学，复学后正常滚动</summary>
    [Display(Name = "休学，复学后正常滚动")]
    SuspendedThenForward,

    /// <summary>注册学籍并办理休学</summary>
    [Display(Name = "注册学籍并办理休学")]
    RegisteredSuspended,

    /// <summary>注册学籍</summary>
    [Display(Name = "注册学籍")]
    Registered,

    /// <summary>转学</summary>
    [Display(Name = "转学")]
    Transferred,

    /// <summary>删除或其他离校</summary>
    [Display(Name = "删除或其他离校")]
    DeletedOrOtherLeaving,

    /// <summary>其他离校</summary>
    [Display(Name = "其他离校")]
    OtherLeaving,
}

/// <summary>A condition on a measure: checked and named, never a hindrance to the situation.</summary>
/// <param name="Fact">The name of the fact that it asks for.</param>
/// <param name="Claim">Whether it is met.</param>
public sealed record Condition<T>(string Fact, Func<T, Truth> Claim)
{
    /// <summary>The claim under the other reading of one interpretation, beside the one taken.</summary>
    public OtherReading<T>? Otherwise { get; init; }

    internal Func<T, Truth> ClaimUnder(Reading reading) =>
        Otherwise is { } other && reading.TakesOther(other.Interpretation) ? other.Claim : Claim;
}

/// <summary>One thing to be done for a case (措施).</summary>
/// <param name="Id">In kebab-case, unique in its guide.</param>
/// <param name="Title">What is to be done, in Chinese.</param>
public sealed record Measure<T>(string Id, string Title)
{
    /// <summary>When it may be taken; none: always.</summary>
    public IReadOnlyList<Condition<T>> Conditions { get; init; } = [];

    /// <summary>What must be on file before a case is closed by it, in Chinese.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];
}

/// <summary>A situation of a guide (情形): a claim about a case, and what is to be done where it holds.</summary>
/// <param name="number">As the guide numbers it.</param>
/// <param name="id">In kebab-case, unique in its guide.</param>
/// <param name="provisions">The first one is the situation's own.</param>
/// <param name="test">Whether the case is in it; pure.</param>
/// <param name="title">In Chinese.</param>
/// <param name="source">Left to the compiler.</param>
public sealed class Situation<T>(int number, string id, IReadOnlyList<string> provisions, Func<T, Truth> test, string title, [CallerFilePath] string source = "")
    : Criterion<T>(id, provisions, test, title, source)
{
    /// <summary>As the guide numbers it.</summary>
    public int Number => number;

    /// <inheritdoc/>
    public override int? SituationNumber => number;

    /// <summary>Whether it is the one of the main reason on record; null: no reason is its own.</summary>
    public Func<T, Truth>? IsMainReason { get; init; }

    /// <summary>What is to be done, in order.</summary>
    public required IReadOnlyList<Measure<T>> Measures { get; init; }

    /// <summary>What becomes of the roll.</summary>
    public required Func<T, RollEffect> Roll { get; init; }

    /// <summary>Whether the child is then no longer listed as a dropout.</summary>
    public bool RemovedFromList { get; init; }

    /// <summary>The documents that the guide itself names as its basis, by their titles.</summary>
    public IReadOnlyList<string> Basis { get; init; } = [];
}

/// <summary>The situations of a guide as they stood from one day to another. Several may fit one case.</summary>
/// <param name="document">The document that it carries out.</param>
/// <param name="version">Counted from 1.</param>
/// <param name="from">The first day in force.</param>
/// <param name="situations">In the order of the document.</param>
/// <param name="precedence">The numbers of the situations: of those that fit, the first leads, unless the main reason on record has one of its own.</param>
/// <param name="remainder">What is said where none fits: a claim that is violated says why, and names the provision that then holds.</param>
/// <param name="until">The last day in force; null: open.</param>
public sealed class GuideRules<T>(
    string document, int version, DateOnly from, IReadOnlyList<Situation<T>> situations, IReadOnlyList<int> precedence, IReadOnlyList<Criterion<T>> remainder, DateOnly? until = null)
    : Rules<T>(document, version, from, until)
{
    private GuideReading<T>? latest;   // an instance has one reading

    /// <inheritdoc/>
    public override IReadOnlyList<Criterion<T>> Criteria { get; } = [.. situations, .. remainder];

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<Situation<T>> Situations => situations;

    /// <summary>Which situation leads, where several fit and no main reason decides.</summary>
    public IReadOnlyList<int> Precedence => precedence;

    internal override Assessment Assess(Programme<T> programme, T subject, DateOnly asOf, Facts? facts, Reading reading)
    {
        var rules = latest;
        if (rules?.Reading != reading || rules.Programme != programme) latest = rules = new(programme, this, reading);
        return rules.Assess(subject, asOf, facts);
    }
}

/// <summary>A condition of a measure, in a case.</summary>
/// <param name="Fact">The name of the fact.</param>
/// <param name="State">Satisfied, violated or unknown.</param>
public sealed record ConditionFinding(string Fact, Outcome State);

/// <summary>A measure, in a case.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What is to be done, in Chinese.</param>
/// <param name="Conditions">When it may be taken, and whether that is so.</param>
/// <param name="Evidence">What must be on file.</param>
public sealed record MeasureFinding(string Id, string Title, IReadOnlyList<ConditionFinding> Conditions, IReadOnlyList<string> Evidence);

/// <summary>A situation that fits a case.</summary>
/// <param name="Number">As the guide numbers it.</param>
/// <param name="Provision">Its own provision.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="Leading">Whether it is the one to act on first; exactly one is.</param>
/// <param name="Measures">What is to be done, in order.</param>
/// <param name="Roll">What becomes of the roll.</param>
/// <param name="RemovedFromList">Whether the child is then no longer listed as a dropout.</param>
/// <param name="Basis">What the guide itself names as its basis.</param>
public sealed record SituationFinding(
    int Number, string Provision, string Title, bool Leading, IReadOnlyList<MeasureFinding> Measures, RollEffect Roll, bool RemovedFromList, IReadOnlyList<string> Basis);

/// <summary>A situation that may still fit.</summary>
/// <param name="Number">As the guide numbers it.</param>
/// <param name="Provision">Its own provision.</param>
/// <param name="Missing">The facts that would settle it.</param>
public sealed record PossibleSituation(int Number, string Provision, IReadOnlyList<string> Missing);

/// <summary>A guide's rules under one reading.</summary>
internal sealed class GuideReading<T>(IProgramme programme, GuideRules<T> rules, Reading reading) : RuleSetReading(programme, rules, reading)
{
    private readonly Situation<T>[] situations = [.. rules.Situations];
    private readonly List<int> precedence = [.. rules.Precedence];
    private readonly Func<T, Truth>[] claims = [.. rules.Criteria.Select(c => c.ClaimUnder(reading))];

    internal GuideAssessment Assess(T subject, DateOnly asOf, Facts? facts)
    {
        var truths = new Truth[claims.Length];
        var covered = Truth.False;
        for (var i = 0; i < situations.Length; i++) covered |= truths[i] = claims[i](subject);
        var notApplicable = 0UL;
        for (var i = situations.Length; i < claims.Length; i++)
        {
            truths[i] = covered.IsFalse ? claims[i](subject) : Truth.Needs(covered.Missing);   // said only once nothing fits for certain
            if (covered.IsTrue) notApplicable |= 1UL << i;
        }

        return new(this, asOf, facts?.CalendarVersion, covered, truths, notApplicable,
            covered.IsTrue ? () => Fitting(subject, truths) : () => [], () => [.. covered.IsUnknown ? Possible(truths) : []]);
    }

    private SituationFinding[] Fitting(T subject, Truth[] truths)
    {
        List<Situation<T>> fitting = [.. situations.Where((_, i) => truths[i].IsTrue).OrderBy(s => precedence.IndexOf(s.Number))];
        var leading = fitting.Find(s => s.IsMainReason?.Invoke(subject).IsTrue ?? false) ?? fitting[0];
        return [.. fitting.OrderBy(s => s != leading).ThenBy(s => s.Number).Select(s => new SituationFinding(
            s.Number, s.Provisions[0], s.Message, s == leading, [.. s.Measures.Select(m => Measured(m, subject))], s.Roll(subject), s.RemovedFromList, s.Basis))];
    }

    private MeasureFinding Measured(Measure<T> measure, T subject) =>
        new(measure.Id, measure.Title, [.. measure.Conditions.Select(c => new ConditionFinding(c.Fact, c.ClaimUnder(Reading)(subject).Outcome))], measure.Evidence);

    private IEnumerable<PossibleSituation> Possible(Truth[] truths) =>
        situations.Index().Where(s => truths[s.Index].IsUnknown).Select(s => new PossibleSituation(s.Item.Number, s.Item.Provisions[0], [.. Programme.Schema.Names(truths[s.Index].Missing)]));
}

/// <summary>A guide's answer. Situations are worked out when somebody reads them.</summary>
internal sealed class GuideAssessment(
    RuleSetReading rules, DateOnly asOf, string? calendar, Truth covered, Truth[] truths, ulong notApplicable, Func<IReadOnlyList<SituationFinding>> fitting, Func<IReadOnlyList<PossibleSituation>> possible)
    : Assessment(rules, asOf, calendar, covered, truths, notApplicable)
{
    public override Verdict Verdict => Settled switch { true => Verdict.Covered, false => Verdict.NotCovered, null => Verdict.Undetermined };

    public override IReadOnlyList<SituationFinding> Situations => field ??= fitting();

    public override IReadOnlyList<PossibleSituation> PossibleSituations => field ??= possible();
}
