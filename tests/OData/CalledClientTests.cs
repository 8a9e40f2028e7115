using System.Text.Json.Nodes;

namespace EduAssist.OData;

/// <summary>Clients of other makers that are called, as they are delivered, on the demo.</summary>
[Requires(ExternalProgram.Node), Collection(nameof(ClientFolder))]
public sealed class CalledClientTests(DemoFixture demo)
{
    private static readonly NodeProject Clients = new(DemoFixture.Folder);

    [Fact]
    public async Task A_client_that_is_generated_is_answered()
    {
        var said = await Called("odata2ts.mjs");
        const string Asked = "BirthDate ge 2005-05-01 and Sex eq 'Female'";
        var youngest = await demo.Rows($"Students?$filter={Asked}&$orderby=BirthDate desc,Id");
        Assert.Equal(youngest.Count, (int)said["count"]!);
        Assert.Equal(Names(youngest.Take(3)), Texts(said["names"]!));
        var schools = await demo.Rows("Schools?$filter=Rolls/any(r:r/Grade eq 9)&$orderby=Name&$expand=Rolls($top=2)");
        Assert.Equal(
            schools.Select(s => $"{s["Name"]} {string.Join(',', s["Rolls"]!.AsArray().Select(r => r!["Grade"]))}"),
            Texts(said["schools"]!)
        );
        Assert.True((bool)said["same"]!);
    }

    [Fact]
    public async Task SAP_CAP_imports_the_service_and_reads_it()
    {
        var said = await Called("cap.mjs");
        const string Since = "Students?$filter=BirthDate ge 2005-05-01";
        var youngest = await demo.Rows($"{Since} and OnRegister eq true&$orderby=BirthDate desc,Id&$top=3");
        Assert.Equal(Names(youngest), Texts(said["names"]!));
        var schools = await demo.Rows("Schools?$filter=contains(Name,'第一中学')&$orderby=Name&$expand=Rolls");
        Assert.NotEmpty(schools);
        Assert.Equal(schools.Select(s => $"{s["Name"]} {s["Rolls"]!.AsArray().Count}"), Texts(said["schools"]!));
        Assert.Equal((await demo.Rows(Since)).Count, (int)said["count"]!);
        Assert.True((bool)said["same"]!);
        Assert.Equal((0, 1), ((int)said["nobody"]!, (int)said["paged"]!));
        Assert.Equal((await demo.Rows("Rolls?$select=Id")).Count, (int)said["rolls"]!);
        Assert.NotEmpty(Texts(said["batched"]!));
        Assert.Equal([(string)youngest[0]["Name"]!], Texts(said["batched"]!).Distinct());
    }

    private async Task<JsonNode> Called(string script)
    {
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
        await File.WriteAllTextAsync(
            Path.Combine(DemoFixture.Folder, "metadata.xml"),
            await demo.Client.GetStringAsync("/odata/$metadata")
        );
        var (code, said) = await Clients.Run("node", demo.Asking, script);
        Assert.True(code == 0, said);
        return JsonNode.Parse(said.Trim().Split('\n')[^1])!;
    }

    private static IEnumerable<string> Names(IEnumerable<JsonNode> rows) => rows.Select(r => (string)r["Name"]!);

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(t => (string)t!);
}
