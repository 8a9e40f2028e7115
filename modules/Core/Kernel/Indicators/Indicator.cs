using System.Runtime.CompilerServices;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Kernel.Indicators;

/// <summary>How a document words a target: 不少于一半、一半以上 and 超过一半 are not the same.</summary>
public enum Comparison
{
    /// <summary>不少于、以上、达到: the target itself will do.</summary>
    AtLeast,

    /// <summary>超过: the target itself will not do.</summary>
    MoreThan,
}

/// <summary>A ratio that a document asks for (指标), with the target that it prints, if any.</summary>
/// <param name="Id"><c>module.indicator</c>: <c>national.practice-share</c>.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="Provisions">The ids of the provisions that it rests on; at least one.</param>
/// <param name="Source">Left to the compiler.</param>
public sealed record Indicator(
    string Id, string Title, IReadOnlyList<string> Provisions, [CallerFilePath] string Source = "")
{
    /// <summary>The ids of the interpretations that it rests on.</summary>
    public IReadOnlyList<string> Interpretations { get; init; } = [];

    /// <summary>
    /// In the unit of the ratio: 0.5 of a share, 12 000 of yuan per student. Null: the document prints none.
    /// </summary>
    public decimal? Target { get; init; }

    /// <summary>Whether the target itself will do.</summary>
    public Comparison Comparison { get; init; } = Comparison.AtLeast;

    /// <summary>The year by whose end the target is to be met; null: at any time.</summary>
    public int? TargetYear { get; init; }

    /// <summary>What one of the ratio is, in Chinese: 元/生. Null: it is a share, shown in percent.</summary>
    public string? Unit { get; init; }

    /// <summary>That it carries out its provisions.</summary>
    public Citation Citation => new("indicator", Id, Title, Provisions, Interpretations, Source);

    /// <summary>Whether the ratio meets the target. Null: the ratio is undefined, or there is no target.</summary>
    public bool? IsMetBy(Ratio ratio) => (Target, Comparison) switch
    {
        (null, _) => null,
        ({ } target, Comparison.AtLeast) => ratio.Reaches(target),
        ({ } target, Comparison.MoreThan) => ratio.Exceeds(target),
    };
}
