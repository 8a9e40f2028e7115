using EduAssist.Kernel.Calendar;

namespace EduAssist.Core.Calendar;

public class WindowTests
{
    /// <summary>The sending of 2020: seven days after May Day, the make-up Saturday shut as well.</summary>
    private static readonly Window Sending = new("sending", "送生", new(2020, 5, 6), new(2020, 5, 14), ["cx2020/4.2.2"])
    {
        Closed = [new(2020, 5, 10), new(2020, 5, 9)],
    };

    private static readonly Window Open = new("consolidation", "巩固", new(2020, 6, 12), null, ["cx2020/4.2.5"])
    { Estimated = new(2020, 10, 31) };

    [Theory]
    [InlineData("before", "2020-05-05", false, "2020-05-06")]
    [InlineData("the first day", "2020-05-06", true, "2020-05-11")]
    [InlineData("the last day before the weekend", "2020-05-08", true, "2020-05-11")]
    [InlineData("Saturday, shut", "2020-05-09", false, "2020-05-11")]
    [InlineData("Sunday, shut", "2020-05-10", false, "2020-05-11")]
    [InlineData("Monday, open again", "2020-05-11", true, null)]
    [InlineData("the last day", "2020-05-14", true, null)]
    [InlineData("after", "2020-05-15", false, null)]
    public void Sending_is_open(string what, string date, bool open, string? next)
    {
        Assert.True(open == Sending.IsOpen(Published.Day(date)), what);
        Assert.Equal(next is null ? null : Published.Day(next), Sending.NextOpening(Published.Day(date)));
    }

    [Theory]
    [InlineData("before", "2020-06-11", false, "2020-06-12")]
    [InlineData("the first day", "2020-06-12", true, null)]
    [InlineData("the estimate shuts nothing", "2020-11-01", true, null)]
    [InlineData("years later", "2029-01-01", true, null)]
    public void An_open_window_is_open_for_good(string what, string date, bool open, string? next)
    {
        Assert.True(open == Open.IsOpen(Published.Day(date)), what);
        Assert.Equal(next is null ? null : Published.Day(next), Open.NextOpening(Published.Day(date)));
    }

    [Fact]
    public void Runs_are_the_consecutive_open_days()
    {
        Assert.Equal([Span(6, 8), Span(11, 14)], Sending.Runs);
        Assert.Equal([Span(7, 9), Span(11, 13)], Runs([6, 10, 14, 10, 5, 15]));
        Assert.Equal([Span(6, 14)], Runs([]));
        Assert.Empty(Runs([.. Enumerable.Range(6, 9)]));
        Assert.Equal([new(new(2020, 6, 12), new(2020, 6, 30)), new DateSpan(new(2020, 7, 2), null)],
            (Open with { Closed = [new(2020, 7, 1)] }).Runs);
        Assert.Throws<ArgumentException>(() => (Sending with { Last = new(2020, 5, 5) }).IsOpen(new(2020, 5, 5)));

        static DateSpan Span(int first, int last) => new(new(2020, 5, first), new(2020, 5, last));
        static IEnumerable<DateSpan> Runs(int[] closed) =>
            (Sending with { Closed = [.. closed.Select(day => new DateOnly(2020, 5, day))] }).Runs;
    }

    [Fact]
    public void Runs_and_open_days_are_the_same()
    {
        var days = new DateSpan(new(2020, 5, 1), new(2020, 5, 20)).Days.Where(Sending.IsOpen);
        Assert.Equal(days, Sending.Runs.SelectMany(run => run.Days));
        Assert.Equal(7, days.Count());
    }

    [Theory]
    [InlineData("before", "2020-04-20", false)]
    [InlineData("the first day", "2020-04-21", true)]
    [InlineData("the last day", "2020-04-30", true)]
    [InlineData("after", "2020-05-01", false)]
    public void Both_ends_of_a_span_are_inside(string what, string date, bool inside)
    {
        var span = new DateSpan(new(2020, 4, 21), new(2020, 4, 30));
        Assert.True(inside == span.Contains(Published.Day(date)), what);
        Assert.Equal(10, span.Length);
        Assert.Equal(10, span.Days.Count());
        Assert.Equal(inside, span.Days.Contains(Published.Day(date)));
    }

    [Fact]
    public void A_span_may_be_open_or_one_day_but_not_backwards()
    {
        var open = new DateSpan(new(2020, 4, 21), null);
        Assert.True(open.Contains(DateOnly.MaxValue) && !open.Contains(new(2020, 4, 20)) && open.Length is null);
        Assert.Throws<InvalidOperationException>(() => open.Days);
        Assert.Equal(1, new DateSpan(new(2020, 4, 21), new(2020, 4, 21)).Length);
        Assert.Throws<ArgumentException>(() => new DateSpan(new(2020, 4, 21), new(2020, 4, 20)));
        Assert.Equal(366, DateSpan.Year(2020).Length);
    }
}
