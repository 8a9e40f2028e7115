using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(EduAssist.Host.Server))]

namespace EduAssist.Host;

/// <summary>One server as it is shipped, for all tests that only ask.</summary>
public sealed class Server : IAsyncLifetime
{
    internal const string Class = "/api/programmes/chuxiong.vocational-class/assess";

    private readonly Workplace place = new();
    private HostProcess? process;

    internal HttpClient Client => process!.Client;

    public async ValueTask InitializeAsync() => process = await HostProcess.Serve(place);

    public async ValueTask DisposeAsync()
    {
        await process!.DisposeAsync();
        place.Dispose();
    }

    internal Task<JsonNode> Get(string path) => Client.Json(path);

    internal Task<JsonNode> Refused(HttpStatusCode status, string path) =>
        Client.Refused(status, new(HttpMethod.Get, path));

    internal Task<JsonNode> Refused(
        HttpStatusCode status,
        string path,
        string body,
        string type = "application/json"
    ) => Refused(status, path, Encoding.UTF8.GetBytes(body), type);

    internal Task<JsonNode> Refused(
        HttpStatusCode status,
        string path,
        byte[] body,
        string type = "application/json"
    ) => Client.Refused(status, new(HttpMethod.Post, path) { Content = Asking.Body(body, type) });
}

/// <summary>Asking a server as a script would.</summary>
internal static class Asking
{
    internal static ByteArrayContent Body(byte[] body, string type) =>
        new(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    internal static async Task<JsonNode> Json(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    internal static async Task<JsonNode> Assess(this HttpClient client, string path, string body)
    {
        using var content = Body(Encoding.UTF8.GetBytes(body), "application/json");
        using var answer = await client.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{body}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Many lines in, as many out.</summary>
    internal static async Task<List<JsonNode>> AssessLines(
        this HttpClient client,
        string path,
        IEnumerable<string> lines,
        bool readsWhileItSends = true
    )
    {
        using var content = Body(
            Encoding.UTF8.GetBytes(string.Join('\n', lines)),
            "application/x-ndjson; charset=utf-8"
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = content,
            Headers = { ExpectContinue = readsWhileItSends },
        };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        return
        [
            .. (await answer.Content.ReadAsStringAsync())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => JsonNode.Parse(l)!),
        ];
    }

    /// <summary>
    /// Refused as promised: RFC 9457 with a Chinese title, the status, what is wrong, and a trace id.
    /// </summary>
    internal static async Task<JsonNode> Refused(
        this HttpClient client,
        HttpStatusCode status,
        HttpRequestMessage request
    )
    {
        using var asked = request;
        using var answer = await client.SendAsync(asked);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{request.RequestUri}: {(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.Contains((string)problem["title"]!, c => c is >= '\u4e00' and <= '\u9fff');
        Assert.NotEmpty((string)problem["type"]!);
        Assert.Contains((string?)problem["detail"] ?? "", c => c is >= '\u4e00' and <= '\u9fff');
        Assert.NotEmpty((string?)problem["traceId"] ?? "");
        return problem;
    }

    internal static string[] Texts(this JsonNode? list) => [.. list!.AsArray().Select(x => (string)x!)];
}
