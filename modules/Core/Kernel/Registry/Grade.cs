using System.ComponentModel.DataAnnotations;

namespace EduAssist.Kernel.Registry;

/// <summary>The two stages (学段) of compulsory education.</summary>
public enum Stage
{
    /// <summary>小学: grades 1 to 6.</summary>
    [Display(Name = "小学")]
    Primary,

    /// <summary>初中: grades 7 to 9.</summary>
    [Display(Name = "初中")]
    Junior,
}

/// <summary>
/// Grades (年级) of compulsory education, 1 to 9: six years of primary and three of junior high school.
/// Not the grade codes of JY/T 1001, which restart with every stage and skip from the fourth grade on.
/// </summary>
public static class Grade
{
    /// <summary>The first grade of primary and of junior high school, and the last of compulsory education.</summary>
    public const int FirstOfPrimary = 1, FirstOfJunior = 7, Last = 9;

    /// <summary>The stage of a grade; null outside of 1 to 9.</summary>
    public static Stage? StageOf(int grade) => grade switch
    {
        >= FirstOfPrimary and < FirstOfJunior => Stage.Primary,
        >= FirstOfJunior and <= Last => Stage.Junior,
        _ => null,
    };

    /// <summary>The grade of a stage's entrants.</summary>
    public static int FirstOf(Stage stage) => stage == Stage.Primary ? FirstOfPrimary : FirstOfJunior;

    /// <summary>
    /// The grade on a day of pupils who entered in September of a year and neither repeated nor skipped one.
    /// </summary>
    /// <param name="on">The day; a grade changes on 1 September.</param>
    /// <param name="entryYear">The year of entry.</param>
    /// <param name="entered">
    /// The stage whose first grade they entered: 1 or 7. Primary entrants go on to grade 9.
    /// </param>
    /// <returns>Null before the entry and after grade 9.</returns>
    public static int? At(DateOnly on, int entryYear, Stage entered)
    {
        var years = SchoolYear.Of(on).Start - entryYear;
        return years >= 0 && FirstOf(entered) + years is <= Last and var grade ? grade : null;
    }

    /// <summary>
    /// The year in which those entered who leave grade 9 in the summer of a year: grade 7 three years before, grade 1
    /// nine.
    /// </summary>
    public static int EntryYear(int graduationYear, Stage entered) => graduationYear - (Last - FirstOf(entered) + 1);
}

/// <summary>
/// The ages in full years, first and last, that belong to each stage: policy data, given by a module.
/// </summary>
/// <param name="PrimaryFrom">The youngest of primary age.</param>
/// <param name="PrimaryTo">The oldest of primary age.</param>
/// <param name="JuniorFrom">The youngest of junior-high age.</param>
/// <param name="JuniorTo">The oldest of junior-high age.</param>
public readonly record struct StageAges(int PrimaryFrom, int PrimaryTo, int JuniorFrom, int JuniorTo)
{
    /// <summary>The stage of an age in full years; null when it belongs to none.</summary>
    public Stage? StageAt(int age) =>
        age >= PrimaryFrom && age <= PrimaryTo ? Stage.Primary :
        age >= JuniorFrom && age <= JuniorTo ? Stage.Junior : null;

    /// <summary>The stage of the age on 31 August before a school year starts.</summary>
    public Stage? StageAt(DateOnly birth, SchoolYear year, LeapDay rule = LeapDay.FirstOfMarch) =>
        StageAt(Age.FullYears(birth, year.AgeDate, rule));
}
