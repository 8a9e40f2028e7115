using System.Text;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Enrolment;
using EduAssist.Office.ListImports;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.ToyRegion;

/// <summary>第五条至第九条：申请在演示数据上办理，在两种数据库上。</summary>
public class ApplicationTests
{
    private static readonly DateOnly InTime = new(2026, 3, 12), TooLate = new(2026, 3, 23);

    private static readonly ApplicationWorkflow Applications = new();

    private static readonly byte[] Far = Encoding.UTF8.GetBytes("""
        {"facts":{"stage":"Junior","home":"520102","boards":false,"kilometres":9,"notifiedOn":"2026-03-11"}}
        """);

    [Theory, EveryDatabase]
    [Proves("toy2024/5", "toy2024/7")]
    public async Task An_application_is_submitted_within_the_window_and_when_it_was_assessed(DatabaseKind kind)
    {
        using var demo = await DemoOf(kind, InTime);
        var draft = await CaseIn(demo, ApplicationWorkflow.Draft);
        Assert.Equal(["assessed-eligible"], await FindingsOf(demo, draft, "submit"));
        demo.Turn(TooLate);
        Assert.Equal(["acceptance-window", "assessed-eligible"], await FindingsOf(demo, draft, "submit"));
    }

    [Theory, EveryDatabase]
    [Proves("toy2024/8")]
    public async Task Who_is_granted_help_has_a_route(DatabaseKind kind)
    {
        using var demo = await DemoOf(kind, InTime);
        await using var db = demo.Read();
        Assert.All(await db.Set<ApplicationRow>().Include(r => r.Case).ToListAsync(), row => Assert.Equal(
            row.Case.State == ApplicationWorkflow.Granted.Id, row is { GrantedOn: not null, Route: not null }));
    }

    /// <summary>
    /// Submitted on a Thursday, it is to be answered until the next one; who is late is told, and answers.
    /// </summary>
    [Theory, EveryDatabase]
    [Proves("toy2024/12")]
    public async Task A_late_answer_is_told_and_taken(DatabaseKind kind)
    {
        using var demo = await DemoOf(kind, InTime);
        var id = await CaseIn(demo, ApplicationWorkflow.Draft);
        await demo.Do(work => Applications.AssessAsync(work, id, Far));
        await Take("submit");
        foreach (var (day, isLate) in ((DateOnly, bool)[])[(InTime, false), (new(2026, 3, 19), false),
            (new(2026, 3, 20), true)])
        {
            demo.Turn(day);
            var step = (await View()).Actions.Single(a => a.Action == "decline");
            Assert.Equal(new DateOnly(2026, 3, 19), step.DueOn);
            Assert.True(step.Possible);
            Assert.Equal(isLate ? ["answered-in-time"] : [], step.Warnings?.Select(w => w.Rule) ?? []);
        }

        await Take("decline");
        Assert.Equal("提醒：应在收到申请后五个工作日内答复，已逾期", (await View()).History[^1].Reason);

        async Task<CaseView> View() =>
            (await demo.Commands.QueryAsync(Actor.Local, work => Applications.ViewAsync(work, id)))!;

        Task<CommandResult> Take(string action) => demo.Do(async work =>
            await Applications.MoveAsync(
                work, id, (await work.Db.Set<Case>().FindAsync(id))!.Version, action, FormValues.None));
    }

    [Theory, EveryDatabase]
    [Proves("toy2024/13")]
    public async Task A_school_with_a_licensed_bus_submits_nothing_while_it_is_licensed(DatabaseKind kind)
    {
        using var demo = await DemoOf(kind, InTime);
        var draft = await CaseIn(demo, ApplicationWorkflow.Draft);
        Guid school;
        await using (var db = demo.Read())
            school = (await db.Set<ApplicationRow>().SingleAsync(r => r.CaseId == draft)).SchoolId;
        var entered = await demo.Do(work => SchoolAttributes.AddAsync(work, school, ToyRegionSchools.Bus.Id, new()
        {
            ["value"] = "合格",
            ["from"] = "2026-03-11",
            ["source"] = "玩具市交通运输局",
            ["paper"] = "玩交字1号",
            ["paperDate"] = "2026-03-10",
        }));
        Assert.Equal(["assessed-eligible", "no-bus-of-its-own"], await FindingsOf(demo, draft, "submit"));
        await demo.Do(work => SchoolAttributes.EndAsync(
            work, school, entered.Id!.Value, new() { ["until"] = "2026-03-12", ["reason"] = "年检未过" }));
        foreach (var (day, holds) in ((DateOnly, bool)[])[
            (new(2026, 3, 10), false), (new(2026, 3, 11), true), (InTime, true), (new(2026, 3, 13), false)])
        {
            demo.Turn(day);
            Assert.Equal(holds, (await FindingsOf(demo, draft, "submit")).Contains("no-bus-of-its-own"));
        }
    }

    /// <summary>
    /// The county's reviewer is the prefecture's, too, and reviews once; who is late is told. Sent back and submitted
    /// again, the case is reviewed anew.
    /// </summary>
    [Theory, EveryDatabase]
    [Proves("toy2024/14")]
    public async Task Two_reviewers_approve_one_after_the_other_and_nobody_twice(DatabaseKind kind)
    {
        using var demo = await DemoOf(kind, InTime);
        var id = await CaseIn(demo, ApplicationWorkflow.Draft);
        await demo.Do(work => Applications.AssessAsync(work, id, Far));
        Actor school = Of("school", (Role.School, await ScopeOf(demo, id))),
            both = Of("both", (Role.County, "520102"), (Role.Prefecture, "5201")),
            other = Of("other", (Role.Prefecture, "5201"));
        await Take(school, "submit", ApplicationWorkflow.Submitted);
        await Take(both, "county-approve", ApplicationWorkflow.Examined);
        Assert.Equal(["reviewed-by-another"], await Told(both, "prefecture-approve"));
        Assert.Equal(["reviewed-by-another"], await Told(both, "prefecture-return"));
        Assert.Empty(await Told(other, "prefecture-approve"));
        var refused = await Try(both, "prefecture-approve", FormValues.None);
        Assert.Equal(ResultKind.Refused, refused.Kind);
        Assert.Equal(ResultKind.Invalid, (await Try(other, "prefecture-return", FormValues.None)).Kind);
        await Take(other, "prefecture-return", ApplicationWorkflow.Draft, ("reason", "家校距离请核实"));
        Assert.Equal("家校距离请核实", (await View(school)).History[^1].Reason);

        await Take(school, "submit", ApplicationWorkflow.Submitted);
        await Take(Of("clerk", (Role.County, "520102")), "county-approve", ApplicationWorkflow.Examined);
        Assert.Empty(await Told(both, "prefecture-approve")); // of the first round, which is over
        foreach (var (day, isLate) in ((DateOnly, bool)[])[(new(2026, 3, 16), false), (new(2026, 3, 17), true)])
        {
            demo.Turn(day);
            var step = (await View(both)).Actions.Single(a => a.Action == "prefecture-approve");
            Assert.Equal((new DateOnly(2026, 3, 16), "Approved"), (step.DueOn, step.To));
            Assert.Equal(isLate ? ["reviewed-in-time"] : [], step.Warnings?.Select(w => w.Rule) ?? []);
        }

        await Take(both, "prefecture-approve", ApplicationWorkflow.Approved);
        var corrected = await demo.Do(async work => await Applications.CorrectAsync(
            work, id, (await work.Db.Set<Case>().FindAsync(id))!.Version, "误点"));
        Assert.Equal(ResultKind.Done, corrected.Kind);
        await Take(both, "prefecture-approve", ApplicationWorkflow.Approved); // what was undone is no review

        async Task<CaseView> View(Actor actor) =>
            (await demo.Commands.QueryAsync(actor, work => Applications.ViewAsync(work, id)))!;

        async Task<IReadOnlyList<string>> Told(Actor actor, string action) =>
            [.. (await View(actor)).Actions.Single(a => a.Action == action).Findings.Select(f => f.Rule)];

        Task<CommandResult> Try(Actor actor, string action, FormValues input) =>
            demo.Commands.ExecuteAsync(new(actor), async work => await Applications.MoveAsync(
                work, id, (await work.Db.Set<Case>().FindAsync(id))!.Version, action, input));

        async Task Take(Actor actor, string action, CaseState to, params (string Name, string Text)[] input)
        {
            var values = FormValues.None;
            foreach (var (name, text) in input) values[name] = text;
            var result = await Try(actor, action, values);
            Assert.True(result.IsDone, result.Refusal?.Detail);
            Assert.Equal(to.Id, result.Answer<CaseSummary>()!.State);
        }
    }

    [Theory, EveryDatabase]
    [Proves("toy2024/9")]
    public async Task Three_of_the_four_submitted_at_each_school_are_granted(DatabaseKind kind)
    {
        using var demo = await DemoOf(kind, InTime);
        await using var db = demo.Read();
        var figures = await new Indicators().ComputeAsync(new(db, demo.Instance), 2026);
        Assert.Equal(["75.00%", "75.00%"], figures.Select(f => f.Ratio.Percent));
    }

    [Theory, EveryDatabase]
    [Proves("toy2024/6")]
    public async Task A_list_changes_a_route_and_knows_everybody_again(DatabaseKind kind)
    {
        using var demo = await DemoOf(kind, InTime);
        var import = new HelpListImport();
        var list = (await import.ExportAsync(demo.Commands, Actor.Local, FormValues.None))!;
        list.Rows("pupils")[0]["route"] = "99路";
        Assert.Equal((0, 1, 5), await Imported());
        Assert.Equal((0, 0, 6), await Imported());

        async Task<(int New, int Changed, int Unchanged)> Imported()
        {
            using var file = new MemoryStream();
            FormList.Write(import.Form, list, file, SpreadsheetFormat.Csv);
            file.Position = 0;
            var read = FormList.Read(import.Form, file, SpreadsheetFormat.Csv, new(demo.Instance.Divisions, InTime));
            var result = await import.ImportAsync(demo.Commands, new(Actor.Local), read);
            var outcome = result.Answer<ImportOutcome>()!;
            return (outcome.New, outcome.Changed, outcome.Unchanged);
        }
    }

    private static async Task<Stored> DemoOf(DatabaseKind kind, DateOnly day)
    {
        var stored = new Stored(kind, day, null, new ToyRegionModule());
        await stored.Commands.PrepareDatabaseAsync(demo: true);
        return stored;
    }

    private static async Task<Guid> CaseIn(Stored demo, CaseState state)
    {
        await using var db = demo.Read();
        return await db.Set<Case>().Where(c => c.Year == 2026 && c.State == state.Id).Select(c => c.Id).FirstAsync();
    }

    private static async Task<string> ScopeOf(Stored demo, Guid id)
    {
        await using var db = demo.Read();
        return (await db.Set<Case>().SingleAsync(c => c.Id == id)).Scope;
    }

    private static Actor Of(string name, params IReadOnlyList<(Role Role, string Place)> roles) =>
        new(name, [.. roles.Select(r => new Grant(r.Role, ScopePath.SchoolOf(r.Place)))]);

    private static async Task<IReadOnlyList<string>> FindingsOf(Stored demo, Guid id, string action)
    {
        var view = await demo.Commands.QueryAsync(Actor.Local, work => Applications.ViewAsync(work, id));
        return [.. view!.Actions.Single(a => a.Action == action).Findings.Select(f => f.Rule)];
    }
}
