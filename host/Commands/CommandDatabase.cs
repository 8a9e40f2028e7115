using EduAssist.Data;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.ListImports;
using EduAssist.Platform;

namespace EduAssist.Host.Commands;

/// <summary>
/// The instance's own database or the demo's, opened and upgraded for one command; no command but serve and migrate
/// makes one.
/// </summary>
internal sealed class CommandDatabase : IDisposable
{
    private CommandDatabase(Instance instance, CommandExecutor commands) => (Instance, Commands) = (instance, commands);

    internal CommandExecutor Commands { get; }

    internal Instance Instance { get; }

    internal static async Task<CommandDatabase> OpenAsync(Startup startup, bool demo, string? today)
    {
        var database = There(startup, demo, today, out var instance);
        database.Upgrade(instance.Today.Now, Console.Error.WriteLine);
        var commands = new CommandExecutor(instance, database);
        await commands.PrepareDatabaseAsync(demo);
        return new(instance, commands);
    }

    /// <summary>An existing database, not opened yet; or one clear line why there is none.</summary>
    internal static Database There(Startup startup, bool demo, string? today, out Instance instance)
    {
        instance = startup.Compose(DemoClock.Parse(today, demo));
        var database = demo ? startup.OpenDemoDatabase(instance) : startup.OpenDatabase(instance);
        return database.DescribeMissing() is not { } absence
            ? database
            : throw new OperatorException(
                $"没有数据库：{absence}。{(demo ? "请先启动演示：serve --demo" : "serve 或 migrate 会建立它；数据在别处的，请换到那个文件夹，或者用配置项 Database、Data 指明；演示的数据库用 --demo")}。"
            );
    }

    /// <summary>The list import of a form, or one clear line.</summary>
    internal IListImport ListImport(string form) =>
        Instance.Catalogue.ListImport(form)
        ?? throw new OperatorException(
            $"表单 {form} 不能导入导出；可以的有：{string.Join("、", Instance.Catalogue.ListImports.Select(i => i.Form.Id))}。"
        );

    public void Dispose() => Commands.Dispose();
}
