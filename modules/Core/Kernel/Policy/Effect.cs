using System.ComponentModel.DataAnnotations;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Kernel.Policy;

/// <summary>Whether an effect may be carried out.</summary>
public enum EffectState
{
    /// <summary>Every need is met.</summary>
    [Display(Name = "可以办理")]
    Allowed,

    /// <summary>A need is unknown, or not there yet.</summary>
    [Display(Name = "尚待证明")]
    Awaiting,

    /// <summary>A need is contradicted.</summary>
    [Display(Name = "不得办理")]
    Refused,
}

/// <summary>Whether a need is met.</summary>
public enum NeedState
{
    /// <summary>It is met.</summary>
    [Display(Name = "已具备")]
    Satisfied,

    /// <summary>Nobody has said.</summary>
    [Display(Name = "未知")]
    Unknown,

    /// <summary>It is not there yet: a paper that is not on file, something that is not done.</summary>
    [Display(Name = "尚缺")]
    Missing,

    /// <summary>It is so that it forbids the effect.</summary>
    [Display(Name = "不具备")]
    Violated,
}

/// <summary>
/// What a measure depends on, or what an effect needs before it may be carried out: a fact, or a paper. Those of one
/// <see cref="Id"/> are alternatives, of which one suffices.
/// </summary>
/// <param name="Fact">The name of the fact that it asks for; null: a paper, which a mere assessment never has.</param>
/// <param name="Claim">Whether it is met; null of a paper.</param>
public sealed record Need<T>(string? Fact, Func<T, Truth>? Claim)
{
    /// <summary>In kebab-case, or the name of the fact.</summary>
    public string Id { get; init; } = Fact ?? "";

    /// <summary>In Chinese; null: the fact's own title.</summary>
    public string? Title { get; init; }

    /// <summary>Who gives it, in Chinese.</summary>
    public string By { get; init; } = "";

    /// <summary>
    /// The fact says that something is done: while it is not, the need is missing. Else the fact says how things are,
    /// and the need is violated where it is false.
    /// </summary>
    public bool IsDone { get; init; }

    /// <summary>Where it is needed; null: everywhere.</summary>
    public Func<T, bool>? When { get; init; }

    /// <summary>The claim under the other reading of one interpretation, beside the one taken.</summary>
    public AlternativeReading<T>? AlternativeReading { get; init; }

    /// <summary>A paper.</summary>
    /// <param name="id">In kebab-case.</param>
    /// <param name="title">In Chinese.</param>
    /// <param name="by">Who gives it.</param>
    public static Need<T> Paper(string id, string title, string by) =>
        new(null, null) { Id = id, Title = title, By = by };

    internal Func<T, Truth>? ClaimUnder(InterpretationProfile reading) =>
        AlternativeReading is { } other && reading.TakesOther(other.Interpretation) ? other.Claim : Claim;

    internal NeedState StateOf(Truth truth) =>
        truth.IsTrue ? NeedState.Satisfied : truth.IsUnknown ? NeedState.Unknown
        : IsDone ? NeedState.Missing : NeedState.Violated;
}

/// <summary>
/// What takes something from a child, or takes the child out of a count: it is allowed when every need is met.
/// </summary>
/// <param name="Roll">What becomes of the roll.</param>
/// <param name="Needs">What must be proved; of a measure, beside its conditions.</param>
public sealed record Effect<T>(Func<T, RollEffect> Roll, params IReadOnlyList<Need<T>> Needs)
{
    /// <summary>The same for everybody.</summary>
    /// <param name="roll">What becomes of the roll.</param>
    /// <param name="needs">What must be proved.</param>
    public Effect(RollEffect roll, params IReadOnlyList<Need<T>> needs) : this(_ => roll, needs) { }

    /// <summary>Whether the child is then no longer listed as a dropout.</summary>
    public bool RemovesFromList { get; init; }
}

/// <summary>A need of an effect, in a case. Those of one id are alternatives, of which one suffices.</summary>
/// <param name="Id">In kebab-case, or the name of the fact.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="By">Who gives it.</param>
/// <param name="Fact">The name of the fact; null: a paper.</param>
/// <param name="State">Whether it is met.</param>
public sealed record NeedFinding(string Id, string Title, string By, string? Fact, NeedState State);

/// <summary>An effect, in a case.</summary>
/// <param name="Roll">What becomes of the roll.</param>
/// <param name="RemovesFromList">Whether the child is then no longer listed as a dropout.</param>
/// <param name="State">Whether it may be carried out.</param>
/// <param name="Needs">What it needs, and whether that is met.</param>
/// <param name="Provisions">What it rests on.</param>
public sealed record EffectFinding(
    RollEffect Roll, bool RemovesFromList, EffectState State, IReadOnlyList<NeedFinding> Needs,
    IReadOnlyList<string> Provisions);

/// <summary>An effect under one reading.</summary>
internal sealed class CompiledEffect<T>
{
    private readonly Effect<T> effect;
    private readonly IReadOnlyList<string> provisions;
    private readonly CompiledNeed[] needs;

    internal CompiledEffect(
        Effect<T> effect, IReadOnlyList<Need<T>> conditions, IReadOnlyList<string> provisions, FactSchema schema,
        InterpretationProfile reading)
    {
        (this.effect, this.provisions) = (effect, provisions);
        needs = [.. conditions.Concat(effect.Needs).Select(n => new CompiledNeed(n, schema, reading))];
    }

    internal EffectFinding Finding(T subject)
    {
        var found = new List<NeedFinding>(needs.Length);
        foreach (var need in needs)
            if (need.Finding(subject) is { } finding) found.Add(finding);
        return new(effect.Roll(subject), effect.RemovesFromList, StateOf(found), found, provisions);
    }

    /// <summary>As its worst need has it; of alternatives, which share an id, the best counts.</summary>
    private static EffectState StateOf(List<NeedFinding> needs)
    {
        var worst = EffectState.Allowed;
        for (var i = 0; i < needs.Count; i++)
        {
            var best = needs[i].State;
            for (; i + 1 < needs.Count && needs[i + 1].Id == needs[i].Id; i++)
                if (needs[i + 1].State < best) best = needs[i + 1].State;
            if (best == NeedState.Violated) return EffectState.Refused;
            if (best != NeedState.Satisfied) worst = EffectState.Awaiting;
        }

        return worst;
    }

    /// <summary>A need in each of its states.</summary>
    private sealed class CompiledNeed(Need<T> need, FactSchema schema, InterpretationProfile reading)
    {
        private readonly Func<T, Truth>? claim = need.ClaimUnder(reading);

        private readonly Func<T, bool>? when =
            need.AlternativeReading is { When: { } other } alternative && reading.TakesOther(alternative.Interpretation)
                ? subject => other(subject).IsTrue
                : need.When;

        private readonly NeedFinding[] states =
        [
            .. Enum.GetValues<NeedState>().Select(state => new NeedFinding(
                need.Id, need.Title ?? schema.TitleOf(need.Fact!), need.By, need.Fact, state)),
        ];

        internal NeedFinding? Finding(T subject) =>
            when?.Invoke(subject) == false ? null
            : states[(int)(claim is null ? NeedState.Missing : need.StateOf(claim(subject)))];
    }
}
