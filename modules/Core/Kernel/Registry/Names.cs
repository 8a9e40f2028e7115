using System.Buffers;
using System.Globalization;
using System.Text;

namespace EduAssist.Kernel.Registry;

/// <summary>
/// Names as people type them (姓名、单位名称), brought to one form each: what the eye does not see is no part of a name,
/// and · stands for every interpunct that a keyboard gives.
/// </summary>
internal static class Names
{
    private const char Interpunct = '·';

    /// <summary>
    /// Dots that are typed for · : bullet, hyphenation points, katakana and half-width ones, the full-width full stop.
    /// </summary>
    private static readonly SearchValues<char> Interpuncts = SearchValues.Create("•‧・･∙⋅．﹒●");

    private static readonly SearchValues<char> Spoiled = SearchValues.Create("?？□■◇◆*＊#�");

    /// <summary>
    /// The name of a person: without invisible characters and blanks between Chinese characters (张　三), with one
    /// interpunct, in half-width letters, composed (NFC).
    /// </summary>
    /// <param name="text">As typed.</param>
    public static string OfPerson(string text) => Normal(text, isPerson: true);

    /// <summary>
    /// The name of a school, another body or a class: without invisible characters and blanks, with full-width brackets
    /// and half-width letters and digits.
    /// </summary>
    /// <param name="text">As typed.</param>
    public static string OfPlace(string text) => Normal(text, isPerson: false);

    /// <summary>
    /// What is strange about the name of a person: characters that a program before this one could not keep (张?, the
    /// private use area), digits in it. A reason to look again, none to refuse.
    /// </summary>
    /// <param name="name">Of a person.</param>
    /// <returns>In Chinese; null: nothing.</returns>
    public static string? Doubt(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EnumerateRunes().Any(r => Rune.GetUnicodeCategory(r) == UnicodeCategory.PrivateUse)
            || name.AsSpan().ContainsAny(Spoiled) ? "姓名中有不能辨认的字，可能是生僻字在别的系统中丢失了，请对照户口簿核对"
            : name.Any(char.IsDigit) ? "姓名中有数字，请核对"
            : null;
    }

    private static string Normal(string text, bool isPerson)
    {
        ArgumentNullException.ThrowIfNull(text);
        var seen = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormC))
            if (char.GetUnicodeCategory(c) is not UnicodeCategory.Format && c is not (>= '\uFE00' and <= '\uFE0F'))
                seen.Append(Interpuncts.Contains(c) ? Interpunct
                    : c is '(' or ')' && !isPerson ? (char)(c - '!' + '！')
                    : c is >= '！' and <= '～' && (isPerson || c is not ('（' or '）')) ? (char)(c - '！' + '!')
                    : char.IsWhiteSpace(c) ? ' '
                    : c);
        var name = new StringBuilder(seen.Length);
        for (var i = 0; i < seen.Length; i++)
        {
            // of a blank only that between two Latin words is a part of the name
            if (seen[i] == ' ' && !(isPerson && IsLatin(name, name.Length - 1) && IsLatin(seen, i + 1))) continue;
            name.Append(seen[i] == '.' && IsHan(seen, i - 1) && IsHan(seen, i + 1) ? Interpunct : seen[i]);
        }

        return name.ToString();
    }

    private static bool IsLatin(StringBuilder text, int at) =>
        at >= 0 && at < text.Length
        && (text[at] is '.' or '\'' or ',' || (char.IsLetter(text[at]) && !IsHan(text, at)));

    private static bool IsHan(StringBuilder text, int at) =>
        at >= 0 && at < text.Length && (text[at] is >= '\u2E80' and <= '\u9FFF' || char.IsSurrogate(text[at]));
}
