namespace EduAssist.National;

/// <summary>
/// What the central documents ask for year after year. They print periods and no day: a duty is due at the end of its
/// last year, and the years are counted from the year of issue (<c>nat-i5</c>).
/// </summary>
internal sealed class Duties : ITimeline
{
    private const int Issued = 2019;

    private static readonly IReadOnlyList<Duty> All =
    [
        new("catalogue-of-majors", "修订职业院校专业目录（原则上每 5 年 1 次）", "国务院教育行政部门", ["sc2019-4/9"], Every(5))
        {
            Interpretations = ["nat-i2", "nat-i5"],
        },
        new("majors-of-school", "学校依据目录调整专业（每年 1 次）", "职业院校", ["sc2019-4/9"], Every(1))
            { Interpretations = ["nat-i5"] },
        new("textbooks", "修订教材（每 3 年 1 次；专业教材还须及时更新）", "职业院校", ["sc2019-4/9"], Every(3))
            { Interpretations = ["nat-i5"] },
        new("month-in-company", "安排教师到企业、实训基地实训（每年至少 1 个月）", "职业院校、应用型本科高校", ["sc2019-4/12"], Every(1))
        {
            Interpretations = ["nat-i5", "nat-i6"],
        },
        new("teacher-training-cycle", "完成一轮教师全员轮训（5 年一周期）", "职业院校、应用型本科高校", ["sc2019-4/12"], Every(5))
            { Interpretations = ["nat-i5"] },
        new("county-hears-report", "听取义务教育工作汇报（每年至少 1 次）", "县级党委和政府", ["cc2019/22"], Every(1))
            { Interpretations = ["nat-i5"] },
    ];

    IEnumerable<Window> ITimeline.Windows(int year, WorkCalendar calendar, InterpretationProfile reading) => [];

    IEnumerable<Duty> ITimeline.Duties(int year, WorkCalendar calendar, InterpretationProfile reading) => All;

    /// <summary>
    /// What is asked for every year is due in the year of issue already; a longer period ends so many years after it.
    /// </summary>
    private static Recurrence Every(int years) =>
        Recurrence.EveryYears(years, years == 1 ? Issued : Issued + years, 12, 31);
}
