using System.Text.Json.Serialization.Metadata;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>What is entered when a school gets a value of an attribute.</summary>
internal sealed class EnteredAttribute(FormBinder form, SchoolAttribute attribute) : EnteredEntry(form)
{
    public Fact<int> Value { get; } =
        form.OneOf(attribute.Title, [.. attribute.Values.Select(v => new FormChoice(v.Title, v.Id))]);
}

/// <summary>A value that a school has of an attribute, as it was entered.</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="Attribute">The id of the attribute.</param>
/// <param name="Value">The id of the value.</param>
/// <param name="Title">What the value is called, in Chinese.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day; null: until further notice.</param>
/// <param name="Source">The office that says so.</param>
/// <param name="Paper">The paper by which it says so.</param>
/// <param name="PaperDate">The day of the paper.</param>
public sealed record SchoolAttributeView(
    Guid Id,
    string Attribute,
    string Value,
    string Title,
    DateOnly From,
    DateOnly? Until,
    string Source,
    string Paper,
    DateOnly PaperDate
) : IContract<SchoolAttributeView>
{
    static JsonTypeInfo<SchoolAttributeView> IContract<SchoolAttributeView>.Contract =>
        EnrolmentJson.Default.SchoolAttributeView;
}

/// <summary>
/// The attributes of schools (学校属性): declared by modules, entered by bureaus above the school from papers, read by
/// facts and guards.
/// </summary>
public static class SchoolAttributes
{
    /// <summary>The bureaus; a school says nothing of itself.</summary>
    public static IReadOnlyList<Role> By { get; } = [Role.County, Role.Prefecture, Role.Province];

    /// <summary>What is asked for when a school gets a value of an attribute.</summary>
    public static IReadOnlyList<FormField> Fields(SchoolAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        return FormBinder.FieldsOf(form => new EnteredAttribute(form, attribute));
    }

    /// <summary>What is asked for when an entry ends.</summary>
    public static IReadOnlyList<FormField> EndFields => DatedEntries.EndFields;

    /// <summary>The value of an attribute that a school has on a day; null: none is entered.</summary>
    /// <param name="db">The database.</param>
    /// <param name="school">The id of the school.</param>
    /// <param name="attribute">As the module declares it.</param>
    /// <param name="day">The day.</param>
    /// <returns>The id of the value, as it is stored: it may be one that is declared no longer.</returns>
    public static Task<string?> ValueOnAsync(AppDbContext db, Guid school, SchoolAttribute attribute, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(attribute);
        return db.Set<SchoolAttributeEntry>()
            .On(day)
            .Where(a => a.SchoolId == school && a.Attribute == attribute.Id)
            .Select(a => a.Value)
            .SingleOrDefaultAsync();
    }

    /// <summary>Enters a value of an attribute.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the school.</param>
    /// <param name="attribute">The id of the attribute.</param>
    /// <param name="values">By its <see cref="Fields"/>.</param>
    public static async Task<CommandResult> AddAsync(UnitOfWork work, Guid id, string attribute, FormValues values)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (await FindAsync(work, id) is not { } school)
            return CommandResult.NotFound($"没有学校 {id}。");
        if (work.Policy.SchoolAttributes.FirstOrDefault(a => a.Id == attribute) is not { } declared)
            return CommandResult.NotFound($"没有学校属性 {attribute}。");
        if (Denial(work, school) is { } forbidden)
            return forbidden;
        var fields = Fields(declared);
        if (
            DatedEntries.Read(work, fields, values, form => new EnteredAttribute(form, declared), out var wrong)
            is not { } entered
        )
            return wrong!;
        var from = entered.From.Value;
        if (
            await work
                .Db.Set<SchoolAttributeEntry>()
                .NotEndedBefore(from)
                .AnyAsync(a => a.SchoolId == id && a.Attribute == declared.Id)
        )
            return DatedEntries.Overlapping(
                $"学校在这一天已经登记了{declared.Title}",
                "一所学校一天只有一个取值：先截止原来的"
            );
        var entry = new SchoolAttributeEntry
        {
            Id = work.NewId(),
            SchoolId = id,
            Attribute = declared.Id,
            Value = declared.Values[entered.Value.Value].Id,
            From = from,
            Source = entered.Source!,
            Paper = entered.Paper!,
            PaperDate = entered.PaperDate.Value,
            Actor = work.Actor.Name,
            At = work.Now,
        };
        work.Db.Add(entry);
        Note(work, "attribute", school, entry);
        return CommandResult.Created(View(work, entry), entry.Id);
    }

    /// <summary>Ends an entry: it stays for the days before.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the school.</param>
    /// <param name="entry">Of the entry.</param>
    /// <param name="values">By <see cref="EndFields"/>.</param>
    public static async Task<CommandResult> EndAsync(UnitOfWork work, Guid id, Guid entry, FormValues values)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (
            await FindAsync(work, id) is not { } school
            || await work.Db.Set<SchoolAttributeEntry>().SingleOrDefaultAsync(a => a.Id == entry && a.SchoolId == id)
                is not { } entered
        )
            return CommandResult.NotFound($"没有这所学校，或者没有登记 {entry}。");
        if (Denial(work, school) is { } forbidden)
            return forbidden;
        if (DatedEntries.End(work, entered, values) is { } refused)
            return refused;
        Note(work, "attribute-end", school, entered);
        return CommandResult.Done(View(work, entered), id: entry);
    }

    private static void Note(UnitOfWork work, string what, School school, SchoolAttributeEntry entry) =>
        work.Audit(
            $"registry.school/{what}",
            school.Id,
            school.Scope,
            $"{entry.Attribute} {entry.Value} {entry.Id}",
            work.Actor.RolesAt(school.Scope).Intersect(By)
        );

    private static async Task<School?> FindAsync(UnitOfWork work, Guid id) =>
        await work.Db.Set<School>().FindAsync(id) is { } school && work.Actor.AccessScope.Covers(school.Scope)
            ? school
            : null;

    private static CommandResult? Denial(UnitOfWork work, School school) =>
        work.Actor.Holds(By, school.Scope)
            ? null
            : CommandResult.Problem(
                ResultKind.Forbidden,
                $"学校属性由上级的{string.Join("、", By.Select(r => r.Title))}登记。"
            );

    private static SchoolAttributeView View(UnitOfWork work, SchoolAttributeEntry entry) =>
        new(
            entry.Id,
            entry.Attribute,
            entry.Value,
            work.Policy.SchoolAttributes.FirstOrDefault(a => a.Id == entry.Attribute)?.TitleOf(entry.Value)
                ?? entry.Value,
            entry.From,
            entry.Until,
            entry.Source,
            entry.Paper,
            entry.PaperDate
        );
}
