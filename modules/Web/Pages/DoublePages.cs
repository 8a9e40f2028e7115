using System.Globalization;
using EduAssist.Data;
using EduAssist.Office.Changes;
using EduAssist.Office.Enrolment;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>
/// 疑似重复学生: two by two, with the reason; a school says what it knows, a bureau above both merges them.
/// </summary>
internal sealed class DoublePages : IPages
{
    internal const string Path = "/doubles",
        Merges = "/doubles/merges";

    private const string OtherVersion = "otherVersion",
        Take = "take";

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Path, async (HttpContext http, CommandExecutor commands, Guid? after) =>
        {
            await using var db = commands.Database.Read(http.Actor().AccessScope);
            var part = await SuspectedDoubles.ListAsync(db, commands.Database.Keys, http.Actor(), after);
            return PageResult.Page<DoublesPage>(http, "疑似重复学生", part);
        });
        pages.MapGet(
            Path + "/{id:guid}/{other:guid}",
            (HttpContext http, CommandExecutor commands, Guid id, Guid other) =>
                ShowAsync(http, commands, id, other, null)
        );
        pages.MapPost(
            Path + "/{id:guid}/{other:guid}",
            async (HttpContext http, CommandExecutor commands, Guid id, Guid other) =>
            {
                var form = http.Request.Form;
                long? seen = long.TryParse(
                    form[OtherVersion],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var version
                )
                    ? version
                    : null;
                var result = await FormPost.ExecuteAsync(http, commands, work =>
                    StudentMerge.MergeAsync(
                        work,
                        id,
                        other,
                        (FormPost.Version(form), seen),
                        [.. form[Take].OfType<string>()]
                    )
                );
                return result.IsDone
                    ? FormPost.SeeOther(http, $"{Merges}/{result.Answer<MergeOutcome>()!.Id}")
                    : await ShowAsync(http, commands, id, other, result);
            }
        );
        pages.MapPost(
            Path + "/{id:guid}/{other:guid}/note",
            async (HttpContext http, CommandExecutor commands, Guid id, Guid other) =>
            {
                var form = http.Request.Form;
                var result = await FormPost.ExecuteAsync(http, commands, work =>
                    SuspectedDoubles.NoteAsync(work, id, other, form["opinion"] == "same", form["reason"])
                );
                return result.IsDone
                    ? FormPost.SeeOther(http, $"{Path}/{id}/{other}")
                    : await ShowAsync(http, commands, id, other, result);
            }
        );
        ImportHistoryPages.MapRecords(pages, Merges, ChangeSetKind.Merge);
        pages.MapGet(Merges, async (HttpContext http, CommandExecutor commands) =>
            PageResult.Page<ImportHistoryPage>(
                http,
                "合并记录",
                new ImportHistoryPage.View(
                    [],
                    null,
                    await commands.QueryAsync(http.Actor(), work => ChangeHistory.ListAsync(work, ChangeSetKind.Merge)),
                    ChangeSetKind.Merge
                )
            )
        );
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        CommandExecutor commands,
        Guid id,
        Guid other,
        CommandResult? refused
    )
    {
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        if (id == other || await SuspectedDoubles.FindAsync(db, http.Actor(), id, other) is not { } pair)
            return PageResult.NotFound(http, "没有这两名学生，或者不在您能看到的范围内。");
        var (keep, goes) = pair.One.Id == id ? (pair.One, pair.Other) : (pair.Other, pair.One);
        var would = pair.CanMerge
            ? await commands.QueryAsync(http.Actor(), work =>
                StudentMerge.MergeAsync(work, id, other, (null, null), [], preview: true)
            )
            : null;
        return PageResult.Page<DoublePage>(
            http,
            $"{keep.Name}与{goes.Name}",
            new DoublePage.View(
                pair,
                keep,
                goes,
                would?.Answer<MergeOutcome>(),
                would?.Refusal?.Detail,
                refused is null ? null : AccountPages.Told(refused),
                OtherVersion,
                Take
            ),
            refused is null ? StatusCodes.Status200OK : FormPost.StatusOf(refused)
        );
    }
}
