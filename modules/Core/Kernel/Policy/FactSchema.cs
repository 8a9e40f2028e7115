using System.Numerics;
using System.Text;
using System.Text.Json;

namespace EduAssist.Kernel.Policy;

/// <summary>The type of a fact.</summary>
public enum FactKind
{
    /// <summary>是 or 否: a boolean in JSON.</summary>
    YesNo,

    /// <summary>A whole number within its limits.</summary>
    Number,

    /// <summary>A day, <c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary>One of a closed list of names.</summary>
    OneOf,

    /// <summary>
    /// A county's division code of GB/T 2260, six digits, or a township's, nine: a string in JSON, a number is taken
    /// too.
    /// </summary>
    Division,
}

/// <summary>One value that a <see cref="FactKind.OneOf"/> may have.</summary>
/// <param name="Name">As in JSON.</param>
/// <param name="Title">In Chinese.</param>
public sealed record FactChoice(string Name, string Title)
{
    internal JsonEncodedText JsonName { get; } = JsonEncodedText.Encode(Name);
}

/// <summary>What is asked about a subject: one column of a roster, one member of the facts in JSON.</summary>
/// <param name="Name">camelCase, unique in its programme.</param>
/// <param name="Title">In Chinese, unique in its programme.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Min">The smallest possible number or day number; 0 for other kinds.</param>
/// <param name="Max">The largest possible number or day number; of a list of choices, its length less one.</param>
/// <param name="Choices">Of a <see cref="FactKind.OneOf"/>, else empty.</param>
public sealed record FactField(
    string Name, string Title, FactKind Kind, long Min, long Max, IReadOnlyList<FactChoice> Choices)
{
    /// <summary>A day that cannot come after the day of the assessment: a birth, a leaving.</summary>
    public bool IsPast { get; init; }

    /// <summary>A number that is a grade: its words are read, too, 九年级 and 初三.</summary>
    public bool IsGrade { get; init; }

    /// <summary>It says that something is done: while it is not, it is the same as unknown.</summary>
    public bool IsDone { get; init; }

    internal JsonEncodedText JsonName { get; } = JsonEncodedText.Encode(Name);
}

/// <summary>The facts of a programme in the order of their declaration: the n-th is column n and bit n.</summary>
public sealed class FactSchema
{
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);

    internal FactSchema(IReadOnlyList<FactField> fields)
    {
        Fields = fields;
        JsonMembers = [.. fields.Select(f => Encoding.UTF8.GetBytes($"\"{f.JsonName}\":"))];
        for (var i = 0; i < fields.Count; i++)
        {
            columns.TryAdd(fields[i].Name, i);
            columns.TryAdd(fields[i].Title, i);
            if (fields[i].IsPast) Past |= 1UL << i;
            if (fields[i] is { Kind: FactKind.YesNo or FactKind.OneOf, IsDone: false }) Closed |= 1UL << i;
        }
    }

    /// <summary>The days that cannot come after the day of the assessment, bit n for the n-th.</summary>
    internal ulong Past { get; }

    /// <summary>
    /// The facts whose values can all be tried, bit n for the n-th. One that says done has only one: not done settles
    /// nothing.
    /// </summary>
    internal ulong Closed { get; }

    /// <summary>The facts, in the order of their declaration.</summary>
    public IReadOnlyList<FactField> Fields { get; }

    /// <summary>The names as they begin the members of compact JSON: <c>"grade":</c>.</summary>
    internal byte[][] JsonMembers { get; }

    /// <summary>The column of a fact by its name or its Chinese title; -1 where there is none.</summary>
    public int ColumnOf(string nameOrTitle) => columns.GetValueOrDefault(nameOrTitle, -1);

    /// <summary>The Chinese title of a fact.</summary>
    /// <exception cref="ArgumentException">There is no fact of that name.</exception>
    public string TitleOf(string name) =>
        Fields.FirstOrDefault(f => f.Name == name)?.Title ?? throw new ArgumentException($"没有事实 {name}。", nameof(name));

    /// <summary>The names of a set of facts.</summary>
    /// <param name="facts">Bit n for the n-th fact.</param>
    public IReadOnlyList<string> Names(ulong facts)
    {
        var names = new string[BitOperations.PopCount(facts)];
        for (var i = 0; i < names.Length; i++, facts &= facts - 1)
            names[i] = Fields[BitOperations.TrailingZeroCount(facts)].Name;
        return names;
    }
}
