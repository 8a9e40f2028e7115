using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>A paper that a body files for a year, and its bureau approves or takes on file.</summary>
internal sealed class FilingRow : CaseRow
{
    /// <summary>县市在附件2的代码；学校的方案为空。</summary>
    public string? County { get; init; }

    /// <summary>职业学校；县市的方案为空。</summary>
    public Guid? SchoolId { get; init; }

    public School? School { get; init; }

    /// <summary>审核通过、备案、下达或者申明的日期。</summary>
    public DateOnly? FiledOn { get; set; }

    /// <summary>
    /// Of a plan that was issued: the figures that it took the place of, as JSON; null: there were none.
    /// </summary>
    public string? Replaced { get; set; }
}

/// <summary>What the guards of a filed paper ask for.</summary>
/// <param name="Row">With its school, if it is one's.</param>
/// <param name="Today">The day.</param>
/// <param name="Roles">Of whoever acts, where the paper belongs.</param>
internal sealed record FilingFacts(FilingRow Row, DateOnly Today, IReadOnlySet<Role> Roles)
{
    internal bool IsOfPrefectureSchool => Row.School is { } school && Quotas.IsPrefectureRun(school);
}

/// <summary>Which papers are on file.</summary>
internal static class Filings
{
    /// <summary>八（一）：县市的实施方案已审核通过；cx-i8：一次审核一直有效，另一读法每年都要。</summary>
    internal static async Task<bool> ImplementationApprovedAsync(UnitOfWork work, int year, string county)
    {
        var printed = Quotas.Printed(work, county)?.Division.ToString();
        return printed is not null && await Approved(work, year).AnyAsync(r => r.County == printed);
    }

    /// <summary>八（一）：州属学校有自己的实施方案；县市职中随县市。</summary>
    internal static async Task<bool> ImplementationApprovedAsync(UnitOfWork work, int year, School school) =>
        !Quotas.IsPrefectureRun(school) || await Approved(work, year).AnyAsync(r => r.SchoolId == school.Id);

    /// <summary>五（二）：教学方案每年备案。</summary>
    internal static Task<bool> TeachingPlanFiledAsync(UnitOfWork work, int year, Guid school) =>
        work.Db.Set<FilingRow>().AnyAsync(r => r.Case.Workflow == TeachingPlanWorkflow.Name && r.Case.Year == year
            && r.SchoolId == school && r.Case.State == TeachingPlanWorkflow.Filed.Id);

    internal static async Task<FilingFacts> FactsOfAsync(UnitOfWork work, FilingRow row)
    {
        if (row.SchoolId is not null) await work.Db.Entry(row).Reference(r => r.School).LoadAsync();
        return new(row, work.Today, work.Actor.RolesAt(row.Case.Scope));
    }

    internal static Task<IReadOnlyList<RuleViolation>> FileAsync(FilingFacts facts)
    {
        facts.Row.FiledOn = facts.Today;
        return Task.FromResult<IReadOnlyList<RuleViolation>>([]);
    }

    private static IQueryable<FilingRow> Approved(UnitOfWork work, int year)
    {
        var everyYear = work.Policy.Reading.TakesOther("cx-i8");
        return work.Db.Set<FilingRow>().Where(r => r.Case.Workflow == ImplementationPlanWorkflow.Name
            && r.Case.State == ImplementationPlanWorkflow.Approved.Id
            && (everyYear ? r.Case.Year == year : r.Case.Year <= year));
    }
}

/// <summary>八（一）：一份实施方案。</summary>
internal sealed class ImplementationPlan(FormBinder form)
{
    public Fact<int> Body { get; } = form.OneOf("报送单位", Bodies);
    public Fact<int> Year { get; } = form.Number("年度", 2020, 2099);
    public string? Summary { get; } = form.LongText("方案要点");

    internal static IReadOnlyList<FormChoice> Bodies { get; } =
    [
        .. Counties.Printed,
        .. Plan2020.Printed.Schools.Where(s => s.Division.Level == DivisionLevel.Prefecture)
            .Select(s => s.Alias is { } alias ? new FormChoice(s.Name, alias) : new(s.Name)),
    ];
}

/// <summary>八（一）：实施方案的报送页。</summary>
internal sealed class ImplementationPlanForm() : Form<ImplementationPlan>(
    "chuxiong.implementation-plan", "义务教育职教班试点实施方案报送表", ["cx2020/8.1a"], form => new(form))
{
    public override FormLayout Layout { get; } = new(
        new("报送单位", [[new("单位", 6, "{body}"), new("年度", 6, "{year}")]]),
        new("方案要点", "{summary}", lines: 12))
    {
        Notes = ["县市教育体育局和州属职业学校报送；州教育体育局审核通过后才能实施。方案全文作为材料附上。"],
    };
}

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
                    f => f.Roles.Contains(f.Row.SchoolId is null ? Role.County : Role.Vocational),
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

        var school = await DataStartup.SchoolOfAsync(work, ImplementationPlan.Bodies[entered.Body.Value].Name);
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

/// <summary>五（二）、附件5：教学方案备案后才能执行。</summary>
internal sealed class TeachingPlanWorkflow() : Workflow<TeachingPlan, FilingRow, FilingFacts>(
    Name, "教学方案", "teaching-plans", new TeachingPlanForm())
{
    internal const string Name = "chuxiong.teaching-plan";

    internal static readonly CaseState Draft = new("Draft", "草稿"), Submitted = new("Submitted", "已报送"),
        Filed = new("Filed", "已备案") { IsFinal = true };

    public override CasePresentation Presentation { get; } = new() { Title = ["school"], School = "school" };

    public override IReadOnlyList<CaseState> States { get; } = [Draft, Submitted, Filed];

    public override IReadOnlyList<Transition<FilingFacts>> Transitions { get; } =
    [
        new("submit", "报送", [Draft], Submitted, [Role.Vocational], ["cx2020/5.2", "cx2020/A5"])
            { NeedsWholeForm = true },
        new("return", "退回", [Submitted], Draft, [Role.County, Role.Prefecture], ["cx2020/5.2"])
            { Guards = [OwnBureau] },
        new("file", "备案", [Submitted], Filed, [Role.County, Role.Prefecture], ["cx2020/5.2"])
            { Guards = [OwnBureau], Effect = (_, f) => Filings.FileAsync(f) },
    ];

    public override IReadOnlyList<Role> Openers => [Role.Vocational];

    private static Criterion<FilingFacts> OwnBureau =>
        new("own-bureau", ["cx2020/5.2"], f => f.Roles.Contains(f.IsOfPrefectureSchool ? Role.Prefecture : Role.County),
            "县市职中的教学方案报县市备案，州属学校的报州备案");

    protected override async Task<Opening<FilingRow>?> OnOpenAsync(
        UnitOfWork work, Guid caseId, TeachingPlan entered, OpeningErrors errors)
    {
        if (!entered.School.IsKnown)
        {
            errors.Wrong("school", "须选择职业学校。");
            return null;
        }

        var school = await DataStartup.SchoolOfAsync(work, Schools.Printed[entered.School.Value].Name);
        return new(new() { CaseId = caseId, SchoolId = school.Id }, work.Today.Year, null, school.Scope);
    }

    protected override async Task OnEditAsync(
        UnitOfWork work, FilingRow row, TeachingPlan entered, OpeningErrors errors)
    {
        if ((await OnOpenAsync(work, row.CaseId, entered, errors))?.Row.SchoolId is { } school
            && school != row.SchoolId)
            errors.Wrong("school", "不能改为另一所学校；请另建一份。");
    }

    protected override Task<FilingFacts> LoadFactsAsync(UnitOfWork work, FilingRow row, TeachingPlan entered) =>
        Filings.FactsOfAsync(work, row);
}
