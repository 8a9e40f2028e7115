using System.Globalization;
using EduAssist.Documents.Forms;
using Microsoft.AspNetCore.Http;

namespace EduAssist.Ui;

/// <summary>What is wrong or strange in a field of an entry.</summary>
/// <param name="Table">The name of the rows that it lies in; null: in none.</param>
/// <param name="Row">Of the table, from 1; null: in none.</param>
/// <param name="Field">The name of the field; empty: the whole.</param>
/// <param name="Text">In Chinese.</param>
/// <param name="IsWarning">Whether it hinders nothing.</param>
public sealed record EntryFault(string? Table, int? Row, string Field, string Text, bool IsWarning = false)
{
    /// <summary>A finding of a form's check.</summary>
    public static EntryFault FromFinding(FormFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new(finding.Table, finding.Row, finding.Field, finding.Text, finding.Level == FormFindingLevel.Warning);
    }

    /// <summary>The element that it is about.</summary>
    public string Anchor =>
        Table is not null && Row is { } row && Field.Length > 0
            ? Entry.IdOf($"{Table}[{row - 1}].{Field}")
            : Entry.IdOf(Table ?? Field);
}

/// <summary>
/// Fields as they are entered in a page: plain inputs named by the fields, so that they post without a script.
/// </summary>
/// <param name="Fields">What is asked for.</param>
/// <param name="Layout">By which they are grouped; null: they stand by themselves.</param>
/// <param name="Values">What was entered so far.</param>
/// <param name="Faults">What is wrong with it.</param>
public sealed record Entry(
    IReadOnlyList<FormField> Fields,
    FormLayout? Layout,
    FormValues Values,
    IReadOnlyList<EntryFault> Faults
)
{
    private const int MostRows = 200;

    /// <summary>Put before the ids of elements, where several entries stand in one page.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>How many blank rows a table ends with.</summary>
    public int BlankRows { get; init; } = 3;

    /// <summary>
    /// The fields by the groups of the layout, in the order of the paper; what stands in none of them first.
    /// </summary>
    public IEnumerable<(string Title, IReadOnlyList<FormField> Fields)> Groups()
    {
        var sections = (Layout?.Sections ?? [])
            .Select(s => (s.Title, Names: s.Rows.SelectMany(r => r).SelectMany(c => NamesIn(c.Content)).ToHashSet()))
            .ToList();
        var placed = sections.SelectMany(s => s.Names).ToHashSet();
        if (Fields.Where(f => !placed.Contains(f.Name)).ToList() is { Count: > 0 } others)
            yield return (Layout is null ? "" : "基本信息", others);
        foreach (var (title, names) in sections)
            if (Fields.Where(f => names.Contains(f.Name)).ToList() is { Count: > 0 } fields)
                yield return (title, fields);
    }

    /// <summary>The faults of a field.</summary>
    public IReadOnlyList<EntryFault> FaultsOf(string field, string? table = null, int? row = null) =>
        [.. Faults.Where(f => f.Field == field && f.Table == table && f.Row == row)];

    /// <summary>The id of the element of a field.</summary>
    public static string IdOf(string name) =>
        "f-" + name.Replace("[", "-", StringComparison.Ordinal).Replace("].", "-", StringComparison.Ordinal);

    /// <summary>Reads what was posted. Blank fields and blank rows are not there.</summary>
    public static FormValues Read(IReadOnlyList<FormField> fields, IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(form);
        var values = FormValues.None;
        foreach (var field in fields)
        {
            if (field.Kind != FieldKind.Rows)
                values[field.Name] = Text(form, field.Name);
            else
                values.With(field.Name, Rows(field, form));
        }

        return values;
    }

    private static List<FormValues> Rows(FormField table, IFormCollection form)
    {
        List<FormValues> rows = [];
        for (var n = 0; n < Math.Min(table.Most, MostRows); n++)
        {
            var row = FormValues.None;
            var isBlank = true;
            foreach (var column in table.Columns)
            {
                row[column.Name] = Text(
                    form,
                    string.Create(CultureInfo.InvariantCulture, $"{table.Name}[{n}].{column.Name}")
                );
                isBlank &= row[column.Name] is null;
            }

            if (!isBlank)
                rows.Add(row);
        }

        return rows;
    }

    private static string? Text(IFormCollection form, string name) =>
        form[name] is [.., { } last] && last.ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? text : null;

    private static IEnumerable<string> NamesIn(string content)
    {
        for (var at = content.IndexOf('{', StringComparison.Ordinal); at >= 0; at = content.IndexOf('{', at + 1))
        {
            var end = content.IndexOf('}', at);
            if (end < 0)
                yield break;
            yield return content[(at + 1)..end];
        }
    }
}
