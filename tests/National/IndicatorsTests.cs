using EduAssist.Kernel.Indicators;

namespace EduAssist.National;

public class IndicatorsTests
{
    private const long Yuan = 100;

    public static TheoryData<string, Indicator, Ratio, bool?> Cases => new()
    {
        { "practice: an hour below half", Indicators.PracticeShare, Indicators.PracticeShareOf(1499, 3000), false },
        { "practice: half, 一半以上 takes it in", Indicators.PracticeShare, Indicators.PracticeShareOf(1500, 3000), true },
        { "practice: an hour above half", Indicators.PracticeShare, Indicators.PracticeShareOf(1501, 3000), true },
        { "practice: no hours at all", Indicators.PracticeShare, Indicators.PracticeShareOf(0, 0), null },

        { "internship: a month short in all", Indicators.PostInternship, Indicators.PostInternshipOf(599, 100), false },
        { "internship: six months each", Indicators.PostInternship, Indicators.PostInternshipOf(600, 100), true },
        { "internship: longer", Indicators.PostInternship, Indicators.PostInternshipOf(601, 100), true },
        { "internship: no students", Indicators.PostInternship, Indicators.PostInternshipOf(0, 0), null },

        { "dual-qualified: one below half", Indicators.DualQualifiedTeachers,
            Indicators.DualQualifiedTeachersOf(49, 100), false },
        { "dual-qualified: half, 超过一半 leaves it out", Indicators.DualQualifiedTeachers,
            Indicators.DualQualifiedTeachersOf(50, 100), false },
        { "dual-qualified: one above half", Indicators.DualQualifiedTeachers,
            Indicators.DualQualifiedTeachersOf(51, 100), true },
        { "dual-qualified: no teachers", Indicators.DualQualifiedTeachers, Indicators.DualQualifiedTeachersOf(0, 0),
            null },

        { "funding: a fen short for three students", Indicators.HigherVocationalFunding,
            Indicators.HigherVocationalFundingOf((36_000 * Yuan) - 1, 3), false },
        { "funding: 12 000 yuan each, 达到 takes it in", Indicators.HigherVocationalFunding,
            Indicators.HigherVocationalFundingOf(36_000 * Yuan, 3), true },
        { "funding: a fen more", Indicators.HigherVocationalFunding,
            Indicators.HigherVocationalFundingOf((36_000 * Yuan) + 1, 3), true },
        { "funding: no students", Indicators.HigherVocationalFunding,
            Indicators.HigherVocationalFundingOf(36_000 * Yuan, 0), null },

        { "labour: an hour below half", Indicators.LabourEducation, Indicators.LabourEducationOf(34, 70), false },
        { "labour: half, 不少于一半 takes it in", Indicators.LabourEducation, Indicators.LabourEducationOf(35, 70), true },
        { "labour: an hour above half", Indicators.LabourEducation, Indicators.LabourEducationOf(36, 70), true },
        { "labour: the course is not held", Indicators.LabourEducation, Indicators.LabourEducationOf(0, 0), null },

        { "poor students in school: watched, no target", Indicators.RegisteredPoorInSchool,
            Indicators.RegisteredPoorInSchoolOf(99, 100), null },
        { "poor students aided: watched, no target", Indicators.RegisteredPoorAided,
            Indicators.RegisteredPoorAidedOf(99, 99), null },
        { "poor graduates employed: watched, no target", Indicators.RegisteredPoorEmployed,
            Indicators.RegisteredPoorEmployedOf(0, 12), null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    [Proves("sc2019-4/targets", "sc2019-4/16", "cc2019/7")]
    public void A_target(string what, Indicator indicator, Ratio ratio, bool? met) =>
        Assert.Equal((what, met), (what, indicator.IsMetBy(ratio)));

    [Theory]
    [InlineData("two of three", 2, 3, "66.66%")]
    [InlineData("all", 7, 7, "100.00%")]
    [InlineData("none of some", 0, 7, "0.00%")]
    [InlineData("none of none", 0, 0, null)]
    [Proves("moe2019-4/5.3")]
    public void Registered_poor_students_are_counted(string what, long some, long of, string? percent)
    {
        Assert.Equal((what, percent), (what, Indicators.RegisteredPoorInSchoolOf(some, of).Percent));
        Assert.Equal((what, percent), (what, Indicators.RegisteredPoorAidedOf(some, of).Percent));
        Assert.Equal((what, percent), (what, Indicators.RegisteredPoorEmployedOf(some, of).Percent));
    }

    [Fact]
    [Proves("sc2019-4/targets")]
    public void The_targets_of_the_plan_are_for_2022() =>
        Assert.Equal([Indicators.PracticeShare, Indicators.PostInternship, Indicators.DualQualifiedTeachers],
            Indicators.All.Where(i => i.TargetYear == 2022));

    [Fact]
    [Proves("sc2019-4/16")]
    public void Funding_is_in_yuan() =>
        Assert.Equal(12_000.50m, Indicators.HigherVocationalFundingOf(2_400_100, 2).Value);

    [Fact]
    public void Money_for_more_students_than_can_be_counted_is_refused() =>
        Assert.Throws<OverflowException>(() => Indicators.HigherVocationalFundingOf(1, long.MaxValue));
}
