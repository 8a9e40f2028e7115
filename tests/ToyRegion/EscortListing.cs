using System.ComponentModel.DataAnnotations;
using EduAssist.Office.Listings;

namespace EduAssist.ToyRegion;

/// <summary>A line of the escorts.</summary>
internal sealed class EscortLine
{
    [Key, Display(Name = "标识")] public Guid Id { get; init; }
    [Filtered, Coded(CodeSystem.CaseState), Display(Name = "状态")] public required string State { get; init; }
    [Display(Name = "人员标识")] public Guid? StudentId { get; init; }
    [Searched, Display(Name = "姓名")] public required string Name { get; init; }
    [Display(Name = "身份证号码")] public string? ResidentId { get; init; }
    [Searched, Display(Name = "学校")] public required string School { get; init; }
}

internal sealed class EscortListing() : Listing<EscortLine>("ToyRegionEscorts", "随车照管员")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
        [new("Student", "Students", nameof(EscortLine.StudentId), "Id")];

    public override IQueryable<EscortLine> Query(ListingSource source) =>
        source.Db.Set<EscortRow>().Select(e => new EscortLine
        {
            Id = e.CaseId,
            State = e.Case.State,
            StudentId = e.Case.StudentId,
            Name = e.Name,
            ResidentId = e.Case.Student!.ResidentId,
            School = e.SchoolName,
        });
}
