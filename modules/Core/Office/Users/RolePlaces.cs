using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Users;

/// <summary>
/// Which roles a place takes: those of its level, and of a school also by its kind, which its scope does not tell.
/// </summary>
public static class RolePlaces
{
    /// <summary>Of which places a role is, in Chinese: <c>乡级、学校</c>.</summary>
    public static string TitleFor(Role role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return role.Levels.Count == Enum.GetValues<ScopeLevel>().Length
            ? "各级"
            : string.Join(
                '、',
                role.Levels.Select(level =>
                    level == ScopeLevel.School && role.OfVocationalSchools is { } vocational
                        ? vocational
                            ? "职业学校"
                            : "职业学校以外的学校"
                        : Words.For(level)
                )
            );
    }

    /// <summary>
    /// The grants of a user that count, by one query: what a school is comes with what is granted in it.
    /// </summary>
    /// <param name="db">All of the database.</param>
    /// <param name="roles">That there are.</param>
    /// <param name="user">The id of the user.</param>
    public static async Task<IReadOnlyList<Grant>> ReadAsync(AppDbContext db, Roles roles, Guid user)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(roles);
        return
        [
            .. (await PlacedAsync(db, roles, db.Set<StoredGrant>().Where(g => g.UserId == user)))
                .Where(g => g.Holds)
                .Select(g => g.Grant),
        ];
    }

    /// <summary>The users with a role that counts for nothing where it was given, by their names.</summary>
    public static async Task<IReadOnlyList<string>> FindMisplacedAsync(AppDbContext db, Roles roles)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(roles);
        var misplaced = (await PlacedAsync(db, roles, db.Set<StoredGrant>()))
            .Where(g => !g.Holds)
            .Select(g => g.User)
            .ToHashSet();
        return misplaced.Count == 0
            ? []
            :
            [
                .. (await db.Set<User>().Select(u => new { u.Id, u.Name }).ToListAsync())
                    .Where(u => misplaced.Contains(u.Id))
                    .Select(u => u.Name)
                    .Order(StringComparer.Ordinal),
            ];
    }

    private static async Task<IEnumerable<(Guid User, Grant Grant, bool Holds)>> PlacedAsync(
        AppDbContext db,
        Roles roles,
        IQueryable<StoredGrant> grants
    ) =>
        (
            await grants
                .LeftJoin(
                    db.Set<School>(),
                    g => g.Scope,
                    s => s.Scope,
                    (g, s) =>
                        new
                        {
                            g.UserId,
                            g.Role,
                            g.Scope,
                            Kind = s == null ? (SchoolKind?)null : s.Kind,
                        }
                )
                .ToListAsync()
        ).Select(g =>
        {
            var grant = new Grant(roles.Stored(g.Role), g.Scope);
            return (g.UserId, grant, grant.IsAtItsLevel && IsOfKind(grant.Role, g.Kind));
        });

    /// <summary>Why a role does not hold at a place, and what to do; null: it holds.</summary>
    /// <param name="db">In which the school is seen.</param>
    /// <param name="grant">The role and its place.</param>
    /// <param name="place">As it is written.</param>
    public static async Task<string?> FaultAsync(AppDbContext db, Grant grant, string place)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(grant);
        var kind = ScopePath.LevelsOf(grant.Scope).Contains(ScopeLevel.School)
            ? await db.Set<School>()
                .Where(s => s.Scope == grant.Scope)
                .Select(s => (SchoolKind?)s.Kind)
                .SingleOrDefaultAsync()
            : null;
        if (grant.IsAtItsLevel && IsOfKind(grant.Role, kind))
            return null;
        var here = kind is { } school
            ? Words.For(school)
            : string.Join('、', ScopePath.LevelsOf(grant.Scope).Select(level => Words.For(level)));
        return $"角色“{grant.Role.Title}”只在{TitleFor(grant.Role)}有效，不能授予在“{place}”（{here}）："
            + $"请把范围改为{TitleFor(grant.Role)}，或者换一个角色。";
    }

    /// <summary>Whether a role may be of a school of this kind; null: no school, or none that is known.</summary>
    private static bool IsOfKind(Role role, SchoolKind? kind) =>
        kind is null || (role.OfVocationalSchools ?? kind == SchoolKind.Vocational) == (kind == SchoolKind.Vocational);
}
