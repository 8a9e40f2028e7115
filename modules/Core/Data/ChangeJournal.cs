using System.Text;
using System.Text.Json;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Data;

/// <summary>
/// Writes down, while a command runs, what every row was before the command touched it first, and by what it is known
/// again (变更记录). Rows are written as they come, some hundred at a time; only their keys are held.
/// </summary>
internal sealed class ChangeJournal
{
    /// <summary>Rows that are read, or written, at a time: fewer parameters than either database allows.</summary>
    internal const int AtOnce = 500;

    /// <summary>Rows that were added in one row of the journal: most of what a list brings is new.</summary>
    internal const int Together = 50;

    /// <summary>
    /// What is no part of a set: it tells that something was done, and stays when that is taken back.
    /// </summary>
    private static readonly IReadOnlySet<Type> Passed = new HashSet<Type>
    {
        typeof(AuditEntry),
        typeof(AnsweredRequest),
        typeof(ChangeSet),
        typeof(ChangeRow),
    };

    private readonly AppDbContext db;
    private readonly KeyRing keys;
    private readonly ChangeSet set;
    private readonly Guid? concerning;
    private readonly Dictionary<(IEntityType Entity, string Key), (int Order, RowChange Change)> touched = [];

    private readonly Dictionary<IEntityType, IReadOnlyList<IProperty>> columns = [];
    private readonly List<ChangeRow> waiting = [];
    private readonly List<(string Key, byte[] After)> added = [];
    private IEntityType? adding;
    private string? scope;
    private int last;

    private ChangeJournal(UnitOfWork work, ChangeSet set, Guid? concerning) =>
        (db, keys, this.set, this.concerning) = (work.Db, work.Keys, set, concerning);

    /// <summary>How many rows are written down.</summary>
    internal int Count { get; private set; }

    /// <summary>Whether a statement that is about to run is written down by whoever runs it.</summary>
    internal bool IsAsked { get; set; }

    /// <summary>Begins: from now on what the unit of work changes belongs to the set.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="set">New.</param>
    /// <param name="concerning">Whom every row concerns; null: whoever its table says.</param>
    internal static async Task<ChangeJournal> BeginAsync(UnitOfWork work, ChangeSet set, Guid? concerning = null)
    {
        work.Db.Add(set);
        await work.Db.SaveChangesAsync(); // the rows refer to it
        return work.Db.Journal = new(work, set, concerning);
    }

    /// <summary>Ends: everything is saved, and the head tells what there is.</summary>
    internal async Task EndAsync()
    {
        await db.SaveChangesAsync();
        await FlushAsync();
        db.Journal = null;
        set.Rows = Count;
        set.Scope = scope ?? set.Place;
        set.Columns = JsonSerializer.Serialize(
            columns.ToDictionary(c => c.Key.GetTableName()!, c => c.Value.Select(p => p.Name))
        );
    }

    /// <summary>Something was changed past the model: what it was is not known.</summary>
    internal void Missed() => set.IsPartial = true;

    /// <summary>The rows that are about to be saved, as they are now.</summary>
    internal static IReadOnlyList<(EntityEntry Entry, EntityState State, object?[]? Before)> Look(ChangeTracker tracker)
    {
        tracker.DetectChanges();
        return
        [
            .. tracker
                .Entries()
                .Where(e =>
                    e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                    && !Passed.Contains(e.Metadata.ClrType)
                )
                .Select(e =>
                    (
                        e,
                        e.State,
                        e.State == EntityState.Added
                            ? null
                            : (object?[]?)[.. e.Metadata.GetProperties().Select(p => e.OriginalValues[p])]
                    )
                ),
        ];
    }

    /// <summary>Those rows, when they are saved.</summary>
    internal async Task RecordAsync(IReadOnlyList<(EntityEntry Entry, EntityState State, object?[]? Before)> saved)
    {
        // in the order of the links between tables, in which they were saved too: what goes away goes the other way
        foreach (var table in saved.GroupBy(s => s.Entry.Metadata).OrderBy(g => Depth(g.Key, [])))
            await RecordAsync(
                (IEntityType)table.Key,
                [
                    .. table.Select(s =>
                        (
                            s.Before,
                            s.State == EntityState.Deleted
                                ? null
                                : (object?[]?)
                                    [.. s.Entry.Metadata.GetProperties().Select(p => s.Entry.CurrentValues[p])]
                        )
                    ),
                ]
            );
    }

    /// <summary>Rows of one table that were changed.</summary>
    /// <param name="entity">The table.</param>
    /// <param name="rows">As each was and is; null: it was, or is, not there.</param>
    /// <param name="whatever">Also of a table that is no part of a set: rows of former sets that move.</param>
    internal async Task RecordAsync(
        IEntityType entity,
        IReadOnlyList<(object?[]? Before, object?[]? After)> rows,
        bool whatever = false
    )
    {
        if (!whatever && Passed.Contains(entity.ClrType))
            return;
        if (!columns.TryGetValue(entity, out var compared))
            columns[entity] = compared = [.. RowImage.Compared(entity)];
        List<(object?[]? Before, object?[]? After)> changed =
        [
            .. rows.Where(r => r.Before is null || r.After is null || !RowImage.AreSame(entity, r.Before, r.After)),
        ];
        // of what was not there nothing is kept, so nobody need be known
        List<(object?[]? Before, object?[]? After)> kept = [.. changed.Where(r => r.Before is not null)];
        var concerned =
            concerning is not null && TableDeclaration.Find(entity)?.Concerns is not null
                ? [.. kept.Select(_ => concerning)]
                : await StudentsAsync(db, entity, [.. kept.Select(r => (r.After ?? r.Before)!)]);
        var students = kept.Zip(concerned)
            .ToDictionary(r => RowImage.KeyOf(entity, r.First.Before!), r => r.Second, StringComparer.Ordinal);
        foreach (var (before, after) in changed)
        {
            var key = RowImage.KeyOf(entity, (after ?? before)!);
            var digest = after is null ? null : RowImage.Digest(keys, entity, after, compared);
            if (after is not null)
                Widen(entity, after);
            if (touched.TryGetValue((entity, key), out var known))
                await AgainAsync(entity, key, known, digest);
            else if (before is null)
                await AddedAsync(entity, key, digest!);
            else
                await ChangedAsync(entity, key, before, digest, students[key]);
        }
    }

    private async Task AddedAsync(IEntityType entity, string key, byte[] digest)
    {
        if (adding != entity || added.Count == Together)
            Gather();
        adding = entity;
        added.Add((key, digest));
        touched[(entity, key)] = (last + 1, RowChange.Added);
        Count++;
        if (waiting.Count >= AtOnce)
            await FlushAsync();
    }

    private async Task ChangedAsync(IEntityType entity, string key, object?[] before, byte[]? digest, Guid? student)
    {
        Gather();
        var change = digest is null ? RowChange.Removed : RowChange.Changed;
        Widen(entity, before);
        touched[(entity, key)] = (++last, change);
        Count++;
        waiting.Add(
            new()
            {
                SetId = set.Id,
                Order = last,
                Table = entity.GetTableName()!,
                Key = key,
                StudentId = student,
                Change = change,
                Before = Encoding.UTF8.GetString(RowImage.Write(entity, before)),
                After = digest,
            }
        );
        if (waiting.Count >= AtOnce)
            await FlushAsync();
    }

    /// <summary>A row that the command touched before: how it was stays, what it became is this.</summary>
    private async Task AgainAsync(IEntityType entity, string key, (int Order, RowChange Change) known, byte[]? digest)
    {
        await FlushAsync();
        var rows = db.Model.FindEntityType(typeof(ChangeRow))!;
        if (known.Change == RowChange.Added)
        {
            var row = await db.Set<ChangeRow>()
                .AsNoTracking()
                .SingleAsync(r => r.SetId == set.Id && r.Order == known.Order);
            List<(string, byte[])> left =
            [
                .. row.Rows()
                    .Where(r => r.Key != key || digest is not null)
                    .Select(r => (r.Key, r.Key == key ? digest! : r.After!)),
            ];
            if (digest is null)
            {
                touched.Remove((entity, key));
                Count--;
            }

            await Bulk.DeleteAllAsync(
                db,
                rows,
                [
                    [set.Id, known.Order],
                ]
            );
            if (left.Count > 0)
                await db.InsertAllAsync<ChangeRow>([ChangeRow.FromAdded(set.Id, known.Order, row.Table, left)]);
            return;
        }

        var change = digest is null ? RowChange.Removed : RowChange.Changed;
        touched[(entity, key)] = known with { Change = change };
        await Bulk.UpdateAllAsync(
            db,
            rows,
            RowsAgain(rows),
            [
                [set.Id, known.Order, change, digest],
            ]
        );
    }

    private static IReadOnlyList<IProperty> RowsAgain(IEntityType rows) =>
        [
            .. new[]
            {
                nameof(ChangeRow.SetId),
                nameof(ChangeRow.Order),
                nameof(ChangeRow.Change),
                nameof(ChangeRow.After),
            }.Select(name => rows.FindProperty(name)!),
        ];

    /// <summary>The added rows that wait become one.</summary>
    private void Gather()
    {
        if (added.Count == 0)
            return;
        waiting.Add(ChangeRow.FromAdded(set.Id, ++last, adding!.GetTableName()!, added));
        added.Clear();
    }

    private async Task FlushAsync()
    {
        Gather();
        await db.InsertAllAsync(waiting);
        waiting.Clear();
    }

    /// <summary>The scope of the set is the place that everything in it lies in.</summary>
    private void Widen(IEntityType entity, object?[] image)
    {
        if (
            entity.FindProperty(nameof(IScoped.Scope)) is not { } property
            || image[property.GetIndex()] is not string at
        )
            return;
        scope = scope is null ? at : ScopePath.Common(scope, at);
    }

    /// <summary>
    /// Whom rows concern, as their table declares it: a column of their own, or of a row that they link to.
    /// </summary>
    internal static async Task<IReadOnlyList<Guid?>> StudentsAsync(
        AppDbContext db,
        IEntityType entity,
        IReadOnlyList<object?[]> images
    )
    {
        if (TableDeclaration.Find(entity)?.Concerns is not { } path)
            return new Guid?[images.Count];
        var at = entity;
        IReadOnlyList<object?[]?> rows = images;
        var steps = TableDeclaration.Steps(path)!;
        foreach (var step in steps.SkipLast(1))
        {
            var link = at.FindNavigation(step)!;
            var column = link.ForeignKey.Properties[0];
            var target = (IEntityType)link.TargetEntityType;
            List<string?> ids = [.. rows.Select(r => r?[column.GetIndex()]?.ToString())];
            var found = await RowImage.ReadAsync(db, target, ids.OfType<string>());
            (rows, at) = ([.. ids.Select(id => id is null ? null : found.GetValueOrDefault(id))], target);
        }

        var person = at.FindProperty(steps[^1])!;
        return [.. rows.Select(r => (Guid?)r?[person.GetIndex()])];
    }

    /// <summary>How many tables lie behind a table, by its links.</summary>
    private static int Depth(IReadOnlyEntityType entity, IReadOnlyList<IReadOnlyEntityType> from) =>
        entity
            .GetForeignKeys()
            .Select(k => k.PrincipalEntityType)
            .Where(p => p != entity && !from.Contains(p))
            .Select(p => Depth(p, [.. from, entity]) + 1)
            .DefaultIfEmpty()
            .Max();
}
