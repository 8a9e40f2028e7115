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
public sealed record OpenConfirmation(
    Guid Paper,
    Guid Case,
    string Workflow,
    string Kind,
    string? StudentName,
    string Issuer,
    DateOnly Date,
    DateTimeOffset AskedAt
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
        var bodies = BodiesOf(work.Actor);
        var open = work
            .Db.Set<Confirmation>()
            .Where(c => c.State == ConfirmationState.Asked && bodies.Contains(c.Scope));
        return (
            await open.OrderBy(c => c.Id)
                .Take(most)
                .Select(c => new OpenConfirmation(
                    c.EvidenceId,
                    c.CaseId,
                    c.Workflow,
                    c.Kind,
                    c.StudentName,
                    c.Issuer,
                    c.Date,
                    c.AskedAt
                ))
                .ToListAsync(),
            await open.CountAsync()
        );
    }

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
