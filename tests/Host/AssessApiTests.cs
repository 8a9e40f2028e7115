using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace EduAssist.Host;

public class AssessApiTests(Server server)
{
    private const string Eligible = """
        {"asOf":"2020-05-08","facts":{"grade":9,"schoolDivision":"532301","strugglesDespiteHelp":true,"repeatedDropout":true,"studentConsents":true,"guardianConsents":true,"hasVocationalRoll":false,"hasOpenApplication":false}}
        """;

    [Fact]
    public async Task Programmes_are_listed_with_their_rules_and_articles()
    {
        var programmes = await server.Get("/api/programmes");
        var programme = programmes.AsArray().Single(p => (string)p!["id"]! == "chuxiong.vocational-class")!;
        var rules = programme["ruleSets"]!.AsArray().Single()!;
        Assert.Equal(["Eligibility", "cx2020@1"], [(string)programme["kind"]!, (string)rules["id"]!]);
        Assert.Contains(
            "cx2020/3.3",
            rules["criteria"]!.AsArray().Single(c => (string)c!["rule"]! == "consent")!["provisions"].Texts()
        );
    }

    [Fact]
    public async Task Facts_are_described_by_a_JSON_Schema_with_Chinese_titles()
    {
        using var answer = await server.Client.GetAsync("/api/programmes/chuxiong.vocational-class/facts");
        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType!.MediaType);
        var schema = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string)schema["$schema"]!);
        Assert.False((bool)schema["additionalProperties"]!);
        Assert.Equal(
            [
                "grade",
                "schoolDivision",
                "strugglesDespiteHelp",
                "repeatedDropout",
                "longTermDropout",
                "persuadedBack",
                "willingToLearnSkills",
                "studentConsents",
                "guardianConsents",
                "hasVocationalRoll",
                "hasOpenApplication",
            ],
            schema["properties"]!.AsObject().Select(p => p.Key)
        );
        Assert.All(schema["properties"]!.AsObject(), p =>
            Assert.Contains((string)p.Value!["title"]!, c => c > '\u4e00')
        );
        Assert.Equal(
            [1, 12],
            [(int)schema["properties"]!["grade"]!["minimum"]!, (int)schema["properties"]!["grade"]!["maximum"]!]
        );
    }

    [Fact]
    public async Task A_subject_gets_a_verdict_with_findings_and_their_articles()
    {
        var answer = await server.Client.Assess(Server.Class, Eligible);
        Assert.Equal(
            ["chuxiong.vocational-class", "2020-05-08", "cx2020@1", "Eligible"],
            ((string[])["programme", "asOf", "ruleSet", "verdict"]).Select(m => (string)answer[m]!)
        );
        Assert.All(answer["findings"]!.AsArray(), f => Assert.Equal("Satisfied", (string)f!["outcome"]!));
        Assert.Equal(["cx-i1", "cx-i7"], answer["interpretations"].Texts());
        Assert.Empty(answer["missing"]!.AsArray());
        Assert.Empty(answer["situations"]!.AsArray());
        Assert.Empty(answer["measures"]!.AsArray());
    }

    [Theory]
    [InlineData(""","guardianConsents":true""", "", "Undetermined", "guardianConsents")]
    [InlineData("guardianConsents\":true", "guardianConsents\":null", "Undetermined", "guardianConsents")]
    [InlineData("guardianConsents\":true", "guardianConsents\":false", "Ineligible", "")]
    [InlineData("grade\":9", "grade\":8", "Ineligible", "")]
    [InlineData("\"532301\"", "532301", "Eligible", "")]
    [InlineData("532301", "520102", "Ineligible", "")]
    public async Task A_fact_left_out_is_unknown_and_only_what_still_matters_is_missing(
        string fact,
        string instead,
        string verdict,
        string missing
    )
    {
        var answer = await server.Client.Assess(
            Server.Class,
            Eligible.Replace(fact, instead, StringComparison.Ordinal)
        );
        Assert.Equal(verdict, (string)answer["verdict"]!);
        Assert.Equal(missing, string.Join(',', answer["missing"].Texts()));
    }

    [Fact]
    public async Task Without_a_day_it_is_today_in_Shanghai()
    {
        var before = DateTimeOffset
            .FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())
            .ToOffset(TimeSpan.FromHours(8));
        var asOf = (string)(await server.Client.Assess(Server.Class, """{"facts":{}}"""))["asOf"]!;
        Assert.Contains(asOf, (string[])[$"{before:yyyy-MM-dd}", $"{before.AddMinutes(3):yyyy-MM-dd}"]);
    }

    [Theory]
    [InlineData("gradee", """{"facts":{"gradee":9}}""")]
    [InlineData("年级", """{"facts":{"年级":9}}""")]
    [InlineData("Grade", """{"facts":{"Grade":9}}""")]
    [InlineData("grade", """{"facts":{"grade":"9"}}""")]
    [InlineData("grade", """{"facts":{"grade":true}}""")]
    [InlineData("grade", """{"facts":{"grade":9.5}}""")]
    [InlineData("grade", """{"facts":{"grade":0}}""")]
    [InlineData("grade", """{"facts":{"grade":13}}""")]
    [InlineData("grade", """{"facts":{"grade":1e400}}""")]
    [InlineData("grade", """{"facts":{"grade":[9]}}""")]
    [InlineData("grade", """{"facts":{"grade":{}}}""")]
    [InlineData("grade", """{"facts":{"grade":9,"grade":9}}""")]
    [InlineData("studentConsents", """{"facts":{"studentConsents":1}}""")]
    [InlineData("studentConsents", """{"facts":{"studentConsents":"是"}}""")]
    [InlineData("schoolDivision", """{"facts":{"schoolDivision":"999999"}}""")]
    [InlineData("schoolDivision", """{"facts":{"schoolDivision":"楚雄"}}""")]
    [InlineData("schoolDivision", """{"facts":{"schoolDivision":-532301}}""")]
    [InlineData("asOf", """{"asOf":"2020-5-8","facts":{}}""")]
    [InlineData("asOf", """{"asOf":"2020-02-30","facts":{}}""")]
    [InlineData("asOf", """{"asOf":20200508,"facts":{}}""")]
    [InlineData("asOf", """{"asOf":null,"asOf":null,"facts":{}}""")]
    [InlineData("facts", """{"asOf":"2020-05-08"}""")]
    [InlineData("facts", """{"facts":null}""")]
    [InlineData("facts", """{"facts":[]}""")]
    [InlineData("facts", """{"facts":{},"facts":{}}""")]
    [InlineData("fact", """{"fact":{},"facts":{}}""")]
    public async Task What_cannot_be_a_fact_is_refused_by_name(string field, string body)
    {
        var problem = await server.Refused(HttpStatusCode.BadRequest, Server.Class, body);
        Assert.Equal("invalid-request", (string)problem["type"]!);
        Assert.Equal([field], problem["errors"]!.AsObject().Select(e => e.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("9")]
    [InlineData("""{"facts":{}} {"facts":{}}""")]
    [InlineData("""{"facts":{},}""")]
    [InlineData("""{"facts":{"grade":[[[[[[[[[[9]]]]]]]]]]}}""")]
    [InlineData("""{"facts":{"\ud800":9}}""")]
    [InlineData("""{"facts":{"schoolDivision":"\udc00"}}""")]
    [InlineData("// a comment\n{}")]
    public async Task What_is_no_JSON_object_is_refused(string body) =>
        await server.Refused(HttpStatusCode.BadRequest, Server.Class, body);

    [Fact]
    public async Task Nesting_without_end_is_refused() =>
        await server.Refused(
            HttpStatusCode.BadRequest,
            Server.Class,
            $$"""{"facts":{{string.Concat(Enumerable.Repeat("""{"a":""", 9000))}}"""
        );

    [Fact]
    public async Task Text_that_is_not_UTF_8_is_refused() =>
        await server.Refused(
            HttpStatusCode.BadRequest,
            Server.Class,
            [.. "{\"facts\":{\""u8, 0xFF, 0xFE, .. "\":1}}"u8]
        );

    [Theory]
    [InlineData(1 << 20)]
    [InlineData((64 << 10) + 1)]
    public async Task A_body_that_is_too_large_is_refused(int bytes) =>
        await server.Refused(
            HttpStatusCode.RequestEntityTooLarge,
            Server.Class,
            Encoding.UTF8.GetBytes(new string(' ', bytes - 12) + """{"facts":{}}""")
        );

    [Fact]
    public async Task The_largest_body_is_read() =>
        Assert.Equal(
            "Undetermined",
            (string)
                (await server.Client.Assess(Server.Class, new string(' ', (64 << 10) - 12) + """{"facts":{}}"""))[
                    "verdict"
                ]!
        );

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json5")]
    public async Task Another_content_type_is_refused(string type) =>
        await server.Refused(HttpStatusCode.UnsupportedMediaType, Server.Class, Eligible, type);

    [Fact]
    public async Task Without_a_content_type_it_is_refused()
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        await server.Client.Refused(
            HttpStatusCode.UnsupportedMediaType,
            new(HttpMethod.Post, Server.Class) { Content = content }
        );
    }

    [Theory]
    [InlineData("2019-12-31")]
    [InlineData("0001-01-01")]
    public async Task Before_the_rules_there_is_no_verdict(string asOf)
    {
        var problem = await server.Refused(
            HttpStatusCode.Conflict,
            Server.Class,
            Eligible.Replace("2020-05-08", asOf, StringComparison.Ordinal)
        );
        Assert.Equal("rule-set-not-in-force", (string)problem["type"]!);
        Assert.Contains(asOf, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_first_day_of_the_rules_there_is_one() =>
        Assert.Equal(
            "Eligible",
            (string)
                (
                    await server.Client.Assess(
                        Server.Class,
                        Eligible.Replace("2020-05-08", "2020-01-01", StringComparison.Ordinal)
                    )
                )["verdict"]!
        );

    [Fact]
    public async Task An_unknown_programme_is_not_found()
    {
        await server.Refused(HttpStatusCode.NotFound, "/api/programmes/chuxiong.nothing/assess", Eligible);
        await server.Refused(HttpStatusCode.NotFound, "/api/programmes/chuxiong.nothing/facts");
    }

    [Fact]
    public async Task Lines_are_answered_in_order_and_a_bad_one_stops_nothing()
    {
        var line = Eligible.Trim();
        var answers = await server.Client.AssessLines(
            Server.Class,
            [
                line,
                "{",
                line.Replace("\"grade\":9", "\"grade\":13", StringComparison.Ordinal),
                "",
                "  \r",
                line.Replace("\"grade\":9", "\"grade\":8", StringComparison.Ordinal),
                line.Replace("2020-05-08", "2019-05-08", StringComparison.Ordinal),
                new string('x', 100 << 10),
                """{"facts":{"nobody":1}}""",
                line,
            ]
        );
        Assert.Equal(
            ["Eligible", "!2 ", "!3 grade", "Ineligible", "!7 asOf", "!8 ", "!9 nobody", "Eligible"],
            answers.Select(a => (string?)a["verdict"] ?? $"!{(int)a["line"]!} {(string?)a["fact"]}")
        );
        Assert.All(answers.Where(a => a["verdict"] is null), a =>
            Assert.Contains((string)a["error"]!, c => c > '\u4e00')
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n\r\n")]
    public async Task No_lines_get_no_answers(string body) =>
        Assert.Empty(await server.Client.AssessLines(Server.Class, [body]));

    [Fact]
    public async Task A_last_line_without_an_end_is_answered_too_also_when_it_is_too_long()
    {
        Assert.Single(await server.Client.AssessLines(Server.Class, [Eligible.Trim()]));
        Assert.NotNull(
            Assert.Single(await server.Client.AssessLines(Server.Class, [new string(' ', (64 << 10) + 1)]))["error"]
        );
    }

    /// <summary>Most clients send all of a body before they read the first answer.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Twenty_thousand_lines_are_streamed_each_with_its_own_answer(bool readsWhileItSends)
    {
        var lines = Enumerable
            .Range(0, 20_000)
            .Select(i => Eligible.Trim().Replace("\"grade\":9", $"\"grade\":{(i % 12) + 1}", StringComparison.Ordinal))
            .ToList();
        var answers = await server.Client.AssessLines(Server.Class, lines, readsWhileItSends);
        Assert.Equal(lines.Count, answers.Count);
        Assert.Equal(
            Enumerable.Range(0, 20_000).Select(i => i % 12 == 8 ? "Eligible" : "Ineligible"),
            answers.Select(a => (string)a["verdict"]!)
        );
    }

    /// <summary>By hand: HttpClient sends all of a body before it reads an answer.</summary>
    [Fact]
    public async Task The_first_answer_comes_before_the_last_question()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port, patience.Token);
        await using var stream = socket.GetStream();
        using var reader = new StreamReader(stream);
        var line = Eligible.Trim() + "\n";
        var chunk = $"{line.Length:x}\r\n{line}\r\n";
        await Send(
            $"POST {Server.Class} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {server.Client.DefaultRequestHeaders.Authorization}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunk}"
        );
        await Answer();
        await Send($"{chunk}0\r\n\r\n");
        await Answer();

        async Task Send(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), patience.Token);

        async Task Answer()
        {
            while (await reader.ReadLineAsync(patience.Token) is { } read)
            {
                if (read.Contains("\"verdict\":\"Eligible\"", StringComparison.Ordinal))
                    return;
            }

            Assert.Fail("no answer");
        }
    }
}
