using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EduAssist.OData;

/// <summary>Clients of other makers that are called, as they are delivered, on the demo.</summary>
[Requires(ExternalProgram.Node), Collection(nameof(ClientFolder))]
public sealed class CalledClientTests(DemoFixture demo)
{
    private static readonly NodeProject Clients = new(DemoFixture.Folder);

    [Fact]
    public async Task A_client_that_is_generated_is_answered()
    {
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
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
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
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

    [Fact]
    public async Task A_script_follows_the_pages()
    {
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
        var said = await Called("fetch.mjs");
        var rows = await demo.Rows("Students?$filter=BirthDate ge 2005-05-01&$orderby=BirthDate");
        Assert.True(rows.Count > 20);
        Assert.Equal(Names(rows), Texts(said["names"]!));
    }

    [Fact]
    public async Task A_program_of_DotNet_follows_the_pages()
    {
        var (server, user, key) = (demo.Address, demo.User, demo.Key);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{key}"))
        );
        client.DefaultRequestHeaders.Add("Prefer", "odata.maxpagesize=20");
        List<JsonNode> rows = [];
        var next = $"{server}/odata/Rolls?$select=Id,Grade&$orderby=Grade";
        while (next is not null)
        {
            var page = (await client.GetFromJsonAsync<JsonNode>(next))!;
            rows.AddRange(page["value"]!.AsArray()!);
            next = (string?)page["@odata.nextLink"];
        }

        Assert.True(rows.Count > 20);
        Assert.Equal((await demo.Rows("Rolls?$select=Id")).Count, rows.Count);
    }

    /// <summary>What docs/odata.md shows of clients stands, line by line, in one of those that are run here.</summary>
    [Fact]
    public async Task What_the_documentation_shows_of_clients_is_run()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "EduAssist.sln")))
            root = root.Parent;
        var text = await File.ReadAllTextAsync(Path.Combine(root.FullName, "docs", "odata.md"));
        var tests = Path.Combine(root.FullName, "tests", "OData");
        var run = new List<string> { Lines(await File.ReadAllTextAsync(Path.Combine(tests, "CalledClientTests.cs"))) };
        foreach (
            var client in Directory
                .EnumerateFiles(Path.Combine(tests, "Clients"))
                .Where(f =>
                    f.EndsWith(".mjs", StringComparison.Ordinal) || f.EndsWith(".html", StringComparison.Ordinal)
                )
        )
            run.Add(Lines(await File.ReadAllTextAsync(client)));
        var shown = Regex
            .Matches(
                text,
                "```(?:js|csharp)\n(?<code>.*?)```",
                RegexOptions.Singleline | RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(5)
            )
            .Select(m => Lines(m.Groups["code"].Value))
            .ToList();
        Assert.Equal(5, shown.Count);
        Assert.All(shown, code => Assert.Contains(run, r => r.Contains(code, StringComparison.Ordinal)));

        static string Lines(string code) =>
            string.Join('\n', code.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));
    }

    private async Task<JsonNode> Called(string script)
    {
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
