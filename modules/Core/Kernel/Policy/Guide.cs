using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Kernel.Policy;

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

/// <summary>Two claims that exclude each other. A contradiction takes nothing from anybody.</summary>
/// <param name="Claim">The fact that claims it.</param>
/// <param name="DeniedBy">The facts that together deny it.</param>
/// <param name="Holds">Whether they do.</param>
public sealed record Contradiction<T>(string Claim, IReadOnlyList<string> DeniedBy, Func<T, Truth> Holds)
{
    /// <summary>Whether they do under the other reading of one interpretation, beside the one taken.</summary>
    public AlternativeReading<T>? AlternativeReading { get; init; }

    internal Func<T, Truth> HoldsUnder(InterpretationProfile reading) =>
        AlternativeReading is { } other && reading.TakesOther(other.Interpretation) ? other.Claim : Holds;
}

/// <summary>One thing to be done for a case (措施).</summary>
/// <param name="Id">In kebab-case, unique in its guide.</param>
/// <param name="Title">What is to be done, in Chinese.</param>
public sealed record Measure<T>(string Id, string Title)
{
    /// <summary>When it may be taken; none: always. Checked and named, never a hindrance to the situation.</summary>
    public IReadOnlyList<Need<T>> Conditions { get; init; } = [];

    /// <summary>Its own effect, which needs its conditions too; null: the situation's.</summary>
    public Effect<T>? Effect { get; init; }

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
public sealed class Situation<T>(
    int number, string id, IReadOnlyList<string> provisions, Func<T, Truth> test, string title,
    [CallerFilePath] string source = "")
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

    /// <summary>What becomes of the child, and what must be proved for it.</summary>
    public required Effect<T> Effect { get; init; }

    /// <summary>Claims that exclude each other.</summary>
    public IReadOnlyList<Contradiction<T>> Contradictions { get; init; } = [];

    /// <summary>The documents that the guide itself names as its basis, by their titles.</summary>
    public IReadOnlyList<string> Basis { get; init; } = [];
}

/// <summary>The situations of a guide as they stood from one day to another. Several may fit one case.</summary>
/// <param name="document">The document that it carries out.</param>
/// <param name="version">Counted from 1.</param>
/// <param name="from">The first day in force.</param>
/// <param name="situations">In the order of the document.</param>
/// <param name="precedence">
/// The numbers of the situations: of those that fit, the first leads, unless the main reason on record has one of its
/// own.
/// </param>
/// <param name="remainder">
/// What is said where none fits: a claim that is violated says why, and names the provision that then holds.
/// </param>
/// <param name="until">The last day in force; null: open.</param>
public sealed class GuideRules<T>(
    string document, int version, DateOnly from, IReadOnlyList<Situation<T>> situations, IReadOnlyList<int> precedence,
    IReadOnlyList<Criterion<T>> remainder, DateOnly? until = null)
    : Rules<T>(document, version, from, until)
{
    private CompiledGuide<T>? latest;   // an instance has one reading

    /// <inheritdoc/>
    public override IReadOnlyList<Criterion<T>> Criteria { get; } = [.. situations, .. remainder];

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<Situation<T>> Situations => situations;

    /// <summary>Which situation leads, where several fit and no main reason decides.</summary>
    public IReadOnlyList<int> Precedence => precedence;

    internal override Assessment Assess(
        Programme<T> programme, T subject, DateOnly asOf, Facts? facts, InterpretationProfile reading)
    {
        var rules = latest;
        if (rules?.Reading != reading || rules.Programme != programme) latest = rules = new(programme, this, reading);
        return rules.Assess(subject, asOf, facts);
    }
}

/// <summary>A condition of a measure, in a case.</summary>
/// <param name="Fact">The name of the fact.</param>
/// <param name="State">Satisfied, violated or unknown.</param>
/// <param name="OneOf">Shared by alternatives, of which one suffices; null: it stands alone.</param>
public sealed record ConditionFinding(
    string Fact, Outcome State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OneOf = null)
{
    /// <summary>In Chinese.</summary>
    [JsonIgnore]
    public string Title { get; init; } = "";
}

/// <summary>Two claims of a case that exclude each other.</summary>
/// <param name="Claim">The name of the fact that claims it.</param>
/// <param name="DeniedBy">The names of the facts that deny it.</param>
/// <param name="Provision">Of the situation that they concern.</param>
/// <param name="Message">In Chinese.</param>
public sealed record ContradictionFinding(
    string Claim, IReadOnlyList<string> DeniedBy, string Provision, string Message);

/// <summary>A measure, in a case.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What is to be done, in Chinese.</param>
/// <param name="Conditions">When it may be taken, and whether that is so.</param>
/// <param name="Evidence">What must be on file.</param>
/// <param name="Effect">Its own effect; null: the situation's.</param>
public sealed record MeasureFinding(
    string Id, string Title, IReadOnlyList<ConditionFinding> Conditions, IReadOnlyList<string> Evidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EffectFinding? Effect = null);

/// <summary>A situation that fits a case.</summary>
/// <param name="Number">As the guide numbers it.</param>
/// <param name="Provision">Its own provision.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="Leading">Whether it is the one to act on first; exactly one is.</param>
/// <param name="Measures">What is to be done, in order.</param>
/// <param name="Effect">What becomes of the child, and what is still to be proved.</param>
/// <param name="Basis">What the guide itself names as its basis.</param>
public sealed record SituationFinding(
    int Number, string Provision, string Title, bool Leading, IReadOnlyList<MeasureFinding> Measures,
    EffectFinding Effect, IReadOnlyList<string> Basis)
{
    /// <summary>What becomes of the roll.</summary>
    public RollEffect Roll => Effect.Roll;

    /// <summary>Whether the child is now no longer listed as a dropout: nobody disappears on a claim.</summary>
    public bool RemovedFromList => Effect is { RemovesFromList: true, State: EffectState.Allowed };
}

/// <summary>A situation that may still fit.</summary>
/// <param name="Number">As the guide numbers it.</param>
/// <param name="Provision">Its own provision.</param>
/// <param name="Missing">The facts that would settle it.</param>
public sealed record PossibleSituation(int Number, string Provision, IReadOnlyList<string> Missing);

/// <summary>A guide's rules under one reading.</summary>
internal sealed class CompiledGuide<T> : CompiledRuleSet
{
    private readonly Func<T, Truth>[] claims;
    private readonly CompiledSituation<T>[] situations;
    private readonly int[] byNumber, byPrecedence;

    internal CompiledGuide(IProgramme programme, GuideRules<T> rules, InterpretationProfile reading)
        : base(programme, rules, reading)
    {
        claims = [.. rules.Criteria.Select(c => c.ClaimUnder(reading))];
        situations = [.. rules.Situations.Select(s => new CompiledSituation<T>(s, programme.Schema, reading))];
        List<int> precedence = [.. rules.Precedence];
        byNumber = [.. Enumerable.Range(0, situations.Length).OrderBy(i => situations[i].Situation.Number)];
        byPrecedence =
        [
            .. Enumerable.Range(0, situations.Length).OrderBy(i => precedence.IndexOf(situations[i].Situation.Number)),
        ];
    }

    internal GuideAssessment<T> Assess(T subject, DateOnly asOf, Facts? facts)
    {
        var truths = new Truth[claims.Length];
        var covered = Truth.False;
        for (var i = 0; i < situations.Length; i++) covered |= truths[i] = claims[i](subject);
        var notApplicable = 0UL;
        for (var i = situations.Length; i < claims.Length; i++)
        {
            // a finding of its own is true or false only when no situation is true
            truths[i] = covered.IsFalse ? claims[i](subject) : Truth.Needs(covered.Missing);
            if (covered.IsTrue) notApplicable |= 1UL << i;
        }

        return new(this, subject, asOf, facts?.CalendarVersion, covered, truths, notApplicable);
    }

    /// <summary>
    /// Of the situations that fit, of which there is one: the leading one first, then by their numbers.
    /// </summary>
    internal SituationFinding[] Fitting(T subject, Truth[] truths)
    {
        var leading = Leading(subject, truths);
        var fitting = new SituationFinding[Count(truths, Truth.True)];
        var next = 0;
        fitting[next++] = situations[leading].Finding(subject, leading: true);
        foreach (var i in byNumber)
        {
            if (i != leading && truths[i].IsTrue) fitting[next++] = situations[i].Finding(subject, leading: false);
        }

        return fitting;
    }

    /// <summary>The claims that exclude each other, each once.</summary>
    internal ContradictionFinding[] Contradictions(T subject) =>
    [
        .. situations.SelectMany(s => s.Contradictions).Where(c => c.Holds(subject).IsTrue).Select(c => c.Finding)
            .DistinctBy(c => (c.Claim, string.Join(',', c.DeniedBy))),
    ];

    /// <summary>The situations that may still fit, in the order of the document.</summary>
    internal PossibleSituation[] Possible(Truth[] truths)
    {
        var possible =
            new PossibleSituation[situations.Length - Count(truths, Truth.False) - Count(truths, Truth.True)];
        var next = 0;
        for (var i = 0; i < situations.Length; i++)
        {
            if (truths[i].IsUnknown) possible[next++] = situations[i].Possible(truths[i].Missing);
        }

        return possible;
    }

    private int Leading(T subject, Truth[] truths)
    {
        var first = -1;
        foreach (var i in byPrecedence)
        {
            if (!truths[i].IsTrue) continue;
            if (situations[i].Situation.IsMainReason?.Invoke(subject).IsTrue ?? false) return i;
            if (first < 0) first = i;
        }

        return first;
    }

    private int Count(Truth[] truths, Truth value) => truths.AsSpan(0, situations.Length).Count(value);
}

/// <summary>A situation under one reading. What does not depend on the case is made once.</summary>
internal sealed class CompiledSituation<T>(Situation<T> situation, FactSchema schema, InterpretationProfile reading)
{
    private readonly CompiledMeasure<T>[] measures =
        [.. situation.Measures.Select(m => new CompiledMeasure<T>(m, situation.Provisions, schema, reading))];

    private readonly CompiledEffect<T> effect = new(situation.Effect, [], situation.Provisions, schema, reading);

    internal Situation<T> Situation => situation;

    internal IReadOnlyList<(Func<T, Truth> Holds, ContradictionFinding Finding)> Contradictions { get; } =
    [
        .. situation.Contradictions.Select(c => (c.HoldsUnder(reading), new ContradictionFinding(
            c.Claim, c.DeniedBy, situation.Provisions[0],
            $"“{schema.TitleOf(c.Claim)}”与“{string.Join("”“", c.DeniedBy.Select(schema.TitleOf))}”互相矛盾，请核对后更正"))),
    ];

    internal SituationFinding Finding(T subject, bool leading)
    {
        var found = new MeasureFinding[measures.Length];
        for (var i = 0; i < found.Length; i++) found[i] = measures[i].Finding(subject);
        return new(situation.Number, situation.Provisions[0], situation.Message, leading, found,
            effect.Finding(subject), situation.Basis);
    }

    internal PossibleSituation Possible(ulong missing) =>
        new(situation.Number, situation.Provisions[0], schema.Names(missing));
}

/// <summary>A measure under one reading.</summary>
internal sealed class CompiledMeasure<T>(
    Measure<T> measure, IReadOnlyList<string> provisions, FactSchema schema, InterpretationProfile reading)
{
    private readonly Func<T, Truth>[] claims = [.. measure.Conditions.Select(c => c.ClaimUnder(reading)!)];

    /// <summary>Every condition in each of its three states.</summary>
    private readonly ConditionFinding[][] states =
    [
        .. measure.Conditions.Select(c => (ConditionFinding[])
        [
            .. Enum.GetValues<Outcome>()
                .Select(state => new ConditionFinding(c.Fact!, state, c.Id == c.Fact ? null : c.Id)
                    { Title = c.Title ?? schema.TitleOf(c.Fact!) }),
        ]),
    ];

    private readonly CompiledEffect<T>? effect =
        measure.Effect is { } own ? new(own, measure.Conditions, provisions, schema, reading) : null;

    private readonly MeasureFinding? unconditional =
        measure is { Conditions: [], Effect: null } ? new(measure.Id, measure.Title, [], measure.Evidence) : null;

    internal MeasureFinding Finding(T subject)
    {
        if (unconditional is not null) return unconditional;
        var conditions = new ConditionFinding[claims.Length];
        for (var i = 0; i < claims.Length; i++) conditions[i] = states[i][(int)claims[i](subject).Outcome];
        return new(measure.Id, measure.Title, conditions, measure.Evidence, effect?.Finding(subject));
    }
}

/// <summary>A guide's answer.</summary>
internal abstract class GuideAssessment(
    CompiledRuleSet rules, DateOnly asOf, string? calendar, Truth covered, Truth[] truths, ulong notApplicable)
    : Assessment(rules, asOf, calendar, covered, truths, notApplicable)
{
    public override Verdict Verdict =>
        Settled switch { true => Verdict.Covered, false => Verdict.NotCovered, null => Verdict.Undetermined };
}

/// <summary>A guide's answer. Situations are worked out when somebody reads them.</summary>
internal sealed class GuideAssessment<T>(
    CompiledGuide<T> rules, T subject, DateOnly asOf, string? calendar, Truth covered, Truth[] truths,
    ulong notApplicable)
    : GuideAssessment(rules, asOf, calendar, covered, truths, notApplicable)
{
    public override IReadOnlyList<SituationFinding> Situations =>
        field ??= Settled is true ? rules.Fitting(subject, Truths) : [];

    public override IReadOnlyList<PossibleSituation> PossibleSituations =>
        field ??= Settled is false ? [] : rules.Possible(Truths);

    public override IReadOnlyList<ContradictionFinding> Contradictions => field ??= rules.Contradictions(subject);
}
