namespace EduAssist.ToyRegion;

/// <summary>第五条的受理期，第六条的名单。</summary>
internal sealed class Timeline : ITimeline
{
    public IEnumerable<Window> Windows(int year, WorkCalendar calendar, InterpretationProfile reading)
    {
        var span = new DateSpan(new(year, 3, 1), new(year, 3, 20));
        return
        [
            new("acceptance", "受理期", span.First, span.Last, ["toy2024/5"])
                { Closed = [.. span.Days.Where(day => !calendar.IsWorking(day))] },
        ];
    }

    public IEnumerable<Duty> Duties(int year, WorkCalendar calendar, InterpretationProfile reading) =>
        [new("monthly-list", "上报帮扶名单", "学校", ["toy2024/6"], Recurrence.EveryMonth)];
}
