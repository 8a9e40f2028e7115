using System.Globalization;

namespace EduAssist.Kernel.Registry;

/// <summary>Grades and classes as schools write them (年级、班级的叫法).</summary>
public static class GradeWords
{
    private const string Digits = "一二三四五六七八九";

    /// <summary>七年级.</summary>
    /// <param name="grade">1 to 9.</param>
    public static string ForGrade(int grade) => $"{Digits[grade - 1]}年级";

    /// <summary>Reads 七年级, 7, 七, 初一, 初中一年级, and by the year of entry 2017级, 初2017级.</summary>
    /// <param name="text">As somebody wrote it.</param>
    /// <param name="on">The day on which a year of entry counts.</param>
    /// <param name="stage">
    /// The stage that the school teaches, where it teaches one: of a year of entry that names none.
    /// </param>
    /// <returns>1 to 9; null where it cannot be told.</returns>
    public static int? Read(string? text, DateOnly on, Stage? stage)
    {
        var plain = NumberBody.Cleaned(text ?? "");
        var said = plain.StartsWith("初中", StringComparison.Ordinal) || plain.StartsWith('初') ? Stage.Junior
            : plain.StartsWith("小学", StringComparison.Ordinal) || plain.StartsWith('小') ? Stage.Primary
            : (Stage?)null;
        plain = plain.TrimStart('初', '中', '小', '学');
        if (plain is [.. { Length: 4 } year, '级']
            && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var entered))
            return (said ?? stage) is { } known ? Grade.At(on, entered, known) : null;
        plain = plain.EndsWith("年级", StringComparison.Ordinal) ? plain[..^2] : plain;
        var number = plain.Length != 1 ? 0
            : Digits.IndexOf(plain[0], StringComparison.Ordinal) is >= 0 and var index ? index + 1
            : plain[0] is >= '1' and <= '9' ? plain[0] - '0'
            : 0;
        return number == 0 ? null
            : said != Stage.Junior ? number
            : number <= Grade.Last - Grade.FirstOfJunior + 1 ? number + Grade.FirstOfJunior - 1
            : number >= Grade.FirstOfJunior ? number
            : null;
    }

    /// <summary>
    /// What a class is called when it has come one grade up: 八（3）班 becomes 九（3）班, 初二3班 初三3班, 801班 901班; a name that
    /// does not bear the grade stays.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="grade">The grade that it comes from, 1 to 8.</param>
    public static string Next(string name, int grade)
    {
        ArgumentNullException.ThrowIfNull(name);
        var (old, up) = (Digits[grade - 1], Digits[grade]);
        if (name.StartsWith(old) && name.Length > 1 && name[1] is not ('班' or '十')) return up + name[1..];
        if (grade is Grade.FirstOfJunior or Grade.FirstOfJunior + 1
            && name.StartsWith($"初{Digits[grade - Grade.FirstOfJunior]}", StringComparison.Ordinal))
            return $"初{Digits[grade - Grade.FirstOfJunior + 1]}{name[2..]}";
        return name.Length >= 3 && name[0] == (char)('0' + grade) && char.IsAsciiDigit(name[1])
            && char.IsAsciiDigit(name[2]) && !(name.Length > 3 && char.IsAsciiDigit(name[3]))
            ? (char)('1' + grade) + name[1..] : name;
    }
}
