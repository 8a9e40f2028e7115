using System.Runtime.CompilerServices;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Cases;

/// <summary>Which of the two bodies that a case concerns does a step.</summary>
public enum CaseSide
{
    /// <summary>The body where the case belongs: its <see cref="Case.Scope"/>.</summary>
    Own,

    /// <summary>The other body: its <see cref="Case.Counterpart"/>.</summary>
    Counterpart,
}

/// <summary>A step of a workflow (办理环节): what API and pages see of it.</summary>
public abstract class Transition : LawfulStep<CaseState>
{
    private protected Transition(
        string action,
        string title,
        IReadOnlyList<CaseState> from,
        CaseState to,
        IReadOnlyList<Role> by,
        IReadOnlyList<string> provisions,
        string source
    )
        : base(title, from, to, provisions, source) => (Action, By) = (action, by);

    /// <summary>In kebab-case: <c>send</c>; the last part of its address.</summary>
    public string Action { get; }

    /// <summary>Who does it.</summary>
    public IReadOnlyList<Role> By { get; }

    /// <summary>
    /// The side that takes the step. Somebody of the other body sees the case, but may not take it. Null: either side
    /// may.
    /// </summary>
    public CaseSide? Side { get; init; }

    /// <summary>The states that it may lead to: mostly one.</summary>
    public virtual IReadOnlyList<CaseState> Destinations => [To, .. Settled];

    private protected IEnumerable<CaseState> Settled => SettledBy is { } settled ? [settled.To] : [];

    /// <summary>Whether what is entered as <c>reason</c> is told in the history of the case.</summary>
    public bool TellsReason { get; init; }

    /// <summary>What is entered with it.</summary>
    public virtual IReadOnlyList<FormField> Fields => [];

    /// <summary>
    /// The papers that must be on file and confirmed; the workflow may ask for only some of them in a case.
    /// </summary>
    public IReadOnlyList<EvidenceNeed> Needs { get; init; } = [];

    /// <summary>
    /// The group of the student on which the step rests: nobody both enters a student there and takes the step with
    /// them. Null: it rests on none.
    /// </summary>
    public PersonGroupKind? RestsOn { get; init; }

    /// <summary>
    /// What the step only claims, and who knows settles: until then the case waits in the state that the step leads to.
    /// Null: it is done at once.
    /// </summary>
    public Settlement? SettledBy { get; init; }

    /// <summary>Whether the case's form must be without errors.</summary>
    public bool NeedsWholeForm { get; init; }
}

/// <summary>
/// How a claim is settled (认定): a paper of the kind, confirmed, leads on; refused for good, it is as if the step had
/// not been taken.
/// </summary>
/// <param name="Kind">The id of a kind of evidence that somebody confirms.</param>
/// <param name="To">The state that the confirmed paper leads to.</param>
public sealed record Settlement(string Kind, CaseState To);

/// <summary>Where a step leads that leads to one state in this case, to another in that.</summary>
/// <typeparam name="T">Everything that guards ask for.</typeparam>
/// <param name="States">All of them.</param>
/// <param name="Of">The one of a case, as it was before the step.</param>
public sealed record Onward<T>(IReadOnlyList<CaseState> States, Func<T, CaseState> Of);

/// <summary>A step of a workflow over facts of type <typeparamref name="T"/>.</summary>
/// <typeparam name="T">Everything that guards ask for, gathered by the workflow.</typeparam>
public class Transition<T> : Transition
{
    /// <summary>A step.</summary>
    /// <param name="action">In kebab-case.</param>
    /// <param name="title">In Chinese.</param>
    /// <param name="from">The states in which it is allowed.</param>
    /// <param name="to">The state that it leads to.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="provisions">At least one.</param>
    /// <param name="source">Left to the compiler.</param>
    public Transition(
        string action,
        string title,
        IReadOnlyList<CaseState> from,
        CaseState to,
        IReadOnlyList<Role> by,
        IReadOnlyList<string> provisions,
        [CallerFilePath] string source = ""
    )
        : base(action, title, from, to, by, provisions, source) { }

    /// <summary>
    /// What must hold. All guards are asked, and every one that does not hold is told, so that nobody is sent away
    /// twice.
    /// </summary>
    public IReadOnlyList<Criterion<T>> Guards { get; init; } = [];

    /// <summary>
    /// What should hold and hinders nothing (提醒), such as a day by which a paper was due: whoever takes the step is
    /// told before, and the history keeps it.
    /// </summary>
    public IReadOnlyList<Criterion<T>> Warnings { get; init; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Criterion> Rules => [.. Guards, .. Warnings];

    /// <summary>The day on which a guard that does not hold today will, by the guard's id; null: not known.</summary>
    public Func<T, string, DateOnly?>? PossibleOn { get; init; }

    /// <summary>
    /// The day by which it is to be taken, counted from an event of the case: five working days after it was submitted.
    /// Null: none, or the event is still to come.
    /// </summary>
    public Func<T, DateOnly?>? DueOn { get; init; }

    /// <summary>Where it leads, if that depends on the case; null: to <see cref="LawfulStep{TState}.To"/>.</summary>
    public Onward<T>? Onward { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<CaseState> Destinations => [.. Onward?.States ?? [To], .. Settled];

    internal CaseState DestinationOf(T facts) => Onward?.Of(facts) ?? To;

    /// <summary>What it does beside the change of state. If it returns a violation, the whole step is undone.</summary>
    public Func<UnitOfWork, T, Task<IReadOnlyList<RuleViolation>>>? Effect { get; init; }

    /// <summary>
    /// What a correction undoes beside the state and the columns of the module's row, such as the counter of a quota.
    /// If it returns a violation, nothing is corrected.
    /// </summary>
    public Func<UnitOfWork, T, Task<IReadOnlyList<RuleViolation>>>? Undo { get; init; }

    internal virtual IReadOnlyList<FormFinding> Read(
        FormValues values,
        FormContext context,
        out Func<UnitOfWork, T, Task<IReadOnlyList<RuleViolation>>> effect
    )
    {
        effect = Effect ?? ((_, _) => Task.FromResult<IReadOnlyList<RuleViolation>>([]));
        return [];
    }

    /// <summary>The warnings that are known not to hold.</summary>
    internal IEnumerable<RuleViolation> UnmetWarnings(T facts, InterpretationProfile reading) =>
        Warnings
            .Unmet(facts, reading)
            .Where(unmet => unmet.Truth.IsFalse)
            .Select(unmet => new RuleViolation(unmet.Guard.Id, unmet.Guard.Message, unmet.Guard.Provisions));

    internal IEnumerable<RuleViolation> BlockingReasons(T facts, InterpretationProfile reading) =>
        Guards
            .Unmet(facts, reading)
            .Select(unmet => new RuleViolation(unmet.Guard.Id, unmet.Guard.Message, unmet.Guard.Provisions)
            {
                Outcome = unmet.Truth.Outcome,
                PossibleOn = PossibleOn?.Invoke(facts, unmet.Guard.Id),
            });
}

/// <summary>A step with which something is entered.</summary>
/// <typeparam name="T">Everything that guards ask for.</typeparam>
/// <typeparam name="TInput">What is entered, declared as a form's subject is.</typeparam>
public sealed class Transition<T, TInput> : Transition<T>
{
    private readonly Func<FormBinder, TInput> read;

    /// <summary>A step.</summary>
    /// <param name="action">In kebab-case.</param>
    /// <param name="title">In Chinese.</param>
    /// <param name="from">The states in which it is allowed.</param>
    /// <param name="to">The state that it leads to.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="provisions">At least one.</param>
    /// <param name="read">Makes the input: <c>form =&gt; new(form)</c>.</param>
    /// <param name="source">Left to the compiler.</param>
    public Transition(
        string action,
        string title,
        IReadOnlyList<CaseState> from,
        CaseState to,
        IReadOnlyList<Role> by,
        IReadOnlyList<string> provisions,
        Func<FormBinder, TInput> read,
        [CallerFilePath] string source = ""
    )
        : base(action, title, from, to, by, provisions, source) =>
        (this.read, Fields) = (read, FormBinder.FieldsOf(read));

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> Fields { get; }

    /// <summary>What the input must fulfil.</summary>
    public IReadOnlyList<FormRule<TInput>> InputRules { get; init; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Criterion> Rules => [.. Guards, .. InputRules, .. Warnings];

    /// <summary>What it does with the input. If it returns a violation, the whole step is undone.</summary>
    public new required Func<UnitOfWork, T, TInput, Task<IReadOnlyList<RuleViolation>>> Effect { get; init; }

    internal override IReadOnlyList<FormFinding> Read(
        FormValues values,
        FormContext context,
        out Func<UnitOfWork, T, Task<IReadOnlyList<RuleViolation>>> effect
    )
    {
        List<FormFinding> findings = [];
        var input = new FormBinder(Fields, values, context, findings).Step(read, InputRules);
        effect = (work, facts) => Effect(work, facts, input);
        return findings;
    }
}
