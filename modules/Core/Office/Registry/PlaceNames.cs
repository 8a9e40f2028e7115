using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Registry;

/// <summary>
/// Where a role holds, as people write it: <c>*</c>, the code of a division, the name or the code of a school; of a
/// class its name behind that of the school, and the year in which its school year begins (<c>鹿城西中学/九（3）班/2026</c>).
/// Without a year it is the latest class of that name; of two of one name the grade stands before it.
/// </summary>
public static class PlaceNames
{
    /// <summary>Everywhere.</summary>
    public const string Everywhere = "*";

    private const char Within = '/';

    /// <summary>The scope of a place; null: there is no such place, or more than one.</summary>
    public static async Task<string?> ResolveAsync(AppDbContext db, Divisions divisions, string place)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(divisions);
        ArgumentNullException.ThrowIfNull(place);
        if (place == Everywhere)
            return "";
        if (DivisionCode.TryParse(place, out var code) && divisions.Find(code) is not null)
            return ScopePath.ForDivision(divisions.Current(code));
        if (await SchoolOfAsync(db, place) is { } whole)
            return whole.Scope;
        if (place.Split(Within, 2) is not [var name, var group] || await SchoolOfAsync(db, name) is not { } school)
            return null;
        var groups = await db.Set<SchoolClass>().AsNoTracking().Where(g => g.SchoolId == school.Id).ToListAsync();
        if (groups.Find(g => $"{g.Id}" == group || $"{Name(g, groups)}{Within}{g.SchoolYear}" == group) is { } exactly)
            return exactly.Scope;
        return
            groups
                .Where(g => g.Name == group || GradeWords.ForGrade(g.Grade) + g.Name == group)
                .GroupBy(g => g.SchoolYear)
                .MaxBy(y => y.Key)
                ?.ToList()
                is [var latest]
            ? latest.Scope
            : null;
    }

    /// <summary>The place of a scope, as it is written.</summary>
    public static async Task<string> FormatAsync(AppDbContext db, string scope)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.Length == 0)
            return Everywhere;
        if (!scope.Contains('/', StringComparison.Ordinal))
            return scope.Length < 6 ? scope.PadRight(6, '0') : scope;
        if (
            await db.Set<School>().AsNoTracking().SingleOrDefaultAsync(s => s.Scope == ScopePath.SchoolOf(scope))
            is not { } school
        )
            return scope;
        if (school.Scope == scope)
            return school.Name;
        var groups = await db.Set<SchoolClass>().AsNoTracking().Where(g => g.SchoolId == school.Id).ToListAsync();
        return groups.Find(g => g.Scope == scope) is { } schoolClass ? Format(school, schoolClass, groups) : scope;
    }

    /// <summary>A class, as it is written.</summary>
    /// <param name="school">Its school.</param>
    /// <param name="schoolClass">The class.</param>
    /// <param name="groups">All of the school, in that year at least: of two of one name the grade is told.</param>
    public static string Format(School school, SchoolClass schoolClass, IEnumerable<SchoolClass> groups)
    {
        ArgumentNullException.ThrowIfNull(school);
        ArgumentNullException.ThrowIfNull(schoolClass);
        return $"{school.Name}{Within}{Name(schoolClass, groups)}{Within}{schoolClass.SchoolYear}";
    }

    private static string Name(SchoolClass schoolClass, IEnumerable<SchoolClass> groups) =>
        groups.Any(g =>
            g.Id != schoolClass.Id
            && (g.SchoolId, g.SchoolYear, g.Name) == (schoolClass.SchoolId, schoolClass.SchoolYear, schoolClass.Name)
        )
            ? GradeWords.ForGrade(schoolClass.Grade) + schoolClass.Name
            : schoolClass.Name;

    private static async Task<School?> SchoolOfAsync(AppDbContext db, string name) =>
        await db.Set<School>().AsNoTracking().Where(s => s.Code == name || s.Name == name).Take(2).ToListAsync()
            is [var school]
            ? school
            : null;
}
