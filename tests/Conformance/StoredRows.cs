using System.Collections;
using System.Reflection;
using System.Text;
using EduAssist.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Conformance;

/// <summary>
/// Every row of a database, in memory, with its links. Who sees a row and whose it is are said here a second time,
/// otherwise than the program does: by beginnings of texts and keys that are followed row by row.
/// </summary>
internal sealed class StoredRows
{
    private static readonly MethodInfo Every = typeof(StoredRows).GetMethod(
        nameof(All),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    private readonly Dictionary<IEntityType, IReadOnlyList<object>> rows = [];
    private readonly Dictionary<(IForeignKey Link, string Key), object> targets = [];
    private readonly IEntityType persons;

    private StoredRows(AppDbContext db)
    {
        // of the same model as the rows: EF forgets models that are long not asked for, and makes them anew
        persons = TokenRows.PersonsOf(db.Model);
        foreach (var entity in db.Model.GetEntityTypes())
        {
            var all = (IEnumerable)Every.MakeGenericMethod(entity.ClrType).Invoke(null, [db])!;
            rows[entity] = [.. all.Cast<object>()];
        }

        foreach (var link in rows.Keys.SelectMany(e => e.GetForeignKeys()))
        {
            foreach (var row in rows[link.PrincipalEntityType])
                targets[(link, Key(link.PrincipalKey.Properties, row)!)] = row;
        }
    }

    internal static StoredRows Read(AppDbContext db) => new(db);

    internal IEnumerable<IEntityType> Tables => rows.Keys;

    /// <summary>The ids of those whom rows concern.</summary>
    internal IReadOnlyList<Guid> Persons =>
        [.. rows[persons].Select(r => (Guid)Value(persons.FindPrimaryKey()!.Properties[0], r)!)];

    internal IReadOnlyList<object> Of(IEntityType table) => rows[table];

    /// <summary>Every text of a row, also within bytes.</summary>
    internal static IEnumerable<(IProperty Column, string Text)> Texts(IEntityType table, object row)
    {
        foreach (var column in table.GetProperties())
        {
            if (Value(column, row) is string text)
                yield return (column, text);
            if (Value(column, row) is byte[] bytes)
                yield return (column, Encoding.UTF8.GetString(bytes));
        }
    }

    /// <summary>The places of all rows.</summary>
    internal IEnumerable<string> Places() =>
        rows.SelectMany(r =>
            TableDeclaration.Find(r.Key)!.Places.SelectMany(p => r.Value.Select(row => Text(r.Key, p.Column, row)))
        );

    /// <summary>Whether somebody sees a row.</summary>
    internal bool IsSeen(IEntityType table, object row, Reader reader) =>
        TableDeclaration.Find(table) switch
        {
            { Public: not null } => true,
            { Hidden: not null } => false,
            { } declared => declared.Places.Any(p => IsWithin(p.Reach, Text(table, p.Column, row), reader))
                || declared.Links.Any(l =>
                    Follow(table, row, TableDeclaration.Steps(l)!) is var (to, linked) && IsSeen(to, linked, reader)
                ),
            null => false,
        };

    /// <summary>
    /// Whether a row is somebody's: by the shortest chain of links that ends with a person, or, where none does, by
    /// their id in one of its columns.
    /// </summary>
    internal bool IsOf(IEntityType table, object row, Guid person) =>
        PersonsOf(table, row) is { Count: > 0 } linked
            ? linked.Contains(person)
            : table.GetProperties().Any(p => person.Equals(Value(p, row)));

    /// <summary>How many links a table is from that of the persons; null: no link leads there.</summary>
    internal static int? StepsTo(IEntityType persons, IEntityType table)
    {
        HashSet<IEntityType> at = [table],
            been = [];
        for (var steps = 0; at.Count > 0; steps++)
        {
            if (at.Contains(persons))
                return steps;
            been.UnionWith(at);
            at = [.. at.SelectMany(t => t.GetForeignKeys()).Select(k => k.PrincipalEntityType).Except(been)];
        }

        return null;
    }

    private HashSet<Guid> PersonsOf(IEntityType table, object row) =>
        StepsTo(persons, table) switch
        {
            0 => [(Guid)Value(table.FindPrimaryKey()!.Properties[0], row)!],
            { } steps =>
            [
                .. table
                    .GetForeignKeys()
                    .Where(k => StepsTo(persons, k.PrincipalEntityType) < steps)
                    .SelectMany(k => Target(k, row) is { } to ? PersonsOf(k.PrincipalEntityType, to) : []),
            ],
            null => [],
        };

    internal static object? Value(IProperty column, object row) => column.GetGetter().GetClrValue(row);

    private static bool IsWithin(Reach reach, string place, Reader reader) =>
        reach switch
        {
            Reach.Audit => reader.Audits.Any(p => place.StartsWith(p, StringComparison.Ordinal)),
            Reach.ClassesOfSchool => reader.Places.Any(p =>
                p.Split('/').Length == 3 && p[..p.LastIndexOf('/')] == place
            ),
            _ => reader.Places.Any(p => place.StartsWith(p, StringComparison.Ordinal)),
        };

    private static string Text(IEntityType table, System.Linq.Expressions.LambdaExpression column, object row) =>
        (string?)Value(table.FindProperty(TableDeclaration.Steps(column)![0])!, row) ?? "";

    private (IEntityType Table, object Row)? Follow(IEntityType table, object row, IReadOnlyList<string> steps)
    {
        foreach (var step in steps)
        {
            var link = table.FindNavigation(step)!.ForeignKey;
            if (Target(link, row) is not { } to)
                return null;
            (table, row) = (link.PrincipalEntityType, to);
        }

        return (table, row);
    }

    private object? Target(IForeignKey link, object row) =>
        Key(link.Properties, row) is { } key ? targets.GetValueOrDefault((link, key)) : null;

    private static string? Key(IEnumerable<IProperty> columns, object row)
    {
        var values = columns.Select(c => Value(c, row)).ToList();
        return values.Contains(null) ? null : string.Join('|', values);
    }

    private static List<T> All<T>(AppDbContext db)
        where T : class => [.. db.Set<T>().IgnoreQueryFilters().AsNoTracking()];
}

/// <summary>
/// Takes everything from a database that a reader may not see: whoever sees everything then gets what the reader should
/// have got before.
/// </summary>
public static class Pruning
{
    /// <summary>Takes it away.</summary>
    /// <param name="database">In which no command runs meanwhile.</param>
    /// <param name="reader">Who asks.</param>
    /// <returns>How many rows were taken.</returns>
    public static int Prune(Database database, Reader reader)
    {
        ArgumentNullException.ThrowIfNull(database);
        StoredRows rows;
        using (var db = database.Open())
            rows = StoredRows.Read(db);
        var taken = 0;
        foreach (var table in rows.Tables.Where(t => TableDeclaration.Find(t)!.IsVisible))
        {
            using var db = database.Open(); // of each table alone: what others hold on to is nobody's business here
            db.Database.OpenConnection();
            var isSqlite = database.Kind == DatabaseKind.Sqlite; // a case may be seen whose student is not
            var (off, on) = isSqlite
                ? ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON")
                : ("SET session_replication_role = replica", "SET session_replication_role = origin");
            db.Database.ExecuteSqlRaw(off);
            db.RemoveRange(rows.Of(table).Where(row => !rows.IsSeen(table, row, reader)));
            taken += db.SaveChanges();
            db.Database.ExecuteSqlRaw(on);
        }

        return taken;
    }
}
