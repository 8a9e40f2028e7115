using EduAssist.Kernel.Registry;
using static EduAssist.Core.Tests.Registry.Tables;

namespace EduAssist.Core.Tests.Registry;

public class StudentNumberTests
{
    public static TheoryData<string, string, string> Verdicts =>
        [
            .. CasesOf("student-number-test.csv").Where(row => row["result"] != "opaque")
                .Select(row => (row["number"], row["result"], row["rule"])),
        ];

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Every_number_of_the_table_gets_its_verdict(string number, string result, string rule)
    {
        var reading = StudentNumber.Read(number, Register, Today);

        Assert.Equal(result, reading.Fault?.ToString().ToLowerInvariant() ?? "ok");
        Assert.Equal(reading.Number is null, reading.Message is not null);
        Assert.NotEmpty(rule);
    }

    [Theory]
    [InlineData("G53230120110305997X", StudentNumberKind.Formal, "2011-03-05")]
    [InlineData("J532301201207099968", StudentNumberKind.FormalWithoutId, "2012-07-09")]
    [InlineData("L532301201207094821", StudentNumberKind.Temporary, "2012-07-09")]
    public void A_number_tells_its_kind_its_division_and_its_birth_date(
        string text, StudentNumberKind kind, string birth)
    {
        var number = StudentNumber.Read(text, Register, Today).Number!.Value;

        Assert.Equal((kind, Code("532301"), Day(birth), text),
            (number.Kind, number.Division, number.BirthDate, number.Value));
        Assert.True(StudentNumber.TryParse(text, out var stored) && stored == number);
    }

    [Theory]
    [InlineData("J532301201207099967", NumberFault.Check, "J has a check character")]
    [InlineData("L532301201207094822", null, "L has none")]
    [InlineData("L53230120120709482X", NumberFault.Form, "so no X either")]
    [InlineData("L532301201302294821", NumberFault.Date, "its date is asked")]
    [InlineData("L532301203303054821", NumberFault.Future, "and today")]
    [InlineData("L532399201207094821", NumberFault.Division, "and its division")]
    [InlineData("G532399201103059975", NumberFault.Division, "as of the other kinds")]
    [InlineData("K53230120110305997X", NumberFault.Form, "another letter")]
    [InlineData("", NumberFault.Form, "nothing")]
    [InlineData(null, NumberFault.Form, "nothing")]
    public void The_kinds_are_asked_different_things(string? text, NumberFault? fault, string why)
    {
        Assert.Equal(fault, StudentNumber.Read(text, Register, Today).Fault);
        Assert.NotEmpty(why);
    }

    [Fact]
    public void Cleaning_makes_letters_capital() =>
        Assert.Equal("G53230120110305997X", StudentNumber.Clean(" g53230120110305997ｘ"));

    [Theory]
    [InlineData("20170012345678", true)]
    [InlineData("2017001234567", false)]
    [InlineData("201700123456789", false)]
    [InlineData("2017001234567X", false)]
    [InlineData("２０１７００１２３４５６７８", false)]
    [InlineData("2017001 345678", false)]
    [InlineData(null, false)]
    public void A_junior_roll_number_is_14_digits_of_which_nothing_is_read(string? text, bool isNumber)
    {
        Assert.Equal(isNumber, JuniorRollNumber.TryParse(text, out var number));
        Assert.Equal(isNumber ? text : "", number.Value);
    }
}
