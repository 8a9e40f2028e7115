using System.Diagnostics;
using System.Text.Json;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace EduAssist.Web.Http;

/// <summary>Errors as RFC 9457 problem details, with Chinese titles and a trace id.</summary>
internal sealed class Problems(IProblemDetailsService service) : IExceptionHandler
{
    internal const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(
        HttpContext http,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        var problem = exception switch
        {
            HolidaysNotPublishedException unpublished => Unpublished(unpublished),
            BadHttpRequestException bad => new() { Status = bad.StatusCode },
            _ when DatabaseOutageException.IsCauseOf(exception) => Unavailable(http),
            _ => new() { Status = StatusCodes.Status500InternalServerError },
        };
        http.Response.StatusCode = problem.Status!.Value;
        return await service.TryWriteAsync(new() { HttpContext = http, ProblemDetails = problem });
    }

    /// <summary>The database cannot be reached for now. Whether the request was carried out is not known.</summary>
    internal static ProblemDetails Unavailable(HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return new()
        {
            Type = "database-unavailable",
            Title = "数据库暂时不能用",
            Status = StatusCodes.Status503ServiceUnavailable,
            Detail = "请稍后再试；办理的请求用同一个 Idempotency-Key 重发，不会办两次。",
        };
    }

    internal static ProblemDetails Unpublished(HolidaysNotPublishedException unpublished) =>
        new()
        {
            Type = "holidays-not-published",
            Title = "该年的放假通知尚未载入",
            Status = StatusCodes.Status409Conflict,
            Detail = unpublished.Message,
        };

    internal static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
        problem.Type =
            problem.Type is { } type && !type.Contains("://", StringComparison.Ordinal) ? type : "about:blank";
        problem.Title =
            problem.Type != "about:blank"
                ? problem.Title
                : problem.Status switch
                {
                    400 => "请求有误",
                    401 => "须先登录",
                    403 => "没有权限",
                    404 => "没有这个资源",
                    405 => "不支持这种请求方法",
                    413 => "请求过大",
                    415 => "不支持这种内容类型",
                    < 500 => "请求不能接受",
                    _ => "服务器内部错误",
                };
        problem.Detail ??= problem.Status switch
        {
            400 => "无法识别请求的主机名、地址或内容。",
            401 => "没有登录，或者登录已失效。",
            403 => "您的角色不能做这件事。",
            404 => $"没有 {context.HttpContext.Request.Path.Value}。",
            405 => $"{context.HttpContext.Request.Path.Value} 不支持 {context.HttpContext.Request.Method}。",
            413 => "请求内容超过上限。",
            415 => "请求的 Content-Type 不在支持之列。",
            < 500 => "请求的形式、大小或时间不能接受。",
            _ => "服务器未能完成请求；请把 traceId 告诉管理员。",
        };
        problem.Detail = Discreetly(context.HttpContext, problem.Detail);
        if (problem.Extensions.TryGetValue("errors", out var errors) && errors is not null)
            problem.Extensions["errors"] = JsonElement.Parse(
                Discreetly(context.HttpContext, JsonSerializer.Serialize(errors, ApiJson.Indented))
            );
    }

    /// <summary>
    /// A text without numbers of persons and without what was searched for: proxies and clients keep refusals in their
    /// logs.
    /// </summary>
    internal static string Discreetly(HttpContext http, string text) =>
        LogRedactor.Text(text, $"{http.Request.Path.Value}?{http.Request.QueryString.Value}");

    /// <summary>What somebody entered, as it is told again.</summary>
    internal static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    internal static IResult NotFound(string what) =>
        TypedResults.Problem(what.Length <= 200 ? what : what[..200] + "…", statusCode: StatusCodes.Status404NotFound);

    internal static IResult Unauthorized(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status401Unauthorized, type: type, title: "登录失败");

    internal static IResult Forbidden(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status403Forbidden, type: type, title: "没有权限");

    internal static IResult TooMany() =>
        TypedResults.Problem(
            "登录次数过多，请一分钟后再试。",
            statusCode: StatusCodes.Status429TooManyRequests,
            type: "too-many-sign-ins",
            title: "请求过多"
        );

    internal static IResult TooLarge(int most) =>
        TypedResults.Problem($"内容不能超过 {most >> 20} MB。", statusCode: StatusCodes.Status413PayloadTooLarge);

    internal static IResult Unsupported(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status415UnsupportedMediaType);

    /// <summary>The problem details of a command that changed nothing.</summary>
    internal static IResult From(CommandResult result)
    {
        var problem = Described(result);
        if (result.Refusal!.Findings is { } findings)
            problem.Extensions["findings"] = findings;
        if (result.Refusal.Errors is { } errors)
            problem.Extensions["errors"] = errors;
        return TypedResults.Problem(problem);
    }

    /// <summary>The same, where the answer tells more of it: each of its members becomes one of the problem.</summary>
    internal static IResult From<T>(CommandResult result, T answer)
        where T : IContract<T>
    {
        var problem = Described(result);
        foreach (var member in JsonSerializer.SerializeToElement(answer, T.Contract).EnumerateObject())
            if (member.Name != "detail")
                problem.Extensions[member.Name] = member.Value;
        return TypedResults.Problem(problem);
    }

    private static ProblemDetails Described(CommandResult result)
    {
        var (type, title) = result.Kind switch
        {
            ResultKind.Refused => ("refused", "不符合规定，未办理"),
            ResultKind.Invalid => ("invalid-request", "请求有误"),
            ResultKind.NotFound => ("about:blank", "没有这个资源"),
            ResultKind.Forbidden => ("forbidden", "没有权限"),
            ResultKind.Stale => ("stale", "已被他人修改"),
            ResultKind.VersionMissing => ("version-missing", "缺少 If-Match"),
            ResultKind.KeyReused => ("idempotency-key-reused", "Idempotency-Key 已用过"),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Kind, null),
        };
        return new()
        {
            Type = type,
            Title = title,
            Status = StatusOf(result.Kind),
            Detail = result.Refusal!.Detail,
        };
    }

    /// <summary>The status of a command's result that is not done, in the API and on pages.</summary>
    internal static int StatusOf(ResultKind kind) =>
        kind switch
        {
            ResultKind.Refused => StatusCodes.Status409Conflict,
            ResultKind.Invalid => StatusCodes.Status400BadRequest,
            ResultKind.NotFound => StatusCodes.Status404NotFound,
            ResultKind.Forbidden => StatusCodes.Status403Forbidden,
            ResultKind.Stale => StatusCodes.Status412PreconditionFailed,
            ResultKind.VersionMissing => StatusCodes.Status428PreconditionRequired,
            ResultKind.KeyReused => StatusCodes.Status422UnprocessableEntity,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    /// <summary>One field is wrong.</summary>
    internal static IResult Invalid(string field, string message) =>
        TypedResults.Problem(
            new ProblemDetails
            {
                Type = "invalid-request",
                Title = "请求有误",
                Status = StatusCodes.Status400BadRequest,
                Detail = message,
                Extensions = { ["errors"] = new Dictionary<string, string[]> { [field] = [message] } },
            }
        );
}

/// <summary>Problem details are what refuses, whatever the client would rather accept.</summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Status ??= context.HttpContext.Response.StatusCode;
        Problems.Complete(context);
        await context.HttpContext.Response.WriteAsJsonAsync(
            problem,
            problem.GetType(),
            options: null,
            "application/problem+json",
            CancellationToken.None // to whoever has gone meanwhile nothing is sent, and that is no fault
        );
    }
}
