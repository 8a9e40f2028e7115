using Autofac;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Cases;
using EduAssist.Platform;

namespace EduAssist.Core.Policy;

/// <summary>
/// A workflow with a dead end, a name that is the platform's, a step that nobody takes: each stops the start with one
/// line.
/// </summary>
public class WorkflowBindingTests
{
    private static readonly CaseState Draft = new("Draft", "草稿"), Sent = new("Sent", "已送"),
        Over = new("Over", "已结") { IsFinal = true }, Lost = new("Lost", "不见了") { IsFinal = true };

    private static readonly Transition<string> Send = Step("send", Draft, Sent), End = Step("end", Sent, Over);

    public static TheoryData<string, string> Faults => new()
    {
        { "sound", "" },
        { "other module's id", "办理流程 other.note 不以模块标识 test. 开头。" },
        { "workflow twice", "办理流程标识 test.note 重复了 2 次。\n模块 test 的办理流程地址 notes 重复了 2 次。" },
        { "state twice", "办理流程 test.note 的状态 Sent 重复了 2 次。" },
        { "step twice", "办理流程 test.note 的环节 send 重复了 2 次。" },
        { "paper twice", "办理流程 test.note 的材料 proof 重复了 2 次。" },
        { "open", "办理流程 test.note 的环节 open 与平台自己的重名。" },
        { "edit", "办理流程 test.note 的环节 edit 与平台自己的重名。" },
        { "correct", "办理流程 test.note 的环节 correct 与平台自己的重名。" },
        { "evidence", "办理流程 test.note 的环节 evidence 与平台自己的重名。" },
        { "assessments", "办理流程 test.note 的环节 assessments 与平台自己的重名。" },
        { "forms", "办理流程 test.note 的环节 forms 与平台自己的重名。" },
        { "state not listed", "办理流程 test.note 的环节用了没有列出的状态 Lost。" },
        { "nobody's step", "办理流程 test.note 的环节 end 没有人可以办理。" },
        { "out of reach", "办理流程 test.note 到不了状态 Lost。" },
        { "dead end", "办理流程 test.note 的状态 Sent 走不出去，也不是终点。" },
        { "on from the end", "办理流程 test.note 的状态 Over 是终点，却还有环节。" },
        { "unknown provision", "test.note/end 引用了不存在的条款 t1/9。" },
        { "unknown provision of a guard", "test.note/end 引用了不存在的条款 t1/8。" },
        { "unknown interpretation", "test.note/send 引用了不存在的释义 t-i9。\ntest.note/end 引用了不存在的释义 t-i9。" },
        { "no provision", "test.note/end 没有引用任何条款。" },
        { "no title", "办理流程 test.note 没有写明以哪一栏称呼办件。" },
        { "title by no field", "办理流程 test.note 的页面用了表单 test.paper 没有的栏目 name。" },
        { "school in no field", "办理流程 test.note 的页面用了表单 test.paper 没有的栏目 school。" },
        { "student in no field", "办理流程 test.note 的页面用了表单 test.paper 没有的栏目 student。" },
        { "no column of students", "办理流程 test.note 的页面用了列表 Students 没有的列 Nickname。" },
        {
            "listing of others",
            "办理流程 test.note 的办件列表 Schools 不在模块 test 之内，或者不以 Id 为键。"
        },
        { "fact of no column", "办理流程 test.note 的页面用了办件列表没有的列 CaseId。" },
        {
            "fact that no case has",
            "办理流程 test.note 的页面用了办件列表没有的列 SentOn。\n办理流程 test.note 的页面用了 NoteRow 没有的事实 SentOn。"
        },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_one_line(string fault, string expected) => Assert.Equal(expected, Problems(fault switch
    {
        "sound" => [new()],
        "other module's id" => [new("other.note")],
        "workflow twice" => [new(), new()],
        "state twice" => [new() { Of = [Draft, Sent, Sent, Over] }],
        "step twice" => [new() { Steps = [Send, Send, End] }],
        "paper twice" => [new() { Papers = [new("proof", "证明", ["t1/1"]), new("proof", "证书", ["t1/1"])] }],
        "open" or "edit" or "correct" or "evidence" or "assessments" or "forms" =>
        [
            new() { Steps = [Send, End, Step(fault, Draft, Over)] },
        ],
        "state not listed" => [new() { Steps = [Send, End, Step("lose", Sent, Lost)] }],
        "nobody's step" => [new() { Steps = [Send, new("end", "结束", [Sent], Over, [], ["t1/1"])] }],
        "out of reach" => [new() { Of = [Draft, Sent, Over, Lost] }],
        "dead end" => [new() { Steps = [Send, Step("end", Draft, Over)] }],
        "on from the end" => [new() { Steps = [Send, End, Step("again", Over, Sent)] }],
        "unknown provision" => [new() { Steps = [Send, Step("end", Sent, Over, "t1/9")] }],
        "unknown provision of a guard" =>
        [
            new()
            {
                Steps =
                [
                    Send,
                    new("end", "结束", [Sent], Over, [Role.School], ["t1/1"])
                    {
                        Guards = [new("guard", ["t1/8"], _ => true, "须如此")],
                    },
                ],
            },
        ],
        "no title" => [new() { Shown = new() { Title = [] } }],
        "title by no field" => [new() { Shown = new() { Title = ["name"] } }],
        "school in no field" => [new() { Shown = new() { Title = ["text"], School = "school" } }],
        "student in no field" =>
        [
            new() { Shown = new() { Title = ["text"], Student = [new("student", "Name")] } },
        ],
        "no column of students" =>
        [
            new() { Shown = new() { Title = ["text"], Student = [new("text", "Nickname")] } },
        ],
        "listing of others" => [new() { Shown = new() { Title = ["text"], Listing = "Schools" } }],
        "fact of no column" => [new() { Shown = new() { Title = ["text"], Facts = ["CaseId"] } }],
        "fact that no case has" => [new() { Shown = new() { Title = ["text"], Facts = ["SentOn"] } }],
        "unknown interpretation" => [new() { Rests = ["t-i9"] }],
        _ => [new() { Steps = [Send, new("end", "结束", [Sent], Over, [Role.School], [])] }],
    }));

    private static Transition<string> Step(string action, CaseState from, CaseState to, string provision = "t1/1") =>
        new(action, "办理", [from], to, [Role.School], [provision]);

    private static string Problems(IReadOnlyList<NoteFlow> flows)
    {
        try
        {
            _ = Catalogue.Compose([new Module(flows)], new(new HolidayFolder("").Table()));
            return "";
        }
        catch (OperatorException problems)
        {
            return problems.Message;
        }
    }

    private sealed class Module(IReadOnlyList<NoteFlow> flows) : PolicyModule, IDocuments
    {
        public override string Id => "test";

        public override string Title => "测试";

        public IReadOnlyList<Document> Documents =>
            [new("t1", "文件", new(2020, 1, 1)) { Provisions = [new("t1/1", "一", ProvisionKinds.Rule, "一条规则。")] }];

        public IReadOnlyList<Interpretation> Interpretations => [];

        protected override void Load(ContainerBuilder builder)
        {
            builder.RegisterInstance(this).As<IContribution>().ExternallyOwned();
            builder.RegisterInstance(flows[0].Form).As<IContribution>();
            foreach (var flow in flows) builder.RegisterInstance(flow).As<IContribution>();
        }
    }

    private sealed class Note(FormBinder form)
    {
        public string? Text { get; } = form.Text("内容");
    }

    private sealed class NoteForm() : Form<Note>("test.paper", "便条", ["t1/1"], form => new(form))
    {
        public override FormLayout Layout { get; } = new(new FormSection("便条", [[new("内容", 12, "{text}")]]));
    }

    private sealed class NoteRow : CaseRow;

    private sealed class NoteFlow(string id = "test.note")
        : Workflow<Note, NoteRow, string>(id, "便条", "notes", new NoteForm())
    {
        internal IReadOnlyList<CaseState> Of { get; init; } = [Draft, Sent, Over];

        internal IReadOnlyList<Transition<string>> Steps { get; init; } = [Send, End];

        internal IReadOnlyList<EvidenceKind> Papers { get; init; } = [];

        internal IReadOnlyList<string> Rests { get; init; } = [];

        internal CasePresentation Shown { get; init; } = new() { Title = ["text"] };

        public override CasePresentation Presentation => Shown;

        public override IReadOnlyList<CaseState> States => Of;

        public override IReadOnlyList<Transition<string>> Transitions => Steps;

        public override IReadOnlyList<EvidenceKind> EvidenceKinds => Papers;

        public override IReadOnlyList<string> Interpretations => Rests;

        public override IReadOnlyList<Role> Openers => [Role.School];

        protected override Task<Opening<NoteRow>?> OnOpenAsync(
            UnitOfWork work, Guid caseId, Note entered, OpeningErrors errors) =>
            Task.FromResult<Opening<NoteRow>?>(null);

        protected override Task OnEditAsync(UnitOfWork work, NoteRow row, Note entered, OpeningErrors errors) =>
            Task.CompletedTask;

        protected override Task<string> LoadFactsAsync(UnitOfWork work, NoteRow row, Note entered) =>
            Task.FromResult("");
    }
}
