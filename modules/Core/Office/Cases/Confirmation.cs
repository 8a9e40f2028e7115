using System.ComponentModel.DataAnnotations;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel.Access;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Cases;

/// <summary>What a body says of a paper that it was asked about.</summary>
public enum ConfirmationState
{
    /// <summary>It has not answered.</summary>
    [Display(Name = "待确认")]
    Asked,

    /// <summary>The paper proves what it says.</summary>
    [Display(Name = "已确认")]
    Confirmed,

    /// <summary>It does not.</summary>
    [Display(Name = "不予确认")]
    Rejected,

    /// <summary>What it was asked for has been corrected, or it was confirmed, and that was taken back.</summary>
    [Display(Name = "已撤回")]
    Withdrawn,
}

/// <summary>
/// Whether a paper on file proves what it says (材料确认): asked of the body that knows, which is never the one that
/// profits. The latest of a paper counts; after a rejection the next body may be asked.
/// </summary>
public sealed class Confirmation : IScoped
{
    /// <summary>Of the confirmation.</summary>
    public Guid Id { get; init; }

    /// <summary>The paper.</summary>
    public Guid EvidenceId { get; init; }

    /// <summary>Counted from 1 for each paper: who objects is followed by who decides. The last counts.</summary>
    public int Round { get; init; }

    /// <summary>The case that it is filed with; the body that is asked need not see the case.</summary>
    public Guid CaseId { get; init; }

    /// <summary>The id of the workflow.</summary>
    public required string Workflow { get; init; }

    /// <summary>What the paper is, as the workflow names it.</summary>
    public required string Kind { get; init; }

    /// <summary>Whom the case is about; null: no student.</summary>
    public Guid? StudentId { get; init; }

    /// <summary>Whom it is about.</summary>
    public Student? Student { get; init; }

    /// <summary>As the register wrote it when the paper was filed: who is asked does not see the student.</summary>
    public string? StudentName { get; init; }

    /// <summary>Who issued the paper.</summary>
    public required string Issuer { get; init; }

    /// <summary>The day that the paper bears.</summary>
    public DateOnly Date { get; init; }

    /// <summary>The body that is asked: a school, or a bureau's division.</summary>
    public required string Scope { get; init; }

    /// <summary>When it was asked.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>What it says.</summary>
    public ConfirmationState State { get; set; }

    /// <summary>When it said so; null: not yet.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Who said so; null: nobody yet.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Why it does not, or no longer; null: it does.</summary>
    public string? Reason { get; set; }

    /// <summary>The same question to the same body, asked anew.</summary>
    internal Confirmation Again(Guid id, DateTimeOffset now) =>
        new()
        {
            Id = id,
            EvidenceId = EvidenceId,
            Round = Round + 1,
            CaseId = CaseId,
            Workflow = Workflow,
            Kind = Kind,
            StudentId = StudentId,
            StudentName = StudentName,
            Issuer = Issuer,
            Date = Date,
            Scope = Scope,
            AskedAt = now,
        };

    /// <summary>
    /// Who speaks for a body: a school for itself, a bureau for its division. Nobody above or beneath it does.
    /// </summary>
    internal static IReadOnlyList<Role> SpeakersOf(string scope) =>
        [.. Speakers.Where(r => ScopePath.LevelsOf(scope).Any(r.Levels.Contains))];

    private static readonly IReadOnlyList<Role> Speakers =
    [
        Role.Province,
        Role.Prefecture,
        Role.County,
        Role.School,
        Role.Vocational,
    ];
}

/// <summary>Who is asked whether a paper proves what it says.</summary>
/// <param name="Bodies">
/// By their scopes: the first for which a user can speak is asked; if there is none for any, the last.
/// </param>
public sealed record Confirmers(params IReadOnlyList<string> Bodies)
{
    /// <summary>Who decides where the first says no; null: that no is final.</summary>
    public string? Decides { get; init; }
}

internal sealed class ConfirmationTable : Table<Confirmation>
{
    protected override void Declare(TableBuilder<Confirmation> table) =>
        table
            .Named("core_confirmation")
            .VisibleBy(c => c.Scope)
            .Concerns(c => c.StudentId)
            .Kept()
            .Personal(c => c.StudentName, PersonalKind.Name, CaseTable.Purpose)
            .Personal(c => c.Reason, PersonalKind.Note, CaseTable.Purpose)
            .Harmless(c => c.Workflow, c => c.Kind, c => c.Issuer, c => c.DecidedBy)
            .References(c => c.Student, c => c.StudentId)
            .Index(c => c.Scope)
            .Index(c => c.CaseId)
            .Index(c => c.StudentId)
            .Index(c => new { c.EvidenceId, c.Round }, unique: true);
}
