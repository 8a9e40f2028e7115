using EduAssist.Chuxiong;
using EduAssist.Core.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Web;

/// <summary>A server with Chuxiong's module, on a free port and a database of its own.</summary>
/// <param name="kind">Of the database.</param>
/// <param name="today">A fixed day; null: the clock.</param>
/// <param name="setting">The configuration; null: none.</param>
public sealed class Served(DatabaseKind kind = DatabaseKind.Sqlite, DateOnly? today = null, Func<string, string?>? setting = null) : IAsyncLifetime
{
    private WebApplication? app;

    public Stored Stored { get; } = new(kind, today, setting, new ChuxiongModule());

    public HttpClient Client { get; } = new();

    public async ValueTask InitializeAsync()
    {
        app = WebServer.Create(Stored.Instance, Stored.Acts, ["http://127.0.0.1:0"], _ => { });
        await app.StartAsync();
        Client.BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null) await app.DisposeAsync();
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
