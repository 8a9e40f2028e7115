using EduAssist.Data;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Registry;

/// <summary>Begins what can be taken back as a whole: an import, a merge (可撤销的改动).</summary>
internal static class ChangeSets
{
    /// <summary>How long an import can be taken back. Afterwards what it could bring back is deleted.</summary>
    internal const int Days = 183;

    /// <summary>Begins the set of an import, and lets go of what is too old to be taken back.</summary>
    internal static async Task<(ChangeSet Set, ChangeJournal Journal)> BeginAsync(
        UnitOfWork work,
        ChangeSetKind kind,
        string? form,
        string? file,
        Guid? concerning = null
    )
    {
        await PruneAsync(work);
        var set = new ChangeSet
        {
            Id = work.NewId(),
            Kind = kind,
            Form = form,
            FileName = file,
            At = work.Now,
            Actor = work.Actor.Name,
            Place = PlaceOf(work.Actor),
            Scope = PlaceOf(work.Actor),
            Columns = "{}",
        };
        return (set, await ChangeJournal.BeginAsync(work, set, concerning));
    }

    internal static string PlaceOf(Actor actor) =>
        actor.Places.Aggregate((string?)null, (all, one) => all is null ? one : ScopePath.Common(all, one)) ?? "";

    /// <summary>Imports are taken back soon or never: what they could bring back is not kept for years.</summary>
    private static async Task PruneAsync(UnitOfWork work)
    {
        var until = work.Now.AddDays(-Days);
        var old = await work
            .Db.Set<ChangeSet>()
            .Where(s => s.Kind == ChangeSetKind.Import && s.State == ChangeSetState.Done && s.At < until)
            .ToListAsync();
        foreach (var set in old)
        {
            set.State = ChangeSetState.Final;
            await work.Db.Set<ChangeRow>().Where(r => r.SetId == set.Id).ExecuteDeleteAsync();
        }
    }
}
