using System.Linq.Expressions;
using System.Text.Json;
using EduAssist.Data;
using EduAssist.Office.Listings;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace EduAssist.OData;

/// <summary>
/// The last value of a computed row. EF translates only types that exist at compile time, so a row of n columns is a
/// chain of n cells: <c>new Cell&lt;string, Cell&lt;int&gt;&gt; { Head = row.County, Tail = new() { Head = row.Year }
/// }</c>.
/// </summary>
internal sealed record Cell<T>
{
    public required T Head { get; init; }
}

/// <summary>A value of a computed row, and the chain of those behind it.</summary>
internal sealed record Cell<T, TRest>
{
    public required T Head { get; init; }

    public required TRest Tail { get; init; }
}

/// <summary>
/// <c>$apply</c> with <c>filter</c>, <c>groupby</c> and <c>aggregate</c>, one behind the other.
/// <c>groupby((County),aggregate($count as N))</c> becomes <c>rows.GroupBy(row =&gt; row.County).Select(group =&gt;
/// (group.Key, group.LongCount()))</c>.
/// </summary>
internal sealed class Grouping(Question question, Binder binder, Limits limits)
{
    private Binder binder = binder;

    private static readonly Type[] Ordered =
    [
        typeof(int),
        typeof(long),
        typeof(decimal),
        typeof(double),
        typeof(string),
        typeof(DateOnly),
        typeof(DateTimeOffset),
    ];

    /// <summary>A computed column.</summary>
    /// <param name="Path">Its alias, or the path that was grouped by.</param>
    /// <param name="Value">Of the row.</param>
    /// <param name="IsGroup">Whether it was grouped by.</param>
    /// <param name="OfNone">Its value if there are no rows at all: a count is 0, a sum is null.</param>
    private sealed record Made(string Path, Expression Value, bool IsGroup, object? OfNone = null);

    private ParameterExpression row = Expression.Parameter(question.Set.Listing.Row, "row");
    private List<Made>? columns;

    /// <summary>Whether there is one row in all, of sums: it was read, and is calculated on here.</summary>
    private bool isWhole;
    private bool isLeftOut;

    /// <summary>Reads a page of the rows that are made.</summary>
    internal async Task<Page> ReadAsync(Expression rows, Reader reader, KeyRing keys, int most)
    {
        binder.On(row, question.Set);
        foreach (var step in question.Transformations)
        {
            rows = Apply(rows, step);
            if (isWhole && columns!.Exists(c => c.Value is not ConstantExpression))
                await ReadWholeAsync(rows, reader);
        }

        if (question.Search is { } search)
            Keep(binder.Found(search.Expression, Searched()), ref rows);
        foreach (var (alias, value) in question.Computed)
            Add(alias, binder.Value(value));
        if (question.Afterwards is { } filter)
            Keep(binder.True(filter.Expression), ref rows);
        var shown = Shown();
        IReadOnlyList<Field> fields =
        [
            .. shown.Select((c, i) => new Field(JsonEncodedText.Encode(c.Path), i, ColumnOf(c), c.Value.Type)),
        ];
        var token = question.SkipToken is { } text ? SkipToken.Read(keys, question.Fingerprint, text, []) : null;
        var skip = token?.Skip ?? question.Skip;
        var left = token is null ? question.Top : token.Left;
        var wanted = (int)Math.Min(left ?? most, most);
        var array = Expression.NewArrayInit(
            typeof(object),
            shown.Select(c => Expression.Convert(c.Value, typeof(object)))
        );
        var sorted = Sorted(rows); // refuses an order that cannot be, of one row, too
        List<object?[]> found = [];
        if (!isWhole)
            await reader.FillAsync(
                found,
                reader.ProviderOf(question),
                Rows.Select(Rows.Take(Rows.Skip(sorted, (int)skip), wanted + 1), row, array)
            );
        else if (!isLeftOut && skip == 0 && wanted > 0)
            found.Add(Expression.Lambda<Func<object?[]>>(array).Compile()());
        SkipToken? next = null;
        if (found.Count > wanted)
        {
            found.RemoveRange(wanted, found.Count - wanted);
            if (wanted > 0 && (left is null || left > wanted))
                next = new([], left - wanted, skip + wanted);
        }

        return new(fields, found)
        {
            Next = next,
            Count =
                !question.Counts ? null
                : !isWhole ? await reader.ScalarAsync<long>(reader.ProviderOf(question), Rows.Count(rows))
                : isLeftOut ? 0
                : 1,
        };
    }

    /// <summary>
    /// The columns that are shown: all, or those that <c>$select</c> names, in the order in which they were made.
    /// </summary>
    private List<Made> Shown()
    {
        var items = question.SelectExpand?.SelectedItems.ToList() ?? [];
        if (items.Exists(i => i is not (PathSelectItem or WildcardSelectItem)))
            throw QueryException.NotImplemented("$apply 之后的 $expand");
        if (items.Count == 0 || items.Exists(i => i is WildcardSelectItem))
            return columns!;
        var chosen = items
            .OfType<PathSelectItem>()
            .Select(i => string.Join('/', i.SelectedPath.Select(s => s.Identifier)))
            .ToHashSet();
        return chosen.FirstOrDefault(c => !columns!.Exists(m => m.Path == c)) is { } unknown
            ? throw QueryException.Invalid($"$apply 的结果里没有 {unknown}。")
            : [.. columns!.Where(c => chosen.Contains(c.Path))];
    }

    /// <summary>What <c>$search</c> looks at: columns that were grouped by and are searched otherwise.</summary>
    private List<Expression> Searched()
    {
        List<Expression> texts =
        [
            .. columns!.Where(c => ColumnOf(c) is { } column && Binder.IsSearched(column)).Select(c => c.Value),
        ];
        return texts.Count > 0
            ? texts
            : throw QueryException.NotImplemented("$apply 的结果里的 $search：没有可以查找的列");
    }

    private Column? ColumnOf(Made made) => made.IsGroup ? question.Set.FindColumn(made.Path) : null;

    private Expression Apply(Expression rows, TransformationNode step)
    {
        switch (step)
        {
            case FilterTransformationNode filter:
                Keep(binder.True(filter.FilterClause.Expression), ref rows);
                return rows;
            case ComputeTransformationNode compute:
                foreach (var computed in compute.Expressions)
                    Add(computed.Alias, binder.Value(computed.Expression));
                return rows;
            case GroupByTransformationNode or AggregateTransformationNode when isWhole:
                throw QueryException.NotImplemented("$apply 中对总计的再次汇总");
            case GroupByTransformationNode { ChildTransformations: null } group:
                return Group(rows, Properties(group.GroupingProperties, ""), []);
            case GroupByTransformationNode { ChildTransformations: AggregateTransformationNode aggregate } group:
                return Group(rows, Properties(group.GroupingProperties, ""), aggregate.AggregateExpressions);
            case AggregateTransformationNode aggregate:
                return Group(rows, [], aggregate.AggregateExpressions);
            default:
                throw QueryException.NotImplemented("$apply 中的这一步");
        }
    }

    private void Keep(Expression condition, ref Expression rows)
    {
        if (!isWhole)
            rows = Rows.Where(rows, row, condition);
        else
            isLeftOut |= !Expression.Lambda<Func<bool>>(condition).Compile()();
    }

    /// <summary>Adds a computed column.</summary>
    private void Add(string alias, Expression value)
    {
        if (!Names.IsName(alias))
            throw QueryException.Invalid($"{alias} 不能作列名：须以字母开头，只有字母、数字和下划线。");
        if (columns!.Exists(c => c.Path.Split('/')[0] == alias))
            throw QueryException.Invalid($"$apply 的结果里有两个 {alias}。");
        columns.Add(
            new(
                alias,
                value is ConstantExpression { Value: null } ? Expression.Constant(null, typeof(string))
                    : isWhole ? Expression.Constant(Expression.Lambda(value).Compile().DynamicInvoke(), value.Type)
                    : value,
                IsGroup: false
            )
        );
        if (columns.Count > limits.Columns)
            throw QueryException.Limit($"$apply 最多得出 {limits.Columns} 列。");
        binder.On(columns.ToDictionary(c => c.Path, c => c.Value));
    }

    /// <summary>
    /// Reads the one row of sums. Without any row before it, it is there all the same, with its counts 0 and its sums
    /// null. What follows is calculated with its values, as in memory.
    /// </summary>
    private async Task ReadWholeAsync(Expression rows, Reader reader)
    {
        List<object?[]> found = [];
        var array = Expression.NewArrayInit(
            typeof(object),
            columns!.Select(c => Expression.Convert(c.Value, typeof(object)))
        );
        await reader.FillAsync(found, reader.ProviderOf(question), Rows.Select(Rows.Take(rows, 1), row, array));
        columns =
        [
            .. columns!.Select(
                (c, i) =>
                {
                    var value = found is [var one] ? one[i] : c.OfNone;
                    return c with
                    {
                        Value = Expression.Constant(
                            value,
                            value is null ? Literals.Nullable(c.Value.Type) : c.Value.Type
                        ),
                    };
                }
            ),
        ];
        binder = binder.ForMemory();
        binder.On(columns.ToDictionary(c => c.Path, c => c.Value));
    }

    private Expression Group(
        Expression rows,
        IEnumerable<(string Path, QueryNode Node)> by,
        IEnumerable<AggregateExpressionBase> aggregates
    )
    {
        List<(string Path, Expression Value)> groups =
        [
            .. by.DistinctBy(g => g.Path)
                .Select(g => (g.Path, Value: columns?.Find(c => c.Path == g.Path)?.Value ?? binder.Value(g.Node))),
        ];
        List<(AggregateExpression Asked, Expression? Value)> aggregated =
        [
            .. aggregates.Select(a =>
                a is not AggregateExpression one
                    ? throw QueryException.NotImplemented("$apply 中对关联的汇总")
                    : (one, one.Method == AggregationMethod.VirtualPropertyCount ? null : binder.Value(one.Expression))
            ),
        ];
        if (
            columns is null
            && groups.Count > 0
            && (
                groups.Exists(g => Subqueries.In(g.Value))
                || aggregated.Exists(a => a.Asked.Method == AggregationMethod.CountDistinct)
            )
        )
        {
            // rows.Select(row => (groups…, values…, key…)).Distinct() first. EF makes a subquery of it, in which what
            // comes from another table is read once a row, and not again in every group; the key keeps Distinct from
            // merging rows
            Expression[] needed =
            [
                .. groups.Select(g => g.Value),
                .. aggregated.Select(a => a.Value).OfType<Expression>(),
                .. question.Set.Listing.Key.Select(k => Expression.Property(row, k.Property)),
            ];
            rows = Rows.Distinct(Rows.Select(rows, row, Chain(needed)));
            row = Expression.Parameter(Rows.ItemOf(rows), "needed");
            var at = 0;
            groups = [.. groups.Select(g => (g.Path, Link(row, at++, needed.Length)))];
            aggregated =
            [
                .. aggregated.Select(a => (a.Asked, a.Value is null ? null : Link(row, at++, needed.Length))),
            ];
        }

        isWhole = groups.Count == 0;
        rows = Rows.GroupBy(rows, row, isWhole ? Expression.Constant(1) : Chain([.. groups.Select(g => g.Value)]));
        var group = Expression.Parameter(Rows.ItemOf(rows), "group");
        List<Made> made = [];
        for (var i = 0; i < groups.Count; i++)
            made.Add(
                new(
                    groups[i].Path,
                    Link(Expression.Property(group, nameof(IGrouping<,>.Key)), i, groups.Count),
                    IsGroup: true
                )
            );
        foreach (var (asked, value) in aggregated)
        {
            if (!Names.IsName(asked.Alias))
                throw QueryException.Invalid($"{asked.Alias} 不能作列名：须以字母开头，只有字母、数字和下划线。");
            // Maker/Name is an object Maker in the answer
            if (made.Exists(m => m.Path.Split('/')[0] == asked.Alias))
                throw QueryException.Invalid($"$apply 的结果里有两个 {asked.Alias}。");
            made.Add(Aggregate(asked, value, group));
        }

        if (made.Count > limits.Columns)
            throw QueryException.Limit($"$apply 最多得出 {limits.Columns} 列。");
        if (made.Count == 0)
            throw QueryException.Invalid("$apply 没有得出任何列。");
        rows = Rows.Select(rows, group, Chain([.. made.Select(m => m.Value)]));
        row = Expression.Parameter(Rows.ItemOf(rows), "made");
        columns = [.. made.Select((m, i) => m with { Value = Link(row, i, made.Count) })];
        binder.On(columns.ToDictionary(c => c.Path, c => c.Value));
        return rows;
    }

    private Made Aggregate(AggregateExpression asked, Expression? value, ParameterExpression group)
    {
        var method = asked.Method;
        if (value is null)
            return new(
                asked.Alias,
                Expression.Call(typeof(Enumerable), nameof(Enumerable.LongCount), [row.Type], group),
                IsGroup: false,
                0L
            );
        var plain = Literals.Plain(value.Type);
        switch (method)
        {
            case AggregationMethod.CountDistinct:
                Expression given = Comparison.CanBeNull(value)
                    ? Call(nameof(Enumerable.Where), group, Expression.Lambda(Comparison.IsNotNull(value), row))
                    : group;
                var distinct = Expression.Call(
                    typeof(Enumerable),
                    nameof(Enumerable.Distinct),
                    [value.Type],
                    Expression.Call(
                        typeof(Enumerable),
                        nameof(Enumerable.Select),
                        [row.Type, value.Type],
                        given,
                        Expression.Lambda(value, row)
                    )
                );
                return new(
                    asked.Alias,
                    Expression.Call(typeof(Enumerable), nameof(Enumerable.LongCount), [value.Type], distinct),
                    IsGroup: false,
                    0L
                );
            case AggregationMethod.Sum or AggregationMethod.Average when Comparison.IsNumber(plain):
                var wide =
                    plain == typeof(int)
                        ? Comparison.To(value, value.Type == plain ? typeof(long) : typeof(long?))
                        : value;
                var computed = Call(method.ToString(), group, Expression.Lambda(wide, row));
                return new(
                    asked.Alias,
                    method == AggregationMethod.Sum && Comparison.CanBeNull(wide)
                        ? NullOfNone(group, wide, computed)
                        : computed,
                    IsGroup: false
                );
            case AggregationMethod.Min or AggregationMethod.Max when Ordered.Contains(plain):
                return new(
                    asked.Alias,
                    Expression.Call(
                        typeof(Enumerable),
                        method.ToString(),
                        [row.Type, value.Type],
                        group,
                        Expression.Lambda(value, row)
                    ),
                    IsGroup: false
                );
            case AggregationMethod.Sum or AggregationMethod.Average or AggregationMethod.Min or AggregationMethod.Max:
                throw QueryException.Invalid(
                    $"{Comparison.Word(plain)}不能做 {method.ToString().ToLowerInvariant()} 汇总。"
                );
            default:
                throw QueryException.NotImplemented("$apply 中的这种汇总");
        }
    }

    /// <summary>
    /// The sum of no values is null, where LINQ gives 0: <c>group.Count(row =&gt; row.Value != null) == 0 ? null :
    /// group.Sum(row =&gt; row.Value)</c>.
    /// </summary>
    private Expression NullOfNone(ParameterExpression group, Expression value, Expression sum) =>
        Expression.Condition(
            Expression.Equal(
                Call(nameof(Enumerable.Count), group, Expression.Lambda(Comparison.IsNotNull(value), row)),
                Expression.Constant(0)
            ),
            Expression.Constant(null, Literals.Nullable(sum.Type)),
            Comparison.To(sum, Literals.Nullable(sum.Type))
        );

    private MethodCallExpression Call(string method, Expression group, LambdaExpression of) =>
        Expression.Call(typeof(Enumerable), method, [row.Type], group, of);

    /// <summary>Sorts by what was asked for, then by all columns, so that pages do not overlap.</summary>
    private Expression Sorted(Expression rows)
    {
        List<Term> terms = [];
        for (var clause = question.OrderBy; clause is not null; clause = clause.ThenBy)
        {
            if (terms.Count == limits.Orders)
                throw QueryException.Limit($"$orderby 最多 {limits.Orders} 项。");
            By(binder.Value(clause.Expression), clause.Direction == OrderByDirection.Descending);
        }

        foreach (var column in columns!)
            By(column.Value, descending: false);
        return isWhole ? rows : new Ranges(terms, nullsFirst: binder.InMemory).Ordered(rows, row, terms);

        void By(Expression value, bool descending)
        {
            var key = binder.InMemory && value.Type.IsEnum ? Comparison.Ordered(value) : value;
            if (value is not ConstantExpression && !terms.Exists(t => t.Key.ToString() == key.ToString()))
                terms.Add(new(key, descending, Comparison.CanBeNull(value), 0));
        }
    }

    private static IEnumerable<(string Path, QueryNode Node)> Properties(
        IEnumerable<GroupByPropertyNode> nodes,
        string before
    ) =>
        nodes.SelectMany(n =>
            n.Expression is { } value
                ? [($"{before}{n.Name}", value)]
                : Properties(n.ChildTransformations, $"{before}{n.Name}/")
        );

    /// <summary>
    /// Values as a chain of cells: (a, b, c) becomes <c>{ Head = a, Tail = { Head = b, Tail = { Head = c } } }</c>.
    /// </summary>
    private static Expression Chain(ReadOnlySpan<Expression> values)
    {
        if (values.Length == 0)
            throw QueryException.Invalid("$apply 没有得出任何列。");
        var type = values.Length == 1 ? typeof(Cell<>).MakeGenericType(values[0].Type) : null;
        if (type is not null)
            return Expression.MemberInit(
                Expression.New(type),
                Expression.Bind(type.GetProperty(nameof(Cell<>.Head))!, values[0])
            );
        var rest = Chain(values[1..]);
        var both = typeof(Cell<,>).MakeGenericType(values[0].Type, rest.Type);
        return Expression.MemberInit(
            Expression.New(both),
            Expression.Bind(both.GetProperty(nameof(Cell<,>.Head))!, values[0]),
            Expression.Bind(both.GetProperty(nameof(Cell<,>.Tail))!, rest)
        );
    }

    /// <summary>A value of a chain by its index: 2 of three becomes <c>chain.Tail.Tail.Head</c>.</summary>
    private static Expression Link(Expression chain, int index, int count)
    {
        for (var i = 0; i < index; i++)
            chain = Expression.Property(chain, nameof(Cell<,>.Tail));
        return count > 0 ? Expression.Property(chain, nameof(Cell<>.Head)) : chain;
    }

    /// <summary>Finds out whether a value is read from another table.</summary>
    private sealed class Subqueries : ExpressionVisitor
    {
        private bool found;

        internal static bool In(Expression value)
        {
            var looking = new Subqueries();
            looking.Visit(value);
            return looking.found;
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            found |= node.Method.DeclaringType == typeof(Queryable);
            return base.VisitMethodCall(node);
        }
    }
}
