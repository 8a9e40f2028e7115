using System.Net;
using System.Text.Json.Nodes;

namespace EduAssist.Host;

/// <summary>
/// The demo as it is shipped, on the days around the sending window: an approved pupil is sent, or is not.
/// </summary>
public class SendingTests
{
    private static readonly Lazy<Task<Workplace>> Demo = Workplace.Once(async place =>
    {
        await using var host = await HostProcess.Serve(place, ["--demo", "--today", "2020-05-05"]);
    });

    [Theory]
    [InlineData("2020-05-05", false, HttpStatusCode.Conflict)]
    [InlineData("2020-05-06", false, HttpStatusCode.OK)]
    [InlineData("2020-05-09", false, HttpStatusCode.Conflict)]
    [InlineData("2020-05-14", false, HttpStatusCode.OK)]
    [InlineData("2020-05-15", false, HttpStatusCode.Conflict)]
    [InlineData("2020-05-09", true, HttpStatusCode.OK)]
    [InlineData("2020-05-14", true, HttpStatusCode.Conflict)]
    public async Task A_pupil_is_sent_on(string day, bool makeUpDaysCount, HttpStatusCode status)
    {
        using var place = await Workplace.Copy(
            Demo,
            ("Chuxiong__SendingCountsMakeUpWorkdays", makeUpDaysCount ? "true" : "false")
        );
        await using var host = await HostProcess.Serve(place, ["--demo", "--today", day]);
        var one = (await host.Client.Json("/odata/ChuxiongApplications?$filter=State eq 'SchoolApproved'&$top=1"))[
            "value"
        ]![0]!;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/chuxiong/applications/{one["Id"]}/send")
        {
            Content = Asking.Body("""{"photocopy":true}"""u8.ToArray(), "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{one["Version"]}\"");
        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.True(status == answer.StatusCode, body.ToJsonString());
        if (status == HttpStatusCode.Conflict)
            Assert.Equal(
                ("sending-window", "cx2020/4.2.2"),
                ((string?)body["findings"]![0]!["rule"], (string?)body["findings"]![0]!["provisions"]![0])
            );
        else
            Assert.Equal("Sent", (string?)body["state"]);
    }
}
