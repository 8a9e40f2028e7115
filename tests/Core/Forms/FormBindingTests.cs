using Autofac;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Platform;

namespace EduAssist.Core.Forms;

/// <summary>A form that does not bind stops the start with one line for each fault.</summary>
public class FormBindingTests
{
    private sealed class Module(IForm form) : PolicyModule, IDocuments
    {
        public override string Id => "test";

        public override string Title => "测试";

        public IReadOnlyList<Document> Documents =>
        [
            new("t1", "文件", new(2020, 1, 1))
            {
                Provisions =
                [
                    new("t1/1", "一", ProvisionKinds.Form, "一张表。"),
                    new("t1/2", "二", ProvisionKinds.Rule, "一条规则。"),
                ],
            },
        ];

        public IReadOnlyList<Interpretation> Interpretations => [];

        protected override void Load(ContainerBuilder builder)
        {
            builder.RegisterInstance(this).As<IContribution>().ExternallyOwned();
            builder.RegisterInstance(form).As<IContribution>();
        }
    }

    private sealed class Two(FormBinder form, string firstTitle, string secondName, string secondTitle)
    {
        public string? First { get; } = form.Text(firstTitle);
        public string? Second { get; } = form.Text(secondTitle, name: secondName);
    }

    private sealed class TwoForm(
        string content, int span = 12, string id = "test.two", string firstTitle = "甲", string secondName = "Second",
        string secondTitle = "乙", string provision = "t1/1")
        : Form<Two>(id, "表", [provision], form => new(form, firstTitle, secondName, secondTitle))
    {
        public override FormLayout Layout { get; } = new(new FormSection("组", [[new("", span, content)]]));
    }

    private static string Problems(IForm form)
    {
        try
        {
            _ = Catalogue.Compose([new Module(form)], new(new HolidayFolder("").Table()));
            return "";
        }
        catch (OperatorException problems)
        {
            return problems.Message;
        }
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "sound", "" },
        { "no title", "表单 test.two 的栏目 first 或其选项缺少中文标题。" },
        { "name twice", "表单 test.two 的栏目 first 重复了 2 次。\n表单 test.two 的版面用了不存在的栏目 second。" },
        { "title twice", "表单 test.two 的栏目标题 甲 重复了 2 次。" },
        { "not laid out", "表单 test.two 的栏目 second 没有版面位置。" },
        { "laid out twice", "表单 test.two 的版面位置 first 重复了 2 次。" },
        { "unknown field", "表单 test.two 的版面用了不存在的栏目 third。" },
        { "eleven columns", "表单 test.two 的版面有一行占 11 栏，须为 12 栏。" },
        { "other module's id", "表单 other.two 不以模块标识 test. 开头。" },
        { "unknown provision", "test.two 引用了不存在的条款 t1/9。" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_one_line(string fault, string expected) => Assert.Equal(expected, Problems(fault switch
    {
        "sound" => new TwoForm("{first}{second}"),
        "no title" => new TwoForm("{first}{second}", firstTitle: " "),
        "name twice" => new TwoForm("{first}{second}", secondName: "First"),
        "title twice" => new TwoForm("{first}{second}", secondTitle: "甲"),
        "not laid out" => new TwoForm("{first}"),
        "laid out twice" => new TwoForm("{first}{second}{first}"),
        "unknown field" => new TwoForm("{first}{second}{third}"),
        "eleven columns" => new TwoForm("{first}{second}", span: 11),
        "other module's id" => new TwoForm("{first}{second}", id: "other.two"),
        _ => new TwoForm("{first}{second}", provision: "t1/9"),
    }));

    [Fact]
    public void A_form_is_found_like_every_contribution() =>
        Assert.NotNull(Catalogue.Compose([new Module(new EveryKindForm2())], new(new HolidayFolder("").Table()))
            .Form("test.every-kind"));

    private sealed class EveryKindForm2 : Form<EveryKind>
    {
        private readonly EveryKindForm form = new();

        public EveryKindForm2() : base("test.every-kind", "各种栏目", ["t1/1"], form => new(form))
        {
        }

        public override FormLayout Layout => form.Layout;
    }
}
