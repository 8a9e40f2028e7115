namespace EduAssist.TrialClass;

/// <summary>Why a trial ends on the day that it ends on.</summary>
internal enum EndedBy
{
    /// <summary>一个月期满.</summary>
    Month,

    /// <summary>协议写明的日期.</summary>
    WrittenDate,

    /// <summary>提前终止.</summary>
    EarlierEnding,
}

/// <summary>The end of a student's trial.</summary>
/// <param name="LastDay">The last day, inside.</param>
/// <param name="By">Why.</param>
internal readonly record struct TrialEnd(DateOnly LastDay, EndedBy By);

/// <summary>一个月的体验（试读）期何时结束。</summary>
internal sealed class TrialMonth : IFunctions
{
    public IEnumerable<Citation> Citations =>
    [
        new("function", "trialclass.trial-end", "试读期的最后一日",
            ["tc/letter-school", "tc/guardian/1.3", "tc/guardian/5.2", "tc/guardian/5.5", "tc/school/1.3"], ["tc-i3"]),
    ];

    /// <summary>
    /// tc-i3: the day before the corresponding day of the next month; where that month has none, its last day.
    /// </summary>
    /// <param name="first">The first day, inside.</param>
    internal static DateOnly LastDayOfMonth(DateOnly first)
    {
        var next = first.AddMonths(1);   // where there is no corresponding day, that month's last
        return next.Day == first.Day ? next.AddDays(-1) : next;
    }

    /// <summary>
    /// The end of a trial. A date written in the agreement prevails over the month, an earlier ending over both.
    /// </summary>
    /// <param name="first">The day on which the student boards (家长协议五5).</param>
    /// <param name="written">The last day that the agreement writes; null: it writes none.</param>
    /// <param name="ended">
    /// The day on which student and parent ended it; null: not. A day after the end is a late return, and changes
    /// nothing.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A day before the first.</exception>
    internal static TrialEnd EndOf(DateOnly first, DateOnly? written = null, DateOnly? ended = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(written ?? first, first, nameof(written));
        ArgumentOutOfRangeException.ThrowIfLessThan(ended ?? first, first, nameof(ended));
        var agreed = written is { } date ? new TrialEnd(date, EndedBy.WrittenDate)
            : new(LastDayOfMonth(first), EndedBy.Month);
        return ended < agreed.LastDay ? new(ended.Value, EndedBy.EarlierEnding) : agreed;
    }
}
