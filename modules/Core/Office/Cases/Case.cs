using EduAssist.Kernel.Access;
using EduAssist.Kernel.Policy;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Cases;

/// <summary>A case (办件): something that moves through the states of a workflow, one step after the other.</summary>
public sealed class Case : IScoped
{
    /// <summary>Of the case.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of its workflow: <c>chuxiong.application</c>.</summary>
    public required string Workflow { get; init; }

    /// <summary>The id of its state.</summary>
    public required string State { get; set; }

    /// <summary>The plan's or school year that it belongs to.</summary>
    public int Year { get; init; }

    /// <summary>Whom it is about; null: it is about no student.</summary>
    public Guid? StudentId { get; init; }

    /// <summary>Whom it is about.</summary>
    public Student? Student { get; init; }

    /// <inheritdoc/>
    public required string Scope { get; init; }

    /// <summary>The other body that it concerns, as <see cref="Scope"/>: the receiving school. Empty: none.</summary>
    public string Counterpart { get; set; } = "";

    /// <summary>
    /// A bureau that handles the case without being above <see cref="Scope"/> (代管), as <see cref="Scope"/>. Both see
    /// the case; in a workflow the handler acts on the side of <see cref="Scope"/>. Empty: none.
    /// </summary>
    public string Handler { get; init; } = "";

    /// <summary>
    /// Where what is done with it is audited: where it lies, and at every other body that it concerns. One that is
    /// above another sees the other's entries anyway.
    /// </summary>
    internal IEnumerable<string> PlacesWith(string? another = null)
    {
        List<string> places = [Scope, Counterpart, Handler, another ?? ""];
        return places.Where(p =>
            p == Scope
            || (p.Length > 0 && !places.Exists(q => q.Length > p.Length && q.StartsWith(p, StringComparison.Ordinal)))
        );
    }

    /// <summary>What was entered, as JSON by the fields of the workflow's form. Personal data.</summary>
    public required string Form { get; set; }

    /// <summary>Counts the events of the case; the ETag.</summary>
    public long Version { get; set; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>
/// A module's own facts of a case: one row beside it, with what guards, listings and indicators ask for.
/// </summary>
public abstract class CaseRow
{
    /// <summary>The id of the case, and of this row.</summary>
    public Guid CaseId { get; init; }

    /// <summary>The case.</summary>
    public Case Case { get; init; } = null!;
}

/// <summary>An event of a case (办理记录): opened, edited, a step taken, corrected. Append-only.</summary>
public sealed class CaseEvent
{
    /// <summary>The id of the case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>Counted from 1, without gaps; equal to the case's version after the event.</summary>
    public long Sequence { get; init; }

    /// <summary>The case.</summary>
    public Case Case { get; init; } = null!;

    /// <summary>
    /// What was done: <c>open</c>, <c>edit</c>, <c>correct</c>, <c>evidence</c>, <c>assessments</c>, or a transition's
    /// action.
    /// </summary>
    public required string Action { get; init; }

    /// <summary>The state before; empty when it was opened.</summary>
    public required string From { get; init; }

    /// <summary>The state after.</summary>
    public required string To { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>Why, where a reason is asked for.</summary>
    public string? Reason { get; init; }

    /// <summary>What was entered with the step, as JSON; may be personal.</summary>
    public string? Input { get; init; }

    /// <summary>
    /// The former values of those columns of the module's row that the event changed, as JSON: a correction restores
    /// them.
    /// </summary>
    public string? Before { get; init; }

    /// <summary>Of a correction: the sequence of the event that it undoes.</summary>
    public long? Undoes { get; init; }
}

/// <summary>A paper on file (佐证材料).</summary>
public sealed class Evidence
{
    /// <summary>Of the paper.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of the case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>The case.</summary>
    public Case Case { get; init; } = null!;

    /// <summary>What it is, as the workflow names it: <c>written-proof</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who issued it.</summary>
    public required string Issuer { get; init; }

    /// <summary>The day it bears.</summary>
    public DateOnly Date { get; init; }

    /// <summary>As uploaded; may name a person.</summary>
    public required string FileName { get; init; }

    /// <summary>Of the file: <c>application/pdf</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>SHA-256 of the file.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>The file.</summary>
    public required byte[] Content { get; init; }

    /// <summary>When it was filed.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who filed it.</summary>
    public required string Actor { get; init; }
}

/// <summary>
/// An assessment that is stored for good (评估存档), with its facts, so that it can be replayed. Append-only.
/// </summary>
public sealed class StoredAssessment : IScoped
{
    /// <summary>Of the assessment.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of the programme.</summary>
    public required string Programme { get; init; }

    /// <summary>The rules and how they were read: <c>cx2020@1+cx-i7</c>.</summary>
    public required string RuleSet { get; init; }

    /// <summary>The day as of which it was made.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>The version of the calendar that working days were counted on; null where none were.</summary>
    public string? CalendarVersion { get; init; }

    /// <summary>The answer.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>The facts, as JSON. Personal data.</summary>
    public required string Facts { get; init; }

    /// <summary>The whole result, as JSON; it names facts and holds none.</summary>
    public required string Result { get; init; }

    /// <summary>The case that it was made for; null: none.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>The case.</summary>
    public Case? Case { get; init; }

    /// <summary>Whom it is about; null: not known.</summary>
    public Guid? StudentId { get; init; }

    /// <inheritdoc/>
    public required string Scope { get; init; }

    /// <summary>Who asked.</summary>
    public required string Actor { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}
