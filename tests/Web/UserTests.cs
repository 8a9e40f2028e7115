using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web;

/// <summary>Users, as administrators make and change them: by the API and on the page.</summary>
public abstract class UserTests(SignInTests.Site site)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>
    /// A county calls its school as a province is written. Whoever had a role in the school has it in the school, and
    /// nowhere else, whatever an administrator of everything then saves.
    /// </summary>
    [Theory]
    [InlineData("*")]
    [InlineData("530000")]
    [InlineData("3153009999")]
    [InlineData("another/school")]
    public async Task A_role_stays_in_its_school_whatever_the_school_is_called_then(string name)
    {
        var (user, own) = (Unique(), await School($"改名{Unique()}", 532301));
        await Make(user, "School", own.Name);
        await site.Served.Stored.Do(async work =>
        {
            // as in a database from before such names were refused
            (await work.Db.Set<School>().SingleAsync(s => s.Id == own.Id)).Name = name;
            work.Audit("test/school", own.Id, "");
            return CommandResult.Done();
        });
        await site.Served.SignedIn(user);
        var path = $"/api/users/{user}/roles";
        foreach (
            var members in (string[][])
                [
                    ["role", "place", "scope"],
                    ["role", "place"],
                    ["role", "scope"],
                ]
        )
        {
            var roles = (await View(user))["roles"]!.AsArray();
            Assert.Equal(own.Scope, (string)Assert.Single(roles)!["scope"]!);
            using var put = await site.Served.Client.PutAsJsonAsync(
                path,
                new { roles = roles.Select(r => members.ToDictionary(m => m, m => (string)r![m]!)) },
                Now
            );
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
            Assert.Equal([$"School {own.Scope}"], await Grants(user));
        }

        using (var added = await Post($"/users/{user}/roles", ("role", "Auditor"), ("place", "532301")))
            Assert.Equal(HttpStatusCode.SeeOther, added.StatusCode);
        Assert.Equal(["Auditor 532301", $"School {own.Scope}"], await Grants(user));
        using (var ended = await Post($"/users/{user}/roles", ("end", "Auditor 532301")))
            Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        Assert.Equal([$"School {own.Scope}"], await Grants(user));
        using (var last = await Post($"/users/{user}/roles", ("end", $"School {own.Scope}")))
            Assert.Equal(HttpStatusCode.BadRequest, last.StatusCode);
        using (var gone = await Post($"/users/{user}/roles", ("end", "Auditor 532301")))
            Assert.Equal(HttpStatusCode.PreconditionFailed, gone.StatusCode);
        Assert.Equal([$"School {own.Scope}"], await Grants(user));
        await site.Served.Stored.Do(async work =>
        {
            (await work.Db.Set<School>().SingleAsync(s => s.Id == own.Id)).Name = Unique();
            work.Audit("test/school", own.Id, "");
            return CommandResult.Done();
        });
    }

    /// <summary>
    /// What the page offers stands in a list of suggestions: a name that begins like a code is that school.
    /// </summary>
    [Fact]
    public async Task A_name_that_begins_with_a_code_is_a_name()
    {
        var (user, school) = (Unique(), await School($"530000 {Unique()}", 532301));
        using var made = await Post("/users", ("user", user), ("role", "School"), ("place", school.Name));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Equal([$"School {school.Scope}"], await Grants(user));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("53230")]
    [InlineData("532301/")]
    [InlineData("530000")]
    [InlineData("*")]
    [InlineData("532301/0197c1a0c0de7abc8def0123456789ab")]
    public async Task A_scope_that_is_no_place_is_refused(string scope)
    {
        var user = Unique();
        await Make(user, "County", "532301");
        using var put = await site.Served.Client.PutAsJsonAsync(
            $"/api/users/{user}/roles",
            new { roles = new[] { new { role = "School", scope } } },
            Now
        );
        Assert.Equal(HttpStatusCode.BadRequest, put.StatusCode);
        Assert.Equal(["County 532301"], await Grants(user));
    }

    /// <summary>
    /// A county's administrator makes nobody the prefecture within the county; and where that stands in a database from
    /// before, it counts for nothing.
    /// </summary>
    [Theory]
    [InlineData("Prefecture", "532301")]
    [InlineData("Province", "532301")]
    public async Task A_role_is_not_given_beneath_its_level(string role, string place)
    {
        var (user, old) = (Unique(), Unique());
        using var county = site.Served.Another(
            await site.Served.SignedIn(Unique(), new Grant(Role.Administrator, "532301"))
        );
        foreach (var by in new[] { county, site.Served.Client })
        {
            using var refused = await Try(user, role, place, by);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        using var client = site.Served.Another(
            await site.Served.SignedIn(
                old,
                new Grant(site.Served.Stored.Instance.Roles.Find(role)!, place),
                new Grant(Role.Auditor, place)
            )
        );
        var me = (await client.GetFromJsonAsync<JsonNode>("/api/auth/me", Now))!;
        Assert.Equal("Auditor", (string)Assert.Single(me["roles"]!.AsArray())!["role"]!);
        using var opened = await client.PostAsJsonAsync(
            "/api/registry/schools",
            new
            {
                name = $"学校{Unique()}",
                kind = "初级中学",
                division = place,
            },
            Now
        );
        Assert.Equal(HttpStatusCode.Forbidden, opened.StatusCode);
        // it is still shown to whoever administers the user, who may take it away
        Assert.Equal(2, (await View(old))["roles"]!.AsArray().Count);
        using var ended = await Post($"/users/{old}/roles", ("end", $"{role} {place}"));
        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        Assert.Equal([$"Auditor {place}"], await Grants(old));
    }

    /// <summary>
    /// Names are looked for where the administrator administers: what is elsewhere is nobody's concern.
    /// </summary>
    [Fact]
    public async Task A_school_of_the_same_name_elsewhere_is_in_nobody_s_way()
    {
        var name = $"同名{Unique()}";
        var (here, there) = (await School(name, 532301), await School(name, 532322));
        using var county = site.Served.Another(
            await site.Served.SignedIn(Unique(), new Grant(Role.Administrator, "532301"))
        );
        var user = Unique();
        await Make(user, "School", name, county);
        Assert.Equal([$"School {here.Scope}"], await Grants(user));
        Assert.Equal(name, (string)(await View(user, county))["roles"]![0]!["place"]!);
        Assert.Equal($"532301/{name}", (string)(await View(user))["roles"]![0]!["place"]!);
        using var several = await Try(Unique(), "School", name);
        var problem = (await several.Content.ReadFromJsonAsync<JsonNode>(Now))!;
        Assert.Equal(HttpStatusCode.BadRequest, several.StatusCode);
        Assert.Equal(
            $"有不止一所学校名为“{name}”，不能确定是哪一所：请改写为532301/{name}，或者 532322/{name}。",
            (string)problem["detail"]!
        );
        var other = Unique();
        await Make(other, "School", $"532322/{name}");
        Assert.Equal([$"School {there.Scope}"], await Grants(other));
        using var outside = await Try(Unique(), "School", $"532322/{name}", county);
        Assert.Equal(HttpStatusCode.BadRequest, outside.StatusCode);
        foreach (
            var (scope, status) in (List<(string, HttpStatusCode)>)
                [
                    (there.Scope, HttpStatusCode.BadRequest),
                    ("532322", HttpStatusCode.Forbidden),
                    ("", HttpStatusCode.Forbidden),
                ]
        )
        {
            using var put = await county.PutAsJsonAsync(
                $"/api/users/{user}/roles",
                new { roles = new[] { new { role = "School", scope } } },
                Now
            );
            Assert.Equal(status, put.StatusCode);
        }

        Assert.Equal([$"School {here.Scope}"], await Grants(user));
    }

    /// <summary>
    /// The bureaus of places for which no module is loaded: made by the API and on the page, at work in their own place
    /// and refused in every other.
    /// </summary>
    [Theory]
    [InlineData("Prefecture", "610100", "610100", "530100")] // 西安
    [InlineData("County", "610113", "610113", "610102")]
    [InlineData("Prefecture", "530100", "530102", "532301")] // 昆明, in a district of it
    [InlineData("County", "659007", "659007", "659001")] // 双河, right under its province
    [InlineData("Province", "650000", "659007", "610113")]
    [InlineData("County", "441900", "441900", "442000")] // 东莞, prefecture and county at once
    [InlineData("Prefecture", "620200", "620200", "620102")]
    [InlineData("County", "469003", "460400", "460100")] // 儋州 by its code of the past
    [InlineData("County", "110101", "110101", "110102")]
    public async Task A_bureau_anywhere_gets_a_user_and_acts_in_its_place(
        string role,
        string place,
        string own,
        string other
    )
    {
        var (user, onPage) = (Unique(), Unique());
        await Make(user, role, place);
        using (var page = await Post("/users", ("user", onPage), ("role", role), ("place", place)))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(await Grants(user), await Grants(onPage));
        Assert.Null((await View(user))["roles"]![0]!["remark"]);
        using var client = site.Served.Another(await site.Served.SignedIn(user));
        using (var added = await AddSchool(client, own))
            Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        using var refused = await AddSchool(client, other);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("不在您的管理范围之内", await refused.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
    }

    /// <summary>A county younger than the register has its bureau, too; that it is not known is said.</summary>
    [Fact]
    public async Task A_place_that_the_register_lacks_is_accepted_and_says_so()
    {
        const string Remark = "区划表中没有 610199，按代码接受：请核对";
        var user = Unique();
        using (var made = await Try(user, "County", "610199"))
        {
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            Assert.Equal(Remark, (string?)(await made.Content.ReadFromJsonAsync<JsonNode>(Now))!["remark"]);
        }

        Assert.Equal(Remark, (string?)(await View(user))["roles"]![0]!["remark"]);
        using (var page = await site.Served.Client.GetAsync($"/users/{user}", Now))
            Assert.Contains(
                Remark,
                WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Now)),
                StringComparison.Ordinal
            );
        using var client = site.Served.Another(await site.Served.SignedIn(user));
        using var added = await AddSchool(client, "610199");
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
    }

    [Theory]
    [InlineData("999999", "没有“999999”这个地方")]
    [InlineData("532399", "没有“532399”这个地方")] // all counties of Chuxiong are known
    [InlineData("469000", "没有“469000”这个地方")] // digits between a province and its counties
    [InlineData("110100", "没有“110100”这个地方")]
    [InlineData("132221", "行政区划 132221（邢台县）已撤销，其地今属 130500（邢台市）：请写现行的代码。")] // divided in two
    public async Task What_is_no_place_is_refused(string place, string told)
    {
        using var answer = await Try(Unique(), "County", place);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(
            told,
            (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Now))!["detail"]!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_the_same_name_at_the_same_time_one_is_made()
    {
        var user = Unique();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Try(user, "County", "532301")));
        Assert.Equal(
            [HttpStatusCode.Created, .. Enumerable.Repeat(HttpStatusCode.BadRequest, 5)],
            answers.Select(a => a.StatusCode).Order()
        );
        foreach (var answer in answers)
        {
            if (answer.StatusCode == HttpStatusCode.BadRequest)
                Assert.Equal(
                    $"已有用户 {user}。",
                    (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Now))!["errors"]!["user"]![0]!
                );
            answer.Dispose();
        }
    }

    public static TheoryData<string, bool> Names =>
        new()
        {
            { "li-county", true },
            { "李县.1", true },
            { "9ban@school+a_b", true },
            { new string('n', 64), true },
            { new string('n', 65), false },
            { new string('n', 300), false },
            { "", false },
            { ".", false },
            { "..", false },
            { "-a", false },
            { "_a", false },
            { "a/b", false },
            { "a b", false },
            { "a\nb", false },
            { "a\0b", false },
            { "a\u202Eb", false },
            { "a\u200Bb", false },
            { "аdmin", false }, // the first letter is Cyrillic
            { "ａｄｍｉｎ", false },
            { "local", false },
            { "EduAssist", false },
        };

    [Theory, MemberData(nameof(Names))]
    public async Task A_name_is_one_that_can_be_told_apart_and_written_in_an_address(string name, bool isGood)
    {
        using var answer = await Try(name, "County", "532301");
        Assert.Equal(isGood ? HttpStatusCode.Created : HttpStatusCode.BadRequest, answer.StatusCode);
        var body = (await answer.Content.ReadFromJsonAsync<JsonNode>(Now))!;
        if (isGood)
        {
            using var found = await site.Served.Client.GetAsync($"/users/{Uri.EscapeDataString(name)}", Now);
            Assert.Equal(HttpStatusCode.OK, found.StatusCode);
            // whatever it is, they can sign in with it
            using var signIn = await site.Served.Client.PostAsJsonAsync(
                "/api/auth/token",
                new { user = name, password = (string)body["password"]! },
                Now
            );
            Assert.Equal(HttpStatusCode.Forbidden, signIn.StatusCode);
        }
        else
            Assert.NotEmpty((string)body["errors"]!["user"]![0]!);
    }

    /// <summary>
    /// Somebody who holds a stolen token changes the user's row all the time: no end is held off by it.
    /// </summary>
    [Theory]
    [InlineData("out")]
    [InlineData("disable")]
    [InlineData("reset")]
    public async Task Whoever_changes_the_user_all_the_time_is_ended_all_the_same(string how)
    {
        var user = Unique();
        using var owner = site.Served.Another(await site.Served.SignedIn(user, new Grant(Role.County, "532301")));
        using var made = await owner.PostAsJsonAsync("/api/auth/keys", new { title = "Excel", days = 30 }, Now);
        var key = (string)(await made.Content.ReadFromJsonAsync<JsonNode>(Now))!["key"]!;
        using var ended = new CancellationTokenSource();
        var thieves = Enumerable
            .Range(0, 4)
            .Select(async _ =>
            {
                using var thief = site.Served.Another(owner.DefaultRequestHeaders.Authorization);
                var changed = 0;
                while (!ended.IsCancellationRequested)
                {
                    using var answer = await thief.PostAsync("/api/auth/two-factor", null, Now);
                    changed += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
                }

                return changed;
            })
            .ToList();
        await Task.Delay(200, Now);
        using (
            var answer = await (
                how == "out"
                    ? owner.PostAsync("/api/auth/sign-out-everywhere", null, Now)
                    : site.Served.Client.PostAsync($"/api/users/{user}/{how}", null, Now)
            )
        )
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}");
        using (var late = await owner.GetAsync("/api/modules", Now))
            Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
        await ended.CancelAsync();
        Assert.True((await Task.WhenAll(thieves)).Sum() > 0, "nobody changed the user meanwhile");
        // personal keys end with it, and an enabled user does not get them back
        if (how == "disable")
        {
            using var enabled = await site.Served.Client.PostAsync($"/api/users/{user}/enable", null, Now);
            Assert.Equal(HttpStatusCode.OK, enabled.StatusCode);
        }

        using var sheet = site.Served.Another(
            new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{key}")))
        );
        using (var asked = await sheet.GetAsync("/api/modules", Now))
            Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
    }

    /// <summary>
    /// One command, one instant: nobody is left without roles, and no key outlives the reset that ends it.
    /// </summary>
    [Fact]
    public async Task Making_and_resetting_a_user_are_one_command_each()
    {
        var user = Unique();
        await Make(user, "County", "532301");
        using var reset = await site.Served.Client.PostAsync($"/api/users/{user}/reset", null, Now);
        Assert.Equal(HttpStatusCode.OK, reset.StatusCode);
        await using var db = site.Served.Stored.Commands.Database.OpenUnfiltered();
        var id = (await db.Set<User>().SingleAsync(u => u.Name == user, Now)).Id;
        var lines = (await db.Set<AuditEntry>().Where(a => a.Subject == id).ToListAsync(Now)).GroupBy(a => a.At);
        Assert.Equal(
            ["user/grant user/make", "user/keys-end user/reset"],
            lines
                .OrderBy(l => l.Key)
                .Select(l => string.Join(' ', l.Select(a => a.Action).Order(StringComparer.Ordinal)))
        );
    }

    [Fact]
    public async Task A_wrong_old_password_is_told_in_Chinese()
    {
        using var client = site.Served.Another(await site.Served.SignedIn(Unique(), new Grant(Role.County, "532301")));
        using var answer = await client.PostForm(
            "/account/password",
            ("password", "not-my-password-1"),
            ("newPassword", "another-password-2026")
        );
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Now));
        Assert.Contains("原密码不对", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Incorrect", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_of_passwords_is_told_in_Chinese()
    {
        var rules = typeof(IdentityErrorDescriber)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(m =>
                m.ReturnType == typeof(IdentityError)
                && (m.Name.StartsWith("PasswordRequires", StringComparison.Ordinal) || m.Name == "PasswordTooShort")
            )
            .ToList();
        Assert.InRange(rules.Count, 6, 12);
        var describer = new ChineseIdentityErrorDescriber();
        Assert.All(rules, rule =>
        {
            var told = (IdentityError)rule.Invoke(describer, [.. rule.GetParameters().Select(object? (_) => 3)])!;
            Assert.StartsWith("密码", told.Description, StringComparison.Ordinal);
        });
    }

    /// <summary>Whatever is sent, the answer names what is wrong with it, and nothing becomes of it.</summary>
    [Theory]
    [InlineData("POST /api/users", """{"user":5,"roles":[]}""", "user")]
    [InlineData("POST /api/users", """{"user":"json","roles":"x"}""", "roles")]
    [InlineData("POST /api/users", """{"user":"json","roles":[{"role":"King","place":"*"}]}""", "roles[0].role")]
    [InlineData("POST /api/users", """{"user":"json","roles":[{"role":6,"place":"*"}]}""", "roles[0].role")]
    [InlineData("POST /api/users", """{"user":"json","roles":[{"role":"6","place":"*"}]}""", "roles[0].role")]
    [InlineData("POST /api/users", """{"user":"json","roles":[{"place":"*"}]}""", "roles[0]")]
    [InlineData("POST /api/users", """{"user":"json","roles":[{"role":"County","place":5}]}""", "roles[0].place")]
    [InlineData("POST /api/users", """{"user":"json","roles":[{"role":"County","plaice":"*"}]}""", "roles[0].plaice")]
    [InlineData("POST /api/users", """{"user":"json","admin":true}""", "admin")]
    [InlineData("POST /api/users", """{"user":"json","user":"json"}""", "user")]
    [InlineData("POST /api/users", """{"user":"json","roles":[null]}""", "roles")]
    [InlineData("POST /api/users", """{"user":"json","roles":[{"role":"County","place":"a\u0000b"}]}""", "roles")]
    [InlineData("POST /api/users", """{"user":"json","roles":[{"role":"County","scope":"a/\u0000b"}]}""", "roles")]
    [InlineData("POST /api/users", """{"user":"\ud800","roles":[{"role":"County","place":"532301"}]}""", "user")]
    [InlineData("POST /api/users", """{"\ud800":"x"}""", "")]
    [InlineData("POST /api/users", "[]", "")]
    [InlineData("POST /api/users", "{", "")]
    [InlineData("POST /api/users", "null", "")]
    [InlineData("POST /api/users", "", "roles")]
    [InlineData("PUT /api/users/tester/roles", """{"roles":{"role":"County"}}""", "roles")]
    [InlineData("PUT /api/users/tester/roles", """{"roles":[{"role":"County","place":"*"}],"keep":1}""", "keep")]
    [InlineData("POST /api/auth/token", """{"user":5,"password":"x"}""", "user")]
    [InlineData("POST /api/auth/token", """{"user":"a","password":["x"]}""", "password")]
    [InlineData("POST /api/auth/token", """{"user":"a","password":"x","otp":"1"}""", "otp")]
    [InlineData("POST /api/auth/token", "", "user")]
    [InlineData("POST /api/auth/password", """{"user":"a","password":"x","newPassword":7}""", "newPassword")]
    [InlineData("POST /api/auth/refresh", """{"refreshToken":7}""", "refreshToken")]
    [InlineData("POST /api/auth/two-factor/enable", """{"value":123456}""", "value")]
    [InlineData("POST /api/auth/two-factor/disable", """{"code":"123456"}""", "code")]
    [InlineData("POST /api/auth/keys", """{"title":"x","days":"long"}""", "days")]
    [InlineData("POST /api/auth/keys", """{"title":"x","days":0}""", "days")]
    [InlineData("POST /api/auth/keys", """{"title":"a\u0000b","days":1}""", "title")]
    public async Task What_is_wrong_with_a_body_is_told_by_its_member(string route, string body, string member)
    {
        using var request = new HttpRequestMessage(new(route.Split(' ')[0]), route.Split(' ')[1])
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        using var answer = await site.Served.Client.SendAsync(request, Now);
        var problem = await answer.Content.ReadFromJsonAsync<JsonNode>(Now);
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{answer.StatusCode} {problem}");
        Assert.Equal(
            (member, "invalid-request"),
            (problem!["errors"]!.AsObject().Single().Key, (string)problem["type"]!)
        );
    }

    [Theory]
    [InlineData("place")]
    [InlineData("scope")]
    public async Task What_is_long_is_not_told_again(string member)
    {
        using var answer = await site.Served.Client.PostAsJsonAsync(
            "/api/users",
            new
            {
                user = Unique(),
                roles = new[]
                {
                    new Dictionary<string, string> { ["role"] = "County", [member] = new('学', 100_000) },
                },
            },
            Now
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.InRange((await answer.Content.ReadAsStringAsync(Now)).Length, 100, 1000);
        using var nobody = await site.Served.Client.PostAsync($"/api/users/{new string('u', 3000)}/reset", null, Now);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        Assert.InRange((await nobody.Content.ReadAsStringAsync(Now)).Length, 50, 1000);
    }

    /// <summary>Somebody who may not, and tries all the time: four lines a route, not one each time.</summary>
    [Fact]
    public async Task Refusals_within_a_minute_are_one_line_with_their_count()
    {
        using var stored = new Stored(site.Kind, null, null, new Chuxiong.ChuxiongModule());
        var served = new Served(stored: stored);
        await served.InitializeAsync();
        using var client = served.Another(await served.SignedIn("curious", new Grant(Role.County, "532301")));
        var refused = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync("/api/users", Now)));
        Assert.All(refused, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        using (var other = await client.PostAsync("/api/users/curious/reset", null, Now))
            Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        var reader = await Accounts.MakeKeyAsync(
            stored.Commands,
            await Id(),
            new("curious"),
            "key",
            onlyReads: true,
            days: 1
        );
        using var sheet = served.Another(
            new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"curious:{reader.Secret}")))
        );
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(new($"MINE{i}"), "/api/modules");
            using var answer = await sheet.SendAsync(request, Now);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal(7, (await Lines()).Count);
        await served.Stop();
        Assert.Equal(
            [
                .. Enumerable.Repeat("? ", 3),
                "?  ×2",
                .. Enumerable.Repeat("GET /api/users/", 3),
                "GET /api/users/ ×17",
                "POST /api/users/{user}/reset",
            ],
            await Lines()
        );

        async Task<Guid> Id()
        {
            await using var db = stored.Commands.Database.OpenUnfiltered();
            return (await db.Set<User>().SingleAsync(u => u.Name == "curious", Now)).Id;
        }

        async Task<IReadOnlyList<string>> Lines()
        {
            await using var db = stored.Commands.Database.OpenUnfiltered();
            return
            [
                .. (await db.Set<AuditEntry>().Where(a => a.Action == "refused").ToListAsync(Now))
                    .Select(a => a.Detail!)
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>
    /// An answer is somebody's with the roles of then; the work, which asks for them, is not done again.
    /// </summary>
    [Fact]
    public async Task An_answer_that_was_given_is_not_given_again_once_the_role_is_gone()
    {
        var user = Unique();
        using var client = site.Served.Another(
            await site.Served.SignedIn(user, new Grant(Role.County, "532301"), new Grant(Role.Auditor, "532301"))
        );
        var (name, key) = ($"学校{Unique()}", Unique());
        var (status, first) = await Save();
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal((HttpStatusCode.Created, first), await Save());
        await Put("Auditor");
        var (refused, told) = await Save();
        Assert.Equal(HttpStatusCode.Forbidden, refused);
        Assert.DoesNotContain(name, told, StringComparison.Ordinal);
        await Put("County", "Auditor", "Administrator");
        Assert.Equal((HttpStatusCode.Created, first), await Save());

        async Task<(HttpStatusCode Status, string Text)> Save()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/registry/schools")
            {
                Content = JsonContent.Create(
                    new
                    {
                        name,
                        kind = "初级中学",
                        division = "532301",
                    }
                ),
                Headers = { { "Idempotency-Key", key } },
            };
            using var answer = await client.SendAsync(request, Now);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Now));
        }

        async Task Put(params string[] roles)
        {
            using var put = await site.Served.Client.PutAsJsonAsync(
                $"/api/users/{user}/roles",
                new { roles = roles.Select(role => new { role, place = "532301" }) },
                Now
            );
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        }
    }

    /// <summary>A copy of a cookie lets nobody in once its session was signed out of; other sessions go on.</summary>
    [Fact]
    public async Task A_cookie_ends_with_its_session()
    {
        var user = Unique();
        using var made = await Try(user, "County", "532301");
        var password = (string)(await made.Content.ReadFromJsonAsync<JsonNode>(Now))!["password"]!;
        using var mine = await SignIn(new KeyValuePair<string, string>("newPassword", "a-password-2026"));
        password = "a-password-2026";
        using var other = await SignIn();
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out"))
        {
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            using var ended = await mine.SendAsync(request, Now);
            Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        }

        foreach (var (client, status) in new[] { (mine, HttpStatusCode.Unauthorized), (other, HttpStatusCode.OK) })
        {
            using var asked = await client.GetAsync("/api/modules", Now);
            Assert.Equal(status, asked.StatusCode);
        }

        await using var db = site.Served.Stored.Commands.Database.OpenUnfiltered();
        Assert.True(await db.Set<AuditEntry>().AnyAsync(a => a.Actor == user && a.Action == "sign-out", Now));

        async Task<HttpClient> SignIn(params KeyValuePair<string, string>[] more)
        {
            var client = site.Served.Another();
            using var answer = await client.PostAsync(
                "/sign-in",
                new FormUrlEncodedContent([new("user", user), new("password", password), .. more]),
                Now
            );
            client.DefaultRequestHeaders.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
            return client;
        }
    }

    private static string Unique() => $"u{Guid.NewGuid():n}"[..12];

    private async Task<School> School(string name, int division)
    {
        var school = Office.Registry.School.Create(
            Guid.CreateVersion7(),
            name,
            SchoolKind.JuniorHigh,
            DivisionCode.Of(division)
        );
        await site.Served.Stored.Do(work =>
        {
            work.Db.Add(school);
            work.Audit("test/school", school.Id, "");
            return Task.FromResult(CommandResult.Done());
        });
        return school;
    }

    private Task<HttpResponseMessage> Try(string user, string role, string place, HttpClient? by = null) =>
        (by ?? site.Served.Client).PostAsJsonAsync(
            "/api/users",
            new { user, roles = new[] { new { role, place } } },
            Now
        );

    private static Task<HttpResponseMessage> AddSchool(HttpClient client, string division) =>
        client.PostAsJsonAsync(
            "/api/registry/schools",
            new
            {
                name = $"学校{Unique()}",
                kind = "初级中学",
                division,
            },
            Now
        );

    private async Task Make(string user, string role, string place, HttpClient? by = null)
    {
        using var made = await Try(user, role, place, by);
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync(Now));
    }

    private async Task<JsonNode> View(string user, HttpClient? by = null) =>
        (await (by ?? site.Served.Client).GetFromJsonAsync<JsonArray>("/api/users", Now))!.Single(u =>
            (string)u!["name"]! == user
        )!;

    private async Task<IReadOnlyList<string>> Grants(string user)
    {
        await using var db = site.Served.Stored.Commands.Database.OpenUnfiltered();
        var id = (await db.Set<User>().SingleAsync(u => u.Name == user, Now)).Id;
        return
        [
            .. (await db.Set<StoredGrant>().Where(g => g.UserId == id).ToListAsync(Now))
                .Select(g => $"{g.Role} {g.Scope}")
                .Order(StringComparer.Ordinal),
        ];
    }

    private async Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields)
    {
        using var client = site.Served.Another(site.Served.Client.DefaultRequestHeaders.Authorization);
        return await client.PostForm(path, fields);
    }
}

public sealed class UserTestsOnSqlite(SignInTests.OnSqlite site) : UserTests(site), IClassFixture<SignInTests.OnSqlite>;

[Requires(ExternalProgram.PostgreSql)]
public sealed class UserTestsOnPostgreSql(SignInTests.OnPostgreSql site)
    : UserTests(site),
        IClassFixture<SignInTests.OnPostgreSql>;
