using EduAssist.Data;
using EduAssist.Office.Enrolment;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>未见学生: on last term's list and on nobody's now; the school says where they are.</summary>
internal sealed class UnlistedPages : IPages
{
    internal const string Path = "/unlisted";

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet(
            Path,
            async (HttpContext http, CommandExecutor commands, Guid? school, PartCursor<string>? after) =>
            {
                await using var db = commands.Database.Read(http.Actor().AccessScope);
                return PageResult.Page<UnlistedPage>(
                    http,
                    "上学期在册、本学期未见",
                    new UnlistedPage.View(await UnlistedPupils.ListAsync(db, http.Actor(), school, after), school)
                );
            }
        );
        pages.MapGet(Path + "/{id:guid}", (HttpContext http, CommandExecutor commands, Guid id) =>
            ShowAsync(http, commands, id, null)
        );
        pages.MapPost(Path + "/{id:guid}", async (HttpContext http, CommandExecutor commands, Guid id) =>
        {
            var form = http.Request.Form;
            var result = await FormPost.ExecuteAsync(http, commands, work =>
                UnlistedPupils.AnswerAsync(work, id, FormPost.Version(form), form["kind"], form["detail"])
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
        return await UnlistedPupils.FindAsync(db, http.Actor(), id) is { } pupil
            ? PageResult.Page<UnlistedPupilPage>(
                http,
                pupil.Name,
                new UnlistedPupilPage.View(pupil, refused is null ? null : AccountPages.Told(refused)),
                refused is null ? StatusCodes.Status200OK : FormPost.StatusOf(refused)
            )
            : PageResult.NotFound(http, "没有这名未见的学生：名单已经列入，学籍已经变动，或者不在您能看到的范围内。");
    }
}
