using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace EduAssist.Kernel.Calendar;

/// <summary>Which days of a place count.</summary>
public enum ClockDays
{
    /// <summary>Working days 工作日.</summary>
    [Display(Name = "工作日")] Working,

    /// <summary>All days 日.</summary>
    [Display(Name = "日")] Calendar,
}

/// <summary>How much time somebody has: so many days, or until a day.</summary>
public sealed record ClockBudget
{
    private ClockBudget(ClockDays days, int count, DateOnly? until) => (Days, Count, Until) = (days, count, until);

    /// <summary>Which days count.</summary>
    public ClockDays Days { get; }

    /// <summary>How many; of one that runs until a day 0.</summary>
    public int Count { get; }

    /// <summary>The day that the document itself names; null: it is counted.</summary>
    public DateOnly? Until { get; }

    /// <summary>
    /// So many calendar days after the start at most, whatever notices of the State Council come out: after them it is
    /// late also where a year's notice is missing, unless the place has days off of its own. Null: nobody can say.
    /// </summary>
    public int? AtMost { get; init; }

    /// <summary>So many working days: 5 个工作日.</summary>
    /// <param name="count">At least 1; otherwise <see cref="ArgumentOutOfRangeException"/>.</param>
    public static ClockBudget WorkingDays(int count) => Counted(ClockDays.Working, count);

    /// <summary>So many days: 30 日内.</summary>
    /// <inheritdoc cref="WorkingDays"/>
    public static ClockBudget CalendarDays(int count) => Counted(ClockDays.Calendar, count);

    private static ClockBudget Counted(ClockDays days, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new(days, count, null);
    }

    /// <summary>Until a day, which is still in time.</summary>
    public static ClockBudget By(DateOnly day) => new(ClockDays.Calendar, 0, day);
}

/// <summary>What happens to a clock.</summary>
public enum ClockAct
{
    /// <summary>From this day on no day counts 中止.</summary>
    [Display(Name = "中止")] Suspend,

    /// <summary>From this day on days count again 恢复.</summary>
    [Display(Name = "恢复")] Resume,

    /// <summary>So many days more 延长.</summary>
    [Display(Name = "延长")] Extend,

    /// <summary>What was owed is done 完成.</summary>
    [Display(Name = "完成")] Done,

    /// <summary>It is owed no longer 撤销.</summary>
    [Display(Name = "撤销")] Withdraw,

    /// <summary>Another clock takes its place 由新的期限取代.</summary>
    [Display(Name = "由新的期限取代")] Supersede,
}

/// <summary>Something that happened to a clock.</summary>
/// <param name="On">The day.</param>
/// <param name="Act">What.</param>
/// <param name="Why">In Chinese; null: nothing is to be said.</param>
/// <param name="Days">Of <see cref="ClockAct.Extend"/>: how many days more.</param>
public sealed record ClockEvent(DateOnly On, ClockAct Act, string? Why = null, int Days = 0);

/// <summary>How a clock stands on a day. It is derived, and never stored.</summary>
public enum ClockStanding
{
    /// <summary>It runs, and the due day has not passed.</summary>
    [Display(Name = "未到期")] Open,

    /// <summary>It is suspended.</summary>
    [Display(Name = "中止")] Suspended,

    /// <summary>The due day has passed, and it is not done.</summary>
    [Display(Name = "逾期")] Overdue,

    /// <summary>Done by the due day.</summary>
    [Display(Name = "按期完成")] InTime,

    /// <summary>Done, or ended otherwise, when the due day had passed.</summary>
    [Display(Name = "逾期完成")] Late,

    /// <summary>Done before it began, which is a contradiction.</summary>
    [Display(Name = "早于起算日")] BeforeStart,

    /// <summary>Owed no longer, and not late by then.</summary>
    [Display(Name = "已撤销")] Withdrawn,

    /// <summary>It depends on a notice or a school calendar that is not loaded.</summary>
    [Display(Name = "无法判断")] CannotTell,
}

/// <summary>What a clock says on a day.</summary>
/// <param name="Standing">How it stands.</param>
/// <param name="Due">The last day in time; null: suspended, or not known.</param>
/// <param name="Proof">Every day from the start, with the reason; up to the due day where that is known.</param>
/// <param name="Missing">What would settle it: <c>holidays:2027</c>; null: nothing is missing.</param>
public sealed record ClockReading(
    ClockStanding Standing, DateOnly? Due, IReadOnlyList<DayProof> Proof, string? Missing)
{
    /// <summary>The year whose notice is missing; null: none is.</summary>
    public int? MissingYear => Missing is ['h', 'o', 'l', 'i', 'd', 'a', 'y', 's', ':', .. var year]
        ? int.Parse(year, CultureInfo.InvariantCulture) : null;

    /// <summary>Whether it has ended by that day.</summary>
    public bool IsEnded => Standing is ClockStanding.InTime or ClockStanding.Late or ClockStanding.BeforeStart
        or ClockStanding.Withdrawn;
}

/// <summary>
/// The time that an office has for what it owes (期限): a start, a budget, and the ledger of what happened to it. Due
/// day, standing and proof are derived from these and from the calendar of the place that owes it. Pure: it knows no
/// today.
/// </summary>
/// <param name="Start">Day 0, whatever day it is: of receipt, of entry.</param>
/// <param name="Budget">How much time.</param>
/// <param name="Events">What happened to it, in the order of the days.</param>
public sealed record Clock(DateOnly Start, ClockBudget Budget, IReadOnlyList<ClockEvent> Events)
{
    /// <summary>Behind two years that are not published no notice is looked for.</summary>
    private const int MostUnknown = 732;

    /// <summary>How it stands on a day, by what was known on it: later events have not happened.</summary>
    /// <param name="days">The days of the place that owes it.</param>
    /// <param name="on">The day that is asked about, its end.</param>
    public ClockReading Read(WorkCalendar days, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(days);
        var known = Events.Where(e => e.On <= on).ToList();
        var at = known.FindIndex(e => e.Act is ClockAct.Done or ClockAct.Withdraw or ClockAct.Supersede);
        var end = at < 0 ? null : known[at];
        if (at >= 0) known.RemoveRange(at + 1, known.Count - at - 1);   // what has ended is not prolonged any more
        var last = end?.On ?? on;
        var (due, proof, missing) = Count(days, known, last);
        var isSuspended = known.FindLast(e => e.Act is ClockAct.Suspend or ClockAct.Resume)
            is { Act: ClockAct.Suspend };
        return new(Stand(), due, proof, missing);

        ClockStanding Stand()
        {
            if (end is { Act: ClockAct.Done } && end.On < Start) return ClockStanding.BeforeStart;
            var late = IsLate(days, known, last, due);
            return (end?.Act, late) switch
            {
                (not null, true) => ClockStanding.Late,
                (null, true) => ClockStanding.Overdue,
                (_, null) => ClockStanding.CannotTell,
                (null, _) when isSuspended => ClockStanding.Suspended,
                (null, _) => ClockStanding.Open,
                (ClockAct.Done, _) => ClockStanding.InTime,
                _ => ClockStanding.Withdrawn,
            };
        }
    }

    /// <summary>
    /// Whether the due day has passed at the end of a day; null: that depends on what is not known. What is known
    /// settles it where every possible notice agrees.
    /// </summary>
    private bool? IsLate(WorkCalendar days, List<ClockEvent> known, DateOnly on, DateOnly? due)
    {
        if (due is { } last) return on > last;
        if (Budget.Until is not null) return false;
        if (Budget.AtMost is { } most && days.IsOfCountry && on.DayNumber - Start.DayNumber > most
            && !known.Exists(e => e.Act is ClockAct.Suspend or ClockAct.Extend))
            return true;
        var budget = BudgetOf(known);
        var (counted, open) = (0, 0);
        for (var at = Start.AddDays(1); at < on && counted < budget && open < MostUnknown; at = at.AddDays(1))
            if (SuspensionOn(known, at) is null)
                if (days.Find(at, Budget.Days, out _) is not { } day) open++;
                else if (day.Working) counted++;
        return counted >= budget ? true : counted + open < budget ? false : null;
    }

    private (DateOnly? Due, IReadOnlyList<DayProof> Proof, string? Missing) Count(
        WorkCalendar days, List<ClockEvent> known, DateOnly on)
    {
        if (Budget.Until is { } until)
            return (known.Where(e => e.Act == ClockAct.Extend).Aggregate(until, (day, e) => day.AddDays(e.Days)), [],
                null);
        if (days.Find(Start, Budget.Days, out var missing) is not { } first) return (null, [], missing);
        List<DayProof> proof = [first with { Ordinal = 0 }];
        var (budget, counted) = (BudgetOf(known), 0);
        for (var at = Start.AddDays(1); counted < budget; at = at.AddDays(1))
            if (SuspensionOn(known, at) is { } suspended)
            {
                if (at > on) return (null, proof, null);
                proof.Add(new(at, false, suspended.Why is { } why ? $"中止：{why}" : "中止", null, null));
            }
            else if (days.Find(at, Budget.Days, out missing) is { } day)
                proof.Add(day.Working ? day with { Ordinal = ++counted } : day);
            else
                return (null, proof, missing);
        return (proof[^1].Date, proof, null);
    }

    private int BudgetOf(List<ClockEvent> known) =>
        Budget.Count + known.Where(e => e.Act == ClockAct.Extend).Sum(e => e.Days);

    private static ClockEvent? SuspensionOn(List<ClockEvent> known, DateOnly day) =>
        known.FindLast(e => e.On <= day && e.Act is ClockAct.Suspend or ClockAct.Resume)
            is { Act: ClockAct.Suspend } suspended ? suspended : null;
}
