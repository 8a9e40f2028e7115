using System.Runtime.CompilerServices;
using System.Text;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Conformance;

/// <summary>
/// A dozen rows in every table, made by its own model, whatever the tables are: every text is a token that tells table,
/// column and row (<c>⟦core_student.Phone.7⟧</c>), every
/// place occurs, the empty one too, links lead to rows that are there. Every third row holds nothing but what it must.
/// </summary>
internal sealed class TokenRows
{
    private const int Each = 12,
        Seed = 20200506;

    private static readonly IReadOnlyList<string> Places =
    [
        "5323",
        "532301",
        "532322",
        "532301/00000000000000000000000000000001",
        "532301/00000000000000000000000000000002",
        "532322/00000000000000000000000000000003",
        "532301/00000000000000000000000000000001/0000000000000000000000000000000a",
        "532301/00000000000000000000000000000001/0000000000000000000000000000000b",
        "532322/00000000000000000000000000000003/0000000000000000000000000000000c",
        "520101/00000000000000000000000000000004",
        "",
    ];

    private readonly Random dice = new(Seed);
    private readonly Dictionary<IEntityType, List<object>> made = [];
    private readonly AppDbContext db;
    private readonly IEntityType persons;

    private TokenRows(AppDbContext db) => (this.db, persons) = (db, PersonsOf(db.Model));

    /// <summary>The table of those whom rows concern.</summary>
    internal static IEntityType PersonsOf(IModel model) => model.FindEntityType(typeof(Student))!;

    /// <summary>Puts them there.</summary>
    internal static void Put(Database database)
    {
        using var filled = database.Open();
        var rows = new TokenRows(filled);
        foreach (var table in rows.Ordered())
            rows.Add(table);
        filled.SaveChanges();
    }

    internal static string Token(IProperty column, int row) =>
        $"⟦{column.DeclaringType.ContainingEntityType.GetTableName()}.{column.Name}.{row}⟧";

    /// <summary>
    /// Tables after those that they link to. What no reader sees and is nobody's is left alone: the program lives on
    /// it.
    /// </summary>
    private IEnumerable<IEntityType> Ordered()
    {
        var left = db
            .Model.GetEntityTypes()
            .Where(e =>
                TableDeclaration.Find(e)!.Hidden is null
                || e.GetProperties().Any(p => PersonalDataAnnotation.Find(p) is not null)
            )
            .ToList();
        while (left.Count > 0)
        {
            var next = left.First(e =>
                e.GetForeignKeys().All(k => k.PrincipalEntityType == e || !left.Contains(k.PrincipalEntityType))
            );
            left.Remove(next);
            yield return next;
        }
    }

    private void Add(IEntityType table)
    {
        var places = TableDeclaration
            .Find(table)!
            .Places.Select(p => TableDeclaration.Steps(p.Column)![0])
            .ToHashSet(StringComparer.Ordinal);
        var first = places.Order(StringComparer.Ordinal).FirstOrDefault();
        var unique = table
            .GetIndexes()
            .Where(i => i.IsUnique)
            .SelectMany(i => i.Properties)
            .Concat(table.FindPrimaryKey()!.Properties)
            .ToHashSet();
        made[table] = [];
        for (var n = 0; n < Each; n++)
        {
            var row = RuntimeHelpers.GetUninitializedObject(table.ClrType);
            var entry = db.Entry(row);
            var isBare = n % 3 == 2;
            foreach (var link in table.GetForeignKeys())
            {
                var candidates = made[link.PrincipalEntityType];
                if (candidates.Count == 0 || (!link.IsRequired && isBare))
                    continue;
                var to = link.Properties.All(p => unique.Contains(p))
                    ? candidates[n % candidates.Count]
                    : candidates[dice.Next(candidates.Count)];
                foreach (var (own, principal) in link.Properties.Zip(link.PrincipalKey.Properties))
                    entry.Property(own.Name).CurrentValue = StoredRows.Value(principal, to);
            }

            foreach (var column in table.GetProperties().Where(p => !p.IsForeignKey()))
                entry.Property(column.Name).CurrentValue =
                    column.Name == first ? Places[n % Places.Count]
                    : places.Contains(column.Name) ? Places[dice.Next(Places.Count)]
                    : column.ClrType == typeof(Guid) && column.IsPrimaryKey() ? Guid.NewGuid()
                    : Value(table, column, row, n, isBare, unique.Contains(column));
            db.Add(row);
            made[table].Add(row);
        }
    }

    private object? Value(IEntityType table, IProperty column, object row, int n, bool isBare, bool isUnique)
    {
        var type = Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType;
        if (type == typeof(Guid))
            return isUnique ? Guid.NewGuid() : Whom(table, column, row);
        if (column.IsNullable && isBare)
            return null;
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(dice.Next(Enum.GetValues(type).Length));
        return type switch
        {
            _ when type == typeof(string) => Token(column, n),
            _ when type == typeof(byte[]) => Encoding.UTF8.GetBytes(Token(column, n)),
            _ when type == typeof(bool) => dice.Next(2) == 0,
            _ when type == typeof(DateOnly) => new DateOnly(2026, 1, 1).AddDays(n),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 1, 8, 0, n, TimeSpan.Zero),
            _ => Convert.ChangeType(
                isUnique ? 3000 + n : 2020 + dice.Next(7),
                type,
                System.Globalization.CultureInfo.InvariantCulture
            ),
        };
    }

    /// <summary>
    /// An id that is no link: of the person whom the row's links lead to, if it says whose the row is; of anybody, if
    /// the row has no links.
    /// </summary>
    private Guid? Whom(IEntityType table, IProperty column, object row)
    {
        if (made.GetValueOrDefault(persons) is not { Count: > 0 } people)
            return Guid.NewGuid();
        Guid? anybody =
            dice.Next(3) == 0 && column.IsNullable
                ? null
                : (Guid)StoredRows.Value(persons.FindPrimaryKey()!.Properties[0], people[dice.Next(people.Count)])!;
        if (
            TableDeclaration.Find(table)!.Concerns is { } concerns
            && TableDeclaration.Steps(concerns) is [var whose]
            && whose == column.Name
        )
            return Linked(table, row) ?? anybody;
        return table.GetForeignKeys().Any() ? Guid.NewGuid() : anybody;
    }

    private Guid? Linked(IEntityType table, object row)
    {
        if (table == persons)
            return (Guid)StoredRows.Value(table.FindPrimaryKey()!.Properties[0], row)!;
        foreach (
            var link in table
                .GetForeignKeys()
                .Where(k => StoredRows.StepsTo(persons, k.PrincipalEntityType) < StoredRows.StepsTo(persons, table))
        )
        {
            var to = made[link.PrincipalEntityType]
                .Find(p =>
                    link.Properties.Zip(link.PrincipalKey.Properties)
                        .All(c => Equals(StoredRows.Value(c.First, row), StoredRows.Value(c.Second, p)))
                );
            if (to is not null && Linked(link.PrincipalEntityType, to) is { } person)
                return person;
        }

        return null;
    }
}
