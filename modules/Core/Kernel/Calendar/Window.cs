using System.Runtime.CompilerServices;

namespace EduAssist.Kernel.Calendar;

/// <summary>
/// A window 窗口期: the only days on which something may be done. A declaration, built for one year by a module.
/// </summary>
/// <param name="Id">Short and stable, as <c>sending</c>.</param>
/// <param name="Title">What users read.</param>
/// <param name="First">The first day inside.</param>
/// <param name="Last">
/// The last day inside; null: open, it ends with an event that is not recorded yet. Before <paramref name="First"/>
/// throws when asked.
/// </param>
/// <param name="Provisions">The provisions that it rests on, as <c>cx2020/4.2.2</c>.</param>
/// <param name="Source">The file that declares it; left to the compiler.</param>
public sealed record Window(
    string Id, string Title, DateOnly First, DateOnly? Last, IReadOnlyList<string> Provisions,
    [CallerFilePath] string Source = "")
{
    /// <summary>Days inside on which it is shut all the same, in any order; days outside mean nothing.</summary>
    public IReadOnlyList<DateOnly> Closed { get; init; } = [];

    /// <summary>The interpretations 释义 that its dates rest on, as <c>cx-i2</c>.</summary>
    public IReadOnlyList<string> Interpretations { get; init; } = [];

    /// <summary>When an open window is expected to end: an estimate to show, which shuts nothing.</summary>
    public DateOnly? Estimated { get; init; }

    /// <summary>
    /// The years of which it is, where the document opens it in these only; null: of every year. A timeline may declare
    /// it whatever year is asked for: no other year has it.
    /// </summary>
    public IReadOnlyList<int>? Years { get; init; }

    /// <summary>Whether it is one of the windows of a year.</summary>
    public bool IsOf(int year) => Years?.Contains(year) != false;

    /// <summary>
    /// Whether the document prints a last day and no first one (某日前): <see cref="First"/> is then the first day of the
    /// year, by convention of the calendar.
    /// </summary>
    public bool HasNoFirstDay { get; private init; }

    /// <summary>A window of which only the last day is printed: 5月31日前.</summary>
    /// <inheritdoc cref="Window(string, string, DateOnly, DateOnly?, IReadOnlyList{string}, string)"/>
    public static Window Until(
        string id, string title, DateOnly last, IReadOnlyList<string> provisions,
        [CallerFilePath] string source = "") =>
        new(id, title, new(last.Year, 1, 1), last, provisions, source) { HasNoFirstDay = true };

    /// <summary>Whether it may be done on that day.</summary>
    public bool IsOpen(DateOnly date) => new DateSpan(First, Last).Contains(date) && !Closed.Contains(date);

    /// <summary>The first day of the next run that begins after that day; null when none does.</summary>
    public DateOnly? NextOpening(DateOnly after) =>
        Runs.Select(run => (DateOnly?)run.First).FirstOrDefault(first => first > after);

    /// <summary>The consecutive open days, run by run; the last run of an open window is open.</summary>
    public IEnumerable<DateSpan> Runs
    {
        get
        {
            var whole = new DateSpan(First, Last);
            var first = First;
            foreach (var closed in Closed.Where(whole.Contains).Distinct().Order())
            {
                if (first < closed)
                    yield return new(first, closed.AddDays(-1));
                first = closed.AddDays(1);
            }
            if (whole.Contains(first))
                yield return new(first, Last);
        }
    }
}
