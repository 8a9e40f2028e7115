using System.Linq.Expressions;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace EduAssist.OData;

/// <summary>
/// What is asked of a set: of the whole, of what a path leads to, or of the rows behind an expanded link.
/// </summary>
internal sealed record Question(Set Set)
{
    /// <summary>What a path or a link restricts it to.</summary>
    internal IReadOnlyList<Func<ParameterExpression, Expression>> Within { get; init; } = [];

    internal IReadOnlyList<FilterClause> Filters { get; init; } = [];

    internal OrderByClause? OrderBy { get; init; }

    internal SelectExpandClause? SelectExpand { get; init; }

    /// <summary>Transformations that make other rows of the set's.</summary>
    internal IReadOnlyList<TransformationNode> Transformations { get; init; } = [];

    internal long? Top { get; init; }

    internal long Skip { get; init; }

    internal bool Counts { get; init; }

    internal SearchClause? Search { get; init; }

    /// <summary>Columns that the query computes for each row in the end, to be shown after all others.</summary>
    internal IReadOnlyList<(string Alias, SingleValueNode Value)> Computed { get; init; } = [];

    /// <summary>The condition that stands beside <c>$apply</c>: of the rows that it makes.</summary>
    internal FilterClause? Afterwards { get; init; }

    /// <summary>What conditions name and the query says elsewhere.</summary>
    internal Names Names { get; init; } = new();

    /// <summary>The column of an expanded link, to be read whether it is shown or not.</summary>
    internal string? Hidden { get; init; }

    /// <summary>Where the page before it ended, as it came; null: it is the first.</summary>
    internal string? SkipToken { get; init; }

    /// <summary>What a skip token belongs to.</summary>
    internal string Fingerprint { get; init; } = "";

    internal static Question Create(Target target, Asked asked, Options options)
    {
        var transformations = asked.Apply?.Transformations.ToList() ?? [];
        var leading = transformations
            .TakeWhile(t => t is FilterTransformationNode or ComputeTransformationNode)
            .ToList();
        var making = transformations.Skip(leading.Count).ToList();
        var filters = leading.OfType<FilterTransformationNode>().Select(t => t.FilterClause);
        List<(string Alias, SingleValueNode Value)> before =

            [
                .. leading
                    .OfType<ComputeTransformationNode>()
                    .SelectMany(t => t.Expressions)
                    .Select(c => (c.Alias, (SingleValueNode)c.Expression)),
            ],
            beside = ComputedBy(asked.Compute);
        return new(target.Set)
        {
            Within = target.Within,
            Filters = [.. filters, .. making.Count == 0 && asked.Filter is { } filter ? [filter] : (FilterClause[])[]],
            Afterwards = making.Count == 0 ? null : asked.Filter,
            Search = asked.Search,
            Computed = making.Count == 0 ? [.. before, .. beside] : beside,
            OrderBy = asked.OrderBy,
            SelectExpand = asked.SelectExpand,
            Transformations = making,
            Top = options.Number(Options.Top),
            Skip = options.Number(Options.Skip) ?? 0,
            Counts = options.Counts,
            Names = new Names { Aliases = asked.Aliases, Lists = asked.Lists }.With([.. before, .. beside]),
            SkipToken = options[Options.SkipToken],
            Fingerprint = options.Fingerprint,
        };
    }

    internal static Question Create(Expansion expansion, Func<ParameterExpression, Expression> within, Names names) =>
        new(expansion.Target)
        {
            Within = [within],
            Filters = expansion.Asked.FilterOption is { } filter ? [filter] : [],
            OrderBy = expansion.Asked.OrderByOption,
            SelectExpand = expansion.Asked.SelectAndExpand,
            Top = expansion.Asked.TopOption,
            Skip = expansion.Asked.SkipOption ?? 0,
            Counts = expansion.Asked.CountOption == true,
            Search = expansion.Asked.SearchOption,
            Computed = ComputedBy(expansion.Asked.ComputeOption),
            Names = names.With(ComputedBy(expansion.Asked.ComputeOption)),
            Hidden = expansion.Link.TargetColumn,
        };

    private static List<(string Alias, SingleValueNode Value)> ComputedBy(ComputeClause? clause) =>
        [.. (clause?.ComputedItems ?? []).Select(c => (c.Alias, (SingleValueNode)c.Expression))];
}

/// <summary>What a condition names and the query says elsewhere: parameters, and the texts of lists.</summary>
internal sealed record Names
{
    internal IDictionary<string, SingleValueNode> Aliases { get; init; } = new Dictionary<string, SingleValueNode>();

    internal InLists Lists { get; init; } = new();

    /// <summary>What the rows at hand are given beside their columns: by alias, what it is made of.</summary>
    internal IReadOnlyDictionary<string, SingleValueNode> Computed { get; private init; } =
        new Dictionary<string, SingleValueNode>();

    /// <summary>Whether it can be the name of a column: nothing that annotations are called.</summary>
    internal static bool IsName(string alias) =>
        alias.Length <= 100
        && (char.IsLetter(alias[0]) || alias[0] == '_')
        && alias.All(c => char.IsLetterOrDigit(c) || c == '_');

    /// <summary>The names among rows of another kind, with what is computed for those.</summary>
    internal Names With(IReadOnlyList<(string Alias, SingleValueNode Value)> computed) =>
        this with
        {
            Computed =
                computed.FirstOrDefault(c => !IsName(c.Alias)) is { Alias: { } strange }
                    ? throw QueryException.Invalid($"{strange} 不能作列名：须以字母开头，只有字母、数字和下划线。")
                : computed.GroupBy(c => c.Alias).FirstOrDefault(g => g.Count() > 1) is { } twice
                    ? throw QueryException.Invalid($"$compute 里有两个 {twice.Key}。")
                : computed.ToDictionary(c => c.Alias, c => c.Value),
        };
}

/// <summary>What a path leads to.</summary>
internal sealed record Target(Set Set, IReadOnlyList<Func<ParameterExpression, Expression>> Within)
{
    /// <summary>Whether it is one row.</summary>
    internal bool IsOne { get; init; }

    /// <summary>Whether it was found by its key, so that there is none is an error; behind a link it is not.</summary>
    internal bool IsKeyed { get; init; }

    /// <summary>Whether only the number of rows is asked for.</summary>
    internal bool IsCount { get; init; }

    /// <summary>The one column that is asked for; null: the row.</summary>
    internal string? Property { get; init; }

    /// <summary>Whether the bare value of the column is asked for.</summary>
    internal bool IsValue { get; init; }
}
