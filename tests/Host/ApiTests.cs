using System.Net;
using System.Text.Json.Nodes;

namespace EduAssist.Host;

public class ApiTests(Server server)
{
    [Fact]
    public async Task A_year_of_Chuxiong_has_its_five_windows_in_order()
    {
        var windows = (await server.Get("/api/calendar/chuxiong/2020"))["windows"]!.AsArray();
        Assert.Equal(
            [
                "publicity 2020-04-21 2020-04-30",
                "sending 2020-05-06 2020-05-14",
                "stabilisation 2020-05-15 2020-06-04",
                "confirmation 2020-06-05 2020-06-11",
                "consolidation 2020-06-12 ",
            ],
            windows.Select(w => $"{w!["id"]} {w["first"]} {w["last"]}")
        );
        Assert.Equal("2020-10-31", (string)windows[^1]!["estimated"]!);
        Assert.Equal(["cx2020/4.2.2"], windows[1]!["provisions"].Texts());
    }

    [Theory]
    [InlineData("2020-05-05", "publicity 2021-04-21|sending 2020-05-06")]
    [InlineData("2020-05-06", "sending*")]
    [InlineData("2020-05-09", "sending 2020-05-11")]
    [InlineData("2020-05-14", "sending*")]
    [InlineData("2020-05-15", "stabilisation*")]
    public async Task A_day_has_its_open_windows_and_the_next_opening_of_the_others(string on, string says)
    {
        var answer = await server.Get($"/api/calendar/chuxiong/open?on={on}");
        var said = answer["open"]!
            .AsArray()
            .Select(w => $"{w!["id"]}*")
            .Concat(answer["next"]!.AsArray().Select(n => $"{n!["id"]} {n["opens"]}"))
            .ToList();
        Assert.All(says.Split('|'), expected => Assert.Contains(expected, said));
    }

    [Theory]
    [InlineData("/api/calendar/chuxiong/2020.ics")]
    [InlineData("/api/calendar/chuxiong/2020")]
    [InlineData("/api/forms/chuxiong.application")]
    [InlineData("/odata/Schools?$top=1")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/health/live")]
    public async Task The_head_is_that_of_the_whole(string path)
    {
        using var whole = await server.Client.GetAsync(path);
        using var head = await server.Client.SendAsync(new(HttpMethod.Head, path));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(whole.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(whole.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using var missing = await server.Client.SendAsync(new(HttpMethod.Head, "/api/forms/nothing"));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task A_calendar_that_has_not_moved_is_not_sent_again()
    {
        const string Path = "/api/calendar/chuxiong/2020.ics";
        using var first = await server.Client.GetAsync(Path);
        var tag = first.Headers.ETag!;
        Assert.Equal(
            "private, no-cache",
            string.Join(", ", first.Headers.CacheControl!.ToString().Split(", ").OrderDescending())
        );
        foreach (
            var (given, status) in ((string, HttpStatusCode)[])
                [
                    ($"{tag}", HttpStatusCode.NotModified),
                    ("*", HttpStatusCode.NotModified),
                    ("W/\"other\"", HttpStatusCode.OK),
                ]
        )
        {
            using var asking = new HttpRequestMessage(HttpMethod.Get, Path)
            {
                Headers = { { "If-None-Match", given } },
            };
            using var again = await server.Client.SendAsync(asking);
            Assert.Equal((status, tag), (again.StatusCode, again.Headers.ETag));
        }

        using var other = await server.Client.GetAsync("/api/calendar/chuxiong/2021.ics");
        Assert.NotEqual(tag, other.Headers.ETag);
    }

    [Fact]
    public async Task Working_days_are_added_with_a_reason_for_every_day()
    {
        var answer = await server.Get("/api/calendar/workdays/add?from=2020-04-30&days=3");
        Assert.Equal("2020-05-08", (string)answer["date"]!);
        var proof = answer["proof"]!.AsArray();
        Assert.Equal(9, proof.Count);
        Assert.Equal([0, 1, 2, 3], proof.Select(d => (int?)d!["ordinal"]).OfType<int>());
        Assert.Contains("劳动节放假", proof.Select(d => (string)d!["why"]!));
    }

    [Theory]
    [InlineData("/api/calendar/chuxiong/2027")]
    [InlineData("/api/calendar/chuxiong/2028.ics")]
    [InlineData("/api/calendar/chuxiong/2199")]
    [InlineData("/api/calendar/chuxiong/open?on=2027-01-01")]
    [InlineData("/api/calendar/chuxiong/open?on=0001-01-01")]
    [InlineData("/api/calendar/chuxiong/open?on=9999-12-31")]
    [InlineData("/api/calendar/workdays/add?from=2026-12-30&days=5")]
    [InlineData("/api/calendar/workdays/add?from=9999-12-31&days=1000")]
    public async Task A_year_without_a_notice_is_refused_whole(string path) =>
        Assert.Equal("holidays-not-published", (string)(await server.Refused(HttpStatusCode.Conflict, path))["type"]!);

    [Theory]
    [InlineData("/api/calendar/chuxiong/0", "year")]
    [InlineData("/api/calendar/chuxiong/20x0", "year")]
    [InlineData("/api/calendar/chuxiong/-2020.ics", "year")]
    [InlineData("/api/calendar/chuxiong/open?on=2020-5-8", "on")]
    [InlineData("/api/calendar/chuxiong/open?on=2020-05-08&on=2020-05-09", "on")]
    [InlineData("/api/calendar/workdays/add", "from")]
    [InlineData("/api/calendar/workdays/add?from=2020-05-08", "days")]
    [InlineData("/api/calendar/workdays/add?from=2020-05-08&days=-1", "days")]
    [InlineData("/api/calendar/workdays/add?from=2020-05-08&days=1001", "days")]
    [InlineData("/api/calendar/workdays/add?from=2020-05-08&days=1.5", "days")]
    public async Task What_makes_no_sense_is_refused_by_name(string path, string field) =>
        Assert.Equal(
            [field],
            (await server.Refused(HttpStatusCode.BadRequest, path))["errors"]!.AsObject().Select(e => e.Key)
        );

    [Theory]
    [InlineData("/nothing-of-ours")]
    [InlineData("/api")]
    [InlineData("/api/calendar/atlantis/2020")]
    [InlineData("/api/calendar/atlantis/2020.ics")]
    [InlineData("/api/calendar/atlantis/open")]
    [InlineData("/api/provisions/cx2020/99")]
    [InlineData("/..%2f..%2fetc/passwd")]
    public async Task What_is_not_there_is_not_found(string path) =>
        await server.Refused(HttpStatusCode.NotFound, path);

    [Theory]
    [InlineData("DELETE", "/api/modules")]
    [InlineData("GET", Server.Class)]
    [InlineData("POST", "/health/live")]
    public async Task Another_method_is_refused(string method, string path) =>
        await server.Client.Refused(HttpStatusCode.MethodNotAllowed, new(new(method), path));

    [Fact]
    public async Task Every_provision_says_what_carries_it_out()
    {
        var provisions = (await server.Get("/api/provisions?document=cx2020")).AsArray();
        Assert.True(provisions.Count > 20);
        var sending = provisions.Single(p => (string)p!["id"]! == "cx2020/4.2.2")!;
        Assert.Superset(
            new HashSet<string>
            {
                "window chuxiong/sending modules/Chuxiong/Timeline.cs",
                "transition chuxiong.application/send modules/Chuxiong/Applications/ApplicationWorkflow.cs",
            },
            sending["implementedBy"]!.AsArray().Select(c => $"{c!["kind"]} {c["id"]} {c["source"]}").ToHashSet()
        );
        Assert.All(provisions.Where(p => (string)p!["kinds"]![0]! != "Narrative" && p["awaits"] is null), p =>
            Assert.NotEmpty(p!["implementedBy"]!.AsArray())
        );
        Assert.True(JsonNode.DeepEquals(sending, await server.Get("/api/provisions/cx2020/4.2.2")));
    }

    [Fact]
    public async Task Every_entry_point_of_a_provision_is_a_route_and_what_has_none_is_not_called_carried_out()
    {
        var routes = (await server.Get("/openapi/v1.json"))["paths"]!.AsObject().Select(p => p.Key).ToList();
        var provisions = (await server.Get("/api/provisions")).AsArray();
        var entries = provisions
            .SelectMany(p => p!["implementedBy"]!.AsArray())
            .Select(c => (string?)c!["entryPoint"])
            .ToHashSet();
        Assert.Contains("/api/chuxiong/applications/{id}/send", entries);
        Assert.Contains("/api/chuxiong/indicators/{year}", entries);
        Assert.Contains(null, entries);
        Assert.All(entries.OfType<string>(), entry => Assert.Contains(routes, route => Leads(route, entry)));
        Assert.Contains(provisions, p =>
            (string)p!["state"]! == "NotYetReachable" && (string)p["stateTitle"]! == "已写成，尚不可用"
        );
        Assert.All(provisions, p =>
        {
            var reached = p!["implementedBy"]!
                .AsArray()
                .Where(c => (string)c!["kind"]! is not ("duty" or "reference-data"))
                .Select(c => c!["entryPoint"] is not null)
                .ToList();
            if ((string)p["state"]! == "CarriedOut")
                Assert.True(reached.Count > 0 && reached.TrueForAll(r => r), (string)p["id"]!);
            if ((string)p["state"]! == "NotYetReachable")
                Assert.True(reached.Count > 0 && reached.TrueForAll(r => !r), (string)p["id"]!);
        });
    }

    private static bool Leads(string route, string entry)
    {
        var (parts, asked) = (route.Split('/'), entry.Split('/'));
        return parts.Length == asked.Length
            && parts.Zip(asked).All(p => p.First == p.Second || p.First.StartsWith('{'));
    }

    [Fact]
    public async Task Documents_interpretations_and_annexes_are_listed()
    {
        Assert.Contains("cx2020", (await server.Get("/api/documents")).AsArray().Select(d => (string)d!["id"]!));
        Assert.False(
            (bool)
                (await server.Get("/api/interpretations")).AsArray().Single(i => (string)i!["id"]! == "cx-i2")![
                    "takesOther"
                ]!
        );
        Assert.NotEmpty((await server.Get("/api/reference-data")).AsArray());
    }

    [Fact]
    public async Task Health_says_that_it_lives_and_is_ready()
    {
        Assert.Equal("live", (string)(await server.Get("/health/live"))["status"]!);
        var ready = await server.Get("/health/ready");
        Assert.Equal("ready", (string)ready["status"]!);
        Assert.Contains("chuxiong", ready["modules"].Texts());
    }

    [Fact]
    public async Task The_description_of_the_API_names_every_route()
    {
        var description = await server.Get("/openapi/v1.json");
        Assert.StartsWith("3.", (string)description["openapi"]!, StringComparison.Ordinal);
        var routes = description["paths"]!
            .AsObject()
            .SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key} {p.Key}"))
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Equal(
            [
                "delete /api/auth/keys/{id}",
                "delete /api/calendar/notices/{id}",
                "delete /api/forms/{id}/mappings/{name}",
                "get /api/auth/keys",
                "get /api/auth/me",
                "get /api/calendar/notices",
                "get /api/calendar/workdays/add",
                "get /api/calendar/{module}/open",
                "get /api/calendar/{module}/{year}",
                "get /api/calendar/{module}/{year}.ics",
                "get /api/documents",
                "get /api/forms",
                "get /api/forms/{id}",
                "get /api/forms/{id}/blank",
                "get /api/forms/{id}/export",
                "get /api/forms/{id}/mappings",
                "get /api/imports",
                "get /api/imports/{id}",
                "get /api/interpretations",
                "get /api/modules",
                "get /api/programmes",
                "get /api/programmes/{id}/facts",
                "get /api/provisions",
                "get /api/provisions/{document}/{article}",
                "get /api/reference-data",
                "get /api/registry/class-merges",
                "get /api/registry/doubles",
                "get /api/registry/merges",
                "get /api/registry/new-classes",
                "get /api/registry/students/{id}/personal-data",
                "get /api/registry/students/{id}/standing",
                "get /api/registry/takeovers",
                "get /api/registry/unlisted",
                "get /api/users",
                "get /health/live",
                "get /health/ready",
                "post /api/assessments/{id}/replay",
                "post /api/auth/keys",
                "post /api/auth/password",
                "post /api/auth/refresh",
                "post /api/auth/sign-out-everywhere",
                "post /api/auth/token",
                "post /api/auth/two-factor",
                "post /api/auth/two-factor/disable",
                "post /api/auth/two-factor/enable",
                "post /api/calendar/notices",
                "post /api/forms/{id}/import",
                "post /api/forms/{id}/import/marked",
                "post /api/forms/{id}/validate",
                "post /api/imports/{id}/undo",
                "post /api/programmes/{id}/assess",
                "post /api/registry/class-merges/{id}/undo",
                "post /api/registry/classes/{id}/merge",
                "post /api/registry/doubles/notes",
                "post /api/registry/merges/{id}/undo",
                "post /api/registry/promotion",
                "post /api/registry/rolls/{id}/standings",
                "post /api/registry/schools",
                "post /api/registry/schools/{id}/attributes/{attribute}",
                "post /api/registry/schools/{id}/attributes/{entry}/end",
                "post /api/registry/students/{id}/erase",
                "post /api/registry/students/{id}/groups",
                "post /api/registry/students/{id}/groups/{entry}/end",
                "post /api/registry/students/{id}/merge",
                "post /api/registry/students/{id}/reveal",
                "post /api/registry/takeovers/{id}/review",
                "post /api/registry/unlisted/{id}/whereabouts",
                "post /api/users",
                "post /api/users/{user}/disable",
                "post /api/users/{user}/enable",
                "post /api/users/{user}/reset",
                "put /api/forms/{id}/mappings/{name}",
                "put /api/registry/schools/{id}",
                "put /api/users/{user}/roles",
            ],
            routes.Where(r => !r.Contains(" /api/chuxiong/", StringComparison.Ordinal))
        );
        Assert.Contains("post /api/chuxiong/applications", routes);
        Assert.Contains("put /api/chuxiong/applications/{id}", routes);
        Assert.Contains("post /api/chuxiong/applications/{id}/send", routes);
        Assert.Contains("post /api/chuxiong/applications/{id}/evidence/{evidence}/confirm", routes);
        Assert.Contains("post /api/chuxiong/applications/{id}/evidence/{evidence}/withdraw", routes);
        Assert.All(description["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()), o =>
            Assert.NotEmpty((string?)o.Value!["summary"] ?? "")
        );
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("127.0.0.1.example.com")]
    [InlineData("10.0.0.1:5080")]
    public async Task A_name_that_is_not_this_machine_s_is_refused(string host) =>
        await server.Client.Refused(
            HttpStatusCode.BadRequest,
            new(HttpMethod.Get, "/api/modules") { Headers = { Host = host } }
        );

    [Fact]
    public async Task Two_problems_have_two_trace_ids() =>
        Assert.NotEqual(
            (string)(await server.Refused(HttpStatusCode.NotFound, "/nowhere"))["traceId"]!,
            (string)(await server.Refused(HttpStatusCode.NotFound, "/nowhere"))["traceId"]!
        );
}
