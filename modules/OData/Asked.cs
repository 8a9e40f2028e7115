using System.Text.RegularExpressions;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace EduAssist.OData;

/// <summary>
/// What a URL asks for: a path and its options, parsed by ODataLib against the model. It does not change: requests that
/// ask the same share it.
/// </summary>
internal sealed partial class Asked
{
    private readonly ODataQueryOptionParser parser;

    private Asked(Model model, Options options, ODataPath path, Limits limits, bool days)
    {
        (Path, Lists) = (path, new(days));
        parser = new(model.Edm, path, options.ForParser.ToDictionary(o => o.Key, o => Lists.Readable(o.Value)))
        {
            Resolver = new Resolver(),
        };
        parser.Settings.MaximumExpansionDepth = limits.ExpandDepth;
        parser.Settings.MaximumExpansionCount = limits.Expands;
    }

    internal ODataPath Path { get; }

    internal FilterClause? Filter { get; private set; }

    internal OrderByClause? OrderBy { get; private set; }

    internal SelectExpandClause? SelectExpand { get; private set; }

    internal Microsoft.OData.UriParser.Aggregation.ApplyClause? Apply { get; private set; }

    internal ComputeClause? Compute { get; private set; }

    internal SearchClause? Search { get; private set; }

    /// <summary>The texts of lists.</summary>
    internal InLists Lists { get; }

    /// <summary>The values of parameters: <c>@p</c>.</summary>
    internal IDictionary<string, SingleValueNode> Aliases => parser.ParameterAliasNodes;

    /// <summary>Parses.</summary>
    /// <param name="model">What there is.</param>
    /// <param name="path">Behind the service root, as it was sent.</param>
    /// <param name="options">Its options.</param>
    /// <param name="limits">Of one request.</param>
    /// <param name="guard">Keeps numbers of persons out of it.</param>
    internal static Asked Parse(Model model, string path, Options options, Limits limits, Guard? guard)
    {
        try
        {
            var root = new Uri("http://service/");
            var parsed = new ODataUriParser(model.Edm, root, new Uri(root, path))
            {
                UrlKeyDelimiter = ODataUrlKeyDelimiter.Slash, // Students(…) and Students/…
            }.ParsePath();
            foreach (var option in options.ForParser.Values)
                OnlyFiltered(option);
            var asked = new Asked(model, options, parsed, limits, days: false);
            try
            {
                asked.ParseOptions();
            }
            catch (ODataException) when (asked.Lists.HasMidnights)
            {
                asked = new(model, options, parsed, limits, days: true);
                asked.ParseOptions();
            }

            guard?.Check(asked);
            return asked;
        }
        catch (ODataUnrecognizedPathException unknown)
        {
            throw QueryException.Missing(Words(unknown, "没有这个资源"));
        }
        catch (ODataException wrong)
        {
            foreach (
                var unknown in (Match[])
                    [
                        Unknown().Match(string.Join(' ', options.ForParser.Values)),
                        Transformation().Match(options[Options.Apply] ?? ""),
                    ]
            )
                if (unknown.Success)
                    throw QueryException.NotImplemented(unknown.Groups["name"].Value);
            throw wrong.Message.Contains("limit", StringComparison.OrdinalIgnoreCase)
            && wrong.Message.Contains("exceeded", StringComparison.OrdinalIgnoreCase)
                ? QueryException.Limit("查询过深或者过长，超过了上限。")
                : QueryException.Invalid(Words(wrong, "查询无法理解"));
        }
        catch (Exception wrong)
            when (wrong
                    is FormatException
                        or OverflowException
                        or ArgumentException
                        or InvalidCastException
                        or NullReferenceException
                        or InvalidOperationException
                        or NotSupportedException
                        or NotImplementedException
            )
        {
            // for some malformed queries ODataLib throws these instead of an ODataException
            throw QueryException.Invalid("查询无法理解。");
        }
    }

    private void ParseOptions()
    {
        if (Path.LastSegment.EdmType.AsElementType() is not IEdmEntityType && Path.LastSegment is not CountSegment)
            return;
        Apply = parser.ParseApply();
        Compute = parser.ParseCompute();
        Search = parser.ParseSearch();
        Filter = parser.ParseFilter();
        OrderBy = parser.ParseOrderBy();
        SelectExpand = parser.ParseSelectAndExpand();
    }

    /// <summary>Refuses what the parser passes over: <c>Rolls/$count($top=2)</c>.</summary>
    private static void OnlyFiltered(string option)
    {
        foreach (Match count in OptionsOfCount().Matches(Texts().Replace(option, "''")))
        foreach (var given in count.Groups["options"].Value.Split(';'))
            if (given.Split('=')[0].Trim().TrimStart('$').ToLowerInvariant() is not ("filter" or "search") and var name)
                throw QueryException.Invalid($"$count 之后只能写 $filter，不能写 {name}。");
    }

    /// <summary>
    /// A Chinese message. ODataLib's is English and tells of its own parser; only the quoted part and the position are
    /// taken from it.
    /// </summary>
    private static string Words(ODataException wrong, string what)
    {
        var at = Position().Match(wrong.Message);
        var name = Quoted().Match(wrong.Message);
        return name.Success && name.Groups["name"].Value.StartsWith("Edm.", StringComparison.Ordinal)
                ? $"{what}：两边的类型不同，不能比较或者运算。"
            : at.Success ? $"{what}：第 {at.Groups["at"].Value} 个字符附近有语法错误。"
            : name.Success ? $"{what}：“{name.Groups["name"].Value}”不认识，或者不能用在这里。"
            : $"{what}。";
    }

    [GeneratedRegex("'[^']*'", RegexOptions.NonBacktracking)]
    private static partial Regex Texts();

    [GeneratedRegex(
        @"/\$count\s*\((?<options>(?>[^()]+|\((?<deep>)|\)(?<-deep>))*(?(deep)(?!)))\)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex OptionsOfCount();

    [GeneratedRegex(@"position (?<at>[0-9]{1,6})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Position();

    [GeneratedRegex(@"'(?<name>[^']{1,60})'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    /// <summary>
    /// Functions and operators of the standard that ODataLib does not know and reports as syntax errors; they are
    /// answered with 501.
    /// </summary>
    [GeneratedRegex(
        @"(?<name>\b(?:matchespattern|hassubset|hassubsequence|case|geo\.\w+)(?=\()|\bdivby\b|\$levels)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Unknown();

    /// <summary>Transformations of the standard, likewise.</summary>
    [GeneratedRegex(
        @"(?<=^|/|\()(?<name>search|concat|identity|nest|join|outerjoin|ancestors|descendants|traverse|orderby|skip|"
            + @"top|(?:top|bottom)(?:count|sum|percent))\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Transformation();
}
