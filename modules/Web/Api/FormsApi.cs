using System.Text;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Platform;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace EduAssist.Web.Api;

/// <summary>
/// Forms: what they ask for, blank ones to print or to fill in, and what is wrong with a filled one. Nothing is stored.
/// </summary>
internal sealed class FormsApi : IEndpoints
{
    internal const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    internal const int MostFileBytes = 32 << 20,
        MostFindings = 1000;

    internal sealed record FormView(
        string Id,
        string Title,
        IReadOnlyList<string> Provisions,
        bool IsList,
        IEnumerable<string> Formats
    );

    /// <param name="Form">The form.</param>
    /// <param name="Valid">Whether nothing hinders.</param>
    /// <param name="Rows">Of a list, how many rows were read.</param>
    /// <param name="ValidRows">Of a list, how many of them have no error.</param>
    /// <param name="Errors">How many there are.</param>
    /// <param name="Warnings">How many there are.</param>
    /// <param name="Findings">The first of them, the whole before the rows.</param>
    internal sealed record CheckView(
        string Form,
        bool Valid,
        int? Rows,
        int? ValidRows,
        int Errors,
        int Warnings,
        IEnumerable<FindingView> Findings
    );

    int IEndpoints.Order => 70;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/forms").WithTags("表单");
        group
            .MapGet("", (Instance i) =>
                TypedResults.Ok(
                    i.Catalogue.Forms.Select(f => new FormView(
                        f.Id,
                        f.Title,
                        f.Provisions,
                        f.List is not null,
                        Formats(f)
                    ))
                )
            )
            .WithSummary("已加载的表单");
        group
            .MapGet("/{id}", (Instance i, string id) =>
                i.Catalogue.Form(id) is { } form
                    ? TypedResults.Text(
                        FormJson.Schema(form).ToJsonString(ApiJson.Indented),
                        "application/schema+json",
                        Encoding.UTF8
                    )
                    : NoForm(id)
            )
            .Produces<object>(StatusCodes.Status200OK, "application/schema+json")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("表单的定义（JSON Schema 与版面）");
        group
            .MapGet("/{id}/blank", Blank)
            .WithSummary("空白表单")
            .WithDescription("格式按 Accept，或 ?format=html|docx|xlsx|csv|json。")
            .Produces(
                StatusCodes.Status200OK,
                contentType: "text/html",
                additionalContentTypes: [Docx, Xlsx, "text/csv", "application/json"]
            )
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status406NotAcceptable);
        group
            .MapPost("/{id}/validate", ValidateAsync)
            .WithSummary("校验填写的表单（JSON），或名单（XLSX、CSV、NDJSON）；不存储任何内容")
            .Accepts<object>("application/json", Xlsx, Xls, Bytes, "text/csv", ProgrammeApi.Ndjson)
            .Produces<CheckView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    internal static IResult NoForm(string id) => Problems.NotFound($"没有加载表单 {id}。");

    private static IReadOnlyList<string> Formats(IForm form) =>
        form.List is null ? ["html", "docx", "json"] : ["html", "xlsx", "csv", "json"];

    private static IResult Blank(Instance instance, string id, string? format, HttpContext http) =>
        instance.Catalogue.Form(id) is { } form ? Print(form, FormValues.None, format, http) : NoForm(id);

    /// <summary>A form with what was entered, in the format that was asked for.</summary>
    /// <param name="form">The form.</param>
    /// <param name="values">What was entered.</param>
    /// <param name="format">As the address asks for it; null: as <c>Accept</c> does.</param>
    /// <param name="http">The request.</param>
    /// <param name="of">Whose it is, in the name of the file; null: a blank one.</param>
    internal static IResult Print(IForm form, FormValues values, string? format, HttpContext http, Guid? of = null)
    {
        if (format is not null && format is not ("html" or "docx" or "xlsx" or "csv" or "json"))
            return Problems.Invalid("format", "format 须为 html、docx、xlsx、csv、json 之一。");
        var wanted = format ?? Accepted(http.Request, Formats(form));
        if (wanted is null || !Formats(form).Contains(wanted))
            return NoFormat(form);
        http.Response.Headers.Vary = HeaderNames.Accept;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Written(form, values, wanted, http, of);
    }

    /// <summary>
    /// With its own title: to a request that accepts no JSON the framework answers without asking
    /// <see cref="Problems"/>.
    /// </summary>
    internal static IResult NoFormat(IForm form) =>
        TypedResults.Problem(
            new ProblemDetails
            {
                Type = "no-such-format",
                Title = "没有这种格式",
                Status = StatusCodes.Status406NotAcceptable,
                Detail = $"《{form.Title}》的格式有：{string.Join("、", Formats(form))}。",
            }
        );

    /// <summary>
    /// The name of a file: in Chinese, and for whoever cannot read that the id of the form (RFC 6266).
    /// </summary>
    internal static void Download(HttpContext http, IForm form, string extension) =>
        Download(http, $"{form.Title}.{extension}", $"{form.Id}.{extension}");

    internal static void Download(HttpContext http, string name, string plain) =>
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = plain,
            FileNameStar = name,
        }.ToString();

    private static IResult Written(IForm form, FormValues values, string format, HttpContext http, Guid? of)
    {
        switch (format)
        {
            case "html":
                http.Response.Headers.ContentSecurityPolicy = HtmlForm.Policy;
                using (var page = new StringWriter())
                {
                    HtmlForm.Write(form, values, page);
                    return TypedResults.Text(page.ToString(), "text/html", Encoding.UTF8);
                }

            case "json":
                return ContractAnswer.Json(new FilledForm(form.Fields, values));
            default:
                using (var file = new MemoryStream())
                {
                    if (format == "docx")
                        DocxForm.Write(form, values, file);
                    else
                        FormList.Write(
                            form,
                            values,
                            file,
                            format == "csv" ? SpreadsheetFormat.Csv : SpreadsheetFormat.Xlsx
                        );
                    // the id of the case and nothing of whom it is about: names of files are seen by many
                    var whose = of is { } id ? $"-{id}" : "";
                    Download(http, $"{form.Title}{whose}.{format}", $"{form.Id}{whose}.{format}");
                    return TypedResults.File(
                        file.ToArray(),
                        format switch
                        {
                            "docx" => Docx,
                            "xlsx" => Xlsx,
                            _ => "text/csv; charset=utf-8",
                        }
                    );
                }
        }
    }

    /// <summary>
    /// The format that the request likes best; null if it likes none of them (RFC 9110, 12.5.1). What it says nothing
    /// of is a page.
    /// </summary>
    internal static string? Accepted(HttpRequest request, IReadOnlyList<string> formats)
    {
        if (request.Headers.Accept.Count == 0)
            return formats[0];
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges))
            return null;
        return formats
            .Select(f => (Format: f, Quality: Quality(ranges, MediaTypeHeaderValue.Parse(TypeOf(f)))))
            .Where(x => x.Quality > 0)
            .OrderByDescending(x => x.Quality)
            .Select(x => x.Format)
            .FirstOrDefault();
    }

    private static double Quality(IList<MediaTypeHeaderValue> ranges, MediaTypeHeaderValue type) =>
        ranges
            .Where(r =>
                r.MatchesAllTypes || (r.MatchesAllSubTypes ? r.Type == type.Type : r.MediaType == type.MediaType)
            )
            .OrderBy(r =>
                r.MatchesAllTypes ? 2
                : r.MatchesAllSubTypes ? 1
                : 0
            )
            .Select(r => r.Quality ?? 1)
            .FirstOrDefault();

    internal static string TypeOf(string format) =>
        format switch
        {
            "html" => "text/html",
            "docx" => Docx,
            "xlsx" => Xlsx,
            "csv" => "text/csv",
            "ndjson" => ProgrammeApi.Ndjson,
            _ => "application/json",
        };

    private static async Task<IResult> ValidateAsync(Instance instance, string id, HttpContext http)
    {
        if (instance.Catalogue.Form(id) is not { } form)
            return NoForm(id);
        var context = new FormContext(instance.Divisions, instance.Today.Date) { Cancellation = http.RequestAborted };
        var type = http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        var isList = IsListFile(http);
        if (type != "application/json" && !isList)
            return Problems.Unsupported($"内容类型须为 application/json、{ListTypes}。");
        if (isList && form.List is null)
            return Problems.Unsupported($"《{form.Title}》不是名单，内容类型须为 application/json。");
        var most = isList ? MostFileBytes : FormJson.MostBytes;
        using var body = await RequestBody.WholeAsync(http, most);
        if (body is null)
            return Problems.TooLarge(most);
        return isList ? CheckList(form, http, body, context) : CheckOne(form, body, context);
    }

    private static IResult CheckOne(IForm form, MemoryStream body, FormContext context)
    {
        if (FormJson.Read(form, body.GetBuffer().AsMemory(0, (int)body.Length), out var values) is { } fault)
            return Problems.Invalid(fault.Member.Length == 0 ? "body" : fault.Member, fault.Message);
        return TypedResults.Ok(
            View(form, form.Check(values, context), form.List is { } list ? values.Rows(list.Name).Count : null)
        );
    }

    private static IResult CheckList(IForm form, HttpContext http, MemoryStream body, FormContext context)
    {
        try
        {
            var format = SpreadsheetFormats.FromContents(body, isNdjson: IsNdjson(http));
            var list = FormList.Read(form, body, format, context, Head(form, http.Request.Query));
            return TypedResults.Ok(View(form, list.Findings, list.Rows.Count));
        }
        catch (SpreadsheetException unreadable)
        {
            return Unreadable(unreadable);
        }
    }

    internal static IResult Unreadable(SpreadsheetException unreadable) =>
        TypedResults.Problem(
            new ProblemDetails
            {
                Type = "unreadable-list",
                Title = "名单无法读取",
                Status =
                    unreadable.Fault == SpreadsheetFault.TooLarge
                        ? StatusCodes.Status413PayloadTooLarge
                        : StatusCodes.Status400BadRequest,
                Detail = unreadable.Message,
                Extensions = { ["fault"] = unreadable.Fault.ToString() },
            }
        );

    /// <summary>The types under which lists are sent; what one is, its contents say.</summary>
    internal const string ListTypes = $"{Xlsx}、{Xls}、text/csv 或 {ProgrammeApi.Ndjson}";

    internal const string Xls = "application/vnd.ms-excel",
        Bytes = "application/octet-stream";

    /// <summary>Whether the type of the content may be that of a list.</summary>
    internal static bool IsListFile(HttpContext http) =>
        TypeOf(http) is Xlsx or Xls or "text/csv" or Bytes || IsNdjson(http);

    internal static bool IsNdjson(HttpContext http) => TypeOf(http) == ProgrammeApi.Ndjson;

    private static string? TypeOf(HttpContext http) =>
        http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>The fields beside a list, from the query.</summary>
    internal static FormValues Head(IForm form, IQueryCollection query)
    {
        var head = FormValues.None;
        foreach (var field in form.Fields.Where(f => f.Kind != FieldKind.Rows))
            head[field.Name] = query[field.Name] is [{ } text] ? text : null;
        return head;
    }

    private static CheckView View(IForm form, IReadOnlyList<FormFinding> findings, int? rows)
    {
        var errors = findings.Where(f => f.Level == FormFindingLevel.Error).ToList();
        return new(
            form.Id,
            errors.Count == 0,
            rows,
            rows - errors.Where(f => f.Row is not null).Select(f => (f.Sheet, f.Row)).Distinct().Count(),
            errors.Count,
            findings.Count - errors.Count,
            findings.Take(MostFindings).Select(f => f.View())
        );
    }
}
