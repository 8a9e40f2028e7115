using EduAssist.Data;
using EduAssist.Office.Changes;
using EduAssist.Office.Enrolment;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Api;

/// <summary>Students who might be one, what is said of them, and how they are merged and parted again.</summary>
internal sealed class DoublesApi : IEndpoints
{
    int IEndpoints.Order => 92;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/registry").WithTags("学籍");
        group
            .MapGet("/doubles", ListAsync)
            .WithSummary("疑似重复的学生，两人一组；after=上一页的 next")
            .Produces<DoublesPart>();
        group
            .MapPost("/doubles/notes", NoteAsync)
            .WithSummary("核对意见：{ \"student\": \"…\", \"other\": \"…\", \"isSame\": false, \"reason\": \"…\" }")
            .Takes<DoubleNoteBody>()
            .Answers<DoubleNoteView>();
        group
            .MapPost("/students/{id:guid}/merge", MergeAsync)
            .WithSummary("把另一名学生并入：{ \"other\": \"…\", \"otherVersion\": 1, \"take\": [\"phone\"] }；可以撤销")
            .Takes<MergeBody>()
            .Answers<MergeOutcome>();
        group
            .MapGet("/merges", async (HttpContext http, CommandExecutor commands) =>
                ContractAnswer.Json(
                    await commands.QueryAsync(http.Actor(), work => ChangeHistory.ListAsync(work, ChangeSetKind.Merge))
                )
            )
            .WithSummary("合并记录，最近的在前")
            .Produces<IReadOnlyList<ChangeSetView>>();
        group
            .MapPost("/merges/{id:guid}/undo", (HttpContext http, CommandExecutor commands, Guid id) =>
                ChangesApi.UndoAsync(http, commands, ChangeSetKind.Merge, id)
            )
            .WithSummary("撤销一次合并：{ \"preview\": true } 只看会怎样")
            .Takes<UndoBody>()
            .Answers<UndoOutcome>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, CommandExecutor commands, Guid? after)
    {
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        return ContractAnswer.Json(await SuspectedDoubles.ListAsync(db, commands.Database.Keys, http.Actor(), after));
    }

    private static async Task<IResult> NoteAsync(HttpContext http, CommandExecutor commands)
    {
        var (body, problem) = await CasesApi.BodyAsync(http);
        if (problem is not null)
            return problem;
        if (
            !ContractBody.TryRead(body, WebJson.Default.DoubleNoteBody, out var asked)
            || (asked.Student, asked.Other, asked.IsSame) is not ({ } student, { } other, { } isSame)
        )
            return Problems.Invalid(
                "",
                "请求须为 { \"student\": \"标识\", \"other\": \"标识\", \"isSame\": false, \"reason\": \"理由\" }。"
            );
        return await CasesApi.RunAsync(http, commands, CasesApi.Text(body), work =>
            SuspectedDoubles.NoteAsync(work, student, other, isSame, asked.Reason)
        );
    }

    private static async Task<IResult> MergeAsync(HttpContext http, CommandExecutor commands, Guid id)
    {
        var (body, problem) = await CasesApi.BodyAsync(http);
        if (problem is not null)
            return problem;
        if (!ContractBody.TryRead(body, WebJson.Default.MergeBody, out var asked))
            return Problems.Invalid(
                "other",
                "请求须为 { \"other\": \"标识\", \"otherVersion\": 1, \"take\": [\"栏目\"], \"preview\": true }。"
            );
        Task<CommandResult> Work(UnitOfWork work) =>
            StudentMerge.MergeAsync(
                work,
                id,
                asked.Other,
                (CasesApi.Version(http), asked.OtherVersion),
                asked.Take ?? [],
                asked.Preview == true
            );
        return asked.Preview == true
            ? ContractAnswer.From(http, await commands.QueryAsync(http.Actor(), Work))
            : await CasesApi.RunAsync(http, commands, CasesApi.Text(body), Work);
    }
}
