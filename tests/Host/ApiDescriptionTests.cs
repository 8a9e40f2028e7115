using System.Text.Json.Nodes;

namespace EduAssist.Host;

/// <summary>
/// The description of the API says what a generator of clients needs: names, bodies, files, headers, words, and how one
/// signs in.
/// </summary>
public sealed class ApiDescriptionTests(Server server)
{
    [Fact]
    public async Task Nothing_is_left_out()
    {
        var description = (await server.Get("/openapi/v1.json")).AsObject();
        var faults = Faults(description).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(Operations(description).Count() > 100);
    }

    /// <summary>Each fault that was once there, planted.</summary>
    [Theory]
    [InlineData("operationId", "no id")]
    [InlineData("same", "twice")]
    [InlineData("responses", "no answer")]
    [InlineData("content", "no content")]
    [InlineData("body", "no schema of the body")]
    [InlineData("If-Match", "no If-Match")]
    [InlineData("path", "parameter that is not declared")]
    [InlineData("enum", "no type")]
    [InlineData("security", "no way to sign in")]
    public async Task Planted_what_is_left_out_is_found(string what, string fault)
    {
        var description = (await server.Get("/openapi/v1.json")).AsObject();
        var (_, _, one) = Operations(description).First(o => o.Path.EndsWith("/send", StringComparison.Ordinal));
        var (_, _, other) = Operations(description).First(o => o.Path == "/api/chuxiong/applications");
        switch (what)
        {
            case "operationId":
                one.Remove("operationId");
                break;
            case "same":
                one["operationId"] = (string)other["operationId"]!;
                break;
            case "responses":
                one["responses"]!.AsObject().Remove("200");
                break;
            case "content":
                one["responses"]!["200"]!.AsObject().Remove("content");
                break;
            case "body":
                other["requestBody"]!["content"]!["application/json"]!["schema"] = new JsonObject();
                break;
            case "If-Match":
                Remove(one, "If-Match");
                break;
            case "path":
                Remove(one, "id");
                break;
            case "enum":
                description["components"]!["schemas"]!["Verdict"] = new JsonObject { ["enum"] = new JsonArray("x") };
                break;
            case "security":
                description.Remove("security");
                break;
        }

        Assert.Contains(Faults(description), f => f.Contains(fault, StringComparison.Ordinal));
    }

    private static void Remove(JsonObject operation, string parameter) =>
        operation["parameters"] = new JsonArray([
            .. operation["parameters"]!
                .AsArray()
                .Where(p => (string)p!["name"]! != parameter)
                .Select(p => p!.DeepClone()),
        ]);

    private static IEnumerable<string> Faults(JsonObject description)
    {
        HashSet<string> ids = [];
        foreach (var (path, method, operation) in Operations(description))
        {
            var name = $"{method} {path}";
            if ((string?)operation["operationId"] is not { } id)
                yield return $"{name}: no id";
            else if (!ids.Add(id))
                yield return $"{name}: {id} twice";
            var right = operation["responses"]!.AsObject().Where(r => r.Key.StartsWith('2')).ToList();
            if (right.Count == 0)
                yield return $"{name}: no answer";
            if (right.Any(r => r.Key != "204" && !HasSchemas(r.Value!)))
                yield return $"{name}: no content";
            if (operation["requestBody"] is { } body && !HasSchemas(body))
                yield return $"{name}: no schema of the body";
            var parameters = (operation["parameters"]?.AsArray() ?? []).Select(p => (string)p!["name"]!).ToList();
            if (
                operation["responses"]!.AsObject().ContainsKey("428")
                && path.Contains("{id}", StringComparison.Ordinal)
                && !parameters.Contains("If-Match")
            )
                yield return $"{name}: no If-Match";
            foreach (var part in path.Split('/', '.').Where(p => p.StartsWith('{')))
                if (!parameters.Contains(part.Trim('{', '}')))
                    yield return $"{name}: {part} is a parameter that is not declared";
        }

        foreach (var (name, schema) in description["components"]!["schemas"]!.AsObject())
            if (schema!["enum"] is not null && schema["type"] is null)
                yield return $"{name}: no type";
        var schemes = description["components"]!["securitySchemes"]?.AsObject().Select(s => s.Key).ToList() ?? [];
        if (
            description["security"]?.AsArray().SelectMany(s => s!.AsObject().Select(x => x.Key)).ToList()
                is not [_, ..] asked
            || asked.Except(schemes).Any()
        )
            yield return "no way to sign in";
    }

    private static bool HasSchemas(JsonNode message) =>
        message["content"]?.AsObject() is { Count: > 0 } content
        && content.All(c => c.Value!["schema"]?.AsObject() is { Count: > 0 });

    private static IEnumerable<(string Path, string Method, JsonObject Operation)> Operations(JsonObject description) =>
        description["paths"]!
            .AsObject()
            .SelectMany(p =>
                p.Value!.AsObject()
                    .Where(o => o.Key is "get" or "put" or "post" or "delete" or "patch")
                    .Select(o => (p.Key, o.Key, o.Value!.AsObject()))
            );
}
