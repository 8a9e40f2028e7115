using EduAssist.Data;

namespace EduAssist.Chuxiong;

/// <summary>一份申请的状态图，经 HTTP 逐条走过：图上有的都走得通、都可以更正，图上没有的一律不办，什么也不改。</summary>
public class StateDiagramTests
{
    /// <summary>The diagram of the document: what can be done in a state, and where it leads.</summary>
    private static readonly IReadOnlyDictionary<string, string> Diagram = new Dictionary<string, string>
    {
        ["Draft"] = "submit→Submitted withdraw→Withdrawn",
        ["Submitted"] = "approve→SchoolApproved reject→SchoolRejected withdraw→Withdrawn",
        ["SchoolApproved"] = "send→Sent withdraw→Withdrawn",
        ["SchoolRejected"] = "",
        ["Withdrawn"] = "",
        ["Sent"] = "enrol→Enrolled return→LeavingClaimed lose→Lost",
        ["Enrolled"] = "list→Listed return→LeavingClaimed other-school→LeavingClaimed lose→Lost",
        ["Listed"] = "confirm→Confirmed return→LeavingClaimed other-school→LeavingClaimed lose→Lost",
        ["Confirmed"] =
            "graduate→Graduated return→LeavingClaimed other-school→LeavingClaimed lose→Lost",
        ["Graduated"] = "register→Registered other-school→LeavingClaimed lose→Lost",
        ["Registered"] = "",
        ["LeavingClaimed"] = "lose→Lost",
        ["ReturnedToOriginalSchool"] = "",
        ["InOtherSeniorSecondary"] = "",
        ["Lost"] = "",
    };

    private static IEnumerable<(string Action, string To)> Of(string state) => Diagram[state]
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => (t.Split('→')[0], t.Split('→')[1]));

    [Fact]
    public void The_workflow_declares_just_this_diagram()
    {
        var workflow = new ApplicationWorkflow();
        Assert.Equal(Diagram.Keys, workflow.States.Select(s => s.Id));
        Assert.Equal(Office.Steps.Keys.Order(StringComparer.Ordinal),
            workflow.Transitions.Select(t => t.Action).Order(StringComparer.Ordinal));
        Assert.All(workflow.States,
            s => Assert.Equal(Of(s.Id).Order(),
                workflow.Transitions.Where(t => t.From.Contains(s)).Select(t => (t.Action, t.To.Id)).Order()));
        Assert.All(workflow.Transitions, t => Assert.NotEmpty(t.Provisions));
        Assert.Equal("return→ReturnedToOriginalSchool other-school→InOtherSeniorSecondary",
            string.Join(' ', workflow.Transitions.Where(t => t.SettledBy is not null)
                .Select(t => $"{t.Action}→{t.SettledBy!.To.Id}")));
    }

    [Theory, EveryDatabase]
    [Proves("cx2020/4.1.3", "cx2020/4.2.2b", "cx2020/4.2.4", "cx2020/5.3a", "cx2020/5.3b", "cx2020/5.3c", "cx2020/5.3d",
        "cx2020/5.4")]
    public async Task Every_step_leads_where_the_diagram_says_and_a_correction_restores_what_was(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        foreach (var state in Diagram.Keys)
        {
            foreach (var (action, to) in Of(state))
            {
                var id = await office.In(state);
                await office.Prove(id, action);
                var (view, counters) = (await office.View(id), await office.Counters());
                Assert.Equal((state, action, to), (state, action, (await office.Walk(id, action)).State));
                var (after, used) = (await office.View(id), await office.Counters());

                var corrected = await office.Correct(id, "录入有误");
                Assert.True(corrected.Status == 200, corrected.Body?.ToJsonString());
                Assert.Equal((view, counters), (await office.View(id), await office.Counters()));
                var history = (await office.Get($"{Office.Api}/{id}")).Body!["history"]!.AsArray();
                Assert.Equal(Enumerable.Range(1, history.Count).Select(n => (long)n),
                    history.Select(h => (long)h!["sequence"]!));
                Assert.Equal(((string?)"correct", (string?)"录入有误", (long?)(history.Count - 1)),
                    ((string?)history[^1]!["action"], (string?)history[^1]!["reason"], (long?)history[^1]!["undoes"]));

                await office.Walk(id, action);
                Assert.Equal((after, used), (await office.View(id), await office.Counters()));
                await office.Correct(id);   // what is final would leave the student free, and the places used
            }
        }
    }

    [Theory, EveryDatabase]
    [Proves("cx2020/4.1.3", "cx2020/4.2.4", "cx2020/5.3b", "cx2020/5.3d", "cx2020/5.4")]
    public async Task What_the_diagram_does_not_have_is_refused_with_its_provisions_and_changes_nothing(
        DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var refused = 0;
        foreach (var state in Diagram.Keys)
        {
            var id = await office.In(state);
            foreach (var action in Office.Steps.Keys.Except(Of(state).Select(t => t.Action)))
            {
                var (view, before) = (await office.View(id), await office.Everything());
                var answer = await office.Try(id, action);
                Assert.Equal((state, action, 409, "state"),
                    (state, action, answer.Status, string.Join(' ', answer.Rules)));
                Assert.All(answer.Findings, f => Assert.NotEmpty(f["provisions"]!.AsArray()));
                Assert.Equal((view, before), (await office.View(id), await office.Everything()));
                refused++;
            }
        }

        Assert.Equal((15 * 13) - 26, refused);
    }

    [Theory, EveryDatabase]
    public async Task A_step_names_the_version_that_it_was_decided_on_and_is_taken_once(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.Draft();
        office.On(new(2020, 4, 24));
        var path = $"{Office.Api}/{id}/submit";
        var (tag, before) = (await office.TagOf(id), await office.Everything());
        Assert.Equal(428, (await office.Post(path, "{}")).Status);
        Assert.Equal(412, (await office.Post(path, "{}", "\"1\"")).Status);
        Assert.Equal(before, await office.Everything());

        var first = await office.Post(path, "{}", tag, "k-1");
        var after = await office.Everything();
        var again = await office.Post(path, "{}", tag, "k-1");
        Assert.Equal((200, first.Body!.ToJsonString(), first.Tag),
            (again.Status, again.Body!.ToJsonString(), again.Tag));
        Assert.Equal(422, (await office.Post(path, """{ }""", "\"9\"", "k-1")).Status);
        Assert.Equal(412, (await office.Post(path, "{}", tag, "k-2")).Status);
        Assert.Equal(after, await office.Everything());
    }

    [Theory, EveryDatabase]
    public async Task A_correction_needs_a_reason_and_something_to_correct(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.Draft();
        var before = await office.Everything();
        Assert.Equal((409, "nothing-to-correct"),
            ((await office.Correct(id)).Status, (await office.Correct(id)).Rules.Single()));
        await office.Walk(id, "submit");
        Assert.Equal(400, (await office.Correct(id, " ")).Status);
        Assert.Equal(400, (await office.Correct(id, new string('字', 501))).Status);
        Assert.NotEqual(before, await office.Everything());
    }

    [Theory, EveryDatabase]
    [Proves("cx2020/A3")]
    public async Task A_correction_that_would_give_a_student_two_applications_is_refused(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var pupil = await office.Pupil();
        var first = await office.In("Withdrawn", person: pupil);
        await office.Draft(pupil);
        var before = await office.Everything();
        var refused = await office.Correct(first);
        Assert.Equal((409, "one-application", "cx2020/A3"),
            (refused.Status, refused.Rules.Single(), (string?)refused.Findings[0]["provisions"]![0]));
        Assert.Equal(before, await office.Everything());
    }
}
