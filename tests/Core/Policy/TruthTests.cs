using EduAssist.Kernel.Policy;
using FsCheck;
using FsCheck.Fluent;

namespace EduAssist.Core.Policy;

/// <summary>Kleene's logic, with the facts that an unknown still needs.</summary>
public class TruthTests
{
    private static readonly Truth First = Truth.Needs(1), Second = Truth.Needs(2);

    private static readonly Gen<Truth> Any = Gen.OneOf(
        Gen.Constant(Truth.True), Gen.Constant(Truth.False),
        Gen.Choose(1, 255).Select(facts => Truth.Needs((ulong)facts)));

    /// <summary>a, b, a and b, a or b, not a; T, F, or the letters of the missing facts.</summary>
    [Theory]
    [InlineData("T", "T", "T", "T", "F")]
    [InlineData("T", "F", "F", "T", "F")]
    [InlineData("F", "T", "F", "T", "T")]
    [InlineData("F", "F", "F", "F", "T")]
    [InlineData("T", "b", "b", "T", "F")]
    [InlineData("b", "T", "b", "T", "b")]
    [InlineData("F", "b", "F", "b", "T")]
    [InlineData("b", "F", "F", "b", "b")]
    [InlineData("a", "b", "ab", "ab", "a")]
    [InlineData("a", "a", "a", "a", "a")]
    public void The_tables(string a, string b, string and, string or, string not)
    {
        Assert.Equal(and, Written(Of(a) & Of(b)));
        Assert.Equal(or, Written(Of(a) | Of(b)));
        Assert.Equal(not, Written(!Of(a)));
    }

    [Fact]
    public void The_default_is_unknown_never_false() =>
        Assert.True(default(Truth) is { IsUnknown: true, IsFalse: false, IsTrue: false, Missing: 0 });

    [Fact]
    public void The_algebra_holds_for_any_truths() => Prop.ForAll(Arb.From(Gen.Three(Any)), t =>
    {
        var (a, b, c) = t;
        return (a & b) == (b & a) && (a | b) == (b | a) && !!a == a
            && ((a & b) & c) == (a & (b & c)) && ((a | b) | c) == (a | (b | c))
            && !(a & b) == (!a | !b) && !(a | b) == (!a & !b)
            && (a & a) == a && (a | a) == a && (a & true) == a && (a | false) == a && (a & false).IsFalse
            && (a | true).IsTrue;
    }).QuickCheckThrowOnFailure();

    /// <summary>The planted fault: Kleene's excluded middle does not hold, so a check for it must fail.</summary>
    [Fact]
    public void What_does_not_hold_is_caught() =>
        Assert.ThrowsAny<Exception>(() => Prop.ForAll(Arb.From(Any), a => (a | !a).IsTrue).QuickCheckThrowOnFailure());

    [Fact]
    public void A_fact_compares_to_a_truth_that_needs_it()
    {
        Fact<int> known = 9, unknown = Fact<int>.Needs(1), another = Fact<int>.Needs(2);
        Assert.Equal(["T", "F", "T", "a", "a"],
            new[] { known == 9, known == 8, known != 8, unknown == 9, unknown != 9 }.Select(Written));
        Assert.Equal(["T", "a", "b", "ab"],
            new[]
                { known.With(known, (a, b) => a == b), unknown.With(known, (a, b) => a == b),
                    known.With(another, (a, b) => a == b), unknown.With(another, (a, b) => a == b) }.Select(Written));
        Assert.Equal((true, false, false), (known.IsKnown, unknown.IsKnown, default(Fact<int>).IsKnown));
        Assert.True(default(Fact<int>).Is(_ => true).IsUnknown);   // unknown is not zero
    }

    private static Truth Of(string written) => written switch
    {
        "T" => true,
        "F" => false,
        "a" => First,
        "b" => Second,
        _ => throw new ArgumentOutOfRangeException(nameof(written)),
    };

    private static string Written(Truth t) =>
        t.IsTrue ? "T" : t.IsFalse ? "F" : string.Concat("ab".Where((_, i) => (t.Missing >> i & 1) != 0));
}
