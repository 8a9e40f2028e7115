using EduAssist.Data;
using EduAssist.Office.Changes;
using EduAssist.Office.Enrolment;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Api;

/// <summary>
/// What lists leave behind, for those whom it concerns: pupils whom a list left out, pupils whom another school took
/// over, classes that a list made.
/// </summary>
internal sealed class OtherEyesApi : IEndpoints
{
    int IEndpoints.Order => 93;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/registry").WithTags("学籍");
        group
            .MapGet(
                "/unlisted",
                async (HttpContext http, CommandExecutor commands, Guid? school, PartCursor<string>? after) =>
                {
                    await using var db = commands.Database.Read(http.Actor().AccessScope);
                    return ContractAnswer.Json(await UnlistedPupils.ListAsync(db, http.Actor(), school, after));
                }
            )
            .WithSummary("上学期在册、本学期未见的学生，未填写去向的在前；school=学校的 id；after=上一页的 next")
            .Produces<UnlistedPart>();
        group
            .MapPost("/unlisted/{id:guid}/whereabouts", (HttpContext http, CommandExecutor commands, Guid id) =>
                BodyAsync(
                    http,
                    commands,
                    WebJson.Default.WhereaboutsBody,
                    "{ \"kind\": \"Transferred\", \"detail\": \"转到哪里\" }",
                    (work, asked) =>
                        UnlistedPupils.AnswerAsync(work, id, CasesApi.Version(http), asked.Kind, asked.Detail)
                )
            )
            .WithSummary("填写去向：{ \"kind\": \"Transferred\", \"detail\": \"转到哪里\" }；不改变学籍")
            .Takes<WhereaboutsBody>()
            .Answers<WhereaboutsView>();
        group
            .MapGet("/takeovers", async (HttpContext http, CommandExecutor commands, PartCursor<DateOnly>? after) =>
            {
                await using var db = commands.Database.Read(http.Actor().AccessScope);
                return ContractAnswer.Json(await Takeovers.ListAsync(db, http.Actor(), after));
            })
            .WithSummary("被其他学校的名单或转学转出的学生，核对为有误的在前；after=上一页的 next")
            .Produces<TakeoverPart>();
        group
            .MapPost("/takeovers/{id:guid}/review", (HttpContext http, CommandExecutor commands, Guid id) =>
                BodyAsync(
                    http,
                    commands,
                    WebJson.Default.TakeoverReviewBody,
                    "{ \"isRight\": false, \"reason\": \"理由\" }",
                    (work, asked) =>
                        Takeovers.ReviewAsync(work, id, CasesApi.Version(http), asked.IsRight, asked.Reason)
                )
            )
            .WithSummary("原学校核对转出，教育行政部门认定：{ \"isRight\": false, \"reason\": \"…\" }；不改变学籍")
            .Takes<TakeoverReviewBody>()
            .Answers<TakeoverView>();
        group
            .MapGet(
                "/new-classes",
                async (HttpContext http, CommandExecutor commands, PartCursor<DateTimeOffset>? after) =>
                {
                    await using var db = commands.Database.Read(http.Actor().AccessScope);
                    await using var all = commands.Database.OpenUnfiltered();
                    return ContractAnswer.Json(
                        await NewClasses.ListAsync(db, all, http.Actor(), commands.Policy.Today.Date, after)
                    );
                }
            )
            .WithSummary("本学年由名单新建的班级，最近的在前；after=上一页的 next")
            .Produces<NewClassPart>();
        group
            .MapPost("/classes/{id:guid}/merge", MergeAsync)
            .WithSummary("把班级并入另一个：{ \"into\": \"…\", \"preview\": true } 只看会怎样；可以撤销")
            .Takes<ClassMergeBody>()
            .Answers<ClassMergeOutcome>();
        group
            .MapGet("/class-merges", async (HttpContext http, CommandExecutor commands) =>
                ContractAnswer.Json(
                    await commands.QueryAsync(http.Actor(), work =>
                        ChangeHistory.ListAsync(work, ChangeSetKind.Classes)
                    )
                )
            )
            .WithSummary("班级合并记录，最近的在前")
            .Produces<IReadOnlyList<ChangeSetView>>();
        group
            .MapPost("/class-merges/{id:guid}/undo", (HttpContext http, CommandExecutor commands, Guid id) =>
                ChangesApi.UndoAsync(http, commands, ChangeSetKind.Classes, id)
            )
            .WithSummary("撤销一次班级合并：{ \"preview\": true } 只看会怎样")
            .Takes<UndoBody>()
            .Answers<UndoOutcome>();
    }

    private static Task<IResult> MergeAsync(HttpContext http, CommandExecutor commands, Guid id) =>
        ContractBody.ReadAsync(
            http,
            WebJson.Default.ClassMergeBody,
            "{ \"into\": \"标识\", \"preview\": true }",
            async asked =>
                asked.Preview == true
                    ? ContractAnswer.From(
                        http,
                        await commands.QueryAsync(http.Actor(), work =>
                            ClassMerge.MergeAsync(work, id, null, asked.Into, preview: true)
                        )
                    )
                    : await CasesApi.RunAsync(http, commands, $"{asked.Into}", work =>
                        ClassMerge.MergeAsync(work, id, CasesApi.Version(http), asked.Into)
                    )
        );

    private static Task<IResult> BodyAsync<T>(
        HttpContext http,
        CommandExecutor commands,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> contract,
        string shape,
        Func<UnitOfWork, T, Task<CommandResult>> run
    )
        where T : class =>
        ContractBody.ReadAsync(http, contract, shape, asked =>
            CasesApi.RunAsync(http, commands, $"{asked}", work => run(work, asked))
        );
}
