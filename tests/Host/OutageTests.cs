using System.Data.Common;
using EduAssist.Conformance;
using EduAssist.Data;
using Npgsql;

namespace EduAssist.Host;

/// <summary>
/// Servers outlive their database: two of the program on one PostgreSQL that is restarted or has no connection left,
/// one on a file that is locked. What it cannot do is answered with 503; then they go on by themselves, and nothing
/// acknowledged is lost.
/// </summary>
public class OutageTests
{
    private const int Restarts = 10;

    // five seconds were promised; the rest is for a machine that does other things
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20),
        Patience = TimeSpan.FromSeconds(60);

    [Fact, Requires(ExternalProgram.PostgreSql)]
    public async Task Two_servers_outlive_ten_restarts_of_postgresql_and_lose_nothing()
    {
        using var server = new OwnPostgreSql();
        await using var pair = await Pair.Start(server);
        List<TimeSpan> recovered = [];
        await using var load = new Load([.. pair.Hosts.Select(h => h.Client)], actors: 3, Patience);
        await load.Recovery(2);
        for (var n = 0; n < Restarts; n++)
        {
            await server.RestartAsync(n % 2 == 0 ? "fast" : "immediate");
            recovered.Add(await load.Recovery(2));
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        await load.End();
        var after = string.Join(" ", recovered.Select(r => $"{r.TotalSeconds:0.00}"));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Restarts} restarts, first answers after {after} s; "
                + $"{load.Successes} answers, {load.Acknowledged.Count} acts, {load.Unavailable} times 503, "
                + $"longest answer {load.Longest.TotalSeconds:0.0} s"
        );
        Assert.Empty(load.Faults);
        Assert.All(recovered, r => Assert.True(r < Soon, $"{r}"));
        await pair.Check(load);
    }

    [Fact, Requires(ExternalProgram.PostgreSql)]
    public async Task No_connection_left_is_503_until_there_is_one()
    {
        using var server = new OwnPostgreSql("-c max_connections=24 -c superuser_reserved_connections=0");
        await using var pair = await Pair.Start(server);
        await using var load = new Load([.. pair.Hosts.Select(h => h.Client)], actors: 3, Patience);
        await load.Recovery(2);
        var idle = await Occupy(server);
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        idle.ForEach(connection => connection.Dispose());
        var recovered = await load.Recovery(2);
        await load.End();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"first answers after {recovered.TotalSeconds:0.00} s; {load.Successes} answers, "
                + $"{load.Acknowledged.Count} acts, {load.Unavailable} times 503, "
                + $"longest answer {load.Longest.TotalSeconds:0.0} s"
        );
        Assert.Empty(load.Faults);
        Assert.True(load.Unavailable > 0);
        Assert.True(recovered < Soon, $"{recovered}");
        await pair.Check(load);
    }

    [Fact]
    public async Task A_file_that_another_program_has_locked_is_503_until_it_lets_go()
    {
        using var databases = new OwnDatabases(DatabaseKind.Sqlite);
        var connection = databases.Next();
        using var place = new Workplace(("Database", connection));
        await using var host = await HostProcess.Serve(place);
        await using var load = new Load([host.Client], actors: 3, Patience);
        await load.Recovery(1);
        await using (var other = databases.Open(connection))
        {
            await Do(other, "BEGIN EXCLUSIVE");
            var before = load.Acknowledged.Count;
            while (load.Unavailable == 0)
                await Task.Delay(100, TestContext.Current.CancellationToken);
            Assert.InRange(load.Acknowledged.Count, before, before + 3); // those that had just been stored
            await Do(other, "ROLLBACK");
        }

        var recovered = await load.Recovery(1);
        await load.End();
        Assert.Empty(load.Faults);
        Assert.True(recovered < Soon, $"{recovered}");
        Assert.Equal(0, await host.Stop());
        await using (var data = databases.Open(connection))
            Same(
                load.Acknowledged.Select(a => $"everybody {a.Key}"),
                await Texts(data, """SELECT "Key" FROM core_answered_request""")
            );
        Assert.Contains("，完整；", (await Verify(place)).Output, StringComparison.Ordinal);
    }

    /// <summary>Takes every connection that the servers lose.</summary>
    private static async Task<List<NpgsqlConnection>> Occupy(OwnPostgreSql server)
    {
        List<NpgsqlConnection> idle = [];
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(5))
        {
            var one = new NpgsqlConnection($"{server.Connection};Pooling=false");
            try
            {
                await one.OpenAsync();
                idle.Add(one);
                await using var cut = new NpgsqlCommand(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'EduAssist'",
                    one
                );
                await cut.ExecuteNonQueryAsync();
            }
            catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await one.DisposeAsync();
                await Task.Delay(20);
            }
        }

        return idle;
    }

    private static async Task<Ended> Verify(Workplace place) =>
        (await HostProcess.Run(place, "audit", "verify")).Done();

    private static void Same(IEnumerable<string> acknowledged, IEnumerable<string> stored) =>
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));

    private static async Task Do(DbConnection data, string sql)
    {
        await using var command = data.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> Texts(DbConnection data, string sql)
    {
        await using var command = data.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        List<string> texts = [];
        while (await rows.ReadAsync())
            texts.Add(rows.GetString(0));
        return texts;
    }

    /// <summary>Two servers on one database, as they are shipped, each with a data folder of its own.</summary>
    private sealed class Pair : IAsyncDisposable
    {
        private readonly List<Workplace> places = [];
        private string connection = "";

        internal List<HostProcess> Hosts { get; } = [];

        internal static async Task<Pair> Start(OwnPostgreSql server)
        {
            var pair = new Pair
            {
                connection = new NpgsqlConnectionStringBuilder(server.Connection) { Database = "eduassist" }.ToString(),
            };
            var key = Convert.ToBase64String(new byte[32]);
            foreach (var n in Enumerable.Range(0, 2))
            {
                var place = new Workplace(("Database", pair.connection), ("MasterKey", key));
                pair.places.Add(place);
                if (n > 0)
                    (await HostProcess.Run(place, "audit", "head", "--accept")).Done();
                pair.Hosts.Add(await HostProcess.Serve(place));
            }

            return pair;
        }

        /// <summary>No server has ended; what was acknowledged is there once, and the audit is whole.</summary>
        internal async Task Check(Load load)
        {
            Assert.DoesNotContain(Hosts, h => h.HasEnded);
            foreach (var host in Hosts)
                Assert.Equal(0, await host.Stop());
            await using (var data = new NpgsqlConnection(connection))
            {
                await data.OpenAsync(TestContext.Current.CancellationToken);
                Assert.NotEmpty(load.Acknowledged);
                Same(
                    load.Acknowledged.Select(a => a.Id),
                    await Texts(data, """SELECT CAST("Id" AS TEXT) FROM core_case""")
                );
                Same(
                    load.Acknowledged.Select(a => $"everybody {a.Key}"),
                    await Texts(data, """SELECT "Key" FROM core_answered_request""")
                );
            }

            foreach (var place in places)
                Assert.Contains("，完整；", (await Verify(place)).Output, StringComparison.Ordinal);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var host in Hosts)
                await host.DisposeAsync();
            NpgsqlConnection.ClearAllPools();
            places.ForEach(place => place.Dispose());
        }
    }
}
