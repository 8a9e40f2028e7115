using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EduAssist.Conformance;
using EduAssist.Data;

namespace EduAssist.Host;

/// <summary>
/// The host is killed (SIGKILL) in the middle of a stream of commands, again and again, and started again; each client
/// repeats what was not answered with the same Idempotency-Key. Afterwards every acknowledged command is there exactly
/// once. <c>EDUASSIST_NIGHTLY=1</c> selects twenty kills on each database; otherwise there are three.
/// </summary>
public class KillTests
{
    private const int Clients = 4;
    private const string Applications = "/api/chuxiong/applications",
        Plans = "/api/chuxiong/implementation-plans";

    private static readonly int Kills = Environment.GetEnvironmentVariable("EDUASSIST_NIGHTLY") == "1" ? 20 : 3;
    private static readonly string[] Demo = ["--demo", "--today", "2020-05-06"];

    [Theory, EveryDatabase]
    public async Task Nothing_acknowledged_is_lost_or_done_twice(DatabaseKind kind)
    {
        using var databases = new OwnDatabases(kind);
        var connection = databases.Next();
        using var place = new Workplace(("Database", connection));
        var host = await HostProcess.Serve(place, Demo);
        try
        {
            var stream = new Stream(host.Client);
            using var database = databases.Open(connection);
            var waiting = Texts(
                database,
                """SELECT CAST("Id" AS TEXT) || ' ' || "Version" FROM core_case WHERE "Workflow" = 'chuxiong.application' AND "State" = 'SchoolApproved' ORDER BY "Id" """
            );
            Assert.True(waiting.Count >= Clients);
            stream.Clients =
            [
                .. Enumerable.Range(0, Clients).Select(n => Task.Run(() => stream.Run(n, waiting[n].Split(' ')))),
            ];
            var random = new Random(20);
            for (var kill = 0; kill < Kills; kill++)
            {
                await stream.Commands(random.Next(5, 60));
                await host.Kill();
                await host.DisposeAsync();
                host = await HostProcess.Serve(place, Demo);
                stream.Server = host.Client;
            }

            await stream.Commands(20);
            stream.Ended = true;
            await Task.WhenAll(stream.Clients);
            Assert.True(stream.Repeated >= Kills, $"{stream.Repeated} requests were repeated after {Kills} kills");
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{kind}: {Kills} kills, {stream.Acknowledged.Count} acts acknowledged, {stream.Repeated} requests sent more than once"
            );
            Check(database, stream);
            var act = stream.Acknowledged.First();
            foreach (
                var fault in (string[])
                    [
                        $"""DELETE FROM core_case_event WHERE UPPER(CAST("CaseId" AS TEXT)) = '{act.Case.ToUpperInvariant()}' AND "Sequence" = {act.Version}""",
                        """DELETE FROM core_audit_entry WHERE "Action" = 'chuxiong.application/send'""",
                        """UPDATE chuxiong_county_plan SET "Sent" = "Sent" + 1""",
                        """UPDATE chuxiong_allotment SET "Sent" = "Sent" - 1""",
                        $"""DELETE FROM core_answered_request WHERE "Key" = 'everybody {act.Key}'""",
                    ]
            )
            {
                Execute(database, "BEGIN");
                Execute(database, fault);
                Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Check(database, stream));
                Execute(database, "ROLLBACK");
            }
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static void Check(DbConnection database, Stream stream)
    {
        foreach (
            var (one, acts) in stream
                .Acknowledged.GroupBy(a => a.Case)
                .Select(g => (g.Key, g.OrderBy(a => a.Version).ToList()))
        )
        {
            var from = acts[0].Version;
            Assert.Equal(
                acts.Select(a => $"{a.Version} {a.Action}"),
                Texts(
                    database,
                    $"""SELECT "Sequence" || ' ' || "Action" FROM core_case_event WHERE UPPER(CAST("CaseId" AS TEXT)) = '{one.ToUpperInvariant()}' AND "Sequence" >= {from} ORDER BY "Sequence" """
                )
            );
        }

        Assert.Equal(
            Texts(
                database,
                """SELECT CAST(count(*) AS TEXT) FROM core_case WHERE "Workflow" = 'chuxiong.implementation-plan' AND "Year" > 2020"""
            ),
            [$"{stream.Acknowledged.Count(a => a.Action == "open")}"]
        );
        Assert.Empty(
            Texts(
                database,
                """
                SELECT CAST(c."Id" AS TEXT) FROM core_case c LEFT JOIN core_case_event e ON e."CaseId" = c."Id"
                GROUP BY c."Id", c."Version" HAVING count(e."Sequence") <> c."Version" OR min(e."Sequence") <> 1 OR max(e."Sequence") <> c."Version"
                """
            )
        );
        // an entry at each body that the case concerns; where the case lies, one an event
        const string AtHome = "core_audit_entry a ON a.\"Scope\" = c.\"Scope\" AND a.\"Subject\"";
        const string Commands =
            """SELECT line || ' ' || count(*) FROM (SELECT CAST(c."Id" AS TEXT) || ' ' || {0} AS line FROM core_case c JOIN {1} = c."Id") lines GROUP BY line ORDER BY line""";
        Assert.Equal(
            Texts(
                database,
                string.Format(Commands, "c.\"Workflow\" || '/' || e.\"Action\"", "core_case_event e ON e.\"CaseId\"")
            ),
            Texts(database, string.Format(Commands, "a.\"Action\"", AtHome))
        );
        Assert.Empty(
            Texts(
                database,
                """
                SELECT p."Name" FROM chuxiong_county_plan p
                WHERE p."Sent" <> (SELECT count(*) FROM chuxiong_application a JOIN core_case c ON c."Id" = a."CaseId" WHERE a."County" = p."Division" AND c."Year" = p."Year" AND a."SentOn" IS NOT NULL)
                """
            )
        );
        Assert.Empty(
            Texts(
                database,
                """
                SELECT CAST(x."SchoolId" AS TEXT) FROM chuxiong_allotment x
                WHERE x."Sent" <> (SELECT count(*) FROM chuxiong_application a JOIN core_case c ON c."Id" = a."CaseId" WHERE a."JuniorSchoolId" = x."SchoolId" AND c."Year" = x."Year" AND a."SentOn" IS NOT NULL)
                """
            )
        );
        var keys = Texts(database, """SELECT "Key" FROM core_answered_request""");
        Assert.Equal(
            stream.Acknowledged.Select(a => $"everybody {a.Key}").Order(StringComparer.Ordinal),
            keys.Order(StringComparer.Ordinal)
        );
    }

    private static void Execute(DbConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<string> Texts(DbConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        List<string> texts = [];
        while (rows.Read())
            texts.Add(rows.GetString(0));
        return texts;
    }

    /// <summary>What was answered.</summary>
    private sealed record Acknowledgement(string Case, string Action, long Version, string Key);

    /// <summary>Clients that send commands without a pause, each on cases of its own.</summary>
    private sealed class Stream(HttpClient server)
    {
        private int repeated;

        internal ConcurrentBag<Acknowledgement> Acknowledged { get; } = [];

        /// <summary>Whose address and token are used; it changes with every start.</summary>
        internal HttpClient Server { get; set; } = server;

        internal IReadOnlyList<Task> Clients { get; set; } = [];

        internal bool Ended { get; set; }

        internal int Repeated => repeated;

        /// <summary>Waits until so many more commands are acknowledged: the others are under way.</summary>
        internal async Task Commands(int more)
        {
            var (enough, patience) = (Acknowledged.Count + more, Stopwatch.StartNew());
            while (Acknowledged.Count < enough)
            {
                if (Clients.FirstOrDefault(c => c.IsFaulted) is { } failed)
                    await failed;
                Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), "the stream has stopped");
                await Task.Delay(2);
            }
        }

        /// <summary>
        /// Sends a pupil and takes it back, for the counters; writes a plan from its draft to its approval, for new
        /// cases and all verbs.
        /// </summary>
        internal async Task Run(int client, string[] application)
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
            var (id, version) = (
                application[0].ToLowerInvariant(),
                (long?)long.Parse(application[1], System.Globalization.CultureInfo.InvariantCulture)
            );
            for (var round = 0; !Ended; round++)
            {
                version = await Act(
                    http,
                    HttpMethod.Post,
                    $"{Applications}/{id}/send",
                    """{"photocopy":true}""",
                    id,
                    version
                );
                version = await Act(
                    http,
                    HttpMethod.Post,
                    $"{Applications}/{id}/correct",
                    """{"reason":"误点"}""",
                    id,
                    version
                );
                var (plan, at) = await Open(
                    http,
                    $$"""{"body":"楚雄市","year":{{2021 + client}},"summary":"第{{round}}轮。"}"""
                );
                at = await Act(
                    http,
                    HttpMethod.Put,
                    $"{Plans}/{plan}",
                    $$"""{"body":"楚雄市","year":{{2021 + client}},"summary":"第{{round}}轮，修改。"}""",
                    plan,
                    at
                );
                foreach (var action in (string[])["submit", "return", "submit", "approve"])
                    at = await Act(http, HttpMethod.Post, $"{Plans}/{plan}/{action}", "{}", plan, at);
            }
        }

        private async Task<(string Id, long? Version)> Open(HttpClient http, string body)
        {
            var answer = await Answer(http, HttpMethod.Post, Plans, body, null, out var key);
            var (id, version) = ((string)answer["id"]!, (long)answer["version"]!);
            Acknowledged.Add(new(id, "open", version, key));
            return (id, version);
        }

        private async Task<long?> Act(
            HttpClient http,
            HttpMethod method,
            string path,
            string body,
            string id,
            long? version
        )
        {
            var answer = await Answer(http, method, path, body, version, out var key);
            var now = (long)answer["version"]!;
            Acknowledged.Add(
                new(id, method == HttpMethod.Put ? "edit" : path[(path.LastIndexOf('/') + 1)..], now, key)
            );
            return now;
        }

        private Task<JsonNode> Answer(
            HttpClient http,
            HttpMethod method,
            string path,
            string body,
            long? version,
            out string key
        )
        {
            var named = key = Guid.NewGuid().ToString();
            return Repeat();

            async Task<JsonNode> Repeat()
            {
                var patience = Stopwatch.StartNew();
                for (var attempt = 1; ; attempt++)
                {
                    using var request = new HttpRequestMessage(method, new Uri(Server.BaseAddress!, path))
                    {
                        Content = new StringContent(body, Encoding.UTF8, "application/json"),
                        Headers = { { "Idempotency-Key", named } },
                    };
                    request.Headers.Authorization = Server.DefaultRequestHeaders.Authorization;
                    if (version is not null)
                        request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
                    try
                    {
                        using var answer = await http.SendAsync(request);
                        var text = await answer.Content.ReadAsStringAsync();
                        Assert.True(
                            answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created,
                            $"{method} {path}, attempt {attempt}: {(int)answer.StatusCode} {text}"
                        );
                        if (attempt > 1)
                            Interlocked.Increment(ref repeated);
                        return JsonNode.Parse(text)!;
                    }
                    catch (Exception unanswered)
                        when (unanswered is HttpRequestException or IOException
                            && patience.Elapsed < TimeSpan.FromMinutes(2)
                        )
                    {
                        await Task.Delay(20);
                    }
                }
            }
        }
    }
}
