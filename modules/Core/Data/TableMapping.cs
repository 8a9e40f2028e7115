using System.Linq.Expressions;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduAssist.Data;

/// <summary>
/// What every table says of itself in <see cref="IEntities.Map"/>: who sees a row (one of <c>VisibleBy</c>,
/// <c>VisibleThrough</c>, <c>Public</c>, <c>Hidden</c>), whom it
/// concerns, which texts are not personal, what becomes of its past. A table that leaves something open stops the
/// start.
/// </summary>
public static class TableMapping
{
    /// <summary>A row is seen by whoever may see one of the places that these columns hold.</summary>
    /// <param name="table">The table.</param>
    /// <param name="places">Columns, as <see cref="ScopePath"/> makes them.</param>
    public static EntityTypeBuilder<T> VisibleBy<T>(
        this EntityTypeBuilder<T> table,
        params IReadOnlyList<Expression<Func<T, string>>> places
    )
        where T : class => table.VisibleBy(Reach.Sight, places);

    /// <summary>A row is seen from one of the places that these columns hold, in a way of its own.</summary>
    /// <param name="table">The table.</param>
    /// <param name="reach">From where.</param>
    /// <param name="places">Columns, as <see cref="ScopePath"/> makes them.</param>
    public static EntityTypeBuilder<T> VisibleBy<T>(
        this EntityTypeBuilder<T> table,
        Reach reach,
        params IReadOnlyList<Expression<Func<T, string>>> places
    )
        where T : class
    {
        ArgumentNullException.ThrowIfNull(places);
        return table.Declares(d => d.Places.AddRange(places.Select(p => (reach, (LambdaExpression)p))));
    }

    /// <summary>
    /// A row is seen by whoever sees the row that it links to. Where the link may be missing, <c>VisibleBy</c> stands
    /// beside it.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="link">To one row of a table that says itself who sees it.</param>
    public static EntityTypeBuilder<T> VisibleThrough<T, TOther>(
        this EntityTypeBuilder<T> table,
        Expression<Func<T, TOther?>> link
    )
        where T : class
        where TOther : class => table.Declares(d => d.Links.Add(link));

    /// <summary>
    /// Everybody who signs in sees every row: reference data, never what belongs to a place or a person.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="why">For whoever reads the declaration.</param>
    public static EntityTypeBuilder<T> Public<T>(this EntityTypeBuilder<T> table, string why)
        where T : class => table.Declares(d => d.Public = why);

    /// <summary>No reader sees a row, and no listing may read the table: keys, users, answers.</summary>
    /// <param name="table">The table.</param>
    /// <param name="why">For whoever reads the declaration.</param>
    public static EntityTypeBuilder<T> Hidden<T>(this EntityTypeBuilder<T> table, string why)
        where T : class => table.Declares(d => d.Hidden = why);

    /// <summary>Whose row it is: with it the person's data are handed over and erased.</summary>
    /// <param name="table">The table.</param>
    /// <param name="person">The id of the student, of the row itself or of one that it links to; null: this row is
    /// nobody's.</param>
    public static EntityTypeBuilder<T> Concerns<T>(this EntityTypeBuilder<T> table, Expression<Func<T, Guid?>> person)
        where T : class => table.Declares(d => d.Concerns = person);

    /// <summary>The table has personal columns, and they are no student's.</summary>
    /// <param name="table">The table.</param>
    /// <param name="why">For whoever reads the declaration.</param>
    public static EntityTypeBuilder<T> ConcernsNobody<T>(this EntityTypeBuilder<T> table, string why)
        where T : class => table.Declares(d => d.ConcernsNobody = why);

    /// <summary>
    /// These texts are no personal data: codes, names of bodies, states. Of every text column either this is said or
    /// that it is personal.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Columns.</param>
    public static EntityTypeBuilder<T> Harmless<T>(
        this EntityTypeBuilder<T> table,
        params IReadOnlyList<Expression<Func<T, object?>>> columns
    )
        where T : class
    {
        ArgumentNullException.ThrowIfNull(columns);
        return table.Declares(d =>
            d.Harmless.UnionWith(columns.Select(c => TableDeclaration.Steps(c) is [var column] ? column : c.ToString()))
        );
    }

    /// <summary>
    /// Every change keeps the former version, with the instants from which and until which it was so.
    /// </summary>
    /// <param name="table">The table.</param>
    public static EntityTypeBuilder<T> Kept<T>(this EntityTypeBuilder<T> table)
        where T : class => table.Declares(d => d.Past = Past.Kept);

    /// <summary>Rows are added and never changed: events.</summary>
    /// <param name="table">The table.</param>
    /// <param name="instant">The column that says when a row was added.</param>
    public static EntityTypeBuilder<T> AppendOnly<T>(
        this EntityTypeBuilder<T> table,
        Expression<Func<T, DateTimeOffset>> instant
    )
        where T : class => table.Declares(d => (d.Past, d.Instant) = (Past.AppendOnly, instant));

    /// <summary>Rows never change, and none is added while the program runs.</summary>
    /// <param name="table">The table.</param>
    public static EntityTypeBuilder<T> Constant<T>(this EntityTypeBuilder<T> table)
        where T : class => table.Declares(d => d.Past = Past.Constant);

    /// <summary>What a row was before is gone, and nobody may ask for it: of what no reader sees anyhow.</summary>
    /// <param name="table">The table.</param>
    /// <param name="why">For whoever reads the declaration.</param>
    public static EntityTypeBuilder<T> NotKept<T>(this EntityTypeBuilder<T> table, string why)
        where T : class => table.Declares(d => (d.Past, d.NotKept) = (Past.NotKept, why));

    private static EntityTypeBuilder<T> Declares<T>(this EntityTypeBuilder<T> table, Action<TableDeclaration> what)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(table);
        what(TableDeclaration.GetOrAdd(table));
        return table;
    }
}
