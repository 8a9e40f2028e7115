using EduAssist.Kernel.Registry;

namespace EduAssist.Core.Registry;

public class NumbersInTextTests
{
    [Theory]
    [InlineData("本人 53232420140409997X 外出", "身份证号码")]
    [InlineData("53232420140409997x", "身份证号码")]
    [InlineData("证号：５３２３２４２０１４０４０９９９７Ｘ。", "身份证号码")]
    [InlineData("532324 20140409 997X", "身份证号码")]
    [InlineData("G53232420140409997X", "全国学籍号")]
    [InlineData("532324201404099971", null)]        // the check character is wrong: a number of something else
    [InlineData("1532324201404099970X", null)]
    [InlineData("来电15400000001核实", "电话号码")]
    [InlineData("来电 154 0000 0001", "电话号码")]
    [InlineData("来电154-0000-0001", "电话号码")]
    [InlineData("+86 15400000001", "电话号码")]
    [InlineData("１５４０００００００１", "电话号码")]
    [InlineData("0878-3000001", "电话号码")]
    [InlineData("（0878）3000001", "电话号码")]
    [InlineData("2020-05-06 15400000001", "电话号码")]
    [InlineData("12400000001", null)]
    [InlineData("154000000012", null)]
    [InlineData("2020年5月6日至2020年5月14日，10人", null)]
    [InlineData("2020-05-06 2020-05-07", null)]
    [InlineData("云教发〔2019〕109号，共1234567890元", null)]
    [InlineData("学籍号20170532300123", "学籍号")]
    [InlineData("其学籍编号为：2017 0532 300123。", "学籍号")]
    [InlineData("学籍号（初中）２０１７０５３２３００１２３", "学籍号")]
    [InlineData("文号20170532300123", null)]        // nothing says that it is one, and it has no structure
    [InlineData("学籍号已经核对，文件 2020-05-06 2020-05-07", null)]
    [InlineData("L53232420140409997X", "身份证号码")]
    [InlineData("外出务工", null)]
    [InlineData("", null)]
    public void A_number_of_a_person_is_found_however_it_is_written(string text, string? found) =>
        Assert.Equal(found, NumbersInText.Find(text));

    [Fact]
    public void Telephones_are_passed_over_where_other_numbers_stand() =>
        Assert.Equal((null, "身份证号码"),
            (
                NumbersInText.Find("15400000001", phones: false),
                NumbersInText.Find("53232420140409997X", phones: false)));
}
