using System.Globalization;
using static EduAssist.TrialClass.Remarks;

namespace EduAssist.TrialClass;

/// <summary>A run of lessons of the week.</summary>
/// <param name="Day">Monday to Friday.</param>
/// <param name="Slot">As printed: 第一、二节.</param>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end, the break between its lessons included.</param>
/// <param name="Lessons">How many lessons it is.</param>
/// <param name="Subject">As printed.</param>
/// <param name="Course">The course of the agreements that it belongs to; null: of none.</param>
internal sealed record Lesson(
    DayOfWeek Day, string Slot, TimeOnly From, TimeOnly To, int Lessons, string Subject, string? Course);

/// <summary>What every day holds besides lessons (作息).</summary>
/// <param name="What">As printed.</param>
/// <param name="From">Null: no time is printed.</param>
/// <param name="To">Null: no time is printed, or it is a moment.</param>
internal sealed record DailyActivity(string What, TimeOnly? From, TimeOnly? To);

/// <summary>一周的课程表和作息时间。</summary>
internal sealed record Timetable(IReadOnlyList<Lesson> Week, IReadOnlyList<DailyActivity> Daily)
{
    /// <summary>家长协议一3、学校间协议一3：约定的课程。</summary>
    internal static readonly IReadOnlyList<string> Agreed = ["文化课", "专业体验", "军体", "职业规划", "书法", "社交礼仪"];

    private static readonly IReadOnlyList<string> Table = ["tc/timetable"],
        Courses = ["tc/timetable", "tc/guardian/1.3", "tc/school/1.3"];

    /// <summary>Lessons a week by subject, the most first.</summary>
    internal IEnumerable<(string Subject, int Lessons)> BySubject() =>
        Week.GroupBy(l => l.Subject).Select(g => (g.Key, g.Sum(l => l.Lessons))).OrderByDescending(s => s.Item2)
            .ThenBy(s => s.Key, StringComparer.Ordinal);

    /// <summary>
    /// Clashes, impossible times, days without six lessons and agreed courses without any are errors; what the kit
    /// prints oddly is a note.
    /// </summary>
    internal IEnumerable<Remark> Check() =>
    [
        .. Week.Where(l => l.To <= l.From || l.Lessons < 1)
            .Select(l => Error("impossible-time", $"{Name(l)}的时间或节数不可能。", Table)),
        .. Daily.Where(a => a.To <= a.From).Select(a => Error("impossible-time", $"{a.What}的时间不可能。", Table)),
        .. Week.SelectMany((l, i) => Week.Skip(i + 1)
            .Where(other => other.Day == l.Day && Overlap(l.From, l.To, other.From, other.To))
            .Select(other => Error("lesson-clash", $"{Name(l)}与{Name(other)}时间冲突。", Table))),
        .. Week.SelectMany(l => Daily.Where(a => a is { From: { } from, To: { } to } && Overlap(l.From, l.To, from, to))
            .Select(a => Error("activity-clash", $"{Name(l)}与{a.What}时间冲突。", Table))),
        .. Week.GroupBy(l => l.Day).Where(g => g.Sum(l => l.Lessons) != 6)
            .Select(g => Error("six-lessons", $"{DayName(g.Key)}有 {g.Sum(l => l.Lessons)} 节课，应为六节。", Table)),
        .. SchoolDays.Except(Week.Select(l => l.Day)).Select(day => Error("six-lessons", $"{DayName(day)}没有课。", Table)),
        .. Agreed.Except(Week.Select(l => l.Course))
            .Select(course => Error("course-missing", $"协议约定的{course}没有排课。", Courses)),
        .. Week.Where(l => l.Course is not null && !Agreed.Contains(l.Course))
            .Select(l => Error("course-unknown", $"{Name(l)}归入的{l.Course}不是协议约定的课程。", Courses)),
        .. Week.Where(l => l.Course is null).GroupBy(l => l.Subject)
            .Select(g => Note("course-not-agreed", $"{g.Key} {g.Sum(l => l.Lessons)} 节不在协议约定的课程之内。", Courses)),
        Note("lessons-by-subject",
            $"每周共 {Week.Sum(l => l.Lessons)} 节："
                + $"{string.Join("、", BySubject().Select(s => $"{s.Subject} {s.Lessons}"))}。",
            Table),
        Note("compulsory-lessons",
            $"文化课 {Week.Where(l => l.Course == "文化课").Sum(l => l.Lessons)} 节，"
                + $"只有{string.Join("、", Week.Where(l => l.Course == "文化课").Select(l => l.Subject).Distinct())}。",
            Courses),
        .. Lengths(),
        .. Daily.Where(a => a.From is null && a.To is null).Select(a => Note("no-time", $"{a.What}没有印钟点。", Table)),
        .. Gaps().Select(g => Note("gap", $"{g.From:HH:mm} 至 {g.To:HH:mm} 没有印安排。", Table)),
    ];

    private static IEnumerable<DayOfWeek> SchoolDays => Enumerable.Range(1, 5).Select(day => (DayOfWeek)day);

    private IEnumerable<Remark> Lengths()
    {
        var lengths = Week.GroupBy(l => (l.Lessons, (l.To - l.From).TotalMinutes)).Select(g => g.Key).ToList();
        return lengths.Select(l => l.Lessons).Distinct().Count() < lengths.Count
            ? [
                Note("lesson-length",
                    $"同样节数长短不一：{string.Join("、", lengths.Select(l => $"{l.Lessons} 节 {l.TotalMinutes} 分钟"))}。", Table)]
            : [];
    }

    /// <summary>
    /// From the first to the last printed time of a day, what neither a lesson of every school day nor an activity
    /// covers.
    /// </summary>
    private IEnumerable<(TimeOnly From, TimeOnly To)> Gaps()
    {
        var everyDay = Week.GroupBy(l => (l.From, l.To)).Where(g => g.Select(l => l.Day).Distinct().Count() == 5)
            .Select(g => g.Key);
        var covered = everyDay.Concat(Daily.Where(a => a.From is not null)
            .Select(a => (From: a.From!.Value, To: a.To ?? a.From.Value))).OrderBy(s => s.From).ToList();
        return covered.Zip(covered.Skip(1)).Where(pair => pair.First.To < pair.Second.From)
            .Select(pair => (pair.First.To, pair.Second.From));
    }

    private static bool Overlap(TimeOnly from, TimeOnly to, TimeOnly otherFrom, TimeOnly otherTo) =>
        from < otherTo && otherFrom < to;

    private static string Name(Lesson lesson) => $"{DayName(lesson.Day)}{lesson.Slot}{lesson.Subject}";

    private static string DayName(DayOfWeek day) => $"星期{"日一二三四五六"[(int)day]}";
}

/// <summary>课程表及作息时间，照印。</summary>
internal sealed class PrintedTimetable : IReferenceData
{
    internal static readonly Timetable Printed = new(
        Seed.Rows("timetable.csv",
            row => new Lesson((DayOfWeek)row.Number("day"), row.Text("slot"), Time(row.Text("from")),
                Time(row.Text("to")), row.Number("lessons"), row.Text("subject"), row.TextOrNone("course"))),
        Seed.Rows("daily-schedule.csv",
            row => new DailyActivity(row.Text("what"), TimeOrNone(row.TextOrNone("from")),
                TimeOrNone(row.TextOrNone("to")))));

    public string Id => "trialclass.timetable";

    public string Title => "课程表及作息时间";

    public IEnumerable<Citation> Citations =>
        [new("reference-data", Id, Title, ["tc/timetable", "tc/guardian/1.3", "tc/school/1.3"], [])];

    public IReadOnlyList<Remark> Check(InterpretationProfile reading) => [.. Printed.Check()];

    private static TimeOnly? TimeOrNone(string? text) => text is null ? null : Time(text);

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
