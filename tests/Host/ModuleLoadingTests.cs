using EduAssist.Platform;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EduAssist.Host;

/// <summary>
/// A stranger's module is loaded by configuration alone; one with a fault stops the start and says so.
/// </summary>
public class ModuleLoadingTests
{
    [Fact]
    public async Task The_toy_region_is_loaded_from_its_folder()
    {
        using var place = Workplace.OfToy();
        Assert.Contains(
            "toyregion.help",
            (await HostProcess.Run(place, "modules")).Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_folder_of_modules_may_be_named_from_where_one_stands()
    {
        using var place = Workplace.OfToy();
        place.Settings["ModulesFolder"] = "modules";
        (await HostProcess.Run(place, "modules")).Done();
    }

    [Fact]
    public async Task Without_modules_there_is_the_national_baseline()
    {
        using var place = new Workplace(("Modules", ""));
        Assert.DoesNotContain(
            "chuxiong",
            (await HostProcess.Run(place, "modules", "--json")).Done().Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("ToyRegion,ToyRegion", "重复")]
    [InlineData("ToyRegion,toyregion", "重复")]
    [InlineData("Atlantis", "Atlantis")]
    [InlineData("../modules/ToyRegion", "../modules/ToyRegion")]
    [InlineData("toyregion", "toyregion")]
    public async Task A_name_that_is_none_stops_the_start(string modules, string says)
    {
        using var place = Workplace.OfToy();
        place.Settings["Modules"] = modules;
        Assert.Contains(says, (await HostProcess.Run(place, "modules")).Refusal(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_stops_the_start()
    {
        using var place = Workplace.OfToy();
        File.Delete(place.ToyDll);
        Assert.Contains("ToyRegion", (await HostProcess.Run(place, "modules")).Refusal(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_assembly_stops_the_start()
    {
        using var place = Workplace.OfToy();
        await File.WriteAllTextAsync(place.ToyDll, "no assembly");
        Assert.Contains("ToyRegion", (await HostProcess.Run(place, "modules")).Refusal(1), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Faults => new(Planted.Select(fault => (fault.Key, fault.Value.Says)));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_planted_fault_stops_the_start_and_is_named(string fault, string says)
    {
        using var place = Workplace.OfToy();
        Plant(place, Planted[fault].Fault);
        Assert.Contains((await HostProcess.Run(place, "serve", "--urls", "http://127.0.0.1:0")).Refusals(1), line =>
            line.Contains(says, StringComparison.Ordinal)
        );
    }

    /// <summary>Writing the assembly again is no fault by itself: what stops the start is what was planted.</summary>
    [Fact]
    public async Task Without_a_planted_fault_the_copy_is_loaded()
    {
        using var place = Workplace.OfToy();
        Plant(place, _ => { });
        (await HostProcess.Run(place, "modules")).Done();
    }

    private static readonly Dictionary<string, (string Says, Action<ModuleDefinition> Fault)> Planted = new()
    {
        ["built against another contract"] = ("契约第 99 版", toy =>
            BuiltAgainst(toy).ConstructorArguments[0] = new(toy.TypeSystem.Int32, 99)
        ),
        ["built against no contract"] = ("契约第 ? 版", toy => toy.Assembly.CustomAttributes.Remove(BuiltAgainst(toy))),
        ["a doubled provision"] = ("条款标识 toy2024/2 重复了 2 次", toy =>
            Say(toy, "Provisions", "toy2024/1", "toy2024/2")
        ),
        ["a dangling citation of a criterion"] = ("toyregion.help/in-time 引用了不存在的条款 toy2024/44", toy =>
            Say(toy, "Help", "toy2024/4", "toy2024/44")
        ),
        ["a dangling citation of a window"] = ("toyregion/acceptance 引用了不存在的条款 toy2024/55", toy =>
            Say(toy, "Timeline", "toy2024/5", "toy2024/55")
        ),
        ["a dangling citation of a duty"] = ("toyregion/monthly-list 引用了不存在的条款 toy2024/66", toy =>
            Say(toy, "Timeline", "toy2024/6", "toy2024/66")
        ),
        ["an other reading of nothing"] = ("toy-i9", toy => Say(toy, "Help", "toy-i1", "toy-i9")),
        ["a provision of another document"] = ("条款 cx2020/1 不以文件标识 toy2024/ 开头", toy =>
            Say(toy, "Provisions", "toy2024/1", "cx2020/1")
        ),
        ["a programme of another module"] = ("不以模块标识 toyregion. 开头", toy =>
            Say(toy, "Help", "toyregion.help", "chuxiong.help")
        ),
        ["two facts of one title"] = ("事实标题 学段 重复了 2 次", toy => Say(toy, "Pupil", "户籍所在地", "学段")),
        ["two criteria of one id"] = ("条件 local 重复了 2 次", toy => Say(toy, "Help", "in-time", "local")),
        ["a criterion without words"] = ("缺少说明", toy => Say(toy, "Help", "须为本地户籍", "")),
        ["a choice without a title"] = ("缺少中文标题", toy =>
            toy.GetType("EduAssist.ToyRegion.Stage").Fields.Single(f => f.Name == "Junior").CustomAttributes.Clear()
        ),
        ["a module of another's id"] = ("模块标识 national 重复了 2 次", toy =>
            Say(toy, "ToyRegionModule", "toyregion", "national")
        ),
        ["a module that requires what is not there"] = ("模块 ToyRegion 需要模块 Nowhere，但", toy =>
            Say(toy, "ToyRegionModule", "National", "Nowhere")
        ),
        ["two modules"] = ("恰好公开一个 PolicyModule", toy => toy.Types.Add(Twin(toy))),
        ["no module"] = ("恰好公开一个 PolicyModule", toy =>
            toy.GetType("EduAssist.ToyRegion.ToyRegionModule").IsNotPublic = true
        ),
        ["a contribution that fails when it is made"] = ("模块 toyregion 的声明无法建立", Fail),
    };

    private static CustomAttribute BuiltAgainst(ModuleDefinition toy) =>
        toy.Assembly.CustomAttributes.Single(a => a.AttributeType.Name == nameof(BuiltAgainstAttribute));

    private static void Plant(Workplace place, Action<ModuleDefinition> fault)
    {
        using var toy = ModuleDefinition.ReadModule(HostProcess.Built("ToyRegion"));
        fault(toy);
        toy.Write(place.ToyDll);
    }

    private static void Fail(ModuleDefinition toy)
    {
        var instructions = toy.GetType("EduAssist.ToyRegion.Timeline")
            .Methods.Single(m => m.IsConstructor && !m.IsStatic)
            .Body.Instructions;
        instructions.Insert(0, Instruction.Create(OpCodes.Ldnull));
        instructions.Insert(1, Instruction.Create(OpCodes.Throw));
    }

    /// <summary>Changes a text wherever a type says it, in its closures too.</summary>
    private static void Say(ModuleDefinition toy, string type, string text, string instead)
    {
        var said = toy.GetType($"EduAssist.ToyRegion.{type}") is var owner
            ? owner
                .NestedTypes.Prepend(owner)
                .SelectMany(t => t.Methods)
                .Where(m => m.HasBody)
                .SelectMany(m => m.Body.Instructions)
                .Where(i => i.OpCode == OpCodes.Ldstr && (string)i.Operand == text)
                .ToList()
            : [];
        Assert.NotEmpty(said);
        foreach (var instruction in said)
            instruction.Operand = instead;
    }

    private static TypeDefinition Twin(ModuleDefinition toy)
    {
        var module = toy.GetType("EduAssist.ToyRegion.ToyRegionModule");
        var twin = new TypeDefinition(module.Namespace, "TwinModule", module.Attributes, module);
        module.IsSealed = false;
        var constructor = new MethodDefinition(
            ".ctor",
            MethodAttributes.Public
                | MethodAttributes.SpecialName
                | MethodAttributes.RTSpecialName
                | MethodAttributes.HideBySig,
            toy.TypeSystem.Void
        );
        foreach (
            var instruction in (Instruction[])
                [
                    Instruction.Create(OpCodes.Ldarg_0),
                    Instruction.Create(OpCodes.Call, module.Methods.Single(m => m.IsConstructor && !m.IsStatic)),
                    Instruction.Create(OpCodes.Ret),
                ]
        )
            constructor.Body.Instructions.Add(instruction);
        twin.Methods.Add(constructor);
        return twin;
    }
}
