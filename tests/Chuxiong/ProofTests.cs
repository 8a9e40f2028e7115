using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Listings;
using EduAssist.Office.Users;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>申报和证明：学校自己写的去向、移交、流失，别的单位确认之前，指标一概不动，学生一个不少。</summary>
public abstract class ProofTests(DatabaseKind kind)
{
    private const string Vocational = "楚雄技师学院", Origin = "楚雄市甲中学";

    /// <summary>A user of a body, with whom only that body's roles come.</summary>
    private static Actor At(string name, Role role, string scope) => new(name, new Grant(role, scope));

    private static Role Of(string role) => Roles.Core.Single(r => r.Name == role);

    private static async Task<string> ScopeOf(Office office, string school)
    {
        await using var db = office.Stored.Read();
        return (await db.Set<School>().SingleAsync(s => s.Name == school)).Scope;
    }

    /// <summary>Somebody who can sign in for a body: only then is it asked itself.</summary>
    private static Task AddUser(Office office, string name, Role role, string scope) => office.Stored.Do(work =>
    {
        var user = new User { Id = work.NewId(), Name = name, ComparedName = name.ToUpperInvariant() };
        work.Db.Add(user);
        work.Db.Add(new StoredGrant { UserId = user.Id, Role = role.Name, Scope = scope });
        work.Audit("test/user", user.Id, scope);
        return Task.FromResult(CommandResult.Done());
    });

    private static async Task<(long Retained, long Counted, long Claimed)> Rate(Office office)
    {
        await using var db = office.Stored.Read();
        var figures = await new AssessedIndicators().ComputeAsync(new ListingSource(db, office.Stored.Instance), 2020);
        var (rate, claimed) = (Of("chuxiong.retention"), Of("chuxiong.retention-claimed"));
        return (rate.Numerator, rate.Denominator, claimed.Denominator);

        Ratio Of(string indicator) =>
            figures.Single(f => f.Indicator.Id == indicator && f.Title == Vocational).Ratio;
    }

    private static async Task<CommandResult> File(
        Office office, Guid id, string paper, Actor by, DateOnly date)
    {
        office.On(date);
        return await office.Stored.Commands.ExecuteAsync(new(by), async work =>
            await new ApplicationWorkflow().AttachEvidenceAsync(work, id,
                (await work.Db.Set<Case>().FindAsync(id))!.Version,
                new(paper, "示例单位", date, "a.pdf", "application/pdf", "%PDF-1.4"u8.ToArray())));
    }

    private static async Task<CommandResult> Move(Office office, Guid id, string action, Actor by, string body)
    {
        Assert.Null(FormJson.Read(new ApplicationWorkflow().Transitions.Single(t => t.Action == action).Fields,
            System.Text.Encoding.UTF8.GetBytes(body), out var values));
        return await office.Stored.Commands.ExecuteAsync(new(by), async work =>
            await new ApplicationWorkflow().MoveAsync(work, id,
                (await work.Db.Set<Case>().FindAsync(id))!.Version, action, values));
    }

    [Fact]
    [Proves("cx2020/6.1", "cx2020/6.2", "cx2020/A6")]
    public async Task A_vocational_school_that_types_proofs_schools_and_losses_for_all_moves_no_rate()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        Guid[] ids = [await office.In("Confirmed"), await office.In("Confirmed"), await office.In("Confirmed")];
        var (school, origin) = (await ScopeOf(office, Vocational), await ScopeOf(office, Origin));
        var liar = At("vocational", Role.Vocational, school);
        await AddUser(office, "origin", Role.School, origin);
        office.On(new(2020, 9, 6));
        Assert.Equal((3, 3, 3), await Rate(office));

        Assert.True((await Move(office, ids[0], "return", liar, Office.Steps["return"].Body)).IsDone);
        Assert.True((await Move(office, ids[1], "other-school", liar, Office.Steps["other-school"].Body)).IsDone);
        var lost = await Move(office, ids[2], "lose", liar, Office.Steps["lose"].Body);
        Assert.Equal("loss-visit", Assert.Single(lost.Refusal!.Findings!).Rule);
        Assert.Equal((1, 3, 1), await Rate(office));   // two left, none is excused; the claims stand beside it

        Guid[] papers = new Guid[3];
        string[] kinds = ["written-proof", "written-proof", "loss-visit"];
        foreach (var (paper, i) in kinds.Select((p, i) => (p, i)))
        {
            var filed = await File(office, ids[i], paper, liar, new(2020, 9, 6));
            Assert.Equal(ResultKind.Created, filed.Kind);
            papers[i] = filed.Id!.Value;
            Assert.Equal(ResultKind.Forbidden, (await office.Confirm(ids[i], papers[i], liar)).Kind);
        }

        Assert.Equal(ResultKind.Refused, (await Move(office, ids[2], "lose", liar, Office.Steps["lose"].Body)).Kind);
        Assert.Equal((1, 3, 1), await Rate(office));

        // who is asked: the original school; a school outside, the prefecture
        var (asked, prefecture) = (At("origin", Role.School, origin), At("prefecture", Role.Prefecture, "5323"));
        Assert.Equal(ResultKind.Forbidden, (await office.Confirm(ids[0], papers[0], prefecture)).Kind);
        Assert.Equal(ResultKind.Done, (await office.Confirm(ids[0], papers[0], asked)).Kind);
        Assert.Equal((1, 2, 1), await Rate(office));
        Assert.Equal(ResultKind.Forbidden, (await office.Confirm(ids[1], papers[1], asked)).Kind);
        Assert.Equal(ResultKind.Done, (await office.Confirm(ids[1], papers[1], prefecture)).Kind);
        Assert.Equal((1, 1, 1), await Rate(office));
        Assert.Equal(ResultKind.Done, (await office.Confirm(ids[2], papers[2], asked)).Kind);
        Assert.Equal(ResultKind.Done, (await Move(office, ids[2], "lose", liar, Office.Steps["lose"].Body)).Kind);
        Assert.Equal((0, 1, 1), await Rate(office));
    }

    [Fact]
    [Proves("cx2020/4.2.5b", "cx2020/6.1")]
    public async Task A_loss_to_which_the_original_school_objects_is_decided_by_its_county()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("Enrolled");
        var (school, origin) = (await ScopeOf(office, Vocational), await ScopeOf(office, Origin));
        var (liar, asked) = (At("vocational", Role.Vocational, school), At("origin", Role.School, origin));
        await AddUser(office, "origin", Role.School, origin);
        var paper = (await File(office, id, "loss-visit", liar, new(2020, 9, 6))).Id!.Value;
        Assert.Equal(ResultKind.Invalid, (await office.Confirm(id, paper, asked, rejects: " ")).Kind);
        Assert.Equal(ResultKind.Done, (await office.Confirm(id, paper, asked, rejects: "学生在家，愿意返校")).Kind);
        var open = await office.PaperOf(id, paper);
        Assert.Equal(("Asked", "楚雄市教育行政部门"), ((string?)open["state"], (string?)open["askedOf"]));
        Assert.Equal(ResultKind.Forbidden, (await office.Confirm(id, paper, asked)).Kind);
        var other = At("county", Role.County, "532322");
        Assert.Equal(ResultKind.NotFound, (await office.Confirm(id, paper, other)).Kind);
        var county = At("county", Role.County, "532301");
        Assert.Equal(ResultKind.Done, (await office.Confirm(id, paper, county, rejects: "已返校")).Kind);
        Assert.Equal(ResultKind.Refused, (await office.Confirm(id, paper, county)).Kind);   // decided once
        Assert.Equal("Violated", (string?)Need(await office.Get($"{Office.Api}/{id}"), "lose")["state"]);
        Assert.Equal(ResultKind.Refused, (await Move(office, id, "lose", liar, Office.Steps["lose"].Body)).Kind);

        // another visit, later, is another paper; one from before the latest step says nothing of now
        var again = (await File(office, id, "loss-visit", asked, new(2020, 9, 8))).Id!.Value;
        Assert.Equal("Confirmed", (string?)(await office.PaperOf(id, again))["state"]);   // its issuer has filed it
        Assert.Equal("Satisfied", (string?)Need(await office.Get($"{Office.Api}/{id}"), "lose")["state"]);
        Assert.Equal(ResultKind.Forbidden, (await Move(office, id, "lose", asked, Office.Steps["lose"].Body)).Kind);
        Assert.True((await Move(office, id, "lose", liar, Office.Steps["lose"].Body)).IsDone);
    }

    [Fact]
    [Proves("cx2020/4.2.5b")]
    public async Task A_home_visit_from_before_the_latest_step_says_nothing_of_now()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("Enrolled");
        office.On(new(2020, 5, 20));
        Assert.True((await office.Confirm(id, await office.File(id, "loss-visit"))).IsDone);
        Assert.Equal("Satisfied", (string?)Need(await office.Get($"{Office.Api}/{id}"), "lose")["state"]);
        await office.Walk(id, "list");
        Assert.Equal("Missing", (string?)Need(await office.Get($"{Office.Api}/{id}"), "lose")["state"]);
    }

    [Theory]
    [InlineData("send", "SchoolApproved", "help-record", "Unknown", nameof(Role.County), "532301")]
    [InlineData("send", "SchoolApproved", "persuasion-record", "Unknown", nameof(Role.County), "532301")]
    [InlineData("graduate", "Confirmed", "results", "Unknown", nameof(Role.School), "")]
    [Proves("cx2020/3.1", "cx2020/3.2", "cx2020/5.4")]
    public async Task A_step_waits_for_a_paper_that_another_body_confirms(
        string action, string state, string paper, string filed, string role, string place)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In(state);
        var (school, origin) = (await ScopeOf(office, Vocational), await ScopeOf(office, Origin));
        await AddUser(office, "origin", Role.School, origin);
        var (day, body) = Office.Steps[action];
        office.On(day);
        var refused = await office.Post($"{Office.Api}/{id}/{action}", body, await office.TagOf(id));
        Assert.Equal((409, action == "send" ? "help-record" : paper), (refused.Status, Assert.Single(refused.Rules)));

        var (theirs, others) = action == "send"
            ? (At("teacher", Role.School, origin), At("vocational", Role.Vocational, school))
            : (At("vocational", Role.Vocational, school), At("teacher", Role.School, origin));
        Assert.Equal(ResultKind.Forbidden, (await File(office, id, paper, others, day)).Kind);
        var on = (await File(office, id, paper, theirs, day)).Id!.Value;
        Assert.Equal(filed, (string?)Need(await office.Get($"{Office.Api}/{id}"), action, paper)["state"]);
        refused = await office.Post($"{Office.Api}/{id}/{action}", body, await office.TagOf(id));
        Assert.Equal((409, "Unknown"), (refused.Status, (string?)refused.Findings.Single()["outcome"]));
        Assert.NotEqual(ResultKind.Done, (await office.Confirm(id, on, theirs)).Kind);
        Assert.Equal(ResultKind.Done,
            (await office.Confirm(id, on, At("asked", Of(role), place.Length > 0 ? place : origin))).Kind);
        Assert.Equal(200, (await office.Post($"{Office.Api}/{id}/{action}", body, await office.TagOf(id))).Status);
    }

    [Fact]
    [Proves("cx2020/6.2")]
    public async Task A_receiving_school_that_does_not_see_the_case_confirms_the_proof_and_sees_no_more()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("Confirmed");
        var receiving = await ScopeOf(office, "楚雄州示例中学");
        await AddUser(office, "receiver", Role.School, receiving);
        await office.Walk(id, "other-school", """{"date":"2020-09-06","reason":"考入普通高中","school":"楚雄州示例中学"}""");
        var liar = At("vocational", Role.Vocational, await ScopeOf(office, Vocational));
        var paper = (await File(office, id, "written-proof", liar, new(2020, 9, 6))).Id!.Value;
        var receiver = At("receiver", Role.School, receiving);
        var flow = new ApplicationWorkflow();
        Assert.Null(await office.Stored.Commands.QueryAsync(receiver, work => flow.ViewAsync(work, id)));
        var (open, count) = await office.Stored.Commands.QueryAsync(receiver, w => OpenConfirmations.LoadAsync(w, 10));
        Assert.Equal((1, paper, id), (count, Assert.Single(open).Paper, open[0].Case));
        Assert.NotNull(open[0].StudentName);
        await office.Stored.Commands.ExecuteAsync(new(receiver), async work =>
        {
            var (decision, file) = await flow.DownloadEvidenceAsync(work, id, paper);
            Assert.NotNull(file);
            return decision;
        });
        Assert.Equal(ResultKind.Done, (await office.Confirm(id, paper, receiver)).Kind);
        await using var db = office.Stored.Read();
        Assert.Equal(new DateOnly(2020, 9, 6),
            (await db.Set<ApplicationRow>().SingleAsync(a => a.CaseId == id)).ProofConfirmedOn);
        var left = await office.Stored.Commands.QueryAsync(receiver, w => OpenConfirmations.LoadAsync(w, 10));
        Assert.Equal(0, left.Count);
    }

    [Fact]
    [Proves("cx2020/6.2")]
    public async Task A_proof_of_an_exit_that_was_corrected_proves_nothing_of_the_next()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("Confirmed");
        await office.Walk(id, "other-school");
        var liar = At("vocational", Role.Vocational, await ScopeOf(office, Vocational));
        var paper = (await File(office, id, "written-proof", liar, new(2020, 9, 6))).Id!.Value;
        await office.Correct(id);
        Assert.Equal("Withdrawn", (string?)(await office.PaperOf(id, paper))["state"]);
        await office.Walk(id, "other-school", """{"date":"2020-09-06","reason":"去了别处","elsewhere":"昆明市示例高级中学"}""");
        Assert.Equal(ResultKind.Refused, (await office.Confirm(id, paper, At("p", Role.Prefecture, "5323"))).Kind);
        Assert.Equal((0, 1, 0), await Rate(office));
        var second = (await File(office, id, "written-proof", liar, new(2020, 9, 6))).Id!.Value;
        Assert.Equal(ResultKind.Done, (await office.Confirm(id, second, At("p", Role.Prefecture, "5323"))).Kind);
        Assert.Equal((0, 0, 0), await Rate(office));
        await office.Correct(id);
        Assert.Equal((1, 1, 1), await Rate(office));
    }

    [Fact]
    [Proves("cx2020/6.1", "cx2020/6.2")]
    public async Task Who_is_something_on_both_sides_or_stands_in_for_another_proves_nothing_alone()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var (school, origin) = (await ScopeOf(office, Vocational), await ScopeOf(office, Origin));
        await AddUser(office, "origin", Role.School, origin);
        var both = new Actor("both", new Grant(Role.Vocational, school), new Grant(Role.School, origin));
        var id = await office.In("Enrolled");
        var paper = (await File(office, id, "loss-visit", both, new(2020, 9, 6))).Id!.Value;
        Assert.Equal("Asked", (string?)(await office.PaperOf(id, paper))["state"]);
        var again = new Actor("again", new Grant(Role.Vocational, school), new Grant(Role.School, origin));
        Assert.Equal(ResultKind.Forbidden, (await office.Confirm(id, paper, both)).Kind);
        Assert.Equal(ResultKind.Forbidden, (await office.Confirm(id, paper, again)).Kind);

        // the county is asked of a school without a user: it has issued nothing by filing
        var other = await office.In("Enrolled", "楚雄市乙中学");
        var county = At("county", Role.County, "532301");
        var visit = (await File(office, other, "loss-visit", county, new(2020, 9, 6))).Id!.Value;
        Assert.Equal("Asked", (string?)(await office.PaperOf(other, visit))["state"]);
        Assert.Equal(ResultKind.Forbidden, (await office.Confirm(other, visit, county)).Kind);
        Assert.Equal(ResultKind.Refused, (await Move(office, other, "lose", county, Office.Steps["lose"].Body)).Kind);
    }

    [Fact]
    [Proves("cx2020/4.2.4")]
    public async Task A_school_s_administrator_does_not_undo_what_its_county_has_confirmed()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("Confirmed");
        var admin = At("admin-of-school", Role.Administrator, await ScopeOf(office, Origin));
        var result = await office.Stored.Commands.ExecuteAsync(new(admin), async work =>
            await new ApplicationWorkflow().CorrectAsync(
                work, id, (await work.Db.Set<Case>().FindAsync(id))!.Version, "录入有误"));
        Assert.Equal(ResultKind.Forbidden, result.Kind);
    }

    [Fact]
    [Proves("cx2020/6.1")]
    public async Task A_school_whose_user_is_disabled_is_asked_all_the_same()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var origin = await ScopeOf(office, Origin);
        await AddUser(office, "origin", Role.School, origin);
        await office.Stored.Do(async work =>
        {
            (await work.Db.Set<User>().SingleAsync(u => u.Name == "origin")).IsDisabled = true;
            work.Audit("test/disable", null, origin);
            return CommandResult.Done();
        });
        var id = await office.In("Enrolled");
        var county = At("county", Role.County, "532301");
        var paper = (await File(office, id, "loss-visit", county, new(2020, 9, 6))).Id!.Value;
        Assert.Equal(Origin, (string?)(await office.PaperOf(id, paper))["askedOf"]);
    }

    [Theory]
    [InlineData(false, true, "上海市示例职校", "shanghai-school")]
    [InlineData(true, false, "上海市示例职校", "poor-household")]
    [InlineData(true, true, "上海市别的职校", "shanghai-school")]
    [InlineData(true, true, "上海市示例职校", "")]
    [Proves("cx2020/A2")]
    public async Task To_Shanghai_go_the_registered_poor_to_a_school_of_the_list(
        bool listed, bool poor, string school, string rule)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("SchoolApproved");
        if (listed && poor) await office.ToShanghai(id);
        else if (listed) await office.ToShanghai(await office.In("SchoolApproved"));   // another student's group
        else if (poor)
            await office.Stored.Do(async work => await PersonGroups.AddAsync(
                work, (await work.Db.Set<Case>().FindAsync(id))!.StudentId!.Value, Poor("2020-01-01")));
        var answer = await office.Try(id, "send",
            new JsonObject { ["photocopy"] = true, ["shanghaiSchool"] = school }.ToJsonString());
        Assert.Equal((rule.Length == 0 ? 200 : 409, rule), (answer.Status, string.Join(' ', answer.Rules)));
    }

    [Theory]
    [InlineData(nameof(Role.County), "532301", "2020-01-01", null, ResultKind.Created, true)]
    [InlineData(nameof(Role.County), "532301", "2020-05-07", null, ResultKind.Invalid, false)]   // begins later
    [InlineData(nameof(Role.County), "532301", "2020-01-01", "2020-05-05", ResultKind.Created, false)]   // has ended
    [InlineData(nameof(Role.County), "532301", "2020-01-01", "2020-05-06", ResultKind.Created, true)]
    [InlineData(nameof(Role.County), "532322", "2020-01-01", null, ResultKind.NotFound, false)]
    [InlineData(nameof(Role.School), "", "2020-01-01", null, ResultKind.Forbidden, false)]   // it would profit
    [Proves("cx2020/A2")]
    public async Task A_group_is_entered_by_the_bureau_from_a_paper_and_holds_from_day_to_day(
        string role, string place, string from, string? until, ResultKind came, bool holds)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.Draft();
        office.On(new(2020, 5, 6));
        Guid student;
        await using (var db = office.Stored.Read())
            student = (await db.Set<Case>().SingleAsync(c => c.Id == id)).StudentId!.Value;
        var by = At("by", Of(role), place.Length > 0 ? place : await ScopeOf(office, Origin));
        var made = await office.Stored.Commands.ExecuteAsync(new(by),
            w => PersonGroups.AddAsync(w, student, Poor(from)));
        Assert.Equal(came, made.Kind);
        if (made.IsDone)
            Assert.Equal(ResultKind.Refused, (await office.Stored.Commands.ExecuteAsync(new(by),
                w => PersonGroups.AddAsync(w, student, Poor(from)))).Kind);   // no two at once
        if (until is not null)
        {
            var ended = await office.Stored.Commands.ExecuteAsync(new(by), w => PersonGroups.EndAsync(
                w, student, made.Id!.Value, new() { ["until"] = until, ["reason"] = "已脱贫出列" }));
            Assert.Equal(ResultKind.Done, ended.Kind);
        }

        Assert.Equal(holds, await office.Stored.Commands.QueryAsync(Actor.Local, w => PersonGroups.ContainsAsync(
            w.Db, student, PersonGroupKind.RegisteredPoorHousehold, w.Today)));
    }

    private static FormValues Poor(string from) => new()
    {
        ["kind"] = "建档立卡（脱贫）户",
        ["from"] = from,
        ["source"] = "示例县乡村振兴局",
        ["paper"] = "示例字1号",
        ["paperDate"] = "2020-01-10",
    };

    private static JsonNode Need(Answer view, string action, string? paper = null) =>
        view.Body!["actions"]!.AsArray().Single(a => (string?)a!["action"] == action)!["needs"]!.AsArray()
            .Single(n => paper is null || (string?)n!["title"] == new ApplicationWorkflow().EvidenceKinds
                .Single(k => k.Id == paper).Title)!;
}

public sealed class ProofTestsOnSqlite() : ProofTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class ProofTestsOnPostgreSql() : ProofTests(DatabaseKind.PostgreSql);
