using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Listings;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using EduAssist.Web.Api;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using EduAssist.Web.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web.Pages;

/// <summary>日历、条款对照、表单、指标、系统: what modules declare.</summary>
internal sealed class CataloguePages : IPages
{
    private const int ProvisionsOfAPage = 40;

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/calendar", CalendarAsync);
        pages.MapGet("/provisions", Provisions);
        pages.MapGet("/forms", (HttpContext http, Instance instance) =>
            PageResult.Page<FormsPage>(http, "表单", new FormsPage.View([.. instance.Catalogue.Forms]))
        );
        pages.MapGet("/indicators", IndicatorsAsync);
        pages.MapGet("/system", (HttpContext http, CommandExecutor commands) => System(http, commands));
        pages
            .MapPost("/system/backup", (HttpContext http, CommandExecutor commands, BackgroundJobs jobs) =>
                !http.Actor().Holds([Role.Administrator], "")
                    ? PageResult.ErrorPage(
                        http,
                        StatusCodes.Status403Forbidden,
                        "不能备份",
                        "备份由管理全部范围的管理员办理。"
                    )
                    : JobPages.Begin(http, jobs, "备份", 0, BackUp(commands, http.Actor()))
            )
            .RequireAuthorization(AuthorizationPolicyNames.AdministratorsOnly);
    }

    private static IResult System(HttpContext http, CommandExecutor commands, string? done = null) =>
        PageResult.Page<SystemPage>(
            http,
            "系统",
            new SystemPage.View(
                http.Instance(),
                commands.Database.Kind,
                http.Actor().Holds([Role.Administrator], "") ? commands.Database.Backups() : null,
                done
            )
        );

    private static Func<IProgress<int>, Task<Func<HttpContext, IResult>>> BackUp(
        CommandExecutor commands,
        Actor actor
    ) =>
        async _ =>
        {
            var file = Path.GetFileName(commands.Database.BackUp("manual", commands.Policy.Today.Now));
            await commands.AppendAuditAsync(actor, "backup", detail: file);
            return http => System(http, commands, $"已备份到 {file}。主密钥不在备份里，须另外保管。");
        };

    private static async Task<IResult> CalendarAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        Accounts accounts,
        IDataProtectionProvider protection
    )
    {
        var year = Year(http, instance);
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        var modules = instance.Catalogue.Modules;
        var module = modules.FirstOrDefault(m => m.Module.Id == http.Request.Query["module"])
            ?? modules.FirstOrDefault(m => HasWindows(instance, m, year))
            ?? modules[^1];
        var link = CalendarLink.Create(http, protection, await accounts.FindUserAsync(http.User), module.Module.Id);
        try
        {
            return Page(instance.CalendarOf(module, year, await instance.CalendarAsync(db, module)), null);
        }
        catch (HolidaysNotPublishedException unpublished)
        {
            return Page(null, unpublished.Message);
        }

        IResult Page(CalendarYear? of, string? trouble) =>
            PageResult.Page<CalendarPage>(
                http,
                "日历",
                new CalendarPage.View(
                    modules,
                    module,
                    year,
                    [.. instance.Calendar.Years],
                    of,
                    trouble,
                    instance.Today.Date,
                    link
                )
            );
    }

    private static bool HasWindows(Instance instance, LoadedModule module, int year) =>
        instance.Calendar.Publishes(year)
        && instance
            .CalendarOf(module, instance.Calendar.Years[^1] < year ? instance.Calendar.Years[^1] : year)
            .Windows.Count > 0;

    private static IResult Provisions(HttpContext http, Instance instance)
    {
        var query = http.Request.Query;
        var (text, document, state) = (
            ListPages.Text(query["q"]),
            query["document"].ToString(),
            query["state"].ToString()
        );
        var found = instance
            .Catalogue.Provisions.Where(r =>
                (document.Length == 0 || r.Document.Id == document)
                && (state.Length == 0 || Words.For(r.State) == state)
                && (text is null || Holds(r, text))
            )
            .ToList();
        var pages = Math.Max(1, (found.Count + ProvisionsOfAPage - 1) / ProvisionsOfAPage);
        var page = Math.Clamp(ListPages.Number(query["page"], 1), 1, pages);
        return PageResult.Page<ProvisionsPage>(
            http,
            "条款对照",
            new ProvisionsPage.View(
                instance,
                text,
                document,
                state,
                [.. found.Skip((page - 1) * ProvisionsOfAPage).Take(ProvisionsOfAPage)],
                found.Count,
                page,
                pages,
                number => ListPages.Address(http, [("page", number == 1 ? null : $"{number}")])
            )
        );
    }

    private static bool Holds(ProvisionCoverage row, string text) =>
        row.Provision.Id.Contains(text, StringComparison.OrdinalIgnoreCase)
        || row.Provision.Article.Contains(text, StringComparison.Ordinal)
        || row.Provision.Gist.Contains(text, StringComparison.Ordinal)
        || row.CarriedOutBy.Any(c =>
            c.Title.Contains(text, StringComparison.Ordinal) || c.Id.Contains(text, StringComparison.OrdinalIgnoreCase)
        );

    private static async Task<IResult> IndicatorsAsync(HttpContext http, Instance instance, CommandExecutor commands)
    {
        var year = Year(http, instance);
        var modules = instance.Catalogue.Modules.Where(m => m.Indicators.Count > 0).ToList();
        var module = modules.FirstOrDefault(m => m.Module.Id == http.Request.Query["module"])
            ?? modules.FirstOrDefault();
        var within = await WithinAsync(http, instance, commands);
        await using var db = commands.Database.Read(
            within is { } place ? AccessScope.At(place.Scope) : http.Actor().AccessScope
        );
        var figures = module is null
            ? []
            : await HomePages.FiguresAsync(module, new ListingSource(db, instance, http.RequestAborted), year);
        return PageResult.Page<IndicatorsPage>(
            http,
            "指标",
            new IndicatorsPage.View(
                modules,
                module,
                year,
                [.. instance.Calendar.Years],
                figures,
                within?.Title,
                subject => Inside(http, instance, subject)
            )
        );
    }

    /// <summary>
    /// The part of somebody's own places that the address asks for: of a division, or of a school; null: all of them.
    /// </summary>
    private static async Task<(string Scope, string Title)?> WithinAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands
    )
    {
        var text = http.Request.Query["within"].ToString();
        var access = http.Actor().AccessScope;
        if (DivisionCode.TryParse(text, out var code) && instance.Divisions.Find(code) is { } division)
            return access.Covers(ScopePath.ForDivision(code)) ? (ScopePath.ForDivision(code), division.Name) : null;
        if (!Guid.TryParse(text, out var id))
            return null;
        await using var db = commands.Database.Read(access);
        return
            await db.Set<School>().Where(s => s.Id == id).Select(s => new { s.Scope, s.Name }).SingleOrDefaultAsync()
                is { } school
            && access.Covers(school.Scope)
            ? (school.Scope, school.Name)
            : null; // a class sees the row of its school, but not what belongs to the school
    }

    /// <summary>Where the figures of a subject's own bodies are; null: it has none.</summary>
    private static string? Inside(HttpContext http, Instance instance, string subject) =>
        subject != http.Request.Query["within"]
        && (
            (DivisionCode.TryParse(subject, out var code) && instance.Divisions.Find(code) is not null)
            || Guid.TryParse(subject, out _)
        )
            ? ListPages.Address(http, [("within", subject)])
            : null;

    private static int Year(HttpContext http, Instance instance) =>
        ListPages.Number(http.Request.Query["year"], instance.Today.Date.Year) is >= 1 and <= 9999 and var year
            ? year
            : instance.Today.Date.Year;
}
