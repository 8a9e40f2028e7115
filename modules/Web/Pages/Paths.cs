using EduAssist.Office.Cases;
using EduAssist.Office.Listings;
using EduAssist.Platform;

namespace EduAssist.Web.Pages;

/// <summary>Where pages are, and which listing is about which workflow.</summary>
internal static class Paths
{
    internal static string Cases(LoadedModule module, IWorkflow workflow) =>
        $"/cases/{module.Module.Id}/{workflow.Collection}";

    internal static string Case(LoadedModule module, IWorkflow workflow, object id) =>
        $"{Cases(module, workflow)}/{id}";

    internal static string Api(LoadedModule module, IWorkflow workflow, object id) =>
        $"/api/{module.Module.Id}/{workflow.Collection}/{id}";

    /// <summary>A workflow by its id.</summary>
    internal static (LoadedModule Module, IWorkflow Workflow)? Workflow(Catalogue catalogue, string? id) =>
        catalogue
            .Modules.SelectMany(m => m.Workflows.Select(w => (m, w)))
            .Where(x => x.w.Id == id)
            .Select(x => ((LoadedModule, IWorkflow)?)x)
            .FirstOrDefault();

    /// <summary>A workflow by its place.</summary>
    internal static (LoadedModule Module, IWorkflow Workflow)? Workflow(
        Catalogue catalogue,
        string module,
        string collection
    ) =>
        catalogue.Module(module) is { } loaded
        && loaded.Workflows.FirstOrDefault(w => w.Collection == collection) is { } workflow
            ? (loaded, workflow)
            : null;

    /// <summary>The workflow whose cases are the rows of a listing; null: they are no cases of one.</summary>
    internal static (LoadedModule Module, IWorkflow Workflow)? WorkflowOf(Catalogue catalogue, IListing listing) =>
        catalogue
            .Modules.SelectMany(m => m.Workflows.Select(w => (Module: m, Workflow: w)))
            .Where(x => x.Workflow.Presentation.Listing == listing.Set)
            .Select(x => ((LoadedModule, IWorkflow)?)x)
            .FirstOrDefault();

    /// <summary>The listing whose rows are the cases of a workflow; null: it declares none.</summary>
    internal static IListing? ListingOf(Catalogue catalogue, IWorkflow workflow) =>
        catalogue.Listings.SingleOrDefault(l => l.Set == workflow.Presentation.Listing);
}
