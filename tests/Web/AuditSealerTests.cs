using System.Collections.Concurrent;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace EduAssist.Web;

/// <summary>
/// What was done is sealed within ten seconds by a running server, and the end of the chain is told to the log in each
/// minute in which something was noted.
/// </summary>
public class AuditSealerTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_running_server_seals_within_ten_seconds(DatabaseKind kind)
    {
        var served = new Served(kind);
        await using (served)
        {
            await served.InitializeAsync();
            await served.Stored.Commands.AppendAuditAsync(Actor.Local, "test/note");
            await Until(() => IsSealed(served.Stored, "test/note"), TimeSpan.FromSeconds(10));
        }
    }

    [Theory, EveryDatabase]
    public async Task The_end_of_the_chain_is_told_at_once_and_then_each_minute(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var clock = new Ticking();
        var log = new Lines();
        using var sealer = new AuditSealer(stored.Commands, new RefusalAudit(stored.Commands, clock), clock, log);
        await sealer.StartAsync(Now);
        await Until(() => Task.FromResult(clock.Runs), TimeSpan.FromSeconds(10));
        foreach (var (seconds, told) in (List<(int, int)>)[(0, 1), (59, 1), (1, 2), (30, 2), (29, 2), (1, 3)])
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            await stored.Commands.AppendAuditAsync(Actor.Local, $"test/{clock.Seconds}");
            clock.Tick();
            await Until(() => IsSealed(stored, $"test/{clock.Seconds}"), TimeSpan.FromSeconds(10));
            if (log.Count < told)
                await Until(() => Task.FromResult(log.Count == told), TimeSpan.FromSeconds(5));
            Assert.Equal(told, log.Count);
        }

        // what was sealed within a minute that was told already is told when it is over, and an idle minute is not
        clock.Advance(TimeSpan.FromSeconds(59));
        await stored.Commands.AppendAuditAsync(Actor.Local, "test/last");
        clock.Tick();
        await Until(() => IsSealed(stored, "test/last"), TimeSpan.FromSeconds(10));
        foreach (var told in (int[])[4, 4])
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            clock.Tick();
            await Until(() => Task.FromResult(log.Count >= told), TimeSpan.FromSeconds(5));
            await Task.Delay(300, Now);
            Assert.Equal(told, log.Count);
        }

        var head = ChainHead.Read(log.Last().Split(' ')[^1]);
        Assert.NotNull(head);
        Assert.Empty((await AuditChain.VerifyAsync(stored.Commands.Database, head)).Faults);
        await sealer.StopAsync(Now);
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_once_and_so_is_its_return()
    {
        using var stored = new Stored(DatabaseKind.Sqlite);
        var (clock, log) = (new Ticking(), new Lines());
        using var sealer = new AuditSealer(stored.Commands, new RefusalAudit(stored.Commands, clock), clock, log);
        var file = stored.Commands.Database.File!;
        await sealer.StartAsync(Now);
        await Until(() => Task.FromResult(clock.Runs), TimeSpan.FromSeconds(10));
        File.Move(file, file + ".away");
        clock.Tick();
        await Until(() => Task.FromResult(log.Count == 1), TimeSpan.FromSeconds(10));
        clock.Tick();
        await Task.Delay(500, Now);
        Assert.Contains(file, Assert.Single(log), StringComparison.Ordinal);

        File.Move(file + ".away", file);
        await stored.Commands.AppendAuditAsync(Actor.Local, "test/after");
        clock.Tick();
        await Until(() => IsSealed(stored, "test/after"), TimeSpan.FromSeconds(10));
        Assert.Equal("数据库已恢复。", log.ElementAt(1));
        await sealer.StopAsync(Now);
    }

    /// <summary>An error each minute while it lasts, with what is wrong and what to do; once that it is over.</summary>
    [Theory, EveryDatabase]
    public async Task A_chain_that_was_touched_is_told_each_minute_and_nothing_is_sealed(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await stored.Commands.SealAsync(Now);
        var (clock, log) = (new Ticking(), new Lines());
        using var sealer = new AuditSealer(stored.Commands, new RefusalAudit(stored.Commands, clock), clock, log);
        await Past("CREATE TABLE copied_head AS SELECT * FROM core_audit_head; DELETE FROM core_audit_head");
        await sealer.StartAsync(Now);
        await Until(() => Task.FromResult(clock.Runs), TimeSpan.FromSeconds(10));
        await stored.Commands.AppendAuditAsync(Actor.Local, "test/meanwhile");
        foreach (var (seconds, told) in (List<(int, int)>)[(0, 1), (59, 1), (1, 2)])
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            clock.Tick();
            await Until(() => Task.FromResult(log.Count >= told), TimeSpan.FromSeconds(10));
            await Task.Delay(300, Now);
            Assert.Equal(told, log.Count);
        }

        Assert.All(log.Levels, level => Assert.Equal(LogLevel.Error, level));
        Assert.Contains("链尾记录不在了", log.Last(), StringComparison.Ordinal);
        Assert.Contains("restore", log.Last(), StringComparison.Ordinal);
        Assert.Equal(1, (await AuditChain.VerifyAsync(stored.Commands.Database)).Unsealed);

        await Past("INSERT INTO core_audit_head SELECT * FROM copied_head");
        clock.Tick();
        await Until(() => IsSealed(stored, "test/meanwhile"), TimeSpan.FromSeconds(10));
        Assert.Equal("审计恢复封存。", log.ElementAt(2));
        await sealer.StopAsync(Now);

        async Task Past(string sql)
        {
            await using var past = stored.Past();
            await using var command = past.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(Now);
        }
    }

    private static async Task Until(Func<Task<bool>> isSo, TimeSpan within)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < within, $"not within {within}");
            await Task.Delay(50, Now);
        }
    }

    private static async Task<bool> IsSealed(Stored stored, string action)
    {
        await using var db = stored.Read();
        var check = await AuditChain.VerifyAsync(stored.Commands.Database);
        return check.Unsealed == 0 && await db.Set<AuditEntry>().AnyAsync(e => e.Action == action, Now);
    }

    /// <summary>A clock that moves when it is told to.</summary>
    private sealed class Ticking : TimeProvider
    {
        private TimeSpan at;
        private TimerCallback? callback;
        private object? state;

        internal bool Runs => callback is not null;

        internal int Seconds => (int)at.TotalSeconds;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => at.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (this.state, this.callback) = (state, callback);
            return new Still();
        }

        internal void Advance(TimeSpan by) => at += by;

        internal void Tick() => callback!(state);

        private sealed class Still : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private sealed class Lines : ConcurrentQueue<string>, ILogger<AuditSealer>
    {
        internal ConcurrentQueue<LogLevel> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            Levels.Enqueue(logLevel);
            Enqueue(formatter(state, exception));
        }
    }
}
