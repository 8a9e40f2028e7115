using System.Reflection;
using System.Xml.Linq;
using Mono.Cecil;

namespace EduAssist.Architecture;

/// <summary>A project of the product, and the assembly that was built of it.</summary>
internal sealed record Built(string Name, XElement Project, string Path)
{
    /// <summary>A copy in memory, to be judged, or to have a fault planted in it.</summary>
    internal AssemblyDefinition Read() => AssemblyDefinition.ReadAssembly(Path);
}

/// <summary>The product as it stands in the tree, discovered: a new module is guarded from its first build.</summary>
internal static class Product
{
    private static readonly string[] Platform = ["Core", "Web", "Ui", "OData"];

    internal static string Root { get; } = Said("Root");

    internal static IReadOnlyList<Built> Modules { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "modules"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Module)];

    internal static IReadOnlyList<Built> Jurisdictions { get; } = [.. Modules.Where(m => !Platform.Contains(m.Name))];

    internal static Built Core => Modules.Single(m => m.Name == "Core");

    internal static Built Ui => Modules.Single(m => m.Name == "Ui");

    internal static Built Web => Modules.Single(m => m.Name == "Web");

    internal static Built OData => Modules.Single(m => m.Name == "OData");

    internal static Built Host { get; } = new("Host", XElement.Load(Path.Combine(Root, "host", "Host.csproj")), Said("Host"));

    /// <summary>The test projects but this one, and what they share.</summary>
    internal static IReadOnlyList<Built> Tests { get; } =
        [.. Said("Tests").Split('|').Select(path => new Built(Path.GetFileNameWithoutExtension(path)["EduAssist.".Length..], new("Project"), path))];

    /// <summary>The files in which the host could name a module; its settings are where it may.</summary>
    internal static IReadOnlyDictionary<string, string> HostSources { get; } =
        Directory.EnumerateFiles(Path.Combine(Root, "host"), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".csproj" or ".targets" or ".props" && !Path.GetRelativePath(Root, f).Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any())
            .ToDictionary(f => Path.GetRelativePath(Root, f), File.ReadAllText);

    private static Built Module(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var file = $"EduAssist.{name}.dll";
        var output = Path.GetDirectoryName(Said("Host"))!;
        return new(name, XElement.Load(project), Platform.Contains(name) ? Path.Combine(output, file) : Path.Combine(output, "modules", name, file));
    }

    private static string Said(string what) => typeof(Product).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == what).Value!;
}
