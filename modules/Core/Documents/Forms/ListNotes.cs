using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Documents.Forms;

/// <summary>What a line under the headings of a list is.</summary>
internal enum LineSense
{
    /// <summary>A row.</summary>
    Row,

    /// <summary>A note, a total, who signed: nothing of the list.</summary>
    Note,

    /// <summary>Under the notes, and neither: it is named.</summary>
    Unread,
}

/// <summary>
/// Tells the notes of a list (注：, 填表说明) from its rows. A row under the notes is read like any other: a clerk who
/// adds a pupil at the end of the sheet does not look for the notes.
/// </summary>
/// <param name="list">The table.</param>
internal sealed class ListNotes(FormField list)
{
    private const int MostOfNote = 2,
        LeastText = 13;

    private static readonly string[] Begins =
    [
        "填报说明",
        "填表说明",
        "备注：",
        "备注:",
        "注：",
        "注:",
        "说明：",
        "说明:",
    ];
    private static readonly string[] Totals = ["合计", "总计", "共计", "小计"];

    /// <summary>How many cells a row has at least, so that it cannot be taken for a note.</summary>
    private readonly int least = Math.Max(3, list.Columns.Count(c => !c.IsOptional) / 2);

    /// <summary>The words that the notes begin with; null: there are none so far.</summary>
    public string? Begin { get; private set; }

    /// <summary>What a line is.</summary>
    public LineSense Tell(Line line)
    {
        var first = line.Cells.Select(c => c.Text?.Trim()).FirstOrDefault(t => t is not null);
        if (first is null)
            return Begin is null || line.HasContent ? LineSense.Row : LineSense.Note;
        if (
            line.Filled <= MostOfNote
            && Array.Find(Begins, n => first.StartsWith(n, StringComparison.Ordinal)) is { } begin
        )
        {
            Begin ??= begin;
            return LineSense.Note;
        }

        return IsTotal(first) ? LineSense.Note
            : Begin is null ? LineSense.Row
            : IsNote(line, first) ? LineSense.Note
            : line.Filled >= least ? LineSense.Row
            : LineSense.Unread;
    }

    private static bool IsTotal(string first) =>
        Totals.Any(t =>
            first == t
            || first.StartsWith(t + "：", StringComparison.Ordinal)
            || first.StartsWith(t + ":", StringComparison.Ordinal)
        );

    /// <summary>More of the notes, or who filled the list in (填表人：): a sentence, a number before it, a label.</summary>
    private static bool IsNote(Line line, string first) =>
        line.Filled <= 4 && line.Cells.Any(c => c.Text?.AsSpan().IndexOfAny("：:") >= 0)
        || line.Filled == 1
            && (
                first.Length >= LeastText
                || first.AsSpan().IndexOfAny("，。；、") >= 0
                || char.IsAsciiDigit(first[0])
                || first[0] is '（' or '(' or '①' or '②' or '③' or '④' or '•' or '·' or '※'
            );
}

/// <summary>The lines of a sheet that are not blank, and which of them were seen.</summary>
internal sealed class SheetCursor(IEnumerable<Line> lines) : IDisposable
{
    private readonly IEnumerator<Line> rest = lines.Where(l => !l.IsBlank).GetEnumerator();

    /// <summary>The line.</summary>
    public Line Current => rest.Current;

    /// <summary>The first line that has something in it; 0: none so far.</summary>
    public int First { get; private set; }

    /// <summary>The last such line so far.</summary>
    public int Last { get; private set; }

    /// <summary>Whether no line so far has more than one cell.</summary>
    public bool IsOneColumn { get; private set; } = true;

    /// <summary>Goes on to the next line that is not blank.</summary>
    public bool Next()
    {
        if (!rest.MoveNext())
            return false;
        if (Current.HasContent)
        {
            First = First == 0 ? Current.Number : First;
            Last = Current.Number;
            IsOneColumn &= Current.Filled <= 1;
        }

        return true;
    }

    /// <summary>Reads the rest.</summary>
    public void ToEnd()
    {
        while (Next()) { }
    }

    /// <inheritdoc/>
    public void Dispose() => rest.Dispose();
}

/// <summary>Numbers of rows as they are told: 第 5、7 至 9 行.</summary>
internal sealed class RowRanges
{
    private const int MostRanges = 20;

    private readonly List<(int First, int Last)> ranges = [];

    /// <summary>Whether there is one.</summary>
    public bool Any => ranges.Count > 0;

    /// <summary>Adds a row that comes after those before.</summary>
    public void Add(int row)
    {
        if (ranges is [.., var last] && last.Last == row - 1)
            ranges[^1] = (last.First, row);
        else
            ranges.Add((row, row));
    }

    private static string Told((int First, int Last) range) =>
        range.First == range.Last ? $"{range.First}" : $"{range.First} 至 {range.Last}";

    /// <inheritdoc/>
    public override string ToString() =>
        $"第 {string.Join("、", ranges.Take(MostRanges).Select(Told))} 行"
        + (ranges.Count > MostRanges ? $"等 {ranges.Sum(r => r.Last - r.First + 1)} 行" : "");
}
