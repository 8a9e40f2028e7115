using System.Globalization;
using CsvHelper;
using EduAssist.Kernel.Calendar;

namespace EduAssist.Core.Calendar;

/// <summary>The product's own holidays, and what seven other sources say of the same days.</summary>
internal static class Published
{
    internal static readonly HolidayTable Table = HolidayTable.Read(
        Path.Combine(AppContext.BaseDirectory, "seeds", "Core"));
    internal static readonly WorkCalendar Calendar = new(Table);

    /// <summary>Every day that any source names, and whether it was worked.</summary>
    internal static readonly IReadOnlyDictionary<DateOnly, bool> CrossChecked = Read();

    internal static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Every day from 1 January 2017 to 31 December 2026.</summary>
    internal static IEnumerable<DateOnly> Days => new DateSpan(new(2017, 1, 1), new(2026, 12, 31)).Days;

    /// <summary>The oracle, which knows nothing of notices.</summary>
    internal static bool Worked(DateOnly date) =>
        CrossChecked.TryGetValue(date, out var worked) ? worked
            : date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static Dictionary<DateOnly, bool> Read()
    {
        using var csv = CsvReader.Create(
            File.OpenText(Path.Combine(AppContext.BaseDirectory, "Calendar", "china-holidays-crosscheck.csv")));
        var days = new Dictionary<DateOnly, bool>();
        while (csv.Read())
            days.Add(Day(csv.GetString("date")), csv.GetString("effective_kind") == "work");
        return days;
    }
}
