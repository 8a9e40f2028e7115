using System.Globalization;
using System.Text;

namespace EduAssist.Kernel.Registry;

/// <summary>
/// Class names as schools and their spreadsheets write them (班级的叫法): 九（1）班, 九(1)班, （1）班, 九年级一班, 初三1班, 901班
/// are one class of grade nine. Who sees whom hangs on the class, so one class must not become five.
/// </summary>
internal static class ClassNames
{
    private const string Digits = "一二三四五六七八九";
    private const char Gap = ' ';

    /// <summary>What all spellings of one class of a grade have in common, and no two classes: <c>1</c>.</summary>
    /// <param name="name">As somebody wrote it.</param>
    /// <param name="grade">1 to 9: its grade.</param>
    public static string KeyOf(string name, int grade)
    {
        var plain = Plain(name);
        var key = WithoutGrade(plain, grade) is { } rest ? Numbered(rest) : Numbered(plain);
        return key.Length > 0 ? key : plain;
    }

    /// <summary>Whether it bears the name of another grade than that of the row in which it stands.</summary>
    /// <param name="name">As somebody wrote it.</param>
    /// <param name="grade">1 to 9: that of the row.</param>
    public static bool NamesAnotherGrade(string name, int grade)
    {
        var plain = Plain(name);
        return WithoutGrade(plain, grade) is null
            && Enumerable.Range(Grade.FirstOfPrimary, Grade.Last)
                .Any(g => g != grade && WithoutGrade(plain, g) is [not '十', ..]);
    }

    /// <summary>
    /// Whether two classes of one grade may be one that was written in a way that is read otherwise: both bear the same
    /// number, and one a word more.
    /// </summary>
    /// <param name="one">As somebody wrote it.</param>
    /// <param name="other">As somebody wrote it.</param>
    /// <param name="grade">1 to 9: their grade.</param>
    public static bool AreAlike(string one, string other, int grade) =>
        NumberIn(KeyOf(one, grade)) is { Length: > 0 } number && number == NumberIn(KeyOf(other, grade));

    private static string NumberIn(string key) => string.Concat(key.Where(char.IsAsciiDigit));

    /// <summary>Narrow and without 班 at its end; brackets, dashes and dots of every sort are gaps.</summary>
    private static string Plain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            var narrow = c is >= '！' and <= '～' ? (char)(c - '！' + '!') : c;
            if (char.IsWhiteSpace(narrow) || char.GetUnicodeCategory(narrow) == UnicodeCategory.Format) continue;
            if (char.IsLetterOrDigit(narrow)) plain.Append(char.ToUpperInvariant(narrow));
            else if (plain is [.., not Gap]) plain.Append(Gap);
        }

        var text = plain.ToString().Trim(Gap);
        return (text.EndsWith("班级", StringComparison.Ordinal) ? text[..^2] : text.TrimEnd('班')).Trim(Gap);
    }

    /// <summary>What stands after the grade; null: it does not bear this grade.</summary>
    private static string? WithoutGrade(string plain, int grade)
    {
        var (digit, isJunior) = (Digits[grade - 1], grade >= Grade.FirstOfJunior);
        var junior = isJunior ? grade - Grade.FirstOfJunior : 0;
        string[] said = isJunior
            ? [$"初中{Digits[junior]}年级", $"初{Digits[junior]}年级", $"初中{junior + 1}年级", $"初{Digits[junior]}",
                $"初{junior + 1}"]
            : [$"小学{digit}年级", $"小{digit}"];
        foreach (var words in (string[])[.. said, $"{digit}年级", $"{grade}年级", $"{digit}年", $"{digit}"])
            if (Rest(plain, words) is { } rest) return rest;
        if (plain.Length > 2 && plain[0] - '0' == grade
            && (plain[1] == Gap || (plain.Length == 3 && plain.All(char.IsAsciiDigit))))
            return plain[1..].Trim(Gap);
        var year = plain.IndexOf('级', StringComparison.Ordinal);
        return year is 2 or 4 && plain[..year].All(char.IsAsciiDigit) ? Rest(plain, plain[..(year + 1)]) : null;
    }

    private static string? Rest(string plain, string words) =>
        plain.StartsWith(words, StringComparison.Ordinal) && plain[words.Length..].Trim(Gap) is { Length: > 0 } rest
            ? rest : null;

    /// <summary>Chinese numerals as digits, digits without leading zeros, and no gaps.</summary>
    private static string Numbered(string text)
    {
        var key = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end < text.Length && (text[end] == '十' || Digits.Contains(text[end]))) end++;
            if (end > i && ValueOf(text[i..end]) is { } number) key.Append(number);
            else if (char.IsAsciiDigit(text[i]))
            {
                end = i;
                while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
                key.Append(text[i..end].TrimStart('0') is { Length: > 0 } digits ? digits : "0");
            }
            else
            {
                end = Math.Max(end, i + 1);
                key.Append(text[i..end].Replace($"{Gap}", "", StringComparison.Ordinal));
            }

            i = end;
        }

        return key.ToString();
    }

    /// <summary>一 to 九十九; null: no numeral of that form.</summary>
    private static int? ValueOf(string numeral) => numeral.IndexOf('十', StringComparison.Ordinal) switch
    {
        -1 => numeral.Length == 1 ? Digits.IndexOf(numeral[0], StringComparison.Ordinal) + 1 : null,
        0 => numeral.Length switch
        {
            1 => 10,
            2 => 11 + Digits.IndexOf(numeral[1], StringComparison.Ordinal),
            _ => null,
        },
        1 => (Digits.IndexOf(numeral[0], StringComparison.Ordinal) + 1) * 10
            + (numeral.Length == 2 ? 0 : numeral is [_, _, not '十' and var unit]
                ? Digits.IndexOf(unit, StringComparison.Ordinal) + 1 : 0),
        _ => null,
    };
}
