using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduAssist.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace EduAssist.OData;

/// <summary>
/// One question of a <c>$batch</c>, as a batch of its own: the package reads all or nothing, and one that it cannot
/// read must not take the others with it.
/// </summary>
/// <param name="Body">The batch of one.</param>
internal sealed record BatchPart(byte[] Body)
{
    /// <summary>Its name in a batch of JSON; null: it has none.</summary>
    internal string? Id { get; private init; }

    /// <summary>The group that it belongs to.</summary>
    internal string? Group { get; private init; }

    /// <summary>The questions, or groups of them, without whose answers it makes no sense.</summary>
    internal IReadOnlyList<string> DependsOn { get; private init; } = [];

    /// <summary>Whether only the head of the answer is asked for; the package knows no HEAD.</summary>
    internal bool IsHead { get; private init; }

    /// <summary>The parts of a request.</summary>
    internal static async Task<IReadOnlyList<BatchPart>> ReadAsync(HttpRequest request, Limits limits)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        if (body.Length > limits.BatchBytes)
            throw QueryException.Limit($"$batch 最多 {limits.BatchBytes} 字节。");
        body.Position = 0;
        IReadOnlyList<BatchPart> parts;
        try
        {
            parts = Boundary(request) is { Length: > 0 } boundary
                ? await SectionsAsync(body, boundary)
                : Requests(body);
        }
        catch (Exception wrong)
            when (wrong is JsonException or InvalidOperationException or IOException or InvalidDataException)
        {
            throw Unreadable;
        }

        return parts.Count <= limits.Batch ? parts : throw QueryException.Limit($"$batch 最多 {limits.Batch} 个请求。");
    }

    internal static QueryException Unreadable =>
        QueryException.Invalid(
            "$batch 无法理解：正文须为 JSON 或 multipart/mixed 的一批请求，地址都在本服务之内，id 互不相同。"
        );

    /// <summary>A batch of one question that says nothing, in the form of the request.</summary>
    internal static byte[] Empty(HttpRequest request, string? id) =>
        Encoding.UTF8.GetBytes(
            id is not null
                ? One(
                    new()
                    {
                        ["id"] = id,
                        ["method"] = "GET",
                        ["url"] = ODataService.Prefix,
                        ["headers"] = new JsonObject(),
                    }
                )
                : $"--{Boundary(request)}\r\nContent-Type: application/http\r\n"
                    + $"Content-Transfer-Encoding: binary\r\n\r\nGET {ODataService.Prefix} HTTP/1.1\r\n\r\n\r\n"
                    + $"--{Boundary(request)}--\r\n"
        );

    private static string One(JsonObject request) =>
        new JsonObject { ["requests"] = new JsonArray(request.DeepClone()) }.ToJsonString();

    private static string Boundary(HttpRequest request) =>
        HeaderUtilities.RemoveQuotes(request.GetTypedHeaders().ContentType!.Boundary).ToString();

    private static List<BatchPart> Requests(Stream body)
    {
        if (JsonNode.Parse(body) is not JsonObject batch || batch["requests"] is not JsonArray requests)
            throw Unreadable;
        List<BatchPart> parts = [.. requests.Select(Request)];
        return parts.Any(p => UnsafeCharacters.AreIn(p.Id))
                ? throw QueryException.Invalid("$batch 中请求的 id 有控制字符。")
            : parts.DistinctBy(p => p.Id).Count() < parts.Count ? throw Unreadable
            : parts;
    }

    private static BatchPart Request(JsonNode? node)
    {
        var request = node as JsonObject ?? throw Unreadable;
        var id = (string?)request["id"] ?? throw Unreadable;
        var group = (string?)request["atomicityGroup"];
        var depends = (request["dependsOn"] as JsonArray ?? []).Select(d => (string)d!).ToList();
        var isHead =
            request["method"] is JsonValue method && $"{method}".Equals("HEAD", StringComparison.OrdinalIgnoreCase);
        request.Remove("atomicityGroup"); // nothing is changed here, so that nothing is to be taken back
        request.Remove("dependsOn");
        if (isHead)
            request["method"] = HttpMethods.Get;
        if (!request.ContainsKey("headers"))
            request["headers"] = new JsonObject(); // the package reads none for an error
        return new(Encoding.UTF8.GetBytes(One(request)))
        {
            Id = id,
            Group = group,
            DependsOn = depends,
            IsHead = isHead,
        };
    }

    private static async Task<List<BatchPart>> SectionsAsync(Stream body, string boundary)
    {
        const string Head = "HEAD ";
        List<BatchPart> parts = [];
        var reader = new MultipartReader(boundary, body) { HeadersLengthLimit = 16_384 };
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using var text = new StreamReader(section.Body, Encoding.UTF8);
            var question = await text.ReadToEndAsync();
            var isHead = question.StartsWith(Head, StringComparison.OrdinalIgnoreCase);
            var headers = string.Concat((section.Headers ?? []).Select(h => $"{h.Key}: {h.Value}\r\n"));
            if (isHead)
                question = $"GET {question[Head.Length..]}";
            var whole = $"--{boundary}\r\n{headers}\r\n{question}\r\n--{boundary}--\r\n";
            parts.Add(new(Encoding.UTF8.GetBytes(whole)) { IsHead = isHead });
        }

        return parts.Count > 0 ? parts : throw Unreadable;
    }
}
