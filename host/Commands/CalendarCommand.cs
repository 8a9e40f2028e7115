using System.CommandLine;
using System.Globalization;
using EduAssist.Documents.Calendar;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Web.Api;

namespace EduAssist.Host.Commands;

/// <summary><c>calendar</c>: windows and duties of a year.</summary>
internal sealed class CalendarCommand : Command
{
    private const int MostLines = 24; // a duty that falls due more often in a year is printed in one line

    public CalendarCommand(Startup startup)
        : base("calendar", "一年的时段和职责。例：calendar national 2020 --ics 2020.ics")
    {
        var module = new Argument<string>("module") { Description = "模块标识，如 national" };
        var year = new Argument<string>("year") { Description = "年份，如 2020" };
        var ics = new Option<FileInfo?>("--ics") { Description = "写成 iCalendar 文件" };
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        Add(module);
        Add(year);
        Add(ics);
        Add(json);
        SetAction(parsed =>
        {
            var instance = startup.Compose();
            var id = parsed.GetRequiredValue(module);
            var loaded = instance.Catalogue.Module(id)
                ?? throw new OperatorException(
                    $"没有加载模块 {id}；已加载：{string.Join("、", instance.Catalogue.Modules.Select(m => m.Module.Id))}。"
                );
            var answer =
                int.TryParse(
                    parsed.GetRequiredValue(year),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                ) && number is >= 1 and <= 9999
                    ? instance.CalendarOf(loaded, number)
                    : throw new OperatorException("年份须为四位数字。");
            if (parsed.GetValue(ics) is { } file)
            {
                using (var writer = new StreamWriter(ConsoleOutput.Create(file.FullName)))
                    answer.WriteICalendar(writer, instance.Today.Now);
                Console.Out.WriteLine($"已写入 {file.FullName}");
            }
            else if (parsed.GetValue(json))
                ConsoleOutput.Json(CalendarApi.YearView.From(answer));
            else
                Print(answer);
        });
    }

    private static string[] Row(DutyInstance duty, string due) =>
        [duty.Duty.Id, duty.Duty.Title, due, duty.Duty.OwedBy, string.Join(' ', duty.Duty.Provisions)];

    private static void Print(CalendarYear year)
    {
        ConsoleOutput.Table(
            $"{year.Title} {year.Year} 年：时段",
            ["标识", "时段", "首日", "末日", "停办", "条款", "释义"],
            year.Windows.Select(w =>
                (string[])
                    [
                        w.Id,
                        w.Title,
                        w.HasNoFirstDay ? "不限" : $"{w.First:yyyy-MM-dd}",
                        w.Last is { } last ? $"{last:yyyy-MM-dd}" : $"未定（预计 {w.Estimated:yyyy-MM-dd}）",
                        string.Join(' ', w.Closed.Select(d => $"{d:MM-dd}")),
                        string.Join(' ', w.Provisions),
                        string.Join(' ', w.Interpretations),
                    ]
            ),
            "时段"
        );
        ConsoleOutput.Table(
            "职责",
            ["标识", "职责", "期限", "责任方", "条款"],
            year.Duties.GroupBy(d => d.Duty.Id)
                .SelectMany(same =>
                    same.Count() > MostLines
                        ?
                        [
                            Row(
                                same.First(),
                                $"{same.First().Due:yyyy-MM-dd} 至{same.Last().Due:yyyy-MM-dd} 共{same.Count()}次"
                            ),
                        ]
                        : same.Select(d => Row(d, d.Due is { } due ? $"{due:yyyy-MM-dd}" : "无期限"))
                )
                .OrderBy(row => row[2], StringComparer.Ordinal),
            "职责",
            "责任方"
        );
        foreach (var (document, last) in year.Expired)
            Console.Out.WriteLine($"注：{document} 施行至 {last:yyyy-MM-dd}，此后不再开放时段，也不再有职责。");
        foreach (var document in year.NotYetInForce)
            Console.Out.WriteLine($"注：{document} 在 {year.Year} 年尚未施行，以上时段只供对照。");
        Console.Out.WriteLine($"工作日历：{year.CalendarVersion}");
    }
}
