namespace EduAssist.Kernel.Calendar;

/// <summary>Which days count at a place, and why.</summary>
public interface IDayCalendar
{
    /// <summary>What a day is.</summary>
    /// <param name="date">The day.</param>
    /// <param name="days">Which days count.</param>
    /// <param name="missing">What is not loaded: <c>holidays:2027</c>; null where the day is known.</param>
    /// <returns>Null: that is not known.</returns>
    DayProof? Find(DateOnly date, ClockDays days, out string? missing);
}
