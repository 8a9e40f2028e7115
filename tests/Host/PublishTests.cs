using System.Diagnostics;

namespace EduAssist.Host;

/// <summary>What is shipped, not what is built.</summary>
[Trait("Speed", "Slow")]
public class PublishTests
{
    [Fact]
    public async Task A_published_host_runs_from_any_working_directory()
    {
        using var place = new Workplace();
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish",
                HostProcess.Built("HostProject"),
                "-c",
                HostProcess.Built("Configuration"),
                "--no-build",
                "-o",
                place["published"],
                "-v",
                "quiet",
                "-nodeReuse:false",
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using (var publish = Process.Start(start)!)
        {
            var output = await publish.StandardOutput.ReadToEndAsync();
            await publish.WaitForExitAsync();
            Assert.True(publish.ExitCode == 0, output);
        }

        Assert.True(File.Exists(place["published/modules/Chuxiong/EduAssist.Chuxiong.dll"]));
        using var elsewhere = new Workplace();
        Assert.Contains(
            "送读期",
            (await HostProcess.Run(place["published/EduAssist.Host.dll"], elsewhere, "calendar", "chuxiong", "2020"))
                .Done()
                .Output,
            StringComparison.Ordinal
        );
    }
}
