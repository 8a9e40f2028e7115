using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EduAssist.Documents.Spreadsheets;
using Microsoft.Data.Sqlite;

namespace EduAssist.Host;

/// <summary>The demo of 6 May 2020 as it is shipped, on a file that is looked into.</summary>
public sealed class Demo : IAsyncLifetime
{
    private readonly Workplace place = new();
    private HostProcess? process;
    private SqliteConnection? file;

    internal HttpClient Client => process!.Client;

    /// <summary>Every route that the description of the API names: <c>GET /api/forms/{id}</c>.</summary>
    internal IReadOnlyList<string> Routes { get; private set; } = [];

    /// <summary>Changes with every commit of the server.</summary>
    internal long Changes => (long)Ask("PRAGMA data_version")!;

    /// <summary>How much of the audit is sealed: a commit of the server that no request asks for.</summary>
    internal long Seals => (long)Ask("SELECT count(*) FROM core_audit_seal")!;

    /// <summary>A case of a collection, in a state if one is named, with its version.</summary>
    internal (Guid Id, long Version) Case(string collection, string? state = null)
    {
        var workflow = $"chuxiong.{collection.TrimEnd('s')}";
        using var row = Query(
                $"SELECT \"Id\", \"Version\" FROM core_case WHERE \"Workflow\" = '{workflow}' {(state is null ? "" : $"AND \"State\" = '{state}'")} ORDER BY \"Id\" LIMIT 1"
            )
            .ExecuteReader();
        Assert.True(row.Read(), $"the demo has no {collection} {state}");
        return (row.GetGuid(0), row.GetInt64(1));
    }

    public async ValueTask InitializeAsync()
    {
        process = await HostProcess.Serve(place, ["--demo", "--today", "2020-05-06"]);
        file = new($"Data Source={place["eduassist-demo.db"]};Mode=ReadOnly");
        await file.OpenAsync();
        Routes =
        [
            .. (await Client.Json("/openapi/v1.json"))["paths"]!
                .AsObject()
                .SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}")),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        if (file is not null)
            await file.DisposeAsync();
        await process!.DisposeAsync();
        SqliteConnection.ClearAllPools();
        place.Dispose();
    }

    private object? Ask(string sql) => Query(sql).ExecuteScalar();

    private SqliteCommand Query(string sql) => new(sql, file);
}

/// <summary>
/// BadInput.csv: whatever comes in, at whichever door, it is refused as the table says, and nothing has changed.
/// </summary>
public class BadInputTests(Demo demo) : IClassFixture<Demo>
{
    private const string Everywhere = "* *";

    private static readonly IReadOnlyList<SpreadsheetRow> Table = Read();

    public static TheoryData<string, string> Requests =>
        [
            .. Table
                .Where(r => r["entry"]!.Contains(' ', StringComparison.Ordinal))
                .Select(r => (r["entry"]!, r["fault"]!)),
        ];

    public static TheoryData<string, string> Commands =>
        [
            .. Table
                .Where(r => !r["entry"]!.Contains(' ', StringComparison.Ordinal))
                .Select(r => (r["entry"]!, r["fault"]!)),
        ];

    /// <summary>A star in the entry stands for anything, and the same star in the address for the same.</summary>
    [Theory, MemberData(nameof(Requests))]
    public async Task A_request_is_refused(string entry, string fault)
    {
        var row = Table.Single(r => r["entry"] == entry && r["fault"] == fault);
        var routes = demo.Routes.Where(r => Fits(entry, r)).ToList();
        Assert.NotEmpty(routes);
        foreach (var route in routes)
        {
            var (before, seals) = (demo.Changes, demo.Seals);
            using var request = Request(row, route);
            using var answer = await demo.Client.SendAsync(request, TestContext.Current.CancellationToken);
            var said =
                $"{request.Method} {request.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
            Assert.True(row["status"]!.Split(' ').Contains($"{(int)answer.StatusCode}"), said);
            Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/problem+json", said);
            if (row["field"] is { } field)
                Assert.True(
                    Named(
                            JsonNode.Parse(
                                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
                            )!
                        )
                        .Contains(field),
                    said
                );
            // the sealer comes when it comes
            Assert.True(before == demo.Changes || seals != demo.Seals, $"changed: {said}");
        }
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task A_command_is_refused(string command, string fault)
    {
        var row = Table.Single(r => r["entry"] == command && r["fault"] == fault);
        using var place =
            command is "import" or "export" && !fault.Contains("database", StringComparison.Ordinal)
                ? await Workplace.Migrated()
                : new();
        place.Write("roster.csv", "年级\n9\n");
        var ended = await HostProcess.Run(
            place,
            [command, .. (row["address"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)]
        );
        var said = ended.Refusals(int.Parse(row["status"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains(row["field"]!, said[^1], StringComparison.Ordinal);
        Assert.Equal(0, Stored(Path.Combine(place.Settings["Data"], "eduassist.db")));
    }

    /// <summary>What lies in a database beside the reference data that every start puts there.</summary>
    private static long Stored(string file)
    {
        if (!File.Exists(file))
            return 0;
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var count = new SqliteCommand(
            "SELECT (SELECT count(*) FROM core_student) + (SELECT count(*) FROM core_case) + (SELECT count(*) FROM core_audit_entry WHERE \"Action\" NOT LIKE '%/seed')",
            connection
        );
        return (long)count.ExecuteScalar()!;
    }

    [Fact]
    public void Every_route_that_takes_something_has_a_row_of_its_own() =>
        Assert.DoesNotContain(demo.Routes, r =>
            (!r.StartsWith("GET ", StringComparison.Ordinal) || r.Contains('{', StringComparison.Ordinal))
            && !Table.Any(row => row["entry"] != Everywhere && Fits(row["entry"]!, r))
        );

    [Fact]
    public async Task Every_command_has_a_row()
    {
        using var place = new Workplace();
        var help = (await HostProcess.Run(place, "--help"))
            .Done()
            .Output.Split('\n')
            .SkipWhile(l => !l.StartsWith("命令：", StringComparison.Ordinal))
            .Skip(1)
            .Select(l => l.Trim().Split(' ')[0])
            .Where(l => l.Length > 0)
            .ToList();
        Assert.Contains("serve", help);
        Assert.Empty(help.Except(Table.Select(r => r["entry"]!)));
    }

    private static bool Fits(string entry, string route)
    {
        var (pattern, parts) = (entry.Split([' ', '/']), route.Split([' ', '/']));
        return entry == Everywhere
            || (
                pattern.Length == parts.Length
                && pattern.Zip(parts).All(p => p.First == "*" ? !p.Second.StartsWith('{') : p.First == p.Second)
            );
    }

    private HttpRequestMessage Request(SpreadsheetRow row, string route)
    {
        var headers = (row["headers"] ?? "")
            .Split("; ", StringSplitOptions.RemoveEmptyEntries)
            .Select(h => h.Split(": ", 2))
            .ToDictionary(h => h[0], h => Repeated(h[1]));
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        var address = Starred(row["address"] ?? path, path);
        foreach (var name in (string[])["nobody", "id", "year", "evidence"])
            address = address.Replace($"{{{name}}}", $"{Guid.Empty}", StringComparison.Ordinal);
        string? version = null;
        if (
            address.Split('{', '}') is [_, var wanted, ..]
            && path.Split('/') is [_, "api", "chuxiong", var collection, ..]
        )
        {
            var (id, at) = demo.Case(collection, wanted is "case" or "formId" ? null : wanted);
            (address, version) = (address.Replace($"{{{wanted}}}", $"{id}", StringComparison.Ordinal), $"\"{at}\"");
        }

        var request = new HttpRequestMessage(new(method), address);
        if (row["body"] is { } body || method != "GET")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Repeated(row["body"] ?? "")));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(
                headers.GetValueOrDefault("Content-Type", "application/json")
            );
        }

        headers.TryAdd("If-Match", version ?? "-");
        foreach (var (name, value) in headers.Where(h => h.Key != "Content-Type" && h.Value != "-"))
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static string Starred(string address, string path) =>
        string.Join('/', address.Split('/').Select((part, i) => part == "*" ? path.Split('/')[i] : part));

    private static string Repeated(string text) =>
        text.Split(' ') is ["repeat", var count, var what]
            ? string.Concat(
                Enumerable.Repeat(what, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture))
            )
            : text;

    private static HashSet<string> Named(JsonNode problem) =>
        [
            .. problem["errors"]?.AsObject().Select(e => e.Key) ?? [],
            .. problem["findings"]
                ?.AsArray()
                .SelectMany(f => new[] { (string?)f!["rule"], (string?)f["field"] })
                .OfType<string>()
                ?? [],
        ];

    private static IReadOnlyList<SpreadsheetRow> Read()
    {
        using var roster = SpreadsheetReader.Open(Path.Combine(AppContext.BaseDirectory, "BadInput.csv"));
        return [.. roster.Rows];
    }
}
