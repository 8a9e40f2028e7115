using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web;

/// <summary>Numbers for whoever watches the server, as Prometheus reads them (text format 0.0.4). Routes are templates: what was asked for in an address is in none of them.</summary>
internal static class MetricsApi
{
    internal static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapGet("/metrics", (HttpContext http, Access access, Metrics metrics) => IsAllowed(http, access) ? TypedResults.Text(metrics.Write(), "text/plain; version=0.0.4", Encoding.UTF8) : Problems.Unauthorized("metrics-token", "须给出 Metrics:Token 配置的令牌（Authorization: Bearer）。"))
            .AllowAnonymous().ExcludeFromDescription();

    private static bool IsAllowed(HttpContext http, Access access)
    {
        const string Scheme = "Bearer ";
        var given = http.Request.Headers.Authorization.ToString();
        return access.MetricsToken is { } token && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given[Scheme.Length..].Trim())), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }
}

/// <summary>Collects what the program counts.</summary>
internal sealed class Metrics : IDisposable
{
    private static readonly Meter Meter = new("EduAssist.Web");
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("eduassist_requests", description: "Requests by route and status");
    private static readonly Counter<double> Seconds = Meter.CreateCounter<double>("eduassist_request_seconds", description: "Seconds spent on requests by route");

    private readonly ConcurrentDictionary<(string Instrument, string Labels), double> values = [];
    private readonly ConcurrentDictionary<string, string> told = [];
    private readonly MeterListener listener = new();

    public Metrics()
    {
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (!instrument.Meter.Name.StartsWith("EduAssist.", StringComparison.Ordinal)) return;
            told[instrument.Name] = instrument.Description ?? "";
            to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    internal static void Count(string route, string method, int status, TimeSpan took)
    {
        Requests.Add(1, new("route", route), new("method", method), new("status", status));
        Seconds.Add(took.TotalSeconds, new KeyValuePair<string, object?>("route", route), new("method", method));
    }

    internal string Write()
    {
        var text = new StringBuilder();
        foreach (var instrument in values.ToArray().GroupBy(v => v.Key.Instrument, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Head($"{instrument.Key}_total", "counter", told[instrument.Key]);
            foreach (var ((_, labels), value) in instrument.OrderBy(v => v.Key.Labels, StringComparer.Ordinal)) Line($"{instrument.Key}_total{labels}", value);
        }

        using var process = Process.GetCurrentProcess();
        Gauge("process_resident_memory_bytes", "gauge", "Memory of the process", process.WorkingSet64);
        Gauge("process_cpu_seconds_total", "counter", "Processor time of the process", process.TotalProcessorTime.TotalSeconds);
        return text.ToString();

        void Gauge(string name, string type, string help, double value)
        {
            Head(name, type, help);
            Line(name, value);
        }

        void Head(string name, string type, string help) => text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");

        void Line(string name, double value) => text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = tags.IsEmpty ? "" : $"{{{string.Join(',', tags.ToArray().Select(t => $"{t.Key}=\"{Escaped($"{t.Value}")}\""))}}}";
        values.AddOrUpdate((instrument.Name, labels), value, (_, before) => before + value);
    }

    private static string Escaped(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

/// <summary>Counts requests by the template of their route.</summary>
internal sealed class RequestCount(RequestDelegate next)
{
    private static readonly HashSet<string> Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

    public async Task Invoke(HttpContext http)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            Metrics.Count(RouteOf(http), Methods.Contains(http.Request.Method) ? http.Request.Method : "other", http.Response.StatusCode, Stopwatch.GetElapsedTime(began));
        }
    }

    /// <summary>The template; a request that failed has lost its route to the handler of exceptions.</summary>
    internal static string RouteOf(HttpContext http) => ((http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint()) as RouteEndpoint)?.RoutePattern.RawText ?? "none";
}
