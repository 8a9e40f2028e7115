namespace EduAssist.ToyRegion;

/// <summary>第五条的受理期，第六条的名单。</summary>
internal sealed class Timeline : ITimeline
{
    public IEnumerable<Window> Windows(int year, WorkCalendar calendar, InterpretationProfile reading) =>
        [Acceptance(year, calendar)];

    public IEnumerable<Duty> Duties(int year, WorkCalendar calendar, InterpretationProfile reading) =>
        [new("monthly-list", "上报帮扶名单", "学校", ["toy2024/6"], Recurrence.EveryMonth)];

    /// <summary>From the first working day to the last, closed on days off in between.</summary>
    internal static Window Acceptance(int year, WorkCalendar calendar)
    {
        var open = new DateSpan(new(year, 3, 1), new(year, 3, 20)).Days.Where(calendar.IsWorking).ToList();
        return new("acceptance", "受理期", open[0], open[^1], ["toy2024/5"])
        {
            Closed = [.. new DateSpan(open[0], open[^1]).Days.Except(open)],
        };
    }
}
