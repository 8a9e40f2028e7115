using EduAssist.Data;
using EduAssist.Office.Changes;
using EduAssist.Platform;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Api;

/// <summary>Imports that were done, and how one is taken back.</summary>
internal sealed class ChangesApi : IEndpoints
{
    int IEndpoints.Order => 82;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/imports").WithTags("名单");
        group
            .MapGet("/", ListAsync)
            .WithSummary("导入记录，最近的在前；form=表单标识 只看一种名单")
            .Produces<IReadOnlyList<ChangeSetView>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group
            .MapGet("/{id:guid}", async (HttpContext http, CommandExecutor commands, Guid id) =>
                await commands.QueryAsync(http.Actor(), work => ChangeHistory.FindAsync(work, ChangeSetKind.Import, id))
                    is { } found
                    ? ContractAnswer.Json(found)
                    : Problems.NotFound($"没有导入记录 {id}。")
            )
            .WithSummary("一次导入")
            .Produces<ChangeSetView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group
            .MapPost("/{id:guid}/undo", (HttpContext http, CommandExecutor commands, Guid id) =>
                UndoAsync(http, commands, ChangeSetKind.Import, id)
            )
            .WithSummary("整体撤销一次导入：{ \"preview\": true } 只看会怎样；有后来的变化在上面的，不能撤销")
            .Takes<UndoBody>()
            .Answers<UndoOutcome>();
    }

    /// <summary>Takes an import or a merge back, or tells what that would do.</summary>
    internal static async Task<IResult> UndoAsync(
        HttpContext http,
        CommandExecutor commands,
        ChangeSetKind kind,
        Guid id
    )
    {
        var (body, problem) = await CasesApi.BodyAsync(http);
        if (problem is not null)
            return problem;
        if (!ContractBody.TryRead(body, WebJson.Default.UndoBody, out var asked))
            return Problems.Invalid("preview", "请求须为 { \"preview\": true } 或 {}。");
        return asked.Preview == true
            ? ContractAnswer.From(
                http,
                await commands.QueryAsync(http.Actor(), work =>
                    ChangeHistory.UndoAsync(work, kind, id, null, preview: true)
                )
            )
            : await CasesApi.RunAsync(http, commands, CasesApi.Text(body), work =>
                ChangeHistory.UndoAsync(work, kind, id, CasesApi.Version(http), preview: false)
            );
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        string? form
    ) =>
        form is not null && instance.Catalogue.ListImport(form) is null
            ? FormsApi.NoForm(form)
            : ContractAnswer.Json(
                await commands.QueryAsync(http.Actor(), work =>
                    ChangeHistory.ListAsync(work, ChangeSetKind.Import, form)
                )
            );
}
