using System.Net;
using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web;

/// <summary>四（一）：eight clients at once send one pupil more than the plan allows: no race gets past it.</summary>
public class QuotaRaceTests
{
    private const int Clients = 8,
        CountyQuota = 2073,
        Allotted = 40;

    private static readonly DateOnly FirstDayOfSending = new(2020, 5, 6);

    [Theory, EveryDatabase]
    public async Task The_quota_of_a_county_is_never_exceeded(DatabaseKind kind)
    {
        await using var served = await Serve(kind);
        var applicants = new Applicants(served);
        await applicants.ApproveCounty();
        var (ids, version) = await applicants.Approve(
            await applicants.AddSchool("楚雄市示例第一中学"),
            CountyQuota + 1
        );
        await SendAll(served, ids, version, "cx2020/4.1.2");
        await using var db = served.Stored.Read();
        Assert.Equal(
            [CountyQuota],
            await db
                .Database.SqlQueryRaw<int>(
                    """SELECT "Sent" AS "Value" FROM chuxiong_county_plan WHERE "Division" = '532301' AND "Year" = 2020"""
                )
                .ToListAsync()
        );
    }

    [Theory, EveryDatabase]
    public async Task The_allotment_of_a_junior_high_is_never_exceeded(DatabaseKind kind)
    {
        await using var served = await Serve(kind);
        var applicants = new Applicants(served);
        await applicants.ApproveCounty();
        var school = await applicants.AddSchool("楚雄市示例第二中学");
        await served.Stored.Do(async work =>
        {
            await work.Db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO chuxiong_allotment ("Id", "Year", "CountyPlanId", "SchoolId", "Places", "Sent", "Scope")
                SELECT {work.NewId()}, 2020, "Id", {school.Id}, {Allotted}, 0, {school.Scope} FROM chuxiong_county_plan WHERE "Division" = '532301' AND "Year" = 2020
                """
            );
            work.Audit("chuxiong/allot", school.Id, school.Scope);
            return CommandResult.Done();
        });
        var (ids, version) = await applicants.Approve(school, Allotted + 1);
        await SendAll(served, ids, version, "cx2020/4.1.1");
        await using var db = served.Stored.Read();
        Assert.Equal(
            [Allotted],
            await db.Database.SqlQueryRaw<int>("""SELECT "Sent" AS "Value" FROM chuxiong_allotment""").ToListAsync()
        );
        Assert.Equal(
            [Allotted],
            await db
                .Database.SqlQueryRaw<int>(
                    """SELECT "Sent" AS "Value" FROM chuxiong_county_plan WHERE "Division" = '532301' AND "Year" = 2020"""
                )
                .ToListAsync()
        );
    }

    private static async Task<Served> Serve(DatabaseKind kind)
    {
        var served = new Served(kind, FirstDayOfSending);
        await served.InitializeAsync();
        return served;
    }

    /// <summary>All are sent but one, which is told why and stays exactly as it was.</summary>
    private static async Task SendAll(Served served, IReadOnlyList<Guid> ids, long version, string provision)
    {
        var next = -1;
        var answers = new (HttpStatusCode Status, string Text)[ids.Count];
        await Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        using var client = served.Another(served.Client.DefaultRequestHeaders.Authorization);
                        while (Interlocked.Increment(ref next) is var i && i < ids.Count)
                        {
                            using var answer = await client.Ask(
                                $"/api/chuxiong/applications/{ids[i]}/send",
                                """{"photocopy":true}""",
                                version
                            );
                            answers[i] = (answer.StatusCode, await answer.Content.ReadAsStringAsync());
                        }
                    })
                )
        );
        var sent = answers.Count(a =>
            a.Status == HttpStatusCode.OK && (string?)JsonNode.Parse(a.Text)!["state"] == "Sent"
        );
        Assert.True(
            sent == ids.Count - 1,
            answers.FirstOrDefault(a => a.Status is not (HttpStatusCode.OK or HttpStatusCode.Conflict)).Text
        );
        var refused = Array.FindIndex(answers, a => a.Status == HttpStatusCode.Conflict);
        Assert.Contains(JsonNode.Parse(answers[refused].Text)!["findings"]!.AsArray(), f =>
            f!["provisions"]!.AsArray().Any(p => (string)p! == provision)
        );
        var left = JsonNode.Parse(await served.Client.GetStringAsync($"/api/chuxiong/applications/{ids[refused]}"))!;
        Assert.Equal(
            ("SchoolApproved", version, null),
            ((string)left["state"]!, (long)left["version"]!, (string?)left["facts"]!["sentOn"])
        );
        Assert.Equal(version, left["history"]!.AsArray().Count);
        await using var db = served.Stored.Read();
        // an entry at each of the two schools
        Assert.Equal(2 * sent, await db.Set<AuditEntry>().CountAsync(a => a.Action == "chuxiong.application/send"));
        Assert.Equal(sent, await db.Set<CaseEvent>().CountAsync(e => e.Action == "send"));
    }
}
