using System.ComponentModel.DataAnnotations;
using System.Reflection;
using EduAssist.Data;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Listings;

/// <summary>An administrative division.</summary>
internal sealed class DivisionRow
{
    [Key, Searched, Display(Name = "行政区划代码")]
    public required string Code { get; init; }

    [Searched, Display(Name = "名称")]
    public required string Name { get; init; }

    [Display(Name = "级别")]
    public DivisionLevel Level { get; init; }

    [Coded(CodeSystem.Division), Display(Name = "上级代码")]
    public string? Parent { get; init; }

    [Display(Name = "现行代码")]
    public string? Successor { get; init; }
}

internal sealed class DivisionListing() : Listing<DivisionRow>("Divisions", "行政区划")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [
        new("ParentDivision", "Divisions", nameof(DivisionRow.Parent), nameof(DivisionRow.Code)),
        new("Children", "Divisions", nameof(DivisionRow.Code), nameof(DivisionRow.Parent), IsMany: true),
        new("Schools", "Schools", nameof(DivisionRow.Code), nameof(SchoolRow.Division), IsMany: true),
    ];

    public override IQueryable<DivisionRow> Query(ListingSource source) =>
        source
            .Db.Set<StoredDivision>()
            .Select(d => new DivisionRow
            {
                Code = d.Code,
                Name = d.Name,
                Level = d.Level,
                Parent = d.Parent,
                Successor = d.Successor,
            });
}

/// <summary>A school.</summary>
internal sealed class SchoolRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Searched, Display(Name = "学校标识码")]
    public string? Code { get; init; }

    [Searched, Display(Name = "学校")]
    public required string Name { get; init; }

    [Searched, Display(Name = "别名")]
    public string? Alias { get; init; }

    [Display(Name = "办学类型")]
    public SchoolKind Kind { get; init; }

    [Coded(CodeSystem.Division), Display(Name = "主管部门所在行政区划")]
    public required string Division { get; init; }

    [Display(Name = "版本")]
    public long Version { get; init; }
}

internal sealed class SchoolListing() : Listing<SchoolRow>("Schools", "学校")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [
        new("AdministrativeDivision", "Divisions", nameof(SchoolRow.Division), nameof(DivisionRow.Code)),
        new("Rolls", "Rolls", nameof(SchoolRow.Id), nameof(RollRow.SchoolId), IsMany: true),
        new("Attributes", "SchoolAttributes", nameof(SchoolRow.Id), nameof(SchoolAttributeRow.SchoolId), IsMany: true),
    ];

    public override IQueryable<SchoolRow> Query(ListingSource source) =>
        source
            .Db.Set<School>()
            .Select(s => new SchoolRow
            {
                Id = s.Id,
                Code = s.Code,
                Name = s.Name,
                Alias = s.Alias,
                Kind = s.Kind,
                Division = s.Division,
                Version = s.Version,
            });
}

/// <summary>A student.</summary>
internal sealed class StudentRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Searched, Display(Name = "姓名")]
    public required string Name { get; init; }

    [Display(Name = "性别")]
    public Sex Sex { get; init; }

    [Display(Name = "出生日期")]
    public DateOnly? BirthDate { get; init; }

    [Display(Name = "民族")]
    public string? Ethnicity { get; init; }

    [Searched, Display(Name = "公民身份号码")]
    public string? ResidentId { get; init; }

    [Display(Name = "其他证件类型")]
    public IdDocumentKind? DocumentKind { get; init; }

    [Searched, Display(Name = "其他证件号")]
    public string? DocumentNumber { get; init; }

    [Searched, Display(Name = "全国学籍号")]
    public string? NationalNumber { get; init; }

    [Display(Name = "联系电话")]
    public string? Phone { get; init; }

    /// <summary>Whether there is, or was, a roll: who has none is a person whom a case is about.</summary>
    [Display(Name = "有学籍")]
    public bool OnRegister { get; init; }

    [Display(Name = "版本")]
    public long Version { get; init; }

    /// <summary>No column: lists go by it.</summary>
    internal string Scope { get; init; } = "";
}

internal sealed class StudentListing() : Listing<StudentRow>("Students", "学生")
{
    private static readonly IReadOnlyList<PropertyInfo> ByPlace = Properties(
        nameof(StudentRow.Scope),
        nameof(StudentRow.Name),
        nameof(StudentRow.Id)
    );

    public override IReadOnlyList<PropertyInfo> Order(ScopedReadDbContext db) => ByPlace;

    public override IReadOnlyList<ListingLink> Links { get; } =
    [
        new("Guardians", "Guardians", nameof(StudentRow.Id), nameof(GuardianRow.StudentId), IsMany: true),
        new("Rolls", "Rolls", nameof(StudentRow.Id), nameof(RollRow.StudentId), IsMany: true),
        new("Cases", "Cases", nameof(StudentRow.Id), nameof(CaseRow.StudentId), IsMany: true),
        new("Assessments", "Assessments", nameof(StudentRow.Id), nameof(AssessmentRow.StudentId), IsMany: true),
    ];

    public override IQueryable<StudentRow> Query(ListingSource source) =>
        source
            .Db.Set<Student>()
            .Select(s => new StudentRow
            {
                Id = s.Id,
                Name = s.Name,
                Sex = s.Sex,
                BirthDate = s.BirthDate,
                Ethnicity = s.Ethnicity,
                ResidentId = s.ResidentId,
                DocumentKind = s.DocumentKind,
                DocumentNumber = s.DocumentNumber,
                NationalNumber = s.NationalNumber,
                Phone = s.Phone,
                OnRegister = s.Rolls.Any(),
                Version = s.Version,
                Scope = s.Scope,
            });
}

/// <summary>A guardian.</summary>
internal sealed class GuardianRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "学生标识")]
    public Guid StudentId { get; init; }

    [Searched, Display(Name = "姓名")]
    public required string Name { get; init; }

    [Display(Name = "与学生的关系")]
    public Kinship Kinship { get; init; }

    [Display(Name = "联系电话")]
    public string? Phone { get; init; }

    /// <summary>No column: lists go by it.</summary>
    internal string Scope { get; init; } = "";
}

internal sealed class GuardianListing() : Listing<GuardianRow>("Guardians", "监护人")
{
    private static readonly IReadOnlyList<PropertyInfo> ByPlace = Properties(
        nameof(GuardianRow.Scope),
        nameof(GuardianRow.Id)
    );

    public override IReadOnlyList<PropertyInfo> Order(ScopedReadDbContext db) => ByPlace;

    public override IReadOnlyList<ListingLink> Links { get; } =
    [new("Student", "Students", nameof(GuardianRow.StudentId), nameof(StudentRow.Id))];

    public override IQueryable<GuardianRow> Query(ListingSource source) =>
        source
            .Db.Set<Guardian>()
            .Select(g => new GuardianRow
            {
                Id = g.Id,
                StudentId = g.StudentId,
                Name = g.Name,
                Kinship = g.Kinship,
                Phone = g.Phone,
                Scope = g.Scope,
            });
}

/// <summary>A roll.</summary>
internal sealed class RollRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "学生标识")]
    public Guid StudentId { get; init; }

    [Display(Name = "学校标识")]
    public Guid SchoolId { get; init; }

    [Display(Name = "学籍种类")]
    public RollKind Kind { get; init; }

    [Searched, Display(Name = "学籍号")]
    public string? Number { get; init; }

    [Display(Name = "年级")]
    public int Grade { get; init; }

    [Display(Name = "班级")]
    public string? ClassName { get; init; }

    [Display(Name = "学籍状态")]
    public RollState State { get; init; }

    [Display(Name = "状态起始日")]
    public DateOnly Since { get; init; }

    [Display(Name = "版本")]
    public long Version { get; init; }

    /// <summary>No column: lists go by it.</summary>
    internal string Scope { get; init; } = "";
}

internal sealed class RollListing() : Listing<RollRow>("Rolls", "学籍")
{
    private static readonly IReadOnlyList<PropertyInfo> ByPlace = Properties(nameof(RollRow.Scope), nameof(RollRow.Id));

    public override IReadOnlyList<PropertyInfo> Order(ScopedReadDbContext db) => ByPlace;

    public override IReadOnlyList<ListingLink> Links { get; } =
    [
        new("Student", "Students", nameof(RollRow.StudentId), nameof(StudentRow.Id)),
        new("School", "Schools", nameof(RollRow.SchoolId), nameof(SchoolRow.Id)),
    ];

    public override IQueryable<RollRow> Query(ListingSource source) =>
        source
            .Db.Set<Roll>()
            .Select(r => new RollRow
            {
                Id = r.Id,
                StudentId = r.StudentId,
                SchoolId = r.SchoolId,
                Kind = r.Kind,
                Number = r.Number,
                Grade = r.Grade,
                ClassName = r.ClassName,
                State = r.State,
                Since = r.Since,
                Version = r.Version,
                Scope = r.Scope,
            });
}
