using System.Text.Json;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>附件2左表的一行。</summary>
internal sealed class PlannedCounty(FormBinder form)
{
    public Fact<int> County { get; } = form.OneOf("县市", PrintedCounties.All);
    public Fact<int> Entrants { get; } = form.Number("初一入学学籍人数", 0, 1_000_000);
    public Fact<int> Quota { get; } = form.Number("送读计划数", 0, 1_000_000);
    public Fact<int> ShanghaiTask { get; } = form.Number("东西协作任务数", 0, 1_000_000, optional: true);
}

/// <summary>附件2右表的一行。</summary>
internal sealed class PlannedPlaces(FormBinder form)
{
    public Fact<int> School { get; } = form.OneOf("学校", PrintedSchools.All);
    public Fact<int> Places { get; } = form.Number("招生计划数", 0, 1_000_000);
    public Fact<int> ShanghaiTask { get; } = form.Number("东西协作任务数", 0, 1_000_000, optional: true);
}

/// <summary>附件2：一年的计划。2020 年的照印，不再填报。</summary>
internal sealed class PlanPaper(FormBinder form)
{
    public Fact<int> Year { get; } = form.Number("年度", 2021, 2099);
    public IReadOnlyList<PlannedCounty> Counties { get; } = form.Rows(
        "县市送读计划", row => new PlannedCounty(row), most: 10);
    public IReadOnlyList<PlannedPlaces> Schools { get; } = form.Rows("学校招生计划", row => new PlannedPlaces(row), most: 12);
}

/// <summary>附件2：以后各年的计划表。</summary>
internal sealed class PlanForm()
    : Form<PlanPaper>("chuxiong.plan", "义务教育职教班送读招生计划表", ["cx2020/4.1.2", "cx2020/A2"], form => new(form))
{
    public override IReadOnlyList<FormRule<PlanPaper>> Rules { get; } =
    [
        new("ten-counties", nameof(PlanPaper.Counties), ["cx2020/A2"],
            p => p.Counties.Count == EduAssist.Chuxiong.PrintedCounties.All.Count, "须列全十县市；没有计划的填 0"),
        new("twelve-schools", nameof(PlanPaper.Schools), ["cx2020/2", "cx2020/A2"],
            p => p.Schools.Count == EduAssist.Chuxiong.PrintedSchools.All.Count, "须列全十二所学校；没有计划的填 0"),
    ];

    public override FormLayout Layout { get; } = new(
        new("年度", "{year}"), new("县市送读计划", "{counties}"), new("学校招生计划", "{schools}"))
    {
        Notes = ["送读计划不超过本届学生初一入学时学籍人数的三成。计划数不能少于已经送读、入学和分解的人数；重新下达时，数字以最后一次为准。"],
    };
}

/// <summary>What guards of a plan ask for.</summary>
internal sealed record PlanFacts(FilingRow Row, PlanPaper Paper, DateOnly Today);

/// <summary>The figures of a year, as they are kept when others take their place.</summary>
internal sealed record PlanFigures(IReadOnlyList<CountyFigures> Counties, IReadOnlyList<SchoolFigures> Schools)
{
    /// <summary>Those in force; null: no plan was issued.</summary>
    internal static async Task<PlanFigures?> LoadAsync(UnitOfWork work, int year)
    {
        var counties = await work.Db.Set<CountyPlan>().Where(p => p.Year == year)
            .Select(p => new CountyFigures(p.Division, p.Entrants, p.Quota, p.ShanghaiTask)).ToListAsync();
        var schools = await work.Db.Set<SchoolPlan>().Where(p => p.Year == year)
            .Select(p => new SchoolFigures(p.SchoolId, p.Places, p.ShanghaiTask)).ToListAsync();
        return counties.Count + schools.Count == 0 ? null : new(counties, schools);
    }

    /// <summary>The same figures give the same text.</summary>
    internal string Json() => JsonSerializer.Serialize(new PlanFigures(
        [.. Counties.OrderBy(c => c.Division, StringComparer.Ordinal)], [.. Schools.OrderBy(s => s.School)]));
}

/// <summary>A county's.</summary>
internal sealed record CountyFigures(string Division, int Entrants, int Quota, int ShanghaiTask);

/// <summary>A school's.</summary>
internal sealed record SchoolFigures(Guid School, int Places, int ShanghaiTask);

/// <summary>四（一）2：州下达一年的计划；可以重新下达，但不能少于已经用掉的。</summary>
internal sealed class PlanWorkflow()
    : Workflow<PlanPaper, FilingRow, PlanFacts>("chuxiong.plan", "送读招生计划", "plans", new PlanForm())
{
    private static readonly IReadOnlyList<string> Basis = ["cx2020/4.1.2", "cx2020/A2"];

    internal static readonly CaseState Draft = new("Draft", "草稿"), Issued = new("Issued", "已下达") { IsFinal = true };

    public override CasePresentation Presentation { get; } = new() { Title = ["year"] };

    public override IReadOnlyList<CaseState> States { get; } = [Draft, Issued];

    public override IReadOnlyList<Transition<PlanFacts>> Transitions => field ??=
    [
        new("issue", "下达", [Draft], Issued, [Role.Prefecture], ["cx2020/4.1.1", "cx2020/4.1.2", "cx2020/A2"])
            { NeedsWholeForm = true, Effect = IssueAsync, Undo = RecallAsync },
    ];

    public override IReadOnlyList<Role> Openers => [Role.Prefecture];

    public override IReadOnlyList<Role> Supervisors => [Role.Prefecture, Role.Administrator];

    public override IReadOnlyList<string> Interpretations => ["cx-i5", "cx-i11"];

    protected override Task<Opening<FilingRow>?> OnOpenAsync(
        UnitOfWork work, Guid caseId, PlanPaper entered, OpeningErrors errors)
    {
        if (!entered.Year.IsKnown) errors.Wrong("year", "须填写年度（2021 至 2099）；2020 年的计划照附件2印出的执行。");
        return Task.FromResult<Opening<FilingRow>?>(entered.Year.IsKnown
            ? new(new() { CaseId = caseId }, entered.Year.Value, null, ChuxiongModule.Prefecture)
            : null);
    }

    protected override Task OnEditAsync(UnitOfWork work, FilingRow row, PlanPaper entered, OpeningErrors errors)
    {
        if (!entered.Year.IsKnown || entered.Year.Value != row.Case.Year) errors.Wrong("year", "年度不能改；请另建一份。");
        return Task.CompletedTask;
    }

    protected override Task<PlanFacts> LoadFactsAsync(UnitOfWork work, FilingRow row, PlanPaper entered) =>
        Task.FromResult(new PlanFacts(row, entered, work.Today));

    private static async Task<IReadOnlyList<RuleViolation>> IssueAsync(UnitOfWork work, PlanFacts f)
    {
        var plan = PlanOf(f.Paper);
        if (plan.Check(work.Policy.Reading).Where(r => r.Level == RemarkLevel.Error)
            .Select(r => new RuleViolation(r.Id, r.Text.TrimEnd('。'), r.Provisions)).ToList() is { Count: > 0 } faults)
            return faults;
        f.Row.Replaced = (await PlanFigures.LoadAsync(work, plan.Year))?.Json();
        f.Row.FiledOn = f.Today;
        return await PutAsync(work, plan.Year, await FiguresOfAsync(work, plan));
    }

    /// <summary>A correction puts back what was there before, unless that has been replaced in its turn.</summary>
    private static async Task<IReadOnlyList<RuleViolation>> RecallAsync(UnitOfWork work, PlanFacts f)
    {
        var (year, mine) = (f.Row.Case.Year, await FiguresOfAsync(work, PlanOf(f.Paper)));
        if ((await PlanFigures.LoadAsync(work, year))?.Json() != mine.Json())
            return [new("plan-replaced", "本年的计划后来又下达过，须先更正后一次", Basis)];
        if (f.Row.Replaced is { } before)
            return await PutAsync(work, year, JsonSerializer.Deserialize<PlanFigures>(before)!);
        var used = await work.Db.Set<Allotment>().AnyAsync(a => a.Year == year)
            || await work.Db.Set<CountyPlan>().AnyAsync(p => p.Year == year && p.Sent + p.SentToShanghai > 0)
            || await work.Db.Set<SchoolPlan>().AnyAsync(p => p.Year == year
                && (p.Enrolled + p.SentToShanghai > 0 || p.RegistrationCompleteOn != null));
        if (used) return [new("plan-used", "本年的计划已经分解或者使用，不能收回", Basis)];
        await work.Db.Set<CountyPlan>().Where(p => p.Year == year).ExecuteDeleteAsync();
        await work.Db.Set<SchoolPlan>().Where(p => p.Year == year).ExecuteDeleteAsync();
        return [];
    }

    private static Plan PlanOf(PlanPaper paper)
    {
        IReadOnlyList<CountyQuota> counties =
        [
            .. paper.Counties.Select(c => Plan2020.Printed.Counties[c.County.Value]
                with { Entrants = c.Entrants.Value, Quota = c.Quota.Value, ShanghaiTask = Or0(c.ShanghaiTask) }),
        ];
        IReadOnlyList<SchoolPlaces> schools =
        [
            .. paper.Schools.Select(s => Plan2020.Printed.Schools.Single(p => p.Name == PrintedSchools.All[
                s.School.Value].Name) with { Places = s.Places.Value, ShanghaiTask = Or0(s.ShanghaiTask) }),
        ];
        return new(paper.Year.Value, counties, schools,
            new(counties.Sum(c => c.Entrants), counties.Sum(c => c.Quota), schools.Sum(s => s.Places),
                counties.Sum(c => c.ShanghaiTask) + schools.Sum(s => s.ShanghaiTask ?? 0)));
    }

    private static int Or0(Fact<int> number) => number.IsKnown ? number.Value : 0;

    /// <summary>With the codes that the counties bear today: the plan of 2020 alone has those of its year.</summary>
    private static async Task<PlanFigures> FiguresOfAsync(UnitOfWork work, Plan plan)
    {
        var schools = await work.Db.Set<School>().AsNoTracking().Where(s => s.SeedKey != null)
            .ToDictionaryAsync(s => s.SeedKey!);
        return new(
            [
                .. plan.Counties.Select(c => new CountyFigures(
                    work.Policy.Divisions.Current(c.Division).ToString(), c.Entrants, c.Quota, c.ShanghaiTask)),
            ],
            [
                .. plan.Schools.Select(
                    s => new SchoolFigures(schools[PrintedSchools.KeyOf(s.Name)].Id, s.Places, s.ShanghaiTask ?? 0)),
            ]);
    }

    /// <summary>Never below what is already sent, enrolled or allotted.</summary>
    private static async Task<IReadOnlyList<RuleViolation>> PutAsync(UnitOfWork work, int year, PlanFigures figures)
    {
        var (db, divisions) = (work.Db, work.Policy.Divisions);
        List<RuleViolation> refusals = [];
        var counties = await db.Set<CountyPlan>().Where(p => p.Year == year).ToDictionaryAsync(p => p.Division);
        var allotted = await db.Set<Allotment>().Where(a => a.Year == year && a.Places != null)
            .GroupBy(a => a.CountyPlanId).Select(g => new { g.Key, Sum = g.Sum(a => a.Places) })
            .ToDictionaryAsync(x => x.Key, x => x.Sum ?? 0);
        foreach (var given in figures.Counties)
        {
            if (!counties.TryGetValue(given.Division, out var county))
            {
                var here = DivisionCode.Of(
                    int.Parse(given.Division, System.Globalization.CultureInfo.InvariantCulture));
                db.Add(county = new()
                {
                    Id = work.NewId(),
                    Year = year,
                    Division = given.Division,
                    Name = divisions.Find(here)?.Name ?? given.Division,
                    Scope = ScopePath.ForDivision(here)
                });
            }

            if (given.Quota < county.Sent)
                refusals.Add(new("below-sent", $"{county.Name}已送读 {county.Sent} 人，计划不能少于此数", Basis));
            if (given.ShanghaiTask < county.SentToShanghai)
                refusals.Add(
                    new("below-sent-to-shanghai", $"{county.Name}已送往上海 {county.SentToShanghai} 人，任务数不能少于此数", Basis));
            if (given.Quota < allotted.GetValueOrDefault(county.Id))
                refusals.Add(
                    new("below-allotted", $"{county.Name}已分解 {allotted[county.Id]} 人，计划不能少于此数", ["cx2020/4.1.1"]));
            (county.Entrants, county.Quota, county.ShanghaiTask) = (given.Entrants, given.Quota, given.ShanghaiTask);
        }

        var schools = await db.Set<SchoolPlan>().Include(p => p.School).Where(p => p.Year == year)
            .ToDictionaryAsync(p => p.SchoolId);
        foreach (var given in figures.Schools)
        {
            if (!schools.TryGetValue(given.School, out var school))
                db.Add(school = new() { Id = work.NewId(), Year = year, SchoolId = given.School });
            if (given.Places < school.Enrolled)
                refusals.Add(new("below-enrolled", $"{school.School.Name}已入学 {school.Enrolled} 人，计划不能少于此数", Basis));
            if (given.ShanghaiTask < school.SentToShanghai)
                refusals.Add(new(
                    "below-sent-to-shanghai", $"{school.School.Name}已送往上海 {school.SentToShanghai} 人，任务数不能少于此数", Basis));
            (school.Places, school.ShanghaiTask) = (given.Places, given.ShanghaiTask);
        }

        return refusals;
    }
}
