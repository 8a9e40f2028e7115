using System.ComponentModel.DataAnnotations;
using System.Reflection;
using EduAssist.Data;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Listings;

/// <summary>How a roll stood from a day on.</summary>
internal sealed class StandingRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "学籍标识")]
    public Guid RollId { get; init; }

    [Display(Name = "学生标识")]
    public Guid StudentId { get; init; }

    [Display(Name = "学籍种类")]
    public RollKind Kind { get; init; }

    [Display(Name = "起始日")]
    public DateOnly From { get; init; }

    [Display(Name = "学籍状态")]
    public RollState State { get; init; }

    [Display(Name = "年级")]
    public int Grade { get; init; }

    [Display(Name = "原因")]
    public string? Reason { get; init; }

    /// <summary>No column: lists go by it.</summary>
    internal string Scope { get; init; } = "";
}

/// <summary>Of rolls that the reader sees.</summary>
internal sealed class StandingListing() : Listing<StandingRow>("Standings", "学籍变动")
{
    private static readonly IReadOnlyList<PropertyInfo> ByPlace = Properties(
        nameof(StandingRow.Scope),
        nameof(StandingRow.RollId),
        nameof(StandingRow.Id)
    );

    /// <summary>The place is the roll's: for whoever sees almost all rolls, the key alone is the shorter way.</summary>
    public override IReadOnlyList<PropertyInfo> Order(ScopedReadDbContext db) => db.SeesAlmostAll ? [] : ByPlace;

    public override IReadOnlyList<ListingLink> Links { get; } =
    [
        new("Roll", "Rolls", nameof(StandingRow.RollId), nameof(RollRow.Id)),
        new("Student", "Students", nameof(StandingRow.StudentId), nameof(StudentRow.Id)),
    ];

    public override IQueryable<StandingRow> Query(ListingSource source) =>
        source
            .Db.Set<RollStanding>()
            .Select(s => new StandingRow
            {
                Id = s.Id,
                RollId = s.RollId,
                StudentId = s.Roll.StudentId,
                Kind = s.Roll.Kind,
                From = s.From,
                State = s.State,
                Grade = s.Grade,
                Reason = s.Reason,
                Scope = s.Roll.Scope,
            });
}
