using System.Xml.Linq;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using NetArchTest.Rules;

namespace EduAssist.Architecture;

/// <summary>What is asked of an assembly or a project. Each says its faults; none is said where all is well.</summary>
internal static class Rules
{
    internal static IEnumerable<string> ReferencesOfOurs(this AssemblyDefinition assembly, params string[] allowed) =>
        assembly
            .References()
            .Where(r =>
                r.StartsWith("EduAssist.", StringComparison.Ordinal) && !allowed.Contains(r["EduAssist.".Length..])
            )
            .Says(assembly, "references");

    internal static IEnumerable<string> ReferencesBeyond(this AssemblyDefinition assembly, params string[] prefixes) =>
        assembly
            .References()
            .Where(r => !prefixes.Any(p => r == p || r.StartsWith(p + ".", StringComparison.Ordinal)))
            .Says(assembly, "references");

    internal static IEnumerable<string> ReferencesTo(
        this AssemblyDefinition assembly,
        params IEnumerable<string> prefixes
    ) =>
        assembly
            .References()
            .Where(r => prefixes.Any(p => r == p || r.StartsWith(p + ".", StringComparison.Ordinal)))
            .Says(assembly, "references");

    /// <summary>Calls of members whose full names contain one of the words.</summary>
    internal static IEnumerable<string> Calls(this AssemblyDefinition assembly, params string[] words) =>
        from type in assembly.MainModule.GetAllTypes()
        from method in type.Methods.Where(m => m.HasBody)
        from called in method.Body.Instructions.Select(i => i.Operand).OfType<MemberReference>()
        where words.Any(w => called.FullName.Contains(w, StringComparison.Ordinal))
        select $"{type.FullName} calls {called.FullName}";

    internal static IEnumerable<string> PublicTypesBeside(this AssemblyDefinition assembly, string derivedFrom)
    {
        var open = assembly.MainModule.Types.Where(t => t.IsPublic).ToList();
        return open.Count == 1 && open[0].BaseType?.FullName == derivedFrom
            ? []
            : open.Select(t => t.FullName).DefaultIfEmpty("nothing").Says(assembly, "opens");
    }

    internal static IEnumerable<string> Packages(this XElement project, params string[] elements) =>
        project
            .Descendants()
            .Where(e => elements.Contains(e.Name.LocalName))
            .Select(e => $"{e.Name.LocalName} {(string?)e.Attribute("Include")}");

    /// <summary>
    /// The projects of ours that a project references to compile against, and whose assemblies its own never names.
    /// </summary>
    internal static IEnumerable<string> UnusedReferences(this AssemblyDefinition assembly, XElement project) =>
        project
            .LinkedProjects()
            .Where(name => !assembly.References().Contains($"EduAssist.{name}"))
            .Says(assembly, "does not use");

    internal static IEnumerable<string> LinkedProjects(this XElement project) =>
        project
            .Descendants("ProjectReference")
            .Where(r => (string?)r.Attribute("ReferenceOutputAssembly") != "false")
            .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!));

    internal static IEnumerable<string> Naming(
        this IReadOnlyDictionary<string, string> sources,
        IEnumerable<string> names
    ) =>
        sources.SelectMany(s =>
            names.Where(n => s.Value.Contains(n, StringComparison.OrdinalIgnoreCase)).Select(n => $"{s.Key} names {n}")
        );

    /// <summary>Where a test is skipped: in a fixture, xunit counts all its tests as failed.</summary>
    internal static IEnumerable<string> SkipsOutsideOfTests(this AssemblyDefinition assembly) =>
        assembly
            .MainModule.GetAllTypes()
            .Where(t => t.BaseType?.FullName != "Xunit.v3.BeforeAfterTestAttribute")
            .SelectMany(t => t.Methods)
            .Where(m =>
                m.HasBody
                && m.Body.Instructions.Any(i =>
                    i.Operand is MethodReference { DeclaringType.FullName: "Xunit.Assert" } asserted
                    && asserted.Name.StartsWith("Skip", StringComparison.Ordinal)
                )
            )
            .Where(m => !m.BelongsToTest())
            .Select(m => m.FullName)
            .Says(assembly, "skips in");

    /// <summary>
    /// A test, or what the compiler made of a part of it: <c>&lt;Test&gt;d__1</c>, <c>&lt;Test&gt;b__0</c>.
    /// </summary>
    private static bool BelongsToTest(this MethodDefinition method)
    {
        var (name, type) = (method.Name, method.DeclaringType);
        for (; type.Name.StartsWith('<'); type = type.DeclaringType)
            if (!name.StartsWith('<'))
                name = type.Name;
        if (name.StartsWith('<'))
            name = name[1..name.IndexOf('>', StringComparison.Ordinal)];
        return type.Methods.Any(m =>
            m.Name == name
            && m.CustomAttributes.Any(a => a.AttributeType.FullName is "Xunit.FactAttribute" or "Xunit.TheoryAttribute")
        );
    }

    private static IEnumerable<string> References(this AssemblyDefinition assembly) =>
        assembly.MainModule.AssemblyReferences.Select(r => r.Name);

    private static IEnumerable<string> Says(this IEnumerable<string> what, AssemblyDefinition assembly, string verb) =>
        what.Select(w => $"{assembly.Name.Name} {verb} {w}");

    internal static TypeDefinition Outermost(this TypeDefinition type) =>
        type.DeclaringType is { } outer ? outer.Outermost() : type;
}

/// <summary>
/// A class that nothing in its assembly is derived from; what is open for a class of its own assembly is meant to be.
/// The classes of Razor components are written by a generator, which does not seal them.
/// </summary>
internal sealed class IsLeaf : ICustomRule
{
    private const string Component = "Microsoft.AspNetCore.Components.ComponentBase";

    public bool MeetsRule(TypeDefinition type) =>
        type.BaseType?.FullName != Component && type.Name != "_Imports" && !Derived.Contains(type.FullName);

    /// <summary>What anything of the product derives from.</summary>
    private static IReadOnlySet<string> Derived { get; } =
        Product
            .Modules.Append(Product.Host)
            .SelectMany(built =>
            {
                using var assembly = built.Read();
                return assembly
                    .MainModule.GetAllTypes()
                    .Select(t => t.BaseType?.GetElementType().FullName ?? "")
                    .ToList();
            })
            .ToHashSet(StringComparer.Ordinal);
}
