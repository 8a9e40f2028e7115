using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Documents.Forms;

/// <summary>The headings of a list in a sheet: found in one row or two, and bound to the fields.</summary>
/// <param name="list">The table.</param>
/// <param name="mapping">What columns of other names are; null: every column has its own name.</param>
internal sealed class ListHeadings(FormField list, ColumnMapping? mapping)
{
    private const int MostProblems = 20,
        MostSample = 20;

    private readonly HashSet<string> groups =
    [
        .. list.Columns.Select(c => c.Group).OfType<string>().Select(SpreadsheetHeader.Key),
    ];
    private readonly HashSet<string> known =
    [
        .. list
            .Columns.SelectMany(c => new[] { c.Group, c.Spoken, c.Label }.Concat(HeadingWords.For(c.Spoken)))
            .OfType<string>()
            .Concat(mapping?.Headings.Keys ?? [])
            .Select(SpreadsheetHeader.Key),
    ];

    /// <summary>Whether a line names columns: at least two of ours.</summary>
    public bool AreIn(IReadOnlyList<string> names) => names.Select(SpreadsheetHeader.Key).Count(known.Contains) >= 2;

    /// <summary>Whether the headings of the line stand over others in the next one.</summary>
    public bool HaveSecondLine(IReadOnlyList<string> names) => names.Select(SpreadsheetHeader.Key).Any(groups.Contains);

    /// <summary>A heading over several columns stands over the first of them, or over each.</summary>
    public IReadOnlyList<(string Name, string Shown)> Joined(IReadOnlyList<string> upper, IReadOnlyList<string> lower)
    {
        List<(string, string)> names = [];
        var group = "";
        for (var i = 0; i < Math.Max(upper.Count, lower.Count); i++)
        {
            var (above, below) = (i < upper.Count ? upper[i] : "", i < lower.Count ? lower[i] : "");
            if (above.Length > 0)
                group = groups.Contains(SpreadsheetHeader.Key(above)) ? above : "";
            names.Add(
                below.Length == 0 ? (above, above)
                : group.Length > 0 ? (group + below, $"{group}·{below}")
                : (above + below, above + below)
            );
        }

        return names;
    }

    /// <summary>
    /// The fields of the columns. A heading that is not the annex's, on a column that stands where the annex has one
    /// that is missing, is read as that one, so that the rows can be told of too; the list is refused all the same.
    /// </summary>
    /// <param name="names">The headings from left to right.</param>
    /// <param name="column">What a column is called in findings, and in sentences.</param>
    /// <param name="renamed">Where the findings about headings go.</param>
    /// <exception cref="SpreadsheetException">A column is missing, unknown or there twice.</exception>
    public IReadOnlyList<FormField?> Bind(
        IReadOnlyList<(string Name, string Shown)> names,
        Func<int, (string Name, string Spoken)> column,
        List<FormFinding> renamed
    )
    {
        var keys = names.Select(n => SpreadsheetHeader.Key(n.Name)).ToList();
        var own = list.Columns.Where(c => keys.Contains(SpreadsheetHeader.Key(c.Spoken))).ToHashSet();
        List<FormField?> fields = [];
        List<string> problems = [];
        var first = list.Serial is null ? 0 : 1;
        HashSet<FormField> missing =
            mapping is not null || list.MayLackColumns ? [] : [.. list.Columns.Where(c => !own.Contains(c))];
        for (var i = 0; i < names.Count; i++)
        {
            var isLeftOut =
                mapping?.LeavesOut(names[i].Name) == true
                || keys[i].Length == 0
                || MarkedWorkbook.Added.Contains(keys[i]);
            var field = isLeftOut ? null : FieldOf(names[i].Name, keys[i], own);
            var isUnknown = field is null && !isLeftOut && !IsSerial(keys[i]) && mapping?.IgnoresOthers != true;
            // a column without a heading is passed over where a mapping says so; else whose it is must be said
            isUnknown |= keys[i].Length == 0 && mapping?.IgnoresOthers != true;
            var isTwice = field is not null && fields.Contains(field);
            if (
                (isTwice || isUnknown)
                && i - first is >= 0 and var place
                && place < list.Columns.Count
                && missing.Remove(list.Columns[place])
            )
            {
                field = list.Columns[place];
                renamed.Add(Renamed(field, names[i], column(i)));
            }
            else if (isUnknown)
                problems.Add(
                    keys[i].Length == 0
                        ? $"{column(i).Spoken}没有列名"
                        : $"{column(i).Spoken}的列名「{FormJson.Short(names[i].Shown)}」不认识"
                );
            else if (isTwice)
                problems.Add($"列名「{names[i].Shown}」出现了两次");
            missing.Remove(field!);
            fields.Add(field);
        }

        problems.AddRange(
            list.Columns.Except(fields.OfType<FormField>())
                .Where(c => !(list.MayLackColumns && c.IsOptional))
                .Select(c => $"缺少「{c.Spoken}」一列")
        );
        if (problems.Count == 0)
            return fields;
        throw new SpreadsheetException(
            SpreadsheetFault.UnknownColumn,
            string.Join("；", problems.Take(MostProblems))
                + (problems.Count > MostProblems ? $"；等 {problems.Count} 处。" : "。")
        )
        {
            Headings =
            [
                .. names.Select((n, i) => new ListHeading(n.Name, column(i).Spoken, fields[i]?.Name, Sample: null)),
            ],
        };
    }

    /// <summary>Whether so many columns are ours that the sheet is meant as the list.</summary>
    public bool AreMeant(IReadOnlyList<ListHeading> headings)
    {
        var found = headings.Count(h => h.Field is not null);
        return found >= 3 && found * 2 >= list.Columns.Count(c => !c.IsOptional);
    }

    /// <summary>No sheet names columns; the longest of its lines may be the headings of another system.</summary>
    public SpreadsheetException None(int rows, IReadOnlyList<IReadOnlyList<string>> above, Func<int, string> column)
    {
        var longest = above.MaxBy(line => line.Count(n => n.Length > 0));
        return new(
            SpreadsheetFault.NoHeader,
            $"前 {rows} 行没有找到列名；应有：{string.Join("、", list.Columns.Select(c => c.Spoken))}。"
        )
        {
            Headings =
                longest is null || longest.Count(n => n.Length > 0) < 2
                    ? []
                    : [.. longest.Select((n, i) => new ListHeading(n, column(i), Field: null, Sample: null))],
        };
    }

    /// <summary>The headings with what stands under them.</summary>
    public static IReadOnlyList<ListHeading> WithSamples(IReadOnlyList<ListHeading> headings, Line under) =>
        [
            .. headings.Select(
                (h, i) =>
                    i < under.Cells.Count && under.Cells[i].Text is { } text
                        ? h with
                        {
                            Sample = FieldMask.Shown(text.Length > MostSample ? text[..MostSample] + "…" : text),
                        }
                        : h
            ),
        ];

    /// <summary>By a mapping, by its own name, or by a word that cannot mean another column here.</summary>
    private FormField? FieldOf(string name, string key, HashSet<FormField> own) =>
        mapping?.FieldOf(name) is { } mapped
            ? list.Columns.First(c => c.Name == mapped)
            : list.Columns.FirstOrDefault(c => SpreadsheetHeader.Key(c.Spoken) == key)
                ?? (
                    list.Columns.Where(c => HeadingWords.For(c.Spoken).Contains(key)).ToList() is [var only]
                    && !own.Contains(only)
                        ? only
                        : null
                );

    private bool IsSerial(string key) => list.Serial is { } serial && SpreadsheetHeader.Key(serial) == key;

    private static FormFinding Renamed(
        FormField field,
        (string Name, string Shown) name,
        (string Name, string Spoken) at
    ) =>
        new(
            FormFindingLevel.Error,
            field.Name,
            field.Spoken,
            $"{at.Spoken}的列名应为「{field.Spoken}」，"
                + (name.Name.Length == 0 ? "现在没有列名" : $"现为「{FormJson.Short(name.Shown)}」")
        )
        {
            Column = at.Name,
            Rule = FormImport.Heading,
        };
}
