using System.Text.Json.Nodes;

namespace EduAssist.OData;

/// <summary>Walks from page to page, as a client does: by the next link, as it is given.</summary>
internal static class Walk
{
    /// <summary>A column of every row, page by page.</summary>
    internal static async IAsyncEnumerable<IReadOnlyList<string>> Pages(
        this Served served,
        string query,
        int size,
        string column = "Id"
    )
    {
        var url = new Uri(served.Root, query);
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Prefer", $"odata.maxpagesize={size}");
            using var answer = await served.Client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{url}: {text}");
            var page = JsonNode.Parse(text)!;
            yield return [.. page["value"]!.AsArray().Select(r => r![column]!.ToString())];
            if ((string?)page["@odata.nextLink"] is not { } next)
                yield break;
            url = new(next);
        }
    }

    internal static async Task<List<string>> Everything(
        this Served served,
        string query,
        int size,
        string column = "Id"
    )
    {
        List<string> all = [];
        await foreach (var page in served.Pages(query, size, column))
            all.AddRange(page);
        return all;
    }
}
