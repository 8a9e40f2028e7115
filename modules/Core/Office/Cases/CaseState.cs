namespace EduAssist.Office.Cases;

/// <summary>A state of a case (状态).</summary>
/// <param name="Id">As stored and in JSON: <c>SchoolApproved</c>.</param>
/// <param name="Title">In Chinese.</param>
public sealed record CaseState(string Id, string Title)
{
    /// <summary>Whether the case is over: no step leads on, but a correction leads back.</summary>
    public bool IsFinal { get; init; }
}
