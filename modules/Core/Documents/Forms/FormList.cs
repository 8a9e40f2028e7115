using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Documents.Forms;

/// <summary>
/// Lists (名单) of a form as files: written with the headings of the annex, read back with the place of every fault.
/// </summary>
/// <remarks>NDJSON has one row a line, by the fields' names, and nothing of the head.</remarks>
public static class FormList
{
    private const int BlankRows = 20,
        MostRowsAbove = 20,
        MostHeading = 1000,
        MostProblems = 20;

    private static readonly string[] NotesBegin = ["填报说明", "填表说明", "备注：", "注："],
        Totals = ["合计", "总计", "共计", "小计"];

    /// <summary>Writes a list.</summary>
    /// <param name="form">A form that is a list.</param>
    /// <param name="values">What was entered; no rows give a list to fill in.</param>
    /// <param name="to">Where to. It stays open.</param>
    /// <param name="format">What to write.</param>
    /// <exception cref="ArgumentException">The form is no list.</exception>
    /// <exception cref="SpreadsheetException">A sheet holds no more rows, or a cell no more text.</exception>
    public static void Write(IForm form, FormValues values, Stream to, SpreadsheetFormat format)
    {
        var list = ListOf(form);
        var rows = values.Rows(list.Name);
        using var writer = Writer(form, list, values, to, format);
        for (var i = 0; i < rows.Count; i++)
            writer.Write([
                .. list.Serial is null || format == SpreadsheetFormat.Ndjson ? [] : (string[])[$"{i + 1}"],
                .. list.Columns.Select(c => rows[i][c.Name]),
            ]);
        if (rows.Count > 0 || format != SpreadsheetFormat.Xlsx)
            return;
        for (var i = 0; i < BlankRows; i++)
            writer.Write(new string?[list.Columns.Count + (list.Serial is null ? 0 : 1)]);
    }

    /// <summary>Reads a list and checks it.</summary>
    /// <param name="form">A form that is a list.</param>
    /// <param name="stream">Must be able to seek. It stays open.</param>
    /// <param name="format">What it is.</param>
    /// <param name="context">The register of divisions, today, and when to give up.</param>
    /// <param name="head">
    /// What the fields beside the list are, where the file does not say: NDJSON has rows only.
    /// </param>
    /// <param name="mapping">What columns of other names are; null: every column has its own name.</param>
    /// <exception cref="SpreadsheetException">
    /// It cannot be read at all, a column is missing, unknown or there twice, or there are too many rows: one clear
    /// line of Chinese.
    /// </exception>
    /// <exception cref="ArgumentException">The form is no list.</exception>
    /// <exception cref="OperationCanceledException">The context's cancellation was asked for.</exception>
    public static FormImport Read(
        IForm form,
        Stream stream,
        SpreadsheetFormat format,
        FormContext context,
        FormValues? head = null,
        ColumnMapping? mapping = null
    )
    {
        var list = ListOf(form);
        using var read = new CancellableStream(stream, context.Cancellation);
        var values = FormValues.None;
        foreach (var field in form.Fields)
            values[field.Name] = head?[field.Name];
        var columns = new Dictionary<string, string>();
        List<FormFinding> renamed = [];
        var rows =
            format == SpreadsheetFormat.Ndjson
                ? Lines(read, list, mapping)
                : Sheet(form, list, read, format, values, columns, mapping, renamed);
        var (subject, findings) = form.Look(values.With(list.Name, rows), context);
        return new(
            list,
            values,
            subject,
            columns,
            [
                .. renamed,
                .. findings.Select(f =>
                    f.Table is not null && columns.TryGetValue(f.Field, out var column) ? f with { Column = column } : f
                ),
            ]
        );
    }

    private static FormField ListOf(IForm form) =>
        form.List ?? throw new ArgumentException($"{form.Id} is no list.", nameof(form));

    private static SpreadsheetWriter Writer(
        IForm form,
        FormField list,
        FormValues values,
        Stream to,
        SpreadsheetFormat format
    )
    {
        if (format == SpreadsheetFormat.Ndjson)
            return SpreadsheetWriter.Create(to, format, [.. list.Columns.Select(c => c.Name)]);
        var line = string.Concat(
            FormCell.Parts(form.Layout.Head).Select(p => p.IsField ? values[p.Text] ?? "" : p.Text)
        );
        IReadOnlyList<string> notes =
            form.Layout.Notes.Count == 0
                ? []
                : [form.Layout.NotesTitle, .. form.Layout.Notes.Select((n, i) => $"{i + 1}. {n}")];
        var head = new SpreadsheetHead(
            form.Title,
            line,
            [
                .. list.Serial is { } serial ? [new(null, serial, 6)] : (SpreadsheetColumn[])[],
                .. list.Columns.Select(c => new SpreadsheetColumn(c.Group, c.Label, c.Width)),
            ],
            notes
        );
        return format == SpreadsheetFormat.Csv
            ? new CsvSpreadsheetWriter(to, head)
            : new XlsxSpreadsheetWriter(to, head);
    }

    private static List<FormValues> Lines(Stream stream, FormField list, ColumnMapping? mapping)
    {
        using var roster = SpreadsheetReader.Open(stream, SpreadsheetFormat.Ndjson);
        List<FormValues> rows = [];
        foreach (var line in roster.Rows)
        {
            CheckCount(rows.Count, list);
            var row = new FormValues { Row = line.Number };
            if (line.Fault is { } fault)
                row.Refuse("", fault.TrimEnd('。'));
            foreach (var cell in line.Cells)
            {
                var isLeftOut = mapping?.LeavesOut(cell.Name) == true;
                var name = mapping?.FieldOf(cell.Name) ?? cell.Name;
                var field = isLeftOut ? null : list.Columns.FirstOrDefault(c => c.Name == name || c.Spoken == name);
                if (field is not null)
                    Put(row, field, cell.Text, cell.Kind);
                else if (!isLeftOut && name != list.Serial && mapping?.IgnoresOthers != true)
                    row.Refuse("", $"不认识的栏目“{FormJson.Short(cell.Name)}”");
            }

            rows.Add(row);
        }

        return rows;
    }

    private static List<FormValues> Sheet(
        IForm form,
        FormField list,
        Stream stream,
        SpreadsheetFormat format,
        FormValues values,
        Dictionary<string, string> columns,
        ColumnMapping? mapping,
        List<FormFinding> renamed
    )
    {
        var sheet = SpreadsheetReader.OpenSheet(stream, format);
        using var source = sheet.Source;
        using var lines = sheet.Lines.Where(l => !l.IsBlank).GetEnumerator();
        var (fields, more) = Headings(
            form,
            list,
            lines,
            i => (format == SpreadsheetFormat.Xlsx ? XlsxSpreadsheet.Letters(i) : $"{i + 1}", sheet.Column(i)),
            values,
            mapping,
            renamed
        );
        for (var i = 0; i < fields.Count; i++)
            if (fields[i] is { } field)
                columns[field.Name] = format == SpreadsheetFormat.Xlsx ? XlsxSpreadsheet.Letters(i) : $"{i + 1}";
        List<FormValues> rows = [];
        for (; more; more = lines.MoveNext())
        {
            if (lines.Current.Cells.Select(c => c.Text?.Trim()).FirstOrDefault(t => t is not null) is { } first)
            {
                if (NotesBegin.Any(n => first.StartsWith(n, StringComparison.Ordinal)))
                    break;
                if (
                    Totals.Any(t =>
                        first == t
                        || first.StartsWith(t + "：", StringComparison.Ordinal)
                        || first.StartsWith(t + ":", StringComparison.Ordinal)
                    )
                )
                    continue;
            }

            CheckCount(rows.Count, list);
            if (Row(lines.Current, fields, sheet.Column) is { } row)
                rows.Add(row);
        }

        return rows;
    }

    private static void CheckCount(int count, FormField list)
    {
        if (count >= list.Most)
            throw new SpreadsheetException(SpreadsheetFault.TooLarge, $"名单超过 {list.Most} 行，请拆分后再试。");
    }

    /// <summary>The row; null if nothing but its number is filled in.</summary>
    private static FormValues? Row(Line line, IReadOnlyList<FormField?> fields, Func<int, string> column)
    {
        var row = new FormValues { Row = line.Number };
        for (var i = 0; i < Math.Min(fields.Count, line.Cells.Count); i++)
        {
            if (fields[i] is not { } field)
                continue;
            if (line.FaultColumn == i)
                row.Refuse(field.Name, "是数字格式，末尾几位已丢失；请把该列设为文本格式后重新填写");
            else
                Put(row, field, line.Cells[i].Text, line.Cells[i].Kind);
        }

        if (row.IsBlank && line.Fault is null)
            return line.Width > fields.Count ? Stray() : null;
        if (line.Fault is { } fault && line.FaultColumn < 0)
            row.Refuse("", fault.TrimEnd('。'));
        return line.Width > fields.Count ? Stray() : row;

        FormValues Stray()
        {
            row.Refuse("", $"{column(line.Width - 1)}有内容，但列名只到{column(fields.Count - 1)}");
            return row;
        }
    }

    private static void Put(FormValues row, FormField field, string? text, SpreadsheetCellKind kind)
    {
        if (kind == SpreadsheetCellKind.Number && field.Kind == FieldKind.ResidentId)
            row.Refuse(field.Name, "是数字格式，末尾几位已丢失；请把该列设为文本格式后重新填写");
        else
            row[field.Name] = text;
    }

    /// <summary>
    /// Reads the lines above the list, its headings in one row or two, and stands on the first line after them. The
    /// fields by column; null for the column of numbers.
    /// </summary>
    private static (List<FormField?> Fields, bool More) Headings(
        IForm form,
        FormField list,
        IEnumerator<Line> lines,
        Func<int, (string Name, string Spoken)> column,
        FormValues values,
        ColumnMapping? mapping,
        List<FormFinding> renamed
    )
    {
        var known = Known(list, mapping);
        for (var above = 0; lines.MoveNext() && above < MostRowsAbove; above++)
        {
            List<string> upper = [.. Names(lines.Current)];
            if (upper.Count(known.Contains) < 2)
            {
                ReadHead(form, upper, values);
                continue;
            }

            var groups = list.Columns.Select(c => c.Group).OfType<string>().ToHashSet();
            if (!upper.Any(groups.Contains))
                return (Bind(list, [.. upper.Select(n => (n, n))], column, mapping, renamed), lines.MoveNext());
            if (!lines.MoveNext())
                break;
            List<string> lower = [.. Names(lines.Current)];
            return (Bind(list, Joined(upper, lower, groups), column, mapping, renamed), lines.MoveNext());
        }

        throw new SpreadsheetException(
            SpreadsheetFault.NoHeader,
            $"前 {MostRowsAbove} 行没有找到列名；应有：{string.Join("、", list.Columns.Select(c => c.Spoken))}。"
        );
    }

    /// <summary>A longer text than any heading is none, and not worth the reading.</summary>
    private static IEnumerable<string> Names(Line line) =>
        line
            .Cells.Take(line.Width)
            .Select(c =>
                SpreadsheetHeader.Normal(c.Text is { Length: > MostHeading } text ? text[..MostHeading] : c.Text ?? "")
            );

    private static HashSet<string> Known(FormField list, ColumnMapping? mapping) =>
        [
            .. list
                .Columns.SelectMany(c => new[] { c.Group, c.Spoken, c.Label })
                .OfType<string>()
                .Select(SpreadsheetHeader.Normal),
            .. mapping?.Headings.Keys ?? [],
        ];

    /// <summary>A heading over several columns stands over the first of them, or over each.</summary>
    private static List<(string Name, string Shown)> Joined(
        List<string> upper,
        List<string> lower,
        HashSet<string> groups
    )
    {
        List<(string, string)> names = [];
        var group = "";
        for (var i = 0; i < Math.Max(upper.Count, lower.Count); i++)
        {
            var (above, below) = (i < upper.Count ? upper[i] : "", i < lower.Count ? lower[i] : "");
            if (above.Length > 0)
                group = groups.Contains(above) ? above : "";
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
    private static List<FormField?> Bind(
        FormField list,
        List<(string Name, string Shown)> names,
        Func<int, (string Name, string Spoken)> column,
        ColumnMapping? mapping,
        List<FormFinding> renamed
    )
    {
        List<FormField?> fields = [];
        List<string> problems = [];
        var first = list.Serial is null ? 0 : 1;
        HashSet<FormField> missing =
            mapping is not null || list.MayLackColumns
                ? []
                : [.. list.Columns.Where(c => !names.Exists(n => SpreadsheetHeader.Normal(c.Spoken) == n.Name))];
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i].Name;
            var isLeftOut = mapping?.LeavesOut(name) == true;
            var field =
                isLeftOut ? null
                : mapping?.FieldOf(name) is { } mapped ? list.Columns.First(c => c.Name == mapped)
                : list.Columns.FirstOrDefault(c => SpreadsheetHeader.Normal(c.Spoken) == name);
            var (isUnknown, isTwice) = (
                field is null && !isLeftOut && name != list.Serial && mapping?.IgnoresOthers != true,
                field is not null && fields.Contains(field)
            );
            if (
                (isTwice || isUnknown)
                && i - first is >= 0 and var place
                && place < list.Columns.Count
                && missing.Remove(list.Columns[place])
            )
            {
                field = list.Columns[place];
                renamed.Add(
                    new(
                        FormFindingLevel.Error,
                        field.Name,
                        field.Spoken,
                        $"{column(i).Spoken}的列名应为「{field.Spoken}」，{(name.Length == 0 ? "现在没有列名" : $"现为「{FormJson.Short(names[i].Shown)}」")}"
                    )
                    {
                        Column = column(i).Name,
                        Rule = FormImport.Heading,
                    }
                );
            }
            else if (isUnknown)
                problems.Add(
                    name.Length == 0
                        ? $"{column(i).Spoken}没有列名"
                        : $"{column(i).Spoken}的列名「{FormJson.Short(names[i].Shown)}」不认识"
                );
            else if (isTwice)
                problems.Add($"列名「{names[i].Shown}」出现了两次");
            fields.Add(field);
        }

        problems.AddRange(
            list.Columns.Except(fields.OfType<FormField>())
                .Where(c => !(list.MayLackColumns && c.IsOptional))
                .Select(c => $"缺少「{c.Spoken}」一列")
        );
        return problems.Count == 0
            ? fields
            : throw new SpreadsheetException(
                SpreadsheetFault.UnknownColumn,
                $"{string.Join("；", problems.Take(MostProblems))}{(problems.Count > MostProblems ? $"；等 {problems.Count} 处" : "")}。"
            );
    }

    /// <summary>
    /// Reads the fields of the line under the title: each stands behind its printed text, in the same cell or the next.
    /// </summary>
    private static void ReadHead(IForm form, List<string> cells, FormValues values)
    {
        var text = string.Concat(cells);
        var (before, name) = ("", "");
        foreach (var (part, isField) in FormCell.Parts(form.Layout.Head))
        {
            if (isField)
                name = part;
            else
                before = SpreadsheetHeader.Normal(part);
        }

        if (
            name.Length > 0
            && before.Length > 0
            && text.StartsWith(before, StringComparison.Ordinal)
            && text.Length > before.Length
        )
            values[name] = text[before.Length..].Trim();
    }
}

/// <summary>A list as it was read.</summary>
public sealed class FormImport
{
    /// <summary>The rule of a heading that is not the annex's.</summary>
    internal const string Heading = "heading";

    private readonly FormField list;
    private readonly IReadOnlyDictionary<string, string> columns;
    private readonly HashSet<int> bad;

    internal FormImport(
        FormField list,
        FormValues values,
        object? subject,
        IReadOnlyDictionary<string, string> columns,
        IReadOnlyList<FormFinding> findings
    )
    {
        (this.list, Values, Subject, this.columns, Findings) = (list, values, subject, columns, findings);
        bad = [.. Errors.Select(f => f.Row).OfType<int>()];
    }

    /// <summary>All that was read, right or wrong.</summary>
    public FormValues Values { get; }

    /// <summary>What the list was read into, right or wrong.</summary>
    internal object? Subject { get; }

    /// <summary>What is wrong or strange, first the list as a whole, then row by row.</summary>
    public IReadOnlyList<FormFinding> Findings { get; }

    /// <summary>All rows.</summary>
    public IReadOnlyList<FormValues> Rows => Values.Rows(list.Name);

    /// <summary>Whether nothing hinders.</summary>
    public bool IsValid => !Errors.Any();

    private IEnumerable<FormFinding> Errors => Findings.Where(f => f.Level == FormFindingLevel.Error);

    /// <summary>
    /// The rows to be taken: all of them when nothing hinders; otherwise none, or those without an error if the caller
    /// asks for them.
    /// </summary>
    /// <param name="validOnly">
    /// Whether valid rows are taken beside bad ones. A fault of the list as a whole still takes all.
    /// </param>
    public IReadOnlyList<FormValues> Accepted(bool validOnly = false) =>
        IsValid ? Rows
        : !validOnly || Errors.Any(f => f.Row is null) ? []
        : [.. Rows.Where(r => !bad.Contains(r.Row!.Value))];

    /// <summary>
    /// The rows without an error of their own. They are compared with the record even if the list is refused, so that
    /// all faults are told at once; none where the head is wrong.
    /// </summary>
    internal IReadOnlyList<FormValues> Sound =>
        Errors.Any(f => f.Row is null && f.Rule != Heading)
            ? []
            : [.. Rows.Where(r => r.Row is not { } row || !bad.Contains(row))];

    /// <summary>What a spreadsheet calls the column of a field; null where there is none.</summary>
    internal string? ColumnOf(string field) => columns.GetValueOrDefault(field);
}
