using EduAssist.Data;
using EduAssist.Kernel.Indicators;
using EduAssist.Office.Indicators;
using EduAssist.Platform;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Api;

/// <summary>Indicators of every module that computes some from what is stored.</summary>
internal sealed class IndicatorsApi(Instance instance) : IEndpoints
{
    /// <param name="Subject">The body, or the group of its students.</param>
    /// <param name="Title">Of the subject.</param>
    /// <param name="Numerator">Counted.</param>
    /// <param name="Denominator">Counted; 0: the figure is undefined.</param>
    /// <param name="Value">Null: undefined, which is neither 0 nor 100 %.</param>
    /// <param name="Percent">Cut, not rounded; null where it is no share.</param>
    /// <param name="Reached">Whether the target is reached; null: undefined, or there is none.</param>
    /// <param name="Provisional">Some of what is counted is not settled yet.</param>
    internal sealed record FigureView(
        string Subject,
        string Title,
        long Numerator,
        long Denominator,
        decimal? Value,
        string? Percent,
        bool? Reached,
        bool Provisional
    );

    internal sealed record IndicatorView(
        string Id,
        string Title,
        IReadOnlyList<string> Provisions,
        IReadOnlyList<string> Interpretations,
        decimal? Target,
        string? Unit,
        IEnumerable<FigureView> Figures
    );

    internal sealed record IndicatorsOfYear(string Module, int Year, IEnumerable<IndicatorView> Indicators);

    int IEndpoints.Order => 110;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        foreach (var module in instance.Catalogue.Modules.Where(m => m.Indicators.Count > 0))
        {
            api.MapGet(
                    $"/{module.Module.Id}/indicators/{{year}}",
                    async (HttpContext http, Instance i, CommandExecutor commands, string year) =>
                    {
                        if (!CalendarApi.TryYear(year, out var number))
                            return CalendarApi.NoYear;
                        await using var db = commands.Database.Read(http.Actor().AccessScope);
                        List<IndicatorView> views = [];
                        foreach (var indicators in module.Indicators)
                        {
                            var figures = (
                                await indicators.ComputeAsync(new(db, i, http.RequestAborted), number)
                            ).ToLookup(f => f.Indicator);
                            views.AddRange(
                                indicators.Indicators.Select(x => new IndicatorView(
                                    x.Id,
                                    x.Title,
                                    x.Provisions,
                                    x.Interpretations,
                                    x.Target,
                                    x.Unit,
                                    figures[x].Select(f => View(x, f))
                                ))
                            );
                        }

                        return TypedResults.Ok(new IndicatorsOfYear(module.Module.Id, number, views));
                    }
                )
                .Produces<IndicatorsOfYear>()
                .ProducesProblem(StatusCodes.Status400BadRequest)
                .WithTags(module.Module.Title)
                .WithSummary($"{module.Module.Title}：一年的指标");
        }
    }

    private static FigureView View(Indicator indicator, Figure figure) =>
        new(
            figure.Subject,
            figure.Title,
            figure.Ratio.Numerator,
            figure.Ratio.Denominator,
            figure.Ratio.Value,
            indicator.Unit is null ? figure.Ratio.Percent : null,
            indicator.IsMetBy(figure.Ratio),
            figure.Ratio.Provisional
        );
}
