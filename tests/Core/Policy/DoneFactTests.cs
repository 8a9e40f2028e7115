using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Core.Tests.Policy;

/// <summary>A fact that says done decides nothing while it is not, however many rules ask for it.</summary>
public class DoneFactTests
{
    [Theory]
    [InlineData(null, null, Verdict.Undetermined, "filed waived")]
    [InlineData(0, null, Verdict.Undetermined, "filed waived")]
    [InlineData(0, 1, Verdict.Undetermined, "filed")]
    [InlineData(1, 0, Verdict.Eligible, "")]
    [InlineData(1, null, Verdict.Eligible, "")]
    public void Not_done_is_not_yet(int? filed, int? waived, Verdict verdict, string missing)
    {
        var programme = new Asked();
        var facts = new Facts(programme.Schema, new(2026, 3, 2), new WorkCalendar(new HolidayTable()));
        if (filed is { } paper) facts.Set(0, paper);
        if (waived is { } free) facts.Set(1, free);
        var answer = programme.Assess(facts, InterpretationProfile.AsTaken)!;
        Assert.Equal((verdict, missing), (answer.Verdict, string.Join(' ', programme.Schema.Names(answer.Missing))));
        Assert.True(programme.Schema.Fields[0].IsDone);
    }

    private sealed class Subject(Facts facts)
    {
        public Truth Filed { get; } = facts.Done("已存档");
        public Truth Waived { get; } = facts.YesNo("免交");
    }

    /// <summary>Two rules that ask for one paper.</summary>
    private sealed class Asked() : Programme<Subject>(
        "small.papers", "材料", ProgrammeKind.Registration, facts => new(facts),
        new RuleSet<Subject>("s1", 1, new(2020, 1, 1),
        [
            new("filed", ["s1/1"], s => s.Filed, "须已存档"),
            new("filed-or-waived", ["s1/1"], s => s.Filed | s.Waived, "须已存档，或者免交"),
        ]));
}
