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
        var stored = await db.Set<StoredGrant>()
            .Where(g => g.UserId == user)
            .LeftJoin(
                db.Set<School>(),
                g => g.Scope,
                s => s.Scope,
                (g, s) =>
                    new
                    {
                        g.Role,
                        g.Scope,
                        Kind = s == null ? (SchoolKind?)null : s.Kind,
                    }
            )
            .ToListAsync();
        return
        [
            .. stored
                .Select(g => (Grant: new Grant(roles.Stored(g.Role), g.Scope), g.Kind))
                .Where(g => g.Grant.IsAtItsLevel && IsOfKind(g.Grant.Role, g.Kind))
                .Select(g => g.Grant),
        ];
    }

    /// <summary>Why a role does not hold at a place, and what to do; null: it holds.</summary>
    /// <param name="db">In which the school is seen.</param>
    /// <param name="grant">The role and its place.</param>
    /// <param name="place">As it is written.</param>
    public static async Task<string?> FaultAsync(AppDbContext db, Grant grant, string place)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(grant);
        var kind = await db.Set<School>()
            .Where(s => s.Scope == grant.Scope)
            .Select(s => (SchoolKind?)s.Kind)
            .SingleOrDefaultAsync();
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
