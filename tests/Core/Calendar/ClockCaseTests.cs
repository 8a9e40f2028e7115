using CsvHelper;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Letters;

namespace EduAssist.Core.Calendar;

/// <summary>
/// 21 histories of clocks and letters with their due days, counted by hand: <c>clock-cases.csv</c>. An order to correct
/// runs until its day; a roll of Liaoning has 20 working days; a letter has 5, from its receipt, on the calendar of the
/// office that signs for it.
/// </summary>
public class ClockCaseTests
{
    private static readonly LetterLaw Letter =
        new(["Bureau", "School"], ClockBudget.WorkingDays(5));

    private static readonly ClockBudget Roll = ClockBudget.WorkingDays(20) with { AtMost = 60 };

    public static TheoryData<string, string, string, string, string, string, string, string, string> Cases()
    {
        using var csv = CsvReader.Create(
            File.OpenText(Path.Combine(AppContext.BaseDirectory, "Calendar", "clock-cases.csv")));
        TheoryData<string, string, string, string, string, string, string, string, string> cases = [];
        while (csv.Read())
            cases.Add(csv.GetString("name"), csv.GetString("clock"), csv.GetString("calendar"),
                csv.GetString("events"), csv.GetString("asked"), csv.GetString("due"), csv.GetString("standing"),
                csv.GetString("owes"), csv.GetString("counted"));
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_history_says_what_was_counted_by_hand(
        string name, string clock, string calendar, string events, string asked, string due, string standing,
        string owes, string counted)
    {
        var on = Published.Day(asked);
        var (said, reading) = clock == "letter5" ? ReadLetter(calendar, events, on) : ReadClock(clock, events, on);
        Assert.Equal($"{name}: {due} {standing}", $"{name}: {reading?.Due:yyyy-MM-dd} {said.Standing}");
        if (clock == "letter5")
            Assert.Equal($"{name}: {owes}", $"{name}: {said.Owes}");
        if (reading?.Missing is { } missing)
            Assert.Equal(counted, missing);
        var days = reading?.Proof.Where(d => d.Ordinal > 0).Select(d => $"{d.Date:yyyy-MM-dd}").ToList() ?? [];
        if (counted.Contains(" .. ", StringComparison.Ordinal))
            Assert.Equal((counted, Roll.Count), ($"{days[0]} .. {days[^1]}", days.Count));
        else if (reading?.Missing is null)
            Assert.Equal(counted, string.Join(' ', days));
    }

    private static ((string Standing, string Owes), ClockReading?) ReadClock(string clock, string events, DateOnly on)
    {
        var happened = Events(events);
        var one = clock == "order"
            ? new Clock(happened[0].On, ClockBudget.By(Published.Day(happened[0].Word.Split(':')[1])), [])
            : new(happened[0].On, Roll, [.. happened.Skip(1).Select(e => new ClockEvent(e.On, ClockAct.Done))]);
        var read = one.Read(Published.Calendar, on);
        return ((read.Standing == ClockStanding.BeforeStart ? "BeforeEntry" : $"{read.Standing}", ""), read);
    }

    private static ((string Standing, string Owes), ClockReading?) ReadLetter(
        string calendar, string events, DateOnly on)
    {
        var (here, there) = ("520102", "520103");
        List<LetterEvent> done = [];
        foreach (var (day, word) in Events(events))
        {
            var next = word switch
            {
                "issue" => new LetterEvent(day, LetterAct.Issue, here),
                "receive" => new(day, LetterAct.Receive),
                "return" => new(day, LetterAct.Return),
                "readdress" => new(day, LetterAct.Readdress, there),
                "passOn" => new(day, LetterAct.PassOn, there),
                "tellBureau" => new(day, LetterAct.Tell, Told: "Bureau"),
                "tellSchool" => new(day, LetterAct.Tell, Told: "School"),
                "withdraw" => new(day, LetterAct.Withdraw),
                "close" => new(day, LetterAct.Close),
                _ => throw new FormatException(word),
            };
            Assert.True(Letter.Allows(Letter.Read(done), next), $"{word} is not allowed");
            done.Add(next);
        }
        var letter = Letter.Read(done, on);
        var reading = letter.Clock?.Read(Of(calendar), on);
        var standing = reading is null ? $"{letter.State}"
            : letter.State == LetterState.Answered
                ? reading.Standing == ClockStanding.InTime ? "AnsweredInTime" : "AnsweredLate"
            : $"{reading.Standing}";
        var owes = letter.Owner switch
        {
            LetterOwner.LevelAbove => "level above",
            var owner => $"{owner}".ToLowerInvariant(),
        };
        return ((standing, owes), reading);
    }

    private static List<(DateOnly On, string Word)> Events(string text) =>
        [.. text.Split(';').Select(e => e.Split(' ', 2)).Select(e => (Published.Day(e[0]), e[1]))];

    /// <summary><c>off=2024-07-27..2024-07-31,2024-08-05</c> as a notice of a place.</summary>
    private static WorkCalendar Of(string text) => text.Length == 0 ? Published.Calendar
        : Published.Calendar.At("5201", [new("5201", "当地的通知",
            [
                .. text.Split(' ').SelectMany(part => part.Split('=') is [var kind, var spans]
                    ? spans.Split(',').SelectMany(Span)
                        .Select(day => new PlaceDay(day, "当地的日子", Enum.Parse<DayKind>(kind, ignoreCase: true)))
                    : throw new FormatException(part)),
            ])]);

    private static IEnumerable<DateOnly> Span(string text) =>
        text.Split("..") is [var first, var last]
            ? new DateSpan(Published.Day(first), Published.Day(last)).Days : [Published.Day(text)];
}
