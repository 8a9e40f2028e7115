using EduAssist.Kernel.Access;
using EduAssist.Platform;
using EduAssist.Ui;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Web.Pages;

/// <summary>
/// Pages as answers: rendered whole on the server, never kept by a browser, with a policy that lets nothing in from
/// elsewhere.
/// </summary>
internal static class PageResult
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly IReadOnlyList<string> ForPrograms = ["/api", "/odata", "/openapi", "/health"];

    /// <summary>A page within the frame of the workbench.</summary>
    /// <typeparam name="TPage">Takes its model as the parameter <c>Model</c>.</typeparam>
    internal static IResult Page<TPage>(
        HttpContext http,
        string title,
        object model,
        int status = StatusCodes.Status200OK
    )
        where TPage : IComponent
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        (headers.CacheControl, headers.Pragma) = ("no-cache, no-store", "no-cache");
        return new RazorComponentResult<Frame>(
            new Dictionary<string, object?>
            {
                [nameof(Frame.Title)] = title,
                [nameof(Frame.Body)] = typeof(TPage),
                [nameof(Frame.Model)] = model,
                [nameof(Frame.Menu)] = http.Features.Get<Actor>() is { } actor
                    ? Menu.For(http.RequestServices.GetRequiredService<Instance>(), http.Request.Path, actor)
                    : [],
                [nameof(Frame.User)] = http.Features.Get<Actor>()?.Name,
                [nameof(Frame.Today)] = http.RequestServices.GetRequiredService<Instance>().Today.Date,
            }
        )
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
    }

    /// <summary>That there is nothing, or that something went wrong.</summary>
    internal static IResult ErrorPage(HttpContext http, int status, string title, string detail) =>
        Page<ErrorPage>(http, title, new ErrorPage.View(title, Problems.Discreetly(http, detail)), status);

    internal static IResult NotFound(HttpContext http, string detail) =>
        ErrorPage(http, StatusCodes.Status404NotFound, "没有这个页面", detail);

    /// <summary>Whether a browser asked for a page, and not a program for data.</summary>
    internal static bool IsAskedFor(HttpRequest request) =>
        !ForPrograms.Any(path => request.Path.StartsWithSegments(path, StringComparison.Ordinal))
        && request.Headers.Accept.Any(a => a?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>A file of the site, under an address that changes with it.</summary>
    internal static IResult File(HttpContext http, SiteFile file)
    {
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(file.Content, file.ContentType);
    }
}
