using EduAssist.Data;
using EduAssist.Office.Enrolment;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>转出学生: whom another school took over, shown where they were; 无误 or 有误, and the bureau decides.</summary>
internal sealed class TakeoverPages : IPages
{
    internal const string Path = "/takeovers";

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Path, async (HttpContext http, CommandExecutor commands, PartCursor<DateOnly>? after) =>
        {
            await using var db = commands.Database.Read(http.Actor().AccessScope);
            return PageResult.Page<TakeoversPage>(http, "转出学生", await Takeovers.ListAsync(db, http.Actor(), after));
        });
        pages.MapGet(Path + "/{id:guid}", (HttpContext http, CommandExecutor commands, Guid id) =>
            ShowAsync(http, commands, id, null)
        );
        pages.MapPost(Path + "/{id:guid}", async (HttpContext http, CommandExecutor commands, Guid id) =>
        {
            var form = http.Request.Form;
            bool? isRight = (string?)form["opinion"] switch
            {
                "right" => true,
                "wrong" => false,
                _ => null,
            };
            var result = await FormPost.ExecuteAsync(http, commands, work =>
                Takeovers.ReviewAsync(work, id, FormPost.Version(form), isRight, form["reason"])
            );
            return result.IsDone
                ? FormPost.SeeOther(http, $"{Path}/{id}")
                : await ShowAsync(http, commands, id, result);
        });
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        CommandExecutor commands,
        Guid id,
        CommandResult? refused
    )
    {
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        return await Takeovers.FindAsync(db, http.Actor(), id) is { } pupil
            ? PageResult.Page<TakeoverPage>(
                http,
                pupil.Name,
                new TakeoverPage.View(pupil, refused is null ? null : AccountPages.Told(refused)),
                refused is null ? StatusCodes.Status200OK : FormPost.StatusOf(refused)
            )
            : PageResult.NotFound(http, "没有这名转出的学生，或者不在您能看到的范围内。");
    }
}
