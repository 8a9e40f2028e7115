using System.CommandLine;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Host.Commands;

/// <summary><c>checks</c>: reference data against their documents.</summary>
internal sealed class ChecksCommand : Command
{
    public ChecksCommand(Startup startup)
        : base("checks", "核对附表数据与文件：已知的文本出入为“注”，其余为“错”；有错时退出码为 1。例：checks --json")
    {
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        Add(json);
        SetAction(parsed =>
        {
            var instance = startup.Compose();
            var remarks = instance
                .Catalogue.Modules.SelectMany(m => m.ReferenceData)
                .SelectMany(d => d.Check(instance.Reading).Select(r => (Data: d.Id, Remark: r)))
                .ToList();
            var anomalies = instance
                .Catalogue.Modules.SelectMany(m => m.Documents)
                .SelectMany(d => d.Anomalies)
                .ToList();
            if (parsed.GetValue(json))
                ConsoleOutput.Json(
                    new
                    {
                        Remarks = remarks.Select(r => new
                        {
                            r.Data,
                            r.Remark.Level,
                            r.Remark.Id,
                            r.Remark.Text,
                            r.Remark.Provisions,
                        }),
                        Anomalies = anomalies,
                    }
                );
            else
            {
                ConsoleOutput.Table(
                    "附表数据",
                    ["数据", "", "标识", "内容"],
                    remarks.Select(r =>
                        (string[])[r.Data, r.Remark.Level == RemarkLevel.Note ? "注" : "错", r.Remark.Id, r.Remark.Text]
                    )
                );
                ConsoleOutput.Table(
                    "文本出入",
                    ["标识", "条款", "内容"],
                    anomalies.Select(a => (string[])[a.Id, string.Join(' ', a.Provisions), a.Text])
                );
            }

            return remarks.Exists(r => r.Remark.Level == RemarkLevel.Error) ? 1 : 0;
        });
    }
}
