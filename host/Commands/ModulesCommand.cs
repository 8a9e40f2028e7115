using System.CommandLine;
using EduAssist.Web.Api;

namespace EduAssist.Host.Commands;

/// <summary><c>modules</c>: what is loaded.</summary>
internal sealed class ModulesCommand : Command
{
    public ModulesCommand(Startup startup)
        : base("modules", "列出已加载的模块：标识、名称、版本、地区、文件、项目。例：modules --json")
    {
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        Add(json);
        SetAction(parsed =>
        {
            var modules = startup.Compose().Catalogue.Modules.Select(CatalogueApi.ModuleView.From).ToList();
            if (parsed.GetValue(json))
                ConsoleOutput.Json(modules);
            else
                ConsoleOutput.Table(
                    "模块",
                    ["标识", "名称", "版本", "地区", "文件", "项目"],
                    modules.Select(m =>
                        (string[])
                            [
                                m.Id,
                                m.Name,
                                m.Version,
                                m.Jurisdiction ?? "",
                                string.Join('\n', m.Documents),
                                string.Join('\n', m.Programmes),
                            ]
                    )
                );
        });
    }
}
