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
        Assert.Equal("LeavingClaimed LeavingClaimed Confirmed", await States());

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
        Assert.Equal("ReturnedToOriginalSchool InOtherSeniorSecondary Confirmed", await States());
        Assert.Equal(ResultKind.Done, (await office.Confirm(ids[2], papers[2], asked)).Kind);
        Assert.Equal(ResultKind.Done, (await Move(office, ids[2], "lose", liar, Office.Steps["lose"].Body)).Kind);
        Assert.Equal((0, 1, 1), await Rate(office));

        async Task<string> States()
        {
            List<string> states = [];
            foreach (var id in ids) states.Add((await office.Get($"{Office.Api}/{id}")).State);
            return string.Join(' ', states);
        }
    }

    [Theory]
    [InlineData("Sent", "return", 0)]   // it never came to the vocational school
    [InlineData("Enrolled", "return", 1)]
    [InlineData("Listed", "other-school", 1)]
    [Proves("cx2020/5.3b", "cx2020/6.2")]
    public async Task Who_is_said_to_have_left_before_the_county_has_confirmed_stays_in_the_count_until_it_is_proved(
        string state, string action, int counted)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var (id, origin) = (await office.In(state), await ScopeOf(office, Origin));
        await AddUser(office, "origin", Role.School, origin);
        Assert.Equal((0, 0, 0), await Rate(office));
        var liar = At("vocational", Role.Vocational, await ScopeOf(office, Vocational));
        office.On(new(2020, 9, 6));
        Assert.True((await Move(office, id, action, liar, Office.Steps[action].Body)).IsDone);
        Assert.Equal((0, counted, 0), await Rate(office));
        await using (var db = office.Stored.Read())
        {
            Assert.NotNull((await db.Set<ApplicationRow>().SingleAsync(a => a.CaseId == id)).OpenStudentId);
            var source = new ListingSource(db, office.Stored.Instance);
            var figures = await new AssessedIndicators().ComputeAsync(source, 2020);
            var lost = figures
                .Single(f => f.Indicator.Id == "chuxiong.exits-lost" && f.Title == Vocational).Ratio;
            Assert.Equal((counted, counted), (lost.Numerator, lost.Denominator));
        }

        var paper = (await File(office, id, "written-proof", liar, new(2020, 9, 6))).Id!.Value;
        Assert.Equal((0, counted, 0), await Rate(office));
        var knows = action == "return" ? At("origin", Role.School, origin) : At("p", Role.Prefecture, "5323");
        Assert.Equal(ResultKind.Done, (await office.Confirm(id, paper, knows)).Kind);
        Assert.Equal((0, 0, 0), await Rate(office));
    }

    [Theory]
    [InlineData("return")]
    [InlineData("other-school")]
    [Proves("cx2020/5.3b", "cx2020/5.3c", "cx2020/6.2")]
    public async Task An_exit_that_the_receiving_school_denies_is_void_and_the_case_goes_on(string action)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var (id, origin) = (await office.In("Listed"), await ScopeOf(office, Origin));
        await AddUser(office, "origin", Role.School, origin);
        var before = JsonNode.Parse(await office.View(id))!["facts"]!.ToJsonString();
        var liar = At("vocational", Role.Vocational, await ScopeOf(office, Vocational));
        office.On(new(2020, 9, 6));
        Assert.True((await Move(office, id, action, liar, Office.Steps[action].Body)).IsDone);
        Guid[] papers =
        [
            (await File(office, id, "written-proof", liar, new(2020, 9, 6))).Id!.Value,
            (await File(office, id, "written-proof", liar, new(2020, 9, 6))).Id!.Value,
        ];
        var knows = action == "return" ? At("origin", Role.School, origin) : At("p", Role.Prefecture, "5323");
        Assert.Equal(ResultKind.Done, (await office.Confirm(id, papers[0], knows, rejects: "没有回来")).Kind);
        Assert.Equal(("Rejected", "Withdrawn"), ((string?)(await office.PaperOf(id, papers[0]))["state"],
            (string?)(await office.PaperOf(id, papers[1]))["state"]));
        Assert.Equal(("Listed", before), ((await office.Get($"{Office.Api}/{id}")).State,
            JsonNode.Parse(await office.View(id))!["facts"]!.ToJsonString()));
        Assert.Equal((0, 0, 0), await Rate(office));

        // it goes on, and a correction undoes what was done since or before, not what is void
        Assert.Equal("Confirmed", (await office.Walk(id, "confirm", day: new(2020, 9, 7))).State);
        Assert.Equal((1, 1, 1), await Rate(office));
        Assert.Equal("Listed", (await office.Correct(id)).State);
        Assert.Equal("Enrolled", (await office.Correct(id)).State);
    }

    [Fact]
    [Proves("cx2020/6.2")]
    public async Task What_is_done_with_a_case_is_audited_at_each_body_that_it_concerns()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var receiving = await ScopeOf(office, "楚雄州示例中学");
        await AddUser(office, "receiver", Role.School, receiving);
        var (school, origin) = (await ScopeOf(office, Vocational), await ScopeOf(office, Origin));
        var id = await office.In("Confirmed");
        var liar = At("vocational", Role.Vocational, school);
        await office.Walk(id, "other-school", """{"date":"2020-09-06","reason":"考入普通高中","school":"楚雄州示例中学"}""");
        var paper = (await File(office, id, "written-proof", liar, new(2020, 9, 6))).Id!.Value;
        Assert.Equal(ResultKind.Done, (await office.Confirm(id, paper, At("r", Role.School, receiving))).Kind);
        Assert.Equal(ResultKind.Done, (await office.Stored.Commands.ExecuteAsync(new(liar), async work =>
            (await new ApplicationWorkflow().DownloadEvidenceAsync(work, id, paper)).Decision)).Kind);
        foreach (var (role, place, all) in ((Role, string, bool)[])[
            (Role.Auditor, origin, true), (Role.Administrator, school, true), (Role.Auditor, receiving, false)])
        {
            var reader = new Actor("a", new Grant(role, place));
            await using var db = office.Stored.Commands.Database.Read(reader.AccessScope);
            var seen = (await db.Set<AuditEntry>().Where(e => e.Subject == id).OrderBy(e => e.Id).ToListAsync())
                .Select(e => $"{e.Action.Split('/', 2)[1]} {e.Role}").ToList();
            Assert.Equal((place, all), (place, seen.Exists(e => e.StartsWith("send ", StringComparison.Ordinal))));
            // in the role that the actor has there; elsewhere in none
            Assert.Equal((place, $"evidence/confirm {(place == receiving ? Role.School.Title : "")}"),
                (place, seen.Last(e => e.StartsWith("evidence/confirm", StringComparison.Ordinal))));
            Assert.Equal((place, all), (place, seen.Exists(e =>
                e == $"evidence-read {(place == school ? Role.Vocational.Title : "")}")));
        }
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

    [Fact]
    [Proves("cx2020/3.1")]
    public async Task Of_an_application_that_is_over_nobody_is_asked_any_more_until_a_correction_opens_it()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("SchoolApproved");
        office.On(new(2020, 5, 6));
        var (school, county) = (At("origin", Role.School, await ScopeOf(office, Origin)),
            At("asked", Role.County, "532301"));
        var paper = (await File(office, id, "help-record", school, new(2020, 5, 6))).Id!.Value;
        Assert.Equal(1, await Waiting());
        Assert.Equal("Withdrawn", (await office.Walk(id, "withdraw")).State);
        Assert.Equal(0, await Waiting());
        foreach (var rejects in (string?[])[null, "没有帮扶"])
        {
            var refused = await office.Confirm(id, paper, county, rejects);
            Assert.Equal((ResultKind.Refused, "case-open"),
                (refused.Kind, refused.Refusal!.Findings!.Single().Rule));
        }

        Assert.Equal(ResultKind.Refused, (await File(office, id, "help-record", school, new(2020, 5, 6))).Kind);
        Assert.Equal("SchoolApproved", (await office.Correct(id)).State);
        Assert.Equal(1, await Waiting());
        Assert.Equal(ResultKind.Done, (await office.Confirm(id, paper, county)).Kind);
        Assert.Equal(0, await Waiting());

        async Task<int> Waiting()
        {
            var count = 0;
            await office.Stored.Commands.QueryAsync(county, async work =>
            {
                count = (await OpenConfirmations.LoadAsync(work, 10)).Count;
                return count;
            });
            return count;
        }
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
        var id = await office.In(state,
            facts: paper == "persuasion-record" ? Office.PersuadedBack : Office.HelpedInVain);
        var (school, origin) = (await ScopeOf(office, Vocational), await ScopeOf(office, Origin));
        await AddUser(office, "origin", Role.School, origin);
        var (day, body) = Office.Steps[action];
        office.On(day);
        var refused = await office.Post($"{Office.Api}/{id}/{action}", body, await office.TagOf(id));
        Assert.Equal((409, paper), (refused.Status, Assert.Single(refused.Rules)));

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

    [Theory]
    [InlineData(Office.HelpedInVain, "help-record", "")]
    [InlineData(Office.HelpedInVain, "persuasion-record", "help-record")]
    [InlineData(Office.PersuadedBack, "persuasion-record", "")]
    [InlineData(Office.PersuadedBack, "help-record", "persuasion-record")]
    [InlineData(Both, "help-record", "")]   // either article alone makes the student eligible
    [InlineData(Both, "persuasion-record", "")]
    [InlineData("""{"facts":{"strugglesDespiteHelp":true,"longTermDropout":true,"persuadedBack":true}}""",
        "persuasion-record", "help-record")]
    [Proves("cx2020/3.1", "cx2020/3.2")]
    public async Task Who_is_sent_has_the_record_of_the_article_that_makes_them_eligible(
        string facts, string paper, string missing)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("SchoolApproved", facts: facts);
        office.On(new(2020, 5, 6));
        Assert.True((await office.Confirm(id, await office.File(id, paper))).IsDone);
        var answer = await office.Post($"{Office.Api}/{id}/send", """{"photocopy":true}""", await office.TagOf(id));
        Assert.Equal((missing.Length == 0 ? 200 : 409, missing), (answer.Status, string.Join(' ', answer.Rules)));
    }

    private const string Both =
        """{"facts":{"strugglesDespiteHelp":true,"repeatedDropout":true,"persuadedBack":true,"""
            + "\"willingToLearnSkills\":true}}";

    [Theory]
    [InlineData("li", "li", true, "entered-by-another")]
    [InlineData("li", "zhao", true, "")]
    [InlineData("li", "li", false, "")]   // it has ended, and says nothing of today
    [Proves("cx2020/A2")]
    public async Task Nobody_sends_a_student_whom_they_have_entered_among_the_registered_poor(
        string enters, string sends, bool holds, string rule)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("SchoolApproved");
        await office.Prove(id, "send");
        Guid student;
        await using (var db = office.Stored.Read())
            student = (await db.Set<Case>().SingleAsync(c => c.Id == id)).StudentId!.Value;
        var (one, other) = (At(enters, Role.County, "532301"), At(sends, Role.County, "532301"));
        var entry = await office.Stored.Commands.ExecuteAsync(new(one),
            w => PersonGroups.AddAsync(w, student, Poor("2020-01-01")));
        Assert.Equal(ResultKind.Created, entry.Kind);
        if (!holds)
            Assert.True((await office.Stored.Commands.ExecuteAsync(new(one), w => PersonGroups.EndAsync(
                w, student, entry.Id!.Value, new() { ["until"] = "2020-05-05", ["reason"] = "已脱贫出列" }))).IsDone);
        var answer = await Move(office, id, "send", other, Office.Steps["send"].Body);
        Assert.Equal(rule, string.Join(' ', answer.Refusal?.Findings?.Select(f => f.Rule) ?? []));
        if (rule.Length == 0) return;
        Assert.Contains("请由另一个人办理", answer.Refusal!.Detail, StringComparison.Ordinal);
        var view = await office.Stored.Commands.QueryAsync(other, w => new ApplicationWorkflow().ViewAsync(w, id));
        Assert.Contains(rule, view!.Actions.Single(a => a.Action == "send").Findings.Select(f => f.Rule));
    }

    [Fact]
    [Proves("cx2020/A2")]
    public async Task Nobody_enters_among_the_registered_poor_whom_they_have_sent_unless_that_was_corrected()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("SchoolApproved");
        await office.Prove(id, "send");
        Guid student;
        await using (var db = office.Stored.Read())
            student = (await db.Set<Case>().SingleAsync(c => c.Id == id)).StudentId!.Value;
        var (li, zhao) = (At("li", Role.County, "532301"), At("zhao", Role.County, "532301"));
        Assert.True((await Move(office, id, "send", li, Office.Steps["send"].Body)).IsDone);
        var refused = await Enter(li, "建档立卡（脱贫）户");
        Assert.Equal(("entered-by-another", true), (refused.Refusal!.Findings![0].Rule,
            refused.Refusal.Detail.Contains("请由另一个人登记", StringComparison.Ordinal)));
        Assert.Equal(ResultKind.Created, (await Enter(li, "孤儿")).Kind);   // nothing rests on it
        await office.Correct(id);
        Assert.Equal(ResultKind.Created, (await Enter(li, "建档立卡（脱贫）户")).Kind);
        Assert.Equal(ResultKind.Refused, (await Move(office, id, "send", li, Office.Steps["send"].Body)).Kind);
        Assert.True((await Move(office, id, "send", zhao, Office.Steps["send"].Body)).IsDone);

        Task<CommandResult> Enter(Actor by, string group)
        {
            var values = Poor("2020-01-01");
            values["kind"] = group;
            return office.Stored.Commands.ExecuteAsync(new(by), w => PersonGroups.AddAsync(w, student, values));
        }
    }

    [Theory]
    [InlineData("SchoolApproved", "help-record", "send", "532301")]
    [InlineData("Confirmed", "results", "graduate", "")]
    [InlineData("Confirmed", "loss-visit", "lose", "")]
    [Proves("cx2020/3.1", "cx2020/5.4", "cx2020/6.1")]
    public async Task A_confirmation_is_taken_back_by_the_body_that_gave_it_while_nothing_stands_on_it(
        string state, string paper, string action, string place)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var (school, origin) = (await ScopeOf(office, Vocational), await ScopeOf(office, Origin));
        await AddUser(office, "origin", Role.School, origin);
        var id = await office.In(state);
        var (asked, other) = place.Length > 0
            ? (At("asked", Role.County, place), At("other", Role.School, origin))
            : (At("asked", Role.School, origin), At("other", Role.Vocational, school));
        office.On(Office.Steps[action].Day);
        var filed = await office.File(id, paper);
        Assert.Equal(ResultKind.Refused, (await office.Withdraw(id, filed, asked)).Kind);   // not given yet
        Assert.True((await office.Confirm(id, filed, asked)).IsDone);
        Assert.Equal(ResultKind.Forbidden, (await office.Withdraw(id, filed, other)).Kind);
        Assert.Equal(ResultKind.Invalid, (await office.Withdraw(id, filed, asked, " ")).Kind);
        Assert.True((await office.Withdraw(id, filed, asked)).IsDone);
        var view = await office.Get($"{Office.Api}/{id}");
        Assert.Equal(("Asked", "Unknown"), ((string?)(await office.PaperOf(id, filed))["state"],
            (string?)Need(view, action)["state"]));
        Assert.Equal(("evidence/withdraw", true), ((string?)view.Body!["history"]!.AsArray()[^1]!["action"],
            ((string)view.Body["history"]!.AsArray()[^1]!["reason"]!).EndsWith("：看错了人", StringComparison.Ordinal)));
        await using (var db = office.Stored.Read())
            Assert.NotEmpty(await db.Set<AuditEntry>()
                .Where(e => e.Action == "chuxiong.application/evidence/withdraw" && e.Subject == id).ToListAsync());

        Assert.True((await office.Confirm(id, filed, asked)).IsDone);   // it decides anew
        await office.Walk(id, action);
        var stands = await office.Withdraw(id, filed, asked);
        Assert.Equal((ResultKind.Refused, "nothing-stands-on-it"), (stands.Kind, stands.Refusal!.Findings![0].Rule));
        await office.Correct(id);
        Assert.True((await office.Withdraw(id, filed, asked)).IsDone);
    }

    [Fact]
    [Proves("cx2020/6.2")]
    public async Task A_proof_that_has_ended_a_case_is_not_taken_back_but_by_a_correction_of_the_exit()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var origin = await ScopeOf(office, Origin);
        await AddUser(office, "origin", Role.School, origin);
        var id = await office.In("LeavingClaimed");
        var (paper, asked) = (await office.File(id, "written-proof"), At("origin", Role.School, origin));
        if ((string?)(await office.PaperOf(id, paper))["state"] == "Asked")
            Assert.True((await office.Confirm(id, paper, asked)).IsDone);
        Assert.Equal("ReturnedToOriginalSchool", (await office.Get($"{Office.Api}/{id}")).State);
        var stands = await office.Withdraw(id, paper, asked);
        Assert.Equal((ResultKind.Refused, "nothing-stands-on-it"), (stands.Kind, stands.Refusal!.Findings![0].Rule));
        await office.Correct(id);
        Assert.True((await office.Withdraw(id, paper, asked)).IsDone);
        Assert.Equal("Enrolled", (await office.Get($"{Office.Api}/{id}")).State);
        Assert.Equal("Withdrawn", (string?)(await office.PaperOf(id, paper))["state"]);   // nobody is asked anew

        // a proof of the claim that was corrected settles no other one
        await office.Walk(id, "return", day: Office.Steps["return"].Day.AddDays(1));
        Assert.False((await office.Confirm(id, paper, asked)).IsDone);
        Assert.False((await office.Confirm(id, paper, asked, "没有这回事")).IsDone);
        Assert.Equal("LeavingClaimed", (await office.Get($"{Office.Api}/{id}")).State);
    }

    [Fact]
    public async Task A_proof_of_one_claim_says_nothing_of_the_next()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var origin = await ScopeOf(office, Origin);
        await AddUser(office, "origin", Role.School, origin);
        var id = await office.In("LeavingClaimed");
        var (paper, asked) = (await office.File(id, "written-proof"), At("origin", Role.School, origin));
        if ((string?)(await office.PaperOf(id, paper))["state"] == "Asked")
            Assert.True((await office.Confirm(id, paper, asked)).IsDone);
        await office.Correct(id);
        await office.Walk(id, "other-school", day: Office.Steps["other-school"].Day.AddDays(1));

        // the proof was of the return: taken back now, it is asked of nobody anew, and the new claim waits on
        Assert.True((await office.Withdraw(id, paper, asked)).IsDone);
        Assert.Equal("Withdrawn", (string?)(await office.PaperOf(id, paper))["state"]);
        Assert.False((await office.Confirm(id, paper, asked)).IsDone);
        Assert.Equal("LeavingClaimed", (await office.Get($"{Office.Api}/{id}")).State);
    }

    [Fact]
    public async Task A_loss_ends_the_question_whether_the_claim_was_true()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("LeavingClaimed");
        var paper = await office.File(id, "written-proof");
        Assert.Equal("Asked", (string?)(await office.PaperOf(id, paper))["state"]);
        await office.Walk(id, "lose", day: Office.Steps["return"].Day.AddDays(1));
        Assert.Equal("Withdrawn", (string?)(await office.PaperOf(id, paper))["state"]);
        Assert.False((await office.Confirm(id, paper)).IsDone);
        Assert.Equal("Lost", (await office.Get($"{Office.Api}/{id}")).State);
    }

    [Theory]
    [InlineData("confirm", "")]
    [InlineData("reject", """{"reason":"没有这回事"}""")]
    [InlineData("withdraw", """{"reason":"看错了人"}""")]
    public async Task A_decision_about_a_paper_asks_for_the_version_that_was_seen(string decision, string body)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("SchoolApproved");
        var paper = await office.File(id, "help-record");
        if (decision == "withdraw") Assert.True((await office.Confirm(id, paper)).IsDone);
        using var county = await office.As(Role.County, "532301");
        var path = $"{Office.Api}/{id}/evidence/{paper}";
        var before = await office.Everything();
        Assert.Equal(428, (await office.Send(HttpMethod.Post, $"{path}/{decision}", body, null, null, county)).Status);
        Assert.Equal(412,
            (await office.Send(HttpMethod.Post, $"{path}/{decision}", body, "\"1\"", null, county)).Status);
        Assert.Equal(before, await office.Everything());

        // with the paper comes the version that it is decided on, and with the answer the next
        using var download = await county.GetAsync(path);
        var (tag, seen) = (download.Headers.ETag!.ToString(), await office.TagOf(id));
        Assert.Equal(tag, seen);
        var done = await office.Send(HttpMethod.Post, $"{path}/{decision}", body, tag, null, county);
        Assert.Equal((200, await office.TagOf(id)), (done.Status, done.Tag));
        Assert.NotEqual(tag, done.Tag);
        Assert.Equal(412, (await office.Send(HttpMethod.Post, $"{path}/{decision}", body, tag, null, county)).Status);
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
        await using var db = office.Stored.Read();
        Assert.NotNull((await db.Set<ApplicationRow>().SingleAsync(a => a.CaseId == id)).OpenStudentId);
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
