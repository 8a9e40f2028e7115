namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// The head of a list as an annex prints it: a title, a line under it, headings in two rows; the notes go onto a sheet
/// of their own.
/// </summary>
/// <param name="Title">In a workbook above all else.</param>
/// <param name="Line">Under the title; empty: none.</param>
/// <param name="Columns">From left to right.</param>
/// <param name="Notes">One a row, the first their heading.</param>
internal sealed record SpreadsheetHead(
    string Title,
    string Line,
    IReadOnlyList<SpreadsheetColumn> Columns,
    IReadOnlyList<string> Notes
)
{
    /// <summary>The names of the columns, each once.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Columns.Select(c => c.Group + c.Name)];

    /// <summary>Whether any columns stand under a common heading.</summary>
    public bool HasGroups { get; } = Columns.Any(c => c.Group is not null);

    /// <summary>The upper row of headings; a heading over several columns stands over the first of them.</summary>
    public IReadOnlyList<string?> Upper { get; } =
    [
        .. Columns.Select(
            (c, i) =>
                c.Group is null ? c.Name
                : i > 0 && Columns[i - 1].Group == c.Group ? null
                : c.Group
        ),
    ];

    /// <summary>The lower row of headings.</summary>
    public IReadOnlyList<string?> Lower { get; } = [.. Columns.Select(c => c.Group is null ? null : c.Name)];
}

/// <param name="Group">The heading over it and its neighbours; null: none.</param>
/// <param name="Name">Its own heading.</param>
/// <param name="Width">In digits.</param>
internal sealed record SpreadsheetColumn(string? Group, string Name, int Width);
