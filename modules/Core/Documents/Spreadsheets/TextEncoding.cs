using System.Text;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// Proves the encoding of a text by reading all of it: strict UTF-8 (RFC 3629) first, otherwise strict GB18030 (GB
/// 18030—2022).
/// </summary>
/// <remarks>
/// Nothing is guessed from the frequency of characters: a text that is neither is refused with the place, instead of
/// being read into wrong names.
/// </remarks>
internal static class TextEncoding
{
    /// <summary>The longest line, in bytes; a line is held in memory.</summary>
    public const int MostLineBytes = 1 << 20;

    /// <summary>GB18030 of the framework.</summary>
    public static Encoding Gb18030 { get; } = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <summary>
    /// The encoding of all that follows, a byte order mark included. The stream stands where it stood.
    /// </summary>
    /// <exception cref="SpreadsheetException">
    /// <see cref="SpreadsheetFault.Empty"/>, <see cref="SpreadsheetFault.WrongEncoding"/>, or
    /// <see cref="SpreadsheetFault.TooLarge"/> for a line.
    /// </exception>
    public static Encoding Detect(Stream stream)
    {
        var start = stream.Position;
        var proof = new Proof();
        var buffer = new byte[1 << 16];
        for (int count; (count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0; )
            proof.Read(buffer.AsSpan(0, count));
        stream.Position = start;
        return proof.Conclude();
    }

    private sealed class Proof
    {
        private Utf8 utf8;
        private Gb gb;
        private long offset,
            lineStart,
            utf8Fault = -1,
            gbFault = -1;
        private int lines = 1;

        public void Read(ReadOnlySpan<byte> bytes)
        {
            if (offset == 0 && (bytes.StartsWith((byte[])[0xFF, 0xFE]) || bytes.StartsWith((byte[])[0xFE, 0xFF])))
                throw new SpreadsheetException(
                    SpreadsheetFault.WrongEncoding,
                    "文件是 UTF-16 编码（字节偏移 0 处有其标记），请另存为 UTF-8 再试。"
                );
            foreach (var octet in bytes)
            {
                if (octet is (byte)'\n' or (byte)'\r')
                    EndLine(octet);
                else if (octet == 0)
                    throw new SpreadsheetException(
                        SpreadsheetFault.WrongEncoding,
                        $"字节偏移 {offset} 处是零字节：文件是 UTF-16 编码，或不是文本；请另存为 UTF-8 再试。"
                    );
                if (utf8Fault < 0 && !utf8.Take(octet))
                    utf8Fault = offset - utf8.Pending;
                if (gbFault < 0 && !gb.Take(octet))
                    gbFault = offset - gb.Pending;
                offset++;
            }
            if (offset - lineStart > MostLineBytes)
                throw LineTooLong();
            if (utf8Fault >= 0 && gbFault >= 0)
                throw Neither();
        }

        public Encoding Conclude()
        {
            if (offset == 0)
                throw new SpreadsheetException(SpreadsheetFault.Empty, "文件是空的，没有任何内容。");
            if (utf8Fault < 0 && utf8.Pending > 0)
                utf8Fault = offset - utf8.Pending;
            if (gbFault < 0 && gb.Pending > 0)
                gbFault = offset - gb.Pending;
            return utf8Fault < 0 ? Encoding.UTF8
                : gbFault < 0 ? Gb18030
                : throw Neither();
        }

        private void EndLine(byte octet)
        {
            if (offset - lineStart > MostLineBytes)
                throw LineTooLong();
            lineStart = offset + 1;
            if (octet == '\n')
                lines++;
        }

        private SpreadsheetException LineTooLong() =>
            new(SpreadsheetFault.TooLarge, $"第 {lines} 行超过 {MostLineBytes >> 20} MB，不像名册。");

        private SpreadsheetException Neither() =>
            new(
                SpreadsheetFault.WrongEncoding,
                $"文件既不是 UTF-8（字节偏移 {utf8Fault} 处无效）也不是 GB18030（字节偏移 {gbFault} 处无效），请另存为 UTF-8 再试。"
            );
    }

    /// <summary>RFC 3629 §4, byte by byte.</summary>
    private struct Utf8
    {
        private int rest;
        private int least,
            most;

        /// <summary>How many bytes of an unfinished character there are.</summary>
        public int Pending { get; private set; }

        /// <summary>Whether the byte may stand here.</summary>
        public bool Take(byte octet)
        {
            if (octet < 0x80)
                return rest == 0;
            if (rest > 0)
            {
                if (octet < least || octet > most)
                    return false;
                (rest, least, most) = (rest - 1, 0x80, 0xBF);
                Pending = rest == 0 ? 0 : Pending + 1;
                return true;
            }
            (rest, least, most) = octet switch
            {
                >= 0xC2 and <= 0xDF => (1, 0x80, 0xBF),
                0xE0 => (2, 0xA0, 0xBF),
                0xED => (2, 0x80, 0x9F),
                >= 0xE1 and <= 0xEF => (2, 0x80, 0xBF),
                0xF0 => (3, 0x90, 0xBF),
                >= 0xF1 and <= 0xF3 => (3, 0x80, 0xBF),
                0xF4 => (3, 0x80, 0x8F),
                _ => (0, 0, 0),
            };
            Pending = rest == 0 ? 0 : 1;
            return rest > 0;
        }
    }

    /// <summary>One, two or four bytes; of four, only those that stand for a character of Unicode.</summary>
    private struct Gb
    {
        private uint code;

        /// <summary>How many bytes of an unfinished character there are.</summary>
        public int Pending { get; private set; }

        /// <summary>Whether the byte may stand here.</summary>
        public bool Take(byte octet) =>
            Pending switch
            {
                0 => octet < 0x80 || (octet is >= 0x81 and <= 0xFE && Keep(octet)),
                1 when octet is >= (byte)'0' and <= (byte)'9' => Keep(octet),
                1 => octet is >= 0x40 and <= 0xFE and not 0x7F && End(),
                2 => octet is >= 0x81 and <= 0xFE && Keep(octet),
                _ => octet is >= (byte)'0' and <= (byte)'9'
                    && ((code << 8) | octet) is (>= 0x81308130 and <= 0x8431A439) or (>= 0x90308130 and <= 0xE3329A35)
                    && End(),
            };

        private bool Keep(byte octet)
        {
            code = (code << 8) | octet;
            Pending++;
            return true;
        }

        private bool End()
        {
            code = 0;
            Pending = 0;
            return true;
        }
    }
}
