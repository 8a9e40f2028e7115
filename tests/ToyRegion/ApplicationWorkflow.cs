using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Enrolment;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.ToyRegion;

/// <summary>第五条、第七条、第八条、第十四条：一份申请从填报、逐级审核到同意。</summary>
internal sealed class ApplicationWorkflow() : Workflow<Application, ApplicationRow, ApplicationFacts>(
    "toyregion.application", "走读帮扶申请", "applications", new ApplicationForm())
{
    internal static readonly CaseState
        Draft = new("Draft", "草稿"),
        Submitted = new("Submitted", "待县区教育局初审"),
        Examined = new("Examined", "待市教育局复审"),
        Approved = new("Approved", "已审核"),
        Granted = new("Granted", "已同意") { IsFinal = true },
        Declined = new("Declined", "未同意") { IsFinal = true };

    /// <summary>第十四条：初审、复审。</summary>
    private static readonly ReviewChain<ApplicationFacts> Reviewers = new(Draft, Approved, f => f.Review,
    [
        new(Role.County, Submitted, "toy2024/14"),
        new(Role.Prefecture, Examined, "toy2024/14") { Within = new(2, "toy2024/14") },
    ]);

    public override CasePresentation Presentation { get; } = new()
    {
        Title = ["studentName"],
        Student = [new("studentName", "Name")],
        Listing = "ToyRegionApplications",
        Facts = [nameof(ApplicationLine.GrantedOn), nameof(ApplicationLine.Route)],
    };

    public override IReadOnlyList<CaseState> States { get; } =
        [Draft, Submitted, Examined, Approved, Granted, Declined];

    public override IReadOnlyList<Role> Openers => [Role.School, Role.Teacher];

    public override IProgramme Programme { get; } = new Help();

    public override IReadOnlyList<Transition<ApplicationFacts>> Transitions { get; } =
    [
        new("submit", "提交", [Draft], Submitted, [Role.School], ["toy2024/7"])
        {
            NeedsWholeForm = true,
            Onward = Reviewers.Begin,
            Guards =
            [
                new("acceptance-window", ["toy2024/5", "toy2024/11"], f => f.Acceptance.Any(w => w.IsOpen(f.Today)),
                    "须在受理期内提交"),
                new("assessed-eligible", ["toy2024/2", "toy2024/3", "toy2024/4"], f => Is(f.Row.Verdict),
                    "须先评估，并且符合帮扶资格"),
                new("no-bus-of-its-own", ["toy2024/13"], f => f.Bus != ToyRegionSchools.Licensed,
                    "学校的校车资质合格，由学校自行接送"),
            ],
            PossibleOn = (f, guard) =>
                guard == "acceptance-window" ? f.Acceptance.Min(w => w.NextOpening(f.Today)) : null,
        },
        .. Reviewers.Transitions,
        new Transition<ApplicationFacts, Arrangement>("grant", "同意", [Approved], Granted, [Role.County],
            ["toy2024/8"], form => new(form))
        {
            DueOn = f => f.AnswerBy,
            Warnings = [Answered],
            Effect = (_, f, arrangement) => Grant(f, arrangement),
        },
        new("decline", "不同意", [Submitted, Approved], Declined, [Role.County], ["toy2024/8"])
        {
            DueOn = f => f.AnswerBy,
            Warnings = [Answered],
        },
    ];

    /// <summary>A late answer is an answer all the same.</summary>
    private static Criterion<ApplicationFacts> Answered =>
        new("answered-in-time", ["toy2024/12"], f => !(f.Today > f.AnswerBy), "应在收到申请后五个工作日内答复，已逾期");

    protected override async Task<Opening<ApplicationRow>?> OnOpenAsync(
        UnitOfWork work, Guid caseId, Application entered, OpeningErrors errors)
    {
        if (await ApplicantAsync(work, entered, errors) is not { } roll) return null;
        var row = new ApplicationRow
        {
            CaseId = caseId,
            StudentName = roll.Student.Name,
            SchoolId = roll.SchoolId,
            SchoolName = roll.School.Name,
            GuardianPhone = PhoneOf(entered),
        };
        return new(row, work.Today.Year, roll.StudentId, roll.Scope);
    }

    protected override async Task OnEditAsync(
        UnitOfWork work, ApplicationRow row, Application entered, OpeningErrors errors)
    {
        if (await ApplicantAsync(work, entered, errors) is { } roll && roll.StudentId != row.Case.StudentId)
            errors.Wrong("residentId", "不能改为另一名学生；请另建一份。");
        (row.GuardianPhone, row.Verdict) = (PhoneOf(entered), null);
    }

    protected override async Task<ApplicationFacts> LoadFactsAsync(
        UnitOfWork work, ApplicationRow row, Application entered)
    {
        var (calendar, year) = (work.Policy.Calendar, row.Case.Year);
        var submitted = await work.Db.Set<CaseEvent>().Where(e => e.CaseId == row.CaseId && e.Action == "submit")
            .OrderByDescending(e => e.Sequence).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync();
        return new(row, entered, work.Today,
            [work.Policy.InForce(Timeline.Acceptance(year, calendar)), work.Policy.InForce(Timeline.Second)],
            submitted is { } at ? calendar.Add(DateOnly.FromDateTime(at.ToOffset(Today.Offset).DateTime), 5).Due : null,
            await Reviewers.LoadAsync(work, row.Case),
            await SchoolAttributes.ValueOnAsync(work.Db, row.SchoolId, ToyRegionSchools.Bus, work.Today));
    }

    protected override Task<OrderedDictionary<string, ColumnValue>> PrefillFactsAsync(
        UnitOfWork work, ApplicationFacts facts) =>
        Task.FromResult(facts.Form.Kilometres.IsKnown
            ? new OrderedDictionary<string, ColumnValue>
            {
                ["kilometres"] = ColumnValue.From(facts.Form.Kilometres.Value),
            }
            : []);

    protected override void Assessed(ApplicationRow row, StoredAssessment kept) => row.Verdict = kept.Verdict;

    /// <summary>The roll of the pupil whom the form names by the resident ID.</summary>
    private static async Task<Roll?> ApplicantAsync(UnitOfWork work, Application entered, OpeningErrors errors)
    {
        var index = entered.ResidentId.IsKnown
            ? work.Keys.BlindIndexOf(entered.ResidentId.Value.Value, BlindIndex.ResidentId) : null;
        var roll = index is null ? null : await work.Db.Set<Roll>().Include(r => r.School).Include(r => r.Student)
            .FirstOrDefaultAsync(r => r.Student.ResidentIdIndex == index && r.State == RollState.OnRoll);
        if (roll is not null && work.Actor.AccessScope.Covers(roll.Scope)) return roll;
        errors.Wrong("residentId", "本校在籍学生中没有这个身份证号码。");
        return null;
    }

    private static Task<IReadOnlyList<RuleViolation>> Grant(ApplicationFacts f, Arrangement arrangement)
    {
        (f.Row.GrantedOn, f.Row.Route) = (f.Today, arrangement.Route);
        return Task.FromResult<IReadOnlyList<RuleViolation>>([]);
    }

    private static string? PhoneOf(Application entered) =>
        entered.GuardianPhone.IsKnown ? entered.GuardianPhone.Value.Value : null;

    private static Truth Is(Verdict? verdict) =>
        verdict switch { Verdict.Eligible => Truth.True, Verdict.Ineligible => Truth.False, _ => default };
}
