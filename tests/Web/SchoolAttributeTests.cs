using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Registry;
using EduAssist.ToyRegion;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web;

/// <summary>
/// 学校属性, by the API and at the school's page: entered and ended by a bureau above the school, one value of an attribute
/// a day. The toy region declares one: 校车资质.
/// </summary>
public abstract class SchoolAttributeTests(DatabaseKind kind) : IAsyncLifetime
{
    private const string Bus = "toyregion.school-bus";

    private readonly Served toy = new(stored: new(kind, new(2026, 3, 12), null, new ToyRegionModule()));

    private School school = null!;

    public async ValueTask InitializeAsync()
    {
        await toy.Stored.Commands.PrepareDatabaseAsync(demo: true);
        await toy.InitializeAsync();
        await using var db = toy.Stored.Read();
        school = await db.Set<School>().SingleAsync(s => s.Division == "520102");
    }

    public async ValueTask DisposeAsync()
    {
        await toy.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(nameof(Role.County), "520102", 201)]
    [InlineData(nameof(Role.Prefecture), "5201", 201)]
    [InlineData(nameof(Role.Province), "52", 201)]
    [InlineData(nameof(Role.County), "520103", 404)]
    [InlineData(nameof(Role.School), "", 403)]
    [InlineData(nameof(Role.Auditor), "5201", 403)]
    public async Task A_bureau_above_the_school_enters_and_ends_it_and_the_school_never(
        string role,
        string place,
        int status
    )
    {
        using var client = await As(role, place);
        using var made = await Enter(client);
        Assert.Equal(status, (int)made.StatusCode);
        using var bureau = await As(nameof(Role.County), "520102");
        using var there = status == 201 ? null : await Enter(bureau);
        var entry = await Id(there ?? made);
        using var ended = await Post(client, $"{Attributes}/{entry}/end", ("until", "2026-03-12"), ("reason", "到期"));
        Assert.Equal(status == 201 ? 200 : status, (int)ended.StatusCode);
    }

    [Theory]
    [InlineData("from", "2026-03-13", 400)]
    [InlineData("paperDate", "2026-03-13", 400)]
    [InlineData("value", "优秀", 400)]
    [InlineData("value", "", 400)]
    [InlineData("paper", "张三 53230120110305997X", 400)]
    [InlineData("from", "2026-03-12", 409)] // the other one has no end
    [InlineData("from", "2026-01-01", 409)] // and is there from February on
    public async Task What_is_wrong_or_overlaps_is_refused(string field, string text, int status)
    {
        using var county = await As(nameof(Role.County), "520102");
        if (status == 409)
        {
            using var first = await Enter(county, ("from", "2026-02-01"));
            Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        }

        using var answer = await Enter(county, (field, text));
        var body = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(
            status == 400 ? field : "one-entry-at-a-time",
            status == 400 ? body["errors"]!.AsObject().Single().Key : (string)body["findings"]![0]!["rule"]!
        );
    }

    [Fact]
    public async Task One_value_follows_another_and_none_is_ended_twice_or_before_it_began_or_in_days_to_come()
    {
        using var county = await As(nameof(Role.County), "520102");
        using var first = await Enter(county, ("from", "2026-02-01"));
        var end = $"{Attributes}/{await Id(first)}/end";
        foreach (
            var (until, status) in ((string, int)[])
                [("2026-01-31", 400), ("2026-03-13", 400), ("2026-03-11", 200), ("2026-03-11", 409)]
        )
        {
            using var ended = await Post(county, end, ("until", until), ("reason", "年检未过"));
            Assert.Equal(status, (int)ended.StatusCode);
        }

        using var overlapping = await Enter(county, ("from", "2026-03-11"), ("value", "Suspended"));
        Assert.Equal(HttpStatusCode.Conflict, overlapping.StatusCode);
        using var next = await Enter(county, ("from", "2026-03-12"), ("value", "Suspended"));
        Assert.Equal("暂停", (string)(await next.Content.ReadFromJsonAsync<JsonNode>())!["title"]!);
        await using var db = toy.Stored.Read();
        Assert.Equal(
            [("Licensed", new DateOnly(2026, 3, 11)), ("Suspended", null)],
            (await db.Set<SchoolAttributeEntry>().OrderBy(a => a.From).ToListAsync()).Select(a => (a.Value, a.Until))
        );
    }

    /// <summary>By forms as a browser posts them; the school sees what stands there, and no form.</summary>
    [Fact]
    public async Task At_the_page_of_the_school_it_is_entered_shown_and_ended()
    {
        using var county = await As(nameof(Role.County), "520102");
        using var own = await As(nameof(Role.School), "");
        var page = $"/schools/{school.Id}";
        Assert.Contains($"action=\"{page}/attributes/{Bus}\"", await Shown(county, page), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "<form method=\"post\" action=\"/schools",
            await Shown(own, page),
            StringComparison.Ordinal
        );
        using var refused = await county.PostForm($"{page}/attributes/{Bus}", Paper(("from", "2026-03-13")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var again = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.All(["起始日期不能晚于今天。", "玩具市交通运输局"], text =>
            Assert.Contains(text, WebUtility.HtmlDecode(again), StringComparison.Ordinal)
        );
        using var entered = await county.PostForm($"{page}/attributes/{Bus}", Paper());
        Assert.Equal((HttpStatusCode.SeeOther, page), (entered.StatusCode, $"{entered.Headers.Location}"));
        Assert.All(["校车资质", "合格", "2026-03-01", "玩具市交通运输局"], text =>
            Assert.Contains(text, Shown(own, page).Result, StringComparison.Ordinal)
        );
        Assert.Contains("校车资质", await Shown(own, "/lists/SchoolAttributes"), StringComparison.Ordinal);

        await using var db = toy.Stored.Read();
        var entry = await db.Set<SchoolAttributeEntry>().SingleAsync();
        Assert.Contains($"attributes/{entry.Id}/end\"", await Shown(county, page), StringComparison.Ordinal);
        using var ended = await county.PostForm(
            $"{page}/attributes/{entry.Id}/end",
            ("until", "2026-03-11"),
            ("reason", "年检未过")
        );
        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        Assert.Contains("2026-03-11", await Shown(own, page), StringComparison.Ordinal);
    }

    /// <summary>A module that is loaded no longer, and a value that it has given up.</summary>
    [Fact]
    public async Task What_is_declared_no_longer_is_shown_as_it_stands()
    {
        await Stands("gone.rank", "KeySchool");
        await Stands(Bus, "Renewed");
        using var own = await As(nameof(Role.School), "");
        foreach (var page in (string[])[$"/schools/{school.Id}", "/lists/SchoolAttributes"])
            Assert.All(["gone.rank", "KeySchool", "校车资质", "Renewed"], text =>
                Assert.Contains(text, Shown(own, page).Result, StringComparison.Ordinal)
            );
        using var county = await As(nameof(Role.County), "520102");
        using var more = await Post(county, $"{Attributes}/gone.rank", Paper());
        Assert.Equal(HttpStatusCode.NotFound, more.StatusCode);

        Task Stands(string attribute, string value) =>
            toy.Stored.Do(work =>
            {
                work.Db.Add(
                    new SchoolAttributeEntry
                    {
                        Id = Guid.NewGuid(),
                        SchoolId = school.Id,
                        Attribute = attribute,
                        Value = value,
                        From = new(2020, 1, 1),
                        Until = new(2021, 1, 1),
                        Source = "玩具市教育局",
                        Paper = "玩教字1号",
                        PaperDate = new(2020, 1, 1),
                        Actor = "test",
                        At = work.Now,
                    }
                );
                work.Audit("test/attribute", school.Id, "");
                return Task.FromResult(CommandResult.Done());
            });
    }

    private string Attributes => $"/api/registry/schools/{school.Id}/attributes";

    private static readonly (string Name, string Value)[] Licence =
    [
        ("value", "合格"),
        ("from", "2026-03-01"),
        ("source", "玩具市交通运输局"),
        ("paper", "玩交字1号"),
        ("paperDate", "2026-02-10"),
    ];

    private static (string Name, string Value)[] Paper(params (string Name, string Value)[] other) =>
        [.. Licence.Select(f => other.FirstOrDefault(o => o.Name == f.Name, f))];

    private Task<HttpResponseMessage> Enter(HttpClient client, params (string Name, string Value)[] other) =>
        Post(client, $"{Attributes}/{Bus}", Paper(other));

    private static Task<HttpResponseMessage> Post(
        HttpClient client,
        string path,
        params (string Name, string Value)[] fields
    ) =>
        client.PostAsJsonAsync(
            path,
            fields.ToDictionary(f => f.Name, f => f.Value),
            TestContext.Current.CancellationToken
        );

    private static async Task<Guid> Id(HttpResponseMessage made) =>
        (Guid)(await made.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;

    private static async Task<string> Shown(HttpClient client, string page) =>
        WebUtility.HtmlDecode(await client.GetStringAsync(page, TestContext.Current.CancellationToken));

    private async Task<HttpClient> As(string role, string place) =>
        toy.Another(
            await toy.SignedIn(
                $"{role}{place}",
                new Grant(Roles.Core.Single(r => r.Name == role), place.Length > 0 ? place : school.Scope)
            )
        );
}

public sealed class SchoolAttributeTestsOnSqlite() : SchoolAttributeTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class SchoolAttributeTestsOnPostgreSql() : SchoolAttributeTests(DatabaseKind.PostgreSql);
