using System.Data.Common;
using EduAssist.Data;
using EduAssist.Web.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EduAssist.Web.Jobs;

/// <summary>
/// Seals the audit every few seconds, and tells the end of its chain to the log in each minute in which something was
/// noted: whoever keeps the log can prove later that nothing was cut off. Where the chain does not end as it was left,
/// nothing is sealed over it: that is told to the log once a minute, to <c>/health/ready</c> and to the metrics, and
/// tried again until it is mended. The server goes on: entries have marks of their own.
/// </summary>
internal sealed partial class AuditSealer(
    CommandExecutor commands,
    RefusalAudit refusals,
    TimeProvider clock,
    ILogger<AuditSealer> log
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5),
        Minute = TimeSpan.FromMinutes(1);

    private volatile bool isRefusing;

    /// <summary>Whether the last attempt has left something unsealed that should not be there.</summary>
    internal bool IsRefusing => isRefusing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        (long? told, long? refused) = (null, null);
        var isAway = false;
        ChainHead? pending = null;
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await refusals.WriteAsync();
                var (head, faults) = await commands.SealAsync(stoppingToken);
                if (isAway)
                    Returned();
                isAway = false;
                if (isRefusing && faults.Count == 0)
                    Mended();
                isRefusing = faults.Count > 0;
                if (!isRefusing)
                    refused = null;
                else if (IsMinuteOver(refused))
                {
                    Refused(string.Join(' ', faults), AuditChain.Remedy);
                    refused = clock.GetTimestamp();
                }

                pending = head ?? pending;
                if (pending is null || !IsMinuteOver(told))
                    continue;
                Told(pending);
                (told, pending) = (clock.GetTimestamp(), null);
            }
            // a server outlives its database; unsealed entries are sealed at the next attempt
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                var reason = DatabaseOutageException.ReasonOf(failed);
                if (reason is null)
                {
                    isRefusing = true;
                    NotSealed(RedactingExceptionHandler.Describe(failed));
                }
                else if (!isAway)
                    Away(reason);
                isAway = isAway || reason is not null;
            }
        }
    }

    /// <summary>
    /// What was refused in the last minute is written before the server ends; it is sealed at the next start.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await refusals.WriteAsync(all: true);
        }
        catch (Exception failed)
            when (failed is DbException or DbUpdateException || DatabaseOutageException.IsCauseOf(failed))
        {
            NotSealed(RedactingExceptionHandler.Describe(failed));
        }
    }

    private bool IsMinuteOver(long? since) => since is not { } then || clock.GetElapsedTime(then) >= Minute;

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException) // the server is stopping, or never started
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "审计链尾 {Head}")]
    private partial void Told(ChainHead head);

    [LoggerMessage(Level = LogLevel.Error, Message = "审计被动过，不再封存：{Faults}{Remedy}")]
    private partial void Refused(string faults, string remedy);

    [LoggerMessage(Level = LogLevel.Information, Message = "审计恢复封存。")]
    private partial void Mended();

    [LoggerMessage(Level = LogLevel.Error, Message = "数据库暂时不能用，请求一律答 503；恢复后自动继续。{Why}")]
    private partial void Away(string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "数据库已恢复。")]
    private partial void Returned();

    [LoggerMessage(Level = LogLevel.Error, Message = "审计未能封存，稍后再试。\n{Fault}")]
    private partial void NotSealed(string fault);
}
