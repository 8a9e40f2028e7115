using System.Text;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>The names of columns.</summary>
public static class SpreadsheetHeader
{
    /// <summary>
    /// The form in which names are compared: full-width letters, digits, signs and blanks (U+FF01 to U+FF5E, U+3000)
    /// are the plain ones that NFKC makes of them; without line breaks, byte order marks and outer blanks.
    /// </summary>
    /// <remarks>
    /// By hand, because without ICU (InvariantGlobalization) the framework's own normalisation leaves everything beyond
    /// ASCII as it is.
    /// </remarks>
    /// <param name="name">A name as somebody typed it.</param>
    public static string Normal(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is '\r' or '\n' or '\uFEFF')
                continue;
            text.Append(
                c switch
                {
                    >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
                    '\u3000' => ' ',
                    _ => c,
                }
            );
        }
        return text.ToString().Trim();
    }

    /// <summary>
    /// What of a name counts when two are compared: its normal form without blanks (姓 名), marks of what must be filled
    /// in (姓名*, 姓名（必填）), and an end mark.
    /// </summary>
    internal static string Key(string name)
    {
        var text = string.Concat(Normal(name).Where(c => !char.IsWhiteSpace(c) && c is not ('*' or '\u200B')));
        foreach (var mark in Marks)
            text = text.Replace(mark, "", StringComparison.Ordinal);
        return text.TrimEnd(':');
    }

    private static readonly string[] Marks = ["(必填)", "(选填)", "(必填项)", "(选填项)", "[必填]", "[选填]"];

    /// <summary>The names in the first row.</summary>
    /// <param name="cells">As read, trailing blanks included.</param>
    /// <param name="column">What the user's editor calls the n-th column, from 0.</param>
    internal static string[] FromCells(IEnumerable<string?> cells, Func<int, string> column)
    {
        var names = cells.Select(cell => Normal(cell ?? "")).ToArray();
        names = names[..(Array.FindLastIndex(names, name => name.Length > 0) + 1)];
        if (names.Length == 0)
            names = [""]; // a row without any cell has one column without a name
        var seen = new Dictionary<string, int>(names.Length);
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0)
                throw new SpreadsheetException(
                    SpreadsheetFault.NoHeader,
                    $"{column(i)}没有列名；第一个非空行应是列名，每列一个，不要合并单元格。"
                );
            if (IsValue(names[i]))
                throw new SpreadsheetException(
                    SpreadsheetFault.NoHeader,
                    $"第一个非空行应是列名，{column(i)}却是数字或日期。"
                );
            if (!seen.TryAdd(names[i], i))
                throw new SpreadsheetException(
                    SpreadsheetFault.HeaderTwice,
                    $"列名「{names[i]}」出现了两次：{column(seen[names[i]])}和{column(i)}。"
                );
        }
        return names;
    }

    /// <summary>The names that a file is given to be written.</summary>
    /// <exception cref="ArgumentException">
    /// None; or one is blank, or there twice, and could not be read back.
    /// </exception>
    internal static void Check(IReadOnlyList<string> names)
    {
        var seen = new HashSet<string>();
        if (names.Count == 0 || !names.All(name => Normal(name).Length > 0 && seen.Add(Normal(name))))
            throw new ArgumentException("Headers must be there, none blank, none twice.", nameof(names));
    }

    private static bool IsValue(string name) => name.Any(char.IsDigit) && !name.Any(char.IsLetter);
}
