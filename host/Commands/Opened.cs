using EduAssist.Core;
using EduAssist.Core.Intakes;
using EduAssist.Core.Policy;
using EduAssist.Core.Storage;

namespace EduAssist.Host.Commands;

/// <summary>The instance's own database, opened and upgraded for one command.</summary>
internal sealed class Opened : IDisposable
{
    private Opened(Acts acts) => Acts = acts;

    internal Acts Acts { get; }

    internal Instance Instance => Acts.Instance;

    internal static async Task<Opened> Of(Startup startup)
    {
        var instance = startup.Compose();
        var database = startup.OpenDatabase(instance);
        database.Upgrade(instance.Today.Now, Console.Error.WriteLine);
        var acts = new Acts(instance, database);
        await acts.Begin();
        return new(acts);
    }

    /// <summary>The intake of a form, or one clear line.</summary>
    internal IIntake Intake(string form) => Instance.Catalogue.Intake(form)
        ?? throw new StartupException($"表单 {form} 不能导入导出；可以的有：{string.Join("、", Instance.Catalogue.Intakes.Select(i => i.Form.Id))}。");

    public void Dispose() => Acts.Dispose();
}
