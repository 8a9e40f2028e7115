using Autofac;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;
using EduAssist.Platform;

namespace EduAssist.Core.Policy;

/// <summary>An attribute of schools that cannot be entered or told apart stops the start with one line.</summary>
public class SchoolAttributeBindingTests
{
    private static readonly SchoolAttributeValue Key = new("Key", "重点"), Other = new("Other", "其他");

    [Theory]
    [InlineData("sound", "")]
    [InlineData("other module's id", "学校属性 other.rank 不以模块标识 test. 开头。")]
    [InlineData("twice", "学校属性标识 test.rank 重复了 2 次。\n学校属性名称 等级 重复了 2 次。")]
    [InlineData("no values", "学校属性 test.rank 没有取值。")]
    [InlineData("value twice", "学校属性 test.rank 的取值 Key 重复了 2 次。\n学校属性 test.rank 的取值 重点 重复了 2 次。")]
    [InlineData("value called as another", "学校属性 test.rank 的取值 重点 重复了 2 次。")]
    [InlineData("no title", "学校属性 test.rank 或其取值缺少标识或中文名称。")]
    [InlineData("value without a title", "学校属性 test.rank 或其取值缺少标识或中文名称。")]
    [InlineData("unknown provision", "test.rank 引用了不存在的条款 t1/9。")]
    [InlineData("no provision", "test.rank 没有引用任何条款。")]
    public void A_fault_is_one_line(string fault, string expected) => Assert.Equal(expected, Problems(fault switch
    {
        "sound" => [Rank([Key, Other])],
        "other module's id" => [new("other.rank", "等级", [Key], ["t1/1"])],
        "twice" => [Rank([Key]), Rank([Other])],
        "no values" => [Rank([])],
        "value twice" => [Rank([Key, Key])],
        "value called as another" => [Rank([Key, new("Best", "重点")])],
        "no title" => [new("test.rank", " ", [Key], ["t1/1"])],
        "value without a title" => [Rank([Key, new("Best", "")])],
        "unknown provision" => [new("test.rank", "等级", [Key], ["t1/9"])],
        _ => [new("test.rank", "等级", [Key], [])],
    }));

    /// <summary>Where a user reaches it, and what carries out its provision.</summary>
    [Fact]
    public void It_carries_out_its_provision_where_a_school_is_given_it()
    {
        var catalogue = Catalogue.Compose([new Module([Rank([Key])])], new(new HolidayFolder("").Table()));
        var row = Assert.Single(catalogue.Provisions);
        Assert.Equal(ProvisionState.CarriedOut, row.State);
        Assert.Equal(
            new EntryPoint(EntryPointKind.SchoolAttribute, "test.rank"), Assert.Single(row.CarriedOutBy).EntryPoint);
    }

    private static SchoolAttribute Rank(IReadOnlyList<SchoolAttributeValue> values) =>
        new("test.rank", "等级", values, ["t1/1"]);

    private static string Problems(IReadOnlyList<SchoolAttribute> attributes)
    {
        try
        {
            _ = Catalogue.Compose([new Module(attributes)], new(new HolidayFolder("").Table()));
            return "";
        }
        catch (OperatorException problems)
        {
            return problems.Message;
        }
    }

    private sealed class Module(IReadOnlyList<SchoolAttribute> attributes)
        : PolicyModule, IDocuments, ISchoolAttributes
    {
        public override string Id => "test";

        public override string Title => "测试";

        public IReadOnlyList<Document> Documents =>
            [new("t1", "文件", new(2020, 1, 1)) { Provisions = [new("t1/1", "一", ProvisionKinds.Rule, "一条规则。")] }];

        public IReadOnlyList<Interpretation> Interpretations => [];

        public IReadOnlyList<SchoolAttribute> Attributes => attributes;

        protected override void Load(ContainerBuilder builder) =>
            builder.RegisterInstance(this).As<IContribution>().ExternallyOwned();
    }
}
