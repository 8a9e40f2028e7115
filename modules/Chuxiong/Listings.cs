using System.ComponentModel.DataAnnotations;
using EduAssist.Office.Listings;

namespace EduAssist.Chuxiong;

/// <summary>A line of the applications.</summary>
internal sealed class ApplicationLine
{
    [Key, Display(Name = "标识")] public Guid Id { get; init; }
    [Filtered, Display(Name = "年度")] public int Year { get; init; }
    [Filtered, Coded(CodeSystem.CaseState), Display(Name = "状态")] public required string State { get; init; }
    [Display(Name = "学生标识")] public Guid? StudentId { get; init; }
    [Searched, Display(Name = "学生姓名")] public string? StudentName { get; init; }
    [Searched, Display(Name = "身份证号码")] public string? ResidentId { get; init; }
    [Filtered, Coded(CodeSystem.Division), Display(Name = "生源县市")] public required string County { get; init; }
    [Display(Name = "原初中标识")] public Guid JuniorSchoolId { get; init; }
    [Searched, Display(Name = "原初中学校")] public string? JuniorSchool { get; init; }
    [Display(Name = "初中班级")] public string? JuniorClass { get; init; }
    [Display(Name = "职业学校标识")] public Guid? VocationalSchoolId { get; init; }
    [Searched, Display(Name = "职业学校")] public string? VocationalSchool { get; init; }
    [Display(Name = "专业")] public string? Major { get; init; }
    [Display(Name = "评估结论")] public Verdict? Verdict { get; init; }
    [Display(Name = "送读日期")] public DateOnly? SentOn { get; init; }
    [Display(Name = "上海接收学校")] public string? ShanghaiSchool { get; init; }
    [Display(Name = "入学日期")] public DateOnly? EnrolledOn { get; init; }
    [Display(Name = "职教班")] public string? VocationalClass { get; init; }
    [Display(Name = "学号")] public string? VocationalNumber { get; init; }
    [Display(Name = "列入名单日期")] public DateOnly? ListedOn { get; init; }
    [Display(Name = "县市确认日期")] public DateOnly? ConfirmedOn { get; init; }
    [Display(Name = "初中毕业日期")] public DateOnly? GraduatedOn { get; init; }
    [Display(Name = "注册日期")] public DateOnly? RegisteredOn { get; init; }
    [Display(Name = "注册学校")] public string? RegisteredAt { get; init; }
    [Display(Name = "离班原因")] public ExitReason? ExitReason { get; init; }
    [Display(Name = "离班日期")] public DateOnly? ExitOn { get; init; }
    [Display(Name = "版本")] public long Version { get; init; }
}

internal sealed class ApplicationListing() : Listing<ApplicationLine>("ChuxiongApplications", "职教班报名申请")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [
        new("Student", "Students", nameof(ApplicationLine.StudentId), "Id"),
        new("JuniorHigh", "Schools", nameof(ApplicationLine.JuniorSchoolId), "Id"),
        new("Vocational", "Schools", nameof(ApplicationLine.VocationalSchoolId), "Id"),
        new("Exits", "ChuxiongExits", nameof(ApplicationLine.Id), nameof(ExitLine.Id), IsMany: true),
    ];

    public override IQueryable<ApplicationLine> Query(ListingSource source) =>
        source.Db.Set<ApplicationRow>().Select(a => new ApplicationLine
        {
            Id = a.CaseId,
            Year = a.Case.Year,
            State = a.Case.State,
            StudentId = a.Case.StudentId,
            StudentName = a.StudentName,
            ResidentId = a.Case.Student!.ResidentId,
            County = a.County,
            JuniorSchoolId = a.JuniorSchoolId,
            JuniorSchool = a.JuniorSchoolName,
            JuniorClass = a.JuniorClass,
            VocationalSchoolId = a.VocationalSchoolId,
            VocationalSchool = a.VocationalSchoolName,
            Major = a.Major,
            Verdict = a.Verdict,
            SentOn = a.SentOn,
            ShanghaiSchool = a.ShanghaiSchool,
            EnrolledOn = a.EnrolledOn,
            VocationalClass = a.VocationalClass,
            VocationalNumber = a.VocationalNumber,
            ListedOn = a.ListedOn,
            ConfirmedOn = a.ConfirmedOn,
            GraduatedOn = a.GraduatedOn,
            RegisteredOn = a.RegisteredOn,
            RegisteredAt = a.RegisteredAt,
            ExitReason = a.ExitReason,
            ExitOn = a.ExitOn,
            Version = a.Case.Version,
        });
}

/// <summary>Whose plan it is.</summary>
internal enum PlanKind
{
    [Display(Name = "县市送读计划")] County,
    [Display(Name = "学校招生计划")] School,
}

/// <summary>A line of annex 2.</summary>
internal sealed class QuotaLine
{
    [Key, Display(Name = "标识")] public Guid Id { get; init; }
    [Filtered, Display(Name = "年度")] public int Year { get; init; }
    [Display(Name = "种类")] public PlanKind Kind { get; init; }
    [Searched, Display(Name = "县市或学校")] public required string Name { get; init; }
    [Display(Name = "初一入学学籍人数")] public int Entrants { get; init; }
    [Display(Name = "计划数")] public int Planned { get; init; }
    [Display(Name = "已用")] public int Used { get; init; }
    [Display(Name = "东西协作任务数")] public int ShanghaiTask { get; init; }
    [Display(Name = "已送上海")] public int SentToShanghai { get; init; }
}

internal sealed class QuotaListing() : Listing<QuotaLine>("ChuxiongQuotas", "职教班送读招生计划")
{
    public override IQueryable<QuotaLine> Query(ListingSource source) =>
        source.Db.Set<CountyPlan>().Select(p => new QuotaLine
        {
            Id = p.Id,
            Year = p.Year,
            Kind = PlanKind.County,
            Name = p.Name,
            Entrants = p.Entrants,
            Planned = p.Quota,
            Used = p.Sent,
            ShanghaiTask = p.ShanghaiTask,
            SentToShanghai = p.SentToShanghai,
        })
            .Concat(source.Db.Set<SchoolPlan>().Select(p => new QuotaLine
            {
                Id = p.Id,
                Year = p.Year,
                Kind = PlanKind.School,
                Name = p.School.Name,
                Entrants = 0,
                Planned = p.Places,
                Used = p.Enrolled,
                ShanghaiTask = p.ShanghaiTask,
                SentToShanghai = p.SentToShanghai,
            }));
}

/// <summary>What a county has allotted to a junior high.</summary>
internal sealed class AllotmentLine
{
    [Key, Display(Name = "标识")] public Guid Id { get; init; }
    [Filtered, Display(Name = "年度")] public int Year { get; init; }
    [Display(Name = "学校标识")] public Guid SchoolId { get; init; }
    [Searched, Display(Name = "初中学校")] public required string School { get; init; }
    [Display(Name = "分解的计划数")] public int? Places { get; init; }
    [Display(Name = "已送读")] public int Sent { get; init; }
}

internal sealed class AllotmentListing() : Listing<AllotmentLine>("ChuxiongAllotments", "职教班计划分解")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
        [new("JuniorHigh", "Schools", nameof(AllotmentLine.SchoolId), "Id")];

    public override IQueryable<AllotmentLine> Query(ListingSource source) =>
        source.Db.Set<Allotment>().Select(a => new AllotmentLine
        {
            Id = a.Id,
            Year = a.Year,
            SchoolId = a.SchoolId,
            School = a.SchoolName,
            Places = a.Places,
            Sent = a.Sent,
        });
}

/// <summary>四（二）2、五（一）：一个职教班何时编成、何时开课、何时配了班主任。</summary>
internal sealed class ClassLine
{
    [Key, Filtered, Display(Name = "年度")] public int Year { get; init; }
    [Key, Display(Name = "职业学校标识")] public Guid SchoolId { get; init; }
    [Key, Searched, Display(Name = "班级")] public required string ClassName { get; init; }
    [Searched, Display(Name = "职业学校")] public string? School { get; init; }
    [Display(Name = "学生数")] public int Students { get; init; }
    [Display(Name = "在班学生数")] public int Present { get; init; }
    [Display(Name = "编班日期")] public DateOnly? FormedOn { get; init; }
    [Display(Name = "开课日期")] public DateOnly? TeachingFrom { get; init; }
    [Display(Name = "班主任")] public string? HeadTeacher { get; init; }
    [Display(Name = "配班主任日期")] public DateOnly? HeadTeacherSince { get; init; }
}

internal sealed class ClassListing() : Listing<ClassLine>("ChuxiongClasses", "职教班")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
        [new("Vocational", "Schools", nameof(ClassLine.SchoolId), "Id")];

    public override IQueryable<ClassLine> Query(ListingSource source) =>
        source.Db.Set<ApplicationRow>().Where(a => a.EnrolledOn != null)
        .GroupBy(a => new { a.Case.Year, a.VocationalSchoolId, a.VocationalClass, a.VocationalSchoolName })
        .Select(g => new ClassLine
        {
            Year = g.Key.Year,
            SchoolId = g.Key.VocationalSchoolId!.Value,
            ClassName = g.Key.VocationalClass!,
            School = g.Key.VocationalSchoolName,
            Students = g.Count(),
            Present = g.Count(a => a.ExitReason == null),
            FormedOn = g.Min(a => a.EnrolledOn),
            TeachingFrom = g.Min(a => a.TeachingFrom),
            HeadTeacher = g.Max(a => a.HeadTeacher),
            HeadTeacherSince = g.Min(a => a.HeadTeacher == null ? null : a.EnrolledOn),
        });
}

/// <summary>A student who left.</summary>
internal sealed class ExitLine
{
    [Key, Display(Name = "标识")] public Guid Id { get; init; }
    [Filtered, Display(Name = "年度")] public int Year { get; init; }
    [Searched, Display(Name = "学生姓名")] public string? StudentName { get; init; }
    [Filtered, Coded(CodeSystem.Division), Display(Name = "生源县市")] public required string County { get; init; }
    [Display(Name = "原初中学校")] public string? JuniorSchool { get; init; }
    [Display(Name = "职业学校标识")] public Guid? VocationalSchoolId { get; init; }
    [Display(Name = "职业学校")] public string? VocationalSchool { get; init; }
    [Display(Name = "去向")] public ExitReason Reason { get; init; }
    [Display(Name = "离班日期")] public DateOnly On { get; init; }
    [Display(Name = "原因")] public string? Note { get; init; }
    [Display(Name = "所到的学校（申报）")] public string? ProofIssuer { get; init; }
    [Display(Name = "证明是否已确认")] public bool HasProof { get; init; }
    [Display(Name = "证明确认日期")] public DateOnly? ProofConfirmedOn { get; init; }
}

internal sealed class ExitListing() : Listing<ExitLine>("ChuxiongExits", "职教班离班学生")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
        [
            new("Application", "ChuxiongApplications", nameof(ExitLine.Id), nameof(ApplicationLine.Id)),
            new("Vocational", "Schools", nameof(ExitLine.VocationalSchoolId), "Id"),
        ];

    public override IQueryable<ExitLine> Query(ListingSource source) =>
        source.Db.Set<ApplicationRow>().Where(a => a.ExitReason != null && a.ExitOn != null).Select(a => new ExitLine
        {
            Id = a.CaseId,
            Year = a.Case.Year,
            StudentName = a.StudentName,
            County = a.County,
            JuniorSchool = a.JuniorSchoolName,
            VocationalSchoolId = a.VocationalSchoolId,
            VocationalSchool = a.VocationalSchoolName,
            Reason = a.ExitReason!.Value,
            On = a.ExitOn!.Value,
            Note = a.ExitNote,
            ProofIssuer = a.ProofIssuer,
            HasProof = a.ProofConfirmedOn != null,
            ProofConfirmedOn = a.ProofConfirmedOn,
        });
}

/// <summary>六：一所职业学校一年的巩固率，按人数。</summary>
internal sealed class RetentionLine
{
    [Key, Display(Name = "标识")] public Guid Id { get; init; }
    [Filtered, Display(Name = "年度")] public int Year { get; init; }
    [Display(Name = "职业学校标识")] public Guid SchoolId { get; init; }
    [Searched, Display(Name = "职业学校")] public required string School { get; init; }
    [Display(Name = "县市确认")] public int Confirmed { get; init; }
    [Display(Name = "确认前申报离班而无证明")] public int Unproved { get; init; }
    [Display(Name = "巩固期内申报有去向离班")] public int Claimed { get; init; }
    [Display(Name = "巩固期内有证明离班")] public int Excused { get; init; }
    [Display(Name = "已注册")] public int Registered { get; init; }
    [Display(Name = "巩固人数")] public int Retained { get; init; }
    [Display(Name = "考核人数")] public int Counted { get; init; }
    [Display(Name = "注册完成日期")] public DateOnly? CompleteOn { get; init; }
    [Display(Name = "暂计")] public bool IsProvisional { get; init; }
}

internal sealed class RetentionListing() : Listing<RetentionLine>("ChuxiongRetention", "职教班巩固率")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
        [new("Vocational", "Schools", nameof(RetentionLine.SchoolId), "Id")];

    public override IQueryable<RetentionLine> Query(ListingSource source) => Lines(source);

    /// <summary>
    /// The same count as <see cref="Retention.RateOf"/>, in the database. Only of schools that the reader sees: others'
    /// students are never the whole class.
    /// </summary>
    internal static IQueryable<RetentionLine> Lines(ListingSource source) =>
        from p in source.Db.Set<SchoolPlan>()
        join a in source.Db.Set<ApplicationRow>() on new { School = (Guid?)p.SchoolId, p.Year } equals new
        {
            School = a.VocationalSchoolId,
            a.Case.Year,
        } into all
        from a in all.DefaultIfEmpty()
        group new
        {
            Confirmed = a.ConfirmedOn != null,
            Unproved = a.EnrolledOn != null && a.ConfirmedOn == null && a.ExitReason != null
                && a.ExitReason != ExitReason.Lost && a.ProofConfirmedOn == null,
            Registered = a.RegisteredOn != null,
            InClass = a.ExitReason == null,
            Claimed = a.ExitReason != null && a.ExitReason != ExitReason.Lost && a.ExitOn >= a.ConsolidationFrom
                && (p.RegistrationCompleteOn == null || a.ExitOn <= p.RegistrationCompleteOn),
            IsProved = a.ProofConfirmedOn != null,
            Provisional = p.RegistrationCompleteOn == null,
        }
        by new { p.Id, p.Year, p.SchoolId, p.School.Name, p.RegistrationCompleteOn } into g
        select new RetentionLine
        {
            Id = g.Key.Id,
            Year = g.Key.Year,
            SchoolId = g.Key.SchoolId,
            School = g.Key.Name,
            Confirmed = g.Count(a => a.Confirmed),
            Unproved = g.Count(a => a.Unproved),
            Claimed = g.Count(a => a.Confirmed && a.Claimed),
            Excused = g.Count(a => a.Confirmed && a.Claimed && a.IsProved),
            Registered = g.Count(a => a.Confirmed && a.Registered),
            Retained = g.Count(a => a.Confirmed && (a.Registered || (a.Provisional && a.InClass))),
            Counted = g.Count(a => (a.Confirmed && !(a.Claimed && a.IsProved)) || a.Unproved),
            CompleteOn = g.Key.RegistrationCompleteOn,
            IsProvisional = g.Key.RegistrationCompleteOn == null,
        };
}

/// <summary>四（一）：一县市一年的完成情况，按人数。</summary>
internal sealed class FulfilmentLine
{
    [Key, Display(Name = "标识")] public Guid Id { get; init; }
    [Filtered, Display(Name = "年度")] public int Year { get; init; }
    [Coded(CodeSystem.Division), Display(Name = "行政区划")] public required string Division { get; init; }
    [Searched, Filtered, Display(Name = "县市")] public required string County { get; init; }
    [Display(Name = "送读计划数")] public int Quota { get; init; }
    [Display(Name = "已用计划")] public int Used { get; init; }
    [Display(Name = "已分解")] public int Allotted { get; init; }
    [Display(Name = "东西协作任务数")] public int ShanghaiTask { get; init; }
    [Display(Name = "已送上海")] public int SentToShanghai { get; init; }
    [Display(Name = "送读人数")] public int Sent { get; init; }
    [Display(Name = "确认人数")] public int Confirmed { get; init; }
    [Display(Name = "离班人数")] public int Left { get; init; }
}

internal sealed class FulfilmentListing() : Listing<FulfilmentLine>("ChuxiongFulfilment", "职教班计划完成情况")
{
    public override IQueryable<FulfilmentLine> Query(ListingSource source) => Lines(source);

    internal static IQueryable<FulfilmentLine> Lines(ListingSource source) =>
        from p in source.Db.Set<CountyPlan>()
        join a in source.Db.Set<ApplicationRow>() on new
        {
            County = p.Division,
            p.Year,
        } equals new { a.County, a.Case.Year } into all
        from a in all.DefaultIfEmpty()
        group new { Sent = a.SentOn != null, Confirmed = a.ConfirmedOn != null, Left = a.ExitReason != null }
        by new { p.Id, p.Year, p.Division, p.Name, p.Quota, Used = p.Sent, p.ShanghaiTask, p.SentToShanghai } into g
        select new FulfilmentLine
        {
            Id = g.Key.Id,
            Year = g.Key.Year,
            Division = g.Key.Division,
            County = g.Key.Name,
            Quota = g.Key.Quota,
            Used = g.Key.Used,
            Allotted = source.Db.Set<Allotment>().Where(x => x.CountyPlanId == g.Key.Id).Sum(x => x.Places ?? 0),
            ShanghaiTask = g.Key.ShanghaiTask,
            SentToShanghai = g.Key.SentToShanghai,
            Sent = g.Count(a => a.Sent),
            Confirmed = g.Count(a => a.Confirmed),
            Left = g.Count(a => a.Left),
        };
}

/// <summary>附件2：州公布的一所上海接收学校。</summary>
internal sealed class ShanghaiSchoolLine
{
    [Key, Display(Name = "标识")] public Guid Id { get; init; }
    [Filtered, Display(Name = "年度")] public int Year { get; init; }
    [Searched, Display(Name = "接收学校")] public required string Name { get; init; }
    [Display(Name = "公布时间")] public DateTimeOffset PublishedAt { get; init; }
}

internal sealed class ShanghaiSchoolListing() : Listing<ShanghaiSchoolLine>("ChuxiongShanghaiSchools", "上海接收学校")
{
    public override IQueryable<ShanghaiSchoolLine> Query(ListingSource source) =>
        source.Db.Set<ShanghaiSchool>()
            .Where(s => s.PublishedAt == source.Db.Set<ShanghaiSchool>().Where(o => o.Year == s.Year)
                .Max(o => o.PublishedAt))
            .Select(s => new ShanghaiSchoolLine
            {
                Id = s.Id,
                Year = s.Year,
                Name = s.Name,
                PublishedAt = s.PublishedAt,
            });
}
