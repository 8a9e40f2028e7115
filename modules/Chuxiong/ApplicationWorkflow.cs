using System.Text.Json.Nodes;
using EduAssist.Core.Cases;
using EduAssist.Core.Security;
using EduAssist.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>初中的审核意见，写在申请表上。</summary>
internal sealed class Review(FormReader form)
{
    internal static readonly IReadOnlyList<FormRule<Review>> Rules = [new("opinion-sealed", nameof(Seal), ["cx2020/A3"], r => r.Seal, "审核意见须加盖学校公章")];

    public Truth Seal { get; } = form.Seal("学校盖章");
    public Fact<DateOnly> Date { get; } = form.Date("审核日期");
}

/// <summary>送读时移交的材料。</summary>
internal sealed class Handover(FormReader form)
{
    internal static readonly IReadOnlyList<FormRule<Handover>> Rules = [new("photocopy", nameof(Photocopy), ["cx2020/A3"], h => h.Photocopy, "送读时须把申请表复印件交给职业学校")];

    public Truth Photocopy { get; } = form.Confirmation("申请表复印件已移交");
}

/// <summary>报到入学。</summary>
internal sealed class Arrival(FormReader form)
{
    public string? ClassName { get; } = form.Text("职教班所在班级", 20);
    public string? StudentNumber { get; } = form.Text("学号", 20);
    public string? HeadTeacher { get; } = form.Text("班主任", 40, optional: true);
}

/// <summary>五（四）：初中毕业。</summary>
internal sealed class Graduation(FormReader form)
{
    internal static readonly IReadOnlyList<FormRule<Graduation>> Rules = [new("results-handed-over", nameof(ResultsReceived), ["cx2020/5.4"], g => g.ResultsReceived, "职业学校须先把课程成绩移交原初中")];

    public string? Certificate { get; } = form.Text("义务教育证书编号", 40);
    public Fact<DateOnly> Date { get; } = form.Date("发证日期");
    public Truth ResultsReceived { get; } = form.Confirmation("已收到职业学校移交的课程成绩");
}

/// <summary>五（三）：注册中职学籍。</summary>
internal sealed class RollEntry(FormReader form)
{
    public Fact<DateOnly> Date { get; } = form.Date("注册日期");
    public string? School { get; } = form.Text("注册学校", 40, optional: true);
    public string? Number { get; } = form.Text("中职学号", 30, optional: true);
}

/// <summary>离班。</summary>
internal sealed class Leaving(FormReader form)
{
    public Fact<DateOnly> Date { get; } = form.Date("离班日期");
    public string? Reason { get; } = form.Text("原因", 200);
    public string? ProofIssuer { get; } = form.Text("出具书面证明的学校", 40, optional: true);
}

/// <summary>四（二）、五（三）：一份报名申请从填报到注册。</summary>
internal sealed class ApplicationWorkflow() : Workflow<Application, ApplicationRow, ApplicationFacts>(
    "chuxiong.application", "报名申请", "applications", new ApplicationForm())
{
    internal static readonly CaseState
        Draft = new("Draft", "草稿"),
        Submitted = new("Submitted", "已提交"),
        SchoolApproved = new("SchoolApproved", "初中已同意"),
        SchoolRejected = new("SchoolRejected", "初中不同意") { IsFinal = true },
        Withdrawn = new("Withdrawn", "已撤回") { IsFinal = true },
        Sent = new("Sent", "已送读"),
        Enrolled = new("Enrolled", "已入学"),
        Listed = new("Listed", "已列入在读名单"),
        Confirmed = new("Confirmed", "县市已确认"),
        Graduated = new("Graduated", "初中已毕业"),
        Registered = new("Registered", "已注册中职学籍") { IsFinal = true },
        ReturnedToOriginalSchool = new("ReturnedToOriginalSchool", "已回原初中") { IsFinal = true },
        InOtherSeniorSecondary = new("InOtherSeniorSecondary", "已到其他高中阶段学校") { IsFinal = true },
        Lost = new("Lost", "流失") { IsFinal = true };

    private static readonly Registration VocationalRoll = new();

    public override IReadOnlyList<CaseState> States { get; } =
        [Draft, Submitted, SchoolApproved, SchoolRejected, Withdrawn, Sent, Enrolled, Listed, Confirmed, Graduated, Registered, ReturnedToOriginalSchool, InOtherSeniorSecondary, Lost];

    public override IReadOnlyList<Transition<ApplicationFacts>> Transitions => field ??=
    [
        new("submit", "提交", [Draft], Submitted, [Role.School, Role.Teacher], ["cx2020/4.1.3", "cx2020/4.2.1"])
        {
            NeedsWholeForm = true,
            Guards =
            [
                new("application-window", ["cx2020/4.2.1", "cx2020/4.2.2"], a => a.MayApply, "报名从四月下旬宣传期第一天起，到送读期最后一天止"),
                new("assessed-eligible", ["cx2020/3", "cx2020/3.1", "cx2020/3.2", "cx2020/3.3"], a => Is(a.Row.Verdict), "须先评估，并且符合报名资格"),
                new("one-school", ["cx2020/2", "cx2020/A3"], a => a.Row.VocationalSchoolId is not null, "须在十二所职业学校中选择一所"),
            ],
            PossibleOn = (a, guard) => guard == "application-window" && a.Today < a.Publicity.First ? a.Publicity.First : null,
        },
        new Transition<ApplicationFacts, Review>("approve", "初中同意", [Submitted], SchoolApproved, [Role.School], ["cx2020/A3"], form => new(form))
        {
            InputRules = Review.Rules,
            Effect = (_, a, review) => Decide(a, Opinion.Agrees, review),
        },
        new Transition<ApplicationFacts, Review>("reject", "初中不同意", [Submitted], SchoolRejected, [Role.School], ["cx2020/A3"], form => new(form))
        {
            InputRules = Review.Rules,
            Effect = (_, a, review) => Decide(a, Opinion.Disagrees, review),
        },
        new("withdraw", "撤回", [Draft, Submitted, SchoolApproved], Withdrawn, [Role.School, Role.Teacher], ["cx2020/4.1.3"]),
        new Transition<ApplicationFacts, Handover>("send", "送读", [SchoolApproved], Sent, [Role.School, Role.County], ["cx2020/4.2.2", "cx2020/4.1.1", "cx2020/4.1.2"], form => new(form))
        {
            InputRules = Handover.Rules,
            Guards =
            [
                new("sending-window", ["cx2020/4.2.2"], a => a.Sending.IsOpen(a.Today), "须在送读期内送读，其他时间不得招生送读") { Interpretations = ["cx-i2"] },
                new("implementation-plan", ["cx2020/8.1a"], a => a.CountyMaySend, "县市的实施方案经州审核通过后才能送读") { Interpretations = ["cx-i8"] },
                new("plan-issued", ["cx2020/4.1.2", "cx2020/A2"], a => a.CountyPlan is not null && a.SchoolPlan is not null, "县市和学校须有当年下达的计划"),
                new("school-has-places", ["cx2020/4.1.2", "cx2020/A2"], a => a.SchoolPlan is null || a.SchoolPlan.Enrolled < a.SchoolPlan.Places, "所报学校的招生计划已用完"),
                new("both-signed", ["cx2020/A3", "cx2020/4.1.3"], a => a.Form.StudentSigned & a.Form.StudentFingerprint & a.Form.GuardianSigned & a.Form.GuardianFingerprint, "学生和法定监护人都须签字并按手印，否则申请表无效"),
                new("school-agrees", ["cx2020/A3"], a => a.Form.Opinion == Opinion.Agrees, "初中审核意见须为同意"),
                new("no-vocational-roll", ["cx2020/5.3d"], a => !a.HasVocationalRoll, "不得已有中职学籍"),
                new("one-application", ["cx2020/A3"], a => !a.HasOtherOpenApplication, "同时只能有一份报名申请"),
                new("once-a-window", ["cx2020/4.2.2", "cx2020/5.3b"], a => !a.SentBeforeThisYear, "本年送读期已送读过，返校后只能在以后的送读期再送读"),
            ],
            PossibleOn = (a, guard) => guard == "sending-window" ? a.Sending.NextOpening(a.Today) : null,
            Effect = async (act, a, _) => await Send(act, a),
            Undo = async (act, a) =>
            {
                await Quotas.Send(act, a.CountyPlan!, -1);
                await act.Db.Set<Allotment>().Where(x => x.Id == a.Allotment!.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Sent, x => x.Sent - 1));
            },
        },
        new Transition<ApplicationFacts, Arrival>("enrol", "入学", [Sent], Enrolled, [Role.Vocational], ["cx2020/4.2.2b", "cx2020/5.1", "cx2020/5.3a"], form => new(form))
        {
            Guards =
            [
                new("teaching-plan", ["cx2020/5.2", "cx2020/A5"], a => a.TeachingPlanFiled, "学校的教学方案备案后才能入学"),
                new("implementation-plan", ["cx2020/8.1a"], a => a.SchoolMayEnrol, "州属学校的实施方案经州审核通过后才能入学") { When = a => a.GoesToPrefectureSchool },
            ],
            Effect = async (act, a, arrival) =>
            {
                if (!await Quotas.Enrol(act, a.SchoolPlan!)) return [new("school-plan", "学校的招生计划已用完", ["cx2020/4.1.2", "cx2020/A2"])];
                (a.Row.EnrolledOn, a.Row.VocationalClass, a.Row.VocationalNumber, a.Row.HeadTeacher) = (a.Today, arrival.ClassName, arrival.StudentNumber, arrival.HeadTeacher);
                return [];
            },
            Undo = async (act, a) => await Quotas.Enrol(act, a.SchoolPlan!, -1),
        },
        new("list", "列入在读名单", [Enrolled], Listed, [Role.Vocational], ["cx2020/4.2.4", "cx2020/A4"])
        {
            Guards = [new("confirmation-begun", ["cx2020/4.2.4"], a => a.ConfirmationHasBegun, "确认期开始后清点上报在读学生")],
            PossibleOn = (a, _) => a.Confirmation.First,
            Effect = (_, a) => Dated(() => a.Row.ListedOn = a.Today),
        },
        new("confirm", "县市确认", [Listed], Confirmed, [Role.County], ["cx2020/4.2.4"])
        {
            Guards = [new("confirmation-begun", ["cx2020/4.2.4"], a => a.ConfirmationHasBegun, "确认期开始后由县市确认")],
            PossibleOn = (a, _) => a.Confirmation.First,
            Effect = (_, a) => Dated(() => a.Row.ConfirmedOn = a.Today),
        },
        new Transition<ApplicationFacts, Graduation>("graduate", "初中毕业", [Confirmed], Graduated, [Role.School], ["cx2020/5.4"], form => new(form))
        {
            InputRules = Graduation.Rules,
            Effect = async (act, a, graduation) =>
            {
                var day = graduation.Date.Value;
                if (day > a.Today || day < a.Row.ConfirmedOn) return [new("graduation-date", "发证日期须在县市确认之后，不晚于今天", ["cx2020/5.4"]) { Field = "date" }];
                (a.Row.GraduatedOn, a.Row.Certificate) = (day, graduation.Certificate);
                return await Task.FromResult<IReadOnlyList<Refusal>>([]);
            },
        },
        new Transition<ApplicationFacts, RollEntry>("register", "注册中职学籍", [Graduated], Registered, [Role.Vocational], ["cx2020/5.3d", "cx2020/5.3c"], form => new(form))
        {
            Guards = [new("no-vocational-roll", ["cx2020/5.3d"], a => !a.HasVocationalRoll, "不得已有中职学籍")],
            Effect = Register,
        },
        Leaves("return", "回原初中", [Sent, Enrolled, Listed, Confirmed], ReturnedToOriginalSchool, ExitReason.ReturnedToOriginalSchool, ["cx2020/5.3b", "cx2020/6.2"]),
        Leaves("other-school", "到其他高中阶段学校", [Enrolled, Listed, Confirmed, Graduated], InOtherSeniorSecondary, ExitReason.InOtherSeniorSecondary, ["cx2020/5.3c", "cx2020/6.2"]),
        Leaves("lose", "流失", [Sent, Enrolled, Listed, Confirmed, Graduated], Lost, ExitReason.Lost, ["cx2020/6.1", "cx2020/A6"]),
    ];

    public override IReadOnlyList<EvidenceKind> EvidenceKinds { get; } =
    [
        new("application", "申请表复印件", ["cx2020/A3"]),
        new("written-proof", "接收学校的书面证明", ["cx2020/6.2", "cx2020/A6"]),
        new("certificate", "义务教育证书、技能等级证书", ["cx2020/5.4"]),
        new("results", "课程成绩和档案移交单", ["cx2020/5.4"]),
    ];

    public override IProgramme Programme { get; } = new Eligibility();

    public override IReadOnlyList<string> Interpretations => ["cx-i2", "cx-i10"];

    protected override async Task<Opening<ApplicationRow>?> Begin(Act act, Guid caseId, Application entered, Objections objections)
    {
        if (await Applicant(act, entered, objections) is not { } roll) return null;
        var year = act.Today.Year;
        var windows = WindowsOf(act, year);
        if (act.Today < windows.Publicity.First || act.Today > windows.Sending.Last)
            objections.Refuse(new("application-window", "报名从四月下旬宣传期第一天起，到送读期最后一天止", ["cx2020/4.2.1", "cx2020/4.2.2"]) { PossibleOn = act.Today < windows.Publicity.First ? windows.Publicity.First : null });
        if (await act.Db.Set<ApplicationRow>().AnyAsync(r => r.OpenStudentId == roll.StudentId)) objections.Refuse(new("one-application", "同时只能有一份报名申请", ["cx2020/A3"]));
        var county = Quotas.CountyOf(roll.School);
        var row = new ApplicationRow
        {
            CaseId = caseId,
            JuniorSchoolId = roll.SchoolId,
            JuniorClass = roll.ClassName,
            County = (await Quotas.PlanOf(act, year, county))?.Division ?? county.ToString(),
            OpenStudentId = roll.StudentId,
            Major = entered.Major,
            VocationalSchoolId = (await Chosen(act, entered))?.Id,
        };
        return new(row, year, roll.StudentId, roll.School.Scope, (await Chosen(act, entered))?.Scope ?? "");
    }

    protected override async Task Revise(Act act, ApplicationRow row, Application entered, Objections objections)
    {
        if (await Applicant(act, entered, objections) is { } roll && roll.StudentId != row.Case.StudentId) objections.Wrong("residentId", "不能改为另一名学生；请撤回后重新填报。");
        var chosen = await Chosen(act, entered);
        (row.Major, row.VocationalSchoolId, row.Case.Counterpart, row.Verdict) = (entered.Major, chosen?.Id, chosen?.Scope ?? "", null);
    }

    protected override async Task<ApplicationFacts> Gather(Act act, ApplicationRow row, Application entered)
    {
        var (year, db) = (row.Case.Year, act.Db);
        var (publicity, sending, confirmation) = WindowsOf(act, year);
        var county = await db.Set<CountyPlan>().AsNoTracking().SingleOrDefaultAsync(p => p.Year == year && p.Division == row.County);
        var school = row.VocationalSchoolId is { } chosen ? await db.Set<School>().FindAsync(chosen) : null;
        await db.Entry(row).Reference(r => r.JuniorSchool).LoadAsync();
        var rolls = await db.Set<Roll>().AsNoTracking().Where(r => r.StudentId == row.Case.StudentId).ToListAsync();
        return new(row, entered, act.Today)
        {
            Publicity = publicity,
            Sending = sending,
            Confirmation = confirmation,
            CountyPlan = county,
            Allotment = await db.Set<Allotment>().AsNoTracking().SingleOrDefaultAsync(a => a.Year == year && a.SchoolId == row.JuniorSchoolId),
            CountyHasAllotted = county is not null && await db.Set<Allotment>().AnyAsync(a => a.CountyPlanId == county.Id && a.Places != null),
            SchoolPlan = school is null ? null : await db.Set<SchoolPlan>().AsNoTracking().SingleOrDefaultAsync(p => p.Year == year && p.SchoolId == school.Id),
            CountyMaySend = await Filings.ImplementationApproved(act, year, row.County),
            SchoolMayEnrol = school is null || await Filings.ImplementationApproved(act, year, school),
            TeachingPlanFiled = school is not null && await Filings.TeachingPlanFiled(act, year, school.Id),
            HasVocationalRoll = rolls.Exists(r => r is { Kind: RollKind.Vocational, State: RollState.OnRoll or RollState.Suspended }),
            HasOtherOpenApplication = await db.Set<ApplicationRow>().AnyAsync(r => r.OpenStudentId == row.Case.StudentId && r.CaseId != row.CaseId),
            SentBeforeThisYear = await db.Set<ApplicationRow>().AnyAsync(r => r.CaseId != row.CaseId && r.SentOn != null && r.Case.StudentId == row.Case.StudentId && r.Case.Year == year),
            Grade = rolls.Find(r => r.Kind == RollKind.Compulsory && r.SchoolId == row.JuniorSchoolId)?.Grade ?? 0,
        };
    }

    protected override Task<JsonObject> Known(Act act, ApplicationFacts facts) => Task.FromResult(new JsonObject
    {
        ["grade"] = facts.Grade,
        ["schoolDivision"] = Quotas.CountyOf(facts.Row.JuniorSchool).ToString(),
        ["studentConsents"] = (facts.Form.StudentSigned & facts.Form.StudentFingerprint).IsTrue,
        ["guardianConsents"] = (facts.Form.GuardianSigned & facts.Form.GuardianFingerprint).IsTrue,
        ["hasVocationalRoll"] = facts.HasVocationalRoll,
        ["hasOpenApplication"] = facts.HasOtherOpenApplication,
    });

    protected override void Assessed(ApplicationRow row, KeptAssessment kept) => row.Verdict = kept.Verdict;

    protected override void Arrived(ApplicationRow row, CaseState state)
    {
        if (state.IsFinal) row.OpenStudentId = null;
    }

    private static (Window Publicity, Window Sending, Window Confirmation) WindowsOf(Act act, int year)
    {
        var windows = new Timeline().Windows(year, act.Instance.Calendar, act.Instance.Reading).ToDictionary(w => w.Id);
        return (windows["publicity"], windows["sending"], windows["confirmation"]);
    }

    /// <summary>The roll of the student whom the form names by the resident ID.</summary>
    private static async Task<Roll?> Applicant(Act act, Application entered, Objections objections)
    {
        if (!entered.ResidentId.IsKnown)
        {
            objections.Wrong("residentId", "须填写有效的身份证号码，才能找到学生的学籍。");
            return null;
        }

        var index = act.Keys.Blind(entered.ResidentId.Value.Value, nameof(Student.ResidentId));
        var roll = await act.Db.Set<Roll>().AsNoTracking().Include(r => r.School).Where(r => r.Student.ResidentIdIndex == index && r.Kind == RollKind.Compulsory && r.State == RollState.OnRoll).FirstOrDefaultAsync();
        if (roll is null || !act.Actor.Sight.Covers(roll.Scope)) objections.Wrong("residentId", "在籍学生中没有这个身份证号码；请先导入学籍。");
        return roll;
    }

    private static async Task<School?> Chosen(Act act, Application entered) =>
        entered.School.IsKnown ? await act.Db.Set<School>().SingleOrDefaultAsync(s => s.SeedKey == ChuxiongTables.KeyOf(Schools.Printed[entered.School.Value].Name)) : null;

    /// <summary>初中的意见、印章和日期写上申请表。</summary>
    private Task<IReadOnlyList<Refusal>> Decide(ApplicationFacts a, Opinion opinion, Review review)
    {
        if (review.Date.Value > a.Today) return Task.FromResult<IReadOnlyList<Refusal>>([new("opinion-date", "审核日期不能晚于今天", ["cx2020/A3"]) { Field = "date" }]);
        Write(a.Row.Case, (nameof(Application.Opinion), Words.Of(opinion)), (nameof(Application.SchoolSeal), "true"), (nameof(Application.OpinionDate), $"{review.Date.Value:yyyy-MM-dd}"));
        return Task.FromResult<IReadOnlyList<Refusal>>([]);
    }

    /// <summary>四（一）1、2：县市的计划、分解给初中的计划，都不得突破。</summary>
    private static async Task<IReadOnlyList<Refusal>> Send(Act act, ApplicationFacts a)
    {
        if (!await Quotas.Send(act, a.CountyPlan!)) return [new("county-plan", $"{a.CountyPlan!.Name}的送读计划 {a.CountyPlan.Quota} 人已用完", ["cx2020/4.1.2", "cx2020/4.1.1", "cx2020/A2"])];
        if (!await Quotas.SendFrom(act, a.Allotment, a.CountyPlan!, a.Row.JuniorSchool, a.CountyHasAllotted)) return [new("allotment", "县市分解给本校的送读计划已用完", ["cx2020/4.1.1", "cx2020/4.1.2"])];
        a.Row.SentOn = a.Today;
        return [];
    }

    /// <summary>五（三）：毕业之后、秋季学期之内；学籍库里从此有中职学籍。</summary>
    private static Task<IReadOnlyList<Refusal>> Register(Act act, ApplicationFacts a, RollEntry entry)
    {
        var day = entry.Date.Value;
        var assessment = VocationalRoll.Assess(new Registrant { RegistrationDate = day, Graduated = a.Row.GraduatedOn <= day }, act.Today, act.Instance.Reading)!;
        List<Refusal> refusals = [.. assessment.Findings.Where(f => f.Outcome is Outcome.Violated or Outcome.Unknown).Select(f => new Refusal(f.Rule.Id, f.Rule.Message, f.Rule.Provisions))];
        if (day > a.Today) refusals.Add(new("registration-date", "注册日期不能晚于今天", ["cx2020/5.3d"]) { Field = "date" });
        if (refusals.Count > 0) return Task.FromResult<IReadOnlyList<Refusal>>(refusals);
        (a.Row.RegisteredOn, a.Row.RegisteredAt) = (day, entry.School ?? a.Row.VocationalSchool?.Name);
        var roll = new Roll
        {
            Id = act.NewId(), StudentId = a.Row.Case.StudentId!.Value, SchoolId = a.Row.VocationalSchoolId!.Value, Kind = RollKind.Vocational, Number = entry.Number, Grade = 1, State = RollState.OnRoll, Since = day,
            Scope = a.Row.VocationalSchool!.Scope, Version = 1,
        };
        act.Db.Add(roll);
        act.Db.Add(new RollStanding { Id = act.NewId(), RollId = roll.Id, From = day, State = RollState.OnRoll, Grade = 1, Reason = "注册中职学籍", At = act.Now });
        return Task.FromResult<IReadOnlyList<Refusal>>([]);
    }

    /// <summary>五（三）、六：离班的原因、日期，以及有没有接收学校的书面证明。</summary>
    private static Transition<ApplicationFacts, Leaving> Leaves(string action, string title, IReadOnlyList<CaseState> from, CaseState to, ExitReason reason, IReadOnlyList<string> provisions) =>
        new(action, title, from, to, [Role.Vocational, Role.School, Role.County], provisions, form => new(form))
        {
            Effect = (_, a, leaving) =>
            {
                var day = leaving.Date.Value;
                if (day > a.Today || day < a.Row.SentOn) return Task.FromResult<IReadOnlyList<Refusal>>([new("leaving-date", "离班日期须在送读之后，不晚于今天", provisions) { Field = "date" }]);
                if (reason == ExitReason.Lost && leaving.ProofIssuer is not null) return Task.FromResult<IReadOnlyList<Refusal>>([new("proof-of-return", "流失没有接收学校，不会有书面证明", ["cx2020/6.2"]) { Field = "proofIssuer" }]);
                (a.Row.ExitReason, a.Row.ExitOn, a.Row.ExitNote, a.Row.ProofIssuer) = (reason, day, leaving.Reason, leaving.ProofIssuer);
                return Task.FromResult<IReadOnlyList<Refusal>>([]);
            },
        };

    private static Truth Is(Verdict? verdict) => verdict switch { Verdict.Eligible => true, Verdict.Ineligible => false, _ => default };

    private static Task<IReadOnlyList<Refusal>> Dated(Action date)
    {
        date();
        return Task.FromResult<IReadOnlyList<Refusal>>([]);
    }
}
