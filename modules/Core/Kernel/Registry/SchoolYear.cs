using System.ComponentModel.DataAnnotations;

namespace EduAssist.Kernel.Registry;

/// <summary>The two terms of a school year.</summary>
public enum Term
{
    /// <summary>秋季学期: 1 September to 31 January.</summary>
    [Display(Name = "秋季学期")]
    Autumn,

    /// <summary>春季学期: 1 February to 31 August.</summary>
    [Display(Name = "春季学期")]
    Spring,
}

/// <summary>A school year (学年): 1 September to 31 August, holidays included, so that every day is in one.</summary>
/// <param name="Start">The year in which it starts.</param>
public readonly record struct SchoolYear(int Start)
{
    /// <summary>Its first day, 1 September.</summary>
    public DateOnly First => new(Start, 9, 1);

    /// <summary>Its last day, 31 August.</summary>
    public DateOnly Last => new(Start + 1, 8, 31);

    /// <summary>The day on which ages for this year count: 31 August before it starts.</summary>
    public DateOnly AgeDate => new(Start, 8, 31);

    /// <summary>The school year of a day.</summary>
    public static SchoolYear Of(DateOnly date) => new(date.Month >= 9 ? date.Year : date.Year - 1);

    /// <summary>The term of a day.</summary>
    public static Term TermOf(DateOnly date) => date.Month is >= 9 or 1 ? Term.Autumn : Term.Spring;

    /// <summary>First and last day of a term of this year.</summary>
    public (DateOnly First, DateOnly Last) Days(Term term) =>
        term == Term.Autumn ? (First, new(Start + 1, 1, 31)) : (new(Start + 1, 2, 1), Last);

    /// <summary>As documents print it: <c>2026—2027学年</c>.</summary>
    public override string ToString() => $"{Start}—{Start + 1}学年";
}
