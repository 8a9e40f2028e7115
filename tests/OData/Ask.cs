using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduAssist.OData.Oracle;
using EduAssist.OData.Toy;

namespace EduAssist.OData;

/// <summary>One server for all tests of a class that only ask: some hundred things of the toy.</summary>
public abstract class AskedOnly(DatabaseKind kind) : IAsyncLifetime
{
    internal static readonly IReadOnlyList<Maker> Makers = RandomRows.Makers(new Random(1), 12);
    internal static readonly IReadOnlyList<Thing> Things = RandomRows.Things(new Random(2), Makers, 200);

    internal DatabaseKind Kind => kind;

    public Served Served { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (kind.IsAvailable())
            Served = await Served.Start(kind, [.. Makers, .. Things]);
    }

    public ValueTask DisposeAsync() => Served is null ? default : Served.DisposeAsync();
}

public sealed class AskedOnSqlite() : AskedOnly(DatabaseKind.Sqlite);

public sealed class AskedOnPostgreSql() : AskedOnly(DatabaseKind.PostgreSql);

/// <summary>Words of tests.</summary>
internal static class Ask
{
    /// <summary>A refusal as OData writes it.</summary>
    internal static async Task<(int Status, string Code)> Refusal(
        this Served served,
        string path,
        params (string Name, string Value)[] headers
    )
    {
        using var answer = await served.Get(Asking.Escaped(path), headers);
        if (answer.IsSuccessStatusCode)
            return ((int)answer.StatusCode, "");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("4.0", answer.Headers.GetValues("OData-Version").Single());
        var error = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;
        Assert.NotEmpty((string)error["message"]!);
        return ((int)answer.StatusCode, (string)error["code"]!);
    }
}
