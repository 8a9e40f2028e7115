using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.ListImports;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>Schools as a bureau enters them, one by one or by lists.</summary>
public static class SchoolCommands
{
    internal static readonly IReadOnlyList<Role> By = [Role.County, Role.Prefecture, Role.Province, Role.Administrator];

    /// <summary>Two schools of one bureau are told apart by their names, where roles are given and in lists.</summary>
    internal const string NameTaken = "同一主管部门已有同名的学校：请核对标识码，或者在名称中写明区别";

    private static readonly SchoolListForm Form = new();

    /// <summary>What is asked for.</summary>
    public static IReadOnlyList<FormField> Fields { get; } = ((IForm)Form).List!.Columns;

    /// <summary>Enters a school: a new one, or another state of one that is there.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the school; null: a new one.</param>
    /// <param name="version">The one that was seen; of a new school null.</param>
    /// <param name="values">All of <see cref="Fields"/>; a blank is none.</param>
    public static async Task<CommandResult> SaveAsync(UnitOfWork work, Guid? id, long? version, FormValues values)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!work.Actor.Is(By))
            return CommandResult.Problem(
                ResultKind.Forbidden,
                $"学校由{string.Join("、", By.Select(r => r.Title))}登记。"
            );
        var (list, findings) = Form.Read(
            FormValues.None.With("schools", [values]),
            new(work.Policy.Divisions, work.Today)
        );
        var wrong = findings.Where(f => f.Level == FormFindingLevel.Error).ToList();
        if (wrong.Count > 0)
            return CommandResult.Invalid([.. wrong.Select(f => (f.Field, $"「{f.Title}」：{f.Message}"))]);
        var row = list.Schools[0];
        if (Fault(work, row) is { } fault)
            return CommandResult.Invalid((fault.Field, fault.Message));
        if (CodeOf(row) is { } code && await work.Db.Set<School>().AnyAsync(s => s.Code == code && s.Id != id))
            return CommandResult.Invalid(("code", "这个学校标识码已属于另一所学校。"));
        var division = $"{work.Policy.Divisions.Current(row.Division.Value)}";
        if (await work.Db.Set<School>().AnyAsync(s => s.Division == division && s.Name == row.Name && s.Id != id))
            return CommandResult.Invalid(("name", $"{NameTaken}。"));
        return id is { } known ? await ChangeAsync(work, known, version, row) : Made(Add(work, row));
    }

    /// <summary>What is wrong with a school that only its bureau and the tables can tell.</summary>
    internal static (string Field, string Rule, string Message)? Fault(UnitOfWork work, ListedSchool row)
    {
        var division = work.Policy.Divisions.Current(row.Division.Value);
        return PlaceNames.NameFault(row.Name!) is { } name ? ("name", "place-name", $"学校名称{name}")
            : row.Alias is not null && PlaceNames.NameFault(row.Alias) is { } alias
                ? ("alias", "place-name", $"学校别名{alias}")
            : CodeOf(row) is { } code && SchoolCode.Read(code, SchoolCategories.Shipped).Message is { } message
                ? ("code", "school-code", message)
            : division.Level is DivisionLevel.Township || ScopePath.LevelsOf(ScopePath.ForDivision(division)).Count == 0
                ? ("division", "bureau", "应为县级或州、市级的行政区划代码")
            : !ScopePath.LevelsOf(division.Path).Intersect(ScopePath.LevelsOf(row.Division.Value.Path)).Any()
                ? ("division", "bureau", $"{row.Division.Value} 已撤销，其地今属 {division}，应为现行的行政区划代码")
            : !work.Actor.Holds(By, ScopePath.ForDivision(division))
                ? ("division", "within-sight", "不在您的管理范围之内")
            : null;
    }

    internal static string? CodeOf(ListedSchool row) => row.Code is { } code ? NumberBody.Cleaned(code) : null;

    internal static School Add(UnitOfWork work, ListedSchool row)
    {
        var school = School.Create(
            work.NewId(),
            row.Name!,
            row.Kind,
            work.Policy.Divisions.Current(row.Division.Value)
        );
        (school.Code, school.Alias) = (CodeOf(row), row.Alias);
        work.Db.Add(school);
        Note(work, "add", school);
        return school;
    }

    /// <summary>
    /// The fields in which a row says something else; a blank says nothing, and either name of a school is
    /// its name.
    /// </summary>
    internal static IReadOnlyList<FieldChange> Differences(School school, ListedSchool row)
    {
        List<FieldChange> found = [];
        if (CodeOf(row) is { } code && code != school.Code)
            found.Add(new("code", school.Code, code));
        if (row.Name != school.Name && row.Name != school.Alias)
            found.Add(new("name", school.Name, row.Name));
        if (row.Alias is not null && row.Alias != school.Alias && row.Alias != school.Name)
            found.Add(new("alias", school.Alias, row.Alias));
        if (row.Kind != school.Kind)
            found.Add(new("kind", Words.For(school.Kind), Words.For(row.Kind)));
        return found;
    }

    internal static void Enter(UnitOfWork work, School school, ListedSchool row, IReadOnlyCollection<string> fields)
    {
        if (fields.Contains("code"))
            school.Code = CodeOf(row);
        if (fields.Contains("name"))
            school.Name = row.Name!;
        if (fields.Contains("alias"))
            school.Alias = row.Alias;
        school.Kind = row.Kind;
        school.Version++;
        Note(work, "change", school, string.Join(' ', fields));
    }

    private static void Note(UnitOfWork work, string what, School school, string? detail = null) =>
        work.Audit(
            $"registry.school/{what}",
            school.Id,
            school.Scope,
            detail,
            work.Actor.RolesAt(school.Scope).Intersect(By)
        );

    private static async Task<CommandResult> ChangeAsync(UnitOfWork work, Guid id, long? version, ListedSchool row)
    {
        if (await work.Db.Set<School>().FindAsync(id) is not { } school || !work.Actor.AccessScope.Covers(school.Scope))
            return CommandResult.NotFound($"没有学校 {id}。");
        if (ETagCheck.Fault(school.Version, version) is { } stale)
            return stale;
        if (school.Division != work.Policy.Divisions.Current(row.Division.Value).ToString())
            return CommandResult.Refused(
                "不能改变学校的主管部门。",
                new RuleViolation("division-kept", "学校的主管部门不能改变：学籍和办件都归它管", [])
            );
        IReadOnlyList<string> fields =
        [
            .. Differences(school, row).Select(d => d.Field),
            .. row.Alias is null && school.Alias is not null ? ["alias"] : (string[])[],
            .. row.Code is null && school.Code is not null ? ["code"] : (string[])[],
            .. row.Name == school.Alias ? ["name"] : (string[])[],
        ];
        if (fields.Count > 0)
            Enter(work, school, row, fields);
        else
            Note(work, "same", school);
        return CommandResult.Done(View(school), school.Version, id);
    }

    private static CommandResult Made(School school) => CommandResult.Created(View(school), school.Id, school.Version);

    private static SchoolView View(School school) =>
        new(school.Id, school.Code, school.Name, school.Alias, school.Kind, school.Division, school.Version);
}
