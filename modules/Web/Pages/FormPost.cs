using System.Globalization;
using EduAssist.Data;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Web.Pages;

/// <summary>Forms that a page posts: read within limits, and only from our own pages.</summary>
internal static class FormPost
{
    /// <summary>
    /// The one-time key of a form: sent twice, it is done once. The same as the API's <c>Idempotency-Key</c>.
    /// </summary>
    internal const string KeyField = "_key";

    /// <summary>The version of the case that was seen. The same as the API's <c>If-Match</c>.</summary>
    internal const string VersionField = "_version";

    /// <summary>Asks for more blank rows, and stores nothing.</summary>
    internal const string MoreField = "_more";

    private const int MostBytes = 30 << 20,
        MostBlankRows = 100;

    private static readonly FormOptions Limits = new()
    {
        ValueLengthLimit = MostBytes,
        MultipartBodyLengthLimit = MostBytes,
        ValueCountLimit = 8000,
        KeyLengthLimit = 300,
    };

    /// <summary>Every form of these routes is checked before anything else looks at it.</summary>
    internal static RouteGroupBuilder Guarded(this RouteGroupBuilder pages)
    {
        pages.AddEndpointFilter(
            async (context, next) =>
            {
                var http = context.HttpContext;
                if (ListPages.AsksTooMuch(http.Request.Query))
                    return PageResult.ErrorPage(
                        http,
                        StatusCodes.Status400BadRequest,
                        "查找的文字太长",
                        $"查找和筛选的文字不能超过 {ListPages.LongestText} 字；请缩短以后再查。"
                    );
                if (!HttpMethods.IsPost(http.Request.Method))
                    return await next(context);
                if (!http.Request.HasFormContentType)
                    return PageResult.ErrorPage(
                        http,
                        StatusCodes.Status415UnsupportedMediaType,
                        "不能接受",
                        "这里只接受页面提交的表单。"
                    );
                if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                    size.MaxRequestBodySize = MostBytes;
                try
                {
                    await http.Request.ReadFormAsync(Limits, http.RequestAborted);
                }
                catch (Exception refused) when (refused is InvalidDataException or IOException)
                {
                    return PageResult.ErrorPage(
                        http,
                        StatusCodes.Status413PayloadTooLarge,
                        "内容过大",
                        "提交的内容或文件太大，或者不完整；大名单请用命令行导入。"
                    );
                }

                if (UnsafeText.AreIn(http.Request.Form))
                    return PageResult.ErrorPage(
                        http,
                        StatusCodes.Status400BadRequest,
                        "不能接受",
                        $"提交的内容{UnsafeText.Message}没有作任何改动，返回上一页可以继续填写。"
                    );
                return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
                    ? await next(context)
                    : PageResult.ErrorPage(
                        http,
                        StatusCodes.Status400BadRequest,
                        "页面已过期",
                        "这个页面打开得太久，或者不是从本系统提交的；没有作任何改动。请返回上一页，刷新后再试。"
                    );
            }
        );
        return pages;
    }

    /// <summary>A key for a new form.</summary>
    internal static string NewKey() => Guid.NewGuid().ToString("n");

    /// <summary>The version that the page showed; null: none, or no number.</summary>
    internal static long? Version(IFormCollection form) => ContractAnswer.VersionOf(form[VersionField].ToString());

    /// <summary>How many more blank rows were asked for; null: none.</summary>
    internal static int? More(IFormCollection form) =>
        int.TryParse(form[MoreField], NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            ? Math.Min(rows, MostBlankRows)
            : null;

    /// <summary>
    /// The request as a command has it: actor, and the one-time key by which it is recognised when it is sent again.
    /// </summary>
    internal static CommandRequest Request(HttpContext http)
    {
        var form = http.Request.Form;
        var key =
            form[KeyField] is [{ Length: > 0 and <= 64 } given] && given.All(char.IsAsciiLetterOrDigit)
                ? $"page-{given}"
                : null;
        var asked = string.Join(
            '\n',
            form.Where(f => f.Key is not (KeyField or "_form"))
                .OrderBy(f => f.Key, StringComparer.Ordinal)
                .Select(f => $"{f.Key}={f.Value}")
        );
        return new(
            http.Actor(),
            key,
            $"{http.Request.Path}\n{asked}\n{string.Join('\n', form.Files.Select(f => $"{f.FileName} {f.Length}"))}"
        );
    }

    /// <summary>Does what was posted; a browser that has gone before its turn came is not waited for.</summary>
    internal static Task<CommandResult> ExecuteAsync(
        HttpContext http,
        CommandExecutor commands,
        Func<UnitOfWork, Task<CommandResult>> work
    ) => commands.ExecuteAsync(Request(http), work, http.RequestAborted);

    /// <summary>
    /// Redirects to the page that shows what was done (303), so that reloading it posts nothing again.
    /// </summary>
    internal static IResult SeeOther(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The status of the page that answers a form: done or refused.</summary>
    internal static int StatusOf(CommandResult result) =>
        result.IsDone ? StatusCodes.Status200OK : Problems.StatusOf(result.Kind);
}
