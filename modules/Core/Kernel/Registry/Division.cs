
namespace EduAssist.Kernel.Registry;

/// <summary>An administrative division (行政区划) of the register, of today or of the past.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its Chinese name, without the names of its ancestors.</param>
/// <param name="Level">Its level.</param>
/// <param name="Parent">
/// The division above it; null for a province. A historic county's parent may be historic, too.
/// </param>
/// <param name="Kind">What it is called in law (自治州, 特区, 民族乡, …); empty for a historic one.</param>
/// <param name="From">
/// The first day on which the code can have been in force, as the sources print a year or a month; null: since the
/// tables begin.
/// </param>
/// <param name="Until">
/// The first day on which the code can no longer have been in force, likewise; null: it still is, or (of a historic
/// one) the year is not known.
/// </param>
/// <param name="Successor">The code that took its place; null for a division of today.</param>
/// <param name="CoveredTo">
/// Every code beneath this division is in the register, down to this level; null: the register makes no such claim.
/// </param>
/// <param name="CivilAffairsCode">
/// A township's code in the civil-affairs numbering, empty where not known. It is never looked up: the statistical
/// numbering, which <paramref name="Code"/> follows, gives many of these codes to another town of the same county.
/// </param>
public sealed record Division(
    DivisionCode Code, string Name, DivisionLevel Level, DivisionCode? Parent, string Kind,
    DateOnly? From, DateOnly? Until, DivisionCode? Successor, DivisionLevel? CoveredTo, string CivilAffairsCode);

/// <summary>What the register can say of a code.</summary>
public enum DivisionStanding
{
    /// <summary>A division of today.</summary>
    Current,

    /// <summary>A code of the past with a successor: resident IDs keep it for life.</summary>
    Historic,

    /// <summary>
    /// The tables cover the place and have no such code in any vintage; or there is no such province.
    /// </summary>
    NeverExisted,

    /// <summary>The province exists and the tables do not cover the place: accepted, cannot be verified.</summary>
    OutsideCoverage,
}
