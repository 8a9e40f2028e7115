using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace EduAssist.Conformance;

/// <summary>
/// A PostgreSQL of this test process alone: a cluster in a temporary folder, on a free port of 127.0.0.1, made when it
/// is first asked for. A shell watches over it: it reads from a pipe that ends with this process, however it ends, and
/// then stops the server and removes the folder.
/// </summary>
public static class PostgreSqlServer
{
    private const string Override = "EDUASSIST_TEST_POSTGRES";

    /// <summary>What is stored need not outlive the tests: nothing is flushed.</summary>
    private const string Script = """
        folder=$(mktemp -d 2>/dev/null || TMPDIR=/tmp mktemp -d) && cd "$folder" || exit
        trap : INT TERM HUP
        "$1/initdb" -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >log 2>&1 &&
            "$1/pg_ctl" -D data -l log -w -o "-p $2 -h 127.0.0.1 -c unix_socket_directories= -c max_connections=300 -c fsync=off $3" start >&2 &&
            echo started &&
            while read -r mode; do
                "$1/pg_ctl" -D data -l log -w -m "$mode" restart >&2 && echo "$mode" || break
            done
        [ ! -f data/postmaster.pid ] || "$1/pg_ctl" -D data -m immediate -w stop >/dev/null
        cat log >&2
        cd / && rm -rf "$folder"
        """;

    private static readonly Lazy<string> Started = new(() => Named ?? Keep());

    private static Process? watch;

    /// <summary>
    /// Another server to test with, for instance a newer one in a container: its connection, from
    /// <c>EDUASSIST_TEST_POSTGRES</c>.
    /// </summary>
    public static string? Named { get; } =
        Environment.GetEnvironmentVariable(Override) is { Length: > 0 } named ? named : null;

    /// <summary>The connection of its administrator.</summary>
    /// <exception cref="InvalidOperationException">
    /// PostgreSQL is not installed, or does not start: with what it said.
    /// </exception>
    public static string Connection => Started.Value;

    /// <summary>Why there is none; null: there is one, or it can be started.</summary>
    internal static string? Missing(string? installed) =>
        Named is not null || (installed is not null && !OperatingSystem.IsWindows()) ? null
        : OperatingSystem.IsWindows() ? $"On Windows no PostgreSQL is started; {Override} may name one."
        : "PostgreSQL is not installed.";

    private static string Keep()
    {
        (watch, var connection) = Start(); // were it collected, the pipe would end
        return connection;
    }

    /// <summary>Starts one.</summary>
    /// <param name="options">Of the server, behind our own: <c>-c max_connections=20</c>.</param>
    /// <returns>Who watches over it, and the connection of its administrator.</returns>
    internal static (Process Watch, string Connection) Start(string options = "")
    {
        var programs = Path.GetDirectoryName(ExternalProgram.PostgreSql.Path())!;
        var said = "";
        for (var attempt = 0; attempt < 3; attempt++) // somebody may take the port before the server does
        {
            var port = FreePort();
            var process = Process.Start(Shell(programs, port, options))!;
            var errors = process.StandardError.ReadToEndAsync();
            if (process.StandardOutput.ReadLine() is null)
            {
                said = errors.GetAwaiter().GetResult();
                continue;
            }

            return (process, ConnectionTo(port));
        }

        throw new InvalidOperationException($"PostgreSQL in {programs} does not start: {said}");
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    internal static ProcessStartInfo Shell(string programs, int port, string options = "")
    {
        string[] shell = ["sh", "-c", Script, "sh", programs, port.ToString(CultureInfo.InvariantCulture), options];
        if (Environment.UserName == "root")
            shell = ["runuser", "-u", HasAccount("postgres") ? "postgres" : "nobody", "--", .. shell];
        return new(shell[0], shell[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static bool HasAccount(string name) =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith($"{name}:", StringComparison.Ordinal));

    internal static string ConnectionTo(int port) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "postgres",
            Database = "postgres",
        }.ToString();

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
