namespace EduAssist.Data.Privacy;

/// <summary>How many characters of a text are shown at its beginning and at its end, and stars between them.</summary>
internal sealed record PersonalMask(int Head, int Tail)
{
    /// <summary>The text is shown as it is.</summary>
    internal static PersonalMask None { get; } = new(int.MaxValue, int.MaxValue);

    /// <summary>
    /// Nothing but stars: of what is computed of a number nobody knows which of its characters stand where.
    /// </summary>
    internal static PersonalMask Whole { get; } = new(0, 0);

    /// <summary>How a listing shows what a column holds; null: no listing may.</summary>
    internal static PersonalMask? For(PersonalKind? kind) =>
        kind switch
        {
            PersonalKind.Number => new(4, 2),
            PersonalKind.Phone => new(3, 2),
            PersonalKind.Address => new(3, 0),
            PersonalKind.Index or PersonalKind.Form or PersonalKind.Document => null,
            _ => None,
        };

    /// <summary>What both of two leave to be seen.</summary>
    internal PersonalMask And(PersonalMask other) => new(Math.Min(Head, other.Head), Math.Min(Tail, other.Tail));
}
