namespace EduAssist.TrialClass;

/// <summary>体验专业目录，和它的核对。</summary>
public class MajorsTests
{
    private static IReadOnlyList<Major> Printed => Majors.Printed;

    [Fact]
    [Proves("tc/majors")]
    public void Thirty_three_rows_thirty_two_names_and_codes_of_two_catalogues()
    {
        Assert.Equal((33, 32, 2, 25, 6),
            (Printed.Count, Printed.DistinctBy(m => m.Name).Count(), Printed.Count(m => m.List == "定向专业"),
                Printed.Count(m => m.List == "主表"), Printed.Count(m => m.List == "附列")));
        Assert.Equal((21, 6, 6),
            (Printed.Count(m => m.Code is { } code && !code.Contains('-', StringComparison.Ordinal)),
                Printed.Count(m => m.Code?.Contains('-', StringComparison.Ordinal) == true),
                Printed.Count(m => m.Code is null)));
        Assert.Equal(["0515-4", null], Printed.Where(m => m.Name == "护理").Select(m => m.Code));
    }

    [Fact]
    [Proves("tc/majors")]
    public void The_printed_catalogue_has_the_known_oddities_as_notes_and_no_error()
    {
        var remarks = Majors.Check(Printed).ToList();
        Assert.Equal(["codes", "name-with-and-without-code", "no-code", "total"],
            Loaded.Ids(remarks, RemarkLevel.Note));
        Assert.Empty(Loaded.Ids(remarks, RemarkLevel.Error));
    }

    [Theory]
    [InlineData("a row is gone", "number")]
    [InlineData("a code twice", "code-twice")]
    [InlineData("a name twice with codes", "name-twice")]
    [InlineData("a code of five digits", "code-format")]
    [InlineData("a code of letters", "code-format")]
    [InlineData("two years", "years")]
    [Proves("tc/majors")]
    public void A_planted_fault_is_an_error(string fault, string expected)
    {
        var altered = fault switch
        {
            "a row is gone" => [.. Printed.Skip(1)],
            "a code twice" => First(m => m with { Code = Printed[1].Code }),
            "a name twice with codes" => First(m => m with { Name = Printed[1].Name }),
            "a code of five digits" => First(m => m with { Code = "15034" }),
            "a code of letters" => First(m => m with { Code = "15O3-4" }),
            "two years" => First(m => m with { Years = 2 }),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        Assert.Equal([expected], Loaded.Ids(Majors.Check(altered), RemarkLevel.Error));
    }

    private static IReadOnlyList<Major> First(Func<Major, Major> alter) => [alter(Printed[0]), .. Printed.Skip(1)];
}
