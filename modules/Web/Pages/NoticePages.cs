using System.Globalization;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Calendars;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>地方放假通知: which days are off or worked at a place alone, and who says so.</summary>
internal sealed class NoticePages : IPages
{
    internal const string Path = "/calendar/notices";

    /// <summary>How many spans of days a form offers; a notice that has more is entered by the API.</summary>
    internal const int Rows = 4;

    private static readonly IReadOnlyList<string> Cells = ["from", "to", "name"];

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Path, (HttpContext http, CommandExecutor commands) => ListAsync(http, commands, null));
        pages.MapPost(Path, async (HttpContext http, CommandExecutor commands) =>
        {
            var form = http.Request.Form;
            var result = await FormPost.ExecuteAsync(http, commands, work =>
                DayNotices.AddAsync(work, form["place"], form["source"], Days(form))
            );
            return result.IsDone ? FormPost.SeeOther(http, Path) : await ListAsync(http, commands, result);
        });
        pages.MapPost(Path + "/{id:guid}/revoke", async (HttpContext http, CommandExecutor commands, Guid id) =>
        {
            var result = await FormPost.ExecuteAsync(http, commands, work =>
                DayNotices.RevokeAsync(work, id, http.Request.Form["reason"])
            );
            return result.IsDone ? FormPost.SeeOther(http, Path) : await ListAsync(http, commands, result);
        });
    }

    private static async Task<IResult> ListAsync(HttpContext http, CommandExecutor commands, CommandResult? refused)
    {
        var (actor, policy) = (http.Actor(), commands.Policy);
        await using var db = commands.Database.Read(actor.AccessScope);
        var notices = await DayNotices.ListAsync(db, policy, actor.Places.Aggregate(ScopePath.Common));
        var places = policy
            .Divisions.All.Where(d => d.Successor is null && d.Level <= DivisionLevel.County)
            .Where(d => actor.Holds(DayNotices.By, ScopePath.ForDivision(d.Code)))
            .Select(d => ($"{d.Code}", d.Name))
            .ToList();
        return PageResult.Page<NoticesPage>(
            http,
            "地方放假通知",
            new NoticesPage.View(
                [
                    .. notices.Select(n =>
                        (
                            n,
                            n.RevokedAt is null
                                && actor.Holds(
                                    DayNotices.By,
                                    DivisionCode.TryParse(n.Place, out var code) ? ScopePath.ForDivision(code) : n.Place
                                )
                        )
                    ),
                ],
                places,
                refused is null ? null : AccountPages.Told(refused),
                http.Request.HasFormContentType ? http.Request.Form : FormCollection.Empty
            ),
            refused is null ? StatusCodes.Status200OK : FormPost.StatusOf(refused)
        );
    }

    /// <summary>The rows of which anything is filled in.</summary>
    private static IReadOnlyList<EnteredDays> Days(IFormCollection form) =>
        [
            .. Enumerable
                .Range(0, Rows)
                .Where(row => Cells.Any(cell => form[cell + row].ToString().Length > 0))
                .Select(row => new EnteredDays(
                    IsUnreadable(form[$"to{row}"]) ? null : Day(form[$"from{row}"]),
                    Day(form[$"to{row}"]),
                    form[$"name{row}"],
                    form[$"kind{row}"]
                )),
        ];

    /// <summary>A last day that means nothing is no one-day span: the row is told to be wrong.</summary>
    private static bool IsUnreadable(string? text) => text?.Trim() is { Length: > 0 } given && Day(given) is null;

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
