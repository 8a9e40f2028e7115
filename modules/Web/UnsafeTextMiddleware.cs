using EduAssist.Kernel;
using EduAssist.Web.Http;
using EduAssist.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace EduAssist.Web;

/// <summary>
/// Refuses an address with characters that no text may bring in. JSON and posted forms are looked at where they are
/// read (<see cref="UnsafeText"/>), lists and the fields of forms by their binder, queries of OData by its own parser.
/// </summary>
internal sealed class UnsafeTextMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        var isUnsafe =
            // it refuses in its own words
            !request.Path.StartsWithSegments("/odata", StringComparison.OrdinalIgnoreCase)
            && (
                UnsafeCharacters.AreIn(request.Path.Value)
                || request.Query.Any(q => UnsafeCharacters.AreIn(q.Key) || q.Value.Any(v => UnsafeCharacters.AreIn(v)))
            );
        if (!isUnsafe)
            return next(http);
        return (
            PageResult.IsAskedFor(request)
                ? PageResult.ErrorPage(http, StatusCodes.Status400BadRequest, "不能接受", $"地址中{UnsafeText.Message}")
                : Problems.Invalid("", $"地址中{UnsafeText.Message}")
        ).ExecuteAsync(http);
    }
}
