using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Users;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace EduAssist.Web.Api;

/// <summary>Signing in and out, passwords, codes, keys.</summary>
internal sealed class SignInApi : IEndpoints
{
    private const int MostKeys = 20,
        LongestText = 200,
        MostDays = 366;

    private const string CodeShape = """{ "value": "123456" }""";

    internal sealed record Credentials(string? User, string? Password, string? Code);

    internal sealed record NewPassword(
        string? User,
        string? Password,
        string? Code,
        [property: System.Text.Json.Serialization.JsonPropertyName("newPassword")] string? Wanted
    );

    internal sealed record Refresh(string? RefreshToken);

    internal sealed record Code(string? Value);

    internal sealed record Me(string User, IEnumerable<RoleView> Roles, bool HasTwoFactor);

    internal sealed record CodeKey(string Key, string Uri);

    internal sealed record RecoveryCodes(IReadOnlyList<string> Codes);

    internal sealed record NewKey(string? Title, bool? OnlyReads, int? Days);

    internal sealed record KeyView(
        Guid Id,
        string Title,
        bool OnlyReads,
        DateTimeOffset CreatedAt,
        DateTimeOffset ExpiresAt,
        string? Key
    );

    int IEndpoints.Order => 30;

    string IEndpoints.Prefix => "";

    void IEndpoints.Map(IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth")
            .WithTags("登录")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        auth.MapPost("/token", (HttpContext http, Accounts accounts, SignInRateLimiter limit) =>
                ContractBody.ReadAsync(
                    http,
                    UsersJson.Default.Credentials,
                    """{ "user": "…", "password": "…", "code": "…" }""",
                    given => TokenAsync(http, accounts, limit, given)
                )
            )
            .Takes<Credentials>()
            .AllowAnonymous()
            .WithSummary("登录，取得令牌")
            .Produces<AccessTokenResponse>();
        auth.MapPost(
                "/refresh",
                (
                    HttpContext http,
                    CommandExecutor commands,
                    IOptionsMonitor<BearerTokenOptions> options,
                    TimeProvider clock
                ) =>
                    ContractBody.ReadAsync(http, UsersJson.Default.Refresh, """{ "refreshToken": "…" }""", given =>
                        RenewAsync(commands, options, clock, given)
                    )
            )
            .Takes<Refresh>()
            .AllowAnonymous()
            .WithSummary("用 refreshToken 换新的令牌")
            .Produces<AccessTokenResponse>();
        auth.MapPost("/password", (HttpContext http, Accounts accounts, SignInRateLimiter limit) =>
                ContractBody.ReadAsync(
                    http,
                    UsersJson.Default.NewPassword,
                    """{ "user": "…", "password": "…", "code": "…", "newPassword": "…" }""",
                    given => ChangeAsync(http, accounts, limit, given)
                )
            )
            .Takes<NewPassword>()
            .AllowAnonymous()
            .WithSummary("修改密码；首次登录须先修改")
            .Produces(StatusCodes.Status204NoContent);
        auth.MapGet("/me", async (HttpContext http, CommandExecutor commands, Accounts accounts) =>
                TypedResults.Ok(
                    new Me(
                        http.Actor().Name,
                        await RolesOfAsync(commands, http.Actor()),
                        (await accounts.FindUserAsync(http.User)).HasTwoFactor
                    )
                )
            )
            .WithSummary("本人的角色和范围")
            .Produces<Me>();
        auth.MapPost("/sign-out-everywhere", async (HttpContext http, Accounts accounts) =>
            {
                await accounts.SignOutEverywhereAsync(await accounts.FindUserAsync(http.User));
                return TypedResults.NoContent();
            })
            .RequireAuthorization(AuthorizationPolicyNames.PersonsOnly)
            .WithSummary("在所有地方退出登录，撤销访问密钥");
        auth.MapPost("/two-factor", async (HttpContext http, Accounts accounts) =>
            {
                return await accounts.NewCodeKeyAsync(await accounts.FindUserAsync(http.User)) is var (key, uri)
                    ? TypedResults.Ok(new CodeKey(key, uri))
                    : Problems.Invalid("", "两步验证已经启用；先停用，再换新的密钥。");
            })
            .RequireAuthorization(AuthorizationPolicyNames.PersonsOnly)
            .WithSummary("取得两步验证的密钥")
            .Produces<CodeKey>();
        auth.MapPost("/two-factor/enable", (HttpContext http, Accounts accounts) =>
                ContractBody.ReadAsync(http, UsersJson.Default.Code, CodeShape, async code =>
                    await accounts.EnableCodesAsync(await accounts.FindUserAsync(http.User), code.Value ?? "")
                        is { } recovery
                        ? TypedResults.Ok(new RecoveryCodes(recovery))
                        : Problems.Invalid("value", "验证码不对。")
                )
            )
            .Takes<Code>()
            .RequireAuthorization(AuthorizationPolicyNames.PersonsOnly)
            .WithSummary("启用两步验证，得到恢复码（只显示一次）；须重新登录")
            .Produces<RecoveryCodes>();
        auth.MapPost("/two-factor/disable", (HttpContext http, Accounts accounts) =>
                ContractBody.ReadAsync(http, UsersJson.Default.Code, CodeShape, async code =>
                    await accounts.DisableCodesAsync(await accounts.FindUserAsync(http.User), code.Value ?? "")
                        ? TypedResults.NoContent()
                        : Problems.Invalid("value", "验证码不对。")
                )
            )
            .Takes<Code>()
            .RequireAuthorization(AuthorizationPolicyNames.PersonsOnly)
            .WithSummary("停用两步验证；须重新登录")
            .Produces(StatusCodes.Status204NoContent);
        auth.MapGet("/keys", async (HttpContext http, CommandExecutor commands, Accounts accounts) =>
                TypedResults.Ok(
                    (await KeysOfAsync(commands, await accounts.FindUserAsync(http.User))).Select(k => View(k, null))
                )
            )
            .RequireAuthorization(AuthorizationPolicyNames.PersonsOnly)
            .WithSummary("本人的访问密钥")
            .Produces<IEnumerable<KeyView>>();
        auth.MapPost("/keys", (HttpContext http, CommandExecutor commands, Accounts accounts) =>
                ContractBody.ReadAsync(
                    http,
                    UsersJson.Default.NewKey,
                    """{ "title": "…", "onlyReads": true, "days": 180 }""",
                    wanted => AddKeyAsync(http, commands, accounts, wanted)
                )
            )
            .Takes<NewKey>()
            .RequireAuthorization(AuthorizationPolicyNames.PersonsOnly)
            .WithSummary("新建访问密钥（只显示一次），在 Excel、Power BI 中作密码用")
            .Produces<KeyView>(StatusCodes.Status201Created);
        auth.MapDelete(
                "/keys/{id:guid}",
                async (HttpContext http, CommandExecutor commands, Accounts accounts, Guid id) =>
                    await EndKeyAsync(http, commands, accounts, id) is { IsDone: false } refused
                        ? Problems.From(refused)
                        : Results.NoContent()
            )
            .RequireAuthorization(AuthorizationPolicyNames.PersonsOnly)
            .WithSummary("撤销访问密钥")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> TokenAsync(
        HttpContext http,
        Accounts accounts,
        SignInRateLimiter limit,
        Credentials given
    )
    {
        if (Missing(("user", given.User), ("password", given.Password)) is { } missing)
            return missing;
        if (!limit.Lets(http))
            return Problems.TooMany();
        var (came, user) = await accounts.CheckAsync(given.User!, given.Password!, given.Code);
        return came == SignIn.Right
            ? TypedResults.SignIn(
                Accounts.Principal(user!, BearerTokenDefaults.AuthenticationScheme),
                authenticationScheme: BearerTokenDefaults.AuthenticationScheme
            )
            : Refused(came);
    }

    private static async Task<IResult> RenewAsync(
        CommandExecutor commands,
        IOptionsMonitor<BearerTokenOptions> options,
        TimeProvider clock,
        Refresh given
    )
    {
        var ticket = options
            .Get(BearerTokenDefaults.AuthenticationScheme)
            .RefreshTokenProtector.Unprotect(given.RefreshToken ?? "");
        if (
            ticket?.Properties.ExpiresUtc is not { } until
            || clock.GetUtcNow() >= until
            || await Accounts.ActorOfAsync(commands, ticket.Principal) is not { } known
        )
            return Problems.Unauthorized("sign-in-failed", "refreshToken 无效或已失效，请重新登录。");
        return TypedResults.SignIn(
            Accounts.Principal(known.User, BearerTokenDefaults.AuthenticationScheme),
            authenticationScheme: BearerTokenDefaults.AuthenticationScheme
        );
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext http,
        Accounts accounts,
        SignInRateLimiter limit,
        NewPassword given
    )
    {
        if (Missing(("user", given.User), ("password", given.Password), ("newPassword", given.Wanted)) is { } missing)
            return missing;
        if (!limit.Lets(http))
            return Problems.TooMany();
        var (came, user) = await accounts.CheckAsync(given.User!, given.Password!, given.Code);
        if (user is null)
            return Refused(came);
        var result = await accounts.ChangePasswordAsync(user, given.Password!, given.Wanted!);
        return result.IsDone ? TypedResults.NoContent() : Problems.From(result);
    }

    internal static async Task<IReadOnlyList<ApiKey>> KeysOfAsync(CommandExecutor commands, User user)
    {
        await using var db = commands.Database.OpenUnfiltered();
        return await db.Set<ApiKey>().Where(k => k.UserId == user.Id).OrderBy(k => k.Id).ToListAsync();
    }

    private static async Task<IResult> AddKeyAsync(
        HttpContext http,
        CommandExecutor commands,
        Accounts accounts,
        NewKey wanted
    )
    {
        if (Missing(("title", wanted.Title)) is { } missing)
            return missing;
        var (key, secret, wrong) = await MakeKeyAsync(
            commands,
            http.Actor(),
            await accounts.FindUserAsync(http.User),
            wanted.Title!,
            wanted.OnlyReads ?? true,
            wanted.Days ?? 0
        );
        return key is null
            ? Problems.Invalid(wrong!.Value.Field, wrong.Value.Message)
            : TypedResults.Json(View(key, secret), statusCode: StatusCodes.Status201Created);
    }

    /// <summary>A new key with its secret, or why there is none.</summary>
    internal static async Task<(ApiKey? Key, string? Secret, (string Field, string Message)? Wrong)> MakeKeyAsync(
        CommandExecutor commands,
        Actor actor,
        User user,
        string title,
        bool onlyReads,
        int days
    )
    {
        if (title.Length is 0 or > LongestText || title.Any(char.IsControl))
            return (null, null, ("title", $"须写明用途，不超过 {LongestText} 字。"));
        if (days is < 1 or > MostDays)
            return (null, null, ("days", $"有效天数（days）须为 1 至 {MostDays}。"));
        if ((await KeysOfAsync(commands, user)).Count >= MostKeys)
            return (null, null, ("", $"至多 {MostKeys} 个访问密钥；先撤销不用的。"));
        var (key, secret) = await Accounts.MakeKeyAsync(commands, user.Id, actor, title, onlyReads, days);
        return (key, secret, null);
    }

    internal static async Task<CommandResult> EndKeyAsync(
        HttpContext http,
        CommandExecutor commands,
        Accounts accounts,
        Guid id
    )
    {
        var user = await accounts.FindUserAsync(http.User);
        return await commands.ExecuteAsync(new(http.Actor()), async work =>
        {
            if (await work.Db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Id == id && k.UserId == user.Id) is not { } key)
                return CommandResult.NotFound($"没有访问密钥 {id}。");
            work.Db.Remove(key);
            work.Audit("user/key-end", id, work.Actor.Places);
            return CommandResult.Done();
        });
    }

    private static KeyView View(ApiKey key, string? secret) =>
        new(key.Id, key.Title, key.OnlyReads, key.CreatedAt, key.ExpiresAt, secret);

    internal static async Task<IReadOnlyList<RoleView>> RolesOfAsync(CommandExecutor commands, Actor actor)
    {
        await using var places = commands.Database.Read(actor.AccessScope);
        return await Accounts.RolesAsync(places, commands.Policy, actor.Grants);
    }

    private static IResult Refused(SignIn came) =>
        came switch
        {
            SignIn.CodeMissing => Problems.Unauthorized("two-factor-required", "须给出两步验证的验证码（code）。"),
            SignIn.PasswordToChange => Problems.Forbidden(
                "password-change-required",
                "首次登录须先修改密码：POST /api/auth/password。"
            ),
            _ => Problems.Unauthorized("sign-in-failed", "用户名、密码或验证码不对，或者账号已停用、暂时锁定。"),
        };

    private static IResult? Missing(params IReadOnlyList<(string Field, string? Text)> fields)
    {
        foreach (var (field, text) in fields)
            if (text is not { Length: > 0 and <= LongestText })
                return Problems.Invalid(field, $"须给出 {field}（不超过 {LongestText} 字）。");
        return null;
    }
}
