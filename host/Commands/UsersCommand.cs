using System.CommandLine;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using EduAssist.Web.Identity;

namespace EduAssist.Host.Commands;

/// <summary><c>users</c>: who may sign in. Whoever runs it has the database and its keys.</summary>
internal sealed class UsersCommand : Command
{
    public UsersCommand(Startup startup)
        : base("users", "用户：新建、重设密码、停用、启用、列出；服务运行时也可以")
    {
        var user = new Argument<string>("USER") { Description = "用户名" };
        var role = new Option<string[]>("--role")
        {
            Description =
                $"角色@地方，可重复；角色为 {string.Join("、", Roles.Core)}，以及模块声明的；"
                + "地方为 * 、行政区划代码，学校的名称或标识码，或者“学校/班级”",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var add = new Command("add", "新建用户，打印一次性密码。例：users add li-county --role County@532301")
        {
            user,
            role,
        };
        add.SetAction(async parsed =>
        {
            IReadOnlyList<(string Role, string Place)> roles = [.. parsed.GetRequiredValue(role).Select(Split)];
            var known = startup.Compose(TimeProvider.System).Roles;
            IReadOnlyList<RoleView> granted = [.. roles.Select(r => new RoleView(Named(known, r.Role), r.Place))];
            Told(
                await OnAsync(startup, accounts =>
                    accounts.MakeAsync(Actor.Local, parsed.GetRequiredValue(user), granted)
                )
            );
        });
        var reset = new Command("reset", "重设密码，打印一次性密码；解除锁定和两步验证。例：users reset li-county")
        {
            user,
        };
        reset.SetAction(async parsed =>
            Told(await OnAsync(startup, accounts => accounts.ResetAsync(Actor.Local, parsed.GetRequiredValue(user))))
        );
        var disable = new Command("disable", "停用用户，已登录的立即失效。例：users disable li-county") { user };
        disable.SetAction(async parsed =>
            Told(await OnAsync(startup, accounts => accounts.DisableAsync(Actor.Local, parsed.GetRequiredValue(user))))
        );
        var enable = new Command("enable", "启用停用的用户。例：users enable li-county") { user };
        enable.SetAction(async parsed =>
            Told(
                await OnAsync(startup, accounts =>
                    accounts.DisableAsync(Actor.Local, parsed.GetRequiredValue(user), disabled: false)
                )
            )
        );
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var list = new Command("list", "列出用户。例：users list --json") { json };
        list.SetAction(async parsed =>
        {
            var users = await OnAsync(startup, accounts => accounts.ListAsync(Actor.Local));
            if (parsed.GetValue(json))
                ConsoleOutput.Json(users);
            else
                ConsoleOutput.Table(
                    "用户",
                    ["用户名", "角色", "状态", "两步验证"],
                    users.Select(u =>
                        (string[])
                            [
                                u.Name,
                                string.Join(
                                    '\n',
                                    u.Roles.Select(r =>
                                        $"{r.Role}@{r.Place}{(r.Fault is null ? "" : "（不生效）")}"
                                        + (r.Remark is null ? "" : $"（{r.Remark}）")
                                    )
                                ),
                                u.IsDisabled ? "停用"
                                : u.LockedUntil is { } until ? $"锁定至 {until:yyyy-MM-dd HH:mm}"
                                : u.MustChangePassword ? "须修改密码"
                                : "",
                                u.HasTwoFactor ? "是" : "",
                            ]
                    )
                );
        });
        foreach (var command in (Command[])[add, reset, disable, enable, list])
            Add(command);
    }

    private static async Task<T> OnAsync<T>(Startup startup, Func<Accounts, Task<T>> work)
    {
        var database = CommandDatabase.There(startup, demo: false, null, out var instance);
        database.Upgrade(instance.Today.Now, Console.Error.WriteLine);
        using var commands = new CommandExecutor(instance, database);
        return await Accounts.UseAsync(commands, work);
    }

    private static (string Role, string Place) Split(string text) =>
        text.Split('@', 2) is [{ Length: > 0 } role, var place]
            ? (role, place)
            : throw new OperatorException($"“{text}”不是角色@地方；例：County@532301");

    private static Role Named(Roles roles, string name) =>
        roles.All.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new OperatorException($"没有角色“{name}”；可以授予的有：{string.Join("、", roles.All)}。");

    private static void Told(CommandResult result)
    {
        if (!result.IsDone)
            throw new OperatorException(result.Refusal!.Detail.ReplaceLineEndings(" "));
        Console.Out.WriteLine(
            result.Answer<IssuedPassword>() is { Password: { } password } issued
                ? $"用户 {issued.User} 的一次性密码是 {password}，登录时须修改。"
                    + (issued.Remark is null ? "" : $"{issued.Remark}。")
                : "已办理。"
        );
    }
}
