using System.Text.Json.Serialization;

namespace EduAssist.Documents.Forms;

/// <summary>How much a <see cref="FormFinding"/> weighs.</summary>
public enum FormFindingLevel
{
    /// <summary>To be looked at again; hinders nothing.</summary>
    Warning,

    /// <summary>Hinders: the form, or the row, is not accepted.</summary>
    Error,
}

/// <summary>Something wrong or strange in a filled form.</summary>
/// <param name="Level">How much it weighs.</param>
/// <param name="Field">The name of the field; empty when the whole is meant.</param>
/// <param name="Title">The field's title as said in messages; empty when the whole is meant.</param>
/// <param name="Message">What is wrong, in Chinese, without the place and without what was entered.</param>
public sealed record FormFinding(FormFindingLevel Level, string Field, string Title, string Message)
{
    /// <summary>The name of the rows that it lies in; null: in none.</summary>
    public string? Table { get; init; }

    /// <summary>
    /// The row: of a sheet or text as its editor counts, otherwise counted from 1 in the table; null: in none.
    /// </summary>
    public int? Row { get; init; }

    /// <summary>
    /// The sheet of a workbook, where several were read, or this one was not; null: it goes without saying.
    /// </summary>
    public string? Sheet { get; init; }

    /// <summary>Whose row it is, or what it is called, as it was entered; null: it does not say.</summary>
    public string? Name { get; init; }

    /// <summary>What was entered, numbers of persons masked; null: nothing, or no single field is meant.</summary>
    public string? Value { get; init; }

    /// <summary>What a spreadsheet calls the column: <c>D</c>; null where there is no sheet.</summary>
    public string? Column { get; init; }

    /// <summary>The id of the rule across fields; null: the kind of the field says so.</summary>
    public string? Rule { get; init; }

    /// <summary>What it rests on.</summary>
    public IReadOnlyList<string> Provisions { get; init; } = [];

    /// <summary>The title of the table, where a form has several.</summary>
    internal string? TableTitle { get; init; }

    /// <summary>One line for the user: <c>第 7 行「身份证号码」：…</c>.</summary>
    public string Text =>
        (Sheet is null ? "" : $"工作表「{Sheet}」")
        + (TableTitle ?? "")
        + (Row is { } row ? $"第 {row} 行" : "")
        + (
            Title.Length > 0 ? $"「{Title}」："
            : Row is null && Sheet is null ? ""
            : "："
        )
        + Message;

    /// <summary>As it is told.</summary>
    public FindingView View() =>
        new(Level, Table, Row, Column, Field, Title, Rule, Message, Text, Provisions, Sheet, Name, Value);
}

/// <summary>A <see cref="FormFinding"/> as the public contract tells it.</summary>
/// <param name="Level">How much it weighs.</param>
/// <param name="Table">The name of the rows that it lies in; null: in none.</param>
/// <param name="Row">The row; null: in none.</param>
/// <param name="Column">What a spreadsheet calls the column; null: there is no sheet.</param>
/// <param name="Field">The name of the field; empty: the whole.</param>
/// <param name="Title">The field's title; empty: the whole.</param>
/// <param name="Rule">The id of the rule across fields; null: the kind of the field says so.</param>
/// <param name="Message">What is wrong, in Chinese.</param>
/// <param name="Text">One line for the user, with the place.</param>
/// <param name="Provisions">What it rests on.</param>
/// <param name="Sheet">The sheet of the workbook; left out where it goes without saying.</param>
/// <param name="Name">Whose row it is, as entered; left out where it does not say.</param>
/// <param name="Value">What was entered, numbers of persons masked; left out where nothing was.</param>
public sealed record FindingView(
    FormFindingLevel Level,
    string? Table,
    int? Row,
    string? Column,
    string Field,
    string Title,
    string? Rule,
    string Message,
    string Text,
    IReadOnlyList<string> Provisions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sheet = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value = null
);
