namespace EduAssist.Guizhou;

/// <summary>The days that make a student a suspected dropout (疑似辍学).</summary>
/// <param name="Since">The day on which the threshold is reached, the last of <paramref name="Days"/>.</param>
/// <param name="Days">The days of absence that reach it.</param>
internal sealed record SuspectedDropout(DateOnly Since, IReadOnlyList<DateOnly> Days);

/// <summary>二（一）4（征求意见稿）：无故缺课三天，标注疑似辍学。</summary>
internal sealed class ThreeDays : IFunctions
{
    /// <summary>达三天.</summary>
    internal const int Threshold = 3;

    public IEnumerable<Citation> Citations =>
        [new("function", "guizhou/three-days", "三天无故缺课（征求意见稿）", ["gz2017/2.4a"], ["gz-i5"])];

    /// <summary>When a student is first to be marked.</summary>
    /// <param name="unexcused">
    /// The days of unexcused absence, in any order. A leave paper handed in later takes its days out: asked again, the
    /// mark may be gone.
    /// </param>
    /// <param name="isTeachingDay">
    /// By the school calendar: without one nobody can tell (gz-i14). Absences on other days mean nothing.
    /// </param>
    /// <param name="reading">gz-i5: consecutive teaching days; other reading: three within a calendar month.</param>
    /// <returns>Null: not.</returns>
    internal static SuspectedDropout? Detect(
        IEnumerable<DateOnly> unexcused, Func<DateOnly, bool> isTeachingDay, InterpretationProfile reading)
    {
        List<DateOnly> absent = [.. unexcused.Distinct().Where(isTeachingDay).Order()];
        return reading.TakesOther("gz-i5") ? WithinMonth(absent) : Consecutive(absent, isTeachingDay);
    }

    private static SuspectedDropout? Consecutive(IEnumerable<DateOnly> absent, Func<DateOnly, bool> isTeachingDay)
    {
        List<DateOnly> spell = [];
        foreach (var day in absent)
        {
            if (spell is not [] && Between(spell[^1], day).Any(isTeachingDay)) spell.Clear();
            spell.Add(day);
            if (spell.Count == Threshold) return new(day, spell);
        }

        return null;
    }

    private static SuspectedDropout? WithinMonth(IEnumerable<DateOnly> absent) =>
        absent.GroupBy(day => (day.Year, day.Month)).Where(month => month.Count() >= Threshold)
            .Select(month => month.Take(Threshold).ToList()).Select(days => new SuspectedDropout(days[^1], days))
            .FirstOrDefault();

    private static IEnumerable<DateOnly> Between(DateOnly first, DateOnly last) =>
        Enumerable.Range(first.DayNumber + 1, last.DayNumber - first.DayNumber - 1).Select(DateOnly.FromDayNumber);
}
