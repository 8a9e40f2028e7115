using EduAssist.Kernel;

namespace EduAssist.Core.Registry;

public class UnsafeCharactersTests
{
    [Theory]
    [InlineData("阿依·古丽")]
    [InlineData("𠮷䶮 A-1")]
    [InlineData("")]
    [InlineData("\u3000\u00A0\uFEFF\u200D")]
    public void What_people_write_is_safe(string text) => Assert.False(UnsafeCharacters.AreIn(text));

    // not as arguments of an attribute, which are stored in UTF-8 and lose their halves of characters
    public static TheoryData<string[]> Unsafe =>
        new([
            ["\0", "一\u0001二", "\u001F", "\u007F", "\u0085", "\u009F"],
            ["\uD842", "𠮷\uDFB7", "\uDFB7\uD842", "a\uD842b", "a\uFFFE", "\uFFFFa"],
            ["\u061Ca", "\u200Ea", "\u200Fa", "a\u202Efdp.exe", "\u202A", "\u2066a\u2069"],
        ]);

    [Theory, MemberData(nameof(Unsafe), DisableDiscoveryEnumeration = true)]
    public void What_hides_or_breaks_a_text_is_not(string[] texts) =>
        Assert.All(texts, text =>
        {
            Assert.True(UnsafeCharacters.AreIn(text));
            Assert.True(UnsafeCharacters.AreIn($"𠮷{text}𠮷", lines: true));
        });

    [Theory]
    [InlineData("一\n二")]
    [InlineData("一\r\n二")]
    [InlineData("一\t二")]
    [InlineData("一\u2028二")]
    public void Only_a_text_of_several_lines_has_line_breaks(string text)
    {
        Assert.True(UnsafeCharacters.AreIn(text));
        Assert.False(UnsafeCharacters.AreIn(text, lines: true));
    }
}
