namespace EduAssist.Documents.Forms;

/// <summary>How a form stands on paper, on a grid of twelve columns.</summary>
/// <param name="Sections">
/// The groups, from top to bottom. None: the form is a list, its only table fills the page.
/// </param>
public sealed record FormLayout(params IReadOnlyList<FormSection> Sections)
{
    /// <summary>How many columns the grid has.</summary>
    public const int Columns = 12;

    /// <summary>
    /// What is printed above, with fields in braces, where that is more than the form's title:
    /// <c>{school}义务教育职教班教学方案</c>; null: the title.
    /// </summary>
    public string? Heading { get; init; }

    /// <summary>The line under the title, with fields in braces: <c>学校（职业学校）：{school}</c>; empty: none.</summary>
    public string Head { get; init; } = "";

    /// <summary>The heading of the notes: 填表说明.</summary>
    public string NotesTitle { get; init; } = "填表说明";

    /// <summary>The notes, in our own words; numbered when printed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The names of the fields that stand in the layout, in their order.</summary>
    internal IEnumerable<string> Names =>
        FormCell
            .NamesIn(Heading + Head)
            .Concat(Sections.SelectMany(s => s.Rows.SelectMany(r => r.SelectMany(c => FormCell.NamesIn(c.Content)))));
}

/// <summary>A group of a form, with its title at the left.</summary>
/// <param name="Title">As printed.</param>
/// <param name="Rows">Each fills the twelve columns.</param>
public sealed record FormSection(string Title, params IReadOnlyList<IReadOnlyList<FormCell>> Rows)
{
    /// <summary>A group of one cell without a label.</summary>
    /// <param name="title">As printed.</param>
    /// <param name="content">As of a <see cref="FormCell"/>.</param>
    /// <param name="lines">The least height, in lines.</param>
    public FormSection(string title, string content, int lines = 1)
        : this(
            title,
            [
                [new("", FormLayout.Columns, content) { Lines = lines }],
            ]
        ) { }
}

/// <summary>A cell of a form.</summary>
/// <param name="Label">As printed; empty: none.</param>
/// <param name="Span">How many of the twelve columns it takes, its label included.</param>
/// <param name="Content">
/// Fields in braces, and what is printed around them: <c>{county}县（市）</c>. <c>{_}</c> is a blank that no field fills. A
/// line that begins with a tab stands at the right.
/// </param>
public sealed record FormCell(string Label, int Span, string Content)
{
    /// <summary>How many of the columns the label takes; 0: it stands above the content.</summary>
    public int LabelSpan { get; init; } = 2;

    /// <summary>The least height, in lines.</summary>
    public int Lines { get; init; } = 1;

    /// <summary>The parts of a content: printed text, or the name of a field.</summary>
    internal static IEnumerable<(string Text, bool IsField)> Parts(string content)
    {
        var at = 0;
        while (at < content.Length)
        {
            var open = content.IndexOf('{', at);
            var close = open < 0 ? -1 : content.IndexOf('}', open);
            if (close < 0)
                break;
            if (open > at)
                yield return (content[at..open], false);
            yield return (content[(open + 1)..close], true);
            at = close + 1;
        }

        if (at < content.Length)
            yield return (content[at..], false);
    }

    internal static IEnumerable<string> NamesIn(string content) =>
        Parts(content).Where(p => p.IsField && p.Text != "_").Select(p => p.Text);
}
