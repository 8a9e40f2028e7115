using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace EduAssist.Architecture;

/// <summary>What there is too much of, and may only become less. Every finder finds a planted fault, too.</summary>
public partial class RatchetTests
{
    private const int LongestLine = 120;

    [Fact]
    public void No_line_becomes_longer_than_120_characters()
    {
        Assert.Equal(1, LongLines($"{new string('x', LongestLine)}\n{new string('x', LongestLine + 1)}\r\n\n"));
        Holds("long-lines", Product.Sources, LongLines);
    }

    [Fact]
    public void Nothing_new_is_done_inside_of_the_process_with_objects_of_JSON()
    {
        Assert.Equal(2, OfJson("JsonObject Of(MyJsonObject other) => other[nameof(JsonNode)];"));
        Holds("json-objects", Product.Sources.Where(s => s.Key.Split('/')[0] is "modules" or "host"), OfJson);
    }

    [Fact]
    public void No_method_more_is_called_Of() =>
        Holds("methods-of", CalledOf, a =>
            a.MainModule.Types.First(t => t.IsClass)
                .Methods.Add(new("Of", MethodAttributes.Static, a.MainModule.TypeSystem.Void))
        );

    [Fact]
    public void No_type_more_is_public() =>
        Holds("public-types", OpenTypes, a =>
            a.MainModule.Types.Add(new("Planted", "Open", TypeAttributes.Public, a.MainModule.TypeSystem.Object))
        );

    /// <summary>In no assembly of ours: the order of its folders is the order in which they are understood.</summary>
    [Fact]
    public void No_folders_import_each_other()
    {
        Assert.NotEmpty(Product.Modules);
        foreach (var built in Product.Modules.Append(Product.Host))
        {
            using var assembly = built.Read();
            Assert.Empty(Named(assembly, assembly.Edges().OnCycles()));
            PlantCycle(assembly);
            Assert.NotEmpty(assembly.Edges().OnCycles());
        }
    }

    [Fact]
    public void A_cycle_of_three_folders_is_found_and_what_stands_beside_it_is_not()
    {
        IReadOnlyList<(string From, string To)> edges = [("a", "b"), ("b", "c"), ("c", "a"), ("x", "a"), ("c", "y")];
        Assert.Equal(edges.Take(3), edges.OnCycles());
        Assert.Empty(edges.Where(e => e.From != "c").ToList().OnCycles());
    }

    [Fact]
    public void A_list_that_is_exceeded_or_not_lowered_or_that_knows_not_a_place_is_a_fault()
    {
        var counts = new Dictionary<string, int> { ["modules/A.cs"] = 2, ["modules/B C.cs"] = 1 };
        var approved = Ratchet.Read(Ratchet.Written(counts));
        Assert.Empty(Ratchet.Faults(approved, counts));
        Assert.Equal(["modules/A.cs: 3, 2 are approved", "sum: 4, 3 are approved"], Faults("modules/A.cs", 3));
        Assert.Contains("modules/New.cs: 1, 0 are approved", Faults("modules/New.cs", 1));
        Assert.StartsWith("modules/A.cs: only 1 of 2 approved are left", Faults("modules/A.cs", 1).First());

        IEnumerable<string> Faults(string place, int now) =>
            Ratchet.Faults(approved, new Dictionary<string, int>(counts) { [place] = now });
    }

    private static void Holds(string name, IEnumerable<KeyValuePair<string, string>> sources, Func<string, int> count)
    {
        var counts = sources.ToDictionary(s => s.Key, s => count(s.Value), StringComparer.Ordinal);
        Assert.NotEmpty(counts);
        new Ratchet(name).Holds(counts.Where(c => c.Value > 0).ToDictionary(StringComparer.Ordinal));
    }

    private static void Holds(
        string name,
        Func<AssemblyDefinition, IEnumerable<string>> places,
        Action<AssemblyDefinition> plant
    )
    {
        List<string> found = [];
        foreach (var built in Product.Modules.Append(Product.Host))
        {
            using var assembly = built.Read();
            IReadOnlyList<string> there = [.. places(assembly)];
            found.AddRange(there);
            plant(assembly);
            Assert.True(places(assembly).Count() > there.Count, $"nothing new is found in {built.Name}");
        }

        Assert.NotEmpty(Product.Modules);
        new Ratchet(name).Holds(found.CountBy(f => f, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));
    }

    private static int LongLines(string text) => text.Split('\n').Count(l => l.TrimEnd('\r').Length > LongestLine);

    private static int OfJson(string text) => JsonObjects().Count(text);

    private static IEnumerable<string> CalledOf(AssemblyDefinition assembly) =>
        from type in assembly.MainModule.GetAllTypes()
        from method in type.Methods
        where method.Name is "Of" or "OfAsync"
        select type.FullName;

    private static IEnumerable<string> OpenTypes(AssemblyDefinition assembly) =>
        assembly.MainModule.Types.Where(t => t.IsPublic).Select(_ => assembly.Name.Name);

    internal static IEnumerable<string> Named(
        AssemblyDefinition assembly,
        IEnumerable<(string From, string To)> edges
    ) => edges.Select(e => $"{assembly.Name.Name}: {e.From} -> {e.To}");

    internal static void PlantCycle(AssemblyDefinition assembly)
    {
        var (module, space) = (assembly.MainModule, assembly.Name.Name);
        TypeDefinition one = new($"{space}.PlantedOne", "One", default, module.TypeSystem.Object);
        TypeDefinition other = new($"{space}.PlantedOther.Below", "Other", default, module.TypeSystem.Object);
        GenericInstanceType others = new(module.ImportReference(typeof(List<>))) { GenericArguments = { other } };
        one.Fields.Add(new("others", FieldAttributes.Private, others));
        other.Methods.Add(new("Back", MethodAttributes.Static, new ArrayType(one)));
        module.Types.Add(one);
        module.Types.Add(other);
    }

    [GeneratedRegex(@"\bJson(Object|Node)\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex JsonObjects();
}
