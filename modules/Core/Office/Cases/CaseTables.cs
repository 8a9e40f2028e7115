using EduAssist.Data;
using EduAssist.Data.Privacy;

namespace EduAssist.Office.Cases;

internal sealed class CaseTable : Table<Case>
{
    /// <summary>What papers are kept for.</summary>
    internal const string Purpose = "办理和存档";

    protected override void Declare(TableBuilder<Case> table) =>
        table
            .Named("core_case")
            .VisibleBy(c => c.Scope, c => c.Counterpart, c => c.Handler)
            .Concerns(c => c.StudentId)
            .Kept()
            .Personal(c => c.Form, PersonalKind.Form, Purpose, encryptedAs: "Case.Form")
            .Harmless(c => c.Workflow, c => c.State)
            .Default(c => c.Handler, "")
            .References(c => c.Student, c => c.StudentId)
            .Index(c => c.Scope)
            .Index(c => c.Counterpart)
            .Index(c => c.Handler)
            .Index(c => c.StudentId)
            .Index(c => new
            {
                c.Workflow,
                c.Year,
                c.State,
            })
            .ConcurrencyToken(c => c.Version);
}

internal sealed class CaseEventTable : Table<CaseEvent>
{
    protected override void Declare(TableBuilder<CaseEvent> table) =>
        table
            .Named("core_case_event")
            .VisibleThrough(v => v.Case)
            .Concerns(v => v.Case.StudentId)
            .AppendOnly(v => v.At)
            .Personal(v => v.Reason, PersonalKind.Note, CaseTable.Purpose)
            .Personal(v => v.Input, PersonalKind.Form, CaseTable.Purpose, encryptedAs: "CaseEvent.Input")
            .Personal(v => v.Before, PersonalKind.Form, CaseTable.Purpose, encryptedAs: "CaseEvent.Before")
            .Harmless(v => v.Action, v => v.From, v => v.To, v => v.Actor)
            .Key(v => new { v.CaseId, v.Sequence })
            .References(v => v.Case, v => v.CaseId);
}

internal sealed class EvidenceTable : Table<Evidence>
{
    protected override void Declare(TableBuilder<Evidence> table) =>
        table
            .Named("core_evidence")
            .VisibleThrough(v => v.Case)
            .Concerns(v => v.Case.StudentId)
            .AppendOnly(v => v.At)
            .Personal(v => v.FileName, PersonalKind.Document, CaseTable.Purpose, encryptedAs: "Evidence.FileName")
            .Personal(v => v.Content, PersonalKind.Document, CaseTable.Purpose, encryptedAs: "Evidence.Content")
            .Harmless(v => v.Kind, v => v.Issuer, v => v.ContentType, v => v.Actor)
            .References(v => v.Case, v => v.CaseId)
            .Index(v => v.CaseId);
}

internal sealed class StoredAssessmentTable : Table<StoredAssessment>
{
    protected override void Declare(TableBuilder<StoredAssessment> table) =>
        table
            .Named("core_kept_assessment")
            .VisibleBy(a => a.Scope)
            .Concerns(a => a.StudentId)
            .Kept() // it moves with its case
            .Personal(a => a.Facts, PersonalKind.Form, CaseTable.Purpose, encryptedAs: "KeptAssessment.Facts")
            .Harmless(a => a.Programme, a => a.RuleSet, a => a.CalendarVersion, a => a.Result, a => a.Actor)
            .References(a => a.Case, a => a.CaseId)
            .Index(a => a.Scope)
            .Index(a => a.CaseId)
            .Index(a => a.StudentId);
}
