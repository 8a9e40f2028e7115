using EduAssist.Data;
using EduAssist.Kernel.Access;

namespace EduAssist.Web.Jobs;

/// <summary>
/// What was refused, as the audit has it: the first refusal of a user and a route at once, and all that follow it within
/// a minute as one line with their count. Otherwise whoever may do nothing could fill the audit, and keep everybody
/// waiting, since each line is a command of its own.
/// </summary>
internal sealed class RefusalAudit(CommandExecutor commands, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock one = new();
    private readonly Dictionary<(string User, string Route), (long Since, int More)> recent = [];

    /// <summary>Notes a refusal.</summary>
    internal Task AddAsync(Actor actor, string route)
    {
        lock (one)
        {
            if (recent.TryGetValue((actor.Name, route), out var known))
            {
                recent[(actor.Name, route)] = known with { More = known.More + 1 };
                return Task.CompletedTask;
            }

            recent[(actor.Name, route)] = (clock.GetTimestamp(), 0);
        }

        return commands.AppendAuditAsync(actor, "refused", detail: route);
    }

    /// <summary>Writes the counts of the minutes that are over.</summary>
    /// <param name="all">Of those that are not over yet, too: the server stops.</param>
    internal async Task WriteAsync(bool all = false)
    {
        List<KeyValuePair<(string User, string Route), (long Since, int More)>> over;
        lock (one)
            over = [.. recent.Where(r => all || clock.GetElapsedTime(r.Value.Since) >= Minute)];
        foreach (var ((user, route), (since, more)) in over)
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
                    recent[(user, route)] = (since, left);
            }
        }
    }
}
