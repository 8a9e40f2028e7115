using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel.Access;

namespace EduAssist.Office.Registry;

/// <summary>
/// A pupil whom another school has taken over, by its list or by a transfer (转出学生), as the school that had the pupil
/// sees it: the pupil's own row lies elsewhere by now, so name and schools stand here.
/// </summary>
public sealed class Takeover : IScoped
{
    /// <summary>Of the row.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of the student.</summary>
    public Guid StudentId { get; init; }

    /// <summary>The id of the roll that was closed.</summary>
    public Guid RollId { get; init; }

    /// <summary>The pupil's name.</summary>
    public required string Name { get; init; }

    /// <summary>The grade on the roll that was closed.</summary>
    public int Grade { get; init; }

    /// <summary>The class on it; null: none.</summary>
    public string? ClassName { get; init; }

    /// <summary>The school that had the pupil.</summary>
    public required string FromSchool { get; init; }

    /// <summary>The school that has the pupil.</summary>
    public required string ToSchool { get; init; }

    /// <summary>From which day on.</summary>
    public DateOnly On { get; init; }

    /// <summary>Whether by a list; otherwise by a transfer by hand.</summary>
    public bool IsByList { get; init; }

    /// <summary>Who brought the list, or made the transfer.</summary>
    public required string Actor { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Of the school that had the pupil.</summary>
    public required string Scope { get; init; }

    /// <summary>The ETag; it grows with every opinion and decision.</summary>
    public long Version { get; set; } = 1;
}

/// <summary>
/// What the school that had a pupil says of the takeover, and what the bureau decides (核对). No part of the list, so
/// that a list that is wrong can still be taken back.
/// </summary>
public sealed class TakeoverReview : IScoped
{
    /// <summary>Of the review.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of the takeover, which may have been taken back.</summary>
    public Guid TakeoverId { get; init; }

    /// <summary>The id of the student.</summary>
    public Guid StudentId { get; init; }

    /// <summary>Whether the school says that it is right (无误); null: the school says nothing.</summary>
    public bool? IsRight { get; set; }

    /// <summary>Why not; null: nothing is said.</summary>
    public string? Reason { get; set; }

    /// <summary>Who says it; null: nobody.</summary>
    public string? Actor { get; set; }

    /// <summary>When; null: never.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>Whether the bureau upholds the takeover; null: it has not decided.</summary>
    public bool? IsUpheld { get; set; }

    /// <summary>Why; null: nothing is said.</summary>
    public string? DecisionReason { get; set; }

    /// <summary>Who decided; null: nobody.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>When it was decided; null: it was not.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Of the school that had the pupil.</summary>
    public required string Scope { get; init; }
}

internal sealed class TakeoverTable : Table<Takeover>
{
    protected override void Declare(TableBuilder<Takeover> table) =>
        table
            .Named("core_takeover")
            .VisibleBy(t => t.Scope)
            .Concerns(t => t.StudentId)
            .Kept() // merged, it is of one student
            .Personal(t => t.Name, PersonalKind.Name, Purposes.RollKeeping)
            .Harmless(t => t.ClassName, t => t.FromSchool, t => t.ToSchool, t => t.Actor)
            .Default(t => t.Version, 1L)
            .ConcurrencyToken(t => t.Version)
            .References<Student>(t => t.StudentId)
            .References<Roll>(t => t.RollId)
            .Index(t => t.StudentId)
            .Index(t => t.RollId)
            .Index(t => new
            {
                t.Scope,
                t.On,
                t.Id,
            });
}

internal sealed class TakeoverReviewTable : Table<TakeoverReview>
{
    protected override void Declare(TableBuilder<TakeoverReview> table) =>
        table
            .Named("core_takeover_review")
            .VisibleBy(r => r.Scope)
            .Concerns(r => r.StudentId)
            .Kept()
            .Personal(r => r.Reason, PersonalKind.Note, Purposes.RollKeeping)
            .Personal(r => r.DecisionReason, PersonalKind.Note, Purposes.RollKeeping)
            .Harmless(r => r.Actor, r => r.DecidedBy)
            .References<Student>(r => r.StudentId)
            .Index(r => r.StudentId)
            .Index(r => r.TakeoverId, unique: true);
}
