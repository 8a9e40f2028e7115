using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Data;

/// <summary>Why a row cannot be what it was before a set of changes.</summary>
internal enum UndoHindrance
{
    /// <summary>It was changed, or removed, since.</summary>
    Changed,

    /// <summary>Its person's data were erased since.</summary>
    Erased,

    /// <summary>It would go, and another row refers to it.</summary>
    Referred,

    /// <summary>A later set tells of it.</summary>
    Later,

    /// <summary>What it referred to is there no more.</summary>
    Missing,

    /// <summary>Another row has its number by now.</summary>
    Taken,
}

/// <summary>What stands in the way of a row.</summary>
/// <param name="Hindrance">Why.</param>
/// <param name="Table">The row's.</param>
/// <param name="Key">The row's.</param>
/// <param name="Student">Whom it concerns; null: nobody.</param>
/// <param name="By">The table of the other row; null: there is none.</param>
/// <param name="ByKey">The key of the other row.</param>
internal sealed record UndoObstacle(
    UndoHindrance Hindrance,
    IEntityType Table,
    string Key,
    Guid? Student,
    IEntityType? By = null,
    string? ByKey = null
);

/// <summary>What taking back a set would do.</summary>
/// <param name="Removed">Rows that go.</param>
/// <param name="Restored">Rows that become what they were.</param>
/// <param name="Kept">Rows that stay, since others use them by now.</param>
/// <param name="Obstacles">The first of what stands in the way.</param>
/// <param name="Hindered">How many rows something stands in the way of.</param>
internal sealed record UndoPlan(
    int Removed,
    int Restored,
    int Kept,
    IReadOnlyList<UndoObstacle> Obstacles,
    int Hindered
);

/// <summary>
/// Takes a set of changes back, row by row, the last one first (撤销): every row must still be what the set made of it,
/// and nothing else may refer to what goes. It knows no table: columns, keys and links are the model's.
/// </summary>
/// <param name="work">The unit of work.</param>
/// <param name="set">The set.</param>
/// <param name="usedAsPlaces">Of rows that would go, the keys of those that something uses without a link.</param>
internal sealed class ChangeUndo(
    UnitOfWork work,
    ChangeSet set,
    Func<IEntityType, IReadOnlyCollection<object?[]>, Task<IReadOnlyCollection<string>>> usedAsPlaces
)
{
    private const int MostTold = 20;

    private readonly AppDbContext db = work.Db;
    private readonly Dictionary<string, IEntityType> tables = work
        .Db.Model.GetEntityTypes()
        .ToDictionary(e => e.GetTableName()!, StringComparer.Ordinal);

    private readonly HashSet<(IEntityType, string)> added = [],
        changed = [],
        removed = [],
        kept = [];
    private readonly HashSet<(IEntityType, string)> hindered = [];
    private readonly List<UndoObstacle> obstacles = [];
    private Dictionary<string, IReadOnlyList<IProperty>?> compared = [];

    /// <summary>What it would do, and what stands in the way.</summary>
    internal async Task<UndoPlan> PlanAsync()
    {
        compared = JsonSerializer
            .Deserialize<Dictionary<string, string[]>>(set.Columns)!
            .ToDictionary(
                c => c.Key,
                c =>
                    tables.TryGetValue(c.Key, out var table)
                    && c.Value.Select(table.FindProperty).ToList() is var columns
                    && !columns.Contains(null)
                        ? (IReadOnlyList<IProperty>?)[.. columns.OfType<IProperty>()]
                        : null,
                StringComparer.Ordinal
            );
        await foreach (var some in PagesAsync())
        foreach (var row in some)
            (
                row.Change switch
                {
                    RowChange.Added => added,
                    RowChange.Changed => changed,
                    _ => removed,
                }
            ).Add((tables[row.Table], row.Key));
        await foreach (var some in PagesAsync())
        foreach (var (table, rows) in Runs(some))
            await CheckAsync(table, rows);
        return new(added.Count - kept.Count, changed.Count + removed.Count, kept.Count, obstacles, hindered.Count);
    }

    /// <summary>Does it, where nothing stands in the way.</summary>
    internal async Task ApplyAsync()
    {
        var rows = db.Set<ChangeRow>().Where(r => r.SetId == set.Id);
        await rows.ExecuteUpdateAsync(s => s.SetProperty(r => r.StudentId, (Guid?)null)); // the students may go
        await foreach (var some in PagesAsync())
        foreach (var (table, run) in Runs(some))
        foreach (var same in Batches(run))
            await ApplyAsync(table, same);
        await rows.ExecuteDeleteAsync();
    }

    /// <summary>The rows of the set, the last one first.</summary>
    private async IAsyncEnumerable<IReadOnlyList<ChangeRow>> PagesAsync()
    {
        for (var before = int.MaxValue; ; )
        {
            var some = await db.Set<ChangeRow>()
                .AsNoTracking()
                .Where(r => r.SetId == set.Id && r.Order < before)
                .OrderByDescending(r => r.Order)
                .Take(ChangeJournal.AtOnce)
                .ToListAsync();
            if (some.Count == 0)
                yield break;
            before = some[^1].Order;
            yield return some;
        }
    }

    /// <summary>Rows of one table that follow each other.</summary>
    private IEnumerable<(IEntityType Table, IReadOnlyList<ChangeRow> Rows)> Runs(IReadOnlyList<ChangeRow> rows)
    {
        for (var at = 0; at < rows.Count; )
        {
            var run = rows.Skip(at).TakeWhile(r => r.Table == rows[at].Table).ToList();
            at += run.Count;
            yield return (tables[run[0].Table], run);
        }
    }

    private static IEnumerable<IReadOnlyList<ChangeRow>> Batches(IReadOnlyList<ChangeRow> rows)
    {
        for (var at = 0; at < rows.Count; )
        {
            var batch = rows.Skip(at).TakeWhile(r => r.Change == rows[at].Change).ToList();
            at += batch.Count;
            yield return batch;
        }
    }

    private async Task ApplyAsync(IEntityType table, IReadOnlyList<ChangeRow> rows)
    {
        var tokens = table.GetProperties().Where(p => p.IsConcurrencyToken).ToList();
        switch (rows[0].Change)
        {
            case RowChange.Added:
                await Bulk.DeleteAllAsync(
                    db,
                    table,
                    [.. rows.Where(r => !kept.Contains((table, r.Key))).Select(r => RowImage.KeyFrom(table, r.Key))]
                );
                break;
            case RowChange.Changed:
                var now = await RowImage.ReadAsync(db, table, rows.Select(r => r.Key));
                await Bulk.UpdateAllAsync(
                    db,
                    table,
                    [.. table.GetProperties()],
                    [.. rows.Select(r => Next(RowImage.Read(table, r.Before!, now[r.Key]), now[r.Key]))]
                );
                break;
            default:
                List<object?[]> were = [.. rows.Select(r => RowImage.Read(table, r.Before!))];
                await Bulk.InsertAllAsync(db, table, [.. were.Select(r => Next(r, r))]);
                break;
        }

        // No version stands for two contents: whoever still has the one that the set made is refused, and whoever has
        // the one from before sees a change that is none.
        object?[] Next(object?[] image, object?[] last)
        {
            foreach (var token in tokens)
                image[token.GetIndex()] = (long)last[token.GetIndex()]! + 1;
            return image;
        }
    }

    private async Task CheckAsync(IEntityType table, IReadOnlyList<ChangeRow> rows)
    {
        var now = await RowImage.ReadAsync(db, table, rows.Select(r => r.Key));
        foreach (var row in rows)
            if (!IsAsItBecame(table, row, now.GetValueOrDefault(row.Key)))
            {
                if (row.Change == RowChange.Added && IsShared(table))
                    Keep(table, row.Key);
                else
                    Hinder(
                        row
                            is { Change: not RowChange.Removed, After: null }
                                or { Change: not RowChange.Added, Before: null }
                            ? UndoHindrance.Erased
                            : UndoHindrance.Changed,
                        table,
                        row
                    );
            }

        await CheckReferencesAsync(
            table,
            [
                .. rows.Where(r =>
                    r.Change == RowChange.Added && now.ContainsKey(r.Key) && !kept.Contains((table, r.Key))
                ),
            ],
            now
        );
        List<(ChangeRow Row, object?[] Before, object?[]? Now)> restored =
        [
            .. rows.Where(r => r.Change != RowChange.Added && r.Before is not null)
                .Select(r => (r, now.GetValueOrDefault(r.Key)))
                .Select(r => (r.r, RowImage.Read(table, r.r.Before!, r.Item2), r.Item2)),
        ];
        await CheckLinksAsync(table, restored);
        await CheckNumbersAsync(table, restored);
    }

    private bool IsAsItBecame(IEntityType table, ChangeRow row, object?[]? now) =>
        row.Change == RowChange.Removed
            ? now is null && row.Before is not null
            : now is not null
                && row.After is { } after
                && (row.Change == RowChange.Added || row.Before is not null)
                && compared.GetValueOrDefault(row.Table) is { } columns
                && RowImage.Digest(work.Keys, table, now, columns).AsSpan().SequenceEqual(after);

    private static bool IsShared(IEntityType table) => TableDeclaration.Find(table)?.Shared is not null;

    private void Keep(IEntityType table, string key)
    {
        kept.Add((table, key));
        added.Remove((table, key)); // and what it refers to may not go either
    }

    private void Hinder(
        UndoHindrance why,
        IEntityType table,
        ChangeRow row,
        IEntityType? by = null,
        string? byKey = null
    )
    {
        if (!hindered.Add((table, row.Key)))
            return;
        if (obstacles.Count < MostTold)
            obstacles.Add(new(why, table, row.Key, row.StudentId, by, byKey));
    }

    /// <summary>What refers to a row that goes must go with it.</summary>
    private async Task CheckReferencesAsync(
        IEntityType table,
        IReadOnlyList<ChangeRow> going,
        Dictionary<string, object?[]> now
    )
    {
        if (going.Count == 0)
            return;
        var byKey = going.ToDictionary(r => r.Key, StringComparer.Ordinal);
        foreach (var key in await usedAsPlaces(table, [.. going.Select(r => now[r.Key])]))
            if (IsShared(table))
                Keep(table, key);
            else
                Hinder(UndoHindrance.Referred, table, byKey[key]);
        foreach (var link in table.GetReferencingForeignKeys())
        {
            var from = (IEntityType)link.DeclaringEntityType;
            var column = (IProperty)link.Properties[0];
            var where = RowImage.Having(from, column, [.. going.Select(r => RowImage.KeyFrom(table, r.Key)[0])]);
            foreach (var (referring, to) in await RowImage.KeysAsync(db, from, column, where))
            {
                var key = RowImage.KeyText(referring);
                if (
                    added.Contains((from, key))
                    || changed.Contains((from, key))
                    || !byKey.TryGetValue($"{to}", out var row)
                )
                    continue;
                if (from.ClrType == typeof(ChangeRow))
                {
                    if ((Guid)referring[0]! != set.Id)
                        Hinder(UndoHindrance.Later, table, row, from, $"{referring[0]}");
                }
                else if (IsShared(table))
                    Keep(table, row.Key);
                else
                    Hinder(UndoHindrance.Referred, table, row, from, key);
            }
        }
    }

    /// <summary>What a row referred to must be there, or come back with it.</summary>
    private async Task CheckLinksAsync(
        IEntityType table,
        List<(ChangeRow Row, object?[] Before, object?[]? Now)> restored
    )
    {
        foreach (var link in table.GetForeignKeys())
        {
            var at = link.Properties[0].GetIndex();
            var target = (IEntityType)link.PrincipalEntityType;
            var moved = restored
                .Where(r => r.Before[at] is { } to && !Equals(to, r.Now?[at]) && !removed.Contains((target, $"{to}")))
                .ToList();
            if (moved.Count == 0)
                continue;
            var there = await RowImage.ReadAsync(db, target, moved.Select(r => $"{r.Before[at]}"));
            foreach (var (row, before, _) in moved.Where(r => !there.ContainsKey($"{r.Before[at]}")))
                Hinder(UndoHindrance.Missing, table, row, target, $"{before[at]}");
        }
    }

    /// <summary>What only one row may have must be free, or become so with it.</summary>
    private async Task CheckNumbersAsync(
        IEntityType table,
        List<(ChangeRow Row, object?[] Before, object?[]? Now)> restored
    )
    {
        foreach (var index in table.GetIndexes().Where(i => i.IsUnique))
        {
            List<int> at = [.. index.Properties.Select(p => p.GetIndex())];
            var moved = restored
                .Where(r =>
                    at.TrueForAll(i => r.Before[i] is not null)
                    && (r.Now is null || at.Exists(i => !AreEqual(r.Before[i], r.Now[i])))
                )
                .ToList();
            if (moved.Count == 0)
                continue;
            // by the column that tells the most apart; the others are compared here
            var column = (IProperty)index.Properties[^1];
            var holders = await RowImage.ReadAsync(
                db,
                table,
                RowImage.Having(table, column, [.. moved.Select(r => r.Before[column.GetIndex()])])
            );
            foreach (var holder in holders)
            {
                var key = RowImage.KeyOf(table, holder);
                foreach (var (row, _, _) in moved.Where(r => at.TrueForAll(i => AreEqual(r.Before[i], holder[i]))))
                    if (key != row.Key && !changed.Contains((table, key)) && !added.Contains((table, key)))
                        Hinder(UndoHindrance.Taken, table, row, table, key);
            }
        }
    }

    private static bool AreEqual(object? one, object? other) =>
        one is byte[] bytes && other is byte[] others ? bytes.AsSpan().SequenceEqual(others) : Equals(one, other);
}
