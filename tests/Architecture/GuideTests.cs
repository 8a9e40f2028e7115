using EduAssist.Conformance;
using Mono.Cecil;

namespace EduAssist.Architecture;

/// <summary>What the guide to a new region quotes of these tests is what they say of a planted fault.</summary>
public class GuideTests
{
    private const string Heading = "In the architecture tests";

    private static readonly Guide Guide = Guide.Read(Product.Root);

    private static readonly Dictionary<string, Func<IEnumerable<string>>> Planted = new(StringComparer.Ordinal)
    {
        ["a reference to another region"] = () => OfARegion(Beside, Reference("EduAssist.Liaoning")),
        ["a reference to the web server"] = () => OfARegion(Beside, Reference("EduAssist.Web")),
        ["a reference within Core in a forbidden direction"] = () =>
            Told(
                Product.Core.Single(c => c.Name == "Kernel"),
                a => a.ReferencesOfOurs(Product.Layers["Kernel"]),
                Reference("EduAssist.Office")
            ),
        ["a package of your own"] = () =>
            OfARegion(
                a => a.ReferencesBeyond("System", "EduAssist", "Autofac", "Microsoft.EntityFrameworkCore"),
                Reference("Newtonsoft.Json")
            ),
        ["folders that import each other"] = () =>
            Told(
                Product.Core.Single(c => c.Name == "Office"),
                a => RatchetTests.Named(a, a.Edges().OnCycles()),
                RatchetTests.PlantCycle
            ),
        ["a second public type"] = () =>
            OfARegion(
                a => a.PublicTypesBeside("EduAssist.Platform.PolicyModule"),
                a => a.MainModule.Types.Add(ArchitectureTests.Class(a, "Open", TypeAttributes.Public))
            ),
        ["a rule that reads the clock"] = () =>
            OfARegion(
                a => a.Calls(ArchitectureTests.Clocks),
                a => ArchitectureTests.Call(a, a.Name.Name, "System", "DateTime", "get_Now")
            ),
    };

    public static TheoryData<string> Faults => [.. Planted.Keys];

    [Fact]
    public void Every_message_that_is_quoted_has_a_planted_fault() =>
        Assert.Equal(
            Planted.Keys.Order(StringComparer.Ordinal),
            Guide.ToldUnder(Heading).Keys.Order(StringComparer.Ordinal)
        );

    [Theory, MemberData(nameof(Faults))]
    public void What_the_tests_say_is_quoted(string fault) =>
        Assert.Contains(Planted[fault](), said => Guide.Quotes(Guide.ToldUnder(Heading)[fault], said));

    private static IEnumerable<string> Beside(AssemblyDefinition assembly) =>
        assembly.ReferencesOfOurs([.. Product.Layers.Keys, "Ui"]);

    private static Action<AssemblyDefinition> Reference(string name) => ArchitectureTests.Reference(name);

    private static IReadOnlyList<string> OfARegion(
        Func<AssemblyDefinition, IEnumerable<string>> rule,
        Action<AssemblyDefinition> plant
    ) => Told(Product.Jurisdictions.Single(j => j.Name == "Chuxiong"), rule, plant);

    private static IReadOnlyList<string> Told(
        Built built,
        Func<AssemblyDefinition, IEnumerable<string>> rule,
        Action<AssemblyDefinition> plant
    )
    {
        using var assembly = built.Read();
        Assert.Empty(rule(assembly));
        plant(assembly);
        return [.. rule(assembly)];
    }
}
