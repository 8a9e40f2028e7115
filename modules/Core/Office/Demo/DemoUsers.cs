using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Demo;

/// <summary>A region of a demo: that of a module with a jurisdiction.</summary>
/// <param name="Module">The id of the module, behind the names of its users: <c>county.guizhou</c>.</param>
/// <param name="Code">Of its jurisdiction.</param>
/// <param name="Roles">Those that the module adds to Core's own.</param>
public sealed record DemoRegion(string Module, DivisionCode Code, IReadOnlyList<Role> Roles);

/// <summary>A user of a demo, whose password is <c>demo-</c> and the name.</summary>
/// <param name="Name">By which they sign in.</param>
/// <param name="Grant">What they are.</param>
/// <param name="Place">Where, in Chinese.</param>
/// <param name="Region">The region of their place, in Chinese; of the administrator of everything empty.</param>
public sealed record DemoUser(string Name, Grant Grant, string Place, string Region);

/// <summary>
/// The users of a demo: one of each role in each of its regions, in bodies that the demo's data has. Those of the first
/// region bear the plain names of their roles (<c>county</c>), the others their region's behind it
/// (<c>county.guizhou</c>).
/// </summary>
public static class DemoUsers
{
    private const int Pupils = 12,
        Invented = 2026;

    /// <summary>
    /// Gives each region whose module brings none a junior high with a class and pupils, and a vocational school: a
    /// role of a school holds in a school only.
    /// </summary>
    /// <param name="commands">Of the demo.</param>
    /// <param name="regions">Of the loaded modules, in their order.</param>
    public static async Task FurnishAsync(CommandExecutor commands, IReadOnlyList<DemoRegion> regions)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(regions);
        List<School> schools;
        await using (var db = commands.Database.Read(AccessScope.Everything))
            schools = await SortedAsync(db);
        var divisions = commands.Policy.Divisions;
        var bare = CountiesOf(schools, divisions, regions)
            .Where(c => JuniorHighOf(schools, c.County) is null || VocationalOf(schools, c.County) is null)
            .Select(c => c.County)
            .ToList();
        if (bare.Count == 0)
            return;
        await commands.ExecuteAsync(new(Actor.Program), work =>
        {
            var people = new InventedPeople(Invented, divisions);
            foreach (var county in bare)
                Furnish(work, people, county, schools);
            work.Audit("demo/schools", null, "");
            return Task.FromResult(CommandResult.Done());
        });
    }

    /// <summary>The users, region by region.</summary>
    /// <param name="db">The demo's.</param>
    /// <param name="divisions">The register.</param>
    /// <param name="regions">Of the loaded modules, in their order.</param>
    public static async Task<IReadOnlyList<DemoUser>> ListAsync(
        ScopedReadDbContext db,
        Divisions divisions,
        IReadOnlyList<DemoRegion> regions
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(divisions);
        ArgumentNullException.ThrowIfNull(regions);
        var schools = await SortedAsync(db);
        List<DemoUser> users = [new("admin", new(Role.Administrator, ""), "全部", "")];
        foreach (var (county, region) in CountiesOf(schools, divisions, regions))
            users.AddRange(await InAsync(db, divisions, schools, county, region, isFirst: users.Count == 1));
        return users;
    }

    private static async Task<IEnumerable<DemoUser>> InAsync(
        ScopedReadDbContext db,
        Divisions divisions,
        List<School> schools,
        DivisionCode county,
        DemoRegion? region,
        bool isFirst
    )
    {
        var prefecture = ScopePath.PrefectureOf(county.Path);
        // furnished, every region has these; a role at a division instead of its school counts for nothing
        var (own, vocational) = (JuniorHighOf(schools, county), VocationalOf(schools, county));
        var school = own?.Scope ?? "";
        var schoolClass = await db.Set<SchoolClass>()
            .Where(g => g.School.Scope == school)
            .OrderByDescending(g => g.SchoolYear)
            .ThenBy(g => g.Name)
            .FirstOrDefaultAsync();
        var (provinceName, prefectureName, countyName) = (
            NameOf(county.Province.Path),
            NameOf(prefecture),
            NameOf(county.Path)
        );
        var title = NameOf((region?.Code ?? county.Province).Path);
        return
        [
            User("province", Role.Province, county.Province.Path, provinceName),
            .. ScopePath.LevelsOf(prefecture).Contains(ScopeLevel.Prefecture)
                ? [User("prefecture", Role.Prefecture, prefecture, prefectureName)]
                : (DemoUser[])[],
            User("county", Role.County, county.Path, countyName),
            User("township", Role.CentralSchool, school, own?.Name),
            User("school", Role.School, school, own?.Name),
            User("vocational", Role.Vocational, vocational?.Scope ?? "", vocational?.Name),
            User("teacher", Role.Teacher, schoolClass?.Scope ?? school, $"{own?.Name}{schoolClass?.Name}"),
            User("auditor", Role.Auditor, county.Province.Path, provinceName),
            .. (region?.Roles ?? [])
                .Select(role =>
                    PlaceFor(role) is { } place ? User(KebabCase(role.Name), role, place.Scope, place.Name) : null
                )
                .OfType<DemoUser>(),
        ];

        DemoUser User(string name, Role role, string scope, string? place) =>
            new(isFirst || region is null ? name : $"{name}.{region.Module}", new(role, scope), place ?? "", title);

        string NameOf(string path) =>
            DivisionCode.TryParse(path.PadRight(6, '0'), out var code) ? divisions.Find(code)?.Name ?? path : path;

        // the lowest of its levels: what belongs to a county is seen there, and above
        (string Scope, string? Name)? PlaceFor(Role role) =>
            role.Levels.Contains(ScopeLevel.School) && role.OfVocationalSchools == true
                ? (vocational?.Scope ?? "", vocational?.Name)
            : role.Levels.Contains(ScopeLevel.School) ? (school, own?.Name)
            : role.Levels.Contains(ScopeLevel.County) ? (county.Path, countyName)
            : role.Levels.Contains(ScopeLevel.Township) && divisions.Children(county) is [var township, ..]
                ? (township.Code.Path, township.Name)
            : role.Levels.Contains(ScopeLevel.Prefecture) ? (prefecture, prefectureName)
            : role.Levels.Contains(ScopeLevel.Province) ? (county.Province.Path, provinceName)
            : null;
    }

    private static void Furnish(UnitOfWork work, InventedPeople people, DivisionCode county, List<School> schools)
    {
        if (JuniorHighOf(schools, county) is null)
        {
            var school = Add("示例初级中学", SchoolKind.JuniorHigh);
            var year = SchoolYear.Of(work.Today).Start;
            var schoolClass = DemoRegistry.Group(work, school, Grade.Last, year, "九（1）班");
            for (var i = 0; i < Pupils; i++)
                DemoRegistry.Pupil(
                    work,
                    school,
                    schoolClass,
                    people.Next(county, new(year - 15, 9, 1), new(year - 14, 8, 31)),
                    new(year, 9, 1)
                );
        }

        if (VocationalOf(schools, county) is null)
            Add("示例职业学校", SchoolKind.Vocational);

        School Add(string name, SchoolKind kind)
        {
            var school = School.Create(work.NewId(), work.Policy.Divisions.Find(county)?.Name + name, kind, county);
            work.Db.Add(school);
            return school;
        }
    }

    /// <summary>
    /// The county of each region's users. The first is that of the first junior high, in which a module's own demo
    /// plays; of a region without any it is its first county. Without a region, the first that lies in a prefecture.
    /// </summary>
    private static IReadOnlyList<(DivisionCode County, DemoRegion? Region)> CountiesOf(
        List<School> schools,
        Divisions divisions,
        IReadOnlyList<DemoRegion> regions
    )
    {
        var played = schools
            .Where(IsJuniorHigh)
            .Select(s => DivisionCode.TryParse(s.Division, out var county) ? county : default)
            .ToList();
        List<(DivisionCode County, DemoRegion? Region)> counties =
        [
            .. regions
                .DistinctBy(r => r.Code)
                .Select(r => (Region: r, Own: played.Where(c => divisions.IsWithin(c, r.Code)).ToList()))
                .OrderBy(r => r.Own.Count == 0) // a stable order: the modules', those with a demo of their own first
                .Select(r => (r.Own.Count > 0 ? r.Own[0] : FirstIn(r.Region.Code), (DemoRegion?)r.Region)),
        ];
        if (counties.Count == 0)
            counties.Add((played.Count > 0 ? played[0] : FirstIn(null), null));
        return counties;

        DivisionCode FirstIn(DivisionCode? region) =>
            divisions
                .All.Where(d => d.Level == DivisionLevel.County && d.Successor is null)
                .OrderBy(d => d.Code.Path, StringComparer.Ordinal)
                .First(d =>
                    region is { } within
                        ? divisions.IsWithin(d.Code, within)
                        : d.Parent is { Level: DivisionLevel.Prefecture }
                )
                .Code;
    }

    /// <summary>Sorted, so that every demo has the same users.</summary>
    private static async Task<List<School>> SortedAsync(ScopedReadDbContext db) =>
        [
            .. (await db.Set<School>().ToListAsync())
                .OrderBy(s => s.Division, StringComparer.Ordinal)
                .ThenBy(s => s.Name, StringComparer.Ordinal),
        ];

    private static School? JuniorHighOf(List<School> schools, DivisionCode county) =>
        schools.Find(s => IsJuniorHigh(s) && s.Division == county.ToString());

    /// <summary>The first of its province: not every county has one.</summary>
    private static School? VocationalOf(List<School> schools, DivisionCode county) =>
        schools.Find(s =>
            s.Kind == SchoolKind.Vocational && s.Division.StartsWith(county.Province.Path, StringComparison.Ordinal)
        );

    /// <summary>Of a county: the prefecture's own has none whose user could be shown.</summary>
    private static bool IsJuniorHigh(School school) =>
        school.Kind is SchoolKind.JuniorHigh or SchoolKind.NineYear
        && DivisionCode.TryParse(school.Division, out var code)
        && ScopePath.LevelsOf(code.Path).Contains(ScopeLevel.County);

    /// <summary><c>county-government</c> of <c>CountyGovernment</c>.</summary>
    private static string KebabCase(string name) =>
        string.Concat(
            name.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}")
        );
}
