namespace EduAssist.Kernel.Calendar;

/// <summary>
/// A range of local dates, <em>both ends inside</em>, as Chinese documents print them: 4月21日至30日 are ten days.
/// </summary>
/// <param name="First">The first day inside.</param>
/// <param name="Last">
/// The last day inside; null: open. A day before <paramref name="First"/> throws <see cref="ArgumentException"/>.
/// </param>
public readonly record struct DateSpan(DateOnly First, DateOnly? Last)
{
    /// <summary>The last day inside; null: open.</summary>
    public DateOnly? Last { get; } = Last is { } last && last < First
        ? throw new ArgumentException($"{last:yyyy-MM-dd} 在 {First:yyyy-MM-dd} 之前", nameof(Last))
        : Last;

    /// <summary>1 January to 31 December.</summary>
    /// <param name="year">1 to 9999; anything else throws.</param>
    public static DateSpan Year(int year) => new(new(year, 1, 1), new(year, 12, 31));

    /// <summary>Whether the day is inside; the first and the last day are.</summary>
    public bool Contains(DateOnly date) => First <= date && !(Last < date);

    /// <summary>How many days are inside, at least 1; null when open.</summary>
    public int? Length => Last?.DayNumber - First.DayNumber + 1;

    /// <summary>
    /// Every day inside, in order. An open span has no end to walk to: <see cref="InvalidOperationException"/>.
    /// </summary>
    public IEnumerable<DateOnly> Days =>
        Enumerable.Range(First.DayNumber, Length ?? throw new InvalidOperationException("起止未定的期间不能逐日列出"))
            .Select(DateOnly.FromDayNumber);
}
