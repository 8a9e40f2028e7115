using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduAssist.Host;

namespace EduAssist.OData;

/// <summary>The real host with its demo of one day, for clients that are not ours.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    internal static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Clients");

    private readonly Workplace place = new();
    private HostProcess? process;

    /// <summary>Who asks: somebody who sees every row, by a key that only reads.</summary>
    internal string User => "everybody";

    internal string Key { get; private set; } = "";

    internal HttpClient Client => process!.Client;

    internal string Address => Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    /// <summary>What scripts of clients read first.</summary>
    internal string Asking =>
        JsonSerializer.Serialize(
            new
            {
                server = Address,
                user = User,
                key = Key,
            }
        );

    public async ValueTask InitializeAsync()
    {
        if (ExternalProgram.Node.Missing() is not null)
            return; // each test says so
        process = await HostProcess.Serve(place, ["--demo", "--today", "2021-05-13"]);
        using var made = await Client.PostAsJsonAsync("/api/auth/keys", new { title = "clients", days = 1 });
        var text = await made.Content.ReadAsStringAsync();
        Assert.True(made.IsSuccessStatusCode, text);
        Key = (string)JsonNode.Parse(text)!["key"]!;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        place.Dispose();
    }

    /// <summary>The rows of an answer, asked plainly.</summary>
    internal async Task<IReadOnlyList<JsonNode>> Rows(string query) =>
        [.. (await Client.GetFromJsonAsync<JsonNode>($"/odata/{Oracle.Asking.Escaped(query)}"))!["value"]!.AsArray()!];
}

/// <summary>The tests whose clients stand in one folder: one after the other, before one demo.</summary>
[CollectionDefinition(nameof(ClientFolder))]
public sealed class ClientFolder : ICollectionFixture<DemoFixture>;
