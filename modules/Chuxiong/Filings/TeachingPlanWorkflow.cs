using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;

namespace EduAssist.Chuxiong;

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
        {
            NeedsWholeForm = true,
            Warnings =
            [
                new("in-time", ["cx2020/5.2", "cx2020/A5"], f => f.Today <= new DateOnly(f.Row.Case.Year, 4, 30),
                    "教学方案应在4月30日前上报，已逾期"),
            ],
        },
        new("return", "退回", [Submitted], Draft, [Role.County, Role.Prefecture], ["cx2020/5.2"])
            { Guards = [OwnBureau] },
        new("file", "备案", [Submitted], Filed, [Role.County, Role.Prefecture], ["cx2020/5.2"])
            { Guards = [OwnBureau], Effect = (_, f) => Filings.FileAsync(f) },
    ];

    public override IReadOnlyList<Role> Openers => [Role.Vocational];

    private static Criterion<FilingFacts> OwnBureau =>
        new("own-bureau", ["cx2020/5.2"], f => f.IsBy(f.IsOfPrefectureSchool ? Role.Prefecture : Role.County),
            "县市职中的教学方案报县市备案，州属学校的报州备案");

    protected override async Task<Opening<FilingRow>?> OnOpenAsync(
        UnitOfWork work, Guid caseId, TeachingPlan entered, OpeningErrors errors)
    {
        if (!entered.School.IsKnown)
        {
            errors.Wrong("school", "须选择职业学校。");
            return null;
        }

        var school = await PrintedSchools.FindAsync(work, PrintedSchools.All[entered.School.Value].Name);
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
