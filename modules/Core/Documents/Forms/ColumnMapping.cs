using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Documents.Forms;

/// <summary>What the columns of somebody else's sheet are in a list of ours (列名对照).</summary>
public sealed class ColumnMapping
{
    /// <summary>A mapping.</summary>
    /// <param name="headings">Their headings, and the names of our fields; null: the column is not taken.</param>
    /// <param name="ignoresOthers">
    /// Whether columns that are neither here nor ours are passed over; otherwise the sheet is refused.
    /// </param>
    public ColumnMapping(IEnumerable<KeyValuePair<string, string?>> headings, bool ignoresOthers)
    {
        Headings = headings
            .DistinctBy(h => SpreadsheetHeader.Normal(h.Key))
            .ToDictionary(h => SpreadsheetHeader.Normal(h.Key), h => h.Value);
        IgnoresOthers = ignoresOthers;
        foreach (var (heading, field) in Headings)
            byKey.TryAdd(SpreadsheetHeader.Key(heading), field);
    }

    private readonly Dictionary<string, string?> byKey = [];

    /// <summary>Their headings in normal form, and the names of our fields; null: the column is not taken.</summary>
    public IReadOnlyDictionary<string, string?> Headings { get; }

    /// <summary>Whether columns that are neither here nor ours are passed over.</summary>
    public bool IgnoresOthers { get; }

    /// <summary>What is wrong with it for a list, in Chinese; null: nothing.</summary>
    /// <param name="list">The table of a form that is a list.</param>
    public string? FaultFor(FormField list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var fields = Headings.Values.OfType<string>().ToList();
        return fields.Find(f => list.Columns.All(c => c.Name != f)) is { } unknown
                ? $"没有栏目 {FormJson.Short(unknown)}；有：{string.Join("、", list.Columns.Select(c => c.Name))}。"
            : fields.GroupBy(f => f).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"有两列对应栏目 {twice.Key}。"
            : Headings.Keys.Any(h => h.Length is 0 or > 100) ? "列名不能为空，也不能超过 100 字。"
            : null;
    }

    internal string? FieldOf(string heading) => byKey.GetValueOrDefault(SpreadsheetHeader.Key(heading));

    internal bool LeavesOut(string heading) =>
        byKey.TryGetValue(SpreadsheetHeader.Key(heading), out var field) && field is null;
}
