using System.Security.Cryptography;
using System.Text;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EduAssist.Web.Api;

/// <summary>
/// Numbers for whoever watches the server, read by Prometheus or sent to a collector, and traces for a collector
/// (OpenTelemetry). Routes are templates: what was asked for in an address is in none of them. Nothing of it runs
/// unless it is configured.
/// </summary>
internal sealed class MetricsApi(ServerOptions access) : IEndpoints
{
    internal static void AddTelemetry(IServiceCollection services, ServerOptions access)
    {
        if (access is { MetricsToken: null, Collector: null })
            return;
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("eduassist"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter("EduAssist.*");
                if (access.MetricsToken is not null)
                    metrics.AddPrometheusExporter(scrape =>
                        (scrape.ScopeInfoEnabled, scrape.TargetInfoEnabled) = (false, false)
                    );
                if (access.Collector is { } to)
                    metrics.AddOtlpExporter(otlp => Send(otlp, to, "metrics"));
            });
        if (access.Collector is { } collector)
            telemetry.WithTracing(traces =>
                traces.AddSource("Microsoft.AspNetCore").AddOtlpExporter(otlp => Send(otlp, collector, "traces"))
            );
    }

    int IEndpoints.Order => 20;

    string IEndpoints.Prefix => "";

    void IEndpoints.Map(IEndpointRouteBuilder app)
    {
        const string Path = "/metrics";
        IEndpointConventionBuilder metrics = access.MetricsToken is null
            ? app.MapGet(Path, () => Refusal)
            : app.MapPrometheusScrapingEndpoint(Path);
        metrics
            .AllowAnonymous()
            .ExcludeFromDescription()
            .Add(endpoint =>
            {
                var scrape = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = http => IsAllowed(http, access) ? scrape(http) : Refusal.ExecuteAsync(http);
            });
    }

    private static IResult Refusal =>
        Problems.Unauthorized("metrics-token", "须给出 Metrics:Token 配置的令牌（Authorization: Bearer）。");

    private static void Send(OtlpExporterOptions otlp, Uri collector, string signal) =>
        (otlp.Protocol, otlp.Endpoint) = (
            OtlpExportProtocol.HttpProtobuf,
            new($"{collector.AbsoluteUri.TrimEnd('/')}/v1/{signal}")
        );

    private static bool IsAllowed(HttpContext http, ServerOptions access)
    {
        const string Scheme = "Bearer ";
        var given = http.Request.Headers.Authorization.ToString();
        return access.MetricsToken is { } token
            && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(given[Scheme.Length..].Trim())),
                SHA256.HashData(Encoding.UTF8.GetBytes(token))
            );
    }
}
