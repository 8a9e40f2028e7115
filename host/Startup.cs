using System.Security.Cryptography;
using System.Text.Json;
using EduAssist.Data;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Platform;

namespace EduAssist.Host;

/// <summary>From configuration to an instance.</summary>
internal sealed class Startup
{
    /// <summary>
    /// What came with the program; then the settings of this place; then the environment (<c>EDUASSIST_Modules=…</c>).
    /// </summary>
    internal IConfigurationRoot Configuration { get; } = Read();

    internal HolidayFolder Holidays => new(Path.Combine(DataFolder, "holidays"));

    /// <summary>The instance that the configuration describes.</summary>
    /// <param name="clock">A fixed day of the demo; null: the system's clock.</param>
    internal Instance Compose(TimeProvider? clock = null)
    {
        var names = Names();
        var modules = new ModuleLoader(
            Configuration["ModulesFolder"] ?? Path.Combine(AppContext.BaseDirectory, "modules")
        ).Load(names);
        var instance = Instance.Compose(
            modules,
            key => Configuration[key],
            Holidays.Table(),
            clock ?? TimeProvider.System
        );
        CheckSettings(names, instance);
        return instance;
    }

    /// <summary>Where the instance stores: a file in the data folder, or what <c>Database</c> says.</summary>
    internal Database OpenDatabase(Instance instance) =>
        new(
            Configuration["Database"] ?? Path.Combine(DataFolder, "eduassist.db"),
            DataFolder,
            Configuration["MasterKey"],
            instance.Tables
        );

    /// <summary>
    /// Where the demo stores: a file of its own in the working directory, or what <c>Database</c> says. Its master key
    /// is no secret, since everything in it is invented.
    /// </summary>
    internal Database OpenDemoDatabase(Instance instance) =>
        new(
            Configuration["Database"] ?? "eduassist-demo.db",
            DataFolder,
            Convert.ToBase64String(SHA256.HashData("EduAssist demo"u8)),
            instance.Tables
        )
        {
            KeepsHeadOutside = false,
        };

    private string DataFolder => Configuration["Data"] ?? "data";

    private static IConfigurationRoot Read()
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
                .AddJsonFile(Path.GetFullPath("appsettings.local.json"), optional: true)
                .AddEnvironmentVariables("EDUASSIST_")
                .Build();
        }
        catch (InvalidDataException malformed)
        {
            var line = (malformed.GetBaseException() as JsonException)?.LineNumber;
            throw new OperatorException(
                $"配置文件无法读取：appsettings.local.json 不是合法的 JSON{(line is null ? "" : $"，第 {line + 1} 行附近有误")}。",
                malformed
            );
        }
    }

    /// <summary>A list, or one text with commas, which is easier to give in an environment.</summary>
    private string[] Names() =>
        Configuration["Modules"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        ?? Configuration.GetSection("Modules").Get<string[]>()
        ?? [];

    /// <summary>
    /// Refuses unknown settings in a module's section, which holds switches of interpretations and nothing else: a
    /// misspelt switch would silently change nothing.
    /// </summary>
    private void CheckSettings(IEnumerable<string> modules, Instance instance)
    {
        var known = instance
            .Catalogue.Interpretations.Select(i => i.Switch)
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var sections = modules
            .Concat(instance.Catalogue.Modules.Select(m => m.Module.Id))
            .Distinct(StringComparer.OrdinalIgnoreCase);
        var unknown = sections
            .SelectMany(m => Configuration.GetSection(m).AsEnumerable())
            .Where(s => s.Value is not null && !known.Contains(s.Key))
            .ToList();
        if (unknown.Count > 0)
            throw new OperatorException(
                unknown.Select(s =>
                    $"不认识的配置项 {s.Key}；可用：{string.Join("、", known.Order(StringComparer.Ordinal))}。"
                )
            );
    }
}
