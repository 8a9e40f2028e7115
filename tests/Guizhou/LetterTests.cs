using System.Globalization;

namespace EduAssist.Guizhou;

/// <summary>收函后五个工作日，逐日有据；多次是三次。</summary>
public class LetterTests
{
    [Theory]
    [InlineData("2023-09-28", "2023-10-11", "the last working day before National Day")]
    [InlineData("2023-10-07", "2023-10-12", "a make-up Saturday, followed by a make-up Sunday")]
    [InlineData("2023-10-03", "2023-10-11", "during the holiday")]
    [InlineData("2023-09-11", "2023-09-18", "a Monday")]
    [InlineData("2023-09-15", "2023-09-22", "a Friday")]
    [InlineData("2023-09-16", "2023-09-22", "a Saturday")]
    [Proves("gz2021/2.6b")]
    public void Due(string received, string due, string sentence) => Assert.Equal(
        (sentence, due), (sentence, $"{Letters.Due(Day(received), Loaded.Instance.Calendar).Due:yyyy-MM-dd}"));

    [Fact]
    [Proves("gz2021/2.6b")]
    public void The_proof_has_a_reason_for_every_day()
    {
        var proof = Letters.Due(new(2023, 9, 28), Loaded.Instance.Calendar);
        Assert.Equal(14, proof.Days.Count);
        Assert.Equal(
            [
                (new DateOnly(2023, 9, 28), 0), (new(2023, 10, 7), 1), (new(2023, 10, 8), 2), (new(2023, 10, 9), 3),
                (new(2023, 10, 10), 4), (new(2023, 10, 11), 5),
            ],
            proof.Days.Where(d => d.Ordinal is not null).Select(d => (d.Date, d.Ordinal!.Value)));
        Assert.All(proof.Days.Where(d => d.Ordinal is null), d => Assert.NotNull(d.Notice));
        Assert.Contains("调休上班", proof.Days.Single(d => d.Date == new DateOnly(2023, 10, 7)).Why,
            StringComparison.Ordinal);
        Assert.Equal(Loaded.Instance.Calendar.Version, proof.CalendarVersion);
    }

    [Theory]
    [InlineData("2023-10-11", "2023-10-11", "2023-10-20", LetterStandingName.AnsweredInTime, "on day five")]
    [InlineData("2023-10-12", "2023-10-12", "2023-10-20", LetterStandingName.AnsweredLate, "on day six")]
    [InlineData("2023-10-11", "2023-10-12", "2023-10-20", LetterStandingName.AnsweredLate,
        "the school was told on day six")]
    [InlineData("2023-10-12", "2023-10-11", "2023-10-20", LetterStandingName.AnsweredLate,
        "the bureau was told on day six")]
    [InlineData("2023-10-09", null, "2023-10-11", LetterStandingName.Open, "the school not yet, on day five")]
    [InlineData("2023-10-09", null, "2023-10-12", LetterStandingName.Overdue, "the school not yet, on day six")]
    [InlineData(null, null, "2023-10-11", LetterStandingName.Open, "day five")]
    [InlineData(null, null, "2023-10-12", LetterStandingName.Overdue, "day six")]
    [InlineData("2023-10-12", "2023-10-12", "2023-10-11", LetterStandingName.Open,
        "tomorrow's answer is not known today")]
    [Proves("gz2021/2.6b")]
    public void Stands(string? toldBureau, string? toldSchool, string on, LetterStandingName standing, string sentence)
    {
        var proof = Letters.Due(new(2023, 9, 28), Loaded.Instance.Calendar);
        var stands = Letters.Standing(proof, toldBureau is null ? null : Day(toldBureau),
            toldSchool is null ? null : Day(toldSchool), Day(on));
        Assert.Equal((sentence, standing.ToString()), (sentence, stands.ToString()));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [Proves("gz2021/2.5d", "gz2021/2.6a")]
    public void Repeatedly_is_three_recorded_attempts(int attempts, bool repeated) =>
        Assert.Equal(repeated, Letters.IsRepeated(attempts));

    /// <summary>The standings, named for a public table of cases.</summary>
    public enum LetterStandingName
    {
        Open,
        AnsweredInTime,
        AnsweredLate,
        Overdue,
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
