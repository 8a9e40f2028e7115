using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Office.ListImports;

/// <summary>
/// A list that is imported by one command and exported again (名单的导入与导出): API, pages and command line see this of it.
/// </summary>
public interface IListImport : IContribution
{
    /// <summary>The list. Its fields beside the rows are asked for with the file: <c>school=…</c>.</summary>
    IForm Form { get; }

    /// <summary>Who may bring it in, and take it out.</summary>
    IReadOnlyList<Role> By { get; }

    /// <summary>By what the rows that go out may be chosen.</summary>
    IReadOnlyList<ExportFilter> Filters { get; }

    /// <summary>Compares a list with the record and stores the changes, unless only a preview is asked for.</summary>
    /// <param name="commands">
    /// Runs the command. What can be computed from the list alone is computed before, since other commands wait
    /// meanwhile.
    /// </param>
    /// <param name="request">Who asks.</param>
    /// <param name="list">As it was read.</param>
    /// <param name="mode">How far to go.</param>
    /// <param name="progress">Told how many of the rows are stored so far; null: nobody.</param>
    /// <returns>
    /// The counts and the findings; <see cref="ResultKind.Invalid"/> and nothing changed, where a row is bad that must
    /// not be.
    /// </returns>
    Task<CommandResult> ImportAsync(
        CommandExecutor commands,
        CommandRequest request,
        FormImport list,
        ImportMode mode = ImportMode.Whole,
        IProgress<int>? progress = null
    );

    /// <summary>The rows that an actor may see, in full; noted in the audit.</summary>
    /// <param name="commands">Takes the line of the audit.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">Texts by the names of <see cref="Filters"/>; all of them must fit.</param>
    /// <returns>The form's head and rows; null: the actor's roles do not allow it.</returns>
    Task<FormValues?> ExportAsync(CommandExecutor commands, Actor actor, FormValues filter);
}

/// <summary>How far an import goes.</summary>
public enum ImportMode
{
    /// <summary>Everything or, if one row is bad, nothing.</summary>
    Whole,

    /// <summary>The valid rows; the bad ones are told.</summary>
    ValidRows,

    /// <summary>Nothing is changed: what would be is told.</summary>
    Preview,
}

/// <summary>What a list means for what is on record.</summary>
public enum ImportChange
{
    /// <summary>Not on record yet.</summary>
    New,

    /// <summary>On record, and different.</summary>
    Changed,

    /// <summary>On record just so.</summary>
    Unchanged,

    /// <summary>On record, and not in the list.</summary>
    Gone,
}
