using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace EduAssist.Host;

/// <summary>
/// The whole server is walked through with people of the demo, with every level of the log let out, on the console and
/// as JSON: neither there, nor in an answer that refuses, nor in the metrics is a name, an ID, a student number or a
/// telephone of anybody.
/// </summary>
public class LogSearchTests
{
    private const string Token = "tests-read-metrics",
        New = People.New,
        NewPhone = People.NewPhone;

    private static readonly string NewId = People.NewId;

    private static readonly (string Key, string Value)[] Everything =
    [
        ("Serilog__MinimumLevel__Default", "Verbose"),
        ("Serilog__MinimumLevel__Override__Microsoft", "Verbose"),
        ("Serilog__MinimumLevel__Override__Microsoft.Extensions.Hosting.Internal.Host", "Verbose"),
        ("Serilog__WriteTo__1__Name", "Console"),
        ("Serilog__WriteTo__1__Args__standardErrorFromLevel", "Verbose"),
        ("Serilog__WriteTo__1__Args__formatter", "Serilog.Formatting.Json.JsonFormatter, Serilog"),
        ("Metrics__Token", Token),
    ];

    [Fact]
    public async Task Nobody_of_the_demo_is_in_the_log_in_a_refusal_or_in_the_metrics()
    {
        using var place = new Workplace(Everything);
        var people = new People();
        var refusals = new List<string>();
        string said,
            metrics;
        await using (var host = await HostProcess.Serve(place, ["--demo", "--today", "2020-05-06"]))
        {
            await people.Read(place["eduassist-demo.db"]);
            Assert.True(people.Words.Count > 200, $"{people.Words.Count}");
            foreach (var request in Journeys(people, await ACase(host)))
                await Ask(host, request, refusals);
            await Fail(host, place, refusals);
            using var asked = new HttpRequestMessage(HttpMethod.Get, "/metrics")
            {
                Headers = { Authorization = new("Bearer", Token) },
            };
            using var answer = await host.Client.SendAsync(asked, TestContext.Current.CancellationToken);
            metrics = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, await host.Stop());
            said = await host.Said();
        }

        Assert.Contains(
            "eduassist_requests_total{method=\"POST\",route=\"/api/chuxiong/applications/\",status=\"400\"}",
            metrics,
            StringComparison.Ordinal
        );
        Assert.Contains("CryptographicException", said, StringComparison.Ordinal); // a fault was told
        Assert.Contains("\"MessageTemplate\"", said, StringComparison.Ordinal); // also as JSON
        Assert.True(refusals.Count > 15, $"{refusals.Count}");
        Assert.Empty(people.FoundIn(said));
        Assert.Empty(people.FoundIn(metrics));
        Assert.Empty(refusals.SelectMany(people.FoundIn));
        foreach (var word in (string[])[New, NewId, NewPhone])
            Assert.Equal([word], people.FoundIn($"{said}\n[INF] 已导入 {word}\n")); // planted
        Assert.Equal([New], people.FoundIn($"{said} GET /students?q={Uri.EscapeDataString(New)}"));
    }

    private static IEnumerable<HttpRequestMessage> Journeys(People people, (Guid Id, long Version) one)
    {
        var (id, name, phone) = (people.Id, people.Name, people.Phone);
        yield return Post("/api/auth/token", new { user = id, password = phone });
        yield return Post("/api/auth/token", new { user = "everybody", password = id });
        yield return Post(
            "/api/auth/password",
            new
            {
                user = name,
                password = id,
                newPassword = phone,
            }
        );
        yield return Post("/api/users", new { user = name, roles = new[] { new { role = "County", place = id } } });
        yield return Post(
            "/api/chuxiong/applications",
            new
            {
                studentName = name,
                residentId = NewId,
                studentPhone = NewPhone,
            }
        );
        yield return Post(
            "/api/chuxiong/applications",
            new
            {
                studentName = name,
                residentId = id[..17] + (id[17] == '1' ? '2' : '1'),
                studentPhone = $"{phone}0",
                guardianName = people.Guardian,
            }
        );
        yield return Post(
            "/api/chuxiong/applications",
            new
            {
                studentName = name,
                residentId = id,
                schoolName = "鹿城镇中学",
            }
        );
        yield return Post("/api/chuxiong/applications", new Dictionary<string, string> { [id] = name });
        yield return Post(
            "/api/forms/chuxiong.application/validate",
            new
            {
                studentName = New,
                residentId = NewId[..17],
                studentPhone = NewPhone[..10],
            }
        );
        yield return Bytes(
            "/api/forms/registry.students/import?school=鹿城镇中学",
            $"姓名,性别,身份证件号,年级,班级\n{New},先生,{NewId},初一,1班\n{name},女,{id},初九,1班\n,男,{NewId},初一,1班\n",
            "text/csv"
        );
        yield return Bytes(
            $"/api/forms/registry.students/import?school={name}",
            $"姓名,性别,{id}\n{New},男,{NewId}\n",
            "text/csv"
        );
        yield return Bytes(
            "/api/forms/registry.students/import?school=鹿城镇中学&preview=true",
            $"姓名,性别,身份证件号,年级,班级\n{New},男,{NewId},初一,1班\n",
            "text/csv"
        );
        yield return Versioned(
            Bytes(
                $"/api/chuxiong/applications/{one.Id}/evidence?kind=consent&issuer={name}&date=2020-05-06&name={name}{id}.pdf",
                $"%PDF-{name}",
                "application/pdf"
            ),
            one.Version
        );
        yield return Versioned(
            Bytes(
                $"/api/chuxiong/applications/{one.Id}/evidence?kind={id}&issuer={name}&date=2020-05-06&name={id}.pdf",
                name,
                "application/pdf"
            ),
            one.Version
        );
        yield return Versioned(Post($"/api/chuxiong/applications/{one.Id}/send", new { photocopy = id }), one.Version);
        yield return Versioned(
            Post($"/api/chuxiong/applications/{one.Id}/correct", new { reason = 5, name }),
            one.Version
        );
        yield return Versioned(
            Post($"/api/chuxiong/applications/{one.Id}/approve", new { seal = true, date = id }),
            one.Version
        );
        foreach (
            var filter in (string[])
                [
                    $"ResidentId eq '{id}'",
                    $"Name eq '{name}'",
                    $"contains(Name,'{name[..1]}')",
                    $"ResidentId gt '{id}'",
                    $"Name eq '{name}",
                    $"Phone eq {phone}",
                    $"{name} eq 1",
                    $"'{id}' eq Name add {phone}",
                    $"startswith(ResidentId,'{id[..10]}')",
                    $"nothing('{id}')",
                ]
        )
        {
            yield return new(HttpMethod.Get, $"/odata/Students?$filter={Uri.EscapeDataString(filter)}");
            yield return new(HttpMethod.Get, $"/odata/Students?$format=csv&$filter={Uri.EscapeDataString(filter)}");
        }

        foreach (
            var path in (string[])
                [
                    $"/odata/Students('{id}')",
                    $"/odata/Students({id})",
                    $"/odata/{name}",
                    $"/odata/Students?$orderby={name}",
                    $"/odata/Students?$apply=groupby(({name}))",
                    $"/odata/Students?{id}={name}",
                    $"/api/nothing/{id}",
                    $"/api/{name}",
                    $"/students/{id}",
                    $"/students?q={name}",
                    $"/students?{name}={id}",
                    $"/api/forms/{id}",
                    $"/api/programmes/{name}/facts",
                    $"/api/calendar/{name}/2020",
                    $"/api/calendar/chuxiong/open?on={id}",
                    $"/api/forms/registry.students/export?$filter=name eq '{name}'",
                    $"/api/registry/students/{id}/standing",
                    $"/api/registry/students/{Guid.Empty}/standing?on={id}",
                    $"/sign-in?returnUrl=/students?q={name}",
                    $"/lists/{id}",
                    $"/lists/Students?q={name}",
                ]
        )
        {
            yield return new(HttpMethod.Get, Escaped(path));
            yield return new(HttpMethod.Get, Escaped(path)) { Headers = { Accept = { new("text/html") } } };
        }

        yield return new(HttpMethod.Delete, Escaped($"/students/{id}?q={name}"));
        yield return new(HttpMethod.Get, Escaped($"/students?q={name}"))
        {
            Headers = { Host = "example.com", Referrer = new($"https://example.com/{id}") },
        };
        yield return new(HttpMethod.Post, "/api/auth/token")
        {
            Content = new StringContent($"{{\"user\":\"{id}\",", Encoding.UTF8, "application/json"),
        };
        yield return new(HttpMethod.Post, "/students") { Content = new FormUrlEncodedContent([new("q", id)]) };
        yield return new(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([
                new("user", name),
                new("password", id),
                new("returnUrl", $"/students?q={id}"),
            ]),
        };
    }

    /// <summary>A form that cannot be decrypted: what becomes of a fault.</summary>
    private static async Task Fail(HostProcess host, Workplace place, List<string> refusals)
    {
        var (id, _) = await ACase(host);
        await using (var file = new SqliteConnection($"Data Source={place["eduassist-demo.db"]}"))
        {
            await file.OpenAsync();
            await using var tamper = new SqliteCommand(
                "UPDATE core_case SET \"Form\" = zeroblob(90) WHERE \"Id\" = $id",
                file
            );
            tamper.Parameters.AddWithValue("$id", id.ToString().ToUpperInvariant());
            Assert.Equal(1, await tamper.ExecuteNonQueryAsync());
        }

        using var answer = await host.Client.GetAsync($"/api/chuxiong/applications/{id}");
        Assert.Equal(500, (int)answer.StatusCode);
        refusals.Add(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<(Guid Id, long Version)> ACase(HostProcess host)
    {
        var one = (await host.Client.Json("/odata/ChuxiongApplications?$filter=State eq 'SchoolApproved'&$top=1"))[
            "value"
        ]![0]!;
        return ((Guid)one["Id"]!, (long)one["Version"]!);
    }

    private static async Task Ask(HostProcess host, HttpRequestMessage request, List<string> refusals)
    {
        using var asked = request;
        using var answer = await host.Client.SendAsync(asked);
        Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} {request.RequestUri}");
        if ((int)answer.StatusCode >= 400)
            refusals.Add($"{(int)answer.StatusCode} {WithoutNames(await answer.Content.ReadAsStringAsync())}");
    }

    /// <summary>Whoever sent a list is told whose row is wrong: by name, and never by number.</summary>
    private static string WithoutNames(string text)
    {
        var told = text.StartsWith('{') ? JsonNode.Parse(text) : null;
        if (told?["findings"]?.AsArray() is not { } findings)
            return text;
        foreach (var finding in findings.OfType<JsonObject>())
        {
            finding.Remove("name");
            if ((string?)finding["field"] == "name")
                finding.Remove("value");
        }

        return told!.ToJsonString();
    }

    private static string Escaped(string path) =>
        string.Concat(path.Select(c => c > '~' || c == ' ' ? Uri.EscapeDataString($"{c}") : $"{c}"));

    private static HttpRequestMessage Post(string path, object body) =>
        new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };

    private static HttpRequestMessage Bytes(string path, string body, string type) =>
        new(HttpMethod.Post, Escaped(path)) { Content = Asking.Body(Encoding.UTF8.GetBytes(body), type) };

    private static HttpRequestMessage Versioned(HttpRequestMessage request, long version)
    {
        request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        return request;
    }
}
