using System.Globalization;
using CsvHelper;

namespace EduAssist.Kernel.Calendar;

/// <summary>
/// Rows of holidays as they stand in a file, and what must hold of them. The product's own table keeps the same rules.
/// </summary>
internal static class HolidayRows
{
    private static readonly string[] DayColumns = ["date", "name", "kind", "notice"];
    private static readonly string[] NoticeColumns = ["id", "year", "title", "url"];

    private sealed record Row(int Line, IReadOnlyList<string> Cells);

    private sealed record Day(int Line, DateOnly Date, string Name, DayKind Kind, string Notice);

    internal static HolidayFile File(TextReader text)
    {
        var faults = new List<HolidayFault>();
        var rows = Rows(text, DayColumns, faults);
        var days = Days(rows, faults);
        if (rows is [] && faults is [])
            faults.Add(new(null, null, "没有任何一天"));
        if (days.Count == 0)
            return new(null, InOrder(faults));

        // The year that most rows are of: one mistyped date is then the fault, not all the others.
        var year = days.CountBy(day => day.Date.Year).OrderByDescending(count => count.Value)
            .ThenByDescending(count => count.Key).First().Key;
        Check(year, days, faults);
        Complete(year, rows.Where(row => row.Cells[2] is not "work").Select(row => row.Cells[1]), faults);
        return faults is [] ? new(Published(year, days, title => new(year, title, null)), faults)
            : new(null, InOrder(faults));
    }

    internal static PlaceNoticeFile PlaceFile(TextReader text, string place)
    {
        var faults = new List<HolidayFault>();
        var rows = Rows(text, DayColumns, faults);
        var days = Days(rows, faults);
        if (rows is [] && faults is [])
            faults.Add(new(null, null, "没有任何一天"));
        faults.AddRange(Twice(days));
        return new(
            faults is []
                ? [.. days.GroupBy(day => day.Notice, (title, own) => new PlaceNotice(place, title,
                    [.. own.OrderBy(day => day.Date).Select(day => new PlaceDay(day.Date, day.Name, day.Kind))]))]
                : [],
            InOrder(faults));
    }

    internal static HolidayTable Table(TextReader holidays, TextReader notices)
    {
        var faults = new List<HolidayFault>();
        var known = Notices(Rows(notices, NoticeColumns, faults), faults);
        var days = Days(Rows(holidays, DayColumns, faults), faults);
        faults.AddRange(days.Where(day => !known.ContainsKey(day.Notice))
            .Select(day => new HolidayFault(day.Line, "notice", $"没有通知“{day.Notice}”")));
        ThrowOn(faults);

        var years = days.GroupBy(day => known[day.Notice].Year,
            (year, own) => (Year: year, Days: own.ToList())).ToList();
        foreach (var year in years)
        {
            Check(year.Year, year.Days, faults);
            Complete(year.Year, year.Days.Where(day => day.Kind == DayKind.Off).Select(day => day.Name), faults);
        }
        ThrowOn(faults);
        return new(years.Select(year => Published(year.Year, year.Days, id => known[id])));
    }

    private static HolidayYear Published(int year, IEnumerable<Day> days, Func<string, HolidayNotice> notice) =>
        new(year,
            [
                .. days.OrderBy(day => day.Date)
                    .Select(day => new Holiday(day.Date, day.Name, day.Kind, notice(day.Notice))),
            ]);

    private static void ThrowOn(List<HolidayFault> faults)
    {
        if (faults is not [])
            throw new InvalidDataException(string.Join('\n', InOrder(faults)));
    }

    private static List<HolidayFault> InOrder(IEnumerable<HolidayFault> faults) =>
        [.. faults.OrderBy(fault => fault.Row ?? int.MaxValue)];

    /// <summary>What must hold of the days of one year together.</summary>
    private static void Check(int year, List<Day> days, List<HolidayFault> faults)
    {
        faults.AddRange(Twice(days));
        faults.AddRange(days.Where(day => !HolidayYear.Reach(year).Contains(day.Date)).Select(
            day => new HolidayFault(day.Line, "date", $"{day.Date:yyyy-MM-dd} 不属于{year}年；只有上一年12月下旬的日期可以同在一份通知")));
        faults.AddRange(days.Where(day => day.Kind == DayKind.Work && !IsWeekend(day.Date)).Select(
            day => new HolidayFault(day.Line, "kind", $"{day.Date:yyyy-MM-dd} 不是周六或周日，不会是调休上班日")));
    }

    private static IEnumerable<HolidayFault> Twice(List<Day> days) =>
        days.GroupBy(day => day.Date).SelectMany(same => same.Skip(1).Select(
            twice => new HolidayFault(twice.Line, "date", $"{twice.Date:yyyy-MM-dd} 已在第{same.First().Line}行出现")));

    /// <summary>
    /// Every statutory holiday has a day off; a row that is faulty otherwise still shows that its holiday was not
    /// forgotten.
    /// </summary>
    private static void Complete(int year, IEnumerable<string> off, List<HolidayFault> faults) => faults.AddRange(
        HolidayYear.Statutory.Except(off.SelectMany(name => name.Split('、')))
            .Select(name => new HolidayFault(null, "name", $"缺少{year}年{name}的放假日")));

    private static Dictionary<string, HolidayNotice> Notices(IEnumerable<Row> rows, List<HolidayFault> faults)
    {
        var notices = new Dictionary<string, HolidayNotice>();
        foreach (var (line, cells) in rows)
            if (!int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
                || !IsOfThisCentury(year))
                faults.Add(new(line, "year", $"“{cells[1]}”不是本世纪的年份"));
            else if (!notices.TryAdd(cells[0], new(year, cells[2], cells[3] is "" ? null : cells[3])))
                faults.Add(new(line, "id", $"“{cells[0]}”出现两次"));
        return notices;
    }

    private static List<Day> Days(IEnumerable<Row> rows, List<HolidayFault> faults)
    {
        var days = new List<Day>();
        foreach (var (line, cells) in rows)
        {
            var before = faults.Count;
            if (!DateOnly.TryParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var date))
                faults.Add(new(line, "date", $"“{cells[0]}”不是日期；应写成 2027-02-05 的样子"));
            else if (!IsOfThisCentury(date.Year))
                faults.Add(new(line, "date", $"“{cells[0]}”不是本世纪的日期"));
            if (cells[1] is "")
                faults.Add(new(line, "name", "没有节日名称"));
            if (cells[2] is not ("off" or "work"))
                faults.Add(new(line, "kind", $"“{cells[2]}”既不是 off（放假）也不是 work（上班）"));
            if (cells[3] is "")
                faults.Add(new(line, "notice", "没有通知的标题或文号"));
            if (faults.Count == before)
                days.Add(new(line, date, cells[1], cells[2] is "off" ? DayKind.Off : DayKind.Work, cells[3]));
        }
        return days;
    }

    private static List<Row> Rows(TextReader text, string[] columns, List<HolidayFault> faults)
    {
        var options = new CsvReaderOptions
        {
            Separator = ',',
            TrimWhitespace = true,
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = false,   // one bad quote must not swallow the rest
            OnMalformedRecord = bad => faults.Add(new((int)bad.LineNumber, null, "引号不成对")),
        };
        using var csv = CsvReader.Create(text, options, leaveOpen: true);
        if (csv.Headers is [])
        {
            faults.Add(new(null, null, "是空文件"));
            return [];
        }
        var header = csv.Headers.ToList();
        var missing = columns.Except(header).ToList();
        faults.AddRange(missing.Select(column => new HolidayFault(1, column, $"没有这一列；应有 {string.Join(',', columns)}")));
        if (missing is not [])
            return [];

        var rows = new List<Row>();
        while (csv.Read())
            rows.Add(new((int)csv.LineNumber,
                [
                    .. columns.Select(column => header.IndexOf(column) is var at && at < csv.FieldCount
                        ? csv.GetString(at) : ""),
                ]));
        return rows;
    }

    private static bool IsOfThisCentury(int year) => year is >= 2000 and <= 2099;

    internal static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
