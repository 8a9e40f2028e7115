using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>每个关口，经 HTTP 在界限之前、当日、之后和不知道时各问一次。</summary>
public abstract class GuardTests(DatabaseKind kind)
{
    private const string Switch = "Chuxiong:SendingCountsMakeUpWorkdays";

    public static TheoryData<DateOnly, bool, bool> SendingDays => new()
    {
        { new(2020, 5, 5), false, false }, { new(2020, 5, 6), false, true }, { new(2020, 5, 9), false, false },
        { new(2020, 5, 14), false, true }, { new(2020, 5, 15), false, false },
        { new(2020, 5, 5), true, false }, { new(2020, 5, 6), true, true }, { new(2020, 5, 9), true, true },
        { new(2020, 5, 13), true, true }, { new(2020, 5, 14), true, false },
    };

    [Theory, MemberData(nameof(SendingDays))]
    [Proves("cx2020/4.2.2")]
    public async Task Sending_is_possible_on_seven_days(DateOnly day, bool otherwise, bool possible)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1),
            key => key == Switch && otherwise ? "true" : null);
        var id = await office.In("SchoolApproved");
        await office.Prove(id, "send", new(2020, 4, 28));
        var before = await office.Everything();
        var answer = await office.Try(id, "send", day: day);
        Assert.Equal(possible ? (200, "") : (409, "sending-window"), (answer.Status, string.Join(' ', answer.Rules)));
        if (possible) return;
        Assert.Equal(
            ("cx2020/4.2.2",
                day < new DateOnly(2020, 5, 14) ? day == new DateOnly(2020, 5, 5) ? "2020-05-06" : "2020-05-11" : null),
            ((string?)answer.Findings[0]["provisions"]![0], (string?)answer.Findings[0]["possibleOn"]));
        Assert.Equal(before, await office.Everything());
    }

    /// <summary>The window is counted on the working days of the prefecture.</summary>
    [Fact]
    [Proves("cx2020/4.2.2")]
    public async Task A_holiday_that_the_prefecture_makes_longer_is_no_day_of_sending()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("SchoolApproved");
        await office.Prove(id, "send", new(2020, 4, 28));
        var notice = await office.Post("/api/calendar/notices",
            """{"place":"532300","source":"州通知","days":[{"from":"2020-05-06","name":"劳动节","kind":"Off"}]}""");
        Assert.Equal(201, notice.Status);
        Assert.Equal(["sending-window"], (await office.Try(id, "send", day: new(2020, 5, 6))).Rules);
        Assert.Equal(200, (await office.Try(id, "send", day: new(2020, 5, 7))).Status);
    }

    public static TheoryData<DateOnly, int> ApplicationDays => new()
    {
        { new(2020, 4, 20), 409 },
        { new(2020, 4, 21), 201 },
        { new(2020, 5, 9), 201 },
        { new(2020, 5, 14), 201 },
        { new(2020, 5, 15), 409 },
    };

    [Theory, MemberData(nameof(ApplicationDays))]
    [Proves("cx2020/4.2.1", "cx2020/4.2.2")]
    public async Task A_form_is_taken_from_publicity_to_the_last_day_of_sending(DateOnly day, int status)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var pupil = await office.Pupil();
        var draft = await office.Draft();
        office.On(day);
        var opened = await office.Post(Office.Api, Office.Paper(pupil).ToJsonString());
        Assert.Equal((status, status == 409 ? "application-window" : ""),
            (opened.Status, string.Join(' ', opened.Rules)));
        var submitted = await office.Try(draft, "submit", day: day);
        Assert.Equal((status == 409 ? 409 : 200, status == 409 ? "application-window" : ""),
            (submitted.Status, string.Join(' ', submitted.Rules)));
    }

    [Theory]
    [InlineData("""{"facts":{"strugglesDespiteHelp":true,"repeatedDropout":true}}""", "Eligible", "")]
    [InlineData("""{"facts":{"strugglesDespiteHelp":true}}""", "Undetermined", "assessed-eligible Unknown")]
    [InlineData("""{"facts":{"strugglesDespiteHelp":false,"persuadedBack":false}}""", "Ineligible",
        "assessed-eligible Violated")]
    [InlineData(null, null, "assessed-eligible Unknown")]
    [Proves("cx2020/3", "cx2020/3.1", "cx2020/3.2", "cx2020/3.3")]
    public async Task Only_who_was_assessed_as_eligible_is_submitted(string? facts, string? verdict, string refusal)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var pupil = await office.Pupil();
        office.On(new(2020, 4, 22));
        var id = (await office.Post(Office.Api, Office.Paper(pupil).ToJsonString())).Id;
        if (facts is not null)
            Assert.Equal(verdict,
                (string?)(await office.Post($"{Office.Api}/{id}/assessments", facts)).Body!["result"]!["verdict"]);
        var answer = await office.Try(id, "submit");
        Assert.Equal((refusal.Length == 0 ? 200 : 409, refusal),
            (answer.Status, string.Join(' ', answer.Findings.Select(f => $"{f["rule"]} {f["outcome"]}"))));
    }

    [Fact]
    [Proves("cx2020/3.3", "cx2020/A3")]
    public async Task What_the_registry_and_the_form_know_nobody_says_otherwise()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.Draft();
        var answer = await office.Post($"{Office.Api}/{id}/assessments", """{"facts":{"grade":8}}""");
        Assert.Equal((400, true), (answer.Status, answer.Body!["errors"]!.AsObject().ContainsKey("grade")));
    }

    [Theory]
    [InlineData("studentSigned", "student-signs")]
    [InlineData("studentFingerprint", "student-fingerprint")]
    [InlineData("guardianSigned", "guardian-signs")]
    [InlineData("guardianFingerprint", "guardian-fingerprint")]
    [Proves("cx2020/4.1.3", "cx2020/A3")]
    public async Task Without_both_signatures_and_both_fingerprints_the_form_is_void(string mark, string rule)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var pupil = await office.Pupil();
        office.On(new(2020, 4, 22));
        var paper = Office.Paper(pupil);
        paper[mark] = false;
        var id = (await office.Post(Office.Api, paper.ToJsonString())).Id;
        await office.Post($"{Office.Api}/{id}/assessments",
            """{"facts":{"strugglesDespiteHelp":true,"repeatedDropout":true}}""");
        var answer = await office.Try(id, "submit");
        Assert.Equal((409, true, "cx2020/A3"),
            (answer.Status, answer.Rules.Contains(rule),
                (string?)answer.Findings.First(f => (string?)f["rule"] == rule)["provisions"]![0]));
    }

    [Theory]
    [InlineData(null, 201)]
    [InlineData("没有的职中", 201)]
    [Proves("cx2020/2", "cx2020/A3")]
    public async Task Exactly_one_of_the_twelve_schools_is_chosen(string? chosen, int status)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var pupil = await office.Pupil();
        office.On(new(2020, 4, 22));
        var made = await office.Post(Office.Api, Office.Paper(pupil, chosen: chosen).ToJsonString());
        Assert.Equal(status, made.Status);
        Assert.Contains("one-school", (await office.Try(made.Id, "submit")).Rules);
    }

    [Theory]
    [InlineData("approve", """{"seal":false,"date":"2020-04-25"}""", "opinion-sealed")]
    [InlineData("approve", """{"seal":true,"date":"2020-04-26"}""", "opinion-date")]
    [InlineData("reject", """{"seal":false,"date":"2020-04-25"}""", "opinion-sealed")]
    [Proves("cx2020/A3")]
    public async Task The_junior_high_seals_and_dates_its_opinion(string action, string body, string rule)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var answer = await office.Try(await office.In("Submitted"), action, body);
        Assert.Equal((409, rule), (answer.Status, Assert.Single(answer.Rules)));
    }

    [Theory]
    [InlineData("""{"photocopy":false}""", "photocopy", "cx2020/A3")]
    [InlineData("""{}""", "photocopy", "cx2020/A3")]
    [Proves("cx2020/A3", "cx2020/A2")]
    public async Task The_photocopy_goes_with_the_student(
        string body, string rule, string provision)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var answer = await office.Try(await office.In("SchoolApproved"), "send", body);
        Assert.Equal((409, rule, provision),
            (answer.Status, Assert.Single(answer.Rules), (string?)answer.Findings[0]["provisions"]![0]));
    }

    [Theory]
    [InlineData("none", 409)]
    [InlineData("handed in", 409)]
    [InlineData("approved", 200)]
    [InlineData("another county's", 409)]
    [Proves("cx2020/8.1a")]
    public async Task A_county_sends_once_its_implementation_plan_is_approved(string plan, int status)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1), filed: false);
        if (plan != "none")
            await office.Implementation(plan == "another county's" ? "双柏县" : "楚雄市", 2020, approve: plan != "handed in");
        var answer = await office.Try(await office.In("SchoolApproved"), "send");
        Assert.Equal((status, status == 409 ? "implementation-plan" : ""),
            (answer.Status, string.Join(' ', answer.Rules)));
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 409)]
    [Proves("cx2020/8.1a")]
    public async Task Approved_once_is_approved_for_good_or_in_the_other_reading_for_its_year(
        bool everyYear, int status)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1),
            key => key == "Chuxiong:ImplementationPlanEveryYear" && everyYear ? "true" : null);
        await office.Implementation("禄丰县", 2020);
        office.On(new(2021, 3, 1));
        Assert.Equal(200, (await office.Issue("plans", PlanWorkflowTests.Paper(2021).ToJsonString())).Status);
        // 禄丰 had another code, and another name, when the plan was approved
        var id = await office.Draft(school: "禄丰市甲中学", year: 2021);
        await office.Walk(id, "submit", day: new(2021, 4, 24));
        await office.Walk(id, "approve", """{"seal":true,"date":"2021-04-25"}""", new(2021, 4, 25));
        var answer = await office.Try(id, "send", day: new(2021, 5, 6));
        Assert.Equal((status, status == 409 ? "implementation-plan" : ""),
            (answer.Status, string.Join(' ', answer.Rules)));
    }

    [Theory]
    [InlineData("楚雄技师学院", "nothing", "teaching-plan implementation-plan")]
    [InlineData("楚雄技师学院", "implementation", "teaching-plan")]
    [InlineData("楚雄技师学院", "teaching", "implementation-plan")]
    [InlineData("楚雄技师学院", "teaching handed in", "teaching-plan implementation-plan")]
    [InlineData("楚雄技师学院", "both", "")]
    [InlineData("楚雄市职中", "nothing", "teaching-plan")]
    [InlineData("楚雄市职中", "teaching", "")]
    [Proves("cx2020/5.2", "cx2020/A5", "cx2020/8.1a")]
    public async Task A_school_enrols_once_its_papers_are_on_file(string school, string filed, string rules)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1), filed: false);
        await office.Implementation("楚雄市", 2020);
        if (filed is "implementation" or "both") await office.Implementation(school, 2020);
        if (filed is "teaching" or "both" or "teaching handed in")
            await office.Teaching(school, 2020, file: filed != "teaching handed in");
        var answer = await office.Try(await office.In("Sent", chosen: school), "enrol");
        Assert.Equal((rules.Length == 0 ? 200 : 409, rules), (answer.Status, string.Join(' ', answer.Rules)));
    }

    [Fact]
    [Proves("cx2020/5.3d")]
    public async Task Who_has_a_vocational_roll_is_not_sent()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("SchoolApproved");
        await office.Stored.Do(async work =>
        {
            var student = (await work.Db.Set<Case>().SingleAsync(c => c.Id == id)).StudentId!.Value;
            var school = await PrintedSchools.FindAsync(work, "楚雄市职中");
            work.Db.Add(new Roll
            {
                Id = work.NewId(),
                StudentId = student,
                SchoolId = school.Id,
                Kind = RollKind.Vocational,
                Grade = 1,
                State = RollState.OnRoll,
                Since = new(2019, 9, 1),
                Scope = school.Scope,
                Version = 1,
            });
            work.Audit("test/roll", null, "");
            return CommandResult.Done();
        });
        Assert.Equal(["no-vocational-roll"], (await office.Try(id, "send")).Rules);
    }

    [Theory]
    [InlineData(RollState.Left, 9)]
    [InlineData(RollState.Suspended, 9)]
    [InlineData(RollState.Deceased, 9)]
    [InlineData(RollState.OnRoll, 8)]
    [Proves("cx2020/3", "cx2020/4.1.1")]
    public async Task Who_is_no_longer_in_grade_nine_of_the_school_is_not_sent(RollState state, int grade)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("SchoolApproved");
        await office.Stored.Do(async work =>
        {
            var student = (await work.Db.Set<Case>().SingleAsync(c => c.Id == id)).StudentId!.Value;
            var roll = await work.Db.Set<Roll>().SingleAsync(r => r.StudentId == student);
            (roll.State, roll.Grade) = (state, grade);
            work.Audit("test/roll", null, "");
            return CommandResult.Done();
        });
        Assert.Equal(["on-the-roll"], (await office.Try(id, "send")).Rules);
    }

    [Theory]
    [InlineData(RollState.OnRoll, RollState.Deleted)]
    [InlineData(RollState.Suspended, RollState.Deleted)]
    [InlineData(RollState.Left, RollState.Left)]
    [Proves("cx2020/5.3d")]
    public async Task A_corrected_registration_leaves_no_open_roll(RollState before, RollState after)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("Registered");
        office.On(new(2020, 10, 1));
        await office.Stored.Do(async work =>
        {
            var roll = await work.Db.Set<Roll>().SingleAsync(r => r.Kind == RollKind.Vocational);
            if (before != RollState.OnRoll) (roll.State, roll.Since) = (before, new(2020, 9, 20));
            work.Audit("test/roll", null, "");
            return CommandResult.Done();
        });
        Assert.Equal(200, (await office.Correct(id)).Status);
        await using var db = office.Stored.Read();
        Assert.Equal(after,
            (await db.Set<Roll>()
                .SingleAsync(r => r.Kind == RollKind.Vocational, TestContext.Current.CancellationToken)).State);
    }

    [Fact]
    [Proves("cx2020/A3")]
    public async Task The_chosen_school_has_the_numbers_once_the_form_is_handed_over()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var pupil = await office.Pupil();
        var id = await office.In("SchoolApproved", person: pupil);
        var scope = await Chosen();
        using var vocational = await office.As(EduAssist.Kernel.Access.Role.Vocational, scope);
        using var junior = await office.As(EduAssist.Kernel.Access.Role.School, "532301");
        Assert.Equal((false, true), (await Shows(vocational), await Shows(junior)));
        using var assessed = await vocational.PostAsync(new Uri($"{Office.Api}/{id}/assessments", UriKind.Relative),
            new StringContent("""{"facts":{"strugglesDespiteHelp":true}}""", System.Text.Encoding.UTF8,
                "application/json"),
            TestContext.Current.CancellationToken);
        // what it says decides whether the pupil comes
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, assessed.StatusCode);
        Assert.Equal(200, (await office.Try(id, "send")).Status);
        Assert.Equal((true, true), (await Shows(vocational), await Shows(junior)));

        async Task<bool> Shows(HttpClient client)   // a character a box
        {
            var html = await client.GetStringAsync(
                new Uri($"{Office.Api}/{id}/forms/chuxiong.application?format=html", UriKind.Relative),
                TestContext.Current.CancellationToken);
            return System.Text.RegularExpressions.Regex.Replace(html, @"<[^>]*>|\s", "")
                .Contains(pupil.ResidentId.Value, StringComparison.Ordinal);
        }

        async Task<string> Chosen()
        {
            await using var db = office.Stored.Read();
            return (await db.Set<Case>().SingleAsync(c => c.Id == id)).Counterpart;
        }
    }

    [Fact]
    [Proves("cx2020/A3", "cx2020/4.2.2", "cx2020/5.3b")]
    public async Task One_application_at_a_time_and_one_sending_a_year()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var pupil = await office.Pupil();
        var first = await office.In("Sent", person: pupil);
        Assert.Equal((409, "one-application"),
            (await office.Post(Office.Api, Office.Paper(pupil).ToJsonString()) is var second
                ? (second.Status, second.Rules.Single())
                : default));

        await office.Walk(first, "return", """{"date":"2020-05-07","reason":"不适应"}""", new(2020, 5, 7));
        Assert.Equal(["one-application"],
            (await office.Post(Office.Api, Office.Paper(pupil).ToJsonString())).Rules);   // it is a claim (cx-i20)
        await office.Proof(first);
        var again = (await office.Post(Office.Api, Office.Paper(pupil).ToJsonString())).Id;
        await office.Post($"{Office.Api}/{again}/assessments",
            """{"facts":{"strugglesDespiteHelp":true,"repeatedDropout":true}}""");
        await office.Walk(again, "submit", day: new(2020, 5, 8));
        await office.Walk(again, "approve", """{"seal":true,"date":"2020-05-08"}""", new(2020, 5, 8));
        Assert.Equal(["once-a-window"], (await office.Try(again, "send", day: new(2020, 5, 11))).Rules);

        Assert.Equal(200, (await office.Try(again, "withdraw", day: new(2020, 5, 12))).Status);
        office.On(new(2021, 3, 1));
        Assert.Equal(200, (await office.Issue("plans", PlanWorkflowTests.Paper(2021).ToJsonString())).Status);
        var later = await office.Draft(pupil, year: 2021);
        await office.Walk(later, "submit", day: new(2021, 4, 24));
        await office.Walk(later, "approve", """{"seal":true,"date":"2021-04-25"}""", new(2021, 4, 25));
        await office.Walk(later, "send", day: new(2021, 5, 6));
    }

    public static TheoryData<DateOnly, int> ConfirmationDays => new()
    {
        { new(2020, 6, 4), 409 },
        { new(2020, 6, 5), 200 },
        { new(2020, 6, 11), 200 },
        { new(2020, 6, 12), 200 },
    };

    [Theory, MemberData(nameof(ConfirmationDays))]
    [Proves("cx2020/4.2.4")]
    public async Task Attendance_is_listed_and_confirmed_from_the_confirmation_period_on(DateOnly day, int status)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var listed = await office.Try(await office.In("Enrolled"), "list", day: day);
        var confirmed = await office.Try(await office.In("Listed"), "confirm", day: day);
        var rules = status == 409 ? "confirmation-begun" : "";
        Assert.Equal((status, rules, status, rules),
            (listed.Status, string.Join(' ', listed.Rules), confirmed.Status, string.Join(' ', confirmed.Rules)));
    }

    [Theory]
    [InlineData("2020-06-07", "graduation-date")]
    [InlineData("2020-06-08", "")]
    [InlineData("2020-07-10", "")]
    [InlineData("2020-07-11", "graduation-date")]
    [Proves("cx2020/5.4")]
    public async Task A_certificate_is_dated_after_confirmation(string date, string rule)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var answer = await office.Try(await office.In("Confirmed"), "graduate",
            new JsonObject { ["certificate"] = "YJ1", ["date"] = date }.ToJsonString());
        Assert.Equal((rule.Length == 0 ? 200 : 409, rule), (answer.Status, string.Join(' ', answer.Rules)));
    }

    [Theory]
    [InlineData("2020-08-31", "2020-12-01", "autumn-term")]
    [InlineData("2020-09-01", "2020-12-01", "")]
    [InlineData("2021-01-31", "2021-02-10", "")]
    [InlineData("2021-02-01", "2021-02-10", "autumn-term")]
    [InlineData("2020-12-02", "2020-12-01", "registration-date")]
    [InlineData("2020-07-07", "2020-12-01", "graduated autumn-term")]
    [Proves("cx2020/5.3d")]
    public async Task A_roll_is_registered_after_graduation_in_the_autumn_term(string date, string today, string rules)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var answer = await office.Try(await office.In("Graduated"), "register",
            new JsonObject { ["date"] = date }.ToJsonString(),
            DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((rules.Length == 0 ? 200 : 409, rules), (answer.Status, string.Join(' ', answer.Rules)));
    }

    [Theory]
    [InlineData(null, "楚雄技师学院", 1)]
    [InlineData("楚雄机械电子职业技术学校", "楚雄机电学校", 1)]
    [InlineData("昆明市示例职校", "昆明市示例职校", 0)]
    [Proves("cx2020/5.3c")]
    public async Task The_roll_stands_at_the_school_that_registers(string? given, string at, int rolls)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("Graduated");
        var body = new JsonObject { ["date"] = "2020-09-05", ["school"] = given }.ToJsonString();
        if (rolls == 0)   // a school that nobody knows is a claim until the prefecture has seen its paper
        {
            Assert.Equal(["registration-proof"], (await office.Try(id, "register", body)).Rules);
            Assert.True((await office.Confirm(id, await office.File(id, "registration-proof"))).IsDone);
        }

        await office.Walk(id, "register", body);
        await using var db = office.Stored.Read();
        Assert.Equal((at, rolls),
            ((await db.Set<ApplicationRow>().SingleAsync(a => a.CaseId == id)).RegisteredAt,
                await db.Set<Roll>().CountAsync(r => r.Kind == RollKind.Vocational && r.School.Name == at
                    && r.State == RollState.OnRoll)));
    }

    [Theory]
    [InlineData("return", "2020-09-06", null, null, "")]
    [InlineData("return", "2020-09-07", null, null, "leaving-date")]
    [InlineData("other-school", "2020-09-06", "楚雄州示例中学", null, "")]
    [InlineData("other-school", "2020-09-06", null, "昆明市示例高级中学", "")]
    [InlineData("other-school", "2020-09-06", "楚雄州示例中学", "昆明市示例高级中学", "one-receiving-school")]
    [InlineData("other-school", "2020-09-06", "昆明市示例高级中学", null, "registered-school")]
    [InlineData("other-school", "2020-09-06", "楚雄市乙中学", null, "senior-secondary")]
    [InlineData("other-school", "2020-09-06", "楚雄技师学院", null, "proof-of-other-school")]
    [InlineData("other-school", "2020-09-06", null, null, "")]
    [InlineData("lose", "2020-09-06", null, null, "")]
    [Proves("cx2020/5.3b", "cx2020/5.3c", "cx2020/6.2", "cx2020/A6")]
    public async Task A_student_leaves_with_reason_date_and_a_school_that_is_chosen(
        string action, string date, string? school, string? elsewhere, string rule)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var id = await office.In("Confirmed");
        var body = new JsonObject { ["date"] = date, ["reason"] = "家里的原因" };
        if (school is not null) body["school"] = school;
        if (elsewhere is not null) body["elsewhere"] = elsewhere;
        var answer = await office.Try(id, action, body.ToJsonString());
        Assert.Equal((rule.Length == 0 ? 200 : 409, rule), (answer.Status, string.Join(' ', answer.Rules)));
        Assert.Equal(400,
            (await office.Try(
                await office.In("Confirmed"), action, """{"date":"2020-09-06"}""")).Status);   // no reason
    }

    [Theory]
    [InlineData("Sent", "return", "2020-05-05", "leaving-date")]
    [InlineData("Sent", "return", "2020-05-06", "")]
    [InlineData("Enrolled", "return", "2020-05-06", "leaving-date")]
    [InlineData("Enrolled", "return", "2020-05-07", "")]
    [InlineData("Listed", "lose", "2020-06-04", "leaving-date")]
    [InlineData("Listed", "lose", "2020-06-05", "")]
    [InlineData("Confirmed", "return", "2020-05-06", "leaving-date")]
    [InlineData("Confirmed", "return", "2020-06-07", "leaving-date")]
    [InlineData("Confirmed", "return", "2020-06-08", "")]
    [InlineData("Graduated", "other-school", "2020-07-07", "leaving-date")]
    [InlineData("Graduated", "other-school", "2020-07-08", "")]
    [Proves("cx2020/5.3b", "cx2020/6.2")]
    public async Task Nobody_left_before_they_came_to_where_they_are(
        string state, string action, string date, string rule)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var answer = await office.Try(await office.In(state), action,
            new JsonObject { ["date"] = date, ["reason"] = "家里的原因" }.ToJsonString());
        Assert.Equal((rule.Length == 0 ? 200 : 409, rule), (answer.Status, string.Join(' ', answer.Rules)));
    }
}

public sealed class GuardTestsOnSqlite() : GuardTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class GuardTestsOnPostgreSql() : GuardTests(DatabaseKind.PostgreSql);
