using System.Linq.Expressions;
using Microsoft.OData.UriParser;

namespace EduAssist.OData;

/// <summary>One term of an order.</summary>
/// <param name="Key">What is ordered by, of the row.</param>
/// <param name="Descending">Whether from the greatest.</param>
/// <param name="MayBeNull">Null comes before every value: first, or of a descending order last.</param>
/// <param name="Index">Where the value stands in a row that is read.</param>
internal sealed record Term(Expression Key, bool Descending, bool MayBeNull, int Index);

/// <summary>
/// The order of a set's rows: what was asked for, then the key, so that no two rows are equal. The key takes the
/// direction of the last term, so that an index can be read in one direction: <c>Name desc</c> becomes <c>Name desc, Id
/// desc</c>.
/// </summary>
internal static class Order
{
    internal static IReadOnlyList<Term> Create(
        OrderByClause? asked,
        ParameterExpression row,
        Set set,
        Binder binder,
        Cells cells,
        Limits limits
    )
    {
        List<Term> terms = [];
        var back = false;
        for (var clause = asked; clause is not null; clause = clause.ThenBy)
        {
            if (terms.Count == limits.Orders)
                throw QueryException.Limit($"$orderby 最多 {limits.Orders} 项。");
            back = clause.Direction == OrderByDirection.Descending;
            Add(binder.On(row, set).Value(clause.Expression), back);
        }

        foreach (var key in set.Listing.Key)
            Add(Expression.Property(row, key.Property), back);
        return terms;

        void Add(Expression value, bool descending)
        {
            var nullable = value is MemberExpression { Expression: ParameterExpression } column
                ? set.Column(column.Member.Name).IsNullable
                : Comparison.CanBeNull(value);
            if (value is ConstantExpression || Literals.Known(value) is not null)
                return; // ordering by a constant orders nothing
            var key = binder.InMemory ? InMemory(value) : value;
            var index = cells.IndexOf(key);
            if (!terms.Exists(t => t.Index == index))
                terms.Add(new(key, descending, nullable, index));
        }
    }

    /// <summary>
    /// The value that memory orders by: enumerations by the text of their words, since a database stores those.
    /// </summary>
    private static Expression InMemory(Expression value) =>
        !Literals.Plain(value.Type).IsEnum ? value
        : Nullable.GetUnderlyingType(value.Type) is null ? Comparison.Ordered(value)
        : Expression.Condition(
            Comparison.IsNotNull(value),
            Comparison.Ordered(Comparison.Bare(value)),
            Expression.Constant(null, typeof(string))
        );
}

/// <summary>What is read of every row: each value once.</summary>
internal sealed class Cells
{
    private readonly List<Expression> values = [];
    private readonly List<string> texts = [];

    internal IReadOnlyList<Expression> Values => values;

    internal int Count => values.Count;

    internal int IndexOf(Expression value)
    {
        var index = value is MemberExpression or MethodCallExpression { Method.Name: nameof(ToString) }
            ? texts.IndexOf(value.ToString())
            : -1;
        if (index >= 0)
            return index;
        values.Add(value);
        texts.Add(value.ToString());
        return values.Count - 1;
    }

    /// <summary>The row, as it is read.</summary>
    internal Expression Array =>
        Expression.NewArrayInit(typeof(object), values.Select(v => Expression.Convert(v, typeof(object))));
}
