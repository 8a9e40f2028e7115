using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace EduAssist.Conformance;

/// <summary>
/// A folder with <c>package.json</c>, its lock file and scripts, which tests run: readers that are not ours.
/// </summary>
/// <param name="folder">Where it is.</param>
public sealed class NodeProject(string folder)
{
    /// <summary>Installs the packages of the lock file unless they are there.</summary>
    /// <returns>
    /// Why they cannot be had, for instance without a network; null: they are there. On the build machine it throws
    /// instead.
    /// </returns>
    public async Task<string?> Install()
    {
        var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (
            File.Exists(installed)
            && Packages(installed).IsSupersetOf(Packages(Path.Combine(folder, "package-lock.json")))
        )
            return null;
        var (exit, said) = await Run("npm", "", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        if (exit == 0)
            return null;
        return RequiresAttribute.OnBuildMachine
            ? throw new InvalidOperationException(said)
            : "npm ci cannot fetch the packages.";
    }

    /// <summary>Runs <c>node</c> or <c>npm</c> to its end.</summary>
    /// <returns>The exit code, and what it wrote to both outputs.</returns>
    public async Task<(int Exit, string Output)> Run(
        string program,
        string input,
        params IReadOnlyList<string> arguments
    )
    {
        var path = ExternalProgram.Node.Beside(program);
        var start = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // npm looks for node there
        start.Environment["PATH"] = $"{Path.GetDirectoryName(path)}{Path.PathSeparator}{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static HashSet<string> Packages(string lockFile)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(lockFile));
        return
        [
            .. json
                .RootElement.GetProperty("packages")
                .EnumerateObject()
                .Select(p => p.Name)
                .Where(name => name.Length > 0),
        ];
    }
}
