using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Documents.Forms;

/// <summary>
/// Reads the rows of a list from the sheets of a file: each sheet that has the list's headings, down to its last row.
/// What is not read is named: sheets of something else, hidden ones, rows that stand under the notes.
/// </summary>
/// <param name="form">The form.</param>
/// <param name="list">Its table.</param>
/// <param name="values">Where the fields beside the table go.</param>
/// <param name="mapping">What columns of other names are; null: every column has its own name.</param>
internal sealed class ListSheets(IForm form, FormField list, FormValues values, ColumnMapping? mapping)
{
    private const int MostRowsAbove = 20,
        MostHeading = 1000;

    private readonly ListHeadings headings = new(list, mapping);
    private readonly List<FormValues> rows = [];
    private readonly List<FormFinding> told = [];
    private readonly Dictionary<(string? Sheet, string Field), string> columns = [];
    private readonly Dictionary<string, string> heads = [];
    private readonly List<string?> read = [];
    private SpreadsheetException? notRead;

    /// <summary>The rows, sheet after sheet.</summary>
    public IReadOnlyList<FormValues> Rows => rows;

    /// <summary>What is to be told of the file beside its rows.</summary>
    public IReadOnlyList<FormFinding> Told => told;

    /// <summary>What a spreadsheet calls the columns of the fields, on each sheet.</summary>
    public IReadOnlyDictionary<(string? Sheet, string Field), string> Columns => columns;

    /// <summary>The name of the sheet, where one only was read.</summary>
    public string? OnlySheet => read.Count == 1 ? read[0] : null;

    /// <summary>Reads a file.</summary>
    /// <exception cref="SpreadsheetException">No sheet has the headings, or there are too many rows.</exception>
    public void Read(Stream stream, SpreadsheetFormat format)
    {
        var book = SpreadsheetReader.OpenBook(stream, format);
        using var source = book.Source;
        foreach (var sheet in book.Sheets)
        {
            using var lines = new SheetCursor(sheet.Lines);
            Read(book, sheet, lines);
        }

        if (read.Count == 0)
            throw notRead ?? headings.None(MostRowsAbove, [], book.Column);
        if (read.Count == 1)
            NameNoSheet(read[0]);
    }

    /// <summary>Where one sheet only was read, its name goes without saying.</summary>
    private void NameNoSheet(string? sheet)
    {
        foreach (var row in rows)
            row.Sheet = null;
        foreach (var ((_, field), column) in columns.Where(c => c.Key.Sheet == sheet).ToList())
            columns[(null, field)] = column;
        for (var i = 0; i < told.Count; i++)
            if (told[i].Sheet == sheet)
                told[i] = told[i] with { Sheet = null };
    }

    private void Read(SheetBook book, BookSheet sheet, SheetCursor lines)
    {
        if (sheet.IsHidden)
            NameUnread(sheet, lines, "是隐藏的，没有读", "要读入的，请取消隐藏");
        else if (Head(book, sheet, lines) is { } head)
        {
            read.Add(sheet.Name);
            foreach (var field in head.Fields.OfType<FormField>())
                columns[(sheet.Name, field.Name)] = Letters(book, head.Fields.ToList().IndexOf(field));
            ReadRows(book, sheet, lines, head);
        }
    }

    /// <summary>
    /// Reads the lines above the list and its headings in one row or two, and stands on the first line after them.
    /// </summary>
    /// <returns>Null: the sheet is no list; it was named, if anything stands in it.</returns>
    private SheetHead? Head(SheetBook book, BookSheet sheet, SheetCursor lines)
    {
        List<IReadOnlyList<string>> above = [];
        while (above.Count < MostRowsAbove && lines.Next())
        {
            IReadOnlyList<string> upper = [.. Names(lines.Current)];
            if (!headings.AreIn(upper))
            {
                above.Add(upper);
                continue;
            }

            IReadOnlyList<string> lower = [];
            var last = lines.Current.Number;
            var names = upper.Select(n => (n, n)).ToList();
            if (headings.HaveSecondLine(upper))
            {
                if (!lines.Next())
                    break;
                (lower, last) = ([.. Names(lines.Current)], lines.Current.Number);
                names = [.. headings.Joined(upper, lower)];
            }

            List<FormFinding> renamed = [];
            try
            {
                var fields = headings.Bind(names, i => (Letters(book, i), book.Column(i)), renamed);
                foreach (var line in above)
                    ReadHead(sheet, line);
                told.AddRange(renamed.Select(f => f with { Sheet = sheet.Name }));
                return new(fields, upper, lower, last, lines.Next());
            }
            catch (SpreadsheetException other) when (other.Headings.Count > 0)
            {
                NameOther(sheet, lines, other);
                return null;
            }
        }

        var none = headings.None(MostRowsAbove, above, book.Column);
        if (sheet.Name is null)
            throw none;
        if (lines.First > 0 && !lines.IsOneColumn)
            notRead ??= none;
        NameUnread(sheet, lines, "没有名单的列名，没有读", "是名单的，请补上列名");
        return null;
    }

    /// <summary>A sheet whose headings are not all ours: meant as the list, or something else.</summary>
    private void NameOther(BookSheet sheet, SheetCursor lines, SpreadsheetException other)
    {
        if (lines.Next())
            other = other.With(ListHeadings.WithSamples(other.Headings, lines.Current));
        if (sheet.Name is null)
            throw other;
        if (headings.AreMeant(other.Headings))
            throw read.Count == 0 && told.Count == 0 ? other : other.On(sheet.Name);
        notRead ??= other;
        NameUnread(sheet, lines, "列名与名单不符，没有读", other.Message.TrimEnd('。'));
    }

    /// <summary>
    /// Names a sheet that is not read, unless nothing stands in it, or one column: notes, words to choose.
    /// </summary>
    private void NameUnread(BookSheet sheet, SheetCursor lines, string why, string remedy)
    {
        lines.ToEnd();
        if (lines.First > 0 && !lines.IsOneColumn)
            told.Add(
                new(FormFindingLevel.Warning, "", "", $"{why}（第 {lines.First} 至 {lines.Last} 行）；{remedy}")
                {
                    Sheet = sheet.Name,
                    Rule = FormImport.Unread,
                }
            );
    }

    private void ReadRows(SheetBook book, BookSheet sheet, SheetCursor lines, SheetHead head)
    {
        RowRanges under = new(),
            hidden = new();
        var notes = new ListNotes(list);
        for (var more = head.HasMore; more; more = lines.Next())
        {
            var line = lines.Current;
            if (head.Repeats(Names(line)))
                continue;
            switch (notes.Tell(line))
            {
                case LineSense.Note:
                    continue;
                case LineSense.Unread:
                    under.Add(line.Number);
                    continue;
            }

            FormList.CheckCount(rows.Count, list);
            if (Row(book, line, head) is not { } row)
                continue;
            row.Sheet = sheet.Name;
            rows.Add(row);
            if (line.IsHidden)
                hidden.Add(line.Number);
        }

        if (under.Any)
            Tell(FormImport.Unread, $"{under}在“{notes.Begin}”之后，没有读；是名单的，请移到它之前");
        if (hidden.Any)
            Tell("hidden-rows", $"{hidden}是隐藏（或被筛选掉）的行，也一并读入，请核对");

        void Tell(string rule, string message) =>
            told.Add(new(FormFindingLevel.Warning, "", "", message) { Sheet = sheet.Name, Rule = rule });
    }

    /// <summary>The row; null if nothing but its number is filled in.</summary>
    private static FormValues? Row(SheetBook book, Line line, SheetHead head)
    {
        var (fields, row) = (head.Fields, new FormValues { Row = line.Number });
        for (var i = 0; i < Math.Min(fields.Count, Math.Max(line.Cells.Count, 1)); i++)
            if (fields[i] is { } field && i < line.Cells.Count)
                Put(book, row, field, line.Cells[i], line.FaultAt(i));
        // a merged cell of the headings covers no row
        var cover = line.CoveredFrom > head.LastLine ? line.Cover?.TrimEnd('。') : null;
        var stray =
            line.Width > fields.Count
                ? $"{book.Column(line.Width - 1)}有内容，但列名只到{book.Column(fields.Count - 1)}"
                : null;
        if (row.IsBlank && cover is null && stray is null)
            return null;
        if ((stray ?? cover) is { } fault)
            row.Refuse("", fault);
        return row;
    }

    private static void Put(SheetBook book, FormValues row, FormField field, LineCell cell, string? fault)
    {
        if (fault is not null)
            row.Refuse(
                field.Name,
                cell.Kind == SpreadsheetCellKind.Number ? SpreadsheetTraces.LostDigits : SpreadsheetTraces.Error(fault)
            );
        else if (cell.Text is { } text && SpreadsheetTraces.FaultOf(field, cell) is { } other)
            row.Refuse(field.Name, other, text);
        else
            row[field.Name] =
                field.Kind == FieldKind.Date && cell.Kind == SpreadsheetCellKind.Number
                    ? SpreadsheetTraces.Serial(cell.Text!, book.DaysFrom1900)
                    : cell.Text;
    }

    /// <summary>
    /// Reads the fields of the line under the title: each stands behind its printed text, in the same cell or the next.
    /// </summary>
    private void ReadHead(BookSheet sheet, IReadOnlyList<string> cells)
    {
        var text = string.Concat(cells);
        List<(string Label, string Field)> labels = [];
        var before = "";
        foreach (var (part, isField) in FormCell.Parts(form.Layout.Head))
            if (!isField)
                before = SpreadsheetHeader.Normal(part);
            else if (before.Length > 0)
                labels.Add((before, part));
        List<(int At, string Label, string Field)> found = [];
        foreach (var (label, field) in labels)
            if (text.IndexOf(label, StringComparison.Ordinal) is >= 0 and var at)
                found.Add((at, label, field));
        found.Sort((a, b) => a.At.CompareTo(b.At));
        if (found is not [(0, _, _), ..])
            return;
        for (var i = 0; i < found.Count; i++)
        {
            var start = found[i].At + found[i].Label.Length;
            var end = i + 1 < found.Count ? found[i + 1].At : text.Length;
            if (end > start && text[start..end].Trim().Trim('_') is { Length: > 0 } said)
                Said(sheet, found[i].Field, said);
        }
    }

    /// <summary>What a sheet says beside its rows must be the same on all of them.</summary>
    private void Said(BookSheet sheet, string field, string text)
    {
        if (heads.TryAdd(field, text))
            values[field] = text;
        else if (heads[field] != text)
            told.Add(
                new(
                    FormFindingLevel.Error,
                    field,
                    form.Fields.First(f => f.Name == field).Spoken,
                    "与前面的工作表写的不同，请分开导入"
                )
                {
                    Sheet = sheet.Name,
                }
            );
    }

    /// <summary>A longer text than any heading is none, and not worth the reading.</summary>
    private static IEnumerable<string> Names(Line line) =>
        line
            .Cells.Take(line.Width)
            .Select(c =>
                SpreadsheetHeader.Normal(c.Text is { Length: > MostHeading } text ? text[..MostHeading] : c.Text ?? "")
            );

    private static string Letters(SheetBook book, int column) =>
        book.IsWorkbook ? XlsxSpreadsheet.Letters(column) : $"{column + 1}";

    /// <summary>The headings as they were found.</summary>
    /// <param name="Fields">By column; null where none of ours stands.</param>
    /// <param name="Upper">The headings.</param>
    /// <param name="Lower">Those of a second line; none.</param>
    /// <param name="LastLine">The number of the last line of them.</param>
    /// <param name="HasMore">Whether a line follows.</param>
    private sealed record SheetHead(
        IReadOnlyList<FormField?> Fields,
        IReadOnlyList<string> Upper,
        IReadOnlyList<string> Lower,
        int LastLine,
        bool HasMore
    )
    {
        /// <summary>Whether a line says the headings again, as on every printed page.</summary>
        public bool Repeats(IEnumerable<string> names)
        {
            var line = names.ToList();
            return line.SequenceEqual(Upper) || (Lower.Count > 0 && line.SequenceEqual(Lower));
        }
    }
}
