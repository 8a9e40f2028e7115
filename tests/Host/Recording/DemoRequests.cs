namespace EduAssist.Host.Recording;

/// <summary>What is asked of the demo, a method a file: each kind of route, as those who may and as those who may
/// not.</summary>
internal static partial class DemoRequests
{
    internal static readonly DateOnly Day = new(2020, 5, 9);

    private const string Nowhere = "00000000-0000-7000-8000-000000000000",
        Nobody = "nobody";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    internal static async Task Describe(Recorder r)
    {
        r.Begin("openapi");
        await r.Get(Nobody, "/openapi/v1.json");
        foreach (
            var path in (string[])
                [
                    "/openapi/v1.json",
                    "/api/modules",
                    "/odata/Schools?$top=1",
                    "/students",
                    "/assets/site.css",
                    "/sign-in",
                ]
        )
            await r.Kept("county", path);
    }

    internal static async Task Catalogue(Recorder r)
    {
        r.Begin("catalogue");
        await r.Get(Nobody, "/health/live");
        await r.Get(Nobody, "/health/ready");
        await r.Get(Nobody, "/metrics");
        foreach (
            var path in (string[])
                [
                    "/api/modules",
                    "/api/documents",
                    "/api/provisions",
                    "/api/provisions?document=cx2020",
                    "/api/provisions?document=none",
                    "/api/provisions/cx2020/3.1",
                    "/api/provisions/cx2020/99",
                    "/api/interpretations",
                    "/api/reference-data",
                    "/api/programmes",
                    "/api/nothing",
                    "/nothing",
                ]
        )
            await r.Get("teacher", path);
        await r.Get(Nobody, "/api/modules");
        await r.Post("teacher", "/api/modules", "{}");
        await Programmes(r);

        const string Class = "/api/programmes/chuxiong.vocational-class/assess";
        foreach (
            var body in (string[])
                [
                    """{"asOf":"2020-05-08","facts":{"grade":"""
                        + """9,"schoolDivision":"532301","strugglesDespiteHelp":true,"studentConsents":"""
                        + """true,"guardianConsents":true,"hasVocationalRoll":false,"hasOpenApplication":false}}""",
                    """{"asOf":"2020-05-08","facts":{"grade":"""
                        + """8,"schoolDivision":"532301","strugglesDespiteHelp":true,"studentConsents":"""
                        + """true,"guardianConsents":true}}""",
                    """{"asOf":"2020-05-08","facts":{"grade":9,"studentConsents":true}}""",
                    """{"facts":{}}""",
                    """{"asOf":"2019-05-08","facts":{}}""",
                    """{"asOf":"8.5.2020","facts":{}}""",
                    """{"facts":{"grade":"九"}}""",
                    """{"facts":{"grade":19}}""",
                    """{"facts":{"schoolDivision":"999999"}}""",
                    """{"facts":{"height":170}}""",
                    """{"facts":{"grade":9,"grade":8}}""",
                    """{"facts":[]}""",
                    "[]",
                    "{",
                    "",
                ]
        )
            await r.Post("teacher", Class, body);
        await r.Post("teacher", "/api/programmes/chuxiong.none/assess", """{"facts":{}}""");
        await r.Post(Nobody, Class, """{"facts":{}}""");
        await r.Ask("teacher", HttpMethod.Post, Class, "facts", "text/plain");
        await r.Ask(
            "teacher",
            HttpMethod.Post,
            Class,
            "{\"asOf\":\"2020-05-08\",\"facts\":{\"grade\":9}}\nnone\n{\"facts\":{\"height\":1}}"
                + "\n{\"asOf\":\"2019-01-01\",\"facts\":{}}",
            "application/x-ndjson"
        );
        foreach (var year in (string[])["2020", "2021", "2019", "1800", "x"])
            await r.Get("prefecture", $"/api/chuxiong/indicators/{year}");
        await r.Get("school", "/api/chuxiong/indicators/2020");
    }

    private static async Task Programmes(Recorder r)
    {
        foreach (var programme in (await r.Look("teacher", "/api/programmes")).AsArray().Select(p => (string)p!["id"]!))
        {
            await r.Get("teacher", $"/api/programmes/{programme}/facts");
            await r.Post("teacher", $"/api/programmes/{programme}/assess", """{"facts":{}}""");
        }

        await r.Get("teacher", "/api/programmes/none/facts");
    }

    internal static async Task Calendar(Recorder r)
    {
        r.Begin("calendar");
        await Calendars(r, "chuxiong", "national");
        foreach (
            var query in (string[])
                [
                    "from=2020-04-30&days=3",
                    "from=2020-01-22&days=10",
                    "from=2020-05-08&days=0",
                    "from=x&days=3",
                    "from=2020-04-30&days=-1",
                    "from=2020-04-30",
                    "from=2030-12-20&days=10",
                ]
        )
            await r.Get("county", $"/api/calendar/workdays/add?{query}");
        await r.Get(Nobody, "/api/calendar/chuxiong/2020");
        await r.Get(Nobody, "/calendar/none/chuxiong.ics");
        await Notices(r);
    }

    /// <summary>A festival of the prefecture: its counties' days, and nobody else's.</summary>
    private static async Task Notices(Recorder r)
    {
        const string Root = "/api/calendar/notices",
            Festival =
                """
                    {"place":"532300","source":"关于2020年州庆放假的通知","days":
                      [{"from":"2020-09-21","to":"2020-09-22","name":"庆典","kind":"Off"},
                    {"from":"2020-09-26","name":"庆典","kind":"Work"}]}
                    """;
        await r.Post("school", Root, Festival);
        await r.Post("county", Root, Festival);
        var noticed = (string)(await r.Post("prefecture", Root, Festival)).Json["notice"]!["id"]!;
        await r.Post("prefecture", Root, Festival);
        await r.Post("prefecture", Root, "{}");
        await r.Post(
            "county",
            Root,
            """{"place":"532301","source":"市通知","days":[{"from":"2020-08-14","to":"2020-08-13"}]}"""
        );
        foreach (var place in (string[])["place=532301", "place=530100", "place=x", "school=x", "place=5323&school=x"])
            await r.Get("county", $"/api/calendar/workdays/add?from=2020-09-18&days=1&{place}");
        await r.Get("teacher", $"{Root}?place=532322");
        await r.Page("prefecture", "/calendar/notices");
        await r.Page("teacher", "/calendar/notices");
        await r.Get("county", "/api/calendar/chuxiong/2020?place=532301");
        await r.Delete("county", $"{Root}/{noticed}?reason=x");
        await r.Delete("prefecture", $"{Root}/{noticed}");
        await r.Delete("prefecture", $"{Root}/{noticed}?reason=x");
        await r.Delete("prefecture", $"{Root}/{noticed}?reason=x");
    }

    private static async Task Calendars(Recorder r, params IReadOnlyList<string> modules)
    {
        foreach (var module in modules)
        {
            foreach (var year in (string[])["2020", "2021", "2031", "x"])
                await r.Get("county", $"/api/calendar/{module}/{year}");
            foreach (var year in (string[])["2020", "2031"])
                await r.Get("county", $"/api/calendar/{module}/{year}.ics");
            foreach (var query in (string[])["", "?on=2020-05-06", "?on=2020-12-20", "?on=2031-01-01", "?on=x"])
                await r.Get("county", $"/api/calendar/{module}/open{query}");
        }

        await r.Get("county", "/api/calendar/none/2020");
        await r.Get("county", "/api/calendar/none/open");
        await r.Get("county", "/api/calendar/none/2020.ics");
    }

    /// <summary>Neither school nor number nor relation is right.</summary>
    private const string Filled = """
        {"schoolName":"楚雄市第一中学","className":"九（1）班","studentName":"示例",
        "sex":"男","residentId":"532301200503120013","rollNumber":"123","relation":"母女","school":"楚雄技师学院"}
        """;

    internal static async Task Forms(Recorder r)
    {
        r.Begin("forms");
        await r.Get("school", "/api/forms");
        foreach (var form in (await r.Look("school", "/api/forms")).AsArray().Select(f => (string)f!["id"]!))
        {
            await r.Get("school", $"/api/forms/{form}");
            foreach (var format in (string[])["html", "docx", "xlsx", "csv", "json"])
                await r.Get("school", $"/api/forms/{form}/blank?format={format}");
        }

        const string Application = "/api/forms/chuxiong.application";
        await r.Get("school", "/api/forms/none");
        await r.Get("school", "/api/forms/none/blank");
        await r.Get("school", $"{Application}/blank?format=pdf");
        await r.Get("school", $"{Application}/blank", ("Accept", "text/csv"));
        await r.Get("school", $"{Application}/blank", ("Accept", "application/json"));
        await r.Get(Nobody, Application);
        foreach (var body in (string[])["{}", Filled, """{"studentHeight":"170"}""", """{"sex":1}""", "[", ""])
            await r.Post("school", $"{Application}/validate", body);
        await r.Post("school", "/api/forms/none/validate", "{}");
        await r.Ask("school", HttpMethod.Post, $"{Application}/validate", "a,b", "text/csv");
        await r.Ask("school", HttpMethod.Post, $"{Application}/validate", "x", "text/plain");
        await r.Ask("school", HttpMethod.Post, "/api/forms/registry.schools/validate", Schools, "text/csv");
        await r.Ask("school", HttpMethod.Post, "/api/forms/registry.schools/validate", "姓名,年龄\n甲,9\n", "text/csv");
        await r.Ask("school", HttpMethod.Post, "/api/forms/registry.students/validate", Pupils, "text/csv");
        await r.Ask(
            "school",
            HttpMethod.Post,
            "/api/forms/registry.students/validate",
            """{"姓名":"示例","年级":"九年级"}""",
            "application/x-ndjson"
        );
        await r.Ask("school", HttpMethod.Post, "/api/forms/registry.students/validate", "no file", Xlsx);
    }

    /// <summary>What other modules have beside.</summary>
    internal static async Task AllModules(Recorder r)
    {
        r.Begin("modules");
        foreach (
            var path in (string[])
                [
                    "/api/modules",
                    "/api/documents",
                    "/api/provisions",
                    "/api/interpretations",
                    "/api/reference-data",
                    "/api/programmes",
                ]
        )
            await r.Get("teacher", path);
        await Programmes(r);
        await Calendars(r, "guizhou", "liaoning", "trial-class");
        foreach (var module in (string[])["guizhou", "liaoning", "trial-class"])
            await r.Get("prefecture", $"/api/{module}/indicators/2020");
        foreach (
            var facts in (string[])
                [
                    """{"birthDate":"2008-03-01","everEnrolled":true,"onRoll":true,"mainReason":"WearyOfStudy","""
                        + "\"outSince\":\"2024-03-01\",\"leftAtStage\":\"Junior\"}",
                    """{"birthDate":"2008-03-01","everEnrolled":true,"onRoll":true,"mainReason":"WearyOfStudy","""
                        + "\"healthy\":true,\"willingOriginalSchool\":true}",
                    """{"birthDate":"2012-03-01","mainReason":"Disability","severeDisability":"""
                        + """true,"committeeAssessment":"CannotAttend"}""",
                    """{"mainReason":"Relocation","relocated":true}""",
                    """{"mainReason":"Bored"}""",
                ]
        )
            await r.Post(
                "teacher",
                "/api/programmes/guizhou.return-to-school/assess",
                $$"""{"asOf":"2024-10-15","facts":{{facts}}}"""
            );
        await r.Get("admin", "/odata/");
        await r.Get("admin", "/odata/Provisions?$apply=groupby((Module,Document,Status),aggregate($count as N))");
        await r.Get("admin", "/odata/Windows?$filter=Year eq 2020&$orderby=Module,Id");
        await r.Get("admin", "/odata/Duties?$apply=groupby((Module,Id,Title,OwedBy),aggregate($count as N))");
        await r.Page("province", "/");
        foreach (
            var path in (string[])
                [
                    "/programmes",
                    "/programmes/guizhou.return-to-school",
                    "/provisions?document=gz20",
                    "/calendar?module=guizhou&year=2020",
                    "/calendar?module=liaoning",
                    "/system",
                ]
        )
            await r.Page("admin", path);
    }
}
