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
        var schools = (await db.Set<School>().ToListAsync())
            .OrderBy(s => s.Division, StringComparer.Ordinal)
            .ThenBy(s => s.Name, StringComparer.Ordinal)
            .ToList(); // sorted, so that every demo has the same users
        var school = schools.Find(s => s.Kind is SchoolKind.JuniorHigh or SchoolKind.NineYear);
        var county =
            school is not null && DivisionCode.TryParse(school.Division, out var code)
                ? code
                : divisions.All.First(d => d.Level == DivisionLevel.County && d.Successor is null).Code;
        var prefecture = county.Parent ?? county;
        var vocational = schools.Find(s => s.Kind == SchoolKind.Vocational)?.Scope ?? ScopePath.ForDivision(prefecture);
        var own = school?.Scope ?? ScopePath.ForDivision(county);
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
            ("township", new(Role.Township, own)),
            ("school", new(Role.School, own)),
            ("vocational", new(Role.Vocational, vocational)),
            ("teacher", new(Role.Teacher, group)),
            ("auditor", Grant.ForDivision(Role.Auditor, county.Province)),
        ];
    }
}
