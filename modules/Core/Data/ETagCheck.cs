namespace EduAssist.Data;

/// <summary>
/// Optimistic concurrency by version (ETag, <c>If-Match</c>): nobody overwrites a change that they have not seen.
/// </summary>
internal static class ETagCheck
{
    /// <summary>Why a change may not be made; null: it may.</summary>
    /// <param name="version">Of the row.</param>
    /// <param name="seen">The one that the actor saw; null: not said.</param>
    internal static CommandResult? Fault(long version, long? seen) =>
        seen is null ? CommandResult.Problem(ResultKind.VersionMissing, "须用 If-Match 给出所见版本（ETag）。")
        : seen != version ? CommandResult.Problem(ResultKind.Stale, "已被他人修改，请重新读取后再试。")
        : null;
}
