using System.ComponentModel.DataAnnotations;
using EduAssist.Office.Listings;

namespace EduAssist.ToyRegion;

/// <summary>A line of the applications.</summary>
internal sealed class ApplicationLine
{
    [Key, Display(Name = "标识")] public Guid Id { get; init; }
    [Filtered, Display(Name = "年度")] public int Year { get; init; }
    [Filtered, Coded(CodeSystem.CaseState), Display(Name = "状态")] public required string State { get; init; }
    [Display(Name = "学生标识")] public Guid? StudentId { get; init; }
    [Searched, Display(Name = "学生姓名")] public required string StudentName { get; init; }
    [Searched, Display(Name = "身份证号码")] public string? ResidentId { get; init; }
    [Display(Name = "监护人联系电话")] public string? GuardianPhone { get; init; }
    [Searched, Display(Name = "学校")] public required string School { get; init; }
    [Display(Name = "评估结论")] public Verdict? Verdict { get; init; }
    [Display(Name = "同意日期")] public DateOnly? GrantedOn { get; init; }
    [Filtered, Display(Name = "乘车线路")] public string? Route { get; init; }
}

internal sealed class ApplicationListing() : Listing<ApplicationLine>("ToyRegionApplications", "走读帮扶申请")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
        [new("Student", "Students", nameof(ApplicationLine.StudentId), "Id")];

    public override IQueryable<ApplicationLine> Query(ListingSource source) =>
        source.Db.Set<ApplicationRow>().Select(a => new ApplicationLine
        {
            Id = a.CaseId,
            Year = a.Case.Year,
            State = a.Case.State,
            StudentId = a.Case.StudentId,
            StudentName = a.StudentName,
            ResidentId = a.Case.Student!.ResidentId,
            GuardianPhone = a.GuardianPhone,
            School = a.SchoolName,
            Verdict = a.Verdict,
            GrantedOn = a.GrantedOn,
            Route = a.Route,
        });
}
