using EduAssist.Conformance;
using EduAssist.Data;

namespace EduAssist.Host;

/// <summary><c>audit verify</c>, <c>audit head</c> and a tampered backup, as an operator meets them.</summary>
public class AuditCommandTests
{
    [Theory, EveryDatabase]
    public async Task The_end_of_the_chain_is_printed_missed_and_accepted(DatabaseKind kind)
    {
        using var databases = new OwnDatabases(kind);
        var connection = databases.Next();
        using var place = new Workplace(("Database", connection));
        await using (var host = await HostProcess.Serve(place))
            Assert.Equal(0, await host.Stop());
        var head = (await HostProcess.Run(place, "audit", "head")).Done().Output.Trim();
        Assert.NotNull(ChainHead.Read(head));
        Assert.Contains("完整", (await Verify("--head", head)).Done().Output, StringComparison.Ordinal);

        var file = Assert.Single(Directory.GetFiles(place["data"], "audit-*.head"));
        File.Delete(file);
        await Faulty("链尾文件", "末尾有没有被截去，无从证明", "audit head --accept");
        Assert.Equal(1, (await HostProcess.Run(place, "audit", "head")).ExitCode);
        Assert.Contains("注意：链尾文件", (await Verify("--head", head)).Done().Output, StringComparison.Ordinal);
        var accepted = (await HostProcess.Run(place, "audit", "head", "--accept")).Done().Output.Trim();
        Assert.NotNull(ChainHead.Read(accepted));
        Assert.Contains("完整", (await Verify()).Done().Output, StringComparison.Ordinal);
        Assert.Contains("完整", (await Verify("--head", head)).Done().Output, StringComparison.Ordinal);

        await using (var past = databases.Open(connection))
        await using (var command = past.CreateCommand())
        {
            command.CommandText =
                "DELETE FROM core_audit_head; DELETE FROM core_audit_seal; DELETE FROM core_audit_entry";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await Faulty("链尾记录不在了", "审计被清空", "restore");
        Assert.Contains(
            "链尾记录不在了",
            (await HostProcess.Run(place, "audit", "head", "--accept")).Output,
            StringComparison.Ordinal
        );

        // it starts and serves all the same, and stays as it is
        await using (var host = await HostProcess.Serve(place))
        {
            using var answer = await host.Client.GetAsync("/api/auth/me", TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode);
            Assert.Equal(0, await host.Stop());
        }

        await Faulty("链尾记录不在了");

        Task<Ended> Verify(params string[] more) => HostProcess.Run(place, ["audit", "verify", .. more]);

        async Task Faulty(params string[] told)
        {
            var verified = await Verify();
            Assert.Equal(1, verified.ExitCode);
            Assert.All(told, t => Assert.Contains(t, verified.Output, StringComparison.Ordinal));
            Assert.DoesNotContain("条，完整", verified.Output, StringComparison.Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_tampered_backup_is_refused_and_the_right_one_is_whole_on_another_machine(DatabaseKind kind)
    {
        using var databases = new OwnDatabases(kind);
        using var place = new Workplace(("Database", databases.Next()));
        await using (var host = await HostProcess.Serve(place))
        {
            (await HostProcess.Run(place, "backup", "a.backup")).Done();
            Assert.Equal(0, await host.Stop());
        }

        using var other = new Workplace(("Database", databases.Next()));
        Directory.CreateDirectory(other["data"]);
        File.Copy(Path.Combine(place["data"], "master.key"), Path.Combine(other["data"], "master.key"));
        var bytes = await File.ReadAllBytesAsync(place["a.backup"], TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(other["altered.backup"], bytes, TestContext.Current.CancellationToken);
        Assert.Contains(
            "被改动",
            (await HostProcess.Run(other, "restore", "altered.backup")).Refusal(1),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "没有数据库",
            (await HostProcess.Run(other, "users", "list")).Refusal(1),
            StringComparison.Ordinal
        );

        (await HostProcess.Run(other, "restore", place["a.backup"])).Done();
        Assert.Contains(
            "完整",
            (await HostProcess.Run(other, "audit", "verify")).Done().Output,
            StringComparison.Ordinal
        );
        await using (var host = await HostProcess.Serve(other))
            Assert.Equal(0, await host.Stop());
        Assert.Contains(
            "完整",
            (await HostProcess.Run(other, "audit", "verify")).Done().Output,
            StringComparison.Ordinal
        );
    }
}
