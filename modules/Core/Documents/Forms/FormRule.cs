using System.Runtime.CompilerServices;
using EduAssist.Kernel.Policy;

namespace EduAssist.Documents.Forms;

/// <summary>
/// A rule across the fields of a form, or of a row: a criterion that knows which field a clerk should look at.
/// </summary>
/// <typeparam name="T">The subject that the form, or the row, is read into.</typeparam>
/// <param name="id">A claim in kebab-case, unique in its form.</param>
/// <param name="field">The property to look at: <c>nameof(Application.Relation)</c>.</param>
/// <param name="provisions">The ids of the provisions that it rests on.</param>
/// <param name="claim">Pure. Unknown, because a field is blank or wrong, is no finding: the field has its own.</param>
/// <param name="message">The requirement, in Chinese.</param>
/// <param name="source">Left to the compiler.</param>
public sealed class FormRule<T>(
    string id,
    string field,
    IReadOnlyList<string> provisions,
    Func<T, Truth> claim,
    string message,
    [CallerFilePath] string source = ""
) : Criterion<T>(id, provisions, claim, message, source)
{
    /// <summary>The field to look at, as in JSON.</summary>
    public string Field { get; } = FormField.Camel(field);

    /// <summary>Whether breaking it hinders.</summary>
    public FormFindingLevel Level { get; init; } = FormFindingLevel.Error;

    internal bool IsBroken(T subject) => !(When?.Invoke(subject).IsFalse ?? false) && Claim(subject).IsFalse;
}
