using EduAssist.Data;
using EduAssist.Web.Api;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>
/// 本人账号: what somebody is and where, the password, two-factor, keys for spreadsheets. Nothing secret is shown twice.
/// </summary>
internal sealed class AccountPages : IPages
{
    internal const string Path = "/account";
    private const int LongestText = 200;

    void IPages.Map(RouteGroupBuilder pages)
    {
        var account = pages.MapGroup(Path);
        account.RequireAuthorization(AuthorizationPolicyNames.PersonsOnly);
        account.MapGet("", (HttpContext http, CommandExecutor commands, Accounts accounts) =>
            PageAsync(http, commands, accounts)
        );
        account.MapPost(
            "/password",
            async (HttpContext http, CommandExecutor commands, Accounts accounts, SignInRateLimiter limit) =>
            {
                var (old, wanted) = (
                    http.Request.Form["password"].ToString(),
                    http.Request.Form["newPassword"].ToString()
                );
                if (old.Length is 0 or > LongestText || wanted.Length is 0 or > LongestText)
                    return await PageAsync(http, commands, accounts, trouble: "请填写原密码和新密码。");
                if (!limit.Lets(http))
                    return await PageAsync(http, commands, accounts, trouble: "尝试次数过多，请一分钟后再试。");
                var result = await accounts.ChangePasswordAsync(await accounts.FindUserAsync(http.User), old, wanted);
                return result.IsDone
                    ? await StayAsync(http, commands, accounts, done: "密码已修改；在其他地方的登录都已失效。")
                    : await PageAsync(http, commands, accounts, trouble: Told(result));
            }
        );
        account.MapPost("/two-factor", async (HttpContext http, CommandExecutor commands, Accounts accounts) =>
        {
            return await accounts.NewCodeKeyAsync(await accounts.FindUserAsync(http.User)) is var (key, _)
                ? await PageAsync(http, commands, accounts, codeKey: key)
                : await PageAsync(http, commands, accounts, trouble: "两步验证已经启用。");
        });
        account.MapPost("/two-factor/enable", async (HttpContext http, CommandExecutor commands, Accounts accounts) =>
        {
            var user = await accounts.FindUserAsync(http.User);
            return await accounts.EnableCodesAsync(user, Code(http)) is { } recovery
                ? await StayAsync(http, commands, accounts, recovery: recovery)
                : await PageAsync(
                    http,
                    commands,
                    accounts,
                    codeKey: user.HasTwoFactor ? null : user.CodeKey,
                    trouble: "验证码不对。请核对手机的时间，再输入当前的 6 位数字。"
                );
        });
        account.MapPost(
            "/two-factor/disable",
            async (HttpContext http, CommandExecutor commands, Accounts accounts, SignInRateLimiter limit) =>
                limit.Lets(http)
                && await accounts.DisableCodesAsync(await accounts.FindUserAsync(http.User), Code(http))
                    ? await StayAsync(http, commands, accounts, done: "两步验证已停用。")
                    : await PageAsync(http, commands, accounts, trouble: "验证码不对。")
        );
        account.MapPost("/keys", async (HttpContext http, CommandExecutor commands, Accounts accounts) =>
        {
            var form = http.Request.Form;
            var (key, secret, wrong) = await SignInApi.MakeKeyAsync(
                commands,
                http.Actor(),
                await accounts.FindUserAsync(http.User),
                form["title"].ToString().Trim(),
                form["onlyReads"].Count > 0,
                ListPages.Number(form["days"], 0)
            );
            return key is null
                ? await PageAsync(http, commands, accounts, trouble: wrong?.Message)
                : await PageAsync(http, commands, accounts, secret: secret);
        });
        account.MapPost(
            "/keys/{id:guid}/end",
            async (HttpContext http, CommandExecutor commands, Accounts accounts, Guid id) =>
            {
                var result = await SignInApi.EndKeyAsync(http, commands, accounts, id);
                return result.IsDone ? FormPost.SeeOther(http, Path) : PageResult.NotFound(http, "没有这个访问密钥。");
            }
        );
        account.MapPost("/sign-out-everywhere", async (HttpContext http, Accounts accounts) =>
        {
            await accounts.SignOutEverywhereAsync(await accounts.FindUserAsync(http.User));
            return FormPost.SeeOther(http, SignInPages.Path);
        });
    }

    private static string Code(HttpContext http) => http.Request.Form["code"].ToString().Trim();

    internal static string Told(CommandResult result) =>
        result.Refusal?.Errors is { } errors
            ? string.Join("；", errors.SelectMany(e => e.Value))
            : result.Refusal?.Detail ?? "没有办成。";

    /// <summary>What was issued before has ended; whoever did it stays signed in where they sit.</summary>
    private static async Task<IResult> StayAsync(
        HttpContext http,
        CommandExecutor commands,
        Accounts accounts,
        string? done = null,
        IReadOnlyList<string>? recovery = null
    )
    {
        await http.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            Accounts.Session(await accounts.FindUserAsync(http.User))
        );
        return await PageAsync(http, commands, accounts, done: done, recovery: recovery);
    }

    private static async Task<IResult> PageAsync(
        HttpContext http,
        CommandExecutor commands,
        Accounts accounts,
        string? done = null,
        string? trouble = null,
        string? codeKey = null,
        IReadOnlyList<string>? recovery = null,
        string? secret = null
    )
    {
        var user = await accounts.FindUserAsync(http.User);
        return PageResult.Page<AccountPage>(
            http,
            "本人账号",
            new AccountPage.View(
                user.Name,
                await SignInApi.RolesOfAsync(commands, http.Actor()),
                user.HasTwoFactor,
                await SignInApi.KeysOfAsync(commands, user),
                commands.Policy.Today.Now
            )
            {
                Done = done,
                Trouble = trouble,
                CodeKey = codeKey,
                Recovery = recovery,
                Secret = secret,
            },
            trouble is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );
    }
}
