using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EduAssist.Data;

namespace EduAssist.Web;

/// <summary>Controls, halves of characters and what turns the direction of a text come in by no door.</summary>
public abstract class UnsafeTextTests(DatabaseKind kind)
{
    private static readonly DateOnly Today = new(2020, 5, 6);

    public static TheoryData<string, string, string> Bodies
    {
        get
        {
            TheoryData<string, string, string> all = [];
            foreach (
                var text in (string[])["\\u0000", "a\\u0007", "\\ud800", "\\u202e", "\\u2066", "\u202e", "\\u200f"]
            )
            {
                all.Add("POST", "/api/auth/token", $$"""{"user":"a{{text}}b","password":"x"}""");
                all.Add("POST", "/api/auth/keys", $$"""{"title":"a{{text}}b","onlyReads":true,"days":3}""");
                all.Add("POST", "/api/users", $$"""{"user":"a{{text}}b","roles":[{"role":"Auditor","place":"*"}]}""");
                all.Add("POST", "/api/users", $$"""{"user":"ab","roles":[{"role":"Auditor","place":"{{text}}"}]}""");
                all.Add("POST", $"/api/registry/students/{Guid.Empty}/erase", $$"""{"reason":"a{{text}}b"}""");
                all.Add("PUT", "/api/forms/registry.students/mappings/x", $$"""{"headings": {"{{text}}": null } }""");
                all.Add("POST", "/api/registry/schools", $$"""{"name":"a{{text}}b"}""");
                all.Add("POST", "/api/chuxiong/implementation-plans", $$"""{"body":"a{{text}}b"}""");
            }

            return all;
        }
    }

    [Fact]
    public async Task No_body_brings_them_in()
    {
        await using var served = await Start();
        foreach (var (method, path, body) in Bodies.Select(b => b.Data))
        {
            using var request = new HttpRequestMessage(new(method), path)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            using var answer = await served.Client.SendAsync(request);
            Assert.Equal((path, body, HttpStatusCode.BadRequest), (path, body, answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("/api/forms/registry.students/mappings/a%E2%80%AEb", "application/json")]
    [InlineData("/api/calendar/chuxiong/open?on=2020-05-06%0D%0A", "application/json")]
    [InlineData("/api/forms/registry.students/export?$filter=school eq '%01'", "application/json")]
    [InlineData("/students?q=%E2%81%A6", "text/html")]
    [InlineData("/sign-in?returnUrl=/%E2%80%8F", "text/html")]
    public async Task No_address_brings_them_in(string path, string accept)
    {
        await using var served = await Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new(accept));
        using var answer = await served.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("控制字符", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_list_brings_them_in()
    {
        await using var served = await Start();
        using var content = new StringContent(
            "学校标识码,学校名称,办学类型,主管部门行政区划代码\n3153000002,鹿城\u202e西中学,初级中学,532301\n",
            Encoding.UTF8,
            "text/csv"
        );
        using var answer = await served.Client.PostAsync("/api/forms/registry.schools/import", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("不能打印", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_posted_form_brings_them_in_neither()
    {
        await using var served = await Start();
        using var page = served.Another();
        page.DefaultRequestHeaders.Accept.Add(new("text/html"));
        page.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using (var nul = await page.PostAsync("/sign-in", Form(("user", "a\0b"), ("password", "x"))))
            Assert.Equal(HttpStatusCode.BadRequest, nul.StatusCode);
        using (var wrong = await page.PostAsync("/sign-in", Form(("user", "a\u202eb"), ("password", "x"))))
            Assert.Equal(
                (HttpStatusCode.Redirect, "/sign-in?why=wrong&returnUrl=%2F"),
                (wrong.StatusCode, wrong.Headers.Location?.OriginalString)
            );
        page.DefaultRequestHeaders.Authorization = served.Client.DefaultRequestHeaders.Authorization;
        using var refused = await page.PostAsync("/students", Form(("q", "张\u202e三")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("控制字符", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_of_a_paper_is_its_last_segment()
    {
        await using var served = await Start();
        var plan = await served.Client.Act(
            "/api/chuxiong/implementation-plans",
            """{"body":"楚雄市","year":2020,"summary":"送读安排。"}"""
        );
        var path = $"/api/chuxiong/implementation-plans/{plan["id"]}";
        foreach (var refused in (string[])["a%0d%0ab.pdf", "a%E2%80%AEfdp.exe", "..", "a/", "\"\"", "%00.pdf"])
            Assert.Equal((refused, HttpStatusCode.BadRequest), (refused, await File(refused)));
        foreach (
            var name in (string[])["../../a%22.pdf", "C:\\Users\\a.pdf", "方案.pdf", new string('长', 96) + ".pdf"]
        )
            Assert.Equal((name, HttpStatusCode.Created), (name, await File(name)));
        List<string?> kept = [];
        foreach (var paper in JsonNode.Parse(await served.Client.GetStringAsync(path))!["evidence"]!.AsArray())
        {
            using var file = await served.Client.GetAsync($"{path}/evidence/{paper!["id"]}");
            kept.Add(file.Content.Headers.ContentDisposition!.FileNameStar);
        }

        Assert.Equal(["a.pdf", "a.pdf", "方案.pdf", new string('长', 96) + ".pdf"], kept.Order(StringComparer.Ordinal));

        async Task<HttpStatusCode> File(string name)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post,
                $"{path}/evidence?kind=plan&issuer=楚雄市&date=2020-05-06&name={name}"
            );
            request.Content = new ByteArrayContent("%PDF-1.4"u8.ToArray());
            request.Content.Headers.ContentType = new("application/pdf");
            var now = JsonNode.Parse(await served.Client.GetStringAsync(path))!["version"];
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{now}\""));
            using var answer = await served.Client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private async Task<Served> Start()
    {
        var served = new Served(kind, Today);
        await served.InitializeAsync();
        await served.Stored.Commands.PrepareDatabaseAsync();
        return served;
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}

public sealed class UnsafeTextTestsOnSqlite() : UnsafeTextTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class UnsafeTextTestsOnPostgreSql() : UnsafeTextTests(DatabaseKind.PostgreSql);
