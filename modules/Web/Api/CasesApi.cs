using System.Globalization;
using System.Text;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Office.Cases;
using EduAssist.Platform;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace EduAssist.Web.Api;

/// <summary>
/// Cases of every workflow that a module declares: opened, edited, moved one step at a time, corrected.
/// </summary>
internal sealed class CasesApi(Instance instance) : IEndpoints
{
    private const int LongestKey = 200;

    internal const int MostEvidenceBytes = 20 << 20;

    internal static readonly HashSet<string> EvidenceTypes = ["application/pdf", "image/jpeg", "image/png"];

    int IEndpoints.Order => 100;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        foreach (var module in instance.Catalogue.Modules)
        foreach (var workflow in module.Workflows)
            Map(api.MapGroup($"/{module.Module.Id}/{workflow.Collection}").WithTags(module.Module.Title), workflow);
        var assessments = api.MapGroup("/assessments").WithTags("评估存档");
        assessments
            .MapPost("/{id:guid}/replay", async (HttpContext http, CommandExecutor commands, Guid id) =>
                await commands.QueryAsync(http.Actor(), work => Assessments.ReplayAsync(work, id)) is { } answer
                    ? ContractAnswer.Json(answer)
                    : Problems.NotFound($"没有评估存档 {id}。")
            )
            .Produces<ReplayView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("用存档的事实按今天的规则重新评估，看结果是否相同");
    }

    private static void Map(RouteGroupBuilder group, IWorkflow workflow)
    {
        group
            .MapPost("", (HttpContext http, CommandExecutor commands) =>
                FillAsync(http, commands, workflow, (work, values) => workflow.OpenAsync(work, values))
            )
            .WithSummary($"新建{workflow.Title}")
            .TakesForm(workflow.Form.Fields)
            .Answers<CaseSummary>(StatusCodes.Status201Created);
        group
            .MapGet("/{id:guid}", async (HttpContext http, CommandExecutor commands, Guid id) =>
                await ViewAsync(http, commands, workflow, id)
            )
            .Produces<CaseView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary($"{workflow.Title}：状态、可办环节、办理记录");
        group
            .MapPut("/{id:guid}", (HttpContext http, CommandExecutor commands, Guid id) =>
                FillAsync(http, commands, workflow, (work, values) =>
                    workflow.EditAsync(work, id, Version(http), values)
                )
            )
            .WithSummary($"修改{workflow.Title}（草稿）")
            .TakesForm(workflow.Form.Fields)
            .Answers<CaseSummary>();
        foreach (var step in workflow.Transitions)
        {
            var route = group
                .MapPost($"/{{id:guid}}/{step.Action}", (HttpContext http, CommandExecutor commands, Guid id) =>
                    MoveAsync(http, commands, workflow, step, id)
                )
                .WithSummary($"{workflow.Title}：{step.Title}")
                .WithDescription(
                    $"{string.Join("、", step.From.Select(s => s.Title))} → {string.Join("、", step.Destinations.Select(s => s.Title))}；依据 {string.Join("、", step.Provisions)}。"
                )
                .Answers<CaseSummary>();
            if (step.Fields.Count > 0)
                route.TakesForm(step.Fields);
        }

        group
            .MapPost("/{id:guid}/correct", Correct)
            .WithSummary($"{workflow.Title}：更正（撤销最近一个环节）")
            .Takes<ReasonBody>()
            .Answers<CaseSummary>();
        if (workflow.EvidenceKinds.Count > 0)
        {
            group
                .MapPost("/{id:guid}/evidence", File)
                .WithSummary($"{workflow.Title}：归档材料")
                .Accepts<byte[]>("application/pdf", "image/jpeg", "image/png")
                .Asks("kind", "材料的种类", required: true)
                .Asks("issuer", "出具单位", required: true)
                .Asks("date", "材料的日期（yyyy-MM-dd）", required: true)
                .Asks("name", "文件名", required: true)
                .Answers<FiledEvidence>(StatusCodes.Status201Created);
            group
                .MapGet(
                    "/{id:guid}/evidence/{evidence:guid}",
                    (HttpContext http, CommandExecutor commands, Guid id, Guid evidence) =>
                        PaperAsync(http, commands, workflow, id, evidence)
                )
                .RequireAuthorization(AuthorizationPolicyNames.NotByReadingKey)
                .WithSummary($"{workflow.Title}：取阅归档的材料")
                .Produces(
                    StatusCodes.Status200OK,
                    contentType: "application/pdf",
                    additionalContentTypes: ["image/jpeg", "image/png"]
                )
                .ProducesProblem(StatusCodes.Status403Forbidden)
                .ProducesProblem(StatusCodes.Status404NotFound);
        }

        if (workflow.EvidenceKinds.Any(k => k.ConfirmedBy is not null))
        {
            group
                .MapPost(
                    "/{id:guid}/evidence/{evidence:guid}/confirm",
                    (HttpContext http, CommandExecutor commands, Guid id, Guid evidence) =>
                        RunAsync(http, commands, "", work =>
                            workflow.ConfirmEvidenceAsync(
                                work,
                                id,
                                Version(http),
                                evidence,
                                confirms: true,
                                reason: null
                            )
                        )
                )
                .WithSummary($"{workflow.Title}：确认材料（由被询问的单位）")
                .Answers<DecidedEvidence>();
            group
                .MapPost("/{id:guid}/evidence/{evidence:guid}/reject", Reject)
                .WithSummary($"{workflow.Title}：不予确认材料（由被询问的单位）")
                .Takes<ReasonBody>()
                .Answers<DecidedEvidence>();
            group
                .MapPost("/{id:guid}/evidence/{evidence:guid}/withdraw", Withdraw)
                .WithSummary($"{workflow.Title}：撤回材料确认（由确认的单位，还没有凭它办理环节的）")
                .Takes<ReasonBody>()
                .Answers<DecidedEvidence>();
        }

        if (workflow.Programme is not null)
            group
                .MapPost("/{id:guid}/assessments", Assess)
                .WithSummary($"{workflow.Title}：评估并存档")
                .Takes<AssessmentBody>()
                .Answers<AssessmentView>(StatusCodes.Status201Created);
        group
            .MapGet(
                "/{id:guid}/forms/{formId}",
                (HttpContext http, CommandExecutor commands, Guid id, string formId, string? format) =>
                    PrintAsync(http, commands, workflow, id, formId, format)
            )
            .RequireAuthorization(AuthorizationPolicyNames.NotByReadingKey)
            .WithSummary($"{workflow.Title}：填好的表单（html、docx、json）")
            .Produces(
                StatusCodes.Status200OK,
                contentType: "text/html",
                additionalContentTypes: [FormsApi.Docx, "application/json"]
            )
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status406NotAcceptable);

        async Task<IResult> Correct(HttpContext http, CommandExecutor commands, Guid id)
        {
            var (body, problem) = await BodyAsync(http);
            if (problem is not null)
                return problem;
            if (!ContractBody.TryRead(body, WebJson.Default.ReasonBody, out var asked))
                return Problems.Invalid("reason", "请求须为 { \"reason\": \"更正的原因\" }。");
            return await RunAsync(http, commands, Text(body), work =>
                workflow.CorrectAsync(work, id, Version(http), asked.Reason)
            );
        }

        Task<IResult> Reject(HttpContext http, CommandExecutor commands, Guid id, Guid evidence) =>
            DecideAsync(http, commands, "不予确认的原因", (work, reason) =>
                workflow.ConfirmEvidenceAsync(work, id, Version(http), evidence, confirms: false, reason)
            );

        Task<IResult> Withdraw(HttpContext http, CommandExecutor commands, Guid id, Guid evidence) =>
            DecideAsync(http, commands, "撤回的原因", (work, reason) =>
                workflow.WithdrawConfirmationAsync(work, id, Version(http), evidence, reason)
            );

        static async Task<IResult> DecideAsync(
            HttpContext http,
            CommandExecutor commands,
            string what,
            Func<UnitOfWork, string?, Task<CommandResult>> decide
        )
        {
            var (body, problem) = await BodyAsync(http);
            if (problem is not null)
                return problem;
            if (!ContractBody.TryRead(body, WebJson.Default.ReasonBody, out var asked))
                return Problems.Invalid("reason", $"请求须为 {{ \"reason\": \"{what}\" }}。");
            return await RunAsync(http, commands, Text(body), work => decide(work, asked.Reason));
        }

        async Task<IResult> Assess(HttpContext http, CommandExecutor commands, Guid id)
        {
            var (body, problem) = await BodyAsync(http);
            return problem ?? await RunAsync(http, commands, Text(body), work => workflow.AssessAsync(work, id, body));
        }

        async Task<IResult> File(HttpContext http, CommandExecutor commands, Guid id)
        {
            if (!EvidenceTypes.Contains(http.Request.ContentType ?? ""))
                return Problems.Unsupported(
                    "材料须为 PDF、JPEG 或 PNG（Content-Type: application/pdf、image/jpeg、image/png）。"
                );
            var query = http.Request.Query;
            foreach (var field in (string[])["kind", "issuer", "date", "name"])
                if (query[field].Count != 1 || query[field][0]!.Trim().Length is 0 or > 100)
                    return Problems.Invalid(field, $"须在地址中给出一个 {field}（不超过 100 字）。");
            if (
                !DateOnly.TryParseExact(
                    query["date"],
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var date
                )
            )
                return Problems.Invalid("date", "date 须为 yyyy-MM-dd 形式的日期。");
            using var content = await RequestBody.WholeAsync(http, MostEvidenceBytes);
            if (content is null)
                return Problems.TooLarge(MostEvidenceBytes);
            var bytes = content.ToArray();
            if (!IsWhatItSays(bytes, http.Request.ContentType!))
                return Problems.Invalid("", "文件内容与 Content-Type 不符。");
            return await RunAsync(
                http,
                commands,
                Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes)),
                work =>
                    workflow.AttachEvidenceAsync(
                        work,
                        id,
                        Version(http),
                        new(
                            query["kind"].ToString(),
                            query["issuer"].ToString().Trim(),
                            date,
                            query["name"].ToString().Trim(),
                            http.Request.ContentType!,
                            bytes
                        )
                    )
            );
        }
    }

    private static async Task<IResult> ViewAsync(
        HttpContext http,
        CommandExecutor commands,
        IWorkflow workflow,
        Guid id
    )
    {
        if (await commands.QueryAsync(http.Actor(), work => workflow.ViewAsync(work, id)) is not { } view)
            return Problems.NotFound($"没有{workflow.Title} {id}。");
        http.Response.Headers.ETag = ContractAnswer.Tag(view.Version);
        return ContractAnswer.Json(view);
    }

    private static async Task<IResult> PrintAsync(
        HttpContext http,
        CommandExecutor commands,
        IWorkflow workflow,
        Guid id,
        string formId,
        string? format
    )
    {
        if (formId != workflow.Form.Id)
            return Problems.NotFound($"{workflow.Title}的表单是 {workflow.Form.Id}。");
        FormValues? values = null;
        var result = await commands.ExecuteAsync(new(http.Actor()), async work =>
        {
            values = await workflow.PrintAsync(work, id);
            return values is null ? CommandResult.NotFound($"没有{workflow.Title} {id}。") : CommandResult.Done();
        });
        return values is null
            ? ContractAnswer.From(http, result)
            : FormsApi.Print(workflow.Form, values, format, http, id);
    }

    /// <summary>
    /// A paper as a download (attachment), never shown in place: an uploaded page would run its scripts under our
    /// address.
    /// </summary>
    private static async Task<IResult> PaperAsync(
        HttpContext http,
        CommandExecutor commands,
        IWorkflow workflow,
        Guid id,
        Guid evidence
    )
    {
        Evidence? paper = null;
        var result = await commands.ExecuteAsync(new(http.Actor()), async work =>
        {
            (var taken, paper) = await workflow.DownloadEvidenceAsync(work, id, evidence);
            return taken;
        });
        if (paper is null)
            return ContractAnswer.From(http, result);
        http.Response.Headers.XContentTypeOptions = "nosniff";
        // whoever is asked about it need not see the case, and has its version from here
        http.Response.Headers.ETag = ContractAnswer.Tag(result.Version!.Value);
        FormsApi.Download(
            http,
            paper.FileName,
            $"{paper.Kind}{paper.ContentType switch { "application/pdf" => ".pdf", "image/png" => ".png", _ => ".jpg" }}"
        );
        return TypedResults.File(paper.Content, paper.ContentType);
    }

    private static async Task<IResult> FillAsync(
        HttpContext http,
        CommandExecutor commands,
        IWorkflow workflow,
        Func<UnitOfWork, FormValues, Task<CommandResult>> work
    )
    {
        var (body, problem) = await BodyAsync(http);
        if (problem is not null)
            return problem;
        return FormJson.Read(workflow.Form, body, out var values) is { } fault
            ? Problems.Invalid(fault.Member, fault.Message)
            : await RunAsync(http, commands, Text(body), act => work(act, values));
    }

    private static async Task<IResult> MoveAsync(
        HttpContext http,
        CommandExecutor commands,
        IWorkflow workflow,
        Transition step,
        Guid id
    )
    {
        var (body, problem) = await BodyAsync(http);
        if (problem is not null)
            return problem;
        return FormJson.Read(step.Fields, body.IsEmpty ? "{}"u8.ToArray() : body, out var values) is { } fault
            ? Problems.Invalid(fault.Member, fault.Message)
            : await RunAsync(http, commands, Text(body), work =>
                workflow.MoveAsync(work, id, Version(http), step.Action, values)
            );
    }

    internal static async Task<IResult> RunAsync(
        HttpContext http,
        CommandExecutor commands,
        string asked,
        Func<UnitOfWork, Task<CommandResult>> work
    ) =>
        Asking(http, asked, out var request)
        ?? ContractAnswer.From(http, await commands.ExecuteAsync(request, work, http.RequestAborted));

    /// <summary>
    /// The request as a command has it: actor and idempotency key; or what is wrong with the headers.
    /// </summary>
    internal static IResult? Asking(HttpContext http, string asked, out CommandRequest request)
    {
        var keys = http.Request.Headers["Idempotency-Key"];
        request = new(
            http.Actor(),
            keys.Count == 0 ? null : keys[0],
            $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {http.Request.Headers.IfMatch}\n{asked}"
        );
        return keys.Count > 1
            || (keys.Count == 1 && (keys[0]!.Length is 0 or > LongestKey || keys[0]!.Any(c => c is < ' ' or > '~')))
                ? Problems.Invalid("Idempotency-Key", $"Idempotency-Key 须为 1 至 {LongestKey} 个可见字符。")
            : http.Request.Headers.IfMatch.Count > 0 && http.Request.Headers.IfMatch != "*" && Version(http) is null
                ? Problems.Invalid("If-Match", "If-Match 须为读取时得到的一个 ETag。")
            : null;
    }

    /// <summary>The version that the request has seen; null: it says none, or no ETag of ours.</summary>
    internal static long? Version(HttpContext http) =>
        http.Request.Headers.IfMatch is [{ } tag]
        && EntityTagHeaderValue.TryParse(tag, out var parsed)
        && !parsed.IsWeak
            ? ContractAnswer.VersionOf(parsed.Tag.AsSpan().Trim('"'))
            : null;

    internal static async Task<(ReadOnlyMemory<byte> Body, IResult? Problem)> BodyAsync(HttpContext http)
    {
        var type = http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        using var body = await RequestBody.WholeAsync(http, FormJson.MostBytes);
        if (body is null)
            return (default, Problems.TooLarge(FormJson.MostBytes));
        if (body.Length > 0 && type != "application/json")
            return (default, Problems.Unsupported("内容类型须为 application/json。"));
        var json = body.ToArray();
        return UnsafeText.MemberOf(json) is { } member
            ? (default, Problems.Invalid(member, $"请求的内容{UnsafeText.Message}"))
            : (json, null);
    }

    internal static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    internal static bool IsWhatItSays(byte[] bytes, string type) =>
        type switch
        {
            "application/pdf" => bytes.AsSpan().StartsWith("%PDF-"u8),
            "image/png" => bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]),
            _ => bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        };
}
