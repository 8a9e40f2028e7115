using EduAssist.Data;
using EduAssist.Platform;
using EduAssist.Web.Http;
using EduAssist.Web.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Api;

/// <summary>Whether the process lives, and whether it can answer.</summary>
internal sealed class HealthApi : IEndpoints
{
    internal sealed record Health(string Status);

    internal sealed record Readiness(string Status, string Calendar, IEnumerable<string> Modules, string Audit);

    int IEndpoints.Order => 10;

    string IEndpoints.Prefix => "";

    void IEndpoints.Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new Health("live")))
            .AllowAnonymous()
            .ShortCircuit() // past the sign-in, which asks the database: it has nothing to do with it
            .WithSummary("进程存活")
            .WithTags("运行");
        app.MapGet(
                "/health/ready",
                async (
                    Instance instance,
                    CommandExecutor commands,
                    AuditSealer sealer,
                    CancellationToken cancellation
                ) =>
                {
                    await commands.Database.PingAsync(cancellation);
                    return TypedResults.Ok(
                        new Readiness(
                            "ready",
                            instance.Calendar.Version,
                            instance.Catalogue.Modules.Select(m => m.Module.Id),
                            // it answers all the same, so it is ready: whoever watches looks at this word
                            sealer.IsRefusing
                                ? "refused"
                                : "sealed"
                        )
                    );
                }
            )
            .AllowAnonymous()
            .WithSummary("可以应答")
            .WithTags("运行");
    }
}
