using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EduAssist.Chuxiong;
using EduAssist.OData.Toy;
using EduAssist.Office.Users;
using EduAssist.Web;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.OData;

/// <summary>
/// The real server over HTTP with the toy's listings and Chuxiong's, on a database of its own; or the same one before
/// another reader.
/// </summary>
public sealed class Served(Stored stored, Limits? limits = null, Served? same = null) : IAsyncLifetime
{
    private WebApplication? app;

    public Stored Stored => stored;

    public HttpClient Client { get; } =
        new(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All })
        {
            Timeout = TimeSpan.FromMinutes(2),
        };

    public Uri Root => new(Client.BaseAddress!, "/odata/");

    public static async Task<Served> Start(DatabaseKind kind, IReadOnlyList<object>? rows = null, Limits? limits = null)
    {
        var served = new Served(await Empty(kind), limits);
        if (rows is not null)
            await served.Fill(rows);
        await served.InitializeAsync();
        return served;
    }

    /// <summary>A database with nothing but the reference data.</summary>
    internal static Task<Stored> Empty(DatabaseKind kind) =>
        Stored.Like(kind, new(2026, 3, 2), _ => Task.CompletedTask, null, new ChuxiongModule(), new ToyModule());

    public async ValueTask InitializeAsync()
    {
        app = WebServer.Create(Stored.Instance, Stored.Commands, ["http://127.0.0.1:0"], _ => { });
        app.MapOData(
            Stored.Commands,
            Stored.Instance.Catalogue.Listings,
            limits ?? new(),
            http => http.Actor(),
            Stored.Instance.MeaningOf
        );
        await app.StartAsync();
        Client.DefaultRequestHeaders.Authorization = await SignedIn(Stored.Commands);
        Client.BaseAddress = new(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
        );
    }

    /// <summary>The same server before somebody else.</summary>
    /// <param name="scopes">Where they are something; none: nowhere.</param>
    public async Task<Served> As(params IReadOnlyList<string> scopes)
    {
        var reader = new Served(stored, limits, this) { Client = { BaseAddress = Client.BaseAddress } };
        reader.Client.DefaultRequestHeaders.Authorization = await SignedIn(
            Stored.Commands,
            [.. scopes.Select(s => new Grant(Role.Auditor, s))]
        );
        return reader;
    }

    /// <summary>Somebody who sees everything.</summary>
    internal static Task<AuthenticationHeaderValue> SignedIn(CommandExecutor commands) =>
        SignedIn(commands, [new(Role.Administrator, ""), new(Role.Auditor, "")]);

    /// <summary>Somebody with a key, as a spreadsheet has one.</summary>
    private static async Task<AuthenticationHeaderValue> SignedIn(CommandExecutor commands, IReadOnlyList<Grant> grants)
    {
        var user = Guid.NewGuid();
        var name = $"reader-{user:n}";
        var made = await commands.ExecuteAsync(new(Actor.Program), work =>
        {
            work.Db.Add(
                new User
                {
                    Id = user,
                    Name = name,
                    ComparedName = name.ToUpperInvariant(),
                    CreatedAt = work.Now,
                }
            );
            work.Db.AddRange(
                grants.Select(g => new StoredGrant
                {
                    UserId = user,
                    Role = g.Role.Name,
                    Scope = g.Scope,
                })
            );
            work.Audit("user/make", user, "");
            return Task.FromResult(CommandResult.Done());
        });
        Assert.Equal(ResultKind.Done, made.Kind);
        var (_, secret) = await Accounts.MakeKeyAsync(commands, user, new(name), "test", onlyReads: false, days: 1);
        return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}")));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
            await app.DisposeAsync();
        if (same is null)
            stored.Dispose();
    }

    /// <summary>Puts rows there, some thousand in a command.</summary>
    public async Task Fill(IReadOnlyList<object> rows)
    {
        foreach (var part in rows.Chunk(5000))
        {
            await Stored.Do(work =>
            {
                work.Db.ChangeTracker.AutoDetectChangesEnabled = false;
                work.Db.AddRange(part);
                work.Audit("toy/fill", null, "");
                return Task.FromResult(CommandResult.Done());
            });
        }
    }

    public Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/odata/{path}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request);
    }

    /// <summary>An answer that must be there.</summary>
    public async Task<JsonObject> Json(string path, params (string Name, string Value)[] headers)
    {
        using var answer = await Get(path, headers);
        Assert.True(
            answer.IsSuccessStatusCode,
            $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
        );
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    /// <summary>The rows of an answer.</summary>
    public async Task<IReadOnlyList<JsonObject>> Rows(string path) =>
        [.. (await Json(path))["value"]!.AsArray().Select(r => r!.AsObject())];
}
