namespace EduAssist.Liaoning;

/// <summary>9a：入学后 20 个工作日之内建立电子档案（ln-i1）。</summary>
internal sealed class RegistrationDeadline : IFunctions
{
    private const int WorkingDays = 20;

    /// <inheritdoc/>
    public Type? CalledBy => typeof(Registration);

    /// <inheritdoc/>
    public IEnumerable<Citation> Citations =>
        [new("function", "liaoning/registration-deadline", "建立电子档案的截止日", ["ln/9a"], ["ln-i1"])];

    /// <summary>The last day in time, with the reason for every day counted.</summary>
    /// <exception cref="HolidaysNotPublishedException">
    /// A day that is counted is in a year that is not published.
    /// </exception>
    internal static DeadlineProof ForEntry(DateOnly entry, WorkCalendar calendar) => calendar.Add(entry, WorkingDays);

    /// <summary>
    /// Whether a file made on that day is in time. Twenty working days are at least twenty days, which needs no
    /// calendar; beyond them, unknown for want of no fact where a year's holidays are not published.
    /// </summary>
    internal static Truth Met(Fact<DateOnly> entry, Fact<DateOnly> registration, WorkCalendar calendar)
    {
        var early = entry.With(registration, (e, r) => r.DayNumber <= e.DayNumber + WorkingDays);
        if (!early.IsFalse) return early;
        return entry.Is(e => IsCountable(e, calendar)).IsFalse ? default
            : entry.With(registration, (e, r) => r <= ForEntry(e, calendar).Due);
    }

    /// <summary>Whether the twenty days lie in published years.</summary>
    private static bool IsCountable(DateOnly entry, WorkCalendar calendar) => calendar.Publishes(entry.Year)
        && (calendar.Publishes(entry.Year + 1)
            || calendar.WorkingDaysBetween(entry, new(entry.Year, 12, 31)) >= WorkingDays);
}
