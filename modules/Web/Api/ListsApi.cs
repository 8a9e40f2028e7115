using System.Security.Cryptography;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Office.Cases;
using EduAssist.Office.ListImports;
using EduAssist.Platform;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace EduAssist.Web.Api;

/// <summary>Imports and exports of lists, and saved column mappings.</summary>
internal sealed class ListsApi : IEndpoints
{
    private const string PreviewKey = "preview",
        ValidOnlyKey = "valid-only",
        MappingKey = "mapping";

    private static readonly IReadOnlyList<string> Formats = ["xlsx", "csv", "ndjson", "json"];

    int IEndpoints.Order => 80;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/forms/{id}").WithTags("名单");
        group
            .MapPost("/import", ImportAsync)
            .WithSummary("导入名单（XLSX、XLS、CSV、NDJSON）；有一行错误则整份不导入")
            .Accepts<byte[]>(FormsApi.Xlsx, FormsApi.Xls, FormsApi.Bytes, "text/csv", ProgrammeApi.Ndjson)
            .WithMetadata(new CommandRoute())
            .Asks(PreviewKey, "true：只看会有哪些变化")
            .Asks(ValidOnlyKey, "true：只导入没有错误的行")
            .Asks(MappingKey, "保存的列名对照的名称")
            .WithDescription(
                "preview=true 只看会有哪些变化；valid-only=true 只导入没有错误的行；mapping=名称 按保存的列名对照读列名；名单之外的栏目也在地址中给出，如 school=…。"
            )
            .Produces<ImportOutcome>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group
            .MapPost("/import/marked", MarkedAsync)
            .WithSummary("标注了问题的名单（XLSX）：看名单会有哪些问题，不导入")
            .WithDescription("有问题的格着色、加批注，每行之后写明结果；改好后可以直接再导入。参数同导入。")
            .Accepts<byte[]>(FormsApi.Xlsx, FormsApi.Xls, FormsApi.Bytes, "text/csv")
            .Asks(MappingKey, "保存的列名对照的名称")
            .Produces(StatusCodes.Status200OK, contentType: FormsApi.Xlsx)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        group
            .MapGet("/export", ExportAsync)
            .RequireAuthorization(AuthorizationPolicyNames.NotByReadingKey)
            .WithSummary("导出名单；$filter 为用 and 连接的“名称 eq '值'”")
            .Asks("$filter", "选择要导出的部分：栏目 eq '值'，以 and 连接。")
            .WithDescription(
                "格式按 Accept，或 ?format=xlsx|csv|ndjson|json；json 中的个人号码是遮盖的，其余不遮盖；每次导出都记入审计。"
            )
            .Produces(
                StatusCodes.Status200OK,
                contentType: FormsApi.Xlsx,
                additionalContentTypes: ["text/csv", ProgrammeApi.Ndjson, "application/json"]
            )
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status406NotAcceptable);
        group
            .MapGet("/mappings", async (HttpContext http, Instance i, CommandExecutor commands, string id) =>
                i.Catalogue.ListImport(id) is { } intake
                    ? ContractAnswer.Json(
                        await commands.QueryAsync(http.Actor(), work => ColumnMappings.ListAsync(work, intake))
                    )
                    : NoIntake(i, id)
            )
            .Produces<IReadOnlyList<MappingView>>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("保存的列名对照");
        group
            .MapPut("/mappings/{name}", SaveAsync)
            .WithSummary("保存列名对照")
            .Takes<MappingBody>()
            .Answers<MappingView>();
        group
            .MapDelete(
                "/mappings/{name}",
                async (HttpContext http, Instance i, CommandExecutor commands, string id, string name) =>
                    i.Catalogue.ListImport(id) is { } intake
                        ? await CasesApi.RunAsync(http, commands, "", work =>
                            ColumnMappings.DeleteAsync(work, intake, name)
                        )
                        : NoIntake(i, id)
            )
            .WithSummary("删除列名对照")
            .Answers<MappingView>();
    }

    private static IResult NoIntake(Instance instance, string id) =>
        instance.Catalogue.Form(id) is { } form
            ? Problems.NotFound($"《{form.Title}》不能导入导出。")
            : FormsApi.NoForm(id);

    private static Task<IResult> ImportAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        string id
    ) => ReadAsync(http, instance, commands, id, async (intake, list, _, mode) =>
        {
            var result = await intake.ImportAsync(commands, list.Request, list.List, mode);
            return !result.IsDone && result.Answer<ImportOutcome>() is { } outcome
                ? Problems.From(result, outcome)
                : ContractAnswer.From(http, result);
        });

    private static Task<IResult> MarkedAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        string id
    ) => ReadAsync(http, instance, commands, id, async (intake, list, body, _) =>
        {
            var result = await intake.ImportAsync(commands, list.Request, list.List, ImportMode.Preview);
            if (result.Answer<ImportOutcome>() is not { } outcome)
                return ContractAnswer.From(http, result);
            var file = new MemoryStream();
            body.Position = 0;
            var format = SpreadsheetFormats.FromContents(body, isNdjson: FormsApi.IsNdjson(http));
            MarkedList.Write(body, format, list.List, outcome.AllFindings, file);
            file.Position = 0;
            FormsApi.Download(http, intake.Form, "xlsx");
            return TypedResults.File(file, FormsApi.Xlsx);
        });

    /// <summary>Reads the list that is sent, and goes on with it.</summary>
    private static async Task<IResult> ReadAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        string id,
        Func<IListImport, (FormImport List, CommandRequest Request), MemoryStream, ImportMode, Task<IResult>> next
    )
    {
        if (instance.Catalogue.ListImport(id) is not { } intake)
            return NoIntake(instance, id);
        if (!http.Actor().Is(intake.By))
            return Problems.Forbidden("forbidden", $"《{intake.Form.Title}》不由您导入。");
        if (!FormsApi.IsListFile(http))
            return Problems.Unsupported($"内容类型须为 {FormsApi.ListTypes}。");
        if (Question(http, intake, out var mode) is { } wrong)
            return wrong;
        using var body = await RequestBody.WholeAsync(http, FormsApi.MostFileBytes);
        if (body is null)
            return Problems.TooLarge(FormsApi.MostFileBytes);
        ColumnMapping? mapping = null;
        if (http.Request.Query[MappingKey] is [{ } name])
        {
            mapping = await commands.QueryAsync(http.Actor(), work => ColumnMappings.FindAsync(work, intake, name));
            if (mapping is null)
                return Problems.Invalid(MappingKey, $"没有保存列名对照“{(name.Length > 50 ? name[..50] : name)}”。");
        }

        if (
            CasesApi.Asking(
                http,
                Convert.ToHexString(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length))),
                out var request
            ) is
            { } problem
        )
            return problem;
        try
        {
            var (list, _) = await ListFile.ReadAsync(
                commands,
                http.Actor(),
                intake,
                new(body, Name: null, FormsApi.IsNdjson(http)),
                new(instance.Divisions, instance.Today.Date) { Cancellation = http.RequestAborted },
                FormsApi.Head(intake.Form, http.Request.Query),
                mapping
            );
            return await next(intake, (list, request), body, mode);
        }
        catch (SpreadsheetException unreadable)
        {
            return FormsApi.Unreadable(unreadable);
        }
    }

    private static IResult? Question(HttpContext http, IListImport intake, out ImportMode mode)
    {
        mode = ImportMode.Whole;
        var query = http.Request.Query;
        var known = intake
            .Form.Fields.Where(f => f.Kind != FieldKind.Rows)
            .Select(f => f.Name)
            .Concat([PreviewKey, ValidOnlyKey, MappingKey])
            .ToList();
        foreach (var (key, values) in query)
        {
            if (!known.Contains(key))
                return Problems.Invalid(key, $"地址中的参数须为 {string.Join("、", known)}。");
            if (values.Count != 1 || (key is PreviewKey or ValidOnlyKey && values[0] is not ("true" or "false")))
                return Problems.Invalid(
                    key,
                    $"{key} 须给出一次{(key is PreviewKey or ValidOnlyKey ? "，为 true 或 false" : "")}。"
                );
        }

        mode =
            query[PreviewKey] == "true" ? ImportMode.Preview
            : query[ValidOnlyKey] == "true" ? ImportMode.ValidRows
            : ImportMode.Whole;
        return null;
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        string id,
        string? format
    )
    {
        if (instance.Catalogue.ListImport(id) is not { } intake)
            return NoIntake(instance, id);
        if (format is not null && !Formats.Contains(format))
            return Problems.Invalid("format", $"format 须为 {string.Join("、", Formats)} 之一。");
        if (format is null && FormsApi.Accepted(http.Request, Formats) is null)
            return TypedResults.Problem(
                $"格式有：{string.Join("、", Formats)}。",
                statusCode: StatusCodes.Status406NotAcceptable,
                type: "no-such-format",
                title: "没有这种格式"
            );
        var wanted = format ?? FormsApi.Accepted(http.Request, Formats)!;
        if (http.Request.Query.Keys.FirstOrDefault(k => k is not ("$filter" or "format")) is { } unknown)
            return Problems.Invalid(unknown, "地址中的参数须为 $filter、format。");
        if (http.Request.Query["$filter"].Count > 1)
            return Problems.Invalid("$filter", "$filter 只能给出一次。");
        if (ExportFilter.Read(intake.Filters, http.Request.Query["$filter"], out var filter) is { } fault)
            return Problems.Invalid("$filter", fault);
        if (await intake.ExportAsync(commands, http.Actor(), filter) is not { } values)
            return Problems.From(CommandResult.Problem(ResultKind.Forbidden, $"《{intake.Form.Title}》不由您导出。"));
        if (wanted != "json" && ExportFilter.Choosing(intake, values) is { } several)
            return Problems.Invalid("$filter", several);
        http.Response.Headers.Vary = HeaderNames.Accept;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (wanted == "json")
            return ContractAnswer.Json(new FilledForm(intake.Form.Fields, FormMask.Masked(intake.Form, values)));
        var file = new MemoryStream();
        FormList.Write(
            intake.Form,
            values,
            file,
            wanted switch
            {
                "xlsx" => SpreadsheetFormat.Xlsx,
                "csv" => SpreadsheetFormat.Csv,
                _ => SpreadsheetFormat.Ndjson,
            }
        );
        file.Position = 0;
        FormsApi.Download(http, intake.Form, wanted);
        return TypedResults.File(file, wanted == "csv" ? "text/csv; charset=utf-8" : FormsApi.TypeOf(wanted));
    }

    private static async Task<IResult> SaveAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        string id,
        string name
    )
    {
        if (instance.Catalogue.ListImport(id) is not { } intake)
            return NoIntake(instance, id);
        var (body, problem) = await CasesApi.BodyAsync(http);
        if (problem is not null)
            return problem;
        if (
            !ContractBody.TryRead(body, WebJson.Default.MappingBody, out var asked)
            || asked.Headings is not { Count: > 0 } headings
        )
            return Problems.Invalid(
                "",
                "请求须为 { \"headings\": { \"列名\": \"栏目\" 或 null }, \"ignoresOthers\": true }。"
            );
        return await CasesApi.RunAsync(http, commands, CasesApi.Text(body), work =>
            ColumnMappings.SaveAsync(work, intake, name.Trim(), new([.. headings], asked.IgnoresOthers == true))
        );
    }
}
