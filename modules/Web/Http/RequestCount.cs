using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Http;

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

    /// <summary>
    /// The template of the route. The exception handler clears the endpoint of a request that failed, so it is taken
    /// from the feature that keeps the original one.
    /// </summary>
    internal static string RouteOf(HttpContext http) =>
        ((http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint()) as RouteEndpoint)
            ?.RoutePattern
            .RawText
        ?? "none";
}
