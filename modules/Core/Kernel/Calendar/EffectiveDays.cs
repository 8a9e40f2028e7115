namespace EduAssist.Kernel.Calendar;

/// <summary>
/// The days on which something is in force (施行期): those of any of the provisions that it rests on. Whatever hangs on
/// days, windows and duties alike, is limited to them: a document that has expired opens and demands nothing.
/// </summary>
public sealed class EffectiveDays
{
    /// <summary>Days of any of these spans.</summary>
    /// <param name="spans">In any order; they may overlap. None: no day.</param>
    public EffectiveDays(IEnumerable<DateSpan> spans)
    {
        List<DateSpan> joined = [];
        foreach (var span in spans.OrderBy(s => s.First))
            if (joined is [.., var before] && (before.Last is not { } end || span.First <= end.AddDays(1)))
                joined[^1] = new(before.First, before.Last is null || span.Last is null ? null : Later(before, span));
            else
                joined.Add(span);
        Spans = joined;
    }

    /// <summary>The days, run by run, in order.</summary>
    public IReadOnlyList<DateSpan> Spans { get; }

    /// <summary>Whether it is in force on a day.</summary>
    public bool Contains(DateOnly day) => Spans.Any(s => s.Contains(day));

    /// <summary>Whether it is in force on some day of the span.</summary>
    public bool Meets(DateSpan span) => Spans.Any(s => s.First <= (span.Last ?? DateOnly.MaxValue)
        && span.First <= (s.Last ?? DateOnly.MaxValue));

    /// <summary>
    /// The window on these days only. Where none of its days is among them, it is there and never opens: whoever asks
    /// it in a guard is answered.
    /// </summary>
    public Window Limit(Window window)
    {
        ArgumentNullException.ThrowIfNull(window);
        var whole = new DateSpan(window.First, window.Last);
        var spans = Spans.Where(s => new EffectiveDays([s]).Meets(whole)).ToList();
        if (spans.Count == 0 || !window.IsOf(window.First.Year))
            return window with { Last = window.First, Closed = [window.First], Estimated = null };
        var first = spans[0].First > window.First ? spans[0].First : window.First;
        var last = spans[^1].Last is { } end && !(window.Last <= end) ? end : window.Last;
        return window with
        {
            First = first,
            Last = last,
            Estimated = window.Estimated > last ? last : window.Estimated,
            Closed =
            [
                .. window.Closed.Where(day => first <= day && !(day > last)),
                .. spans.Zip(spans.Skip(1)).SelectMany(gap =>
                    new DateSpan(gap.First.Last!.Value.AddDays(1), gap.Second.First.AddDays(-1)).Days),
            ],
        };
    }

    private static DateOnly? Later(DateSpan one, DateSpan other) => one.Last > other.Last ? one.Last : other.Last;
}
