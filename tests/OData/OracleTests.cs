using System.Text.Json;
using System.Text.Json.Nodes;
using EduAssist.OData.Oracle;
using FsCheck;
using FsCheck.Fluent;

namespace EduAssist.OData;

/// <summary>Random queries over random rows answer as LINQ does in memory, on either database.</summary>
public class OracleTests
{
    private static readonly int Size = Nightly.Is ? 10_000 : 1_000;

    [Theory, EveryDatabase]
    public async Task Every_answer_is_that_of_LINQ_in_memory(DatabaseKind kind)
    {
        var seed = Nightly.Seed;
        var dice = new Random((int)seed);
        var makers = RandomRows.Makers(dice, 12);
        var things = RandomRows.Things(dice, makers, 200);
        await using var served = await Served.Start(kind, [.. makers, .. things]);
        List<string> wrong = [];
        foreach (var query in new Queries(things, makers).Any.Sample(50, new Rnd(seed), Size))
            if (await Fault(served, query) is { } fault) wrong.Add($"{query.Path}\n   {fault}");
        Assert.True(wrong.Count == 0, $"seed {seed}: {wrong.Count} of {Size}\n{string.Join('\n', wrong.Take(40))}");
    }

    /// <summary>What is wrong with an answer; null: nothing.</summary>
    private static async Task<string?> Fault(Served served, RandomQuery query)
    {
        var (path, options) = (query.Path[..query.Path.IndexOf('?', StringComparison.Ordinal)], query.Path[(query.Path.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        using var answer = await served.Get($"{path}?{Escape(options)}");
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) return $"{(int)answer.StatusCode} {text}";
        var json = JsonNode.Parse(text)!;
        if (query.Count is { } count && (long?)json["@odata.count"] != count) return $"count {json["@odata.count"]}, not {count}";
        var rows = json["value"]!.AsArray().Select(r => r!).ToList();
        if (rows.Count != query.Rows.Count) return $"{rows.Count} rows, not {query.Rows.Count}";
        if (query.IsOrdered)
            return rows.Zip(query.Rows).Select(p => Different(p.First, p.Second)).FirstOrDefault(d => d is not null);
        var left = query.Rows.ToList();
        foreach (var row in rows)
        {
            var found = left.FindIndex(expected => Different(row, expected) is null);
            if (found < 0) return $"{row.ToJsonString()} is none of the groups; e.g. {(left.Count > 0 ? Different(row, left[0]) : "")}";
            left.RemoveAt(found);
        }

        return null;
    }

    private static string? Different(JsonNode row, IReadOnlyDictionary<string, object?> expected)
    {
        foreach (var (name, value) in expected)
        {
            var given = name.Split('/').Aggregate((JsonNode?)row, (node, part) => node?[part]);
            if (!Same(given, value)) return $"{name}: {given?.ToJsonString() ?? "null"}, not {value ?? "null"}";
        }

        return null;
    }

    private static bool Same(JsonNode? given, object? expected) => expected switch
    {
        null => given is null,
        _ when given is null => false,
        double number => Math.Abs((double)given - number) < 1e-9,
        decimal number => Math.Abs((decimal)given - number) < 1e-12m,
        long number => given.GetValueKind() == JsonValueKind.Number && (decimal)given == number,
        bool flag => given.GetValueKind() == (flag ? JsonValueKind.True : JsonValueKind.False),
        DateTimeOffset instant => DateTimeOffset.ParseExact((string)given!, "yyyy-MM-dd'T'HH:mm:ss.fffzzz", null) == instant,
        DateOnly day => (string)given! == $"{day:yyyy-MM-dd}",
        _ => (string)given! == expected.ToString(),
    };

    internal static string Escape(string options) => string.Join('&', options.Split('&').Select(o => o.Split('=', 2) is [var name, var value] ? $"{name}={Uri.EscapeDataString(value)}" : o));
}
