namespace EduAssist.Liaoning;

/// <summary>9a：入学后 20 个工作日之内建立电子档案（ln-i1）。</summary>
internal sealed class RegistrationDeadline : IFunctions
{
    /// <summary>
    /// Twenty working days are at least 20 days, and whatever notice comes out at most 60: 13 holidays a year, weekends
    /// and shifts.
    /// </summary>
    private const int WorkingDays = 20, MostDays = 60;

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
    /// Whether a file made on that day is in time: on the day of entry or later, and at most twenty working days later.
    /// Where a year's holidays are not published, it is decided when every possible notice agrees; in between it is
    /// unknown for want of that year's notice.
    /// </summary>
    internal static Truth Met(
        Fact<DateOnly> entry, Fact<DateOnly> registration, WorkCalendar calendar, Func<int, Truth> needsNotice)
    {
        if (!entry.IsKnown || !registration.IsKnown) return entry.With(registration, (_, _) => default);
        var (first, made) = (entry.Value, registration.Value);
        return (made.DayNumber - first.DayNumber) switch
        {
            < 0 or > MostDays => Truth.False,
            <= WorkingDays => Truth.True,
            _ when Unpublished(first, calendar) is { } year => needsNotice(year),
            _ => made <= ForEntry(first, calendar).Due,
        };
    }

    /// <summary>The first year in which the twenty days lie and that is not published; null: all are.</summary>
    private static int? Unpublished(DateOnly entry, WorkCalendar calendar) =>
        !calendar.Publishes(entry.Year) ? entry.Year
        : calendar.Publishes(entry.Year + 1)
            || calendar.WorkingDaysBetween(entry, new(entry.Year, 12, 31)) >= WorkingDays ? null
        : entry.Year + 1;
}
