using EduAssist.Kernel.Access;

namespace EduAssist.Data;

/// <summary>Who asks for a command, and how the same request is recognised when it is sent again.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null: none.</param>
/// <param name="Asked">All that was asked for, when there is a key: the same key for something else is refused.</param>
public sealed record CommandRequest(Actor Actor, string? Key = null, string Asked = "")
{
    /// <summary>What the file was called that came with it; null: none came, or it had no name.</summary>
    public string? FileName { get; init; }
}
