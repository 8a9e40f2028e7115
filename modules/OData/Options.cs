using EduAssist.Kernel;
using Microsoft.AspNetCore.Http;

namespace EduAssist.OData;

/// <summary>
/// The query options of a request: each once, unescaped, its name normalised, since OData 4.01 lets a client write
/// <c>FILTER</c> or <c>filter</c> for <c>$filter</c>. An option that is not known is refused: a query whose condition
/// is misspelt would answer with numbers that nobody asked for.
/// </summary>
internal sealed class Options
{
    internal const string Filter = "$filter",
        OrderBy = "$orderby",
        Select = "$select",
        Expand = "$expand",
        Top = "$top",
        Skip = "$skip",
        Count = "$count",
        Apply = "$apply",
        Compute = "$compute",
        Search = "$search",
        Format = "$format",
        SkipToken = "$skiptoken";

    private const char Between = '\0'; // a character that no option may contain: see Unescape

    private static readonly HashSet<string> Known =
    [
        Filter,
        OrderBy,
        Select,
        Expand,
        Top,
        Skip,
        Count,
        Apply,
        Compute,
        Search,
        Format,
        SkipToken,
    ];
    private static readonly HashSet<string> NotImplemented =
    [
        "$deltatoken",
        "$index",
        "$schemaversion",
        "$levels",
        "$id",
    ];

    private readonly Dictionary<string, string> given = new(StringComparer.Ordinal);

    /// <param name="path">That they stand behind.</param>
    /// <param name="query">As it was sent.</param>
    internal Options(string path, string? query)
    {
        foreach (var part in (query ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Named(Unescape(equals < 0 ? part : part[..equals]));
            if (name is null)
                continue;
            var value = equals < 0 ? "" : Unescape(part[(equals + 1)..]);
            if (name[0] != '@' && string.IsNullOrWhiteSpace(value))
                throw QueryException.Invalid($"查询选项 {name} 是空的：请写出它的值，或者去掉它。");
            if (!given.TryAdd(name, value))
                throw QueryException.Invalid($"查询选项 {name} 重复了。");
        }

        Fingerprint = string.Join(
            Between,
            given
                .Where(o => o.Key is not (SkipToken or Format))
                .OrderBy(o => o.Key, StringComparer.Ordinal)
                .SelectMany(o => (string[])[o.Key, o.Value])
                .Prepend(path)
        );
    }

    /// <summary>As ODataLib reads them: without those that it does not know.</summary>
    internal Dictionary<string, string> ForParser =>
        given.Where(o => o.Key is not (Format or SkipToken)).ToDictionary();

    internal string? this[string name] => given.GetValueOrDefault(name);

    /// <summary>
    /// What is asked, without the place in it and the form of the answer: what a skip token belongs to.
    /// </summary>
    internal string Fingerprint { get; }

    /// <summary>The query of the next page.</summary>
    internal string With(string skipToken) =>
        string.Join(
            '&',
            given
                .Where(o => o.Key is not SkipToken)
                .Append(new(SkipToken, skipToken))
                .Select(o =>
                    $"{Uri.EscapeDataString(o.Key).Replace("%24", "$", StringComparison.Ordinal).Replace("%40", "@", StringComparison.Ordinal)}={Uri.EscapeDataString(o.Value)}"
                )
        );

    /// <summary>Refuses options that mean nothing where they stand.</summary>
    internal void Allow(params ReadOnlySpan<string> allowed)
    {
        foreach (var name in given.Keys)
            if (name[0] != '@' && name != Format && !allowed.Contains(name))
                throw QueryException.Invalid($"查询选项 {name} 在这里没有意义。");
    }

    /// <summary>A count of rows; null where it is not given.</summary>
    internal long? Number(string name) =>
        this[name] is not { } text ? null
        : long.TryParse(
            text,
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number
        )
        && number <= int.MaxValue
            ? number
        : throw QueryException.Invalid($"{name} 须为 0 至 {int.MaxValue} 的整数。");

    /// <summary>Whether all rows are to be counted, too.</summary>
    internal bool Counts =>
        this[Count] switch
        {
            null or "false" => false,
            "true" => true,
            _ => throw QueryException.Invalid("$count 须为 true 或 false。"),
        };

    /// <summary>
    /// As the standard writes it; null of what is for somebody else: SAP's clients send their language and client,
    /// caches a number that makes the address new.
    /// </summary>
    private static string? Named(string name)
    {
        if (name.StartsWith('@'))
            return name;
        if (name.StartsWith("sap-", StringComparison.Ordinal) || name.StartsWith('_'))
            return null;
        var full = (name.StartsWith('$') ? name : $"${name}").ToLowerInvariant();
        if (Known.Contains(full))
            return full;
        throw NotImplemented.Contains(full)
            ? QueryException.NotImplemented(full)
            : QueryException.Invalid($"不认识查询选项 {name}。");
    }

    private static string Unescape(string text)
    {
        var plain = Uri.UnescapeDataString(text.Replace('+', ' '));
        // U+FFFD is what unescaping makes of half a surrogate pair
        return UnsafeCharacters.AreIn(plain, lines: true) || plain.Contains('\uFFFD', StringComparison.Ordinal)
            ? throw QueryException.Invalid("查询中有控制字符。")
            : plain;
    }
}
