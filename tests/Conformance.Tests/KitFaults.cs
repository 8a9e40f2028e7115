using System.ComponentModel.DataAnnotations;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.ListImports;
using EduAssist.Office.Listings;
using EduAssist.Office.Registry;

namespace EduAssist.Conformance;

/// <summary>A rule that answers by chance.</summary>
internal sealed class RandomRuleModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others =>
        [new Question(s => s.Number.Is(_ => Random.Shared.Next(2) == 0))];
}

/// <summary>A rule that grows tired: it says yes to the first hundred only.</summary>
internal sealed class RememberingRuleModule : FaultyModule
{
    private static int asked;

    protected override IEnumerable<IContribution> Others =>
        [new Question(s => s.Number.Is(_ => Interlocked.Increment(ref asked) <= 100))];
}

/// <summary>A rule that asks the hash code of a text: each process has its own.</summary>
internal sealed class HashedRuleModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others =>
        [new Question(s => s.Number.Is(n => ("楚雄".GetHashCode(StringComparison.Ordinal) >> (n % 32) & 1) == 0))];
}

/// <summary>A workflow whose one case lies in the demo.</summary>
internal abstract class SlipModule : FaultyModule
{
    protected abstract IReadOnlyList<Criterion<object>> Guards { get; }

    protected override IEnumerable<IContribution> Others =>
        [.. base.Others, new SlipWorkflow(Guards), new DemoOfSlip(Filled)];

    protected virtual void Filled() { }
}

internal sealed class SoundWorkflowModule : SlipModule
{
    protected override IReadOnlyList<Criterion<object>> Guards => [new("allowed", ["f1/1"], _ => Truth.True, "须获准")];
}

internal sealed class RandomGuardModule : SlipModule
{
    protected override IReadOnlyList<Criterion<object>> Guards =>
        [
            .. Enumerable
                .Range(0, 64)
                .Select(i => new Criterion<object>(
                    $"lucky-{i}",
                    ["f1/1"],
                    _ => Random.Shared.Next(2) == 0,
                    "须有运气"
                )),
        ];
}

internal sealed class BaselessGuardModule : SlipModule
{
    protected override IReadOnlyList<Criterion<object>> Guards => [new("baseless", [], _ => Truth.True, "须获准")];
}

/// <summary>A step of the demo is refused.</summary>
internal sealed class RefusedDemoModule : SlipModule
{
    protected override IReadOnlyList<Criterion<object>> Guards => [new("allowed", ["f1/1"], _ => Truth.True, "须获准")];

    protected override void Filled() =>
        throw new InvalidOperationException("不能“走一步”：不在时段之内。\n   at a line of a trace");
}

internal sealed class Slip(FormBinder form)
{
    public string? Name { get; } = form.Text("名称");
}

internal sealed class SlipForm() : Form<Slip>("faulty.slip", "条子", ["f1/1"], form => new(form))
{
    public override FormLayout Layout { get; } =
        new(
            new FormSection(
                "内容",
                [
                    [new("名称", 12, "{name}")],
                ]
            )
        );
}

/// <summary>Roles that a module declares, right or wrong.</summary>
internal sealed class DeclaredRoles(params IReadOnlyList<Role> roles) : IRoles
{
    public IReadOnlyList<Role> Roles => roles;
}

internal sealed class RolesModule(params IReadOnlyList<IContribution> others) : FaultyModule
{
    protected override IEnumerable<IContribution> Others => [.. base.Others, .. others];
}

/// <summary>Only looked at: its guards are asked whenever it is.</summary>
internal sealed class SlipWorkflow(IReadOnlyList<Criterion<object>> guards) : IWorkflow
{
    private readonly Transition<object> step = new("go", "走一步", [Open], Gone, [Role.County], ["f1/1"])
    {
        Guards = guards,
    };

    internal static CaseState Open { get; } = new("Open", "未走");

    private static CaseState Gone { get; } = new("Gone", "已走") { IsFinal = true };

    public string Id => "faulty.slip";

    public string Title => "条子的办理";

    public string Collection => "slips";

    public IForm Form { get; } = new SlipForm();

    public Type Row => typeof(CaseRow);

    public CasePresentation Presentation { get; init; } = new() { Title = ["name"] };

    public IReadOnlyList<CaseState> States => [Open, Gone];

    public IReadOnlyList<Transition> Transitions => [step];

    public IReadOnlyList<EvidenceKind> EvidenceKinds => [];

    public IProgramme? Programme => null;

    public IReadOnlyList<Role> Openers { get; init; } = [Role.County];

    public IReadOnlyList<Role> Supervisors => [Role.County];

    public Task<CaseView?> ViewAsync(UnitOfWork work, Guid id) =>
        Task.FromResult<CaseView?>(
            new(new(id, Id, Open.Id, Open.Title, 1, 2020, null, default, default, []))
            {
                Facts = [],
                Form = new([], FormValues.None),
                Actions =
                [
                    new(
                        step.Action,
                        step.Title,
                        Gone.Id,
                        [],
                        true,
                        [],
                        [],
                        true,
                        [
                            .. step
                                .Guards.Where(g => !g.Claim(step).IsTrue)
                                .Select(g => new RuleViolation(g.Id, g.Message, g.Provisions)),
                        ],
                        []
                    ),
                ],
                History = [],
                Evidence = [],
                Assessments = [],
            }
        );

    Task<CommandResult> IWorkflow.OpenAsync(UnitOfWork work, FormValues values) => throw new NotSupportedException();

    Task<CommandResult> IWorkflow.EditAsync(UnitOfWork work, Guid id, long? version, FormValues values) =>
        throw new NotSupportedException();

    Task<CommandResult> IWorkflow.MoveAsync(UnitOfWork work, Guid id, long? version, string action, FormValues input) =>
        throw new NotSupportedException();

    Task<CommandResult> IWorkflow.CorrectAsync(UnitOfWork work, Guid id, long? version, string? reason) =>
        throw new NotSupportedException();

    Task<CommandResult> IWorkflow.AttachEvidenceAsync(UnitOfWork work, Guid id, long? version, NewEvidence evidence) =>
        throw new NotSupportedException();

    Task<CommandResult> IWorkflow.ConfirmEvidenceAsync(
        UnitOfWork work,
        Guid id,
        long? version,
        Guid evidence,
        bool confirms,
        string? reason
    ) => throw new NotSupportedException();

    Task<CommandResult> IWorkflow.WithdrawConfirmationAsync(
        UnitOfWork work,
        Guid id,
        long? version,
        Guid evidence,
        string? reason
    ) => throw new NotSupportedException();

    Task<(CommandResult Decision, Evidence? Paper)> IWorkflow.DownloadEvidenceAsync(
        UnitOfWork work,
        Guid id,
        Guid evidence
    ) => throw new NotSupportedException();

    Task<CommandResult> IWorkflow.AssessAsync(UnitOfWork work, Guid id, ReadOnlyMemory<byte> asked) =>
        throw new NotSupportedException();

    Task<FormValues?> IWorkflow.PrintAsync(UnitOfWork work, Guid id) => throw new NotSupportedException();
}

internal sealed class DemoOfSlip(Action filled) : IDataStartup
{
    public Task DemoAsync(UnitOfWork work)
    {
        work.Db.Add(
            new Case
            {
                Id = work.NewId(),
                Workflow = "faulty.slip",
                State = SlipWorkflow.Open.Id,
                Scope = "",
                Form = "{}",
            }
        );
        filled();
        return Task.CompletedTask;
    }
}

/// <summary>A refusal that nobody can read.</summary>
internal sealed class EnglishRefusalModule()
    : CitingModule(new Refusing(() => new("no-room", "no room is left", ["f1/3"])));

/// <summary>A refusal that cites what is not there.</summary>
internal sealed class DanglingRefusalModule() : CitingModule(new Refusing(() => new("no-room", "没有名额", ["f1/99"])));

/// <summary>Its texts stand where it is called: in the module that makes it.</summary>
internal sealed class Refusing(Func<RuleViolation> refuse) : IReferenceData
{
    public string Id => "faulty.refusing";

    public string Title => "会拒绝的附表";

    public IEnumerable<Citation> Citations => [new("reference-data", Id, Title, ["f1/3"], [])];

    public IReadOnlyList<Kernel.Provisions.Remark> Check(InterpretationProfile reading) =>
        refuse().Provisions.Count > 9 ? [new(RemarkLevel.Note, "many", "很多", [])] : [];
}

internal sealed class EnglishColumnModule()
    : CitingModule(new UntitledListing(), new Tables(new("reference-data", "faulty.tables", "附表", ["f1/3"], [])));

internal sealed class Untitled
{
    [Key, Display(Name = "标识")]
    public required string Id { get; init; }
    public required string Colour { get; init; }
}

internal sealed class UntitledListing(string set = "FaultyUntitled") : Listing<Untitled>(set, "没有标题的列")
{
    public override IQueryable<Untitled> Query(ListingSource source) =>
        source.Db.Set<StoredDivision>().Select(d => new Untitled { Id = d.Code, Colour = d.Name });
}

/// <summary>What cites a provision that is not there does not start.</summary>
internal sealed class DanglingCitationModule()
    : CitingModule(new Tables(new("reference-data", "faulty.tables", "附表", ["f1/98"], [])));

/// <summary>A list that doubles everybody when it comes twice.</summary>
internal sealed class DoublingIntakeModule() : CitingModule(new NamesForm(), new NamesIntake(knows: false));

internal sealed class RecognisingIntakeModule() : CitingModule(new NamesForm(), new NamesIntake(knows: true));

internal sealed class NamedRow(FormBinder form)
{
    public string? Name { get; } = form.Text("名称");
    public string? Number { get; } = form.Text("学号");
}

internal sealed class Names(FormBinder form)
{
    public IReadOnlyList<NamedRow> Rows { get; } = form.Rows("名单", row => new NamedRow(row), [], serial: "序号");
}

internal sealed class NamesForm() : Form<Names>("faulty.names", "名单", ["f1/3"], form => new(form))
{
    public override FormLayout Layout { get; } = new();
}

/// <param name="knows">Whether it knows again who is on record.</param>
internal sealed class NamesIntake(bool knows) : ListImport<Names>(new NamesForm())
{
    public override IReadOnlyList<Role> By => [Role.County];

    protected override Task PlanAsync(UnitOfWork work, Names list, object? prepared, ImportPlan plan)
    {
        for (var i = 0; i < list.Rows.Count; i++)
        {
            if (knows)
                plan.Unchanged(i);
            else
                plan.New(i, () => Task.CompletedTask);
        }

        return Task.CompletedTask;
    }

    protected override Task<FormValues> RowsAsync(ListingSource source, FormValues filter) =>
        Task.FromResult(FormValues.None.With("rows", [new FormValues { ["name"] = "张三", ["number"] = "一" }]));
}
