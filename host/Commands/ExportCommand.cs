using System.CommandLine;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.ListImports;

namespace EduAssist.Host.Commands;

/// <summary><c>export</c>: a list of a form out of the database.</summary>
internal sealed class ExportCommand : Command
{
    private const string Unfinished = ".part";

    public ExportCommand(Startup startup)
        : base(
            "export",
            "导出名单（CSV、XLSX、NDJSON），不遮盖个人号码，并记入审计。例：export registry.students --filter \"school eq '鹿城中学' and grade eq '七年级'\" -o 七年级.xlsx"
        )
    {
        var form = new Argument<string>("form") { Description = "表单标识，如 registry.students" };
        var filter = new Option<string?>("--filter") { Description = "用 and 连接的“名称 eq '值'”；省略为全部" };
        var output = new Option<FileInfo>("--output", "-o") { Description = "结果文件，格式按扩展名", Required = true };
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var (demo, today) = (DemoOptions.Demo(), DemoOptions.Today());
        Add(form);
        foreach (var option in (Option[])[filter, output, json, demo, today])
            Add(option);
        SetAction(async parsed =>
        {
            var target = parsed.GetRequiredValue(output);
            var format = SpreadsheetFormats.FromFileName(target.Name);
            using var opened = await CommandDatabase.OpenAsync(startup, parsed.GetValue(demo), parsed.GetValue(today));
            var intake = opened.ListImport(parsed.GetRequiredValue(form));
            if (ExportFilter.Read(intake.Filters, parsed.GetValue(filter), out var chosen) is { } fault)
                throw new OperatorException($"--filter：{fault}");
            var values = await intake.ExportAsync(opened.Commands, Actor.Local, chosen)
                ?? throw new OperatorException($"《{intake.Form.Title}》不由您导出。");
            if (ExportFilter.Choosing(intake, values) is { } several)
                throw new OperatorException($"--filter：{several}");
            using (var file = ConsoleOutput.Create(target.FullName + Unfinished, ownersAlone: true))
                FormList.Write(intake.Form, values, file, format);
            // renamed when it is complete: the file is whole or not there
            File.Move(target.FullName + Unfinished, target.FullName, overwrite: true);
            var rows = values.Rows(intake.Form.List!.Name).Count;
            if (parsed.GetValue(json))
                ConsoleOutput.Json(
                    new
                    {
                        Form = intake.Form.Id,
                        Rows = rows,
                        File = target.FullName,
                    }
                );
            else
                Console.Out.WriteLine($"已导出 {rows} 行到 {target.FullName}");
        });
    }
}
