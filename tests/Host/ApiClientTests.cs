using System.Text.Json;
using System.Text.Json.Nodes;
using EduAssist.Conformance;

namespace EduAssist.Host;

/// <summary>
/// The description of the API before tools that are not ours: two linters, and two generators of clients whose output
/// compiles and is answered.
/// </summary>
[Requires(ExternalProgram.Node)]
public class ApiClientTests(Server server)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Clients");
    private static readonly NodeProject Clients = new(Folder);

    [Fact]
    public async Task Clients_that_are_generated_from_the_description_compile_and_are_answered()
    {
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
        var (code, said) = await Checked(await server.Get("/openapi/v1.json"));
        Assert.True(code == 0, said);
        Assert.Matches("^valid: [1-9]", said);
    }

    /// <summary>What the tools are there for: a reference to nothing, an id twice, a lost parameter.</summary>
    [Theory]
    [InlineData("#/components/schemas/CaseSummary", "#/components/schemas/Nothing")]
    [InlineData("\"getForms\"", "\"getModules\"")]
    [InlineData("\"name\":\"formId\",\"in\":\"path\"", "\"name\":\"other\",\"in\":\"path\"")]
    public async Task Planted_a_fault_is_found(string right, string wrong)
    {
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
        var description = (await server.Get("/openapi/v1.json")).ToJsonString();
        Assert.Contains(right, description, StringComparison.Ordinal);
        var (code, said) = await Checked(JsonNode.Parse(description.Replace(right, wrong, StringComparison.Ordinal))!);
        Assert.True(code != 0, said);
    }

    /// <summary>Schemas of forms and of facts; those of forms with the keywords of docs/form-vocabulary.json.</summary>
    [Fact]
    public async Task Every_schema_of_a_form_and_of_facts_passes_a_strict_validator()
    {
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
        var schemas = await Schemas();
        var (code, said) = await Compiled(schemas);
        Assert.True(code == 0, said);
        Assert.Equal($"valid: {schemas.Count} schemas", said.Trim());
        var keywords = JsonNode.Parse(await Vocabulary())!["properties"]!.AsObject().Select(p => p.Key);
        var written = string.Concat(schemas.Select(s => s.ToJsonString()));
        Assert.All(keywords, k => Assert.Contains($"\"{k}\":", written, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"kind\":\"Rows\"", "\"kind\":\"Heap\"")]
    [InlineData("\"layout\":", "\"arrangement\":")]
    [InlineData("\"maxItems\":", "\"mostItems\":")]
    [InlineData("\"required\":[", "\"required\":[\"nothing\",")]
    [InlineData("\"type\":\"array\"", "\"type\":\"list\"")]
    public async Task Planted_a_fault_in_a_schema_is_found(string right, string wrong)
    {
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
        var form = (await server.Get("/api/forms/chuxiong.attendance-list")).ToJsonString();
        Assert.Contains(right, form, StringComparison.Ordinal);
        var (code, said) = await Compiled([JsonNode.Parse(form.Replace(right, wrong, StringComparison.Ordinal))!]);
        Assert.True(code != 0, said);
    }

    private async Task<IReadOnlyList<JsonNode>> Schemas()
    {
        List<JsonNode> schemas = [];
        foreach (var form in (await server.Get("/api/forms")).AsArray())
            schemas.Add(await server.Get($"/api/forms/{form!["id"]}"));
        foreach (var programme in (await server.Get("/api/programmes")).AsArray())
            schemas.Add(await server.Get($"/api/programmes/{programme!["id"]}/facts"));
        return schemas;
    }

    private static async Task<(int Code, string Said)> Compiled(IReadOnlyList<JsonNode> schemas)
    {
        object[] examples =
        [
            new
            {
                schema = "/api/forms/registry.schools",
                value = new { schools = Array.Empty<int>() },
                valid = false,
            },
        ];
        var asking = new
        {
            vocabulary = JsonNode.Parse(await Vocabulary()),
            schemas,
            examples = schemas.Count > 1 ? examples : [],
        };
        return await Clients.Run("node", JsonSerializer.Serialize(asking), "schemas.mjs");
    }

    private static Task<string> Vocabulary() =>
        File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Clients", "form-vocabulary.json"));

    private async Task<(int Code, string Said)> Checked(JsonNode description)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "openapi.json"), description.ToJsonString());
        var asking = new
        {
            server = server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority),
            token = server.Client.DefaultRequestHeaders.Authorization!.Parameter,
        };
        return await Clients.Run("node", JsonSerializer.Serialize(asking), "check.mjs");
    }
}
