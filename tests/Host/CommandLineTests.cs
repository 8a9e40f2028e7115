using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EduAssist.Host;

public class CommandLineTests(Server server)
{
    [Fact]
    public async Task Modules_are_listed_as_the_API_lists_them()
    {
        using var place = new Workplace();
        var printed = JsonNode.Parse((await HostProcess.Run(place, "modules", "--json")).Done().Output);
        Assert.True(JsonNode.DeepEquals(await server.Get("/api/modules"), printed));
        Assert.Contains("chuxiong", (await HostProcess.Run(place, "modules")).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_and_annexes_are_checked_and_found_sound()
    {
        using var place = new Workplace();
        var printed = JsonNode.Parse((await HostProcess.Run(place, "checks", "--json")).Done().Output)!;
        Assert.NotEmpty(printed["remarks"]!.AsArray());
        Assert.DoesNotContain("Error", printed["remarks"]!.AsArray().Select(r => (string)r!["level"]!));
        Assert.Contains("附表数据", (await HostProcess.Run(place, "checks")).Done().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2020)]
    [InlineData(2024)]
    [InlineData(2026)]
    public async Task A_calendar_in_JSON_is_the_API_s_answer(int year)
    {
        using var place = new Workplace();
        var printed = JsonNode.Parse(
            (await HostProcess.Run(place, "calendar", "chuxiong", $"{year}", "--json")).Done().Output
        );
        Assert.True(JsonNode.DeepEquals(await server.Get($"/api/calendar/chuxiong/{year}"), printed));
    }

    [Fact]
    public async Task A_calendar_is_printed_for_people_and_written_as_iCalendar()
    {
        using var place = new Workplace();
        var table = (await HostProcess.Run(place, "calendar", "chuxiong", "2020")).Done().Output;
        Assert.Contains("送读期", table, StringComparison.Ordinal);
        Assert.Contains("2020-05-06", table, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', table);

        (await HostProcess.Run(place, "calendar", "chuxiong", "2020", "--ics", "2020.ics")).Done();
        var ics = await File.ReadAllTextAsync(place["2020.ics"]);
        Assert.StartsWith("BEGIN:VCALENDAR\r\n", ics, StringComparison.Ordinal);
        using var answer = await server.Client.GetAsync("/api/calendar/chuxiong/2020.ics");
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Undated(await answer.Content.ReadAsStringAsync()), Undated(ics));

        static IEnumerable<string> Undated(string text) =>
            text.Split("\r\n").Where(l => !l.StartsWith("DTSTAMP", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2027")]
    [InlineData("2028")]
    public async Task A_year_without_a_notice_is_refused(string year)
    {
        using var place = new Workplace();
        Assert.Contains(
            year,
            (await HostProcess.Run(place, "calendar", "chuxiong", year)).Refusal(1),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("没有加载模块 atlantis", "calendar", "atlantis", "2020")]
    [InlineData("年份", "calendar", "chuxiong", "0")]
    [InlineData("没有加载项目 chuxiong.nothing", "assess", "chuxiong.nothing", "roster.csv")]
    [InlineData("--as-of", "assess", "chuxiong.vocational-class", "roster.csv", "--as-of", "2020/5/8")]
    [InlineData("没有施行中的规则集", "assess", "chuxiong.vocational-class", "roster.csv", "--as-of", "2019-12-31")]
    [InlineData("就是名册", "assess", "chuxiong.vocational-class", "roster.csv", "-o", "roster.csv")]
    [InlineData("年份", "calendar", "chuxiong", "abc")]
    [InlineData("不能写", "calendar", "chuxiong", "2020", "--ics", "nowhere/2020.ics")]
    [InlineData("命令有误", "calendar", "chuxiong")]
    [InlineData("命令有误", "asses")]
    [InlineData("控制字符", "users", "reset", "a\u202Eb")]
    [InlineData("控制字符", "assess", "chuxiong.vocational-class", "a\nb.csv")]
    public async Task What_a_command_cannot_do_it_refuses_with_one_line(string says, params string[] arguments)
    {
        using var place = new Workplace();
        place.Write("roster.csv", "年级\n9\n");
        Assert.Contains(says, (await HostProcess.Run(place, arguments)).Refusal(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_has_help_with_an_example()
    {
        using var place = new Workplace();
        var root = (await HostProcess.Run(place, "--help")).Done().Output;
        var commands = root[root.IndexOf("命令：", StringComparison.Ordinal)..]
            .Split('\n')
            .Skip(1)
            .Where(l => l.StartsWith("  ", StringComparison.Ordinal) && char.IsAsciiLetter(l[2]))
            .Select(l => l.Trim().Split(' ')[0])
            .ToList();
        Assert.Equal(
            [
                "serve",
                "assess",
                "audit",
                "backup",
                "calendar",
                "checks",
                "export",
                "holidays",
                "import",
                "imports",
                "keys",
                "migrate",
                "modules",
                "restore",
                "users",
            ],
            commands
        );
        foreach (var command in commands)
        {
            string[] arguments = command switch
            {
                "holidays" => ["holidays", "load"],
                "users" => ["users", "add"],
                "keys" => ["keys", "rotate"],
                "audit" => ["audit", "verify"],
                _ => [command],
            };
            var help = (await HostProcess.Run(place, [.. arguments, "--help"])).Done().Output;
            Assert.True(help.Contains($"例：{string.Join(' ', arguments)}", StringComparison.Ordinal), help);
            Assert.Contains("用法：", help, StringComparison.Ordinal);
            Assert.Contains("显示用法", help, StringComparison.Ordinal);
            foreach (
                var word in (string[])
                    ["Description:", "Usage:", "Arguments:", "Options:", "Show ", "REQUIRED", "[options]", "default:"]
            )
                Assert.DoesNotContain(word, help, StringComparison.Ordinal);
        }

        Assert.Contains("显示版本", root, StringComparison.Ordinal);
        Assert.Contains("[缺省：http://127.0.0.1:5080]", root, StringComparison.Ordinal);
        Assert.DoesNotContain("Show ", root, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_calendar_on_a_terminal_breaks_no_id_no_day_and_no_citation(int columns)
    {
        using var place = new Workplace();
        var printed = (await HostProcess.RunOn(columns, place, "calendar", "chuxiong", "2020")).Done().Output;
        var year = JsonNode.Parse(
            (await HostProcess.Run(place, "calendar", "chuxiong", "2020", "--json")).Done().Output
        )!;
        List<string> whole = [];
        // a duty that falls due more often is printed in one line
        var duties = year["duties"]!
            .AsArray()
            .GroupBy(d => (string)d!["id"]!)
            .Where(d => d.Count() <= 24)
            .SelectMany(d => d);
        foreach (var row in year["windows"]!.AsArray().Concat(duties))
        {
            whole.Add((string)row!["id"]!);
            whole.AddRange(row["provisions"]!.AsArray().Select(p => (string)p!));
            whole.AddRange(((string[])["first", "last", "due"]).Select(d => (string?)row[d]).OfType<string>());
        }

        Assert.True(whole.Count > 40, $"{whole.Count}");
        var words = printed
            .Split((char[])[' ', '\n', '（', '）', '至'], StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet();
        Assert.DoesNotContain(whole, w => !words.Contains(w));
        Assert.All(printed.Split('\n'), l => Assert.InRange(l.Sum(c => c < 0x2E80 ? 1 : 2), 0, columns));
    }

    [Fact]
    public async Task An_unknown_switch_stops_the_start_and_names_the_known_ones()
    {
        using var place = new Workplace(("Chuxiong__SendingCountsMakeUpWorkday", "true"));
        var line = (await HostProcess.Run(place, "modules")).Refusal(1);
        Assert.Contains("Chuxiong:SendingCountsMakeUpWorkday；", line, StringComparison.Ordinal);
        Assert.Contains("Chuxiong:SendingCountsMakeUpWorkdays", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switch_that_is_neither_true_nor_false_stops_the_start()
    {
        using var place = new Workplace(("Chuxiong__SendingCountsMakeUpWorkdays", "perhaps"));
        Assert.Contains("perhaps", (await HostProcess.Run(place, "serve")).Refusal(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switch_changes_the_window_that_rests_on_it_and_leaves_other_rules_their_id()
    {
        using var place = new Workplace(("Chuxiong__SendingCountsMakeUpWorkdays", "true"));
        var year = JsonNode.Parse(
            (await HostProcess.Run(place, "calendar", "chuxiong", "2020", "--json")).Done().Output
        )!;
        var sending = year["windows"]!.AsArray().Single(w => (string)w!["id"]! == "sending")!;
        var taken = (await server.Get("/api/calendar/chuxiong/2020"))["windows"]!
            .AsArray()
            .Single(w => (string)w!["id"]! == "sending")!;
        Assert.Equal(["2020-05-06", "2020-05-14"], [(string)taken["first"]!, (string)taken["last"]!]);
        Assert.Equal(["2020-05-09", "2020-05-10"], taken["closed"].Texts());
        // Saturday 9 May was worked
        Assert.Equal(["2020-05-06", "2020-05-13"], [(string)sending["first"]!, (string)sending["last"]!]);
        Assert.Equal(["2020-05-10"], sending["closed"].Texts());

        await using var other = await HostProcess.Serve(place);
        Assert.Equal(
            "cx2020@1",
            (string)(await other.Client.Assess(Server.Class, """{"asOf":"2020-05-08","facts":{}}"""))["ruleSet"]!
        );
        Assert.True(
            (bool)
                (await other.Client.Json("/api/interpretations")).AsArray().Single(i => (string)i!["id"]! == "cx-i2")![
                    "takesOther"
                ]!
        );
    }

    [Fact]
    public async Task A_switch_that_rules_rest_on_stands_in_their_id()
    {
        using var place = new Workplace(("Chuxiong__StrugglingRequiredOfAll", "true"));
        await using var other = await HostProcess.Serve(place);
        const string Body =
            """{"asOf":"2020-05-08","facts":{"grade":9,"strugglesDespiteHelp":false,"persuadedBack":true,"willingToLearnSkills":true}}""";
        var there = await other.Client.Assess(Server.Class, Body);
        var here = await server.Client.Assess(Server.Class, Body);
        Assert.Equal(["cx2020@1", "cx2020@1+cx-i7"], [(string)here["ruleSet"]!, (string)there["ruleSet"]!]);
        Assert.Equal(["Undetermined", "Ineligible"], [(string)here["verdict"]!, (string)there["verdict"]!]);
    }

    [Fact]
    public async Task A_server_stops_in_peace_when_asked()
    {
        using var place = new Workplace();
        await using var serving = await HostProcess.Serve(place);
        Assert.Equal("live", (string)(await serving.Client.Json("/health/live"))["status"]!);
        Assert.Equal(0, await serving.Stop());
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_leaves_no_line_in_the_log()
    {
        using var place = new Workplace();
        await using var serving = await HostProcess.Serve(place);
        using var nobody = new HttpClient { BaseAddress = serving.Client.BaseAddress };
        foreach (var path in (string[])["/odata/", "/odata/Students", "/api/modules", "/cases"])
            Assert.Equal(
                (path, HttpStatusCode.Unauthorized),
                (path, (await nobody.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode)
            );
        Assert.Equal(0, await serving.Stop());
        var said = await serving.Said();
        Assert.DoesNotContain("challenged", said, StringComparison.Ordinal);
        Assert.DoesNotContain("authenticat", said, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.168.1.1:5080")]
    [InlineData("http://example.com:5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://unix:/tmp/eduassist.sock")]
    [InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    [InlineData("http://127.0.0.1:5097?x=1")] // the server's own parser would listen to all of port 80
    [InlineData("http://user@127.0.0.1:5097")]
    [InlineData("http://localhost:5097/x")]
    [InlineData("http://127.0.0.1:5097#x")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("")]
    public async Task No_address_but_this_machine_s_own_is_listened_to(string urls)
    {
        using var place = new Workplace();
        (await HostProcess.Run(place, "serve", "--urls", urls)).Refusal(1);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused_with_one_line()
    {
        using var place = new Workplace();
        var taken = server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        Assert.Equal(
            $"不能在 {taken} 上监听：端口已被占用，也许服务已经在运行。请停止占用它的程序，或者用 --urls 换一个端口，例：--urls http://127.0.0.1:5081",
            (await HostProcess.Run(place, "serve", "--urls", taken)).Refusal(1)
        );
        Assert.False(Directory.Exists(place["data"]), "a database was made before the port was tried");
    }

    /// <summary>Whoever runs commands may do everything, and yet makes nobody a bureau where there is none.</summary>
    [Fact]
    public async Task A_role_is_given_at_its_level_on_the_server_too()
    {
        using var place = new Workplace(("Modules", "Chuxiong,Guizhou"));
        (await HostProcess.Run(place, "migrate")).Done();
        foreach (
            var (role, told) in (List<(string, string)>)
                [
                    ("Prefecture@532301", "“州市教育体育局”只在地级有效，不能授予在“532301”（县级）：请把范围改为地级"),
                    ("school@532301", "“初级中学”只在职业学校以外的学校有效，不能授予在“532301”（县级）：请把范围改为"),
                    ("County@*", "“县市教育体育局”只在县级有效，不能授予在“*”（全部范围）：请把范围改为县级"),
                    ("Leader@532301", "没有角色“Leader”；可以授予的有：Province、"),
                ]
        )
            Assert.Contains(
                told,
                (await HostProcess.Run(place, "users", "add", "somebody", "--role", role)).Refusal(1),
                StringComparison.Ordinal
            );
        // a module's role, in any case of letters; and what nobody gives by the web: who audits everything
        (await HostProcess.Run(place, "users", "add", "somebody", "--role", "police@532301", "Auditor@*")).Done();
        Assert.Contains(
            "Police@532301",
            (await HostProcess.Run(place, "users", "list")).Done().Output,
            StringComparison.Ordinal
        );
    }

    /// <summary>Where no module's demo has schools, it is given some: their users are something all the same.</summary>
    [Fact]
    public async Task Every_user_of_a_demo_is_what_they_are_called()
    {
        using var place = new Workplace(("Modules", "Guizhou"));
        await using var host = await HostProcess.Serve(place, ["--demo"]);
        foreach (
            var (user, role) in (List<(string, string)>)
                [
                    ("admin", "Administrator"),
                    ("province", "Province"),
                    ("prefecture", "Prefecture"),
                    ("county", "County"),
                    ("township", "CentralSchool"),
                    ("school", "School"),
                    ("vocational", "Vocational"),
                    ("teacher", "Teacher"),
                    ("auditor", "Auditor"),
                ]
        )
        {
            using var client = new HttpClient { BaseAddress = host.Client.BaseAddress };
            using var signedIn = await client.PostAsJsonAsync(
                "/api/auth/token",
                new { user, password = $"demo-{user}" },
                TestContext.Current.CancellationToken
            );
            var token = await signedIn.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
            client.DefaultRequestHeaders.Authorization = new("Bearer", (string)token!["accessToken"]!);
            var roles = (await client.Json("/api/auth/me"))["roles"]!.AsArray();
            Assert.Equal(role, (string)Assert.Single(roles)!["role"]!);
        }
    }

    /// <summary>
    /// With every module each region has people and places of its own; the page to sign in lists them, and no other
    /// does.
    /// </summary>
    [Fact]
    public async Task A_demo_of_every_module_has_users_in_each_region()
    {
        using var place = new Workplace(("Modules", "Chuxiong,Guizhou,Liaoning,TrialClass"));
        await using var host = await HostProcess.Serve(place, ["--demo", "--today", "2021-05-06"]);
        var page = await host.Client.GetStringAsync("/sign-in", TestContext.Current.CancellationToken);
        var users = Regex
            .Matches(page, "<tr><td><b>(?<user>[^<]+)</b>", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups["user"].Value)
            .ToList();
        Assert.Superset(
            new HashSet<string>
            {
                "admin",
                "county",
                "teacher",
                "vocational",
                "county.guizhou",
                "teacher.guizhou",
                "county-government.guizhou",
                "police.guizhou",
                "vocational.liaoning",
                "leader.liaoning",
            },
            users.ToHashSet()
        );
        foreach (
            var (user, within, pupils) in (List<(string, string, int?)>)
                [
                    ("county", "5323", null),
                    ("county.guizhou", "5201", 12),
                    ("teacher.guizhou", "5201", 12),
                    ("prefecture.liaoning", "2101", 12),
                    ("leader.liaoning", "2101", 0),
                ]
        )
        {
            using var client = await SignedIn(host, user);
            var role = Assert.Single((await client.Json("/api/auth/me"))["roles"]!.AsArray())!;
            Assert.StartsWith(within, (string)role["scope"]!, StringComparison.Ordinal);
            var seen = int.Parse(
                await client.GetStringAsync("/odata/Students/$count", TestContext.Current.CancellationToken),
                CultureInfo.InvariantCulture
            );
            Assert.True(pupils is null ? seen > 12 : seen == pupils, $"{user} sees {seen}");
        }

        // a third of them: thirty may sign in from one address in a minute
        Assert.True(users.Count > 30, $"{users.Count}");
        foreach (var user in users.Where((_, i) => i % 3 == 0))
        {
            using var client = await SignedIn(host, user);
            Assert.Single((await client.Json("/api/auth/me"))["roles"]!.AsArray());
        }
    }

    [Fact]
    public async Task A_server_that_is_no_demo_names_nobody_on_its_page_to_sign_in()
    {
        using var place = new Workplace();
        await using var host = await HostProcess.Serve(place);
        var page = await host.Client.GetStringAsync("/sign-in", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("演示用户", page, StringComparison.Ordinal);
    }

    private static async Task<HttpClient> SignedIn(HostProcess host, string user)
    {
        var client = new HttpClient { BaseAddress = host.Client.BaseAddress };
        using var signedIn = await client.PostAsJsonAsync(
            "/api/auth/token",
            new { user, password = $"demo-{user}" },
            TestContext.Current.CancellationToken
        );
        var token = await signedIn.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        Assert.True(signedIn.IsSuccessStatusCode, $"{user}: {token}");
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)token!["accessToken"]!);
        return client;
    }

    /// <summary>西安, 昆明, 双河, and a county that the register does not know yet.</summary>
    [Fact]
    public async Task Bureaus_anywhere_in_the_country_get_users()
    {
        using var place = new Workplace();
        (await HostProcess.Run(place, "migrate")).Done();
        foreach (
            var (user, role, isKnown) in (List<(string, string, bool)>)
                [
                    ("xian", "Prefecture@610100", true),
                    ("kunming", "Prefecture@530100", true),
                    ("shuanghe", "County@659007", true),
                    ("dongguan", "County@441900", true),
                    ("young", "County@610199", false),
                ]
        )
        {
            var made = (await HostProcess.Run(place, "users", "add", user, "--role", role)).Done().Output;
            Assert.Contains($"用户 {user} 的一次性密码是", made, StringComparison.Ordinal);
            Assert.Equal(!isKnown, made.Contains("区划表中没有 610199", StringComparison.Ordinal));
        }

        var list = (await HostProcess.Run(place, "users", "list")).Done().Output;
        Assert.Contains("County@659007", list, StringComparison.Ordinal);
        Assert.Contains("County@610199（区划表中没有 610199，按代码接受：请核对）", list, StringComparison.Ordinal);
        Assert.Contains(
            "没有“469000”这个地方",
            (await HostProcess.Run(place, "users", "add", "nobody", "--role", "County@469000")).Errors,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("users", "list")]
    [InlineData("users", "reset", "admin")]
    [InlineData("audit", "verify")]
    [InlineData("backup", "a.backup")]
    [InlineData("keys", "rotate")]
    [InlineData("keys", "rotate", "--master", "data/master.key")]
    [InlineData("export", "registry.students", "-o", "a.csv")]
    [InlineData("import", "registry.students", "a.csv")]
    public async Task No_command_but_serve_and_migrate_makes_a_database_of_an_empty_file(params string[] arguments)
    {
        using var place = new Workplace();
        (await HostProcess.Run(place, "migrate")).Done();
        var file = Path.Combine(place["data"], "eduassist.db");
        File.WriteAllBytes(file, []); // as a disk that was full leaves it, beside its master key
        Assert.Contains(
            "没有本程序的数据",
            (await HostProcess.Run(place, arguments)).Refusal(1),
            StringComparison.Ordinal
        );
        Assert.Equal(0, new FileInfo(file).Length);
    }

    [Theory]
    [InlineData("serve", "是文件夹", "已损坏")]
    [InlineData("migrate", "是文件夹", "已损坏")]
    [InlineData("users list", "是文件夹", "已损坏")]
    [InlineData("audit verify", "是文件夹", "已损坏")]
    public async Task What_is_no_database_is_told_with_the_remedy(string command, string folder, string damaged)
    {
        using var place = new Workplace();
        var file = Path.Combine(place["data"], "eduassist.db");
        Directory.CreateDirectory(file);
        Check(folder, (await HostProcess.Run(place, command.Split(' '))).Refusal(1));

        Directory.Delete(file);
        File.WriteAllText(file, new('x', 10_000));
        var told = (await HostProcess.Run(place, command.Split(' '))).Refusal(1);
        Check(damaged, told);
        Assert.Contains("restore", told, StringComparison.Ordinal);

        void Check(string what, string told)
        {
            Assert.Contains(what, told, StringComparison.Ordinal);
            Assert.Contains(file, told, StringComparison.Ordinal);
            Assert.DoesNotContain("SQLite", told, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Data", "roster.csv")]
    [InlineData("Database", "roster.csv/eduassist.db")]
    [InlineData("Data", "folder")] // in which the master key is a folder
    public async Task A_file_that_cannot_be_used_is_told_in_Chinese(string setting, string value)
    {
        using var place = new Workplace((setting, value));
        place.Write("roster.csv", "年级\n9\n");
        Directory.CreateDirectory(place["folder/master.key"]);
        Assert.EndsWith(
            "已经存在；请换一个文件名。",
            (await HostProcess.Run(place, "migrate")).Refusals(1)[^1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_configuration_that_is_no_JSON_is_told_with_its_line()
    {
        using var place = new Workplace();
        place.Write("appsettings.local.json", "{\n  \"Modules\": [\"Chuxiong\"\n}\n");
        Assert.Equal(
            "配置文件无法读取：appsettings.local.json 不是合法的 JSON，第 3 行附近有误。",
            (await HostProcess.Run(place, "modules")).Refusal(1)
        );
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS")]
    [InlineData("URLS")]
    [InlineData("HTTP_PORTS")]
    public async Task An_address_from_the_environment_opens_nothing(string variable)
    {
        using var place = new Workplace();
        await using var serving = await HostProcess.Serve(place, (variable, "http://0.0.0.0:0"));
        Assert.True(serving.Client.BaseAddress!.IsLoopback);
    }

    [Fact]
    public async Task Each_module_starts_alone_and_all_start_together()
    {
        using var place = new Workplace();
        var modules = Directory
            .EnumerateDirectories(Path.Combine(Path.GetDirectoryName(HostProcess.Host)!, "modules"))
            .Select(d => Path.GetFileName(d)!)
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Contains("Chuxiong", modules);
        Assert.True(modules.Count >= 4, string.Join(' ', modules));
        foreach (var together in modules.Select(m => (string[])[m]).Append([.. modules]))
        {
            place.Settings["Modules"] = string.Join(',', together);
            var listed = JsonNode
                .Parse((await HostProcess.Run(place, "modules", "--json")).Done().Output)!
                .AsArray()
                .Select(m => (string)m!["id"]!);
            Assert.Equal(
                together.Select(m => m.ToLowerInvariant()).Append("national").Distinct().Order(StringComparer.Ordinal),
                listed.Order(StringComparer.Ordinal)
            );
        }
    }
}
