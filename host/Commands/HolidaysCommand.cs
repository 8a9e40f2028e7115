using System.CommandLine;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Calendars;

namespace EduAssist.Host.Commands;

/// <summary><c>holidays load</c>: the notice of a new year.</summary>
internal sealed class HolidaysCommand : Command
{
    public HolidaysCommand(Startup startup)
        : base("holidays", "放假通知：国务院办公厅的，以及地方的")
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "UTF-8 的 CSV：date,name,kind,notice；kind 为 off 或 work",
        };
        var place = new Option<string?>("--place")
        {
            Description = "地方的通知：只改变这个行政区划（如 532300）的工作日，存入数据库，立即生效",
        };
        var (demo, today) = (DemoOptions.Demo(), DemoOptions.Today());
        var load = new Command(
            "load",
            "载入放假通知；已有该年的，以新载入的为准。例：holidays load 2027.csv；holidays load 火把节.csv --place 532300"
        )
        {
            file,
            place,
            demo,
            today,
        };
        load.SetAction(async parsed =>
        {
            if (parsed.GetValue(place) is { } code)
            {
                using var opened = await CommandDatabase.OpenAsync(
                    startup,
                    parsed.GetValue(demo),
                    parsed.GetValue(today)
                );
                await LoadPlaceAsync(opened.Commands, parsed.GetRequiredValue(file).FullName, code);
                return;
            }

            var before = startup.Holidays.Table();
            var loaded = startup.Holidays.Load(parsed.GetRequiredValue(file).FullName);
            if (loaded.Published is not { } year)
                throw new OperatorException(loaded.Faults.Select(f => f.ToString()));
            var replaced = before.ForYear(year.Year) is null ? "" : "，取代原有的安排";
            Console.Out.WriteLine(
                $"已载入 {year.Year} 年：{year.Days.Count(d => d.Kind == DayKind.Off)} 天放假，{year.Days.Count(d => d.Kind == DayKind.Work)} 天调休上班{replaced}。工作日历：{startup.Holidays.Table().Version}"
            );
            Console.Out.WriteLine(
                $"存放在 {startup.Holidays.Path}；在别处运行的程序要用配置项 Data 指到同一个文件夹，已在运行的服务重启后生效。"
            );
        });
        Add(load);
    }

    private static async Task LoadPlaceAsync(CommandExecutor commands, string path, string code)
    {
        var read = PlaceNoticeFile.Read(path, code);
        if (read.Faults.Count > 0)
            throw new OperatorException(read.Faults.Select(f => f.ToString()));
        var result = await commands.ExecuteAsync(new(Actor.Local), async work =>
        {
            List<NoticeView> entered = [];
            foreach (var notice in read.Notices)
            {
                var one = await DayNotices.AddAsync(
                    work,
                    code,
                    notice.Title,
                    [.. notice.Days.Select(d => new EnteredDays(d.Date, null, d.Name, $"{d.Kind}"))]
                );
                if (!one.IsDone)
                    return one;
                entered.Add(one.Answer<NoticeOutcome>()!.Notice);
                await work.Db.SaveChangesAsync();
            }

            return CommandResult.Done(new NoticesOutcome(entered));
        });
        if (result.Refusal is { } refusal)
            throw new OperatorException(
                refusal.Findings is { } findings
                    ? findings.Select(f => f.Message)
                    : refusal.Errors?.SelectMany(e => e.Value) ?? [refusal.Detail]
            );
        foreach (var notice in result.Answer<NoticesOutcome>()!.Notices)
            Console.Out.WriteLine(
                $"已登记 {notice.PlaceName}《{notice.Title}》："
                    + $"{notice.Days.Count(d => d.Kind == DayKind.Off)} 天放假，"
                    + $"{notice.Days.Count(d => d.Kind == DayKind.Work)} 天上班。"
            );
    }
}
