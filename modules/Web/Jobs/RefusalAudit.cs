using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web.Jobs;

/// <summary>
/// What was refused, as the audit has it: the first three refusals of a user and a route within a minute at once, and
/// all that follow as one line with their count. Otherwise whoever may do nothing could fill the audit, and keep
/// everybody waiting, since each line is a command of its own. A line lies where that lies which was asked for, if
/// there is such a thing, and else at the places of the user.
/// </summary>
internal sealed class RefusalAudit(CommandExecutor commands, TimeProvider clock)
{
    private const int MostLines = 3;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock one = new();
    private readonly Dictionary<(string User, string Route), (Actor By, long Since, int Lines, int More)> recent = [];

    /// <summary>Notes a refusal.</summary>
    /// <param name="actor">Whose.</param>
    /// <param name="route">What was refused.</param>
    /// <param name="asked">The id of what was asked for; null: nothing was.</param>
    internal Task AddAsync(Actor actor, string route, Guid? asked)
    {
        bool isLine;
        lock (one)
        {
            var (by, since, lines, more) = recent.TryGetValue((actor.Name, route), out var known)
                ? known
                : (actor, clock.GetTimestamp(), 0, 0);
            if (by.Address != actor.Address)
                by = by with { Address = null }; // the count is of several
            isLine = lines < MostLines;
            recent[(actor.Name, route)] = isLine ? (by, since, lines + 1, more) : (by, since, lines, more + 1);
        }

        return isLine ? NoteAsync(actor, route, asked) : Task.CompletedTask;
    }

    private Task NoteAsync(Actor actor, string detail, Guid? asked) => commands.ExecuteAsync(new(actor), async work =>
        {
            var place = asked is { } id ? await PlaceAsync(work.Db, id) : null;
            work.Audit("refused", null, place is null ? actor.Places : [place], detail);
            return CommandResult.Done();
        });

    /// <summary>Where something lies that has a page or a path of its own; null: there is no such thing.</summary>
    private static Task<string?> PlaceAsync(AppDbContext db, Guid id) =>
        db.Set<School>()
            .Where(s => s.Id == id)
            .Select(s => s.Scope)
            .Concat(db.Set<Student>().Where(s => s.Id == id).Select(s => s.Scope))
            .Concat(db.Set<Roll>().Where(r => r.Id == id).Select(r => r.Scope))
            .Concat(db.Set<Case>().Where(c => c.Id == id).Select(c => c.Scope))
            .FirstOrDefaultAsync();

    /// <summary>Writes the counts of the minutes that are over.</summary>
    /// <param name="all">Of those that are not over yet, too: the server stops.</param>
    internal async Task WriteAsync(bool all = false)
    {
        List<KeyValuePair<(string User, string Route), (Actor By, long Since, int Lines, int More)>> over;
        lock (one)
            over = [.. recent.Where(r => all || clock.GetElapsedTime(r.Value.Since) >= Minute)];
        foreach (var ((user, route), (by, since, lines, more)) in over)
        {
            // written first: if the database cannot be reached, the count is written at the next attempt
            if (more > 0)
                await NoteAsync(by, $"{route} ×{more}", null);
            lock (one)
            {
                var left = recent[(user, route)].More - more;
                if (left == 0)
                    recent.Remove((user, route));
                else
                    recent[(user, route)] = (by, since, lines, left);
            }
        }
    }
}
