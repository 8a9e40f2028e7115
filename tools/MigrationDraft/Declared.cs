using System.Reflection;
using EduAssist.Data;
using EduAssist.Kernel.Calendar;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.MigrationDraft;

/// <summary>Modules as they are declared, with a database that nobody connects to.</summary>
internal sealed class Declared
{
    internal const string Core = "Core";

    private readonly Instance instance;

    /// <summary>Modules, each behind those that it requires.</summary>
    internal Declared(params IEnumerable<PolicyModule> modules) =>
        instance = Instance.Compose(modules, _ => null, new HolidayFolder("").Table(), TimeProvider.System);

    /// <summary>A module, as its folder is called, with those that it requires; of Core alone, none.</summary>
    internal static Declared Load(string name)
    {
        List<PolicyModule> loaded = [];
        if (name != Core)
            Add(name);
        return new(loaded);

        void Add(string one)
        {
            if (loaded.Exists(m => m.Name == one))
                return;
            if (!Names.Contains(one))
                throw new FileNotFoundException($"There is no module {one}; there are {string.Join(", ", Names)}.");
            var module = Module(one);
            foreach (var required in module.Requires)
                Add(required);
            loaded.Add(module);
        }
    }

    /// <summary>Every module of the tree, and Core.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        Core,
        .. from said in typeof(Declared).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        where said.Value == "module"
        orderby said.Key
        select said.Key,
    ];

    /// <summary>The id of a module: what the names of its tables begin with.</summary>
    internal string IdOf(string name) =>
        name == Core
            ? instance.Tables[0].Module
            : instance.Catalogue.Modules.Single(m => m.Module.Name == name).Module.Id;

    /// <summary>Every migration that there is, in order; those of Core first.</summary>
    internal IReadOnlyList<(string Id, ModuleMigration Migration)> Migrations =>
        [.. instance.Tables.Select(t => t.Migrations).Distinct().SelectMany(Of)];

    /// <summary>The last migration of a module, and where the next one belongs; null: it has no tables.</summary>
    internal (string? Last, string Namespace)? Home(string module)
    {
        if (instance.Tables.FirstOrDefault(t => t.Module == module)?.Migrations is not { } assembly)
            return null;
        return (Of(assembly).Select(m => m.Id).LastOrDefault(), $"{assembly.GetName().Name}.Migrations");
    }

    /// <summary>The next migration of a module; null: it needs none.</summary>
    /// <param name="module">Its id.</param>
    /// <param name="heading">Of the migration.</param>
    /// <param name="except">The ids of those that are to be taken as not there.</param>
    internal string? Next(string module, Heading heading, params IReadOnlyList<string> except)
    {
        var nowhere = new Database(
            "Host=localhost;Database=none",
            Path.GetTempPath(),
            Convert.ToBase64String(new byte[32]),
            instance.Tables
        );
        using var db = nowhere.OpenUnfiltered();
        return Drafting.Next(
            db,
            module,
            Migrations.Where(m => !except.Contains(m.Id)).Select(m => m.Migration),
            heading
        );
    }

    private static IEnumerable<(string Id, ModuleMigration Migration)> Of(Assembly assembly) =>
        assembly
            .GetTypes()
            .Where(t => t.IsSubclassOf(typeof(ModuleMigration)) && !t.IsAbstract)
            .Select(t =>
                (t.GetCustomAttribute<MigrationAttribute>()!.Id, (ModuleMigration)Activator.CreateInstance(t)!)
            )
            .OrderBy(m => m.Item1, StringComparer.Ordinal);

    private static PolicyModule Module(string name) =>
        (PolicyModule)
            Activator.CreateInstance(
                Assembly
                    .Load($"EduAssist.{name}")
                    .GetExportedTypes()
                    .Single(t => t.IsSubclassOf(typeof(PolicyModule)) && !t.IsAbstract)
            )!;
}
