using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
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

    internal abstract Task<int> CountAsync(ListingQuestion question);

    internal abstract Task<IReadOnlyList<object>> PageAsync(ListingQuestion question, int skip, int take);

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
    private static readonly MethodInfo Contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;

    private readonly IListing listing;
    private readonly IQueryable<TRow> rows;
    private readonly CancellationToken cancellation;

    internal ListingRows(IListing listing, ListingSource source) =>
        (this.listing, rows, cancellation) = (listing, (IQueryable<TRow>)listing.Rows(source), source.Cancellation);

    // declared listings are lists in memory, without asynchronous queries
    private bool IsStored => rows.Provider is IAsyncQueryProvider;

    internal override async Task<int> CountAsync(ListingQuestion question) =>
        Chosen(question) is var chosen && IsStored ? await chosen.CountAsync(cancellation) : chosen.Count();

    internal override async Task<IReadOnlyList<object>> PageAsync(ListingQuestion question, int skip, int take)
    {
        var page = Sorted(Chosen(question), question).Skip(skip).Take(take);
        return IsStored ? await page.ToListAsync(cancellation) : [.. page];
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

    private IQueryable<TRow> Sorted(IQueryable<TRow> chosen, ListingQuestion question)
    {
        var keys = listing.Key.Where(k => k != question.Sort);
        IOrderedQueryable<TRow>? sorted = null;
        if (question.Sort is { IsPersonal: false } sort)
        {
            if (sort.IsNullable)
                sorted = Next(
                    sorted,
                    chosen,
                    Selector<bool>(row =>
                        Expression.Equal(Expression.Property(row, sort.Property), Expression.Constant(null, sort.Type))
                    ),
                    false
                ); // SQLite puts nulls first, PostgreSQL last: a key of our own orders them alike
            sorted = Next(sorted, chosen, Selector(sort), question.Descending);
        }

        foreach (var key in keys)
            sorted = Next(sorted, chosen, Selector(key), question.Descending);
        return sorted!;
    }

    private static IOrderedQueryable<TRow> Next(
        IOrderedQueryable<TRow>? sorted,
        IQueryable<TRow> chosen,
        LambdaExpression by,
        bool descending
    )
    {
        var name = sorted is null
            ? descending
                ? nameof(Queryable.OrderByDescending)
                : nameof(Queryable.OrderBy)
            : descending
                ? nameof(Queryable.ThenByDescending)
                : nameof(Queryable.ThenBy);
        var source = sorted ?? chosen;
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

    private static LambdaExpression Selector(Column column)
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        return Expression.Lambda(Expression.Property(row, column.Property), row);
    }

    /// <summary>
    /// A value behind a property, <c>held.Value</c>, of which EF makes a parameter instead of a literal.
    /// </summary>
    private static UnaryExpression Parameter(object value, Type type)
    {
        var held = new Held(value);
        return Expression.Convert(Expression.Property(Expression.Constant(held), nameof(Held.Value)), type);
    }

    private sealed record Held(object Value);
}
