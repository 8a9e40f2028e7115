using EduAssist.Office.Cases;

namespace EduAssist.ToyRegion;

/// <summary>What the office knows of an application beside the paper; guards, lists and indicators ask it.</summary>
internal sealed class ApplicationRow : CaseRow
{
    public required string StudentName { get; init; }
    public Guid SchoolId { get; init; }
    public School School { get; init; } = null!;
    public required string SchoolName { get; init; }
    public string? GuardianPhone { get; set; }

    /// <summary>Of the latest assessment since the form was entered; null: none.</summary>
    public Verdict? Verdict { get; set; }

    public DateOnly? GrantedOn { get; set; }

    /// <summary>乘车线路。</summary>
    public string? Route { get; set; }
}

/// <summary>What the guards of an application ask for.</summary>
/// <param name="AnswerBy">第十二条: the fifth working day after it was submitted; null: it was not.</param>
/// <param name="Review">第十四条: how far the chain of reviewers is.</param>
/// <param name="Bus">第十三条: the licence of the school's own bus today; null: none was entered.</param>
internal sealed record ApplicationFacts(
    ApplicationRow Row, Application Form, DateOnly Today, IReadOnlyList<Window> Acceptance, DateOnly? AnswerBy,
    Review Review, string? Bus);
