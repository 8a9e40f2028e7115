using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;
using EduAssist.Office.Listings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace EduAssist.Web.Pages;

/// <summary>What is asked of a listing.</summary>
/// <param name="Where">Columns and what they must equal, as text.</param>
/// <param name="Search">Looked for in the columns that the search box looks at; null: nothing is.</param>
/// <param name="Sort">The column to sort by; null: by the key.</param>
/// <param name="Descending">The greatest first.</param>
internal sealed record ListingQuestion(
    IReadOnlyList<(Column Column, string Text)> Where,
    string? Search = null,
    Column? Sort = null,
    bool Descending = false
)
{
    internal static ListingQuestion Equal(Column column, object value) => new([(column, $"{value}")]);
}

/// <summary>
/// Where a page begins or ends: beyond a row, named by its key alone. An address is kept in histories and logs, and a
/// pupil's name does not belong there.
/// </summary>
/// <param name="Key">As <see cref="ListingRowsPage"/> gives it; null: of no row.</param>
/// <param name="IsBefore">The page before that row; before no row: the last one.</param>
internal sealed record ListingPlace(string? Key = null, bool IsBefore = false)
{
    internal static ListingPlace First { get; } = new();
}

/// <summary>A page of rows.</summary>
/// <param name="Rows">In their order.</param>
/// <param name="Previous">The key of the first one, if there are rows before it.</param>
/// <param name="Next">The key of the last one, if there are rows after it.</param>
internal sealed record ListingRowsPage(IReadOnlyList<object> Rows, string? Previous, string? Next);

/// <summary>
/// The rows of a listing as pages ask for them: every condition becomes SQL. Numbers of persons are neither searched
/// nor sorted nor compared here.
/// </summary>
internal abstract class ListingRows
{
    /// <summary>The rows of a listing that a reader sees.</summary>
    internal static ListingRows Create(IListing listing, ListingSource source) =>
        (ListingRows)
            Activator.CreateInstance(
                typeof(ListingRows<>).MakeGenericType(listing.Row),
                BindingFlags.Instance | BindingFlags.NonPublic,
                null,
                [listing, source],
                null
            )!;

    /// <summary>Whether the database holds them; else they are what modules declare.</summary>
    internal abstract bool IsStored { get; }

    /// <summary>How many rows there are, counted up to a number: nobody waits for the count of a province.</summary>
    internal abstract Task<int> CountAsync(ListingQuestion question, int most);

    /// <summary>The first rows.</summary>
    internal abstract Task<IReadOnlyList<object>> FirstAsync(ListingQuestion question, int take);

    /// <summary>A page, read from its place on: no row before it is read, however far it lies.</summary>
    internal abstract Task<ListingRowsPage> PageAsync(ListingQuestion question, ListingPlace place, int take);

    /// <summary>The rows of some ids, by one query, in the order of the ids; those out of sight are missing.</summary>
    internal abstract Task<IReadOnlyList<object>> ByIdAsync(IReadOnlyList<Guid> ids);

    /// <summary>
    /// The values that a column has in the first rows that the database comes upon, some of them where there are very
    /// many rows: they are offered to choose from, and nobody waits for all rows to be grouped.
    /// </summary>
    internal abstract Task<IReadOnlyList<object?>> SampleAsync(Column column, ListingQuestion question);

    /// <summary>How many rows have which text in a column; at most a hundred, the most first.</summary>
    internal abstract Task<IReadOnlyList<(object? Value, int Count)>> CountByAsync(
        Column column,
        ListingQuestion question
    );

    /// <summary>Whether a text can be a value of a column.</summary>
    internal static bool TryRead(Column column, string text, out object? value)
    {
        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        value =
            type == typeof(string) ? text
            : type.IsEnum
                ? Enum.TryParse(type, text, ignoreCase: false, out var member) && Enum.IsDefined(type, member) ? member
                    : null
            : type == typeof(int)
                ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                        ? number
                    : null
            : type == typeof(long)
                ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var many) ? many
                    : null
            : type == typeof(Guid)
                ? Guid.TryParse(text, out var id) ? id
                    : null
            : type == typeof(bool)
                ? bool.TryParse(text, out var flag) ? flag
                    : null
            : type == typeof(DateOnly)
            && DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
                ? day
            : null;
        return value is not null;
    }

    /// <summary>A value as a person reads it.</summary>
    internal static string Text(Column column, object? value) =>
        value switch
        {
            null => "",
            string text => column.Masked(text),
            bool flag => flag ? "是" : "否",
            Enum word => Words.For(word),
            DateOnly day => $"{day:yyyy-MM-dd}",
            DateTimeOffset instant => instant.ToOffset(Today.Offset).ToString("yyyy-MM-dd HH:mm"),
            _ => $"{value}",
        };
}

/// <inheritdoc/>
/// <typeparam name="TRow">The class of a row.</typeparam>
internal sealed class ListingRows<TRow> : ListingRows
    where TRow : class
{
    private const int SampledRows = 1000;

    private static readonly MethodInfo Contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;

    private readonly IListing listing;
    private readonly IQueryable<TRow> rows;
    private readonly IReadOnlyList<PropertyInfo> order;
    private readonly CancellationToken cancellation;

    internal ListingRows(IListing listing, ListingSource source) =>
        (this.listing, rows, order, cancellation) = (
            listing,
            (IQueryable<TRow>)listing.Rows(source),
            listing.Order(source.Db),
            source.Cancellation
        );

    // declared listings are lists in memory, without asynchronous queries
    internal override bool IsStored => rows.Provider is IAsyncQueryProvider;

    internal override async Task<int> CountAsync(ListingQuestion question, int most) =>
        Chosen(question).Take(most) is var chosen && IsStored ? await chosen.CountAsync(cancellation) : chosen.Count();

    internal override async Task<IReadOnlyList<object>> FirstAsync(ListingQuestion question, int take) =>
        (await PageAsync(question, ListingPlace.First, take)).Rows;

    internal override async Task<IReadOnlyList<object>> ByIdAsync(IReadOnlyList<Guid> ids)
    {
        if (ids.Count == 0)
            return [];
        var id = listing.Columns.Single(c => c.Name == "Id");
        var found = await ToListAsync(
            rows.Where(
                Condition(row =>
                    Expression.Call(
                        typeof(Enumerable),
                        nameof(Enumerable.Contains),
                        [typeof(Guid)],
                        Parameter(ids, typeof(IEnumerable<Guid>)),
                        Expression.Property(row, id.Property)
                    )
                )
            )
        );
        var byId = found.ToDictionary(row => (Guid)id.Property.GetValue(row)!);
        return [.. ids.Where(byId.ContainsKey).Select(i => byId[i])];
    }

    internal override async Task<ListingRowsPage> PageAsync(ListingQuestion question, ListingPlace place, int take)
    {
        var (chosen, back) = (Chosen(question), place.IsBefore);
        var from = place.Key is null ? null : await RowAsync(place.Key);
        if (place.Key is not null && from is null)
            (place, back) = (ListingPlace.First, false); // the row is gone, or out of sight
        List<TRow> page = [];
        foreach (var part in Parts(question, from, back))
        {
            if (page.Count > take)
                break;
            page.AddRange(await ToListAsync(part.Among(chosen, IsStored).Take(take + 1 - page.Count)));
        }

        var hasMore = page.Count > take;
        page = page[..Math.Min(take, page.Count)];
        if (back)
            page.Reverse();
        if (page.Count == 0)
            return new([], null, null);
        return new(
            page,
            (back ? hasMore : from is not null) ? KeyOf(page[0]) : null,
            (back ? from is not null : hasMore) ? KeyOf(page[^1]) : null
        );
    }

    /// <summary>The row at which a page ends: of the listing, whatever is asked of it besides.</summary>
    private async Task<TRow?> RowAsync(string key)
    {
        var parts = key.Split(',');
        if (parts.Length != listing.Key.Count)
            return null;
        var where = listing.Key.Zip(parts, (column, part) => (column, Uri.UnescapeDataString(part))).ToList();
        return (await ToListAsync(Chosen(new(where)).Take(1))).FirstOrDefault();
    }

    private string KeyOf(TRow row) =>
        string.Join(
            ',',
            listing.Key.Select(k =>
                Uri.EscapeDataString(
                    k.Property.GetValue(row) is DateOnly day ? $"{day:yyyy-MM-dd}" : $"{k.Property.GetValue(row)}"
                )
            )
        );

    private async Task<List<TRow>> ToListAsync(IQueryable<TRow> some) =>
        IsStored ? await some.ToListAsync(cancellation) : [.. some];

    /// <summary>
    /// The queries that are asked one after the other: of a column that may be missing, the rows in which it is there
    /// and then those in which it is not. Databases disagree on where the missing ones stand, and find each of the two
    /// by a range of an index.
    /// </summary>
    private IEnumerable<ListingPart<TRow>> Parts(ListingQuestion question, TRow? from, bool back)
    {
        var descending = question.Descending != back;
        IReadOnlyList<PropertyInfo> keys = [.. listing.Key.Where(k => k != question.Sort).Select(k => k.Property)];
        if (question.Sort is not { IsPersonal: false } sort)
        {
            IReadOnlyList<PropertyInfo> first = order.Count > 0 ? order : keys;
            return [new(first, descending, from)];
        }

        IReadOnlyList<PropertyInfo> terms = [sort.Property, .. keys];
        if (!sort.IsNullable)
            return [new(terms, descending, from)];
        var isMissing = from is not null && sort.Property.GetValue(from) is null;
        ListingPart<TRow> some = new(terms, descending, isMissing ? null : from, sort.Property, false),
            none = new(keys, descending, isMissing ? from : null, sort.Property, true);
        return (back, from) switch
        {
            (false, { }) when isMissing => [none],
            (true, { }) when !isMissing => [some],
            (false, _) => [some, none],
            _ => [none, some],
        };
    }

    internal override Task<IReadOnlyList<object?>> SampleAsync(Column column, ListingQuestion question) =>
        column.IsPersonal
            ? throw new ArgumentException($"{column.Name} is personal.", nameof(column))
            : (Task<IReadOnlyList<object?>>)
                typeof(ListingRows<TRow>)
                    .GetMethod(nameof(SampleOfAsync), BindingFlags.Instance | BindingFlags.NonPublic)!
                    .MakeGenericMethod(column.Type)
                    .Invoke(this, [column, question])!;

    private async Task<IReadOnlyList<object?>> SampleOfAsync<TValue>(Column column, ListingQuestion question)
    {
        var values = Chosen(question).Select(Selector<TValue>(column)).Take(SampledRows).Distinct();
        return [.. (IsStored ? await values.ToListAsync(cancellation) : [.. values]).Select(v => (object?)v)];
    }

    internal override Task<IReadOnlyList<(object? Value, int Count)>> CountByAsync(
        Column column,
        ListingQuestion question
    ) =>
        column.IsPersonal
            ? throw new ArgumentException($"{column.Name} is personal.", nameof(column))
            : (Task<IReadOnlyList<(object?, int)>>)
                typeof(ListingRows<TRow>)
                    .GetMethod(nameof(CountByValueAsync), BindingFlags.Instance | BindingFlags.NonPublic)!
                    .MakeGenericMethod(column.Type)
                    .Invoke(this, [column, question])!;

    private async Task<IReadOnlyList<(object? Value, int Count)>> CountByValueAsync<TValue>(
        Column column,
        ListingQuestion question
    )
    {
        var groups = Chosen(question)
            .GroupBy(Selector<TValue>(column))
            .Select(g => new { g.Key, Count = g.Count() })
            .OrderByDescending(g => g.Count)
            .Take(100);
        return
        [
            .. (IsStored ? await groups.ToListAsync(cancellation) : [.. groups]).Select(g => ((object?)g.Key, g.Count)),
        ];
    }

    private IQueryable<TRow> Chosen(ListingQuestion question)
    {
        var chosen = rows;
        foreach (var (column, text) in question.Where)
            chosen =
                !column.IsPersonal && TryRead(column, text, out var value)
                    ? chosen.Where(
                        Condition(row =>
                            Expression.Equal(Expression.Property(row, column.Property), Parameter(value!, column.Type))
                        )
                    )
                    : chosen.Where(_ => false);
        if (question.Search is not { Length: > 0 } search)
            return chosen;
        var searched = listing
            .Columns.Where(c => c is { IsSearched: true, IsPersonal: false } && c.Type == typeof(string))
            .ToList();
        return searched.Count == 0
            ? chosen
            : chosen.Where(Condition(row => searched.Select(c => Holds(row, c, search)).Aggregate(Expression.OrElse)));
    }

    private static BinaryExpression Holds(ParameterExpression row, Column column, string search)
    {
        var text = Expression.Property(row, column.Property);
        return Expression.AndAlso(
            Expression.NotEqual(text, Expression.Constant(null, typeof(string))),
            Expression.Call(text, Contains, Parameter(search, typeof(string)))
        );
    }

    private static Expression<Func<TRow, bool>> Condition(Func<ParameterExpression, Expression> body) =>
        Selector<bool>(body);

    private static Expression<Func<TRow, TValue>> Selector<TValue>(Func<ParameterExpression, Expression> body)
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        return Expression.Lambda<Func<TRow, TValue>>(body(row), row);
    }

    private static Expression<Func<TRow, TValue>> Selector<TValue>(Column column) =>
        Selector<TValue>(row => Expression.Property(row, column.Property));

    private static UnaryExpression Parameter(object value, Type type) => ListingPart<TRow>.Parameter(value, type);
}

/// <summary>
/// A part of an order: the rows beyond one of them, by a range of the index that has the same columns.
/// </summary>
/// <typeparam name="TRow">The class of a row.</typeparam>
/// <param name="terms">The columns of the order; of no other the missing are asked for.</param>
/// <param name="descending">The greatest first, of all columns: one index serves both directions.</param>
/// <param name="from">The row beyond which it begins; null: the beginning.</param>
/// <param name="maybe">A column that may be missing; null: none.</param>
/// <param name="isMissing">Whether it is, in these rows.</param>
internal sealed class ListingPart<TRow>(
    IReadOnlyList<PropertyInfo> terms,
    bool descending,
    TRow? from,
    PropertyInfo? maybe = null,
    bool isMissing = false
)
    where TRow : class
{
    /// <summary>Its rows, in their order.</summary>
    /// <param name="rows">All of them.</param>
    /// <param name="isStored">Whether the database orders them, or .NET.</param>
    internal IQueryable<TRow> Among(IQueryable<TRow> rows, bool isStored)
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        if (maybe is not null)
        {
            var missing = Expression.Equal(
                Expression.Property(row, maybe),
                Expression.Constant(null, maybe.PropertyType)
            );
            rows = rows.Where(Lambda(isMissing ? missing : Expression.Not(missing), row));
        }

        if (from is not null && isStored)
            rows = rows.Where(Lambda(Beyond(row, from), row));
        IOrderedQueryable<TRow>? ordered = null;
        foreach (var term in terms)
            ordered = Next(rows, ordered, Expression.Lambda(Expression.Property(row, term), row));
        // what modules declare is a short list: it is ordered in memory, where rows are not compared as one value
        return from is not null && !isStored
            ? ordered!.ToList().SkipWhile(r => !IsSame(r)).Skip(1).AsQueryable()
            : ordered!;
    }

    private bool IsSame(TRow row) => terms.All(t => Equals(t.GetValue(row), t.GetValue(from)));

    /// <summary>
    /// <c>(row.Name, row.Id) &gt; (name, id)</c>; of one column <c>row.Id &gt; id</c>. Several columns as one value are
    /// a range of an index; the same said with or is none.
    /// </summary>
    private Expression Beyond(ParameterExpression row, TRow last)
    {
        var columns = terms.Take(RowValues.Most).Select(t => (Expression)Expression.Property(row, t)).ToList();
        var values = terms
            .Take(RowValues.Most)
            .Select(t => (Expression)Parameter(t.GetValue(last)!, t.PropertyType))
            .ToList();
        if (columns.Count > 1)
            return Expression.Call(
                typeof(RowValues),
                descending ? nameof(RowValues.Before) : nameof(RowValues.After),
                [.. columns.Select(c => c.Type)],
                [.. columns, .. values]
            );
        var (left, right) =
            columns[0].Type == typeof(string)
                ? (
                    Expression.Call(typeof(string), nameof(string.Compare), null, columns[0], values[0]),
                    Expression.Constant(0)
                )
                : (columns[0], values[0]);
        return descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);
    }

    private IOrderedQueryable<TRow> Next(IQueryable<TRow> rows, IOrderedQueryable<TRow>? ordered, LambdaExpression by)
    {
        var name = (ordered, descending) switch
        {
            (null, false) => nameof(Queryable.OrderBy),
            (null, true) => nameof(Queryable.OrderByDescending),
            (_, false) => nameof(Queryable.ThenBy),
            (_, true) => nameof(Queryable.ThenByDescending),
        };
        var source = ordered ?? rows;
        return (IOrderedQueryable<TRow>)
            source.Provider.CreateQuery<TRow>(
                Expression.Call(
                    typeof(Queryable),
                    name,
                    [typeof(TRow), by.ReturnType],
                    source.Expression,
                    Expression.Quote(by)
                )
            );
    }

    private static Expression<Func<TRow, bool>> Lambda(Expression body, ParameterExpression row) =>
        Expression.Lambda<Func<TRow, bool>>(body, row);

    /// <summary>
    /// A value behind a property, <c>held.Value</c>, of which EF makes a parameter instead of a literal.
    /// </summary>
    internal static UnaryExpression Parameter(object value, Type type)
    {
        var held = new Held(value);
        return Expression.Convert(Expression.Property(Expression.Constant(held), nameof(Held.Value)), type);
    }

    private sealed record Held(object Value);
}
