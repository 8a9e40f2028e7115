using EduAssist.Data.Privacy;

namespace EduAssist.Data;

internal sealed class EncryptionKeyTable : Table<EncryptionKey>
{
    protected override void Declare(TableBuilder<EncryptionKey> table) =>
        table
            .Named("core_encryption_key")
            .Hidden("the keys of everything that is encrypted")
            .NotKept("a key that was wrapped anew is the same key")
            .Key(k => k.Id);
}

internal sealed class AnsweredRequestTable : Table<AnsweredRequest>
{
    protected override void Declare(TableBuilder<AnsweredRequest> table) =>
        table
            .Named("core_answered_request")
            .Hidden("answers of others' requests")
            .ConcernsNobody("erased by the id of the student or of the case")
            .NotKept("an answer is written once, and erased with whom it is about")
            .Personal(a => a.Body, PersonalKind.Form, "办理和存档", encryptedAs: "answer")
            .Harmless(a => a.Key)
            .Key(a => a.Key);
}

internal sealed class AuditEntryTable : Table<AuditEntry>
{
    protected override void Declare(TableBuilder<AuditEntry> table) =>
        table
            .Named("core_audit_entry")
            .VisibleBy(Reach.Audit, a => a.Scope)
            .AppendOnly(a => a.At)
            .Harmless(a => a.Actor, a => a.Action, a => a.Detail)
            .Index(a => a.Scope);
}

internal sealed class AuditSealTable : Table<AuditSeal>
{
    protected override void Declare(TableBuilder<AuditSeal> table) =>
        table
            .Named("core_audit_seal")
            .Hidden("the chain of the audit")
            .NotKept("it is what the audit's past is checked by")
            .Key(s => s.Sequence)
            .Index(s => s.EntryId, unique: true);
}

internal sealed class AuditHeadTable : Table<AuditHead>
{
    protected override void Declare(TableBuilder<AuditHead> table) =>
        table
            .Named("core_audit_head")
            .Hidden("the end of the chain of the audit")
            .NotKept("it is what the audit's past is checked by")
            .Key(h => h.Id);
}
