using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Listings;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.ToyRegion;

/// <summary>第六条：学校每月把名单报上来；改了乘车线路的，就改过来。</summary>
internal sealed class HelpListImport() : ListImport<HelpList>(new HelpListForm())
{
    public override IReadOnlyList<Role> By => [Role.School, Role.County, ToyRegionRoles.Transport];

    /// <summary>Outside of the command: no other one waits for it.</summary>
    protected override object Prepare(HelpList list, KeyRing keys) =>
        list.Pupils.Select(p => keys.BlindIndexOf(p.ResidentId.Value.Value, BlindIndex.ResidentId)).ToList();

    protected override async Task PlanAsync(UnitOfWork work, HelpList list, object? prepared, ImportPlan plan)
    {
        var rows = await work.Db.Set<ApplicationRow>().Include(r => r.Case).ThenInclude(c => c.Student)
            .Where(r => r.Case.Year == work.Today.Year && r.GrantedOn != null).ToListAsync();
        var known = rows.Where(r => work.Actor.AccessScope.Covers(r.Case.Scope))
            .ToDictionary(r => Convert.ToHexString(r.Case.Student!.ResidentIdIndex!));
        foreach (var (index, i) in ((List<byte[]>)prepared!).Select((x, i) => (x, i)))
        {
            var given = list.Pupils[i];
            if (known.GetValueOrDefault(Convert.ToHexString(index)) is not { } row)
                plan.Find(i, "residentId", "granted-here", "不是本校今年同意帮扶的学生", provisions: ["toy2024/6"]);
            else if (given.Name != row.StudentName)
                plan.Find(i, "name", "name-on-record", "与学籍库中的姓名不一致", provisions: ["toy2024/6"]);
            else if (given.Route == row.Route)
                plan.Unchanged(i);
            else
                plan.Changed(i, [new("route", row.Route, given.Route)], () =>
                {
                    row.Route = given.Route;
                    return Task.CompletedTask;
                });
        }
    }

    protected override async Task<FormValues> RowsAsync(ListingSource source, FormValues filter)
    {
        var year = source.Policy.Today.Date.Year;
        var rows = await source.Db.Set<ApplicationRow>().Where(r => r.Case.Year == year && r.GrantedOn != null)
            .OrderBy(r => r.SchoolName).ThenBy(r => r.CaseId)
            .Select(r => new { r.StudentName, r.Case.Student!.ResidentId, r.Route }).ToListAsync();
        return FormValues.None.With("pupils", [.. rows.Select(r => new FormValues
        {
            ["name"] = r.StudentName,
            ["residentId"] = r.ResidentId,
            ["route"] = r.Route,
        })]);
    }
}
