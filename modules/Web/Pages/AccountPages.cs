using EduAssist.Core.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>本人账号: what somebody is and where, the password, two-factor, keys for spreadsheets. Nothing secret is shown twice.</summary>
internal static class AccountPages
{
    internal const string Path = "/account";
    private const int LongestText = 200;

    internal static void MapAccount(this RouteGroupBuilder pages)
    {
        var account = pages.MapGroup(Path);
        account.RequireAuthorization(AccountPolicyMiddleware.PersonsOnly);
        account.MapGet("", (HttpContext http, CommandExecutor acts, Accounts accounts) => Page(http, acts, accounts));
        account.MapPost("/password", async (HttpContext http, CommandExecutor acts, Accounts accounts, SignInLimit limit) =>
        {
            var (old, wanted) = (http.Request.Form["password"].ToString(), http.Request.Form["newPassword"].ToString());
            if (old.Length is 0 or > LongestText || wanted.Length is 0 or > LongestText) return await Page(http, acts, accounts, trouble: "请填写原密码和新密码。");
            if (!limit.Lets(http)) return await Page(http, acts, accounts, trouble: "尝试次数过多，请一分钟后再试。");
            var decision = await accounts.ChangePassword(await accounts.FindUser(http.User), old, wanted);
            return decision.IsDone ? await Stay(http, acts, accounts, done: "密码已修改；在其他地方的登录都已失效。") : await Page(http, acts, accounts, trouble: Told(decision));
        });
        account.MapPost("/two-factor", async (HttpContext http, CommandExecutor acts, Accounts accounts) =>
        {
            var user = await accounts.FindUser(http.User);
            return user.HasTwoFactor ? await Page(http, acts, accounts, trouble: "两步验证已经启用。") : await Page(http, acts, accounts, codeKey: (await accounts.NewCodeKey(user)).Key);
        });
        account.MapPost("/two-factor/enable", async (HttpContext http, CommandExecutor acts, Accounts accounts) =>
        {
            var user = await accounts.FindUser(http.User);
            return await accounts.EnableCodes(user, Code(http)) is { } recovery ? await Stay(http, acts, accounts, recovery: recovery)
                : await Page(http, acts, accounts, codeKey: user.HasTwoFactor ? null : user.CodeKey, trouble: "验证码不对。请核对手机的时间，再输入当前的 6 位数字。");
        });
        account.MapPost("/two-factor/disable", async (HttpContext http, CommandExecutor acts, Accounts accounts, SignInLimit limit) =>
            limit.Lets(http) && await accounts.DisableCodes(await accounts.FindUser(http.User), Code(http)) ? await Stay(http, acts, accounts, done: "两步验证已停用。") : await Page(http, acts, accounts, trouble: "验证码不对。"));
        account.MapPost("/keys", async (HttpContext http, CommandExecutor acts, Accounts accounts) =>
        {
            var form = http.Request.Form;
            var (key, secret, wrong) = await SignInApi.MakeKey(acts, await accounts.FindUser(http.User), form["title"].ToString().Trim(), form["onlyReads"].Count > 0, ListPages.Number(form["days"], 0));
            return key is null ? await Page(http, acts, accounts, trouble: wrong) : await Page(http, acts, accounts, secret: secret);
        });
        account.MapPost("/keys/{id:guid}/end", async (HttpContext http, CommandExecutor acts, Accounts accounts, Guid id) =>
        {
            var decision = await SignInApi.EndKey(http, acts, accounts, id);
            return decision.IsDone ? FormPost.SeeOther(http, Path) : PageResult.NotFound(http, "没有这个访问密钥。");
        });
        account.MapPost("/sign-out-everywhere", async (HttpContext http, Accounts accounts) =>
        {
            await accounts.SignOutEverywhere(await accounts.FindUser(http.User));
            return FormPost.SeeOther(http, SignInApi.Page);
        });
    }

    private static string Code(HttpContext http) => http.Request.Form["code"].ToString().Trim();

    internal static string Told(CommandResult decision) => decision.Body["errors"] is System.Text.Json.Nodes.JsonObject errors ? string.Join("；", errors.SelectMany(e => e.Value!.AsArray().Select(m => (string)m!))) : (string?)decision.Body["detail"] ?? "没有办成。";

    /// <summary>What was issued before has ended; whoever did it stays signed in where they sit.</summary>
    private static async Task<IResult> Stay(HttpContext http, CommandExecutor acts, Accounts accounts, string? done = null, IReadOnlyList<string>? recovery = null)
    {
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Accounts.Principal(await accounts.FindUser(http.User), CookieAuthenticationDefaults.AuthenticationScheme));
        return await Page(http, acts, accounts, done: done, recovery: recovery);
    }

    private static async Task<IResult> Page(HttpContext http, CommandExecutor acts, Accounts accounts, string? done = null, string? trouble = null, string? codeKey = null, IReadOnlyList<string>? recovery = null, string? secret = null)
    {
        var user = await accounts.FindUser(http.User);
        return PageResult.Page<AccountPage>(http, "本人账号", new AccountPage.View(user.Name, await SignInApi.RolesOf(acts, http.Actor()), user.HasTwoFactor, await SignInApi.KeysOf(acts, user), acts.Policy.Today.Now)
        { Done = done, Trouble = trouble, CodeKey = codeKey, Recovery = recovery, Secret = secret }, trouble is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
