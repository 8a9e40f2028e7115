using EduAssist.Kernel.Provisions;

namespace EduAssist.Kernel.Policy;

/// <summary>
/// The criteria of a programme as they stood from one day to another (规则集). A change of a rule is a new version, never
/// an edit.
/// </summary>
public abstract class RuleSet
{
    private protected RuleSet(string document, int version, DateOnly from, DateOnly? until) =>
        (Document, Version, From, Until) = (document, version, from, until);

    /// <summary>The document that it carries out.</summary>
    public string Document { get; }

    /// <summary>Counted from 1.</summary>
    public int Version { get; }

    /// <summary>The first day in force.</summary>
    public DateOnly From { get; }

    /// <summary>The last day in force; null: open.</summary>
    public DateOnly? Until { get; }

    /// <summary><c>document@version</c>.</summary>
    public string Id => $"{Document}@{Version}";

    /// <summary>Its rules, in the order of the document.</summary>
    public abstract IReadOnlyList<Criterion> Criteria { get; }

    /// <summary>The interpretations that its rules rest on, each once.</summary>
    public IReadOnlyList<string> Interpretations =>
        [.. Criteria.SelectMany(c => c.Switch is { } s ? c.Interpretations.Append(s) : c.Interpretations).Distinct()];

    /// <summary>Whether it is in force on a day.</summary>
    public bool IsInForce(DateOnly on) => on >= From && !(on > Until);
}

/// <summary>
/// A rule set about subjects of type <typeparamref name="T"/>: criteria that must all hold, or the situations of a
/// guide.
/// </summary>
public abstract class Rules<T> : RuleSet
{
    private protected Rules(string document, int version, DateOnly from, DateOnly? until)
        : base(document, version, from, until)
    {
    }

    /// <inheritdoc/>
    public abstract override IReadOnlyList<Criterion<T>> Criteria { get; }

    internal abstract Assessment Assess(
        Programme<T> programme, T subject, DateOnly asOf, Facts? facts, InterpretationProfile reading);
}

/// <summary>Criteria that must all hold.</summary>
/// <param name="document">The document that it carries out.</param>
/// <param name="version">Counted from 1.</param>
/// <param name="from">The first day in force.</param>
/// <param name="criteria">Its rules, in the order of the document. At most 64.</param>
/// <param name="until">The last day in force; null: open.</param>
public sealed class RuleSet<T>(
    string document, int version, DateOnly from, IReadOnlyList<Criterion<T>> criteria, DateOnly? until = null)
    : Rules<T>(document, version, from, until)
{
    private CompiledRuleSet<T>? latest;   // an instance has one reading

    /// <inheritdoc/>
    public override IReadOnlyList<Criterion<T>> Criteria => criteria;

    internal override Assessment Assess(
        Programme<T> programme, T subject, DateOnly asOf, Facts? facts, InterpretationProfile reading)
    {
        var rules = latest;
        if (rules?.Reading != reading || rules.Programme != programme) latest = rules = new(programme, this, reading);
        return rules.Assess(subject, asOf, facts);
    }
}

/// <summary>A rule set under one reading: what an assessment names, and what its JSON is made of.</summary>
internal abstract class CompiledRuleSet(IProgramme programme, RuleSet rules, InterpretationProfile reading)
{
    internal IProgramme Programme { get; } = programme;

    internal InterpretationProfile Reading { get; } = reading;

    /// <summary>An array: every finding that is read asks it, and a covariant interface is slow to ask.</summary>
    internal Criterion[] Criteria { get; } = [.. rules.Criteria];

    /// <summary>The facts whose values can be tried and that several criteria ask for, bit n for the n-th.</summary>
    internal ulong Shared { get; private protected init; }

    internal IReadOnlyList<string> Interpretations { get; } = rules.Interpretations;

    internal IReadOnlyList<string> Others { get; } =
        [.. reading.OthersAmong(rules.Criteria.Select(c => c.Switch).OfType<string>().Distinct())];

    internal string Id => field ??= string.Join('+', Others.Prepend(rules.Id));

    internal AssessmentJson Json => field ??= new(this);
}

internal sealed class CompiledRuleSet<T> : CompiledRuleSet
{
    private readonly (Func<T, Truth> Claim, Func<T, Truth>? When)[] rules;

    internal CompiledRuleSet(Programme<T> programme, RuleSet<T> rules, InterpretationProfile reading)
        : base(programme, rules, reading)
    {
        this.rules = [.. rules.Criteria.Select(c => (c.ClaimUnder(reading), c.WhenUnder(reading)))];
        var nothing = programme.NothingKnown;
        ulong asked = 0, askedAgain = 0;
        foreach (var (claim, when) in this.rules)
        {
            var asks = claim(nothing).Missing | (when?.Invoke(nothing).Missing ?? 0);
            (askedAgain, asked) = (askedAgain | (asked & asks), asked | asks);
        }

        Shared = askedAgain & programme.Schema.Closed;
    }

    internal Assessment Assess(T subject, DateOnly asOf, Facts? facts)
    {
        var truths = new Truth[rules.Length];
        var verdict = Truth.True;
        var notApplicable = 0UL;
        for (var i = 0; i < truths.Length; i++)
        {
            var (claim, when) = rules[i];
            if (when is not null && when(subject) is { IsTrue: false } concerns)
            {
                if (concerns.IsFalse) notApplicable |= 1UL << i;
                truths[i] = concerns.IsFalse ? Truth.True : concerns | claim(subject);
            }
            else
            {
                truths[i] = claim(subject);
            }

            verdict &= truths[i];
        }

        return new(this, asOf, facts?.CalendarVersion, verdict, truths, notApplicable)
        { NoticeNeeded = facts?.NoticeNeeded };
    }
}
