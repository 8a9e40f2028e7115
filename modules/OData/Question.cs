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
            .TakeWhile(t => t is FilterTransformationNode)
            .Cast<FilterTransformationNode>()
            .Select(t => t.FilterClause)
            .ToList();
        var making = transformations.Skip(leading.Count).ToList();
        return new(target.Set)
        {
            Within = target.Within,
            Filters = [.. leading, .. making.Count == 0 && asked.Filter is { } filter ? [filter] : (FilterClause[])[]],
            OrderBy = asked.OrderBy,
            SelectExpand = asked.SelectExpand,
            Transformations = making,
            Top = options.Number(Options.Top),
            Skip = options.Number(Options.Skip) ?? 0,
            Counts = options.Counts,
            Names = new() { Aliases = asked.Aliases, Lists = asked.Lists },
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
            Names = names,
            Hidden = expansion.Link.TargetColumn,
        };
}

/// <summary>What a condition names and the query says elsewhere: parameters, and the texts of lists.</summary>
internal sealed record Names
{
    internal IDictionary<string, SingleValueNode> Aliases { get; init; } = new Dictionary<string, SingleValueNode>();

    internal InLists Lists { get; init; } = new();
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
