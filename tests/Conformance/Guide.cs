using System.Text.RegularExpressions;

namespace EduAssist.Conformance;

/// <summary>The guide to a new region: its blocks of code, and the messages that it quotes.</summary>
internal sealed partial class Guide(string text)
{
    internal string Text => text;

    internal static Guide Read(string root) => new(File.ReadAllText(Path.Combine(root, "docs", "new-region.md")));

    /// <summary>The blocks that say which file they are.</summary>
    internal IReadOnlyList<(string File, string Code)> Files =>
        [.. NamedBlock().Matches(text).Select(m => (m.Groups["file"].Value, m.Groups["code"].Value))];

    /// <summary>All blocks of a language.</summary>
    internal int Blocks => BlockOfALanguage().Count(text);

    /// <summary>What is told of each mistake, in the table under a heading.</summary>
    internal IReadOnlyDictionary<string, string> ToldUnder(string heading)
    {
        var from = text.IndexOf($"\n### {heading}\n", StringComparison.Ordinal);
        var to = text.IndexOf("\n##", from + 1, StringComparison.Ordinal);
        return Row()
            .Matches(text[from..(to < 0 ? text.Length : to)])
            .ToDictionary(m => m.Groups["done"].Value, m => m.Groups["told"].Value, StringComparer.Ordinal);
    }

    /// <summary>Whether a message is the one that is quoted; <c>…</c> stands for anything.</summary>
    internal static bool Quotes(string told, string message) =>
        Regex.IsMatch(
            message,
            string.Join(".*", told.Split('…').Select(Regex.Escape)),
            RegexOptions.Singleline | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)
        );

    private const RegexOptions Options =
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^\*\*`(?<file>[^`\n]+)`\*\*\n\n```[a-z]+\n(?<code>(?:(?!```).*\n)*)```$", Options, 1000)]
    private static partial Regex NamedBlock();

    [GeneratedRegex(@"^```[a-z]+$", Options, 1000)]
    private static partial Regex BlockOfALanguage();

    [GeneratedRegex(@"^\| (?<done>[^|\n]+) \| `(?<told>[^`\n]+)` \| [^|\n]+ \|$", Options, 1000)]
    private static partial Regex Row();
}
