using EduAssist.Data.Privacy;

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

    /// <summary>
    /// What the actor was then, and where, a grant a line; null: from before this was kept. The answer is given again
    /// to whoever still is all of it.
    /// </summary>
    public string? Grants { get; init; }
}

internal sealed class AnsweredRequestTable : Table<AnsweredRequest>
{
    protected override void Declare(TableBuilder<AnsweredRequest> table) =>
        table
            .Named("core_answered_request")
            .Hidden("answers of others' requests")
            .ConcernsNobody("erased by the id of a row of the student, or by what it tells of them")
            .NotKept("an answer is written once, and erased with whom it is about")
            .Personal(a => a.Body, PersonalKind.Form, "办理和存档", encryptedAs: "answer")
            .Harmless(a => a.Key, a => a.Grants)
            .Key(a => a.Key);
}
