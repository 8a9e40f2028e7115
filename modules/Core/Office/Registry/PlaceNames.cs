using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Registry;

/// <summary>A place as read: where it is, or why nothing was found.</summary>
/// <param name="Scope">Of the place; null: none was found.</param>
/// <param name="Message">Why, with the remedy, in Chinese; null: it was found.</param>
public readonly record struct PlaceReading(string? Scope, string? Message);

/// <summary>
/// Where a role holds, as people write it: <c>*</c>, the code of a division, the name or the code of a school; of a
/// class its name behind that of the school, and the year in which its school year begins (<c>鹿城西中学/九（3）班/2026</c>).
/// Without a year it is the latest class of that name; of two of one name the grade stands before it. Of two schools of
/// one name the code of the bureau's division stands before it (<c>532301/鹿城西中学</c>).
/// </summary>
/// <remarks>
/// What is written is what the database given shows: names are looked for among the schools that a reader sees. A name
/// is for people; what was granted is kept by its scope, which no renaming changes.
/// </remarks>
public static class PlaceNames
{
    /// <summary>Everywhere.</summary>
    public const string Everywhere = "*";

    private const char Within = '/';
    private const int MostEchoed = 60;

    /// <summary>The scope of a place.</summary>
    /// <param name="db">As whoever wrote it sees it.</param>
    /// <param name="divisions">The register.</param>
    /// <param name="place">As it is written.</param>
    public static async Task<PlaceReading> ResolveAsync(AppDbContext db, Divisions divisions, string place)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(divisions);
        ArgumentNullException.ThrowIfNull(place);
        if (place == Everywhere)
            return new("", null);
        if (place.Any(char.IsControl)) // PostgreSQL has no text with U+0000, and would fail to look for it
            return new(null, Unknown(place));
        if (DivisionCode.TryParse(place, out var whole) && IsPlace(divisions, whole))
            return OfDivision(divisions, whole);
        var parts = place.Split(Within);
        var isOfDivision = DivisionCode.TryParse(parts[0], out var code) && parts.Length > 1;
        var name = isOfDivision ? parts[1] : parts[0];
        var schools = await SchoolsAsync(db, name, isOfDivision ? $"{divisions.Current(code)}" : null);
        if (schools is not [var school])
            return new(null, schools is [] ? Unknown(place) : Several(place, name, schools));
        var group = string.Join(Within, parts[(isOfDivision ? 2 : 1)..]);
        return group.Length == 0 ? new(school.Scope, null) : await ClassAsync(db, school, group, place);
    }

    /// <summary>Whether there is such a place: a scope that comes from outside is nothing but a text.</summary>
    public static async Task<bool> ExistsAsync(AppDbContext db, Divisions divisions, string scope)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(divisions);
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.Contains(Within, StringComparison.Ordinal))
            return scope.Length == 0
                || (
                    DivisionCode.TryParse(scope.PadRight(6, '0'), out var code)
                    && code.Path == scope
                    && IsPlace(divisions, code)
                );
        return !scope.Any(char.IsControl)
            && (
                await db.Set<School>().AnyAsync(s => s.Scope == scope)
                || await db.Set<SchoolClass>().AnyAsync(g => g.Scope == scope)
            );
    }

    /// <summary>
    /// What is to be said of a place that is a division, in Chinese: that the register does not have it. Null: nothing.
    /// </summary>
    /// <param name="divisions">The register.</param>
    /// <param name="scope">As <see cref="ScopePath"/> makes it.</param>
    public static string? Remark(Divisions divisions, string scope)
    {
        ArgumentNullException.ThrowIfNull(divisions);
        ArgumentNullException.ThrowIfNull(scope);
        return DivisionCode.TryParse(scope.Split(Within)[0].PadRight(6, '0'), out var code) && divisions.IsMissing(code)
            ? $"区划表中没有 {code.County}，按代码接受：请核对"
            : null;
    }

    /// <summary>The place of a scope, as it is written.</summary>
    public static async Task<string> FormatAsync(AppDbContext db, string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return (await FormatAllAsync(db, [scope]))[scope];
    }

    /// <summary>The places of scopes, as they are written, by three queries however many they are.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> FormatAllAsync(
        AppDbContext db,
        IReadOnlyList<string> scopes
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(scopes);
        var inSchools = scopes.Where(s => s.Contains(Within, StringComparison.Ordinal)).ToList();
        var places = inSchools.Select(ScopePath.SchoolOf).Distinct().ToList();
        var schools = await SomeAsync(db.Set<School>().Where(s => places.Contains(s.Scope)), places);
        var names = schools.Select(s => s.Name).Distinct().ToList();
        var namesakes = await SomeAsync(db.Set<School>().Where(s => names.Contains(s.Name)), names);
        var ids = schools.Where(s => inSchools.Exists(i => i != s.Scope)).Select(s => s.Id).ToList();
        var classes = await SomeAsync(db.Set<SchoolClass>().Where(g => ids.Contains(g.SchoolId)), ids);
        return scopes
            .Distinct()
            .ToDictionary(
                scope => scope,
                scope =>
                    scope.Length == 0 ? Everywhere
                    : !scope.Contains(Within, StringComparison.Ordinal) ? scope.PadRight(6, '0')
                    : Format(scope, schools, namesakes, classes)
            );
    }

    private static async Task<List<T>> SomeAsync<T, TKey>(IQueryable<T> rows, List<TKey> keys)
        where T : class => keys.Count == 0 ? [] : await rows.AsNoTracking().ToListAsync();

    private static string Format(string scope, List<School> schools, List<School> namesakes, List<SchoolClass> classes)
    {
        if (schools.Find(s => s.Scope == ScopePath.SchoolOf(scope)) is not { } school)
            return scope;
        var written = Format(school, namesakes.Where(s => s.Name == school.Name));
        var own = classes.Where(g => g.SchoolId == school.Id).ToList();
        return school.Scope == scope ? written
            : own.Find(g => g.Scope == scope) is { } schoolClass ? Format(written, schoolClass, own)
            : scope;
    }

    /// <summary>A school, as it is written.</summary>
    /// <param name="school">The school.</param>
    /// <param name="namesakes">All schools of its name that the reader sees.</param>
    public static string Format(School school, IEnumerable<School> namesakes)
    {
        ArgumentNullException.ThrowIfNull(school);
        var others = namesakes.Where(s => s.Id != school.Id).ToList();
        return NameFault(school.Name) is not null ? school.Code ?? school.Scope
            : others.Count == 0 ? school.Name
            : others.TrueForAll(s => s.Division != school.Division) ? $"{school.Division}{Within}{school.Name}"
            : school.Code ?? school.Scope;
    }

    /// <summary>A class, as it is written.</summary>
    /// <param name="school">Its school, as it is written.</param>
    /// <param name="schoolClass">The class.</param>
    /// <param name="groups">All of the school, in that year at least: of two of one name the grade is told.</param>
    public static string Format(string school, SchoolClass schoolClass, IEnumerable<SchoolClass> groups)
    {
        ArgumentNullException.ThrowIfNull(schoolClass);
        return ClassNameFault(schoolClass.Name) is null
            ? $"{school}{Within}{Name(schoolClass, groups)}{Within}{schoolClass.SchoolYear}"
            : $"{school}{Within}{schoolClass.Id}";
    }

    /// <summary>What is wrong with the name of a school, which is read as a place where roles are given.</summary>
    /// <returns>In Chinese; null: nothing.</returns>
    public static string? NameFault(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !name.Any(char.IsLetter) ? "须有文字，不能只是代码或符号" : ClassNameFault(name);
    }

    /// <summary>What is wrong with the name of a class, which is read as a part of a place.</summary>
    /// <returns>In Chinese; null: nothing.</returns>
    public static string? ClassNameFault(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.AsSpan().ContainsAny("/／*＊") ? "不能含有 / 和 *"
            : name.Length is 6 or 9 or 10 && name.All(char.IsDigit) ? "不能是区划代码或学校标识码"
            : Guid.TryParse(name, out _) ? "不能是标识"
            : null;
    }

    /// <summary>
    /// Whether roles may hold in a division: it is of a level, and the register does not know better than that there is
    /// none. A county that is younger than the register has its bureau all the same.
    /// </summary>
    private static bool IsPlace(Divisions divisions, DivisionCode code) =>
        divisions.Standing(code) != DivisionStanding.NeverExisted && ScopePath.LevelsOf(code.Path).Count > 0;

    private static PlaceReading OfDivision(Divisions divisions, DivisionCode code)
    {
        var current = divisions.Current(code);
        // a county that was divided is within its prefecture today, and no bureau of the one is a bureau of the other
        return ScopePath.LevelsOf(current.Path).Intersect(ScopePath.LevelsOf(code.Path)).Any()
            ? new(ScopePath.ForDivision(current), null)
            : new(
                null,
                $"行政区划 {code}（{divisions.Find(code)?.Name}）已撤销，其地今属 "
                    + $"{current}（{divisions.Find(current)?.Name}）：请写现行的代码。"
            );
    }

    private static async Task<PlaceReading> ClassAsync(AppDbContext db, School school, string group, string place)
    {
        var groups = await db.Set<SchoolClass>().AsNoTracking().Where(g => g.SchoolId == school.Id).ToListAsync();
        var id = Guid.TryParse(group, out var given) ? given : (Guid?)null;
        if (groups.Find(g => g.Id == id || $"{Name(g, groups)}{Within}{g.SchoolYear}" == group) is { } exactly)
            return new(exactly.Scope, null);
        var latest = Latest(g => g.Name == group || GradeWords.ForGrade(g.Grade) + g.Name == group)
            ?? Latest(g =>
                ClassNames.KeyOf(g.Name, g.Grade) == ClassNames.KeyOf(group, g.Grade)
                && !ClassNames.NamesAnotherGrade(group, g.Grade)
            );
        return latest switch
        {
            null => new(null, Unknown(place)),
            [var one] => new(one.Scope, null),
            _ => new(
                null,
                $"有 {latest.Count} 个班级名为“{Short(place)}”：请写明年级，"
                    + $"例：{Format(place[..^(group.Length + 1)], latest[0], groups)}。"
            ),
        };

        List<SchoolClass>? Latest(Func<SchoolClass, bool> isMeant) =>
            groups.Where(isMeant).GroupBy(g => g.SchoolYear).MaxBy(y => y.Key)?.ToList();
    }

    private static string Unknown(string place) =>
        $"没有“{Short(place)}”这个地方，或者不在您管理的范围之内：应为 *、行政区划代码，学校的名称或标识码，或者“学校/班级”。";

    private static string Several(string place, string name, List<School> schools) =>
        $"有不止一所学校名为“{Short(name)}”，不能确定是哪一所：请改写为"
        + string.Join(
            "，或者 ",
            schools.Select(s =>
                Format(s, schools) + place[(place.IndexOf(name, StringComparison.Ordinal) + name.Length)..]
            )
        )
        + "。";

    private static string Short(string text) => text.Length > MostEchoed ? text[..MostEchoed] + "…" : text;

    private static string Name(SchoolClass schoolClass, IEnumerable<SchoolClass> groups) =>
        groups.Any(g =>
            g.Id != schoolClass.Id
            && (g.SchoolId, g.SchoolYear, g.Name) == (schoolClass.SchoolId, schoolClass.SchoolYear, schoolClass.Name)
        )
            ? GradeWords.ForGrade(schoolClass.Grade) + schoolClass.Name
            : schoolClass.Name;

    /// <summary>The schools of a name, a code or an id; digits alone are a code and never a name.</summary>
    private static Task<List<School>> SchoolsAsync(AppDbContext db, string name, string? division)
    {
        var normal = Names.OfPlace(name);
        var schools = db.Set<School>().AsNoTracking();
        if (division is not null)
            schools = schools.Where(s => s.Division == division);
        schools =
            Guid.TryParseExact(name, "n", out var id) ? schools.Where(s => s.Id == id)
            : name.All(char.IsAsciiDigit) ? schools.Where(s => s.Code == name)
            : schools.Where(s => s.Name == name || s.Name == normal);
        return schools.OrderBy(s => s.Scope).Take(MostEchoed).ToListAsync();
    }
}
