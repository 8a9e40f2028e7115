using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Office.Cases;

/// <summary>How cases of one kind go (办理流程): API, pages and command line see this of it.</summary>
public interface IWorkflow : IContribution
{
    /// <summary><c>module.case</c>: <c>chuxiong.application</c>.</summary>
    string Id { get; }

    /// <summary>In Chinese.</summary>
    string Title { get; }

    /// <summary>In the plural and in kebab-case, a part of its address: <c>applications</c>.</summary>
    string Collection { get; }

    /// <summary>What is entered to open a case.</summary>
    IForm Form { get; }

    /// <summary>The class of the module's own facts of a case.</summary>
    Type Row { get; }

    /// <summary>How pages show its cases.</summary>
    CasePresentation Presentation { get; }

    /// <summary>The first is that of a new case.</summary>
    IReadOnlyList<CaseState> States { get; }

    /// <summary>Every step.</summary>
    IReadOnlyList<Transition> Transitions { get; }

    /// <summary>What may be filed with a case; none: nothing.</summary>
    IReadOnlyList<EvidenceKind> EvidenceKinds { get; }

    /// <summary>The programme that assesses a case; null: none.</summary>
    IProgramme? Programme { get; }

    /// <summary>Who opens a case, and enters its form anew.</summary>
    IReadOnlyList<Role> Openers { get; }

    /// <summary>Who may undo the last step.</summary>
    IReadOnlyList<Role> Supervisors { get; }

    /// <summary>Opens a case.</summary>
    Task<CommandResult> OpenAsync(UnitOfWork work, FormValues values);

    /// <summary>Enters the form of a case anew, while it is in its first state.</summary>
    Task<CommandResult> EditAsync(UnitOfWork work, Guid id, long? version, FormValues values);

    /// <summary>Takes a step.</summary>
    Task<CommandResult> MoveAsync(UnitOfWork work, Guid id, long? version, string action, FormValues input);

    /// <summary>Undoes the last step that is not undone, and tells why.</summary>
    Task<CommandResult> CorrectAsync(UnitOfWork work, Guid id, long? version, string? reason);

    /// <summary>Files a paper.</summary>
    Task<CommandResult> AttachEvidenceAsync(UnitOfWork work, Guid id, long? version, NewEvidence evidence);

    /// <summary>
    /// Says of a paper that it proves what it says, or that it does not: by the body that was asked, and nobody else.
    /// </summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the case.</param>
    /// <param name="version">Of the case, as the actor saw it; with a paper that is downloaded it comes along.</param>
    /// <param name="evidence">Of the paper.</param>
    /// <param name="confirms">Whether it does.</param>
    /// <param name="reason">Why it does not.</param>
    Task<CommandResult> ConfirmEvidenceAsync(
        UnitOfWork work,
        Guid id,
        long? version,
        Guid evidence,
        bool confirms,
        string? reason
    );

    /// <summary>
    /// Takes a confirmation back, by the body that gave it, while no step stands on it; the body is asked again.
    /// </summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the case.</param>
    /// <param name="version">Of the case, as the actor saw it.</param>
    /// <param name="evidence">Of the paper.</param>
    /// <param name="reason">Why.</param>
    Task<CommandResult> WithdrawConfirmationAsync(
        UnitOfWork work,
        Guid id,
        long? version,
        Guid evidence,
        string? reason
    );

    /// <summary>
    /// Downloads a paper; noted in the audit. It names persons, so it is only for those who may see numbers in full
    /// (<see cref="Roles.Revealing"/>).
    /// </summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the case.</param>
    /// <param name="evidence">Of the paper.</param>
    /// <returns>The result, and the paper if it was done.</returns>
    Task<(CommandResult Decision, Evidence? Paper)> DownloadEvidenceAsync(UnitOfWork work, Guid id, Guid evidence);

    /// <summary>Assesses the case under <see cref="Programme"/> and stores the assessment.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the case.</param>
    /// <param name="asked"><c>{ "asOf", "facts" }</c>; what the registry knows is filled in.</param>
    Task<CommandResult> AssessAsync(UnitOfWork work, Guid id, ReadOnlyMemory<byte> asked);

    /// <summary>
    /// What was entered, to be printed: in full for those who may see it so (<see cref="Roles.Revealing"/>), else with
    /// numbers of persons masked; noted in the audit. Null: not there.
    /// </summary>
    Task<FormValues?> PrintAsync(UnitOfWork work, Guid id);

    /// <summary>
    /// The case as an actor sees it: its state, what can be done and why not, its history. Null: not there.
    /// </summary>
    Task<CaseView?> ViewAsync(UnitOfWork work, Guid id);
}

/// <summary>A kind of paper that may be filed.</summary>
/// <param name="Id">In kebab-case.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="Provisions">The ids of the provisions that ask for it.</param>
public sealed record EvidenceKind(string Id, string Title, IReadOnlyList<string> Provisions)
{
    /// <summary>Who files it; none: everybody who has a part in the workflow.</summary>
    public IReadOnlyList<Role> FiledBy { get; init; } = [];

    /// <summary>
    /// Who says whether it proves what it says, in Chinese; the workflow tells which body that is. Null: nobody is
    /// asked, and nothing rests on it.
    /// </summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>
    /// Who issues it is who is asked: that body has said so by filing it. Of any other kind nobody confirms what they
    /// filed themselves.
    /// </summary>
    public bool IsIssuedByConfirmer { get; init; }
}

/// <summary>
/// What a step needs on file, confirmed: what a mere tick would claim. The kinds of one need are alternatives.
/// </summary>
/// <param name="Kinds">The ids of kinds of evidence of the workflow, of which one suffices.</param>
public sealed record EvidenceNeed(params IReadOnlyList<string> Kinds)
{
    /// <summary>The first kind.</summary>
    public string Id => Kinds[0];
}

/// <summary>A paper to be filed.</summary>
/// <param name="Kind">The id of its kind.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Date">The day it bears.</param>
/// <param name="FileName">As uploaded.</param>
/// <param name="ContentType">Of the file.</param>
/// <param name="Content">The file.</param>
public sealed record NewEvidence(
    string Kind,
    string Issuer,
    DateOnly Date,
    string FileName,
    string ContentType,
    byte[] Content
)
{
    private const int MostName = 100;

    /// <summary>
    /// The last segment of the name, since some browsers send the path on the user's machine, without quotes, and of a
    /// very long one the end with the extension; null: there is none, or it has characters that no name may have.
    /// </summary>
    internal string? PlainFileName
    {
        get
        {
            var name = FileName[(FileName.LastIndexOfAny(['/', '\\']) + 1)..]
                .Replace("\"", "", StringComparison.Ordinal)
                .Trim();
            if (name.Length > MostName)
                name = name[(char.IsLowSurrogate(name[^MostName]) ? ^(MostName - 1) : ^MostName)..];
            return name.Trim('.').Length == 0 || UnsafeCharacters.AreIn(name) ? null : name;
        }
    }
}
