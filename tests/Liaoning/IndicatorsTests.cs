namespace EduAssist.Liaoning;

/// <summary>3、5：没有目标值的两项比例。</summary>
public class IndicatorsTests
{
    [Fact]
    [Proves("ln/3", "ln/5")]
    public void Shares_are_counted_and_no_target_is_invented()
    {
        Assert.Equal("66.66%", Indicators.MajorEmploymentOf(2, 3).Percent);
        Assert.Equal("50.00%", Indicators.DualQualifiedTeachersOf(10, 20).Percent);
        Assert.Null(Indicators.MajorEmployment.IsMetBy(Indicators.MajorEmploymentOf(2, 3)));
        Assert.Null(Indicators.DualQualifiedTeachers.IsMetBy(Indicators.DualQualifiedTeachersOf(10, 20)));
        Assert.Null(Indicators.MajorEmploymentOf(0, 0).Percent);
    }

    [Theory]
    [InlineData("one teacher more", 10, 20, 11, 20, true)]
    [InlineData("the same", 10, 20, 10, 20, false)]
    [InlineData("the same share of more teachers", 10, 20, 11, 22, false)]
    [InlineData("fewer", 10, 20, 9, 20, false)]
    [InlineData("a hair more", 1, 3, 333_334, 1_000_000, true)]
    [InlineData("no teachers before", 0, 0, 1, 2, null)]
    [InlineData("none now", 1, 2, 0, 0, null)]
    [Proves("ln/5")]
    public void The_share_of_dual_qualified_teachers_rises(
        string sentence, long before, long of, long now, long ofNow, bool? rising) =>
        Assert.Equal((sentence, rising),
            (sentence,
                Indicators.IsRising(Indicators.DualQualifiedTeachersOf(before, of),
                    Indicators.DualQualifiedTeachersOf(now, ofNow))));
}
