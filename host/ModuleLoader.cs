using System.Reflection;
using System.Runtime.Loader;
using EduAssist.Kernel.Provisions;
using EduAssist.Platform;

namespace EduAssist.Host;

/// <summary>
/// Loads the modules that the configuration names, from <c>modules/Name/EduAssist.Name.dll</c>, into the default load
/// context, so that a type has one identity in host, modules and tests.
/// </summary>
internal sealed class ModuleLoader(string root)
{
    internal IReadOnlyList<PolicyModule> Load(IReadOnlyList<string> names) =>
        names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new OperatorException($"配置中的模块 {twice.Key} 重复了 {twice.Count()} 次。")
            : WithRequired(names);

    /// <summary>Each module once, after those that it requires.</summary>
    private IReadOnlyList<PolicyModule> WithRequired(IReadOnlyList<string> names)
    {
        List<PolicyModule> loaded = [];
        foreach (var name in names)
            Add(name, $"配置了模块 {name}");
        return loaded;

        void Add(string name, string why)
        {
            if (loaded.Exists(m => m.Name == name))
                return;
            var module = Load(name, why);
            foreach (var required in module.Requires)
                Add(required, $"模块 {name} 需要模块 {required}");
            loaded.Add(module);
        }
    }

    private PolicyModule Load(string name, string why)
    {
        if (!Available().Contains(name))
            throw new OperatorException($"{why}，但 {root} 中没有；可用的模块：{string.Join("、", Available())}。");
        var assembly = Assembly(name, Path.GetFullPath(Path.Combine(root, name, $"EduAssist.{name}.dll")));
        if (assembly.GetCustomAttribute<BuiltAgainstAttribute>()?.Version is var version && version != Contract.Version)
            throw new OperatorException(
                $"模块 {name} 按契约第 {version?.ToString() ?? "?"} 版编译，本程序是第 {Contract.Version} 版；请用同一版本重新编译。"
            );
        return
            assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(PolicyModule)) && !t.IsAbstract).ToArray()
                is [var type]
            ? (PolicyModule)Activator.CreateInstance(type)!
            : throw new OperatorException($"模块 {name} 须恰好公开一个 PolicyModule 类型。");
    }

    private static Assembly Assembly(string name, string path)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        }
        catch (Exception refused) when (refused is BadImageFormatException or FileLoadException)
        {
            throw new OperatorException($"模块 {name} 无法加载：{path} 不是可用的程序集。");
        }
    }

    /// <summary>
    /// The names of the modules that are there. A configured name is compared with them and never made into a path, so
    /// <c>../x</c> loads nothing.
    /// </summary>
    private IReadOnlyList<string> Available() =>
        !Directory.Exists(root)
            ? []
            :
            [
                .. Directory
                    .EnumerateDirectories(root)
                    .Select(d => Path.GetFileName(d)!)
                    .Where(n => File.Exists(Path.Combine(root, n, $"EduAssist.{n}.dll")))
                    .Order(StringComparer.Ordinal),
            ];
}
