using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Platform;
using Xunit;

namespace EduAssist.Conformance;

/// <content>From each citation to where a user reaches it.</content>
public abstract partial class ModuleConformance<TModule>
{
    /// <summary>
    /// What carries out a provision is reached from somewhere, or is shown as not yet reachable; neither is claimed
    /// wrongly.
    /// </summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Each_citation_leads_to_an_entry_point_or_is_shown_as_not_yet_reachable()
    {
        var own = Module
            .Contributions.SelectMany(c => c.Citations)
            .Concat(Module.Readings.SelectMany(reading => Module.LatestYear(Instance.Calendar, reading)))
            .Select(c => (c.Kind, c.Id))
            .ToHashSet();
        var citations = Instance.Catalogue.Citations.Where(c => own.Contains((c.Kind, c.Id))).ToList();
        Assert.NotEmpty(citations);
        Approved.Nothing([
            .. citations
                .Where(c => c.Kind != "function" && c.EntryPoint is not null != IsReached(c))
                .Select(c =>
                    c.EntryPoint is { } claimed
                        ? $"{c.Kind} {c.Id} ({c.Source}) is shown as reachable through {claimed.Kind} {claimed.Id}, and is not there. Declare it there, or cite it from an IFunctions."
                        : $"{c.Kind} {c.Id} ({c.Source}) is shown as not yet reachable, and is reached. Cite it from what reaches it."
                ),
            .. FunctionCalls.Untrue(Module.Contributions),
        ]);
    }

    /// <summary>
    /// Whether the catalogue has what a citation names among what pages, API and command line offer: looked up by its
    /// kind and id, not by who cites it.
    /// </summary>
    private static bool IsReached(Citation citation)
    {
        var catalogue = Instance.Catalogue;
        return citation.Kind switch
        {
            "criterion" => catalogue.Programmes.Any(p =>
                p.RuleSets.Any(s => s.Criteria.Any(c => $"{p.Id}/{c.Id}" == citation.Id))
            ),
            "window" => catalogue.Modules.Any(m => HasIn(m, m.Declared, w => w.Id)),
            "duty" => catalogue.Modules.Any(m => HasIn(m, m.Duties, d => d.Id)),
            "form" => catalogue.Form(citation.Id) is not null,
            "form-rule" => catalogue.Forms.Any(f =>
                citation.Id.StartsWith(f.Id + "/", StringComparison.Ordinal)
                && FormIds(f).Contains($"form-rule {citation.Id}")
            ),
            "transition" => catalogue.Workflows.Any(w => w.Transitions.Any(t => $"{w.Id}/{t.Action}" == citation.Id)),
            "evidence" => catalogue.Workflows.Any(w => w.EvidenceKinds.Any(k => $"{w.Id}/{k.Id}" == citation.Id)),
            "indicator" => catalogue.Modules.Any(m =>
                m.Indicators.Any(i => i.Indicators.Any(x => x.Id == citation.Id))
            ),
            "school-attribute" => Instance.SchoolAttributes.Any(a => a.Id == citation.Id),
            "reference-data" => catalogue.Modules.Any(m => m.ReferenceData.Any(d => d.Id == citation.Id)),
            _ => false,
        };

        bool HasIn<T>(
            LoadedModule module,
            Func<int, WorkCalendar, InterpretationProfile, IReadOnlyList<T>> of,
            Func<T, string> id
        ) =>
            module.Readings.Any(reading =>
                of(module.LatestYearOf(Instance.Calendar, reading), Instance.Calendar, reading)
                    .Any(x => $"{module.Module.Id}/{id(x)}" == citation.Id)
            );
    }
}
