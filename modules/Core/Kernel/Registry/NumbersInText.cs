using System.Text.RegularExpressions;

namespace EduAssist.Kernel.Registry;

/// <summary>Numbers of persons that stand in a text where none belongs: a reason is kept and shown for good.</summary>
public static partial class NumbersInText
{
    private const int FewestDigits = 10;

    /// <summary>What sort of number stands in a text, in Chinese; null: none.</summary>
    /// <param name="text">Free text; full-width digits, blanks and hyphens within a number hide none.</param>
    /// <param name="phones">
    /// Whether telephone numbers are looked for: in the number of a certificate, eleven digits are none.
    /// </param>
    public static string? Find(string text, bool phones = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Count(char.IsDigit) < FewestDigits) return null;
        var narrow = string.Concat(text.Select(c => c is >= '！' and <= '～' ? (char)(c - '！' + '!') : c));
        foreach (var match in Numbers().EnumerateMatches(narrow))
        {
            var number = narrow.Substring(match.Index, match.Length);
            if (number[0] == '学') return "学籍号";
            if (StudentNumber.TryParse(StudentNumber.Clean(number), out _)) return "全国学籍号";
            if (char.IsAsciiLetter(number[0])) number = number[1..];
            if (ResidentId.TryParse(ResidentId.Clean(number), out _)) return "身份证号码";
            if (phones && Phone.Read(number).Phone is not null) return "电话号码";
        }

        return null;
    }

    /// <summary>
    /// 18 characters in groups of any length, of a national student number with its letter; 11 digits of a mobile; a
    /// fixed line with its area code. A roll number has no structure: it is one where the text calls it so.
    /// </summary>
    [GeneratedRegex(@"学籍(?:号|编号|辅号)[^0-9,;。]{0,8}(?:[0-9][ \u3000]?){8,}|(?<![0-9A-Za-z])[GJLgjl][ \u3000-]?(?:[0-9][ \u3000-]?){17}[0-9Xx](?![0-9])|(?<![0-9])(?:(?:[0-9][ \u3000-]?){17}[0-9Xx]|(?:(?:\+|00)86[ -]?)?1[3-9](?:[ -]?[0-9]){9}|\(?0[0-9]{2,3}\)?[ -]?[0-9]{7,8})(?![0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
