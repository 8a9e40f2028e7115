using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Enrolment;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>四（二）、五（三）：一份报名申请从填报到注册。</summary>
internal sealed class ApplicationWorkflow() : Workflow<Application, ApplicationRow, ApplicationFacts>(
    "chuxiong.application", "报名申请", "applications", Paper)
{
    private static readonly ApplicationForm Paper = new();

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
        LeavingClaimed = new("LeavingClaimed", "离班待证明"),
        ReturnedToOriginalSchool = new("ReturnedToOriginalSchool", "已回原初中") { IsFinal = true },
        InOtherSeniorSecondary = new("InOtherSeniorSecondary", "已到其他高中阶段学校") { IsFinal = true },
        Lost = new("Lost", "流失") { IsFinal = true };

    private static readonly Registration VocationalRoll = new();

    /// <summary>在系统外的学校注册，只凭一个校名不算。</summary>
    private static readonly IReadOnlyList<EvidenceNeed> RegisteredElsewhere = [new("registration-proof")];

    public override CasePresentation Presentation { get; } = new()
    {
        Title = ["studentName"],
        Student = [new("studentName", "Name"), new("sex", "Sex")],
        School = "schoolName",
        Listing = "ChuxiongApplications",
        Facts =
        [
            nameof(ApplicationLine.SentOn), nameof(ApplicationLine.EnrolledOn), nameof(ApplicationLine.ListedOn),
            nameof(ApplicationLine.ConfirmedOn), nameof(ApplicationLine.GraduatedOn),
            nameof(ApplicationLine.RegisteredOn), nameof(ApplicationLine.ExitOn),
        ],
    };

    public override IReadOnlyList<CaseState> States { get; } =
        [
            Draft, Submitted, SchoolApproved, SchoolRejected, Withdrawn, Sent, Enrolled, Listed, Confirmed, Graduated,
            Registered, LeavingClaimed, ReturnedToOriginalSchool, InOtherSeniorSecondary, Lost,
        ];

    public override IReadOnlyList<Transition<ApplicationFacts>> Transitions => field ??=
    [
        new("submit", "提交", [Draft], Submitted, [Role.School, Role.Teacher], ["cx2020/4.1.3", "cx2020/4.2.1"])
        {
            Side = CaseSide.Own,
            NeedsWholeForm = true,
            Guards =
            [
                new("application-window", ["cx2020/4.2.1", "cx2020/4.2.2"], a => a.MayApply,
                    "报名从四月下旬宣传期第一天起，到送读期最后一天止"),
                new("assessed-eligible", ["cx2020/3", "cx2020/3.1", "cx2020/3.2", "cx2020/3.3"], a => Is(a.Row.Verdict),
                    "须先评估，并且符合报名资格"),
                new("one-school", ["cx2020/2", "cx2020/A3"], a => a.Row.VocationalSchoolId is not null,
                    "须在十二所职业学校中选择一所"),
            ],
            PossibleOn = (a, guard) => guard == "application-window" && a.Today < a.Publicity.First
                ? a.Publicity.First : null,
        },
        new Transition<ApplicationFacts, Review>("approve", "初中同意", [Submitted], SchoolApproved, [Role.School],
            ["cx2020/A3"], form => new(form))
        {
            Side = CaseSide.Own,
            InputRules = Review.Rules,
            Effect = (_, a, review) => DecideAsync(a, Opinion.Agrees, review),
        },
        new Transition<ApplicationFacts, Review>("reject", "初中不同意", [Submitted], SchoolRejected, [Role.School],
            ["cx2020/A3"], form => new(form))
        {
            Side = CaseSide.Own,
            InputRules = Review.Rules,
            Effect = (_, a, review) => DecideAsync(a, Opinion.Disagrees, review),
            Undo = (_, a) => ReopenAsync(a),
        },
        new("withdraw", "撤回", [Draft, Submitted, SchoolApproved], Withdrawn, [Role.School, Role.Teacher],
            ["cx2020/4.1.3"])
        {
            Side = CaseSide.Own,
            Undo = (_, a) => ReopenAsync(a),
        },
        new Transition<ApplicationFacts, Handover>("send", "送读", [SchoolApproved], Sent, [Role.School, Role.County],
            ["cx2020/4.2.2", "cx2020/4.1.1", "cx2020/4.1.2"], form => new(form))
        {
            Side = CaseSide.Own,
            InputRules = Handover.Rules,
            Needs = [new("help-record"), new("persuasion-record")],   // by the article of the verdict: NeedsOf
            RestsOn = PersonGroupKind.RegisteredPoorHousehold,
            Guards =
            [
                new("sending-window", ["cx2020/4.2.2"], a => a.Sending.IsOpen(a.Today), "须在送读期内送读，其他时间不得招生送读")
                    { Interpretations = ["cx-i2"] },
                new("implementation-plan", ["cx2020/8.1a"], a => a.CountyMaySend, "县市的实施方案经州审核通过后才能送读")
                    { Interpretations = ["cx-i8"] },
                new("plan-issued", ["cx2020/4.1.2", "cx2020/A2"],
                    a => a.CountyPlan is not null && a.SchoolPlan is not null, "县市和学校须有当年下达的计划"),
                new("still-eligible", ["cx2020/3", "cx2020/3.1", "cx2020/3.2", "cx2020/3.3"], a => Is(a.Row.Verdict),
                    "最近一次评估须符合报名资格"),
                new("on-the-roll", ["cx2020/3", "cx2020/4.1.1"], a => a.IsOnRoll && a.Grade == Grade.Last,
                    "送读时须仍是本初中在籍的初中三年级学生"),
                new("both-signed", ["cx2020/A3", "cx2020/4.1.3"],
                    a => a.Form.StudentSigned & a.Form.StudentFingerprint & a.Form.GuardianSigned
                        & a.Form.GuardianFingerprint,
                    "学生和法定监护人都须签字并按手印，否则申请表无效"),
                new("school-agrees", ["cx2020/A3"], a => a.Form.Opinion == Opinion.Agrees, "初中审核意见须为同意"),
                new("no-vocational-roll", ["cx2020/5.3d"], a => !a.HasVocationalRoll, "不得已有中职学籍"),
                new("one-application", ["cx2020/A3"], a => !a.HasOtherOpenApplication, "同时只能有一份报名申请"),
                new("once-a-window", ["cx2020/4.2.2", "cx2020/5.3b"], a => !a.SentBeforeThisYear,
                    "本年送读期已送读过，返校后只能在以后的送读期再送读"),
            ],
            PossibleOn = (a, guard) => guard == "sending-window" ? a.Sending.NextOpening(a.Today) : null,
            Effect = SendAsync,
            Undo = TakeBackAsync,
        },
        new Transition<ApplicationFacts, Arrival>("enrol", "入学", [Sent], Enrolled, [Role.Vocational],
            ["cx2020/4.2.2b", "cx2020/5.1", "cx2020/5.3a"], form => new(form))
        {
            Side = CaseSide.Counterpart,
            Guards =
            [
                new("teaching-plan", ["cx2020/5.2", "cx2020/A5"], a => a.TeachingPlanFiled, "学校的教学方案备案后才能入学"),
                new("implementation-plan", ["cx2020/8.1a"], a => a.SchoolMayEnrol, "州属学校的实施方案经州审核通过后才能入学")
                    { When = a => a.GoesToPrefectureSchool, Interpretations = ["cx-i8"] },
            ],
            Effect = EnrolAsync,
            Undo = async (work, a) =>
            {
                if (a.Row.UsesPlan is not false) await Quotas.EnrolAsync(work, a.SchoolPlan!, -1);
                return [];
            },
        },
        new("list", "列入在读名单", [Enrolled], Listed, [Role.Vocational], ["cx2020/4.2.4", "cx2020/A4"])
        {
            Side = CaseSide.Counterpart,
            Guards = [new("confirmation-begun", ["cx2020/4.2.4"], a => a.ConfirmationHasBegun, "确认期开始后清点上报在读学生")],
            PossibleOn = (a, _) => a.Confirmation.First,
            Effect = (_, a) => DoneAsync(() => a.Row.ListedOn = a.Today),
        },
        new("confirm", "县市确认", [Listed], Confirmed, [Role.County], ["cx2020/4.2.4"])
        {
            Side = CaseSide.Own,   // 州把名单反馈给生源县市：办学的县市确认不了别县的学生
            Guards = [new("confirmation-begun", ["cx2020/4.2.4"], a => a.ConfirmationHasBegun, "确认期开始后由县市确认")],
            PossibleOn = (a, _) => a.Confirmation.First,
            Effect = (_, a) => DoneAsync(() => (a.Row.ConfirmedOn, a.Row.ConsolidationFrom) =
                (a.Today, a.Confirmation.Last!.Value.AddDays(1))),
        },
        new Transition<ApplicationFacts, Graduation>("graduate", "初中毕业", [Confirmed], Graduated, [Role.School],
            ["cx2020/5.4", "cx2020/5.3a"], form => new(form))
        {
            Side = CaseSide.Own,
            Needs = [new("results")],
            Effect = (_, a, graduation) => graduation.Date.Value is var day
                && (day > a.Today || day < a.Row.ConfirmedOn)
                ? RefusedAsync("graduation-date", "发证日期须在县市确认之后，不晚于今天", "date", "cx2020/5.4")
                : DoneAsync(() => (a.Row.GraduatedOn, a.Row.Certificate, a.Row.SkillCertificate) =
                    (day, graduation.Certificate, graduation.SkillCertificate)),
        },
        new Transition<ApplicationFacts, RollEntry>("register", "注册中职学籍", [Graduated], Registered, [Role.Vocational],
            ["cx2020/5.3d", "cx2020/5.3c"], form => new(form))
        {
            Side = CaseSide.Counterpart,
            Needs = RegisteredElsewhere,
            Guards = [new("no-vocational-roll", ["cx2020/5.3d"], a => !a.HasVocationalRoll, "不得已有中职学籍")],
            Effect = RegisterAsync,
            Undo = DeregisterAsync,
        },
        new Transition<ApplicationFacts, Leaving>("return", "回原初中", [Sent, Enrolled, Listed, Confirmed],
            LeavingClaimed, [Role.Vocational, Role.School, Role.County], ["cx2020/5.3b", "cx2020/6.2"],
            form => new(form))
        {
            SettledBy = new("written-proof", ReturnedToOriginalSchool),
            Effect = (_, a, leaving) => LeaveAsync(a, ExitReason.ReturnedToOriginalSchool, leaving.Date.Value,
                leaving.Reason, (a.Row.JuniorSchoolName, ScopePath.SchoolOf(a.Row.Case.Scope))),
            Undo = ComeBackAsync,
        },
        new Transition<ApplicationFacts, Departure>("other-school", "到其他高中阶段学校",
            [Enrolled, Listed, Confirmed, Graduated], LeavingClaimed,
            [Role.Vocational, Role.School, Role.County], ["cx2020/5.3c", "cx2020/6.2"], form => new(form))
        {
            SettledBy = new("written-proof", InOtherSeniorSecondary),
            Effect = DepartAsync,
            Undo = ComeBackAsync,
        },
        new Transition<ApplicationFacts, Leaving>("lose", "流失",
            [Sent, Enrolled, Listed, Confirmed, Graduated, LeavingClaimed], Lost,
            [Role.Vocational, Role.County], ["cx2020/6.1", "cx2020/A6"], form => new(form))
        {
            Needs = [new("loss-visit")],
            Effect = LoseAsync,
            Undo = (_, a) => ReopenAsync(a),
        },
    ];

    public override IReadOnlyList<EvidenceKind> EvidenceKinds { get; } =
    [
        new("application", "申请表复印件", ["cx2020/A3"]),
        new("help-record", "帮扶记录", ["cx2020/3.1"])
            { FiledBy = [Role.School, Role.Teacher], ConfirmedBy = "生源县市教育行政部门确认" },
        new("persuasion-record", "劝返记录", ["cx2020/3.2"])
            { FiledBy = [Role.School, Role.Teacher], ConfirmedBy = "生源县市教育行政部门确认" },
        new("written-proof", "接收学校的书面证明", ["cx2020/6.2", "cx2020/A6"])
            { ConfirmedBy = "接收学校确认，不在系统内的由州确认（cx-i19）", IsIssuedByConfirmer = true },
        new("certificate", "义务教育证书", ["cx2020/5.4"]),
        new("registration-proof", "系统外学校的注册证明", ["cx2020/5.3d", "cx2020/6.1"])
            { ConfirmedBy = "州凭盖章的原件确认（系统内的学校不用）" },
        new("skill-certificate", "技能等级证书", ["cx2020/5.4"]),
        new("results", "课程成绩和档案移交单", ["cx2020/5.4"])
            { FiledBy = [Role.Vocational], ConfirmedBy = "原初中签收" },
        new("home-visit", "家访记录", ["cx2020/4.2.5b"]),
        new("loss-visit", "流失前的家访记录", ["cx2020/4.2.5b", "cx2020/6.1"])
            { ConfirmedBy = "原初中同意，有异议的由其县市决定（cx-i18）", IsIssuedByConfirmer = true },
    ];

    public override IReadOnlyList<Role> Openers => [Role.School, Role.Teacher];

    /// <summary>县市的确认，学校自己的管理员撤销不了。</summary>
    public override IReadOnlyList<Role> Supervisors => [Role.County, Role.Prefecture];

    public override IProgramme Programme { get; } = new Eligibility();

    public override IReadOnlyList<string> Interpretations =>
        ["cx-i2", "cx-i4", "cx-i8", "cx-i9", "cx-i10", "cx-i11", "cx-i18", "cx-i19", "cx-i20"];

    protected override async Task<Opening<ApplicationRow>?> OnOpenAsync(
        UnitOfWork work, Guid caseId, Application entered, OpeningErrors errors)
    {
        if (await ApplicantAsync(work, entered, errors) is not { } roll) return null;
        var year = work.Today.Year;
        var windows = await WindowsOfAsync(work, year);
        if (work.Today < windows.Publicity.First || work.Today > windows.Sending.Last)
            errors.Refuse(new("application-window", "报名从四月下旬宣传期第一天起，到送读期最后一天止", ["cx2020/4.2.1", "cx2020/4.2.2"])
            { PossibleOn = work.Today < windows.Publicity.First ? windows.Publicity.First : null });
        if (await work.Db.Set<ApplicationRow>().AnyAsync(r => r.OpenStudentId == roll.StudentId))
            errors.Refuse(new("one-application", "同时只能有一份报名申请", ["cx2020/A3"]));
        var county = Quotas.CountyOf(roll.School);
        if (county.Level != DivisionLevel.County) errors.Refuse(new("school-in-prefecture", "须为本州初中的学生", ["cx2020/3"]));
        var chosen = await ChosenAsync(work, entered);
        var row = new ApplicationRow
        {
            CaseId = caseId,
            StudentName = roll.Student.Name,
            JuniorSchoolName = roll.School.Name,
            JuniorSchoolId = roll.SchoolId,
            JuniorClass = roll.ClassName,
            County = (await Quotas.PlanOfAsync(work, year, county))?.Division ?? county.ToString(),
            OpenStudentId = roll.StudentId,
            Major = entered.Major,
            VocationalSchoolId = chosen?.Id,
            VocationalSchoolName = chosen?.Name,
        };
        return new(row, year, roll.StudentId, roll.Scope, chosen?.Scope ?? "", Quotas.HandlerOf(work, roll.School));
    }

    protected override async Task OnEditAsync(
        UnitOfWork work, ApplicationRow row, Application entered, OpeningErrors errors)
    {
        if (await ApplicantAsync(work, entered, errors) is { } roll && roll.StudentId != row.Case.StudentId)
            errors.Wrong("residentId", "不能改为另一名学生；请撤回后重新填报。");
        var chosen = await ChosenAsync(work, entered);
        (row.Major, row.VocationalSchoolId, row.VocationalSchoolName, row.Case.Counterpart, row.Verdict) =
            (entered.Major, chosen?.Id, chosen?.Name, chosen?.Scope ?? "", null);
    }

    protected override async Task<ApplicationFacts> LoadFactsAsync(
        UnitOfWork work, ApplicationRow row, Application entered)
    {
        var (year, db) = (row.Case.Year, work.Db);
        var (publicity, sending, confirmation) = await WindowsOfAsync(work, year);
        var county = await db.Set<CountyPlan>().AsNoTracking()
            .SingleOrDefaultAsync(p => p.Year == year && p.Division == row.County);
        var school = row.VocationalSchoolId is { } chosen ? await db.Set<School>().FindAsync(chosen) : null;
        await db.Entry(row).Reference(r => r.JuniorSchool).LoadAsync();
        var rolls = await db.Set<Roll>().AsNoTracking().Where(r => r.StudentId == row.Case.StudentId).ToListAsync();
        return new(row, entered, work.Today)
        {
            Publicity = publicity,
            Sending = sending,
            Confirmation = confirmation,
            CountyPlan = county,
            Allotment = await db.Set<Allotment>().AsNoTracking()
                .SingleOrDefaultAsync(a => a.Year == year && a.SchoolId == row.JuniorSchoolId),
            CountyHasAllotted = county is not null
                && await db.Set<Allotment>().AnyAsync(a => a.CountyPlanId == county.Id && a.Places != null),
            SchoolPlan = school is null ? null
                : await db.Set<SchoolPlan>().AsNoTracking()
                    .SingleOrDefaultAsync(p => p.Year == year && p.SchoolId == school.Id),
            CountyMaySend = await Filings.ImplementationApprovedAsync(work, year, row.County),
            SchoolMayEnrol = school is null || await Filings.ImplementationApprovedAsync(work, year, school),
            TeachingPlanFiled = school is not null && await Filings.TeachingPlanFiledAsync(work, year, school.Id),
            HasVocationalRoll = rolls.Exists(HasVocationalRoll)
                || await db.Set<ApplicationRow>().AnyAsync(r => r.RegisteredOn != null && r.CaseId != row.CaseId
                    && r.Case.StudentId == row.Case.StudentId),
            HasOtherOpenApplication = await db.Set<ApplicationRow>()
                .AnyAsync(r => r.OpenStudentId == row.Case.StudentId && r.CaseId != row.CaseId),
            SentBeforeThisYear = await db.Set<ApplicationRow>().AnyAsync(r => r.CaseId != row.CaseId && r.SentOn != null
                && r.Case.StudentId == row.Case.StudentId && r.Case.Year == year),
            ShanghaiSchools = await ShanghaiSchoolsWorkflow.ListedAsync(work, year),
            IsOfPoorHousehold = row.Case.StudentId is { } student && await PersonGroups.ContainsAsync(
                db, student, PersonGroupKind.RegisteredPoorHousehold, work.Today),
            Ground = await GroundAsync(work, row),
            IsOnRoll = rolls.Find(OfJuniorSchool)?.State == RollState.OnRoll,
            Grade = rolls.Find(OfJuniorSchool)?.Grade ?? 0,
        };

        bool OfJuniorSchool(Roll roll) => roll.Kind == RollKind.Compulsory && roll.SchoolId == row.JuniorSchoolId;
    }

    /// <summary>What the steps of the lists ask for, of all students of a school and year at once.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="rows">With their cases and schools.</param>
    /// <param name="plan">The school's.</param>
    internal async Task<Dictionary<Guid, ApplicationFacts>> FactsOfAsync(
        UnitOfWork work, IReadOnlyList<ApplicationRow> rows, SchoolPlan? plan)
    {
        if (rows.Count == 0) return [];
        var (school, year) = (rows[0].VocationalSchoolId, rows[0].Case.Year);
        var (publicity, sending, confirmation) = await WindowsOfAsync(work, year);
        var theirs = work.Db.Set<ApplicationRow>().Where(r => r.VocationalSchoolId == school && r.Case.Year == year)
            .Select(r => r.Case.StudentId);
        var enrolled = await work.Db.Set<Roll>()
            .Where(r => theirs.Contains(r.StudentId) && r.Kind == RollKind.Vocational
                && (r.State == RollState.OnRoll || r.State == RollState.Suspended))
            .Select(r => r.StudentId).ToHashSetAsync();
        var elsewhere = await work.Db.Set<ApplicationRow>()
            .Where(r => theirs.Contains(r.Case.StudentId) && r.RegisteredOn != null)
            .Select(r => new { r.CaseId, r.Case.StudentId }).ToListAsync();
        var papers = await PapersAsync(work, [.. rows.Select(r => r.CaseId)]);
        return rows.ToDictionary(r => r.CaseId,
            r => new ApplicationFacts(r, Paper.Read(ValuesOf(r.Case), new(work.Policy.Divisions, work.Today)).Subject,
                work.Today)
            {
                Publicity = publicity,
                Sending = sending,
                Confirmation = confirmation,
                SchoolPlan = plan,
                Papers = [.. papers[r.CaseId]],
                HasVocationalRoll = enrolled.Contains(r.Case.StudentId!.Value)
                || elsewhere.Exists(e => e.StudentId == r.Case.StudentId && e.CaseId != r.CaseId),
            });
    }

    /// <summary>送读凭什么材料，看评估依据的是哪一款；在系统外的学校注册，才要注册证明。</summary>
    protected override IReadOnlyList<EvidenceNeed> NeedsOf(Transition step, ApplicationFacts facts) =>
        step.Action switch
        {
            "send" => facts.Ground switch
            {
                EligibilityGround.HelpedInVain => [new("help-record")],
                EligibilityGround.PersuadedBack => [new("persuasion-record")],
                // both hold, so that either will do; or no assessment says which
                _ => [new("help-record", "persuasion-record")],
            },
            "register" => [],   // by its effect, which knows the school
            _ => base.NeedsOf(step, facts),
        };

    /// <summary>依据的是三的哪一款：最近一次评估的事实。</summary>
    private async Task<EligibilityGround> GroundAsync(UnitOfWork work, ApplicationRow row)
    {
        if (row.Verdict != Verdict.Eligible) return EligibilityGround.Unknown;
        var kept = await work.Db.Set<StoredAssessment>().AsNoTracking().Where(a => a.CaseId == row.CaseId)
            .OrderByDescending(a => a.Id).Select(a => a.Facts).FirstOrDefaultAsync();
        var facts = work.Policy.NewFacts(Programme);
        return kept is null or "{}"   // it was erased
            || work.Policy.ReaderOf(Programme).ReadRequest(System.Text.Encoding.UTF8.GetBytes(kept), work.Today, facts)
                is not null
                ? EligibilityGround.Unknown : Eligibility.GroundOf(new(facts));
    }

    /// <summary>What stands against a step by a list: whose it is, and what was entered.</summary>
    internal IReadOnlyList<RuleViolation> Unfit(
        UnitOfWork work, ApplicationFacts facts, string action, FormValues input)
    {
        var step = Transitions.Single(t => t.Action == action);
        return
        [
            .. InputErrors(work, facts.Row.Case, step, input),
            .. UnmetNeeds(facts.Row, NeedsOf(step, facts), facts.Papers),
        ];
    }

    /// <summary>A step by a list, whose hindrances were told row by row before.</summary>
    internal async Task TakeAsync(UnitOfWork work, ApplicationFacts facts, string action, FormValues input)
    {
        if (await ExecuteTransitionAsync(work, facts.Row, Transitions.Single(t => t.Action == action), input, facts, [])
            is { Count: > 0 } refusals)
            throw new InvalidOperationException(refusals[0].Message);
    }

    protected override Task<OrderedDictionary<string, ColumnValue>> PrefillFactsAsync(
        UnitOfWork work, ApplicationFacts facts) =>
        Task.FromResult(new OrderedDictionary<string, ColumnValue>
        {
            ["grade"] = ColumnValue.From(facts.Grade),
            ["schoolDivision"] = ColumnValue.From(Quotas.CountyOf(facts.Row.JuniorSchool).ToString()),
            ["studentConsents"] = ColumnValue.From((facts.Form.StudentSigned & facts.Form.StudentFingerprint).IsTrue),
            ["guardianConsents"] = ColumnValue.From(
                (facts.Form.GuardianSigned & facts.Form.GuardianFingerprint).IsTrue),
            ["hasVocationalRoll"] = ColumnValue.From(facts.HasVocationalRoll),
            ["hasOpenApplication"] = ColumnValue.From(facts.HasOtherOpenApplication),
        });

    protected override void Assessed(ApplicationRow row, StoredAssessment kept) => row.Verdict = kept.Verdict;

    /// <summary>附件3 注3：申请表的复印件在送读时随学生移交；此前职业学校看不到完整的号码。</summary>
    protected override bool IsHandedOver(ApplicationRow row) => row.SentOn is not null;

    /// <summary>cx-i18、cx-i19：谁知道，就问谁；从中得利的学校自己说了不算。</summary>
    protected override Task<Confirmers> ConfirmersAsync(UnitOfWork work, ApplicationRow row, EvidenceKind kind)
    {
        var origin = ScopePath.SchoolOf(row.Case.Scope);
        var county = row.Case.Handler.Length > 0 ? row.Case.Handler : ScopePath.CountyOf(row.Case.Scope);
        return Task.FromResult<Confirmers>(kind.Id switch
        {
            "written-proof" when row.ProofIssuerScope.Length > 0 =>
                new(row.ProofIssuerScope, ScopePath.PrefectureOf(row.Case.Scope)),
            "written-proof" or "registration-proof" => new(ScopePath.PrefectureOf(row.Case.Scope)),
            "results" => new(origin, county),
            "loss-visit" => new(origin, county) { Decides = county },
            _ => new(county),
        });
    }

    protected override RuleViolation? FilingRefusal(ApplicationRow row, EvidenceKind kind) => kind.Id switch
    {
        "written-proof" when row.ProofIssuer is null =>
            new("exit-first", "须先登记离班，并写明所到的学校，才知道由谁确认", kind.Provisions),
        "written-proof" when row.ProofConfirmedOn is not null =>
            new("proved-once", "去向已经证明；有误的，先更正离班的登记", kind.Provisions),
        "results" when row.EnrolledOn is null => new("enrolled-first", "须先入学，才有成绩和档案可以移交", kind.Provisions),
        _ => null,
    };

    /// <summary>一次家访说的是当时：此后又办了环节，要再家访。</summary>
    protected override bool IsCurrent(ApplicationRow row, CasePaper paper) =>
        paper.Kind switch
        {
            "loss-visit" => paper.Date >= row.ThereSince,
            "results" => paper.Date >= row.EnrolledOn,
            _ => true,
        };

    protected override void OnDecided(ApplicationRow row, CasePaper paper, Confirmation decision)
    {
        if (paper.Kind == "written-proof" && decision.State == ConfirmationState.Confirmed
            && row.ExitReason is ExitReason.ReturnedToOriginalSchool or ExitReason.InOtherSeniorSecondary)
            row.ProofConfirmedOn = DateOnly.FromDateTime(decision.DecidedAt!.Value.DateTime);
    }

    protected override void OnEntered(ApplicationRow row, CaseState state)
    {
        if (state.IsFinal) row.OpenStudentId = null;
    }

    /// <summary>On the working days of the prefecture: its notices move them for every county.</summary>
    private static async Task<(Window Publicity, Window Sending, Window Confirmation)> WindowsOfAsync(
        UnitOfWork work, int year)
    {
        var windows = new Timeline()
            .Windows(year, await work.CalendarAsync(ChuxiongModule.Prefecture), work.Policy.Reading)
            .Select(work.Policy.InForce).ToDictionary(w => w.Id);
        return (windows["publicity"], windows["sending"], windows["confirmation"]);
    }

    /// <summary>The roll of the student whom the form names by the resident ID.</summary>
    private static async Task<Roll?> ApplicantAsync(UnitOfWork work, Application entered, OpeningErrors errors)
    {
        if (!entered.ResidentId.IsKnown)
        {
            errors.Wrong("residentId", "须填写有效的身份证号码，才能找到学生的学籍。");
            return null;
        }

        var index = work.Keys.BlindIndexOf(entered.ResidentId.Value.Value, BlindIndex.ResidentId);
        var roll = await work.Db.Set<Roll>().AsNoTracking().Include(r => r.School).Include(r => r.Student)
            .Where(r => r.Student.ResidentIdIndex == index
            && r.Kind == RollKind.Compulsory && r.State == RollState.OnRoll).FirstOrDefaultAsync();
        if (roll is null || !work.Actor.AccessScope.Covers(roll.Scope))
            errors.Wrong("residentId", "在籍学生中没有这个身份证号码；请先导入学籍。");
        return roll;
    }

    private static async Task<School?> ChosenAsync(UnitOfWork work, Application entered) =>
        entered.School.IsKnown
            ? await work.Db.Set<School>().SingleOrDefaultAsync(s => s.SeedKey
                == PrintedSchools.KeyOf(PrintedSchools.All[entered.School.Value].Name)) : null;

    /// <summary>初中的意见、印章和日期写上申请表。</summary>
    private Task<IReadOnlyList<RuleViolation>> DecideAsync(ApplicationFacts a, Opinion opinion, Review review) =>
        review.Date.Value > a.Today
        ? RefusedAsync("opinion-date", "审核日期不能晚于今天", "date", "cx2020/A3")
        : DoneAsync(() => SetFormFields(a.Row.Case, (nameof(Application.Opinion), Words.For(opinion)),
            (nameof(Application.SchoolSeal), "true"),
            (nameof(Application.OpinionDate), $"{review.Date.Value:yyyy-MM-dd}")));

    /// <summary>四（一）1、2：县市的计划、分解给初中的计划、学校的计划，都不得突破。送往上海的另有任务（cx-i11）。</summary>
    private static async Task<IReadOnlyList<RuleViolation>> SendAsync(
        UnitOfWork work, ApplicationFacts a, Handover handover)
    {
        var (row, county, school) = (a.Row, a.CountyPlan!, a.SchoolPlan!);
        (row.SentOn, row.ShanghaiSchool, row.UsesPlan) = (a.Today, handover.ShanghaiSchool,
            handover.ShanghaiSchool is null || work.Policy.Reading.TakesOther("cx-i11"));
        row.ShanghaiTaskOf = row.ShanghaiSchool is null ? null : Quotas.TaskOf(school);
        if (ShanghaiRefusals(a, handover) is { Count: > 0 } refusals) return refusals;
        if (row.ShanghaiTaskOf is { } owner && !await Quotas.SendToShanghaiAsync(work, owner, county, school, 1))
            return [new("shanghai-task", "东西协作送往上海的任务数已用完，或者没有这项任务", ["cx2020/A2", "cx2020/4.1.2"])];
        if (row.UsesPlan is false) return [];
        if (school.Enrolled >= school.Places)
            return [new("school-plan", "所报学校的招生计划已用完", ["cx2020/4.1.2", "cx2020/A2"])];
        if (!await Quotas.SendAsync(work, county, 1))
            return
            [
                new("county-plan", $"{county.Name}的送读计划 {county.Quota} 人已用完",
                    ["cx2020/4.1.2", "cx2020/4.1.1", "cx2020/A2"]),
            ];
        return await Quotas.SendFromAsync(work, a.Allotment, county, row.JuniorSchool, a.CountyHasAllotted) ? []
            : [new("allotment", "县市分解给本校的送读计划已用完", ["cx2020/4.1.1", "cx2020/4.1.2"])];
    }

    /// <summary>附件2：去上海的是建档立卡户，到州公布的接收学校；两样都不凭送读的学校一说。</summary>
    private static IReadOnlyList<RuleViolation> ShanghaiRefusals(ApplicationFacts a, Handover handover) =>
        handover.ShanghaiSchool is not { } chosen ? []
        :
        [
            .. a.ShanghaiSchools.Contains(chosen) ? (RuleViolation[])[]
                : [
                    new("shanghai-school", a.ShanghaiSchools.Count == 0 ? "州尚未公布当年的上海接收学校名单"
                        : $"须为州公布的接收学校：{string.Join("、", a.ShanghaiSchools)}", ["cx2020/A2"])
                        { Field = "shanghaiSchool" },
                ],
            .. a.IsOfPoorHousehold ? (RuleViolation[])[]
                : [
                    new("poor-household", "东西协作送往上海的须为建档立卡户学生：请县市先在学籍库登记（特殊群体）",
                        ["cx2020/A2"]),
                ],
        ];

    private static async Task<IReadOnlyList<RuleViolation>> TakeBackAsync(UnitOfWork work, ApplicationFacts a)
    {
        if (a.Row.ShanghaiTaskOf is { } owner)
            await Quotas.SendToShanghaiAsync(work, owner, a.CountyPlan!, a.SchoolPlan!, -1);
        if (a.Row.UsesPlan is false) return [];
        await Quotas.SendAsync(work, a.CountyPlan!, -1);
        await Quotas.TakeBackFromAsync(work, a.Allotment!);
        return [];
    }

    private static async Task<IReadOnlyList<RuleViolation>> EnrolAsync(
        UnitOfWork work, ApplicationFacts a, Arrival arrival)
    {
        if (a.Row.UsesPlan is not false && !await Quotas.EnrolAsync(work, a.SchoolPlan!, 1))
            return [new("school-plan", "学校的招生计划已用完", ["cx2020/4.1.2", "cx2020/A2"])];
        if (arrival.TeachingFrom.IsKnown && arrival.TeachingFrom.Value < a.Row.SentOn)
            return await RefusedAsync("teaching-begins", "开课日期不能早于送读之日", "teachingFrom", "cx2020/4.2.2b");
        var row = a.Row;
        (row.EnrolledOn, row.VocationalClass, row.VocationalNumber, row.HeadTeacher) =
            (a.Today, arrival.ClassName, arrival.StudentNumber, arrival.HeadTeacher);
        row.TeachingFrom = arrival.TeachingFrom.IsKnown ? arrival.TeachingFrom.Value : null;
        return [];
    }

    /// <summary>五（三）：毕业之后、秋季学期之内；学籍库里从此有中职学籍。</summary>
    private async Task<IReadOnlyList<RuleViolation>> RegisterAsync(
        UnitOfWork work, ApplicationFacts a, RollEntry entry)
    {
        var (row, day) = (a.Row, entry.Date.Value);
        if (RegistrationRefusals(work, a, day) is { Count: > 0 } refusals) return refusals;
        var school = entry.School is null || entry.School == row.VocationalSchool!.Name
            || entry.School == row.VocationalSchool.Alias
            ? row.VocationalSchool!
            : await work.Db.Set<School>().FirstOrDefaultAsync(s => s.Kind == SchoolKind.Vocational
                && (s.Name == entry.School || s.Alias == entry.School));
        if (school is null)
        {
            var papers = (await PapersAsync(work, [row.CaseId]))[row.CaseId].ToList();
            if (UnmetNeeds(row, RegisteredElsewhere, papers) is { Count: > 0 } unproved) return unproved;
        }

        (row.RegisteredOn, row.RegisteredAt) = (day, school?.Name ?? entry.School);
        if (school is null) return [];   // of a school that is not in the register there is no roll to keep
        var roll = new Roll
        {
            Id = work.NewId(),
            StudentId = row.Case.StudentId!.Value,
            SchoolId = school.Id,
            Kind = RollKind.Vocational,
            Number = entry.Number,
            Grade = 1,
            State = RollState.OnRoll,
            Since = day,
            Scope = school.Scope,
            Version = 1,
        };
        work.Db.Add(roll);
        work.Db.Add(roll.AppendStanding(work, null, day, "注册中职学籍"));
        return [];
    }

    internal static IReadOnlyList<RuleViolation> RegistrationRefusals(UnitOfWork work, ApplicationFacts a, DateOnly day)
    {
        var assessment = VocationalRoll.Assess(
            new Registrant { RegistrationDate = day, Graduated = a.Row.GraduatedOn <= day }, work.Today,
            work.Policy.Reading)!;
        return
        [
            .. assessment.Findings.Where(f => f.Outcome is Outcome.Violated or Outcome.Unknown)
                .Select(f => new RuleViolation(f.Rule.Id, f.Rule.Message, f.Rule.Provisions)),
            .. day > a.Today ? [new("registration-date", "注册日期不能晚于今天", ["cx2020/5.3d"]) { Field = "date" }]
                : (RuleViolation[])[],
            .. SchoolYear.TermOf(day) == Term.Autumn && SchoolYear.Of(day).Start != a.Row.Case.Year
                ? [new("autumn-of-the-year", "须在当年的秋季学期注册", ["cx2020/4.2.5", "cx2020/5.3d"]) { Field = "date" }]
                : (RuleViolation[])[],
            .. day > a.SchoolPlan?.RegistrationCompleteOn
                ? [new("registration-complete", "学校已申明秋季注册完成，注册日期不能在其后", ["cx2020/4.2.5"]) { Field = "date" }]
                : (RuleViolation[])[],
        ];
    }

    /// <summary>What was registered by mistake stays in the register as deleted.</summary>
    private static async Task<IReadOnlyList<RuleViolation>> DeregisterAsync(UnitOfWork work, ApplicationFacts a)
    {
        if (await ReopenAsync(a) is { Count: > 0 } refusals) return refusals;
        var roll = await work.Db.Set<Roll>().FirstOrDefaultAsync(r => r.StudentId == a.Row.Case.StudentId
            && r.Kind == RollKind.Vocational && r.School.Name == a.Row.RegisteredAt
            && (r.State == RollState.OnRoll || r.State == RollState.Suspended));
        if (roll is null) return [];
        (roll.State, roll.Version) = (RollState.Deleted, roll.Version + 1);
        work.Db.Add(roll.AppendStanding(work, null, roll.Since, "更正：撤销注册"));
        return [];
    }

    /// <summary>A correction that opens an application again finds no other of the student.</summary>
    private static Task<IReadOnlyList<RuleViolation>> ReopenAsync(ApplicationFacts a) => a.HasOtherOpenApplication
        ? RefusedAsync("one-application", "学生已有另一份报名申请，同时只能有一份", null, "cx2020/A3")
        : DoneAsync(() => { });

    /// <summary>五（三）、六：离班是学校的申报；离班之后归档的书面证明，由接收学校确认了才算证明。</summary>
    private static Task<IReadOnlyList<RuleViolation>> LeaveAsync(
        ApplicationFacts a, ExitReason reason, DateOnly day, string? note, (string? Name, string Scope) receiving) =>
        LeavingRefusals(a, day) is { Count: > 0 } refusals ? Task.FromResult(refusals)
            : DoneAsync(() => (a.Row.ExitReason, a.Row.ExitOn, a.Row.ExitNote, a.Row.ProofIssuer,
                a.Row.ProofIssuerScope) = (reason, day, note, receiving.Name, receiving.Scope));

    private static async Task<IReadOnlyList<RuleViolation>> DepartAsync(
        UnitOfWork work, ApplicationFacts a, Departure departure)
    {
        if (departure.School is null)
            return await LeaveAsync(a, ExitReason.InOtherSeniorSecondary, departure.Date.Value, departure.Reason,
                (departure.Elsewhere, ""));
        if (departure.Elsewhere is not null)
            return await RefusedAsync("one-receiving-school", "系统内和系统外只能写一处", "elsewhere", "cx2020/6.2");
        var found = await work.Db.Set<School>().Where(s => s.Name == departure.School || s.Alias == departure.School
            || s.Code == departure.School).Take(2).ToListAsync();
        return found switch
        {
            [var school] when school.Id == a.Row.VocationalSchoolId => await RefusedAsync("proof-of-other-school",
                "所到的学校不能是职教班所在的学校", "school", "cx2020/6.2", "cx2020/A6"),
            [{ Kind: SchoolKind.Complete or SchoolKind.SeniorHigh or SchoolKind.Vocational } school] =>
                await LeaveAsync(a, ExitReason.InOtherSeniorSecondary, departure.Date.Value, departure.Reason,
                    (school.Name, school.Scope)),
            [_] => await RefusedAsync("senior-secondary", "所到的学校须为高中阶段学校", "school", "cx2020/6.2"),
            [] => await RefusedAsync("registered-school", "系统内没有这所学校；不在系统内的，请填在“不在系统内”一栏", "school",
                "cx2020/6.2"),
            _ => await RefusedAsync("registered-school", "不止一所学校叫这个名称，请写学校标识码", "school", "cx2020/6.2"),
        };
    }

    /// <summary>离班登记有误，或者没有得到证明：离班时要的证明，再没有人等着确认。</summary>
    private static async Task<IReadOnlyList<RuleViolation>> ComeBackAsync(UnitOfWork work, ApplicationFacts a)
    {
        if (await ReopenAsync(a) is { Count: > 0 } refusals) return refusals;
        a.Row.ProofConfirmedOn = null;
        await ForgetProofAsync(work, a);
        return [];
    }

    /// <summary>A claim that became a loss is proved by nobody any more; corrected, it is proved anew.</summary>
    private static async Task<IReadOnlyList<RuleViolation>> LoseAsync(
        UnitOfWork work, ApplicationFacts a, Leaving leaving)
    {
        await ForgetProofAsync(work, a);
        return await LeaveAsync(a, ExitReason.Lost, leaving.Date.Value, leaving.Reason, (null, ""));
    }

    private static async Task ForgetProofAsync(UnitOfWork work, ApplicationFacts a)
    {
        var asked = await work.Db.Set<Confirmation>().Where(c => c.CaseId == a.Row.CaseId
            && c.Kind == "written-proof" && c.State == ConfirmationState.Asked).ToListAsync();
        foreach (var open in asked.Where(c => c.State == ConfirmationState.Asked))   // one may be refused just now
            (open.State, open.DecidedAt, open.DecidedBy, open.Reason) =
                (ConfirmationState.Withdrawn, work.Now, work.Actor.Name, "离班的登记已撤销");
    }

    internal static IReadOnlyList<RuleViolation> LeavingRefusals(ApplicationFacts a, DateOnly day) =>
        day > a.Today || day < a.Row.ThereSince
            ? [
                new("leaving-date", $"离班日期不能早于最近一个环节办理之日（{a.Row.ThereSince:yyyy-MM-dd}），也不能晚于今天",
                    ["cx2020/5.3b", "cx2020/6.2"]) { Field = "date" }]
            : [];

    private static bool HasVocationalRoll(Roll roll) =>
        roll is { Kind: RollKind.Vocational, State: RollState.OnRoll or RollState.Suspended };

    private static Truth Is(Verdict? verdict) =>
        verdict switch { Verdict.Eligible => Truth.True, Verdict.Ineligible => Truth.False, _ => default };

    private static Task<IReadOnlyList<RuleViolation>> DoneAsync(Action change)
    {
        change();
        return Task.FromResult<IReadOnlyList<RuleViolation>>([]);
    }

    private static Task<IReadOnlyList<RuleViolation>> RefusedAsync(
        string rule, string message, string? field, params IReadOnlyList<string> provisions) =>
        Task.FromResult<IReadOnlyList<RuleViolation>>([new(rule, message, provisions) { Field = field }]);
}
