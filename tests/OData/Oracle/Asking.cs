using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.OData.Oracle;

/// <summary>Asks the server, and compares its answer with what it must be.</summary>
internal static partial class Asking
{
    /// <summary>What is wrong with the answer to a query; null: nothing.</summary>
    /// <param name="served">The server.</param>
    /// <param name="query">The query.</param>
    /// <param name="plant">A fault that is planted in it on its way.</param>
    /// <param name="size">How many rows a page may have; the pages are one answer.</param>
    /// <param name="batched">Whether each page is asked for in a batch.</param>
    internal static async Task<string?> Fault(
        this Served served,
        RandomQuery query,
        Func<string, string>? plant = null,
        int size = 1000,
        bool batched = false
    )
    {
        List<JsonNode> rows = [];
        long? counted = null;
        for (var url = new Uri(served.Root, Escaped(plant?.Invoke(query.Path) ?? query.Path)); url is not null; )
        {
            var (status, text) = batched ? await served.InBatch(url, size) : await served.Page(url, size);
            if (status != HttpStatusCode.OK)
                return $"{(int)status} {text}";
            var page = JsonNode.Parse(text)!;
            counted ??= (long?)page["@odata.count"];
            rows.AddRange(page["value"]!.AsArray().Select(r => r!));
            url = (string?)page["@odata.nextLink"] is { } next ? new(next) : null;
        }

        if (query.Count is { } count && counted != count)
            return $"count {counted}, not {count}";
        if (rows.Count != query.Rows.Count)
            return $"{rows.Count} rows, not {query.Rows.Count}";
        return query.IsOrdered
            ? rows.Zip(query.Rows).Select(p => Different(p.First, p.Second)).FirstOrDefault(d => d is not null)
            : Different(rows, [.. query.Rows]);
    }

    /// <summary>
    /// Everything that an address answers, page by page, as one text: of a list for spreadsheets its rows.
    /// </summary>
    internal static async Task<string> Whole(this Served served, string path, int size)
    {
        var text = new StringBuilder();
        for (var url = new Uri(served.Root, Escaped(path)); url is not null; )
        {
            var (status, body) = await served.Page(url, size);
            text.Append((int)status).Append(' ').AppendLine(body);
            url =
                body.StartsWith('{') && (string?)JsonNode.Parse(body)!["@odata.nextLink"] is { } next
                    ? new(next)
                    : null;
        }

        return text.ToString();
    }

    private static async Task<(HttpStatusCode Status, string Body)> InBatch(this Served served, Uri url, int size)
    {
        using var answer = await served.Client.PostAsJsonAsync(
            new Uri(served.Root, "$batch"),
            new JsonObject
            {
                ["requests"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = "1",
                        ["method"] = "GET",
                        ["url"] = url.AbsoluteUri,
                        ["headers"] = new JsonObject { ["Prefer"] = $"odata.maxpagesize={size}" },
                    }
                ),
            }
        );
        if (!answer.IsSuccessStatusCode)
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        var one = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["responses"]![0]!;
        return ((HttpStatusCode)(int)one["status"]!, one["body"]!.ToJsonString());
    }

    private static async Task<(HttpStatusCode Status, string Body)> Page(this Served served, Uri url, int size)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Prefer", $"odata.maxpagesize={size}");
        using var answer = await served.Client.SendAsync(request);
        if (
            answer.Content.Headers.ContentType?.MediaType
            != "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        using var list = SpreadsheetReader.Open(
            new MemoryStream(await answer.Content.ReadAsByteArrayAsync()),
            SpreadsheetFormat.Xlsx
        );
        return (
            answer.StatusCode,
            string.Join(
                '\n',
                list.Rows.Select(r => string.Join('|', r.Cells.Select(c => c.Text)))
                    .Prepend(string.Join('|', list.Headers))
            )
        );
    }

    /// <summary>A path with its options as they are read, as it is sent.</summary>
    internal static string Escaped(string query) =>
        query.Split('?', 2) is [var path, var options]
            ? $"{path}?{string.Join('&', Option().Split(options).Select(o => o.Split('=', 2) is [var name, var value] ? $"{name}={Uri.EscapeDataString(value)}" : o))}"
            : query;

    [GeneratedRegex(@"&(?=(?:\$\w+|@\w|top|filter)=)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option();

    private static string? Different(List<JsonNode> rows, List<IReadOnlyDictionary<string, object?>> left)
    {
        foreach (var row in rows)
        {
            var found = left.FindIndex(expected => Different(row, expected) is null);
            if (found < 0)
                return $"{row.ToJsonString()} is none of the groups; not {Different(row, left[0])}";
            left.RemoveAt(found);
        }

        return null;
    }

    private static string? Different(JsonNode row, IReadOnlyDictionary<string, object?> expected)
    {
        foreach (var (name, value) in expected)
        {
            var given = name.Split('/').Aggregate((JsonNode?)row, (node, part) => node?[part]);
            if (!Same(given, value))
                return $"{name}: {given?.ToJsonString() ?? "null"}, not {value ?? "null"}";
        }

        return null;
    }

    private static bool Same(JsonNode? given, object? expected) =>
        expected switch
        {
            null => given is null,
            _ when given is null => false,
            double number => Math.Abs((double)given - number) < 1e-9,
            decimal number => Math.Abs((decimal)given - number) < 1e-12m,
            long number => given.GetValueKind() == JsonValueKind.Number && (decimal)given == number,
            bool flag => given.GetValueKind() == (flag ? JsonValueKind.True : JsonValueKind.False),
            DateTimeOffset instant => DateTimeOffset.ParseExact((string)given!, "yyyy-MM-dd'T'HH:mm:ss.fffzzz", null)
                == instant,
            DateOnly day => (string)given! == $"{day:yyyy-MM-dd}",
            _ => (string)given! == expected.ToString(),
        };
}
