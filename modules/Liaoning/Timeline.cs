namespace EduAssist.Liaoning;

/// <summary>8—14：各条的职责。意见不开时段，也不印截止日：学期、学年和年度的职责在其最后一天到期。</summary>
internal sealed class Timeline : ITimeline
{
    private const string School = "中等职业学校", Authority = "教育行政部门", Leaders = "书记、校长、分管教学的副校长（各人）";

    IEnumerable<Window> ITimeline.Windows(int year, WorkCalendar calendar, InterpretationProfile reading) => [];

    IEnumerable<Duty> ITimeline.Duties(int year, WorkCalendar calendar, InterpretationProfile reading) =>
    [
        new("disclosure", "公布招生信息", School, ["ln/8b"], Recurrence.NoDeadline),
        new("licence-check", "办学资质年检", Authority, ["ln/8c"], Recurrence.EveryYear(12, 31)),
        new("electronic-file", "为新生建立电子档案（逐人按入学日期计算）", School, ["ln/9a"], Recurrence.NoDeadline)
            { Interpretations = ["ln-i1"] },
        new("roll-maintenance", "维护学籍异动", School, ["ln/9b"], Recurrence.NoDeadline),
        new("quality-evaluation", "组织教学质量评估", "市教育行政部门", ["ln/10b"], Recurrence.NoDeadline),
        new("academic-test", "组织学业水平考试", Authority, ["ln/10b"], Recurrence.NoDeadline),
        new("quality-report", "发布教育质量年报", School, ["ln/10b"], Recurrence.EveryYear(12, 31)),
        new("aid-list", "核查受助学生名单，移出不再符合的学生", "市教育行政部门、中等职业学校", ["ln/12c"], Recurrence.EveryTerm),
        new("hazard-check", "校园隐患排查整治", School, ["ln/13"], PolicyData.Every("hazard-check")),
        new("emergency-drill", "应急演练", School, ["ln/13"], PolicyData.Every("emergency-drill")),
        new("safety-education", "安全专题教育：交通、网络、消防、防溺水、防灾减灾、防疫", School, ["ln/13"], PolicyData.Every("safety-education")),
        new("school-meeting", "教学工作会议（学校）", School, ["ln/14a"], Recurrence.EverySchoolYear)
            { Interpretations = ["ln-i11"] },
        new("department-meeting", "教学工作会议（系）", "系", ["ln/14a"], Recurrence.EveryTerm) { Interpretations = ["ln-i11"] },
        new("lessons-heard", "听课", Leaders, ["ln/14b"], Recurrence.EveryTerm) { AtLeast = 10 },
        new("company-visits", "到顶岗实习单位检查", Leaders, ["ln/14b"], Recurrence.EveryTerm) { AtLeast = 1 },
    ];
}
