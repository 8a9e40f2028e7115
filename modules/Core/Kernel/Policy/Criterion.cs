using System.Runtime.CompilerServices;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Kernel.Policy;

/// <summary>A rule of a programme (条件): a claim about a subject, beside the provisions that it rests on.</summary>
public abstract class Criterion
{
    private protected Criterion(string id, IReadOnlyList<string> provisions, string message, string source) =>
        (Id, Provisions, Message, Source) = (id, provisions, message, source);

    /// <summary>A claim in kebab-case, unique in its rule set: <c>grade-nine</c>.</summary>
    public string Id { get; }

    /// <summary>The ids of the provisions that it rests on; at least one.</summary>
    public IReadOnlyList<string> Provisions { get; }

    /// <summary>The requirement, in Chinese; the same words whether it is met, not met or unknown.</summary>
    public string Message { get; }

    /// <summary>The file that declares it, from the root of the source tree.</summary>
    public string Source { get; }

    /// <summary>The ids of the interpretations that it rests on.</summary>
    public IReadOnlyList<string> Interpretations { get; init; } = [];

    /// <summary>Of a situation of a guide, its number; null of any other criterion.</summary>
    public virtual int? SituationNumber => null;

    /// <summary>The interpretation of which the other reading changes the claim; null: none.</summary>
    public abstract string? Switch { get; }
}

/// <summary>A rule about a subject of type <typeparamref name="T"/>.</summary>
/// <param name="id">A claim in kebab-case, unique in its rule set.</param>
/// <param name="provisions">The ids of the provisions that it rests on.</param>
/// <param name="claim">Pure: no clock, no I/O, nothing but the subject.</param>
/// <param name="message">The requirement, in Chinese.</param>
/// <param name="source">Left to the compiler.</param>
public class Criterion<T>(
    string id, IReadOnlyList<string> provisions, Func<T, Truth> claim, string message,
    [CallerFilePath] string source = "")
    : Criterion(id, provisions, message, source)
{
    /// <summary>The requirement, under the reading taken.</summary>
    public Func<T, Truth> Claim { get; } = claim;

    /// <summary>
    /// Whom the rule concerns: where this is false the finding is <see cref="Outcome.NotApplicable"/> and hinders
    /// nothing. Null: everybody.
    /// </summary>
    public Func<T, Truth>? When { get; init; }

    /// <summary>The claim under the other reading of one interpretation, beside the one taken.</summary>
    public AlternativeReading<T>? AlternativeReading { get; init; }

    /// <inheritdoc/>
    public override string? Switch => AlternativeReading?.Interpretation;

    internal Func<T, Truth> ClaimUnder(InterpretationProfile reading) =>
        AlternativeReading is { } other && reading.TakesOther(other.Interpretation) ? other.Claim : Claim;

    internal Func<T, Truth>? WhenUnder(InterpretationProfile reading) =>
        AlternativeReading is { When: { } when } other && reading.TakesOther(other.Interpretation) ? when : When;
}

/// <summary>A claim under the other reading of an interpretation.</summary>
/// <param name="Interpretation">The id of the interpretation.</param>
/// <param name="Claim">The claim that then holds.</param>
public sealed record AlternativeReading<T>(string Interpretation, Func<T, Truth> Claim)
{
    /// <summary>Whom the rule then concerns; null: the same.</summary>
    public Func<T, Truth>? When { get; init; }
}
