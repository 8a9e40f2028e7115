using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EduAssist.Conformance;
using EduAssist.Data;

namespace EduAssist.Host;

/// <summary>
/// Part two of the guide, as a stranger tries it: the toy region in the real host with its demo, and one application
/// from the form to the list, the register and the share.
/// </summary>
public class ToyRegionCaseTests
{
    private const string Applications = "/api/toyregion/applications",
        List = "/api/forms/toyregion.help-list";

    [Theory, EveryDatabase]
    public async Task An_application_is_opened_assessed_submitted_granted_and_listed(DatabaseKind kind)
    {
        using var databases = new OwnDatabases(kind);
        using var place = Workplace.OfToy(("Database", databases.Next()));
        await using var host = await HostProcess.Serve(place, ["--demo", "--today", "2026-03-12"]);
        using var school = await SignedIn(host, "school");
        using var county = await SignedIn(host, "county");
        using var prefecture = await SignedIn(host, "prefecture");

        var (name, number) = await WhoHasNotApplied(school);
        var opened = await Act(school, Applications, Paper(name, number));
        var at = $"{Applications}/{opened["id"]}";
        var early = await school.Refused(HttpStatusCode.Conflict, Request($"{at}/submit", new JsonObject(), opened));
        Assert.Equal(["assessed-eligible"], early["findings"]!.AsArray().Select(f => (string)f!["rule"]!));
        var assessed = await Act(school, $"{at}/assessments", Facts());
        Assert.Equal("Eligible", (string)assessed["result"]!["verdict"]!);
        var submitted = await Act(school, $"{at}/submit", new JsonObject(), await school.Json(at));
        var examined = await Act(county, $"{at}/county-approve", new JsonObject(), submitted);
        await Shows(school, $"/cases/toyregion/applications/{opened["id"]}", "待市教育局复审", "由州市教育体育局办理");
        await school.Refused(HttpStatusCode.Forbidden, Request($"{at}/prefecture-approve", new JsonObject(), examined));
        var returned = await Act(
            prefecture,
            $"{at}/prefecture-return",
            new JsonObject { ["reason"] = "家校距离请核实" },
            examined
        );
        Assert.Equal("Draft", (string)returned["state"]!);
        await Shows(school, $"/cases/toyregion/applications/{opened["id"]}", "草稿", "家校距离请核实");
        var again = await Act(school, $"{at}/submit", new JsonObject(), returned);
        var approved = await Act(
            prefecture,
            $"{at}/prefecture-approve",
            new JsonObject(),
            await Act(county, $"{at}/county-approve", new JsonObject(), again)
        );
        var granted = await Act(county, $"{at}/grant", new JsonObject { ["route"] = "8路" }, approved);
        Assert.Equal(("Granted", 9), ((string)granted["state"]!, (long)granted["version"]!));

        var line = (await school.Json($"/odata/ToyRegionApplications?$filter=Id eq {opened["id"]}&$expand=Student"))[
            "value"
        ]![0]!;
        Assert.Equal(
            ("Granted", "2026-03-12", "8路", name, "154******01", $"{number[..4]}************{number[^2..]}"),
            (
                (string)line["State"]!,
                (string)line["GrantedOn"]!,
                (string)line["Route"]!,
                (string)line["Student"]!["Name"]!,
                (string)line["GuardianPhone"]!,
                (string)line["ResidentId"]!
            )
        );

        var shown = await school.Json(at);
        Assert.Equal(
            ("154******01", "8路"),
            ((string)shown["facts"]!["guardianPhone"]!, (string)shown["facts"]!["route"]!)
        );

        await Shows(school, $"/students/{line["StudentId"]}", "新建走读帮扶申请");
        await Shows(school, $"/cases/toyregion/applications/new?student={line["StudentId"]}", name);
        await Shows(school, $"/cases/toyregion/applications/{opened["id"]}", "走读帮扶申请", name, "已同意", "8路");
        await Shows(school, "/lists/ToyRegionApplications", "走读帮扶申请", name, "8路");
        await Shows(school, "/imports", "走读帮扶名单", "导出 XLSX");

        var share = (await county.Json("/api/toyregion/indicators/2026"))["indicators"]![0]!;
        Assert.Equal(
            ("帮扶落实率", 4, 5),
            (
                (string)share["title"]!,
                (int)share["figures"]![0]!["numerator"]!,
                (int)share["figures"]![0]!["denominator"]!
            )
        );

        var list = await school.GetByteArrayAsync($"{List}/export?format=csv");
        using var content = Asking.Body(list, "text/csv");
        using var brought = await school.PostAsync($"{List}/import", content);
        var outcome = (await brought.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(
            (0, 0, 4, 0),
            ((int)outcome["new"]!, (int)outcome["changed"]!, (int)outcome["unchanged"]!, (int)outcome["errors"]!)
        );
    }

    /// <summary>An adult: on no roll, found as pupils are, and in no list of the school.</summary>
    [Theory, EveryDatabase]
    public async Task A_case_is_about_somebody_who_is_on_no_roll(DatabaseKind kind)
    {
        const string Escorts = "/api/toyregion/escorts",
            Name = "照管员甲",
            Number = "52010219900101991X";
        using var databases = new OwnDatabases(kind);
        using var place = Workplace.OfToy(("Database", databases.Next()));
        await using var host = await HostProcess.Serve(place, ["--demo", "--today", "2026-03-12"]);
        using var school = await SignedIn(host, "school");
        using var county = await SignedIn(host, "county");
        var form = new JsonObject
        {
            ["name"] = Name,
            ["residentId"] = Number,
            ["school"] = (string)(await school.Json("/odata/Schools"))["value"]![0]!["Name"]!,
        };
        var opened = await Act(school, Escorts, form);
        await Shows(school, $"/cases/toyregion/escorts/{opened["id"]}", Name, "同意");
        var admitted = await Act(county, $"{Escorts}/{opened["id"]}/admit", new JsonObject(), opened);
        Assert.Equal("Admitted", (string)admitted["state"]!);
        var again = await Act(school, Escorts, form.DeepClone());
        Assert.Equal((string)opened["studentId"]!, (string)again["studentId"]!);

        var line = (await school.Json($"/odata/Students?$filter=Id eq {opened["studentId"]}"))["value"]![0]!;
        Assert.Equal(
            (Name, false, "5201************1X"),
            ((string)line["Name"]!, (bool)line["OnRegister"]!, (string)line["ResidentId"]!)
        );
        await Shows(school, $"/students/{opened["studentId"]}", Name, "有学籍", "随车照管员登记");
        await Shows(school, $"/students?q={Uri.EscapeDataString(Name)}", $"/students/{opened["studentId"]}");
        var pupils = await school.GetStringAsync("/api/forms/registry.students/export?format=ndjson");
        Assert.DoesNotContain(Name, pupils, StringComparison.Ordinal);
    }

    private static async Task Shows(HttpClient client, string page, params IReadOnlyList<string> words)
    {
        using var answer = await client.GetAsync(page);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal((page, HttpStatusCode.OK), (page, answer.StatusCode));
        Assert.All(words, word => Assert.Contains(word, html, StringComparison.Ordinal));
    }

    private static JsonObject Paper(string name, string number) =>
        new()
        {
            ["studentName"] = name,
            ["residentId"] = number,
            ["kilometres"] = 6,
            ["guardianPhone"] = "15400000001",
            ["guardianSigned"] = true,
        };

    private static JsonObject Facts() =>
        new()
        {
            ["facts"] = new JsonObject
            {
                ["stage"] = "Junior",
                ["home"] = "520102",
                ["boards"] = false,
                ["notifiedOn"] = "2026-03-10",
            },
        };

    /// <summary>With the password of the demo, through the door of the API.</summary>
    private static async Task<HttpClient> SignedIn(HostProcess host, string user)
    {
        var client = new HttpClient { BaseAddress = host.Client.BaseAddress };
        using var answer = await client.PostAsJsonAsync("/api/auth/token", new { user, password = $"demo-{user}" });
        answer.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["accessToken"]!
        );
        return client;
    }

    /// <summary>A pupil of the school without an application, as the school's own list writes them.</summary>
    private static async Task<(string Name, string Number)> WhoHasNotApplied(HttpClient school)
    {
        var applied = (await school.Json("/odata/ToyRegionApplications?$select=StudentName"))["value"]!
            .AsArray()
            .Select(a => (string)a!["StudentName"]!)
            .ToHashSet(StringComparer.Ordinal);
        var text = await school.GetStringAsync("/api/forms/registry.students/export?format=ndjson");
        var pupil = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => JsonNode.Parse(row)!)
            .First(row => !applied.Contains((string)row["name"]!));
        return ((string)pupil["name"]!, (string)pupil["residentId"]!);
    }

    private static HttpRequestMessage Request(string path, JsonNode body, JsonNode? seen)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = Asking.Body(Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json"),
        };
        if (seen is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{seen["version"]}\""));
        return request;
    }

    private static async Task<JsonNode> Act(HttpClient client, string path, JsonNode body, JsonNode? seen = null)
    {
        using var request = Request(path, body, seen);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
