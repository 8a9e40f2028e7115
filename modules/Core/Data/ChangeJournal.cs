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

    /// <summary>What is no part of a set: it tells that something was done, and stays when that is taken back.</summary>
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
    private readonly Dictionary<
        (IEntityType Entity, string Key),
        (int Order, RowChange Change, Guid? Student)
    > touched = [];

    private readonly Dictionary<IEntityType, IReadOnlyList<IProperty>> columns = [];
    private readonly List<ChangeRow> waiting = [];
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
    internal async Task RecordAsync(IEntityType entity, IReadOnlyList<(object?[]? Before, object?[]? After)> rows)
    {
        if (Passed.Contains(entity.ClrType))
            return;
        if (!columns.TryGetValue(entity, out var compared))
            columns[entity] = compared = [.. RowImage.Compared(entity)];
        List<(object?[]? Before, object?[]? After)> changed =
        [
            .. rows.Where(r => r.Before is null || r.After is null || !RowImage.AreSame(entity, r.Before, r.After)),
        ];
        var students = await StudentsAsync(entity, [.. changed.Select(r => (r.After ?? r.Before)!)]);
        foreach (var ((before, after), student) in changed.Zip(students))
        {
            var key = RowImage.KeyOf(entity, (after ?? before)!);
            var digest = after is null ? null : RowImage.Digest(keys, entity, after, compared);
            if (after is not null)
                Widen(entity, after);
            if (touched.TryGetValue((entity, key), out var known))
                await AgainAsync(entity, key, known, digest);
            else
                await AddAsync(entity, key, before, digest, student);
        }
    }

    private async Task AddAsync(IEntityType entity, string key, object?[]? before, byte[]? digest, Guid? student)
    {
        var change =
            before is null ? RowChange.Added
            : digest is null ? RowChange.Removed
            : RowChange.Changed;
        if (before is not null)
            Widen(entity, before);
        touched[(entity, key)] = (++last, change, student);
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
                Before = before is null ? null : Encoding.UTF8.GetString(RowImage.Write(entity, before)),
                After = digest,
            }
        );
        if (waiting.Count >= AtOnce)
            await FlushAsync();
    }

    /// <summary>A row that the command touched before: how it was stays, what it became is this.</summary>
    private async Task AgainAsync(
        IEntityType entity,
        string key,
        (int Order, RowChange Change, Guid? Student) known,
        byte[]? digest
    )
    {
        await FlushAsync();
        var rows = db.Model.FindEntityType(typeof(ChangeRow))!;
        if (digest is null && known.Change == RowChange.Added)
        {
            touched.Remove((entity, key));
            Count--;
            await Bulk.DeleteAllAsync(
                db,
                rows,
                [
                    [set.Id, known.Order],
                ]
            );
            return;
        }

        var change =
            known.Change == RowChange.Added ? RowChange.Added
            : digest is null ? RowChange.Removed
            : RowChange.Changed;
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

    private async Task FlushAsync()
    {
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

    /// <summary>Whom rows concern, as their table declares it: a column of their own, or of a row that they link to.</summary>
    private async Task<IReadOnlyList<Guid?>> StudentsAsync(IEntityType entity, IReadOnlyList<object?[]> images)
    {
        if (TableDeclaration.Find(entity)?.Concerns is not { } path)
            return new Guid?[images.Count];
        if (concerning is not null)
            return [.. images.Select(_ => concerning)];
        var at = entity;
        IReadOnlyList<object?[]?> rows = images;
        var steps = TableDeclaration.Steps(path)!;
        foreach (var step in steps.SkipLast(1))
        {
            var link = at.FindNavigation(step)!;
            var column = link.ForeignKey.Properties[0];
            var target = (IEntityType)link.TargetEntityType;
            List<string?> ids = [.. rows.Select(r => r?[column.GetIndex()]?.ToString())];
            if (ids.TrueForAll(id => id is null || touched.ContainsKey((target, id))) && step == steps[^2])
                return [.. ids.Select(id => id is null ? null : touched[(target, id)].Student)];
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
