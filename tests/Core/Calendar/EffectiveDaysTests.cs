using EduAssist.Kernel.Calendar;

namespace EduAssist.Core.Calendar;

public class EffectiveDaysTests
{
    private static readonly Window Spring = new("spring", "春季", new(2024, 3, 1), new(2024, 3, 20), ["d/1"])
    {
        Closed = [new(2024, 3, 9), new(2024, 3, 10)],
    };
    private static readonly Window Open = Spring with { Last = null, Closed = [], Estimated = new(2024, 10, 31) };

    [Theory]
    [InlineData("in force all the while", "2020-01-01..", "2024-03-01..2024-03-08 2024-03-11..2024-03-20")]
    [InlineData("its last day is the window's", "2020-01-01..2024-03-20", "2024-03-01..2024-03-08 2024-03-11..2024-03-20")]
    [InlineData("expired on the day before", "2020-01-01..2024-02-29", "")]
    [InlineData("expires on the first day", "2020-01-01..2024-03-01", "2024-03-01..2024-03-01")]
    [InlineData("expires within", "2020-01-01..2024-03-12", "2024-03-01..2024-03-08 2024-03-11..2024-03-12")]
    [InlineData("expires on a day that is shut", "2020-01-01..2024-03-10", "2024-03-01..2024-03-08")]
    [InlineData("begins within", "2024-03-12..", "2024-03-12..2024-03-20")]
    [InlineData("begins on the day after", "2024-03-21..", "")]
    [InlineData("of one day", "2024-03-12..2024-03-12", "2024-03-12..2024-03-12")]
    [InlineData("a second document takes over at once", "2020-01-01..2024-03-12 2024-03-13..",
        "2024-03-01..2024-03-08 2024-03-11..2024-03-20")]
    [InlineData("a second one takes over later", "2020-01-01..2024-03-05 2024-03-15..",
        "2024-03-01..2024-03-05 2024-03-15..2024-03-20")]
    [InlineData("one within another", "2020-01-01.. 2024-03-02..2024-03-03",
        "2024-03-01..2024-03-08 2024-03-11..2024-03-20")]
    [InlineData("none", "", "")]
    public void A_window_is_open_only_while_its_document_is_in_force(string what, string days, string runs) =>
        Assert.Equal((what, runs), (what, Text(Of(days).Limit(Spring).Runs)));

    [Theory]
    [InlineData("2020-01-01..", "2024-03-01..", "2024-10-31")]
    [InlineData("2020-01-01..2024-06-30", "2024-03-01..2024-06-30", "2024-06-30")]
    [InlineData("2020-01-01..2023-12-31", "", null)]
    public void A_window_without_an_end_ends_with_its_document(string days, string runs, string? estimated)
    {
        var limited = Of(days).Limit(Open);

        Assert.Equal((runs, estimated), (Text(limited.Runs), limited.Estimated?.ToString("yyyy-MM-dd")));
    }

    /// <summary>Day by day: open where the window is and the document is, and nowhere else.</summary>
    [Theory]
    [InlineData("2020-01-01..2024-03-12")]
    [InlineData("2024-03-08..2024-03-09 2024-03-11..2024-03-11 2024-03-19..")]
    [InlineData("2025-01-01..")]
    [InlineData("")]
    public void Each_day_is_asked(string days)
    {
        var (force, limited) = (Of(days), Of(days).Limit(Spring));
        foreach (var day in DateSpan.Year(2024).Days)
            Assert.True((Spring.IsOpen(day) && force.Contains(day)) == limited.IsOpen(day), $"{day}");
        foreach (var day in DateSpan.Year(2024).Days)
            Assert.Equal(
                DateSpan.Year(2024).Days.Select(d => (DateOnly?)d).FirstOrDefault(d => d > day && limited.IsOpen(d!.Value)
                    && !limited.IsOpen(d.Value.AddDays(-1))),
                limited.NextOpening(day));
    }

    private static EffectiveDays Of(string days) =>
        new(days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Span));

    private static DateSpan Span(string text) => text.Split("..") is [var first, var last]
        ? new(Published.Day(first), last.Length == 0 ? null : Published.Day(last)) : throw new FormatException(text);

    private static string Text(IEnumerable<DateSpan> runs) =>
        string.Join(' ', runs.Select(r => $"{r.First:yyyy-MM-dd}..{r.Last:yyyy-MM-dd}"));
}
