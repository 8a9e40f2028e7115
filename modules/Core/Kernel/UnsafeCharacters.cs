using System.Buffers;

namespace EduAssist.Kernel;

/// <summary>
/// Characters that no text may bring in, by whatever door: controls (U+0000 ends a text on PostgreSQL), halves of
/// surrogate pairs and non-characters, which are no text; and the bidirectional controls of Unicode (UAX #9), by which
/// a name or a file name shows itself in another order than the one in which it is compared.
/// </summary>
public static class UnsafeCharacters
{
    private const string LineBreaks = "\t\n\r\u2028\u2029";

    private static readonly SearchValues<char> Suspect = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c).Except(LineBreaks),
        .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c),
        .. "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFFFE\uFFFF",
    ]);

    private static readonly SearchValues<char> Breaks = SearchValues.Create(LineBreaks);

    /// <summary>Whether there is one.</summary>
    /// <param name="text">As it came.</param>
    /// <param name="lines">Whether it may have several lines, and tabs in them.</param>
    public static bool AreIn(ReadOnlySpan<char> text, bool lines = false)
    {
        if (!lines && text.ContainsAny(Breaks)) return true;
        for (int at; (at = text.IndexOfAny(Suspect)) >= 0; text = text[(at + 2)..])
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return true;
        return false;
    }
}
