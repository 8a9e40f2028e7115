using EduAssist.Kernel.Registry;

namespace EduAssist.Core.Tests.Registry;

public class PhoneTests
{
    [Theory]
    [InlineData("13000000000", "13000000000")]
    [InlineData("19900000000", "19900000000")]
    [InlineData("130 0000-0000", "13000000000")]
    [InlineData("+86 130 0000 0000", "13000000000")]
    [InlineData("008613000000000", "13000000000")]
    [InlineData("１３０００００００００", "13000000000")]
    public void A_mobile_is_11_digits_once_cleaned(string text, string number)
    {
        var reading = Phone.Read(text);

        Assert.Equal((number, true), (reading.Phone!.Value.Value, reading.Phone.Value.IsMobile));
        Assert.Null(reading.Warning ?? reading.Message);
    }

    [Theory]
    [InlineData("0878-0000000", "08780000000")]
    [InlineData("(0878)00000000", "087800000000")]
    [InlineData("010-00000000", "01000000000")]
    [InlineData("024 0000000", "0240000000")]
    public void A_fixed_line_is_accepted_with_a_warning(string text, string number)
    {
        var reading = Phone.Read(text);

        Assert.Equal((number, false), (reading.Phone!.Value.Value, reading.Phone.Value.IsMobile));
        Assert.NotNull(reading.Warning);
        Assert.Null(reading.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1300000000")]
    [InlineData("130000000000")]
    [InlineData("12000000000")]
    [InlineData("0878000000")]
    [InlineData("0878000000000")]
    [InlineData("010000000")]
    [InlineData("0110000000")]
    [InlineData("0000000")]
    [InlineData("1300000000x")]
    public void Anything_else_is_refused_with_a_message(string? text)
    {
        var reading = Phone.Read(text);

        Assert.Null(reading.Phone);
        Assert.NotNull(reading.Message);
    }
}
