using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>What guards of a declaration ask for.</summary>
internal sealed record CompletionFacts(FilingRow Row, CompletionPaper Paper, SchoolPlan? Plan, DateOnly Today)
{
    /// <summary>The last day on which a student of annex 4 was registered; null: none was.</summary>
    public DateOnly? LastRegistered { get; init; }

    /// <summary>The last day on which a student of annex 4 left with proof; null: none did.</summary>
    public DateOnly? LastExcused { get; init; }

    internal Truth IsInAutumn =>
        Paper.Date.Is(d => SchoolYear.TermOf(d) == Term.Autumn && SchoolYear.Of(d).Start == Row.Case.Year);
}

/// <summary>cx-i4：登记秋季注册完成之日，巩固期到这一天为止。</summary>
internal sealed class CompletionWorkflow() : Workflow<CompletionPaper, FilingRow, CompletionFacts>(
    "chuxiong.registration-completion", "注册完成申明", "registration-completions", new CompletionForm())
{
    internal static readonly CaseState Draft = new("Draft", "草稿"), Declared = new("Declared", "已申明") { IsFinal = true };

    public override CasePresentation Presentation { get; } = new() { Title = ["school"], School = "school" };

    public override IReadOnlyList<CaseState> States { get; } = [Draft, Declared];

    public override IReadOnlyList<Transition<CompletionFacts>> Transitions { get; } =
    [
        new("declare", "申明", [Draft], Declared, [Role.Vocational], ["cx2020/4.2.5"])
        {
            Side = CaseSide.Own,
            NeedsWholeForm = true,
            Guards =
            [
                new("autumn-of-the-year", ["cx2020/4.2.5", "cx2020/5.3d"], f => f.IsInAutumn, "完成日期须在当年的秋季学期之内")
                    { Interpretations = ["cx-i12"] },
                new("not-in-future", ["cx2020/4.2.5"], f => f.Paper.Date.Is(d => d <= f.Today), "完成日期不能晚于今天"),
                new("plan-issued", ["cx2020/A2"], f => f.Plan is not null, "学校须有当年的计划"),
                new("declared-once", ["cx2020/4.2.5"], f => f.Plan?.RegistrationCompleteOn is null,
                    "当年已经申明过；日期有误的，更正原来的申明"),
                new("after-registrations", ["cx2020/4.2.5", "cx2020/5.3d"],
                    f => f.Paper.Date.Is(d => f.LastRegistered is not { } last || d >= last),
                    "完成日期不能早于已登记的最后一次注册") { Interpretations = ["cx-i4"] },
                new("after-proven-exits", ["cx2020/4.2.5", "cx2020/6.2"],
                    f => f.Paper.Date.Is(d => f.LastExcused is not { } last || d >= last),
                    "完成日期不能早于已登记的最后一次有证明的离班") { Interpretations = ["cx-i4"] },
            ],
            Effect = (work, f) => RecordAsync(work, f, f.Paper.Date.Value),
            Undo = (work, f) => RecordAsync(work, f, null),
        },
    ];

    public override IReadOnlyList<Role> Openers => [Role.Vocational];

    public override IReadOnlyList<string> Interpretations => ["cx-i4"];

    protected override async Task<Opening<FilingRow>?> OnOpenAsync(
        UnitOfWork work, Guid caseId, CompletionPaper entered, OpeningErrors errors)
    {
        if (!entered.School.IsKnown) errors.Wrong("school", "须选择职业学校。");
        if (!entered.Year.IsKnown) errors.Wrong("year", "须填写年度。");
        if (!entered.School.IsKnown || !entered.Year.IsKnown) return null;
        var school = await PrintedSchools.FindAsync(work, PrintedSchools.All[entered.School.Value].Name);
        return new(new() { CaseId = caseId, SchoolId = school.Id }, entered.Year.Value, null, school.Scope);
    }

    protected override async Task OnEditAsync(
        UnitOfWork work, FilingRow row, CompletionPaper entered, OpeningErrors errors)
    {
        if (await OnOpenAsync(work, row.CaseId, entered, errors) is { } same
            && (same.Row.SchoolId != row.SchoolId || same.Year != row.Case.Year))
            errors.Wrong("school", "学校和年度不能改；请另建一份。");
    }

    protected override async Task<CompletionFacts> LoadFactsAsync(
        UnitOfWork work, FilingRow row, CompletionPaper entered)
    {
        var students = work.Db.Set<ApplicationRow>()
            .Where(a => a.Case.Year == row.Case.Year && a.VocationalSchoolId == row.SchoolId && a.ConfirmedOn != null);
        return new(row, entered,
            await work.Db.Set<SchoolPlan>().AsNoTracking()
                .SingleOrDefaultAsync(p => p.Year == row.Case.Year && p.SchoolId == row.SchoolId),
            work.Today)
        {
            LastRegistered = await students.MaxAsync(a => a.RegisteredOn),
            LastExcused = await students.Where(a => a.ProofConfirmedOn != null && a.ExitReason != ExitReason.Lost)
                .MaxAsync(a => a.ExitOn),
        };
    }

    private static async Task<IReadOnlyList<RuleViolation>> RecordAsync(
        UnitOfWork work, CompletionFacts f, DateOnly? day)
    {
        await work.Db.Set<SchoolPlan>().Where(p => p.Id == f.Plan!.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.RegistrationCompleteOn, day));
        f.Row.FiledOn = day;
        return [];
    }
}
