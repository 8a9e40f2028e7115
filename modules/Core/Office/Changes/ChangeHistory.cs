using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Office.Cases;
using EduAssist.Office.Enrolment;
using EduAssist.Office.ListImports;
using EduAssist.Office.Privacy;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Office.Changes;

/// <summary>What was imported and merged, and how it is taken back as a whole (办理记录与撤销).</summary>
public static class ChangeHistory
{
    /// <summary>
    /// How long whoever is no bureau can: later the pupils that came with a list are in class and count, and a school
    /// that took its list back would be rid of them.
    /// </summary>
    internal const int DaysOfSchools = 7;

    /// <summary>The most that are listed.</summary>
    public const int MostListed = 200;

    private static readonly IReadOnlyList<Role> Bureaus =
    [
        Role.County,
        Role.Prefecture,
        Role.Province,
        Role.Administrator,
    ];

    private static readonly Dictionary<Type, string> Titles = new()
    {
        [typeof(Student)] = "学生",
        [typeof(Guardian)] = "监护人",
        [typeof(Roll)] = "学籍",
        [typeof(RollStanding)] = "学籍异动",
        [typeof(SchoolClass)] = "班级",
        [typeof(School)] = "学校",
        [typeof(DoubleNote)] = "重复学籍核对意见",
        [typeof(UnlistedPupil)] = "未见学生",
        [typeof(Whereabouts)] = "未见学生的去向",
        [typeof(Takeover)] = "转出记录",
        [typeof(TakeoverReview)] = "转出核对意见",
        [typeof(PersonGroup)] = "特殊群体登记",
        [typeof(SchoolAttributeEntry)] = "学校属性登记",
        [typeof(Case)] = "办件",
        [typeof(CaseEvent)] = "办理记录",
        [typeof(Evidence)] = "材料",
        [typeof(Confirmation)] = "材料确认",
        [typeof(StoredAssessment)] = "存档的评估",
        [typeof(StoredGrant)] = "用户授权",
    };

    /// <summary>The imports, or merges, that an actor may see, the latest first.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="kind">Which of both.</param>
    /// <param name="form">Only of this form; null: of all.</param>
    public static async Task<IReadOnlyList<ChangeSetView>> ListAsync(
        UnitOfWork work,
        ChangeSetKind kind,
        string? form = null
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        List<ChangeSet> seen = [];
        var sets = work.Db.Set<ChangeSet>().AsNoTracking().Where(s => s.Kind == kind);
        if (form is not null)
            sets = sets.Where(s => s.Form == form);
        await foreach (var set in sets.OrderByDescending(s => s.At).ThenByDescending(s => s.Id).AsAsyncEnumerable())
        {
            if (IsSeen(work.Actor, set))
                seen.Add(set);
            if (seen.Count == MostListed)
                break;
        }

        return [.. seen.Select(s => View(work, s))];
    }

    /// <summary>One import or merge; null: there is none for this actor.</summary>
    public static async Task<ChangeSetView?> FindAsync(UnitOfWork work, ChangeSetKind kind, Guid id)
    {
        ArgumentNullException.ThrowIfNull(work);
        return
            await work.Db.Set<ChangeSet>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == kind)
                is { } set
            && IsSeen(work.Actor, set)
            ? View(work, set)
            : null;
    }

    /// <summary>Takes one back: all of it, or nothing.</summary>
    /// <param name="work">The unit of work; of a preview a query.</param>
    /// <param name="kind">Import or merge.</param>
    /// <param name="id">Of it.</param>
    /// <param name="version">Of it, as it was seen; null: not said, as with a preview.</param>
    /// <param name="preview">Only what it would do is told.</param>
    /// <returns>
    /// An <see cref="UndoOutcome"/>; <see cref="ResultKind.Refused"/> with one finding for each of the first obstacles.
    /// </returns>
    public static async Task<CommandResult> UndoAsync(
        UnitOfWork work,
        ChangeSetKind kind,
        Guid id,
        long? version,
        bool preview
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        if (
            await work.Db.Set<ChangeSet>().SingleOrDefaultAsync(s => s.Id == id && s.Kind == kind) is not { } set
            || !IsSeen(work.Actor, set)
        )
            return CommandResult.NotFound(
                kind == ChangeSetKind.Import ? $"没有导入记录 {id}。" : $"没有合并记录 {id}。"
            );
        if (ForbiddenTo(work, set) is { } forbidden)
            return CommandResult.Problem(ResultKind.Forbidden, forbidden);
        // before the version: that it is over says more than that it was changed
        if (Over(set) is { } over)
            return CommandResult.Refused(over, new RuleViolation("undo-once", over.TrimEnd('。'), []));
        if (!preview && ETagCheck.Fault(VersionOf(set), version) is { } stale)
            return stale;
        var undo = new ChangeUndo(work, set, (table, rows) => PlacesInUseAsync(work, table, rows));
        var plan = await undo.PlanAsync();
        IReadOnlyList<UndoObstacleView> obstacles = await TellAsync(work, set, plan.Obstacles);
        var outcome = new UndoOutcome(id, false, plan.Removed, plan.Restored, plan.Kept, plan.Hindered, obstacles);
        if (preview)
            return CommandResult.Done(outcome);
        if (plan.Hindered > 0)
            return CommandResult.Refused(
                $"不能撤销：有 {plan.Hindered} 项已经有了后来的变化，第一项：{Line(obstacles[0])}",
                [.. obstacles.Select(o => new RuleViolation("nothing-stands-on-it", Line(o), []))]
            );
        await undo.ApplyAsync();
        (set.State, set.UndoneAt, set.UndoneBy) = (ChangeSetState.Undone, work.Now, work.Actor.Name);
        work.Audit(
            $"{set.Form ?? (set.Kind == ChangeSetKind.Merge ? "registry.merge" : "registry.class")}/undo",
            set.Id,
            set.Scope,
            $"of {set.At:yyyy-MM-dd HH:mm}, {plan.Removed} removed, {plan.Restored} restored"
        );
        return CommandResult.Done(outcome with { Undone = true }, VersionOf(set), id);
    }

    private static string Line(UndoObstacleView obstacle) =>
        obstacle.Who is { } who
            ? $"{who}的{obstacle.Thing}：{obstacle.Message}"
            : $"{obstacle.Thing}：{obstacle.Message}";

    private static bool IsSeen(Actor actor, ChangeSet set) =>
        actor.Name == set.Actor || actor.AccessScope.Covers(set.Scope) || actor.AccessScope.Covers(set.Place);

    private static IReadOnlyList<Role> By(UnitOfWork work, ChangeSet set) =>
        set.Kind == ChangeSetKind.Merge ? StudentMerge.By
        : set.Kind == ChangeSetKind.Classes ? ClassMerge.By
        : CoreListImports
            .All.Concat(work.Policy.Contributions.OfType<IListImport>())
            .FirstOrDefault(i => i.Form.Id == set.Form)
            ?.By
            ?? [];

    private static string? ForbiddenTo(UnitOfWork work, ChangeSet set)
    {
        var by = By(work, set);
        var acting = work.Actor.As(by);
        var isAbove = work.Actor.Holds(by, set.Place);
        var isOwn =
            work.Actor.Name == set.Actor
            && acting.Grants.Count > 0
            && set.Place.StartsWith(ChangeSets.PlaceOf(acting), StringComparison.Ordinal);
        var what = set.Kind == ChangeSetKind.Import ? "导入" : Words.For(set.Kind);
        return work.Actor.IsProgram ? null
            : !isAbove && !isOwn
                ? $"由{(set.Kind == ChangeSetKind.Import ? "导入" : "合并")}的单位或者它的上级教育行政部门撤销。"
            : work.Now > set.At.AddDays(DaysOfSchools) && !work.Actor.Holds(Bureaus.Intersect(by), set.Place)
                ? $"{what}已过 {DaysOfSchools} 天，由上级教育行政部门撤销。"
            : null;
    }

    /// <summary>What was done changes once: it is taken back, or holds for good.</summary>
    private static long VersionOf(ChangeSet set) => set.State == ChangeSetState.Done ? 1 : 2;

    private static string? Over(ChangeSet set) =>
        set.State switch
        {
            ChangeSetState.Undone =>
                $"已于 {set.UndoneAt!.Value.ToOffset(Today.Offset):yyyy-MM-dd HH:mm} 由 {set.UndoneBy} 撤销，不能再次撤销。",
            ChangeSetState.Final => $"已过 {ChangeSets.Days} 天，不能再撤销；请逐人更正。",
            _ when set.Rows == 0 => "没有改动任何登记，无须撤销。",
            _ when set.IsPartial => "这次导入还改动了名额等不能逐项恢复的内容，不能整体撤销；请逐件更正。",
            _ => null,
        };

    private static ChangeSetView View(UnitOfWork work, ChangeSet set) =>
        new(
            set.Id,
            set.Kind,
            set.Form,
            set.Kind == ChangeSetKind.Import ? TitleOf(work, set) : Words.For(set.Kind),
            set.FileName,
            set.At,
            set.Actor,
            set.New,
            set.Changed,
            set.Unchanged,
            set.Gone,
            set.State,
            set.UndoneAt,
            set.UndoneBy,
            Over(set) is null && ForbiddenTo(work, set) is null,
            VersionOf(set)
        );

    private static string TitleOf(UnitOfWork work, ChangeSet set) =>
        CoreListImports
            .All.Concat(work.Policy.Contributions.OfType<IListImport>())
            .FirstOrDefault(i => i.Form.Id == set.Form)
            ?.Form.Title
        ?? Words.For(set.Kind);

    /// <summary>Schools and classes where somebody has a role: nothing links them but the place.</summary>
    private static async Task<IReadOnlyCollection<string>> PlacesInUseAsync(
        UnitOfWork work,
        IEntityType table,
        IReadOnlyCollection<object?[]> rows
    )
    {
        if (table.ClrType != typeof(School) && table.ClrType != typeof(SchoolClass))
            return [];
        var scope = table.FindProperty(nameof(IScoped.Scope))!.GetIndex();
        var places = rows.ToDictionary(r => (string)r[scope]!, r => RowImage.KeyOf(table, r), StringComparer.Ordinal);
        var granted = await work
            .Db.Set<StoredGrant>()
            .Where(g => places.Keys.Contains(g.Scope))
            .Select(g => g.Scope)
            .Distinct()
            .ToListAsync();
        return [.. granted.Select(g => places[g])];
    }

    private static async Task<IReadOnlyList<UndoObstacleView>> TellAsync(
        UnitOfWork work,
        ChangeSet set,
        IReadOnlyList<UndoObstacle> obstacles
    )
    {
        var ids = obstacles.Select(o => o.Student).OfType<Guid>().Distinct().ToList();
        var names = await work
            .Db.Set<Student>()
            .AsNoTracking()
            .Where(s => ids.Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, s => s.Name);
        List<UndoObstacleView> told = [];
        foreach (var obstacle in obstacles)
            told.Add(
                new(
                    Title(obstacle.Table),
                    obstacle.Student is { } id ? names.GetValueOrDefault(id) : null,
                    obstacle.Student is { } who && names.GetValueOrDefault(who) == PersonalData.Erased
                        ? await MessageAsync(work, set, obstacle with { Hindrance = UndoHindrance.Erased })
                        : await MessageAsync(work, set, obstacle)
                )
            );
        return told;
    }

    private static string Title(IEntityType table) => Titles.GetValueOrDefault(table.ClrType, "其他登记");

    private static async Task<string> MessageAsync(UnitOfWork work, ChangeSet set, UndoObstacle obstacle) =>
        obstacle.Hindrance switch
        {
            UndoHindrance.Erased => "个人信息已经删除，不能再恢复。",
            UndoHindrance.Later => await LaterAsync(work, Guid.Parse(obstacle.ByKey!)),
            UndoHindrance.Referred when obstacle.By is { } by =>
                $"后来的{Title(by)}以它为据；请先更正{Title(by)}，或者不撤销而逐人更正。",
            UndoHindrance.Referred => "已有用户的授权在此；请先收回授权。",
            UndoHindrance.Missing => $"原来所属的{Title(obstacle.By!)}已不存在，不能恢复；请逐人更正。",
            UndoHindrance.Taken => "原来的号码现在登记在另一条记录上；请先更正那一条。",
            _ => await ChangedAsync(work, set, obstacle),
        };

    /// <summary>Who changed a row since: a later set that tells of it, otherwise the last entry of the audit.</summary>
    private static async Task<string> ChangedAsync(UnitOfWork work, ChangeSet set, UndoObstacle obstacle)
    {
        var table = obstacle.Table.GetTableName()!;
        var later = await work
            .Db.Set<ChangeRow>()
            .Where(r =>
                r.StudentId == obstacle.Student
                && r.Table == table
                && r.Key == obstacle.Key
                && r.SetId != set.Id
                && work.Db.Set<ChangeSet>().Any(s => s.Id == r.SetId && s.At > set.At)
            )
            .Select(r => (Guid?)r.SetId)
            .FirstOrDefaultAsync();
        if (later is { } other)
            return await LaterAsync(work, other);
        var last = Guid.TryParse(obstacle.Key, out var row)
            ? await work
                .Db.Set<AuditEntry>()
                .AsNoTracking()
                .Where(a => (a.Subject == row || a.Subject == obstacle.Student) && a.At >= set.At)
                .OrderByDescending(a => a.Id)
                .FirstOrDefaultAsync()
            : null;
        return last is null
            ? "后来又有改动；请逐人更正。"
            : $"后来又有改动（{Moment(last.At)}，{last.Actor}）；请先改回，或者逐人更正。";
    }

    private static async Task<string> LaterAsync(UnitOfWork work, Guid id)
    {
        var set = await work.Db.Set<ChangeSet>().AsNoTracking().SingleAsync(s => s.Id == id);
        var what = set.Kind == ChangeSetKind.Import ? $"导入《{TitleOf(work, set)}》" : Words.For(set.Kind);
        return $"后来的{what}（{Moment(set.At)}，{set.Actor}）改动了它；请先撤销那一次。";
    }

    private static string Moment(DateTimeOffset at) => $"{at.ToOffset(Today.Offset):yyyy-MM-dd HH:mm}";
}
