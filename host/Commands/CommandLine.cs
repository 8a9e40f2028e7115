using System.CommandLine;

namespace EduAssist.Host.Commands;

/// <summary>The command line: every command of this assembly is found, nobody lists them.</summary>
internal static class CommandLine
{
    /// <summary>The root with all of them; alone it is <c>serve</c>, which is therefore told first.</summary>
    internal static RootCommand Compose(Startup startup)
    {
        using var services = new ServiceCollection()
            .AddSingleton(startup)
            .Scan(found =>
                found
                    .FromAssemblyOf<ServeCommand>()
                    .AddClasses(c => c.AssignableTo<Command>(), publicOnly: false)
                    .As<Command>()
                    .WithSingletonLifetime()
            )
            .BuildServiceProvider();
        var commands = services.GetServices<Command>().ToList();
        var serve = commands.OfType<ServeCommand>().Single();
        var root = new RootCommand("EduAssist：义务教育控辍保学与职教班。不带命令即 serve。");
        foreach (var command in commands.OrderBy(c => c != serve).ThenBy(c => c.Name, StringComparer.Ordinal))
            root.Add(command);
        foreach (var option in serve.Options)
            root.Add(option);
        root.Action = serve.Action;
        HelpText.Use(root);
        return root;
    }
}
