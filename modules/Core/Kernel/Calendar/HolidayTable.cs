using System.Security.Cryptography;
using System.Text;

namespace EduAssist.Kernel.Calendar;

/// <summary>
/// The published holidays: an immutable set of years, each as its notices finally arranged it. What a notice said
/// before a later one amended it (the May Day of 2019, the Spring Festival of 2020) is not kept: the table says what
/// applied.
/// </summary>
public sealed class HolidayTable
{
    private readonly SortedList<int, HolidayYear> years = [];

    /// <summary>A table of these years.</summary>
    /// <param name="years">
    /// In any order; a year twice, or a date twice within a year, throws <see cref="ArgumentException"/>.
    /// </param>
    public HolidayTable(params IEnumerable<HolidayYear> years)
    {
        ArgumentNullException.ThrowIfNull(years);
        foreach (var year in years)
        {
            if (year.Days.GroupBy(day => day.Date).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
                throw new ArgumentException($"{year.Year}年的放假安排中 {twice.Key:yyyy-MM-dd} 出现两次", nameof(years));
            this.years.Add(year.Year, year);
        }
        // Of two years that name the same late December day, the later notice has the word.
        Days =
        [
            .. this.years.Values.SelectMany(year => year.Days).GroupBy(day => day.Date).Select(same => same.Last())
                .OrderBy(day => day.Date),
        ];
        Version = $"{Ranges()}#{Hash()}";
    }

    /// <summary>The published years, ascending.</summary>
    public IReadOnlyList<int> Years => [.. years.Keys];

    /// <summary>Every named day once, in order.</summary>
    public IReadOnlyList<Holiday> Days { get; }

    /// <summary>
    /// What the table holds, in short: its years and 8 hexadecimal digits of the SHA-256 of its days and notices, as in
    /// <c>2017-2026#1a2b3c4d</c>. The same content gives the same version on every machine. Kept with every deadline.
    /// </summary>
    public string Version { get; }

    /// <summary>The holidays of a year; null when not published.</summary>
    public HolidayYear? ForYear(int year) => years.GetValueOrDefault(year);

    /// <summary>
    /// A table that holds this year too. A year that was there already is replaced: real notices get amended.
    /// </summary>
    public HolidayTable With(HolidayYear published)
    {
        ArgumentNullException.ThrowIfNull(published);
        return new([.. years.Values.Where(year => year.Year != published.Year), published]);
    }

    /// <summary>
    /// Reads the product's own table from a folder: <c>holidays.csv</c> and <c>holiday-notices.csv</c>.
    /// </summary>
    /// <exception cref="InvalidDataException">The table has a fault; the message lists all of them.</exception>
    public static HolidayTable Read(string folder)
    {
        using var days = File.OpenText(Path.Combine(folder, "holidays.csv"));
        using var notices = File.OpenText(Path.Combine(folder, "holiday-notices.csv"));
        return Read(days, notices);
    }

    /// <summary>
    /// Reads a table of many years; the same rules hold as for the file of a new year (<see cref="HolidayFile"/>).
    /// </summary>
    /// <param name="holidays">
    /// CSV with the columns <c>date,name,kind,notice</c>, the last one an id of <paramref name="notices"/>.
    /// </param>
    /// <param name="notices">CSV with the columns <c>id,year,title,url</c>.</param>
    /// <exception cref="InvalidDataException">The table has a fault; the message lists all of them.</exception>
    public static HolidayTable Read(TextReader holidays, TextReader notices) => HolidayRows.Table(holidays, notices);

    private string Ranges()
    {
        if (years.Count == 0)
            return "none";
        var starts = years.Keys.Where(year => !years.ContainsKey(year - 1));
        return string.Join('+', starts.Select(start =>
        {
            var end = years.Keys.First(year => year >= start && !years.ContainsKey(year + 1));
            return start == end ? $"{start}" : $"{start}-{end}";
        }));
    }

    private string Hash()
    {
        var lines = years.Values.SelectMany(year => year.Days.OrderBy(day => day.Date))
            .Select(day => $"{day.Date:yyyy-MM-dd}|{day.Name}|{day.Kind}|"
                + $"{day.Notice.Year}|{day.Notice.Title}|{day.Notice.Url}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))))[..8];
    }
}
