using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduAssist.Conformance;
using EduAssist.Data;
using EduAssist.Web;

namespace EduAssist.Host.Release;

/// <summary>A database of the release 0.1, opened by the program of today: nothing in it is lost, and everything is
/// answered as it was.</summary>
public partial class OldReleaseTests
{
    private static readonly JsonNode Known = OldRelease.Known;

    [Theory, EveryDatabase]
    public async Task Every_encrypted_column_is_read(DatabaseKind kind)
    {
        await There();
        using var release = await OldRelease.Lay(kind);
        var columns = Known["columns"]!.AsObject().ToDictionary(c => c.Key, c => (string)c.Value!);
        Assert.True(columns.Count >= 14, $"only {columns.Count} columns are known");
        Assert.All(columns, c => Assert.True(c.Value[0] is >= '1' and <= '9', $"{c.Key} was never filled"));
        Approved.Nothing(Faults(columns, release.Columns()));
    }

    /// <summary>The same look at a value that was encrypted for another column.</summary>
    [Fact]
    public async Task A_column_that_cannot_be_read_is_named()
    {
        using var release = await OldRelease.Lay(DatabaseKind.Sqlite);
        release.Alter(
            """
            UPDATE core_student SET "Phone" = "Address"
            WHERE "Id" = (SELECT "Id" FROM core_student WHERE "Address" IS NOT NULL LIMIT 1)
            """
        );
        var columns = Known["columns"]!.AsObject().ToDictionary(c => c.Key, c => (string)c.Value!);
        var fault = Assert.Single(Faults(columns, release.Columns()));
        Assert.StartsWith("core_student.Phone", fault, StringComparison.Ordinal);
        Assert.Contains("AuthenticationTagMismatchException", fault, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task It_is_upgraded_and_answers_as_before(DatabaseKind kind)
    {
        await There();
        using var release = await OldRelease.Lay(kind);
        await using (var host = await release.Serve())
        {
            await Asks(host.Client);
            // in 0.1 a school could be given over a county
            Assert.Contains(host.Beginning, line =>
                line.Contains("不生效：everybody、release、release-codes。", StringComparison.Ordinal)
            );
            await host.Stop();
        }

        var verified = JsonNode.Parse((await release.Run("audit", "verify", "--demo", "--json")).Done().Output)!;
        Assert.Empty(verified["faults"]!.AsArray());
        await using var again = await release.Serve(); // a second start finds nothing to do
        Assert.Equal(KnownCounts(), (await MakeRelease.Counts(again.Client)).ToJsonString());
    }

    private static async Task Asks(HttpClient client)
    {
        // no seed came twice
        Assert.Equal(KnownCounts(), (await MakeRelease.Counts(client)).ToJsonString());
        var doubled = await client.Json(
            "/odata/Schools?$apply=groupby((Name,Division),aggregate($count as N))/" + "filter(N gt 1)"
        );
        Assert.Empty(doubled["value"]!.AsArray());

        var token = await MakeRelease.Token(client, "release");
        await SignsIn(client);
        await Found(client, token);
        await Replayed(client, token);
        await Answered(client, token);
        await Papers(client, token);
    }

    private static async Task SignsIn(HttpClient client)
    {
        var coded = await MakeRelease.Token(client, "release-codes", Codes.Of((string)Known["codeKey"]!));
        using var me = await client.SendAsync(MakeRelease.Asked(HttpMethod.Get, "/api/auth/me", null, coded));
        Assert.True((bool)JsonNode.Parse(await me.Content.ReadAsStringAsync())!["hasTwoFactor"]!);
        using var byKey = new HttpRequestMessage(HttpMethod.Get, "/odata/Schools/$count");
        byKey.Headers.Authorization = new(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"release:{Known["apiKey"]}"))
        );
        using var counted = await client.SendAsync(byKey);
        Assert.Equal(HttpStatusCode.OK, counted.StatusCode);
    }

    /// <summary>By both numbers, through the page that takes one: an index that is made otherwise today finds
    /// nobody.</summary>
    private static async Task Found(HttpClient client, string token)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var plain = new HttpClient(handler) { BaseAddress = client.BaseAddress };
        plain.DefaultRequestHeaders.Authorization = new("Bearer", token);
        plain.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var guard = FormGuard().Match(await plain.GetStringAsync("/students")).Groups[1].Value;
        var student = Known["student"]!;
        foreach (var number in (string[])["residentId", "nationalNumber"])
        {
            using var form = new FormUrlEncodedContent([new("q", (string)student[number]!), new("_form", guard)]);
            using var answer = await plain.PostAsync("/students", form);
            Assert.True(
                answer.StatusCode == HttpStatusCode.SeeOther,
                $"{number}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
            );
            Assert.Equal($"/students/{student["id"]}", answer.Headers.Location!.ToString());
        }

        using var revealed = await client.SendAsync(
            MakeRelease.Asked(HttpMethod.Post, $"/api/registry/students/{student["id"]}/reveal", null, token)
        );
        var numbers = JsonNode.Parse(await revealed.Content.ReadAsStringAsync())!;
        Assert.Equal(
            ((string)student["residentId"]!, (string)student["nationalNumber"]!),
            ((string)numbers["residentId"]!, (string)numbers["nationalNumber"]!)
        );
        Assert.NotEmpty(numbers["guardians"]!.AsArray());
    }

    private static async Task Replayed(HttpClient client, string token)
    {
        using var answer = await client.SendAsync(
            MakeRelease.Asked(HttpMethod.Post, $"/api/assessments/{Known["assessment"]}/replay", null, token)
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.True((bool?)JsonNode.Parse(text)!["same"], text);
    }

    /// <summary>Byte for byte, whatever came of it.</summary>
    private static async Task Answered(HttpClient client, string token)
    {
        var requests = Known["answered"]!.AsArray();
        Assert.Contains(requests, r => (int)r!["status"]! == 201);
        Assert.Contains(requests, r => (int)r!["status"]! == 409);
        foreach (var known in requests)
        {
            using var request = MakeRelease.Asked(
                HttpMethod.Post,
                (string)known!["path"]!,
                (string)known["body"]!,
                token
            );
            request.Headers.Add("Idempotency-Key", (string)known["key"]!);
            if ((string?)known["version"] is { } version)
                request.Headers.TryAddWithoutValidation("If-Match", version);
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal((int)known["status"]!, (int)answer.StatusCode);
            Assert.Equal((string)known["answer"]!, answer.IsSuccessStatusCode ? text : MakeRelease.WithoutTrace(text));
            Assert.Equal(
                ((string?)known["etag"], (string?)known["location"]),
                (answer.Headers.ETag?.ToString(), answer.Headers.Location?.ToString())
            );
        }
    }

    private static async Task Papers(HttpClient client, string token)
    {
        var view = await client.Json((string)Known["case"]!);
        Assert.Equal((string)Known["student"]!["name"]!, (string)view["form"]!["studentName"]!);
        Assert.NotEmpty(view["history"]!.AsArray());
        using var answer = await client.SendAsync(
            MakeRelease.Asked(HttpMethod.Get, (string)Known["evidence"]!["path"]!, null, token)
        );
        Assert.Equal((string)Known["evidence"]!["text"]!, await answer.Content.ReadAsStringAsync());
        Assert.Contains(
            Uri.EscapeDataString("家访.pdf"),
            answer.Content.Headers.ContentDisposition!.ToString(),
            StringComparison.Ordinal
        );
    }

    private static IEnumerable<string> Faults(
        IReadOnlyDictionary<string, string> known,
        IReadOnlyDictionary<string, string> read
    ) =>
        from column in known
        let now = read.GetValueOrDefault(column.Key) ?? "no encrypted column has this name"
        where now != column.Value
        select $"{column.Key} was filled by the release 0.1 and cannot be read as it was: {now}"
            + $" (then {column.Value}). "
            + "A purpose, a table or a column was renamed: name it as it was, or move what is stored.";

    /// <summary>Approving makes it where there is none; a release that is there is never made again.</summary>
    private static async Task There()
    {
        if (Repository.Approving && !File.Exists(Path.Combine(Repository.Root, OldRelease.Folder, "eduassist.backup")))
            await MakeRelease.Make();
    }

    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"")]
    private static partial Regex FormGuard();

    /// <summary>Of what is the instance's own: the register of divisions is the program's, and grows with it.</summary>
    private static string KnownCounts()
    {
        var counts = Known["counts"]!.DeepClone().AsObject();
        counts.Remove("Divisions");
        return counts.ToJsonString();
    }
}
