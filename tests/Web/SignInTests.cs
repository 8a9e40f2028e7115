using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Users;
using EduAssist.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web;

/// <summary>Who gets in, with what, and for how long.</summary>
public abstract class SignInTests(SignInTests.Site site) : IDisposable
{
    private static int last = 9;

    /// <summary>From an address of each test's own: the sign-ins of one do not hold off the next.</summary>
    private readonly Lazy<HttpClient> visitor = new(() =>
        site.Served.Another(from: IPAddress.Parse($"127.0.0.{Interlocked.Increment(ref last)}"))
    );

    private const string Own = "a-password-2026",
        Modules = "/api/modules",
        Me = "/api/auth/me";

    public abstract class Site(DatabaseKind kind) : IAsyncLifetime
    {
        internal Served Served { get; private set; } = null!;

        internal DatabaseKind Kind => kind;

        public async ValueTask InitializeAsync()
        {
            if (!kind.IsAvailable())
                return;
            Served = new(kind, access: new() { SignInsPerMinute = 40 }, rounds: 1_000); // some hundred passwords
            await Served.InitializeAsync();
        }

        public ValueTask DisposeAsync() => Served is null ? default : Served.DisposeAsync();
    }

    public sealed class OnSqlite() : Site(DatabaseKind.Sqlite);

    public sealed class OnPostgreSql() : Site(DatabaseKind.PostgreSql);

    public void Dispose()
    {
        if (visitor.IsValueCreated)
            visitor.Value.Dispose();
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/sign-in", 200)]
    [InlineData(Modules, 401)]
    [InlineData("/api/users", 401)]
    [InlineData("/api/nothing", 401)]
    [InlineData("/odata/Students", 401)]
    [InlineData("/nothing", 401)]
    public async Task Without_a_sign_in_only_health_description_and_the_page_to_sign_in(string path, int status)
    {
        using var client = site.Served.Another();
        using var answer = await client.GetAsync(path, Now);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_page_leads_to_the_sign_in()
    {
        using var client = site.Served.Another();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var answer = await client.GetAsync("/cases?year=2020", Now);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Fcases%3Fyear%3D2020", answer.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task A_first_password_is_good_for_nothing_but_a_change()
    {
        var first = await Made("first");
        Assert.Equal((HttpStatusCode.Forbidden, "password-change-required"), await Refused("first", first));
        using var weak = await site.Served.Client.PostAsJsonAsync(
            "/api/auth/password",
            new
            {
                user = "first",
                password = first,
                newPassword = "short1",
            },
            Now
        );
        Assert.Equal(HttpStatusCode.BadRequest, weak.StatusCode);
        Assert.Equal((HttpStatusCode.Forbidden, "password-change-required"), await Refused("first", first));
        await Change("first", first);
        using var client = await In("first");
        Assert.Equal("first", (string)(await client.GetFromJsonAsync<JsonNode>(Me, Now))!["user"]!);
    }

    [Fact]
    public async Task Whoever_is_not_there_is_told_the_same_as_whoever_types_a_wrong_password()
    {
        await Change("there", await Made("there"));
        var (one, other) = (
            await Token(new { user = "there", password = "wrong" }),
            await Token(new { user = "nobody", password = "wrong" })
        );
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (one.Status, other.Status));
        foreach (var body in (JsonObject[])[one.Body, other.Body])
            body.Remove("traceId");
        Assert.Equal(one.Body.ToJsonString(), other.Body.ToJsonString());
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_a_user_and_the_administrator_unlocks_them()
    {
        await Change("locked", await Made("locked"));
        for (var i = 1; i <= 5; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await Refused("locked", "wrong")).Status);
        Assert.Equal((HttpStatusCode.Unauthorized, "sign-in-failed"), await Refused("locked", Own));
        using var reset = await site.Served.Client.PostAsync("/api/users/locked/reset", null, Now);
        await Change(
            "locked",
            (string)(await reset.Content.ReadFromJsonAsync<JsonNode>(Now))!["password"]!,
            "another-password-2026"
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (await Token(new { user = "locked", password = "another-password-2026" })).Status
        );
    }

    [Theory]
    [InlineData("out", "/api/auth/sign-out-everywhere")]
    [InlineData("disabled", "/api/users/disabled/disable")]
    [InlineData("reset", "/api/users/reset/reset")]
    public async Task Tokens_end_at_once(string name, string by)
    {
        await Change(name, await Made(name));
        var issued = (await Token(new { user = name, password = Own })).Body;
        using var client = site.Served.Another(new("Bearer", (string)issued["accessToken"]!));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Modules, Now)).StatusCode);
        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/calendar?module=chuxiong&year=2020", Now));
        var link = System.Text.RegularExpressions.Regex.Match(page, "http[^\"]*/calendar/[^\"]*[.]ics").Value;
        using var nobody = site.Served.Another();
        Assert.StartsWith("BEGIN:VCALENDAR", await nobody.GetStringAsync(link, Now), StringComparison.Ordinal);
        using var renewed = await client.PostAsJsonAsync(
            "/api/auth/refresh",
            new { refreshToken = (string)issued["refreshToken"]! },
            Now
        );
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        using var ended = await (
            by.StartsWith("/api/users", StringComparison.Ordinal) ? site.Served.Client : client
        ).PostAsync(by, null, Now);
        Assert.True(ended.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Modules, Now)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync(link, Now)).StatusCode);
        using var late = await client.PostAsJsonAsync(
            "/api/auth/refresh",
            new { refreshToken = (string)issued["refreshToken"]! },
            Now
        );
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Fact]
    public async Task Two_factor_asks_for_a_code_takes_each_once_and_a_recovery_code_once()
    {
        await Change("careful", await Made("careful"));
        using var client = await In("careful");
        var key = (string)
            (
                await (await client.PostAsync("/api/auth/two-factor", null, Now)).Content.ReadFromJsonAsync<JsonNode>(
                    Now
                )
            )!["key"]!;
        using var wrong = await client.PostAsJsonAsync("/api/auth/two-factor/enable", new { value = "000000" }, Now);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var enabled = await client.PostAsJsonAsync(
            "/api/auth/two-factor/enable",
            new { value = Codes.Of(key, later: -1) },
            Now
        );
        var recovery = (await enabled.Content.ReadFromJsonAsync<JsonNode>(Now))!["codes"]!
            .AsArray()
            .Select(c => (string)c!)
            .ToList();
        Assert.Equal(10, recovery.Distinct().Count());
        Assert.Equal((HttpStatusCode.Unauthorized, "two-factor-required"), await Refused("careful", Own));
        Assert.Equal(
            "sign-in-failed",
            (string)
                (
                    await Token(
                        new
                        {
                            user = "careful",
                            password = Own,
                            code = "123",
                        }
                    )
                ).Body["type"]!
        );
        // the code that enabled it is used up
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (
                await Token(
                    new
                    {
                        user = "careful",
                        password = Own,
                        code = Codes.Of(key, later: -1),
                    }
                )
            ).Status
        );
        var code = Codes.Of(key);
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await Token(
                    new
                    {
                        user = "careful",
                        password = Own,
                        code,
                    }
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (
                await Token(
                    new
                    {
                        user = "careful",
                        password = Own,
                        code,
                    }
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await Token(
                    new
                    {
                        user = "careful",
                        password = Own,
                        code = Codes.Of(key, later: 1),
                    }
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (
                await Token(
                    new
                    {
                        user = "careful",
                        password = Own,
                        code,
                    }
                )
            ).Status
        ); // a code before the last one
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await Token(
                    new
                    {
                        user = "careful",
                        password = Own,
                        code = recovery[3],
                    }
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (
                await Token(
                    new
                    {
                        user = "careful",
                        password = Own,
                        code = recovery[3],
                    }
                )
            ).Status
        );
    }

    [Fact]
    public async Task A_key_stands_for_a_password_in_a_spreadsheet_and_only_reads()
    {
        await Change("sheet", await Made("sheet"));
        using var person = await In("sheet");
        using var made = await person.PostAsJsonAsync("/api/auth/keys", new { title = "Excel", days = 30 }, Now);
        var key = (await made.Content.ReadFromJsonAsync<JsonNode>(Now))!;
        using var sheet = site.Served.Another(Basic("sheet", (string)key["key"]!));
        Assert.Equal(HttpStatusCode.OK, (await sheet.GetAsync(Modules, Now)).StatusCode);
        using var writes = await sheet.PostAsJsonAsync("/api/chuxiong/applications", new { }, Now);
        Assert.Equal(HttpStatusCode.Forbidden, writes.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await sheet.GetAsync("/api/auth/keys", Now)).StatusCode);
        using (var password = site.Served.Another(Basic("sheet", Own)))
            Assert.Equal(HttpStatusCode.Unauthorized, (await password.GetAsync(Modules, Now)).StatusCode);
        using (var other = site.Served.Another(Basic("tester", (string)key["key"]!)))
            Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync(Modules, Now)).StatusCode);
        await using (var db = site.Served.Stored.Commands.Database.OpenUnfiltered())
        {
            var hash = Convert.ToHexStringLower(
                (await db.Set<ApiKey>().SingleAsync(k => k.Title == "Excel", Now)).Hash
            );
            Assert.DoesNotContain(((string)key["key"]!)[^64..], hash, StringComparison.Ordinal);
        }

        using var ended = await person.DeleteAsync($"/api/auth/keys/{key["id"]}", Now);
        Assert.Equal(HttpStatusCode.Unauthorized, (await sheet.GetAsync(Modules, Now)).StatusCode);
    }

    [Fact]
    public async Task A_key_ends_on_its_day()
    {
        var user = Guid.NewGuid();
        await site.Served.Stored.Do(work =>
        {
            work.Db.Add(
                new User
                {
                    Id = user,
                    Name = "expired",
                    ComparedName = "EXPIRED",
                    CreatedAt = work.Now,
                }
            );
            work.Audit("user/make", user, "");
            return Task.FromResult(CommandResult.Done());
        });
        var (_, secret) = await Accounts.MakeKeyAsync(
            site.Served.Stored.Commands,
            user,
            new("expired"),
            "old",
            onlyReads: true,
            days: 0
        );
        using var client = site.Served.Another(Basic("expired", secret));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Modules, Now)).StatusCode);
    }

    [Theory]
    [InlineData("/cases", "/cases")]
    [InlineData("/学校", "/%E5%AD%A6%E6%A0%A1")]
    [InlineData("/schools?q=李 %E4%B8%80#𠮷", "/schools?q=%E6%9D%8E%20%E4%B8%80#%F0%A0%AE%B7")]
    [InlineData("//evil.example", "/")]
    [InlineData("/%2fevil.example", "/%2fevil.example")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    public async Task A_form_signs_in_with_a_cookie_and_leads_nowhere_else(string wanted, string led)
    {
        var name = $"form{string.Concat(wanted.Where(char.IsAsciiLetter))}{wanted.Length}{wanted.Count(c => c == '/')}";
        await Change(name, await Made(name));
        using var client = site.Served.Another();
        using var answer = await client.PostAsync(
            "/sign-in",
            new FormUrlEncodedContent([new("user", name), new("password", Own), new("returnUrl", wanted)]),
            Now
        );
        Assert.Equal((HttpStatusCode.Redirect, led), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Modules, Now)).StatusCode);
        foreach (
            var (header, value, status) in (List<(string, string, HttpStatusCode)>)
                [
                    ("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden),
                    ("Sec-Fetch-Site", "same-origin", HttpStatusCode.NoContent),
                    ("Origin", "https://evil.example", HttpStatusCode.Forbidden),
                    ("X-None", "x", HttpStatusCode.Forbidden),
                ]
        )
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, "/api/auth/sign-out-everywhere")
            {
                Headers = { { header, value } },
            };
            using var posted = await client.SendAsync(post, Now);
            if (status == HttpStatusCode.NoContent)
                Assert.Equal(status, posted.StatusCode);
            else
                Assert.NotEqual(HttpStatusCode.NoContent, posted.StatusCode);
        }

        // signed out everywhere: the cookie has ended
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Modules, Now)).StatusCode);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("application/x-www-form-urlencoded", "user=")]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=x", "x")]
    [InlineData("application/json", "{}")]
    [InlineData("text/plain", "user=a")]
    [InlineData("nonsense", "user=a")]
    public async Task A_form_that_is_none_signs_nobody_in(string? type, string body)
    {
        foreach (var path in (string[])["/sign-in", "/sign-out"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            if (type is not null)
            {
                request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body));
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            using var answer = await visitor.Value.SendAsync(request, Now);
            Assert.True((int)answer.StatusCode is >= 300 and < 500, $"{path} {type}: {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("GET /sign-in HTTP/1.1\r\nHost:\r\n")]
    [InlineData("GET /sign-in HTTP/1.1\r\nHost: \r\n")]
    [InlineData("GET /sign-in HTTP/1.1\r\n")]
    [InlineData("GET /sign-in HTTP/1.0\r\n")]
    [InlineData("GET /odata/ HTTP/1.1\r\nHost:\r\n")]
    [InlineData("GET /cases HTTP/1.1\r\nHost:\r\nAccept: text/html\r\n")]
    [InlineData("POST /sign-in HTTP/1.1\r\nHost:\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\n")]
    public async Task A_request_that_names_no_host_is_refused(string head)
    {
        using var client = new TcpClient();
        var server = site.Served.Client.BaseAddress!;
        await client.ConnectAsync(server.Host, server.Port, Now);
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{head}Connection: close\r\n\r\n"), Now);
        using var answer = new StreamReader(stream);
        Assert.Matches("^HTTP/1\\.[01] 400 ", await answer.ReadLineAsync(Now));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task The_form_of_another_site_signs_nobody_in(string header, string value)
    {
        var name = $"forged{value.Length}{header.Length}";
        await Change(name, await Made(name));
        foreach (var own in (bool[])[false, true])
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
            {
                Content = new FormUrlEncodedContent([new("user", name), new("password", Own)]),
            };
            if (own)
                post.Headers.Add("Sec-Fetch-Site", "same-origin");
            else
                post.Headers.Add(header, value);
            using var answer = await visitor.Value.SendAsync(post, Now);
            Assert.Equal(
                (own ? HttpStatusCode.Redirect : HttpStatusCode.Forbidden, own),
                (answer.StatusCode, answer.Headers.Contains("Set-Cookie"))
            );
        }
    }

    /// <summary>
    /// Not a figure: the slow hash is made in each case, so that no answer comes sooner than half of another.
    /// </summary>
    [Fact]
    public async Task Whoever_is_not_there_waits_as_long_as_whoever_types_a_wrong_password()
    {
        await using var shipped = new Served(site.Kind);
        await shipped.InitializeAsync();
        foreach (var name in (string[])["slow", "gone"])
            using (
                var made = await shipped.Client.PostAsJsonAsync(
                    "/api/users",
                    new { user = name, roles = new[] { new { role = "County", place = "532301" } } },
                    Now
                )
            )
                Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using (var disabled = await shipped.Client.PostAsync("/api/users/gone/disable", null, Now))
            Assert.Equal(HttpStatusCode.OK, disabled.StatusCode);
        await using (var db = shipped.Stored.Commands.Database.OpenUnfiltered())
        {
            var hashes = await db.Set<User>()
                .Where(u => u.PasswordHash != null)
                .Select(u => u.PasswordHash!)
                .ToListAsync(Now);
            Assert.Equal(2, hashes.Count);
            Assert.All(hashes, hash =>
                Assert.InRange(
                    BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5)),
                    210_000u,
                    1_000_000u
                )
            ); // how often it is hashed stands behind its kind
        }

        using var guesser = shipped.Another();
        Dictionary<string, List<TimeSpan>> took = new()
        {
            ["slow"] = [],
            ["gone"] = [],
            ["nobody"] = [],
        };
        // the shortest of each: a machine that is busy makes some longer, and none of them short
        for (var i = 0; i < 8 && !IsAlike(); i++)
        {
            foreach (var (name, times) in took)
            {
                var began = System.Diagnostics.Stopwatch.GetTimestamp();
                using var refused = await guesser.PostAsJsonAsync(
                    "/api/auth/token",
                    new { user = name, password = "wrong" },
                    Now
                );
                times.Add(System.Diagnostics.Stopwatch.GetElapsedTime(began));
                Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            }
        }

        Assert.True(IsAlike(), string.Join(' ', Shortest()));

        List<TimeSpan> Shortest() => [.. took.Values.Select(t => t.DefaultIfEmpty().Min())];

        bool IsAlike() => Shortest() is var shortest && shortest.Max() < 2 * shortest.Min();
    }

    /// <summary>Somebody administers, and has no two-factor: they may set it up, and nothing else.</summary>
    [Fact]
    public async Task Where_it_is_configured_administrators_need_two_factor()
    {
        var served = new Served(site.Kind, access: new() { AdministratorsNeedTwoFactor = true });
        await using (served)
        {
            await served.InitializeAsync();
            foreach (var path in (string[])["/api/users", Modules, "/odata/Students", "/students"])
            {
                using var refused = await served.Client.GetAsync(path, Now);
                Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
                Assert.Equal(
                    "two-factor-required",
                    (string)(await refused.Content.ReadFromJsonAsync<JsonNode>(Now))!["type"]!
                );
            }

            using var officer = served.Another(await served.SignedIn("officer", new Grant(Role.County, "532301")));
            // who administers nothing needs none
            Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(Modules, Now)).StatusCode);
            using var asked = await served.Client.PostAsync("/api/auth/two-factor", null, Now);
            using var enabled = await served.Client.PostAsJsonAsync(
                "/api/auth/two-factor/enable",
                new { value = Codes.Of((string)(await asked.Content.ReadFromJsonAsync<JsonNode>(Now))!["key"]!) },
                Now
            );
            Assert.Equal(HttpStatusCode.OK, enabled.StatusCode);
            // what was issued before has ended
            Assert.Equal(HttpStatusCode.Unauthorized, (await served.Client.GetAsync(Modules, Now)).StatusCode);
            using var again = served.Another(await served.SignedIn("tester"));
            Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/api/users", Now)).StatusCode);
        }
    }

    [Fact]
    public async Task Whoever_guesses_from_one_address_is_held_off_while_others_sign_in()
    {
        await Change("other", await Made("other"));
        using var guesser = site.Served.Another(from: IPAddress.Parse("127.0.0.2"));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 1000; i++)
        {
            using var answer = await guesser.PostAsJsonAsync(
                "/api/auth/token",
                new { user = $"nobody{i}", password = "wrong" },
                Now
            );
            statuses.Add(answer.StatusCode);
        }

        Assert.True(
            statuses.Count(s => s == HttpStatusCode.TooManyRequests) >= 900,
            $"{statuses.Count(s => s == HttpStatusCode.TooManyRequests)}"
        );
        Assert.Equal(HttpStatusCode.OK, (await Token(new { user = "other", password = Own })).Status);
    }

    [Fact]
    public async Task What_is_secret_is_stored_as_no_text()
    {
        await using var db = site.Served.Stored.Commands.Database.OpenUnfiltered();
        var keys = await db
            .Database.SqlQuery<byte[]>($"SELECT \"Xml\" AS \"Value\" FROM core_protection_key")
            .ToListAsync(Now);
        Assert.NotEmpty(keys);
        Assert.All(keys, k =>
            Assert.DoesNotContain("<key", System.Text.Encoding.Latin1.GetString(k), StringComparison.Ordinal)
        );
        Assert.All(await db.Set<ProtectionKey>().Select(k => k.Xml).ToListAsync(Now), x =>
            Assert.StartsWith("<key", x, StringComparison.Ordinal)
        );
    }

    private static AuthenticationHeaderValue Basic(string name, string secret) =>
        new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{name}:{secret}")));

    private async Task<string> Made(string name)
    {
        using var made = await site.Served.Client.PostAsJsonAsync(
            "/api/users",
            new { user = name, roles = new[] { new { role = "County", place = "532301" } } },
            Now
        );
        var body = (await made.Content.ReadFromJsonAsync<JsonNode>(Now))!;
        Assert.True(made.StatusCode == HttpStatusCode.Created, body.ToJsonString());
        return (string)body["password"]!;
    }

    private async Task Change(string name, string first, string wanted = Own)
    {
        using var answer = await visitor.Value.PostAsJsonAsync(
            "/api/auth/password",
            new
            {
                user = name,
                password = first,
                newPassword = wanted,
            },
            Now
        );
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<HttpClient> In(string name) =>
        site.Served.Another(
            new("Bearer", (string)(await Token(new { user = name, password = Own })).Body["accessToken"]!)
        );

    private async Task<(HttpStatusCode Status, string Type)> Refused(string user, string password) =>
        await Token(new { user, password }) is var (status, body) ? (status, (string)body["type"]!) : default;

    private async Task<(HttpStatusCode Status, JsonObject Body)> Token(object given)
    {
        using var answer = await visitor.Value.PostAsJsonAsync("/api/auth/token", given, Now);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(Now))!);
    }
}

public sealed class SignInTestsOnSqlite(SignInTests.OnSqlite site)
    : SignInTests(site),
        IClassFixture<SignInTests.OnSqlite>;

[Requires(ExternalProgram.PostgreSql)]
public sealed class SignInTestsOnPostgreSql(SignInTests.OnPostgreSql site)
    : SignInTests(site),
        IClassFixture<SignInTests.OnPostgreSql>;
