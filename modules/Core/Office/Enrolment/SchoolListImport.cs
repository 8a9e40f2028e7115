using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.ListImports;
using EduAssist.Office.Listings;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>
/// Schools in and out. A school is found by its code, otherwise by name or alias among those of its bureau.
/// </summary>
internal sealed class SchoolListImport() : ListImport<SchoolList>(new SchoolListForm())
{
    private const string DivisionFilter = "division",
        KindFilter = "kind";

    public override IReadOnlyList<Role> By => SchoolCommands.By;

    public override IReadOnlyList<ExportFilter> Filters { get; } =
    [new(DivisionFilter, "行政区划代码"), new(KindFilter, "办学类型")];

    protected override async Task PlanAsync(UnitOfWork work, SchoolList list, object? prepared, ImportPlan plan)
    {
        var stored = await work.Db.Set<School>().ToListAsync();
        var byCode = stored.Where(s => s.Code is not null).ToDictionary(s => s.Code!);
        var byName = stored
            .SelectMany(s => new[] { s.Name, s.Alias }.OfType<string>().Select(n => (Name: n, School: s)))
            .ToLookup(x => x.Name, x => x.School);
        HashSet<string> listed = [];
        HashSet<(string Division, string Name)> named = [];
        for (var i = 0; i < list.Schools.Count; i++)
        {
            var (row, index) = (list.Schools[i], i);
            if (SchoolCommands.Fault(work, row) is { } fault)
            {
                plan.Find(i, fault.Field, fault.Rule, fault.Message);
                continue;
            }

            var (division, code) = ($"{work.Policy.Divisions.Current(row.Division.Value)}", SchoolCommands.CodeOf(row));
            var found =
                code is not null && byCode.TryGetValue(code, out var coded)
                    ? coded
                    : byName[row.Name!].FirstOrDefault(s => s.Division == division && (code is null || s.Code is null));
            if (!listed.Add(found is null ? $"{code} {division} {row.Name}" : $"{found.Id}"))
                plan.Find(i, "name", "listed-once", "与前面的一行是同一所学校");
            else if (
                found?.Name != row.Name
                    && byName[row.Name!].Any(s => s.Name == row.Name && s.Division == division && s.Id != found?.Id)
                || !named.Add((division, row.Name!))
            )
                plan.Find(i, "name", "name-once", SchoolCommands.NameTaken);
            else if (found is null)
                plan.New(i, () => Task.FromResult(SchoolCommands.Add(work, row)));
            else if (!work.Actor.AccessScope.Covers(found.Scope))
                plan.Find(i, "code", "within-sight", "这所学校不在您的管理范围之内");
            else if (found.Division != division)
                plan.Find(i, "division", "division-kept", "与已登记的主管部门不同；学校的主管部门不能改变");
            else if (SchoolCommands.Differences(found, row) is not { Count: > 0 } fields)
                plan.Unchanged(i);
            else
                plan.Changed(i, fields, () =>
                {
                    SchoolCommands.Enter(work, found, row, [.. fields.Select(f => f.Field)]);
                    return Task.CompletedTask;
                });
        }
    }

    protected override async Task<FormValues> RowsAsync(ListingSource source, FormValues filter)
    {
        var schools = await source.Db.Set<School>().OrderBy(s => s.Scope).ToListAsync();
        return FormValues.None.With(
            "schools",
            [
                .. schools
                    .Where(s =>
                        filter[DivisionFilter] is not { } division
                        || (
                            DivisionCode.TryParse(division, out var code)
                            && DivisionCode.Of(long.Parse(s.Division)).IsWithin(code)
                        )
                    )
                    .Where(s =>
                        filter[KindFilter] is not { } kind
                        || s.Kind.ToString() == kind
                        || ListedSchool.Printed(s.Kind).Is(kind)
                    )
                    .Select(s => new FormValues
                    {
                        ["code"] = s.Code,
                        ["name"] = s.Name,
                        ["alias"] = s.Alias,
                        ["kind"] = ListedSchool.Printed(s.Kind).Name,
                        ["division"] = s.Division,
                    }),
            ]
        );
    }
}
