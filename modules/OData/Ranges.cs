using System.Linq.Expressions;
using EduAssist.Data;

namespace EduAssist.OData;

/// <summary>A part of an order that one query reads.</summary>
/// <param name="Condition">Which rows lie in it; null: all.</param>
/// <param name="Terms">How they are ordered.</param>
internal sealed record Stretch(Expression? Condition, IReadOnlyList<Term> Terms);

/// <summary>
/// Keyset paging: the rows after a given one, as conditions to be asked one after the other. In the order <c>Grade,
/// Name desc, Id desc</c>, after (9, '王', 7), they are <c>Grade == 9 &amp;&amp; (Name, Id) &lt; ('王', 7)</c>, then
/// <c>Grade &gt; 9</c>. Each is a range of an index that fits the order, so the last page costs as much as the first;
/// the usual <c>A or (B and C)</c> is not read from an index.
/// </summary>
/// <param name="terms">Of the order.</param>
/// <param name="nullsFirst">
/// Whether the database itself puts nulls first, and last in a descending order (SQLite). Otherwise a term <c>key IS
/// NOT NULL</c> before the key does it (PostgreSQL).
/// </param>
/// <param name="comparesRows">
/// Whether several terms can be compared as one row value, <c>(a, b) &gt; (v, w)</c>, in one query.
/// </param>
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

    /// <summary>
    /// The first of those terms up to <paramref name="end"/> that can be compared as one row value: they have the same
    /// direction, their last values are not null, and no null can follow them.
    /// </summary>
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
            // SQLite stores decimals as texts, which a row value would compare as texts
            comparesRows && last[i] is not (null or decimal) && !(terms[i].Descending && terms[i].MayBeNull);
    }

    /// <summary>
    /// Several terms as one row value: <c>RowValues.After(row.Grade, row.Id, box1.Value, box2.Value)</c>, in SQL <c>(a,
    /// b) &gt; (v, w)</c>.
    /// </summary>
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

    /// <summary><c>row.Grade == box.Value</c>, of a null <c>row.Grade == null</c>.</summary>
    private static Expression Same(Expression key, object? value) =>
        value is null ? Comparison.IsNull(key) : Comparison.Equal(key, Literals.Parameter(value, value.GetType()));

    /// <summary>
    /// Whether no value can follow, as after true: the query would find nothing and cost as much as another.
    /// </summary>
    private static bool IsLast(Term term, object value) => value is bool flag && flag != term.Descending;

    /// <summary>
    /// One term: <c>row.Grade &gt; box.Value</c>; of a text <c>string.Compare(row.Name, box.Value) &gt; 0</c>; after
    /// false, true.
    /// </summary>
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
