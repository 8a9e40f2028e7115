using System.Globalization;

namespace EduAssist.Documents.Forms;

/// <summary>A form laid out with what was entered, before it becomes HTML or DOCX: one table on a grid.</summary>
/// <param name="Title">As printed.</param>
/// <param name="Head">The line under it; null: none.</param>
/// <param name="Grid">The widths of the columns, in parts of the whole.</param>
/// <param name="IsWide">Whether the sheet lies on its long side.</param>
/// <param name="Rows">Of the table.</param>
/// <param name="Notes">Under the table, the first their heading.</param>
internal sealed record PrintModel(
    string Title,
    PrintLine? Head,
    IReadOnlyList<double> Grid,
    bool IsWide,
    IReadOnlyList<PrintRow> Rows,
    IReadOnlyList<string> Notes
)
{
    private const int BlankRowsOfList = 12;
    private const double GroupWidth = 0.9;

    internal static PrintModel Create(IForm form, FormValues values) =>
        form.List is { } list
            ? CreateList(form, list, values)
            : new(
                TitleOf(form, values),
                HeadOf(form, values),
                [GroupWidth, .. Enumerable.Repeat(1.0, FormLayout.Columns)],
                false,
                [.. form.Layout.Sections.SelectMany(s => Section(form, s, values))],
                NotesOf(form)
            );

    /// <summary>
    /// Without the characters that XML 1.0 does not allow: a draft may be printed before it was checked.
    /// </summary>
    internal static string Printable(string text)
    {
        if (!text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c >= '\uFFFE'))
            return text;
        var kept = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                kept.Append(text[i]).Append(text[++i]);
            else if (
                !char.IsSurrogate(text[i])
                && text[i] < '\uFFFE'
                && (!char.IsControl(text[i]) || text[i] is '\n' or '\t')
            )
                kept.Append(text[i]);
        }

        return kept.ToString();
    }

    private static PrintModel CreateList(IForm form, FormField list, FormValues values)
    {
        IReadOnlyList<FormValues> rows = values.Rows(list.Name) is { Count: > 0 } given
            ? given
            : [.. Enumerable.Repeat(FormValues.None, BlankRowsOfList)];
        var grid = Headed(list).Select(c => (double)c.Width).ToList();
        return new(
            TitleOf(form, values),
            HeadOf(form, values),
            grid,
            true,
            [
                .. Heads(list, [.. grid.Select(_ => 1)], list.Serial),
                .. rows.Select(
                    (r, i) => TableRow(list, r, i, [.. grid.Select(_ => 1)], values.Rows(list.Name).Count > 0)
                ),
            ],
            NotesOf(form)
        );
    }

    /// <summary>
    /// The title. A field in it that is blank is printed as ×××, with its own title in brackets: ×××（学校）.
    /// </summary>
    private static string TitleOf(IForm form, FormValues values) =>
        form.Layout.Heading is not { } heading
            ? form.Title
            : string.Concat(
                FormCell
                    .Parts(heading)
                    .Select(p =>
                        !p.IsField ? p.Text
                        : values[p.Text] is { Length: > 0 } text ? Printable(text).ReplaceLineEndings(" ")
                        : $"×××（{form.Fields.First(f => f.Name == p.Text).Spoken}）"
                    )
            );

    private static IReadOnlyList<string> NotesOf(IForm form) =>
        form.Layout.Notes.Count == 0
            ? []
            : [$"{form.Layout.NotesTitle}：", .. form.Layout.Notes.Select((n, i) => $"{i + 1}.{n}")];

    private static PrintLine? HeadOf(IForm form, FormValues values) =>
        form.Layout.Head.Length == 0 ? null : Line(form, form.Layout.Head, values, PrintAlignment.Left);

    private static IEnumerable<PrintRow> Section(IForm form, FormSection section, FormValues values)
    {
        List<PrintRow> rows = [];
        foreach (var row in section.Rows)
        {
            if (row is [{ Label.Length: 0 } only] && TableOf(form, only) is { } table)
                rows.AddRange(Table(table, values.Rows(table.Name)));
            else
                rows.Add(new([.. row.SelectMany(c => Cells(form, c, values))], row.Max(c => c.Lines), false));
        }

        rows[0] = rows[0] with
        {
            Cells =
            [
                new(1, rows.Count, true, [new PrintLine(PrintAlignment.Centre, [new(section.Title)])]),
                .. rows[0].Cells,
            ],
        };
        return rows;
    }

    private static FormField? TableOf(IForm form, FormCell cell) =>
        form.Fields.FirstOrDefault(f => f.Kind == FieldKind.Rows && cell.Content == $"{{{f.Name}}}");

    private static IEnumerable<PrintCell> Cells(IForm form, FormCell cell, FormValues values)
    {
        var label = new PrintLine(PrintAlignment.Centre, [new(cell.Label)]);
        if (cell.Content.Length == 0)
            return [new(cell.Span, 1, true, [label])];
        var content = Content(form, cell, values);
        return cell.Label.Length == 0 ? [new(cell.Span, 1, false, content)]
            : cell.LabelSpan == 0 ? [new(cell.Span, 1, false, [label, .. content])]
            : [new(cell.LabelSpan, 1, true, [label]), new(cell.Span - cell.LabelSpan, 1, false, content)];
    }

    private static IReadOnlyList<PrintBlock> Content(IForm form, FormCell cell, FormValues values)
    {
        if (
            FormCell.Parts(cell.Content).ToList() is [(var name, true)]
            && form.Fields.FirstOrDefault(f => f.Name == name) is { } field
        )
        {
            var text = Printable(values[name] ?? "");
            if (field.Boxes > 0 && text.Length <= field.Boxes && !text.StartsWith('无'))
                return [new PrintBoxes(field.Boxes, text)];
            if (field is { Kind: FieldKind.Choice, Print: ChoicePrint.Written })
                return [new PrintLine(PrintAlignment.Centre, [new(text)])];
            if (
                field.Kind
                is FieldKind.LongText
                    or FieldKind.Text
                    or FieldKind.Phone
                    or FieldKind.JuniorRollNumber
                    or FieldKind.ResidentId
                    or FieldKind.StudentNumber
                    or FieldKind.Number
                    or FieldKind.Division
            )
                return
                [
                    .. text.Split('\n')
                        .Select(line => new PrintLine(
                            field.Kind == FieldKind.LongText ? PrintAlignment.Left : PrintAlignment.Centre,
                            [new(line)]
                        )),
                ];
        }

        return
        [
            .. cell
                .Content.Split('\n')
                .Select(line =>
                    line.StartsWith('\t')
                        ? Line(form, line[1..], values, PrintAlignment.Right)
                        : Line(form, line, values, cell.LabelSpan == 0 ? PrintAlignment.Centre : PrintAlignment.Left)
                ),
        ];
    }

    private static PrintLine Line(IForm form, string content, FormValues values, PrintAlignment align) =>
        new(
            align,
            [
                .. FormCell
                    .Parts(content)
                    .SelectMany(p =>
                        !p.IsField ? [new PrintText(p.Text)]
                        : p.Text == "_" ? [Blank(12)]
                        : Inline(form.Fields.First(f => f.Name == p.Text), values[p.Text])
                    ),
            ]
        );

    private static IEnumerable<PrintText> Inline(FormField field, string? value)
    {
        var text = Printable(value ?? "");
        switch (field.Kind)
        {
            case FieldKind.Choice when field.Print == ChoicePrint.Words:
                return [new(string.Join('　', field.Choices.Select(c => c.Name + (c.Is(text) ? "√" : ""))))];
            case FieldKind.Choice when field.Print == ChoicePrint.Boxes:
                return [new(string.Join('、', field.Choices.Select(c => c.Name + (c.Is(text) ? "☑" : "□"))))];
            case FieldKind.Choice:
                return [text.Length > 0 ? new(text) : Blank(field.Choices.Max(c => c.Name.Length) > 3 ? 16 : 2)];
            case FieldKind.Date:
                return
                [
                    new(
                        DateOnly.TryParseExact(
                            text,
                            "yyyy-MM-dd",
                            CultureInfo.InvariantCulture,
                            DateTimeStyles.None,
                            out var day
                        )
                            ? $"{day.Year}年{day.Month}月{day.Day}日"
                            : "　　　　年　　月　　日"
                    ),
                ];
            case FieldKind.Signature or FieldKind.Fingerprint or FieldKind.Seal or FieldKind.Confirmation:
                return text is not ("true" or "是" or "1" or "√")
                    ? []
                    :
                    [
                        new(
                            field.Kind switch
                            {
                                FieldKind.Signature => "（已签字）",
                                FieldKind.Fingerprint => "（已按手印）",
                                FieldKind.Confirmation => "√",
                                _ => "（已盖章）",
                            }
                        ),
                    ];
            default:
                return
                [
                    text.Length > 0
                        ? new($" {text.ReplaceLineEndings(" ")} ", true)
                        : Blank(Math.Clamp(field.Most / 4, 5, 16)),
                ];
        }
    }

    private static PrintText Blank(int characters) => new(new('　', characters), true);

    /// <summary>A table inside of a page: its columns share the twelve by their widths.</summary>
    private static IEnumerable<PrintRow> Table(FormField table, IReadOnlyList<FormValues> rows)
    {
        var columns = Headed(table).Count;
        var spans = Enumerable
            .Range(0, columns)
            .Select(i => (FormLayout.Columns * (i + 1) / columns) - (FormLayout.Columns * i / columns))
            .ToList();
        IReadOnlyList<FormValues> shown =
        [
            .. rows,
            .. Enumerable.Repeat(FormValues.None, Math.Max(0, table.Least + 3 - rows.Count)),
        ];
        return
        [
            .. Heads(table, spans, table.Serial),
            .. shown.Select((r, i) => TableRow(table, r, i, spans, i < rows.Count)),
        ];
    }

    private static IReadOnlyList<(string Text, int Width)> Headed(FormField table) =>
        [
            .. table.Serial is { } serial ? [(serial, 6)] : ((string, int)[])[],
            .. table.Columns.Select(c => (c.Label, c.Width)),
        ];

    private static IEnumerable<PrintRow> Heads(FormField table, IReadOnlyList<int> spans, string? serial)
    {
        var at = serial is null ? 0 : 1;
        var depth = table.Columns.Any(c => c.Group is not null) ? 2 : 1;
        List<PrintCell> upper = serial is null ? [] : [Heading(spans[0], depth, serial)],
            lower = [];
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = table.Columns[i];
            if (column.Group is null)
                upper.Add(Heading(spans[at + i], depth, column.Label));
            else
            {
                lower.Add(Heading(spans[at + i], 1, column.Label));
                if (i > 0 && table.Columns[i - 1].Group == column.Group)
                    upper[^1] = upper[^1] with { Span = upper[^1].Span + spans[at + i] };
                else
                    upper.Add(Heading(spans[at + i], 1, column.Group));
            }
        }

        return depth == 1 ? [new(upper, 1, true)] : [new(upper, 1, true), new(lower, 1, true)];
    }

    private static PrintCell Heading(int span, int depth, string text) =>
        new(span, depth, true, [new PrintLine(PrintAlignment.Centre, [new(text)])]);

    private static PrintRow TableRow(
        FormField table,
        FormValues row,
        int index,
        IReadOnlyList<int> spans,
        bool isFilled
    )
    {
        List<string> texts =
        [
            .. table.Serial is null ? [] : (string[])[isFilled ? $"{index + 1}" : ""],
            .. table.Columns.Select(c => Printable(row[c.Name] ?? "")),
        ];
        return new(
            [
                .. texts.Select(
                    (t, i) => new PrintCell(spans[i], 1, false, [new PrintLine(PrintAlignment.Centre, [new(t)])])
                ),
            ],
            1,
            false
        );
    }
}

/// <param name="Cells">From left to right; a column that a cell from above still covers has none.</param>
/// <param name="Lines">The least height.</param>
/// <param name="IsHead">Whether it is repeated on every page.</param>
internal sealed record PrintRow(IReadOnlyList<PrintCell> Cells, int Lines, bool IsHead);

/// <param name="Span">How many columns it takes.</param>
/// <param name="Depth">How many rows it takes.</param>
/// <param name="IsLabel">Printed, not entered.</param>
/// <param name="Blocks">From top to bottom.</param>
internal sealed record PrintCell(int Span, int Depth, bool IsLabel, IReadOnlyList<PrintBlock> Blocks);

internal abstract record PrintBlock;

internal sealed record PrintLine(PrintAlignment Align, IReadOnlyList<PrintText> Texts) : PrintBlock;

/// <summary>Boxes, one for each character.</summary>
internal sealed record PrintBoxes(int Count, string Text) : PrintBlock
{
    internal IEnumerable<string> Characters =>
        Text.EnumerateRunes().Select(r => r.ToString()).Concat(Enumerable.Repeat("", Count)).Take(Count);
}

internal sealed record PrintText(string Text, bool IsUnderlined = false);

internal enum PrintAlignment
{
    Left,
    Centre,
    Right,
}
