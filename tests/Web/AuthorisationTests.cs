using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using EduAssist.Data;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Demo;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Xunit.Sdk;
using Xunit.v3;

namespace EduAssist.Web;

/// <summary>
/// Authorisation.csv: every route × every role of the demo, in the body that the case concerns, and whoever is
/// everything in another prefecture. <c>yes</c>: the role may (whatever the answer then says of the input); <c>no</c>:
/// it may not; <c>-</c>: what it asks for is not there for it.
/// </summary>
public abstract class AuthorisationTests(AuthorisationTests.Site site)
{
    private const string Anonymous = "anonymous",
        Outside = "outside",
        Target = "target";

    private static readonly IReadOnlyList<SpreadsheetRow> Table = Read();

    private static readonly IReadOnlyList<string> Callers =
    [
        Anonymous,
        "admin",
        "province",
        "prefecture",
        "county",
        "township",
        "school",
        "vocational",
        "teacher",
        "auditor",
        Outside,
    ];

    public static TheoryData<string> Routes => [.. Table.Select(r => r["route"]!)];

    /// <summary>
    /// One after the other as the table says: a step that one may take leads to what the next finds. Without it the
    /// order depends on where the tree lies.
    /// </summary>
    public sealed class ByName : ITestCaseOrderer
    {
        public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
            where TTestCase : notnull, ITestCase =>
            [.. testCases.OrderBy(c => c.TestCaseDisplayName, StringComparer.Ordinal)];
    }

    /// <summary>The demo of 6 May 2021, with its users and somebody elsewhere.</summary>
    public abstract class Site(DatabaseKind kind) : IAsyncLifetime
    {
        internal Served Served { get; private set; } = null!;

        internal IReadOnlyList<Grant> Places { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            if (!kind.IsAvailable())
                return;
            Served = new(kind, new(2021, 5, 6));
            await Served.InitializeAsync();
            await Served.Stored.Commands.PrepareDatabaseAsync(demo: true);
            await using var db = Served.Stored.Read();
            var users = await DemoUsers.ListAsync(db, Served.Stored.Instance.Divisions, []);
            Places = [.. users.Select(u => u.Grant)];
            foreach (var user in users)
                await Served.SignedIn(user.Name, user.Grant);
            await Served.SignedIn(
                Outside,
                [
                    .. Served
                        .Stored.Instance.Roles.All.Where(r => r != Role.Administrator)
                        .Select(r => new Grant(r, Elsewhere(r))),
                ]
            );
            await Served.SignedIn(Target, new Grant(Role.County, "532301"));
        }

        public ValueTask DisposeAsync() => Served is null ? default : Served.DisposeAsync();

        /// <summary>A place of its level in another province.</summary>
        private static string Elsewhere(Role role) =>
            role.Levels[0] switch
            {
                ScopeLevel.Province => "52",
                ScopeLevel.County => "520103",
                ScopeLevel.Township => "520103001",
                ScopeLevel.School => "520103/0197c1a0c0de7abc8def0123456789ab",
                ScopeLevel.Class => "520103/0197c1a0c0de7abc8def0123456789ab/0197c1a0c0de7abc8def0123456789ac",
                _ => "5201",
            };

        internal string ScopeOf(Role role) => Places.Single(g => g.Role == role).Scope;
    }

    public sealed class SqliteSite() : Site(DatabaseKind.Sqlite);

    public sealed class PostgreSqlSite() : Site(DatabaseKind.PostgreSql);

    [Fact]
    public void Every_route_has_a_row_and_every_row_a_route() =>
        Assert.Equal(
            site.Served.Endpoints.SelectMany(RoutesOf).Order(StringComparer.Ordinal),
            Table.Select(r => r["route"]!).Order(StringComparer.Ordinal)
        );

    [Theory, MemberData(nameof(Routes))]
    public async Task A_route_lets_in_whom_the_table_says(string route)
    {
        var row = Table.Single(r => r["route"] == route);
        List<string> seen = [];
        foreach (var caller in Callers)
            seen.Add($"{caller}: {await Ask(route, caller)}");
        if (Environment.GetEnvironmentVariable("EDUASSIST_APPROVE") is { Length: > 1 } file)
            await File.AppendAllTextAsync(file, $"{route},{string.Join(',', seen.Select(s => s.Split(": ")[1]))}\n");
        Assert.Equal(Callers.Select(c => $"{c}: {row[c]}"), seen);
    }

    /// <summary>An auditor who is given a bureau's role is no longer the auditor of the table.</summary>
    [Fact]
    public async Task A_planted_hole_is_caught()
    {
        const string Route = "POST /api/chuxiong/applications/{id:guid}/send";
        Assert.Equal(Table.Single(r => r["route"] == Route)["auditor"], await Ask(Route, "auditor"));
        await Grant(there: true);
        Assert.NotEqual(Table.Single(r => r["route"] == Route)["auditor"], await Ask(Route, "auditor"));
        await Grant(there: false);

        Task Grant(bool there) =>
            site.Served.Stored.Do(async work =>
            {
                var hole = new StoredGrant
                {
                    UserId = (await work.Db.Set<User>().SingleAsync(u => u.Name == "auditor")).Id,
                    Role = Role.School.Name,
                    Scope = site.ScopeOf(Role.School),
                };
                if (there)
                    work.Db.Add(hole);
                else
                    work.Db.Remove(hole);
                work.Audit("user/grant", hole.UserId, "");
                return CommandResult.Done();
            });
    }

    /// <summary>
    /// Whoever is a school in one place and an auditor over all looks everywhere, and acts only there.
    /// </summary>
    [Fact]
    public async Task A_role_holds_in_its_place_alone()
    {
        await site.Served.SignedIn(
            "both",
            new(Role.School, "530102/0197c1a0c0de7abc8def0123456789ab"),
            new(Role.Auditor, "")
        );
        Assert.Equal(
            ("yes", "no"),
            (
                await Ask("GET /api/chuxiong/applications/{id:guid}", "both"),
                await Ask("POST /api/chuxiong/applications/{id:guid}/submit", "both")
            )
        );
    }

    /// <summary>
    /// Whatever the table lets the teacher do with the case and the pupil of the class is not there for the teacher of
    /// another class of the school.
    /// </summary>
    [Fact]
    public async Task The_teacher_of_another_class_finds_none_of_it()
    {
        await using (var db = site.Served.Stored.Read())
        {
            var other = await db.Set<SchoolClass>()
                .Where(g => g.Scope.StartsWith(site.ScopeOf(Role.School)) && g.Scope != site.ScopeOf(Role.Teacher))
                .Select(g => g.Scope)
                .FirstAsync(TestContext.Current.CancellationToken);
            await site.Served.SignedIn("another", new Grant(Role.Teacher, other));
        }

        string[] about =
        [
            "/api/chuxiong/applications/{id:guid}",
            "/cases/{module}/{collection}/{id:guid}",
            "/students/{id:guid}",
            "/api/registry/students/{id:guid}",
            "/api/assessments/{id:guid}",
        ];
        var routes = Table
            .Where(r => r["teacher"] == "yes")
            .Select(r => r["route"]!)
            .Where(r => about.Any(a => r.Split(' ')[1].StartsWith(a, StringComparison.Ordinal)))
            .ToList();
        Assert.InRange(routes.Count, 15, 30);
        foreach (var route in routes)
            Assert.Equal((route, "-"), (route, await Ask(route, "another")));
    }

    /// <summary>The table asks with nothing entered; here everything is right but the place.</summary>
    [Theory]
    [InlineData("vocational", HttpStatusCode.Created)]
    [InlineData(Outside, HttpStatusCode.Forbidden)]
    public async Task Nobody_opens_a_case_in_another_s_place(string caller, HttpStatusCode status)
    {
        await using var db = site.Served.Stored.Read();
        var school = await db.Set<School>()
            .SingleAsync(s => s.Scope == site.ScopeOf(Role.Vocational), TestContext.Current.CancellationToken);
        using var client = site.Served.Another(await site.Served.SignedIn(caller));
        using var answer = await client.PostAsJsonAsync(
            "/api/chuxiong/teaching-plans",
            new { school = school.Name },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(status, answer.StatusCode);
    }

    private static IEnumerable<string> RoutesOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods.Count: > 0 } methods
            ? methods.HttpMethods.Select(m => $"{m} /{endpoint.RoutePattern.RawText!.TrimStart('/')}")
            : [$"* /{endpoint.RoutePattern.RawText!.TrimStart('/')}"];

    private async Task<string> Ask(string route, string caller)
    {
        AuthenticationHeaderValue? signedIn = null;
        await using var db = site.Served.Stored.Read();
        if (caller != Anonymous)
            signedIn = await site.Served.SignedIn(caller);
        using var client = site.Served.Another(signedIn);
        using var request = await Request(db, route.Split(' ')[0], route.Split(' ')[1]);
        if (IsPosted(route) && caller != Anonymous)
            await Fill(client, request);
        if (request.Method == HttpMethod.Delete && route.Contains("/mappings/", StringComparison.Ordinal))
            await client.PutAsync(
                request.RequestUri,
                new StringContent(Entered("/{name}"), Encoding.UTF8, "application/json"),
                TestContext.Current.CancellationToken
            );
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(
            (int)answer.StatusCode < 500,
            $"{request.Method} {request.RequestUri} {caller}: {(int)answer.StatusCode}"
        );
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "no",
            HttpStatusCode.NotFound => "-",
            _ => "yes",
        };
    }

    /// <summary>A page's form: it carries what the page gave with it.</summary>
    private static bool IsPosted(string route) =>
        route.StartsWith("POST /", StringComparison.Ordinal)
        && !route.StartsWith("POST /api/", StringComparison.Ordinal)
        && route is not ("POST /sign-in" or "POST /sign-out");

    private static async Task Fill(HttpClient client, HttpRequestMessage request)
    {
        using var page = await client.GetAsync("/students", TestContext.Current.CancellationToken);
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        const string Begin = "name=\"_form\" value=\"";
        var at = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        (string Name, string Value)[] fields =
        [
            ("_form", text[at..text.IndexOf('"', at)]),
            ("_version", request.Headers.TryGetValues("If-Match", out var seen) ? seen.Single().Trim('"') : ""),
            ("_file", Convert.ToBase64String("姓名\n李四\n"u8)),
            ("_mode", "Whole"),
            ("reason", "x"),
            ("kind", "nothing"),
            ("issuer", "x"),
            ("date", "2021-05-06"),
        ];
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            content.Add(new StringContent(value), name);
        if (request.RequestUri!.OriginalString.EndsWith("/evidence", StringComparison.Ordinal))
            content.Add(
                new ByteArrayContent("%PDF-"u8.ToArray()) { Headers = { ContentType = new("application/pdf") } },
                "file",
                "x.pdf"
            );
        request.Content = content;
    }

    private async Task<HttpRequestMessage> Request(ScopedReadDbContext db, string method, string path)
    {
        long? version = null;
        var address = path.Replace("{module}", "chuxiong", StringComparison.Ordinal)
            .Replace("{year}", "2020", StringComparison.Ordinal)
            .Replace("{document}/{article}", "cx2020/3", StringComparison.Ordinal)
            .Replace("{user}", Target, StringComparison.Ordinal)
            .Replace("{documentName}", "v1", StringComparison.Ordinal)
            .Replace("{attribute}", "toyregion.school-bus", StringComparison.Ordinal)
            .Replace("{secret}", "nothing", StringComparison.Ordinal);
        if (path.Contains("/calendar/notices/", StringComparison.Ordinal))
            address = address.Replace("{id:guid}", $"{Guid.NewGuid()}", StringComparison.Ordinal);
        if (path.StartsWith("/api/programmes", StringComparison.Ordinal))
            address = address.Replace("{id}", "chuxiong.vocational-class", StringComparison.Ordinal);
        if (path.StartsWith("/api/forms", StringComparison.Ordinal))
            address = address
                .Replace("{id}", "registry.students", StringComparison.Ordinal)
                .Replace("{name}", $"{Guid.NewGuid()}", StringComparison.Ordinal);
        if (await LeftBehind(db, path) is { } left)
            address = path.Replace("{id:guid}", $"{left}", StringComparison.Ordinal);
        if (path.StartsWith("/api/registry", StringComparison.Ordinal))
            (address, version) = await Registry(db, address);
        if (path.StartsWith("/cases/", StringComparison.Ordinal))
            (address, version) = (
                address
                    .Replace("{collection}", "applications", StringComparison.Ordinal)
                    .Replace("{id:guid}", $"{(await Application(db)).CaseId}", StringComparison.Ordinal)
                    .Replace("{action}", "submit", StringComparison.Ordinal),
                (await Application(db)).Case!.Version
            );
        if (
            path.StartsWith("/students/", StringComparison.Ordinal)
            || path.StartsWith("/schools/", StringComparison.Ordinal)
        )
            address = (await Registry(db, address)).Address;
        if (
            path.Contains("/merges/{id", StringComparison.Ordinal)
            && !path.StartsWith("/classes", StringComparison.Ordinal)
        )
            address = path.Replace("{id:guid}", $"{await Set(ChangeSetKind.Merge)}", StringComparison.Ordinal);
        if (
            path.Contains("/imports/{id", StringComparison.Ordinal)
            || path.Contains("/history/{id", StringComparison.Ordinal)
        )
            address = address.Replace("{id:guid}", $"{await Set(ChangeSetKind.Import)}", StringComparison.Ordinal);
        if (path.StartsWith("/doubles/{id", StringComparison.Ordinal))
        {
            var two = await db.Set<Student>()
                .Where(s => s.Scope == site.ScopeOf(Role.Teacher))
                .OrderBy(s => s.Id)
                .Select(s => s.Id)
                .Take(2)
                .ToListAsync();
            address = address
                .Replace("{id:guid}", $"{two[0]}", StringComparison.Ordinal)
                .Replace("{other:guid}", $"{two[1]}", StringComparison.Ordinal);
        }

        if (path.StartsWith("/works/", StringComparison.Ordinal))
            address = address.Replace("{id:guid}", $"{Guid.Empty}", StringComparison.Ordinal);
        address = address
            .Replace("{form}", "registry.students", StringComparison.Ordinal)
            .Replace("{set}", "Students", StringComparison.Ordinal);
        if (path.StartsWith("/programmes/", StringComparison.Ordinal))
            address = address.Replace("{id}", "chuxiong.vocational-class", StringComparison.Ordinal);
        if (path.StartsWith("/api/assessments", StringComparison.Ordinal))
            address = address.Replace("{id:guid}", $"{(await Application(db)).Id}", StringComparison.Ordinal);
        if (
            path.StartsWith("/api/auth/keys/", StringComparison.Ordinal)
            || path.StartsWith("/account/keys/", StringComparison.Ordinal)
        )
        {
            await using var users = site.Served.Stored.Commands.Database.OpenUnfiltered();
            var admin = await users.Set<User>().SingleAsync(u => u.Name == "admin");
            var made = await Accounts.MakeKeyAsync(
                site.Served.Stored.Commands,
                admin.Id,
                new("admin"),
                "key",
                onlyReads: true,
                days: 1
            );
            address = address.Replace("{id:guid}", $"{made.Key.Id}", StringComparison.Ordinal);
        }

        if (
            site
                .Served.Stored.Instance.Catalogue.Modules.SelectMany(m => m.Workflows)
                .FirstOrDefault(w => path.StartsWith($"/api/chuxiong/{w.Collection}/", StringComparison.Ordinal)) is
            { } workflow
        )
        {
            var one = await Case(db, workflow.Id);
            (address, version) = (
                address
                    .Replace("{id:guid}", $"{one.Id}", StringComparison.Ordinal)
                    .Replace("{formId}", workflow.Form.Id, StringComparison.Ordinal),
                one.Version
            );
        }

        var isApplication = address.Contains("/applications/", StringComparison.Ordinal);
        if (address.Contains("{evidence:guid}", StringComparison.Ordinal))
            address = address.Replace(
                "{evidence:guid}",
                $"{await Paper(Guid.Parse(address.Split('/')[4]), isApplication)}",
                StringComparison.Ordinal
            );
        Assert.DoesNotContain('{', address);
        var isEvidence =
            path.StartsWith("/api/", StringComparison.Ordinal) && path.EndsWith("/evidence", StringComparison.Ordinal);
        var request = new HttpRequestMessage(
            method == "*" ? HttpMethod.Get : new(method),
            isEvidence ? $"{address}?kind=nothing&issuer=x&date=2021-05-06&name=x.pdf" : address
        );
        if (version is { } seen)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{seen}\"");
        if (method is not ("GET" or "*"))
            request.Content = new StringContent(
                Entered(path),
                Encoding.UTF8,
                new MediaTypeHeaderValue(
                    isEvidence ? "application/pdf"
                    : Entered(path).StartsWith("姓名", StringComparison.Ordinal) ? "text/csv"
                    : "application/json"
                )
            );
        return request;
    }

    private static string Entered(string path) =>
        path[path.LastIndexOf('/')..] switch
        {
            "/evidence" => "%PDF-",
            "/correct" => """{"reason":"x"}""",
            "/import" or "/marked" => "姓名\n李四\n",
            "/promotion" => """{"schoolYear":2020,"preview":true}""",
            "/schools" or "/{id:guid}" when path.StartsWith("/api/registry", StringComparison.Ordinal) =>
                """{"name":"楚雄市新学校","kind":"初级中学","division":"532301"}""",
            "/{name}" => """{"headings":{"姓名":"name"},"ignoresOthers":true}""",
            _ => "{}",
        };

    /// <summary>
    /// The school of the demo's school user, a pupil of the class of the demo's teacher, and the roll.
    /// </summary>
    private async Task<(string Address, long? Version)> Registry(ScopedReadDbContext db, string address)
    {
        var school = await db.Set<School>().SingleAsync(s => s.Scope == site.ScopeOf(Role.School));
        var roll = await db.Set<Roll>()
            .Where(r => r.Scope == site.ScopeOf(Role.Teacher))
            .OrderBy(r => r.Id)
            .FirstAsync();
        var (id, version) =
            address.Contains("/schools/", StringComparison.Ordinal) ? (school.Id, school.Version)
            : address.Contains("/rolls/", StringComparison.Ordinal) ? (roll.Id, roll.Version)
            : (roll.StudentId, 0);
        if (address.Contains("{entry:guid}", StringComparison.Ordinal))
            address = address.Replace(
                "{entry:guid}",
                $"{await Entry(id, isOfSchool: address.Contains("/schools/", StringComparison.Ordinal))}",
                StringComparison.Ordinal
            );
        return (address.Replace("{id:guid}", $"{id}", StringComparison.Ordinal), version);
    }

    /// <summary>What a list has left behind in the school; null: the route asks for nothing of it.</summary>
    private async Task<Guid?> LeftBehind(ScopedReadDbContext db, string path)
    {
        if (
            path.Contains("/classes/merges/{id", StringComparison.Ordinal)
            || path.Contains("/class-merges/{id", StringComparison.Ordinal)
        )
            return await Set(ChangeSetKind.Classes);
        var id = Guid.NewGuid();
        var roll = await db.Set<Roll>()
            .Include(r => r.School)
            .Where(r => r.Scope == site.ScopeOf(Role.Teacher))
            .OrderBy(r => r.Id)
            .FirstAsync();
        if (path.Contains("/classes/{id", StringComparison.Ordinal))
        {
            await Keep(async work =>
            {
                var own = await work.Db.Set<SchoolClass>().SingleAsync(g => g.Scope == roll.Scope);
                (id, own.Origin, own.MadeAt, own.MadeBy) = (own.Id, ClassOrigin.List, work.Now, "nobody");
            });
            return id;
        }

        if (path.Contains("/takeovers/{id", StringComparison.Ordinal))
            await Keep(work =>
            {
                work.Db.Add(
                    new Takeover
                    {
                        Id = id,
                        StudentId = roll.StudentId,
                        RollId = roll.Id,
                        Name = "某某",
                        Grade = 9,
                        FromSchool = roll.School.Name,
                        ToSchool = "另一所",
                        Actor = "nobody",
                        At = work.Now,
                        Scope = site.ScopeOf(Role.School),
                    }
                );
                return Task.CompletedTask;
            });
        else if (path.Contains("/unlisted/{id", StringComparison.Ordinal))
            await Keep(work =>
            {
                work.Db.Add(
                    new UnlistedPupil
                    {
                        Id = id,
                        StudentId = roll.StudentId,
                        RollId = roll.Id,
                        SchoolId = roll.SchoolId,
                        SchoolYear = 2020,
                        Actor = "nobody",
                        Scope = site.ScopeOf(Role.School),
                    }
                );
                return Task.CompletedTask;
            });
        else
            return null;
        return id;

        Task Keep(Func<UnitOfWork, Task> how) =>
            site.Served.Stored.Do(async work =>
            {
                await how(work);
                work.Audit("test", id, "");
                return CommandResult.Done();
            });
    }

    /// <summary>An import, or a merge, of the school.</summary>
    private async Task<Guid> Set(ChangeSetKind kind)
    {
        var set = Guid.NewGuid();
        await site.Served.Stored.Do(work =>
        {
            work.Db.Add(
                new ChangeSet
                {
                    Id = set,
                    Kind = kind,
                    Form = kind == ChangeSetKind.Import ? "registry.students" : null,
                    At = work.Now,
                    Actor = "nobody",
                    Place = site.ScopeOf(Role.School),
                    Scope = site.ScopeOf(Role.School),
                    Columns = "{}",
                }
            );
            work.Audit("registry.students/import", set, "");
            return Task.FromResult(CommandResult.Done());
        });
        return set;
    }

    /// <summary>A student's entry in a group, or what a school was of an attribute.</summary>
    private async Task<Guid> Entry(Guid id, bool isOfSchool)
    {
        var entry = Guid.NewGuid();
        await site.Served.Stored.Do(work =>
        {
            work.Db.Add(
                isOfSchool
                    ? (object)
                        new SchoolAttributeEntry
                        {
                            Id = entry,
                            SchoolId = id,
                            Attribute = "toyregion.school-bus",
                            Value = "Licensed",
                            From = new(2021, 1, 1),
                            Source = "示例县交通运输局",
                            Paper = "示例字1号",
                            PaperDate = new(2021, 1, 1),
                            Actor = "test",
                            At = work.Now,
                        }
                    : new PersonGroup
                    {
                        Id = entry,
                        StudentId = id,
                        Kind = PersonGroupKind.Orphan,
                        From = new(2021, 1, 1),
                        Source = "示例县民政局",
                        Paper = "示例字1号",
                        PaperDate = new(2021, 1, 1),
                        Actor = "test",
                        At = work.Now,
                    }
            );
            work.Audit("test/entry", id, "");
            return Task.FromResult(CommandResult.Done());
        });
        return entry;
    }

    /// <summary>A paper on file with a case, of which the county may be asked.</summary>
    private async Task<Guid> Paper(Guid one, bool asked)
    {
        var paper = new Evidence
        {
            Id = Guid.NewGuid(),
            CaseId = one,
            Kind = "help-record",
            Issuer = "楚雄市甲中学",
            Date = new(2021, 5, 6),
            FileName = "证明.pdf",
            ContentType = "application/pdf",
            Size = 5,
            Digest = [],
            Content = [.. "%PDF-"u8],
            At = site.Served.Stored.Instance.Today.Now,
            Actor = "test",
        };
        await site.Served.Stored.Do(work =>
        {
            work.Db.Add(paper);
            if (asked)
                work.Db.Add(
                    new Confirmation
                    {
                        Id = Guid.NewGuid(),
                        EvidenceId = paper.Id,
                        Round = 1,
                        CaseId = one,
                        Workflow = "chuxiong.application",
                        Kind = paper.Kind,
                        Issuer = paper.Issuer,
                        Date = paper.Date,
                        Scope = ScopePath.CountyOf(site.ScopeOf(Role.School)),
                        AskedAt = paper.At,
                    }
                );
            work.Audit("test/paper", one, "");
            return Task.FromResult(CommandResult.Done());
        });
        return paper.Id;
    }

    /// <summary>A case that concerns the bodies of as many of the demo's users as may be.</summary>
    private async Task<Case> Case(ScopedReadDbContext db, string workflow)
    {
        if (workflow == "chuxiong.application")
            return (await Application(db)).Case!;
        var (own, vocational) = (site.ScopeOf(Role.School), site.ScopeOf(Role.Vocational));
        var cases = await db.Set<Case>().Where(c => c.Workflow == workflow).OrderBy(c => c.Id).ToListAsync();
        return cases.Find(c => c.Scope == vocational)
            ?? cases.Find(c => own.StartsWith(c.Scope, StringComparison.Ordinal))
            ?? cases[0];
    }

    private Task<StoredAssessment> Application(ScopedReadDbContext db)
    {
        var (own, vocational) = (site.ScopeOf(Role.Teacher), site.ScopeOf(Role.Vocational));
        return db.Set<StoredAssessment>()
            .Include(a => a.Case)
            .Where(a =>
                a.Case!.Workflow == "chuxiong.application" && a.Case.Scope == own && a.Case.Counterpart == vocational
            )
            .OrderBy(a => a.Id)
            .FirstAsync();
    }

    private static IReadOnlyList<SpreadsheetRow> Read()
    {
        using var roster = SpreadsheetReader.Open(Path.Combine(AppContext.BaseDirectory, "Authorisation.csv"));
        return [.. roster.Rows];
    }
}

[TestCaseOrderer(typeof(AuthorisationTests.ByName))]
public sealed class AuthorisationTestsOnSqlite(AuthorisationTests.SqliteSite site)
    : AuthorisationTests(site),
        IClassFixture<AuthorisationTests.SqliteSite>;

[TestCaseOrderer(typeof(AuthorisationTests.ByName))]
[Requires(ExternalProgram.PostgreSql)]
public sealed class AuthorisationTestsOnPostgreSql(AuthorisationTests.PostgreSqlSite site)
    : AuthorisationTests(site),
        IClassFixture<AuthorisationTests.PostgreSqlSite>;
