using System.Net;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EduAssist.Web;

/// <summary>A server outlives its database: it answers 503 meanwhile, and goes on by itself.</summary>
public class OutageTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Faults =>
        new()
        {
            { "57P01", true }, // terminated by a restart
            { "57P03", true }, // starting up
            { "53300", true }, // too many connections
            { "53100", true }, // disk full
            { "08006", true },
            { "58030", true },
            { "40001", true }, // may be sent again
            { "23505", false }, // a doubled key is no outage
            { "42P01", false }, // nor is a missing table
            { "22003", false },
        };

    [Theory, MemberData(nameof(Faults))]
    public void What_postgresql_says_of_itself_is_an_outage(string state, bool isOutage) =>
        Assert.Equal(
            isOutage,
            DatabaseOutageException.IsCauseOf(
                new DbUpdateException("", new PostgresException("", "FATAL", "FATAL", state))
            )
        );

    [Theory]
    [InlineData(5, true)] // busy
    [InlineData(6, true)] // locked
    [InlineData(13, true)] // full
    [InlineData(10, true)] // input or output
    [InlineData(14, true)] // cannot open
    [InlineData(8, true)] // read only
    [InlineData(19, false)] // a constraint
    [InlineData(1, false)]
    [InlineData(11, false)] // a damaged file does not pass by itself
    public void What_sqlite_says_of_itself_is_an_outage(int code, bool isOutage) =>
        Assert.Equal(
            isOutage,
            DatabaseOutageException.IsCauseOf(new InvalidOperationException("", new SqliteException("", code)))
        );

    [Fact]
    public void A_broken_connection_is_an_outage_and_nothing_else_is()
    {
        Assert.True(DatabaseOutageException.IsCauseOf(new NpgsqlException("", new TimeoutException())));
        Assert.False(DatabaseOutageException.IsCauseOf(new InvalidOperationException()));
        Assert.False(DatabaseOutageException.IsCauseOf(null));
    }

    [Theory]
    [InlineData(28, true)] // no space left
    [InlineData(122, true)] // quota
    [InlineData(unchecked((int)0x80070070), true)]
    [InlineData(2, false)] // no such file
    [InlineData(13, false)]
    public void A_full_disk_beside_the_database_is_an_outage(int code, bool isOutage) =>
        Assert.Equal(
            isOutage,
            DatabaseOutageException.IsCauseOf(new InvalidOperationException("", new IOException("", code)))
        );

    public static TheoryData<Exception, string> Reasons =>
        new()
        {
            { new SqliteException("", 13), "磁盘已满" },
            { new SqliteException("", 5), "锁住" },
            { new PostgresException("", "FATAL", "FATAL", "53100"), "磁盘已满" },
            { new PostgresException("", "FATAL", "FATAL", "53300"), "连接数已满" },
            { new PostgresException("", "FATAL", "FATAL", "57P03"), "启动" },
            { new NpgsqlException("", new TimeoutException()), "没有按时应答" },
            { new NpgsqlException(), "连不上服务器" },
            { new IOException("", 28), "磁盘已满" },
        };

    [Theory, MemberData(nameof(Reasons))]
    public async Task The_log_says_what_is_the_matter(Exception fault, string reason)
    {
        var log = new Lines();
        await new RedactingExceptionHandler(log, new Minutes()).TryHandleAsync(
            new DefaultHttpContext(),
            new DbUpdateException("", fault),
            Now
        );
        Assert.Contains(reason, Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_taken_away_is_503_everywhere_until_it_is_back()
    {
        var served = new Served();
        await using (served)
        {
            await served.InitializeAsync();
            await Note(served, "test/before");
            var file = served.Stored.Commands.Database.File!;
            File.Move(file, file + ".away");
            foreach (var path in (string[])["/health/ready", "/api/registry/schools", "/odata/Students", "/students"])
            {
                using var answer = await served.Client.GetAsync(path, Now);
                Assert.Equal((path, HttpStatusCode.ServiceUnavailable), (path, answer.StatusCode));
                Assert.Equal((path, 5), (path, answer.Headers.RetryAfter!.Delta!.Value.Seconds));
                Assert.Contains(
                    "数据库暂时不能用",
                    await answer.Content.ReadAsStringAsync(Now),
                    StringComparison.Ordinal
                );
            }

            Assert.Equal(HttpStatusCode.OK, (await served.Client.GetAsync("/health/live", Now)).StatusCode);
            using var nobody = served.Another();
            Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/health/live", Now)).StatusCode);
            await Assert.ThrowsAsync<DatabaseOutageException>(() => Note(served, "test/lost"));
            Assert.False(File.Exists(file)); // no empty one was made

            File.Move(file + ".away", file);
            Assert.Equal(HttpStatusCode.OK, (await served.Client.GetAsync("/health/ready", Now)).StatusCode);
            await Note(served, "test/after");
            Assert.Empty((await AuditChain.VerifyAsync(served.Stored.Commands.Database)).Faults);
        }
    }

    [Fact, Requires(ExternalProgram.PostgreSql)]
    public async Task All_connections_cut_under_load_are_503_at_most_and_lose_nothing_that_was_acknowledged()
    {
        var served = new Served(DatabaseKind.PostgreSql);
        await using (served)
        {
            await served.InitializeAsync();
            var acknowledged = 0;
            using var over = new CancellationTokenSource(TimeSpan.FromSeconds(8));
            var acts = Enumerable
                .Range(0, 4)
                .Select(async n =>
                {
                    for (var i = 0; !over.IsCancellationRequested; i++)
                        try
                        {
                            await Note(served, $"test/{n}-{i}");
                            Interlocked.Increment(ref acknowledged);
                        }
                        catch (Exception failed) when (DatabaseOutageException.IsCauseOf(failed)) { }
                });
            var reads = Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    while (!over.IsCancellationRequested)
                    {
                        using var answer = await served.Client.GetAsync("/students", Now);
                        Assert.True(
                            answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable,
                            $"{answer}"
                        );
                    }
                });
            var cuts = Task.Run(
                async () =>
                {
                    while (!over.IsCancellationRequested)
                    {
                        await Task.Delay(400, Now);
                        await using var other = new NpgsqlConnection($"{served.Stored.Connection};Pooling=false");
                        await other.OpenAsync(Now);
                        await using var cut = new NpgsqlCommand(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND pid <> pg_backend_pid()",
                            other
                        );
                        await cut.ExecuteNonQueryAsync(Now);
                    }
                },
                Now
            );
            await Task.WhenAll([.. acts, .. reads, cuts]);
            await Until(async () =>
                (await served.Client.GetAsync("/health/ready", Now)).StatusCode == HttpStatusCode.OK
            );
            await using var db = served.Stored.Read();
            Assert.True(acknowledged > 0);
            Assert.True(await db.Set<AuditEntry>().CountAsync(e => e.Action.StartsWith("test/"), Now) >= acknowledged);
            Assert.Empty((await AuditChain.VerifyAsync(served.Stored.Commands.Database)).Faults);
        }
    }

    [Fact]
    public async Task An_outage_is_told_once_a_minute_and_another_fault_each_time()
    {
        var (log, clock) = (new Lines(), new Minutes());
        var handler = new RedactingExceptionHandler(log, clock);
        foreach (var (minute, fault, lines) in Told)
        {
            clock.At = TimeSpan.FromMinutes(minute);
            Assert.False(await handler.TryHandleAsync(new DefaultHttpContext(), fault, Now));
            Assert.Equal(lines, log.Count);
        }
    }

    private static IEnumerable<(double Minute, Exception Fault, int Lines)> Told =>
        [
            (0, new SqliteException("", 13), 1),
            (0.9, new SqliteException("", 13), 1),
            (0.9, new InvalidOperationException(), 2),
            (0.9, new InvalidOperationException(), 3),
            (1, new DbUpdateException("", new SqliteException("", 5)), 4),
        ];

    private sealed class Minutes : TimeProvider
    {
        internal TimeSpan At { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => At.Ticks;
    }

    private sealed class Lines : List<string>, ILogger<RedactingExceptionHandler>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Add(formatter(state, exception));
    }

    private static Task Note(Served served, string action) =>
        served.Stored.Commands.AppendAuditAsync(Actor.Local, action);

    private static async Task Until(Func<Task<bool>> isSo)
    {
        for (var tried = 0; !await isSo(); tried++)
        {
            Assert.True(tried < 50, "not within five seconds");
            await Task.Delay(100, Now);
        }
    }
}
