namespace EduAssist.Kernel.Calendar;

/// <summary>
/// One time that a duty falls due: the day (null: none), the time before which, and the period that it is done for.
/// </summary>
internal readonly record struct Occurrence(DateOnly? Day, string Period, TimeOnly? Before = null);

/// <summary>
/// When a duty falls due; a closed set. Documents mostly say "every month" and print no day: the last day of the period
/// is then a <em>convention</em> of this calendar, not of the document. A due day that falls on a day off stays where
/// it is.
/// </summary>
public abstract record Recurrence
{
    private Recurrence()
    {
    }

    /// <summary>
    /// Never due: what is done is dated, and never overdue. One instance in every span, its due day null.
    /// </summary>
    public static Recurrence NoDeadline { get; } = new Dated();

    /// <summary>Twice a month; by convention due on the 15th and on the last day.</summary>
    public static Recurrence EveryHalfMonth { get; } = new HalfMonthly();

    /// <summary>By convention due on the last day of every month.</summary>
    public static Recurrence EveryMonth { get; } = new Monthly();

    /// <summary>
    /// Once a school year, which begins on 1 September; by convention due on its last day, 31 August.
    /// </summary>
    public static Recurrence EverySchoolYear { get; } = new SchoolYearly();

    /// <summary>Once a term; by convention due on the last day of each, 31 January and 31 August.</summary>
    public static Recurrence EveryTerm { get; } = new Termly();

    /// <summary>Once and for all.</summary>
    public static Recurrence Once(DateOnly date) => new Single(date, "once");

    /// <summary>Once in a year, on a day that hangs on a window of it.</summary>
    /// <param name="date">The due day.</param>
    /// <param name="year">The year of the window: it names the instance, and next year's is another one.</param>
    public static Recurrence OnceIn(int year, DateOnly date) => new Single(date, $"{year}");

    /// <summary>
    /// On every working day, before a time of it. A span that touches an unpublished year throws
    /// <see cref="HolidaysNotPublishedException"/>.
    /// </summary>
    /// <param name="before">At +08:00; at this time to the second it is late.</param>
    /// <param name="calendar">Which days are working days.</param>
    public static Recurrence Daily(TimeOnly before, WorkCalendar calendar) => new WorkingDaily(before, calendar);

    /// <summary>Twice a year, in order; without other days by convention on 30 June and 31 December.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such day.</exception>
    public static Recurrence EveryHalfYear(
        int firstMonth = 6, int firstDay = 30, int secondMonth = 12, int secondDay = 31) =>
        new HalfYearly(new(firstMonth, firstDay), new(secondMonth, secondDay));

    /// <summary>Every year by this day; 29 February is the 28th in common years.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such day.</exception>
    public static Recurrence EveryYear(int month, int day) => new Yearly(1, 1, new(month, day));

    /// <summary>Every so many years by this day, for the first time in the start year.</summary>
    /// <param name="years">At least 1; otherwise <see cref="ArgumentOutOfRangeException"/>.</param>
    /// <param name="startYear">The first year in which it is due.</param>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">A day of that month; 29 February is the 28th in common years.</param>
    public static Recurrence EveryYears(int years, int startYear, int month, int day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 1);
        return new Yearly(years, startYear, new(month, day));
    }

    /// <summary>What falls due in the span, in order; an open span throws <see cref="ArgumentException"/>.</summary>
    internal IEnumerable<Occurrence> Within(DateSpan span) =>
        In(span.Last is not null ? span : throw new ArgumentException("职责的期间须有最后一天", nameof(span)));

    private protected abstract IEnumerable<Occurrence> In(DateSpan span);

    private sealed record Dated : Recurrence
    {
        private protected override IEnumerable<Occurrence> In(DateSpan span) => [new(null, "once")];
    }

    private sealed record Single(DateOnly Date, string Period) : Recurrence
    {
        private protected override IEnumerable<Occurrence> In(DateSpan span) =>
            span.Contains(Date) ? [new(Date, Period)] : [];
    }

    private sealed record WorkingDaily(TimeOnly Before, WorkCalendar Calendar) : Recurrence
    {
        private protected override IEnumerable<Occurrence> In(DateSpan span) =>
            span.Days.Where(Calendar.IsWorking).Select(day => new Occurrence(day, $"{day:yyyy-MM-dd}", Before));
    }

    /// <summary>Those whose due days are the same in every year.</summary>
    private abstract record YearByYear : Recurrence
    {
        private protected abstract IEnumerable<Occurrence> In(int year);

        private protected sealed override IEnumerable<Occurrence> In(DateSpan span) =>
            Enumerable.Range(span.First.Year, span.Last!.Value.Year - span.First.Year + 1)
                .SelectMany(In).Where(due => span.Contains(due.Day!.Value));
    }

    private sealed record HalfMonthly : YearByYear
    {
        private protected override IEnumerable<Occurrence> In(int year) => Enumerable.Range(1, 12).SelectMany(
            month => (IEnumerable<Occurrence>)[new(new(year, month, 15), $"{year}-{month:00}-1"),
                new(LastOf(year, month), $"{year}-{month:00}-2")]);
    }

    private sealed record Monthly : YearByYear
    {
        private protected override IEnumerable<Occurrence> In(int year) =>
            Enumerable.Range(1, 12).Select(month => new Occurrence(LastOf(year, month), $"{year}-{month:00}"));
    }

    private sealed record HalfYearly(MonthDay First, MonthDay Second) : YearByYear
    {
        private protected override IEnumerable<Occurrence> In(int year) =>
            [new(First.In(year), $"{year}-H1"), new(Second.In(year), $"{year}-H2")];
    }

    private sealed record SchoolYearly : YearByYear
    {
        private protected override IEnumerable<Occurrence> In(int year) =>
            [new(new(year, 8, 31), $"{year - 1}-{year}")];
    }

    private sealed record Termly : YearByYear
    {
        private protected override IEnumerable<Occurrence> In(int year) =>
            [new(new(year, 1, 31), $"{year - 1}-{year}-1"), new(new(year, 8, 31), $"{year - 1}-{year}-2")];
    }

    private sealed record Yearly(int Every, int Start, MonthDay By) : YearByYear
    {
        private protected override IEnumerable<Occurrence> In(int year) =>
            year >= Start && (year - Start) % Every == 0 ? [new(By.In(year), $"{year}")] : [];
    }

    private static DateOnly LastOf(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));

    /// <summary>A day of every year.</summary>
    private readonly record struct MonthDay
    {
        private readonly DateOnly inLeapYear;

        internal MonthDay(int month, int day) => inLeapYear = new(2000, month, day);

        internal DateOnly In(int year) => inLeapYear.AddYears(year - 2000);
    }
}
