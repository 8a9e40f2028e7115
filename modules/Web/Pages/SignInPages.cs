using EduAssist.Kernel;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>The page to sign in, and the way out.</summary>
internal sealed class SignInPages : IEndpoints
{
    internal const string Path = "/sign-in";
    private const int LongestText = 200;

    int IEndpoints.Order => 25;

    string IEndpoints.Prefix => "";

    void IEndpoints.Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext http, ServerOptions server, string? why, string? returnUrl) =>
                PageResult.Page<SignInPage>(http, "登录", new SignInPage.View(why, Local(returnUrl), server.Demo))
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
        // where the form comes from is looked at by CurrentActorMiddleware
        app.MapPost(Path, SignInByFormAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        app.MapPost("/sign-out", async (HttpContext http, Accounts accounts) =>
            {
                await accounts.SignOutAsync(http.User);
                return TypedResults.SignOut(
                    new() { RedirectUri = Path },
                    [CookieAuthenticationDefaults.AuthenticationScheme]
                );
            })
            .ExcludeFromDescription();
    }

    private static async Task<IResult> SignInByFormAsync(HttpContext http, Accounts accounts, SignInRateLimiter limit)
    {
        if (await FormAsync(http) is not { } form)
            return PageResult.ErrorPage(
                http,
                http.Request.HasFormContentType
                    ? StatusCodes.Status400BadRequest
                    : StatusCodes.Status415UnsupportedMediaType,
                "不能接受",
                "这里只接受登录页面提交的表单。"
            );
        var (user, password, code, newPassword) = (
            One(form, "user"),
            One(form, "password"),
            One(form, "code"),
            One(form, "newPassword")
        );
        var back = Local(One(form, "returnUrl"));
        if (!limit.Lets(http))
            return Again("slow");
        var given = string.IsNullOrWhiteSpace(code) ? null : code.Trim();
        if (
            UnsafeCharacters.AreIn(user)
            || user is not { Length: > 0 and <= LongestText }
            || password is not { Length: > 0 and <= LongestText }
        )
            return Again("wrong");
        var (came, found) = await accounts.CheckAsync(user, password, given);
        if (came == SignIn.PasswordToChange && newPassword is { Length: > 0 and <= LongestText })
        {
            if (!(await accounts.ChangePasswordAsync(found!, password, newPassword)).IsDone)
                return Again("new-password");
            (came, found) = await accounts.CheckAsync(user, newPassword, null) is { Came: SignIn.Right } changed
                ? changed
                : (SignIn.CodeMissing, null);
        }

        if (came != SignIn.Right)
            return Again(
                came switch
                {
                    SignIn.CodeMissing => "code",
                    SignIn.PasswordToChange => "password",
                    _ => "wrong",
                }
            );
        return TypedResults.SignIn(
            Accounts.Session(found!),
            new() { RedirectUri = back },
            CookieAuthenticationDefaults.AuthenticationScheme
        );

        RedirectHttpResult Again(string why) =>
            TypedResults.LocalRedirect($"{Path}?why={why}&returnUrl={Uri.EscapeDataString(back)}");
    }

    /// <summary>
    /// What was posted; null: it is no form, or a broken one. The framework's binding would throw where there is no
    /// content type at all.
    /// </summary>
    private static async Task<IFormCollection?> FormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return null;
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        // a boundary that is wrong, an end that is missing
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return null;
        }
    }

    private static string? One(IFormCollection form, string field) => form[field] is [{ } text] ? text : null;

    /// <summary>A path of this server, or its root: nobody is led elsewhere.</summary>
    private static string Local(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !UnsafeCharacters.AreIn(url)
            ? Ascii(url)
            : "/";

    /// <summary>A header takes nothing else; what is escaped already stays as it is.</summary>
    private static string Ascii(string url) =>
        string.Concat(
            url.EnumerateRunes()
                .Select(r => r.Value is > ' ' and < 0x7F ? r.ToString() : Uri.EscapeDataString(r.ToString()))
        );
}
