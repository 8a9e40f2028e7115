using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EduAssist.Web;

/// <summary>
/// Numbers for whoever watches the server, read by Prometheus or sent to a collector, and traces for a collector (OpenTelemetry). Routes are templates: what was
/// asked for in an address is in none of them. Nothing of it runs unless it is configured.
/// </summary>
internal static class MetricsApi
{
    internal static void AddTelemetry(this IServiceCollection services, ServerOptions access)
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

    internal static void MapMetrics(this IEndpointRouteBuilder app, ServerOptions access)
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

/// <summary>What the program counts.</summary>
internal static class Metrics
{
    private static readonly Meter Meter = new("EduAssist.Web");
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "eduassist_requests",
        description: "Requests by route and status"
    );
    private static readonly Counter<double> Seconds = Meter.CreateCounter<double>(
        "eduassist_request_seconds",
        description: "Seconds spent on requests by route"
    );

    static Metrics()
    {
        Meter.CreateObservableGauge(
            "process_resident_memory_bytes",
            () => OfProcess(p => p.WorkingSet64),
            description: "Memory of the process"
        );
        Meter.CreateObservableCounter(
            "process_cpu_seconds",
            () => OfProcess(p => p.TotalProcessorTime.TotalSeconds),
            description: "Processor time of the process"
        );
    }

    internal static void Count(string route, string method, int status, TimeSpan took)
    {
        Requests.Add(1, new("route", route), new("method", method), new("status", status));
        Seconds.Add(took.TotalSeconds, new KeyValuePair<string, object?>("route", route), new("method", method));
    }

    private static T OfProcess<T>(Func<Process, T> read)
    {
        using var process = Process.GetCurrentProcess();
        return read(process);
    }
}

/// <summary>Counts requests by the template of their route, and names their traces by it.</summary>
internal sealed class RequestCount(RequestDelegate next)
{
    private static readonly HashSet<string> Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

    public async Task InvokeAsync(HttpContext http)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            var (route, method) = (
                RouteOf(http),
                Methods.Contains(http.Request.Method) ? http.Request.Method : "other"
            );
            Metrics.Count(route, method, http.Response.StatusCode, Stopwatch.GetElapsedTime(began));
            if (http.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } trace)
            {
                trace.DisplayName = $"{method} {route}";
                trace
                    .SetTag("http.request.method", method)
                    .SetTag("http.route", route)
                    .SetTag("http.response.status_code", http.Response.StatusCode);
            }
        }
    }

    /// <summary>The template; a request that failed has lost its route to the handler of exceptions.</summary>
    internal static string RouteOf(HttpContext http) =>
        ((http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint()) as RouteEndpoint)
            ?.RoutePattern
            .RawText
        ?? "none";
}
