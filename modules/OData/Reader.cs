using System.Linq.Expressions;
using EduAssist.Data;
using EduAssist.Office.Listings;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.OData.UriParser;

namespace EduAssist.OData;

/// <summary>Reads pages of listings, for one request.</summary>
/// <param name="model">What there is.</param>
/// <param name="source">The database as the reader may see it.</param>
/// <param name="keys">Sign skip tokens.</param>
/// <param name="limits">Of one request.</param>
/// <param name="over">Ends it.</param>
internal sealed class Reader(Model model, ListingSource source, KeyRing keys, Limits limits, CancellationToken over)
{
    private int expanded;

    /// <summary>Follows a path.</summary>
    internal async Task<Target> FollowAsync(ODataPath path)
    {
        var target = path.FirstSegment is EntitySetSegment first
            ? new Target(model.FindSet(first.EntitySet), [])
            : throw QueryException.NotImplemented("这个地址");
        foreach (var segment in path.Skip(1))
        {
            target = segment switch
            {
                KeySegment key => target with
                {
                    Within = [.. target.Within, .. key.Keys.Select(k => Key(target.Set, k.Key, k.Value))],
                    IsOne = true,
                    IsKeyed = true,
                },
                NavigationPropertySegment navigation => await FollowAsync(target, navigation.NavigationProperty.Name),
                CountSegment when !target.IsOne => target with { IsCount = true },
                PropertySegment property when target.IsOne => target with { Property = property.Property.Name },
                ValueSegment when target.Property is not null => target with { IsValue = true },
                _ => throw QueryException.NotImplemented("这个地址"),
            };
        }

        return target;
    }

    /// <summary>Reads a page.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="most">How many rows a page has at most.</param>
    internal async Task<Page> ReadAsync(Question question, int most)
    {
        var set = question.Set;
        var rows = set.Listing.Rows(source);
        if (question.Transformations.Count > 0)
            return await new Grouping(question, Binder(question, rows), limits).ReadAsync(
                Filtered(question, rows),
                this,
                keys,
                most
            );
        var row = Expression.Parameter(set.Listing.Row, "row");
        var binder = Binder(question, rows);
        var filtered = Filtered(question, rows);
        var cells = new Cells();
        var shape = Shape.Create(question, row, binder, cells);
        var hidden = question.Hidden is { } column
            ? cells.IndexOf(Expression.Property(row, set.Column(column).Property))
            : -1;
        var terms = Order.Create(question.OrderBy, row, set, binder, cells, limits);
        shape = shape.In(cells);
        var token = question.SkipToken is { } text
            ? SkipToken.Read(keys, question.Fingerprint, text, terms.Select(t => t.Key.Type))
            : null;
        var ranges = new Ranges(
            terms,
            nullsFirst: EngineOf(rows) != Engine.PostgreSql,
            comparesRows: EngineOf(rows) != Engine.Memory
        );
        var left = token is null ? question.Top : token.Left;
        var wanted = (int)Math.Min(left ?? most, most);
        // one row more than wanted tells whether there is a next page
        var look = left is null || left > wanted ? wanted + 1 : wanted;
        List<object?[]> found = [];
        foreach (var stretch in token is null ? ranges.All(whole: question.Skip > 0) : ranges.After(token.Last))
        {
            if (found.Count >= look)
                break;
            var part = stretch.Condition is { } condition ? Rows.Where(filtered, row, condition) : filtered;
            part = ranges.Ordered(part, row, stretch.Terms);
            if (token is null && question.Skip > 0)
                part = Rows.Skip(part, (int)question.Skip);
            await FillAsync(found, rows.Provider, Rows.Select(Rows.Take(part, look - found.Count), row, cells.Array));
        }

        SkipToken? next = null;
        if (found.Count > wanted)
        {
            found.RemoveRange(wanted, found.Count - wanted);
            if (wanted > 0)
                next = new([.. terms.Select(t => found[^1][t.Index])], left - wanted);
        }

        await ExpandAsync(shape, found, question.Names);
        return new(shape.Fields, found)
        {
            Shape = shape,
            Count = question.Counts ? await CountAsync(question) : null,
            Next = next,
            Hidden = hidden,
        };
    }

    /// <summary>How many rows there are.</summary>
    internal async Task<long> CountAsync(Question question)
    {
        var rows = question.Set.Listing.Rows(source);
        return await ScalarAsync<long>(rows.Provider, Rows.Count(Filtered(question, rows)));
    }

    internal async Task<T> ScalarAsync<T>(IQueryProvider provider, Expression value) =>
        provider is IAsyncQueryProvider asking
            ? await asking.ExecuteAsync<Task<T>>(value, over)
            : provider.Execute<T>(value);

    /// <summary>Runs a query whose rows are arrays.</summary>
    internal async Task FillAsync(List<object?[]> found, IQueryProvider provider, Expression query)
    {
        var rows = provider.CreateQuery<object?[]>(query);
        if (rows is IAsyncEnumerable<object?[]> streamed)
            await foreach (var one in streamed.WithCancellation(over))
                found.Add(one);
        else
            found.AddRange(rows);
    }

    internal IQueryProvider ProviderOf(Question question) => question.Set.Listing.Rows(source).Provider;

    private Engine EngineOf(IQueryable rows) =>
        rows.Provider is not IAsyncQueryProvider ? Engine.Memory
        : source.Db.Kind == DatabaseKind.Sqlite ? Engine.Sqlite
        : Engine.PostgreSql;

    private Binder Binder(Question question, IQueryable rows) =>
        new(model, source, EngineOf(rows), limits) { Names = question.Names };

    private Expression Filtered(Question question, IQueryable rows)
    {
        var row = Expression.Parameter(question.Set.Listing.Row, "row");
        var binder = Binder(question, rows);
        var filtered = question.Within.Aggregate(rows.Expression, (all, within) => Rows.Where(all, row, within(row)));
        if (question.Search is { } search && question.Transformations.Count == 0)
            filtered = Rows.Where(filtered, row, binder.Found(search, row, question.Set));
        return question.Filters.Aggregate(filtered, (all, filter) =>
            Rows.Where(all, row, binder.On(row, question.Set, filter.RangeVariable.Name).True(filter.Expression))
        );
    }

    private Func<ParameterExpression, Expression> Key(Set set, string name, object value)
    {
        var column = set.Column(name);
        var plain = Literals.Convert(value, null, model) ?? throw QueryException.Invalid("键不能为空。");
        return row =>
            Comparison.Equal(
                Expression.Property(row, column.Property),
                Literals.Parameter(Literals.Convert(plain, Literals.Plain(column.Type)), Literals.Plain(column.Type))
            );
    }

    private async Task<Target> FollowAsync(Target from, string name)
    {
        var (link, target) = from.Set.Links[name];
        var rows = from.Set.Listing.Rows(source);
        var row = Expression.Parameter(from.Set.Listing.Row, "row");
        List<object?[]> found = [];
        await FillAsync(
            found,
            rows.Provider,
            Rows.Select(
                Rows.Take(
                    from.Within.Aggregate(rows.Expression, (all, within) => Rows.Where(all, row, within(row))),
                    1
                ),
                row,
                Expression.NewArrayInit(
                    typeof(object),
                    Expression.Convert(Expression.Property(row, link.Column), typeof(object))
                )
            )
        );
        if (found.Count == 0)
            throw QueryException.Missing($"{from.Set.Name} 里没有这一行。");
        return new(target, [Linked(target, link, found[0][0])]) { IsOne = !link.IsMany };
    }

    /// <summary>The rows behind a link of one row.</summary>
    private static Func<ParameterExpression, Expression> Linked(Set target, ListingLink link, object? key)
    {
        if (key is null)
            return _ => Expression.Constant(false);
        var column = target.Column(link.TargetColumn);
        return row =>
            Comparison.Equal(
                Expression.Property(row, column.Property),
                Literals.Parameter(key, Literals.Plain(column.Type))
            );
    }

    /// <summary>
    /// Reads the rows behind expanded links: one query for all rows of the page (<c>Id in (…)</c>); or one for each row
    /// where <c>$top</c>, <c>$skip</c> or <c>$count</c> of the link counts anew for each.
    /// </summary>
    private async Task ExpandAsync(Shape shape, List<object?[]> rows, Names names)
    {
        if (shape.Expansions.Count == 0)
            return;
        for (var i = 0; i < rows.Count; i++)
        {
            var wide = new object?[shape.Width];
            rows[i].CopyTo(wide, 0);
            rows[i] = wide;
        }

        foreach (var expansion in shape.Expansions)
        {
            if (
                expansion.Link.IsMany
                && expansion.Asked is { TopOption: not null } or { SkipOption: not null } or { CountOption: true }
            )
                foreach (var row in rows)
                    row[expansion.Index] = await FewAsync(expansion, row[expansion.KeyIndex], names);
            else
                await AllAsync(expansion, rows, names);
        }
    }

    private async Task<Page> FewAsync(Expansion expansion, object? key, Names names) =>
        await WithinAsync(Question.Create(expansion, Linked(expansion.Target, expansion.Link, key), names));

    private async Task AllAsync(Expansion expansion, List<object?[]> rows, Names names)
    {
        var column = expansion.Target.Column(expansion.Link.TargetColumn);
        var wanted = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(column.Type))!;
        foreach (var key in rows.Select(r => r[expansion.KeyIndex]).OfType<object>().Distinct())
            wanted.Add(key);
        var page =
            wanted.Count == 0
                ? null
                : await WithinAsync(
                    Question.Create(
                        expansion,
                        row =>
                            Expression.Call(
                                typeof(Enumerable),
                                nameof(Enumerable.Contains),
                                [column.Type],
                                Literals.Parameter(wanted, wanted.GetType()),
                                Expression.Property(row, column.Property)
                            ),
                        names
                    )
                );
        var byKey = page?.Rows.GroupBy(r => r[page.Hidden]!).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var row in rows)
        {
            var behind =
                row[expansion.KeyIndex] is { } key && byKey?.TryGetValue(key, out var some) == true ? some : [];
            row[expansion.Index] = page is null ? null : page with { Rows = behind };
        }
    }

    private async Task<Page> WithinAsync(Question question)
    {
        var page = await ReadAsync(question, limits.ExpandedRows - expanded + 1);
        expanded += page.Rows.Count + 1;
        return page.Next is null && expanded <= limits.ExpandedRows
            ? page
            : throw QueryException.Limit(
                $"$expand 带出的行太多：一页最多 {limits.ExpandedRows} 行。请用更小的 $top，或者直接读取 {question.Set.Name}。"
            );
    }
}
