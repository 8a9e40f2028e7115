using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web.Pages;

/// <summary>用户与权限: who may sign in, as what, and where. For administrators, within their own places.</summary>
internal sealed class UserPages : IPages
{
    internal const string Path = "/users";
    private const int MostSuggested = 400;

    void IPages.Map(RouteGroupBuilder pages)
    {
        var users = pages.MapGroup(Path);
        users.RequireAuthorization(AuthorizationPolicyNames.AdministratorsOnly);
        users.MapGet("", (HttpContext http, CommandExecutor commands, Accounts accounts) =>
            AllAsync(http, commands, accounts)
        );
        users.MapPost("", async (HttpContext http, CommandExecutor commands, Accounts accounts) =>
        {
            var name = http.Request.Form["user"].ToString().Trim();
            if (Wanted(http, commands) is not { } role)
                return await AllAsync(http, commands, accounts, trouble: "请选择角色，并填写范围。");
            var result = await accounts.MakeAsync(http.Actor(), name, [role]);
            return result.IsDone
                ? await OneAsync(http, commands, accounts, name, password: result.Answer<IssuedPassword>()!.Password)
                : await AllAsync(
                    http,
                    commands,
                    accounts,
                    trouble: AccountPages.Told(result),
                    status: FormPost.StatusOf(result)
                );
        });
        users.MapGet("/{user}", (HttpContext http, CommandExecutor commands, Accounts accounts, string user) =>
            OneAsync(http, commands, accounts, user)
        );
        users.MapPost(
            "/{user}/roles",
            async (HttpContext http, CommandExecutor commands, Accounts accounts, string user) =>
            {
                if (await accounts.ViewAsync(http.Actor(), user) is null)
                    return NotThere(http, user);
                var result =
                    Ended(http, commands) is { } ended ? await accounts.EndRoleAsync(http.Actor(), user, ended)
                    : Wanted(http, commands) is { } role ? await accounts.AddRoleAsync(http.Actor(), user, role)
                    : CommandResult.Invalid(("role", "请选择角色，并填写范围。"));
                return await AnswerAsync(http, commands, accounts, user, result);
            }
        );
        users.MapPost(
            "/{user}/reset",
            async (HttpContext http, CommandExecutor commands, Accounts accounts, string user) =>
            {
                var result = await accounts.ResetAsync(http.Actor(), user);
                return result.IsDone
                    ? await OneAsync(
                        http,
                        commands,
                        accounts,
                        user,
                        password: result.Answer<IssuedPassword>()!.Password
                    )
                    : await AnswerAsync(http, commands, accounts, user, result);
            }
        );
        users.MapPost(
            "/{user}/disable",
            async (HttpContext http, CommandExecutor commands, Accounts accounts, string user) =>
                await AnswerAsync(http, commands, accounts, user, await accounts.DisableAsync(http.Actor(), user))
        );
        users.MapPost(
            "/{user}/enable",
            async (HttpContext http, CommandExecutor commands, Accounts accounts, string user) =>
                await AnswerAsync(
                    http,
                    commands,
                    accounts,
                    user,
                    await accounts.DisableAsync(http.Actor(), user, disabled: false)
                )
        );
    }

    private static RoleView? Wanted(HttpContext http, CommandExecutor commands) =>
        commands.Policy.Roles.Find(http.Request.Form["role"].ToString()) is { } role
        && http.Request.Form["place"].ToString().Trim() is { Length: > 0 and <= 100 } place
            ? new(role, place)
            : null;

    /// <summary>The role that is taken away, as it is kept and not as it is called.</summary>
    internal static string End(RoleView role) => $"{role.Role} {role.Scope}";

    private static Grant? Ended(HttpContext http, CommandExecutor commands) =>
        http.Request.Form["end"].ToString().Split(' ', 2) is [{ Length: > 0 } name, var scope]
            ? new(commands.Policy.Roles.Stored(name), scope)
            : null;

    private static IResult NotThere(HttpContext http, string user) =>
        PageResult.NotFound(http, $"没有用户 {ListPages.Short(user)}，或者不在您管理的范围内。");

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        CommandExecutor commands,
        Accounts accounts,
        string user,
        CommandResult result
    ) =>
        result.Kind == ResultKind.NotFound ? NotThere(http, user)
        : result.IsDone ? FormPost.SeeOther(http, $"{Path}/{Uri.EscapeDataString(user)}")
        : await OneAsync(
            http,
            commands,
            accounts,
            user,
            trouble: AccountPages.Told(result),
            status: FormPost.StatusOf(result)
        );

    private static async Task<IResult> AllAsync(
        HttpContext http,
        CommandExecutor commands,
        Accounts accounts,
        string? trouble = null,
        int status = StatusCodes.Status200OK
    ) =>
        PageResult.Page<UsersPage>(
            http,
            "用户与权限",
            new UsersPage.View(
                await accounts.ListAsync(http.Actor()),
                await SuggestedAsync(http, commands),
                commands.Policy.Roles.All,
                commands.Policy.Today.Now,
                trouble
            ),
            trouble is null ? status : Math.Max(status, StatusCodes.Status400BadRequest)
        );

    private static async Task<IResult> OneAsync(
        HttpContext http,
        CommandExecutor commands,
        Accounts accounts,
        string user,
        string? password = null,
        string? trouble = null,
        int status = StatusCodes.Status200OK
    ) =>
        await accounts.ViewAsync(http.Actor(), user) is not { } view
            ? NotThere(http, user)
            : PageResult.Page<UserPage>(
                http,
                view.Name,
                new UserPage.View(
                    view,
                    await SuggestedAsync(http, commands),
                    commands.Policy.Roles.All,
                    commands.Policy.Today.Now,
                    password,
                    trouble
                ),
                trouble is null ? status : Math.Max(status, StatusCodes.Status400BadRequest)
            );

    /// <summary>
    /// Places as they may be entered: divisions, schools and this year's classes that the administrator sees.
    /// </summary>
    private static async Task<IReadOnlyList<(string Value, string Title)>> SuggestedAsync(
        HttpContext http,
        CommandExecutor commands
    )
    {
        var access = Accounts.Administered(http.Actor());
        await using var db = commands.Database.Read(access);
        var schools = await db.Set<School>().OrderBy(s => s.Scope).Take(MostSuggested).ToListAsync();
        var names = schools.Select(s => s.Name).Distinct().ToList();
        var namesakes = (await db.Set<School>().Where(s => names.Contains(s.Name)).ToListAsync()).ToLookup(s => s.Name);
        var near = schools
            .Select(s => DivisionCode.TryParse(s.Division, out var code) ? code.Province : (DivisionCode?)null)
            .OfType<DivisionCode>()
            .Distinct()
            .ToList();
        var divisions = commands
            .Policy.Divisions.All.Where(d =>
                d.Successor is null
                && d.Level is DivisionLevel.Province or DivisionLevel.Prefecture or DivisionLevel.County
                && (d.Level is DivisionLevel.Province || !access.Covers("") || near.Contains(d.Code.Province))
                && access.Covers(ScopePath.ForDivision(d.Code))
            )
            .Take(MostSuggested);
        var (ids, year) = (schools.ConvertAll(s => s.Id), SchoolYear.Of(commands.Policy.Today.Date).Start);
        var groups = (
            await db.Set<SchoolClass>()
                .Where(g => g.SchoolYear == year && ids.Contains(g.SchoolId))
                .OrderBy(g => g.Grade)
                .ThenBy(g => g.Name)
                .Take(MostSuggested)
                .ToListAsync()
        ).ToLookup(g => g.SchoolId);
        return
        [
            .. access.Covers("") ? [(PlaceNames.Everywhere, "全部")] : ((string, string)[])[],
            .. divisions.Select(d => ($"{d.Code}", d.Name)),
            .. schools.Select(s => (PlaceNames.Format(s, namesakes[s.Name]), "学校")),
            .. schools.SelectMany(s =>
                groups[s.Id]
                    .Select(g => (PlaceNames.Format(PlaceNames.Format(s, namesakes[s.Name]), g, groups[s.Id]), "班级"))
            ),
        ];
    }
}
