using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Enrolment;

/// <summary>What a school or a bureau says of two students who might be one (疑似重复的核对意见).</summary>
public sealed class DoubleNote
{
    /// <summary>Of the note.</summary>
    public Guid Id { get; init; }

    /// <summary>One of both.</summary>
    public Guid StudentId { get; init; }

    /// <summary>One of both.</summary>
    public Student Student { get; init; } = null!;

    /// <summary>The other.</summary>
    public Guid OtherId { get; init; }

    /// <summary>Whether they are said to be one person.</summary>
    public bool IsSame { get; init; }

    /// <summary>Whether a bureau says it: what a bureau calls two persons is suspected no more.</summary>
    public bool IsDecided { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who says it.</summary>
    public required string Actor { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}

internal sealed class DoubleNoteTable : Table<DoubleNote>
{
    protected override void Declare(TableBuilder<DoubleNote> table) =>
        table
            .Named("core_double_note")
            .VisibleThrough(n => n.Student)
            .Concerns(n => n.StudentId)
            .ConcernsToo(n => n.OtherId)
            .Kept() // merged, they are of one student
            .Personal(n => n.Reason, PersonalKind.Note, Purposes.RollKeeping)
            .Harmless(n => n.Actor)
            .References(n => n.Student, n => n.StudentId)
            .References<Student>(n => n.OtherId)
            .Index(n => n.StudentId)
            .Index(n => n.OtherId);
}
