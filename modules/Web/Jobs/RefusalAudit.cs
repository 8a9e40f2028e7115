using EduAssist.Data;
using EduAssist.Kernel.Access;

namespace EduAssist.Web.Jobs;

/// <summary>
/// What was refused, as the audit has it: the first three refusals of a user and a route within a minute at once, and
/// all that follow as one line with their count. Otherwise whoever may do nothing could fill the audit, and keep
/// everybody waiting, since each line is a command of its own.
/// </summary>
internal sealed class RefusalAudit(CommandExecutor commands, TimeProvider clock)
{
    private const int MostLines = 3;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock one = new();
    private readonly Dictionary<(string User, string Route), (long Since, int Lines, int More)> recent = [];

    /// <summary>Notes a refusal.</summary>
    internal Task AddAsync(Actor actor, string route)
    {
        bool isLine;
        lock (one)
        {
            var (since, lines, more) = recent.TryGetValue((actor.Name, route), out var known)
                ? known
                : (clock.GetTimestamp(), 0, 0);
            isLine = lines < MostLines;
            recent[(actor.Name, route)] = isLine ? (since, lines + 1, more) : (since, lines, more + 1);
        }

        return isLine ? commands.AppendAuditAsync(actor, "refused", detail: route) : Task.CompletedTask;
    }

    /// <summary>Writes the counts of the minutes that are over.</summary>
    /// <param name="all">Of those that are not over yet, too: the server stops.</param>
    internal async Task WriteAsync(bool all = false)
    {
        List<KeyValuePair<(string User, string Route), (long Since, int Lines, int More)>> over;
        lock (one)
            over = [.. recent.Where(r => all || clock.GetElapsedTime(r.Value.Since) >= Minute)];
        foreach (var ((user, route), (since, lines, more)) in over)
        {
            // written first: if the database cannot be reached, the count is written at the next attempt
            if (more > 0)
                await commands.AppendAuditAsync(new(user), "refused", detail: $"{route} ×{more}");
            lock (one)
            {
                var left = recent[(user, route)].More - more;
                if (left == 0)
                    recent.Remove((user, route));
                else
                    recent[(user, route)] = (since, lines, left);
            }
        }
    }
}
