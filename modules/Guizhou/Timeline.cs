namespace EduAssist.Guizhou;

/// <summary>
/// 宣传月和各项职责。Where a document prints a period and no day, its last day is the calendar's convention; a letter's five
/// working days and the like hang on an event and are functions, not duties with a date.
/// </summary>
internal sealed class Timeline : ITimeline
{
    private const string Prefectures = "市州人民政府、贵安新区管委会", County = "县级人民政府", Bureau = "县级教育行政部门", Township = "乡镇人民政府",
        CentralSchool = "乡镇中心校", School = "义务教育学校",
        Supervision = "教育督导部门", Draft = "（征求意见稿）";

    private static readonly TimeOnly Noon = new(12, 0);

    public IEnumerable<Window> Windows(int year, WorkCalendar calendar, InterpretationProfile reading) =>
    [
        PublicityMonth("publicity-february", "控辍保学宣传月（二月）", year, 2),
        PublicityMonth("publicity-august", "控辍保学宣传月（八月）", year, 8),
    ];

    public IEnumerable<Duty> Duties(int year, WorkCalendar calendar, InterpretationProfile reading) =>
        [.. OfNotice(calendar, reading), .. OfDraft()];

    private static IEnumerable<Duty> OfNotice(WorkCalendar calendar, InterpretationProfile reading) =>
    [
        new("half-month-check", "检查所属学校到校和教学情况", CentralSchool, ["gz2021/2.1a"], Recurrence.EveryHalfMonth),
        new("monthly-report", "报告控辍保学工作情况", CentralSchool, ["gz2021/2.1b"], Recurrence.EveryMonth),
        new("on-site-check", reading.TakesOther("gz-i8") ? "现场抽检学校常规管理" : "现场抽检学校常规管理，每所学校至少一次", Bureau,
            ["gz2021/2.1c"], Recurrence.EverySchoolYear) { Interpretations = ["gz-i8"] },
        new("class-register", "逐日逐班登记到校情况并上报（没有装入校历，只供提醒）", School, ["gz2021/2.5c"], Recurrence.Daily(Noon, calendar))
            { Interpretations = ["gz-i10", "gz-i14", "gz-i15"] },
        new("noon-attendance", "掌握每所学校到校情况（没有装入校历，只供提醒）", Bureau, ["gz2021/2.5a"], Recurrence.Daily(Noon, calendar))
            { Interpretations = ["gz-i10", "gz-i14", "gz-i15"] },
        new("suspected-dropout", "指导核准疑似辍学并劝返，多次不成即报告", CentralSchool, ["gz2021/2.5d"], Recurrence.NoDeadline)
            { Interpretations = ["gz-i11"] },
        new("act-on-report", "接到辍学报告后立即组织劝返", $"{Township}、{Bureau}", ["gz2021/2.5d"], Recurrence.NoDeadline),
        new("roll-place-persuades", "劝返户籍在省内他县的学生，多次不成即致函户籍地", $"学籍地{Bureau}和学校", ["gz2021/2.6a"],
            Recurrence.NoDeadline) { Interpretations = ["gz-i11"] },
        new("whole-class-handover", "报告小学毕业生底数和去向", "移交学校", ["gz2021/2.7"], Recurrence.NoDeadline),
        new("arrival-feedback", "反馈新生报到情况", "接收学校", ["gz2021/2.7"], Recurrence.NoDeadline),
        new("joint-meeting", "召开控辍保学联席会议", County, ["gz2021/2.8"], Recurrence.EveryHalfYear()),
        new("school-age-ledger", "更新 6—16 周岁人口就读台账", County, ["gz2021/2.9"], Recurrence.EveryYear(9, 30))
            { Interpretations = ["gz-i16"] },
        new("home-visits", "教师家访", School, ["gz2021/2.12"], Recurrence.NoDeadline),
        new("standing-supervision", "常态督导控辍保学", Supervision, ["gz2021/3.3"], Recurrence.NoDeadline),
    ];

    private static IEnumerable<Duty> OfDraft() =>
    [
        new("roll-reconciliation", $"核对出勤与在籍人数，登记学籍变动{Draft}", School, ["gz2017/2.4b"], Recurrence.NoDeadline),
        new("disability-check", $"会同残联核查未入学残疾儿童{Draft}", Bureau, ["gz2017/2.4d"], Recurrence.NoDeadline),
        new("work-report", $"年度工作报告写入控辍保学{Draft}", $"{County}、{Township}", ["gz2017/3.1b"],
            Recurrence.EveryYear(12, 31)),
        new("report-upward", $"定期向上级政府报告{Draft}", $"{Prefectures}、{County}", ["gz2017/3.1b"], Recurrence.NoDeadline),
        // the month after a term has begun, by convention
        new("special-supervision", $"开学后专项督导{Draft}", Supervision, ["gz2017/3.2a"],
            Recurrence.EveryHalfYear(3, 31, 9, 30)),
    ];

    private static Window PublicityMonth(string id, string title, int year, int month) =>
        new(id, title, new(year, month, 1), new(year, month, DateTime.DaysInMonth(year, month)),
            ["gz2021/2.10", "gz2017/3.3a"]);
}
