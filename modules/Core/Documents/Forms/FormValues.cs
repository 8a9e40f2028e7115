using EduAssist.Kernel.Registry;

namespace EduAssist.Documents.Forms;

/// <summary>
/// What was entered into a form, or into one row of it: texts as they were typed, by the names of the fields. A blank
/// is not there.
/// </summary>
public sealed class FormValues
{
    private readonly Dictionary<string, string> texts = [];
    private readonly Dictionary<string, IReadOnlyList<FormValues>> rows = [];
    private List<(string Field, string Message)>? faults;

    /// <summary>Nothing entered.</summary>
    public static FormValues None => new();

    /// <summary>The row of the sheet, or the line of the text, from 1; null where there is none.</summary>
    public int? Row { get; init; }

    /// <summary>The sheet that the row stands in, where rows of several were read; null: there is one.</summary>
    public string? Sheet { get; internal set; }

    /// <summary>A text; null is a blank.</summary>
    /// <param name="field">The field's name.</param>
    public string? this[string field]
    {
        get => texts.GetValueOrDefault(field);
        set
        {
            if (value is null)
                texts.Remove(field);
            else
                texts[field] = value;
        }
    }

    /// <summary>The rows of a table; none if it was left out.</summary>
    /// <param name="field">The table's name.</param>
    public IReadOnlyList<FormValues> Rows(string field) => rows.GetValueOrDefault(field, []);

    /// <summary>The same with rows.</summary>
    /// <param name="field">The table's name.</param>
    /// <param name="values">One for every row.</param>
    public FormValues With(string field, IReadOnlyList<FormValues> values)
    {
        rows[field] = values;
        return this;
    }

    /// <summary>The same texts, without the rows.</summary>
    internal FormValues Copy()
    {
        var copy = new FormValues
        {
            Row = Row,
            Sheet = Sheet,
            faults = faults,
        };
        foreach (var (field, text) in texts)
            copy.texts[field] = text;
        return copy;
    }

    /// <summary>Notes that a cell cannot be what was entered.</summary>
    /// <param name="field">The field.</param>
    /// <param name="message">In Chinese.</param>
    /// <param name="text">What is there all the same; null: nothing that could be told.</param>
    internal void Refuse(string field, string message, string? text = null)
    {
        (faults ??= []).Add((field, message));
        this[field] = text;
    }

    internal string? RefusalOf(string field) => faults?.Find(f => f.Field == field).Message;

    internal bool IsBlank => texts.Count == 0 && faults is null && rows.Values.All(r => r.Count == 0);
}

/// <summary>What a form is checked against beside its own rules.</summary>
/// <param name="Divisions">The divisions that exist and existed.</param>
/// <param name="Today">No birth date lies after it.</param>
public sealed record FormContext(Divisions Divisions, DateOnly Today)
{
    /// <summary>
    /// Ends the reading of a list with an <see cref="OperationCanceledException"/>: whoever asked is gone.
    /// </summary>
    public CancellationToken Cancellation { get; init; }
}
