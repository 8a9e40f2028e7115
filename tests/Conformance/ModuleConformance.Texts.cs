using System.Text.RegularExpressions;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Policy;
using EduAssist.Platform;
using Xunit;

namespace EduAssist.Conformance;

/// <content>What users read, and what it cites.</content>
public abstract partial class ModuleConformance<TModule>
{
    /// <summary>
    /// Titles, requirements and messages are Chinese: those that are declared, and those that stand anywhere in the
    /// module's code.
    /// </summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void What_users_read_is_Chinese()
    {
        var texts = Texts().ToList();
        Assert.NotEmpty(texts);
        Approved.Nothing([
            .. Module
                .Programmes.Where(p => p.Schema.Fields.Count == 0)
                .Select(p =>
                    $"programme {p.Id} has no facts, so none of its titles was looked at: "
                    + "read them by the Facts that the subject is given."
                ),
            .. texts
                .Where(t => !Literal.HasChinese(t.Text))
                .Select(t => $"{t.Of} reads \"{t.Text}\": say it in Chinese."),
            .. Literals
                .Where(l => l.IsForeign && !l.IsThrown && texts.TrueForAll(t => t.Text != l.Text))
                .Select(l => $"{l.Where} says \"{l.Text}\": say it in Chinese, or throw it if no user can come to it."),
        ]);
    }

    /// <summary>
    /// What a guard, an effect, a list import or anything else in the module's code cites is there; a guard or an input
    /// rule cites something.
    /// </summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Whatever_the_code_cites_is_there_and_every_guard_cites_something()
    {
        var (provisions, interpretations) = (
            Instance.Catalogue.Provisions.Select(r => r.Provision.Id).ToHashSet(StringComparer.Ordinal),
            Instance.Catalogue.Interpretations.Select(i => i.Id).ToHashSet(StringComparer.Ordinal)
        );
        var documents = Instance.Catalogue.Modules.SelectMany(m => m.Documents).Select(d => d.Id + "/").ToList();
        var numbered = interpretations
            .Select(i => NumberAtEnd().Replace(i, ""))
            .Distinct()
            .Where(prefix => prefix.Length > 0)
            .ToList();
        Approved.Nothing([
            .. Module.Workflows.SelectMany(w =>
                w.Transitions.SelectMany(t =>
                    t.Rules.Where(r => r.Provisions.Count == 0)
                        .Select(r =>
                            $"the guard {r.Id} of {w.Id}/{t.Action} ({r.Source}) rests on no provision: name the one that it carries out."
                        )
                )
            ),
            .. Literals
                .Where(l =>
                    documents.Exists(d =>
                        l.Text.StartsWith(d, StringComparison.Ordinal)
                        && l.Text.Length > d.Length
                        && !l.Text.Contains(' ', StringComparison.Ordinal)
                    )
                )
                .Where(l => !provisions.Contains(l.Text))
                .Select(l =>
                    $"{l.Where} cites {l.Text}, which is no provision of a loaded document: mend the id, or add the provision."
                ),
            .. Literals
                .Where(l =>
                    numbered.Exists(prefix =>
                        l.Text.StartsWith(prefix, StringComparison.Ordinal)
                        && NumberAtEnd().Replace(l.Text, "") == prefix
                    )
                )
                .Where(l => !interpretations.Contains(l.Text))
                .Select(l =>
                    $"{l.Where} rests on {l.Text}, which is no interpretation of a loaded module: mend the id, or add the interpretation."
                ),
        ]);
    }

    /// <summary>The texts in what a module's contributions reach in its own assembly.</summary>
    private static IReadOnlyList<Literal> Literals
    {
        get
        {
            using var calls = new CallGraph(typeof(TModule).Assembly);
            return calls.LiteralsFrom(
                Module
                    .Contributions.Select(c => c.GetType())
                    .Where(t => t.Assembly == typeof(TModule).Assembly)
                    .Distinct()
            );
        }
    }

    /// <summary>All that is declared and shown.</summary>
    private static IEnumerable<(string Of, string Text)> Texts() =>
        [
            ("the module's title", Module.Module.Title),
            .. Module.Documents.SelectMany(d =>
                d.Provisions.Select(p => ($"the gist of {p.Id}", p.Gist))
                    .Prepend(($"the title of document {d.Id}", d.Title))
            ),
            .. Rows.Where(r => r.Provision.Awaits is not null)
                .Select(r => ($"what {r.Provision.Id} awaits", r.Provision.Awaits!)),
            .. Module.Documents.SelectMany(d => d.Anomalies).Select(a => ($"anomaly {a.Id}", a.Text)),
            .. Module.Interpretations.SelectMany(i =>
                ((string, string)[])
                    [
                        ($"the reading taken of {i.Id}", i.Taken),
                        ($"the other reading of {i.Id}", i.Other),
                        ($"the reason of {i.Id}", i.Why),
                    ]
            ),
            .. Module.Programmes.SelectMany(p =>
                p.RuleSets.SelectMany(s => s.Criteria)
                    .Select(c => ($"the message of {p.Id}/{c.Id}", c.Message))
                    .Prepend(($"the title of programme {p.Id}", p.Title))
            ),
            .. Module.Programmes.SelectMany(p =>
                p.Schema.Fields.SelectMany(f =>
                    f.Choices.Select(c => ($"a choice of fact {p.Id} {f.Name}", c.Title))
                        .Prepend(($"the title of fact {p.Id} {f.Name}", f.Title))
                )
            ),
            .. Module
                .LatestYear(Instance.Calendar, Instance.Reading)
                .Select(c => ($"the title of {c.Kind} {c.Id}", c.Title)),
            .. Module
                .Duties(Module.LatestYearOf(Instance.Calendar, Instance.Reading), Instance.Calendar, Instance.Reading)
                .Select(d => ($"who owes duty {d.Id}", d.OwedBy)),
            .. Module.Forms.SelectMany(f =>
                Fields(f.Id, f.Fields).Concat(Messages(f.Id, f.Rules)).Prepend(($"the title of form {f.Id}", f.Title))
            ),
            .. Module.Workflows.SelectMany(w =>
                w.States.Select(s => ($"the title of state {w.Id} {s.Id}", s.Title))
                    .Prepend(($"the title of workflow {w.Id}", w.Title))
            ),
            .. Module.Workflows.SelectMany(w =>
                w.Transitions.SelectMany(t =>
                    Fields($"{w.Id}/{t.Action}", t.Fields)
                        .Concat(Messages($"{w.Id}/{t.Action}", t.Rules))
                        .Prepend(($"the title of step {w.Id}/{t.Action}", t.Title))
                )
            ),
            .. Module.Workflows.SelectMany(w =>
                w.EvidenceKinds.Select(k => ($"the title of evidence {w.Id}/{k.Id}", k.Title))
            ),
            .. Module
                .Contributions.SelectMany(c => c.Citations)
                .Where(c => c.Kind is "indicator" or "function")
                .Select(c => ($"the title of {c.Kind} {c.Id}", c.Title)),
            .. Module.ReferenceData.SelectMany(d =>
                d.Check(Instance.Reading)
                    .Select(r => ($"remark {r.Id} of {d.Id}", r.Text))
                    .Prepend(($"the title of reference data {d.Id}", d.Title))
            ),
            .. Module.ListImports.SelectMany(i =>
                i.Filters.Select(f => ($"the title of filter {f.Name} of intake {i.Form.Id}", f.Title))
            ),
            .. Listings.SelectMany(l =>
                l.Columns.Select(c => ($"the title of column {l.Set}.{c.Name}", c.Title))
                    .Prepend(($"the title of set {l.Set}", l.Title))
            ),
        ];

    private static IEnumerable<(string Of, string Text)> Fields(string owner, IEnumerable<FormField> fields) =>
        fields.SelectMany(f =>
            (IEnumerable<(string, string)>)
                [
                    ($"the title of field {owner}.{f.Name}", f.Title),
                    .. f.Choices.Select(c => ($"a choice of field {owner}.{f.Name}", c.Name)),
                    .. Fields($"{owner}.{f.Name}", f.Columns),
                    .. Messages($"{owner}.{f.Name}", f.Rules),
                ]
        );

    private static IEnumerable<(string Of, string Text)> Messages(string owner, IEnumerable<Criterion> rules) =>
        rules.Select(r => ($"the message of rule {owner}/{r.Id}", r.Message));

    [GeneratedRegex("[0-9]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberAtEnd();
}
