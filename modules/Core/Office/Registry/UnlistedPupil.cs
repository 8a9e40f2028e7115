using System.ComponentModel.DataAnnotations;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;

namespace EduAssist.Office.Registry;

/// <summary>
/// A pupil on the roll of a school whom a list of that school leaves out (上学期在册、本学期未见). Made by the list; it ends when
/// a later list of any school names the pupil, and is open only while the roll is.
/// </summary>
public sealed class UnlistedPupil : IScoped
{
    /// <summary>Of the row.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of the student.</summary>
    public Guid StudentId { get; init; }

    /// <summary>The student.</summary>
    public Student Student { get; init; } = null!;

    /// <summary>The id of the roll.</summary>
    public Guid RollId { get; init; }

    /// <summary>The roll, which no list takes anybody off.</summary>
    public Roll Roll { get; init; } = null!;

    /// <summary>The id of the school.</summary>
    public Guid SchoolId { get; init; }

    /// <summary>The school that is asked.</summary>
    public School School { get; init; } = null!;

    /// <summary>The school year of the last list that left the pupil out.</summary>
    public int SchoolYear { get; set; }

    /// <summary>Its term: for each the school is asked anew.</summary>
    public Term Term { get; set; }

    /// <summary>The day from which the first list that left the pupil out holds.</summary>
    public DateOnly Since { get; init; }

    /// <summary>Who brought the last list that left the pupil out.</summary>
    public required string Actor { get; set; }

    /// <summary>The day of the list that named the pupil again; null: none has.</summary>
    public DateOnly? NamedOn { get; set; }

    /// <summary>Of the school.</summary>
    public required string Scope { get; init; }

    /// <summary>The ETag; it grows with every list and every answer.</summary>
    public long Version { get; set; } = 1;
}

/// <summary>Where a pupil is whom the list left out.</summary>
public enum WhereaboutsKind
{
    /// <summary>仍在本校.</summary>
    [Display(Name = "仍在本校，名单漏列")]
    StillHere,

    /// <summary>已转学.</summary>
    [Display(Name = "已转到其他学校")]
    Transferred,

    /// <summary>随人离开.</summary>
    [Display(Name = "已随家人离开")]
    Left,

    /// <summary>去向不明.</summary>
    [Display(Name = "去向不明")]
    Unknown,
}

/// <summary>
/// What a school says of where a pupil is (去向). It says, and changes nothing: a roll changes by the steps that there
/// are for it. No part of a list, so that the list can still be taken back.
/// </summary>
public sealed class Whereabouts : IScoped
{
    /// <summary>Of the answer.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of the student.</summary>
    public Guid StudentId { get; init; }

    /// <summary>The id of the roll.</summary>
    public Guid RollId { get; init; }

    /// <summary>The school year that was asked for.</summary>
    public int SchoolYear { get; init; }

    /// <summary>The term that was asked for.</summary>
    public Term Term { get; init; }

    /// <summary>Where.</summary>
    public WhereaboutsKind Kind { get; set; }

    /// <summary>To which school, with whom and to where; null: nothing more is said.</summary>
    public string? Detail { get; set; }

    /// <summary>Who says it.</summary>
    public required string Actor { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Of the school.</summary>
    public required string Scope { get; init; }
}

internal sealed class UnlistedPupilTable : Table<UnlistedPupil>
{
    protected override void Declare(TableBuilder<UnlistedPupil> table) =>
        table
            .Named("core_unlisted_pupil")
            .VisibleBy(u => u.Scope)
            .Concerns(u => u.StudentId)
            .Kept()
            .Harmless(u => u.Actor)
            .Default(u => u.Version, 1L)
            .ConcurrencyToken(u => u.Version)
            .References(u => u.Student, u => u.StudentId)
            .References(u => u.Roll, u => u.RollId)
            .References(u => u.School, u => u.SchoolId)
            .Index(u => u.StudentId)
            .Index(u => u.RollId)
            // the open ones of a place are one range of it
            .Index(u => new
            {
                u.NamedOn,
                u.Scope,
                u.Id,
            });
}

internal sealed class WhereaboutsTable : Table<Whereabouts>
{
    protected override void Declare(TableBuilder<Whereabouts> table) =>
        table
            .Named("core_whereabouts")
            .VisibleBy(w => w.Scope)
            .Concerns(w => w.StudentId)
            .Kept()
            .Personal(w => w.Detail, PersonalKind.Note, Purposes.RollKeeping)
            .Harmless(w => w.Actor)
            .References<Student>(w => w.StudentId)
            .References<Roll>(w => w.RollId)
            .Index(w => w.StudentId)
            .Index(
                w => new
                {
                    w.RollId,
                    w.SchoolYear,
                    w.Term,
                },
                unique: true
            );
}
