using System.Runtime.CompilerServices;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Kernel.Policy;

/// <summary>
/// A lawful step of a state (状态的合法变更): from which states it leads to which, what must hold, on which provisions it
/// rests. A declaration and no engine: a workflow stores the state and does what else belongs to its steps, a history
/// of states is only checked.
/// </summary>
/// <typeparam name="TState">A state: of a case, of a roll.</typeparam>
public abstract class LawfulStep<TState>
{
    /// <summary>A step.</summary>
    /// <param name="title">In Chinese.</param>
    /// <param name="from">The states in which it is allowed.</param>
    /// <param name="to">The state that it leads to.</param>
    /// <param name="provisions">The ids of the provisions that it rests on.</param>
    /// <param name="source">The file that declares it.</param>
    protected LawfulStep(
        string title, IReadOnlyList<TState> from, TState to, IReadOnlyList<string> provisions, string source) =>
        (Title, From, To, Provisions, Source) = (title, from, to, provisions, source);

    /// <summary>In Chinese.</summary>
    public string Title { get; }

    /// <summary>The states in which it is allowed.</summary>
    public IReadOnlyList<TState> From { get; }

    /// <summary>The state that it leads to.</summary>
    public TState To { get; }

    /// <summary>The ids of the provisions that it rests on, beside those of its rules.</summary>
    public IReadOnlyList<string> Provisions { get; }

    /// <summary>The file that declares it.</summary>
    public string Source { get; }

    /// <summary>What must hold.</summary>
    public abstract IReadOnlyList<Criterion> Rules { get; }

    /// <summary>That it carries out its provisions and those of its rules.</summary>
    /// <param name="kind">What it is: <c>transition</c>.</param>
    /// <param name="id">Unique together with the kind.</param>
    /// <param name="title">In Chinese: whose step it is, and which.</param>
    /// <param name="interpretations">On which it rests.</param>
    public Citation Cite(string kind, string id, string title, IReadOnlyList<string> interpretations) =>
        new(kind, id, title, [.. Provisions.Union(Rules.SelectMany(r => r.Provisions))], interpretations, Source);

    /// <summary>What is told where the step is asked for in another state: which it needs, and which it is.</summary>
    /// <param name="now">The title of the state that it is.</param>
    /// <param name="titleOf">The title of a state, in Chinese.</param>
    internal string WrongState(string now, Func<TState, string> titleOf) =>
        $"{Title}须在“{string.Join("”“", From.Select(titleOf))}”状态办理，现为“{now}”";
}

/// <summary>A lawful step with nothing but its guards: of a state whose changes are stored elsewhere.</summary>
/// <typeparam name="TState">A state.</typeparam>
/// <typeparam name="TSubject">Everything that guards ask for.</typeparam>
internal sealed class LawfulStep<TState, TSubject>(
    string title, IReadOnlyList<TState> from, TState to, IReadOnlyList<string> provisions,
    [CallerFilePath] string source = "")
    : LawfulStep<TState>(title, from, to, provisions, source)
{
    /// <summary>What must hold.</summary>
    public IReadOnlyList<Criterion<TSubject>> Guards { get; init; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Criterion> Rules => Guards;
}

/// <summary>Guards are asked all at once, and every one that does not hold is told.</summary>
internal static class Guards
{
    /// <summary>
    /// Those that do not hold for a subject, or are not known to; one that does not concern it is none.
    /// </summary>
    /// <param name="guards">What must hold.</param>
    /// <param name="subject">Everything that they ask for.</param>
    /// <param name="reading">How the documents are read.</param>
    internal static IEnumerable<(Criterion<T> Guard, Truth Truth)> Unmet<T>(
        this IReadOnlyList<Criterion<T>> guards, T subject, InterpretationProfile reading) =>
        from guard in guards
        where guard.WhenUnder(reading) is not { } when || !when(subject).IsFalse
        let truth = guard.ClaimUnder(reading)(subject)
        where !truth.IsTrue
        select (guard, truth);
}
