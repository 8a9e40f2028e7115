using System.Buffers;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Cases;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace EduAssist.Office.Privacy;

/// <summary>The data of one student: shown in full, handed over, erased. Each leaves a line in the audit.</summary>
public static class PersonalData
{
    /// <summary>What stands where a name was.</summary>
    public const string Erased = "已删除";

    private const string Empty = "{}";
    private const int LongestReason = 200;

    /// <summary>Who may hand over and erase: the bodies that keep the rolls, not whoever only uses them.</summary>
    public static IReadOnlyList<Role> Erasing { get; } = [Role.Prefecture, Role.County];

    /// <summary>The numbers of one student and their guardians in full.</summary>
    /// <returns>
    /// <c>{ "id", "residentId", "documentNumber", "nationalNumber", "phone", "address", "rolls": [{ "id", "number" }],
    /// "guardians": [{ "id", "phone" }] }</c>; or why not.
    /// </returns>
    public static async Task<CommandResult> RevealAsync(UnitOfWork work, Guid id)
    {
        ArgumentNullException.ThrowIfNull(work);
        var (student, refused) = await FindAsync(work, id, work.Policy.Roles.Revealing);
        if (student is null)
            return refused!;
        Note(work, "reveal", student, work.Policy.Roles.Revealing);
        return CommandResult.Done(
            new RevealedNumbers(
                id,
                student.ResidentId,
                student.DocumentNumber,
                student.NationalNumber,
                student.Phone,
                student.Address,
                [
                    .. student
                        .Rolls.Where(r => work.Actor.Holds(work.Policy.Roles.Revealing, r.Scope))
                        .Select(r => new RevealedRoll(r.Id, r.Number)),
                ],
                [.. student.Guardians.Select(g => new RevealedGuardian(g.Id, g.Phone))]
            )
        );
    }

    /// <summary>Everything that is kept on a student, for the student (个人信息保护法 第四十五条).</summary>
    /// <returns>
    /// <c>{ "id", "at", "purposes": […], "data": { "table": [ { "column": … } ] }, "audit": […] }</c>; of files their
    /// length and SHA-256; or why not.
    /// </returns>
    public static async Task<CommandResult> ExportAsync(UnitOfWork work, Guid id)
    {
        ArgumentNullException.ThrowIfNull(work);
        // the export contains rows from every scope where the student ever was, so whoever may see only a part of them
        // gets none
        var (student, refused) = await FindAsync(work, id, Erasing);
        if (student is null)
            return refused!;
        OrderedDictionary<string, IReadOnlyList<OrderedDictionary<string, KeptValue>>> data = [];
        List<ColumnPurpose> purposes = [];
        var subjects = new List<Guid> { id };
        foreach (var entity in Kept(work.Db))
        {
            var rows = await RowsAsync(work.Db, entity, id);
            if (rows.Count == 0)
                continue;
            data[entity.GetTableName()!] = [.. rows.Select(r => Columns(entity, r))];
            subjects.AddRange(rows.OfType<Case>().Select(c => c.Id));
            foreach (var property in entity.GetProperties())
            {
                if (PersonalDataAnnotation.Find(property) is { Kind: not PersonalKind.Index } mark)
                    purposes.Add(new($"{entity.GetTableName()}.{property.Name}", mark.Kind, mark.Purpose, mark.Years));
            }
        }

        var lines = await work
            .Db.Set<AuditEntry>()
            .AsNoTracking()
            .Where(a => a.Subject != null && subjects.Contains(a.Subject.Value))
            .OrderBy(a => a.Id)
            .ToListAsync();
        Note(work, "personal-data", student, Erasing);
        return CommandResult.Done(
            new PersonalDataExport(
                id,
                work.Now,
                purposes,
                data,
                [.. lines.Select(l => new AuditLine(l.At, l.Actor, l.Action))]
            )
        );
    }

    /// <summary>
    /// Erases who somebody was: every personal column of every row that concerns them is overwritten. That there was a
    /// case, what was done and when, stays, without a hint at whom.
    /// </summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the student.</param>
    /// <param name="reason">Why; kept in the audit.</param>
    public static async Task<CommandResult> EraseAsync(UnitOfWork work, Guid id, string? reason)
    {
        ArgumentNullException.ThrowIfNull(work);
        var (student, refused) = await FindAsync(work, id, Erasing);
        if (student is null)
            return refused!;
        if (reason?.Trim() is not { Length: > 0 and <= LongestReason } why)
            return CommandResult.Invalid(("reason", $"须写明删除的原因（不超过 {LongestReason} 字）。"));
        if (student.Name == Erased)
            return CommandResult.Problem(ResultKind.Refused, "这名学生的个人信息已经删除。");
        if (await HindranceAsync(work, student) is { } hindrance)
            return CommandResult.Problem(ResultKind.Refused, hindrance);
        var told = LogRedactor.Text(why, student.Name);
        await OverwriteAsync(work, [student]);
        Note(work, "erase", student, Erasing, told);
        return CommandResult.Done(new ErasedStudent(id));
    }

    /// <summary>
    /// Erases the data of a student, and lists the student in <c>erased.txt</c> of the data folder: a backup from
    /// before would bring the data back, and then the next start erases them again. The list is written before the
    /// command commits: whoever is listed and was not erased, since the power failed in between, is erased at the next
    /// start.
    /// </summary>
    /// <param name="commands">Runs the command.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="id">Of the student.</param>
    /// <param name="reason">Why; kept in the audit.</param>
    /// <param name="cancellation">Of the wait; a command that has begun is finished.</param>
    public static async Task<CommandResult> EraseAsync(
        CommandExecutor commands,
        CommandRequest request,
        Guid id,
        string? reason,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(commands);
        return await commands.ExecuteAsync(
            request,
            async work =>
            {
                var result = await EraseAsync(work, id, reason);
                if (result.IsDone)
                    List(ErasedFile(commands.Database), id);
                return result;
            },
            cancellation
        );
    }

    /// <summary>Adds somebody to the list; beside it first, so that no half of a line is ever in it.</summary>
    private static void List(string file, Guid id)
    {
        var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        var next = file + ".new";
        using (var stream = File.Create(next))
        {
            stream.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Append($"{id}").Distinct().Select(l => l + "\n"))));
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, file, overwrite: true);
    }

    /// <summary>Erases again whoever was erased after a backup that has been restored.</summary>
    /// <exception cref="OperatorException">The list of the erased cannot be read.</exception>
    internal static async Task EraseAgainAsync(CommandExecutor commands)
    {
        var file = ErasedFile(commands.Database);
        if (!File.Exists(file))
            return;
        var ids = (await File.ReadAllLinesAsync(file))
            .Select(l =>
                Guid.TryParse(l, out var id) ? id : throw new OperatorException($"{file}：“{l}”不是学生标识。")
            )
            .ToHashSet();
        await commands.ExecuteAsync(new(Actor.Program), async work =>
            await EraseAgainAsync(work, ids) > 0
                ? CommandResult.Done()
                : CommandResult.Problem(ResultKind.Refused, "没有须再次删除的。")
        );
    }

    private static string ErasedFile(Database database) => Path.Combine(database.Folder, "erased.txt");

    /// <returns>How many.</returns>
    private static async Task<int> EraseAgainAsync(UnitOfWork work, IReadOnlyCollection<Guid> ids)
    {
        var students = await work.Db.Set<Student>().Where(s => ids.Contains(s.Id) && s.Name != Erased).ToListAsync();
        await OverwriteAsync(work, students);
        foreach (var student in students)
        {
            work.Audit("student/erase", student.Id, student.Scope, "restored");
        }

        return students.Count;
    }

    /// <summary>The tables that declare whose their rows are.</summary>
    internal static IEnumerable<IEntityType> Kept(AppDbContext db) =>
        db.Model.GetEntityTypes().Where(e => TableDeclaration.Find(e)?.Concerns is not null);

    private static void Note(
        UnitOfWork work,
        string what,
        Student student,
        IReadOnlyList<Role> by,
        string? detail = null
    ) =>
        work.Audit(
            $"student/{what}",
            student.Id,
            student.Scope,
            detail,
            work.Actor.RolesAt(student.Scope).Intersect(by)
        );

    private static async Task<(Student? Student, CommandResult? Refused)> FindAsync(
        UnitOfWork work,
        Guid id,
        IReadOnlyList<Role> by
    ) =>
        await work
            .Db.Set<Student>()
            .Include(s => s.Rolls)
            .Include(s => s.Guardians)
            .SingleOrDefaultAsync(s => s.Id == id)
            is not { } student
        || !work.Actor.AccessScope.Covers(student.Scope)
            ? (null, CommandResult.NotFound($"没有学生 {id}。"))
        : work.Actor.Holds(by, student.Scope) ? (student, null)
        : (null, CommandResult.Problem(ResultKind.Forbidden, "您的角色不能查看或者处理这名学生的完整个人信息。"));

    /// <summary>
    /// Why somebody cannot be erased yet: a roll that goes on, a case that is open, a term that runs.
    /// </summary>
    private static async Task<string?> HindranceAsync(UnitOfWork work, Student student)
    {
        if (student.Rolls.Find(r => r.IsOpen) is not null)
            return "学生还在籍，不能删除。";
        var cases = await work
            .Db.Set<Case>()
            .AsNoTracking()
            .Where(c => c.StudentId == student.Id)
            .Select(c => new
            {
                c.Workflow,
                c.State,
                c.ChangedAt,
            })
            .ToListAsync();
        var final = work
            .Policy.Contributions.OfType<IWorkflow>()
            .SelectMany(w =>
                w.Transitions.SelectMany(t => t.From.Concat(t.Destinations))
                    .Where(s => s.IsFinal)
                    .Select(s => (w.Id, s.Id))
            )
            .ToHashSet();
        if (cases.Exists(c => !final.Contains((c.Workflow, c.State))))
            return "还有没有办结的办件，不能删除。";
        var last = cases
            .Select(c => DateOnly.FromDateTime(c.ChangedAt.DateTime))
            .Concat(student.Rolls.Select(r => r.Since))
            .DefaultIfEmpty()
            .Max();
        var until = last.AddYears(
            Kept(work.Db)
                .SelectMany(e => e.GetProperties())
                .Select(PersonalDataAnnotation.Find)
                .OfType<PersonalDataAnnotation>()
                .Max(m => m.Years)
        );
        return last != default && work.Today < until ? $"保管期未满：到 {until:yyyy-MM-dd} 才能删除。" : null;
    }

    private static async Task OverwriteAsync(UnitOfWork work, IReadOnlyList<Student> students)
    {
        HashSet<Guid> ids = [];
        HashSet<string> words = new(StringComparer.Ordinal);
        foreach (var entity in Kept(work.Db))
        {
            foreach (var student in students)
            foreach (var row in await RowsAsync(work.Db, entity, student.Id))
            {
                var entry = work.Db.Entry(row);
                if (entity.FindPrimaryKey()!.Properties is [{ ClrType: var type } key] && type == typeof(Guid))
                    ids.Add((Guid)entry.Property(key.Name).CurrentValue!);
                foreach (var property in entity.GetProperties())
                {
                    if (PersonalDataAnnotation.Find(property) is not { } mark)
                        continue;
                    if (Tells(mark.Kind) && entry.Property(property.Name).CurrentValue is string { Length: > 1 } word)
                        words.Add(word);
                    entry.Property(property.Name).CurrentValue = Nothing(property, mark);
                }
            }
        }

        foreach (var student in students)
            student.Version++;
        await RemoveAnswersAsync(work, ids, words);
    }

    /// <summary>Whether a column's text alone tells whom it is about.</summary>
    private static bool Tells(PersonalKind kind) =>
        kind is PersonalKind.Name or PersonalKind.Number or PersonalKind.Phone or PersonalKind.Address;

    /// <summary>
    /// Removes the answers that are kept for an idempotency key and are about somebody: those on a row of theirs, and
    /// those on many rows (an import tells whom the list lacks) or on none (a refusal) that name them or a row of
    /// theirs.
    /// </summary>
    private static async Task RemoveAnswersAsync(UnitOfWork work, HashSet<Guid> ids, HashSet<string> words)
    {
        var answers = work.Db.Set<AnsweredRequest>();
        work.Db.RemoveRange(await answers.Where(a => a.Id != null && ids.Contains(a.Id.Value)).ToListAsync());
        var told = SearchValues.Create(
            [.. ids.Select(i => $"{i}"), .. words, .. words.Select(w => CommandResult.Written(w))],
            StringComparison.Ordinal
        );
        // one after the other: the answers of years are many, and long
        List<string> keys = [];
        await foreach (var answer in answers.AsNoTracking().Where(a => a.Id == null).AsAsyncEnumerable())
            if (answer.Body.AsSpan().ContainsAny(told))
                keys.Add(answer.Key);
        work.Db.RemoveRange(await answers.Where(a => keys.Contains(a.Key)).ToListAsync());
    }

    private static object? Nothing(IProperty property, PersonalDataAnnotation mark) =>
        property.IsNullable ? null
        : property.ClrType == typeof(string)
            ? mark.Kind == PersonalKind.Form ? Empty
                : Erased
        : property.ClrType == typeof(byte[]) ? Array.Empty<byte>()
        : throw new InvalidOperationException(
            $"{property.DeclaringType.ClrType.Name}.{property.Name} is marked as personal, and cannot be emptied."
        );

    private static OrderedDictionary<string, KeptValue> Columns(IEntityType entity, object row) =>
        new(
            entity
                .GetProperties()
                .Select(p => (Property: p, PersonalDataAnnotation.Find(p)?.Kind))
                .Where(p => p.Property.PropertyInfo is not null && p.Kind != PersonalKind.Index)
                .Select(p =>
                    KeyValuePair.Create(
                        p.Property.Name,
                        KeptValue.From(p.Property.PropertyInfo!.GetValue(row), p.Kind == PersonalKind.Form)
                    )
                )
        );

    private static Task<List<object>> RowsAsync(AppDbContext db, IEntityType entity, Guid student)
    {
        var declared = TableDeclaration.Find(entity)!;
        var whose = declared.Concerns!;
        var asked = Expression.Convert(
            Expression.Property(Expression.Constant(new Asked(student)), nameof(Asked.Student)),
            typeof(Guid?)
        );
        var isOf = Expression.Equal(whose.Body, asked);
        if (declared.ConcernsToo is { } other)
            isOf = Expression.OrElse(
                isOf,
                Expression.Equal(
                    ReplacingExpressionVisitor.Replace(other.Parameters[0], whose.Parameters[0], other.Body),
                    asked
                )
            );
        var where = Expression.Lambda(isOf, whose.Parameters);
        return (Task<List<object>>)
            typeof(PersonalData)
                .GetMethod(nameof(RowsOfAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(entity.ClrType)
                .Invoke(null, [db, where])!;
    }

    private static async Task<List<object>> RowsOfAsync<T>(AppDbContext db, Expression<Func<T, bool>> where)
        where T : class => [.. await db.Set<T>().Where(where).ToListAsync()];

    private sealed record Asked(Guid Student);
}
