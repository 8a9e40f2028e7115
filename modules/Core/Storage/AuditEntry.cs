namespace EduAssist.Core.Storage;

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

    /// <summary>The id of what it was done to; null: to nothing that has one.</summary>
    public Guid? Subject { get; init; }

    /// <inheritdoc/>
    public required string Scope { get; init; }

    /// <summary>More of it: counts, file names, a reason. Null: nothing.</summary>
    public string? Detail { get; init; }
}

/// <summary>An answer that a client with the same <c>Idempotency-Key</c> gets again.</summary>
internal sealed class AnsweredRequest
{
    /// <summary>The actor and the key.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of what was asked: the same key for something else is a mistake.</summary>
    public required byte[] Fingerprint { get; init; }

    public DecisionKind Kind { get; init; }

    public long? Version { get; init; }

    public Guid? Id { get; init; }

    /// <summary>Encrypted.</summary>
    public required byte[] Body { get; init; }

    public DateTimeOffset At { get; init; }
}
