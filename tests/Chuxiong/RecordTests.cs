using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>谁办哪一步；材料归档；评估存档与重放；注册完成的申明；指标。</summary>
public abstract class RecordTests(DatabaseKind kind)
{
    [Theory]
    [InlineData(
        "Listed", "confirm", nameof(Role.County), "532322", ResultKind.Forbidden,
        "the county of the vocational school")]
    [InlineData("Listed", "confirm", nameof(Role.County), "532301", ResultKind.Done, "the county of origin")]
    [InlineData("Listed", "confirm", nameof(Role.County), "532323", ResultKind.NotFound,
        "a county that it does not concern")]
    [InlineData("Listed", "confirm", nameof(Role.Prefecture), "5323", ResultKind.Forbidden,
        "the prefecture returns the list, and does not confirm")]
    [InlineData("SchoolApproved", "send", nameof(Role.County), "532322", ResultKind.Forbidden, "another county sends")]
    [InlineData("SchoolApproved", "send", nameof(Role.County), "532301", ResultKind.Done, "its own county sends")]
    [InlineData("SchoolApproved", "send", nameof(Role.Vocational), "532322", ResultKind.Forbidden,
        "the vocational school sends itself")]
    [InlineData("Sent", "enrol", nameof(Role.Vocational), "532322", ResultKind.Done, "the chosen school enrols")]
    [InlineData("Sent", "enrol", nameof(Role.Vocational), "532301", ResultKind.NotFound,
        "another vocational school enrols")]
    [InlineData("Sent", "enrol", nameof(Role.School), "532301", ResultKind.Forbidden, "the junior high enrols")]
    [InlineData("Confirmed", "graduate", nameof(Role.Vocational), "532322", ResultKind.Forbidden,
        "the certificate is the original school's")]
    [InlineData("Confirmed", "graduate", nameof(Role.School), "532301", ResultKind.Done,
        "the original school graduates")]
    [InlineData("Confirmed", "return", nameof(Role.Vocational), "532322", ResultKind.Done,
        "either side reports who has left")]
    [InlineData("Confirmed", "return", nameof(Role.Auditor), "5323", ResultKind.Forbidden, "an auditor only looks")]
    [Proves("cx2020/4.2.4", "cx2020/5.4")]
    public async Task Each_step_has_its_role_on_its_side(
        string state, string action, string role, string place, ResultKind came, string sentence)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        await office.Implementation("楚雄市", 2020);
        await office.Teaching("双柏县职中", 2020);
        var id = await office.In(state, chosen: "双柏县职中");
        await office.Prove(id, action);
        office.On(Office.Steps[action].Day);
        Assert.Null(Forms(Office.Steps[action].Body, action, out var input));
        var result = await office.Stored.Commands.ExecuteAsync(new(await office.Of(role, place)),
            async work => await new ApplicationWorkflow().MoveAsync(
                work, id, (await work.Db.Set<Case>().FindAsync(id))!.Version, action, input));
        Assert.Equal((sentence, came), (sentence, result.Kind));
    }

    [Theory]
    [InlineData(nameof(Role.School), "532301", ResultKind.Created)]
    [InlineData(nameof(Role.Teacher), "532301", ResultKind.Created)]
    [InlineData(nameof(Role.School), "532322", ResultKind.Invalid)]
    [InlineData(nameof(Role.Vocational), "532301", ResultKind.Forbidden)]
    [InlineData(nameof(Role.Auditor), "53", ResultKind.Forbidden)]
    public async Task An_application_is_opened_at_the_junior_high_of_the_pupil(
        string role, string place, ResultKind came)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var pupil = await office.Pupil();
        office.On(new(2020, 4, 22));
        var workflow = new ApplicationWorkflow();
        Assert.Null(FormJson.Read(workflow.Form, System.Text.Encoding.UTF8.GetBytes(Office.Paper(pupil).ToJsonString()),
            out var values));
        Assert.Equal(came,
            (await office.Stored.Commands.ExecuteAsync(
                new(await office.Of(role, place)), work => workflow.OpenAsync(work, values))).Kind);
    }

    [Theory]
    [InlineData("楚雄市职中", nameof(Role.County), "532301", ResultKind.Done)]
    [InlineData("楚雄市职中", nameof(Role.County), "532322", ResultKind.NotFound)]
    [InlineData("楚雄市职中", nameof(Role.Prefecture), "5323", ResultKind.Refused)]
    [InlineData("楚雄技师学院", nameof(Role.Prefecture), "5323", ResultKind.Done)]
    [InlineData("楚雄技师学院", nameof(Role.County), "532301", ResultKind.NotFound)]
    [Proves("cx2020/5.2")]
    public async Task A_county_school_files_with_its_county_and_a_prefecture_school_with_the_prefecture(
        string school, string role, string place, ResultKind came)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1), filed: false);
        await office.Teaching(school, 2020, file: false);
        var result = await office.Stored.Commands.ExecuteAsync(new(await office.Of(role, place)), async work =>
        {
            var plan = await work.Db.Set<Case>().SingleAsync(c => c.Workflow == "chuxiong.teaching-plan");
            return await new TeachingPlanWorkflow().MoveAsync(work, plan.Id, plan.Version, "file", FormValues.None);
        });
        Assert.Equal(came, result.Kind);
        if (came == ResultKind.Refused) Assert.Equal("own-bureau", result.Refusal!.Findings![0].Rule);
    }

    [Fact]
    [Proves("cx2020/6.2", "cx2020/4.2.5b")]
    public async Task Papers_are_filed_with_kind_issuer_date_and_file()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("LeavingClaimed");
        var path = $"{Office.Api}/{id}/evidence?kind=written-proof&issuer={Uri.EscapeDataString("楚雄市甲中学")}"
            + $"&date=2020-09-06&name={Uri.EscapeDataString("证明.pdf")}";
        Assert.Equal(428, (await office.Upload(path, "%PDF-1.4"u8.ToArray(), "application/pdf")).Status);
        Assert.Equal(400,
            (await office.Upload(path, "no pdf"u8.ToArray(), "application/pdf", await office.TagOf(id))).Status);
        Assert.Equal(400,
            (await office.Upload(path.Replace("written-proof", "nothing", StringComparison.Ordinal),
                "%PDF-1.4"u8.ToArray(), "application/pdf", await office.TagOf(id))).Status);
        Assert.Equal(201,
            (await office.Upload(path, "%PDF-1.4"u8.ToArray(), "application/pdf", await office.TagOf(id))).Status);
        Assert.Equal(201,
            (await office.Upload(path.Replace("written-proof", "home-visit", StringComparison.Ordinal),
                "%PDF-1.4"u8.ToArray(), "application/pdf", await office.TagOf(id))).Status);
        var proof = (await office.Get($"{Office.Api}/{id}")).Body!["evidence"]!.AsArray()
            .Single(e => (string?)e!["kind"] == "written-proof")!;
        Assert.Equal(("楚雄市甲中学", "2020-09-06", 8),
            ((string?)proof["issuer"], (string?)proof["date"], (int)proof["size"]!));
        var before = await Looks();
        using (var paper = await office.Client.GetAsync($"{Office.Api}/{id}/evidence/{proof["id"]}"))
        {
            Assert.Equal((System.Net.HttpStatusCode.OK, "application/pdf", "nosniff"),
                (paper.StatusCode, paper.Content.Headers.ContentType!.MediaType,
                    paper.Headers.GetValues("X-Content-Type-Options").Single()));
            Assert.Equal(("attachment", "written-proof.pdf", "证明.pdf"),
                (paper.Content.Headers.ContentDisposition!.DispositionType,
                    paper.Content.Headers.ContentDisposition.FileName,
                    paper.Content.Headers.ContentDisposition.FileNameStar));
            Assert.Equal("%PDF-1.4"u8.ToArray(), await paper.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(before + 2, await Looks());   // an entry at each of the two schools
        // with its own case alone
        Assert.Equal(404, (await office.Get($"{Office.Api}/{await office.Draft()}/evidence/{proof["id"]}")).Status);
        foreach (var (role, place, status) in ((Role, string, int)[])[
            (Role.County, "532301", 200), (Role.Auditor, "5323", 403), (Role.County, "532322", 404)])
        {
            using var by = await office.As(role, place);
            using var answer = await by.GetAsync($"{Office.Api}/{id}/evidence/{proof["id"]}");
            Assert.Equal((role, status), (role, (int)answer.StatusCode));
        }

        // filing is no step: the step before it is corrected, and the paper stays
        Assert.Equal(200, (await office.Correct(id)).Status);
        Assert.Equal(3, (await office.Get($"{Office.Api}/{id}")).Body!["evidence"]!.AsArray().Count);

        async Task<int> Looks()
        {
            await using var db = office.Stored.Read();
            return await db.Set<AuditEntry>()
                .CountAsync(a => a.Action == "chuxiong.application/evidence-read" && a.Subject == id);
        }
    }

    [Fact]
    public async Task Numbers_that_come_back_masked_are_unchanged_and_others_with_stars_are_refused()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var pupil = await office.Pupil();
        office.On(new(2020, 4, 22));
        var paper = Office.Paper(pupil);
        paper["guardianPhone"] = "15400000001";
        var id = (await office.Post(Office.Api, paper.ToJsonString())).Id;
        var shown = (await office.Get($"{Office.Api}/{id}")).Body!["form"]!.AsObject();
        Assert.All((string[])["residentId", "rollNumber", "guardianPhone", "headTeacherPhone"],
            f => Assert.Contains('*', (string)shown[f]!));

        shown["major"] = "中餐烹饪";
        Assert.Equal(200,
            (await office.Send(
                HttpMethod.Put, $"{Office.Api}/{id}", shown.ToJsonString(), await office.TagOf(id), null)).Status);
        var stored = await Stored();
        paper["major"] = "中餐烹饪";
        foreach (var (field, value) in paper) Assert.Equal((field, Text(value)), (field, Text(stored[field])));

        foreach (var (field, text) in ((string, string)[])[("residentId", "5324************7X"),
            ("guardianPhone", "154******02"), ("rollNumber", "＊"),
            ("headTeacherPhone", (string)shown["guardianPhone"]!)])
        {
            var changed = shown.DeepClone().AsObject();
            changed[field] = text;
            var answer = await office.Send(HttpMethod.Put, $"{Office.Api}/{id}", changed.ToJsonString(),
                await office.TagOf(id), null);
            Assert.Equal((field, 400, true),
                (field, answer.Status, answer.Body!["errors"]!.AsObject().ContainsKey(field)));
        }

        Assert.True(JsonNode.DeepEquals(stored, await Stored()));

        static string? Text(JsonNode? value) => value?.GetValueKind() switch
        {
            null => null,
            System.Text.Json.JsonValueKind.String => (string?)value,
            _ => value.ToJsonString(),
        };

        async Task<JsonNode> Stored()
        {
            await using var db = office.Stored.Read();
            return JsonNode.Parse((await db.Set<Case>().SingleAsync(c => c.Id == id)).Form)!;
        }
    }

    [Theory]
    [InlineData("correct", "{\"reason\":\"家长 154-0000-0001 来电\"}", "reason")]
    [InlineData("correct", "{\"reason\":\"重新核对，2020年5月6日来电，共 12345678901234 元\"}", "")]
    [InlineData("return", "{\"date\":\"2020-09-06\",\"reason\":\"53232420140409997x 想参加中考\"}", "reason")]
    [InlineData("return", "{\"date\":\"2020-09-06\",\"reason\":\"15400000001\"}", "reason")]
    [InlineData("other-school", "{\"date\":\"2020-09-06\",\"reason\":\"考入普通高中\",\"elsewhere\":\"示例高中 0878-3000001\"}",
        "elsewhere")]
    // a certificate may be numbered so
    [InlineData("graduate", "{\"certificate\":\"15400000001\",\"date\":\"2020-07-08\"}", "")]
    [InlineData("graduate", "{\"certificate\":\"53232420140409997X\",\"date\":\"2020-07-08\"}",
        "certificate")]
    public async Task No_number_of_a_person_is_kept_in_a_text_of_a_step(string action, string body, string field)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("Confirmed");
        await office.Prove(id, action, new(2020, 10, 1));
        office.On(new(2020, 10, 1));
        var before = await office.View(id);
        var answer = await office.Post($"{Office.Api}/{id}/{action}", body, await office.TagOf(id));
        Assert.Equal((field.Length == 0 ? 200 : 400, field),
            (answer.Status, string.Join(' ', answer.Body!["errors"]?.AsObject().Select(e => e.Key) ?? [])));
        if (field.Length == 0) return;
        Assert.Equal(before, await office.View(id));
        answer.Body.AsObject().Remove("traceId");
        Assert.DoesNotContain("0001", answer.Body.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(400, (await office.Upload($"{Office.Api}/{id}/evidence?kind=certificate&issuer={Uri.EscapeDataString("张某15400000001")}&date=2020-09-06&name=x.pdf", "%PDF-1.4"u8.ToArray(), "application/pdf", await office.TagOf(id))).Status);
    }

    [Fact]
    [Proves("cx2020/6.4", "cx2020/7.2")]
    public async Task A_county_s_own_method_and_its_funding_are_on_file_with_its_plan()
    {
        const string Plans = "/api/chuxiong/implementation-plans";
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        Guid id;
        await using (var db = office.Stored.Read()) id = await db.Set<Case>()
            .Where(c => c.Workflow == "chuxiong.implementation-plan").OrderBy(c => c.Id).Select(c => c.Id).FirstAsync();
        foreach (var paper in (string[])["assessment-method", "funding"])
            Assert.Equal(201,
                (await office.Upload($"{Plans}/{id}/evidence?kind={paper}&issuer=x&date=2020-03-20&name=x.pdf",
                    "%PDF-1.4"u8.ToArray(), "application/pdf", await office.TagOf(id, Plans))).Status);
    }

    [Fact]
    public async Task A_kept_assessment_is_made_again_the_same_and_not_the_same_in_another_reading()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var pupil = await office.Pupil();
        office.On(new(2020, 4, 22));
        var id = (await office.Post(Office.Api, Office.Paper(pupil).ToJsonString())).Id;
        var kept = await office.Post($"{Office.Api}/{id}/assessments",
            """{"facts":{"persuadedBack":true,"willingToLearnSkills":true,"strugglesDespiteHelp":false}}""");
        Assert.Equal((201, "Eligible"), (kept.Status, (string?)kept.Body!["result"]!["verdict"]));
        var replayed = await office.Post($"/api/assessments/{kept.Id}/replay");
        Assert.Equal((200, true), (replayed.Status, (bool)replayed.Body!["same"]!));

        var other = Instance.Compose(Baseline.With(new ChuxiongModule()),
            key => key == "Chuxiong:StrugglingRequiredOfAll" ? "true" : null,
            new HolidayFolder(office.Stored.Folder).Table(), TimeProvider.System);
        var database = new Database(office.Stored.Connection, office.Stored.Folder, null, other.Tables);
        database.Upgrade(other.Today.Now, _ => { });
        using var commands = new CommandExecutor(other, database);
        var otherwise = await commands.QueryAsync(Actor.Local, work => Assessments.ReplayAsync(work, kept.Id));
        Assert.Equal((false, "Eligible", "Ineligible"),
            (otherwise!.Same, otherwise.Then.GetProperty("verdict").GetString(),
                otherwise.Now!.Value.GetProperty("verdict").GetString()));
        Assert.Equal(404, (await office.Post($"/api/assessments/{Guid.NewGuid()}/replay")).Status);
    }

    [Fact]
    [Proves("cx2020/4.2.5", "cx2020/6.1", "cx2020/6.2")]
    public async Task Consolidation_ends_on_the_day_that_the_school_declares()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        await office.In("Registered");
        await office.In("Graduated");
        await office.WalkProved(await office.In("Confirmed"), "return",
            """{"date":"2020-10-20","reason":"想参加中考"}""", new(2020, 10, 21));
        var later = await office.In("Confirmed");
        office.On(new(2020, 10, 21));
        Assert.Equal((3, 3, true, (string?)"100.00%"), await Rate(office));

        static string Paper(string date, int year = 2020) =>
            new JsonObject { ["school"] = "楚雄技师学院", ["year"] = year, ["date"] = date }.ToJsonString();
        const string Collection = "registration-completions";
        Assert.Equal(["autumn-of-the-year", "after-registrations", "after-proven-exits"],
            (await office.Issue(Collection, Paper("2020-08-31"), "declare")).Rules);
        Assert.Equal(["not-in-future"], (await office.Issue(Collection, Paper("2020-10-22"), "declare")).Rules);
        Assert.Equal(["autumn-of-the-year", "not-in-future", "plan-issued"],
            (await office.Issue(Collection, Paper("2021-09-01", 2022), "declare")).Rules);
        var declared = await office.Issue(Collection, Paper("2020-10-20"), "declare");
        Assert.Equal(200, declared.Status);
        Assert.Equal(["declared-once"], (await office.Issue(Collection, Paper("2020-10-21"), "declare")).Rules);
        await office.WalkProved(later, "return", """{"date":"2020-10-21","reason":"想参加中考"}""", new(2020, 10, 21));
        // who is still unregistered is not retained; who left the day after is not excused
        Assert.Equal((1, 3, false, (string?)"33.33%"), await Rate(office));

        var late = await office.In("Graduated");
        Assert.Equal(["registration-complete"],
            (await office.Try(late, "register", """{"date":"2020-10-21"}""", new(2020, 10, 22))).Rules);
        Assert.Equal(200, (await office.Try(late, "register", """{"date":"2020-10-20"}""", new(2020, 10, 22))).Status);
        Assert.Equal(200,
            (await office.Post($"/api/chuxiong/{Collection}/{declared.Id}/correct", """{"reason":"日期有误"}""",
                declared.Tag)).Status);
        Assert.Equal((3, 3, true, (string?)"100.00%"), await Rate(office));
    }

    public static TheoryData<string, string, string, string> Declared => new()
    {
        { "register", "2020-09-05", "2020-09-04", "after-registrations" },
        { "register", "2020-09-05", "2020-09-05", "" },
        { "register", "2020-09-05", "2020-09-06", "" },
        { "return", "2020-09-06", "2020-09-05", "after-proven-exits" },
        { "return", "2020-09-06", "2020-09-06", "" },
        { "other-school", "2020-09-06", "2020-09-05", "after-proven-exits" },
        { "lose", "2020-09-06", "2020-09-05", "" },   // nothing is excused by a day that it has not
    };

    [Theory, MemberData(nameof(Declared))]
    [Proves("cx2020/4.2.5", "cx2020/5.3d", "cx2020/6.2")]
    public async Task Registration_is_not_complete_before_the_last_that_is_on_record(
        string action, string day, string declared, string rule)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In(action == "register" ? "Graduated" : "Confirmed");
        await office.Walk(id, action);
        if (action is "return" or "other-school") await office.Proof(id);
        Assert.Contains(day, Office.Steps[action].Body, StringComparison.Ordinal);
        office.On(new(2020, 10, 1));
        var answer = await office.Issue("registration-completions",
            new JsonObject { ["school"] = "楚雄技师学院", ["year"] = 2020, ["date"] = declared }.ToJsonString(), "declare");
        Assert.Equal((rule.Length == 0 ? 200 : 409, rule), (answer.Status, string.Join(' ', answer.Rules)));
    }

    [Fact]
    [Proves("cx2020/4.1.1", "cx2020/4.2.4")]
    public async Task Chuxiong_City_handles_the_pupils_of_the_prefecture_s_schools_and_no_other_county_does()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var (id, other) = (await office.In("SchoolApproved", "楚雄州示例中学"), await office.In("Listed", "楚雄州示例中学"));
        using var city = await office.As(Role.County, "532301");
        using var elsewhere = await office.As(Role.County, "532322");

        await office.Prove(id, "send");
        foreach (var (by, status) in ((HttpClient, int)[])[(elsewhere, 404), (city, 200)])
        {
            Assert.Equal(status,
                (await office.Send(HttpMethod.Get, $"{Office.Api}/{id}", null, null, null, by)).Status);
            Assert.Equal(status,
                (await office.Send(HttpMethod.Post, $"{Office.Api}/{id}/send", Office.Steps["send"].Body,
                    await office.TagOf(id), null, by)).Status);
        }

        office.On(Office.Steps["confirm"].Day);
        // that is the vocational school's
        Assert.Equal(403,
            (await office.Send(HttpMethod.Post, $"{Office.Api}/{id}/enrol", Office.Steps["enrol"].Body,
                await office.TagOf(id), null, city)).Status);
        Assert.Equal(404,
            (await office.Send(HttpMethod.Post, $"{Office.Api}/{other}/confirm", "{}", await office.TagOf(other), null,
                elsewhere)).Status);
        Assert.Equal(200,
            (await office.Send(HttpMethod.Post, $"{Office.Api}/{other}/confirm", "{}", await office.TagOf(other), null,
                city)).Status);
        Assert.Equal(200,
            (await office.Send(HttpMethod.Post, $"{Office.Api}/{other}/correct", """{"reason":"重新核对"}""",
                await office.TagOf(other), null, city)).Status);
    }

    [Fact]
    [Proves("cx2020/4.1.1", "cx2020/A2")]
    public async Task What_the_city_counts_holds_them_and_what_another_county_counts_does_not()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        const string School = "楚雄州示例中学";
        Assert.Equal(200, (await office.Issue("allotments", $$"""{"year":2020,"county":"楚雄市","schools":[{"school":"{{School}}","places":5},{"school":"楚雄市甲中学","places":7}]}""")).Status);
        await office.In("Confirmed", School);
        await office.In("Sent", "楚雄市甲中学");
        foreach (var (place, sent, confirmed, allotted, cases) in ((string, int, int, int, int)[])[
            ("532301", 2, 1, 12, 2), ("5323", 2, 1, 12, 2), ("532322", 0, 0, 0, 0)])
        {
            var seen = (await office.Of(Role.Auditor, place)).AccessScope;
            await using var db = office.Stored.Commands.Database.Read(seen);
            var line = FulfilmentListing.Lines(new(db, office.Stored.Instance)).Where(f => f.Year == 2020)
                .OrderByDescending(f => f.Sent).AsEnumerable().First();
            Assert.Equal((place, sent, confirmed, allotted, cases),
                (place, line.Sent, line.Confirmed, line.Allotted, await db.Set<ApplicationRow>().CountAsync()));
            Assert.Equal(allotted == 0 ? [] : ["楚雄州示例中学", "楚雄市甲中学"],
                new AllotmentListing().Query(new(db, office.Stored.Instance)).OrderBy(a => a.Places)
                    .Select(a => a.School).AsEnumerable());
        }

        using var city = await office.As(Role.County, "532301");
        var use = (await office.Send(HttpMethod.Get, "/api/chuxiong/indicators/2020", null, null, null, city)).Body![
            "indicators"]!
            .AsArray().Single(i => (string?)i!["id"] == "chuxiong.confirmed-of-sent")!["figures"]!.AsArray().Single()!;
        Assert.Equal((1, 2), ((int)use["numerator"]!, (int)use["denominator"]!));
    }

    [Fact]
    [Proves("cx2020/6.1")]
    public async Task A_rate_of_nobody_is_undefined_and_a_year_without_a_plan_has_no_figures()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1), filed: false);
        Assert.Equal((0, 0, true, (string?)null), await Rate(office));
        Assert.All((await office.Get("/api/chuxiong/indicators/1999")).Body!["indicators"]!.AsArray(),
            i => Assert.Empty(i!["figures"]!.AsArray()));
        foreach (var year in (string[])["0", "x", "10000"])
            Assert.Equal(400, (await office.Get($"/api/chuxiong/indicators/{year}")).Status);
    }

    private static async Task<(int Numerator, int Denominator, bool Provisional, string? Percent)> Rate(Office office)
    {
        var figure = (await office.Get("/api/chuxiong/indicators/2020")).Body!["indicators"]!.AsArray()
            .Single(i => (string?)i!["id"] == "chuxiong.retention")!["figures"]!.AsArray()
            .Single(f => (string?)f!["title"] == "楚雄技师学院")!;
        return ((int)figure["numerator"]!, (int)figure["denominator"]!, (bool)figure["provisional"]!,
            (string?)figure["percent"]);
    }

    private static (string, string)? Forms(string body, string action, out FormValues input) =>
        FormJson.Read(new ApplicationWorkflow().Transitions.Single(t => t.Action == action).Fields,
            System.Text.Encoding.UTF8.GetBytes(body), out input);
}

public sealed class RecordTestsOnSqlite() : RecordTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class RecordTestsOnPostgreSql() : RecordTests(DatabaseKind.PostgreSql);
