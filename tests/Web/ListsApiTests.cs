using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web;

/// <summary>Lists in and out, the registry by hand: over HTTP, as a clerk's script would do it.</summary>
public abstract class ListsApiTests(DatabaseKind kind)
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Csv = "text/csv",
        Ndjson = "application/x-ndjson",
        Pupils = "/api/forms/registry.students",
        SchoolsForm = "/api/forms/registry.schools";

    private const string SchoolList =
        "学校标识码,学校名称,办学类型,主管部门行政区划代码\n3153000002,鹿城西中学,初级中学,532301\n3153000003,金山中学,初级中学,532302\n";
    private const string PupilList =
        "姓名,性别,身份证件号,学籍辅号,学校标识码,年级,班级,联系电话\n普小明,男,53230120070315997X,53230120190001,3153000002,七年级,1班,15400000001\n李小红,女,532301200801019962,53230120190002,3153000002,七年级,1班,\n";

    private static readonly DateOnly Today = new(2020, 9, 10);

    [Fact]
    public async Task A_list_is_previewed_imported_exported_and_imported_again()
    {
        await using var served = await Start();
        var preview = await Json(await Post(served, $"{Pupils}/import?preview=true", Csv, PupilList));
        Assert.Equal((2, false), ((int)preview["new"]!, (bool)preview["stored"]!));
        var imported = await Json(await Post(served, $"{Pupils}/import", Csv, PupilList));
        Assert.Equal((2, true), ((int)imported["new"]!, (bool)imported["stored"]!));

        foreach (var (format, type) in ((string, string)[])[("xlsx", Xlsx), ("csv", Csv), ("ndjson", Ndjson)])
        {
            using var file = await served.Client.GetAsync(
                $"{Pupils}/export?format={format}&$filter=school eq '3153000002' and grade eq '七年级'"
            );
            Assert.Equal(
                (HttpStatusCode.OK, type, $"学生名单.{format}"),
                (
                    file.StatusCode,
                    file.Content.Headers.ContentType!.MediaType,
                    file.Content.Headers.ContentDisposition!.FileNameStar
                )
            );
            var again = await Json(
                await Post(served, $"{Pupils}/import", type, await file.Content.ReadAsByteArrayAsync())
            );
            Assert.Equal((0, 0, 2), ((int)again["new"]!, (int)again["changed"]!, (int)again["unchanged"]!));
        }

        await using var db = served.Stored.Read();
        var exports = await db.Set<AuditEntry>()
            .Where(a => a.Action == "registry.students/export")
            .GroupBy(a => a.Scope)
            .Select(g => g.Count())
            .ToListAsync();
        Assert.NotEmpty(exports); // a line at each place of the reader
        Assert.All(exports, count => Assert.Equal(3, count));
    }

    [Fact]
    public async Task JSON_shows_numbers_masked_and_files_show_them_in_full()
    {
        await using var served = await Start();
        await Post(served, $"{Pupils}/import", Csv, PupilList);
        var rows = (await Json(await served.Client.GetAsync($"{Pupils}/export?format=json")))["pupils"]!.AsArray();
        Assert.Equal(
            ["5323************7X", "154******01", "5323********01"],
            ((string[])["residentId", "phone", "rollNumber"]).Select(f =>
                (string)rows.Single(r => (string)r!["name"]! == "普小明")![f]!
            )
        );
        Assert.Contains(
            "53230120070315997X",
            await served.Client.GetStringAsync($"{Pupils}/export?format=csv"),
            StringComparison.Ordinal
        );
    }

    public static TheoryData<string, string, string, string, int, string> Bad =>
        new()
        {
            { "POST", $"{Pupils}/import", Csv, "", 400, "unreadable-list" },
            { "POST", $"{Pupils}/import", Csv, "姓名,性别\n甲,男\n", 400, "unreadable-list" },
            {
                "POST",
                $"{Pupils}/import",
                Csv,
                PupilList + "张三,男,53230120070315997X,,3153000002,七年级,1班,\n",
                400,
                "invalid-request"
            },
            {
                "POST",
                $"{Pupils}/import",
                Csv,
                PupilList.Replace("997X", "9971", StringComparison.Ordinal),
                400,
                "invalid-request"
            },
            { "POST", $"{Pupils}/import?from=2020-09-11", Csv, PupilList, 400, "invalid-request" },
            { "POST", $"{Pupils}/import?from=yesterday", Csv, PupilList, 400, "invalid-request" },
            { "POST", $"{Pupils}/import?preview=maybe", Csv, PupilList, 400, "invalid-request" },
            { "POST", $"{Pupils}/import?preview=true&preview=false", Csv, PupilList, 400, "invalid-request" },
            { "POST", $"{Pupils}/import?nobody=1", Csv, PupilList, 400, "invalid-request" },
            { "POST", $"{Pupils}/import?mapping=nobody", Csv, PupilList, 400, "invalid-request" },
            { "POST", $"{Pupils}/import", "application/json", "{}", 415, "about:blank" },
            { "POST", $"{Pupils}/import", Xlsx, "PK", 400, "unreadable-list" },
            { "POST", "/api/forms/chuxiong.application/import", Csv, "a", 404, "about:blank" },
            { "POST", "/api/forms/nobody/import", Csv, "a", 404, "about:blank" },
            { "GET", $"{Pupils}/export?$filter=nobody eq '1'", "", "", 400, "invalid-request" },
            { "GET", $"{Pupils}/export?$filter=grade gt '1'", "", "", 400, "invalid-request" },
            { "GET", $"{Pupils}/export?$filter=grade eq '1' or grade eq '2'", "", "", 400, "invalid-request" },
            { "GET", $"{Pupils}/export?$filter=grade eq '1' and", "", "", 400, "invalid-request" },
            { "GET", $"{Pupils}/export?$filter=grade eq '1' and grade eq '2'", "", "", 400, "invalid-request" },
            { "GET", $"{Pupils}/export?$filter=grade eq '1", "", "", 400, "invalid-request" },
            { "GET", $"{Pupils}/export?format=pdf", "", "", 400, "invalid-request" },
            { "GET", $"{Pupils}/export?$top=1", "", "", 400, "invalid-request" },
            { "GET", "/api/forms/nobody/export", "", "", 404, "about:blank" },
            { "PUT", $"{Pupils}/mappings/m", "application/json", "{}", 400, "invalid-request" },
            {
                "PUT",
                $"{Pupils}/mappings/m",
                "application/json",
                "{\"headings\":{\"姓名\":1}}",
                400,
                "invalid-request"
            },
            {
                "PUT",
                $"{Pupils}/mappings/m",
                "application/json",
                "{\"headings\":{\"姓名\":\"nobody\"}}",
                400,
                "invalid-request"
            },
            { "PUT", $"{Pupils}/mappings/m", "text/plain", "x", 415, "about:blank" },
            { "DELETE", $"{Pupils}/mappings/nobody", "", "", 404, "about:blank" },
            {
                "POST",
                "/api/registry/schools",
                "application/json",
                "{\"name\":\"甲\",\"kind\":\"小学\"}",
                400,
                "invalid-request"
            },
            { "POST", "/api/registry/schools", "application/json", "[]", 400, "invalid-request" },
            {
                "PUT",
                "/api/registry/schools/00000000-0000-0000-0000-000000000001",
                "application/json",
                "{\"name\":\"甲\",\"kind\":\"小学\",\"division\":\"532301\"}",
                404,
                "about:blank"
            },
            {
                "POST",
                "/api/registry/rolls/00000000-0000-0000-0000-000000000001/standings",
                "application/json",
                "{\"change\":\"Suspend\"}",
                404,
                "about:blank"
            },
            {
                "GET",
                "/api/registry/students/00000000-0000-0000-0000-000000000001/standing",
                "",
                "",
                404,
                "about:blank"
            },
            {
                "GET",
                "/api/registry/students/00000000-0000-0000-0000-000000000001/standing?on=2020-13-01",
                "",
                "",
                400,
                "invalid-request"
            },
            { "POST", "/api/registry/promotion", "application/json", "{}", 400, "invalid-request" },
            {
                "POST",
                "/api/registry/promotion",
                "application/json",
                "{\"schoolYear\":\"2020\"}",
                400,
                "invalid-request"
            },
            { "POST", "/api/registry/promotion", "application/json", "{\"schoolYear\":1999}", 400, "invalid-request" },
            { "POST", "/api/registry/promotion", "application/json", "{\"schoolYear\":2021}", 409, "refused" },
            {
                "POST",
                "/api/registry/promotion",
                "application/json",
                "{\"schoolYear\":2020,\"force\":true}",
                400,
                "invalid-request"
            },
        };

    [Fact]
    public async Task Bad_input_is_a_problem_and_changes_nothing()
    {
        await using var served = await Start();
        foreach (var row in Bad)
        {
            var (method, path, type, body, status, problem) = row.Data;
            using var answer = await Send(served, method, path, type, Encoding.UTF8.GetBytes(body));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal(
                $"{path} {status} {problem}",
                $"{path} {(int)answer.StatusCode} {JsonNode.Parse(text)!["type"]}"
            );
            Assert.Matches("[\u4e00-\u9fff]", (string)JsonNode.Parse(text)!["detail"]!);
        }

        await using var db = served.Stored.Read();
        Assert.Equal(
            (0, 2),
            (await db.Set<Student>().CountAsync(), await db.Set<School>().CountAsync(s => s.SeedKey == null))
        );
    }

    [Fact]
    public async Task A_bad_row_is_told_with_its_place()
    {
        await using var served = await Start();
        var problem = await Json(
            await Post(
                served,
                $"{Pupils}/import",
                Csv,
                PupilList.Replace("3153000002,七年级,1班,15", "3153000009,七年级,1班,15", StringComparison.Ordinal)
            ),
            400
        );
        var finding = Assert.Single(problem["findings"]!.AsArray())!;
        Assert.Equal(
            (2, "5", "schoolCode", "school-known"),
            ((int)finding["row"]!, (string)finding["column"]!, (string)finding["field"]!, (string)finding["rule"]!)
        );
        Assert.Equal(
            1,
            (int)
                (
                    await Json(
                        await Post(
                            served,
                            $"{Pupils}/import?valid-only=true",
                            Csv,
                            PupilList.Replace(
                                "3153000002,七年级,1班,15",
                                "3153000009,七年级,1班,15",
                                StringComparison.Ordinal
                            )
                        )
                    )
                )["new"]!
        );
    }

    [Fact]
    public async Task The_same_key_is_the_same_answer_and_another_list_is_refused()
    {
        await using var served = await Start();
        var first = await Post(served, $"{Pupils}/import", Csv, PupilList, key: "term-1");
        var again = await Post(served, $"{Pupils}/import", Csv, PupilList, key: "term-1");
        Assert.True(JsonNode.DeepEquals(await Json(first), await Json(again)));
        Assert.Equal(
            422,
            (int)
                (
                    await Post(
                        served,
                        $"{Pupils}/import",
                        Csv,
                        PupilList.Replace("1班", "2班", StringComparison.Ordinal),
                        key: "term-1"
                    )
                ).StatusCode
        );
        Assert.Equal(2, (int)(await Json(await Post(served, $"{Pupils}/import", Csv, PupilList)))["unchanged"]!);
    }

    [Fact]
    public async Task A_mapping_that_fits_is_used_by_whoever_saved_it_without_being_named()
    {
        await using var served = await Start();
        var list = PupilList.Replace("姓名", "XM", StringComparison.Ordinal);
        var refused = await Json(await Post(served, $"{Pupils}/import?preview=true", Csv, list), 400);
        Assert.Equal("第 1 列的列名「XM」不认识；缺少「姓名」一列。", (string)refused["detail"]!);
        using var saved = await Send(
            served,
            "PUT",
            $"{Pupils}/mappings/mine",
            "application/json",
            Encoding.UTF8.GetBytes("""{ "headings": { "XM": "name" } }""")
        );
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal(2, (int)(await Json(await Post(served, $"{Pupils}/import?preview=true", Csv, list)))["new"]!);
        var other = list.Replace("联系电话", "DH", StringComparison.Ordinal);
        Assert.Equal(400, (int)(await Post(served, $"{Pupils}/import", Csv, other)).StatusCode);
    }

    [Fact]
    public async Task The_page_asks_what_headings_are_remembers_it_and_gives_the_marked_file()
    {
        await using var served = await Start();
        var list = PupilList
            .Replace("姓名", "XM", StringComparison.Ordinal)
            .Replace("七年级,1班,15", "十年级,1班,15", StringComparison.Ordinal);
        var file = Convert.ToBase64String(Encoding.UTF8.GetBytes(list));
        const string Page = "/imports/registry.students";
        using var client = served.Another(served.Client.DefaultRequestHeaders.Authorization);
        using var asked = await client.PostForm(Page, ("_file", file), ("_name", "七年级.csv"));
        var html = WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync());
        Assert.Contains("列名对照", html, StringComparison.Ordinal);
        Assert.Contains("value=\"七年级\"", html, StringComparison.Ordinal); // the name that is proposed
        Assert.Contains("name=\"_heading\" value=\"XM\"", html, StringComparison.Ordinal);

        using var mapped = await client.PostForm(
            Page,
            ("_file", file),
            ("_name", "七年级.csv"),
            ("_heading", "XM"),
            ("_column", "name"),
            ("_mapping", "七年级")
        );
        html = WebUtility.HtmlDecode(await mapped.Content.ReadAsStringAsync());
        Assert.True(mapped.IsSuccessStatusCode, html);
        Assert.Contains("按列名对照“七年级”读入", html, StringComparison.Ordinal);
        Assert.Contains("普小明", html, StringComparison.Ordinal); // whose row it is
        Assert.Contains("十年级", html, StringComparison.Ordinal); // what was entered

        using var again = await client.PostForm(Page, ("_file", file), ("_name", "八年级.csv"));
        Assert.Contains(
            "按列名对照“七年级”读入",
            WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync()),
            StringComparison.Ordinal
        );

        using var marked = await client.PostForm(Page, ("_file", file), ("_name", "七年级.csv"), ("_mode", "Marked"));
        Assert.Equal(
            (Xlsx, "七年级-导入问题.xlsx"),
            (marked.Content.Headers.ContentType!.MediaType, marked.Content.Headers.ContentDisposition!.FileNameStar)
        );
        Assert.Equal("PK", Encoding.ASCII.GetString((await marked.Content.ReadAsByteArrayAsync())[..2]));
    }

    [Fact]
    public async Task The_marked_file_is_given_by_the_API_and_an_old_workbook_is_taken()
    {
        await using var served = await Start();
        var list = PupilList.Replace("七年级,1班,15", "十年级,1班,15", StringComparison.Ordinal);
        using var marked = await Post(
            served,
            $"{Pupils}/import/marked",
            "application/vnd.ms-excel",
            Encoding.UTF8.GetBytes(list)
        ); // by its contents, a text
        Assert.Equal((HttpStatusCode.OK, Xlsx), (marked.StatusCode, marked.Content.Headers.ContentType!.MediaType));
        var told = await Json(
            await Post(served, $"{Pupils}/import", Xlsx, await marked.Content.ReadAsByteArrayAsync()),
            400
        );
        var finding = Assert.Single(told["findings"]!.AsArray())!;
        Assert.Equal(
            (2, "普小明", "十年级"),
            ((int)finding["row"]!, (string)finding["name"]!, (string)finding["value"]!)
        );
        var problem = await Json(await Post(served, $"{Pupils}/import", "application/vnd.ms-excel", "<html>"), 400);
        Assert.StartsWith("文件其实是网页（HTML）", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapping_is_saved_listed_used_and_deleted()
    {
        await using var served = await Start();
        using var saved = await Send(
            served,
            "PUT",
            $"{Pupils}/mappings/{Uri.EscapeDataString("全国系统")}",
            "application/json",
            Encoding.UTF8.GetBytes("""{ "headings": { "XM": "name", "备注": null }, "ignoresOthers": true }""")
        );
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal(
            "全国系统",
            (string)JsonNode.Parse(await served.Client.GetStringAsync($"{Pupils}/mappings"))![0]!["name"]!
        );
        var list = PupilList.Replace("姓名", "XM", StringComparison.Ordinal);
        Assert.Equal(
            2,
            (int)
                (
                    await Json(
                        await Post(served, $"{Pupils}/import?mapping={Uri.EscapeDataString("全国系统")}", Csv, list)
                    )
                )["new"]!
        );
        using var deleted = await served.Client.DeleteAsync($"{Pupils}/mappings/{Uri.EscapeDataString("全国系统")}");
        Assert.Equal("[]", await served.Client.GetStringAsync($"{Pupils}/mappings"));
    }

    [Fact]
    public async Task A_roll_is_suspended_asked_for_and_promoted()
    {
        await using var served = await Start();
        await Post(served, $"{Pupils}/import?from=2020-02-20", Csv, PupilList);
        await using var db = served.Stored.Read();
        var roll = await db.Set<Roll>().SingleAsync(r => r.Student.Name == "李小红");
        var path = $"/api/registry/rolls/{roll.Id}/standings";
        const string Suspend = """{ "change": "Suspend", "from": "2020-03-02", "reason": "因病" }""";
        Assert.Equal(
            428,
            (int)(await Send(served, "POST", path, "application/json", Encoding.UTF8.GetBytes(Suspend))).StatusCode
        );
        Assert.Equal(
            412,
            (int)
                (
                    await Send(served, "POST", path, "application/json", Encoding.UTF8.GetBytes(Suspend), "\"7\"")
                ).StatusCode
        );
        Assert.Equal(
            409,
            (int)
                (
                    await Send(
                        served,
                        "POST",
                        path,
                        "application/json",
                        Encoding.UTF8.GetBytes(Suspend.Replace("Suspend", "Withdraw", StringComparison.Ordinal)),
                        "\"1\""
                    )
                ).StatusCode
        );
        using var done = await Send(served, "POST", path, "application/json", Encoding.UTF8.GetBytes(Suspend), "\"1\"");
        Assert.Equal((200, "\"2\""), ((int)done.StatusCode, done.Headers.ETag!.Tag));
        foreach (
            var (day, state) in ((string, string)[])
                [("2020-03-01", "OnRoll"), ("2020-03-02", "Suspended"), ("2020-09-10", "Suspended")]
        )
            Assert.Equal(
                state,
                (string)
                    (
                        await Json(
                            await served.Client.GetAsync($"/api/registry/students/{roll.StudentId}/standing?on={day}")
                        )
                    )["rolls"]![0]!["state"]!
            );

        foreach (
            var (body, promoted) in ((string, int)[])
                [
                    ("""{"schoolYear":2020,"preview":true}""", 1),
                    ("""{"schoolYear":2020}""", 1),
                    ("""{"schoolYear":2020}""", 0),
                ]
        )
            Assert.Equal(
                promoted,
                (int)
                    (
                        await Json(
                            await Send(
                                served,
                                "POST",
                                "/api/registry/promotion",
                                "application/json",
                                Encoding.UTF8.GetBytes(body)
                            )
                        )
                    )["promoted"]!
            );
    }

    [Fact]
    public async Task A_school_is_entered_and_changed_by_hand()
    {
        await using var served = await Start();
        using var made = await Send(
            served,
            "POST",
            "/api/registry/schools",
            "application/json",
            Encoding.UTF8.GetBytes("""{ "name": "丁学校", "kind": "小学", "division": "532301" }""")
        );
        Assert.Equal((201, "\"1\""), ((int)made.StatusCode, made.Headers.ETag!.Tag));
        var path = $"/api/registry/schools/{(await Json(made, 201))["id"]}";
        var body = Encoding.UTF8.GetBytes(
            """{ "name": "丁学校", "alias": "老丁", "kind": "九年一贯制学校", "division": "532301" }"""
        );
        Assert.Equal(428, (int)(await Send(served, "PUT", path, "application/json", body)).StatusCode);
        using var changed = await Send(served, "PUT", path, "application/json", body, "\"1\"");
        Assert.Equal((200, "NineYear"), ((int)changed.StatusCode, (string)(await Json(changed))["kind"]!));
        Assert.Equal(412, (int)(await Send(served, "PUT", path, "application/json", body, "\"1\"")).StatusCode);
    }

    private async Task<Served> Start()
    {
        var served = new Served(
            stored: await Stored.Like(kind, Today, _ => Task.CompletedTask, null, new Chuxiong.ChuxiongModule())
        );
        await served.InitializeAsync();
        Assert.Equal(2, (int)(await Json(await Post(served, $"{SchoolsForm}/import", Csv, SchoolList)))["new"]!);
        return served;
    }

    private static Task<HttpResponseMessage> Post(
        Served served,
        string path,
        string type,
        string body,
        string? key = null
    ) => Send(served, "POST", path, type, Encoding.UTF8.GetBytes(body), key: key);

    private static Task<HttpResponseMessage> Post(Served served, string path, string type, byte[] body) =>
        Send(served, "POST", path, type, body);

    private static async Task<HttpResponseMessage> Send(
        Served served,
        string method,
        string path,
        string type,
        byte[] body,
        string? ifMatch = null,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (type.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await served.Client.SendAsync(request);
    }

    private static async Task<JsonNode> Json(HttpResponseMessage answer, int status = 200)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}

public sealed class ListsApiTestsOnSqlite() : ListsApiTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class ListsApiTestsOnPostgreSql() : ListsApiTests(DatabaseKind.PostgreSql);
