using System.ComponentModel.DataAnnotations;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Listings;

/// <summary>A value that a school has of an attribute.</summary>
internal sealed class SchoolAttributeRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "学校标识")]
    public Guid SchoolId { get; init; }

    [Searched, Display(Name = "学校")]
    public required string SchoolName { get; init; }

    [Coded(CodeSystem.SchoolAttribute), Filtered, Display(Name = "属性")]
    public required string Attribute { get; init; }

    [Coded(CodeSystem.SchoolAttributeValue), Display(Name = "取值")]
    public required string Value { get; init; }

    [Display(Name = "起始日期")]
    public DateOnly From { get; init; }

    [Display(Name = "截止日期")]
    public DateOnly? Until { get; init; }

    [Searched, Display(Name = "认定单位")]
    public required string Source { get; init; }

    [Display(Name = "文件")]
    public required string Paper { get; init; }

    [Display(Name = "文件日期")]
    public DateOnly PaperDate { get; init; }
}

/// <summary>Of schools that the reader sees.</summary>
internal sealed class SchoolAttributeListing() : Listing<SchoolAttributeRow>("SchoolAttributes", "学校属性")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [new("School", "Schools", nameof(SchoolAttributeRow.SchoolId), nameof(SchoolRow.Id))];

    public override IQueryable<SchoolAttributeRow> Query(ListingSource source) =>
        source
            .Db.Set<SchoolAttributeEntry>()
            .Select(a => new SchoolAttributeRow
            {
                Id = a.Id,
                SchoolId = a.SchoolId,
                SchoolName = a.School.Name,
                Attribute = a.Attribute,
                Value = a.Value,
                From = a.From,
                Until = a.Until,
                Source = a.Source,
                Paper = a.Paper,
                PaperDate = a.PaperDate,
            });
}
