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
        using var answer = await JsonAsync(nobody, Question("a", "ToyThings/$count"), Question("b", "ToyMakers"));
        var answers = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["responses"]!.AsArray();
        Assert.Equal("0", (string)answers[0]!["body"]!);
        Assert.Empty(answers[1]!["body"]!["value"]!.AsArray());
    }

    [Theory]
    [InlineData("", "application/json", 400)]
    [InlineData("{", "application/json", 400)]
    [InlineData("{}", "application/json", 400)]
    [InlineData("""{"requests":[{"id":"1"}]}""", "application/json", 400)]
    [InlineData(
        """{"requests":[{"id":"1","method":"GET","url":"http://elsewhere/odata/ToyMakers"}]}""",
        "application/json",
        400
    )]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/api/users"}]}""", "application/json", 400)]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"../api/users"}]}""", "application/json", 400)]
    [InlineData(
        """{"requests":[{"id":"1","method":"GET","url":"ToyMakers","atomicityGroup":"g"}]}""",
        "application/json",
        400
    )]
    [InlineData(
        """{"requests":[{"id":"a\r\nX: 1","method":"GET","url":"ToyMakers","headers":{}}]}""",
        "application/json",
        400
    )]
    [InlineData("x", "text/plain", 415)]
    [InlineData("x", "multipart/mixed", 415)]
    [InlineData("--b\r\nnothing", "multipart/mixed;boundary=b", 400)]
    public async Task What_is_no_batch_is_refused(string body, string type, int status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await Served.Client.PostAsync(new Uri(Served.Root, "$batch"), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((status, true), ((int)answer.StatusCode, text.Contains("$batch", StringComparison.Ordinal)));
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

    private Task<HttpResponseMessage> JsonAsync(params JsonObject[] questions) => JsonAsync(Served, questions);

    private static async Task<HttpResponseMessage> JsonAsync(Served served, params JsonObject[] questions)
    {
        foreach (var question in questions.Where(q => q["body"] is null))
            question.Remove("body");
        using var content = new StringContent(
            new JsonObject { ["requests"] = new JsonArray([.. questions]) }.ToJsonString(),
            Encoding.UTF8,
            "application/json"
        );
        return await served.Client.PostAsync(new Uri(served.Root, "$batch"), content);
    }
}

public sealed class BatchTestsOnSqlite(AskedOnSqlite asked) : BatchTests(asked), IClassFixture<AskedOnSqlite>;

[Requires(ExternalProgram.PostgreSql)]
public sealed class BatchTestsOnPostgreSql(AskedOnPostgreSql asked)
    : BatchTests(asked),
        IClassFixture<AskedOnPostgreSql>;
