using System.ComponentModel.DataAnnotations;
using EduAssist.Data;
using EduAssist.Kernel.Policy;
using EduAssist.Office.Cases;

namespace EduAssist.Office.Listings;

/// <summary>A case, without what was entered.</summary>
internal sealed class CaseRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Filtered, Coded(CodeSystem.Workflow), Display(Name = "办理流程")]
    public required string Workflow { get; init; }

    [Filtered, Coded(CodeSystem.CaseState), Display(Name = "状态")]
    public required string State { get; init; }

    [Filtered, Display(Name = "年度")]
    public int Year { get; init; }

    [Display(Name = "学生标识")]
    public Guid? StudentId { get; init; }

    [Display(Name = "开始时间")]
    public DateTimeOffset OpenedAt { get; init; }

    [Display(Name = "最近变动时间")]
    public DateTimeOffset ChangedAt { get; init; }

    [Display(Name = "版本")]
    public long Version { get; init; }
}

internal sealed class CaseListing() : Listing<CaseRow>("Cases", "办件")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [
        new("Student", "Students", nameof(CaseRow.StudentId), nameof(StudentRow.Id)),
        new("Events", "CaseEvents", nameof(CaseRow.Id), nameof(CaseEventRow.CaseId), IsMany: true),
        new("Assessments", "Assessments", nameof(CaseRow.Id), nameof(AssessmentRow.CaseId), IsMany: true),
    ];

    public override IQueryable<CaseRow> Query(ListingSource source) =>
        source
            .Db.Set<Case>()
            .Select(c => new CaseRow
            {
                Id = c.Id,
                Workflow = c.Workflow,
                State = c.State,
                Year = c.Year,
                StudentId = c.StudentId,
                OpenedAt = c.OpenedAt,
                ChangedAt = c.ChangedAt,
                Version = c.Version,
            });
}

/// <summary>An event of a case, without what was entered with it.</summary>
internal sealed class CaseEventRow
{
    [Key, Display(Name = "办件标识")]
    public Guid CaseId { get; init; }

    [Key, Display(Name = "序号")]
    public long Sequence { get; init; }

    [Display(Name = "动作")]
    public required string Action { get; init; }

    [Coded(CodeSystem.CaseState), Display(Name = "原状态")]
    public required string From { get; init; }

    [Coded(CodeSystem.CaseState), Display(Name = "新状态")]
    public required string To { get; init; }

    [Display(Name = "时间")]
    public DateTimeOffset At { get; init; }

    [Display(Name = "操作人")]
    public required string Actor { get; init; }

    [Display(Name = "理由")]
    public string? Reason { get; init; }

    [Display(Name = "撤销的序号")]
    public long? Undoes { get; init; }
}

internal sealed class CaseEventListing() : Listing<CaseEventRow>("CaseEvents", "办理记录")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [new("Case", "Cases", nameof(CaseEventRow.CaseId), nameof(CaseRow.Id))];

    public override IQueryable<CaseEventRow> Query(ListingSource source) =>
        source
            .Db.Set<CaseEvent>()
            .Select(e => new CaseEventRow
            {
                CaseId = e.CaseId,
                Sequence = e.Sequence,
                Action = e.Action,
                From = e.From,
                To = e.To,
                At = e.At,
                Actor = e.Actor,
                Reason = e.Reason,
                Undoes = e.Undoes,
            });
}

/// <summary>A body that was asked whether a paper proves what it says.</summary>
internal sealed class ConfirmationRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Filtered, Coded(CodeSystem.Workflow), Display(Name = "办理流程")]
    public required string Workflow { get; init; }

    [Display(Name = "办件标识")]
    public Guid CaseId { get; init; }

    [Display(Name = "材料标识")]
    public Guid EvidenceId { get; init; }

    [Filtered, Display(Name = "材料")]
    public required string Kind { get; init; }

    [Searched, Display(Name = "学生姓名")]
    public string? StudentName { get; init; }

    [Searched, Display(Name = "出具单位")]
    public required string Issuer { get; init; }

    [Display(Name = "材料日期")]
    public DateOnly Date { get; init; }

    [Filtered, Display(Name = "确认状态")]
    public ConfirmationState State { get; init; }

    [Display(Name = "归档时间")]
    public DateTimeOffset AskedAt { get; init; }

    [Display(Name = "决定时间")]
    public DateTimeOffset? DecidedAt { get; init; }

    [Display(Name = "决定人")]
    public string? DecidedBy { get; init; }

    [Display(Name = "原因")]
    public string? Reason { get; init; }
}

/// <summary>Of the bodies that the reader is, or is above of.</summary>
internal sealed class ConfirmationListing() : Listing<ConfirmationRow>("Confirmations", "材料确认")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [new("Case", "Cases", nameof(ConfirmationRow.CaseId), nameof(CaseRow.Id))];

    public override IQueryable<ConfirmationRow> Query(ListingSource source) =>
        source
            .Db.Set<Confirmation>()
            .Select(c => new ConfirmationRow
            {
                Id = c.Id,
                Workflow = c.Workflow,
                CaseId = c.CaseId,
                EvidenceId = c.EvidenceId,
                Kind = c.Kind,
                StudentName = c.StudentName,
                Issuer = c.Issuer,
                Date = c.Date,
                State = c.State,
                AskedAt = c.AskedAt,
                DecidedAt = c.DecidedAt,
                DecidedBy = c.DecidedBy,
                Reason = c.Reason,
            });
}

/// <summary>An assessment that is kept, without its facts.</summary>
internal sealed class AssessmentRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Coded(CodeSystem.Programme), Display(Name = "项目")]
    public required string Programme { get; init; }

    [Display(Name = "规则集")]
    public required string RuleSet { get; init; }

    [Display(Name = "评估基准日")]
    public DateOnly AsOf { get; init; }

    [Display(Name = "工作历版本")]
    public string? CalendarVersion { get; init; }

    [Display(Name = "结论")]
    public Verdict Verdict { get; init; }

    [Display(Name = "办件标识")]
    public Guid? CaseId { get; init; }

    [Display(Name = "学生标识")]
    public Guid? StudentId { get; init; }

    [Display(Name = "操作人")]
    public required string Actor { get; init; }

    [Display(Name = "时间")]
    public DateTimeOffset At { get; init; }
}

internal sealed class AssessmentListing() : Listing<AssessmentRow>("Assessments", "评估存档")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [
        new("Case", "Cases", nameof(AssessmentRow.CaseId), nameof(CaseRow.Id)),
        new("Student", "Students", nameof(AssessmentRow.StudentId), nameof(StudentRow.Id)),
        new("Asked", "Programmes", nameof(AssessmentRow.Programme), "Id"),
    ];

    public override IQueryable<AssessmentRow> Query(ListingSource source) =>
        source
            .Db.Set<StoredAssessment>()
            .Select(a => new AssessmentRow
            {
                Id = a.Id,
                Programme = a.Programme,
                RuleSet = a.RuleSet,
                AsOf = a.AsOf,
                CalendarVersion = a.CalendarVersion,
                Verdict = a.Verdict,
                CaseId = a.CaseId,
                StudentId = a.StudentId,
                Actor = a.Actor,
                At = a.At,
            });
}

/// <summary>A line of the audit.</summary>
internal sealed class AuditEntryRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "时间")]
    public DateTimeOffset At { get; init; }

    [Display(Name = "操作人")]
    public required string Actor { get; init; }

    [Display(Name = "办理角色")]
    public string? Role { get; init; }

    [Display(Name = "动作")]
    public required string Action { get; init; }

    [Coded(CodeSystem.Place), Display(Name = "所属")]
    public required string Scope { get; init; }

    [Display(Name = "对象标识")]
    public Guid? Subject { get; init; }

    [Display(Name = "说明")]
    public string? Detail { get; init; }

    [Display(Name = "网络地址")]
    public string? Address { get; init; }
}

internal sealed class AuditListing() : Listing<AuditEntryRow>("AuditEntries", "审计")
{
    public override IQueryable<AuditEntryRow> Query(ListingSource source) =>
        source
            .Db.Set<AuditEntry>()
            .Select(a => new AuditEntryRow
            {
                Id = a.Id,
                At = a.At,
                Actor = a.Actor,
                Role = a.Role,
                Action = a.Action,
                Scope = a.Scope,
                Subject = a.Subject,
                Detail = a.Detail,
                Address = a.Address,
            });
}
