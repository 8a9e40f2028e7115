using EduAssist.Web;

namespace EduAssist.Host.Recording;

internal static partial class DemoRequests
{
    private const string Schools =
        "学校标识码,学校名称,学校别名,办学类型,主管部门\n,楚雄市示例小学,,小学,532301\n,,,小学,532301\n,楚雄市示例二中,,火星,1\n";

    private const string Pupils =
        "姓名,性别,出生日期,民族,身份证件号,学籍辅号,学校名称,年级,班级,学生状态,监护人1姓名,监护人1关系,监护人1联系电话\n"
        + "示例一,男,2008-03-01,汉族,,53230199900001,楚雄市第一中学,七年级,七（1）班,在读,示例家长,父亲,15400000009\n"
        + "示例二,女,2008-04-01,彝族,532301200804010000,,楚雄市第一中学,七年级,七（1）班,在读,,,\n"
        + "示例三,女,2008-04-01,彝族,,,楚雄市第一中学,七年级,,在读,,,\n"
        + ",女,2008-04-31,,,53230199900003,无此学校,十二年级,,不明,,,\n";

    internal static async Task Lists(Recorder r)
    {
        r.Begin("lists");
        const string Students = "/api/forms/registry.students",
            Bodies = "/api/forms/registry.schools";
        await r.Get("county", $"{Students}/mappings");
        await r.Put(
            "county",
            $"{Students}/mappings/{Uri.EscapeDataString("旧系统")}",
            """{"headings":{"学生姓名":"姓名","备注":null},"ignoresOthers":true}"""
        );
        await r.Put("county", $"{Students}/mappings/x", """{"headings":{}}""");
        await r.Put("county", $"{Students}/mappings/x", """{"headings":{"甲":"没有的栏目"}}""");
        await r.Put("teacher", $"{Students}/mappings/x", """{"headings":{"学生姓名":"姓名"}}""");
        await r.Get("county", $"{Students}/mappings");
        await r.Get("teacher", $"{Students}/mappings");
        await r.Get("county", "/api/forms/none/mappings");
        await r.Get("county", "/api/forms/chuxiong.application/mappings");

        await r.In("county", $"{Bodies}/import?preview=true", Schools);
        await r.In("county", $"{Bodies}/import", Schools);
        await r.In("county", $"{Bodies}/import?valid-only=true", Schools, ("Idempotency-Key", "schools-1"));
        await r.In("county", $"{Bodies}/import?valid-only=true", Schools, ("Idempotency-Key", "schools-1"));
        await r.In("county", $"{Bodies}/import?valid-only=true", Schools);
        await r.In("teacher", $"{Bodies}/import", Schools);
        await r.In(Nobody, $"{Bodies}/import", Schools);
        await r.In("county", $"{Bodies}/import?what=1", Schools);
        await r.In("county", $"{Bodies}/import?preview=maybe", Schools);
        await r.In("county", $"{Bodies}/import?mapping=none", Schools);
        await r.In("county", "/api/forms/none/import", Schools);
        await r.In("county", "/api/forms/chuxiong.application/import", Schools);
        await r.In("county", $"{Bodies}/import", "甲,乙\n1,2\n");
        await r.Ask("county", HttpMethod.Post, $"{Bodies}/import", "x", "text/plain");
        await r.Ask("county", HttpMethod.Post, $"{Bodies}/import", "x", Xlsx);

        var only = Pupils.Split('\n')[..2];
        await r.In("school", $"{Students}/import?preview=true", Pupils);
        await r.In("school", $"{Students}/import", Pupils);
        await r.In(
            "school",
            $"{Students}/import?valid-only=true&from=2020-05-08",
            Pupils,
            ("Idempotency-Key", "pupils-1")
        );
        await r.In("school", $"{Students}/import?from=2020-05-08", string.Join('\n', only));
        await r.In(
            "school",
            $"{Students}/import?from=2020-05-09",
            string.Join('\n', only).Replace("七（1）班", "七（2）班", StringComparison.Ordinal)
        );
        await r.In("school", $"{Students}/import?from=2020-06-09", string.Join('\n', only));
        await r.In(
            "county",
            $"{Students}/import?preview=true&mapping={Uri.EscapeDataString("旧系统")}",
            string.Join('\n', only).Replace("姓名,性别", "学生姓名,性别", StringComparison.Ordinal)
        );
        await r.In("vocational", $"{Students}/import?preview=true", Pupils);
        await r.In(
            "vocational",
            $"/api/forms/chuxiong.attendance-list/import?preview=true&school={Uri.EscapeDataString("楚雄技师学院")}",
            "姓名,性别\n甲,男\n"
        );
        await r.In(
            "county",
            $"/api/forms/chuxiong.attendance-list/import?preview=true&school={Uri.EscapeDataString("楚雄技师学院")}",
            "姓名,性别\n甲,男\n"
        );
        await r.Delete("teacher", $"{Students}/mappings/{Uri.EscapeDataString("旧系统")}");
        await r.Delete("county", $"{Students}/mappings/{Uri.EscapeDataString("旧系统")}");
        await r.Delete("county", $"{Students}/mappings/{Uri.EscapeDataString("旧系统")}");
        await r.Page("county", "/imports/registry.students");
        await r.Get("county", "/odata/Students?$filter=startswith(Name,'示例')&$orderby=Name&$expand=Rolls,Guardians");
        await r.In("teacher", $"{Students}/import/marked", Pupils);
        await r.In("school", $"{Students}/import/marked?format=xlsx", "甲,乙\n1,2\n");
        await TakenBack(r, string.Join('\n', only));
    }

    /// <summary>A second record of one pupil by a slip of the pen: told, noted, merged, parted, taken back.</summary>
    private static async Task TakenBack(Recorder r, string only)
    {
        const string Imports = "/api/imports",
            Root = "/api/registry";
        await r.In(
            "school",
            "/api/forms/registry.students/import?from=2020-05-09",
            only.Replace("53230199900001", "53230199900009", StringComparison.Ordinal)
        );
        foreach (var user in (string[])["school", "county", "teacher", Nobody])
            await r.Get(user, Imports);
        await r.Page("school", "/imports/history");
        foreach (var user in (string[])["school", "county", "vocational", "teacher"])
            await r.Get(user, $"{Root}/doubles");
        await r.Page("county", "/doubles");
        var pupils = await r.Rows("county", "Students", "$filter=Name eq '示例一'&$orderby=Id");
        var (one, other) = ((string)pupils[0]["Id"]!, (string)pupils[1]["Id"]!);
        var (version, otherVersion) = ((long)pupils[0]["Version"]!, (long)pupils[1]["Version"]!);
        var note = $$"""{"student":"{{one}}","other":"{{other}}","isSame":true,"reason":"同一名学生"}""";
        await r.Post("school", $"{Root}/doubles/notes", note);
        await r.Post("vocational", $"{Root}/doubles/notes", note);
        await r.Post("county", $"{Root}/doubles/notes", "{}");
        var merge = $$"""{"other":"{{other}}","otherVersion":{{otherVersion}},"take":[],"preview":true}""";
        var match = ("If-Match", $"\"{version}\"");
        await r.Post("county", $"{Root}/students/{one}/merge", merge, match);
        await r.Post("school", $"{Root}/students/{one}/merge", merge, match);
        await r.Post("county", $"{Root}/students/{one}/merge", "{}", match);
        await r.Post(
            "county",
            $"{Root}/students/{one}/merge",
            merge.Replace("true", "false", StringComparison.Ordinal),
            match
        );
        var merges = (await r.Get("county", $"{Root}/merges")).Json;
        var set = (string)merges[0]!["id"]!;
        await r.Post("school", $"{Root}/merges/{set}/undo", null);
        await r.Post("county", $"{Root}/merges/{set}/undo", null);
        await r.Post("county", $"{Root}/merges/{set}/undo", null, ("If-Match", "\"9\""));
        await r.Post("county", $"{Root}/merges/{set}/undo", null, ("If-Match", "\"1\""));
        await r.Post("county", $"{Root}/merges/{set}/undo", null, ("If-Match", "\"2\""));
        await r.Post("county", $"{Root}/merges/{Nowhere}/undo", null);
        await LeftBehind(r, Root);
        var import = (string)(await r.Get("county", Imports)).Json[0]!["id"]!;
        await r.Get("county", $"{Imports}/{import}");
        await r.Get("vocational", $"{Imports}/{import}");
        await r.Post("vocational", $"{Imports}/{import}/undo", "{}");
        await r.Post("school", $"{Imports}/{import}/undo", """{"preview":true}""");
        await r.Post("school", $"{Imports}/{import}/undo", "{}", ("If-Match", "\"1\""));
        await r.Post("school", $"{Imports}/{Nowhere}/undo", "{}");
    }

    /// <summary>What lists leave behind: nobody left out, nobody taken over, two classes of one grade.</summary>
    private static async Task LeftBehind(Recorder r, string root)
    {
        foreach (var set in (string[])["unlisted", "takeovers", "new-classes", "class-merges"])
        foreach (var user in (string[])["school", "vocational", Nobody])
            await r.Get(user, $"{root}/{set}");
        foreach (var page in (string[])["/unlisted", "/takeovers", "/classes", "/classes/merges"])
            await r.Page("school", page);
        await r.Post("school", $"{root}/unlisted/{Nowhere}/whereabouts", """{"kind":"Unknown"}""");
        await r.Post("school", $"{root}/takeovers/{Nowhere}/review", """{"isRight":true}""");
        var classes = await r.Rows("school", "Classes", "$filter=Origin eq 'List'&$orderby=Name");
        var (into, id) = ((string)classes[0]["Id"]!, (string)classes[1]["Id"]!);
        await r.Page("school", $"/classes/{id}");
        await r.Post("school", $"{root}/classes/{id}/merge", "{}");
        var merge = $$"""{"into":"{{into}}","preview":true}""";
        await r.Post("teacher", $"{root}/classes/{id}/merge", merge);
        await r.Post("school", $"{root}/classes/{id}/merge", merge);
        await r.Post("school", $"{root}/classes/{id}/merge", $$"""{"into":"{{into}}"}""", ("If-Match", "\"01\""));
        await r.Post("school", $"{root}/classes/{id}/merge", $$"""{"into":"{{into}}"}""", ("If-Match", "\"1\""));
        var set1 = (string)(await r.Get("county", $"{root}/class-merges")).Json[0]!["id"]!;
        await r.Post("county", $"{root}/class-merges/{set1}/undo", null, ("If-Match", "\"1\""));
        await r.Post("county", $"{root}/class-merges/{Nowhere}/undo", null);
    }

    internal static async Task Registry(Recorder r, DemoRows rows)
    {
        r.Begin("registry");
        const string Root = "/api/registry";
        const string New = """{"name":"楚雄市示例中学","kind":"初级中学","division":"532301"}""";
        await r.Post("school", $"{Root}/schools", New);
        await r.Post(Nobody, $"{Root}/schools", New);
        await r.Post("county", $"{Root}/schools", "{}");
        await r.Post("county", $"{Root}/schools", """{"name":"x","kind":"火星","division":"1"}""");
        await r.Post("county", $"{Root}/schools", """{"name":"示例","kind":"小学","division":"532326"}""");
        await r.Post("county", $"{Root}/schools", """{"code":"1","name":"示例","kind":"小学","division":"532301"}""");
        var school = await r.Post("county", $"{Root}/schools", New, ("Idempotency-Key", "school-1"));
        await r.Post("county", $"{Root}/schools", New, ("Idempotency-Key", "school-1"));
        await r.Post("county", $"{Root}/schools", """{"name":"另一所"}""", ("Idempotency-Key", "school-1"));
        if (school.Status == 201)
        {
            var one = $"{Root}/schools/{school.Id}";
            await r.Put("county", one, New);
            await r.Put("county", one, New, ("If-Match", "\"7\""));
            await r.Put(
                "county",
                one,
                New.Replace("532301", "532300", StringComparison.Ordinal),
                ("If-Match", school.Version!)
            );
            await r.Put(
                "county",
                one,
                New.Replace("示例中学", "示例初级中学", StringComparison.Ordinal),
                ("If-Match", school.Version!)
            );
        }

        await r.Put("county", $"{Root}/schools/{Nowhere}", New, ("If-Match", "\"1\""));

        var student = rows.Unasked(Junior)[1];
        var roll = rows.Roll(student);
        foreach (var query in (string[])["", "?on=2019-09-01", "?on=2018-01-01", "?on=x"])
            await r.Get("school", $"{Root}/students/{student}/standing{query}");
        await r.Get("vocational", $"{Root}/students/{student}/standing");
        await r.Get("school", $"{Root}/students/{Nowhere}/standing");
        const string Rolls = $"{Root}/rolls";
        await r.Post(
            "school",
            $"{Rolls}/{roll}/standings",
            """{"change":"休学","from":"2020-05-08","reason":"生病"}"""
        );
        await r.Post("school", $"{Rolls}/{roll}/standings", "{}", ("If-Match", "\"1\""));
        await r.Post(
            "school",
            $"{Rolls}/{roll}/standings",
            """{"change":"退学","from":"2020-05-08","reason":"x"}""",
            ("If-Match", "\"1\"")
        );
        await r.Post(
            "school",
            $"{Rolls}/{roll}/standings",
            """{"change":"复学","from":"2020-05-08","reason":"x"}""",
            ("If-Match", "\"1\"")
        );
        await r.Post(
            "school",
            $"{Rolls}/{roll}/standings",
            """{"change":"休学","from":"2020-06-08","reason":"生病"}""",
            ("If-Match", "\"1\"")
        );
        await r.Post(
            "auditor",
            $"{Rolls}/{roll}/standings",
            """{"change":"休学","from":"2020-05-08","reason":"生病"}""",
            ("If-Match", "\"1\"")
        );
        await r.Post(
            "vocational",
            $"{Rolls}/{roll}/standings",
            """{"change":"休学","from":"2020-05-08","reason":"生病"}""",
            ("If-Match", "\"1\"")
        );
        var moved = await r.Post(
            "school",
            $"{Rolls}/{roll}/standings",
            """{"change":"休学","from":"2020-05-08","reason":"生病"}""",
            ("If-Match", "\"1\""),
            ("Idempotency-Key", "roll-1")
        );
        await r.Post(
            "school",
            $"{Rolls}/{roll}/standings",
            """{"change":"休学","from":"2020-05-08","reason":"生病"}""",
            ("If-Match", "\"1\""),
            ("Idempotency-Key", "roll-1")
        );
        await r.Post(
            "school",
            $"{Rolls}/{roll}/standings",
            """{"change":"休学","from":"2020-05-08","reason":"生病"}""",
            ("If-Match", "\"1\"")
        );
        moved = await r.Post(
            "school",
            $"{Rolls}/{roll}/standings",
            """{"change":"复学","from":"2020-05-09","reason":"痊愈","grade":9,"className":"九（1）班"}""",
            ("If-Match", moved.Version ?? "\"2\"")
        );
        await r.Post(
            "school",
            $"{Rolls}/{roll}/standings",
            """{"change":"转学","from":"2020-05-09","reason":"迁居","school":"大姚县民族中学"}""",
            ("If-Match", moved.Version ?? "\"3\"")
        );
        await r.Post(
            "prefecture",
            $"{Rolls}/{roll}/standings",
            """{"change":"转学","from":"2020-05-09","reason":"迁居","school":"楚雄州示例中学","grade":9}""",
            ("If-Match", moved.Version ?? "\"3\"")
        );
        await r.Post(
            "school",
            $"{Rolls}/{Nowhere}/standings",
            """{"change":"休学","from":"2020-05-08","reason":"生病"}""",
            ("If-Match", "\"1\"")
        );
        await r.Get("prefecture", $"{Root}/students/{student}/standing");
        await r.Page("prefecture", $"/students/{student}");

        var other = (string)rows.Application(rows.Applications(Junior, "SchoolApproved")[1])["StudentId"]!;
        foreach (var user in (string[])["school", "county", "teacher", "vocational", "auditor", "admin", Nobody])
            await r.Get(user, $"{Root}/students/{other}/personal-data");
        foreach (var user in (string[])["school", "vocational"])
            await r.Post(user, $"{Root}/students/{other}/reveal", null);
        await r.Post("school", $"{Root}/students/{Nowhere}/reveal", null);
        const string Group = """
            {"kind":"残疾","degree":"肢体三级","from":"2020-03-01","source":"楚雄市残疾人联合会",
            "paper":"残字〔2020〕7号","paperDate":"2020-02-20"}
            """;
        var groups = $"{Root}/students/{other}/groups";
        foreach (var body in (string[])["{}", Group.Replace("肢体三级", "", StringComparison.Ordinal)])
            await r.Post("county", groups, body);
        await r.Post("school", groups, Group);
        await r.Post("vocational", groups, Group);
        await r.Post("county", $"{Root}/students/{Nowhere}/groups", Group);
        var entry = (string)(await r.Post("county", groups, Group)).Json["id"]!;
        await r.Post("county", groups, Group);
        await r.Get("county", "/odata/PersonGroups?$select=StudentName,Kind,Degree,From,Until,Source,Paper");
        await r.Post("county", $"{groups}/{entry}/end", """{"until":"2020-02-01","reason":"复评"}""");
        await r.Post("county", $"{groups}/{entry}/end", """{"until":"2020-05-01","reason":"复评"}""");
        await r.Post("county", $"{groups}/{entry}/end", """{"until":"2020-05-01","reason":"复评"}""");
        await r.Post("county", $"{groups}/{Nowhere}/end", """{"until":"2020-05-01","reason":"复评"}""");
        // no module of this demo declares any
        var attributes = $"{Root}/schools/{Nowhere}/attributes";
        await r.Post("county", $"{attributes}/nothing.declared", """{"value":"x"}""");
        await r.Post("county", $"{attributes}/{Nowhere}/end", """{"until":"2020-05-01","reason":"到期"}""");
        await r.Get("school", $"{Root}/students/{Nowhere}/personal-data");
        await r.Post("admin", $"{Root}/students/{other}/erase", """{"reason":"本人要求"}""");
        await r.Post("admin", $"{Root}/students/{other}/erase", "{}");
        await r.Post("admin", $"{Root}/students/{other}/erase", """{"why":"x"}""");
        await r.Post("school", $"{Root}/students/{other}/erase", """{"reason":"x"}""");
        await r.Post("admin", $"{Root}/students/{Nowhere}/erase", """{"reason":"x"}""");

        foreach (
            var body in (string[])
                [
                    """{"schoolYear":2020,"preview":true}""",
                    """{"schoolYear":2020}""",
                    """{"schoolYear":1999}""",
                    "{}",
                    """{"schoolYear":2019,"preview":true}""",
                ]
        )
            await r.Post("county", $"{Root}/promotion", body);
        await r.Post("teacher", $"{Root}/promotion", """{"schoolYear":2020,"preview":true}""");
        await r.Post(Nobody, $"{Root}/promotion", "{}");
    }

    internal static async Task Accounts(Recorder r)
    {
        r.Begin("accounts");
        const string Auth = "/api/auth",
            Users = "/api/users",
            Own = "recorded-password-1";
        foreach (var user in (string[])["admin", "county", "school", "teacher", Nobody])
            await r.Get(user, $"{Auth}/me");
        foreach (
            var body in (string[])
                [
                    """{"user":"county"}""",
                    """{"user":"county","password":"demo-wrong"}""",
                    """{"user":"nobody","password":"demo-nobody"}""",
                    "{",
                    "[]",
                ]
        )
            await r.Post(Nobody, $"{Auth}/token", body);
        var token = await r.Post(Nobody, $"{Auth}/token", """{"user":"county","password":"demo-county"}""");
        await r.Post(Nobody, $"{Auth}/refresh", $$"""{"refreshToken":"{{token.Json["refreshToken"]}}"}""");
        await r.Post(Nobody, $"{Auth}/refresh", """{"refreshToken":"none"}""");

        await r.Get("county", Users);
        await r.Get(Nobody, Users);
        foreach (
            var body in (string[])
                [
                    "{}",
                    """{"user":"county","roles":[{"role":"County","place":"532301"}]}""",
                    """{"user":"x y","roles":[{"role":"County","place":"532301"}]}""",
                    """{"user":"recorded","roles":[{"role":"King","place":"532301"}]}""",
                    """{"user":"recorded","roles":[{"role":"County","place":"999999"}]}""",
                    """{"user":"recorded","roles":[{"role":"School","place":"532326"}]}""",
                    """{"user":"recorded","roles":[{"role":"County","place":"532300"}]}""",
                    """{"user":"recorded","roles":[{"role":"Auditor","place":"*"}]}""",
                ]
        )
            await r.Post("admin", Users, body);
        await r.Post("county", Users, """{"user":"recorded","roles":[{"role":"County","place":"532301"}]}""");
        var made = await r.Post(
            "admin",
            Users,
            """{"user":"recorded","roles":[{"role":"County","place":"532301"},{"role":"School","place":"楚雄市第一中学"}]}"""
        );
        var first = (string)made.Json["password"]!;
        await r.Post(Nobody, $"{Auth}/token", $$"""{"user":"recorded","password":"{{first}}"}""");
        await r.Post(
            Nobody,
            $"{Auth}/password",
            $$"""{"user":"recorded","password":"{{first}}","newPassword":"short"}"""
        );
        await r.Post(
            Nobody,
            $"{Auth}/password",
            """{"user":"recorded","password":"demo-wrong","newPassword":"recorded-password-1"}"""
        );
        await r.Post(Nobody, $"{Auth}/password", """{"user":"recorded"}""");
        await r.Post(
            Nobody,
            $"{Auth}/password",
            $$"""{"user":"recorded","password":"{{first}}","newPassword":"{{Own}}"}"""
        );
        var mine = await r.Post(Nobody, $"{Auth}/token", $$"""{"user":"recorded","password":"{{Own}}"}""");
        r.Know("recorded", (string)mine.Json["accessToken"]!);
        await r.Get("recorded", $"{Auth}/me");

        foreach (var body in (string[])["{}", """{"title":"表格","days":0}""", """{"title":"表格","days":400}"""])
            await r.Post("recorded", $"{Auth}/keys", body);
        var key = await r.Post("recorded", $"{Auth}/keys", """{"title":"表格","onlyReads":true,"days":30}""");
        await r.Get("recorded", $"{Auth}/keys");
        var basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"recorded:{key.Json["key"]}"));
        await r.ByKey(basic, "/odata/Schools/$count");
        await r.ByKey(basic, "/api/auth/keys");
        await r.ByKey(basic, "/api/forms/registry.students/export?format=csv");
        await r.ByKey("bm9ib2R5Om5vbmU=", "/odata/Schools/$count");
        await r.Delete("recorded", $"{Auth}/keys/{key.Id}");
        await r.Delete("recorded", $"{Auth}/keys/{key.Id}");
        await r.ByKey(basic, "/odata/Schools/$count");

        var secret = await r.Post("recorded", $"{Auth}/two-factor", null);
        await r.Post("recorded", $"{Auth}/two-factor/enable", """{"value":"000000"}""");
        await r.Post(
            "recorded",
            $"{Auth}/two-factor/enable",
            $$"""{"value":"{{Codes.Of((string)secret.Json["key"]!)}}"}"""
        );
        await r.Post(Nobody, $"{Auth}/token", $$"""{"user":"recorded","password":"{{Own}}"}""");
        mine = await r.Post(
            Nobody,
            $"{Auth}/token",
            $$"""{"user":"recorded","password":"{{Own}}","code":"{{Codes.Of((string)secret.Json["key"]!, 1)}}"}"""
        );
        r.Know("recorded", (string)mine.Json["accessToken"]!);
        await r.Get("recorded", $"{Auth}/me");
        await r.Post("recorded", $"{Auth}/two-factor", null);
        await r.Post("recorded", $"{Auth}/two-factor/disable", """{"value":"000000"}""");
        await r.Post("recorded", $"{Auth}/sign-out-everywhere", null);
        await r.Get("recorded", $"{Auth}/me");

        foreach (
            var (user, body) in (IReadOnlyList<(string, string)>)
                [
                    ("recorded", """{"roles":[{"role":"CentralSchool","place":"楚雄市第一中学"}]}"""),
                    ("recorded", """{"roles":[]}"""),
                    ("none", """{"roles":[{"role":"County","place":"532301"}]}"""),
                    ("admin", """{"roles":[{"role":"County","place":"532301"}]}"""),
                ]
        )
            await r.Put("admin", $"{Users}/{user}/roles", body);
        await r.Put("county", $"{Users}/recorded/roles", """{"roles":[]}""");
        foreach (var act in (string[])["disable", "enable", "reset"])
        {
            await r.Post("admin", $"{Users}/recorded/{act}", null);
            await r.Post("admin", $"{Users}/none/{act}", null);
            await r.Post("county", $"{Users}/recorded/{act}", null);
        }

        await r.Post("admin", $"{Users}/admin/disable", null);
        await r.Get("admin", Users);
        await r.Page("admin", "/users");
        await r.Page("admin", "/users/recorded");
        await r.Get("admin", "/odata/AuditEntries?$apply=groupby((Action,Actor),aggregate($count as N))");
        await r.Page("county", "/account");
        await r.Post("county", $"{Auth}/two-factor/disable", """{"value":"000000"}""");
        await r.Post("county", $"{Auth}/two-factor/enable", "{}");
    }
}
