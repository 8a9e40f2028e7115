namespace EduAssist.OData;

/// <summary>Rows that were read.</summary>
/// <param name="Fields">
/// What is shown of them, by the names of the listing or, of computed rows, by paths with slashes.
/// </param>
/// <param name="Rows">Each with its cells.</param>
internal sealed record Page(IReadOnlyList<Field> Fields, IReadOnlyList<object?[]> Rows)
{
    /// <summary>Of the rows of a set; null: they are computed.</summary>
    internal Shape? Shape { get; init; }

    /// <summary>How many rows there are in all, where it was asked.</summary>
    internal long? Count { get; init; }

    /// <summary>Where the next page begins; null: this is the last.</summary>
    internal SkipToken? Next { get; init; }

    /// <summary>Where <see cref="Question.Hidden"/> stands.</summary>
    internal int Hidden { get; init; } = -1;
}
