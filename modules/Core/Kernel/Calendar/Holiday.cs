using System.ComponentModel.DataAnnotations;

namespace EduAssist.Kernel.Calendar;

/// <summary>What a notice makes of a day.</summary>
public enum DayKind
{
    /// <summary>A day off.</summary>
    [Display(Name = "放假")] Off,

    /// <summary>A working day: of the State Council's notices a Saturday or Sunday.</summary>
    [Display(Name = "调休上班")] Work,
}

/// <summary>
/// A notice on the holidays of a year: of the General Office of the State Council 国务院办公厅, or of a place on its own.
/// </summary>
/// <param name="Year">
/// The year that it arranges; the State Council's may reach into the last days of the December before.
/// </param>
/// <param name="Title">Its title, or number, as users read it.</param>
/// <param name="Url">Where it is published; null when not recorded.</param>
public sealed record HolidayNotice(int Year, string Title, string? Url);

/// <summary>
/// A day that a notice names. Weekends that a holiday merely adjoins (与周末连休) are not named, and need not be.
/// </summary>
/// <param name="Date">The day.</param>
/// <param name="Name">The holiday that the day belongs to; two that fall together are joined by 、 (国庆节、中秋节).</param>
/// <param name="Kind">Off or working.</param>
/// <param name="Notice">The notice that settled it: of a year that was amended, the later one where it speaks.</param>
public sealed record Holiday(DateOnly Date, string Name, DayKind Kind, HolidayNotice Notice)
{
    /// <summary>The holidays of <see cref="Name"/>, one by one.</summary>
    public IReadOnlyList<string> Names => Name.Split('、');
}

/// <summary>
/// The holidays of one year, as its notice arranges them, or its notices where a later one amended the first.
/// </summary>
/// <param name="Year">The year of the notices.</param>
/// <param name="Days">The days that they name, in order; those of New Year may lie in the December before.</param>
public sealed record HolidayYear(int Year, IReadOnlyList<Holiday> Days)
{
    /// <summary>The seven statutory holidays 法定节日 that every year's notice arranges.</summary>
    public static IReadOnlyList<string> Statutory { get; } = ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"];

    /// <summary>
    /// The days that the notice of a year may speak of: the year itself and the last ten-day period 下旬 of the December
    /// before, where New Year's days off and their make-up days fall (29–31 December 2018, 31 December 2022).
    /// </summary>
    public static DateSpan Reach(int year) => new(new(year - 1, 12, 21), new(year, 12, 31));
}
