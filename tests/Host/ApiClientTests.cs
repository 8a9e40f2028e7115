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
