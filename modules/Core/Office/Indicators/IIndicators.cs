using EduAssist.Kernel.Indicators;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Listings;

namespace EduAssist.Office.Indicators;

/// <summary>A module's indicators, computed from what is stored (指标的计算): API and pages see this of them.</summary>
public interface IIndicators : IContribution
{
    /// <summary>The indicators that it computes, in the order in which they are shown.</summary>
    IReadOnlyList<Indicator> Indicators { get; }

    /// <summary>The figures of a year, as far as the reader may see what they count.</summary>
    /// <param name="source">The database as the reader may see it, and the policy context.</param>
    /// <param name="year">The plan's or school year.</param>
    /// <returns>Figures of <see cref="Indicators"/> only; those of a year without data are none.</returns>
    Task<IReadOnlyList<Figure>> ComputeAsync(ListingSource source, int year);
}

/// <summary>What an indicator comes to, for one body.</summary>
/// <param name="Indicator">Which.</param>
/// <param name="Subject">The body, or the group of a body's students: a code or an id, stable.</param>
/// <param name="Title">Of the subject, in Chinese.</param>
/// <param name="Ratio">The figure.</param>
public sealed record Figure(Indicator Indicator, string Subject, string Title, Ratio Ratio);
