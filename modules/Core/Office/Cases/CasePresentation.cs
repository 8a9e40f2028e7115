namespace EduAssist.Office.Cases;

/// <summary>How pages show the cases of a workflow. Every name in it is looked up when the program starts.</summary>
public sealed record CasePresentation
{
    /// <summary>
    /// The fields of the form that name a case, such as its student: the first that is filled in stands behind the
    /// title of the workflow.
    /// </summary>
    public required IReadOnlyList<string> Title { get; init; }

    /// <summary>
    /// The fields that are filled in from the register where a case is opened from a student's page; none: it is not
    /// about one student.
    /// </summary>
    public IReadOnlyList<StudentField> Student { get; init; } = [];

    /// <summary>
    /// The field that takes the name of the school of whoever opens a case, if it is one; null: there is none.
    /// </summary>
    public string? School { get; init; }

    /// <summary>
    /// The set whose rows are the cases, found by their ids: <c>ChuxiongApplications</c>. Null: <c>Cases</c>, which
    /// shows no facts of a module.
    /// </summary>
    public string? Listing { get; init; }

    /// <summary>
    /// The module's own facts that a case shows beside its state, by the titles of their columns in
    /// <see cref="Listing"/>.
    /// </summary>
    public IReadOnlyList<string> Facts { get; init; } = [];
}

/// <summary>A field that is filled in from the register.</summary>
/// <param name="Field">Of the form.</param>
/// <param name="Column">Of the listing <c>Students</c>.</param>
public sealed record StudentField(string Field, string Column);
