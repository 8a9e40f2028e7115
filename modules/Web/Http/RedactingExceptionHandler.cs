using System.Diagnostics;
using EduAssist.Data;
using EduAssist.Kernel.Calendar;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EduAssist.Web.Http;

/// <summary>
/// Tells the log of a fault: where it was thrown, and by which route and trace it is found. Not its message, nor the
/// address: both may hold what somebody has typed, and the log holds no personal data.
/// </summary>
internal sealed partial class RedactingExceptionHandler(ILogger<RedactingExceptionHandler> log, TimeProvider clock)
    : IExceptionHandler
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private long? lastTold;

    public ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        var (trace, method, route) = (
            Activity.Current?.Id ?? httpContext.TraceIdentifier,
            httpContext.Request.Method,
            RequestCount.RouteOf(httpContext)
        );
        if (DatabaseOutageException.ReasonOf(exception) is { } reason)
        {
            if (IsToTell())
                Unavailable(reason, trace, method, route, Describe(exception));
        }
        else if (exception is not (HolidaysNotPublishedException or BadHttpRequestException))
            Failed(trace, method, route, Describe(exception));
        return ValueTask.FromResult(false);
    }

    /// <summary>
    /// An outage fails every request, and is told once a minute. A full disk or a lock may fail only those that write,
    /// of which <see cref="Jobs.AuditSealer"/> sees nothing.
    /// </summary>
    private bool IsToTell()
    {
        lock (gate)
        {
            if (lastTold is { } last && clock.GetElapsedTime(last) < Pause)
                return false;
            lastTold = clock.GetTimestamp();
            return true;
        }
    }

    /// <summary>The kinds of an exception and of what caused it, each with where it was thrown.</summary>
    internal static string Describe(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        List<string> told = [];
        for (Exception? one = exception; one is not null; one = one.InnerException)
            told.Add($"{one.GetType().FullName}{Environment.NewLine}{one.StackTrace}");
        return string.Join(Environment.NewLine, told);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "数据库暂时不能用，请求答 503；恢复后自动继续。{Why}请求 {Trace}：{Method} {Route}\n{Fault}"
    )]
    private partial void Unavailable(string why, string trace, string method, string route, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "请求 {Trace} 失败：{Method} {Route}\n{Fault}")]
    private partial void Failed(string trace, string method, string route, string fault);
}
