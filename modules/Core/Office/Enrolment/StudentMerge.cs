using System.Text.Json.Serialization.Metadata;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Cases;
using EduAssist.Office.Privacy;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Office.Enrolment;

/// <summary>What merging two students does, or would do.</summary>
/// <param name="Id">Of the merge, by which it is taken back; null: it was only looked at.</param>
/// <param name="Keep">The id of the student who stays.</param>
/// <param name="Other">The id of the student who goes.</param>
/// <param name="Fields">What is filled in, or differs.</param>
/// <param name="Moved">How many entries move.</param>
/// <param name="Closed">The schools whose roll is closed, since one student has one.</param>
public sealed record MergeOutcome(
    Guid? Id,
    Guid Keep,
    Guid Other,
    IReadOnlyList<MergedField> Fields,
    int Moved,
    IReadOnlyList<string> Closed
) : IContract<MergeOutcome>
{
    static JsonTypeInfo<MergeOutcome> IContract<MergeOutcome>.Contract => EnrolmentJson.Default.MergeOutcome;
}

/// <summary>A field in which two students differ.</summary>
/// <param name="Name">By which it is chosen.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="Keep">Of the student who stays, numbers masked; null: blank.</param>
/// <param name="Other">Of the other; null: blank.</param>
/// <param name="TakesOther">Whether the other's holds afterwards.</param>
/// <param name="IsConflict">Whether both say something.</param>
public sealed record MergedField(
    string Name,
    string Title,
    string? Keep,
    string? Other,
    bool TakesOther,
    bool IsConflict
);

/// <summary>
/// Two records of one student made one (合并重复学籍): all that refers to the other moves, whatever table it is in; blanks
/// are filled; where both say something, the clerk chooses. Nothing is lost: the set of changes brings back both.
/// </summary>
public static class StudentMerge
{
    private const string NotThere = "没有这两名学生，或者不在您能看到的范围内。";

    /// <summary>What a roll is closed for.</summary>
    public const string Reason = "合并重复学籍";

    /// <summary>Who may: a bureau above both.</summary>
    public static IReadOnlyList<Role> By { get; } = [Role.County, Role.Prefecture, Role.Province, Role.Administrator];

    /// <summary>Columns of a student that one fills in for the other.</summary>
    private static readonly IReadOnlyList<(
        string Name,
        string Title,
        Func<Student, string?> Shown,
        string[] Columns
    )> Fields =
    [
        ("name", "姓名", s => s.Name, [nameof(Student.Name)]),
        ("sex", "性别", s => s.Sex == Sex.Unknown ? null : Words.For(s.Sex), [nameof(Student.Sex)]),
        ("birthDate", "出生日期", s => s.BirthDate?.ToString("yyyy-MM-dd"), [nameof(Student.BirthDate)]),
        ("ethnicity", "民族", s => s.Ethnicity, [nameof(Student.Ethnicity)]),
        (
            "residentId",
            "身份证件号",
            s => SuspectedDoubles.Masked(s.ResidentId, PersonalKind.Number),
            [nameof(Student.ResidentId), nameof(Student.ResidentIdIndex)]
        ),
        (
            "documentNumber",
            "其他证件号",
            s => SuspectedDoubles.Masked(s.DocumentNumber, PersonalKind.Number),
            [nameof(Student.DocumentNumber), nameof(Student.DocumentNumberIndex), nameof(Student.DocumentKind)]
        ),
        (
            "nationalNumber",
            "全国学籍号",
            s => SuspectedDoubles.Masked(s.NationalNumber, PersonalKind.Number),
            [nameof(Student.NationalNumber), nameof(Student.NationalNumberIndex)]
        ),
        ("phone", "联系电话", s => SuspectedDoubles.Masked(s.Phone, PersonalKind.Phone), [nameof(Student.Phone)]),
        ("address", "住址", s => s.Address is null ? null : "已登记（不显示）", [nameof(Student.Address)]),
    ];

    /// <summary>The columns that a merge carries over: all of a student but key, place and version.</summary>
    internal static IEnumerable<string> Columns => Fields.SelectMany(f => f.Columns);

    /// <summary>The names of the fields that may be taken from the other.</summary>
    public static IReadOnlyList<string> FieldNames { get; } = [.. Fields.Select(f => f.Name)];

    /// <summary>Merges two students.</summary>
    /// <param name="work">The unit of work; of a preview a query.</param>
    /// <param name="keepId">Who stays.</param>
    /// <param name="goes">Who goes; null: not said.</param>
    /// <param name="seen">The versions that were seen; null: not said.</param>
    /// <param name="take">The fields in which the other is right.</param>
    /// <param name="preview">Only what it would do is told.</param>
    public static async Task<CommandResult> MergeAsync(
        UnitOfWork work,
        Guid keepId,
        Guid? goes,
        (long? Keep, long? Other) seen,
        IReadOnlyCollection<string> take,
        bool preview = false
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(take);
        var db = work.Db;
        if (await FindAsync(work, keepId) is not { } keep)
            return CommandResult.NotFound(NotThere);
        if (!work.Actor.Holds(By, keep.Scope))
            return NotAbove();
        if (goes is not { } otherId || keepId == otherId)
            return CommandResult.Invalid(("other", "须为另一名学生。"));
        if (await FindAsync(work, otherId) is not { } other)
            return CommandResult.NotFound(NotThere);
        if (!work.Actor.Holds(By, other.Scope))
            return NotAbove();
        if (take.Except(FieldNames).FirstOrDefault() is { } unknown)
            return CommandResult.Invalid(
                ("take", $"没有栏目 {unknown[..Math.Min(unknown.Length, 30)]}；可选：{string.Join("、", FieldNames)}。")
            );
        if (
            !preview
            && (ETagCheck.Fault(keep.Version, seen.Keep) ?? ETagCheck.Fault(other.Version, seen.Other)) is { } stale
        )
            return stale;
        if (await HindranceAsync(work, keep, other) is { } hindrance)
            return CommandResult.Refused(
                $"不能合并：{hindrance}。",
                new RuleViolation("merge-possible", hindrance, [])
            );
        List<MergedField> fields =
        [
            .. from field in Fields
            let values = (Keep: field.Shown(keep), Other: field.Shown(other))
            where values.Other is not null && Differ(db, field.Columns, keep, other)
            select new MergedField(
                field.Name,
                field.Title,
                values.Keep,
                values.Other,
                values.Keep is null || take.Contains(field.Name),
                values.Keep is not null
            ),
        ];
        var closing = Closing(keep, other);
        if (preview)
            return CommandResult.Done(
                new MergeOutcome(
                    null,
                    keepId,
                    otherId,
                    fields,
                    await CountAsync(db, otherId),
                    [.. closing.Select(r => r.School.Name)]
                )
            );
        var taken = fields
            .Where(f => f.TakesOther)
            .SelectMany(f => Fields.Single(x => x.Name == f.Name).Columns)
            .ToDictionary(c => c, c => db.Entry(other).Property(c).CurrentValue, StringComparer.Ordinal);

        var (set, journal) = await ChangeSets.BeginAsync(work, ChangeSetKind.Merge, null, null, concerning: keepId);
        foreach (var roll in closing)
        {
            (roll.State, roll.Since) = (RollState.Deleted, work.Today);
            roll.Version++;
            db.Add(
                roll.AppendStanding(
                    work,
                    null,
                    work.Today,
                    Reason,
                    roll.Standings.Select(s => (DateTimeOffset?)s.At).Max()
                )
            );
        }

        FoldGuardians(work, keep, other);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear(); // what follows goes past it
        db.Attach(set);
        var moved = await MoveAsync(db, journal, keepId, otherId);
        var students = db.Model.FindEntityType(typeof(Student))!;
        var gone = await RowImage.ReadAsync(db, students, [$"{otherId}"]);
        await Bulk.DeleteAllAsync(
            db,
            students,
            [
                [otherId],
            ]
        ); // first: its numbers are free then
        await journal.RecordAsync(students, [(gone.Values.Single(), null)]);
        var staying = await db.Set<Student>().SingleAsync(s => s.Id == keepId);
        foreach (var (column, value) in taken)
            db.Entry(staying).Property(column).CurrentValue = value;
        staying.Version++;
        await Standings.MoveScopeWithRollAsync(work, [keepId]);
        await journal.EndAsync();
        set.Changed = moved;
        foreach (var id in (Guid[])[keepId, otherId])
            work.Audit(
                "student/merge",
                id,
                keep.Scope,
                id == keepId ? $"with {otherId}" : $"into {keepId}",
                work.Actor.RolesAt(keep.Scope).Intersect(By)
            );
        return CommandResult.Done(
            new MergeOutcome(set.Id, keepId, otherId, fields, moved, [.. closing.Select(r => r.School.Name)]),
            staying.Version,
            keepId
        );
    }

    private static CommandResult NotAbove() =>
        CommandResult.Problem(
            ResultKind.Forbidden,
            $"合并学生由两名学生共同的上级（{string.Join("、", By.Select(r => r.Title))}）办理。"
        );

    private static async Task<Student?> FindAsync(UnitOfWork work, Guid id) =>
        await work
            .Db.Set<Student>()
            .AsTracking()
            .Include(s => s.Guardians)
            .Include(s => s.Rolls)
                .ThenInclude(r => r.School)
            .Include(s => s.Rolls)
                .ThenInclude(r => r.Standings)
            .AsSplitQuery()
            .SingleOrDefaultAsync(s => s.Id == id)
            is { } student
        && work.Actor.AccessScope.Covers(student.Scope)
            ? student
            : null;

    private static bool Differ(AppDbContext db, string[] columns, Student keep, Student other) =>
        !Equals(db.Entry(keep).Property(columns[0]).CurrentValue, db.Entry(other).Property(columns[0]).CurrentValue);

    /// <summary>
    /// Of several open rolls of one kind the one that began last stays open, of the student who stays first.
    /// </summary>
    private static IReadOnlyList<Roll> Closing(Student keep, Student other) =>
        [
            .. keep
                .Rolls.Concat(other.Rolls)
                .Where(r => r.IsOpen)
                .GroupBy(r => r.Kind)
                .SelectMany(kind =>
                    kind.OrderByDescending(r => r.StudentId == keep.Id)
                        .ThenByDescending(r => r.Since)
                        .ThenBy(r => r.Id)
                        .Skip(1)
                ),
        ];

    private static async Task<string?> HindranceAsync(UnitOfWork work, Student keep, Student other)
    {
        if (keep.Name == PersonalData.Erased || other.Name == PersonalData.Erased)
            return "其中一人的个人信息已经删除";
        var closing = Closing(keep, other);
        if (closing.FirstOrDefault(r => r.Standings.Exists(s => s.From > work.Today)) is { } later)
            return $"{later.School.Name}的学籍有今天以后的变动，请先更正";
        var final = work
            .Policy.Contributions.OfType<IWorkflow>()
            .SelectMany(w =>
                w.Transitions.SelectMany(t => t.From.Concat(t.Destinations))
                    .Where(s => s.IsFinal)
                    .Select(s => (w.Id, s.Id))
            )
            .ToHashSet();
        var cases = await work
            .Db.Set<Case>()
            .AsNoTracking()
            .Where(c => c.StudentId == keep.Id || c.StudentId == other.Id)
            .Select(c => new
            {
                c.StudentId,
                c.Workflow,
                c.Year,
                c.State,
            })
            .ToListAsync();
        return
            cases
                .Where(c => !final.Contains((c.Workflow, c.State)))
                .GroupBy(c => (c.Workflow, c.Year))
                .FirstOrDefault(g => g.Select(c => c.StudentId).Distinct().Count() > 1)
                is { } twice
            ? $"两人都有 {twice.Key.Year} 年在办的{TitleOf(work, twice.Key.Workflow)}，请先办结其中一件"
            : null;
    }

    private static string TitleOf(UnitOfWork work, string workflow) =>
        work.Policy.Contributions.OfType<IWorkflow>().FirstOrDefault(w => w.Id == workflow)?.Title ?? "办件";

    /// <summary>The same guardian twice is one; a second telephone is kept with the second.</summary>
    private static void FoldGuardians(UnitOfWork work, Student keep, Student other)
    {
        foreach (var guardian in other.Guardians.ToList())
            if (
                keep.Guardians.Find(g =>
                    g.Name == guardian.Name && (g.Phone is null || guardian.Phone is null || g.Phone == guardian.Phone)
                ) is
                { } same
            )
            {
                same.Phone ??= guardian.Phone;
                work.Db.Remove(guardian);
            }
    }

    private static IEnumerable<(IEntityType Table, IProperty Column)> References(AppDbContext db) =>
        db
            .Model.FindEntityType(typeof(Student))!
            .GetReferencingForeignKeys()
            .Select(k => ((IEntityType)k.DeclaringEntityType, (IProperty)k.Properties[0]))
            .OrderBy(r => r.Item1.GetTableName(), StringComparer.Ordinal);

    private static async Task<int> CountAsync(AppDbContext db, Guid other)
    {
        var count = 0;
        foreach (var (table, column) in References(db).Where(r => r.Table.ClrType != typeof(ChangeRow)))
            count += (await RowImage.KeysAsync(db, table, column, RowImage.Having(table, column, [other]))).Count;
        return count;
    }

    /// <summary>Whatever refers to the other refers to who stays; a table that comes tomorrow too.</summary>
    private static async Task<int> MoveAsync(AppDbContext db, ChangeJournal journal, Guid keep, Guid other)
    {
        var count = 0;
        foreach (var (table, column) in References(db))
        {
            if (column.IsPrimaryKey())
                throw new InvalidOperationException(
                    $"{table.GetTableName()} is found by its student, and cannot move."
                );
            var rows = (await RowImage.ReadAsync(db, table, RowImage.Having(table, column, [other])))
                .Select(r => (Before: r, After: (object?[])r.Clone()))
                .ToList();
            foreach (var (_, after) in rows)
                after[column.GetIndex()] = keep;
            await Bulk.UpdateAllAsync(db, table, [.. table.GetProperties()], [.. rows.Select(r => r.After)]);
            await journal.RecordAsync(
                table,
                [.. rows.Select(r => ((object?[]?)r.Before, (object?[]?)r.After))],
                whatever: true
            );
            if (table.ClrType != typeof(ChangeRow))
                count += rows.Count;
        }

        return count;
    }
}
