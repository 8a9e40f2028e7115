namespace EduAssist.ToyRegion;

/// <summary>第五条、第十一条的受理期，第六条的名单，第十条的改线路期。</summary>
internal sealed class Timeline : ITimeline
{
    public IEnumerable<Window> Windows(int year, WorkCalendar calendar, InterpretationProfile reading) =>
        [Acceptance(year, calendar), Second, RouteChange(year)];

    public IEnumerable<Duty> Duties(int year, WorkCalendar calendar, InterpretationProfile reading) =>
        [new("monthly-list", "上报帮扶名单", "学校", ["toy2024/6"], Recurrence.EveryMonth)];

    /// <summary>Of one year only.</summary>
    internal static Window Second { get; } =
        new("second-acceptance", "第二次受理期", new(2024, 9, 2), new(2024, 9, 13), ["toy2024/11"]) { Years = [2024] };

    /// <summary>A last day is printed, and no first one.</summary>
    internal static Window RouteChange(int year) =>
        Window.Until("route-change", "改乘车线路", new(year, 12, 20), ["toy2024/10"]);

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
