using System.Text.Json;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>分解表的一行。</summary>
internal sealed class AllottedSchool(FormBinder form)
{
    public string? School { get; } = form.Text("初中学校");
    public Fact<int> Places { get; } = form.Number("送读计划数", 0, 1_000_000);
}

/// <summary>四（一）1：县市把计划分解到初中。</summary>
internal sealed class AllotmentPaper(FormBinder form)
{
    public Fact<int> Year { get; } = form.Number("年度", 2020, 2099);
    public Fact<int> County { get; } = form.OneOf("县市", PrintedCounties.All);
    public IReadOnlyList<AllottedSchool> Schools { get; } = form.Rows(
        "初中学校", row => new AllottedSchool(row), most: 1000);
}

/// <summary>四（一）1：计划分解表。</summary>
internal sealed class AllotmentForm()
    : Form<AllotmentPaper>("chuxiong.allotment", "送读计划分解表", ["cx2020/4.1.1"], form => new(form))
{
    public override IReadOnlyList<string> Interpretations => ["cx-i10"];

    public override FormLayout Layout { get; } = new(
        new("县市", [[new("县市", 6, "{county}"), new("年度", 6, "{year}")]]), new("分解", "{schools}"))
    {
        Notes = ["各校之和不超过县市的计划；没有列入的学校不得送读。州属完全中学的初中部由楚雄市分解。"],
    };
}

/// <summary>What guards of an allotment ask for.</summary>
/// <param name="Row">Of the county.</param>
/// <param name="Paper">What was entered.</param>
/// <param name="Plan">The county's of the year; null: not issued.</param>
/// <param name="Today">The day.</param>
internal sealed record AllotmentFacts(FilingRow Row, AllotmentPaper Paper, CountyPlan? Plan, DateOnly Today);

/// <summary>四（一）1：各校之和不超过县市的计划，也不少于已经送读的。</summary>
internal sealed class AllotmentWorkflow() : Workflow<AllotmentPaper, FilingRow, AllotmentFacts>(
    "chuxiong.allotment", "计划分解", "allotments", new AllotmentForm())
{
    private static readonly IReadOnlyList<string> Basis = ["cx2020/4.1.1"];

    internal static readonly CaseState Draft = new("Draft", "草稿"), Issued = new("Issued", "已分解") { IsFinal = true };

    public override CasePresentation Presentation { get; } = new() { Title = ["county"] };

    public override IReadOnlyList<CaseState> States { get; } = [Draft, Issued];

    public override IReadOnlyList<Transition<AllotmentFacts>> Transitions => field ??=
    [
        new("issue", "分解", [Draft], Issued, [Role.County], ["cx2020/4.1.1", "cx2020/4.1.2"])
        {
            Side = CaseSide.Own,
            NeedsWholeForm = true,
            Guards =
            [
                new("plan-issued", ["cx2020/4.1.2", "cx2020/A2"], f => f.Plan is not null, "州须先下达县市当年的计划"),
                new("sum-within-plan", ["cx2020/4.1.1"],
                    f => f.Plan is null || f.Paper.Schools.Sum(s => s.Places.IsKnown
                        ? s.Places.Value : 0) <= f.Plan.Quota,
                    "各校之和不得超过县市的计划"),
            ],
            Effect = IssueAsync,
            Undo = RecallAsync,
        },
    ];

    public override IReadOnlyList<Role> Openers => [Role.County];

    public override IReadOnlyList<string> Interpretations => ["cx-i10"];

    protected override Task<Opening<FilingRow>?> OnOpenAsync(
        UnitOfWork work, Guid caseId, AllotmentPaper entered, OpeningErrors errors)
    {
        if (!entered.Year.IsKnown) errors.Wrong("year", "须填写年度。");
        if (!entered.County.IsKnown) errors.Wrong("county", "须选择县市。");
        if (!entered.Year.IsKnown || !entered.County.IsKnown) return Task.FromResult<Opening<FilingRow>?>(null);
        var county = Plan2020.Printed.Counties[entered.County.Value].Division;
        return Task.FromResult<Opening<FilingRow>?>(new(
            new() { CaseId = caseId, County = county.ToString() }, entered.Year.Value, null,
            ScopePath.ForDivision(work.Policy.Divisions.Current(county))));
    }

    protected override async Task OnEditAsync(
        UnitOfWork work, FilingRow row, AllotmentPaper entered, OpeningErrors errors)
    {
        if (await OnOpenAsync(work, row.CaseId, entered, errors) is { } same
            && (same.Row.County != row.County || same.Year != row.Case.Year))
            errors.Wrong("county", "县市和年度不能改；请另建一份。");
    }

    protected override async Task<AllotmentFacts> LoadFactsAsync(
        UnitOfWork work, FilingRow row, AllotmentPaper entered) =>
        new(row, entered,
            await Quotas.PlanOfAsync(work, row.Case.Year,
                Plan2020.Printed.Counties.Single(c => c.Division.ToString() == row.County).Division),
            work.Today);

    private static async Task<IReadOnlyList<RuleViolation>> IssueAsync(UnitOfWork work, AllotmentFacts f)
    {
        var (mine, refusals) = await ReadAsync(work, f);
        if (refusals.Count > 0) return refusals;
        f.Row.Replaced = JsonSerializer.Serialize(await InForceAsync(work, f.Plan!));
        f.Row.FiledOn = f.Today;
        return await PutAsync(work, f.Plan!, mine);
    }

    /// <summary>A correction puts back what was there before, unless that has been replaced in its turn.</summary>
    private static async Task<IReadOnlyList<RuleViolation>> RecallAsync(UnitOfWork work, AllotmentFacts f)
    {
        var (mine, _) = await ReadAsync(work, f);
        if (!Same(await InForceAsync(work, f.Plan!), mine))
            return [new("allotment-replaced", "本年的计划后来又分解过，须先更正后一次", Basis)];
        return await PutAsync(work, f.Plan!, JsonSerializer.Deserialize<Dictionary<Guid, int>>(f.Row.Replaced!)!);
    }

    /// <summary>The junior highs that the paper names, with their places.</summary>
    private static async Task<(Dictionary<Guid, int> Places, IReadOnlyList<RuleViolation> Refusals)> ReadAsync(
        UnitOfWork work, AllotmentFacts f)
    {
        List<RuleViolation> refusals = [];
        Dictionary<Guid, int> places = [];
        var here = (await work.Db.Set<School>().AsNoTracking().Where(s => s.Kind == SchoolKind.JuniorHigh
            || s.Kind == SchoolKind.NineYear || s.Kind == SchoolKind.Complete).ToListAsync())
            .Where(s => work.Policy.Divisions.Current(Quotas.CountyOf(s)).ToString()
                == work.Policy.Divisions.Current(DivisionCode.Of(
                    int.Parse(f.Row.County!, System.Globalization.CultureInfo.InvariantCulture))).ToString()).ToList();
        foreach (var row in f.Paper.Schools)
        {
            if (here.Find(s => s.Name == row.School || s.Alias == row.School) is not { } school)
                refusals.Add(new("school-of-county", $"{row.School}不是本县市的初中", Basis) { Field = "schools" });
            else if (!places.TryAdd(school.Id, row.Places.Value))
                refusals.Add(new("school-once", $"{row.School}列了两次", Basis) { Field = "schools" });
        }

        return (places, refusals);
    }

    private static async Task<Dictionary<Guid, int>> InForceAsync(UnitOfWork work, CountyPlan plan) =>
        await work.Db.Set<Allotment>().AsNoTracking().Where(a => a.CountyPlanId == plan.Id && a.Places != null)
            .ToDictionaryAsync(a => a.SchoolId, a => a.Places!.Value);

    private static bool Same(Dictionary<Guid, int> one, Dictionary<Guid, int> other) =>
        one.Count == other.Count && one.All(p => other.TryGetValue(p.Key, out var places) && places == p.Value);

    private static async Task<IReadOnlyList<RuleViolation>> PutAsync(
        UnitOfWork work, CountyPlan plan, Dictionary<Guid, int> places)
    {
        List<RuleViolation> refusals = [];
        var there = await work.Db.Set<Allotment>().Include(a => a.School).Where(a => a.CountyPlanId == plan.Id)
            .ToDictionaryAsync(a => a.SchoolId);
        foreach (var allotment in there.Values.Where(a => places.Count > 0
            && a.Sent > places.GetValueOrDefault(a.SchoolId)))
            refusals.Add(new("below-sent", $"{allotment.School.Name}已送读 {allotment.Sent} 人，分解的计划不能少于此数", Basis));
        foreach (var allotment in there.Values)
            allotment.Places = places.TryGetValue(allotment.SchoolId, out var given) ? given : null;
        foreach (var (school, given) in places.Where(p => !there.ContainsKey(p.Key)))
        {
            var allotted = Allotment.For(work, plan,
                await work.Db.Set<School>().AsNoTracking().SingleAsync(s => s.Id == school));
            allotted.Places = given;
            work.Db.Add(allotted);
        }

        return refusals;
    }
}
