using EduAssist.Data;
using EduAssist.Office.Changes;
using EduAssist.Platform;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>导入记录: what was imported, by whom, and how one import is taken back as a whole.</summary>
internal sealed class ImportHistoryPages : IPages
{
    internal const string Path = "/imports/history";

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Path, async (HttpContext http, Instance instance, CommandExecutor commands, string? form) =>
        {
            var chosen = form is { Length: > 0 } ? instance.Catalogue.ListImport(form) : null;
            if (form is { Length: > 0 } && chosen is null)
                return PageResult.NotFound(http, $"没有可以导入的名单 {ListPages.Short(form)}。");
            var sets = await commands.QueryAsync(http.Actor(), work =>
                ChangeHistory.ListAsync(work, ChangeSetKind.Import, chosen?.Form.Id)
            );
            return PageResult.Page<ImportHistoryPage>(
                http,
                "导入记录",
                new ImportHistoryPage.View([.. instance.Catalogue.ListImports], chosen, sets)
            );
        });
        MapRecords(pages, Path, ChangeSetKind.Import);
    }

    /// <summary>One import or merge, and taking it back.</summary>
    internal static void MapRecords(RouteGroupBuilder pages, string path, ChangeSetKind kind)
    {
        pages.MapGet(path + "/{id:guid}", (HttpContext http, CommandExecutor commands, Guid id) =>
            ShowAsync(http, commands, kind, id, null)
        );
        pages.MapPost(path + "/{id:guid}/undo", async (HttpContext http, CommandExecutor commands, Guid id) =>
            await ShowAsync(
                http,
                commands,
                kind,
                id,
                await FormPost.ExecuteAsync(http, commands, work =>
                    ChangeHistory.UndoAsync(work, kind, id, FormPost.Version(http.Request.Form), preview: false)
                )
            )
        );
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        CommandExecutor commands,
        ChangeSetKind kind,
        Guid id,
        CommandResult? done
    )
    {
        var found = await commands.QueryAsync(http.Actor(), work => ChangeHistory.FindAsync(work, kind, id));
        if (found is null)
            return PageResult.NotFound(http, $"没有这次{Word(kind)}，或者不在您能看到的范围内。");
        var would = found.CanUndo
            ? await commands.QueryAsync(http.Actor(), work =>
                ChangeHistory.UndoAsync(work, kind, id, null, preview: true)
            )
            : null;
        return PageResult.Page<ImportRecordPage>(
            http,
            kind == ChangeSetKind.Import ? $"导入{found.Title}" : found.Title,
            new ImportRecordPage.View(
                found,
                would?.Answer<UndoOutcome>(),
                done is { IsDone: true } ? done.Answer<UndoOutcome>() : null,
                done?.Refusal?.Detail
            ),
            done is null ? StatusCodes.Status200OK : FormPost.StatusOf(done)
        );
    }

    internal static string Word(ChangeSetKind kind) => kind == ChangeSetKind.Import ? "导入" : "合并";

    internal static string PathOf(ChangeSetKind kind) =>
        kind switch
        {
            ChangeSetKind.Import => Path,
            ChangeSetKind.Merge => DoublePages.Merges,
            _ => NewClassPages.Merges,
        };
}
