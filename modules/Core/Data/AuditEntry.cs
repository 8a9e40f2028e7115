using EduAssist.Kernel.Access;

namespace EduAssist.Data;

/// <summary>
/// One line of the audit (审计): who did what to what, where, when, in which role and from which address. Append-only;
/// holds no personal data of pupils.
/// </summary>
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

    /// <summary>
    /// The place that it concerns, as <see cref="ScopePath"/> makes it; empty: the whole. What concerns several places
    /// has an entry in each, since whoever audits one of them does not see the others.
    /// </summary>
    public required string Scope { get; init; }

    /// <summary>More of it: counts, file names, a reason. Null: nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// The roles by which it was allowed at the place, in Chinese; null: of the program itself, of the command line,
    /// and of whoever has no role there.
    /// </summary>
    public string? Role { get; init; }

    /// <summary>The network address that it came from; null: the command line, or a routine.</summary>
    public string? Address { get; init; }

    /// <summary>HMAC-SHA256 of everything above (<see cref="AuditMac"/>), written with it; null: nobody's.</summary>
    public byte[]? Mac { get; internal set; }
}

/// <summary>The place of an entry in the chain: sealed in the order of commits, within seconds.</summary>
internal sealed class AuditSeal
{
    /// <summary>Counted from 1, without gaps.</summary>
    public long Sequence { get; init; }

    /// <summary>The id of the entry; nothing refers to it, so that a removed one leaves its seal.</summary>
    public Guid EntryId { get; init; }

    /// <summary>As <see cref="AuditMac.OfSeal"/> makes it.</summary>
    public required byte[] Mac { get; init; }
}

/// <summary>
/// The end of the chain, in one row, which is there from the making of the database on. Without it the newest entries
/// could be removed unnoticed: what is left would still be a whole chain.
/// </summary>
internal sealed class AuditHead
{
    internal const int Only = 1;

    public int Id { get; init; }

    public long Sequence { get; set; }

    /// <summary>As <see cref="AuditMac.OfHead"/> makes it.</summary>
    public required byte[] Mac { get; set; }

    internal static AuditHead Create(KeyRing keys, ChainHead end) =>
        new()
        {
            Id = Only,
            Sequence = end.Sequence,
            Mac = AuditMac.OfHead(keys, end),
        };
}

internal sealed class AuditEntryTable : Table<AuditEntry>
{
    protected override void Declare(TableBuilder<AuditEntry> table) =>
        table
            .Named("core_audit_entry")
            .VisibleBy(Reach.Audit, a => a.Scope)
            .AppendOnly(a => a.At)
            // the address is a user's, not a pupil's, and whoever reads the audit needs it whole
            .Harmless(a => a.Actor, a => a.Action, a => a.Detail, a => a.Role, a => a.Address)
            .Index(a => a.Scope)
            .Index(a => new { a.At, a.Id });
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
