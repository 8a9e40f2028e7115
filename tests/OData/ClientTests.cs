using System.Xml;

namespace EduAssist.OData;

/// <summary>
/// <c>$metadata</c> before tools that are not ours: the schemas of OASIS, <c>odata-csdl</c>, and a generator of clients
/// whose output compiles.
/// </summary>
[Requires(ExternalProgram.Node), Collection(nameof(ClientFolder))]
public class ClientTests(AskedOnSqlite asked) : IClassFixture<AskedOnSqlite>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Clients");
    private static readonly NodeProject Clients = new(Folder);

    [Fact]
    public async Task The_metadata_is_valid_and_a_client_generated_from_it_compiles()
    {
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "metadata.xml"),
            await asked.Served.Client.GetStringAsync(new Uri(asked.Served.Root, "$metadata"))
        );
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "metadata.json"),
            await asked.Served.Client.GetStringAsync(new Uri(asked.Served.Root, "$metadata?$format=json"))
        );
        Assert.Empty(Invalid(Path.Combine(Folder, "metadata.xml")));
        var (code, said) = await Clients.Run("node", "", "check.mjs");
        Assert.True(code == 0, said);
        Assert.StartsWith("valid: ", said, StringComparison.Ordinal);
    }

    /// <summary>
    /// What the tools are there for: a type that is nowhere, an attribute that is none, a name that JSON and XML do not
    /// share.
    /// </summary>
    [Theory]
    [InlineData("Type=\"Edm.Guid\"", "Type=\"EduAssist.Nowhere\"", "")]
    [InlineData("<EntityType Name=\"Student\"", "<EntityType Title=\"Student\"", "")]
    [InlineData("", "", "\"BirthDate\"")]
    public async Task Planted_a_fault_is_found(string right, string wrong, string renamed)
    {
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
        var xml = await asked.Served.Client.GetStringAsync(new Uri(asked.Served.Root, "$metadata"));
        var json = await asked.Served.Client.GetStringAsync(new Uri(asked.Served.Root, "$metadata?$format=json"));
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "metadata.xml"),
            right.Length > 0 ? xml.Replace(right, wrong, StringComparison.Ordinal) : xml
        );
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "metadata.json"),
            renamed.Length > 0 ? json.Replace(renamed, "\"Birthday\"", StringComparison.Ordinal) : json
        );
        var (code, said) = await Clients.Run("node", "", "check.mjs");
        Assert.True(code != 0 || Invalid(Path.Combine(Folder, "metadata.xml")).Count > 0, said);
    }

    private static List<string> Invalid(string file)
    {
        List<string> faults = [];
        var schemas = Path.Combine(Folder, "node_modules", "odata-csdl", "schemas");
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema };
        foreach (var schema in new[] { "edm.xsd", "edmx.xsd" })
            settings.Schemas.Add(null, Path.Combine(schemas, schema));
        settings.ValidationEventHandler += (_, e) => faults.Add(e.Message);
        using var reader = XmlReader.Create(file, settings);
        while (reader.Read()) { }

        return faults;
    }
}
