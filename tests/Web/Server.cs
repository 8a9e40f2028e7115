using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using EduAssist.Chuxiong;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Users;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EduAssist.Web;

/// <summary>A server with Chuxiong's module, on a free port and a database of its own.</summary>
/// <param name="kind">Of the database.</param>
/// <param name="today">A fixed day; null: the clock.</param>
/// <param name="setting">The configuration; null: none.</param>
/// <param name="access">Who may reach it; null: this machine.</param>
/// <param name="stored">The database; null: a new one.</param>
/// <param name="rounds">Of a password's hash; null: as many as are shipped.</param>
public sealed class Served(
    DatabaseKind kind = DatabaseKind.Sqlite,
    DateOnly? today = null,
    Func<string, string?>? setting = null,
    ServerOptions? access = null,
    Stored? stored = null,
    int? rounds = null
) : IAsyncLifetime
{
    private const string Tester = "tester";

    private WebApplication? app;

    public Stored Stored { get; } = stored ?? new(kind, today, setting, new ChuxiongModule());

    /// <summary>Of somebody who is every bureau of Chuxiong, every school, and administers everything.</summary>
    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Client = new(new EverySchool(Stored, Tester));
        app = WebServer.Create(
            Stored.Instance,
            Stored.Commands,
            ["http://127.0.0.1:0"],
            logging =>
                logging.Services.PostConfigure<PasswordHasherOptions>(hashing =>
                    hashing.IterationCount = rounds ?? hashing.IterationCount
                ),
            access
        );
        await app.StartAsync();
        Client.DefaultRequestHeaders.Authorization = await SignedIn(
            Tester,
            Everybody.In(Stored.Instance.Divisions, prefecture: 532300)
        );
        Client.BaseAddress = new(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
        );
    }

    /// <summary>Every route that there is.</summary>
    internal IEnumerable<RouteEndpoint> Endpoints =>
        app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>
    /// A user, who is made unless there is one of that name, and what a client of theirs sends: a token made here,
    /// since a password costs what it should.
    /// </summary>
    internal async Task<AuthenticationHeaderValue> SignedIn(string name, params IReadOnlyList<Grant> grants)
    {
        await using var db = Stored.Commands.Database.OpenUnfiltered();
        if (await db.Set<User>().SingleOrDefaultAsync(u => u.Name == name) is { } known)
            return Issue(known);
        var user = new User
        {
            Id = Guid.NewGuid(),
            Name = name,
            ComparedName = name.ToUpperInvariant(),
            Stamp = name,
            CreatedAt = Stored.Instance.Today.Now,
        };
        await Stored.Do(work =>
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
        return Issue(user);
    }

    /// <summary>What a client of a user sends now.</summary>
    internal AuthenticationHeaderValue Issue(User user)
    {
        const string Scheme = BearerTokenDefaults.AuthenticationScheme;
        var ticket = new AuthenticationTicket(
            Accounts.Principal(user, Scheme),
            new() { ExpiresUtc = TimeProvider.System.GetUtcNow().AddHours(1) },
            Scheme
        );
        return new(
            "Bearer",
            app!
                .Services.GetRequiredService<IOptionsMonitor<BearerTokenOptions>>()
                .Get(Scheme)
                .BearerTokenProtector.Protect(ticket)
        );
    }

    /// <summary>
    /// Another client, which nobody has signed in with, or somebody else; it follows no redirect and keeps no cookie.
    /// </summary>
    internal HttpClient Another(AuthenticationHeaderValue? signedIn = null, IPAddress? from = null) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectCallback = from is null
                    ? null
                    : async (context, cancellation) =>
                    {
                        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                        socket.Bind(new IPEndPoint(from, 0));
                        await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation);
                        return new NetworkStream(socket, ownsSocket: true);
                    },
            }
        )
        {
            BaseAddress = Client.BaseAddress,
            DefaultRequestHeaders = { Authorization = signedIn },
        };

    /// <summary>Serves no longer, as the program stops: what is under way ends first; the database stays.</summary>
    internal async Task Stop()
    {
        Client?.Dispose();
        if (app is null)
            return;
        await app.StopAsync();
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Stored.Dispose();
    }
}

/// <summary>One for all tests that only ask.</summary>
public sealed class Server : IAsyncLifetime
{
    private readonly Served served = new();

    public HttpClient Client => served.Client;

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();
}
