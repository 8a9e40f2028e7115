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
        (sentence, due), (sentence, $"{Read(Received(received), Day(received))!.Due:yyyy-MM-dd}"));

    [Fact]
    [Proves("gz2021/2.6b")]
    public void The_proof_has_a_reason_for_every_day()
    {
        var proof = Read(Received("2023-09-28"), Day("2023-09-28"))!.Proof;
        Assert.Equal(14, proof.Count);
        Assert.Equal(
            [
                (new DateOnly(2023, 9, 28), 0), (new(2023, 10, 7), 1), (new(2023, 10, 8), 2), (new(2023, 10, 9), 3),
                (new(2023, 10, 10), 4), (new(2023, 10, 11), 5),
            ],
            proof.Where(d => d.Ordinal is not null).Select(d => (d.Date, d.Ordinal!.Value)));
        Assert.All(proof.Where(d => d.Ordinal is null), d => Assert.NotNull(d.Notice));
        Assert.Contains("调休上班", proof.Single(d => d.Date == new DateOnly(2023, 10, 7)).Why,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2023-10-11", "2023-10-11", "2023-10-20", ClockStanding.InTime, "on day five")]
    [InlineData("2023-10-12", "2023-10-12", "2023-10-20", ClockStanding.Late, "on day six")]
    [InlineData("2023-10-11", "2023-10-12", "2023-10-20", ClockStanding.Late,
        "the school was told on day six")]
    [InlineData("2023-10-12", "2023-10-11", "2023-10-20", ClockStanding.Late,
        "the bureau was told on day six")]
    [InlineData("2023-10-09", null, "2023-10-11", ClockStanding.Open, "the school not yet, on day five")]
    [InlineData("2023-10-09", null, "2023-10-12", ClockStanding.Overdue, "the school not yet, on day six")]
    [InlineData(null, null, "2023-10-11", ClockStanding.Open, "day five")]
    [InlineData(null, null, "2023-10-12", ClockStanding.Overdue, "day six")]
    [InlineData("2023-10-12", "2023-10-12", "2023-10-11", ClockStanding.Open,
        "tomorrow's answer is not known today")]
    [Proves("gz2021/2.6b")]
    public void Stands(string? toldBureau, string? toldSchool, string on, ClockStanding standing, string sentence)
    {
        LetterEvent[] told =
        [
            .. Received("2023-09-28"),
            .. new[] { ("Bureau", Day: toldBureau), ("School", Day: toldSchool) }.Where(t => t.Day is not null)
                .Select(t => new LetterEvent(Day(t.Day!), LetterAct.Tell, Told: t.Item1)).OrderBy(e => e.On),
        ];
        Assert.Equal((sentence, standing), (sentence, Read(told, Day(on))!.Standing));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [Proves("gz2021/2.5d", "gz2021/2.6a")]
    public void Repeatedly_is_three_recorded_attempts(int attempts, bool repeated) =>
        Assert.Equal(repeated, Letters.IsRepeated(attempts));

    private static LetterEvent[] Received(string day) =>
        [new(Day(day), LetterAct.Issue, "520102"), new(Day(day), LetterAct.Receive)];

    private static ClockReading? Read(LetterEvent[] done, DateOnly on) =>
        Letters.Law.Read(done, on).Clock?.Read(Loaded.Instance.Calendar, on);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
