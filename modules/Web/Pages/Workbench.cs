using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Ui;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>The workbench (工作台): pages of everything that modules declare.</summary>
internal sealed class Workbench(IEnumerable<IPages> families) : IEndpoints
{
    int IEndpoints.Order => 140;

    string IEndpoints.Prefix => "";

    void IEndpoints.Map(IEndpointRouteBuilder app)
    {
        foreach (var file in (SiteFile[])[SiteFile.Style, SiteFile.Script])
            app.MapGet($"/assets/{file.Name}", (HttpContext http) => PageResult.File(http, file))
                .AllowAnonymous()
                .ExcludeFromDescription();
        var pages = app.MapGroup("").ExcludeFromDescription().Guarded();
        pages.RequireAuthorization(AuthorizationPolicyNames.NotByReadingKey);
        foreach (var family in families)
            family.Map(pages);
    }

    /// <summary>
    /// What a browser gets where there is no page; null: it is a program's question, with problem details for an
    /// answer.
    /// </summary>
    internal static IResult? Missing(HttpContext http) =>
        !PageResult.IsAskedFor(http.Request)
            ? null
            : http.Response.StatusCode switch
            {
                StatusCodes.Status404NotFound => PageResult.NotFound(
                    http,
                    "您访问的页面不存在，或者没有加载相应的模块。"
                ),
                StatusCodes.Status400BadRequest => Unreadable(http),
                StatusCodes.Status403Forbidden => PageResult.ErrorPage(
                    http,
                    StatusCodes.Status403Forbidden,
                    "不能查看",
                    "您的角色不能打开这个页面。"
                ),
                StatusCodes.Status405MethodNotAllowed => PageResult.ErrorPage(
                    http,
                    StatusCodes.Status405MethodNotAllowed,
                    "不能这样访问",
                    "请从本系统的页面打开。"
                ),
                _ => null,
            };

    /// <summary>An address with a value that means nothing: of a row, of a place in a list.</summary>
    /// <returns>Null: nobody has got as far as to a page, as with a host that is not ours.</returns>
    internal static IResult? Unreadable(HttpContext http) =>
        http.Features.Get<Actor>() is null
            ? null
            : PageResult.ErrorPage(
                http,
                StatusCodes.Status400BadRequest,
                "地址有误",
                "这个地址里有不能读取的内容；请从本系统的页面打开。"
            );
}

/// <summary>Errors as pages, to those who asked for one.</summary>
internal sealed class PageProblems : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext http,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        if (
            !PageResult.IsAskedFor(http.Request)
            || exception is BadHttpRequestException { StatusCode: not StatusCodes.Status400BadRequest }
        )
            return false;
        var page =
            exception is BadHttpRequestException ? Workbench.Unreadable(http)
            : exception is HolidaysNotPublishedException unpublished
                ? PageResult.ErrorPage(
                    http,
                    StatusCodes.Status409Conflict,
                    "该年的放假通知尚未载入",
                    unpublished.Message
                )
            : DatabaseOutageException.IsCauseOf(exception) ? Unavailable(http)
            : PageResult.ErrorPage(
                http,
                StatusCodes.Status500InternalServerError,
                "服务器内部错误",
                $"服务器未能完成请求；请把编号 {System.Diagnostics.Activity.Current?.Id ?? http.TraceIdentifier} 告诉管理员。"
            );
        if (page is null)
            return false;
        await page.ExecuteAsync(http);
        return true;
    }

    private static IResult Unavailable(HttpContext http)
    {
        var problem = Problems.Unavailable(http);
        return PageResult.ErrorPage(http, problem.Status!.Value, problem.Title!, "请稍后重新打开这一页。");
    }
}
