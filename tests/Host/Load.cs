using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace EduAssist.Host;

/// <summary>
/// Clients of servers whose database fails: some open cases, each sent again with the same Idempotency-Key until it is
/// done, and some read. Allowed are success and 503 with Retry-After; anything else is noted as a fault.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private const string Plans = "/api/chuxiong/implementation-plans";

    private static readonly string[] Reads =
    [
        "/odata/Schools?$top=5",
        "/odata/Students?$top=5",
        "/students",
        "/api/auth/me",
        "/",
        "/health/ready",
    ];

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly TimeSpan patience;
    private readonly ConcurrentBag<(int Server, bool IsAct, TimeSpan At)> successes = [];
    private readonly CancellationTokenSource over = new();
    private readonly Task[] clients;
    private int unavailable;
    private long longest;

    /// <summary>Begins.</summary>
    /// <param name="servers">A signed-in client of each.</param>
    /// <param name="actors">How many act on each, and as many read.</param>
    /// <param name="patience">How long a client waits for an answer: longer is a fault.</param>
    internal Load(IReadOnlyList<HttpClient> servers, int actors, TimeSpan patience)
    {
        this.patience = patience;
        clients =
        [
            .. servers.SelectMany(
                (server, n) =>
                    Enumerable
                        .Range(0, actors)
                        .SelectMany(i => new[] { Task.Run(() => Act(server, n)), Task.Run(() => Read(server, n, i)) })
            ),
        ];
    }

    /// <summary>The id and the Idempotency-Key of each case that was opened.</summary>
    internal ConcurrentBag<(string Id, string Key)> Acknowledged { get; } = [];

    /// <summary>What should not have been answered, or was not in time.</summary>
    internal ConcurrentQueue<string> Faults { get; } = new();

    internal int Successes => successes.Count;

    internal int Unavailable => unavailable;

    /// <summary>The longest that an answer has taken.</summary>
    internal TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref longest));

    /// <summary>Waits until every server has answered an act and a question anew.</summary>
    /// <returns>How long that took.</returns>
    internal async Task<TimeSpan> Recovery(int servers)
    {
        var since = clock.Elapsed;
        while (
            Enumerable
                .Range(0, servers)
                .Any(n =>
                    !successes.Any(s => s.At > since && s.Server == n && s.IsAct)
                    || !successes.Any(s => s.At > since && s.Server == n && !s.IsAct)
                )
        )
        {
            Assert.True(clock.Elapsed - since < TimeSpan.FromMinutes(2), "no answer within two minutes");
            await Task.Delay(20);
        }

        return clock.Elapsed - since;
    }

    /// <summary>Lets each client finish what it has begun.</summary>
    internal async Task End()
    {
        await over.CancelAsync();
        await Task.WhenAll(clients);
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        over.Dispose();
    }

    private async Task Act(HttpClient server, int n)
    {
        while (!over.IsCancellationRequested)
        {
            var key = Guid.NewGuid().ToString();
            JsonNode? opened;
            while ((opened = await Ask(server, n, HttpMethod.Post, Plans, key)) is null)
                await Task.Delay(100);
            Acknowledged.Add(((string)opened["id"]!, key));
        }
    }

    private async Task Read(HttpClient server, int n, int from)
    {
        for (var i = from; !over.IsCancellationRequested; i++)
        {
            await Ask(server, n, HttpMethod.Get, Reads[i % Reads.Length], null);
            await Task.Delay(20);
        }
    }

    /// <returns>The answer; null: there was none, or it is to be asked again.</returns>
    private async Task<JsonNode?> Ask(HttpClient server, int n, HttpMethod method, string path, string? key)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
            request.Content = new StringContent(
                """{"body":"楚雄市","year":2021,"summary":"数据库出了故障也要办成。"}""",
                Encoding.UTF8,
                "application/json"
            );
        }

        var begun = clock.Elapsed;
        using var timeout = new CancellationTokenSource(patience);
        try
        {
            using var answer = await server.SendAsync(request, timeout.Token);
            var text = await answer.Content.ReadAsStringAsync(timeout.Token);
            if (answer.IsSuccessStatusCode)
            {
                successes.Add((n, key is not null, clock.Elapsed));
                return key is null ? null : JsonNode.Parse(text)!;
            }

            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null)
                Interlocked.Increment(ref unavailable);
            else
                Faults.Enqueue($"{method} {path}: {(int)answer.StatusCode} {text}");
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or IOException)
        {
            Faults.Enqueue($"{method} {path}: {unanswered.GetBaseException().Message}");
        }
        catch (OperationCanceledException)
        {
            Faults.Enqueue($"{method} {path}: no answer within {patience}");
        }
        finally
        {
            var took = (clock.Elapsed - begun).Ticks;
            for (var most = longest; took > most; most = Interlocked.Read(ref longest))
                Interlocked.CompareExchange(ref longest, took, most);
        }

        return null;
    }
}
