using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>What Chuxiong stores, and the reference data that it begins with.</summary>
internal sealed class ChuxiongTables : IEntities
{
    public void Map(ModelBuilder model)
    {
        model.Entity<CountyPlan>(e =>
        {
            e.ToTable("chuxiong_county_plan");
            e.VisibleBy(p => p.Scope).Harmless(p => p.Division, p => p.Name, p => p.SeedKey, p => p.Seeded).Kept();
            e.HasIndex(p => new { p.Year, p.Division }).IsUnique();
            e.HasIndex(p => p.SeedKey).IsUnique();
            e.HasIndex(p => p.Scope);
            e.Property(p => p.Scope).HasDefaultValue("");
        });
        model.Entity<SchoolPlan>(e =>
        {
            e.ToTable("chuxiong_school_plan");
            e.VisibleThrough(p => p.School).Harmless(p => p.SeedKey, p => p.Seeded).Kept();
            e.HasIndex(p => new { p.Year, p.SchoolId }).IsUnique();
            e.HasIndex(p => p.SeedKey).IsUnique();
            e.HasOne(p => p.School).WithMany().HasForeignKey(p => p.SchoolId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Allotment>(e =>
        {
            e.ToTable("chuxiong_allotment");
            e.VisibleBy(a => a.Scope, a => a.Handler).Harmless(a => a.SchoolName).Kept();
            e.HasIndex(a => new { a.Year, a.SchoolId }).IsUnique();
            e.Property(a => a.Handler).HasDefaultValue("");
            e.Property(a => a.SchoolName).HasDefaultValue("");
            e.HasOne(a => a.CountyPlan).WithMany().HasForeignKey(a => a.CountyPlanId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(a => a.School).WithMany().HasForeignKey(a => a.SchoolId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ApplicationRow>(e =>
        {
            e.ToTable("chuxiong_application");
            e.VisibleThrough(r => r.Case).Concerns(r => r.Case.StudentId).Kept();
            e.Harmless(r => r.JuniorSchoolName, r => r.JuniorClass, r => r.VocationalSchoolName, r => r.VocationalClass);
            e.Harmless(r => r.County, r => r.Major, r => r.ShanghaiSchool, r => r.RegisteredAt, r => r.ProofIssuer);
            e.Harmless(r => r.HeadTeacher);   // of the school's staff
            e.HasKey(r => r.CaseId);
            e.Ignore(r => r.Exit);
            e.HasIndex(r => r.OpenStudentId).IsUnique();
            const string Purpose = "送读、录取和注册的办理和存档";
            e.Property(r => r.StudentName).IsPersonal(PersonalKind.Name, Purpose);
            e.Property(r => r.VocationalNumber).IsPersonal(PersonalKind.Number, Purpose);
            e.Property(r => r.Certificate).IsPersonal(PersonalKind.Number, Purpose);
            e.Property(r => r.SkillCertificate).IsPersonal(PersonalKind.Number, Purpose);
            e.Property(r => r.ExitNote).IsPersonal(PersonalKind.Note, Purpose);
            e.HasOne(r => r.Case).WithOne().HasForeignKey<ApplicationRow>(r => r.CaseId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(r => r.JuniorSchool).WithMany().HasForeignKey(r => r.JuniorSchoolId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(r => r.VocationalSchool).WithMany().HasForeignKey(r => r.VocationalSchoolId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<FilingRow>(e =>
        {
            e.ToTable("chuxiong_filing");
            e.VisibleThrough(r => r.Case).Harmless(r => r.County, r => r.Replaced).Kept();
            e.HasKey(r => r.CaseId);
            e.HasOne(r => r.Case).WithOne().HasForeignKey<FilingRow>(r => r.CaseId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(r => r.School).WithMany().HasForeignKey(r => r.SchoolId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    public async Task SeedAsync(UnitOfWork work)
    {
        var plan = Plan2020.Printed;
        await work.SeedAsync(plan.Schools.Select(s =>
        {
            var school = School.Create(work.NewId(), s.Name, SchoolKind.Vocational, work.Policy.Divisions.Current(s.Division), KeyOf(s.Name));
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
            SchoolId = schools[KeyOf(s.Name)].Id,
            Places = s.Places,
            ShanghaiTask = s.ShanghaiTask ?? 0,
            SeedKey = $"{plan.Year}/{s.Name}",
        }));
    }

    public Task DemoAsync(UnitOfWork work) => DemoData.FillAsync(work);

    /// <summary>By which a school of the plan is found.</summary>
    internal static string KeyOf(string school) => $"chuxiong/{school}";

    /// <summary>One of the twelve, by the name that annex 2 prints.</summary>
    internal static Task<School> SchoolOfAsync(UnitOfWork work, string name)
    {
        var key = KeyOf(name);
        return work.Db.Set<School>().SingleAsync(s => s.SeedKey == key);
    }
}
