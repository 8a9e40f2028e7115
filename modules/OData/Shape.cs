using System.Linq.Expressions;
using System.Text.Json;
using EduAssist.Office.Listings;
using Microsoft.OData.UriParser;

namespace EduAssist.OData;

/// <summary>A value of a row in the answer.</summary>
/// <param name="Name">In JSON.</param>
/// <param name="Index">Where it stands in a row that is read.</param>
/// <param name="Column">Of the listing; null: computed.</param>
/// <param name="Type">Of the value.</param>
internal sealed record Field(JsonEncodedText Name, int Index, Column? Column, Type Type);

/// <summary>A link whose rows are to be shown with each row.</summary>
internal sealed record Expansion(
    ListingLink Link,
    Set Target,
    ExpandedNavigationSelectItem Asked,
    int KeyIndex,
    int Index
);

/// <summary>What is shown of the rows of a set: columns, in the order of the listing, and expanded links.</summary>
internal sealed record Shape(
    Set Set,
    IReadOnlyList<Field> Fields,
    IReadOnlyList<Expansion> Expansions,
    IReadOnlyList<int> KeyIndexes,
    string Context
)
{
    /// <summary>Whether whoever reads a row finds its address in it.</summary>
    internal bool ShowsKey { get; } = Set.Listing.Key.All(k => Fields.Any(f => f.Column == k));

    /// <summary>How many cells a row has: those that are read, then one for each expanded link.</summary>
    internal int Width { get; private init; }

    /// <summary>Links of which only the number of rows is shown: by name, where it stands in a row.</summary>
    internal IReadOnlyList<(string Link, int Index)> Counted { get; private init; } = [];

    internal static Shape Create(Question question, ParameterExpression row, Binder binder, Cells cells)
    {
        var (clause, set) = (question.SelectExpand, question.Set);
        binder.On(row, set);
        var items = clause?.SelectedItems.ToList() ?? [];
        var chosen = items
            .OfType<PathSelectItem>()
            .Where(p => p.SelectedPath.FirstSegment is not NavigationPropertySegment)
            .Select(Chosen)
            .ToHashSet();
        var links = items
            .OfType<PathSelectItem>()
            .Where(p => p.SelectedPath.FirstSegment is NavigationPropertySegment)
            .Select(p => p.SelectedPath.FirstSegment.Identifier)
            .ToHashSet();
        var all =
            clause is null
            || clause.AllSelected
            || items.Exists(i => i is WildcardSelectItem)
            || (chosen.Count == 0 && links.Count == 0);
        if (
            items.Find(i =>
                i
                    is not (
                        PathSelectItem
                        or WildcardSelectItem
                        or ExpandedNavigationSelectItem
                        or ExpandedCountSelectItem
                    )
            ) is
            { } other
        )
            throw QueryException.NotImplemented(
                other is ExpandedReferenceSelectItem ? "$expand 中的 $ref" : "$select 或 $expand 中的这一项"
            );
        Field[] fields =
        [
            .. set
                .Listing.Columns.Where(c => all || chosen.Contains(c.Name))
                .Select(c => new Field(
                    JsonEncodedText.Encode(c.Name),
                    cells.IndexOf(Expression.Property(row, c.Property)),
                    c,
                    c.Type
                )),
            .. question
                .Computed.Where(c => all || chosen.Contains(c.Alias))
                .Select(c => Computed(c.Alias, binder.Value(c.Value), cells)),
        ];
        if (
            fields
                .Select(f => f.Name.Value)
                .Concat(set.Links.Keys)
                .GroupBy(n => n)
                .FirstOrDefault(g => g.Count() > 1) is
            { } named
        )
            throw QueryException.Invalid($"结果里有两个 {named.Key}。");
        List<(string, int)> counted =
        [
            .. items
                .OfType<ExpandedCountSelectItem>()
                .Select(i =>
                    (
                        Link: i.PathToNavigationProperty.LastSegment.Identifier,
                        cells.IndexOf(
                            binder.Counted(
                                row,
                                set,
                                i.PathToNavigationProperty.LastSegment.Identifier,
                                i.SearchOption is null
                                    ? i.FilterOption
                                    : throw QueryException.NotImplemented("$expand 的 $count 中的 $search")
                            )
                        )
                    )
                ),
        ];
        var expanded = items
            .OfType<ExpandedNavigationSelectItem>()
            .Select(item =>
            {
                if (item.PathToNavigationProperty.Count != 1)
                    throw QueryException.NotImplemented("经类型转换的 $expand");
                if (item.LevelsOption is not null || item.ApplyOption is not null)
                    throw QueryException.NotImplemented("$expand 中的 $levels、$apply");
                var (link, target) = set.Links[item.PathToNavigationProperty.FirstSegment.Identifier];
                return (
                    link,
                    target,
                    item,
                    Key: cells.IndexOf(Expression.Property(row, set.Column(link.Column).Property))
                );
            })
            .ToList();
        // the parser joins Maker and Maker, but not Maker and maker
        if (expanded.GroupBy(e => e.link).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw QueryException.Invalid($"$expand 里有两个 {twice.Key.Name}。");
        int[] keys = [.. set.Listing.Key.Select(k => cells.IndexOf(Expression.Property(row, k.Property)))];
        return new(
            set,
            fields,
            [.. expanded.Select((e, i) => new Expansion(e.link, e.target, e.item, e.Key, i))],
            keys,
            ContextOf(clause, all, [.. fields.Select(f => f.Name.Value), .. links])
        )
        {
            Counted = counted,
        };
    }

    private static Field Computed(string alias, Expression value, Cells cells) =>
        new(
            JsonEncodedText.Encode(alias),
            cells.IndexOf(
                value is ConstantExpression { Value: null } ? Expression.Constant(null, typeof(string)) : value
            ),
            null,
            value.Type
        );

    /// <summary>The shape when all that is read of a row is known.</summary>
    internal Shape In(Cells cells) =>
        this with
        {
            Width = cells.Count + Expansions.Count,
            Expansions = [.. Expansions.Select((e, i) => e with { Index = cells.Count + i })],
        };

    private static string Chosen(PathSelectItem item) =>
        item.SelectedPath.Count == 1
            ? item.SelectedPath.FirstSegment.Identifier
            : throw QueryException.NotImplemented("$select 中的路径");

    /// <summary>
    /// The select list of the context URL, <c>#Students(Id,Name)</c>; nothing where everything is shown.
    /// </summary>
    private static string ContextOf(SelectExpandClause? clause, bool all, IReadOnlyList<string> chosen)
    {
        var expanded = clause
            ?.SelectedItems.OfType<ExpandedNavigationSelectItem>()
            .Select(e =>
            {
                var inner = ContextOf(
                    e.SelectAndExpand,
                    e.SelectAndExpand?.AllSelected != false,
                    Names(e.SelectAndExpand)
                );
                return $"{e.PathToNavigationProperty.FirstSegment.Identifier}{(inner.Length > 0 ? inner : "()")}";
            })
            .ToList()
            ?? [];
        return all && expanded.Count == 0 ? "" : $"({string.Join(',', [.. all ? (string[])[] : chosen, .. expanded])})";
    }

    private static List<string> Names(SelectExpandClause? clause) =>
        clause?.SelectedItems.OfType<PathSelectItem>().Select(p => p.SelectedPath.FirstSegment.Identifier).ToList()
        ?? [];
}
