namespace EduAssist.Liaoning;

/// <summary>9a：20 个工作日，逐日有据。</summary>
public class RegistrationDeadlineTests
{
    [Theory]
    [InlineData("across Mid-Autumn and National Day 2023: the make-up Saturday is day 20", "2023-09-01", "2023-10-07")]
    [InlineData("a day later: the make-up Sunday", "2023-09-04", "2023-10-08")]
    [InlineData("entered on a Saturday: day 0 all the same", "2023-09-02", "2023-10-07")]
    [InlineData("across National Day 2024", "2024-09-02", "2024-09-30")]
    [InlineData("no holiday in between", "2023-03-01", "2023-03-29")]
    [Proves("ln/9a")]
    public void The_last_day_in_time(string sentence, string entry, string due) =>
        Assert.Equal((sentence, Loaded.Day(due)),
            (sentence, Read(Loaded.Day(entry)).Due!.Value));

    [Fact]
    [Proves("ln/9a")]
    public void The_proof_names_every_day_and_why()
    {
        var days = Read(new(2023, 9, 1)).Proof;
        Assert.Equal((37, 20, 0), (days.Count, days[^1].Ordinal!.Value, days[0].Ordinal!.Value));
        Assert.Equal("2023-09-28 19 工作日 | 2023-09-29  中秋节、国庆节放假 | 2023-10-06  中秋节、国庆节放假 | 2023-10-07 20 中秋节、国庆节调休上班",
            string.Join(" | ",
                days.Where(d => d.Date.Day is 28 or 29 or 6 or 7 && d.Date > new DateOnly(2023, 9, 20))
                    .Select(d => $"{d.Date:yyyy-MM-dd} {d.Ordinal} {d.Why}")));
        Assert.All(days.Where(d => d.Date >= new DateOnly(2023, 9, 29)),
            d => Assert.Contains("2023年", d.Notice, StringComparison.Ordinal));
    }

    [Fact]
    [Proves("ln/9a")]
    public void A_year_that_is_not_published_is_named_not_guessed() =>
        Assert.Equal((null, "holidays:2040"), (Read(new(2040, 9, 3)).Due, Read(new(2040, 9, 3)).Missing));

    private static ClockReading Read(DateOnly entry) =>
        new Clock(entry, RegistrationDeadline.Budget, []).Read(Loaded.Instance.Calendar, entry);
}
