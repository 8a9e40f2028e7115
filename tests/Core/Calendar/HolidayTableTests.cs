using EduAssist.Kernel.Calendar;

namespace EduAssist.Core.Calendar;

public class HolidayTableTests
{
    [Fact]
    public void Every_day_of_ten_years_is_what_the_other_sources_say()
    {
        Assert.Equal(363, Published.CrossChecked.Count);
        Assert.Equal(3652, Published.Days.Count());
        Assert.Empty(Disagreements(Published.Table));
    }

    [Theory]
    [InlineData("2020-02-01", DayKind.Work)]   // as the first notice of 2020 had it
    [InlineData("2019-05-02", null)]           // as the first notice of 2019 had it
    [InlineData("2024-10-12", null)]
    public void A_planted_fault_is_seen(string date, DayKind? kind)
    {
        var day = Published.Day(date);
        var year = Published.Table.ForYear(day.Year)!;
        var wrong = year with
        {
            Days =
            [
                .. year.Days.Where(d => d.Date != day),
                .. kind is { } k ? [year.Days.First(d => d.Date == day) with { Kind = k }] : Array.Empty<Holiday>(),
            ],
        };
        Assert.Equal([day], Disagreements(Published.Table.With(wrong)));
    }

    [Theory]
    [InlineData("2018-12-29", 2019, "国务院办公厅关于2019年部分节假日安排的通知")]   // New Year reaches into the December before
    [InlineData("2022-12-31", 2023, "国务院办公厅关于2023年部分节假日安排的通知")]
    [InlineData("2019-05-01", 2019, "国务院办公厅关于调整2019年劳动节假期安排的通知")]
    [InlineData("2019-06-07", 2019, "国务院办公厅关于2019年部分节假日安排的通知")]
    [InlineData("2020-01-30", 2020, "国务院办公厅关于2020年部分节假日安排的通知")]
    [InlineData("2020-01-31", 2020, "国务院办公厅关于延长2020年春节假期的通知")]
    [InlineData("2020-02-02", 2020, "国务院办公厅关于延长2020年春节假期的通知")]
    public void A_day_names_the_notice_that_settled_it(string date, int year, string title)
    {
        var day = Published.Table.Days.Single(d => d.Date == Published.Day(date));
        Assert.Equal((year, title), (day.Notice.Year, day.Notice.Title));
        Assert.StartsWith("http", day.Notice.Url, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_version_is_its_years_and_its_content()
    {
        Assert.Equal("2017-2026#8ae5fe28", Published.Table.Version);
        Assert.Equal(Published.Table.Version,
            new HolidayTable(Published.Table.Years.Reverse().Select(y => Published.Table.ForYear(y)!)).Version);
        Assert.StartsWith("none#", new HolidayTable().Version, StringComparison.Ordinal);
        Assert.StartsWith("2017-2018+2020#", new HolidayTable(Years(2020, 2017, 2018)).Version,
            StringComparison.Ordinal);
        Assert.StartsWith("2020#", new HolidayTable(Years(2020)).Version, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_part_of_the_content_changes_the_version()
    {
        var year = Published.Table.ForYear(2026)!;
        var day = year.Days[0];
        Holiday[] changed =
        [
            day with { Date = day.Date.AddDays(-1) }, day with { Name = "新年" }, day with { Kind = DayKind.Work },
            day with { Notice = day.Notice with { Title = "另一份" } },
            day with { Notice = day.Notice with { Url = null } },
        ];
        var versions =
            changed.Select(other => Published.Table.With(year with { Days = [other, .. year.Days.Skip(1)] }).Version);
        Assert.Equal(6, versions.Append(Published.Table.Version).Distinct().Count());
    }

    [Fact]
    public void A_notice_of_a_published_year_replaces_it_and_leaves_the_table_alone()
    {
        var notice = new HolidayNotice(2026, "调整2026年劳动节假期安排的通知", null);
        var amended = Published.Table.ForYear(2026)! with
        {
            Days =
            [
                .. Published.Table.ForYear(2026)!.Days.Where(d => d.Date != new DateOnly(2026, 5, 5)),
                new(new(2026, 5, 6), "劳动节", DayKind.Off, notice),
            ],
        };
        var table = Published.Table.With(amended);
        Assert.Equal(Published.Table.Years, table.Years);
        Assert.Equal([new DateOnly(2026, 5, 5), new DateOnly(2026, 5, 6)], Disagreements(table));
        Assert.Empty(Disagreements(Published.Table));
    }

    [Fact]
    public void Of_two_years_that_name_a_day_the_later_has_the_word()
    {
        var first = new HolidayYear(2026, [new(new(2026, 12, 31), "元旦", DayKind.Off, new(2026, "甲", null))]);
        var later = new HolidayYear(2027, [new(new(2026, 12, 31), "元旦", DayKind.Work, new(2027, "乙", null))]);
        Assert.Equal("乙", Assert.Single(new HolidayTable(later, first).Days).Notice.Title);
    }

    [Fact]
    public void A_date_twice_in_a_year_is_a_bug()
    {
        var day = Published.Table.ForYear(2026)!.Days[0];
        Assert.Throws<ArgumentException>(() => new HolidayTable(new HolidayYear(2026, [day, day])));
        Assert.Throws<ArgumentException>(() => new HolidayTable(Years(2026, 2026)));
    }

    [Theory]
    [InlineData("2026-01-01,元旦,off,2026", "id,year,title\n", "第1行 url 列：没有这一列；应有 id,year,title,url")]
    [InlineData("2026-01-01,元旦,off,2025", "id,year,title,url\n2026,2026,通知,\n", "第2行 notice 列：没有通知“2025”")]
    [InlineData("2026-01-01,元旦,off,2026", "id,year,title,url\n2026,二〇二六,通知,\n", "第2行 year 列：“二〇二六”不是本世纪的年份")]
    [InlineData("2026-01-01,元旦,off,2026", "id,year,title,url\n2026,2026,通知,\n2026,2026,通知,\n", "第3行 id 列：“2026”出现两次")]
    [InlineData("2026-01-02,元旦,work,2026", "id,year,title,url\n2026,2026,通知,\n",
        "第2行 kind 列：2026-01-02 不是周六或周日，不会是调休上班日")]
    [InlineData("2026-01-01,元旦,off,2026", "id,year,title,url\n2026,2026,通知,\n", "文件 name 列：缺少2026年春节的放假日")]
    public void The_products_own_table_keeps_the_rules_too(string row, string notices, string fault)
    {
        using var holidays = new StringReader($"date,name,kind,notice\n{row}\n");
        using var list = new StringReader(notices);
        Assert.Contains(fault,
            Assert.Throws<InvalidDataException>(() => HolidayTable.Read(holidays, list)).Message.Split('\n'));
    }

    private static IEnumerable<HolidayYear> Years(params int[] years) =>
        years.Select(year => new HolidayYear(year, []));

    private static List<DateOnly> Disagreements(HolidayTable table)
    {
        var calendar = new WorkCalendar(table);
        return
        [
            .. Published.Days.Where(date => calendar.IsWorking(date) != Published.Worked(date)
                || calendar.Day(date).Working != Published.Worked(date)),
        ];
    }
}
