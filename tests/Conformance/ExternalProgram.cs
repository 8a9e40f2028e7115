using System.Globalization;

namespace EduAssist.Conformance;

/// <summary>A program that some tests run and that is no part of the .NET SDK.</summary>
public enum ExternalProgram
{
    /// <summary>The server's programs: <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>.</summary>
    PostgreSql,

    /// <summary>A browser.</summary>
    Chromium,

    /// <summary><c>soffice</c>, which opens what was written and saves it anew.</summary>
    LibreOffice,

    /// <summary><c>node</c>, and <c>npm</c> beside it.</summary>
    Node,
}

/// <summary>Where the programs are: on the PATH, or where their installers put them.</summary>
public static class ExternalPrograms
{
    private static readonly Dictionary<ExternalProgram, Program> Known = new()
    {
        [ExternalProgram.PostgreSql] = new(
            "PostgreSQL",
            [
                ["pg_ctl", "postgres", "initdb"],
            ],
            [
                "/usr/lib/postgresql/*/bin",
                "/usr/pgsql-*/bin",
                "/opt/homebrew/opt/postgresql@*/bin",
                "/opt/homebrew/bin",
                "/usr/local/opt/postgresql@*/bin",
                "/usr/local/pgsql/bin",
                "/Library/PostgreSQL/*/bin",
                "/Applications/Postgres.app/Contents/Versions/*/bin",
                "%ProgramFiles%/PostgreSQL/*/bin",
            ]
        ),
        [ExternalProgram.Chromium] = new(
            "Chromium",
            [
                ["chromium"],
                ["google-chrome"],
                ["chrome"],
                ["chromium-browser"],
            ],
            [
                "/usr/lib/chromium",
                "/opt/google/chrome",
                "/opt/homebrew/bin",
                "/Applications/Chromium.app/Contents/MacOS",
                "%ProgramFiles%/Google/Chrome/Application",
            ]
        ),
        [ExternalProgram.LibreOffice] = new(
            "LibreOffice",
            [
                ["soffice"],
            ],
            [
                "/usr/lib/libreoffice/program",
                "/usr/lib64/libreoffice/program",
                "/opt/libreoffice*/program",
                "/opt/homebrew/bin",
                "/Applications/LibreOffice.app/Contents/MacOS",
                "%ProgramFiles%/LibreOffice/program",
            ]
        ),
        [ExternalProgram.Node] = new(
            "Node.js",
            [
                ["node", "npm"],
            ],
            [
                "/usr/local/bin",
                "/opt/homebrew/bin",
                "/opt/nodejs/bin",
                "%HOME%/.nvm/versions/node/*/bin",
                "%ProgramFiles%/nodejs",
            ]
        ),
    };

    private static readonly Dictionary<ExternalProgram, string?> Found = Known.ToDictionary(
        p => p.Key,
        p => FirstOf(p.Value, Folders(p.Value))
    );

    /// <summary>The path of the program; for <see cref="ExternalProgram.PostgreSql"/> that of <c>pg_ctl</c>.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string Path(this ExternalProgram program) =>
        Found[program] ?? throw new InvalidOperationException(Missing(program));

    /// <summary>Another program that was installed with it, for example <c>npm</c>.</summary>
    public static string Beside(this ExternalProgram program, string other) =>
        Executable(System.IO.Path.GetDirectoryName(program.Path())!, other)
        ?? throw new InvalidOperationException($"{other} is not beside {program.Path()}.");

    /// <summary>Why a test that needs it cannot run; null: it can.</summary>
    public static string? Missing(this ExternalProgram program) =>
        program == ExternalProgram.PostgreSql ? PostgreSqlServer.Missing(Found[program])
        : Found[program] is null ? $"{Known[program].Name} is not installed."
        : null;

    /// <summary>The program of the first set all of which stands in one folder.</summary>
    internal static string? FirstOf(Program program, IEnumerable<string> folders) =>
        folders
            .SelectMany(folder => program.Sets.Select(set => set.Select(name => Executable(folder, name)).ToList()))
            .FirstOrDefault(set => set.TrueForAll(path => path is not null))
            ?[0];

    /// <summary>The newest version first, 15 before 9.6.</summary>
    internal static IEnumerable<string> Matching(string pattern)
    {
        IEnumerable<string> found = [System.IO.Path.GetPathRoot(pattern) ?? ""];
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(p => p.EndsWith(':')))
        {
            found = found.SelectMany(folder =>
                part.Contains('*', StringComparison.Ordinal)
                    ? Directory.Exists(folder)
                        ? Directory.GetDirectories(folder, part).OrderByDescending(Number)
                        : []
                    : (IEnumerable<string>)[System.IO.Path.Combine(folder, part)]
            );
        }

        return found;
    }

    private static IEnumerable<string> Folders(Program program) =>
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                System.IO.Path.PathSeparator,
                StringSplitOptions.RemoveEmptyEntries
            ),
            .. program.Places.Select(Environment.ExpandEnvironmentVariables).SelectMany(Matching),
        ];

    private static string? Executable(string folder, string name)
    {
        foreach (var ending in OperatingSystem.IsWindows() ? [".exe", ".cmd"] : (string[])[""])
        {
            var path = System.IO.Path.Combine(folder, name + ending);
            if (
                File.Exists(path)
                && (OperatingSystem.IsWindows() || File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute))
            )
                return path;
        }

        return null;
    }

    private static double Number(string folder) =>
        double.TryParse(
            string.Concat(
                System
                    .IO.Path.GetFileName(folder)
                    .SkipWhile(c => !char.IsAsciiDigit(c))
                    .TakeWhile(c => char.IsAsciiDigit(c) || c == '.')
            ),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;

    /// <summary>A program as it is looked for.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Sets">The programs that are needed; the first set that is there is taken.</param>
    /// <param name="Places">Folders beside those of the PATH.</param>
    internal sealed record Program(
        string Name,
        IReadOnlyList<IReadOnlyList<string>> Sets,
        IReadOnlyList<string> Places
    );
}
