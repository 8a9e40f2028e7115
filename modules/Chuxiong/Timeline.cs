namespace EduAssist.Chuxiong;

/// <summary>四（二）实施步骤的五个时段，以及各条的职责。</summary>
internal sealed class Timeline : ITimeline
{
    private const string Counties = "县市教育体育局", Vocational = "职业学校", JuniorHigh = "原初级中学";

    public IEnumerable<Window> Windows(int year, WorkCalendar calendar, InterpretationProfile reading)
    {
        var sending = Sending(year, calendar, reading);
        var stabilisation = Weeks(3, sending, "stabilisation", "稳定期", "cx2020/4.2.3");
        var confirmation = Weeks(1, stabilisation, "confirmation", "确认期", "cx2020/4.2.4");
        return
        [
            new("publicity", "宣传期", new(year, 4, 21), new(year, 4, 30), ["cx2020/4.2.1"]),
            sending,
            stabilisation,
            confirmation,
            new("consolidation", "巩固期", DayAfter(confirmation), null, ["cx2020/4.2.5"])
                { Interpretations = ["cx-i4", "cx-i9"], Estimated = new(year, 10, 31) },
        ];
    }

    public IEnumerable<Duty> Duties(int year, WorkCalendar calendar, InterpretationProfile reading)
    {
        var confirmed = Windows(year, calendar, reading).Single(w => w.Id == "confirmation").Last!.Value;
        return
        [
            new("implementation-plan", "上报实施方案", "县市教育体育局、州属职业学校", ["cx2020/8.1a"],
                reading.TakesOther("cx-i8") ? EveryYear(3, 31)
                    : Recurrence.Once(new(2020, 3, 31))) { Interpretations = ["cx-i8"] },
            new("teaching-plan", "上报教学方案", Vocational, ["cx2020/5.2", "cx2020/A5"], EveryYear(4, 30)),
            new("attendance-list", "上报在读学生名单", Vocational, ["cx2020/4.2.4", "cx2020/A4"],
                Recurrence.OnceIn(year, confirmed)),
            new("county-confirmation", "确认在读学生名单", Counties, ["cx2020/4.2.4"], Recurrence.OnceIn(year, confirmed)),
            new("annual-report", "上报招生情况和工作总结", "县市教育体育局、州属职业学校", ["cx2020/8.1b"], EveryYear(9, 30)),
            new("class-forming", "报到后编班、开课、配班主任", Vocational, ["cx2020/4.2.2b"], Recurrence.NoDeadline),
            new("home-visits", "了解学生情况、牵头家访", JuniorHigh, ["cx2020/4.2.5b"], Recurrence.NoDeadline),
            new("return-and-examination", "衔接学生返校就读和考试", Vocational, ["cx2020/5.3b"], Recurrence.NoDeadline),
            new("results-handover", "移交义务教育课程成绩和档案", Vocational, ["cx2020/5.4"], Recurrence.NoDeadline),
            new("registered-list", "秋季注册后上报注册学生名单", Vocational, ["cx2020/A6"], Recurrence.NoDeadline),
        ];
    }

    /// <summary>四（二）2：五一收假后的七天，双休日除外。</summary>
    private static Window Sending(int year, WorkCalendar calendar, InterpretationProfile reading)
    {
        bool Counts(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
            || (reading.TakesOther("cx-i2") && calendar.IsMakeUpDay(day));

        var back = calendar.DaysOff(year, "劳动节").Last!.Value.AddDays(1);
        var days = Enumerable.Range(0, 14).Select(back.AddDays).Where(Counts).Take(7).ToList();
        return new("sending", "送读期", days[0], days[^1], ["cx2020/4.2.2"])
        {
            Closed = [.. new DateSpan(days[0], days[^1]).Days.Except(days)],
            Interpretations = ["cx-i2"],
        };
    }

    private static Recurrence EveryYear(int month, int day) =>
        Recurrence.EveryYears(1, Provisions.InForce.Year, month, day);

    private static Window Weeks(int weeks, Window previous, string id, string title, string provision) =>
        new(id, title, DayAfter(previous), previous.Last!.Value.AddDays(7 * weeks), [provision])
        { Interpretations = ["cx-i3"] };

    private static DateOnly DayAfter(Window window) => window.Last!.Value.AddDays(1);
}
