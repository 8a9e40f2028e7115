using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace EduAssist.Host;

/// <summary>
/// A client of C# that NSwag generates from the description of the API: it compiles, and it is answered.
/// </summary>
public sealed class GeneratedClientTests(Server server)
{
    [Fact]
    public async Task A_client_of_CSharp_compiles_and_is_answered()
    {
        var (code, client) = await Generated((await server.Get("/openapi/v1.json")).ToJsonString());
        Assert.True(client is not null, code);
        using var http = new HttpClient { BaseAddress = server.Client.BaseAddress };
        http.DefaultRequestHeaders.Authorization = server.Client.DefaultRequestHeaders.Authorization;
        var api = Activator.CreateInstance(client, http)!;

        var modules = (IReadOnlyCollection<object>)await Called(api, "GetModulesAsync");
        Assert.Equal((await server.Get("/api/modules")).AsArray().Count, modules.Count);
        var provisions = (IReadOnlyCollection<object>)await Called(api, "GetProvisionsAsync");
        Assert.Equal((await server.Get("/api/provisions")).AsArray().Count, provisions.Count);
        var open = await Called(api, "GetCalendarByModuleByYearAsync", "chuxiong", "2020");
        Assert.Equal(2020, Member(open, "Year"));

        var missing = await Assert.ThrowsAnyAsync<Exception>(() => Called(api, "GetFormsByIdAsync", "nothing"));
        Assert.Equal(404, Member(missing, "StatusCode"));
        Assert.Contains("nothing", (string)Member(Member(missing, "Result")!, "Detail")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Planted_a_type_that_is_nowhere_does_not_compile()
    {
        var description = JsonNode.Parse((await server.Get("/openapi/v1.json")).ToJsonString())!;
        description["components"]!["schemas"]!["CaseSummary"]!["properties"]!["state"] = JsonNode.Parse(
            """{ "type": "object", "additionalProperties": { "$ref": "#/components/schemas/Nothing" } }"""
        );
        await Assert.ThrowsAnyAsync<Exception>(() => Generated(description.ToJsonString()));
    }

    /// <summary>The class of the client; null with what the compiler says.</summary>
    private static async Task<(string Said, Type? Client)> Generated(string description)
    {
        var document = await OpenApiDocument.FromJsonAsync(description);
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "Api",
            UseBaseUrl = false,
            CSharpGeneratorSettings = { Namespace = "Generated", JsonLibrary = CSharpJsonLibrary.SystemTextJson },
        };
        var text = new CSharpClientGenerator(document, settings).GenerateFile();
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var compiled = CSharpCompilation.Create(
            "Generated",
            [CSharpSyntaxTree.ParseText(text)],
            trusted
                .Split(Path.PathSeparator)
                .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
                .Select(p => MetadataReference.CreateFromFile(p)),
            new(OutputKind.DynamicallyLinkedLibrary)
        );
        using var written = new MemoryStream();
        var result = compiled.Emit(written);
        var errors = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(20).ToList();
        return (
            string.Join('\n', errors),
            result.Success ? Assembly.Load(written.ToArray()).GetType("Generated.Api") : null
        );
    }

    private static async Task<object> Called(object api, string name, params object[] arguments)
    {
        var method = api.GetType()
            .GetMethods()
            .Single(m => m.Name == name && m.GetParameters().All(p => p.ParameterType != typeof(CancellationToken)));
        var task = (Task)
            method.Invoke(api, [.. method.GetParameters().Select((_, i) => arguments.ElementAtOrDefault(i))])!;
        await task;
        return task.GetType().GetProperty("Result")!.GetValue(task)!;
    }

    private static object? Member(object of, string name) => of.GetType().GetProperty(name)!.GetValue(of);
}
