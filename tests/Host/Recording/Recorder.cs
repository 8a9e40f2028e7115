using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace EduAssist.Host.Recording;

/// <summary>An answer, for those requests that need something of an earlier one.</summary>
internal sealed record Answer(int Status, string? Version, string Text)
{
    internal JsonNode Json => JsonNode.Parse(Text)!;

    internal string Id => (string)Json["id"]!;
}

/// <summary>Asks a server as several users, and writes down what they asked and what they were answered, a file a
/// family of routes.</summary>
internal sealed class Recorder(Placeholders words)
{
    internal const string Begins = "════ ";

    /// <summary>In this order; what every answer has (kind, security headers) is written once, of
    /// <c>openapi</c>.</summary>
    private static readonly IReadOnlyList<string> Headers =
    [
        "Content-Type",
        "Content-Disposition",
        "Location",
        "ETag",
        "Allow",
        "WWW-Authenticate",
        "Vary",
        "Cache-Control",
        "OData-Version",
        "Retry-After",
        "Preference-Applied",
    ];

    private readonly Dictionary<string, string> tokens = [];
    private readonly Dictionary<string, StringBuilder> files = [];
    private HttpClient client = Plain(null);
    private StringBuilder file = new();

    internal IReadOnlyDictionary<string, string> Files => files.ToDictionary(f => f.Key, f => f.Value.ToString());

    internal Placeholders Words => words;

    /// <summary>Requests from now on go to this server, into this file.</summary>
    internal void Begin(string family)
    {
        words.Begin();
        files[family] = file = new();
    }

    /// <summary>A server, as these users of its demo.</summary>
    internal async Task Meet(Uri server, params IEnumerable<string> users)
    {
        client = Plain(server);
        tokens.Clear();
        foreach (var user in users)
        {
            using var answer = await client.PostAsJsonAsync("/api/auth/token", new { user, password = $"demo-{user}" });
            await Know(user, answer);
        }
    }

    /// <summary>Somebody else, who signed in otherwise.</summary>
    internal void Know(string user, string token) => tokens[user] = token;

    /// <summary>Rows as they are, of which nothing is written down.</summary>
    internal async Task<IReadOnlyList<JsonNode>> Rows(string user, string set, string query) =>
        [.. (await Look(user, $"/odata/{set}?{query}"))["value"]!.AsArray().OfType<JsonNode>()];

    /// <summary>The same of one thing.</summary>
    internal async Task<JsonNode> Look(string user, string path, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", tokens[user]);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    internal Task<Answer> Get(string user, string path, params (string, string)[] headers) =>
        Ask(user, HttpMethod.Get, path, null, null, headers);

    /// <summary>By a key in the place of a password.</summary>
    internal Task<Answer> ByKey(string basic, string path) => Get("key", path, ("Authorization", $"Basic {basic}"));

    internal Task<Answer> Page(string user, string path) =>
        Ask(user, HttpMethod.Get, path, null, null, ("Accept", "text/html"));

    internal Task<Answer> Post(string user, string path, string? json, params (string, string)[] headers) =>
        Ask(user, HttpMethod.Post, path, json, json is null ? null : "application/json", headers);

    internal Task<Answer> Put(string user, string path, string? json, params (string, string)[] headers) =>
        Ask(user, HttpMethod.Put, path, json, json is null ? null : "application/json", headers);

    internal Task<Answer> Delete(string user, string path) => Ask(user, HttpMethod.Delete, path, null, null);

    /// <summary>A step with the version that was seen.</summary>
    internal Task<Answer> Step(
        string user,
        Answer seen,
        string path,
        string json = "{}",
        params (string, string)[] headers
    ) => Post(user, path, json, [("If-Match", seen.Version!), .. headers]);

    internal Task<Answer> Ask(
        string user,
        HttpMethod method,
        string path,
        string? body,
        string? type,
        params (string, string)[] headers
    ) => Ask(user, method, path, body, type, text => text, headers);

    /// <summary>The same where rows come in no order that anybody promised: they are put in the order of their
    /// texts.</summary>
    internal Task<Answer> Unordered(string user, string path, params (string, string)[] headers) =>
        Ask(user, HttpMethod.Get, path, null, null, Arranged.Rows, headers);

    /// <summary>A list in, whose answer tells of those that are missing in it.</summary>
    internal Task<Answer> In(string user, string path, string csv, params (string, string)[] headers) =>
        Ask(user, HttpMethod.Post, path, csv, "text/csv", Arranged.Missing, headers);

    private async Task<Answer> Ask(
        string user,
        HttpMethod method,
        string path,
        string? body,
        string? type,
        Func<string, string> arrange,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (tokens.TryGetValue(user, out var token))
            request.Headers.Authorization = new("Bearer", token);
        if (body is not null)
            request.Content = Asking.Body(Encoding.UTF8.GetBytes(body), type ?? "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        var text = new StringBuilder($"{Begins}{user} {method} {path}\n");
        foreach (var (name, value) in headers.Where(h => h.Name != "Authorization"))
            text.Append($"{name}: {value}\n");
        if (type is not null and not "application/json")
            text.Append($"Content-Type: {type}\n");
        if (body is not null)
            text.Append(body).Append('\n');
        text.Append($"── {(int)answer.StatusCode}\n");
        foreach (var name in Headers)
            if (Values(answer, name) is { } values)
                text.Append($"{name}: {values}\n");
        var stable = words.Stable(text.ToString());
        var shown = arrange(words.Stable(Readable.Text(bytes, answer.Content.Headers.ContentType?.MediaType)));
        file.Append(stable).Append(shown);
        if (shown.Length > 0)
            file.Append('\n');
        file.Append('\n');
        return new((int)answer.StatusCode, answer.Headers.ETag?.ToString(), Encoding.UTF8.GetString(bytes));
    }

    /// <summary>Every header of an answer, once.</summary>
    internal async Task Kept(string user, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (tokens.TryGetValue(user, out var token))
            request.Headers.Authorization = new("Bearer", token);
        using var answer = await client.SendAsync(request);
        file.Append($"{Begins}{user} GET {path}, every header\n");
        foreach (
            var (name, values) in answer
                .Headers.Concat(answer.Content.Headers)
                .OrderBy(h => h.Key, StringComparer.Ordinal)
                .Where(h => h.Key is not ("Date" or "Content-Length" or "Transfer-Encoding"))
        )
            file.Append(words.Stable($"{name}: {string.Join(", ", values)}\n"));
        file.Append('\n');
    }

    /// <summary>Nobody is signed in unless a request says so, and nothing is followed.</summary>
    private static HttpClient Plain(Uri? server) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server };

    private static string? Values(HttpResponseMessage answer, string name) =>
        (answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values))
            ? string.Join(", ", values)
            : null;

    private async Task Know(string user, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{user}: {text}");
        tokens[user] = (string)JsonNode.Parse(text)!["accessToken"]!;
    }
}
