using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Privacy;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>Rolls changed by hand: what may follow what, and from when.</summary>
public abstract class RollChangesTests(DatabaseKind kind)
{
    public static TheoryData<string, string, string?> Steps => new()
    {
        // what was done before, what is done now, the rule that refuses it
        { "", "Suspend", null },
        { "", "Suspend without a reason", "reason-given" },
        { "", "Resume", "state" },
        { "Suspend", "Resume", null },
        { "Suspend", "Suspend", "state" },
        { "Suspend", "MoveClass", "state" },
        { "Suspend", "Leave", null },
        { "", "MoveClass", null },
        { "", "Complete", null },
        { "", "Decease", null },
        { "Decease", "Resume", "state" },
        { "", "Leave", null },
        { "", "Leave without a reason", "reason-given" },
        { "Leave", "Resume", null },
        { "Complete", "Leave", "state" },
        { "", "Withdraw", "compulsory-pupils-stay" },
        { "", "Expel", "compulsory-pupils-stay" },
        { "", "退学", "compulsory-pupils-stay" },
    };

    [Theory, MemberData(nameof(Steps))]
    public async Task A_change_follows_another_or_is_refused(string before, string now, string? rule)
    {
        using var given = await Given.Schools(kind);
        var roll = await OneRoll(given);
        if (before.Length > 0) Assert.True((await Change(given, roll.Id, 1, before, "2020-09-02")).IsDone);
        var words = now.Split(' ', 2);
        var result = await Change(given, roll.Id, before.Length > 0 ? 2 : 1, words[0], "2020-09-03",
            words.Length > 1 ? null : "因故");
        Assert.Equal(rule, result.Refusal?.Findings?[0].Rule);
        if (rule == "compulsory-pupils-stay") Assert.Equal("cc2019/17", result.Refusal!.Findings![0].Provisions[0]);
        var standings = (await given.Pupil("普小明")).Rolls[0].Standings;
        Assert.Equal(1 + (before.Length > 0 ? 1 : 0) + (rule is null ? 1 : 0), standings.Count);
    }

    [Theory]
    [InlineData("2020-08-31", "not-before-the-last")]
    [InlineData("2020-09-01", null)]
    [InlineData("2020-09-10", null)]
    [InlineData("2020-09-11", "from-today-at-latest")]
    public async Task A_change_begins_between_the_last_one_and_today(string from, string? rule)
    {
        using var given = await Given.Schools(kind);
        var result = await Change(given, (await OneRoll(given)).Id, 1, "Suspend", from);
        Assert.Equal(rule, result.Refusal?.Findings?[0].Rule);
    }

    [Fact]
    public async Task Every_past_day_can_be_asked_for_and_of_one_day_the_later_row_counts()
    {
        using var given = await Given.Schools(kind);
        var roll = await OneRoll(given);
        await Change(given, roll.Id, 1, "Suspend", "2020-09-03");
        await Change(given, roll.Id, 2, "Resume", "2020-09-07", fields: [("grade", "8"), ("className", "2班")]);
        await Change(given, roll.Id, 3, "Suspend", "2020-09-07");
        string[] expected =
            ["", "OnRoll 7 1班", "OnRoll 7 1班", "Suspended 7 1班", "Suspended 7 1班", "Suspended 8 2班", "Suspended 8 2班"];
        string[] days =
            ["2020-08-31", "2020-09-01", "2020-09-02", "2020-09-03", "2020-09-06", "2020-09-07", "2020-12-31"];
        Assert.Equal(expected,
            await Task.WhenAll(days.Select(async day => await On(given, roll.StudentId, Given.Day(day)))));
    }

    /// <summary>Roles are given in classes by their names: one that reads as another place is none.</summary>
    [Theory]
    [InlineData("1/2班")]
    [InlineData("*")]
    [InlineData("532301")]
    public async Task A_class_called_like_another_place_is_refused(string name)
    {
        using var given = await Given.Schools(kind);
        var roll = await OneRoll(given);
        await Change(given, roll.Id, 1, "Suspend", "2020-09-03");
        var before = await given.Everything();
        var refused = await Change(given, roll.Id, 2, "Resume", "2020-09-07", fields: [("className", name)]);
        Assert.Equal((ResultKind.Invalid, "className"), (refused.Kind, refused.Refusal!.Errors!.Keys.Single()));
        Assert.Equal(before, await given.Everything());
    }

    [Fact]
    public async Task A_transfer_opens_a_roll_at_the_other_school()
    {
        using var given = await Given.Schools(kind);
        var roll = await OneRoll(given);
        Assert.Equal(ResultKind.Invalid, (await Change(given, roll.Id, 1, "Transfer", "2020-09-05")).Kind);
        Assert.Equal(ResultKind.Invalid,
            (await Change(given, roll.Id, 1, "Transfer", "2020-09-05", fields: [("school", Given.West)])).Kind);
        Assert.True((await Change(
            given, roll.Id, 1, "Transfer", "2020-09-05", fields: [("school", Given.Far), ("className", "3班")])).IsDone);
        var pupil = await given.Pupil("普小明");
        Assert.Equal(["金山中学 OnRoll 7 3班", "鹿城西中学 TransferredOut 7 1班"],
            pupil.Rolls.Select(r => $"{r.School.Name} {r.State} {r.Grade} {r.ClassName}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(pupil.Rolls.Single(r => r.IsOpen).Scope, pupil.Scope);
        Assert.Equal(ResultKind.Refused, (await Change(given, roll.Id, 2, "Resume", "2020-09-06")).Kind);

        // where the pupil was before is not the new school's
        var far = new Actor("far", new Grant(Role.School, ScopePath.SchoolOf(pupil.Scope)));
        Assert.Equal(("金山中学", "金山中学 鹿城西中学"), (await Standing(far), await Standing(Actor.Local)));
        Assert.Equal((1, 2), (await Revealed(far), await Revealed(Actor.Local)));

        async Task<string> Standing(Actor actor) =>
            string.Join(' ',
                (await given.Stored.Commands.QueryAsync(actor,
                    work => RollChanges.StandingAsync(work, pupil.Id, Given.Today)))!.Rolls
                    .Select(r => r.School).Order(StringComparer.Ordinal));

        async Task<int> Revealed(Actor actor) =>
            (await given.Stored.Commands.ExecuteAsync(new(actor), work => PersonalData.RevealAsync(work, pupil.Id)))
                .Answer<RevealedNumbers>()!.Rolls.Count;
    }

    [Fact]
    public async Task A_vocational_roll_is_transferred_among_vocational_schools()
    {
        using var given = await Given.Schools(kind);
        Assert.True((await given.Import("registry.schools",
            "学校标识码,学校名称,办学类型,主管部门行政区划代码\n3653000011,东职中,职业学校,532301\n3653000012,西职中,职业学校,532301\n")).IsDone);
        var student = (await OneRoll(given)).StudentId;
        Guid id = default;
        await given.Stored.Do(async work =>
        {
            var school = await work.Db.Set<School>().SingleAsync(s => s.Code == "3653000011");
            var roll = new Roll
            {
                Id = id = work.NewId(),
                StudentId = student,
                SchoolId = school.Id,
                Kind = RollKind.Vocational,
                Grade = 1,
                State = RollState.OnRoll,
                Since = new(2020, 9, 1),
                Scope = school.Scope,
                Version = 1,
            };
            work.Db.AddRange(roll, roll.AppendStanding(work, null, roll.Since, "注册"));
            work.Audit("test/roll", null, "");
            return CommandResult.Done();
        });
        Assert.Equal(ResultKind.Invalid,
            (await Change(given, id, 1, "Transfer", "2020-09-05", fields: [("school", Given.Far)])).Kind);
        Assert.True((await Change(given, id, 1, "Transfer", "2020-09-05", fields: [("school", "3653000012")])).IsDone);
        Assert.Equal(["东职中 TransferredOut", "西职中 OnRoll"],
            (await given.Pupil("普小明")).Rolls.Where(r => r.Kind == RollKind.Vocational)
                .Select(r => $"{r.School.Name} {r.State}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_must_have_seen_what_one_changes_and_may_change_only_one_s_own()
    {
        using var given = await Given.Schools(kind);
        var roll = await OneRoll(given);
        Assert.Equal(ResultKind.VersionMissing, (await Change(given, roll.Id, null, "Suspend", "2020-09-03")).Kind);
        Assert.Equal(ResultKind.Stale, (await Change(given, roll.Id, 2, "Suspend", "2020-09-03")).Kind);
        Assert.Equal(ResultKind.NotFound, (await Change(given, roll.StudentId, 1, "Suspend", "2020-09-03")).Kind);
        var far = new Actor("far", Grant.ForDivision(Role.County, DivisionCode.Of(532302)));
        Assert.Equal(ResultKind.NotFound, (await Change(given, roll.Id, 1, "Suspend", "2020-09-03", actor: far)).Kind);
        Assert.Null(await given.Stored.Commands.QueryAsync(
            far, work => RollChanges.StandingAsync(work, roll.StudentId, Given.Today)));
    }

    [Theory]
    [InlineData("Suspend")]
    [InlineData("Leave")]
    [InlineData("Decease")]
    [InlineData("Complete")]
    public async Task A_school_does_not_take_a_pupil_off_a_compulsory_roll_alone(string change)
    {
        using var given = await Given.Schools(kind);
        var roll = await OneRoll(given);
        var school = new Actor("school", new Grant(Role.School, ScopePath.SchoolOf(roll.Scope)));
        Assert.Equal(ResultKind.Forbidden, (await Change(given, roll.Id, 1, change, "2020-09-03", actor: school)).Kind);
        var county = new Actor("county", new Grant(Role.County, ScopePath.CountyOf(roll.Scope)));
        Assert.True((await Change(given, roll.Id, 1, change, "2020-09-03", actor: county)).IsDone);
    }

    private static async Task<Roll> OneRoll(Given given)
    {
        Assert.True((await given.Pupils("姓名,性别,学籍辅号,学校标识码,年级,班级\n普小明,男,53230120190001,3153000002,七年级,1班\n",
            head: ("from", "2020-09-01"))).IsDone);
        return (await given.Pupil("普小明")).Rolls[0];
    }

    private static Task<CommandResult> Change(
        Given given, Guid roll, long? version, string change, string from, string? reason = "因故", Actor? actor = null,
        params (string Name, string Text)[] fields)
    {
        var values = new FormValues { ["change"] = change, ["from"] = from, ["reason"] = reason };
        foreach (var (name, text) in fields) values[name] = text;
        return given.Stored.Commands.ExecuteAsync(new(actor ?? Actor.Local),
            work => RollChanges.ChangeAsync(work, roll, version, values));
    }

    private static async Task<string> On(Given given, Guid student, DateOnly day)
    {
        var answer = await given.Stored.Commands.QueryAsync(Actor.Local,
            work => RollChanges.StandingAsync(work, student, day));
        return answer!.Rolls is [var roll] ? $"{roll.State} {roll.Grade} {roll.ClassName}" : "";
    }
}

public sealed class RollChangesTestsOnSqlite() : RollChangesTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class RollChangesTestsOnPostgreSql() : RollChangesTests(DatabaseKind.PostgreSql);
