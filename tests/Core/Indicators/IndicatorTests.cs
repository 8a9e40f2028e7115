using EduAssist.Kernel.Indicators;

namespace EduAssist.Core.Indicators;

public class IndicatorTests
{
    [Theory]
    [InlineData("below", 1, Comparison.AtLeast, false)]
    [InlineData("at", 2, Comparison.AtLeast, true)]
    [InlineData("above", 3, Comparison.AtLeast, true)]
    [InlineData("below", 1, Comparison.MoreThan, false)]
    [InlineData("at", 2, Comparison.MoreThan, false)]
    [InlineData("above", 3, Comparison.MoreThan, true)]
    public void A_target_of_half(string what, long of4, Comparison comparison, bool met) =>
        Assert.Equal((what, (bool?)met), (what, Half(comparison).IsMetBy(new(of4, 4))));

    [Theory]
    [InlineData(Comparison.AtLeast)]
    [InlineData(Comparison.MoreThan)]
    public void Nothing_counted_meets_and_misses_no_target(Comparison comparison) =>
        Assert.Null(Half(comparison).IsMetBy(new(0, 0)));

    [Fact]
    public void Without_a_target_there_is_nothing_to_meet() =>
        Assert.Null((Half(Comparison.AtLeast) with { Target = null }).IsMetBy(new(1, 1)));

    [Fact]
    public void It_cites_its_provisions_from_where_it_is_declared()
    {
        var citation = (Half(Comparison.AtLeast) with { Interpretations = ["t-i1"] }).Citation;
        Assert.Equal(("indicator", "test.half", "一半"), (citation.Kind, citation.Id, citation.Title));
        Assert.Equal(["t/1"], citation.Provisions);
        Assert.Equal(["t-i1"], citation.Interpretations);
        Assert.EndsWith("IndicatorTests.cs", citation.Source, StringComparison.Ordinal);
    }

    private static Indicator Half(Comparison comparison) =>
        new("test.half", "一半", ["t/1"]) { Target = 0.5m, Comparison = comparison };
}
