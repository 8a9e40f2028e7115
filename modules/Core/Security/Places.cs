using EduAssist.Core.Registry;
using EduAssist.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Security;

/// <summary>Where a role holds, as people write it: <c>*</c>, the code of a division, the name or the code of a school.</summary>
public static class Places
{
    /// <summary>Everywhere.</summary>
    public const string Everywhere = "*";

    /// <summary>The scope of a place; null: there is no such place.</summary>
    public static async Task<string?> Find(Db db, Divisions divisions, string place)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(divisions);
        if (place == Everywhere) return "";
        if (DivisionCode.TryParse(place, out var code) && divisions.Find(code) is not null) return Scope.Of(divisions.Current(code));
        var schools = await db.Set<School>().AsNoTracking().Where(s => s.Code == place || s.Name == place).Take(2).ToListAsync();
        return schools is [var school] ? school.Scope : null;
    }

    /// <summary>The place of a scope, as it is written.</summary>
    public static async Task<string> Of(Db db, string scope)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.Length == 0) return Everywhere;
        if (!scope.Contains('/', StringComparison.Ordinal)) return scope.Length < 6 ? scope.PadRight(6, '0') : scope;
        return await db.Set<School>().AsNoTracking().Where(s => s.Scope == scope).Select(s => s.Name).SingleOrDefaultAsync() ?? scope;
    }
}
