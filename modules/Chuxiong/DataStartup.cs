using EduAssist.Data;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>The reference data that Chuxiong begins with, and its demo.</summary>
internal sealed class DataStartup : IDataStartup
{
    public async Task SeedAsync(UnitOfWork work)
    {
        var plan = Plan2020.Printed;
        await work.SeedAsync(plan.Schools.Select(s =>
        {
            var division = work.Policy.Divisions.Current(s.Division);
            var school = School.Create(
                work.NewId(), s.Name, SchoolKind.Vocational, division, PrintedSchools.KeyOf(s.Name));
            school.Alias = s.Alias;
            return school;
        }));
        await work.SeedAsync(plan.Counties.Select(c => new CountyPlan
        {
            Id = work.NewId(),
            Year = plan.Year,
            Division = c.Division.ToString(),
            Name = c.Name,
            Entrants = c.Entrants,
            Quota = c.Quota,
            ShanghaiTask = c.ShanghaiTask,
            Scope = ScopePath.ForDivision(work.Policy.Divisions.Current(c.Division)),
            SeedKey = $"{plan.Year}/{c.Division}",
        }));
        await work.Db.SaveChangesAsync();
        var schools = await work.Db.Set<School>().Where(s => s.SeedKey != null).ToDictionaryAsync(s => s.SeedKey!);
        await work.SeedAsync(plan.Schools.Select(s => new SchoolPlan
        {
            Id = work.NewId(),
            Year = plan.Year,
            SchoolId = schools[PrintedSchools.KeyOf(s.Name)].Id,
            Places = s.Places,
            ShanghaiTask = s.ShanghaiTask ?? 0,
            SeedKey = $"{plan.Year}/{s.Name}",
        }));
    }

    public Task DemoAsync(UnitOfWork work) => DemoData.FillAsync(work);
}
