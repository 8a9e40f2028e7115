using System.Linq.Expressions;
using EduAssist.Data;

namespace EduAssist.OData;

/// <summary>A stretch of an order in which the first terms are fixed.</summary>
/// <param name="Condition">Which rows lie in it; null: all.</param>
/// <param name="Terms">How they are ordered.</param>
internal sealed record Stretch(Expression? Condition, IReadOnlyList<Term> Terms);

/// <summary>
/// What comes after a row in an order, as stretches one behind the other: those equal in all terms but the last ones of one direction, and as a row greater in these; then equal
/// in fewer terms; and so on. Each is a range of an index that fits the order, wherever in the order the row stands; the usual chain of ORs is none.
/// </summary>
/// <param name="terms">Of the order.</param>
/// <param name="nullsFirst">Whether the database itself puts nulls first, and last in a descending order; otherwise it is asked to by a term of its own.</param>
/// <param name="comparesRows">Whether several terms can be compared as one row, and one query does for them.</param>
internal sealed class Ranges(IReadOnlyList<Term> terms, bool nullsFirst, bool comparesRows = false)
{
    /// <summary>All rows.</summary>
    /// <param name="whole">As one stretch, of which a number of rows can be skipped.</param>
    internal IEnumerable<Stretch> All(bool whole)
    {
        if (whole || nullsFirst || !terms[0].MayBeNull)
            return [new(null, terms)];
        Stretch none = new(Comparison.IsNull(terms[0].Key), [.. terms.Skip(1)]),
            some = new(Comparison.IsNotNull(terms[0].Key), [terms[0] with { MayBeNull = false }, .. terms.Skip(1)]);
        return terms[0].Descending ? [some, none] : [none, some];
    }

    /// <summary>The rows after the one with these values.</summary>
    internal IEnumerable<Stretch> After(IReadOnlyList<object?> last)
    {
        for (int end = terms.Count, start; end > 0; end = start)
        {
            start = Start(last, end);
            var (term, value) = (terms[start], last[start]);
            var equal = terms.Take(start).Zip(last, (t, v) => Same(t.Key, v)).ToList();
            IReadOnlyList<Term> deeper = [.. terms.Skip(start + 1)],
                from = [term with { MayBeNull = false }, .. deeper];
            if (end - start > 1)
            {
                yield return new(
                    All(
                        equal,
                        Beyond([.. terms.Take(end).Skip(start)], [.. last.Take(end).Skip(start).Select(v => v!)])
                    ),
                    from
                );
                continue;
            }

            if (value is null ? !term.Descending : !IsLast(term, value))
                yield return new(
                    All(equal, value is null ? Comparison.IsNotNull(term.Key) : Beyond(term, value)),
                    from
                );
            if (value is not null && term.Descending && term.MayBeNull)
                yield return new(All(equal, Comparison.IsNull(term.Key)), deeper);
        }
    }

    /// <summary>Orders rows.</summary>
    internal Expression Ordered(Expression rows, ParameterExpression row, IReadOnlyList<Term> by)
    {
        var first = true;
        foreach (var term in by)
        {
            if (term.MayBeNull && !nullsFirst)
            {
                rows = Rows.OrderBy(rows, row, Comparison.IsNotNull(term.Key), term.Descending, first);
                first = false;
            }

            rows = Rows.OrderBy(rows, row, term.Key, term.Descending, first);
            first = false;
        }

        return rows;
    }

    /// <summary>The first of the terms before an end that are compared as one row: of one direction, and none of them null, or with nulls behind.</summary>
    private int Start(IReadOnlyList<object?> last, int end)
    {
        var start = end - 1;
        while (
            Fits(start)
            && start > 0
            && end - start < RowValues.Most
            && Fits(start - 1)
            && terms[start - 1].Descending == terms[start].Descending
        )
            start--;
        return start;

        bool Fits(int i) =>
            comparesRows && last[i] is not (null or decimal) && !(terms[i].Descending && terms[i].MayBeNull); // SQLite holds decimals as texts
    }

    private static MethodCallExpression Beyond(IReadOnlyList<Term> row, IReadOnlyList<object> values)
    {
        var keys = row.Select(t => Comparison.Ordered(Comparison.Bare(t.Key))).ToList();
        return Expression.Call(
            typeof(RowValues),
            row[0].Descending ? nameof(RowValues.Before) : nameof(RowValues.After),
            [.. keys.Select(k => k.Type)],
            [
                .. keys,
                .. keys.Select(
                    (k, i) => Literals.Parameter(values[i] is Enum ? values[i].ToString()! : values[i], k.Type)
                ),
            ]
        );
    }

    private static Expression All(IEnumerable<Expression> equal, Expression beyond) =>
        equal.Append(beyond).Aggregate(Expression.AndAlso);

    private static Expression Same(Expression key, object? value) =>
        value is null ? Comparison.IsNull(key) : Comparison.Equal(key, Literals.Parameter(value, value.GetType()));

    /// <summary>Whether no value lies beyond: a query for none would cost as much as one for some.</summary>
    private static bool IsLast(Term term, object value) => value is bool flag && flag != term.Descending;

    private static Expression Beyond(Term term, object value)
    {
        var key = Comparison.Bare(term.Key);
        if (value is bool flag)
            return Comparison.Equal(term.Key, Literals.Parameter(!flag, typeof(bool)));
        var (left, right) = (
            Comparison.Ordered(key),
            Literals.Parameter(
                value is Enum ? value.ToString()! : value,
                value is Enum ? typeof(string) : value.GetType()
            )
        );
        if (left.Type == typeof(string))
            (left, right) = (
                Expression.Call(typeof(string), nameof(string.Compare), null, left, right),
                Expression.Constant(0)
            );
        return term.Descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);
    }
}
