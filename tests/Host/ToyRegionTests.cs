using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace EduAssist.Host;

/// <summary>
/// Every kind of fact, a rule that does not concern everybody, a switch and working days, through the toy region.
/// </summary>
public class ToyRegionTests(ToyRegionTests.ToyServer server) : IClassFixture<ToyRegionTests.ToyServer>
{
    private const string Help = "/api/programmes/toyregion.help/assess";

    public sealed class ToyServer : IAsyncLifetime
    {
        private readonly Workplace place = Workplace.OfToy(),
            otherPlace = Workplace.OfToy(("ToyRegion__FiveKilometresIsNear", "true"));
        private HostProcess? process,
            other;

        internal HttpClient Client => process!.Client;

        internal HttpClient Other => other!.Client;

        public async ValueTask InitializeAsync() =>
            (process, other) = (await HostProcess.Serve(place), await HostProcess.Serve(otherPlace));

        public async ValueTask DisposeAsync()
        {
            foreach (var running in (HostProcess[])[process!, other!])
                await running.DisposeAsync();
            place.Dispose();
            otherPlace.Dispose();
        }
    }

    private static string Facts(
        string? stage = "Primary",
        string home = "520102",
        bool? boards = false,
        int? kilometres = 9,
        string? notifiedOn = "2024-04-29",
        string asOf = "2024-05-08"
    ) =>
        new JsonObject
        {
            ["asOf"] = asOf,
            ["facts"] = new JsonObject
            {
                ["stage"] = stage,
                ["home"] = home,
                ["boards"] = boards,
                ["kilometres"] = kilometres,
                ["notifiedOn"] = notifiedOn,
            },
        }.ToJsonString();

    [Theory]
    [InlineData("Primary", "Eligible")]
    [InlineData("Junior", "Eligible")]
    [InlineData("Senior", "Ineligible")]
    [InlineData(null, "Undetermined")]
    public async Task One_of_a_list(string? stage, string verdict) =>
        Assert.Equal(verdict, await Verdict(Facts(stage: stage)));

    [Theory]
    [InlineData(false, 4, "Violated", "Violated")]
    [InlineData(false, 5, "Satisfied", "Violated")]
    [InlineData(false, 6, "Satisfied", "Satisfied")]
    [InlineData(false, null, "Unknown", "Unknown")]
    [InlineData(true, 4, "NotApplicable", "NotApplicable")]
    [InlineData(true, null, "NotApplicable", "NotApplicable")]
    [InlineData(null, 5, "Satisfied", "Unknown")]
    [InlineData(null, 4, "Unknown", "Unknown")]
    public async Task A_rule_that_does_not_concern_everybody_under_both_readings(
        bool? boards,
        int? kilometres,
        string outcome,
        string otherwise
    )
    {
        var body = Facts(boards: boards, kilometres: kilometres);
        Assert.Equal(outcome, await Far(server.Client, "toy2024@1"));
        Assert.Equal(otherwise, await Far(server.Other, "toy2024@1+toy-i1"));

        async Task<string> Far(HttpClient client, string ruleSet)
        {
            var answer = await client.Assess(Help, body);
            Assert.Equal(ruleSet, (string)answer["ruleSet"]!);
            return (string)
                answer["findings"]!.AsArray().Single(f => (string)f!["rule"]! == "far-from-school")!["outcome"]!;
        }
    }

    /// <summary>劳动节: 1 to 5 May off, 28 April and 11 May worked.</summary>
    [Theory]
    [InlineData("2024-05-11", "Eligible")]
    [InlineData("2024-05-13", "Eligible")]
    [InlineData("2024-05-14", "Ineligible")]
    public async Task Working_days_are_counted_on_the_notices(string asOf, string verdict)
    {
        var answer = await server.Client.Assess(Help, Facts(notifiedOn: "2024-04-26", asOf: asOf));
        Assert.Equal(verdict, (string)answer["verdict"]!);
        Assert.NotEmpty((string)answer["calendar"]!);
    }

    [Theory]
    [InlineData("2026-12-30")]
    [InlineData("1950-01-01")]
    public async Task Working_days_of_a_year_without_a_notice_are_refused(string notifiedOn)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Help)
        {
            Content = Asking.Body(Encoding.UTF8.GetBytes(Facts(notifiedOn: notifiedOn)), "application/json"),
        };
        Assert.Equal(
            "holidays-not-published",
            (string)(await server.Client.Refused(HttpStatusCode.Conflict, request))["type"]!
        );
        var answers = await server.Client.AssessLines(Help, [Facts(notifiedOn: notifiedOn), Facts()]);
        Assert.Equal(["asOf", "Eligible"], answers.Select(a => (string?)a["fact"] ?? (string)a["verdict"]!));
    }

    [Fact]
    public async Task Its_year_has_the_window_without_days_off_and_lists_from_the_day_of_its_document()
    {
        var year = await server.Client.Json("/api/calendar/toyregion/2024");
        var windows = year["windows"]!.AsArray();
        Assert.Equal(["route-change", "acceptance", "second-acceptance"], windows.Select(w => (string)w!["id"]!));
        var window = windows[1]!;
        Assert.Equal(
            ["2024-03-02", "2024-03-03", "2024-03-09", "2024-03-10", "2024-03-16", "2024-03-17"],
            window["closed"].Texts()
        );
        Assert.Equal(10, year["duties"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_roster_takes_every_kind_of_fact_by_its_Chinese_title()
    {
        using var place = Workplace.OfToy();
        place.Write(
            "roster.csv",
            "姓名,学段,户籍所在地,住校,家校距离（公里）,收到通知之日\n甲,小学,520102,否,9,2024/4/29\n乙,Junior,520102,√,,2024年4月29日\n丙,高中,520102,0,9,20240429\n"
        );
        var ended = (
            await HostProcess.Run(place, "assess", "toyregion.help", "roster.csv", "--as-of", "2024-05-08")
        ).Done();
        Assert.DoesNotContain("没有这些列", ended.Errors, StringComparison.Ordinal);
        Assert.Equal(
            ["Eligible", "Eligible", "Ineligible"],
            ended.Output.Split("\r\n").Skip(1).Take(3).Select(l => l.Split(',')[6])
        );
    }

    private async Task<string> Verdict(string body) => (string)(await server.Client.Assess(Help, body))["verdict"]!;
}
