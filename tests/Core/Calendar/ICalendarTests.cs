using System.Text;
using System.Text.Json;
using EduAssist.Documents.Calendar;
using EduAssist.Kernel.Calendar;

namespace EduAssist.Core.Calendar;

public class ICalendarTests
{
    private const string LongTitle = "送生；7天，不含周末（五一放假结束后）\\义务教育职教班, 全州十个县市 😀𠮷; 各初级中学把学生送到职业学校报到\n第二行";

    private static readonly Window Sending = new(
        "sending", LongTitle, new(2020, 5, 6), new(2020, 5, 14), ["cx2020/4.2.2", "cx2020/4.1.2"])
    {
        Closed = [new(2020, 5, 9), new(2020, 5, 10)],
        Interpretations = ["cx-i2"],
    };

    private static readonly Window Consolidation =
        new("consolidation", "巩固", new(2020, 6, 12), null, ["cx2020/4.2.5"]) { Estimated = new(2020, 10, 31) };

    private static readonly Duty Report = new(
        "report", "年度工作总结", "县市教育体育局", ["cx2020/8.1b"], Recurrence.EveryYear(9, 30));
    private static readonly Duty Daily = new(
        "attendance", "日报", "学校", ["gz2021/2.5a"], Recurrence.Daily(new(12, 0), Published.Calendar));
    private static readonly Duty Undated = new("visits", "家访", "初级中学", ["cx2020/4.2.5b"], Recurrence.NoDeadline);

    private static readonly IReadOnlyList<DutyInstance> Duties =
    [
        .. Report.Within(DateSpan.Year(2020)), .. Undated.Within(DateSpan.Year(2020)),
        .. Daily.Within(new DateSpan(new(2020, 5, 9), new(2020, 5, 10)), ["一中", "二中"]),
    ];

    private sealed record Event(string Uid, string Summary, string Description, string Start, string End, bool AllDay);

    private static readonly Event[] Expected =
    [
        new("chuxiong-2020-sending-1@eduassist", LongTitle, "条款：cx2020/4.2.2、cx2020/4.1.2\n释义：cx-i2", "2020-05-06",
            "2020-05-09", true),
        new("chuxiong-2020-sending-2@eduassist", LongTitle, "条款：cx2020/4.2.2、cx2020/4.1.2\n释义：cx-i2", "2020-05-11",
            "2020-05-15", true),
        new("chuxiong-2020-consolidation-1@eduassist", "巩固（预计）", "条款：cx2020/4.2.5", "2020-06-12", "2020-11-01", true),
        new("chuxiong-2020-report@eduassist", "年度工作总结", "县市教育体育局\n条款：cx2020/8.1b", "2020-09-30", "2020-10-01", true),
        new("chuxiong-2020-05-09-attendance-一中@eduassist", "日报（12:00前）", "学校：一中\n条款：gz2021/2.5a", "2020-05-09",
            "2020-05-10", true),
        new("chuxiong-2020-05-09-attendance-二中@eduassist", "日报（12:00前）", "学校：二中\n条款：gz2021/2.5a", "2020-05-09",
            "2020-05-10", true),
    ];

    [Fact]
    public void A_small_calendar_stands_letter_by_letter() => Assert.Equal(
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//EduAssist//Calendar//ZH
        CALSCALE:GREGORIAN
        X-WR-CALNAME:楚雄州\, 2020
        REFRESH-INTERVAL;VALUE=DURATION:P1D
        X-PUBLISHED-TTL:P1D
        BEGIN:VEVENT
        UID:chuxiong-2020-consolidation-1@eduassist
        DTSTAMP:20200331T160000Z
        DTSTART;VALUE=DATE:20200612
        DTEND;VALUE=DATE:20201101
        SUMMARY:巩固（预计）
        DESCRIPTION:条款：cx2020/4.2.5
        TRANSP:TRANSPARENT
        END:VEVENT
        END:VCALENDAR

        """.ReplaceLineEndings("\r\n"), Write([Consolidation], []));

    [Fact]
    public void A_calendar_of_nothing_has_a_component_too()
    {
        var text = Write([], []);
        Assert.DoesNotContain("VEVENT", text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("VTIMEZONE", Write([Sending], []), StringComparison.Ordinal);
        Assert.Empty(Malformed(text));
    }

    [Fact]
    public void Lines_are_folded_between_characters()
    {
        var text = Write([Sending, Consolidation], Duties);
        Assert.Empty(Malformed(text));
        Assert.Contains("\r\n ", text, StringComparison.Ordinal);
        Assert.Contains(text.Split("\r\n"), line => Encoding.UTF8.GetByteCount(line) is > 72 and <= 75);
        Assert.Contains(@"SUMMARY:送生；7天，不含周末（五一放假结束后）\\义务教育职教班\, 全州十个县市 😀𠮷\; 各初级中学把学生送到职业学校报到\n第二行",
            text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(66, 1)]    // SUMMARY: has 8 octets
    [InlineData(67, 1)]
    [InlineData(68, 2)]
    [InlineData(141, 2)]   // 75 and 74 more
    [InlineData(142, 3)]
    public void A_line_has_75_octets_and_no_more(int octets, int lines)
    {
        var text = Write([Sending with { Title = new('a', octets), Closed = [] }], []);
        Assert.Equal(lines, text.Split("\r\n").SkipWhile(line => !line.StartsWith("SUMMARY", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("DESCRIPTION", StringComparison.Ordinal)).Count());
        Assert.Empty(Malformed(text));
    }

    [Fact]
    public void Wherever_the_fold_falls_no_character_is_cut()
    {
        for (var shift = 0; shift < 80; shift++)
            Assert.Empty(Malformed(Write(
                [Sending with { Title = new string('a', shift) + string.Concat(Enumerable.Repeat("县😀é", 30)) }], [])));
    }

    [Fact]
    public void The_check_of_lines_catches_what_it_is_for()
    {
        Assert.Single(Malformed(new string('a', 76) + "\r\n"));
        Assert.Single(Malformed("SUMMARY:送\n生\r\n"));
        Assert.Single(Malformed("SUMMARY:\uD83D\r\n \uDE00\r\n"));
        Assert.Single(Malformed("SUMMARY:送生"));
    }

    [Fact]
    public void A_UID_outlives_a_move_of_the_dates()
    {
        var moved = Sending with { First = new(2020, 5, 7), Last = new(2020, 5, 15) };
        var later = Report with { When = Recurrence.EveryYear(10, 15) };
        Assert.Equal(Uids(Write([Sending, Consolidation], [.. Report.Within(DateSpan.Year(2020))])),
            Uids(Write(
                [moved, Consolidation with { Last = new(2020, 10, 9) }], [.. later.Within(DateSpan.Year(2020))])));
        Assert.Throws<ArgumentException>(() => Write([Sending, Sending], []));
        Assert.Throws<ArgumentException>(() => Write([], [Duties[0], Duties[0]]));
    }

    [Theory]
    [InlineData("2020-10-31", "20201101")]
    [InlineData("2020-06-12", "20200613")]
    [InlineData("2020-06-01", "20200613")]   // passed already
    [InlineData(null, "20200613")]
    public void An_open_window_ends_at_its_estimate(string? estimate, string end)
    {
        var text = Write([Consolidation with { Estimated = estimate is null ? null : Published.Day(estimate) }], []);
        Assert.Contains($"DTEND;VALUE=DATE:{end}\r\n", text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:巩固（预计）\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_do_not_get_out() =>
        Assert.Contains("SUMMARY:a\\nb\tcd\r\n",
            Write([Consolidation with { Title = "a\r\nb\tc\u0000\u0007d", Last = new(2020, 7, 1) }], []),
            StringComparison.Ordinal);

    [Fact, Requires(ExternalProgram.Node)]
    public async Task Another_reader_understands_the_same_events()
    {
        var reader = new NodeProject(Folder());
        if (await reader.Install() is { } missing) Assert.Skip(missing);
        var text = Write([Sending, Consolidation], Duties);
        Assert.Equal(Expected, await Understood(reader, text));
        Assert.Empty(await Understood(reader, Write([], [])));

        // a planted fault: a day that moved must be seen
        var moved = text.Replace("DTEND;VALUE=DATE:20200509", "DTEND;VALUE=DATE:20200508", StringComparison.Ordinal);
        Assert.NotEqual(text, moved);
        Assert.NotEqual(Expected, await Understood(reader, moved));
    }

    private static string Write(IEnumerable<Window> windows, IEnumerable<DutyInstance> duties)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        IcsCalendar.Write(writer, "楚雄州, 2020", windows, duties, 2020, "chuxiong",
            new(2020, 4, 1, 0, 0, 0, TimeSpan.FromHours(8)));
        return writer.ToString();
    }

    private static IEnumerable<string> Uids(string text) =>
        text.Split("\r\n").Where(line => line.StartsWith("UID:", StringComparison.Ordinal));

    /// <summary>Lines that RFC 5545, 3.1 does not allow, read as octets.</summary>
    private static List<string> Malformed(string text) =>
    [
        .. text.Split("\r\n")
            .Where(line => Encoding.UTF8.GetByteCount(line) > 75 || line.Contains('\n', StringComparison.Ordinal)
            || (line.Length > 0
                && (char.IsHighSurrogate(line[^1])
                    || char.IsLowSurrogate(line.TrimStart(' ').FirstOrDefault())))).Take(1),
        .. text.EndsWith("\r\n", StringComparison.Ordinal) ? Array.Empty<string>() : ["the last line is not ended"],
    ];

    private static async Task<Event[]> Understood(NodeProject reader, string text)
    {
        var (exit, events) = await reader.Run("node", text, "read.mjs");
        Assert.True(exit == 0, events);
        return JsonSerializer.Deserialize<Event[]>(events, JsonSerializerOptions.Web)!;
    }

    private static string Folder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "EduAssist.sln")))
            root = root.Parent ?? throw new InvalidOperationException("no solution above the test");
        return Path.Combine(root.FullName, "tests", "ics");
    }
}
