using EduAssist.Kernel.Indicators;
using FsCheck;
using FsCheck.Fluent;

namespace EduAssist.Core.Indicators;

public class RatioTests
{
    [Theory]
    [InlineData("one short", 94, 100, false, false)]
    [InlineData("the target", 95, 100, true, false)]
    [InlineData("the target in other counts", 19, 20, true, false)]
    [InlineData("one more", 96, 100, true, true)]
    [InlineData("94.99 %", 9499, 10_000, false, false)]
    [InlineData("94.999999 %, which rounds to 95 %", 94_999_999, 100_000_000, false, false)]
    [InlineData("95.000001 %", 95_000_001, 100_000_000, true, true)]
    [InlineData("one of a huge count short", 949_999_999_999_999_999, 1_000_000_000_000_000_000, false, false)]
    [InlineData("a huge count", 950_000_000_000_000_000, 1_000_000_000_000_000_000, true, false)]
    [InlineData("none", 0, 20, false, false)]
    [InlineData("more than all", 21, 20, true, true)]
    [InlineData("none of none is no ratio", 0, 0, null, null)]
    [InlineData("some of none is no ratio", 5, 0, null, null)]
    public void A_target_of_95_percent(string what, long numerator, long denominator, bool? reaches, bool? exceeds)
    {
        var ratio = new Ratio(numerator, denominator);
        Assert.Equal((what, reaches, exceeds), (what, ratio.Reaches(0.95m), ratio.Exceeds(0.95m)));
    }

    [Fact]
    public void Undefined_is_neither_nothing_nor_everything()
    {
        Assert.Equal(default, new Ratio(0, 0));
        Assert.Null(default(Ratio).Value);
        Assert.Null(default(Ratio).Percent);
        Assert.Null(default(Ratio).Reaches(0));
        Assert.Equal(0m, new Ratio(0, 3).Value);
    }

    [Theory]
    [InlineData("94.996 % is not lifted to 95 %", 94_996, 100_000, "94.99%")]
    [InlineData("95 %", 19, 20, "95.00%")]
    [InlineData("a third has no end", 1, 3, "33.33%")]
    [InlineData("the largest counts there are", long.MaxValue, long.MaxValue, "100.00%")]
    public void Percent_is_cut(string what, long numerator, long denominator, string percent) =>
        Assert.Equal((what, percent), (what, new Ratio(numerator, denominator).Percent));

    [Fact]
    public void Counts_are_not_negative()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ratio(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ratio(1, -1));
    }

    [Fact]
    public void Provisional_is_kept_and_changes_no_answer()
    {
        var provisional = new Ratio(19, 20, Provisional: true);
        Assert.True(provisional.Provisional);
        Assert.True(provisional.Reaches(0.95m));
        Assert.NotEqual(new Ratio(19, 20), provisional);
    }

    /// <summary>Whole numbers are the oracle: n/d against t/10 000 is n × 10 000 against t × d.</summary>
    [Fact]
    public void Targets_are_compared_as_whole_numbers_are() => Prop.ForAll(
        ArbMap.Default.ArbFor<(uint Numerator, uint Denominator, ushort Target)>(), x =>
        {
            var ratio = new Ratio(x.Numerator, x.Denominator);
            var (scaled, needed) = ((Int128)x.Numerator * 10_000, (Int128)x.Target * x.Denominator);
            bool? reaches = x.Denominator == 0 ? null : scaled >= needed,
            exceeds = x.Denominator == 0 ? null : scaled > needed;
            return ratio.Reaches(x.Target / 10_000m) == reaches && ratio.Exceeds(x.Target / 10_000m) == exceeds;
        }).QuickCheckThrowOnFailure();
}
