using System.Text.Json.Serialization.Metadata;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Policy;
using EduAssist.Office.Cases;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>What is entered when a student is counted among a group.</summary>
internal sealed class EnteredGroup(FormBinder form) : EnteredEntry(form)
{
    public Fact<PersonGroupKind> Kind { get; } = form.OneOf<PersonGroupKind>("群体", ChoicePrint.Words);
    public string? Degree { get; } = form.Text("残疾类别和等级", 20, optional: true);
}

/// <summary>A group of a student, as it was entered.</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="Kind">The group.</param>
/// <param name="Degree">Of a disability its kind and degree.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day; null: until further notice.</param>
/// <param name="Source">The office that says so.</param>
/// <param name="Paper">The paper by which it says so.</param>
/// <param name="PaperDate">The day of the paper.</param>
public sealed record PersonGroupView(
    Guid Id,
    PersonGroupKind Kind,
    string? Degree,
    DateOnly From,
    DateOnly? Until,
    string Source,
    string Paper,
    DateOnly PaperDate
) : IContract<PersonGroupView>
{
    static JsonTypeInfo<PersonGroupView> IContract<PersonGroupView>.Contract => EnrolmentJson.Default.PersonGroupView;

    internal static PersonGroupView Create(PersonGroup g) =>
        new(g.Id, g.Kind, g.Degree, g.From, g.Until, g.Source, g.Paper, g.PaperDate);
}

/// <summary>The groups that students belong to: entered by bureaus from papers, read by facts and needs.</summary>
public static class PersonGroups
{
    /// <summary>
    /// The bureau enters what another office says; a school profits from what it would enter of its own pupils.
    /// </summary>
    internal static IReadOnlyList<Role> By { get; } = [Role.County, Role.Prefecture];

    /// <summary>What is asked for when somebody is entered.</summary>
    public static IReadOnlyList<FormField> Fields { get; } = FormBinder.FieldsOf(form => new EnteredGroup(form));

    /// <summary>What is asked for when an entry ends.</summary>
    public static IReadOnlyList<FormField> EndFields { get; } = DatedEntries.EndFields;

    /// <summary>Whether a student belongs to a group on a day.</summary>
    public static Task<bool> ContainsAsync(AppDbContext db, Guid student, PersonGroupKind kind, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<PersonGroup>().On(day).AnyAsync(g => g.StudentId == student && g.Kind == kind);
    }

    /// <summary>The step that rests on a group and that the actor has taken with a student; null: none.</summary>
    private static async Task<string?> TakenByAsync(UnitOfWork work, Guid student, PersonGroupKind kind)
    {
        if (work.Actor.IsProgram)
            return null;
        var steps = work
            .Policy.Contributions.OfType<IWorkflow>()
            .SelectMany(w => w.Transitions.Where(t => t.RestsOn == kind).Select(t => (w.Id, t.Action, t.Title)))
            .ToList();
        var (workflows, actions) = (steps.ConvertAll(s => s.Id), steps.ConvertAll(s => s.Action));
        var taken = await work
            .Db.Set<CaseEvent>()
            .Where(e =>
                e.Case.StudentId == student
                && e.Actor == work.Actor.Name
                && workflows.Contains(e.Case.Workflow)
                && actions.Contains(e.Action)
                && !work.Db.Set<CaseEvent>().Any(u => u.CaseId == e.CaseId && u.Undoes == e.Sequence)
            )
            .Select(e => new { e.Case.Workflow, e.Action })
            .ToListAsync();
        return steps.Find(s => taken.Exists(t => t.Workflow == s.Id && t.Action == s.Action)).Title;
    }

    /// <summary>Enters a student into a group.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the student.</param>
    /// <param name="values">By <see cref="Fields"/>.</param>
    public static async Task<CommandResult> AddAsync(UnitOfWork work, Guid id, FormValues values)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (await FindAsync(work, id) is not { } student)
            return CommandResult.NotFound($"没有学生 {id}。");
        if (Denial(work, student) is { } forbidden)
            return forbidden;
        if (DatedEntries.Read(work, Fields, values, form => new EnteredGroup(form), out var wrong) is not { } entered)
            return wrong!;
        var (kind, from) = (entered.Kind.Value, entered.From.Value);
        if ((kind == PersonGroupKind.Disabled) != (entered.Degree is not null))
            return CommandResult.Invalid(
                ("degree", kind == PersonGroupKind.Disabled ? "残疾须写明类别和等级。" : "只有残疾写类别和等级。")
            );
        if (FormBinder.NumberIn($"{entered.Degree} {entered.Source}") is { } number)
            return CommandResult.Invalid(("degree", $"残疾类别、认定单位{number}。"));
        if (await work.Db.Set<PersonGroup>().NotEndedBefore(from).AnyAsync(g => g.StudentId == id && g.Kind == kind))
            return DatedEntries.Overlapping(
                $"该生在这一天已经登记为{Words.For(kind)}",
                "同一群体的登记不能重叠：先截止原来的"
            );
        if (await TakenByAsync(work, id, kind) is { } step)
            return CommandResult.Refused(
                $"不能登记：您办理过该生的{step}，而{step}要看{Words.For(kind)}的登记；请由另一个人登记。",
                new RuleViolation("entered-by-another", $"{Words.For(kind)}的登记和{step}须由两个人办理", [])
            );
        var group = new PersonGroup
        {
            Id = work.NewId(),
            StudentId = id,
            Kind = kind,
            Degree = entered.Degree,
            From = from,
            Source = entered.Source!,
            Paper = entered.Paper!,
            PaperDate = entered.PaperDate.Value,
            Actor = work.Actor.Name,
            At = work.Now,
        };
        work.Db.Add(group);
        work.Audit("student/group", id, student.Scope, $"{group.Id}"); // not which: the audit cannot be erased
        return CommandResult.Created(PersonGroupView.Create(group), group.Id);
    }

    /// <summary>Ends an entry: it stays for the days before.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the student.</param>
    /// <param name="entry">Of the entry.</param>
    /// <param name="values">By <see cref="EndFields"/>.</param>
    public static async Task<CommandResult> EndAsync(UnitOfWork work, Guid id, Guid entry, FormValues values)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (
            await FindAsync(work, id) is not { } student
            || await work.Db.Set<PersonGroup>().SingleOrDefaultAsync(g => g.Id == entry && g.StudentId == id)
                is not { } group
        )
            return CommandResult.NotFound($"没有这名学生，或者没有登记 {entry}。");
        if (Denial(work, student) is { } forbidden)
            return forbidden;
        if (DatedEntries.End(work, group, values) is { } refused)
            return refused;
        work.Audit("student/group-end", id, student.Scope, $"{group.Id}");
        return CommandResult.Done(PersonGroupView.Create(group), id: group.Id);
    }

    private static async Task<Student?> FindAsync(UnitOfWork work, Guid id) =>
        await work.Db.Set<Student>().FindAsync(id) is { } student && work.Actor.AccessScope.Covers(student.Scope)
            ? student
            : null;

    private static CommandResult? Denial(UnitOfWork work, Student student) =>
        work.Actor.Holds(By, student.Scope)
            ? null
            : CommandResult.Problem(
                ResultKind.Forbidden,
                $"特殊群体由{string.Join("、", By.Select(r => r.Title))}登记。"
            );
}
