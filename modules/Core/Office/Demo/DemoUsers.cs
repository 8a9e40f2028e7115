using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Demo;

/// <summary>The users of a demo: one of each role, in a body that the demo's data has.</summary>
public static class DemoUsers
{
    /// <summary>
    /// Gives a demo whose modules bring none a junior high with a class and a vocational school, in the county of its
    /// users: a role of a school holds in a school only.
    /// </summary>
    public static async Task FurnishAsync(CommandExecutor commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        List<School> schools;
        await using (var db = commands.Database.Read(AccessScope.Everything))
            schools = await SortedAsync(db);
        if (schools.Exists(IsJuniorHigh) && schools.Exists(s => s.Kind == SchoolKind.Vocational))
            return;
        await commands.ExecuteAsync(new(Actor.Program), work =>
        {
            var county = CountyOf(schools, work.Policy.Divisions);
            if (!schools.Exists(IsJuniorHigh))
                DemoRegistry.Group(
                    work,
                    Add("示例初级中学", SchoolKind.JuniorHigh),
                    9,
                    SchoolYear.Of(work.Today).Start,
                    "九（1）班"
                );
            if (!schools.Exists(s => s.Kind == SchoolKind.Vocational))
                Add("示例职业学校", SchoolKind.Vocational);
            work.Audit("demo/schools", null, "");
            return Task.FromResult(CommandResult.Done());

            School Add(string name, SchoolKind kind)
            {
                var school = School.Create(work.NewId(), name, kind, county);
                work.Db.Add(school);
                return school;
            }
        });
    }

    /// <summary>Sorted, so that every demo has the same users.</summary>
    private static async Task<List<School>> SortedAsync(ScopedReadDbContext db) =>
        [
            .. (await db.Set<School>().ToListAsync())
                .OrderBy(s => s.Division, StringComparer.Ordinal)
                .ThenBy(s => s.Name, StringComparer.Ordinal),
        ];

    /// <summary>Of a county: the prefecture's own has none whose user could be shown.</summary>
    private static bool IsJuniorHigh(School school) =>
        school.Kind is SchoolKind.JuniorHigh or SchoolKind.NineYear
        && DivisionCode.TryParse(school.Division, out var code)
        && ScopePath.LevelsOf(code.Path).Contains(ScopeLevel.County);

    /// <summary>Of the first junior high; where there is none, the first county of the register.</summary>
    private static DivisionCode CountyOf(IEnumerable<School> schools, Divisions divisions) =>
        schools.FirstOrDefault(IsJuniorHigh) is { } school && DivisionCode.TryParse(school.Division, out var code)
            ? code
            : divisions.All.First(d => d.Level == DivisionLevel.County && d.Successor is null).Code;

    /// <summary>
    /// Their names, and what they are: about one junior high, its latest class, its county, prefecture and province,
    /// and one vocational school.
    /// </summary>
    /// <param name="db">The demo's.</param>
    /// <param name="divisions">The register.</param>
    public static async Task<IReadOnlyList<(string Name, Grant Grant)>> ListAsync(
        ScopedReadDbContext db,
        Divisions divisions
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(divisions);
        var schools = await SortedAsync(db);
        var school = schools.Find(IsJuniorHigh);
        var county = CountyOf(schools, divisions);
        var prefecture = ScopePath.LevelsOf(county.Path).Contains(ScopeLevel.Prefecture)
            ? county
            : county.Parent ?? county;
        // furnished, every demo has these; a role at a division instead of its school counts for nothing
        var vocational = schools.Find(s => s.Kind == SchoolKind.Vocational)?.Scope ?? "";
        var own = school?.Scope ?? "";
        var group = await db.Set<SchoolClass>()
            .Where(g => g.School.Scope == own)
            .OrderByDescending(g => g.SchoolYear)
            .ThenBy(g => g.Name)
            .Select(g => g.Scope)
            .FirstOrDefaultAsync()
            ?? own;
        return
        [
            ("admin", new(Role.Administrator, "")),
            ("province", Grant.ForDivision(Role.Province, county.Province)),
            ("prefecture", Grant.ForDivision(Role.Prefecture, prefecture)),
            ("county", Grant.ForDivision(Role.County, county)),
            ("township", new(Role.CentralSchool, own)),
            ("school", new(Role.School, own)),
            ("vocational", new(Role.Vocational, vocational)),
            ("teacher", new(Role.Teacher, group)),
            ("auditor", Grant.ForDivision(Role.Auditor, county.Province)),
        ];
    }
}
