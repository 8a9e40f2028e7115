using System.CommandLine;
using System.Globalization;
using EduAssist.Documents.Calendar;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Calendars;
using EduAssist.Platform;
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
        var place = new Option<string?>("--place")
        {
            Description = "按哪个地方的放假通知：行政区划代码；不写：文件施行的地方",
        };
        var (demo, today) = (DemoOptions.Demo(), DemoOptions.Today());
        Add(module);
        Add(year);
        foreach (var option in (Option[])[ics, json, place, demo, today])
            Add(option);
        SetAction(async parsed =>
        {
            var instance = startup.Compose(DemoClock.Parse(parsed.GetValue(today), parsed.GetValue(demo)));
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
                    ? instance.CalendarOf(
                        loaded,
                        number,
                        await CalendarAsync(
                            startup,
                            instance,
                            PlaceOf(instance, parsed.GetValue(place)) ?? loaded.Place,
                            parsed.GetValue(demo),
                            parsed.GetValue(today)
                        )
                    )
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

    private static string? PlaceOf(Instance instance, string? code) =>
        code is null ? null
        : DivisionCode.TryParse(code, out var division) && instance.Divisions.Find(division) is not null
            ? ScopePath.ForDivision(instance.Divisions.Current(division))
        : throw new OperatorException($"没有行政区划 {code}。");

    /// <summary>Of a place; where there is no database yet, no place has a notice of its own.</summary>
    private static async Task<WorkCalendar> CalendarAsync(
        Startup startup,
        Instance instance,
        string place,
        bool demo,
        string? today
    )
    {
        var database = demo ? startup.OpenDemoDatabase(instance) : startup.OpenDatabase(instance);
        if (database.DescribeMissing() is not null)
            return instance.Calendar;
        using var opened = await CommandDatabase.OpenAsync(startup, demo, today);
        return await opened.Commands.QueryAsync(Actor.Local, work => work.CalendarAsync(place));
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
