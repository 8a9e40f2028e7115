using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Client;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace EduAssist.TestLogger;

/// <summary>
/// What <c>dotnet test</c> prints: each failed test whole and at once, a line a minute while a project runs, and in the
/// end why tests were skipped, every reason once. The counts are the console logger's line. VSTest finds the assembly
/// by its name, <c>*.TestLogger.dll</c>, beside the tests.
/// </summary>
[FriendlyName("summary"), ExtensionUri("logger://EduAssist/summary")]
public sealed class SummaryLogger : ITestLogger, IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, int> skipped = new();
    private readonly DateTimeOffset started = TimeProvider.System.GetUtcNow();
    private string project = "";
    private int done;
    private int failed;
    private Timer? timer;

    /// <inheritdoc/>
    public void Initialize(TestLoggerEvents events, string testRunDirectory)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.TestRunStart += (_, run) =>
        {
            project = string.Join(' ', (run.TestRunCriteria.Sources ?? []).Select(Path.GetFileNameWithoutExtension));
            timer = new(_ => Console.WriteLine(Progress()), null, Silence, Silence);
        };
        events.TestResult += (_, result) => Take(result.Result);
        events.TestRunMessage += (_, message) =>
        {
            if (Matters(message.Level, message.Message))
                Console.WriteLine($"{project}: {message.Message}");
        };
        events.TestRunComplete += (_, _) =>
        {
            Dispose();
            Console.Write(Reasons());
        };
    }

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();

    /// <summary>Counts a result; of a failed test it says all that there is.</summary>
    internal void Take(TestResult result)
    {
        Interlocked.Increment(ref done);
        if (result.Outcome == TestOutcome.Skipped)
            skipped.AddOrUpdate(result.ErrorMessage ?? "without a reason", 1, (_, count) => count + 1);
        if (result.Outcome != TestOutcome.Failed)
            return;
        Interlocked.Increment(ref failed);
        Console.Write(Failure(result));
    }

    /// <summary>A failed test.</summary>
    internal static string Failure(TestResult result)
    {
        var text = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"  Failed {result.DisplayName} [{result.Duration.TotalSeconds:0.0} s]\n"
        );
        foreach (
            var part in (IEnumerable<string?>)
                [result.ErrorMessage, result.ErrorStackTrace, .. result.Messages.Select(m => m.Text)]
        )
            if (!string.IsNullOrWhiteSpace(part))
                text.Append(part.TrimEnd()).Append('\n');
        return text.ToString();
    }

    /// <summary>How far it has come.</summary>
    internal string Progress() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"  {project}: {done} done, {failed} failed, after {(TimeProvider.System.GetUtcNow() - started).TotalMinutes:0} min"
        );

    /// <summary>Why tests were skipped, the most frequent reason first.</summary>
    internal string Reasons() =>
        string.Concat(
            skipped
                .OrderByDescending(r => r.Value)
                .ThenBy(r => r.Key, StringComparer.Ordinal)
                .Select(r => string.Create(CultureInfo.InvariantCulture, $"  {project}: {r.Value} skipped: {r.Key}\n"))
        );

    /// <summary>
    /// Whether what the adapter says is said nowhere else: it has a line for every skipped and every failed test too.
    /// </summary>
    internal static bool Matters(TestMessageLevel level, string message) =>
        level != TestMessageLevel.Informational
        && !message.EndsWith("[SKIP]", StringComparison.Ordinal)
        && !message.EndsWith("[FAIL]", StringComparison.Ordinal);
}
