using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;

namespace EduAssist.Chuxiong;

/// <summary>八（一）：实施方案报州审核，通过后才能实施。</summary>
internal sealed class ImplementationPlanWorkflow() : Workflow<ImplementationPlan, FilingRow, FilingFacts>(
    Name, "实施方案", "implementation-plans", new ImplementationPlanForm())
{
    internal const string Name = "chuxiong.implementation-plan";

    internal static readonly CaseState Draft = new("Draft", "草稿"), Submitted = new("Submitted", "已报送"),
        Approved = new("Approved", "审核通过") { IsFinal = true };

    public override CasePresentation Presentation { get; } = new() { Title = ["body"] };

    public override IReadOnlyList<CaseState> States { get; } = [Draft, Submitted, Approved];

    public override IReadOnlyList<Transition<FilingFacts>> Transitions { get; } =
    [
        new("submit", "报送", [Draft], Submitted, [Role.County, Role.Vocational], ["cx2020/8.1a"])
        {
            NeedsWholeForm = true,
            Guards =
            [
                new("own-plan", ["cx2020/8.1a"],
                    f => f.IsBy(f.Row.SchoolId is null ? Role.County : Role.Vocational),
                    "县市的方案由县市报送，州属学校的方案由学校报送"),
            ],
        },
        new("return", "退回", [Submitted], Draft, [Role.Prefecture], ["cx2020/8.1a"]),
        new("approve", "审核通过", [Submitted], Approved, [Role.Prefecture], ["cx2020/8.1a"])
            { Effect = (_, f) => Filings.FileAsync(f) },
    ];

    public override IReadOnlyList<Role> Openers => [Role.County, Role.Vocational];

    public override IReadOnlyList<EvidenceKind> EvidenceKinds { get; } =
    [
        new("plan", "实施方案全文", ["cx2020/8.1a"]),
        new("assessment-method", "县市对职业高中的考核办法", ["cx2020/6.4"]),
        new("funding", "办班经费、生活和交通补助的安排", ["cx2020/7.2"]),
    ];

    public override IReadOnlyList<string> Interpretations => ["cx-i8"];

    public override IReadOnlyList<Role> Supervisors => [Role.Prefecture, Role.Administrator];

    protected override async Task<Opening<FilingRow>?> OnOpenAsync(
        UnitOfWork work, Guid caseId, ImplementationPlan entered, OpeningErrors errors)
    {
        if (!entered.Body.IsKnown) errors.Wrong("body", "须选择报送单位。");
        if (!entered.Year.IsKnown) errors.Wrong("year", "须填写年度。");
        if (!entered.Body.IsKnown || !entered.Year.IsKnown) return null;
        var counties = Plan2020.Printed.Counties;
        if (entered.Body.Value < counties.Count)
        {
            var county = counties[entered.Body.Value].Division;
            return new(new() { CaseId = caseId, County = county.ToString() }, entered.Year.Value, null,
                ScopePath.ForDivision(work.Policy.Divisions.Current(county)));
        }

        var school = await PrintedSchools.FindAsync(work, ImplementationPlan.Bodies[entered.Body.Value].Name);
        return new(new() { CaseId = caseId, SchoolId = school.Id }, entered.Year.Value, null, school.Scope);
    }

    protected override async Task OnEditAsync(
        UnitOfWork work, FilingRow row, ImplementationPlan entered, OpeningErrors errors)
    {
        var same = await OnOpenAsync(work, row.CaseId, entered, errors);
        if (same is not null
            && (same.Row.County != row.County || same.Row.SchoolId != row.SchoolId || same.Year != row.Case.Year))
            errors.Wrong("body", "报送单位和年度不能改；请另建一份。");
    }

    protected override Task<FilingFacts> LoadFactsAsync(UnitOfWork work, FilingRow row, ImplementationPlan entered) =>
        Filings.FactsOfAsync(work, row);
}
