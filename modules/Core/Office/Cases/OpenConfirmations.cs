using EduAssist.Data;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Cases;

/// <summary>A paper that waits for the confirmation of a body for which the actor speaks.</summary>
/// <param name="Paper">The paper.</param>
/// <param name="Case">The case.</param>
/// <param name="Workflow">The id of the workflow.</param>
/// <param name="Kind">The id of the kind.</param>
/// <param name="StudentName">Whom it is about; null: no student.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Date">The day that it bears.</param>
/// <param name="AskedAt">When it was asked.</param>
/// <param name="DecidedAt">When it was confirmed; null: it waits.</param>
/// <param name="Version">Of the case.</param>
public sealed record OpenConfirmation(
    Guid Paper,
    Guid Case,
    string Workflow,
    string Kind,
    string? StudentName,
    string Issuer,
    DateOnly Date,
    DateTimeOffset AskedAt,
    DateTimeOffset? DecidedAt,
    long Version
);

/// <summary>The papers that wait for somebody.</summary>
public static class OpenConfirmations
{
    /// <summary>Whether the actor speaks for any body.</summary>
    public static bool Concern(Actor actor) => BodiesOf(actor).Count > 0;

    /// <summary>Those of the bodies for which the actor speaks, the oldest first.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>Them, and how many there are.</returns>
    public static async Task<(IReadOnlyList<OpenConfirmation> First, int Count)> LoadAsync(UnitOfWork work, int most)
    {
        ArgumentNullException.ThrowIfNull(work);
        var open = In(work, ConfirmationState.Asked);
        return (
            [.. (await Lines(work, open.OrderBy(c => c.Id).Take(most)).ToListAsync()).OrderBy(c => c.AskedAt)],
            await open.CountAsync()
        );
    }

    /// <summary>What these bodies have confirmed, and could take back, the latest first.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="most">How many at most.</param>
    public static async Task<IReadOnlyList<OpenConfirmation>> LoadConfirmedAsync(UnitOfWork work, int most)
    {
        ArgumentNullException.ThrowIfNull(work);
        var given = In(work, ConfirmationState.Confirmed).OrderByDescending(c => c.DecidedAt).Take(most);
        return [.. (await Lines(work, given).ToListAsync()).OrderByDescending(c => c.DecidedAt)];
    }

    private static IQueryable<Confirmation> In(UnitOfWork work, ConfirmationState state)
    {
        var bodies = BodiesOf(work.Actor);
        return work.Db.Set<Confirmation>().Where(c => c.State == state && bodies.Contains(c.Scope));
    }

    private static IQueryable<OpenConfirmation> Lines(UnitOfWork work, IQueryable<Confirmation> of) =>
        of.Join(
            work.Db.Set<Case>(),
            c => c.CaseId,
            one => one.Id,
            (c, one) =>
                new OpenConfirmation(
                    c.EvidenceId,
                    c.CaseId,
                    c.Workflow,
                    c.Kind,
                    c.StudentName,
                    c.Issuer,
                    c.Date,
                    c.AskedAt,
                    c.DecidedAt,
                    one.Version
                )
        );

    private static List<string> BodiesOf(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return
        [
            .. actor
                .Grants.Where(g => Confirmation.SpeakersOf(g.Scope).Contains(g.Role))
                .Select(g => g.Scope)
                .Distinct(),
        ];
    }
}
