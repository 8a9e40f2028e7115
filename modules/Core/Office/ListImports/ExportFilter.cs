using System.Text.RegularExpressions;
using EduAssist.Documents.Forms;

namespace EduAssist.Office.ListImports;

/// <summary>Something by which rows that go out are chosen: equal to a text.</summary>
/// <param name="Name">In camelCase.</param>
/// <param name="Title">In Chinese.</param>
public sealed partial record ExportFilter(string Name, string Title)
{
    private const int Longest = 1000;

    /// <summary>
    /// Reads a filter: <c>school eq '…' and grade eq '7'</c>, each name once; a quote in a text is doubled, as in
    /// OData.
    /// </summary>
    /// <param name="filters">Those that may be named.</param>
    /// <param name="text">Null or blank: everything.</param>
    /// <param name="values">The texts by their names.</param>
    /// <returns>What is wrong with it, in Chinese; null: nothing.</returns>
    public static string? Read(IReadOnlyList<ExportFilter> filters, string? text, out FormValues values)
    {
        ArgumentNullException.ThrowIfNull(filters);
        values = FormValues.None;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (text.Length > Longest)
            return $"筛选不能超过 {Longest} 字。";
        for (var at = 0; at < text.Length; )
        {
            if (Condition().Match(text, at) is not { Success: true } found)
                return $"筛选须为用 and 连接的“名称 eq '值'”；名称有：{Names(filters)}。";
            var name = found.Groups["name"].Value;
            if (filters.All(f => f.Name != name))
                return $"不能按 {name} 筛选；可以用：{Names(filters)}。";
            if (values[name] is not null)
                return $"{name} 出现了两次。";
            values[name] = found.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal);
            at = found.Index + found.Length;
            if (at == text.Length && found.Groups["and"].Success)
                return "筛选不能以 and 结束。";
        }

        return null;
    }

    /// <summary>
    /// Why a list that went out could not come in again: it is one for each school, say, and has rows of several.
    /// </summary>
    /// <returns>In Chinese, with how to choose one; null: it can.</returns>
    public static string? Choosing(IListImport intake, FormValues values)
    {
        ArgumentNullException.ThrowIfNull(intake);
        ArgumentNullException.ThrowIfNull(values);
        return
            ToBeChosen(intake).FirstOrDefault(f => values[f.Name] is null) is { } field
            && values.Rows(intake.Form.List!.Name).Count > 0
            ? $"《{intake.Form.Title}》按{field.Spoken}各一份，记录中不止一份；请筛选其一，如 {field.Name} eq '"
                + $"{(field.Choices.Count > 0 ? field.Choices[0].Name : "…")}'。"
            : null;
    }

    /// <summary>What must be chosen where there are several: fields beside the rows that must be filled in.</summary>
    public static IEnumerable<FormField> ToBeChosen(IListImport intake)
    {
        ArgumentNullException.ThrowIfNull(intake);
        return intake.Form.Fields.Where(f =>
            f is { IsOptional: false, Kind: not FieldKind.Rows } && intake.Filters.Any(by => by.Name == f.Name)
        );
    }

    private static string Names(IReadOnlyList<ExportFilter> filters) =>
        filters.Count == 0 ? "没有" : string.Join("、", filters.Select(f => $"{f.Name}（{f.Title}）"));

    [GeneratedRegex(
        @"\G\s*(?<name>[A-Za-z][A-Za-z0-9]*) +eq +'(?<value>(?:[^']|'')*)'(?:(?<and>\s+and\s+)|\s*$)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Condition();
}
