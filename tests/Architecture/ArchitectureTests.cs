using System.Xml.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NetArchTest.Rules;

namespace EduAssist.Architecture;

/// <summary>
/// Who may know whom. Every rule is asked of all that was discovered, and of a copy of each with a planted fault, which
/// it must catch.
/// </summary>
public class ArchitectureTests
{
    internal static readonly string[] Clocks =
    [
        "System.DateTime::get_Now",
        "System.DateTime::get_UtcNow",
        "System.DateTime::get_Today",
        "System.DateTimeOffset::get_Now",
        "System.DateTimeOffset::get_UtcNow",
        "System.TimeProvider",
        "System.Diagnostics.Stopwatch",
        "System.Environment::get_TickCount",
    ];

    public static TheoryData<string> EveryClock =>
        [.. Clocks.Where(c => c.Contains("::get_", StringComparison.Ordinal))];

    [Fact]
    public void Modules_are_found_and_jurisdictions_among_them()
    {
        Assert.Equal(
            Product.Layers.Keys.Order(StringComparer.Ordinal),
            Product.Core.Select(m => m.Name).Order(StringComparer.Ordinal)
        );
        Assert.Contains("Chuxiong", Product.Jurisdictions.Select(m => m.Name));
        Assert.All(Product.Modules.Append(Product.Host), m => Assert.True(File.Exists(m.Path), m.Path));
    }

    [Theory]
    [InlineData("Web")]
    [InlineData("Host")]
    [InlineData("OData")]
    [InlineData("Liaoning")]
    public void A_jurisdiction_knows_only_Core_and_Ui(string other) =>
        Holds(
            Product.Jurisdictions,
            a => a.ReferencesOfOurs([.. Product.Layers.Keys, "Ui"]),
            Reference($"EduAssist.{other}")
        );

    [Theory]
    [InlineData("CsvHelper")]
    [InlineData("ExcelDataReader")]
    [InlineData("DocumentFormat.OpenXml")]
    [InlineData("Npgsql")]
    [InlineData("Newtonsoft.Json")]
    public void A_jurisdiction_compiles_against_the_framework_and_Core_alone(string package) =>
        Holds(
            Product.Jurisdictions,
            a => a.ReferencesBeyond("System", "netstandard", "EduAssist", "Autofac", "Microsoft.EntityFrameworkCore"),
            Reference(package)
        );

    [Fact]
    public void What_Core_keeps_to_itself_no_jurisdiction_compiles_against()
    {
        var kept = Product
            .Core.SelectMany(c => c.Project.Descendants("PackageReference"))
            .Where(p => (string?)p.Attribute("PrivateAssets") == "compile")
            .Select(p => (string)p.Attribute("Include")!)
            .ToList();
        Assert.NotEmpty(kept);
        foreach (var package in kept)
            Holds(Product.Jurisdictions, a => a.ReferencesTo(kept), Reference(package));
    }

    public static TheoryData<string, string> EveryForbiddenReference =>
        [
            .. from layer in Product.Layers
            from other in Product.Layers.Keys.Append("Web").Append("Chuxiong").Except([layer.Key, .. layer.Value])
            select (layer.Key, other),
        ];

    /// <summary>
    /// Upwards it does not compile, as projects cannot refer to each other in a circle; sideways it would.
    /// </summary>
    [Theory]
    [MemberData(nameof(EveryForbiddenReference))]
    public void A_project_of_Core_knows_those_beneath_it_only(string project, string other) =>
        Holds(
            [Product.Core.Single(c => c.Name == project)],
            a => a.ReferencesOfOurs(Product.Layers[project]),
            Reference($"EduAssist.{other}")
        );

    [Theory]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Microsoft.AspNetCore.Http.Abstractions")]
    public void Core_knows_nothing_of_the_web(string other) =>
        Holds(Product.Core, a => a.ReferencesTo("Microsoft.AspNetCore"), Reference(other));

    [Theory]
    [InlineData("Kernel")]
    [InlineData("Documents")]
    public void No_rule_and_no_form_knows_a_database(string project) =>
        Depends(
            [Product.Core.Single(c => c.Name == project)],
            types => types.ShouldNot().HaveDependencyOn("Microsoft.EntityFrameworkCore"),
            a => Call(a, a.Name.Name, "Microsoft.EntityFrameworkCore", "DbContext", "SaveChanges")
        );

    [Theory]
    [InlineData("EduAssist.Chuxiong")]
    [InlineData("EduAssist.OData")]
    [InlineData("EduAssist.Host")]
    public void Web_knows_Core_and_Ui_only(string other) =>
        Holds([Product.Web], a => a.ReferencesOfOurs([.. Product.Layers.Keys, "Ui"]), Reference(other));

    [Theory]
    [InlineData("EduAssist.Chuxiong")]
    [InlineData("EduAssist.Web")]
    [InlineData("EduAssist.Host")]
    public void OData_knows_Core_only(string other) =>
        Holds([Product.OData], a => a.ReferencesOfOurs([.. Product.Layers.Keys]), Reference(other));

    [Theory]
    [InlineData("EduAssist.Office.Registry", "Student")]
    [InlineData("EduAssist.Office.Cases", "Case")]
    [InlineData("EduAssist.Documents.Forms", "IForm")]
    [InlineData("EduAssist.Kernel.Provisions", "Provision")]
    public void OData_knows_nothing_of_education(string space, string type) =>
        Depends(
            [Product.OData],
            types =>
                types
                    .ShouldNot()
                    .HaveDependencyOnAny(
                        "EduAssist.Kernel.Registry",
                        "EduAssist.Office.Registry",
                        "EduAssist.Office.Cases",
                        "EduAssist.Documents.Forms",
                        "EduAssist.Kernel.Indicators",
                        "EduAssist.Office.Indicators",
                        "EduAssist.Kernel.Provisions.Provision",
                        "EduAssist.National"
                    ),
            a => Call(a, "EduAssist.OData", space, type, "get_Name")
        );

    [Theory]
    [InlineData("EduAssist.Web")]
    [InlineData("EduAssist.Chuxiong")]
    public void Ui_knows_Core_only(string other) =>
        Holds([Product.Ui], a => a.ReferencesOfOurs([.. Product.Layers.Keys]), Reference(other));

    [Theory]
    [InlineData("RouteAttribute")]
    [InlineData("InjectAttribute")]
    public void Ui_has_no_routes_and_asks_for_no_services(string attribute) =>
        Depends(
            [Product.Ui],
            types =>
                types
                    .ShouldNot()
                    .HaveDependencyOnAny(
                        "Microsoft.AspNetCore.Components.RouteAttribute",
                        "Microsoft.AspNetCore.Components.InjectAttribute"
                    ),
            a => Call(a, a.Name.Name, "Microsoft.AspNetCore.Components", attribute, ".ctor")
        );

    [Fact]
    public void The_host_knows_the_platform_only() =>
        Holds(
            [Product.Host],
            a => a.ReferencesOfOurs([.. Product.Layers.Keys, "OData", "Web"]),
            Reference("EduAssist.Chuxiong")
        );

    [Fact]
    public void The_host_names_no_jurisdiction()
    {
        // the baseline is nobody's region: examples of commands name it
        IReadOnlyList<string> names = [.. Product.Jurisdictions.Select(j => j.Name).Where(n => n != "National")];
        Assert.NotEmpty(names);
        Assert.Contains("host/Host.csproj", Product.HostSources.Keys);
        Assert.Contains("host/Program.cs", Product.HostSources.Keys);
        Assert.Empty(Product.HostSources.Naming(names));
        foreach (var name in names)
            Assert.NotEmpty(
                new Dictionary<string, string>(Product.HostSources)
                {
                    ["host/Planted.cs"] = $"// {name.ToLowerInvariant()}",
                }.Naming(names)
            );
    }

    [Fact]
    public void A_jurisdiction_opens_its_module_and_nothing_else()
    {
        Holds(
            Product.Jurisdictions,
            a => a.PublicTypesBeside("EduAssist.Platform.PolicyModule"),
            a => a.MainModule.Types.Add(Class(a, "Open", TypeAttributes.Public | TypeAttributes.Sealed))
        );
        Holds(
            Product.Jurisdictions,
            a => a.PublicTypesBeside("EduAssist.Platform.PolicyModule"),
            a => a.MainModule.Types.Single(t => t.IsPublic).BaseType = a.MainModule.TypeSystem.Object
        );
        Holds(
            Product.Jurisdictions,
            a => a.PublicTypesBeside("EduAssist.Platform.PolicyModule"),
            a => a.MainModule.Types.Single(t => t.IsPublic).IsNotPublic = true
        );
    }

    [Fact]
    public void Classes_are_sealed() =>
        Depends(
            [.. Product.Modules, Product.Host],
            types =>
                types
                    .That()
                    .ResideInNamespace("EduAssist")
                    .And()
                    .AreClasses()
                    .And()
                    .AreNotAbstract()
                    .And()
                    .MeetCustomRule(new IsLeaf())
                    .Should()
                    .BeSealed(),
            a => a.MainModule.Types.Add(Class(a, "Unsealed", TypeAttributes.NotPublic))
        );

    [Theory]
    [MemberData(nameof(EveryClock))]
    public void No_rule_reads_a_clock(string clock)
    {
        var (name, member) = (clock.Split("::")[0], clock.Split("::")[1]);
        var (space, type) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);
        Holds(Product.Jurisdictions, a => a.Calls(Clocks), a => Call(a, a.Name.Name, space, type, member));
    }

    [Fact]
    public void No_jurisdiction_reads_what_no_reader_sees() =>
        Holds(
            Product.Jurisdictions,
            a => a.Calls("EduAssist.Data.Database::OpenUnfiltered"),
            a => Call(a, a.Name.Name, "EduAssist.Data", "Database", "OpenUnfiltered")
        );

    [Theory]
    [InlineData("System.IO", "File", "ReadAllText")]
    [InlineData("System.Net.Http", "HttpClient", "Send")]
    [InlineData("System", "TimeProvider", "get_System")]
    public void No_rule_reads_files_networks_or_the_system_s_time(string space, string type, string member) =>
        Depends(
            Product.Jurisdictions,
            types => types.ShouldNot().HaveDependencyOnAny("System.IO", "System.Net", "System.TimeProvider"),
            a => Call(a, a.Name.Name, space, type, member)
        );

    [Theory]
    [InlineData("PackageReference")]
    [InlineData("ProjectReference")]
    [InlineData("Reference")]
    [InlineData("FrameworkReference")]
    public void A_jurisdiction_s_project_has_nothing_to_say(string element)
    {
        Assert.NotEmpty(Product.Jurisdictions);
        foreach (var jurisdiction in Product.Jurisdictions)
        {
            Assert.Empty(Said(jurisdiction.Project));
            Assert.NotEmpty(
                Said(
                    new(
                        jurisdiction.Project.Name,
                        jurisdiction.Project.Elements(),
                        new XElement("ItemGroup", new XElement(element, new XAttribute("Include", "Anything")))
                    )
                )
            );
        }

        static IEnumerable<string> Said(XElement project) =>
            project
                .Packages("PackageReference", "ProjectReference", "Reference", "FrameworkReference")
                .Where(p => p != "ProjectReference ../Ui/Ui.csproj");
    }

    [Theory]
    [InlineData("Skip")]
    [InlineData("SkipUnless")]
    [InlineData("SkipWhen")]
    public void No_fixture_skips(string method)
    {
        Assert.Equal(
            Directory
                .EnumerateFiles(Path.Combine(Product.Root, "tests"), "*.Tests.csproj", SearchOption.AllDirectories)
                .Count(),
            Product.Tests.Count(t => t.Name.EndsWith(".Tests", StringComparison.Ordinal)) + 1
        );
        Holds(Product.Tests, a => a.SkipsOutsideOfTests(), a => Call(a, a.Name.Name, "Xunit", "Assert", method));
    }

    [Fact]
    public void A_test_itself_may_skip() => Assert.Contains(Product.Tests, tests =>
        {
            using var assembly = tests.Read();
            return assembly.Calls("Xunit.Assert::Skip").Any();
        });

    [Fact]
    public void What_a_project_references_its_assembly_uses()
    {
        Assert.NotEmpty(Product.Web.Project.LinkedProjects());
        Assert.NotEmpty(Product.Host.Project.LinkedProjects());
        foreach (var built in Product.Modules.Append(Product.Host))
            Holds(
                [built],
                a => a.UnusedReferences(built.Project),
                null,
                a =>
                    a.UnusedReferences(
                        new(
                            "Project",
                            built.Project.Elements(),
                            new XElement("ProjectReference", new XAttribute("Include", "../Unused/Unused.csproj"))
                        )
                    )
            );
        Holds(
            Product.Jurisdictions,
            a => a.UnusedReferences(XElement.Load(Path.Combine(Product.Root, "modules", "Jurisdiction.props"))),
            a => a.MainModule.AssemblyReferences.Clear()
        );
    }

    private static void Holds(
        IReadOnlyList<Built> guarded,
        Func<AssemblyDefinition, IEnumerable<string>> rule,
        Action<AssemblyDefinition>? plant,
        Func<AssemblyDefinition, IEnumerable<string>>? ruleOfFault = null
    )
    {
        Assert.NotEmpty(guarded);
        foreach (var built in guarded)
        {
            using var assembly = built.Read();
            Assert.Empty(rule(assembly));
            plant?.Invoke(assembly);
            Assert.NotEmpty((ruleOfFault ?? rule)(assembly));
        }
    }

    /// <summary>The same for rules of dependencies and of kinds of types, which read files.</summary>
    private static void Depends(
        IReadOnlyList<Built> guarded,
        Func<Types, ConditionList> rule,
        Action<AssemblyDefinition> plant
    )
    {
        Assert.NotEmpty(guarded);
        foreach (var built in guarded)
        {
            Assert.Empty(rule(Types.FromFile(built.Path)).GetResult().FailingTypeNames ?? []);
            var folder = Directory.CreateTempSubdirectory();
            try
            {
                var planted = Path.Combine(folder.FullName, Path.GetFileName(built.Path));
                using (var assembly = built.Read())
                {
                    plant(assembly);
                    assembly.Write(planted);
                }

                Assert.NotEmpty(rule(Types.FromFile(planted)).GetResult().FailingTypeNames ?? []);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    internal static Action<AssemblyDefinition> Reference(string name) =>
        assembly => assembly.MainModule.AssemblyReferences.Add(new(name, new(1, 0)));

    internal static TypeDefinition Class(
        AssemblyDefinition assembly,
        string name,
        TypeAttributes attributes,
        string? space = null
    ) =>
        new(
            space ?? assembly.Name.Name,
            name,
            attributes | TypeAttributes.Class,
            assembly.MainModule.TypeSystem.Object
        );

    /// <summary>Plants a class with a method that calls a member of a type.</summary>
    internal static void Call(
        AssemblyDefinition assembly,
        string space,
        string calledSpace,
        string calledType,
        string member
    )
    {
        var module = assembly.MainModule;
        var method = new MethodDefinition(
            "Planted",
            MethodAttributes.Static | MethodAttributes.Assembly,
            module.TypeSystem.Void
        );
        var anywhere = new AssemblyNameReference("Anywhere", new(1, 0));
        module.AssemblyReferences.Add(anywhere);
        var called = new TypeReference(calledSpace, calledType, module, anywhere);
        var call = new MethodReference(member, module.TypeSystem.Void, called);
        method.Body.Instructions.Add(Instruction.Create(OpCodes.Call, call));
        var type = Class(assembly, "Planted", TypeAttributes.NotPublic | TypeAttributes.Sealed, space);
        type.Methods.Add(method);
        module.Types.Add(type);
    }
}
