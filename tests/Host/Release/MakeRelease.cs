using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduAssist.Conformance;
using EduAssist.Data;
using EduAssist.Web;

namespace EduAssist.Host.Release;

/// <summary>
/// Makes the database of a release through the API of its own host: in a checkout of that release, where the folder has
/// none and somebody approves. A release that is out never changes: another one gets a folder of its own.
/// </summary>
internal static class MakeRelease
{
    private const string Made = "2020-05-09",
        Junior = "楚雄市第一中学",
        Applications = "/api/chuxiong/applications",
        Password = "release-password-1",
        Pdf = "%PDF-1.4 家访记录";

    private const string Roles =
        """[{"role":"School","place":"楚雄市第一中学"},{"role":"County","place":"532301"},"""
        + """{"role":"Vocational","place":"楚雄技师学院"}]""";

    private static readonly string Key = Convert.ToBase64String(SHA256.HashData("EduAssist demo"u8));

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static async Task Make()
    {
        using var databases = new OwnDatabases(DatabaseKind.Sqlite);
        var connection = databases.Next();
        using var place = new Workplace(("Database", connection), ("MasterKey", Key));
        var known = new JsonObject { ["password"] = Password };
        await using (var host = await HostProcess.Serve(place, ["--demo", "--today", Made]))
        {
            await Users(host.Client, known);
            await Cases(host.Client, known);
            await Corrected(host.Client, known);
            known["counts"] = await Counts(host.Client);
            await host.Stop();
        }

        (await HostProcess.Run(place, "backup", "eduassist.backup")).Done();
        known["columns"] = new JsonObject(
            EncryptedColumns
                .Read(databases, connection, place.Folder, Key)
                .Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))
        );
        Directory.CreateDirectory(Path.Combine(Repository.Root, OldRelease.Folder));
        File.Copy(place["eduassist.backup"], Path.Combine(Repository.Root, OldRelease.Folder, "eduassist.backup"));
        Repository.Write($"{OldRelease.Folder}/master.key", Key + "\n");
        Repository.Write($"{OldRelease.Folder}/known.json", known.ToJsonString(Readable) + "\n");
    }

    /// <summary>One who signs in by password, and has a key; one with two-factor.</summary>
    private static async Task Users(HttpClient client, JsonObject known)
    {
        foreach (var user in (string[])["release", "release-codes"])
        {
            var made = await Done(client, HttpMethod.Post, "/api/users", $$"""{"user":"{{user}}","roles":{{Roles}}}""");
            await Done(
                client,
                HttpMethod.Post,
                "/api/auth/password",
                $$"""{"user":"{{user}}","password":"{{made["password"]}}","newPassword":"{{Password}}"}"""
            );
        }

        var coded = await Token(client, "release-codes");
        var secret = (string)(await Done(client, HttpMethod.Post, "/api/auth/two-factor", null, coded))["key"]!;
        await Done(
            client,
            HttpMethod.Post,
            "/api/auth/two-factor/enable",
            $$"""{"value":"{{Codes.Of(secret)}}"}""",
            coded
        );
        known["codeKey"] = secret;
        known["apiKey"] = (string)
            (
                await Done(
                    client,
                    HttpMethod.Post,
                    "/api/auth/keys",
                    """{"title":"表格","onlyReads":true,"days":366}""",
                    await Token(client, "release")
                )
            )["key"]!;
    }

    private static async Task Cases(HttpClient client, JsonObject known)
    {
        var token = await Token(client, "release");
        var applications = (
            await client.Json(
                $"/odata/ChuxiongApplications?$filter=JuniorSchool eq '{Junior}'&" + $"$orderby=StudentName"
            )
        )["value"]!.AsArray();
        var asked = applications.Select(a => (string)a!["StudentId"]!).ToHashSet();
        var student = (
            await client.Json(
                "/odata/Students?$orderby=Name,BirthDate&$filter=Rolls/any(r:r/School/" + "Name eq '楚雄市第一中学')"
            )
        )["value"]!
            .AsArray()
            .First(s => !asked.Contains((string)s!["Id"]!))!;
        var numbers = await Done(client, HttpMethod.Post, $"/api/registry/students/{student["Id"]}/reveal", null);
        known["student"] = new JsonObject
        {
            ["id"] = (string)student["Id"]!,
            ["name"] = (string)student["Name"]!,
            ["residentId"] = (string)numbers["residentId"]!,
            ["nationalNumber"] = (string)numbers["nationalNumber"]!,
        };

        var paper = new JsonObject
        {
            ["schoolName"] = Junior,
            ["className"] = "九（1）班",
            ["headTeacher"] = "示例老师",
            ["headTeacherPhone"] = "15400000002",
            ["studentName"] = (string)student["Name"]!,
            ["sex"] = (string)student["Sex"]! == "Male" ? "男" : "女",
            ["studentPhone"] = "无，未满十六周岁没有手机",
            ["homeCounty"] = "楚雄",
            ["homeTownship"] = "示例",
            ["homeVillage"] = "示例",
            ["homeHamlet"] = "一组",
            ["rollNumber"] = (string)numbers["rolls"]![0]!["number"]!,
            ["residentId"] = (string)numbers["residentId"]!,
            ["guardianName"] = "示例家长",
            ["relation"] = "其他",
            ["guardianPhone"] = "15400000003",
            ["studentSigned"] = true,
            ["studentFingerprint"] = true,
            ["guardianSigned"] = true,
            ["guardianFingerprint"] = true,
            ["school"] = "楚雄技师学院",
            ["major"] = "汽车运用与维修",
        }.ToJsonString(Readable);
        var answered = new JsonArray();
        known["answered"] = answered;
        var one = $"{Applications}/{(string)(await Keep("open", Applications, paper, null))["id"]!}";
        known["case"] = one;
        known["assessment"] = (string)
            (
                await Keep(
                    "assess",
                    $"{one}/assessments",
                    """{"facts":{"persuadedBack":true,"willingToLearnSkills":true}}""",
                    null
                )
            )["id"]!;
        await Keep("submit", $"{one}/submit", "{}", "\"2\"");
        await Keep("approve", $"{one}/approve", """{"seal":true,"date":"2020-05-09"}""", "\"3\"");
        await Keep("send", $"{one}/send", """{"photocopy":true}""", "\"4\"", done: false);
        var filed = await client.Json(one);
        using var request = Asked(
            HttpMethod.Post,
            $"{one}/evidence?kind=home-visit&issuer={Uri.EscapeDataString(Junior)}&date=2020-05-08&"
                + $"name={Uri.EscapeDataString("家访.pdf")}",
            null,
            token
        );
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{filed["version"]}\"");
        request.Content = Asking.Body(Encoding.UTF8.GetBytes(Pdf), "application/pdf");
        using var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var paperId = (await client.Json(one))["evidence"]![0]!["id"];
        known["evidence"] = new JsonObject { ["path"] = $"{one}/evidence/{paperId}", ["text"] = Pdf };

        async Task<JsonNode> Keep(string key, string path, string body, string? version, bool done = true)
        {
            using var asking = Asked(HttpMethod.Post, path, body, token);
            asking.Headers.Add("Idempotency-Key", $"release-{key}");
            if (version is not null)
                asking.Headers.TryAddWithoutValidation("If-Match", version);
            using var told = await client.SendAsync(asking);
            var text = await told.Content.ReadAsStringAsync();
            Assert.True(told.IsSuccessStatusCode == done, $"{path}: {(int)told.StatusCode} {text}");
            var isProblem = !told.IsSuccessStatusCode;
            answered.Add(
                new JsonObject
                {
                    ["key"] = $"release-{key}",
                    ["path"] = path,
                    ["body"] = body,
                    ["version"] = version,
                    ["status"] = (int)told.StatusCode,
                    ["etag"] = told.Headers.ETag?.ToString(),
                    ["location"] = told.Headers.Location?.ToString(),
                    ["answer"] = isProblem ? WithoutTrace(text) : text,
                }
            );
            return JsonNode.Parse(text)!;
        }
    }

    /// <summary>A step back, which keeps what stood there before.</summary>
    private static async Task Corrected(HttpClient client, JsonObject known)
    {
        var one = (string)known["case"]!;
        var token = await Token(client, "release");
        using var request = Asked(HttpMethod.Post, $"{one}/correct", """{"reason":"重新核对"}""", token);
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{(await client.Json(one))["version"]}\"");
        using var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    internal static async Task<JsonObject> Counts(HttpClient client)
    {
        var counts = new JsonObject();
        foreach (
            var set in (string[])
                [
                    "Schools",
                    "Students",
                    "Guardians",
                    "Rolls",
                    "Cases",
                    "Assessments",
                    "ChuxiongApplications",
                    "ChuxiongQuotas",
                    "ChuxiongAllotments",
                ]
        )
            counts[set] = JsonNode.Parse((await client.GetStringAsync($"/odata/{set}/$count")).Trim('\uFEFF'));
        return counts;
    }

    internal static async Task<string> Token(HttpClient client, string user, string? code = null)
    {
        using var answer = await client.PostAsJsonAsync(
            "/api/auth/token",
            new
            {
                user,
                password = Password,
                code,
            }
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return (string)JsonNode.Parse(text)!["accessToken"]!;
    }

    internal static HttpRequestMessage Asked(HttpMethod method, string path, string? body, string token)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new("Bearer", token) } };
        if (body is not null)
            request.Content = Asking.Body(Encoding.UTF8.GetBytes(body), "application/json");
        return request;
    }

    internal static string WithoutTrace(string problem)
    {
        var json = JsonNode.Parse(problem)!.AsObject();
        json.Remove("traceId");
        return json.ToJsonString(Readable);
    }

    private static async Task<JsonNode> Done(
        HttpClient client,
        HttpMethod method,
        string path,
        string? body,
        string? token = null
    )
    {
        using var request = Asked(method, path, body, token ?? client.DefaultRequestHeaders.Authorization!.Parameter!);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
