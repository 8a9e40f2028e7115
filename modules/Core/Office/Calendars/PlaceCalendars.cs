using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Calendars;

/// <summary>
/// The working days of places: those of the country, as the notices in the database change them. They are read where
/// they are needed, never kept: a notice of another host counts at once, in a command as of its own transaction.
/// </summary>
public static class PlaceCalendars
{
    /// <summary>The calendar of a place.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="place">The office that owes something, as <see cref="Kernel.Access.ScopePath"/> makes it.</param>
    public static Task<WorkCalendar> CalendarAsync(this UnitOfWork work, string place)
    {
        ArgumentNullException.ThrowIfNull(work);
        return ReadAsync(work.Db, work.Policy, place);
    }

    /// <inheritdoc cref="CalendarAsync"/>
    /// <param name="db">The database.</param>
    /// <param name="policy">What is loaded.</param>
    /// <param name="place">As <see cref="Kernel.Access.ScopePath"/> makes it; empty: of the country.</param>
    public static async Task<WorkCalendar> ReadAsync(AppDbContext db, PolicyContext policy, string place)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(place);
        return place.Length == 0
            ? policy.Calendar
            : policy.Calendar.At(place, Notices(await Holding(db, place).ToListAsync()));
    }

    /// <summary>The calendars of several places at once, read by one query.</summary>
    /// <param name="db">The database.</param>
    /// <param name="policy">What is loaded.</param>
    public static Func<string, WorkCalendar> ReadAll(AppDbContext db, PolicyContext policy)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(policy);
        var notices = Notices(Holding(db, null).ToList());
        return place => policy.Calendar.At(place, notices);
    }

    private static IQueryable<NoticeDay> Holding(AppDbContext db, string? place) =>
        db.Set<NoticeDay>()
            .AsNoTracking()
            .Include(d => d.Notice)
            .Where(d => d.Notice.RevokedAt == null && (place == null || place.StartsWith(d.Notice.Place)));

    private static IReadOnlyList<PlaceNotice> Notices(IEnumerable<NoticeDay> days) =>
        [
            .. days.GroupBy(d => (d.NoticeId, d.Notice.Place, d.Notice.Title))
                .Select(n => new PlaceNotice(
                    n.Key.Place,
                    n.Key.Title,
                    [.. n.Select(d => new PlaceDay(d.Date, d.Name, d.Kind))]
                )),
        ];
}
