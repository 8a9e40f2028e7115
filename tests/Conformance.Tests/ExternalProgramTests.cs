using System.Net.Sockets;
using EduAssist.Data;
using Npgsql;

namespace EduAssist.Conformance;

/// <summary>
/// Programs are found where they are, and a test that needs one that is nowhere is skipped with that reason.
/// </summary>
public sealed class ExternalProgramTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("eduassist-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("a", "one two", "a/one")]
    [InlineData("a b", "one two", "b/one", "a/one")] // a has but half of them
    [InlineData("a", "one two", null, "a/one")]
    [InlineData("a", "one two", null)]
    public void A_folder_counts_that_has_all_of_them(string folders, string names, string? found, params string[] alone)
    {
        foreach (var name in folders.Split(' ').SelectMany(f => names.Split(' ').Select(n => $"{f}/{n}")))
            if (alone.All(a => a[0] != name[0]) || alone.Contains(name))
                Put(name, executable: found is not null || alone.Length > 0);
        var path = ExternalPrograms.FirstOf(
            new("x", [names.Split(' ')], []),
            folders.Split(' ').Select(f => Path.Combine(folder.FullName, f))
        );
        Assert.Equal(found is null ? null : Path.Combine(folder.FullName, found), path);
    }

    [Fact]
    public void The_newest_version_is_looked_at_first()
    {
        foreach (var version in (string[])["9.6", "10", "15", "17"])
            folder.CreateSubdirectory($"lib-{version}/bin");
        Assert.Equal(
            ["lib-17", "lib-15", "lib-10", "lib-9.6"],
            ExternalPrograms
                .Matching($"{folder.FullName}/lib-*/bin")
                .Select(f => Path.GetFileName(Path.GetDirectoryName(f)))
        );
    }

    [Fact]
    public void What_is_missing_skips_a_test_and_on_the_build_machine_fails_it()
    {
        RequiresAttribute.Decide(null, onBuildMachine: false);
        RequiresAttribute.Decide(null, onBuildMachine: true);
        Assert.EndsWith("LibreOffice is not installed.", Said(onBuildMachine: false), StringComparison.Ordinal);
        Assert.StartsWith(
            "LibreOffice is not installed. CI=true",
            Said(onBuildMachine: true),
            StringComparison.Ordinal
        );

        static string Said(bool onBuildMachine)
        {
            try // xunit lets no record be made of a skip
            {
                RequiresAttribute.Decide("LibreOffice is not installed.", onBuildMachine);
                return "";
            }
            catch (Exception e) when (e is Xunit.Sdk.SkipException or Xunit.Sdk.FailException)
            {
                return e.Message;
            }
        }
    }

    [Fact]
    public void Without_PostgreSQL_its_row_of_a_theory_is_skipped_and_the_other_stays() =>
        Assert.Equal(
            [null, RequiresAttribute.OnBuildMachine ? null : ExternalProgram.PostgreSql.Missing()],
            Enum.GetValues<DatabaseKind>().Select(kind => kind.Skipped())
        );

    /// <summary>The pipe ends with the process that holds it, also when that is killed.</summary>
    [Fact, Requires(ExternalProgram.PostgreSql)]
    public async Task The_server_stops_and_its_folder_goes_when_the_pipe_ends()
    {
        if (PostgreSqlServer.Named is not null)
            return; // somebody else's
        var port = PostgreSqlServer.FreePort();
        using var watch = System.Diagnostics.Process.Start(
            PostgreSqlServer.Shell(Path.GetDirectoryName(ExternalProgram.PostgreSql.Path())!, port)
        )!;
        Assert.Equal("started", await watch.StandardOutput.ReadLineAsync());
        await using var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionTo(port));
        await connection.OpenAsync();
        await using var asked = new NpgsqlCommand("SHOW data_directory", connection);
        var data = (string)(await asked.ExecuteScalarAsync())!;
        Assert.True(Directory.Exists(Path.GetDirectoryName(data)));
        watch.StandardInput.Close();
        await watch.WaitForExitAsync();
        Assert.False(Directory.Exists(Path.GetDirectoryName(data)));
        using var socket = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync("127.0.0.1", port));
    }

    private void Put(string name, bool executable)
    {
        var file = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        if (executable && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute);
    }
}
