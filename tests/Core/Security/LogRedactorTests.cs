using EduAssist.Data.Privacy;

namespace EduAssist.Core.Security;

/// <summary>
/// What looks like a number of a person is not told, and what is no code in an address neither; all else is told as it
/// is.
/// </summary>
public class LogRedactorTests
{
    [Theory]
    [InlineData("没有 532301201203099978。", "没有 …。")]
    [InlineData("G53230120120309997X 已有", "… 已有")]
    [InlineData("电话 13912345678", "电话 …")]
    [InlineData("学籍号“53230120240001”", "学籍号“…”")]
    [InlineData("编号 0198f2a0-0000-7000-8000-000000000000", "编号 0198f2a0-0000-7000-8000-000000000000")]
    [InlineData("00-4935b8a3b24debae85bfc6e936dfc117-59bef4c6c5092c0a-00",
        "00-4935b8a3b24debae85bfc6e936dfc117-59bef4c6c5092c0a-00")]
    [InlineData("3153000002，2020-05-06，2074 人", "3153000002，2020-05-06，2074 人")]
    public void Numbers_of_persons_are_left_out(string text, string told) =>
        Assert.Equal(told, LogRedactor.Numbers(text));

    [Theory]
    [InlineData("没有加载项目 余示例。", "/api/programmes/余示例/facts?", "没有加载项目 …。")]
    [InlineData("no property named '余示例'", "/odata/Students?$filter=%E4%BD%99%E7%A4%BA%E4%BE%8B%20eq%201",
        "no property named '…'")]
    [InlineData("没有加载项目 chuxiong.nobody。", "/api/programmes/chuxiong.nobody/facts?", "没有加载项目 chuxiong.nobody。")]
    [InlineData("不认识的栏目“心情”。", "/api/chuxiong/applications?", "不认识的栏目“心情”。")]
    [InlineData("%zz", "/api/%zz?%E4", "%zz")]
    public void What_was_typed_into_an_address_is_told_only_as_a_code(string text, string address, string told) =>
        Assert.Equal(told, LogRedactor.Text(text, address));
}
