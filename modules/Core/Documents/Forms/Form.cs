using System.Runtime.CompilerServices;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Documents.Forms;

/// <summary>A form of a document (表单): pages, API and command line see this of it.</summary>
public interface IForm : IContribution
{
    /// <summary><c>module.form</c>: <c>chuxiong.application</c>.</summary>
    string Id { get; }

    /// <summary>As printed.</summary>
    string Title { get; }

    /// <summary>The provisions that prescribe it.</summary>
    IReadOnlyList<string> Provisions { get; }

    /// <summary>Its fields, in the order of their declaration.</summary>
    IReadOnlyList<FormField> Fields { get; }

    /// <summary>How it stands on paper.</summary>
    FormLayout Layout { get; }

    /// <summary>The rules across its fields; those of its rows stand with their table.</summary>
    IReadOnlyList<Criterion> Rules { get; }

    /// <summary>The table that the form consists of; null: it is no list, but one paper.</summary>
    FormField? List =>
        Layout.Sections.Count == 0 && Fields.Count(f => f.Kind == FieldKind.Rows) == 1
            ? Fields.Single(f => f.Kind == FieldKind.Rows)
            : null;

    /// <summary>What is wrong or strange in what was entered; nothing when nothing is.</summary>
    /// <param name="values">What was entered. Members that the form does not have are not looked at.</param>
    /// <param name="context">The register of divisions, and today.</param>
    IReadOnlyList<FormFinding> Check(FormValues values, FormContext context);

    /// <summary>
    /// The same, with the subject that was read: of a long list it is not read twice. Null: the form has none.
    /// </summary>
    internal (object? Subject, IReadOnlyList<FormFinding> Findings) Look(FormValues values, FormContext context) =>
        (null, Check(values, context));
}

/// <summary>A form whose fields are the properties of a subject.</summary>
/// <typeparam name="T">The subject.</typeparam>
/// <param name="id"><c>module.form</c>.</param>
/// <param name="title">As printed.</param>
/// <param name="provisions">The ids of the provisions that prescribe it.</param>
/// <param name="read">Makes a subject of what was entered: <c>form =&gt; new(form)</c>.</param>
/// <param name="source">Left to the compiler.</param>
public abstract class Form<T>(
    string id,
    string title,
    IReadOnlyList<string> provisions,
    Func<FormBinder, T> read,
    [CallerFilePath] string source = ""
) : IForm
{
    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public string Title => title;

    /// <inheritdoc/>
    public IReadOnlyList<string> Provisions => provisions;

    /// <inheritdoc/>
    public IReadOnlyList<FormField> Fields { get; } = FormBinder.FieldsOf(read);

    /// <inheritdoc/>
    public abstract FormLayout Layout { get; }

    /// <summary>The rules across its fields, in the order of the document.</summary>
    public virtual IReadOnlyList<FormRule<T>> Rules => [];

    /// <summary>The interpretations that it rests on.</summary>
    public virtual IReadOnlyList<string> Interpretations => [];

    /// <inheritdoc/>
    public IEnumerable<Citation> Citations =>
        [
            new("form", Id, Title, Provisions, Interpretations, source),
            .. Rules.Select(r => CitationOf(Id, r)),
            .. Fields.SelectMany(f => f.Rules.Select(r => CitationOf($"{Id}/{f.Name}", r))),
        ];

    IReadOnlyList<Criterion> IForm.Rules => Rules;

    /// <inheritdoc/>
    public IReadOnlyList<FormFinding> Check(FormValues values, FormContext context) => Read(values, context).Findings;

    (object? Subject, IReadOnlyList<FormFinding> Findings) IForm.Look(FormValues values, FormContext context) =>
        Read(values, context);

    /// <summary>The subject, with what is wrong or strange in it.</summary>
    /// <inheritdoc cref="Check"/>
    public (T Subject, IReadOnlyList<FormFinding> Findings) Read(FormValues values, FormContext context)
    {
        List<FormFinding> findings = [];
        var subject = new FormBinder(Fields, values, context, findings).Read(read, Rules);
        return (
            subject,
            [
                .. findings
                    .Select(f => f.Provisions.Count > 0 ? f : f with { Provisions = provisions })
                    .OrderBy(f => f.Row ?? 0)
                    .ThenBy(f => f.Table is null ? "" : f.Table, StringComparer.Ordinal),
            ]
        );
    }

    private static Citation CitationOf(string owner, Criterion rule) =>
        new("form-rule", $"{owner}/{rule.Id}", rule.Message, rule.Provisions, rule.Interpretations, rule.Source);
}
