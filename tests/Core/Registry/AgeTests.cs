using EduAssist.Kernel.Registry;
using static EduAssist.Core.Tests.Registry.Tables;

namespace EduAssist.Core.Tests.Registry;

public class AgeTests
{
    [Theory]
    [InlineData("2010-06-18", "2026-06-17", 15, "the day before the birthday")]
    [InlineData("2010-06-18", "2026-06-18", 16, "on it")]
    [InlineData("2010-06-18", "2026-06-19", 16, "after it")]
    [InlineData("2010-06-18", "2010-06-18", 0, "on the day of birth")]
    [InlineData("2010-06-18", "2010-06-17", -1, "before the birth")]
    [InlineData("2010-12-31", "2011-01-01", 0, "a new year makes nobody older")]
    public void An_age_is_reached_on_the_birthday(string birth, string on, int years, string when)
    {
        Assert.Equal(years, Age.FullYears(Day(birth), Day(on)));
        Assert.NotEmpty(when);
    }

    [Theory]
    [InlineData("2028-02-28", 15, 15)]
    [InlineData("2028-02-29", 16, 16)]
    [InlineData("2029-02-27", 16, 16)]
    [InlineData("2029-02-28", 16, 17)]
    [InlineData("2029-03-01", 17, 17)]
    public void One_born_on_29_February_grows_older_in_common_years_on_1_March_or_by_the_other_reading_on_28_February(
        string on, int march, int february)
    {
        var birth = new DateOnly(2012, 2, 29);

        Assert.Equal(march, Age.FullYears(birth, Day(on)));
        Assert.Equal(february, Age.FullYears(birth, Day(on), LeapDay.LastOfFebruary));
    }

    [Theory]
    [InlineData("2010-06-18", 16, "2026-06-18")]
    [InlineData("2012-02-29", 16, "2028-02-29")]
    [InlineData("2012-02-29", 17, "2029-03-01")]
    [InlineData("2012-02-28", 17, "2029-02-28")]
    public void The_day_of_an_age_is_the_birthday_of_that_year(string birth, int years, string day) =>
        Assert.Equal(Day(day), Age.Reached(Day(birth), years));

    [Fact]
    public void Age_and_the_day_on_which_it_is_reached_agree_for_every_birthday_of_four_years()
    {
        foreach (var rule in Enum.GetValues<LeapDay>())
            for (var birth = new DateOnly(2008, 1, 1); birth < new DateOnly(2012, 3, 2); birth = birth.AddDays(1))
                for (var years = 0; years < 20; years++)
                {
                    var day = Age.Reached(birth, years, rule);
                    Assert.Equal((years - 1, years),
                        (Age.FullYears(birth, day.AddDays(-1), rule), Age.FullYears(birth, day, rule)));
                }
    }
}
