using System.Text.Json.Nodes;

namespace EduAssist.Host.Recording;

internal static partial class DemoRequests
{
    private const string Applications = "/api/chuxiong/applications",
        Junior = "楚雄市第一中学",
        Eligible = """{"facts":{"persuadedBack":true,"willingToLearnSkills":true}}""";

    /// <summary>A paper of an application, complete but for what is replaced.</summary>
    private static string Paper(string name, string residentId, string rollNumber, string sex, string school) =>
        new JsonObject
        {
            ["schoolName"] = Junior,
            ["className"] = "九（1）班",
            ["headTeacher"] = "示例老师",
            ["headTeacherPhone"] = "15400000002",
            ["studentName"] = name,
            ["sex"] = sex,
            ["studentPhone"] = "无，未满十六周岁没有手机",
            ["homeCounty"] = "楚雄",
            ["homeTownship"] = "示例",
            ["homeVillage"] = "示例",
            ["homeHamlet"] = "一组",
            ["rollNumber"] = rollNumber,
            ["residentId"] = residentId,
            ["guardianName"] = "示例家长",
            ["relation"] = "其他",
            ["guardianPhone"] = "15400000003",
            ["studentSigned"] = true,
            ["studentFingerprint"] = true,
            ["guardianSigned"] = true,
            ["guardianFingerprint"] = true,
            ["school"] = school,
            ["major"] = "汽车运用与维修",
        }.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    internal static async Task Cases(Recorder r, DemoRows rows)
    {
        r.Begin("cases");
        await Looked(r, rows);
        await Opened(r, rows);
        await Moved(r, rows);
        await Papers(r, rows);
        await Replayed(r, rows);
    }

    private static async Task Looked(Recorder r, DemoRows rows)
    {
        foreach (
            var state in (string[])["Draft", "Submitted", "SchoolApproved", "SchoolRejected", "Withdrawn", "Enrolled"]
        )
        foreach (var user in (string[])["school", "county"])
            await r.Get(user, $"{Applications}/{rows.Applications(Junior, state)[0]}");
        var draft = rows.Applications(Junior, "Draft")[0];
        foreach (
            var user in (string[])
                ["teacher", "township", "prefecture", "province", "vocational", "auditor", "admin", Nobody]
        )
            await r.Get(user, $"{Applications}/{draft}");
        foreach (var user in (string[])["vocational", "auditor", "teacher"])
            await r.Get(user, $"{Applications}/{rows.Applications(Junior, "Enrolled")[0]}");
        await r.Get("county", $"{Applications}/{Nowhere}");
        await r.Get("county", $"{Applications}/x");
        await r.Get("county", Applications);
    }

    private static async Task Opened(Recorder r, DemoRows rows)
    {
        var (first, second) = (rows.Unasked(Junior)[0], rows.Unasked(Junior)[1]);
        foreach (var user in (string[])["school", "county", "teacher", "vocational", "auditor", "admin"])
            await r.Post(user, $"/api/registry/students/{first}/reveal", null);
        var paper = await PaperOf(r, first);
        await r.Post(Nobody, Applications, paper);
        await r.Post("county", Applications, paper);
        await r.Post("school", Applications, "{}");
        await r.Post("school", Applications, """{"height":"170"}""");
        await r.Post("school", Applications, "{");
        await r.Ask("school", HttpMethod.Post, Applications, paper, "text/plain");
        await r.Post(
            "school",
            Applications,
            Paper("无此人", "532301200503120013", "53230100000000", "男", "楚雄技师学院")
        );
        await r.Post(
            "school",
            Applications,
            await PaperOf(r, (string)rows.Application(rows.Applications(Junior, "Enrolled")[0])["StudentId"]!),
            ("Idempotency-Key", "refused-1")
        );
        await r.Post(
            "school",
            Applications,
            await PaperOf(r, (string)rows.Application(rows.Applications(Junior, "Enrolled")[0])["StudentId"]!),
            ("Idempotency-Key", "refused-1")
        );
        var opened = await r.Post("school", Applications, paper, ("Idempotency-Key", "open-1"));
        await r.Post("school", Applications, paper, ("Idempotency-Key", "open-1"));
        await r.Post("school", Applications, "{}", ("Idempotency-Key", "open-1"));
        await r.Post("teacher", Applications, await PaperOf(r, second), ("Idempotency-Key", "open-1"));
        await r.Post("school", Applications, paper, ("Idempotency-Key", "open-2"));
        await r.Post("school", Applications, paper, ("Idempotency-Key", new string('x', 201)));

        var one = $"{Applications}/{opened.Id}";
        await r.Put("school", one, paper);
        await r.Put("school", one, paper, ("If-Match", "\"9\""));
        await r.Put("school", one, paper, ("If-Match", "nine"));
        await r.Put("school", one, """{"studentName":7}""", ("If-Match", opened.Version!));
        await r.Put("vocational", one, paper, ("If-Match", opened.Version!));
        await r.Put("school", one, await PaperOf(r, second), ("If-Match", opened.Version!));
        opened = await r.Put(
            "school",
            one,
            paper
                .Replace("一组", "二组", StringComparison.Ordinal)
                .Replace("\"studentSigned\":true,", "", StringComparison.Ordinal),
            ("If-Match", opened.Version!)
        );
        await r.Step("school", opened, $"{one}/submit");
        opened = await r.Put("school", one, paper, ("If-Match", opened.Version!), ("Idempotency-Key", "edit-1"));
        await r.Step("school", opened, $"{one}/submit");
        foreach (
            var body in (string[])
                [
                    """{"facts":{"height":170}}""",
                    "{",
                    """{"asOf":"2019-05-09","facts":{}}""",
                    """{"facts":{"strugglesDespiteHelp":false}}""",
                ]
        )
            await r.Post("school", $"{one}/assessments", body);
        await r.Post("vocational", $"{one}/assessments", Eligible);
        await r.Post("auditor", $"{one}/assessments", Eligible);
        var kept = await r.Post("teacher", $"{one}/assessments", Eligible, ("Idempotency-Key", "assess-1"));
        await r.Post("teacher", $"{one}/assessments", Eligible, ("Idempotency-Key", "assess-1"));
        await r.Post("school", $"/api/assessments/{kept.Id}/replay", null);
        opened = await r.Get("school", one);
        await r.Post("school", $"{one}/submit", "{}");
        await r.Step("county", opened, $"{one}/submit");
        await r.Step("school", opened, $"{one}/submit", """{"why":"x"}""");
        opened = await r.Step("teacher", opened, $"{one}/submit", "{}", ("Idempotency-Key", "submit-1"));
        await r.Step("school", opened, $"{one}/submit");
        await r.Get("teacher", one);
    }

    private static async Task Moved(Recorder r, DemoRows rows)
    {
        var one = $"{Applications}/{rows.Applications(Junior, "Submitted")[0]}";
        var seen = await r.Get("school", one);
        await r.Step("teacher", seen, $"{one}/approve", """{"seal":true,"date":"2020-05-09"}""");
        await r.Step("school", seen, $"{one}/approve", """{"seal":false}""");
        await r.Step("school", seen, $"{one}/approve", """{"seal":true,"date":"9.5.2020"}""");
        await r.Step("school", seen, $"{one}/send", """{"photocopy":true}""");
        seen = await r.Step("school", seen, $"{one}/reject", """{"seal":true,"date":"2020-05-09"}""");
        await r.Step("school", seen, $"{one}/withdraw");
        await r.Step("school", seen, $"{one}/correct", """{"reason":""}""");
        await r.Step("school", seen, $"{one}/correct", """{"why":"x"}""");
        await r.Step("teacher", seen, $"{one}/correct", """{"reason":"误点了不同意"}""");
        seen = await r.Step(
            "county",
            seen,
            $"{one}/correct",
            """{"reason":"误点了不同意"}""",
            ("Idempotency-Key", "correct-1")
        );
        await r.Step("county", seen, $"{one}/correct", """{"reason":"再更正"}""");
        seen = await r.Step(
            "school",
            await r.Get("school", one),
            $"{one}/approve",
            """{"seal":true,"date":"2020-05-09"}"""
        );
        await r.Step("school", seen, $"{one}/send", """{"photocopy":true}""");
        await r.Get("school", one);

        var approved = $"{Applications}/{rows.Applications(Junior, "SchoolApproved")[0]}";
        seen = await r.Get("county", approved);
        await r.Step("county", seen, $"{approved}/send", """{"photocopy":false}""");
        await r.Step(
            "county",
            seen,
            $"{approved}/send",
            """{"photocopy":true,"shanghaiSchool":"上海市示例职业技术学校"}"""
        );
        await r.Step("vocational", seen, $"{approved}/send", """{"photocopy":true}""");
        seen = await r.Step("teacher", seen, $"{approved}/withdraw");
        await r.Get("county", approved);

        var enrolled = $"{Applications}/{rows.Applications(Junior, "Enrolled")[0]}";
        seen = await r.Get("school", enrolled);
        foreach (
            var action in (string[])
                ["list", "confirm", "graduate", "register", "enrol", "return", "other-school", "lose"]
        )
            await r.Step("everybody", seen, $"{enrolled}/{action}");
        await r.Step("vocational", seen, $"{enrolled}/list");
        await r.Step("county", seen, $"{enrolled}/lose", """{"date":"2020-05-08","reason":"未到校"}""");
        await r.Step("everybody", seen, $"{enrolled}/other-school", """{"date":"2020-05-10","reason":"转学"}""");
        seen = await r.Step("everybody", seen, $"{enrolled}/return", """{"date":"2020-05-08","reason":"想参加中考"}""");
        await r.Step("everybody", seen, $"{enrolled}/correct", """{"reason":"登记有误"}""");
        await r.Get("school", enrolled);
        var lost = $"{Applications}/{rows.Applications(Junior, "Enrolled")[1]}";
        await r.Step(
            "vocational",
            await File(r, "vocational", await r.Get("school", lost), lost, "loss-visit", "楚雄技师学院"),
            $"{lost}/lose",
            """{"date":"2020-05-08","reason":"外出"}"""
        );
        await Decide(r, "vocational", lost, "confirm");
        await Decide(r, "school", lost, "reject");
        await r.Page("school", "/confirmations");
        await r.Get("school", "/odata/Confirmations?$filter=State eq 'Asked'&$select=Workflow,Kind,Issuer,Date");
        await r.Post(
            "school",
            $"{lost}/evidence/{(string)(await r.Get("school", lost)).Json["evidence"]![0]!["id"]!}/confirm",
            ""
        );
        await Decide(r, "school", lost, "withdraw");
        await Decide(r, "school", lost, "confirm");
        await Decide(r, "vocational", lost, "withdraw");
        await Decide(r, "school", lost, "withdraw");
        await r.Page("school", "/confirmations");
        await Decide(r, "school", lost, "confirm");
        await r.Page("school", "/confirmations");
        await r.Step(
            "vocational",
            await r.Get("school", lost),
            $"{lost}/lose",
            """{"date":"2020-05-08","reason":"外出"}""",
            ("Idempotency-Key", "lose-1")
        );
        foreach (
            var action in (string[])
                [
                    "submit",
                    "approve",
                    "reject",
                    "withdraw",
                    "send",
                    "enrol",
                    "list",
                    "confirm",
                    "graduate",
                    "register",
                    "return",
                    "other-school",
                    "lose",
                    "correct",
                ]
        )
            await r.Post(
                "everybody",
                $"{Applications}/{Nowhere}/{action}",
                action == "correct" ? """{"reason":"x"}""" : "{}",
                ("If-Match", "\"1\"")
            );
    }

    /// <summary>Files a paper of today.</summary>
    private static async Task<Answer> File(Recorder r, string user, Answer seen, string one, string kind, string issuer)
    {
        await r.Ask(
            user,
            HttpMethod.Post,
            $"{one}/evidence?kind={kind}&issuer={Uri.EscapeDataString(issuer)}&date=2020-05-08&name=a.pdf",
            "%PDF-1.4 示例",
            "application/pdf",
            ("If-Match", seen.Version!)
        );
        return await r.Get(user, one);
    }

    /// <summary>Decides the latest paper of a case.</summary>
    private static async Task<Answer> Decide(Recorder r, string user, string one, string decision)
    {
        var seen = await r.Get("school", one);
        var paper = (string)seen.Json["evidence"]!.AsArray()[^1]!["id"]!;
        await r.Post(
            user,
            $"{one}/evidence/{paper}/{decision}",
            decision switch
            {
                "reject" => """{"reason":""}""",
                "withdraw" => """{"reason":"看错了人"}""",
                _ => "",
            },
            ("If-Match", seen.Version!)
        );
        return await r.Get("school", one);
    }

    private static async Task Papers(Recorder r, DemoRows rows)
    {
        var one = $"{Applications}/{rows.Applications(Junior, "Enrolled")[2]}";
        var query =
            $"?kind=home-visit&issuer={Uri.EscapeDataString(Junior)}&date=2020-05-08&"
            + $"name={Uri.EscapeDataString("家访.pdf")}";
        const string Pdf = "%PDF-1.4 示例";
        var seen = await r.Get("school", one);
        await r.Ask(
            "school",
            HttpMethod.Post,
            $"{one}/evidence{query}",
            Pdf,
            "text/plain",
            ("If-Match", seen.Version!)
        );
        await r.Ask("school", HttpMethod.Post, $"{one}/evidence", Pdf, "application/pdf", ("If-Match", seen.Version!));
        await r.Ask(
            "school",
            HttpMethod.Post,
            $"{one}/evidence{query}",
            "no pdf",
            "application/pdf",
            ("If-Match", seen.Version!)
        );
        await r.Ask(
            "school",
            HttpMethod.Post,
            $"{one}/evidence{query.Replace("home-visit", "none", StringComparison.Ordinal)}",
            Pdf,
            "application/pdf",
            ("If-Match", seen.Version!)
        );
        await r.Ask(
            "school",
            HttpMethod.Post,
            $"{one}/evidence{query.Replace("2020-05-08", "x", StringComparison.Ordinal)}",
            Pdf,
            "application/pdf",
            ("If-Match", seen.Version!)
        );
        await r.Ask("school", HttpMethod.Post, $"{one}/evidence{query}", Pdf, "application/pdf");
        await r.Ask(
            "auditor",
            HttpMethod.Post,
            $"{one}/evidence{query}",
            Pdf,
            "application/pdf",
            ("If-Match", seen.Version!)
        );
        await r.Ask(
            "school",
            HttpMethod.Post,
            $"{one}/evidence{query}",
            Pdf,
            "application/pdf",
            ("If-Match", seen.Version!),
            ("Idempotency-Key", "paper-1")
        );
        await r.Ask(
            "school",
            HttpMethod.Post,
            $"{one}/evidence{query}",
            Pdf,
            "application/pdf",
            ("If-Match", seen.Version!),
            ("Idempotency-Key", "paper-1")
        );
        var paper = (string)(await r.Get("school", one)).Json["evidence"]![0]!["id"]!;
        foreach (var user in (string[])["school", "county", "vocational", "teacher", "auditor", Nobody])
            await r.Get(user, $"{one}/evidence/{paper}");
        await r.Get("school", $"{one}/evidence/{Nowhere}");
        foreach (var format in (string[])["html", "docx", "json", "xlsx", "pdf"])
            await r.Get("school", $"{one}/forms/chuxiong.application?format={format}");
        foreach (var user in (string[])["county", "teacher", "auditor", "vocational"])
            await r.Get(user, $"{one}/forms/chuxiong.application?format=json");
        await r.Get("school", $"{one}/forms/chuxiong.plan");
        await r.Get("school", $"{one}/forms/chuxiong.application", ("Accept", "image/png"));
        await r.Get("school", $"{Applications}/{Nowhere}/forms/chuxiong.application");
    }

    private static async Task Replayed(Recorder r, DemoRows rows)
    {
        var kept = (string)
            (await r.Look("county", $"{Applications}/{rows.Applications(Junior, "SchoolApproved")[1]}"))[
                "assessments"
            ]![0]!["id"]!;
        foreach (var user in (string[])["county", "school", "vocational", "auditor", Nobody])
            await r.Post(user, $"/api/assessments/{kept}/replay", null);
        await r.Post("county", $"/api/assessments/{Nowhere}/replay", null);
    }

    private static async Task<string> PaperOf(Recorder r, string student)
    {
        var own = await r.Look("everybody", $"/api/registry/students/{student}/reveal", HttpMethod.Post);
        var known = (await r.Rows("everybody", "Students", $"$filter=Id eq {student}"))[0];
        return Paper(
            (string)known["Name"]!,
            (string)own["residentId"]!,
            (string)own["rolls"]![0]!["number"]!,
            (string)known["Sex"]! == "Male" ? "男" : "女",
            "楚雄技师学院"
        );
    }

    internal static async Task Filings(Recorder r, DemoRows rows)
    {
        r.Begin("filings");
        const string Module = "/api/chuxiong";
        var plan = $"{Module}/plans/{rows.Case("plans - 2021")}";
        foreach (var user in (string[])["prefecture", "county", "school", "auditor"])
            await r.Get(user, plan);
        var seen = await r.Get("prefecture", plan);
        await r.Put("county", plan, """{"year":2021}""", ("If-Match", seen.Version!));
        await r.Step("county", seen, $"{plan}/issue");
        await r.Put("prefecture", plan, """{"year":2022}""", ("If-Match", seen.Version!));
        seen = await r.Put(
            "prefecture",
            plan,
            """{"year":2021,"counties":[{"county":"楚雄市","entrants":100,"quota":5}],"schools":["""
                + """{"school":"楚雄技师学院","places":9}]}""",
            ("If-Match", seen.Version!)
        );
        await r.Step("prefecture", seen, $"{plan}/issue");
        await r.Post("prefecture", $"{Module}/plans", """{"year":2020}""");
        await r.Post("prefecture", $"{Module}/plans", """{"year":2023}""");
        await r.Post("prefecture", $"{Module}/plans/{Nowhere}/issue", "{}", ("If-Match", "\"1\""));
        await r.Post("prefecture", $"{plan}/correct", """{"reason":"x"}""", ("If-Match", "\"1\""));
        foreach (var format in (string[])["html", "docx", "json"])
            await r.Get("prefecture", $"{plan}/forms/chuxiong.plan?format={format}");

        var allotment = $"{Module}/allotments/{rows.Case("allotments 楚雄市 2020")}";
        seen = await r.Get("county", allotment);
        await r.Put("county", allotment, "{}", ("If-Match", seen.Version!));
        await r.Step("county", seen, $"{allotment}/issue");
        await r.Step("county", seen, $"{allotment}/correct", """{"reason":"重新分解"}""");
        await r.Get("county", $"{allotment}/forms/chuxiong.allotment?format=json");
        var next = await r.Post(
            "county",
            $"{Module}/allotments",
            """{"year":2020,"county":"楚雄市","schools":[{"school":"楚雄市第一中学","places":100000}]}"""
        );
        await r.Step("county", next, $"{Module}/allotments/{next.Id}/issue");
        await r.Post("county", $"{Module}/allotments", """{"year":2020,"county":"大姚县","schools":[]}""");
        await r.Post("school", $"{Module}/allotments", """{"year":2020,"county":"楚雄市","schools":[]}""");

        var implementation = $"{Module}/implementation-plans/{rows.Case("implementation-plans 楚雄市 2020")}";
        seen = await r.Get("county", implementation);
        await r.Step("county", seen, $"{implementation}/submit");
        await r.Step("prefecture", seen, $"{implementation}/approve");
        await r.Step("prefecture", seen, $"{implementation}/correct", """{"reason":"再审"}""");
        await r.Get("county", $"{implementation}/forms/chuxiong.implementation-plan?format=html");
        next = await r.Post(
            "county",
            $"{Module}/implementation-plans",
            """{"body":"楚雄市","year":2021,"summary":"送读安排。"}"""
        );
        var mine = $"{Module}/implementation-plans/{next.Id}";
        next = await r.Put(
            "county",
            mine,
            """{"body":"楚雄市","year":2021,"summary":"送读安排，另加巩固措施。"}""",
            ("If-Match", next.Version!)
        );
        var filed = await r.Ask(
            "county",
            HttpMethod.Post,
            $"{mine}/evidence?kind=plan&issuer={Uri.EscapeDataString("楚雄市")}&date=2020-05-08&"
                + $"name={Uri.EscapeDataString("方案.pdf")}",
            "%PDF-1.4 方案",
            "application/pdf",
            ("If-Match", next.Version!)
        );
        var paper = (string)(await r.Get("county", mine)).Json["evidence"]![0]!["id"]!;
        await r.Get("prefecture", $"{mine}/evidence/{paper}");
        next = await r.Step("county", filed, $"{mine}/submit");
        await r.Step("county", next, $"{mine}/approve");
        next = await r.Step("prefecture", next, $"{mine}/return", """{"reason":"缺经费安排"}""");
        await r.Get("prefecture", mine);
        next = await r.Step("county", await r.Get("county", mine), $"{mine}/submit");
        await r.Step("prefecture", next, $"{mine}/approve");
        await r.Get("county", mine);
        await r.Post("county", $"{Module}/implementation-plans", """{"body":"大姚县","year":2021,"summary":"x"}""");
        await r.Post("county", $"{Module}/implementation-plans", """{"body":"火星"}""");

        var teaching = $"{Module}/teaching-plans/{rows.Case("teaching-plans 楚雄技师学院 2020")}";
        seen = await r.Get("everybody", teaching);
        foreach (var user in (string[])["vocational", "prefecture", "county"])
            await r.Get(user, teaching);
        await r.Step("everybody", seen, $"{teaching}/submit");
        await r.Step("everybody", seen, $"{teaching}/file");
        await r.Step("everybody", seen, $"{teaching}/return", """{"reason":"x"}""");
        await r.Step("everybody", seen, $"{teaching}/correct", """{"reason":"重新备案"}""");
        await r.Get("everybody", $"{teaching}/forms/chuxiong.teaching-plan?format=docx");
        await r.Put("everybody", teaching, "{}", ("If-Match", seen.Version!));
        await r.Post(
            "vocational",
            $"{Module}/teaching-plans",
            """{"school":"楚雄技师学院","classes":[{"name":"职教2班","size":80}]}"""
        );
        await r.Post("county", $"{Module}/teaching-plans", "{}");

        var completion = $"{Module}/registration-completions/{rows.Case(rows.Completions[0])}";
        seen = await r.Get("everybody", completion);
        await r.Step("everybody", seen, $"{completion}/declare");
        seen = await r.Put(
            "everybody",
            completion,
            (string)seen.Json["form"]!["school"]! is { } school
                ? $$"""{"school":"{{school}}","year":2020,"date":"2020-10-20"}"""
                : "",
            ("If-Match", seen.Version!)
        );
        await r.Step("everybody", seen, $"{completion}/declare");
        await r.Post("everybody", $"{completion}/correct", """{"reason":"x"}""", ("If-Match", seen.Version!));
        await r.Get("everybody", $"{completion}/forms/chuxiong.registration-completion?format=html");
        await r.Post("vocational", $"{Module}/registration-completions", """{"school":"楚雄技师学院","year":2020}""");
        await r.Post("school", $"{Module}/registration-completions", "{}");

        const string Shanghai = $"{Module}/shanghai-school-lists";
        await r.Post("county", Shanghai, """{"year":2020}""");
        await r.Post("prefecture", Shanghai, "{}");
        var list = await r.Post(
            "prefecture",
            Shanghai,
            """{"year":2020,"schools":[{"name":"上海市第一示例职校"},{}]}"""
        );
        var one = $"{Shanghai}/{(string)list.Json["id"]!}";
        await r.Step("prefecture", await r.Get("prefecture", one), $"{one}/publish");
        seen = await r.Put(
            "prefecture",
            one,
            """{"year":2020,"schools":[{"name":"上海市第一示例职校"}]}""",
            ("If-Match", list.Version!)
        );
        seen = await r.Step("prefecture", seen, $"{one}/publish");
        await r.Get("county", "/odata/ChuxiongShanghaiSchools?$orderby=Year,Name&$select=Year,Name");
        await r.Get("prefecture", $"{one}/forms/chuxiong.shanghai-school-list?format=html");
        await r.Step("prefecture", seen, $"{one}/correct", """{"reason":"名称有误"}""");
        await r.Get("county", "/odata/ChuxiongShanghaiSchools?$orderby=Year,Name&$select=Year,Name");
    }

    /// <summary>The same database on later days: what cannot be done in May.</summary>
    internal static IReadOnlyList<(DateOnly Day, Func<Recorder, DemoRows, Task> Ask)> Later { get; } =
    [(new(2020, 5, 11), async (r, rows) =>
        {
            var one = $"{Applications}/{rows.Applications(Junior, "SchoolApproved")[1]}";
            var seen = await r.Step(
                "county",
                await r.Get("county", one),
                $"{one}/send",
                """{"photocopy":true}""",
                ("Idempotency-Key", "send-1")
            );
            seen = await r.Step(
                "everybody",
                seen,
                $"{one}/enrol",
                """{"className":"职教1班","studentNumber":"202099","headTeacher":"示例老师","teachingFrom":"2020-05-14"}"""
            );
            seen = await r.Step("everybody", seen, $"{one}/correct", """{"reason":"编错了班"}""");
            await r.Step("everybody", seen, $"{one}/correct", """{"reason":"收回送读"}""");
            await r.Get("county", one);
        }), (new(2020, 6, 4), async (r, rows) =>
        {
            foreach (var id in rows.Applications(Junior, "Enrolled").Skip(2))
            {
                var one = $"{Applications}/{id}";
                var seen = await r.Step("everybody", await r.Get("county", one), $"{one}/list");
                await r.Step("county", seen, $"{one}/confirm");
            }

            await r.Get("prefecture", "/api/chuxiong/indicators/2020");
            await r.Page("county", "/");
            await r.Page("prefecture", "/indicators");
        }), (new(2020, 9, 7), async (r, rows) =>
        {
            var (one, other) = (
                $"{Applications}/{rows.Applications(Junior, "Enrolled")[2]}",
                $"{Applications}/{rows.Applications(Junior, "Enrolled")[3]}"
            );
            var seen = await r.Get("school", one);
            await r.Step("school", seen, $"{one}/graduate", """{"certificate":"YJ1","date":"2020-05-01"}""");
            await r.Step("school", seen, $"{one}/graduate", """{"certificate":"YJ1","date":"2020-07-08"}""");
            await File(r, "vocational", seen, one, "results", "楚雄技师学院");
            seen = await Decide(r, "school", one, "confirm");
            seen = await r.Step(
                "school",
                seen,
                $"{one}/graduate",
                """{"certificate":"YJ1","date":"2020-07-08","skillCertificate":"JN1"}"""
            );
            await r.Step("everybody", seen, $"{one}/register", """{"date":"2020-09-05","school":"无此学校"}""");
            seen = await r.Step("everybody", seen, $"{one}/register", """{"date":"2020-09-05","number":"ZZ1"}""");
            await r.Get("school", one);
            seen = await r.Step("everybody", seen, $"{one}/correct", """{"reason":"学号有误"}""");
            await r.Step("everybody", seen, $"{one}/register", """{"date":"2020-09-05"}""");
            await r.Step(
                "everybody",
                await r.Get("school", other),
                $"{other}/other-school",
                """{"date":"2020-09-01","reason":"考入普通高中","elsewhere":"楚雄州示例高级中学"}"""
            );
            await File(r, "school", await r.Get("school", other), other, "written-proof", "楚雄州示例高级中学");
            await Decide(r, "county", other, "confirm");
            await Decide(r, "prefecture", other, "confirm");
            await Decide(r, "prefecture", other, "reject");
            await r.Get("prefecture", "/api/chuxiong/indicators/2020");
            await r.Get("county", "/odata/ChuxiongRetention?$orderby=Year,School");
            await r.Unordered(
                "prefecture",
                $"/api/forms/chuxiong.registered-list/export?format=csv&"
                    + $"$filter={Uri.EscapeDataString("year eq '2020'")}"
            );
            await r.Get("admin", "/odata/AuditEntries?$apply=groupby((Action,Actor),aggregate($count as N))");
        })];
}
