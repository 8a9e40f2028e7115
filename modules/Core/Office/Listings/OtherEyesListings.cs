using System.ComponentModel.DataAnnotations;
using System.Reflection;
using EduAssist.Data;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Listings;

/// <summary>A pupil whom a list of the school left out.</summary>
internal sealed class UnlistedRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "学生标识")]
    public Guid StudentId { get; init; }

    [Display(Name = "学籍标识")]
    public Guid RollId { get; init; }

    [Display(Name = "学校标识")]
    public Guid SchoolId { get; init; }

    [Searched, Display(Name = "学生姓名")]
    public required string StudentName { get; init; }

    [Searched, Display(Name = "学校")]
    public required string School { get; init; }

    [Display(Name = "年级")]
    public int Grade { get; init; }

    [Display(Name = "班级")]
    public string? ClassName { get; init; }

    [Display(Name = "学籍状态")]
    public RollState State { get; init; }

    [Display(Name = "学年起始年")]
    public int SchoolYear { get; init; }

    [Filtered, Display(Name = "学期")]
    public Term Term { get; init; }

    [Display(Name = "自何日名单起")]
    public DateOnly Since { get; init; }

    [Display(Name = "重新列入之日")]
    public DateOnly? NamedOn { get; init; }

    [Display(Name = "去向")]
    public WhereaboutsKind? Whereabouts { get; init; }

    [Display(Name = "由谁填写")]
    public string? AnsweredBy { get; init; }

    [Display(Name = "填写时间")]
    public DateTimeOffset? AnsweredAt { get; init; }

    [Display(Name = "版本")]
    public long Version { get; init; }
}

/// <summary>Open and ended ones, with what the school says for the term that is asked for.</summary>
internal sealed class UnlistedListing() : Listing<UnlistedRow>("UnlistedPupils", "上学期在册、本学期未见")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [
        new("Student", "Students", nameof(UnlistedRow.StudentId), nameof(StudentRow.Id)),
        new("Roll", "Rolls", nameof(UnlistedRow.RollId), nameof(RollRow.Id)),
    ];

    public override IQueryable<UnlistedRow> Query(ListingSource source) =>
        source
            .Db.Set<UnlistedPupil>()
            .LeftJoin(
                source.Db.Set<Whereabouts>(),
                u => new
                {
                    u.RollId,
                    u.SchoolYear,
                    u.Term,
                },
                w => new
                {
                    w.RollId,
                    w.SchoolYear,
                    w.Term,
                },
                (u, w) =>
                    new UnlistedRow
                    {
                        Id = u.Id,
                        StudentId = u.StudentId,
                        RollId = u.RollId,
                        SchoolId = u.SchoolId,
                        StudentName = u.Student.Name,
                        School = u.School.Name,
                        Grade = u.Roll.Grade,
                        ClassName = u.Roll.ClassName,
                        State = u.Roll.State,
                        SchoolYear = u.SchoolYear,
                        Term = u.Term,
                        Since = u.Since,
                        NamedOn = u.NamedOn,
                        Whereabouts = w!.Kind,
                        AnsweredBy = w.Actor,
                        AnsweredAt = w.At,
                        Version = u.Version,
                    }
            );
}

/// <summary>A pupil whom another school took over.</summary>
internal sealed class TakeoverRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "学生标识")]
    public Guid StudentId { get; init; }

    [Searched, Display(Name = "学生姓名")]
    public required string Name { get; init; }

    [Display(Name = "年级")]
    public int Grade { get; init; }

    [Display(Name = "班级")]
    public string? ClassName { get; init; }

    [Searched, Display(Name = "原学校")]
    public required string FromSchool { get; init; }

    [Searched, Display(Name = "转入学校")]
    public required string ToSchool { get; init; }

    [Display(Name = "起始日")]
    public DateOnly On { get; init; }

    [Display(Name = "由名单转入")]
    public bool IsByList { get; init; }

    [Display(Name = "由谁办理")]
    public required string Actor { get; init; }

    [Display(Name = "办理时间")]
    public DateTimeOffset At { get; init; }

    [Display(Name = "原学校核对无误")]
    public bool? IsRight { get; init; }

    [Display(Name = "认定属实")]
    public bool? IsUpheld { get; init; }

    [Display(Name = "由谁认定")]
    public string? DecidedBy { get; init; }

    [Display(Name = "版本")]
    public long Version { get; init; }

    /// <summary>No column: lists go by it.</summary>
    internal string Scope { get; init; } = "";
}

/// <summary>Seen where they were; the pupil may be out of sight by now.</summary>
internal sealed class TakeoverListing() : Listing<TakeoverRow>("Takeovers", "转出学生")
{
    private static readonly IReadOnlyList<PropertyInfo> ByPlace = Properties(
        nameof(TakeoverRow.Scope),
        nameof(TakeoverRow.On),
        nameof(TakeoverRow.Id)
    );

    public override IReadOnlyList<PropertyInfo> Order(ScopedReadDbContext db) => ByPlace;

    public override IReadOnlyList<ListingLink> Links { get; } =
    [new("Student", "Students", nameof(TakeoverRow.StudentId), nameof(StudentRow.Id))];

    public override IQueryable<TakeoverRow> Query(ListingSource source) =>
        source
            .Db.Set<Takeover>()
            .LeftJoin(
                source.Db.Set<TakeoverReview>(),
                t => t.Id,
                r => r.TakeoverId,
                (t, r) =>
                    new TakeoverRow
                    {
                        Id = t.Id,
                        StudentId = t.StudentId,
                        Name = t.Name,
                        Grade = t.Grade,
                        ClassName = t.ClassName,
                        FromSchool = t.FromSchool,
                        ToSchool = t.ToSchool,
                        On = t.On,
                        IsByList = t.IsByList,
                        Actor = t.Actor,
                        At = t.At,
                        IsRight = r!.IsRight,
                        IsUpheld = r.IsUpheld,
                        DecidedBy = r.DecidedBy,
                        Version = t.Version,
                        Scope = t.Scope,
                    }
            );
}

/// <summary>A class.</summary>
internal sealed class ClassRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "学校标识")]
    public Guid SchoolId { get; init; }

    [Display(Name = "学年起始年")]
    public int SchoolYear { get; init; }

    [Display(Name = "年级")]
    public int Grade { get; init; }

    [Searched, Display(Name = "班级")]
    public required string Name { get; init; }

    [Display(Name = "由何新建")]
    public ClassOrigin? Origin { get; init; }

    [Display(Name = "新建时间")]
    public DateTimeOffset? MadeAt { get; init; }

    [Display(Name = "由谁新建")]
    public string? MadeBy { get; init; }

    [Display(Name = "在籍学生数")]
    public int Pupils { get; init; }

    [Display(Name = "版本")]
    public long Version { get; init; }
}

/// <summary>All classes that the reader sees; whose class teachers are users, and in no listing.</summary>
internal sealed class ClassListing() : Listing<ClassRow>("Classes", "班级")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [new("School", "Schools", nameof(ClassRow.SchoolId), nameof(SchoolRow.Id))];

    public override IQueryable<ClassRow> Query(ListingSource source) =>
        source
            .Db.Set<SchoolClass>()
            .Select(g => new ClassRow
            {
                Id = g.Id,
                SchoolId = g.SchoolId,
                SchoolYear = g.SchoolYear,
                Grade = g.Grade,
                Name = g.Name,
                Origin = g.Origin,
                MadeAt = g.MadeAt,
                MadeBy = g.MadeBy,
                Pupils = source
                    .Db.Set<Roll>()
                    .Count(r => r.Scope == g.Scope && (r.State == RollState.OnRoll || r.State == RollState.Suspended)),
                Version = g.Version,
            });
}
