using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Documents.Forms;

/// <summary>
/// Lists (名单) of a form as files: written with the headings of the annex, read back with the place of every fault.
/// </summary>
/// <remarks>NDJSON has one row a line, by the fields' names, and nothing of the head.</remarks>
public static class FormList
{
    private const int BlankRows = 20;

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
        var sheets = format == SpreadsheetFormat.Ndjson ? null : new ListSheets(form, list, values, mapping);
        if (sheets is not null)
            sheets.Read(read, format);
        var rows = sheets?.Rows ?? Lines(read, list, mapping);
        var (subject, findings) = form.Look(values.With(list.Name, rows), context);
        var columns = sheets?.Columns ?? new Dictionary<(string?, string), string>();
        return new(list, values, subject, columns, [.. sheets?.Told ?? [], .. findings])
        {
            OnlySheet = sheets?.OnlySheet,
        };
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

    internal static void CheckCount(int count, FormField list)
    {
        if (count >= list.Most)
            throw new SpreadsheetException(SpreadsheetFault.TooLarge, $"名单超过 {list.Most} 行，请拆分后再试。");
    }

    private static void Put(FormValues row, FormField field, string? text, SpreadsheetCellKind kind)
    {
        if (text is not null && SpreadsheetTraces.FaultOf(field, new LineCell(text, kind)) is { } fault)
            row.Refuse(field.Name, fault);
        else
            row[field.Name] = text;
    }
}

/// <summary>A list as it was read.</summary>
public sealed class FormImport
{
    /// <summary>The rule of a heading that is not the annex's.</summary>
    internal const string Heading = "heading";

    /// <summary>The rule of what the file has and nobody read: a sheet, rows under the notes.</summary>
    internal const string Unread = "unread";

    private readonly FormField list;
    private readonly IReadOnlyDictionary<(string? Sheet, string Field), string> columns;
    private readonly HashSet<(string? Sheet, int Row)> bad;

    internal FormImport(
        FormField list,
        FormValues values,
        object? subject,
        IReadOnlyDictionary<(string? Sheet, string Field), string> columns,
        IReadOnlyList<FormFinding> findings
    )
    {
        (this.list, Values, Subject, this.columns) = (list, values, subject, columns);
        Dictionary<(string?, int), FormValues> byPlace = [];
        foreach (var row in Rows)
            if (row.Row is { } number)
                byPlace.TryAdd((row.Sheet, number), row);
        Findings =
        [
            .. findings.Select(f =>
                f.Row is { } number && byPlace.TryGetValue((f.Sheet, number), out var row) ? Told(f, row) : f
            ),
        ];
        bad = [.. Errors.Where(f => f.Row is not null).Select(f => (f.Sheet, f.Row!.Value))];
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

    /// <summary>The name of the sheet, where one only was read.</summary>
    internal string? OnlySheet { get; init; }

    /// <summary>Whether nothing in the file was left unread; what was, <see cref="Findings"/> name.</summary>
    public bool IsReadWhole => Findings.All(f => f.Rule != Unread);

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
        : [.. Rows.Where(r => !bad.Contains((r.Sheet, r.Row!.Value)))];

    /// <summary>
    /// The rows without an error of their own. They are compared with the record even if the list is refused, so that
    /// all faults are told at once; none where the head is wrong.
    /// </summary>
    internal IReadOnlyList<FormValues> Sound =>
        Errors.Any(f => f.Row is null && f.Rule != Heading)
            ? []
            : [.. Rows.Where(r => r.Row is not { } row || !bad.Contains((r.Sheet, row)))];

    /// <summary>A finding about a row, with its place in the file, whose row it is, and what was entered.</summary>
    internal FormFinding Told(FormFinding finding, FormValues row)
    {
        var field = list.Columns.FirstOrDefault(c => c.Name == finding.Field);
        return finding with
        {
            Sheet = row.Sheet,
            Row = row.Row ?? finding.Row,
            Column = columns.GetValueOrDefault((row.Sheet, finding.Field)),
            Name = list.NameColumn is { } name ? Short(row[name.Name]) : null,
            Value = field is null ? null : Short(FieldMask.Shown(field, row[field.Name])),
        };
    }

    private static string? Short(string? text) => text is null ? null : FormJson.Short(text);
}
