using System.Text.Json.Nodes;
using EduAssist.Conformance;
using EduAssist.Data;

namespace EduAssist.Host;

/// <summary><c>migrate</c>, <c>backup</c> and <c>restore</c> as an operator uses them.</summary>
public class BackupCommandTests
{
    [Theory, EveryDatabase]
    public async Task A_running_server_is_backed_up_and_restored_when_it_is_stopped(DatabaseKind kind)
    {
        using var databases = new OwnDatabases(kind);
        using var place = new Workplace(("Database", databases.Next()));
        Assert.Contains("chuxiong", (await HostProcess.Run(place, "migrate")).Done().Output, StringComparison.Ordinal);
        Assert.Contains("无须升级", (await HostProcess.Run(place, "migrate")).Done().Output, StringComparison.Ordinal);
        string id;
        await using (var host = await HostProcess.Serve(place))
        {
            id = await Open(host);
            Assert.Contains(
                "主密钥不在备份里",
                (await HostProcess.Run(place, "backup", "a.backup")).Done().Output,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "已经存在",
                (await HostProcess.Run(place, "backup", "a.backup")).Refusal(1),
                StringComparison.Ordinal
            );
            var later = await Open(host);
            Assert.NotEqual(id, later);
            Assert.Contains(
                "正在使用",
                (await HostProcess.Run(place, "restore", "a.backup", "--replace")).Refusal(1),
                StringComparison.Ordinal
            );
            Assert.Equal(0, await host.Stop());
            id += $" {later}";
        }

        Assert.Contains(
            "--replace",
            (await HostProcess.Run(place, "restore", "a.backup")).Refusal(1),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "before-restore-",
            (await HostProcess.Run(place, "restore", "a.backup", "--replace")).Done().Output,
            StringComparison.Ordinal
        );
        await using (var host = await HostProcess.Serve(place))
        {
            using var kept = await host.Client.GetAsync($"/api/chuxiong/implementation-plans/{id.Split(' ')[0]}");
            using var gone = await host.Client.GetAsync($"/api/chuxiong/implementation-plans/{id.Split(' ')[1]}");
            Assert.Equal((200, 404), ((int)kept.StatusCode, (int)gone.StatusCode));
            Assert.Contains("送读安排", await kept.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // To a machine that has nothing but the backup; then the key, too.
        using var other = new Workplace();
        Assert.Contains(
            "没有主密钥",
            (await HostProcess.Run(other, "restore", place["a.backup"])).Refusal(1),
            StringComparison.Ordinal
        );
        Directory.CreateDirectory(other["data"]);
        File.Copy(Path.Combine(place["data"], "master.key"), Path.Combine(other["data"], "master.key"));
        Assert.Contains(
            "已恢复",
            (await HostProcess.Run(other, "restore", place["a.backup"])).Done().Output,
            StringComparison.Ordinal
        );
        await using (var host = await HostProcess.Serve(other))
        {
            var plan = await host.Client.GetStringAsync($"/api/chuxiong/implementation-plans/{id.Split(' ')[0]}");
            Assert.Equal("送读安排。", (string?)JsonNode.Parse(plan)!["form"]!["summary"]);
        }
    }

    [Theory]
    [InlineData("没有数据库", "backup", "a.backup")]
    [InlineData("没有", "restore", "nowhere.backup")]
    [InlineData("不是本程序的备份", "restore", "roster.csv")]
    [InlineData("命令有误", "backup")]
    [InlineData("命令有误", "restore")]
    public async Task What_cannot_be_done_is_refused_with_one_line(string says, params string[] arguments)
    {
        using var place = new Workplace();
        place.Write("roster.csv", "年级\n9\n");
        Assert.Contains(says, (await HostProcess.Run(place, arguments)).Refusal(1), StringComparison.Ordinal);
        Assert.False(File.Exists(place["a.backup"]));
    }

    private static async Task<string> Open(HostProcess host)
    {
        using var body = Asking.Body(
            """{"body":"楚雄市","year":2026,"summary":"送读安排。"}"""u8.ToArray(),
            "application/json"
        );
        using var answer = await host.Client.PostAsync("/api/chuxiong/implementation-plans", body);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!;
    }
}
