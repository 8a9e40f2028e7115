using EduAssist.Data;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>The twelve schools in the order of annex 3: the prefecture's two, then the ten counties'.</summary>
internal static class PrintedSchools
{
    internal static readonly IReadOnlyList<FormChoice> All =
        [
            .. Plan2020.Printed.Schools.OrderBy(s => s.Division.Level == DivisionLevel.Prefecture ? 0 : 1)
                .Select(s => s.Alias is { } alias ? new FormChoice(s.Name, alias) : new(s.Name)),
        ];

    /// <summary>By which a school of the plan is found.</summary>
    internal static string KeyOf(string school) => $"chuxiong/{school}";

    /// <summary>One of the twelve, by the name that annex 2 prints.</summary>
    internal static Task<School> FindAsync(UnitOfWork work, string name)
    {
        var key = KeyOf(name);
        return work.Db.Set<School>().SingleAsync(s => s.SeedKey == key);
    }
}
