using System.Buffers;

namespace EduAssist.Kernel.Registry;

/// <summary>
/// What people write where there is no number and no day: 无, /, —, 暂无. It is a blank there, never a value; a text
/// may be just that (有无证明：无), so only numbers and days are asked.
/// </summary>
internal static class BlankWords
{
    private static readonly SearchValues<char> Strokes = SearchValues.Create("/／\\＼-－‐‑‒–—―−─━_＿");

    private static readonly HashSet<string> All =
        new(StringComparer.OrdinalIgnoreCase) { "无", "没有", "暂无", "暂缺", "空", "N/A", "NA", "NULL" };

    /// <summary>Whether a text says that there is nothing: blanks alone, one of the words, or strokes alone.</summary>
    public static bool Says(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return !text.ContainsAnyExcept(Strokes)
            || (text.Length <= 4 && All.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text));
    }
}
