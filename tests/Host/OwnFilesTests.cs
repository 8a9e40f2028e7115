using System.Runtime.Versioning;

namespace EduAssist.Host;

/// <summary>What lies on the disk: whose it is, and which day the demo was made on.</summary>
public class OwnFilesTests
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task Nobody_but_the_owner_reads_databases_keys_backups_and_lists()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("On Windows the rights of the folder hold.");
        using var place = new Workplace();
        await using (var host = await HostProcess.Serve(place))
            (await HostProcess.Run(place, "backup", "a.backup")).Done();
        (await HostProcess.Run(place, "export", "registry.students", "-o", "pupils.csv")).Done();
        await using (var demo = await HostProcess.Serve(place, ["--demo", "--today", "2020-05-06"]))
        {
            string[] files = [.. Directory.GetFiles(place["data"]), .. Directory.GetFiles(place.Folder)];
            Assert.Equal(
                [
                    "a.backup",
                    "audit-eduassist.head",
                    "eduassist-demo.db",
                    "eduassist-demo.db-shm",
                    "eduassist-demo.db-wal",
                    "eduassist.db",
                    "master.key",
                    "pupils.csv",
                ],
                files
                    .Select(Path.GetFileName)
                    .Where(f => f is not ("eduassist.db-shm" or "eduassist.db-wal"))
                    .Order(StringComparer.Ordinal)
            );
            Assert.All(files, f => Assert.Equal((f, OwnersAlone), (f, File.GetUnixFileMode(f))));
        }

        var own = Path.Combine(place["data"], "eduassist.db");
        // as an earlier version left it
        File.SetUnixFileMode(own, OwnersAlone | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        (await HostProcess.Run(place, "migrate")).Done();
        Assert.Equal(OwnersAlone, File.GetUnixFileMode(own));
        (await HostProcess.Run(place, "restore", "a.backup", "--replace")).Done();
        Assert.Equal(OwnersAlone, File.GetUnixFileMode(own));
        Assert.All(Directory.GetFiles(Path.Combine(place["data"], "backups")), f =>
            Assert.Equal(OwnersAlone, File.GetUnixFileMode(f))
        );
    }

    [Theory]
    [InlineData("Guizhou", "Chuxiong", "演示数据里没有楚雄州义务教育职教班（chuxiong）的：建立它时没有加载这个模块。")]
    [InlineData("Chuxiong", "Guizhou", "演示数据里有模块 chuxiong 的，现在没有加载它，看不到。")]
    public async Task A_demo_that_other_modules_have_filled_says_so(string then, string now, string told)
    {
        using var place = new Workplace();
        string[] demo = ["--demo", "--today", "2020-05-06"];
        for (var time = 0; time < 2; time++)
        {
            await using var same = await HostProcess.Serve(place, demo, ("EDUASSIST_Modules", then));
            Assert.DoesNotContain(same.Beginning, l => l.Contains("演示数据", StringComparison.Ordinal));
        }

        await using var other = await HostProcess.Serve(place, demo, ("EDUASSIST_Modules", now));
        Assert.Equal(
            $"{told}要从头开始，请停止服务，删除 {place["eduassist-demo.db"]}（连同 -wal、-shm），再启动。",
            Assert.Single(other.Beginning, l => l.StartsWith("演示数据", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_demo_of_another_day_is_kept_and_says_so_and_commands_reach_it()
    {
        using var place = new Workplace();
        await using (var first = await HostProcess.Serve(place, ["--demo", "--today", "2020-05-06"]))
            Assert.DoesNotContain(first.Beginning, l => l.Contains("2020-05-06", StringComparison.Ordinal));
        await using (var same = await HostProcess.Serve(place, ["--demo", "--today", "2020-05-06"]))
            Assert.DoesNotContain(same.Beginning, l => l.Contains("2020-05-06", StringComparison.Ordinal));
        await using (var other = await HostProcess.Serve(place, ["--demo", "--today", "2020-06-05"]))
        {
            var said = Assert.Single(other.Beginning, l => l.Contains("2020-05-06", StringComparison.Ordinal));
            Assert.Equal(
                (true, true),
                (
                    said.Contains("2020-06-05", StringComparison.Ordinal),
                    said.Contains(place["eduassist-demo.db"], StringComparison.Ordinal)
                )
            );
        }

        Assert.Contains(
            "已导出",
            (await HostProcess.Run(place, "export", "chuxiong.attendance-list", "--demo", "-o", "a4.xlsx"))
                .Done()
                .Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "预览（没有导入）：",
            (
                await HostProcess.Run(
                    place,
                    "import",
                    "chuxiong.attendance-list",
                    "a4.xlsx",
                    "--demo",
                    "--today",
                    "2020-06-05",
                    "--preview",
                    "--set",
                    "school=楚雄技师学院"
                )
            ).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "完整",
            (await HostProcess.Run(place, "audit", "verify", "--demo")).Done().Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "已备份到",
            (await HostProcess.Run(place, "backup", "demo.backup", "--demo")).Done().Output,
            StringComparison.Ordinal
        );
    }
}
