using System.Text;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Core.Spreadsheets;

public class TextEncodingTests
{
    private const string Text = "姓名,民族\n阿依·古丽,维吾尔\n";

    [Theory]
    [InlineData(Text, "UTF-8")]
    [InlineData("\uFEFF" + Text, "UTF-8")]
    [InlineData("name,grade\n", "UTF-8")]
    [InlineData(Text, "GB18030")]
    [InlineData("姓名\n𠮷㐀䶮ü\n", "GB18030")]
    public void An_encoding_is_proved(string text, string encoding)
    {
        var bytes = encoding == "GB18030" ? Given.Gb18030.GetBytes(text) : Encoding.UTF8.GetBytes(text);
        Assert.Equal(encoding, TextEncoding.Detect(new MemoryStream(bytes)).WebName, ignoreCase: true);
        using var roster = Given.Open(bytes, SpreadsheetFormat.Csv);
        Assert.Equal(text.TrimStart('\uFEFF').Split('\n')[0], string.Join(',', roster.Headers));
        Assert.All(roster.Rows, row => Assert.Equal(text.Split('\n')[1], string.Join(',', row.Texts())));
    }

    public static TheoryData<byte[], string> Wrong => new()
    {
        { [0xFF, 0xFE, 0x2C, 0x00], "文件是 UTF-16 编码（字节偏移 0 处有其标记），请另存为 UTF-8 再试。" },
        { [0xFE, 0xFF, 0x00, 0x2C], "文件是 UTF-16 编码（字节偏移 0 处有其标记），请另存为 UTF-8 再试。" },
        { [.. Encoding.Unicode.GetBytes("姓,名")], "字节偏移 3 处是零字节：文件是 UTF-16 编码，或不是文本；请另存为 UTF-8 再试。" },
        { [.. "ab"u8, 0xFF, 0x0A], "文件既不是 UTF-8（字节偏移 2 处无效）也不是 GB18030（字节偏移 2 处无效），请另存为 UTF-8 再试。" },
        { [0xE5, 0xA7, 0xC4, 0x20, 0x61], "文件既不是 UTF-8（字节偏移 0 处无效）也不是 GB18030（字节偏移 2 处无效），请另存为 UTF-8 再试。" },
        { [.. "ab"u8, 0xE5], "文件既不是 UTF-8（字节偏移 2 处无效）也不是 GB18030（字节偏移 2 处无效），请另存为 UTF-8 再试。" },
        { [0x84, 0x31, 0xA5, 0x30], "文件既不是 UTF-8（字节偏移 0 处无效）也不是 GB18030（字节偏移 0 处无效），请另存为 UTF-8 再试。" },
        { [0xC0, 0x80, 0xED, 0xA0, 0x80, 0x7F], "文件既不是 UTF-8（字节偏移 0 处无效）也不是 GB18030（字节偏移 4 处无效），请另存为 UTF-8 再试。" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_text_that_is_neither_is_refused_with_the_place(byte[] bytes, string message)
    {
        var refusal = Given.Refused(bytes, SpreadsheetFormat.Csv);
        Assert.Equal((SpreadsheetFault.WrongEncoding, message), (refusal.Fault, refusal.Message));
    }

    /// <summary>
    /// The oracle is the framework's own strict decoders, on texts that are sound, nearly sound, and noise.
    /// </summary>
    [Fact]
    public void The_proof_agrees_with_strict_decoders()
    {
        var random = new Random(18030);
        var utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback,
            DecoderFallback.ExceptionFallback)!;
        var verdicts = new Dictionary<string, int>();
        for (var i = 0; i < 200_000; i++)
        {
            var rune = new Rune(random.Next(0x10000, 0x110000));
            byte[] bytes = (i % 4) switch
            {
                0 => utf8.GetBytes($"{(char)random.Next(0x80, 0xD800)}{rune}"),
                1 => gb.GetBytes($"{(char)random.Next(0x80, 0xD800)}{rune}"),
                2 =>
                [
                    (byte)random.Next(0x81, 0xFF), (byte)random.Next(0x30, 0x3A), (byte)random.Next(0x81, 0xFF),
                    (byte)random.Next(0x30, 0x3A),
                ],
                _ => [(byte)random.Next(0x80, 0x100), (byte)random.Next(1, 0x100), (byte)random.Next(1, 0x100)],
            };
            if (i % 3 == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(1, 0x100);
            if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) continue;
            var expected = Decodes(utf8, bytes) ? "utf-8" : Decodes(gb, bytes) ? "gb18030" : "neither";
            Assert.True(expected == Verdict(bytes), Convert.ToHexString(bytes) + " is " + expected);
            verdicts[expected] = verdicts.GetValueOrDefault(expected) + 1;
        }
        Assert.All(["utf-8", "gb18030", "neither"], verdict => Assert.True(verdicts[verdict] > 1000));
    }

    private static bool Decodes(Encoding encoding, byte[] bytes)
    {
        try
        {
            encoding.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static string Verdict(byte[] bytes)
    {
        try
        {
            return TextEncoding.Detect(new MemoryStream(bytes)).WebName.ToLowerInvariant();
        }
        catch (SpreadsheetException)
        {
            return "neither";
        }
    }
}
