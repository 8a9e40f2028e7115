using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace EduAssist.Web;

/// <summary>The forms over HTTP: whatever comes in, a page, a file, or problem details come out.</summary>
public class FormsApiTests(Server server) : IClassFixture<Server>
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Application = "/api/forms/chuxiong.application",
        List = "/api/forms/chuxiong.attendance-list";

    [Theory]
    [InlineData($"{Application}/blank", "*/*", 200, "text/html")]
    [InlineData(
        $"{Application}/blank?format=docx",
        "*/*",
        200,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )]
    [InlineData($"{Application}/blank", "application/json", 200, "application/json")]
    [InlineData($"{Application}/blank", "text/html;q=0.1, application/json;q=0.5", 200, "application/json")]
    [InlineData($"{List}/blank", Xlsx, 200, Xlsx)]
    [InlineData($"{List}/blank", "text/csv", 200, "text/csv")]
    [InlineData($"{List}/blank?format=docx", "*/*", 406, "application/problem+json")]
    [InlineData($"{Application}/blank?format=xlsx", "*/*", 406, "application/problem+json")]
    [InlineData($"{List}/blank", "image/png", 406, "application/problem+json")]
    [InlineData($"{List}/blank?format=pdf", "*/*", 400, "application/problem+json")]
    [InlineData($"{Application}", "*/*", 200, "application/schema+json")]
    [InlineData("/api/forms", "*/*", 200, "application/json")]
    [InlineData("/api/forms/nobody", "*/*", 404, "application/problem+json")]
    [InlineData("/api/forms/nobody/blank", "*/*", 404, "application/problem+json")]
    public async Task What_is_asked_for(string path, string accept, int status, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal((status, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    public static TheoryData<string, string, string, int, string> Hostile =>
        new()
        {
            { Application, "application/json", "", 400, "invalid-request" },
            { Application, "application/json", "[]", 400, "invalid-request" },
            { Application, "application/json", "{\"studentName\":\"\\ud800\"}", 400, "invalid-request" },
            { Application, "application/json", "{\"nobody\":1}", 400, "invalid-request" },
            { Application, "application/json", new string('[', 100_000), 400, "invalid-request" },
            { Application, "application/json", $"\"{new string('a', 2 << 20)}\"", 413, "about:blank" },
            { Application, "text/csv", "a,b", 415, "about:blank" },
            { Application, "application/xml", "<a/>", 415, "about:blank" },
            { List, "text/csv", "", 400, "unreadable-list" },
            { List, "text/csv", "甲,乙\n1,2\n", 400, "unreadable-list" },
            { List, "text/csv", "\"never closed", 400, "unreadable-list" },
            {
                List,
                "text/csv",
                "序号,学生姓名,性别,身份证号码,所属县市,原初中学校,,,义务教育职教班\n",
                400,
                "unreadable-list"
            },
            { List, Xlsx, "PK not a workbook", 400, "unreadable-list" },
            { List, "application/x-ndjson", "", 400, "unreadable-list" },
            { "/api/forms/nobody", "application/json", "{}", 404, "about:blank" },
        };

    [Theory, MemberData(nameof(Hostile))]
    public async Task Hostile_input_is_a_problem_and_never_500(
        string form,
        string type,
        string body,
        int status,
        string problem
    )
    {
        using var answer = await Post(form, type, Encoding.UTF8.GetBytes(body));
        Assert.Equal(
            (status, "application/problem+json"),
            ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType)
        );
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(problem, json.RootElement.GetProperty("type").GetString());
        Assert.Matches("[\u4e00-\u9fff]", json.RootElement.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_file_beyond_32_MB_is_refused() =>
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await Post(List, "text/csv", new byte[(32 << 20) + 1])).StatusCode
        );

    [Fact]
    public async Task Lines_have_their_findings_and_the_head_comes_in_the_address()
    {
        using var answer = await Post(
            List,
            "application/x-ndjson",
            Encoding.UTF8.GetBytes(
                """
                {"name":"𠮷䶮","sex":"男","residentId":"53230120110305997X","county":"楚雄市","schoolName":"楚雄市甲中学","schoolClass":"九（1）班","rollNumber":"53230120170001","className":"职教1班","studentNumber":"1"}
                {"name":"李甲","nobody":1}
                not json
                """
            ),
            "?school=楚雄市职中"
        );
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var root = json.RootElement;
        Assert.Equal(
            (false, 3, 1),
            (
                root.GetProperty("valid").GetBoolean(),
                root.GetProperty("rows").GetInt32(),
                root.GetProperty("validRows").GetInt32()
            )
        );
        Assert.Equal(
            ["第 2 行：不认识的栏目“nobody”", "第 3 行：不是合法的 JSON（第 2 字节附近）"],
            root.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("text").GetString())
        );
    }

    [Fact]
    public async Task A_blank_list_comes_back_with_nothing_but_its_emptiness()
    {
        var blank = await server.Client.GetByteArrayAsync($"{List}/blank?format=xlsx");
        using var answer = await Post(List, Xlsx, blank);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(
            ["「学校（职业学校）」：未选择", "「学生名单」：至少要有 1 行"],
            json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("text").GetString())
        );
    }

    [Fact]
    public async Task A_page_needs_no_script_and_may_load_nothing()
    {
        using var answer = await server.Client.GetAsync($"{Application}/blank?format=html");
        Assert.StartsWith(
            "default-src 'none'",
            answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    private async Task<HttpResponseMessage> Post(string form, string type, byte[] body, string query = "")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await server.Client.PostAsync($"{form}/validate{query}", content);
    }
}
