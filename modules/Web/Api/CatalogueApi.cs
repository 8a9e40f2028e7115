using EduAssist.Kernel;
using EduAssist.Kernel.Provisions;
using EduAssist.Platform;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Api;

/// <summary>What is loaded: modules, provisions with what carries them out, interpretations, reference data.</summary>
public sealed class CatalogueApi : IEndpoints
{
    /// <summary>A loaded module.</summary>
    public sealed record ModuleView(
        string Id,
        string Name,
        string Version,
        string? Jurisdiction,
        IEnumerable<string> Documents,
        IEnumerable<string> Programmes
    )
    {
        /// <summary>A module as it is shown.</summary>
        public static ModuleView From(LoadedModule module) =>
            new(
                module.Module.Id,
                module.Module.Title,
                module.Module.Version,
                module.Module.Jurisdiction,
                module.Documents.Select(d => d.Id),
                module.Programmes.Select(p => p.Id)
            );
    }

    internal sealed record CitationView(string Kind, string Id, string Title, string Source, string? EntryPoint)
    {
        internal static CitationView From(Citation citation) =>
            new(
                citation.Kind,
                citation.Id,
                citation.Title,
                citation.Source,
                citation.EntryPoint is { } entry ? AddressOf(entry, citation) : null
            );

        /// <summary>The route that leads to it, as the description of the API has it.</summary>
        private static string AddressOf(EntryPoint entry, Citation citation) =>
            entry.Kind switch
            {
                EntryPointKind.Programme => $"/api/programmes/{entry.Id}/assess",
                EntryPointKind.Window or EntryPointKind.Duty => $"/api/calendar/{entry.Id}/{{year}}",
                EntryPointKind.Form => $"/api/forms/{entry.Id}",
                EntryPointKind.Workflow =>
                    $"/api/{entry.Id}/{{id}}/{(citation.Kind == "evidence" ? "evidence" : citation.Id[(citation.Id.LastIndexOf('/') + 1)..])}",
                EntryPointKind.Indicators => $"/api/{entry.Id}/indicators/{{year}}",
                EntryPointKind.ReferenceData => "/api/reference-data",
                EntryPointKind.Listing => $"/odata/{entry.Id}",
                EntryPointKind.Intake => $"/api/forms/{entry.Id}/import",
                EntryPointKind.SchoolAttribute => $"/api/registry/schools/{{id}}/attributes/{entry.Id}",
                _ => throw new ArgumentOutOfRangeException(nameof(entry), entry.Kind, null),
            };
    }

    internal sealed record ProvisionView(
        string Id,
        string Document,
        string Article,
        IEnumerable<string> Kinds,
        ProvisionStatus Status,
        string Gist,
        DateOnly EffectiveFrom,
        DateOnly? EffectiveUntil,
        ProvisionState State,
        string StateTitle,
        IEnumerable<CitationView> ImplementedBy,
        IReadOnlyList<string> Tests,
        string? Awaits
    )
    {
        internal static ProvisionView From(ProvisionCoverage row) =>
            new(
                row.Provision.Id,
                row.Document.Title,
                row.Provision.Article,
                row.Provision.Kinds.ToString().Split(", "),
                row.Document.Status,
                row.Provision.Gist,
                row.Provision.EffectiveFrom ?? row.Document.EffectiveFrom,
                row.Provision.EffectiveUntil ?? row.Document.EffectiveUntil,
                row.State,
                Words.For(row.State),
                row.CarriedOutBy.Select(CitationView.From),
                row.Tests,
                row.Provision.Awaits
            );
    }

    internal sealed record InterpretationView(
        string Id,
        IReadOnlyList<string> Provisions,
        string Taken,
        string Other,
        string Why,
        string? Switch,
        bool TakesOther
    );

    internal sealed record DocumentView(
        string Id,
        string Module,
        string Title,
        string? Number,
        ProvisionStatus Status,
        DateOnly EffectiveFrom,
        DateOnly? EffectiveUntil,
        string? DateNote,
        IReadOnlyList<Anomaly> Anomalies
    );

    internal sealed record ReferenceDataView(string Id, string Title, IReadOnlyList<Remark> Remarks);

    int IEndpoints.Order => 40;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("").WithTags("目录");
        group
            .MapGet("/modules", (Instance i) => TypedResults.Ok(i.Catalogue.Modules.Select(ModuleView.From)))
            .WithSummary("已加载的模块");
        group
            .MapGet("/documents", (Instance i) =>
                TypedResults.Ok(
                    i.Catalogue.Modules.SelectMany(m =>
                        m.Documents.Select(d => new DocumentView(
                            d.Id,
                            m.Module.Id,
                            d.Title,
                            d.Number,
                            d.Status,
                            d.EffectiveFrom,
                            d.EffectiveUntil,
                            d.DateNote,
                            d.Anomalies
                        ))
                    )
                )
            )
            .WithSummary("文件及其文本出入");
        group
            .MapGet("/provisions", (Instance i, string? document) =>
                TypedResults.Ok(
                    i.Catalogue.Provisions.Where(r => document is null || r.Document.Id == document)
                        .Select(ProvisionView.From)
                )
            )
            .WithSummary("条款：由什么实现，由哪些测试证明")
            .WithDescription(
                "document：只列一个文件的条款。state：已实现、部分实现、已写成而尚不可用、待实现、原则；entryPoint：从哪里用到，尚不可用的为空。"
            );
        group
            .MapGet("/provisions/{document}/{article}", (Instance i, string document, string article) =>
                i.Catalogue.Provisions.FirstOrDefault(r => r.Provision.Id == $"{document}/{article}") is { } row
                    ? TypedResults.Ok(ProvisionView.From(row))
                    : Problems.NotFound($"没有条款 {document}/{article}。")
            )
            .Produces<ProvisionView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("一个条款");
        group
            .MapGet("/interpretations", (Instance i) =>
                TypedResults.Ok(
                    i.Catalogue.Interpretations.Select(x => new InterpretationView(
                        x.Id,
                        x.Provisions,
                        x.Taken,
                        x.Other,
                        x.Why,
                        x.Switch,
                        i.Reading.TakesOther(x.Id)
                    ))
                )
            )
            .WithSummary("释义：两种读法，以及本实例采用哪一种");
        group
            .MapGet("/reference-data", (Instance i) =>
                TypedResults.Ok(
                    i.Catalogue.Modules.SelectMany(m => m.ReferenceData)
                        .Select(d => new ReferenceDataView(d.Id, d.Title, d.Check(i.Reading)))
                )
            )
            .WithSummary("附表数据与文件核对的结果");
    }
}
