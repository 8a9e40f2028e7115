using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduAssist.Chuxiong;
using EduAssist.Data;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Guizhou;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Registry;
using EduAssist.Liaoning;
using EduAssist.Office.Demo;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using EduAssist.Platform;
using EduAssist.TrialClass;
using EduAssist.Web.Identity;

namespace EduAssist.Web;

/// <summary>
/// RoleLevels.csv: every role, Core's and the modules', at every level of place. <c>yes</c>: it is given there, and
/// holds; <c>no</c>: it is refused, and where it stands in the database all the same it counts for nothing;
/// <c>local</c>: it holds, and is given on the server only, since nobody chooses who audits them.
/// </summary>
public abstract class RoleLevelTests(RoleLevelTests.Site site)
{
    private const string SchoolName = "有级别的中学",
        County = "532301";

    private static readonly IReadOnlyList<SpreadsheetRow> Table = Read();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<string> Roles => [.. Table.Select(r => r["role"]!)];

    /// <summary>A server with the modules of every region, and a place of each level.</summary>
    public abstract class Site(DatabaseKind kind) : IAsyncLifetime
    {
        internal Served Served { get; private set; } = null!;

        /// <summary>By the columns of the table.</summary>
        internal IReadOnlyDictionary<string, string> Places { get; private set; } = new Dictionary<string, string>();

        public async ValueTask InitializeAsync()
        {
            if (!kind.IsAvailable())
                return;
            Served = new(stored: new(kind, Instance()), rounds: 1_000);
            await Served.InitializeAsync();
            var here = DivisionCode.Of(532301);
            var school = School.Create(Guid.CreateVersion7(), SchoolName, SchoolKind.JuniorHigh, here);
            var vocational = School.Create(Guid.CreateVersion7(), "有级别的职中", SchoolKind.Vocational, here);
            SchoolClass? group = null;
            await Served.Stored.Do(work =>
            {
                work.Db.AddRange(school, vocational);
                group = DemoRegistry.Group(work, school, 9, 2025, "九（1）班");
                work.Audit("test/schools", null, "");
                return Task.FromResult(CommandResult.Done());
            });
            Places = new Dictionary<string, string>
            {
                ["everywhere"] = "",
                ["province"] = "53",
                ["prefecture"] = "5323",
                ["prefecture-without-counties"] = "4419",
                ["county"] = County,
                ["county-under-province"] = "469005",
                ["township"] = "532301001",
                ["school"] = school.Scope,
                ["vocational-school"] = vocational.Scope,
                ["class"] = group!.Scope,
            };
        }

        public ValueTask DisposeAsync() => Served is null ? default : Served.DisposeAsync();

        private static Instance Instance() =>
            Platform.Instance.Compose(
                Baseline.With(new ChuxiongModule(), new GuizhouModule(), new LiaoningModule(), new TrialClassModule()),
                _ => null,
                new HolidayFolder("").Table(),
                TimeProvider.System
            );
    }

    public sealed class OnSqlite() : Site(DatabaseKind.Sqlite);

    public sealed class OnPostgreSql() : Site(DatabaseKind.PostgreSql);

    [Fact]
    public void Every_role_and_every_level_stands_in_the_table()
    {
        Assert.Equal(site.Served.Stored.Instance.Roles.All.Select(r => r.Name), Table.Select(r => r["role"]));
        Assert.True(Table.Count > Kernel.Access.Roles.Core.Count, "no module declares a role");
        Assert.All(Table, row => Assert.Equal(site.Places.Keys, row.Cells.Skip(1).Select(c => c.Name)));
        Assert.Equal(
            Enum.GetValues<ScopeLevel>(),
            site.Places.Values.SelectMany(ScopePath.LevelsOf).Distinct().Order()
        );
    }

    /// <summary>Names, also of the modules' roles, wherever a role stands.</summary>
    [Fact]
    public async Task The_description_of_the_API_lists_every_role()
    {
        var schemas = (await site.Served.Client.GetFromJsonAsync<JsonNode>("/openapi/v1.json", Now))!["components"]![
            "schemas"
        ]!;
        Assert.Equal(Table.Select(r => r["role"]), schemas["Role"]!["enum"]!.AsArray().Select(r => (string?)r));
        const string Reference = "#/components/schemas/Role";
        Assert.Equal(Reference, (string)schemas["RoleView"]!["properties"]!["role"]!["$ref"]!);
        Assert.Equal(Reference, (string)schemas["StepView"]!["properties"]!["by"]!["items"]!["$ref"]!);
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task A_role_is_given_at_its_level_and_at_no_other(string role)
    {
        foreach (var (column, scope) in site.Places)
        {
            var user = Unique();
            using var answer = await site.Served.Client.PostAsJsonAsync(
                "/api/users",
                new { user, roles = new[] { new { role, scope } } },
                Now
            );
            var told = (await answer.Content.ReadFromJsonAsync<JsonNode>(Now))!;
            Assert.Equal(
                (column, Expected(role, column)),
                (
                    column,
                    answer.StatusCode switch
                    {
                        HttpStatusCode.Created => "yes",
                        HttpStatusCode.BadRequest => "no",
                        HttpStatusCode.Forbidden => "local",
                        var other => $"{other}",
                    }
                )
            );
            if (answer.StatusCode == HttpStatusCode.Created)
                continue;
            var known = site.Served.Stored.Instance.Roles.Find(role)!;
            var detail = (string)told["detail"]!;
            Assert.Contains(known.Title, detail, StringComparison.Ordinal);
            Assert.Contains(Written(column), detail, StringComparison.Ordinal);
            Assert.Contains("请", detail, StringComparison.Ordinal);
            if (answer.StatusCode == HttpStatusCode.BadRequest)
                Assert.Contains(RolePlaces.TitleFor(known), detail, StringComparison.Ordinal);
            var local = await Accounts.UseAsync(site.Served.Stored.Commands, accounts =>
                accounts.MakeAsync(Actor.Local, user, [new(known, null, scope)])
            );
            Assert.Equal((column, answer.StatusCode == HttpStatusCode.Forbidden), (column, local.IsDone));
        }
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task A_role_that_stands_in_the_database_counts_at_its_level_and_at_no_other(string role)
    {
        foreach (var (column, scope) in site.Places)
        {
            var (holds, sees) = await Asks(site.Served.Stored.Instance.Roles.Find(role)!, scope);
            Assert.Equal((column, Expected(role, column) != "no"), (column, holds));
            Assert.Equal(
                (column, holds && site.Places["class"].StartsWith(scope, StringComparison.Ordinal)),
                (column, sees)
            );
        }
    }

    /// <summary>A module is loaded no longer: its roles count for nothing, are told, and can be ended.</summary>
    [Fact]
    public async Task A_role_of_no_loaded_module_counts_for_nothing_and_is_no_error()
    {
        var unknown = new Role("Mayor", "市长", Enum.GetValues<ScopeLevel>());
        Assert.Equal((false, false), await Asks(unknown, County));
        var user = Unique();
        await site.Served.SignedIn(user, new(unknown, County), new(Role.County, County));
        using var by = await Administrator(County);
        var roles = (await Listed(by)).Single(u => (string)u!["name"]! == user)!["roles"]!.AsArray();
        Assert.Equal(["County", "Mayor"], roles.Select(r => (string)r!["role"]!));
        var page = WebUtility.HtmlDecode(await by.GetStringAsync($"/users/{user}", Now));
        Assert.Contains("未知角色（Mayor）", page, StringComparison.Ordinal);
        Assert.Contains("不生效", page, StringComparison.Ordinal);
        using var put = await by.PutAsJsonAsync(
            $"/api/users/{user}/roles",
            new { roles = new[] { new { role = "County", place = County } } },
            Now
        );
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Single((await Listed(by)).Single(u => (string)u!["name"]! == user)!["roles"]!.AsArray());
        using var again = await Post(by, "Mayor", County);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains("County、", await again.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
    }

    /// <summary>Whatever a county's administrator tries: the plan stays as it was handed in.</summary>
    [Fact]
    public async Task The_prefecture_that_a_county_s_administrator_makes_up_approves_nothing()
    {
        var plan = await site.Served.Client.Act(
            "/api/chuxiong/implementation-plans",
            """{"body":"楚雄市","year":2021,"summary":"送读安排。"}"""
        );
        var path = $"/api/chuxiong/implementation-plans/{plan["id"]}";
        plan = await site.Served.Client.Act($"{path}/submit", "{}", plan["version"]);
        using var by = await Administrator(County);
        foreach (
            var (place, status) in (List<(string, HttpStatusCode)>)
                [
                    (County, HttpStatusCode.BadRequest),
                    ("532300", HttpStatusCode.Forbidden),
                    ("*", HttpStatusCode.Forbidden),
                ]
        )
        {
            using var made = await Post(by, "Prefecture", place);
            Assert.Equal(status, made.StatusCode);
        }

        using var madeUp = site.Served.Another(
            await site.Served.SignedIn(Unique(), new(Role.Prefecture, County), new(Role.County, County))
        );
        using (var refused = await Approve(madeUp))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("Submitted", (string)(await madeUp.GetFromJsonAsync<JsonNode>(path, Now))!["state"]!);
        using var prefecture = site.Served.Another(
            await site.Served.SignedIn(Unique(), new Grant(Role.Prefecture, "5323"))
        );
        using (var approved = await Approve(prefecture))
            Assert.Equal(HttpStatusCode.OK, approved.StatusCode);

        async Task<HttpResponseMessage> Approve(HttpClient client)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}/approve")
            {
                Content = JsonContent.Create(new { }),
                Headers = { { "If-Match", $"\"{plan["version"]}\"" } },
            };
            return await client.SendAsync(request, Now);
        }
    }

    /// <summary>What a county's administrator gives, at each door: the API and the page.</summary>
    [Theory]
    [InlineData("Province", "530000", HttpStatusCode.Forbidden)]
    [InlineData("Prefecture", "532300", HttpStatusCode.Forbidden)]
    [InlineData("Prefecture", County, HttpStatusCode.BadRequest)]
    [InlineData("County", County, HttpStatusCode.Created)]
    [InlineData("County", "532302", HttpStatusCode.Forbidden)]
    [InlineData("Supervision", "532300", HttpStatusCode.Forbidden)]
    [InlineData("Supervision", County, HttpStatusCode.Created)]
    [InlineData("School", SchoolName, HttpStatusCode.Created)]
    [InlineData("Administrator", "*", HttpStatusCode.Forbidden)]
    [InlineData("Administrator", "532300", HttpStatusCode.Forbidden)]
    [InlineData("Administrator", County, HttpStatusCode.Created)]
    [InlineData("Administrator", SchoolName, HttpStatusCode.Created)]
    [InlineData("Auditor", "532300", HttpStatusCode.Forbidden)]
    [InlineData("Auditor", County, HttpStatusCode.Forbidden)]
    [InlineData("Auditor", SchoolName, HttpStatusCode.Created)]
    public async Task Nobody_gives_more_than_they_oversee(string role, string place, HttpStatusCode status)
    {
        using var by = await Administrator(County);
        using (var api = await Post(by, role, place))
            Assert.Equal(status, api.StatusCode);
        var user = Unique();
        await site.Served.SignedIn(user, new Grant(Role.County, County));
        using (
            var put = await by.PutAsJsonAsync(
                $"/api/users/{user}/roles",
                new { roles = new[] { new { role = "County", place = County }, new { role, place } } },
                Now
            )
        )
            Assert.Equal(status == HttpStatusCode.Created ? HttpStatusCode.OK : status, put.StatusCode);
        var other = Unique();
        await site.Served.SignedIn(other, new Grant(Role.Teacher, site.Places["class"]));
        using (var added = await by.PostForm($"/users/{other}/roles", ("role", role), ("place", place)))
            Assert.Equal(status == HttpStatusCode.Created ? HttpStatusCode.SeeOther : status, added.StatusCode);
        using (var page = await by.PostForm("/users", ("user", Unique()), ("role", role), ("place", place)))
            Assert.Equal(status == HttpStatusCode.Created ? HttpStatusCode.OK : status, page.StatusCode);
    }

    /// <summary>
    /// Whom a county's administrator lists, resets, disables, gives roles to, signs out: who is nothing but what lies
    /// within the county and is no higher. A grant above its place counts for nothing today, and is not theirs either.
    /// </summary>
    [Theory]
    [InlineData("County 532301", true)]
    [InlineData("Administrator 532301", true)]
    [InlineData("Teacher class", true)]
    [InlineData("Auditor school", true)]
    [InlineData("School 532301", true)]
    [InlineData("County 532301;Auditor 532301", false)]
    [InlineData("Auditor 532301", false)]
    [InlineData("Prefecture 532301", false)]
    [InlineData("County 532301;Province 532301", false)]
    [InlineData("County 532301;County 532302", false)]
    [InlineData("Prefecture 5323", false)]
    [InlineData("Administrator ", false)]
    public async Task Nobody_administers_whom_they_do_not_oversee(string roles, bool theirs)
    {
        var user = Unique();
        using var owner = site.Served.Another(
            await site.Served.SignedIn(
                user,
                [
                    .. roles
                        .Split(';')
                        .Select(r => r.Split(' '))
                        .Select(r => new Grant(
                            site.Served.Stored.Instance.Roles.Find(r[0])!,
                            site.Places.GetValueOrDefault(r[1], r[1])
                        )),
                ]
            )
        );
        using var made = await owner.PostAsJsonAsync("/api/auth/keys", new { title = "Excel", days = 30 }, Now);
        var key = (string)(await made.Content.ReadFromJsonAsync<JsonNode>(Now))!["key"]!;
        using var sheet = site.Served.Another(
            new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{key}")))
        );
        using var by = await Administrator(County);
        Assert.Equal(theirs, (await Listed(by)).Any(u => (string)u!["name"]! == user));
        Assert.Equal(theirs, (await by.GetStringAsync("/users", Now)).Contains(user, StringComparison.Ordinal));
        using (var page = await by.GetAsync($"/users/{user}", Now))
            Assert.Equal(theirs ? HttpStatusCode.OK : HttpStatusCode.NotFound, page.StatusCode);
        using (
            var put = await by.PutAsJsonAsync(
                $"/api/users/{user}/roles",
                new { roles = new[] { new { role = "County", place = County } } },
                Now
            )
        )
            Assert.Equal(theirs ? HttpStatusCode.OK : HttpStatusCode.NotFound, put.StatusCode);
        foreach (var door in (string[])["reset", "disable", "enable"])
        {
            if (!theirs)
                using (var form = await by.PostForm($"/users/{user}/{door}"))
                    Assert.Equal((door, HttpStatusCode.NotFound), (door, form.StatusCode));
            using var act = await by.PostAsync($"/api/users/{user}/{door}", null, Now);
            Assert.Equal((door, theirs ? HttpStatusCode.OK : HttpStatusCode.NotFound), (door, act.StatusCode));
            foreach (var client in (HttpClient[])[owner, sheet])
            {
                using var asked = await client.GetAsync("/api/modules", Now);
                Assert.Equal(
                    (door, theirs ? HttpStatusCode.Unauthorized : HttpStatusCode.OK),
                    (door, asked.StatusCode)
                );
            }
        }
    }

    /// <summary>The page says where each role holds, and takes no other place.</summary>
    [Fact]
    public async Task The_page_tells_the_level_of_each_role_and_what_to_do()
    {
        using var by = await Administrator(County);
        var page = WebUtility.HtmlDecode(await by.GetStringAsync("/users", Now));
        foreach (
            var option in (string[])
                [
                    "县市教育体育局（县级）",
                    "乡镇人民政府（乡级）",
                    "教育督导机构（省级、地级、县级）",
                    "学校领导（职业学校）",
                ]
        )
            Assert.Contains(option, page, StringComparison.Ordinal);
        using var refused = await by.PostForm("/users", ("user", Unique()), ("role", "School"), ("place", County));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "角色“初级中学”只在职业学校以外的学校有效，不能授予在“532301”（县级）：请把范围改为职业学校以外的学校，或者换一个角色。",
            WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Now)),
            StringComparison.Ordinal
        );
    }

    private static string Expected(string role, string column) => Table.Single(r => r["role"] == role)[column]!;

    private static string Written(string column) =>
        column switch
        {
            "everywhere" => "*",
            "school" or "class" => SchoolName,
            "vocational-school" => "有级别的职中",
            "province" => "530000",
            "prefecture" => "532300",
            "prefecture-without-counties" => "441900",
            "county-under-province" => "469005",
            "township" => "532301001",
            _ => County,
        };

    /// <summary>Whether somebody who was written into the database holds anything, and sees the school.</summary>
    private async Task<(bool Holds, bool Sees)> Asks(Role role, string scope)
    {
        using var client = site.Served.Another(await site.Served.SignedIn(Unique(), new Grant(role, scope)));
        var me = (await client.GetFromJsonAsync<JsonNode>("/api/auth/me", Now))!["roles"]!.AsArray();
        var sees = (await client.GetStringAsync("/lists/Schools", Now)).Contains(SchoolName, StringComparison.Ordinal);
        if (me.Count > 0)
            return (true, sees);
        foreach (
            var (path, body) in (List<(string, object)>)
                [
                    (
                        "/api/registry/schools",
                        new
                        {
                            name = Unique(),
                            kind = "初级中学",
                            division = County,
                        }
                    ),
                    ("/api/registry/promotion", new { schoolYear = 2020, preview = true }),
                    ("/api/users", new { user = Unique(), roles = new[] { new { role = "County", scope } } }),
                    ("/api/chuxiong/plans", new { year = 2021 }),
                ]
        )
        {
            using var act = await client.PostAsJsonAsync(path, body, Now);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, act.StatusCode));
        }

        foreach (var path in (string[])["/users", "/audit", "/api/users"])
        {
            using var look = await client.GetAsync(path, Now);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, look.StatusCode));
        }

        return (false, sees);
    }

    private async Task<HttpClient> Administrator(string scope) =>
        site.Served.Another(await site.Served.SignedIn(Unique(), new Grant(Role.Administrator, scope)));

    private static Task<HttpResponseMessage> Post(HttpClient by, string role, string place) =>
        by.PostAsJsonAsync("/api/users", new { user = Unique(), roles = new[] { new { role, place } } }, Now);

    private static async Task<JsonArray> Listed(HttpClient by) =>
        (await by.GetFromJsonAsync<JsonArray>("/api/users", Now))!;

    private static string Unique() => $"r{Guid.NewGuid():n}"[..12];

    private static IReadOnlyList<SpreadsheetRow> Read()
    {
        using var table = SpreadsheetReader.Open(Path.Combine(AppContext.BaseDirectory, "RoleLevels.csv"));
        return [.. table.Rows];
    }
}

public sealed class RoleLevelTestsOnSqlite(RoleLevelTests.OnSqlite site)
    : RoleLevelTests(site),
        IClassFixture<RoleLevelTests.OnSqlite>;

[Requires(ExternalProgram.PostgreSql)]
public sealed class RoleLevelTestsOnPostgreSql(RoleLevelTests.OnPostgreSql site)
    : RoleLevelTests(site),
        IClassFixture<RoleLevelTests.OnPostgreSql>;
