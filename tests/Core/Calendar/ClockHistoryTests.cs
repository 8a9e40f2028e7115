using EduAssist.Kernel.Calendar;

namespace EduAssist.Core.Calendar;

/// <summary>
/// A hundred thousand random clocks against one that is carried from day to day: suspended, resumed, extended,
/// withdrawn, superseded, done, with notices of the place loaded and revoked, asked after any sleep.
/// </summary>
public class ClockHistoryTests
{
    private const int Histories = 100_000;

    private const string Place = "532301";

    private static readonly DateOnly First = new(2023, 1, 1), Last = new(2026, 12, 31);

    [Fact]
    public void A_clock_is_what_is_counted_from_day_to_day()
    {
        var random = new Random(20241201);
        Dictionary<ClockStanding, int> seen = [];
        for (var n = 0; n < Histories; n++)
        {
            var (clock, calendar, on) = History(random);
            var read = clock.Read(calendar, on);
            var (standing, due) = Carried(clock, calendar, on);
            Assert.True((standing, due) == (read.Standing, read.Due),
                $"history {n}: {read.Standing} {read.Due} is not {standing} {due}\n"
                    + $"{clock} {string.Join(' ', clock.Events)} on {on}");
            Assert.True(read.Due is null || clock.Budget.Until is not null || read.Proof[^1].Date == read.Due);
            Assert.Equal(read.Proof.Count(d => d.Ordinal > 0), read.Proof.Max(d => d.Ordinal) ?? 0);
            seen[standing] = seen.GetValueOrDefault(standing) + 1;
        }
        Assert.All(Enum.GetValues<ClockStanding>(), standing => Assert.True(seen.GetValueOrDefault(standing) > 100,
            $"{standing} was met {seen.GetValueOrDefault(standing)} times"));
    }

    /// <summary>Sixty days do for any notice of the State Council, not for a county off all December.</summary>
    [Fact]
    public void A_most_of_days_holds_only_where_no_place_is_off()
    {
        var roll = new Clock(new(2026, 11, 25), ClockBudget.WorkingDays(20) with { AtMost = 60 }, []);
        var off = new DateSpan(new(2026, 12, 1), new(2026, 12, 31)).Days;
        var there = Published.Calendar.At(Place,
            [new(Place, "县通知", [.. off.Select(d => new PlaceDay(d, "防汛", DayKind.Off))])]);
        Assert.Equal(ClockStanding.Overdue, roll.Read(Published.Calendar, new(2027, 1, 25)).Standing);
        Assert.Equal(ClockStanding.CannotTell, roll.Read(there, new(2027, 1, 25)).Standing);
    }

    private static (Clock, WorkCalendar, DateOnly On) History(Random random)
    {
        var start = First.AddDays(random.Next(Last.DayNumber - First.DayNumber - 3));
        var budget = random.Next(10) switch
        {
            0 => ClockBudget.By(start.AddDays(random.Next(1, 40))),
            1 => ClockBudget.CalendarDays(random.Next(1, 40)),
            _ => ClockBudget.WorkingDays(random.Next(1, 25)),
        };
        List<ClockEvent> events = [];
        var (at, isSuspended, isEnded) = (start, false, false);
        for (var left = random.Next(5); left > 0 && !isEnded; left--)
        {
            at = at.AddDays(random.Next(1, 15));
            var act = random.Next(8) switch
            {
                0 or 1 when !isSuspended && budget.Until is null => ClockAct.Suspend,
                0 or 1 or 2 when isSuspended => ClockAct.Resume,
                3 => ClockAct.Extend,
                4 => ClockAct.Withdraw,
                5 => ClockAct.Supersede,
                _ => ClockAct.Done,
            };
            (isSuspended, isEnded) = (act == ClockAct.Suspend || (isSuspended && act == ClockAct.Extend),
                act is ClockAct.Done or ClockAct.Withdraw or ClockAct.Supersede);
            events.Add(new(at, act, "某种原因", act == ClockAct.Extend ? random.Next(1, 10) : 0));
        }
        if (events is [] && random.Next(20) == 0)
            events.Add(new(start.AddDays(-random.Next(1, 5)), ClockAct.Done));
        List<PlaceNotice> notices = [];
        for (var left = random.Next(3); left > 0; left--)   // as they stand on the day: loaded, and not revoked
            notices.Add(new(random.Next(2) == 0 ? "5323" : Place, $"通知{left}",
                [
                    .. Enumerable.Range(0, random.Next(1, 8)).Select(_ => start.AddDays(random.Next(40))).Distinct()
                        .Select(day => new PlaceDay(day, "当地的日子", (DayKind)random.Next(2))),
                ]));
        return (new(start, budget, events), Published.Calendar.At(Place, notices), start.AddDays(random.Next(-2, 70)));
    }

    /// <summary>
    /// The oracle goes through the days one by one and knows how much is left. Where a year is not published it goes
    /// twice: as if no day of it were worked, and as if all were.
    /// </summary>
    private static (ClockStanding, DateOnly?) Carried(Clock clock, WorkCalendar calendar, DateOnly on)
    {
        var (never, always) = (Carry(clock, calendar, on, false), Carry(clock, calendar, on, true));
        return never.Standing == always.Standing
            ? (never.Standing, never.NeedsNotice || always.NeedsNotice ? null : never.Due)
            : (ClockStanding.CannotTell, null);
    }

    private static (ClockStanding Standing, DateOnly? Due, bool NeedsNotice) Carry(
        Clock clock, WorkCalendar calendar, DateOnly on, bool worked)
    {
        var (left, suspended, due, needs) = (clock.Budget.Count, false, clock.Budget.Until, false);
        ClockEvent? end = null;
        if (clock.Events is [{ Act: ClockAct.Done } early] && early.On < clock.Start && early.On <= on)
            return (ClockStanding.BeforeStart, Carry(clock with { Events = [] }, calendar, on, worked).Due,
                Carry(clock with { Events = [] }, calendar, on, worked).NeedsNotice);
        // what is known on the day is known of the days to come
        left += clock.Events.Where(e => e.Act == ClockAct.Extend && e.On <= on).Sum(e => e.Days);
        due = due?.AddDays(clock.Events.Where(e => e.Act == ClockAct.Extend && e.On <= on).Sum(e => e.Days));
        var day = clock.Start;
        while (day < on || (due is null && !(suspended && day >= on) && day.DayNumber - clock.Start.DayNumber < 400))
        {
            day = day.AddDays(1);
            foreach (var happened in clock.Events.Where(e => e.On == day && e.On <= on))
            {
                suspended = happened.Act == ClockAct.Suspend || (suspended && happened.Act != ClockAct.Resume);
                if (happened.Act is ClockAct.Done or ClockAct.Withdraw or ClockAct.Supersede) end ??= happened;
            }
            if (due is not null || suspended) continue;
            var published = clock.Budget.Days == ClockDays.Calendar || calendar.Publishes(day.Year);
            needs |= !published;
            if (clock.Budget.Days == ClockDays.Calendar || (published ? calendar.IsWorking(day) : worked)) left--;
            if (left == 0) due = day;
        }
        var isLate = (end?.On ?? on) > due;
        return (end?.Act, isLate) switch
        {
            (not null, true) => (ClockStanding.Late, due, needs),
            (null, true) => (ClockStanding.Overdue, due, needs),
            (ClockAct.Done, _) => (ClockStanding.InTime, due, needs),
            (not null, _) => (ClockStanding.Withdrawn, due, needs),
            _ when suspended => (ClockStanding.Suspended, due, needs),
            _ => (ClockStanding.Open, due, needs),
        };
    }
}
