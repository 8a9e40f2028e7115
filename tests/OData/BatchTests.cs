using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace EduAssist.OData;

/// <summary>Several questions in one request, as JSON and as multipart.</summary>
public abstract class BatchTests(AskedOnly asked)
{
    private Served Served => asked.Served;

    [Fact]
    public async Task Each_question_is_answered_as_if_it_had_come_alone()
    {
        string[] paths =
        [
            "ToyMakers?$orderby=Name&$top=2&$count=true",
            "ToyThings?$apply=groupby((Grade),aggregate($count as N))&$filter=N%20gt%201",
            $"ToyThings({AskedOnly.Things[0].Id})?$select=Name",
            $"ToyThings({AskedOnly.Things[0].Id})/Name/$value",
            "ToyThings/$count",
            "ToyThings?$filter=Nothing%20eq%201",
            "/odata/$metadata",
        ];
        using var answer = await JsonAsync([.. paths.Select((p, n) => Question($"{n}", p))]);
        var whole = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, whole);
        var answers = JsonNode.Parse(whole)!["responses"]!.AsArray();
        Assert.Equal(paths.Select((_, n) => $"{n}"), answers.Select(a => (string)a!["id"]!));
        foreach (var (path, one) in paths.Zip(answers))
        {
            using var alone = await Served.Get(path.Replace("/odata/", "", StringComparison.Ordinal));
            Assert.Equal((path, (int)alone.StatusCode), (path, (int)one!["status"]!));
            if (alone.Content.Headers.ContentType!.MediaType == "application/json")
                Assert.Equal(
                    JsonNode.Parse(await alone.Content.ReadAsStringAsync())!.ToJsonString(),
                    one["body"]!.ToJsonString()
                );
            else if (alone.Content.Headers.ContentType.MediaType == "text/plain")
                Assert.Equal(await alone.Content.ReadAsStringAsync(), (string)one["body"]!);
            else
                Assert.Equal(
                    await alone.Content.ReadAsStringAsync(),
                    Encoding.UTF8.GetString(Base64Url.DecodeFromChars((string)one["body"]!))
                );
        }
    }

    [Fact]
    public async Task Parts_of_a_message_are_questions_too()
    {
        const string body = """
            --b
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            GET ToyMakers?$top=1 HTTP/1.1
            Accept: application/json


            --b
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            GET /odata/ToyThings/$count HTTP/1.1


            --b--
            """;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n")));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/mixed;boundary=b");
        using var answer = await Served.Client.PostAsync(new Uri(Served.Root, "$batch"), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(
            (HttpStatusCode.OK, "multipart/mixed"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType)
        );
        Assert.Equal(2, text.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.Contains("$metadata#ToyMakers", text, StringComparison.Ordinal);
        Assert.Contains($"{AskedOnly.Things.Count}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_changes_nothing()
    {
        using var answer = await JsonAsync(
            Question("a", "ToyThings", "POST", "{}"),
            Question("b", $"ToyThings({AskedOnly.Things[0].Id})", "DELETE"),
            Question("c", "ToyThings/$count"),
            Question("d", "ToyThings?$format=xlsx")
        );
        var answers = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["responses"]!.AsArray();
        Assert.Equal([405, 405, 200, 501], answers.Select(a => (int)a!["status"]!));
    }

    [Fact]
    public async Task Nobody_sees_more_in_a_batch()
    {
        await using var nobody = await Served.As();
        using var answer = await JsonAsync(nobody, "", Question("a", "ToyThings/$count"), Question("b", "ToyMakers"));
        var answers = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["responses"]!.AsArray();
        Assert.Equal("0", (string)answers[0]!["body"]!);
        Assert.Empty(answers[1]!["body"]!["value"]!.AsArray());
    }

    [Theory]
    [InlineData("", "application/json", 400)]
    [InlineData("{", "application/json", 400)]
    [InlineData("{}", "application/json", 400)]
    [InlineData("""{"requests":[{"method":"GET","url":"ToyMakers"}]}""", "application/json", 400)]
    [InlineData("""{"requests":[{"id":"1"},{"id":"1"}]}""", "application/json", 400)]
    [InlineData("""{"requests":[1]}""", "application/json", 400)]
    [InlineData(
        """{"requests":[{"id":"a\r\nX: 1","method":"GET","url":"ToyMakers","headers":{}}]}""",
        "application/json",
        400
    )]
    [InlineData("x", "text/plain", 415)]
    [InlineData("x", "multipart/mixed", 415)]
    [InlineData("--b\r\nnothing", "multipart/mixed;boundary=b", 400)]
    [InlineData("--b\r\n\r\nGET ToyMakers HTTP/1.1\r\n\r\n\r\n--b--\r\n", "multipart/mixed;boundary=c", 400)]
    public async Task What_is_no_batch_is_refused(string body, string type, int status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await Served.Client.PostAsync(new Uri(Served.Root, "$batch"), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((status, true), ((int)answer.StatusCode, text.Contains("$batch", StringComparison.Ordinal)));
    }

    /// <summary>A part that cannot be read has a refusal of its own, and the others their answers.</summary>
    [Theory]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"id":"1","method":"GET","url":"http://elsewhere/odata/ToyMakers"}""")]
    [InlineData("""{"id":"1","method":"GET","url":"/api/users"}""")]
    [InlineData("""{"id":"1","method":"GET","url":"../api/users"}""")]
    [InlineData("""{"id":"1","method":"GET","url":7}""")]
    [InlineData("""{"id":"1","method":"GET","url":"ToyMakers/$count","dependsOn":["2"]}""")]
    public async Task One_bad_part_does_not_refuse_the_others(string part)
    {
        using var answer = await JsonAsync(
            Served,
            "continue-on-error",
            JsonNode.Parse(part)!.AsObject(),
            Question("2", "ToyMakers/$count")
        );
        var answers = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["responses"]!.AsArray();
        Assert.Equal(["1 400", "2 200"], answers.Select(a => $"{a!["id"]} {a["status"]}"));
        Assert.NotEmpty((string)answers[0]!["body"]!["error"]!["message"]!);
    }

    [Fact]
    public async Task One_bad_part_of_a_message_does_not_refuse_the_others()
    {
        var text = await PartsAsync("continue-on-error", "nonsense", "GET ToyMakers/$count HTTP/1.1\r\n\r\n");
        Assert.Equal(1, text.Split("HTTP/1.1 400").Length - 1);
        Assert.Equal(1, text.Split("HTTP/1.1 200").Length - 1);
    }

    [Theory]
    [InlineData("", "200 400 424 424")]
    [InlineData("continue-on-error=false", "200 400 424 424")]
    [InlineData("odata.continue-on-error", "200 400 200 404")]
    [InlineData("respond-async, continue-on-error = true", "200 400 200 404")]
    public async Task After_a_failure_it_goes_on_if_it_is_asked_to(string prefer, string statuses)
    {
        string[] paths = ["ToyMakers/$count", "ToyMakers?$filter=X", "ToyThings/$count", "Nothing"];
        using var answer = await JsonAsync(Served, prefer, [.. paths.Select((p, n) => Question($"{n}", p))]);
        var answers = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["responses"]!.AsArray();
        Assert.Equal(statuses, string.Join(' ', answers.Select(a => a!["status"])));
        var text = await PartsAsync(prefer, [.. paths.Select(p => $"GET {p} HTTP/1.1\r\n\r\n")]);
        Assert.Equal(statuses.Contains("424", StringComparison.Ordinal) ? 2 : 4, text.Split("HTTP/1.1 ").Length - 1);
    }

    [Fact]
    public async Task What_depends_on_a_failure_fails_and_groups_keep_their_names()
    {
        JsonObject Depending(string id, string path, string? group, params string[] on)
        {
            var question = Question(id, path);
            question["dependsOn"] = new JsonArray([.. on.Select(o => JsonValue.Create(o))]);
            question["atomicityGroup"] = group;
            if (group is null)
                question.Remove("atomicityGroup");
            return question;
        }

        using var answer = await JsonAsync(
            Served,
            "continue-on-error",
            Depending("good", "ToyMakers/$count", "g"),
            Depending("bad", "Nothing", "g"),
            Depending("after good", "ToyMakers/$count", null, "good"),
            Depending("after bad", "ToyMakers/$count", null, "good", "bad"),
            Depending("after both", "ToyMakers/$count", "h", "g"),
            Depending("after that", "ToyMakers/$count", null, "after both")
        );
        var answers = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["responses"]!.AsArray();
        Assert.Equal(
            ["good 200 g", "bad 404 g", "after good 200 ", "after bad 424 ", "after both 424 h", "after that 424 "],
            answers.Select(a => $"{a!["id"]} {a["status"]} {a["atomicityGroup"]}")
        );
    }

    [Fact]
    public async Task A_head_has_no_body()
    {
        using var answer = await JsonAsync(
            Question("a", "ToyMakers", "HEAD"),
            Question("b", "ToyMakers/$count", "HEAD"),
            Question("c", "Nothing", "HEAD")
        );
        var answers = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["responses"]!.AsArray();
        Assert.Equal(["200", "200", "404"], answers.Select(a => $"{a!["status"]}"));
        Assert.All(answers.Take(2), a => Assert.Null(a!["body"]));
        Assert.StartsWith(
            "application/json",
            (string)answers[0]!["headers"]!["content-type"]!,
            StringComparison.Ordinal
        );
        var text = await PartsAsync("", "HEAD ToyMakers HTTP/1.1\r\n\r\n");
        Assert.Contains("HTTP/1.1 200", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@odata.context", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_has_its_time()
    {
        await using var served = await Served.Start(
            asked.Kind,
            [
                .. Oracle.RandomRows.Makers(new(3), 300),
                .. Oracle.RandomRows.Things(new(4), Oracle.RandomRows.Makers(new(3), 300), 20_000),
            ],
            new() { BatchSeconds = 2 }
        );
        const string slow =
            "ToyMakers?$filter=Things/any(a:a/Maker/Things/any(b:b/Maker/Things/any(c:c/Maker/Things"
            + "/any(d:concat(d/Name,a/Name) eq 'nobody'))))&$top=1";
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var answer = await JsonAsync(
            served,
            "continue-on-error",
            Question("quick", "ToyMakers/$count"),
            Question("slow", Oracle.Asking.Escaped(slow)),
            Question("late", "ToyMakers/$count")
        );
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 9); // a page alone has ten seconds
        var answers = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["responses"]!.AsArray();
        Assert.Equal(["200", "400", "400"], answers.Select(a => $"{a!["status"]}"));
        Assert.All(answers.Skip(1), a => Assert.Equal("limit-exceeded", (string)a!["body"]!["error"]!["code"]!));
    }

    [Fact]
    public async Task A_batch_has_an_end()
    {
        using var answer = await JsonAsync([
            .. Enumerable.Range(0, 101).Select(n => Question($"{n}", "ToyMakers/$count")),
        ]);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("最多 100", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static JsonObject Question(string id, string url, string method = "GET", string? body = null) =>
        new()
        {
            ["id"] = id,
            ["method"] = method,
            ["url"] = url,
            ["headers"] = new JsonObject { ["content-type"] = "application/json" },
            ["body"] = body is null ? null : JsonNode.Parse(body),
        };

    private async Task<string> PartsAsync(string prefer, params string[] questions)
    {
        using var content = new StringContent(
            string.Concat(
                questions.Select(q =>
                    $"--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{q}\r\n"
                )
            ) + "--b--\r\n"
        );
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/mixed;boundary=b");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Served.Root, "$batch"))
        {
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("Prefer", prefer);
        using var answer = await Served.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }

    private Task<HttpResponseMessage> JsonAsync(params JsonObject[] questions) =>
        JsonAsync(Served, "continue-on-error", questions);

    private static async Task<HttpResponseMessage> JsonAsync(
        Served served,
        string prefer,
        params JsonObject[] questions
    )
    {
        foreach (var question in questions.Where(q => q["body"] is null))
            question.Remove("body");
        using var content = new StringContent(
            new JsonObject { ["requests"] = new JsonArray([.. questions]) }.ToJsonString(),
            Encoding.UTF8,
            "application/json"
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(served.Root, "$batch"))
        {
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("Prefer", prefer);
        return await served.Client.SendAsync(request);
    }
}

public sealed class BatchTestsOnSqlite(AskedOnSqlite asked) : BatchTests(asked), IClassFixture<AskedOnSqlite>;

[Requires(ExternalProgram.PostgreSql)]
public sealed class BatchTestsOnPostgreSql(AskedOnPostgreSql asked)
    : BatchTests(asked),
        IClassFixture<AskedOnPostgreSql>;
