namespace EduAssist.TrialClass;

/// <summary>课程表及作息时间，和它的核对。</summary>
public class TimetableTests
{
    private static Timetable Printed => PrintedTimetable.Printed;

    [Fact]
    [Proves("tc/timetable")]
    public void Thirty_lessons_a_week_by_subject() => Assert.Equal(
        [("专业体验课", 6), ("军体", 4), ("室外训练课", 4), ("数学", 4), ("语文", 4), ("书法", 2), ("社交礼仪", 2), ("职业规划", 2), ("英语", 2)],
        Printed.BySubject().OrderByDescending(s => s.Lessons).ThenBy(s => Array.IndexOf(Order, s.Subject)));

    [Fact]
    [Proves("tc/timetable", "tc/guardian/1.3", "tc/school/1.3")]
    public void The_printed_timetable_has_the_known_oddities_as_notes_and_no_error()
    {
        var remarks = Printed.Check().ToList();
        Assert.Empty(Loaded.Ids(remarks, RemarkLevel.Error));
        Assert.Equal(
            ["compulsory-lessons", "course-not-agreed", "gap", "lesson-length", "lessons-by-subject", "no-time"],
            Loaded.Ids(remarks, RemarkLevel.Note));
        Assert.Contains(remarks,
            r => r.Id == "compulsory-lessons" && r.Text.StartsWith("文化课 10 节", StringComparison.Ordinal));
        Assert.Contains(remarks,
            r => r.Id == "course-not-agreed" && r.Text.StartsWith("室外训练课 4 节", StringComparison.Ordinal));
        Assert.Contains(remarks, r => r.Id == "lesson-length" && r.Text.Contains("100 分钟", StringComparison.Ordinal)
            && r.Text.Contains("105 分钟", StringComparison.Ordinal));
        Assert.Equal(["08:20 至 08:30", "14:00 至 14:20", "16:05 至 19:00", "20:30 至 22:10"],
            remarks.Where(r => r.Id == "gap").Select(r => r.Text[..13]));
    }

    [Theory]
    [InlineData("a lesson at the time of another", "lesson-clash")]
    [InlineData("a lesson a minute into the next", "activity-clash lesson-clash")]
    [InlineData("a lesson that ends as the next begins", "activity-clash")]
    [InlineData("a lesson into lunch", "activity-clash")]
    [InlineData("a nap into the afternoon lesson", "activity-clash")]
    [InlineData("a lesson that ends before it begins", "impossible-time")]
    [InlineData("an activity that ends before it begins", "impossible-time")]
    [InlineData("a lesson is gone", "six-lessons")]
    [InlineData("a day is gone", "six-lessons")]
    [InlineData("no calligraphy", "course-missing six-lessons")]
    [InlineData("a course that nobody agreed", "course-missing course-unknown")]
    [Proves("tc/timetable", "tc/guardian/1.3")]
    public void A_planted_fault_is_an_error(string fault, string expected) =>
        Assert.Equal(expected, string.Join(' ', Loaded.Ids(Altered(fault).Check(), RemarkLevel.Error)));

    private static readonly string[] Order = ["专业体验课", "军体", "室外训练课", "数学", "语文", "书法", "社交礼仪", "职业规划", "英语"];

    private static Timetable Altered(string fault) => fault switch
    {
        "a lesson at the time of another" =>
            First(l => l with { From = Printed.Week[1].From, To = Printed.Week[1].To }),
        "a lesson a minute into the next" => First(l => l with { To = new(10, 31) }),
        "a lesson that ends as the next begins" => First(l => l with { To = new(10, 30) }),
        "a lesson into lunch" => Second(l => l with { To = new(12, 11) }),
        "a nap into the afternoon lesson" => Activity("午休", a => a with { To = new(14, 21) }),
        "a lesson that ends before it begins" => First(l => l with { To = new(8, 0) }),
        "an activity that ends before it begins" => Activity("晚自习", a => a with { To = new(18, 0) }),
        "a lesson is gone" => Printed with { Week = [.. Printed.Week.Skip(1)] },
        "a day is gone" => Printed with
        {
            Week =
            [
                .. Printed.Week.Where(l => l.Day != DayOfWeek.Monday),
                Printed.Week[2] with { Day = DayOfWeek.Saturday, Lessons = 6 },
            ],
        },
        "no calligraphy" => Printed with { Week = [.. Printed.Week.Where(l => l.Subject != "书法")] },
        "a course that nobody agreed" =>
            Printed with { Week = [.. Printed.Week.Select(l => l.Subject == "书法" ? l with { Course = "国学" } : l)] },
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static Timetable First(Func<Lesson, Lesson> alter) =>
        Printed with { Week = [alter(Printed.Week[0]), .. Printed.Week.Skip(1)] };

    private static Timetable Second(Func<Lesson, Lesson> alter) =>
        Printed with { Week = [Printed.Week[0], alter(Printed.Week[1]), .. Printed.Week.Skip(2)] };

    private static Timetable Activity(string what, Func<DailyActivity, DailyActivity> alter) =>
        Printed with { Daily = [.. Printed.Daily.Select(a => a.What == what ? alter(a) : a)] };
}
