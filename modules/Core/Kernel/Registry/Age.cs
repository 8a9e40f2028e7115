
namespace EduAssist.Kernel.Registry;

/// <summary>The birthday of one born on 29 February, in a common year.</summary>
public enum LeapDay
{
    /// <summary>1 March: the day after the last day of the full year.</summary>
    FirstOfMarch,

    /// <summary>28 February: the other reading.</summary>
    LastOfFebruary,
}

/// <summary>Ages in full years (周岁).</summary>
public static class Age
{
    /// <summary>The full years on a day. An age is reached on the birthday itself.</summary>
    /// <returns>Negative before the birth: −1 in the year before it.</returns>
    public static int FullYears(DateOnly birth, DateOnly on, LeapDay rule = LeapDay.FirstOfMarch)
    {
        var years = on.Year - birth.Year;
        return on < Reached(birth, years, rule) ? years - 1 : years;
    }

    /// <summary>The day on which an age is reached: the birthday in that year.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is outside of the calendar (1–9999).</exception>
    public static DateOnly Reached(DateOnly birth, int years, LeapDay rule = LeapDay.FirstOfMarch)
    {
        var day = birth.AddYears(years);
        return day.Day == birth.Day || rule == LeapDay.LastOfFebruary ? day : day.AddDays(1);
    }
}
