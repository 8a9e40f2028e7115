using System.Diagnostics;
using System.Text.Json.Nodes;
using EduAssist.Bench.Pupils;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.OData;
using EduAssist.Platform;
using EduAssist.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Bench;

/// <summary>
/// OData over HTTP on SQLite: a page against a compiled query of EF behind an endpoint, the last page against the
/// first, and the same page from SAP CAP.
/// </summary>
internal static class Pages
{
    private const int Requests = 20,
        Connections = 4,
        Rounds = 5;

    private static readonly Func<ScopedReadDbContext, int, bool, IAsyncEnumerable<Peer>> Compiled =
        EF.CompileAsyncQuery(
            (ScopedReadDbContext db, int grade, bool boards) =>
                db.Set<Pupil>()
                    .Where(p => p.Grade == grade && p.Boards == boards)
                    .OrderBy(p => p.Name)
                    .ThenBy(p => p.Id)
                    .Take(50)
                    .Select(p => new Peer
                    {
                        Id = p.Id,
                        Name = p.Name,
                        Nick = p.Nick,
                        Grade = p.Grade,
                        Born = p.Born,
                        Serial = p.Serial,
                    })
        );

    private static string Query(int grade) =>
        $"$filter=Grade eq {grade} and Boards eq true&$orderby=Name&$top=50&$select=Id,Name,Nick,Grade,Born,Serial";

    /// <summary>The six columns.</summary>
    internal sealed class Peer
    {
        public Guid Id { get; init; }
        public required string Name { get; init; }
        public string? Nick { get; init; }
        public int Grade { get; init; }
        public DateOnly Born { get; init; }
        public long Serial { get; init; }
    }

    /// <param name="cap">Where SAP CAP serves the same rows; null: nowhere.</param>
    internal static async Task RunAsync(Uri? cap)
    {
        Console.WriteLine("| work | ours | peer | ratio | target | met |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        using (var served = await Served.StartAsync(100_000))
        {
            var sides = Peers.Measure(Requests, 10, served.Side("ours", "odata/Pupils?"), served.Side("peer", "peer?"));
            Row(
                "OData page: two conditions, order, top 50, six columns, 100 000 rows; peer: compiled EF behind an endpoint",
                sides[0],
                sides[1],
                1 / sides[0].Over(sides[1]),
                1.8,
                atMost: true
            );
            if (cap is not null)
            {
                var (ours, theirs) = await ThroughputAsync(
                    new(served.Client.BaseAddress!, "odata/Pupils?"),
                    new(cap, "odata/Pupils?")
                );
                Console.WriteLine(
                    $"| the same page, {Connections} connections; peer: SAP CAP on SQLite | {ours:0}/s | {theirs:0}/s | {ours / theirs:0.00} | ≥ 2.5 × | {(ours / theirs >= 2.5 ? "yes" : "no")} |"
                );
            }
        }

        using (var served = await Served.StartAsync(1_000_000))
        {
            foreach (var order in new[] { "Id", "Serial desc", "Nick", "Nick desc", "Grade,Boards,Name" })
            {
                var (first, last) = (
                    new Uri(served.Client.BaseAddress!, $"odata/Pupils?$orderby={order}&$top=1000000"),
                    await served.LastAsync(order)
                );
                var sides = Peers.Measure(1, 4, served.Side("last", last), served.Side("first", first));
                Row(
                    $"last of 1 M rows by {order}, 100 a page; peer: the first page",
                    sides[0],
                    sides[1],
                    1 / sides[0].Over(sides[1]),
                    1.2,
                    atMost: true
                );
            }
        }
    }

    private static void Row(string work, Measured ours, Measured peer, double ratio, double target, bool atMost) =>
        Console.WriteLine(
            $"| {work} | {1e6 / ours.PerSecond:0} µs | {1e6 / peer.PerSecond:0} µs | {ratio:0.00} | {(atMost ? "≤" : "≥")} {target} × | {(atMost == ratio <= target ? "yes" : "no")} |"
        );

    /// <summary>Requests a second, the median of alternating rounds.</summary>
    private static async Task<(double Ours, double Theirs)> ThroughputAsync(Uri ours, Uri theirs)
    {
        List<double> us = [],
            them = [];
        await LoadAsync(ours);
        await LoadAsync(theirs);
        for (var round = 0; round < Rounds; round++)
        {
            us.Add(await LoadAsync(ours));
            them.Add(await LoadAsync(theirs));
        }

        return (Measured.Median(us), Measured.Median(them));
    }

    private static async Task<double> LoadAsync(Uri root)
    {
        var clock = Stopwatch.StartNew();
        var done = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async worker =>
                {
                    using var client = new HttpClient();
                    for (var n = worker; clock.Elapsed < TimeSpan.FromSeconds(2); n++)
                    {
                        var text = await client.GetStringAsync(new Uri(root.OriginalString + Query((n % 9) + 1)));
                        if (!text.Contains("\"Serial\"", StringComparison.Ordinal))
                            throw new InvalidOperationException(text);
                        Interlocked.Increment(ref done);
                    }
                })
        );
        return done / clock.Elapsed.TotalSeconds;
    }

    /// <summary>A server with its rows, on a file of its own.</summary>
    private sealed class Served : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("eduassist-bench-").FullName;
        private WebApplication? app;
        private CommandExecutor? commands;

        internal HttpClient Client { get; } = new();

        internal static async Task<Served> StartAsync(int rows)
        {
            var served = new Served();
            var instance = Instance.Compose(
                [new PupilsModule()],
                _ => null,
                new HolidayFolder("").Table(),
                TimeProvider.System
            );
            var database = new Database(Path.Combine(served.folder, "bench.db"), served.folder, null, instance.Tables);
            database.Upgrade(instance.Today.Now, _ => { });
            served.commands = new CommandExecutor(instance, database);
            await served.commands.PrepareDatabaseAsync();
            await served.commands.ExecuteAsync(new(Actor.Program), async work =>
            {
                await PupilTable.FillAsync(work, rows);
                await work.Db.Database.ExecuteSqlAsync($"ANALYZE");
                work.Audit("bench/fill", null, "");
                return CommandResult.Done();
            });
            served.app = WebServer.Create(instance, served.commands, ["http://127.0.0.1:0"], _ => { });
            served
                .app.MapOData(
                    served.commands,
                    instance.Catalogue.Listings,
                    new() { Seconds = 600 },
                    _ => Actor.Local,
                    instance.MeaningOf
                )
                .AllowAnonymous(); // neither side asks who it is: CAP does not either
            served
                .app.MapGet("/peer", async (HttpContext http) =>
                {
                    await using var db = database.Read(AccessScope.Everything);
                    List<Peer> found = [];
                    await foreach (
                        var one in Compiled(
                            db,
                            int.Parse(http.Request.Query["grade"]!, System.Globalization.CultureInfo.InvariantCulture),
                            true
                        )
                    )
                        found.Add(one);
                    return TypedResults.Ok(found);
                })
                .AllowAnonymous();
            await served.app.StartAsync();
            served.Client.BaseAddress = new(
                served
                    .app.Services.GetRequiredService<IServer>()
                    .Features.Get<IServerAddressesFeature>()!
                    .Addresses.Single() + "/"
            );
            return served;
        }

        /// <summary>Twenty pages of one kind, one after the other.</summary>
        internal Side Side(string name, string path) => new(name, () =>
            {
                long length = 0;
                for (var n = 0; n < Requests; n++)
                {
                    var grade = (n % 9) + 1;
                    length += Client
                        .GetStringAsync(
                            new Uri(Client.BaseAddress!, path == "peer?" ? $"peer?grade={grade}" : path + Query(grade))
                        )
                        .GetAwaiter()
                        .GetResult()
                        .Length;
                }

                return length;
            });

        /// <summary>One page of a hundred.</summary>
        internal Side Side(string name, Uri page) => new(name, () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, page);
                request.Headers.TryAddWithoutValidation("Prefer", "maxpagesize=100");
                using var answer = Client.Send(request);
                using var text = new StreamReader(answer.Content.ReadAsStream());
                return text.ReadToEnd().Length;
            });

        /// <summary>The link to the last hundred rows: found from a page that ends before them.</summary>
        internal async Task<Uri> LastAsync(string order)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                $"odata/Pupils?$orderby={order}&$top=1000000&$skip=999800"
            );
            request.Headers.TryAddWithoutValidation("Prefer", "maxpagesize=100");
            using var answer = await Client.SendAsync(request);
            return new((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["@odata.nextLink"]!);
        }

        public void Dispose()
        {
            Client.Dispose();
            app?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            commands?.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }
}
