using EduAssist.Documents.Forms;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Cases;
using EduAssist.Office.Indicators;
using EduAssist.Office.ListImports;
using EduAssist.Office.Listings;

namespace EduAssist.Platform;

/// <summary>
/// Where a user reaches what a module declares: every kind of contribution that pages, API and command line offer leads
/// somewhere.
/// </summary>
internal static class EntryPoints
{
    /// <summary>Where a citation is reached; null: nowhere yet.</summary>
    internal static EntryPoint? Find(LoadedModule module, IContribution contribution, Citation citation) =>
        contribution switch
        {
            IFunctions when module.Indicators.Any(i => i.Indicators.Any(known => known.Citation.Id == citation.Id)) =>
            // the function declares the indicator beside its formula, and an IIndicators computes it
            new(EntryPointKind.Indicators, module.Module.Id),
            // one contribution may declare several, each reached under its own id
            ISchoolAttributes => new(EntryPointKind.SchoolAttribute, citation.Id),
            IFunctions functions => CallerOf(module, functions) is { } caller ? Find(module, caller) : null,
            _ => Find(module, contribution),
        };

    /// <summary>
    /// What a function says that calls it, if that is loaded and leads anywhere; null: it says nothing.
    /// </summary>
    internal static IContribution? CallerOf(LoadedModule module, IFunctions functions) =>
        functions.CalledBy is { } type
            ? module.Contributions.FirstOrDefault(c => c.GetType() == type && Find(module, c) is not null)
            : null;

    private static EntryPoint? Find(LoadedModule module, IContribution contribution) =>
        contribution switch
        {
            IProgramme programme => new(EntryPointKind.Programme, programme.Id),
            IForm form => new(EntryPointKind.Form, form.Id),
            IWorkflow workflow => new(EntryPointKind.Workflow, $"{module.Module.Id}/{workflow.Collection}"),
            IIndicators => new(EntryPointKind.Indicators, module.Module.Id),
            IReferenceData => new(EntryPointKind.ReferenceData, module.Module.Id),
            IListing listing => new(EntryPointKind.Listing, listing.Set),
            IListImport intake => new(EntryPointKind.Intake, intake.Form.Id),
            _ => null,
        };
}
