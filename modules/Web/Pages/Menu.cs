using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Platform;
using Microsoft.AspNetCore.Http;

namespace EduAssist.Web.Pages;

/// <summary>A line of the menu.</summary>
/// <param name="Group">Its heading.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Icon">Of the line.</param>
/// <param name="IsHere">Whether the page lies behind it.</param>
public sealed record MenuItem(string Group, string Title, string Href, string Icon, bool IsHere);

/// <summary>The menu: what every instance has, and what the loaded modules declare.</summary>
internal static class Menu
{
    internal static IReadOnlyList<MenuItem> For(Instance instance, PathString path, Actor actor)
    {
        MenuItem Item(string group, string title, string href, string icon) =>
            new(
                group,
                title,
                href,
                icon,
                href == "/" ? path == "/" : path.StartsWithSegments(href, StringComparison.Ordinal)
            );
        return
        [
            Item("工作台", "首页", "/", "home"),
            Item("工作台", "学生", "/students", "users"),
            .. OpenConfirmations.Concern(actor)
            && instance.Catalogue.Modules.Any(m =>
                m.Workflows.Any(w => w.EvidenceKinds.Any(k => k.ConfirmedBy is not null))
            )
                ? (MenuItem[])[Item("工作台", "材料确认", ConfirmationPages.Path, "check")]
                : [],
            Item("工作台", "资格评估", "/programmes", "scale"),
            Item("工作台", "日历", "/calendar", "calendar"),
            .. instance.Catalogue.Modules.SelectMany(m =>
                m.Workflows.Select(w => Item(m.Module.Title, w.Title, Paths.Cases(m, w), "file"))
            ),
            Item("数据", "列表", "/lists", "list"),
            Item("数据", "指标", "/indicators", "chart"),
            Item("数据", "导入", "/imports", "upload"),
            Item("数据", "疑似重复学生", DoublePages.Path, "users"),
            Item("数据", "未见学生", UnlistedPages.Path, "search"),
            Item("数据", "转出学生", TakeoverPages.Path, "users"),
            Item("数据", "新建班级", NewClassPages.Path, "list"),
            Item("依据", "条款对照", "/provisions", "book"),
            Item("依据", "表单", "/forms", "printer"),
            .. actor.Is(Role.Administrator) ? (MenuItem[])[Item("管理", "用户与权限", UserPages.Path, "users")] : [],
            .. actor.Is(Actor.Auditing) ? (MenuItem[])[Item("管理", "审计", AuditPages.Path, "check")] : [],
            Item("管理", "系统", "/system", "adjust"),
            Item("管理", "本人账号", AccountPages.Path, "lock"),
        ];
    }
}
