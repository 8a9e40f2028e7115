using System.Net;
using EduAssist.Kernel.Provisions;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EduAssist.Web;

/// <summary>Numbers for whoever watches, and for nobody else.</summary>
public class MetricsTests
{
    private const string Token = "a-token-of-the-tests";

    [Theory]
    [InlineData(Token, Token, HttpStatusCode.OK)]
    [InlineData(Token, Token + "x", HttpStatusCode.Unauthorized)]
    [InlineData(Token, "", HttpStatusCode.Unauthorized)]
    [InlineData(Token, null, HttpStatusCode.Unauthorized)]
    [InlineData(null, "", HttpStatusCode.Unauthorized)]
    [InlineData(null, Token, HttpStatusCode.Unauthorized)]
    public async Task They_are_read_by_the_configured_token_alone(
        string? configured,
        string? given,
        HttpStatusCode status
    )
    {
        var served = new Served(access: new() { MetricsToken = configured });
        await using (served)
        {
            await served.InitializeAsync();
            using var client = served.Another(given is null ? null : new("Bearer", given));
            using var answer = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
            using var signedIn = await served.Client.GetAsync("/metrics", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, signedIn.StatusCode); // nobody's own token opens them
        }
    }

    [Fact]
    public async Task They_count_requests_by_route_acts_and_seals()
    {
        var served = new Served(access: new() { MetricsToken = Token });
        await using (served)
        {
            await served.InitializeAsync();
            for (var i = 0; i < 3; i++)
                (
                    await served.Client.GetAsync(
                        $"/api/programmes/nobody-{i}/facts",
                        TestContext.Current.CancellationToken
                    )
                ).Dispose();
            await served.Stored.Commands.SealAsync(TestContext.Current.CancellationToken);
            using var client = served.Another(new("Bearer", Token));
            using var answer = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
            Assert.StartsWith(
                "text/plain; version=0.0.4; charset=utf-8",
                answer.Content.Headers.ContentType!.ToString(),
                StringComparison.Ordinal
            );
            var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split(
                '\n',
                StringSplitOptions.RemoveEmptyEntries
            );
            Assert.True(
                Value("eduassist_requests_total{method=\"GET\",route=\"/api/programmes/{id}/facts\",status=\"404\"}")
                    >= 3
            );
            Assert.True(Value("eduassist_acts_total{came=\"Done\"}") >= 1);
            Assert.True(Value("eduassist_audit_sealed_total{}") >= 1);
            Assert.True(Value("process_resident_memory_bytes{}") > 1 << 20);
            Assert.DoesNotContain(lines, l => l.Contains("nobody", StringComparison.Ordinal));
            Assert.All(lines, l =>
                Assert.Matches("^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+{([a-z]+=\"[^\"]*\",?)*} [0-9.E+-]+)$", l)
            );

            double Value(string name) =>
                double.Parse(
                    Assert.Single(lines, l => l.StartsWith($"{name} ", StringComparison.Ordinal))[(name.Length + 1)..],
                    System.Globalization.CultureInfo.InvariantCulture
                );
        }
    }

    [Fact]
    public async Task A_collector_is_sent_traces_that_are_named_by_routes_and_hold_nothing_of_the_address()
    {
        await using var collector = WebApplication.CreateSlimBuilder().Build();
        var sent = new System.Collections.Concurrent.ConcurrentQueue<(string Path, string Body)>();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{signal}", async (HttpContext http) =>
        {
            using var body = new StreamReader(http.Request.Body, System.Text.Encoding.Latin1);
            sent.Enqueue((http.Request.Path, await body.ReadToEndAsync(TestContext.Current.CancellationToken)));
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        var served = new Served(access: new() { Collector = new(collector.Urls.Single()) });
        await using (served)
        {
            await served.InitializeAsync();
            (
                await served.Client.GetAsync(
                    "/api/programmes/nobody-here/facts?q=somebody",
                    TestContext.Current.CancellationToken
                )
            ).Dispose();
            await served.Stop(); // what is left is sent
        }

        var traces = string.Concat(sent.Where(s => s.Path == "/v1/traces").Select(s => s.Body));
        Assert.Contains("GET /api/programmes/{id}/facts", traces, StringComparison.Ordinal);
        Assert.Contains(
            "eduassist_requests",
            string.Concat(sent.Where(s => s.Path == "/v1/metrics").Select(s => s.Body)),
            StringComparison.Ordinal
        );
        foreach (var address in (string[])["nobody", "somebody", "127.0.0.1"])
            Assert.DoesNotContain(sent, s => s.Body.Contains(address, StringComparison.Ordinal));
    }

    [Fact]
    public void An_address_of_a_collector_that_is_none_stops_the_start() =>
        Assert.Contains(
            "Telemetry:Collector",
            Assert
                .Throws<OperatorException>(() =>
                    ServerOptions.From(key => key == "Telemetry:Collector" ? "collector" : null)
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_short_token_stops_the_start() =>
        Assert.Contains(
            "Metrics:Token",
            Assert
                .Throws<OperatorException>(() => ServerOptions.From(key => key == "Metrics:Token" ? "short" : null))
                .Message,
            StringComparison.Ordinal
        );
}
