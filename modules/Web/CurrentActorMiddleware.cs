using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Users;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using EduAssist.Web.Jobs;
using EduAssist.Web.Pages;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web;

/// <summary>
/// From what a request shows (cookie, token, key) to who that is now: roles, a changed stamp and a disabled user are
/// looked up for each request, so that what was taken away is gone at once, also on another host. What is refused
/// leaves a line in the audit.
/// </summary>
internal sealed class CurrentActorMiddleware(
    RequestDelegate next,
    CommandExecutor commands,
    RefusalAudit refusals,
    ServerOptions access
)
{
    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.User.Identity?.IsAuthenticated == true)
        {
            if (await Accounts.ActorOfAsync(commands, http.User) is { } known)
            {
                var here = known.Actor with { Address = http.Address() };
                http.Features.Set(here);
                if (Barred(http, known.User, here) is { } why)
                {
                    await refusals.AddAsync(here, Route(http), Asked(http));
                    await why.ExecuteAsync(http);
                    return;
                }
            }
            else
                http.User = new(); // the user, role or stamp that the token was issued for is no longer valid
        }

        if (IsForged(http))
        {
            await (
                PageResult.IsAskedFor(http.Request)
                    ? PageResult.ErrorPage(
                        http,
                        StatusCodes.Status403Forbidden,
                        "不能接受",
                        "这个请求来自别的网站；没有作任何改动。"
                    )
                    : Problems.Forbidden("forged-request", "这个请求来自别的网站。")
            ).ExecuteAsync(http);
            return;
        }

        await next(http);
        if (http.Response.StatusCode == StatusCodes.Status403Forbidden && http.Features.Get<Actor>() is { } actor)
            await refusals.AddAsync(actor, Route(http), Asked(http));
    }

    /// <summary>What was asked for by its id; null: nothing was.</summary>
    private static Guid? Asked(HttpContext http) =>
        Guid.TryParse(http.GetRouteValue("id")?.ToString(), out var id) ? id : null;

    /// <summary>
    /// Of what was refused. A method is any word that a client likes, and would make every line another one.
    /// </summary>
    private static string Route(HttpContext http) =>
        (Methods.Contains(http.Request.Method) ? http.Request.Method : "?")
        + $" {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}";

    /// <summary>
    /// Whether another site made the browser send this request (cross-site request forgery). Browsers add cookies and
    /// Basic credentials by themselves, also for a page of another site, but tell where a request comes from
    /// (<c>Sec-Fetch-Site</c>, <c>Origin</c>). From another site only reading is allowed; the sign-in form is checked
    /// too.
    /// </summary>
    private static bool IsForged(HttpContext http)
    {
        var request = http.Request;
        if (
            !request.IsUnsafe()
            || request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        )
            return false;
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
            return site is not ("same-origin" or "none");
        if (request.Headers.Origin is [{ } origin])
            return !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        return http.User.Identity?.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme;
    }

    /// <summary>Where two-factor is set up, and where one leaves.</summary>
    private static IReadOnlyList<PathString> SetsUp { get; } = ["/api/auth", AccountPages.Path, "/sign-out"];

    private IResult? Barred(HttpContext http, User user, Actor actor)
    {
        if (
            http.User.FindFirst(Accounts.KeyClaim)?.Value == Accounts.OnlyReads
            && http.Request.IsUnsafe()
            && !http.Request.Path.StartsWithSegments("/odata", StringComparison.OrdinalIgnoreCase) // only reads itself
        )
            return Problems.Forbidden("key-only-reads", "这个访问密钥只能读取。");
        if (
            !access.AdministratorsNeedTwoFactor
            || user.HasTwoFactor
            || !actor.Is(Role.Administrator)
            || http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || SetsUp.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.Ordinal))
        )
            return null;
        return PageResult.IsAskedFor(http.Request)
            ? TypedResults.LocalRedirect(AccountPages.Path)
            : Problems.Forbidden("two-factor-required", "管理员须先启用两步验证（/api/auth/two-factor）。");
    }
}
