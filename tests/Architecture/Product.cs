using System.Reflection;
using System.Xml.Linq;
using Mono.Cecil;

namespace EduAssist.Architecture;

/// <summary>A project of the product, and the assembly that was built of it.</summary>
internal sealed record Built(string Name, XElement Project, string Path)
{
    /// <summary>A copy in memory, to be judged, or to have a fault planted in it and be written.</summary>
    internal AssemblyDefinition Read()
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(System.IO.Path.GetDirectoryName(Product.Host.Path));
        return AssemblyDefinition.ReadAssembly(Path, new() { AssemblyResolver = resolver });
    }
}

/// <summary>The product as it stands in the tree, discovered: a new module is guarded from its first build.</summary>
internal static class Product
{
    /// <summary>Core's projects, from the bottom, each with those that it may know.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Layers = new Dictionary<string, string[]>(
        StringComparer.Ordinal
    )
    {
        ["Kernel"] = [],
        ["Documents"] = ["Kernel"],
        ["Data"] = ["Kernel"],
        ["Office"] = ["Kernel", "Documents", "Data"],
        ["Platform"] = ["Kernel", "Documents", "Data", "Office"],
    };

    private static readonly string[] Platform = [.. Layers.Keys, "Web", "Ui", "OData"];
    private static readonly string[] Code = [".cs", ".razor", ".css", ".js", ".mjs", ".csproj", ".props", ".targets"];

    internal static string Root { get; } = Said("Root");

    internal static IReadOnlyList<Built> Modules { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Root, "modules"), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(Module),
    ];

    internal static IReadOnlyList<Built> Jurisdictions { get; } = [.. Modules.Where(m => !Platform.Contains(m.Name))];

    internal static IReadOnlyList<Built> Core => [.. Modules.Where(m => Layers.ContainsKey(m.Name))];

    internal static Built Ui => Modules.Single(m => m.Name == "Ui");

    internal static Built Web => Modules.Single(m => m.Name == "Web");

    internal static Built OData => Modules.Single(m => m.Name == "OData");

    internal static Built Host { get; } =
        new("Host", XElement.Load(Path.Combine(Root, "host", "Host.csproj")), Said("Host"));

    /// <summary>The test projects but this one, and what they share.</summary>
    internal static IReadOnlyList<Built> Tests { get; } =
    [
        .. Said("Tests")
            .Split('|')
            .Select(path => new Built(
                Path.GetFileNameWithoutExtension(path)["EduAssist.".Length..],
                new("Project"),
                path
            )),
    ];

    /// <summary>The code that somebody wrote, by its path from the root; nothing that is built or fetched.</summary>
    internal static IReadOnlyDictionary<string, string> Sources { get; } =
        Written(Root).ToDictionary(f => Path.GetRelativePath(Root, f), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>The files in which the host could name a module; its settings are where it may.</summary>
    internal static IReadOnlyDictionary<string, string> HostSources { get; } =
        Sources.Where(s => s.Key.StartsWith("host/", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);

    private static IEnumerable<string> Written(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Where(f => Code.Contains(Path.GetExtension(f)))
            .Concat(
                Directory
                    .EnumerateDirectories(folder)
                    .Where(d => Path.GetFileName(d) is not ("bin" or "obj" or "node_modules" or ['.', ..]))
                    .SelectMany(Written)
            );

    private static Built Module(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var file = $"EduAssist.{name}.dll";
        var output = Path.GetDirectoryName(Said("Host"))!;
        return new(
            name,
            XElement.Load(project),
            Platform.Contains(name) ? Path.Combine(output, file) : Path.Combine(output, "modules", name, file)
        );
    }

    private static string Said(string what) =>
        typeof(Product).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == what).Value!;
}
