using System.Linq.Expressions;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Office.Enrolment;

/// <summary>What merging a class into another one does, or would do.</summary>
/// <param name="Id">Of the merge, by which it is taken back; null: it was only looked at.</param>
/// <param name="Class">The class that goes.</param>
/// <param name="Into">The class that stays.</param>
/// <param name="Pupils">On the roll, who change the class.</param>
/// <param name="Users">Whose role at the class that goes becomes one at the class that stays.</param>
public sealed record ClassMergeOutcome(Guid? Id, string Class, string Into, int Pupils, int Users)
    : IContract<ClassMergeOutcome>
{
    static JsonTypeInfo<ClassMergeOutcome> IContract<ClassMergeOutcome>.Contract =>
        EnrolmentJson.Default.ClassMergeOutcome;
}

/// <summary>
/// A class that was made by mistake merged into the right one (合并班级): whatever lies in its place moves, whatever table
/// it is in, and whoever had a role there has it at the right class. The set of changes brings all of it back.
/// </summary>
public static class ClassMerge
{
    /// <summary>Who may: the school of both classes, and the bureaus above.</summary>
    public static IReadOnlyList<Role> By { get; } =
    [Role.School, Role.CentralSchool, Role.County, Role.Prefecture, Role.Administrator];

    /// <summary>What tells of the past, and stays where it was told.</summary>
    private static readonly IReadOnlySet<Type> Telling = new HashSet<Type>
    {
        typeof(AuditEntry),
        typeof(ChangeSet),
        typeof(ChangeRow),
    };

    /// <summary>Merges a class into another one.</summary>
    /// <param name="work">The unit of work; of a preview a query.</param>
    /// <param name="id">The class that goes.</param>
    /// <param name="version">Of the class that goes, as it was seen; null: not said.</param>
    /// <param name="into">The class that stays; null: not said.</param>
    /// <param name="preview">Only what it would do is told.</param>
    public static async Task<CommandResult> MergeAsync(
        UnitOfWork work,
        Guid id,
        long? version,
        Guid? into,
        bool preview = false
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        var db = work.Db;
        if (await FindAsync(work, id) is not { } wrong)
            return CommandResult.NotFound("没有这个班级，或者不在您能看到的范围内。");
        if (!work.Actor.Holds(By, wrong.Scope))
            return CommandResult.Problem(
                ResultKind.Forbidden,
                $"合并班级由{string.Join("、", By.Select(r => r.Title))}办理。"
            );
        if (into is not { } other || other == id)
            return CommandResult.Invalid(("into", "须为同一所学校、同一年级的另一个班级。"));
        if (await FindAsync(work, other) is not { } right || !work.Actor.Holds(By, right.Scope))
            return CommandResult.NotFound("没有要并入的班级，或者不在您的管理范围之内。");
        if (!preview && ETagCheck.Fault(wrong.Version, version) is { } stale)
            return stale;
        if ((wrong.SchoolId, wrong.SchoolYear, wrong.Grade) != (right.SchoolId, right.SchoolYear, right.Grade))
            return CommandResult.Refused(
                $"不能合并：{wrong.Name}和{right.Name}不是同一所学校同一学年同一年级的班级；年级登记错的，逐人办理转班级。",
                new RuleViolation("one-grade", "只能合并同一所学校、同一学年、同一年级的班级", [])
            );
        var pupils = await db.Set<Roll>()
            .CountAsync(r => r.Scope == wrong.Scope && (r.State == RollState.OnRoll || r.State == RollState.Suspended));
        var users = await db.Set<StoredGrant>()
            .Where(g => g.Scope == wrong.Scope)
            .Select(g => g.UserId)
            .Distinct()
            .ToListAsync();
        var outcome = new ClassMergeOutcome(null, wrong.Name, right.Name, pupils, users.Count);
        if (preview)
            return CommandResult.Done(outcome);
        var (set, journal) = await ChangeSets.BeginAsync(work, ChangeSetKind.Classes, null, null);
        foreach (var table in db.Model.GetEntityTypes().Where(t => !Telling.Contains(t.ClrType)).ToList())
            if (table.ClrType != typeof(StoredGrant))
                await MoveAsync(db, journal, (IEntityType)table, wrong, right);
        await MoveGrantsAsync(db, journal, wrong, right);
        var classes = db.Model.FindEntityType(typeof(SchoolClass))!;
        var gone = await RowImage.ReadAsync(db, classes, [$"{id}"]);
        await Bulk.DeleteAllAsync(
            db,
            classes,
            [
                [id],
            ]
        );
        await journal.RecordAsync(classes, [(gone.Values.Single(), null)]);
        db.Attach(right).Entity.Version++; // who saw it without these pupils has not seen it
        await journal.EndAsync();
        set.Changed = pupils;
        work.Audit(
            "registry.class/merge",
            id,
            right.Scope,
            $"into {other}, {pupils} pupils, {users.Count} users",
            work.Actor.RolesAt(right.Scope).Intersect(By)
        );
        foreach (var user in users)
            work.Audit("user/grant", user, right.Scope, $"from class {id} to {other}");
        return CommandResult.Done(outcome with { Id = set.Id }, id: other);
    }

    private static async Task<SchoolClass?> FindAsync(UnitOfWork work, Guid id) =>
        await work.Db.Set<SchoolClass>().AsNoTracking().SingleOrDefaultAsync(g => g.Id == id) is { } found
        && work.Actor.AccessScope.Covers(found.Scope)
            ? found
            : null;

    /// <summary>The columns of a table that hold a place, and those that link to a class.</summary>
    private static IEnumerable<(IProperty Column, bool IsPlace)> Columns(IEntityType table) =>
        [
            .. (TableDeclaration.Find(table)?.Places ?? [])
                .Select(p => TableDeclaration.Steps(p.Column) is [var name] ? name : null)
                .Append(typeof(IScoped).IsAssignableFrom(table.ClrType) ? nameof(IScoped.Scope) : null)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Select(table.FindProperty)
                .OfType<IProperty>()
                .Select(p => (p, true)),
            .. table
                .GetForeignKeys()
                .Where(k => k.PrincipalEntityType.ClrType == typeof(SchoolClass))
                .Select(k => ((IProperty)k.Properties[0], false)),
        ];

    /// <summary>What lies in the one class lies in the other; a table that comes tomorrow too.</summary>
    private static async Task MoveAsync(
        AppDbContext db,
        ChangeJournal journal,
        IEntityType table,
        SchoolClass wrong,
        SchoolClass right
    )
    {
        if (table.ClrType == typeof(SchoolClass))
            return;
        foreach (var (column, isPlace) in Columns(table))
        {
            if (column.IsPrimaryKey())
                throw new InvalidOperationException($"{table.GetTableName()} is found by its class, and cannot move.");
            var was = isPlace ? (object)wrong.Scope : wrong.Id;
            var rows = (await RowImage.ReadAsync(db, table, RowImage.Having(table, column, [was])))
                .Select(r => (Before: r, After: (object?[])r.Clone()))
                .ToList();
            foreach (var (_, after) in rows)
            {
                after[column.GetIndex()] = isPlace ? right.Scope : right.Id;
                if (table.ClrType == typeof(Roll))
                    after[table.FindProperty(nameof(Roll.ClassName))!.GetIndex()] = right.Name;
                foreach (var token in table.GetProperties().Where(p => p.IsConcurrencyToken))
                    after[token.GetIndex()] = (long)after[token.GetIndex()]! + 1;
            }

            await Bulk.UpdateAllAsync(db, table, [.. table.GetProperties()], [.. rows.Select(r => r.After)]);
            await journal.RecordAsync(table, [.. rows.Select(r => ((object?[]?)r.Before, (object?[]?)r.After))]);
        }
    }

    /// <summary>A role is found by its place, so it goes and comes anew, unless it is there already.</summary>
    private static async Task MoveGrantsAsync(
        AppDbContext db,
        ChangeJournal journal,
        SchoolClass wrong,
        SchoolClass right
    )
    {
        var table = db.Model.FindEntityType(typeof(StoredGrant))!;
        var column = table.FindProperty(nameof(StoredGrant.Scope))!;
        IReadOnlyList<object?[]> rows = [.. await RowImage.ReadAsync(db, table, Having(wrong.Scope))];
        var there = (await RowImage.ReadAsync(db, table, Having(right.Scope)))
            .Select(r => RowImage.KeyOf(table, r))
            .ToHashSet(StringComparer.Ordinal);
        await Bulk.DeleteAllAsync(
            db,
            table,
            [.. rows.Select(r => table.FindPrimaryKey()!.Properties.Select(p => r[p.GetIndex()]).ToArray())]
        );
        await journal.RecordAsync(table, [.. rows.Select(r => ((object?[]?)r, (object?[]?)null))]);
        List<object?[]> moved = [];
        foreach (var row in rows)
        {
            var after = (object?[])row.Clone();
            after[column.GetIndex()] = right.Scope;
            if (!there.Contains(RowImage.KeyOf(table, after)))
                moved.Add(after);
        }

        await Bulk.InsertAllAsync(db, table, moved);
        await journal.RecordAsync(table, [.. moved.Select(r => ((object?[]?)null, (object?[]?)r))]);

        LambdaExpression Having(string scope) => RowImage.Having(table, column, [scope]);
    }
}
