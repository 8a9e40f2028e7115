namespace EduAssist.Liaoning;

/// <summary>9a：入学后 20 个工作日之内建立电子档案（ln-i1）。</summary>
internal sealed class RegistrationDeadline : IFunctions
{
    /// <summary>
    /// Twenty working days are at least 20 days, and whatever notice comes out at most 60: 13 holidays a year, weekends
    /// and shifts.
    /// </summary>
    internal static ClockBudget Budget { get; } = ClockBudget.WorkingDays(20) with { AtMost = 60 };

    /// <inheritdoc/>
    public Type? CalledBy => typeof(Registration);

    /// <inheritdoc/>
    public IEnumerable<Citation> Citations =>
        [new("function", "liaoning/registration-deadline", "建立电子档案的截止日", ["ln/9a"], ["ln-i1"])];

    /// <summary>
    /// Whether a file made on that day is in time: on the day of entry or later, and at most twenty working days later.
    /// Where a year's holidays are not published, it is decided when every possible notice agrees; in between it is
    /// unknown for want of that year's notice.
    /// </summary>
    internal static Truth Met(
        Fact<DateOnly> entry, Fact<DateOnly> registration, WorkCalendar calendar, Func<int, Truth> needsNotice)
    {
        if (!entry.IsKnown || !registration.IsKnown) return entry.With(registration, (_, _) => default);
        var clock = new Clock(entry.Value, Budget, [new(registration.Value, ClockAct.Done)])
            .Read(calendar, registration.Value);
        return clock.Standing == ClockStanding.CannotTell
            ? needsNotice(clock.MissingYear!.Value)
            : clock.Standing == ClockStanding.InTime;
    }
}
