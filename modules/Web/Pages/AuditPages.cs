using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>审计: what was done and looked at, and whether anything was taken from it or altered.</summary>
internal sealed class AuditPages : IPages
{
    internal const string Path = "/audit";

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Path, (HttpContext http, CommandExecutor commands) => PageAsync(http, commands));
        // the links of the page lead here after a verification was posted
        pages.MapGet($"{Path}/verify", (HttpContext http, CommandExecutor commands) => PageAsync(http, commands));
        pages.MapPost($"{Path}/verify", async (HttpContext http, CommandExecutor commands) =>
        {
            if (!http.Actor().Is(Actor.Auditing))
                return NotYours(http);
            var text = http.Request.Form["head"].ToString().Trim();
            var known = text.Length == 0 ? null : ChainHead.Read(text);
            if (known is null && text.Length > 0)
                return await PageAsync(http, commands, trouble: "这不是链尾；例：12: 后跟 64 位十六进制数。");
            var auditor = http.Actor().As(Actor.Auditing);
            await commands.ExecuteAsync(new(auditor), work =>
            {
                work.Audit("audit/verify", null, auditor.Places);
                return Task.FromResult(CommandResult.Done());
            });
            return await PageAsync(http, commands, await AuditChain.VerifyAsync(commands.Database, known));
        });
    }

    private static IResult NotYours(HttpContext http) =>
        PageResult.ErrorPage(http, StatusCodes.Status403Forbidden, "不能查看", "审计由审计人员和管理员查看。");

    private static async Task<IResult> PageAsync(
        HttpContext http,
        CommandExecutor commands,
        ChainCheck? check = null,
        string? trouble = null
    )
    {
        if (!http.Actor().Is(Actor.Auditing))
            return NotYours(http);
        var instance = http.Instance();
        var listing = instance.Catalogue.Listings.Single(l => l.Set == "AuditEntries");
        return PageResult.Page<AuditPage>(
            http,
            "审计",
            new AuditPage.View(await ListPages.ViewAsync(http, instance, commands, listing, [], "At"), check, trouble),
            trouble is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );
    }
}
