using EduAssist.Kernel;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Registry;

namespace EduAssist.Core.Policy;

/// <summary>One declaration for a state that changes by lawful steps; cases and rolls use it.</summary>
public class LawfulStepTests
{
    private static readonly InterpretationProfile Other = new("t-i1");

    private static readonly Criterion<int> Even = new("even", ["t1/2"], n => n % 2 == 0, "须为偶数");

    private static readonly Criterion<int> Small = new("small", ["t1/3"], n => n < 10, "须小于十")
    {
        When = n => n > 0,
        AlternativeReading = new("t-i1", n => n < 100),
    };

    private static readonly Criterion<int> Unclear = new("unclear", ["t1/2"], _ => default, "尚不清楚");

    private static readonly LawfulStep<string, int> Close =
        new("结案", ["Open", "Waiting"], "Closed", ["t1/1", "t1/2"]) { Guards = [Even, Small] };

    [Theory]
    [InlineData(4, "")]
    [InlineData(3, "even")]
    [InlineData(13, "even small")]
    [InlineData(-3, "even")]
    public void Every_guard_that_does_not_hold_is_told_unless_it_concerns_somebody_else(int subject, string unmet) =>
        Assert.Equal(unmet, Told(Close, subject, InterpretationProfile.AsTaken));

    [Fact]
    public void Under_the_other_reading_another_claim_holds() => Assert.Equal("", Told(Close, 14, Other));

    [Fact]
    public void What_is_not_known_to_hold_hinders_and_is_told_as_unknown() =>
        Assert.Equal(
            [("unclear", Outcome.Unknown), ("even", Outcome.Violated)],
            from unmet in ((IReadOnlyList<Criterion<int>>)[Unclear, Even]).Unmet(3, InterpretationProfile.AsTaken)
            select (unmet.Guard.Id, unmet.Truth.Outcome));

    [Fact]
    public void In_another_state_it_is_told_which_it_needs_and_which_it_is() =>
        Assert.Equal("结案须在“Open”“Waiting”状态办理，现为“已结”", Close.WrongState("已结", s => s));

    [Fact]
    public void It_cites_its_provisions_and_those_of_its_guards_each_once()
    {
        var cited = Close.Cite("function", "test/close", "试验：结案", ["t-i1"]);
        Assert.Equal("t1/1 t1/2 t1/3", string.Join(' ', cited.Provisions));
        Assert.Equal(("tests/Core/Policy/LawfulStepTests.cs", "t-i1"), (cited.Source, cited.Interpretations.Single()));
    }

    [Fact]
    public void Every_change_of_a_roll_is_a_step_with_the_words_of_the_form()
    {
        Assert.Equal(Enum.GetValues<RollChange>(), RollChanges.Steps.Keys.Order());
        Assert.All(RollChanges.Steps, step => Assert.Equal(Words.For(step.Key), step.Value.Title));
        Assert.DoesNotContain(RollChanges.Steps.Values, step => step.From.Count == 0);
    }

    [Theory]
    [InlineData(RollKind.Compulsory, true)]
    [InlineData(RollKind.Vocational, false)]
    public void Nobody_leaves_compulsory_school_by_withdrawal_or_expulsion(RollKind kind, bool refused)
    {
        var roll = new Roll { Kind = kind, Scope = "532301/1" };
        var hindered =
            from step in RollChanges.Steps
            where step.Value.Guards.Unmet(roll, InterpretationProfile.AsTaken).Any()
            orderby step.Key
            select step.Key;
        Assert.Equal(refused ? [RollChange.Withdraw, RollChange.Expel] : [], hindered);
    }

    private static string Told(LawfulStep<string, int> step, int subject, InterpretationProfile reading) =>
        string.Join(' ', step.Guards.Unmet(subject, reading).Select(u => u.Guard.Id));
}
