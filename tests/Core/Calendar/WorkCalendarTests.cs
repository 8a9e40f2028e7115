using EduAssist.Kernel.Calendar;
using FsCheck;
using FsCheck.Fluent;

namespace EduAssist.Core.Calendar;

public class WorkCalendarTests
{
    [Theory]
    [InlineData("2023-09-28", true, "工作日", false, null)]
    [InlineData("2023-09-29", false, "中秋节、国庆节放假", false, "国务院办公厅关于2023年部分节假日安排的通知")]
    [InlineData("2023-10-06", false, "中秋节、国庆节放假", false, "国务院办公厅关于2023年部分节假日安排的通知")]
    [InlineData("2023-10-07", true, "中秋节、国庆节调休上班", true, "国务院办公厅关于2023年部分节假日安排的通知")]
    [InlineData("2023-10-09", true, "工作日", false, null)]
    [InlineData("2023-10-14", false, "周六", false, null)]
    [InlineData("2023-10-15", false, "周日", false, null)]
    [InlineData("2020-05-09", true, "劳动节调休上班", true, "国务院办公厅关于2020年部分节假日安排的通知")]
    [InlineData("2020-02-03", true, "工作日", false, null)]   // the extended Spring Festival is over
    [InlineData("2017-04-29", false, "周六", false, null)]    // 与周末连休: not named by the notice
    public void A_day_says_why(string date, bool working, string why, bool makeUp, string? notice)
    {
        var day = Published.Day(date);
        Assert.Equal(new DayProof(day, working, why, notice, null), Published.Calendar.Day(day));
        Assert.Equal((working, makeUp), (Published.Calendar.IsWorking(day), Published.Calendar.IsMakeUpDay(day)));
    }

    [Theory]
    [InlineData(2023, "国庆节", "2023-09-29", "2023-10-06")]
    [InlineData(2023, "中秋节", "2023-09-29", "2023-10-06")]   // joined
    [InlineData(2022, "劳动节", "2022-04-30", "2022-05-04")]
    [InlineData(2017, "劳动节", "2017-05-01", "2017-05-01")]   // the weekend before is not named
    [InlineData(2019, "劳动节", "2019-05-01", "2019-05-04")]   // as amended
    [InlineData(2020, "春节", "2020-01-24", "2020-02-02")]     // as amended
    [InlineData(2019, "元旦", "2018-12-30", "2019-01-01")]
    public void The_days_off_of_a_holiday(int year, string holiday, string first, string last) =>
        Assert.Equal(new DateSpan(Published.Day(first), Published.Day(last)),
            Published.Calendar.DaysOff(year, holiday));

    [Fact]
    public void No_days_off_of_a_holiday_that_there_is_not() =>
        Assert.Throws<ArgumentException>(() => Published.Calendar.DaysOff(2023, "国庆"));

    [Theory]
    [InlineData("five days within a week", "2023-03-06", 5, "2023-03-13")]
    [InlineData("received on a Friday", "2023-03-03", 5, "2023-03-10")]
    [InlineData("received on a Sunday: day 1 is Monday", "2023-03-05", 1, "2023-03-06")]
    [InlineData("0 days are the day itself, even a Sunday", "2023-03-05", 0, "2023-03-05")]
    [InlineData("the last day before National Day", "2023-09-28", 1, "2023-10-07")]
    [InlineData("across National Day: two make-up days count", "2023-09-28", 5, "2023-10-11")]
    [InlineData("ends before National Day", "2023-09-27", 1, "2023-09-28")]
    [InlineData("received inside National Day", "2023-10-03", 5, "2023-10-11")]
    [InlineData("received on a make-up Saturday", "2023-10-07", 5, "2023-10-12")]
    [InlineData("onto a make-up Saturday", "2020-05-08", 1, "2020-05-09")]
    [InlineData("across a make-up Saturday", "2020-05-08", 2, "2020-05-11")]
    [InlineData("across a Saturday that is none", "2020-05-15", 1, "2020-05-18")]
    [InlineData("onto a make-up Sunday", "2019-04-30", 1, "2019-05-05")]
    [InlineData("across a year", "2022-12-30", 1, "2023-01-03")]
    public void A_deadline(string what, string from, int days, string due)
    {
        var proof = Published.Calendar.Add(Published.Day(from), days);
        Assert.True(Published.Day(due) == proof.Due, $"{what}: {proof.Due:yyyy-MM-dd}");
        Assert.Equal(days, Published.Calendar.WorkingDaysBetween(Published.Day(from), proof.Due));
        Assert.Equal(Published.Table.Version, proof.CalendarVersion);
    }

    [Fact]
    public void A_deadline_gives_the_reason_for_each_day()
    {
        var proof = Published.Calendar.Add(new(2023, 9, 28), 3);
        Assert.Equal(
            ["28 工作日 0", .. Enumerable.Range(29, 2).Select(d => $"{d} 中秋节、国庆节放假 "),
                .. Enumerable.Range(1, 6).Select(d => $"{d} 中秋节、国庆节放假 "),
                "7 中秋节、国庆节调休上班 1", "8 中秋节、国庆节调休上班 2", "9 工作日 3"],
            proof.Days.Select(day => $"{day.Date.Day} {day.Why} {day.Ordinal}"));
    }

    [Theory]
    [InlineData("2026-12-17", 1, false)]   // due on the 18th
    [InlineData("2026-12-18", 0, false)]
    [InlineData("2026-12-18", 1, true)]    // due on Monday the 21st, where the notice of 2027 may reach
    [InlineData("2026-12-30", 1, true)]
    [InlineData("2025-12-30", 1, false)]   // 2026 is published
    public void A_deadline_that_the_next_notice_may_move_is_provisional(string from, int days, bool provisional)
    {
        var proof = Published.Calendar.Add(Published.Day(from), days);
        Assert.Equal(provisional, proof.Provisional);
        Assert.Equal(provisional, proof.Touches(2027));
        Assert.True(proof.Touches(proof.Due.Year));
    }

    [Fact]
    public void A_year_that_is_not_published_is_refused_whole()
    {
        var (last, next, before) = (new DateOnly(2026, 12, 31), new DateOnly(2027, 1, 1), new DateOnly(2016, 12, 31));
        Assert.Equal([false, true, true, false], new[] { 2016, 2017, 2026, 2027 }.Select(Published.Calendar.Publishes));
        Assert.True(Published.Calendar.IsWorking(last));
        Action[] touching =
        [
            () => Published.Calendar.Day(next), () => Published.Calendar.IsWorking(next),
            () => Published.Calendar.IsMakeUpDay(next),
            () => Published.Calendar.DaysOff(2027, "元旦"), () => Published.Calendar.Add(next, 0),
            () => Published.Calendar.Add(last, 1),
            () => Published.Calendar.WorkingDaysBetween(last, next),
        ];
        Assert.All(touching, touch => Assert.Equal(2027, Assert.Throws<HolidaysNotPublishedException>(touch).Year));
        Assert.Equal(2016, Assert.Throws<HolidaysNotPublishedException>(() => Published.Calendar.Add(before, 1)).Year);
        Assert.Equal(2016,
            Assert.Throws<HolidaysNotPublishedException>(
                () => Published.Calendar.WorkingDaysBetween(before, last)).Year);
        Assert.Equal("国务院办公厅关于2028年部分节假日安排的通知尚未载入，不能推算该年的工作日；通知公布后请用命令 holidays load FILE 载入。",
            new HolidaysNotPublishedException(2028).Message);
    }

    [Fact]
    public void Days_run_forwards()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Published.Calendar.Add(new(2023, 3, 6), -1));
        Assert.Throws<ArgumentException>(() => Published.Calendar.WorkingDaysBetween(new(2023, 3, 7), new(2023, 3, 6)));
        Assert.Equal(0, Published.Calendar.WorkingDaysBetween(new(2023, 3, 6), new(2023, 3, 6)));
    }

    [Fact]
    public void Adding_days_is_walking_day_by_day() => WalksLike(Published.Worked).QuickCheckThrowOnFailure();

    [Fact]
    public void A_calendar_that_walks_otherwise_is_caught_and_its_seed_printed()
    {
        var fault = Record.Exception(() => WalksLike(date => date.DayOfWeek is not (
            DayOfWeek.Saturday or DayOfWeek.Sunday)).QuickCheckThrowOnFailure());
        Assert.Contains("seed", fault?.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static Property WalksLike(Func<DateOnly, bool> worked)
    {
        var cases = Gen.Choose(0, 3500).SelectMany(offset => Gen.Choose(0, 60)
            .Select(days => (From: new DateOnly(2017, 1, 1).AddDays(offset), Days: days)));
        return Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var due = one.From;
            for (var left = one.Days; left > 0;)
                if (worked(due = due.AddDays(1)))
                    left--;
            var proof = Published.Calendar.Add(one.From, one.Days);
            return proof.Due == due
                && proof.Days.Select(day => day.Date).SequenceEqual(new DateSpan(one.From, due).Days)
                && proof.Days.Where(day => day.Ordinal is not null).Select(day => day.Ordinal!.Value)
                    .SequenceEqual(Enumerable.Range(0, one.Days + 1))
                && Published.Calendar.WorkingDaysBetween(one.From, due) == one.Days;
        });
    }
}
