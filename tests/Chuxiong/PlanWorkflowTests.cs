using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>计划和分解：下达、重新下达、用完，经 HTTP。</summary>
public abstract class PlanWorkflowTests(DatabaseKind kind)
{
    private const string Plans = "/api/chuxiong/plans", Allotments = "/api/chuxiong/allotments";

    /// <summary>The figures of 2020 for a later year, with one changed.</summary>
    internal static JsonObject Paper(int year, string? body = null, string field = "quota", int value = 0) => new()
    {
        ["year"] = year,
        ["counties"] = new JsonArray([
            .. Plan2020.Printed.Counties.Select(c => Changed(
                new()
                {
                    ["county"] = c.Name,
                    ["entrants"] = c.Entrants,
                    ["quota"] = c.Quota,
                    ["shanghaiTask"] = c.ShanghaiTask,
                },
                c.Name == body, field, value)),
        ]),
        ["schools"] = new JsonArray([
            .. Plan2020.Printed.Schools.Select(s => Changed(
                new() { ["school"] = s.Name, ["places"] = s.Places, ["shanghaiTask"] = s.ShanghaiTask ?? 0 },
                s.Name == body, field, value)),
        ]),
    };

    private static JsonObject Allotted(int year, string county, params (string School, int Places)[] schools) => new()
    {
        ["year"] = year,
        ["county"] = county,
        ["schools"] =
            new JsonArray([.. schools.Select(s => new JsonObject { ["school"] = s.School, ["places"] = s.Places })]),
    };

    private static JsonObject Changed(JsonObject line, bool changes, string field, int value)
    {
        if (changes) line[field] = value;
        return line;
    }

    [Fact]
    [Proves("cx2020/4.1.1", "cx2020/4.1.2", "cx2020/A2")]
    public async Task A_year_s_plan_is_issued_once_its_checks_pass_and_stays_what_annex_2_prints_in_2020()
    {
        await using var office = await Office.Open(kind, new(2021, 3, 1), filed: false);
        var printed = await office.Counters();
        Assert.Equal(200, (await office.Issue("plans", Paper(2021).ToJsonString())).Status);
        var (before, everything) = (await office.Counters(), await office.Everything());
        Assert.Equal(printed,
            string.Join('\n', before.Split('\n').Where(l => l.StartsWith("2020", StringComparison.Ordinal))));
        Assert.Contains("2021 禄丰市 0/1573 0/99", before, StringComparison.Ordinal);
        Assert.Equal(400, (await office.Post(Plans, Paper(2020).ToJsonString())).Status);
        Assert.Equal(everything, await office.Everything());
    }

    [Theory]
    [InlineData("双柏县", "quota", 502, 200, "")]   // 501.9, rounded
    [InlineData("双柏县", "quota", 503, 409, "quota-above-limit")]
    [InlineData("双柏县", "entrants", 0, 409, "impossible-number")]
    [InlineData("楚雄技师学院", "places", 100, 409, "places-below-quota")]
    [Proves("cx2020/4.1.1", "cx2020/A2")]
    public async Task A_plan_that_its_checks_find_wrong_is_refused(
        string body, string field, int value, int status, string rule)
    {
        await using var office = await Office.Open(kind, new(2021, 3, 1), filed: false);
        var before = await office.Counters();
        var answer = await office.Issue("plans", Paper(2021, body, field, value).ToJsonString());
        Assert.Equal((status, true), (answer.Status, rule.Length == 0 || answer.Rules.Contains(rule)));
        Assert.Equal(status == 409, before == await office.Counters());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Proves("cx2020/A2")]
    public async Task A_plan_names_every_county_and_every_school_once(bool twice)
    {
        await using var office = await Office.Open(kind, new(2021, 3, 1), filed: false);
        var paper = Paper(2021);
        if (twice) paper["counties"]![1]!["county"] = "楚雄市";
        else paper["counties"]!.AsArray().RemoveAt(9);
        var answer = await office.Issue("plans", paper.ToJsonString());
        Assert.Equal((409, true), (answer.Status, answer.Rules.Contains(twice ? "county-twice" : "ten-counties")));
    }

    [Fact]
    [Proves("cx2020/4.1.2")]
    public async Task Issued_again_it_is_never_below_what_is_used_and_a_correction_puts_the_former_back()
    {
        await using var office = await Office.Open(kind, new(2021, 3, 1));
        Assert.Equal(200, (await office.Issue("plans", Paper(2021, "双柏县", "quota", 2).ToJsonString())).Status);
        foreach (var _ in (int[])[1, 2]) await Sent2021(office, "双柏县甲中学");
        Assert.Equal(["county-plan"], (await Sent2021(office, "双柏县甲中学", 409)).Rules);

        office.On(new(2021, 5, 7));
        var before = await office.Counters();
        Assert.Equal((409, "below-sent"),
            (await office.Issue("plans", Paper(2021, "双柏县", "quota", 1).ToJsonString()) is var below
                ? (below.Status, below.Rules.Single()) : default));
        Assert.Equal(before, await office.Counters());
        var second = await office.Issue("plans", Paper(2021, "双柏县", "quota", 3).ToJsonString());
        Assert.Contains("2021 双柏县 2/3", await office.Counters(), StringComparison.Ordinal);

        var first = await FirstPlan(office);
        Assert.Equal(["plan-replaced"],
            (await office.Post(
                $"{Plans}/{first}/correct", """{"reason":"弄错了"}""", await office.TagOf(first, Plans))).Rules);
        Assert.Equal(200,
            (await office.Post($"{Plans}/{second.Id}/correct", """{"reason":"弄错了"}""", second.Tag)).Status);
        Assert.Equal(before, await office.Counters());
        Assert.Equal(["plan-used"],
            (await office.Post(
                $"{Plans}/{first}/correct", """{"reason":"弄错了"}""", await office.TagOf(first, Plans))).Rules);
    }

    [Fact]
    [Proves("cx2020/4.1.1", "cx2020/4.1.2")]
    public async Task Allotments_add_up_to_the_county_s_plan_at_most_and_are_not_exceeded()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        Assert.Equal(["sum-within-plan"],
            (await office.Issue(
                "allotments", Allotted(2020, "双柏县", ("双柏县甲中学", 502), ("双柏县乙中学", 1)).ToJsonString())).Rules);
        Assert.Equal(["school-of-county"],
            (await office.Issue("allotments", Allotted(2020, "双柏县", ("楚雄市甲中学", 1)).ToJsonString())).Rules);
        Assert.Equal(["school-once"],
            (await office.Issue(
                "allotments", Allotted(2020, "双柏县", ("双柏县甲中学", 1), ("双柏县甲中学", 1)).ToJsonString())).Rules);
        var without = await office.Counters();
        var first = await office.Issue("allotments",
            Allotted(2020, "双柏县", ("双柏县甲中学", 1), ("双柏县乙中学", 501)).ToJsonString());
        Assert.Equal(200, first.Status);

        await office.In("Sent", "双柏县甲中学");
        var over = await office.Try(await office.In("SchoolApproved", "双柏县甲中学"), "send");
        Assert.Equal((409, "allotment", "cx2020/4.1.1"),
            (over.Status, over.Rules.Single(), (string?)over.Findings[0]["provisions"]![0]));
        await office.In("Sent", "楚雄市甲中学");   // whose county has not allotted

        var second = await office.Issue("allotments", Allotted(2020, "双柏县", ("双柏县甲中学", 2)).ToJsonString());
        // passed over
        Assert.Equal(["allotment"], (await office.Try(await office.In("SchoolApproved", "双柏县乙中学"), "send")).Rules);
        Assert.Equal(["below-sent"],
            (await office.Issue("allotments", Allotted(2020, "双柏县", ("双柏县甲中学", 0)).ToJsonString())).Rules);
        Assert.Equal(["below-sent"],
            (await office.Issue("allotments", Allotted(2020, "双柏县", ("双柏县乙中学", 5)).ToJsonString())).Rules);
        Assert.Equal(["allotment-replaced"],
            (await office.Post($"{Allotments}/{first.Id}/correct", """{"reason":"弄错了"}""", first.Tag)).Rules);
        Assert.Equal(200,
            (await office.Post($"{Allotments}/{second.Id}/correct", """{"reason":"弄错了"}""", second.Tag)).Status);
        Assert.Contains("2020 双柏县甲中学 1/1", await office.Counters(), StringComparison.Ordinal);
        Assert.Equal(200,
            (await office.Post($"{Allotments}/{first.Id}/correct", """{"reason":"弄错了"}""",
                await office.TagOf(first.Id, Allotments))).Status);
        Assert.DoesNotContain("双柏县乙中学", await office.Counters(), StringComparison.Ordinal);
        Assert.NotEqual(without, await office.Counters());
    }

    [Fact]
    [Proves("cx2020/4.1.1")]
    public async Task A_prefecture_school_s_pupils_use_the_plan_of_Chuxiong_City_which_allots_to_it()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        Assert.Equal(200,
            (await office.Issue("allotments", Allotted(2020, "楚雄市", ("楚雄州示例中学", 1)).ToJsonString())).Status);
        await office.In("Sent", "楚雄州示例中学");
        Assert.Contains("2020 楚雄市 1/2073", await office.Counters(), StringComparison.Ordinal);
        Assert.Equal(["allotment"], (await office.Try(await office.In("SchoolApproved", "楚雄州示例中学"), "send")).Rules);
    }

    [Fact]
    [Proves("cx2020/4.1.2", "cx2020/A2")]
    public async Task A_school_s_places_are_used_by_enrolling()
    {
        await using var office = await Office.Open(kind, new(2021, 3, 1));
        await office.Teaching("楚雄市职中", 2021);
        var paper = Paper(2021, "楚雄市职中", "places", 1);
        // the places cover the counties' quotas
        paper["schools"]!.AsArray().Single(s => (string?)s!["school"] == "楚雄技师学院")!["places"] = 6000;
        Assert.Equal(200, (await office.Issue("plans", paper.ToJsonString())).Status);
        var (first, second) = (await Sent2021(office, "楚雄市甲中学", chosen: "楚雄市职中"),
            await Sent2021(office, "楚雄市甲中学", chosen: "楚雄市职中"));
        await office.Walk(first.Id, "enrol", """{"className":"一班","studentNumber":"1"}""", new(2021, 5, 8));
        Assert.Equal(["school-plan"],
            (await office.Try(
                second.Id, "enrol", """{"className":"一班","studentNumber":"2"}""", new(2021, 5, 8))).Rules);
        Assert.Equal(["school-plan"], (await Sent2021(office, "楚雄市甲中学", 409, "楚雄市职中")).Rules);
    }

    [Theory]
    [InlineData("楚雄技师学院", false, "2020 楚雄市 0/2073 0/102", "2020 楚雄技师学院 0/5000 1/180")]
    [InlineData("楚雄市职中", false, "2020 楚雄市 0/2073 1/102", "2020 楚雄市职中 0/850 0/0")]
    [InlineData("楚雄技师学院", true, "2020 楚雄市 1/2073 0/102", "2020 楚雄技师学院 1/5000 1/180")]
    [InlineData("楚雄市职中", true, "2020 楚雄市 1/2073 1/102", "2020 楚雄市职中 1/850 0/0")]
    [Proves("cx2020/A2")]
    public async Task A_student_sent_to_Shanghai_counts_for_one_task_and_beside_the_plan_or_within_it(
        string school, bool within, string county, string places)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1),
            key => key == "Chuxiong:ShanghaiTaskWithinPlan" && within ? "true" : null);
        var id = await office.In("SchoolApproved", chosen: school);
        var before = await office.Counters();
        await office.ToShanghai(id);
        await office.Walk(id, "send", """{"photocopy":true,"shanghaiSchool":"上海市示例职校"}""");
        await office.Walk(id, "enrol");
        var counters = (await office.Counters()).Split('\n');
        Assert.Equal((true, true),
            (counters.Any(c => c.Trim().StartsWith(county, StringComparison.Ordinal)),
                counters.Any(c => c.Trim().StartsWith(places, StringComparison.Ordinal))));
        await office.Correct(id);
        await office.Correct(id);
        Assert.Equal(before, await office.Counters());
    }

    [Fact]
    [Proves("cx2020/A2")]
    public async Task What_is_taken_back_goes_to_the_task_that_counted_it_though_the_school_was_given_one_since()
    {
        await using var office = await Office.Open(kind, new(2021, 3, 1));
        const string Body = """{"photocopy":true,"shanghaiSchool":"上海市示例职校"}""",
            Before = "2021 双柏县 0/502 1/", After = "2021 楚雄市职中 0/850 1/5";
        Assert.Equal(200, (await office.Issue("plans", Paper(2021).ToJsonString())).Status);
        var first = await Sent2021(office, "双柏县甲中学", 200, "楚雄市职中", Body);
        office.On(new(2021, 5, 6));
        Assert.Equal(200, (await office.Issue("plans", Paper(2021, "楚雄市职中", "shanghaiTask", 5).ToJsonString())).Status);
        var second = await Sent2021(office, "双柏县甲中学", 200, "楚雄市职中", Body);
        Assert.Equal((true, true), await Counts(Before, After));
        await office.Correct(first.Id);
        Assert.Equal((false, true), await Counts(Before, After));
        await office.Correct(second.Id);
        Assert.Equal((false, false), await Counts(Before, After));

        async Task<(bool, bool)> Counts(string county, string school)
        {
            var lines = (await office.Counters()).Split('\n');
            return (lines.Any(l => l.StartsWith(county, StringComparison.Ordinal)),
                lines.Any(l => l.StartsWith(school, StringComparison.Ordinal)));
        }
    }

    [Fact]
    [Proves("cx2020/A2", "cx2020/4.1.2")]
    public async Task A_Shanghai_task_is_not_exceeded()
    {
        await using var office = await Office.Open(kind, new(2021, 3, 1));
        Assert.Equal(200, (await office.Issue("plans", Paper(2021, "双柏县", "shanghaiTask", 1).ToJsonString())).Status);
        const string Body = """{"photocopy":true,"shanghaiSchool":"上海市示例职校"}""";
        await Sent2021(office, "双柏县甲中学", 200, "楚雄市职中", Body);
        var over = await Sent2021(office, "双柏县甲中学", 409, "楚雄市职中", Body);
        Assert.Equal(("shanghai-task", "cx2020/A2"),
            (over.Rules.Single(), (string?)over.Findings[0]["provisions"]![0]));
        office.On(new(2021, 5, 7));
        Assert.Equal(["below-sent-to-shanghai"],
            (await office.Issue("plans", Paper(2021, "双柏县", "shanghaiTask", 0).ToJsonString())).Rules);
    }

    /// <summary>An application of 2021 up to the sending, which comes to a status.</summary>
    private static async Task<Answer> Sent2021(
        Office office, string school, int status = 200, string chosen = "楚雄技师学院",
        string body = """{"photocopy":true}""")
    {
        var id = await office.Draft(school: school, chosen: chosen, year: 2021);
        await office.Walk(id, "submit", day: new(2021, 4, 24));
        await office.Walk(id, "approve", """{"seal":true,"date":"2021-04-25"}""", new(2021, 4, 25));
        if (body.Contains("shanghai", StringComparison.Ordinal)) await office.ToShanghai(id, 2021);
        var answer = await office.Try(id, "send", body, new(2021, 5, 6));
        Assert.Equal(status, answer.Status);
        return answer;
    }

    private static async Task<Guid> FirstPlan(Office office)
    {
        await using var db = office.Stored.Read();
        return await db.Set<Case>().Where(c => c.Workflow == "chuxiong.plan").OrderBy(c => c.Id).Select(c => c.Id)
            .FirstAsync();
    }
}

public sealed class PlanWorkflowTestsOnSqlite() : PlanWorkflowTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class PlanWorkflowTestsOnPostgreSql() : PlanWorkflowTests(DatabaseKind.PostgreSql);
