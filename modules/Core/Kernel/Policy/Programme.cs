using System.ComponentModel.DataAnnotations;
using System.Numerics;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Kernel.Policy;

/// <summary>What a programme decides.</summary>
public enum ProgrammeKind
{
    /// <summary>资格: whether somebody may take part.</summary>
    [Display(Name = "资格")] Eligibility,

    /// <summary>学籍注册: whether a roll may be registered.</summary>
    [Display(Name = "学籍注册")] Registration,

    /// <summary>合规: whether a body or an arrangement keeps the rules.</summary>
    [Display(Name = "合规")] Compliance,

    /// <summary>指南: which situation a case is in, and what is to be done.</summary>
    [Display(Name = "指南")] Guide,
}

/// <summary>A question that a document answers about one subject, by its facts (项目).</summary>
public interface IProgramme : IContribution
{
    /// <summary><c>module.question</c>: <c>chuxiong.vocational-class</c>.</summary>
    string Id { get; }

    /// <summary>In Chinese.</summary>
    string Title { get; }

    /// <summary>What it decides.</summary>
    ProgrammeKind Kind { get; }

    /// <summary>The facts that it asks for.</summary>
    FactSchema Schema { get; }

    /// <summary>Its rules through time, the oldest first; their spans do not overlap.</summary>
    IReadOnlyList<RuleSet> RuleSets { get; }

    /// <summary>Assesses a subject. Pure: the same facts, rules and reading give the same assessment.</summary>
    /// <param name="facts">A row of <see cref="Schema"/>.</param>
    /// <param name="reading">How the instance reads the documents.</param>
    /// <returns>Null when no rule set is in force on <see cref="Facts.AsOf"/>: that is never a verdict.</returns>
    Assessment? Assess(Facts facts, InterpretationProfile reading);
}

/// <summary>
/// A programme over subjects of one type: with <see cref="RuleSet{T}"/>s its criteria must all hold, with
/// <see cref="GuideRules{T}"/> it is a guide.
/// </summary>
/// <typeparam name="T">The subject, made from its facts.</typeparam>
/// <param name="id"><c>module.question</c>.</param>
/// <param name="title">In Chinese.</param>
/// <param name="kind">What it decides.</param>
/// <param name="read">Makes a subject from facts: <c>facts =&gt; new(facts)</c>.</param>
/// <param name="ruleSets">Its rules through time, the oldest first.</param>
public abstract class Programme<T>(
    string id, string title, ProgrammeKind kind, Func<Facts, T> read,
    params IReadOnlyList<Rules<T>> ruleSets) : IProgramme
{
    private readonly Rules<T>[] ruleSets = [.. ruleSets];   // an array is walked without an enumerator, once a decision

    /// <inheritdoc/>
    public string Id { get; } = id;

    /// <inheritdoc/>
    public string Title { get; } = title;

    /// <inheritdoc/>
    public ProgrammeKind Kind { get; } = kind;

    /// <inheritdoc/>
    public FactSchema Schema { get; } = Facts.SchemaOf(read);

    /// <inheritdoc/>
    public IReadOnlyList<RuleSet> RuleSets => ruleSets;

    /// <inheritdoc/>
    public IEnumerable<Citation> Citations => ruleSets.SelectMany(set => set.Criteria.Select(c =>
        new Citation("criterion", $"{Id}/{c.Id}", c.Message, c.Provisions,
            c.Switch is { } s ? [.. c.Interpretations, s] : c.Interpretations, c.Source)))
        // a rule that stands in several rule sets is cited once, with the provisions of all of them
        .GroupBy(citation => citation.Id, (_, same) => same.Aggregate((one, other) => one.With(other)));

    /// <inheritdoc/>
    public Assessment? Assess(Facts facts, InterpretationProfile reading) =>
        InForce(facts.AsOf) is { } rules ? Assess(rules, facts, reading) : null;

    /// <summary>
    /// Assesses a subject made in code: as it is, without trying the values of a fact that several criteria ask for.
    /// </summary>
    /// <inheritdoc cref="Assess(Facts, InterpretationProfile)"/>
    public Assessment? Assess(T subject, DateOnly asOf, InterpretationProfile reading) =>
        InForce(asOf)?.Assess(this, subject, asOf, facts: null, reading);

    /// <summary>A subject of which nothing is known.</summary>
    internal T NothingKnown => Facts.Empty(Schema).Read(read);

    /// <summary>
    /// To Kleene's logic one fact that two criteria ask for is two facts. So a yes or no, or a choice, that several
    /// criteria ask for and that is missing is tried with each of its values: which role somebody has may be open, and
    /// nobody in any role have done enough.
    /// </summary>
    private Assessment Assess(Rules<T> rules, Facts facts, InterpretationProfile reading)
    {
        var open = rules.Assess(this, facts.Read(read), facts.AsOf, facts, reading);
        if ((open.Missing & open.Shared) is not (not 0 and var shared)) return open;
        var column = BitOperations.TrailingZeroCount(shared);
        var cases = new Assessment[Schema.Fields[column].Max + 1];
        for (var value = 0; value < cases.Length; value++)
        {
            facts.Set(column, value);
            cases[value] = Assess(rules, facts, reading);
        }

        facts.Forget(column);
        return open.SettledBy(cases, column);
    }

    private Rules<T>? InForce(DateOnly asOf)
    {
        foreach (var rules in ruleSets)
        {
            if (rules.IsInForce(asOf)) return rules;
        }

        return null;
    }
}
