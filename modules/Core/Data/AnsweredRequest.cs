namespace EduAssist.Data;

/// <summary>An answer that a client with the same <c>Idempotency-Key</c> gets again.</summary>
internal sealed class AnsweredRequest
{
    /// <summary>The actor and the key.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// SHA-256 of what was asked: the same key with another request is a mistake of the client, and refused.
    /// </summary>
    public required byte[] Fingerprint { get; init; }

    public ResultKind Kind { get; init; }

    public long? Version { get; init; }

    public Guid? Id { get; init; }

    /// <summary>As JSON. Encrypted.</summary>
    public required string Body { get; init; }

    public DateTimeOffset At { get; init; }
}
