using EduAssist.Data;
using EduAssist.Office.Changes;
using EduAssist.Office.Enrolment;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>新建班级: which classes lists have made, and how one that was made by mistake becomes the right one.</summary>
internal sealed class NewClassPages : IPages
{
    internal const string Path = "/classes",
        Merges = "/classes/merges";

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Path, async (HttpContext http, CommandExecutor commands, PartCursor<DateTimeOffset>? after) =>
        {
            await using var db = commands.Database.Read(http.Actor().AccessScope);
            await using var all = commands.Database.OpenUnfiltered();
            return PageResult.Page<NewClassesPage>(
                http,
                "本学年名单新建的班级",
                await NewClasses.ListAsync(db, all, http.Actor(), commands.Policy.Today.Date, after)
            );
        });
        pages.MapGet(Path + "/{id:guid}", (HttpContext http, CommandExecutor commands, Guid id) =>
            ShowAsync(http, commands, id, null)
        );
        pages.MapPost(Path + "/{id:guid}", async (HttpContext http, CommandExecutor commands, Guid id) =>
        {
            var form = http.Request.Form;
            Guid? into = Guid.TryParse(form["into"], out var chosen) ? chosen : null;
            var result = await FormPost.ExecuteAsync(http, commands, work =>
                ClassMerge.MergeAsync(work, id, FormPost.Version(form), into)
            );
            return result.IsDone
                ? FormPost.SeeOther(http, $"{Merges}/{result.Answer<ClassMergeOutcome>()!.Id}")
                : await ShowAsync(http, commands, id, result);
        });
        ImportHistoryPages.MapRecords(pages, Merges, ChangeSetKind.Classes);
        pages.MapGet(Merges, async (HttpContext http, CommandExecutor commands) =>
            PageResult.Page<ImportHistoryPage>(
                http,
                "班级合并记录",
                new ImportHistoryPage.View(
                    [],
                    null,
                    await commands.QueryAsync(http.Actor(), work =>
                        ChangeHistory.ListAsync(work, ChangeSetKind.Classes)
                    ),
                    ChangeSetKind.Classes
                )
            )
        );
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        CommandExecutor commands,
        Guid id,
        CommandResult? refused
    )
    {
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        await using var all = commands.Database.OpenUnfiltered();
        return await NewClasses.FindAsync(db, all, http.Actor(), id) is { } found
            ? PageResult.Page<NewClassPage>(
                http,
                found.Name,
                new NewClassPage.View(found, refused is null ? null : AccountPages.Told(refused)),
                refused is null ? StatusCodes.Status200OK : FormPost.StatusOf(refused)
            )
            : PageResult.NotFound(http, "没有这个由名单新建的班级，或者不在您能看到的范围内。");
    }
}
