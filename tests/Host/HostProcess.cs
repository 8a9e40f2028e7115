using System.Diagnostics;
using System.Net.Http.Json;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace EduAssist.Host;

/// <summary>What a command came to.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors, long PeakBytes)
{
    /// <summary>The lines on standard error; a refusal has one.</summary>
    internal string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Refused as promised: the exit code, and one clear Chinese line, which is no stack trace.</summary>
    internal string Refusal(int exitCode) => Assert.Single(Refusals(exitCode));

    /// <summary>Refused with a line for each of several consequences.</summary>
    internal string[] Refusals(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"exit {ExitCode}: {Errors}");
        Assert.All(ErrorLines, line =>
        {
            Assert.Contains(line, c => c is >= '\u4e00' and <= '\u9fff');
            Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        });
        return ErrorLines;
    }

    /// <summary>Done, or the test fails with what was said.</summary>
    internal Ended Done(int exitCode = 0)
    {
        Assert.True(exitCode == ExitCode, $"exit {ExitCode}: {Errors}");
        return this;
    }
}

/// <summary>The real host, as a process of its own: a command that ends, or a server at an address.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly Task<string> errors;
    private Task<string> output = Task.FromResult("");

    private HostProcess(Process process) => (this.process, errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>A client of the server.</summary>
    internal HttpClient Client { get; private set; } = new();

    /// <summary>What the server said until it listened.</summary>
    internal IReadOnlyList<string> Beginning { get; private set; } = [];

    /// <summary>All that it said, since it began to listen, on both outputs: there when it has ended.</summary>
    internal async Task<string> Said() => $"{await output}\n{await errors}";

    /// <summary>The id of the process, by which it is stopped.</summary>
    internal int Id => process.Id;

    /// <summary>Whether it has ended, of itself or stopped.</summary>
    internal bool HasEnded => process.HasExited;

    /// <summary>
    /// The program that is tested: what was built, and on the build machine what is shipped
    /// (<c>HostUnderTest.targets</c>).
    /// </summary>
    internal static string Host => Built("Host");

    /// <summary>What the build said: where the host is, where the toy region is.</summary>
    internal static string Built(string what) =>
        typeof(HostProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == what).Value!;

    /// <summary>Runs a command to its end.</summary>
    internal static Task<Ended> Run(Workplace place, params string[] arguments) => Run(Host, place, arguments);

    /// <summary>Runs a command of another copy of the host.</summary>
    internal static Task<Ended> Run(string host, Workplace place, params string[] arguments) =>
        Run(host, place, arguments, []);

    /// <summary>Runs a command on a terminal that is so many columns wide.</summary>
    internal static Task<Ended> RunOn(int columns, Workplace place, params string[] arguments) =>
        Run(Host, place, arguments, [("COLUMNS", $"{columns}")]);

    private static async Task<Ended> Run(
        string host,
        Workplace place,
        string[] arguments,
        (string Key, string Value)[] environment
    )
    {
        await using var running = Start(host, place, arguments, environment);
        running.output = running.process.StandardOutput.ReadToEndAsync();
        var end = running.process.WaitForExitAsync(new CancellationTokenSource(Patience).Token);
        long peak = 0;
        while (await Task.WhenAny(end, Task.Delay(20)) != end)
            peak = Math.Max(peak, running.Peak());
        await end;
        return new(running.process.ExitCode, await running.output, await running.errors, peak);
    }

    /// <summary>Starts a server on a free port and waits until it says where.</summary>
    internal static Task<HostProcess> Serve(Workplace place, params (string Key, string Value)[] environment) =>
        Serve(place, [], environment);

    /// <summary>The same with further arguments.</summary>
    internal static async Task<HostProcess> Serve(
        Workplace place,
        string[] arguments,
        params (string Key, string Value)[] environment
    )
    {
        var running = Start(Host, place, ["serve", "--urls", "http://127.0.0.1:0", .. arguments], environment);
        const string Listening = "正在监听 ";
        string? first = null;
        List<string> said = [];
        running.Beginning = said;
        using var patience = new CancellationTokenSource(Patience);
        while (await running.process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (line.StartsWith("首次启动", StringComparison.Ordinal))
                first = line.Split("一次性密码是 ")[1].Split('，')[0];
            if (!line.StartsWith(Listening, StringComparison.Ordinal))
                continue;
            running.Client = new() { BaseAddress = new(line[Listening.Length..]), Timeout = Patience };
            running.output = running.process.StandardOutput.ReadToEndAsync();
            await running.SignIn(arguments.Contains("--demo"), first);
            return running;
        }

        throw new InvalidOperationException(await running.errors);
    }

    /// <summary>
    /// As the demo's administrator, whose password everybody knows, or with the password of the first start, which must
    /// be changed; then as somebody whom they make, who is every bureau and every school that there is.
    /// </summary>
    private async Task SignIn(bool demo, string? first)
    {
        const string Own = "tests-of-the-host-1";
        if (first is not null)
            await Change("admin", first);
        if (demo || first is not null)
        {
            await Token("admin", demo ? "demo-admin" : Own);
            var roles = await Everything();
            using var made = await Client.PostAsJsonAsync(
                "/api/users",
                new { user = "everybody", roles = roles.Select(r => new { role = r.Role, place = r.Place }) }
            );
            // on a database that was served before they are there already
            var told = await made.Content.ReadAsStringAsync();
            Assert.True(made.IsSuccessStatusCode || told.Contains("已有用户", StringComparison.Ordinal), told);
            if (made.IsSuccessStatusCode)
                await Change("everybody", (string)JsonNode.Parse(told)!["password"]!);
        }

        await Token("everybody", Own);

        async Task<IEnumerable<(string Role, string Place)>> Everything()
        {
            var schools = (
                await Client.GetFromJsonAsync<JsonNode>("/odata/Schools?$select=Name,Kind,Division&$top=1000")
            )!["value"]!.AsArray();
            IEnumerable<string> divisions =
            [
                "532301",
                "532302",
                .. Enumerable.Range(532322, 8).Select(code => $"{code}"),
                .. schools.Select(s => (string)s!["Division"]!),
            ];
            return
            [
                ("Administrator", "*"),
                .. divisions.Select(d => ("Province", $"{d[..2]}0000")).Distinct(),
                .. divisions.Select(d => ("Prefecture", $"{d[..4]}00")).Distinct(),
                .. divisions
                    .Where(d => !d.EndsWith("00", StringComparison.Ordinal))
                    .Select(d => ("County", d))
                    .Distinct(),
                .. schools.Select(s =>
                    ((string)s!["Kind"]! == "Vocational" ? "Vocational" : "School", $"{s["Division"]}/{s["Name"]}")
                ),
            ];
        }

        async Task Change(string user, string password) =>
            (
                await Client.PostAsJsonAsync(
                    "/api/auth/password",
                    new
                    {
                        user,
                        password,
                        newPassword = Own,
                    }
                )
            ).Dispose();

        async Task Token(string user, string password)
        {
            using var answer = await Client.PostAsJsonAsync("/api/auth/token", new { user, password });
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            Client.DefaultRequestHeaders.Authorization = new("Bearer", (string)JsonNode.Parse(text)!["accessToken"]!);
        }
    }

    /// <summary>Asks the server to stop, and waits for its exit code.</summary>
    internal async Task<int> Stop()
    {
        Assert.Equal(0, Kill(Id, Terminate));
        await process.WaitForExitAsync(new CancellationTokenSource(Patience).Token);
        return process.ExitCode;
    }

    /// <summary>Kills it: it gets no chance to finish anything (SIGKILL).</summary>
    internal async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync(new CancellationTokenSource(Patience).Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        Client.Dispose();
        process.Dispose();
    }

    private static HostProcess Start(
        string host,
        Workplace place,
        string[] arguments,
        params (string Key, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo("dotnet", [host, .. arguments])
        {
            WorkingDirectory = place.Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (
            var inherited in start
                .Environment.Keys.Where(k => k.StartsWith("EDUASSIST_", StringComparison.OrdinalIgnoreCase))
                .ToList()
        )
            start.Environment.Remove(inherited);
        // none lives long enough to gain from compiling what is called often once more
        start.Environment["DOTNET_TieredPGO"] = start.Environment["DOTNET_TC_CallCounting"] = "0";
        foreach (var (key, value) in place.Settings)
            start.Environment[$"EDUASSIST_{key}"] = value;
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Sends a signal: a program <c>kill</c> is not everywhere.</summary>
    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    /// <summary>The most memory that it has held, in bytes.</summary>
    internal long Peak()
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException) // it ended meanwhile
        {
            return 0;
        }
    }
}
