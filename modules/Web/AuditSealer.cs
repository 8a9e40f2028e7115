using System.Data.Common;
using EduAssist.Core.Security;
using EduAssist.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EduAssist.Web;

/// <summary>Seals the audit every few seconds, and tells the end of its chain to the log every hour: whoever keeps the log can prove later that nothing was cut off.</summary>
internal sealed partial class AuditSealer(Acts acts, ILogger<AuditSealer> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), Hour = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        var untold = Hour;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            untold += Pause;
            try
            {
                if (await acts.Seal(stoppingToken) is not { } head || untold < Hour) continue;
                Told(head);
                untold = TimeSpan.Zero;
            }
            catch (Exception failed) when (failed is DbException or DbUpdateException)   // a database that is away for a while comes back; what is unsealed waits
            {
                NotSealed(failed);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "审计链尾 {Head}")]
    private partial void Told(ChainHead head);

    [LoggerMessage(Level = LogLevel.Error, Message = "审计未能封存，稍后再试。")]
    private partial void NotSealed(Exception failed);
}
