using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Calendars;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web;

/// <summary>
/// Calendars of places: a notice changes the days of its place and beneath it, at once, for counting, windows, the
/// guards of steps, pages, subscriptions and listings; revoked, they are what they were.
/// </summary>
public abstract class DayNoticeTests(DayNoticeTests.Site fixture) : IAsyncLifetime
{
    private const string Notices = "/api/calendar/notices",
        Torches =
            """
                {"place":"532300","source":"关于2024年火把节放假的通知","days":
                  [{"from":"2024-07-29","to":"2024-07-31","name":"火把节","kind":"Off"}]}
                """;

    private Served site => fixture.Served;

    /// <summary>One site for all, on which each test revokes what it entered.</summary>
    public abstract class Site(DatabaseKind kind) : IAsyncLifetime
    {
        internal Served Served { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            if (!kind.IsAvailable())
                return;
            Served = new(kind, new(2024, 5, 6));
            await Served.Stored.Commands.PrepareDatabaseAsync();
            await Served.InitializeAsync();
            await Served.Stored.Do(work =>
            {
                var school = School.Create(
                    work.NewId(),
                    "鹿城中学",
                    SchoolKind.JuniorHigh,
                    Kernel.Registry.DivisionCode.Of(532301)
                );
                work.Db.Add(school);
                work.Audit("test/school", school.Id, "");
                return Task.FromResult(CommandResult.Done());
            });
        }

        public ValueTask DisposeAsync() => Served is null ? default : Served.DisposeAsync();
    }

    public sealed class OnSqlite() : Site(DatabaseKind.Sqlite);

    public sealed class OnPostgreSql() : Site(DatabaseKind.PostgreSql);

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (site is null)
            return;
        await using var db = site.Stored.Read();
        foreach (var id in await db.Set<DayNotice>().Where(n => n.RevokedAt == null).Select(n => n.Id).ToListAsync())
            await site.Stored.Do(work => DayNotices.RevokeAsync(work, id, "测试结束"));
    }

    [Fact]
    public async Task Days_off_of_a_prefecture_are_no_days_off_of_the_country()
    {
        using var prefecture = await As(Role.Prefecture, "5323");
        Assert.Equal("2024-07-29", await After(prefecture, "place=532300"));
        var id = await Id(await Post(prefecture, Torches));
        Assert.Equal("2024-08-01", await After(prefecture, "place=532300"));
        Assert.Equal("2024-08-01", await After(prefecture, "place=532301"));
        await using var db = site.Stored.Read();
        var school = await db.Set<School>().SingleAsync(s => s.Name == "鹿城中学");
        Assert.Equal("2024-08-01", await After(prefecture, $"school={school.Id}"));
        Assert.Equal("2024-07-29", await After(prefecture, "place=530100"));
        Assert.Equal("2024-07-29", await After(prefecture, ""));
        Assert.Equal(HttpStatusCode.OK, (await Revoke(prefecture, id)).StatusCode);
        Assert.Equal("2024-07-29", await After(prefecture, "place=532301"));
        Assert.Equal(HttpStatusCode.Conflict, (await Revoke(prefecture, id)).StatusCode);
    }

    [Theory]
    [InlineData("County", "532301", "532301", 201)]
    [InlineData("Prefecture", "5323", "532301", 201)]
    [InlineData("Province", "53", "532301", 201)]
    [InlineData("County", "532301", "532300", 403)]
    [InlineData("County", "532322", "532301", 403)]
    [InlineData("Prefecture", "5301", "532301", 403)]
    [InlineData("Administrator", "5323", "532301", 403)]
    [InlineData("Auditor", "5323", "532301", 403)]
    public async Task A_bureau_decides_of_its_own_place_and_beneath(string role, string at, string place, int status)
    {
        using var client = await As(Roles.Core.Single(r => r.Name == role), at);
        var answer = await Post(client, Torches.Replace("532300", place, StringComparison.Ordinal));
        Assert.Equal(status, (int)answer.StatusCode);
        using var above = await As(Role.Province, "53");
        var id =
            status == 201
                ? await Id(answer)
                : await Id(await Post(above, Torches.Replace("532300", place, StringComparison.Ordinal)));
        Assert.Equal(status == 201 ? 200 : 403, (int)(await Revoke(client, id)).StatusCode);
    }

    [Theory]
    [InlineData("days", """{"place":"532300","source":"x","days":[]}""")]
    [InlineData(
        "place",
        """{"place":"532301001","source":"x","days":[{"from":"2024-07-29","name":"x","kind":"Off"}]}"""
    )]
    [InlineData(
        "days",
        """
            {"place":"532300","source":"x","days":
              [{"from":"2024-01-01","to":"2024-03-31","name":"x","kind":"Off"},
               {"from":"2025-01-01","to":"2025-03-31","name":"y","kind":"Off"}]}
            """
    )]
    [InlineData("source", """{"place":"532300","days":[{"from":"2024-07-29","name":"火把节","kind":"Off"}]}""")]
    [InlineData(
        "place",
        """{"place":"999999","source":"x","days":[{"from":"2024-07-29","name":"火把节","kind":"Off"}]}"""
    )]
    [InlineData("days[0]", """{"place":"532300","source":"x","days":[{"from":"2024-07-29","kind":"Off"}]}""")]
    [InlineData("days[0]", """{"place":"532300","source":"x","days":[{"from":"2024-07-29","name":"火把节"}]}""")]
    [InlineData(
        "days[0]",
        """{"place":"532300","source":"x","days":[{"from":"2024-07-29","name":"x","kind":"Off,Work"}]}"""
    )]
    [InlineData(
        "days[0]",
        """{"place":"532300","source":"x","days":[{"from":"2024-07-29","to":"2024-07-28","name":"x","kind":"Off"}]}"""
    )]
    [InlineData(
        "days[0]",
        """{"place":"532300","source":"x","days":[{"from":"2024-07-29","to":"2034-07-28","name":"x","kind":"Off"}]}"""
    )]
    [InlineData(
        "days[1]",
        """
            {"place":"532300","source":"x","days":
              [{"from":"2024-07-29","name":"x","kind":"Off"},{"from":"2024-07-29","name":"y","kind":"Work"}]}
            """
    )]
    [InlineData(
        "source",
        """{"place":"532300","source":"张三 53230120110305997X","days":[{"from":"2024-07-29","name":"x","kind":"Off"}]}"""
    )]
    public async Task What_is_wrong_is_told_where_it_stands(string field, string body)
    {
        using var prefecture = await As(Role.Prefecture, "5323");
        var answer = await Post(prefecture, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))![
            "errors"
        ]!;
        Assert.Contains(field, errors.AsObject().Select(e => e.Key));
        Assert.Equal("2024-07-29", await After(prefecture, "place=532300"));
    }

    [Fact]
    public async Task Of_a_day_one_notice_of_a_place_speaks_and_the_narrower_place_has_the_word()
    {
        using var prefecture = await As(Role.Prefecture, "5323");
        await Post(prefecture, Torches);
        Assert.Equal(HttpStatusCode.Conflict, (await Post(prefecture, Torches)).StatusCode);
        using var county = await As(Role.County, "532301");
        var works = Torches
            .Replace("532300", "532301", StringComparison.Ordinal)
            .Replace("\"Off\"", "\"Work\"", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await Post(county, works)).StatusCode);
        Assert.Equal("2024-07-29", await After(county, "place=532301"));
        Assert.Equal("2024-08-01", await After(county, "place=532322"));
    }

    /// <summary>
    /// The sending window of 2024 begins on 6 May, when the May Day holiday is over. A prefecture that makes it
    /// a day longer begins it on the 7th: in the calendar, its file, the listing and the page.
    /// </summary>
    [Fact]
    public async Task A_window_stands_on_the_days_of_the_place()
    {
        using var prefecture = await As(Role.Prefecture, "5323");
        Assert.Equal("2024-05-06", await Sending(prefecture));
        Assert.Contains("\"id\": \"sending\"", await Open(prefecture), StringComparison.Ordinal);
        var id = await Id(
            await Post(
                prefecture,
                """{"place":"532300","source":"州通知","days":[{"from":"2024-05-06","name":"劳动节","kind":"Off"}]}"""
            )
        );
        Assert.Equal("2024-05-07", await Sending(prefecture));
        Assert.DoesNotContain("\"id\": \"sending\"", await Open(prefecture), StringComparison.Ordinal);
        Assert.Contains(
            "DTSTART;VALUE=DATE:20240507",
            await Text(prefecture, "/api/calendar/chuxiong/2024.ics"),
            StringComparison.Ordinal
        );
        const string Listed = "/lists/Windows?f.Module=chuxiong&f.Year=2024&col=Id&col=First";
        Assert.Contains("2024-05-07", await Text(prefecture, Listed), StringComparison.Ordinal);
        Assert.Contains(
            "2024-05-07",
            await Text(prefecture, "/calendar?module=chuxiong&year=2024"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "2024-05-06",
            await Text(prefecture, "/api/calendar/chuxiong/2024?place=530100"),
            StringComparison.Ordinal
        );
        await Revoke(prefecture, id);
        Assert.Equal("2024-05-06", await Sending(prefecture));
        Assert.DoesNotContain("2024-05-07", await Text(prefecture, Listed), StringComparison.Ordinal);
        Assert.Contains("\"id\": \"sending\"", await Open(prefecture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_page_a_notice_is_entered_shown_and_revoked()
    {
        using var county = await As(Role.County, "532301");
        var refused = await county.PostForm("/calendar/notices", ("place", "532301"), ("source", "市通知"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var unreadable = await county.PostForm(
            "/calendar/notices",
            ("place", "532301"),
            ("source", "市通知"),
            ("from0", "2024-07-29"),
            ("to0", "2024/07/30"),
            ("name0", "火把节"),
            ("kind0", "Off")
        );
        Assert.Equal(HttpStatusCode.BadRequest, unreadable.StatusCode);
        var made = await county.PostForm(
            "/calendar/notices",
            ("place", "532301"),
            ("source", "市通知"),
            ("from0", "2024-07-29"),
            ("to0", "2024-07-30"),
            ("name0", "火把节"),
            ("kind0", "Off")
        );
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        var page = WebUtility.HtmlDecode(await Text(county, "/calendar/notices"));
        Assert.Contains("2024-07-29 至 2024-07-30 火把节放假", page, StringComparison.Ordinal);
        await using var db = site.Stored.Read();
        var notice = await db.Set<DayNotice>().SingleAsync(n => n.RevokedAt == null);
        var revoked = await county.PostForm($"/calendar/notices/{notice.Id}/revoke", ("reason", "通知有变更"));
        Assert.Equal(HttpStatusCode.SeeOther, revoked.StatusCode);
        Assert.Contains(
            "通知有变更",
            WebUtility.HtmlDecode(await Text(county, "/calendar/notices")),
            StringComparison.Ordinal
        );
        using var teacher = await As(
            Role.Teacher,
            "532301/0198aaaaaaaa7aaaaaaaaaaaaaaaaaaa/0198aaaaaaaa7aaaaaaaaaaaaaaaaaab"
        );
        Assert.DoesNotContain(
            "登记通知",
            WebUtility.HtmlDecode(await Text(teacher, "/calendar/notices")),
            StringComparison.Ordinal
        );
    }

    private async Task<HttpClient> As(Role role, string place) =>
        site.Another(await site.SignedIn($"{role.Name}{place}", new Grant(role, place)));

    private static Task<HttpResponseMessage> Post(HttpClient client, string body) =>
        client.PostAsync(
            Notices,
            new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken
        );

    private static Task<HttpResponseMessage> Revoke(HttpClient client, Guid id) =>
        client.DeleteAsync($"{Notices}/{id}?reason=变更", TestContext.Current.CancellationToken);

    private static async Task<Guid> Id(HttpResponseMessage made)
    {
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (Guid)
            (await made.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["notice"]!["id"]!;
    }

    private static Task<string> Text(HttpClient client, string path) =>
        client.GetStringAsync(path, TestContext.Current.CancellationToken);

    private static async Task<string> After(HttpClient client, string place) =>
        (string)
            JsonNode.Parse(await Text(client, $"/api/calendar/workdays/add?from=2024-07-26&days=1&{place}"))!["date"]!;

    /// <summary>The windows that are open on the first day of the sending window of 2024, and no others.</summary>
    private static async Task<string> Open(HttpClient client) =>
        JsonNode.Parse(await Text(client, "/api/calendar/chuxiong/open?on=2024-05-06"))!["open"]!.ToJsonString(
            new() { WriteIndented = true }
        );

    private static async Task<string> Sending(HttpClient client) =>
        (string)
            JsonNode.Parse(await Text(client, "/api/calendar/chuxiong/2024"))!["windows"]!
                .AsArray()
                .Single(w => (string)w!["id"]! == "sending")!["first"]!;
}

public sealed class DayNoticeTestsOnSqlite(DayNoticeTests.OnSqlite site)
    : DayNoticeTests(site),
        IClassFixture<DayNoticeTests.OnSqlite>;

[Requires(ExternalProgram.PostgreSql)]
public sealed class DayNoticeTestsOnPostgreSql(DayNoticeTests.OnPostgreSql site)
    : DayNoticeTests(site),
        IClassFixture<DayNoticeTests.OnPostgreSql>;
