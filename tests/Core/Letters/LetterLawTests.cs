using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Letters;

namespace EduAssist.Core.Letters;

/// <summary>
/// The law of letters against a table of it that is written down here: a hundred thousand interleavings of what sender,
/// addressee and the level above might do, in any order, twice, too late, at the same moment.
/// </summary>
public class LetterLawTests
{
    private const int Interleavings = 100_000;

    private static readonly DateOnly Day = new(2024, 3, 1);

    private static readonly WorkCalendar Days = EduAssist.Core.Calendar.Published.Calendar;

    private static readonly LetterLaw Law = new(["Bureau", "School"], ClockBudget.WorkingDays(5));

    /// <summary>What leads where, and who owes the next step then.</summary>
    private static readonly Dictionary<(string From, LetterAct Act), (string To, LetterOwner Owner)> Table = new()
    {
        [("Draft", LetterAct.Issue)] = ("Issued", LetterOwner.Sender),
        [("Draft", LetterAct.Withdraw)] = ("Withdrawn", LetterOwner.Case),
        [("Issued", LetterAct.Receive)] = ("Received", LetterOwner.Addressee),
        [("Issued", LetterAct.Return)] = ("Returned", LetterOwner.Sender),
        [("Issued", LetterAct.PassOn)] = ("Issued", LetterOwner.LevelAbove),
        [("Issued", LetterAct.Withdraw)] = ("Withdrawn", LetterOwner.Case),
        [("Received", LetterAct.Return)] = ("Returned", LetterOwner.Sender),
        [("Received", LetterAct.PassOn)] = ("Issued", LetterOwner.LevelAbove),
        [("Received", LetterAct.Tell)] = ("Half told", LetterOwner.Addressee),
        [("Received", LetterAct.Withdraw)] = ("Withdrawn", LetterOwner.Case),
        [("Half told", LetterAct.PassOn)] = ("Issued", LetterOwner.LevelAbove),
        [("Half told", LetterAct.Tell)] = ("Answered", LetterOwner.Sender),
        [("Half told", LetterAct.Withdraw)] = ("Withdrawn", LetterOwner.Case),
        [("Returned", LetterAct.Readdress)] = ("Issued", LetterOwner.Sender),
        [("Returned", LetterAct.PassOn)] = ("Issued", LetterOwner.LevelAbove),
        [("Returned", LetterAct.Withdraw)] = ("Withdrawn", LetterOwner.Case),
        [("Answered", LetterAct.Close)] = ("Closed", LetterOwner.Case),
    };

    [Fact]
    public void At_every_instant_one_office_owes_the_next_step()
    {
        var random = new Random(5);
        HashSet<(string, LetterAct)> taken = [];
        var refused = 0;
        for (var n = 0; n < Interleavings; n++)
        {
            List<LetterEvent> done = [];
            var (state, owner, day) = ("Draft", LetterOwner.Sender, Day);
            string? to = null;
            HashSet<string> told = [];
            List<(DateOnly Received, DateOnly? Ended)> receipts = [];
            for (var step = random.Next(4, 14); step > 0; step--)
            {
                day = day.AddDays(random.Next(4));
                var act = (LetterAct)random.Next(8);
                var next = new LetterEvent(day, act,
                    act is LetterAct.Issue or LetterAct.PassOn or LetterAct.Readdress ? $"52010{random.Next(3)}" : null,
                    act == LetterAct.Tell ? Law.ToTell[random.Next(2)] : null);
                var may = Table.TryGetValue((state, act), out var then)
                    && !(act == LetterAct.Tell && told.Contains(next.Told!))
                    && !(act == LetterAct.PassOn && next.To == to);
                Assert.Equal(may, Law.Allows(Law.Read(done), next));
                if (!may)
                {
                    refused++;
                    continue;
                }
                taken.Add((state, act));
                if (act == LetterAct.Receive) receipts.Add((day, null));
                if (state is "Received" or "Half told" && then.To is not "Half told")
                    receipts[^1] = receipts[^1] with { Ended = day };
                if (act == LetterAct.PassOn) told.Clear();
                if (act == LetterAct.Tell) told.Add(next.Told!);
                (state, owner, to) = (then.To, then.Owner, next.To ?? to);
                done.Add(next);
                var read = Law.Read(done);
                Assert.Equal((state == "Half told" ? "Received" : state, owner, to),
                    ($"{read.State}", read.Owner, read.Addressee));
                Assert.Equal(receipts.Select(r => r.Received), read.Clocks.Select(c => c.Start));
                Assert.Equal(receipts.Select(r => r.Ended),
                    read.Clocks.Select(c => c.Events is [.., var end] ? end.On : (DateOnly?)null));
            }
        }
        Assert.Equal(Table.Keys.ToHashSet(), taken);
        Assert.True(refused > Interleavings, $"only {refused} were refused");
    }

    /// <summary>What was late stays late, whatever comes after; what ends in time is never late afterwards.</summary>
    [Theory]
    [InlineData(LetterAct.Return, "2024-03-11", "Withdrawn")]
    [InlineData(LetterAct.Return, "2024-03-12", "Late")]
    [InlineData(LetterAct.Withdraw, "2024-03-11", "Withdrawn")]
    [InlineData(LetterAct.Withdraw, "2024-03-12", "Late")]
    [InlineData(LetterAct.PassOn, "2024-03-11", "Withdrawn")]
    [InlineData(LetterAct.PassOn, "2024-03-12", "Late")]
    public void A_clock_that_ends_otherwise_is_late_if_it_was(LetterAct act, string on, string standing)
    {
        LetterEvent[] done =
        [
            new(new(2024, 3, 1), LetterAct.Issue, "520102"), new(new(2024, 3, 4), LetterAct.Receive),
            new(Calendar.Published.Day(on), act, act == LetterAct.PassOn ? "520103" : null),
        ];
        var clock = Assert.Single(Law.Read(done).Clocks);
        Assert.Equal(standing, $"{clock.Read(Days, new(2024, 12, 31)).Standing}");
        Assert.Null(Law.Read(done).Clock);
    }

    [Fact]
    public void Nothing_is_done_with_a_letter_before_what_was_done_last()
    {
        LetterEvent[] done = [new(new(2024, 3, 1), LetterAct.Issue, "520102"), new(new(2024, 3, 4), LetterAct.Receive)];
        var read = Law.Read(done);
        Assert.False(Law.Allows(read, new(new(2024, 3, 3), LetterAct.Tell, Told: "Bureau")));
        var told = Law.Read([.. done, new(new(2024, 3, 8), LetterAct.Tell, Told: "Bureau")]);
        Assert.True(Law.Allows(told, new(new(2024, 3, 5), LetterAct.Tell, Told: "School")));   // entered later
    }

    [Fact]
    public void On_a_day_before_what_came_later_is_not_known()
    {
        LetterEvent[] done = [new(new(2024, 3, 1), LetterAct.Issue, "520102"), new(new(2024, 3, 4), LetterAct.Receive)];
        Assert.Equal(LetterState.Draft, Law.Read(done, new(2024, 2, 29)).State);
        Assert.Equal(LetterState.Issued, Law.Read(done, new(2024, 3, 3)).State);
        Assert.Equal(LetterState.Received, Law.Read(done, new(2024, 3, 4)).State);
    }

    [Fact]
    public void A_letter_without_a_term_has_no_clock()
    {
        LetterEvent[] done = [new(Day, LetterAct.Issue, "520102"), new(Day, LetterAct.Receive)];
        var read = new LetterLaw(["Government"], null).Read(done);
        Assert.Equal((LetterState.Received, LetterOwner.Addressee, 0), (read.State, read.Owner, read.Clocks.Count));
    }
}
