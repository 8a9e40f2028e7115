using System.ComponentModel.DataAnnotations;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>A change of a roll by hand (学籍异动), with the codes of JY/T 1001, table XJYDLB.</summary>
internal enum RollChange
{
    /// <summary>11.</summary>
    [Display(Name = "休学")]
    Suspend,

    /// <summary>12; also of one who had left.</summary>
    [Display(Name = "复学")]
    Resume,

    /// <summary>21 and 22: out of one school and into another.</summary>
    [Display(Name = "转学")]
    Transfer,

    /// <summary>29.</summary>
    [Display(Name = "转班级")]
    MoveClass,

    /// <summary>31: none of compulsory education.</summary>
    [Display(Name = "退学")]
    Withdraw,

    /// <summary>42: none of compulsory education.</summary>
    [Display(Name = "开除学籍")]
    Expel,

    /// <summary>51.</summary>
    [Display(Name = "死亡")]
    Decease,

    /// <summary>62.</summary>
    [Display(Name = "结业")]
    Complete,

    /// <summary>99.</summary>
    [Display(Name = "其他离校")]
    Leave,
}

/// <summary>What is entered with a change.</summary>
internal sealed class EnteredChange(FormBinder form)
{
    private static readonly IReadOnlyList<FormChoice> Changes =
    [
        .. Enum.GetValues<RollChange>().Select(c => new FormChoice(c.ToString(), Words.For(c))),
    ];

    private readonly Fact<int> change = form.OneOf("异动类别", Changes, name: nameof(Change));

    public Fact<DateOnly> From { get; } = form.Date("起始日期");
    public string? Reason { get; } = form.LongText("原因", 200, optional: true);
    public Fact<int> Grade { get; } =
        form.Number("年级", Kernel.Registry.Grade.FirstOfPrimary, Kernel.Registry.Grade.Last, optional: true);
    public string? ClassName { get; } = form.PlaceName("班级", 30, optional: true);
    public string? School { get; } = form.Text("转入学校", 40, optional: true);

    public RollChange Change => (RollChange)change.Value;
}

/// <summary>Rolls changed by hand: each change is a new standing, none is ever taken away.</summary>
public static class RollChanges
{
    private const string KeepInSchool = "cc2019/17"; // 控辍保学

    private static readonly IReadOnlyList<Role> By =
    [
        Role.School,
        Role.CentralSchool,
        Role.County,
        Role.Prefecture,
        Role.Administrator,
    ];

    /// <summary>
    /// What takes a pupil out of class and count: the bureau does it from the papers, never the school that would be
    /// rid of the pupil.
    /// </summary>
    private static readonly IReadOnlyList<RollChange> TakesAway =
    [
        RollChange.Suspend,
        RollChange.Leave,
        RollChange.Decease,
        RollChange.Complete,
    ];

    private static readonly IReadOnlyList<Role> Proving = [Role.County, Role.Prefecture];

    /// <summary>Who takes a pupil off a compulsory roll, in Chinese: by hand and by lists.</summary>
    internal static string TakenOffBy { get; } =
        $"由{string.Join("、", Proving.Select(r => r.Title))}凭材料办理，学校不能自己办理";

    /// <summary>Whether the actor may take a pupil off the compulsory roll of a place.</summary>
    internal static bool MayTakeOff(Actor actor, string scope) => actor.Holds(Proving, scope);

    // Static fields are initialised from top to bottom: a guard stands before the steps that it guards.
    private static readonly Criterion<Roll> CompulsoryPupilsStay = new(
        "compulsory-pupils-stay",
        [KeepInSchool],
        roll => roll.Kind != RollKind.Compulsory,
        "义务教育阶段学生不得退学，也不得开除；辍学的按控辍保学劝返"
    );

    /// <summary>What may become of a roll by hand.</summary>
    internal static IReadOnlyDictionary<RollChange, LawfulStep<RollState, Roll>> Steps { get; } =
        new Dictionary<RollChange, LawfulStep<RollState, Roll>>
        {
            [RollChange.Suspend] = new("休学", [RollState.OnRoll], RollState.Suspended, []),
            [RollChange.Resume] = new("复学", [RollState.Suspended, RollState.Left], RollState.OnRoll, []),
            [RollChange.Transfer] = new("转学", [RollState.OnRoll, RollState.Suspended], RollState.TransferredOut, []),
            [RollChange.MoveClass] = new("转班级", [RollState.OnRoll], RollState.OnRoll, []),
            [RollChange.Withdraw] = new("退学", [RollState.OnRoll, RollState.Suspended], RollState.Left, [])
            {
                Guards = [CompulsoryPupilsStay],
            },
            [RollChange.Expel] = new("开除学籍", [RollState.OnRoll, RollState.Suspended], RollState.Deleted, [])
            {
                Guards = [CompulsoryPupilsStay],
            },
            [RollChange.Decease] = new(
                "死亡",
                [RollState.OnRoll, RollState.Suspended, RollState.Left],
                RollState.Deceased,
                []
            ),
            [RollChange.Complete] = new("结业", [RollState.OnRoll], RollState.Completed, []),
            [RollChange.Leave] = new("其他离校", [RollState.OnRoll, RollState.Suspended], RollState.Left, []),
        };

    /// <summary>What is asked for.</summary>
    public static IReadOnlyList<FormField> Fields { get; } = FormBinder.FieldsOf(form => new EnteredChange(form));

    /// <summary>Changes a roll.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the roll.</param>
    /// <param name="version">The one that was seen.</param>
    /// <param name="values">By <see cref="Fields"/>.</param>
    public static async Task<CommandResult> ChangeAsync(UnitOfWork work, Guid id, long? version, FormValues values)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (
            await work
                .Db.Set<Roll>()
                .Include(r => r.School)
                .Include(r => r.Standings)
                .Include(r => r.Student)
                .SingleOrDefaultAsync(r => r.Id == id)
                is not { } roll
            || !work.Actor.AccessScope.Covers(roll.Scope)
        )
            return CommandResult.NotFound($"没有学籍 {id}。");
        if (!work.Actor.Holds(By, roll.Scope))
            return CommandResult.Problem(
                ResultKind.Forbidden,
                $"学籍异动由{string.Join("、", By.Select(r => r.Title))}办理。"
            );
        if (ETagCheck.Fault(roll.Version, version) is { } stale)
            return stale;
        List<FormFinding> findings = [];
        var entered = new FormBinder(Fields, values, new(work.Policy.Divisions, work.Today), findings).Step(
            form => new EnteredChange(form),
            []
        );
        if (findings.Count > 0)
            return CommandResult.Invalid([.. findings.Select(f => (f.Field, f.Text))]);
        if (entered.ClassName is { } className && PlaceNames.ClassNameFault(className) is { } misnamed)
            return CommandResult.Invalid(("className", $"班级名称{misnamed}。"));
        var title = Words.For(entered.Change);
        if (
            roll.Kind == RollKind.Compulsory
            && TakesAway.Contains(entered.Change)
            && !MayTakeOff(work.Actor, roll.Scope)
        )
            return CommandResult.Problem(ResultKind.Forbidden, $"义务教育学籍的{title}{TakenOffBy}。");
        if (roll.Kind == RollKind.Compulsory && !work.Actor.AccessScope.Covers(roll.Student.Scope))
            return CommandResult.Refused(
                $"不能{title}：该生的档案不在您的管理范围之内。",
                new RuleViolation("within-sight", "档案已在另一所学校的学生，由上级教育行政部门办理", [])
            );
        if (Refused(roll, entered, work) is { } violation)
            return CommandResult.Refused($"不能{title}：{violation.Message}。", violation);
        if (
            !roll.IsOpen
            && Steps[entered.Change].To == RollState.OnRoll
            && await work
                .Db.Set<Roll>()
                .AnyAsync(r =>
                    r.StudentId == roll.StudentId
                    && r.Id != id
                    && r.Kind == roll.Kind
                    && (r.State == RollState.OnRoll || r.State == RollState.Suspended)
                )
        )
            return CommandResult.Refused(
                $"不能{title}：该生已在另一所学校就读。",
                new RuleViolation("one-open-roll", "一名学生同时只有一个学籍", [])
            );
        School? target = null;
        if (entered.Change == RollChange.Transfer)
        {
            target = await TargetOfAsync(work, entered.School);
            if (target is null || target.Id == roll.SchoolId || !Keeps(target.Kind, roll.Kind))
                return CommandResult.Invalid(
                    (
                        "school",
                        $"转入学校须为另一所{(roll.Kind == RollKind.Compulsory ? "义务教育学校" : "中等职业学校")}的标识（id）或学校标识码。"
                    )
                );
            if (!work.Actor.Holds(By, target.Scope))
                return CommandResult.Refused(
                    "不能转学：转入学校不在您的管理范围之内。",
                    new RuleViolation("transfer-within-sight", "转到管理范围之外的学校，由上级教育行政部门办理", [])
                );
        }

        await TakeAsync(work, roll, entered, target);
        if (roll.Scope != ScopePath.SchoolOf(roll.Scope) && !work.Actor.Holds(By, roll.Scope))
            return CommandResult.Refused(
                $"不能{title}：所到的班级不在您的管理范围之内。",
                new RuleViolation("class-within-sight", "转到管理范围之外的班级，由学校办理", [])
            );
        if (roll.Kind == RollKind.Compulsory)
            await Standings.MoveScopeWithRollAsync(work, [roll.StudentId]);
        work.Audit(
            $"registry.roll/{FormField.Camel(entered.Change.ToString())}",
            roll.Id,
            roll.Scope,
            $"from {entered.From.Value:yyyy-MM-dd}",
            work.Actor.RolesAt(roll.Scope).Intersect(By)
        );
        return CommandResult.Done(View(roll), roll.Version, roll.Id);
    }

    /// <summary>How those rolls of a student that the actor may see stood on a day.</summary>
    /// <returns>Null: there is no such student for this actor.</returns>
    public static async Task<StudentStanding?> StandingAsync(UnitOfWork work, Guid student, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (
            await work.Db.Set<Student>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == student) is not { } found
            || !work.Actor.AccessScope.Covers(found.Scope)
        )
            return null;
        var rolls = await work
            .Db.Set<Roll>()
            .AsNoTracking()
            .Where(r => r.StudentId == student)
            .Include(r => r.School)
            .Include(r => r.Standings)
                .ThenInclude(s => s.Group)
            .ToListAsync();
        return new(
            student,
            on,
            [
                .. rolls
                    .Where(r => work.Actor.AccessScope.Covers(r.Scope))
                    .Select(r => (Roll: r, Standing: r.StandingOn(on)))
                    .Where(r => r.Standing is not null)
                    .OrderBy(r => r.Standing!.From)
                    .ThenBy(r => r.Standing!.At)
                    .Select(r => new RollOnDay(
                        r.Roll.Id,
                        r.Roll.SchoolId,
                        r.Roll.School.Name,
                        r.Roll.Kind,
                        r.Standing!.State,
                        Words.For(r.Standing.State),
                        r.Standing.Grade,
                        r.Standing.Group?.Name,
                        r.Standing.From,
                        r.Standing.Reason,
                        r.Roll.Version
                    )),
            ]
        );
    }

    private static RuleViolation? Refused(Roll roll, EnteredChange entered, UnitOfWork work)
    {
        var step = Steps[entered.Change];
        if (step.Guards.Unmet(roll, work.Policy.Reading).FirstOrDefault() is ({ } guard, var truth))
            return new(guard.Id, guard.Message, guard.Provisions) { Outcome = truth.Outcome };
        return !step.From.Contains(roll.State)
                ? new("state", step.WrongState(Words.For(roll.State), s => Words.For(s)), step.Provisions)
            : entered.From.Value > work.Today
                ? new("from-today-at-latest", "起始日期不能晚于今天", []) { Field = "from" }
            : roll.Standings.Exists(s => s.From > entered.From.Value)
                ? new("not-before-the-last", "起始日期不能早于最近一次变动", []) { Field = "from" }
            : entered.Change is RollChange.Leave or RollChange.Suspend && string.IsNullOrWhiteSpace(entered.Reason)
                ? new("reason-given", $"{step.Title}须写明原因", []) { Field = "reason" }
            : null;
    }

    private static bool Keeps(SchoolKind school, RollKind roll) =>
        roll == RollKind.Vocational
            ? school == SchoolKind.Vocational
            : school is not (SchoolKind.Vocational or SchoolKind.SeniorHigh);

    private static async Task<School?> TargetOfAsync(UnitOfWork work, string? school) =>
        school is null ? null
        : Guid.TryParse(school, out var id) ? await work.Db.Set<School>().FindAsync(id)
        : await work.Db.Set<School>().SingleOrDefaultAsync(s => s.Code == school);

    private static async Task TakeAsync(UnitOfWork work, Roll roll, EnteredChange entered, School? target)
    {
        var (from, to) = (entered.From.Value, Steps[entered.Change].To);
        var groups = new SchoolClasses(work, SchoolYear.Of(from).Start, ClassOrigin.Hand);
        if (target is null)
        {
            if (entered.Grade.IsKnown)
                roll.Grade = entered.Grade.Value;
            roll.ClassName = entered.ClassName ?? roll.ClassName;
        }

        await StandAsync(work, groups, roll, roll.School, to, from, entered.Reason ?? Words.For(entered.Change));
        if (target is null)
            return;
        if (roll.Kind == RollKind.Compulsory)
            work.Db.Add(
                Takeovers.Create(work, roll, roll.Student.Name, roll.School.Name, target, from, isByList: false)
            );
        if (
            await work
                .Db.Set<Roll>()
                .Include(r => r.Standings)
                .FirstOrDefaultAsync(r =>
                    r.StudentId == roll.StudentId && r.SchoolId == target.Id && r.Kind == roll.Kind
                )
            is not { } next
        )
            work.Db.Add(
                next = new()
                {
                    Id = work.NewId(),
                    StudentId = roll.StudentId,
                    SchoolId = target.Id,
                    Kind = roll.Kind,
                    Entered = roll.Entered,
                    Scope = target.Scope,
                }
            );
        (next.Grade, next.ClassName) = (entered.Grade.IsKnown ? entered.Grade.Value : roll.Grade, entered.ClassName);
        await StandAsync(work, groups, next, target, RollState.OnRoll, from, "转入");
        roll.Student.Version++;
    }

    private static async Task StandAsync(
        UnitOfWork work,
        SchoolClasses groups,
        Roll roll,
        School school,
        RollState state,
        DateOnly from,
        string reason
    )
    {
        if (roll.State != state || roll.Version == 0)
            (roll.State, roll.Since) = (state, from);
        var schoolClass = roll is { IsOpen: true, ClassName: { } name, Kind: RollKind.Compulsory }
            ? await groups.UseAsync(school, roll.Grade, name)
            : null;
        roll.ClassName = schoolClass?.Name ?? roll.ClassName;
        work.Db.Add(
            roll.AppendStanding(
                work,
                schoolClass,
                from,
                reason,
                roll.Standings.Select(s => (DateTimeOffset?)s.At).Max()
            )
        );
        roll.Version++;
    }

    private static RollView View(Roll roll) =>
        new(
            roll.Id,
            roll.StudentId,
            roll.SchoolId,
            roll.State,
            Words.For(roll.State),
            roll.Since,
            roll.Grade,
            roll.ClassName,
            roll.Version
        );
}
