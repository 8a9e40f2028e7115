using EduAssist.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Api;

/// <summary>Whether the process lives, and whether it can answer.</summary>
internal static class HealthApi
{
    internal sealed record Health(string Status);

    internal sealed record Readiness(string Status, string Calendar, IEnumerable<string> Modules);

    internal static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new Health("live")))
            .AllowAnonymous()
            .WithSummary("进程存活")
            .WithTags("运行");
        app.MapGet("/health/ready", (Instance instance) =>
                TypedResults.Ok(
                    new Readiness(
                        "ready",
                        instance.Calendar.Version,
                        instance.Catalogue.Modules.Select(m => m.Module.Id)
                    )
                )
            )
            .AllowAnonymous()
            .WithSummary("可以应答")
            .WithTags("运行");
    }
}
