using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace EduAssist.Kernel.Calendar;

/// <summary>Why a day is a working day or not.</summary>
/// <param name="Date">The day.</param>
/// <param name="Working">Whether it is a working day 工作日.</param>
/// <param name="Why">周六, 周日, 劳动节放假, 劳动节调休上班 or 工作日.</param>
/// <param name="Notice">The title of the notice that says so; null for ordinary days.</param>
/// <param name="Ordinal">
/// Which day of a deadline it is: 0 the day from which it runs, 1 the first working day after it; null when not
/// counted.
/// </param>
public sealed record DayProof(DateOnly Date, bool Working, string Why, string? Notice, int? Ordinal);

/// <summary>A deadline with the reason for every day of it.</summary>
/// <param name="From">Day 0.</param>
/// <param name="WorkingDays">How many working days were given.</param>
/// <param name="Due">The last of them.</param>
/// <param name="Days">Every day from <paramref name="From"/> to <paramref name="Due"/>, both inside.</param>
/// <param name="CalendarVersion">The <see cref="HolidayTable.Version"/> that it was computed on.</param>
public sealed record DeadlineProof(
    DateOnly From, int WorkingDays, DateOnly Due, IReadOnlyList<DayProof> Days, string CalendarVersion)
{
    /// <summary>
    /// It runs through late December while the next year's notice is not loaded: that notice may still make a day off
    /// of New Year, or a make-up day for it, out of one of these days.
    /// </summary>
    public bool Provisional { get; init; }

    /// <summary>
    /// Whether the notice of a year may speak of one of the days: such a deadline is recomputed when that notice is
    /// loaded.
    /// </summary>
    public bool Touches(int year) => HolidayYear.Reach(year) is var reach && reach.First <= Due && From <= reach.Last;
}

/// <summary>
/// The working days of a place in mainland China: Monday to Friday, as the State Council's notices change them, and as
/// the place's own notices (<see cref="At"/>) change these. Pure: it knows no today. Every question that touches a year
/// that is not published throws <see cref="HolidaysNotPublishedException"/>; only the State Council publishes a year.
/// A year counts as published with its own notice; its last days of December may still be changed by the next one
/// (<see cref="DeadlineProof.Provisional"/>).
/// </summary>
public sealed class WorkCalendar
{
    private readonly HolidayTable table;
    private readonly FrozenSet<int> years;
    private readonly FrozenDictionary<DateOnly, Holiday> named, local;

    /// <summary>Of the whole country.</summary>
    /// <param name="table">The published holidays.</param>
    public WorkCalendar(HolidayTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        this.table = table;
        years = table.Years.ToFrozenSet();
        named = table.Days.ToFrozenDictionary(day => day.Date);
        local = FrozenDictionary<DateOnly, Holiday>.Empty;
        Version = table.Version;
    }

    private WorkCalendar(WorkCalendar country, Dictionary<DateOnly, Holiday> local)
    {
        (table, years, named) = (country.table, country.years, country.named);
        this.local = local.ToFrozenDictionary();
        var days = local.Values.OrderBy(day => day.Date)
            .Select(day => $"{day.Date:yyyy-MM-dd}|{day.Name}|{day.Kind}|{day.Notice.Title}\n");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(days)));
        Version = $"{country.Version}/{Convert.ToHexStringLower(hash)[..8]}";
    }

    /// <summary>
    /// The calendar of a place: this one of the country, as those of the notices change it that hold there. On a day
    /// that several name, the narrowest place has the word.
    /// </summary>
    /// <param name="place">As <see cref="Access.ScopePath"/> makes it.</param>
    /// <param name="notices">Of any places.</param>
    public WorkCalendar At(string place, IEnumerable<PlaceNotice> notices)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(notices);
        Dictionary<DateOnly, Holiday> days = [];
        foreach (var notice in notices.Where(n => place.StartsWith(n.Place, StringComparison.Ordinal))
            .OrderBy(n => n.Place.Length))
            foreach (var day in notice.Days)
                days[day.Date] = new(day.Date, day.Name, day.Kind, new(day.Date.Year, notice.Title, null));
        return days.Count == 0 ? this : new(this, days);
    }

    /// <summary>
    /// The version of the holidays that it stands on: <see cref="HolidayTable.Version"/>, and of a place with notices
    /// of its own 8 hexadecimal digits of the SHA-256 of their days, as in <c>2017-2026#1a2b3c4d/5e6f7a8b</c>.
    /// </summary>
    public string Version { get; }

    /// <summary>The published years, ascending.</summary>
    public IReadOnlyList<int> Years => table.Years;

    /// <summary>Whether the year's notice is loaded; the one question that never throws.</summary>
    public bool Publishes(int year) => years.Contains(year);

    /// <summary>What the day is, and why.</summary>
    public DayProof Day(DateOnly date) => Named(date) switch
    {
        { Kind: DayKind.Off } off => new(date, false, $"{off.Name}放假", off.Notice.Title, null),
        { } work => new(date, true, $"{work.Name}调休上班", work.Notice.Title, null),
        null => date.DayOfWeek switch
        {
            DayOfWeek.Saturday => new(date, false, "周六", null, null),
            DayOfWeek.Sunday => new(date, false, "周日", null, null),
            _ => new(date, true, "工作日", null, null),
        },
    };

    /// <summary>Whether the day is a working day 工作日.</summary>
    public bool IsWorking(DateOnly date) =>
        Named(date) is { } day ? day.Kind == DayKind.Work : !HolidayRows.IsWeekend(date);

    /// <summary>Whether the day is a Saturday or Sunday that is worked 调休上班.</summary>
    public bool IsMakeUpDay(DateOnly date) => IsWorking(date) && HolidayRows.IsWeekend(date);

    /// <summary>
    /// The first to the last day off of a holiday, as the State Council's notice lists them; a weekend that it merely
    /// adjoins (与周末连休) is not among them. New Year's may begin in the December before. At a place it is as much longer
    /// as the place is off right before and behind it, and as much shorter as it works there, whatever that is called.
    /// </summary>
    /// <param name="year">The year of the notice.</param>
    /// <param name="holiday">
    /// One of <see cref="HolidayYear.Statutory"/>, or another that the notice names; anything else throws
    /// <see cref="ArgumentException"/>.
    /// </param>
    public DateSpan DaysOff(int year, string holiday)
    {
        var published = table.ForYear(year) ?? throw new HolidaysNotPublishedException(year);
        var off = published.Days.Where(day => day.Kind == DayKind.Off && day.Names.Contains(holiday))
            .Select(day => day.Date).ToList();
        if (off is [])
            throw new ArgumentException($"{year}年的通知中没有“{holiday}”的放假日", nameof(holiday));
        var (first, last) = (off.Min(), off.Max());
        while (first < last && Is(first, DayKind.Work)) first = first.AddDays(1);
        while (last > first && Is(last, DayKind.Work)) last = last.AddDays(-1);
        while (first <= off.Min() && Is(first.AddDays(-1), DayKind.Off)) first = first.AddDays(-1);
        while (last >= off.Max() && Is(last.AddDays(1), DayKind.Off)) last = last.AddDays(1);
        return new(first, last);

        bool Is(DateOnly day, DayKind kind) => local.GetValueOrDefault(day)?.Kind == kind;
    }

    /// <summary>
    /// The deadline of so many working days. The given day is day 0, whatever it is; day 1 is the first working day
    /// after it. 0 days give the day itself.
    /// </summary>
    /// <param name="from">The day from which it runs: of receipt, of notification.</param>
    /// <param name="workingDays">How many; negative throws <see cref="ArgumentOutOfRangeException"/>.</param>
    public DeadlineProof Add(DateOnly from, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        var days = new List<DayProof> { Day(from) with { Ordinal = 0 } };
        for (var counted = 0; counted < workingDays;)
        {
            var day = Day(days[^1].Date.AddDays(1));
            days.Add(day.Working ? day with { Ordinal = ++counted } : day);
        }
        var proof = new DeadlineProof(from, workingDays, days[^1].Date, days, Version);
        return proof with { Provisional = !Publishes(proof.Due.Year + 1) && proof.Touches(proof.Due.Year + 1) };
    }

    /// <summary>
    /// The working days after one day up to and including another, so that it undoes <see cref="Add"/>.
    /// </summary>
    /// <param name="from">Day 0, not counted.</param>
    /// <param name="to">
    /// The last day counted; before <paramref name="from"/> throws <see cref="ArgumentException"/>.
    /// </param>
    public int WorkingDaysBetween(DateOnly from, DateOnly to) =>
        new DateSpan(from, to).Days.Count(day => IsWorking(day) && day != from);

    /// <summary>Whether no place has changed anything: these are the days of the country.</summary>
    public bool IsOfCountry => local.Count == 0;

    /// <summary>What a day is to a clock, which asks where nobody has published yet.</summary>
    /// <param name="date">The day.</param>
    /// <param name="days">Which days count.</param>
    /// <param name="missing">The notice that is not loaded: <c>holidays:2027</c>; null where the day is known.</param>
    /// <returns>Null: that is not known.</returns>
    internal DayProof? Find(DateOnly date, ClockDays days, out string? missing)
    {
        missing = days == ClockDays.Working && !Publishes(date.Year) ? $"holidays:{date.Year}" : null;
        return missing is not null ? null
            : days == ClockDays.Calendar ? new(date, true, "计入", null, null) : Day(date);
    }

    private Holiday? Named(DateOnly date) =>
        !Publishes(date.Year) ? throw new HolidaysNotPublishedException(date.Year)
        : local.GetValueOrDefault(date) ?? named.GetValueOrDefault(date);
}
