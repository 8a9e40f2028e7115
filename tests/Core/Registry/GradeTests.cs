using EduAssist.Kernel.Registry;
using static EduAssist.Core.Tests.Registry.Tables;

namespace EduAssist.Core.Tests.Registry;

public class GradeTests
{
    /// <summary>Guizhou's gz-i2.</summary>
    private static readonly StageAges Ages = new(6, 11, 12, 15);

    [Theory]
    [InlineData("2026-08-31", 2025, Term.Spring)]
    [InlineData("2026-09-01", 2026, Term.Autumn)]
    [InlineData("2026-12-31", 2026, Term.Autumn)]
    [InlineData("2027-01-01", 2026, Term.Autumn)]
    [InlineData("2027-01-31", 2026, Term.Autumn)]
    [InlineData("2027-02-01", 2026, Term.Spring)]
    public void A_school_year_starts_on_1_September_and_its_spring_term_on_1_February(string date, int start, Term term)
    {
        var year = SchoolYear.Of(Day(date));

        Assert.Equal((start, term), (year.Start, SchoolYear.TermOf(Day(date))));
        Assert.InRange(Day(date), year.Days(term).First, year.Days(term).Last);
    }

    [Fact]
    public void A_school_year_is_its_two_terms_without_gap()
    {
        var year = new SchoolYear(2027);

        Assert.Equal((year.First, year.Days(Term.Spring).First.AddDays(-1)), year.Days(Term.Autumn));
        Assert.Equal(year.Last, year.Days(Term.Spring).Last);
        Assert.Equal(year.Last.AddDays(1), new SchoolYear(2028).First);
        Assert.Equal((year.First.AddDays(-1), "2027—2028学年"), (year.AgeDate, year.ToString()));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, Stage.Primary)]
    [InlineData(6, Stage.Primary)]
    [InlineData(7, Stage.Junior)]
    [InlineData(9, Stage.Junior)]
    [InlineData(10, null)]
    public void Grades_1_to_6_are_primary_and_7_to_9_junior(int grade, Stage? stage) =>
        Assert.Equal(stage, Grade.StageOf(grade));

    [Theory]
    [InlineData("2017-08-31", 2017, Stage.Junior, null)]
    [InlineData("2017-09-01", 2017, Stage.Junior, 7)]
    [InlineData("2020-08-31", 2017, Stage.Junior, 9)]
    [InlineData("2020-09-01", 2017, Stage.Junior, null)]
    [InlineData("2020-08-31", 2020, Stage.Primary, null)]
    [InlineData("2020-09-01", 2020, Stage.Primary, 1)]
    [InlineData("2026-08-31", 2020, Stage.Primary, 6)]
    [InlineData("2026-09-01", 2020, Stage.Primary, 7)]
    [InlineData("2029-08-31", 2020, Stage.Primary, 9)]
    [InlineData("2029-09-01", 2020, Stage.Primary, null)]
    public void A_grade_follows_from_the_year_of_entry(string on, int entry, Stage entered, int? grade) =>
        Assert.Equal(grade, Grade.At(Day(on), entry, entered));

    [Theory]
    [InlineData(2020, Stage.Junior, 2017)] // the 2017 entrants of Chuxiong's plan of 2020
    [InlineData(2020, Stage.Primary, 2011)]
    public void A_cohort_that_graduates_in_a_year_entered_three_or_nine_years_before(
        int graduation, Stage entered, int entry)
    {
        Assert.Equal(entry, Grade.EntryYear(graduation, entered));
        Assert.Equal(9, Grade.At(new(graduation, 6, 30), entry, entered));
    }

    [Theory]
    [InlineData("2020-09-01", null, "5 on 31 August 2026")]
    [InlineData("2020-08-31", Stage.Primary, "6 on that very day")]
    [InlineData("2020-08-30", Stage.Primary, "6 the day before")]
    [InlineData("2014-09-01", Stage.Primary, "still 11")]
    [InlineData("2014-08-31", Stage.Junior, "12 on that day")]
    [InlineData("2010-09-01", Stage.Junior, "still 15")]
    [InlineData("2010-08-31", null, "16 on that day")]
    public void The_stage_of_an_age_counts_full_years_on_31_August_before_the_school_year(
        string birth, Stage? stage, string why)
    {
        Assert.Equal(stage, Ages.StageAt(Day(birth), new SchoolYear(2026)));
        Assert.NotEmpty(why);
    }

    [Fact]
    public void Ages_that_the_policy_leaves_out_belong_to_no_stage()
    {
        var gap = new StageAges(6, 10, 12, 15);

        Assert.Equal([Stage.Primary, null, Stage.Junior], [gap.StageAt(10), gap.StageAt(11), gap.StageAt(12)]);
    }
}
