using EduAssist.Data;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Indicators;
using EduAssist.Office.Indicators;
using EduAssist.Office.Listings;
using EduAssist.Platform;
using EduAssist.Web.Api;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>首页: what is open, what is due, how far the year has come.</summary>
internal sealed class HomePages : IPages
{
    private const int DaysAhead = 60,
        MostDuties = 8;

    void IPages.Map(RouteGroupBuilder pages) => pages.MapGet("/", HomeAsync);

    private static async Task<IResult> HomeAsync(HttpContext http, Instance instance, CommandExecutor commands)
    {
        var today = instance.Today.Date;
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        var source = new ListingSource(db, instance, http.RequestAborted);
        List<HomePage.ModuleView> modules = [];
        foreach (var module in instance.Catalogue.Modules)
            modules.Add(await LoadModuleAsync(instance, module, source, today));
        var duties = modules.SelectMany(m => m.Duties).OrderBy(d => d.Due).Take(MostDuties).ToList();
        return PageResult.Page<HomePage>(
            http,
            "首页",
            new HomePage.View(today, modules, duties, await CountsAsync(instance, source, today.Year))
        );
    }

    private static async Task<HomePage.ModuleView> LoadModuleAsync(
        Instance instance,
        LoadedModule module,
        ListingSource source,
        DateOnly today
    )
    {
        var title = module.Module.Title;
        try
        {
            var calendar = await instance.CalendarAsync(source.Db, module);
            var windows = Catalogue.WindowsAround(module, today, instance, calendar);
            var duties = instance
                .CalendarOf(module, today.Year, calendar)
                .Duties.Where(d => d.Due is { } due && due >= today && due <= today.AddDays(DaysAhead))
                .Select(d => new HomePage.DutyView(d.Duty.Title, d.Duty.OwedBy, d.Due!.Value, title))
                .ToList();
            return new(
                module,
                windows,
                [.. CalendarApi.Openings(instance, windows, today)],
                duties,
                await FiguresAsync(module, source, today.Year),
                null
            );
        }
        catch (HolidaysNotPublishedException unpublished)
        {
            return new(module, [], [], [], await FiguresAsync(module, source, today.Year), unpublished.Message);
        }
    }

    internal static async Task<IReadOnlyList<(Indicator Indicator, IReadOnlyList<Figure> Figures)>> FiguresAsync(
        LoadedModule module,
        ListingSource source,
        int year
    )
    {
        List<(Indicator, IReadOnlyList<Figure>)> all = [];
        foreach (var indicators in module.Indicators)
        {
            var figures = (await indicators.ComputeAsync(source, year)).ToLookup(f => f.Indicator);
            all.AddRange(indicators.Indicators.Select(i => (i, (IReadOnlyList<Figure>)[.. figures[i]])));
        }

        return all;
    }

    /// <summary>How many cases of the year stand where, workflow by workflow.</summary>
    private static async Task<IReadOnlyList<HomePage.CaseCount>> CountsAsync(
        Instance instance,
        ListingSource source,
        int year
    )
    {
        List<HomePage.CaseCount> counts = [];
        if (instance.Catalogue.Listings.FirstOrDefault(l => l.Set == "Cases") is not { } cases)
            return counts;
        var rows = ListingRows.Create(cases, source);
        foreach (var module in instance.Catalogue.Modules)
        {
            foreach (var workflow in module.Workflows)
            {
                var states = await rows.CountByAsync(
                    cases.Columns.Single(c => c.Name == "State"),
                    new([
                        (cases.Columns.Single(c => c.Name == "Workflow"), workflow.Id),
                        (cases.Columns.Single(c => c.Name == "Year"), $"{year}"),
                    ])
                );
                var byState = states.ToDictionary(s => (string)s.Value!, s => s.Count);
                counts.Add(
                    new(
                        workflow.Title,
                        Paths.Cases(module, workflow),
                        [.. workflow.States.Where(s => byState.ContainsKey(s.Id)).Select(s => (s, byState[s.Id]))]
                    )
                );
            }
        }

        return counts;
    }
}
