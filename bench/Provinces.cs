using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using EduAssist.Chuxiong;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Registry;
using EduAssist.National;
using EduAssist.OData;
using EduAssist.Office.Users;
using EduAssist.Platform;
using EduAssist.Web;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EduAssist.Bench;

/// <summary>
/// A province of a million pupils over HTTP, and one of its counties in a database of its own: what a county's user
/// asks must cost the same in both.
/// </summary>
internal static class Provinces
{
    private const int OfCounty = 10_000,
        Rounds = 20;

    /// <param name="server">Of PostgreSQL, with the databases bench_alone and bench_province; null: SQLite.</param>
    /// <param name="pupils">Of the province.</param>
    internal static async Task RunAsync(string? server, int pupils)
    {
        var instance = Instance.Compose(
            [new NationalModule(), new ChuxiongModule()],
            _ => null,
            new HolidayFolder("").Table(),
            TimeProvider.System
        );
        var county = DivisionCode.Of(532331);
        List<DivisionCode> counties =
        [
            .. Enumerable
                .Range(0, (pupils / OfCounty) - 1)
                .Select(n => DivisionCode.Of(530101 + (n / 10 * 100) + (n % 10)))
                .Where(code => code != county),
            county,
        ];
        using var alone = await Place.StartAsync(instance, server, "alone", [county]);
        using var province = await Place.StartAsync(instance, server, "province", counties);
        HttpClient here = await alone.ClientAsync("county", Grant.ForDivision(Role.County, county)),
            there = await province.ClientAsync("county", Grant.ForDivision(Role.County, county)),
            above = await province.ClientAsync("province", Grant.ForDivision(Role.Province, county.Province));
        var pupil = Province.FirstOf(county);
        Console.WriteLine(
            $"{counties.Count} counties of {OfCounty} pupils, {(server is null ? "SQLite" : "PostgreSQL")}"
        );
        Console.WriteLine("| asked | county user | the same, alone | ratio | province user |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (
            var (title, path, posted) in new (string, string, string?)[]
            {
                ("home", "/", null),
                ("indicators", "/indicators", null),
                ("a pupil's page", $"/students/{pupil}", null),
                ("students by part of a name", "/students?q=阿木", null),
                ("students by full ID number", "/students", Province.IdOf(county, 7)),
                ("students by a roll number that every school has", "/students", Province.CommonNumber),
                ("list of students: first page", "/lists/Students", null),
                ("last page", "/lists/Students?last=true", null),
                ("first page by name", "/lists/Students?sort=Name", null),
                ("last page by name", "/lists/Students?sort=Name&last=true", null),
                ("list of rolls: first page", "/lists/Rolls", null),
                ("last page", "/lists/Rolls?last=true", null),
                ("all lists", "/lists", null),
                ("OData: top 50 by name", "/odata/Students?$orderby=Name&$top=50", null),
                ("OData: $count", "/odata/Students/$count", null),
                ("OData: rolls grouped by grade", "/odata/Rolls?$apply=groupby((Grade),aggregate($count as N))", null),
            }
        )
        {
            List<double> county1 = [],
                alone1 = [],
                province1 = [];
            for (var round = -3; round < Rounds; round++)
            {
                var (a, b) = (await TimeAsync(here, path, posted), await TimeAsync(there, path, posted));
                var c = await TimeAsync(above, path, posted);
                if (round < 0)
                    continue;
                alone1.Add(a);
                county1.Add(b);
                province1.Add(c);
            }

            var (mine, own, all) = (Measured.Median(county1), Measured.Median(alone1), Measured.Median(province1));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {title} | {mine:0.0} ms | {own:0.0} ms | {mine / own:0.00} | {all:0.0} ms |"
                )
            );
        }
    }

    private static async Task<double> TimeAsync(HttpClient client, string path, string? posted)
    {
        var start = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(posted is null ? HttpMethod.Get : HttpMethod.Post, path);
        if (posted is not null)
            request.Content = new FormUrlEncodedContent([
                new("_form", client.DefaultRequestHeaders.GetValues("X-Form").Single()),
                new("q", posted),
            ]);
        using var answer = await client.SendAsync(request);
        if ((int)answer.StatusCode >= 400)
            throw new InvalidOperationException(
                $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
            );
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>A server on a database of its own.</summary>
    private sealed class Place : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("eduassist-bench-").FullName;
        private CommandExecutor commands = null!;
        private WebApplication app = null!;

        internal static async Task<Place> StartAsync(
            Instance instance,
            string? server,
            string name,
            IReadOnlyList<DivisionCode> counties
        )
        {
            var place = new Place();
            var where = server is null ? Path.Combine(place.folder, "bench.db") : $"{server};Database=bench_{name}";
            var database = new Database(where, place.folder, null, instance.Tables);
            database.Upgrade(instance.Today.Now, _ => { });
            place.commands = new CommandExecutor(instance, database);
            await place.commands.PrepareDatabaseAsync();
            await FillAsync(place.commands, counties);
            place.app = WebServer.Create(instance, place.commands, ["http://127.0.0.1:0"], _ => { });
            place.app.MapOData(
                place.commands,
                instance.Catalogue.Listings,
                new() { Seconds = 600 },
                http => http.Features.Get<Actor>()!,
                instance.MeaningOf
            );
            await place.app.StartAsync();
            return place;
        }

        private static async Task FillAsync(CommandExecutor commands, IReadOnlyList<DivisionCode> counties)
        {
            var clock = Stopwatch.StartNew();
            // one pupil as the program writes them: everybody's number is as long, and as dear to read
            await commands.ExecuteAsync(new(Actor.Program), work =>
            {
                work.Db.Add(
                    new Office.Registry.Student
                    {
                        Id = work.NewId(),
                        Name = "示例",
                        Scope = "99",
                        ResidentId = "532331201001010007",
                    }
                );
                work.Audit("bench/fill", null, "");
                return Task.FromResult(CommandResult.Done());
            });
            await using var db = commands.Database.OpenUnfiltered();
            await db.Database.OpenConnectionAsync();
            var past = db.Database.GetDbConnection();
            await using var command = past.CreateCommand();
            command.CommandText = """SELECT "ResidentId" FROM core_student WHERE "Scope" = '99'""";
            Province province = new(past, commands.Database.Keys)
            {
                ResidentId = (byte[])(await command.ExecuteScalarAsync())!,
            };
            foreach (var county in counties)
                await province.FillAsync(county, OfCounty);
            if (commands.Database.Kind == DatabaseKind.PostgreSql)
            {
                command.CommandText = "VACUUM ANALYZE";
                await command.ExecuteNonQueryAsync();
            }

            Console.Error.WriteLine($"{counties.Count * OfCounty} pupils in {clock.Elapsed.TotalSeconds:0} s");
        }

        /// <summary>A user, signed in, with the token that forms carry.</summary>
        internal async Task<HttpClient> ClientAsync(string name, params IReadOnlyList<Grant> grants)
        {
            const string Scheme = BearerTokenDefaults.AuthenticationScheme;
            var user = new User
            {
                Id = Guid.NewGuid(),
                Name = name,
                ComparedName = name.ToUpperInvariant(),
                Stamp = name,
                CreatedAt = commands.Policy.Today.Now,
            };
            await commands.ExecuteAsync(new(Actor.Program), work =>
            {
                work.Db.Add(user);
                work.Db.AddRange(
                    grants.Select(g => new StoredGrant
                    {
                        UserId = user.Id,
                        Role = g.Role.Name,
                        Scope = g.Scope,
                    })
                );
                work.Audit("user/make", user.Id, "");
                return Task.FromResult(CommandResult.Done());
            });
            var ticket = new AuthenticationTicket(
                Accounts.Principal(user, Scheme),
                new() { ExpiresUtc = TimeProvider.System.GetUtcNow().AddHours(5) },
                Scheme
            );
            var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true })
            {
                BaseAddress = new(
                    app.Services.GetRequiredService<IServer>()
                        .Features.Get<IServerAddressesFeature>()!
                        .Addresses.Single()
                ),
            };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                app.Services.GetRequiredService<IOptionsMonitor<BearerTokenOptions>>()
                    .Get(Scheme)
                    .BearerTokenProtector.Protect(ticket)
            );
            var page = await client.GetStringAsync("/account");
            const string Field = "name=\"_form\" value=\"";
            var token = page[(page.IndexOf(Field, StringComparison.Ordinal) + Field.Length)..];
            client.DefaultRequestHeaders.Add("X-Form", token[..token.IndexOf('"', StringComparison.Ordinal)]);
            return client;
        }

        public void Dispose()
        {
            app.DisposeAsync().AsTask().GetAwaiter().GetResult();
            commands.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }
}
