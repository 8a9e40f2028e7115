using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Demo;
using EduAssist.Office.Enrolment;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, JsonNode? Body, string? Tag)
{
    /// <summary>The rules of the findings, in their order.</summary>
    internal IReadOnlyList<string> Rules => [.. Findings.Select(f => (string)f["rule"]!)];

    internal IReadOnlyList<JsonNode> Findings => [.. Body?["findings"]?.AsArray().Select(f => f!) ?? []];

    internal string State => (string)Body!["state"]!;

    internal Guid Id => Guid.Parse((string)Body!["id"]!);
}

/// <summary>
/// The real server over a database of its own, with a clock that the story turns. Every county has two junior highs,
/// the prefecture one; what is filed in March is filed and approved, unless the test says otherwise.
/// </summary>
internal sealed class Office(Served server, bool filed) : IAsyncDisposable
{
    internal const string Api = "/api/chuxiong/applications";

    /// <summary>The facts of 三（一） and of 三（二）.</summary>
    internal const string HelpedInVain = """{"facts":{"strugglesDespiteHelp":true,"repeatedDropout":true}}""",
        PersuadedBack = """{"facts":{"persuadedBack":true,"willingToLearnSkills":true}}""";

    /// <summary>The day of each step in the story of 2020; what is asked for with it, where something is.</summary>
    internal static readonly IReadOnlyDictionary<string, (DateOnly Day, string Body)> Steps =
        new Dictionary<string, (DateOnly, string)>
        {
            ["submit"] = (new(2020, 4, 24), "{}"),
            ["approve"] = (new(2020, 4, 25), """{"seal":true,"date":"2020-04-25"}"""),
            ["reject"] = (new(2020, 4, 25), """{"seal":true,"date":"2020-04-25"}"""),
            ["withdraw"] = (new(2020, 4, 27), "{}"),
            ["send"] = (new(2020, 5, 6), """{"photocopy":true}"""),
            ["enrol"] = (new(2020, 5, 7),
            """{"className":"职教1班","studentNumber":"2020001","headTeacher":"罗示例","teachingFrom":"2020-05-18"}"""),
            ["list"] = (new(2020, 6, 5), "{}"),
            ["confirm"] = (new(2020, 6, 8), "{}"),
            ["graduate"] = (new(2020, 7, 10),
            """{"certificate":"YJ1","date":"2020-07-08","skillCertificate":"JN1"}"""),
            ["register"] = (new(2020, 9, 5), """{"date":"2020-09-05"}"""),
            ["return"] = (new(2020, 9, 6), """{"date":"2020-09-06","reason":"想参加中考"}"""),
            ["other-school"] = (new(2020, 9, 6),
                """{"date":"2020-09-06","reason":"考入普通高中","elsewhere":"楚雄州示例高级中学"}"""),
            ["lose"] = (new(2020, 9, 6), """{"date":"2020-09-06","reason":"外出务工"}"""),
        };

    /// <summary>From a draft to each state.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Ways = new Dictionary<string, string>
    {
        ["Draft"] = "",
        ["Submitted"] = "submit",
        ["SchoolApproved"] = "submit approve",
        ["SchoolRejected"] = "submit reject",
        ["Withdrawn"] = "withdraw",
        ["Sent"] = "submit approve send",
        ["Enrolled"] = "submit approve send enrol",
        ["Listed"] = "submit approve send enrol list",
        ["Confirmed"] = "submit approve send enrol list confirm",
        ["Graduated"] = "submit approve send enrol list confirm graduate",
        ["Registered"] = "submit approve send enrol list confirm graduate register",
        ["LeavingClaimed"] = "submit approve send enrol return",
        ["ReturnedToOriginalSchool"] = "submit approve send enrol return proof",
        ["InOtherSeniorSecondary"] = "submit approve send enrol other-school proof",
        ["Lost"] = "submit approve send enrol lose",
    };

    private Served Served => server;

    private readonly InventedPeople people = new(7, Loaded.Instance.Divisions);

    internal Stored Stored => Served.Stored;

    internal HttpClient Client => Served.Client;

    internal static async Task<Office> Open(
        DatabaseKind kind, DateOnly today, Func<string, string?>? setting = null, bool filed = true)
    {
        var office = new Office(
            new(stored: await Stored.Like(kind, today, filed ? Filed : Unfiled, setting, new ChuxiongModule())), filed);
        await office.Served.InitializeAsync();
        if (filed) office.On(new(2020, 4, 10));   // the day on which the last plan is filed
        return office;
    }

    private static Task Filed(Stored stored) => First(stored, filed: true);

    private static Task Unfiled(Stored stored) => First(stored, filed: false);

    private static async Task First(Stored stored, bool filed)
    {
        var office = new Office(new(stored: stored), filed);
        await office.Served.InitializeAsync();
        await office.Furnish();
        await office.Served.Stop();
    }

    public ValueTask DisposeAsync() => Served.DisposeAsync();

    internal void On(DateOnly day) => Stored.Turn(day);

    /// <summary>A client of a new user who is one thing in one place.</summary>
    internal async Task<HttpClient> As(Role role, string place) =>
        Served.Another(await Served.SignedIn($"{role} {place}", (await Of(role, place)).Grants));

    /// <summary>
    /// Who is one thing in one place: of a role of schools or of classes, in each of these in a division.
    /// </summary>
    internal async Task<Actor> Of(Role role, string place)
    {
        await using var db = Stored.Read();
        IReadOnlyList<string> places = role == Role.Teacher && !place.Contains('/')
            ? await db.Set<SchoolClass>().Where(g => g.Scope.StartsWith(place)).Select(g => g.Scope).ToListAsync()
            : role.OfVocationalSchools is { } vocational && !place.Contains('/')
                ? await db.Set<School>()
                    .Where(s => s.Scope.StartsWith(place) && vocational == (s.Kind == SchoolKind.Vocational))
                    .Select(s => s.Scope).ToListAsync()
                : [place];
        return new($"{role}", [.. places.Select(p => new Grant(role, p))]);
    }

    /// <inheritdoc cref="Of(Role, string)"/>
    internal Task<Actor> Of(string role, string place) => Of(Stored.Instance.Roles.Find(role)!, place);

    /// <summary>A pupil of grade 9 at a school.</summary>
    internal async Task<InventedPerson> Pupil(string school = "楚雄市甲中学", string className = "九（1）班")
    {
        InventedPerson? person = null;
        await Stored.Do(async work =>
        {
            var there = await work.Db.Set<School>().SingleAsync(s => s.Name == school);
            person = people.Next(Quotas.CountyOf(there), new(2004, 9, 1), new(2005, 8, 31));
            var schoolClass = await work.Db.Set<SchoolClass>()
                .SingleOrDefaultAsync(g => g.SchoolId == there.Id && g.Name == className)
                ?? DemoRegistry.Group(work, there, 9, 2019, className);
            DemoRegistry.Pupil(work, there, schoolClass, person, new(2019, 9, 1));
            work.Audit("test/pupil", null, "");
            return CommandResult.Done();
        });
        return person!;
    }

    /// <summary>An application as the applicant has filled it.</summary>
    internal static JsonObject Paper(InventedPerson person, string school = "楚雄市甲中学", string? chosen = "楚雄技师学院") =>
        new()
        {
            ["schoolName"] = school,
            ["className"] = "九（1）班",
            ["headTeacher"] = "李示例",
            ["headTeacherPhone"] = "15400000002",
            ["studentName"] = person.Name,
            ["sex"] = person.Sex == Sex.Male ? "男" : "女",
            ["studentPhone"] = "无，没有手机",
            ["homeCounty"] = "楚雄",
            ["homeTownship"] = person.Township,
            ["homeVillage"] = person.Village,
            ["homeHamlet"] = "一组",
            ["rollNumber"] = person.RollNumber.Value,
            ["residentId"] = person.ResidentId.Value,
            ["guardianName"] = person.Guardian.Name,
            ["relation"] = "其他",
            ["guardianPhone"] = "无，常年在外",
            ["studentSigned"] = true,
            ["studentFingerprint"] = true,
            ["guardianSigned"] = true,
            ["guardianFingerprint"] = true,
            ["school"] = chosen,
            ["major"] = "汽车运用与维修",
        };

    /// <summary>A new application on 22 April, assessed as eligible.</summary>
    internal async Task<Guid> Draft(
        InventedPerson? person = null, string school = "楚雄市甲中学", string? chosen = "楚雄技师学院", int year = 2020,
        string facts = HelpedInVain)
    {
        person ??= await Pupil(school);
        On(new(year, 4, 22));
        var made = await Post(Api, Paper(person, school, chosen).ToJsonString());
        Assert.True(made.Status == 201, made.Body?.ToJsonString());
        var assessed = await Post($"{Api}/{made.Id}/assessments", facts);
        Assert.Equal("Eligible", (string?)assessed.Body!["result"]!["verdict"]);
        return made.Id;
    }

    /// <summary>An application that has come to a state by its way through the diagram.</summary>
    internal async Task<Guid> In(
        string state, string school = "楚雄市甲中学", string? chosen = "楚雄技师学院", InventedPerson? person = null,
        string facts = HelpedInVain)
    {
        var id = await Draft(person, school, chosen, facts: facts);
        foreach (var action in Ways[state].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (action == "proof") await Proof(id);
            else await Walk(id, action);
        }

        return id;
    }

    /// <summary>The paper that a step needs on file, confirmed by who was asked.</summary>
    private static readonly IReadOnlyDictionary<string, string> Papers = new Dictionary<string, string>
    {
        ["send"] = "help-record",
        ["graduate"] = "results",
        ["lose"] = "loss-visit",
    };

    /// <summary>Files the paper that a step needs, on its day, and has it confirmed; it may be there.</summary>
    internal async Task Prove(Guid id, string action, DateOnly? day = null)
    {
        if (!Papers.TryGetValue(action, out var kind)) return;
        On(day ?? Steps[action].Day);
        var step = (await Get($"{Api}/{id}")).Body!["actions"]!.AsArray()
            .SingleOrDefault(a => (string?)a!["action"] == action);
        if (step is null || step["needs"]!.AsArray().Any(n => (string?)n!["state"] == "Satisfied")) return;
        var paper = await File(id, kind);
        // whoever issues a paper, and files it, has said so
        if ((string?)(await PaperOf(id, paper))["state"] == "Asked")
            Assert.True((await Confirm(id, paper)).IsDone, kind);
    }

    /// <summary>Files a paper of today.</summary>
    internal async Task<Guid> File(Guid id, string kind, HttpClient? by = null, DateOnly? date = null)
    {
        var answer = await Upload($"{Api}/{id}/evidence?kind={kind}&issuer={Uri.EscapeDataString("示例单位")}"
            + $"&date={date ?? Stored.Instance.Today.Date:yyyy-MM-dd}&name=a.pdf",
            "%PDF-1.4"u8.ToArray(), "application/pdf", await TagOf(id), by);
        Assert.True(answer.Status == 201, answer.Body?.ToJsonString());
        return answer.Id;
    }

    /// <summary>A paper as the case shows it.</summary>
    internal async Task<JsonNode> PaperOf(Guid id, Guid paper) =>
        (await Get($"{Api}/{id}")).Body!["evidence"]!.AsArray().Single(e => (string?)e!["id"] == $"{paper}")!;

    /// <summary>Who left, and where to is proved.</summary>
    internal async Task WalkProved(Guid id, string action, string? body = null, DateOnly? day = null)
    {
        await Walk(id, action, body, day);
        await Proof(id);
    }

    /// <summary>The written proof of who left, confirmed.</summary>
    internal async Task Proof(Guid id)
    {
        var paper = await File(id, "written-proof");
        Assert.True((await Confirm(id, paper)).IsDone);
    }

    /// <summary>The prefecture's list of Shanghai's schools; the student is of a registered poor household.</summary>
    internal async Task ToShanghai(Guid id, int year = 2020)
    {
        const string Lists = "/api/chuxiong/shanghai-school-lists";
        var list = await Post(Lists,
            $$"""{"year":{{year}},"schools":[{"name":"上海市示例职校"},{"name":"上海市另一职校"}]}""");
        Assert.Equal(200, (await Post($"{Lists}/{list.Id}/publish", "{}", list.Tag)).Status);
        await Stored.Do(async work => await PersonGroups.AddAsync(
            work, (await work.Db.Set<Case>().FindAsync(id))!.StudentId!.Value, new()
            {
                ["kind"] = "建档立卡（脱贫）户",
                ["from"] = $"{year}-01-01",
                ["source"] = "示例县乡村振兴局",
                ["paper"] = "示例字1号",
                ["paperDate"] = $"{year}-01-10",
            }));
    }

    /// <summary>What whoever was asked says of a paper.</summary>
    internal Task<CommandResult> Confirm(Guid id, Guid paper, Actor? by = null, string? rejects = null) =>
        Stored.Commands.ExecuteAsync(new(by ?? Actor.Local), async work =>
            await new ApplicationWorkflow().ConfirmEvidenceAsync(work, id,
                (await work.Db.Set<Case>().FindAsync(id))!.Version, paper, confirms: rejects is null, rejects));

    /// <summary>Takes back what whoever was asked has said of a paper.</summary>
    internal Task<CommandResult> Withdraw(Guid id, Guid paper, Actor by, string reason = "看错了人") =>
        Stored.Commands.ExecuteAsync(new(by), async work =>
            await new ApplicationWorkflow().WithdrawConfirmationAsync(work, id,
                (await work.Db.Set<Case>().FindAsync(id))!.Version, paper, reason));

    /// <summary>A step on its day, which must be done.</summary>
    internal async Task<Answer> Walk(Guid id, string action, string? body = null, DateOnly? day = null)
    {
        var answer = await Try(id, action, body, day);
        Assert.True(answer.Status == 200, $"{action}: {answer.Status} {answer.Body?.ToJsonString()}");
        return answer;
    }

    /// <summary>A step on its day, with what it needs on file.</summary>
    internal async Task<Answer> Try(Guid id, string action, string? body = null, DateOnly? day = null)
    {
        await Prove(id, action, day);
        On(day ?? Steps[action].Day);
        return await Post($"{Api}/{id}/{action}", body ?? Steps[action].Body, await TagOf(id));
    }

    internal async Task<string> TagOf(Guid id, string api = Api) => (await Get($"{api}/{id}")).Tag!;

    internal async Task<Answer> Correct(Guid id, string reason = "录入有误") =>
        await Post($"{Api}/{id}/correct", new JsonObject { ["reason"] = reason }.ToJsonString(), await TagOf(id));

    internal Task<Answer> Get(string path) => Send(HttpMethod.Get, path, null, null, null);

    internal Task<Answer> Post(string path, string? body = null, string? tag = null, string? key = null) =>
        Send(HttpMethod.Post, path, body, tag, key);

    internal async Task<Answer> Send(
        HttpMethod method, string path, string? body, string? tag, string? key, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", tag);
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var answer = await (by ?? Client).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new((int)answer.StatusCode,
            text.Length == 0
                || answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true
                ? null : JsonNode.Parse(text),
            answer.Headers.ETag?.ToString());
    }

    /// <summary>Opens and issues a plan or an allotment; the answer of the last step.</summary>
    internal async Task<Answer> Issue(string collection, string paper, string action = "issue")
    {
        var made = await Post($"/api/chuxiong/{collection}", paper);
        return made.Status == 201 ? await Post($"/api/chuxiong/{collection}/{made.Id}/{action}", "{}", made.Tag) : made;
    }

    /// <summary>
    /// The whole state of the database that a command could change: the rows of every table, and every counter.
    /// </summary>
    internal async Task<string> Everything()
    {
        await using var db = Stored.Read();
        var text = new StringBuilder();
        // the sealer comes when it comes
        foreach (var type in db.Model.GetEntityTypes().Select(e => e.ClrType)
            .Where(t => t.Name is not ("AuditSeal" or "AuditHead")).OrderBy(t => t.Name, StringComparer.Ordinal))
            text.Append(type.Name).Append(' ').Append(await ((IQueryable<object>)typeof(DbContext)
                .GetMethod(nameof(DbContext.Set), [])!
                .MakeGenericMethod(type)
                .Invoke(db, null)!).CountAsync()).Append('\n');
        return text.Append(await Counters()).ToString();
    }

    /// <summary>What is used of the plans.</summary>
    internal async Task<string> Counters()
    {
        await using var db = Stored.Read();
        return string.Join('\n',
        [
            .. (await db.Set<CountyPlan>().OrderBy(p => p.Year).ThenBy(p => p.Division).ToListAsync())
                .Select(p => $"{p.Year} {p.Name} {p.Sent}/{p.Quota} {p.SentToShanghai}/{p.ShanghaiTask}"),
            .. (await db.Set<SchoolPlan>().Include(p => p.School).ToListAsync()).OrderBy(p => p.Year)
                .ThenBy(p => p.School.Name, StringComparer.Ordinal).Select(
                p =>
                    $"{p.Year} {p.School.Name} {p.Enrolled}/{p.Places} {p.SentToShanghai}/{p.ShanghaiTask} "
                        + $"{p.RegistrationCompleteOn}"),
            .. (await db.Set<Allotment>().Include(a => a.School).Where(a => a.Sent > 0
                || a.Places != null).ToListAsync())
                .OrderBy(a => a.Year).ThenBy(a => a.School.Name, StringComparer.Ordinal)
                .Select(a => $"{a.Year} {a.School.Name} {a.Sent}/{a.Places}"),
            .. (await db.Set<Roll>()
                .Where(r => r.Kind == RollKind.Vocational && r.State == RollState.OnRoll)
                .ToListAsync()).Select(r => $"roll {r.StudentId}").Order(StringComparer.Ordinal),
        ]);
    }

    /// <summary>A case without what every command adds to: version, history, time.</summary>
    internal async Task<string> View(Guid id, string api = Api)
    {
        var view = (await Get($"{api}/{id}")).Body!.AsObject();
        foreach (var moving in (string[])["version", "changedAt", "history", "actions"]) view.Remove(moving);
        return view.ToJsonString();
    }

    private async Task Furnish()
    {
        await Stored.Do(work =>
        {
            foreach (var county in Plan2020.Printed.Counties)
            {
                var here = work.Policy.Divisions.Current(county.Division);
                var name = work.Policy.Divisions.Find(here)!.Name;
                work.Db.AddRange(((string[])["甲中学", "乙中学"])
                    .Select(s => School.Create(work.NewId(), name + s, SchoolKind.JuniorHigh, here)));
            }

            work.Db.Add(School.Create(work.NewId(), "楚雄州示例中学", SchoolKind.Complete, DivisionCode.Of(532300)));
            work.Audit("test/schools", null, "");
            return Task.FromResult(CommandResult.Done());
        });
        if (!filed) return;
        foreach (var body in (string[])["楚雄市", "双柏县", "楚雄技师学院", "楚雄机电学校"]) await Implementation(body, 2020);
        foreach (var school in (string[])["楚雄技师学院", "楚雄市职中", "楚雄机电学校"]) await Teaching(school, 2020);
    }

    /// <summary>An implementation plan, approved or only handed in.</summary>
    internal async Task Implementation(string body, int year, bool approve = true)
    {
        On(new(year, 3, 12));
        var made = await Post("/api/chuxiong/implementation-plans",
            new JsonObject { ["body"] = body, ["year"] = year, ["summary"] = "要点" }.ToJsonString());
        foreach (var action in approve ? (string[])["submit", "approve"] : ["submit"])
            Assert.Equal(200,
                (await Post($"/api/chuxiong/implementation-plans/{made.Id}/{action}", "{}",
                    await TagOf(made.Id, "/api/chuxiong/implementation-plans"))).Status);
    }

    /// <summary>A teaching plan on file, or only handed in.</summary>
    internal async Task Teaching(string school, int year, bool file = true)
    {
        On(new(year, 4, 10));
        var made = await Post("/api/chuxiong/teaching-plans", new JsonObject
        {
            ["school"] = school,
            ["management"] = "全日制",
            ["goals"] = "两个确保",
            ["retention"] = "责任到人",
            ["assessment"] = "三个确保",
            ["classes"] = new JsonArray(new JsonObject
            {
                ["name"] = "职教1班",
                ["size"] = 45,
                ["headTeacher"] = "罗示例",
                ["phone"] = "15400000001",
            }),
            ["courses"] = new JsonArray(new JsonObject
            {
                ["compulsory"] = "语文",
                ["compulsoryHours"] = 5,
                ["vocational"] = "汽修",
                ["vocationalHours"] = 8,
            }),
        }.ToJsonString());
        foreach (var action in file ? (string[])["submit", "file"] : ["submit"])
            Assert.Equal(200,
                (await Post($"/api/chuxiong/teaching-plans/{made.Id}/{action}", "{}",
                    await TagOf(made.Id, "/api/chuxiong/teaching-plans"))).Status);
    }

    internal async Task<Answer> Upload(
        string path, byte[] content, string type, string? tag = null, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(content) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } },
        };
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", tag);
        using var answer = await (by ?? Client).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new((int)answer.StatusCode, JsonNode.Parse(text), answer.Headers.ETag?.ToString());
    }
}
