using EduAssist.Kernel.Access;

namespace EduAssist.Data;

/// <summary>One line of the audit (审计): who did what to what, when. Append-only; holds no personal data.</summary>
public sealed class AuditEntry : IScoped
{
    /// <summary>Of the entry; in the order of time.</summary>
    public Guid Id { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done: <c>chuxiong.application/send</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The id of what it was done to; null where that has no id.</summary>
    public Guid? Subject { get; init; }

    /// <inheritdoc/>
    public required string Scope { get; init; }

    /// <summary>More of it: counts, file names, a reason. Null: nothing.</summary>
    public string? Detail { get; init; }
}

/// <summary>The place of an entry in the chain: sealed in the order of commits, within seconds.</summary>
internal sealed class AuditSeal
{
    /// <summary>Counted from 1, without gaps.</summary>
    public long Sequence { get; init; }

    /// <summary>The id of the entry; nothing refers to it, so that a removed one leaves its seal.</summary>
    public Guid EntryId { get; init; }

    /// <summary>HMAC-SHA256 of the seal before, the sequence and the whole entry.</summary>
    public required byte[] Mac { get; init; }
}

/// <summary>
/// The end of the chain, in one row. Without it the newest entries could be removed unnoticed: what is left would still
/// be a whole chain.
/// </summary>
internal sealed class AuditHead
{
    internal const int Only = 1;

    public int Id { get; init; }

    public long Sequence { get; set; }

    /// <summary>
    /// HMAC-SHA256 of the last seal, under a prefix of its own, so that no seal can be passed off as the end.
    /// </summary>
    public required byte[] Mac { get; set; }
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
