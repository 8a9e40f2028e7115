using System.Diagnostics;

namespace EduAssist.Conformance;

/// <summary>
/// A PostgreSQL of one test alone, which it may restart or fill: a cluster as that of <see cref="PostgreSqlServer"/>,
/// gone afterwards.
/// </summary>
public sealed class OwnPostgreSql : IDisposable
{
    private readonly Process watch;

    /// <summary>Starts it.</summary>
    /// <param name="options">Of the server: <c>-c max_connections=20</c>.</param>
    /// <exception cref="InvalidOperationException">It is not installed, or does not start.</exception>
    public OwnPostgreSql(string options = "") => (watch, Connection) = PostgreSqlServer.Start(options);

    /// <summary>The connection of its administrator.</summary>
    public string Connection { get; }

    /// <summary>Restarts it, and waits until it takes connections.</summary>
    /// <param name="mode"><c>fast</c> ends sessions, <c>immediate</c> is a crash.</param>
    /// <exception cref="InvalidOperationException">It has not come back.</exception>
    public async Task RestartAsync(string mode)
    {
        await watch.StandardInput.WriteLineAsync(mode);
        await watch.StandardInput.FlushAsync();
        if (await watch.StandardOutput.ReadLineAsync() != mode)
            throw new InvalidOperationException($"PostgreSQL has not come back from a restart ({mode}).");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        watch.StandardInput.Close();
        watch.WaitForExit();
        watch.Dispose();
    }
}
