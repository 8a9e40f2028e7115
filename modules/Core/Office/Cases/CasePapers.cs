using EduAssist.Data;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Cases;

/// <summary>A paper of a case, without the file, and what was said of it last.</summary>
/// <param name="Id">Of the paper.</param>
/// <param name="Kind">The id of its kind.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Date">The day it bears.</param>
/// <param name="ContentType">Of the file.</param>
/// <param name="Size">In bytes.</param>
/// <param name="At">When it was filed.</param>
/// <param name="Actor">Who filed it.</param>
public sealed record CasePaper(
    Guid Id,
    string Kind,
    string Issuer,
    DateOnly Date,
    string ContentType,
    long Size,
    DateTimeOffset At,
    string Actor
)
{
    /// <summary>The latest; null: nobody was asked.</summary>
    internal Confirmation? Confirmation { get; init; }

    /// <summary>As a need: what nobody was asked about proves nothing.</summary>
    internal NeedState State =>
        Confirmation?.State switch
        {
            ConfirmationState.Confirmed => NeedState.Satisfied,
            ConfirmationState.Asked => NeedState.Unknown,
            ConfirmationState.Rejected => NeedState.Violated,
            _ => NeedState.Missing,
        };
}

/// <summary>Reads the papers of cases, and asks bodies about them.</summary>
internal static class CasePapers
{
    /// <summary>The papers of some cases, the oldest first.</summary>
    internal static async Task<ILookup<Guid, CasePaper>> LoadAsync(AppDbContext db, IReadOnlyCollection<Guid> cases)
    {
        var latest = (await db.Set<Confirmation>().AsNoTracking().Where(c => cases.Contains(c.CaseId)).ToListAsync())
            .GroupBy(c => c.EvidenceId)
            .ToDictionary(g => g.Key, g => g.MaxBy(c => c.Round));
        return (
            await db.Set<Evidence>()
                .Where(e => cases.Contains(e.CaseId))
                .OrderBy(e => e.Id)
                .Select(e => new
                {
                    e.CaseId,
                    Paper = new CasePaper(e.Id, e.Kind, e.Issuer, e.Date, e.ContentType, e.Size, e.At, e.Actor),
                })
                .ToListAsync()
        ).ToLookup(e => e.CaseId, e => e.Paper with { Confirmation = latest.GetValueOrDefault(e.Paper.Id) });
    }

    /// <summary>
    /// The first of some bodies that has a user, be it one who may not sign in now: nobody silences a body so. If there
    /// is none for any, the last: a bureau gets users sooner than a school.
    /// </summary>
    internal static async Task<string> FirstWithUserAsync(AppDbContext db, IReadOnlyList<string> bodies)
    {
        foreach (var body in bodies)
        {
            var speakers = Confirmation.SpeakersOf(body).Select(r => r.Name).ToList();
            if (await db.Set<StoredGrant>().AnyAsync(g => g.Scope == body && speakers.Contains(g.Role)))
                return body;
        }

        return bodies[^1];
    }

    /// <summary>A body as people call it: the name of the school, or of the bureau's division.</summary>
    internal static async Task<string> NameAsync(UnitOfWork work, string scope) =>
        DivisionCode.TryParse(scope.PadRight(6, '0'), out var code)
            ? $"{work.Policy.Divisions.Find(code)?.Name ?? scope}教育行政部门"
            : await work.Db.Set<School>().Where(s => s.Scope == scope).Select(s => s.Name).SingleOrDefaultAsync()
                ?? scope;
}
