using System.Linq.Expressions;

namespace EduAssist.OData;

/// <summary>Sequences of rows, in expressions.</summary>
internal static class Rows
{
    internal static Type ItemOf(Expression rows) => rows.Type.GetInterfaces().Append(rows.Type).First(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IQueryable<>)).GetGenericArguments()[0];

    internal static Expression Where(Expression rows, ParameterExpression row, Expression condition) => Call(nameof(Queryable.Where), rows, [row.Type], Expression.Lambda(condition, row));

    internal static Expression Select(Expression rows, ParameterExpression row, Expression value) => Call(nameof(Queryable.Select), rows, [row.Type, value.Type], Expression.Lambda(value, row));

    internal static Expression OrderBy(Expression rows, ParameterExpression row, Expression key, bool descending, bool first) =>
        Call((first, descending) switch
        {
            (true, false) => nameof(Queryable.OrderBy),
            (true, true) => nameof(Queryable.OrderByDescending),
            (false, false) => nameof(Queryable.ThenBy),
            (false, true) => nameof(Queryable.ThenByDescending),
        }, rows, [row.Type, key.Type], Expression.Lambda(key, row));

    internal static Expression GroupBy(Expression rows, ParameterExpression row, Expression key) => Call(nameof(Queryable.GroupBy), rows, [row.Type, key.Type], Expression.Lambda(key, row));

    internal static Expression Skip(Expression rows, int count) => Call(nameof(Queryable.Skip), rows, count);

    internal static Expression Take(Expression rows, int count) => Call(nameof(Queryable.Take), rows, count);

    internal static Expression Distinct(Expression rows) => Call(nameof(Queryable.Distinct), rows);

    internal static Expression Any(Expression rows) => Call(nameof(Queryable.Any), rows);

    internal static Expression Count(Expression rows) => Call(nameof(Queryable.LongCount), rows);

    internal static Expression First(Expression rows) => Call(nameof(Queryable.FirstOrDefault), rows);

    private static Expression Call(string method, Expression rows) => Expression.Call(typeof(Queryable), method, [ItemOf(rows)], rows);

    private static Expression Call(string method, Expression rows, int count) => Expression.Call(typeof(Queryable), method, [ItemOf(rows)], rows, Literals.Parameter(count, typeof(int)));

    private static Expression Call(string method, Expression rows, Type[] types, LambdaExpression lambda) => Expression.Call(typeof(Queryable), method, types, rows, Expression.Quote(lambda));
}
