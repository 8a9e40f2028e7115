using System.ComponentModel.DataAnnotations;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Listings;

/// <summary>A student's entry in a group.</summary>
internal sealed class PersonGroupRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "学生标识")]
    public Guid StudentId { get; init; }

    [Searched, Display(Name = "学生姓名")]
    public required string StudentName { get; init; }

    [Filtered, Display(Name = "群体")]
    public PersonGroupKind Kind { get; init; }

    [Display(Name = "残疾类别和等级")]
    public string? Degree { get; init; }

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

/// <summary>
/// Of students that the reader sees. Who struggles with learning is in no list: it is told of a child one by one, to
/// those who may see the child's personal data.
/// </summary>
internal sealed class PersonGroupListing() : Listing<PersonGroupRow>("PersonGroups", "特殊群体")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [new("Student", "Students", nameof(PersonGroupRow.StudentId), nameof(StudentRow.Id))];

    public override IQueryable<PersonGroupRow> Query(ListingSource source) =>
        source
            .Db.Set<PersonGroup>()
            .Where(g => g.Kind != PersonGroupKind.StrugglingLearner)
            .Select(g => new PersonGroupRow
            {
                Id = g.Id,
                StudentId = g.StudentId,
                StudentName = g.Student.Name,
                Kind = g.Kind,
                Degree = g.Degree,
                From = g.From,
                Until = g.Until,
                Source = g.Source,
                Paper = g.Paper,
                PaperDate = g.PaperDate,
            });
}
