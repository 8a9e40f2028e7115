using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace EduAssist.OData;

/// <summary>Sequences of rows, in expressions.</summary>
internal static class Rows
{
    private static readonly ConcurrentDictionary<(string Method, Type Row, Type? Value), MethodInfo> Overloads = new();

    internal static Type ItemOf(Expression rows) =>
        rows
            .Type.GetInterfaces()
            .Append(rows.Type)
            .First(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IQueryable<>))
            .GetGenericArguments()[0];

    internal static Expression Where(Expression rows, ParameterExpression row, Expression condition) =>
        Call(nameof(Queryable.Where), rows, row, null, condition);

    internal static Expression Select(Expression rows, ParameterExpression row, Expression value) =>
        Call(nameof(Queryable.Select), rows, row, value.Type, value);

    internal static Expression OrderBy(
        Expression rows,
        ParameterExpression row,
        Expression key,
        bool descending,
        bool first
    ) =>
        Call(
            (first, descending) switch
            {
                (true, false) => nameof(Queryable.OrderBy),
                (true, true) => nameof(Queryable.OrderByDescending),
                (false, false) => nameof(Queryable.ThenBy),
                (false, true) => nameof(Queryable.ThenByDescending),
            },
            rows,
            row,
            key.Type,
            key
        );

    internal static Expression GroupBy(Expression rows, ParameterExpression row, Expression key) =>
        Call(nameof(Queryable.GroupBy), rows, row, key.Type, key);

    internal static Expression Skip(Expression rows, int count) =>
        Call(nameof(Queryable.Skip), rows, ItemOf(rows), null, Literals.Parameter(count, typeof(int)));

    internal static Expression Take(Expression rows, int count) =>
        Call(nameof(Queryable.Take), rows, ItemOf(rows), null, Literals.Parameter(count, typeof(int)));

    internal static Expression Distinct(Expression rows) => Call(nameof(Queryable.Distinct), rows, ItemOf(rows), null);

    internal static Expression Any(Expression rows) => Call(nameof(Queryable.Any), rows, ItemOf(rows), null);

    internal static Expression Count(Expression rows) => Call(nameof(Queryable.LongCount), rows, ItemOf(rows), null);

    internal static Expression First(Expression rows) =>
        Call(nameof(Queryable.FirstOrDefault), rows, ItemOf(rows), null);

    private static Expression Call(
        string method,
        Expression rows,
        ParameterExpression row,
        Type? value,
        Expression body
    ) => Call(method, rows, row.Type, value, Expression.Quote(Expression.Lambda(body, row)));

    /// <summary>
    /// Calls a method of <see cref="Queryable"/>. The overload is searched by reflection once and kept: there are some
    /// two hundred, and a page needs half a dozen.
    /// </summary>
    private static Expression Call(string method, Expression rows, Type row, Type? value, params Expression[] further)
    {
        Expression[] arguments = [rows, .. further];
        return Expression.Call(
            Overloads.GetOrAdd(
                (method, row, value),
                (_, all) =>
                    Expression.Call(typeof(Queryable), method, value is null ? [row] : [row, value], all).Method,
                arguments
            ),
            arguments
        );
    }
}
