using System.CommandLine;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Host.Commands;

/// <summary><c>holidays load</c>: the notice of a new year.</summary>
internal sealed class HolidaysCommand : Command
{
    public HolidaysCommand(Startup startup)
        : base("holidays", "国务院办公厅的放假通知")
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "UTF-8 的 CSV：date,name,kind,notice；kind 为 off 或 work",
        };
        var load = new Command("load", "载入一年的放假通知；已有该年的，以新载入的为准。例：holidays load 2027.csv")
        {
            file,
        };
        load.SetAction(parsed =>
        {
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
}
