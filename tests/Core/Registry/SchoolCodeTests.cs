using EduAssist.Kernel.Registry;
using static EduAssist.Core.Tests.Registry.Tables;

namespace EduAssist.Core.Tests.Registry;

public class SchoolCodeTests
{
    [Theory]
    [InlineData("3153000001", null)]
    [InlineData("2166000001", null)]
    [InlineData("315300000", "10位")]
    [InlineData("31530000011", "10位")]
    [InlineData("31530000０1", "10位")]
    [InlineData(null, "10位")]
    [InlineData("3853000001", "办学类别")]
    [InlineData("0053000001", "办学类别")]
    [InlineData("3199000001", "省级")]
    [InlineData("3110000001", "省级")]
    [InlineData("3167000001", "省级")]
    [InlineData("3171000001", "省级")]
    public void A_school_code_is_a_category_a_province_and_a_serial(string? text, string? message)
    {
        var reading = SchoolCode.Read(text, Categories);

        Assert.Equal(message is null, reading.Code is not null);
        Assert.Contains(message ?? "", reading.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_school_code_tells_its_category_and_province()
    {
        var code = SchoolCode.Read("3653000001", Categories).Code!.Value;

        Assert.Equal(("36", "中等职业学校", Code("530000")), (code.Category, Categories.Name(code.Category), code.Province));
        Assert.Equal(default, SchoolCode.Read("3666000001", Categories).Code!.Value.Province);
        Assert.Equal(("", "", default),
            (default(SchoolCode).Value, default(SchoolCode).Category, default(SchoolCode).Province));
    }

    [Fact]
    public void The_categories_are_those_of_the_published_pattern() =>
        Assert.Equal(
            ["11", "21", "22", "31", "32", "33", "34", "35", "36", "37", "41", "42", "51", "91", "92", "93"],
            Categories.Codes.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("code,name\n3,三\n")]
    [InlineData("code,name\n31,初中\n31,初中\n")]
    public void Planted_faults_of_the_table_are_refused(string table) =>
        Assert.Throws<InvalidDataException>(() => SchoolCategories.Read(new StringReader(table)));
}
