using EduAssist.Data;
using EduAssist.Data.Privacy;

namespace EduAssist.Chuxiong;

/// <summary>附件2：一县市一年的送读计划。</summary>
internal sealed class CountyPlanTable : Table<CountyPlan>
{
    protected override void Declare(TableBuilder<CountyPlan> table) => table
        .Named("chuxiong_county_plan")
        .VisibleBy(p => p.Scope)
        .Kept()
        .Harmless(p => p.Division, p => p.Name, p => p.SeedKey, p => p.Seeded)
        .Default(p => p.Scope, "")
        .Index(p => new { p.Year, p.Division }, unique: true)
        .Index(p => p.SeedKey, unique: true)
        .Index(p => p.Scope);
}

/// <summary>附件2：一所职业学校一年的招生计划。</summary>
internal sealed class SchoolPlanTable : Table<SchoolPlan>
{
    protected override void Declare(TableBuilder<SchoolPlan> table) => table
        .Named("chuxiong_school_plan")
        .VisibleThrough(p => p.School)
        .Kept()
        .Harmless(p => p.SeedKey, p => p.Seeded)
        .References(p => p.School, p => p.SchoolId)
        .Index(p => new { p.Year, p.SchoolId }, unique: true)
        .Index(p => p.SeedKey, unique: true);
}

/// <summary>县市分解给一所初中的计划。</summary>
internal sealed class AllotmentTable : Table<Allotment>
{
    protected override void Declare(TableBuilder<Allotment> table) => table
        .Named("chuxiong_allotment")
        .VisibleBy(a => a.Scope, a => a.Handler)
        .Kept()
        .Harmless(a => a.SchoolName)
        .Default(a => a.Handler, "")
        .Default(a => a.SchoolName, "")
        .References(a => a.CountyPlan, a => a.CountyPlanId)
        .References(a => a.School, a => a.SchoolId)
        .Index(a => new { a.Year, a.SchoolId }, unique: true);
}

/// <summary>一份报名申请，及其送读、录取、注册、离班。</summary>
internal sealed class ApplicationTable : Table<ApplicationRow>
{
    private const string Purpose = "送读、录取和注册的办理和存档";

    protected override void Declare(TableBuilder<ApplicationRow> table) => table
        .Named("chuxiong_application")
        .VisibleThrough(r => r.Case)
        .Concerns(r => r.Case.StudentId)
        .Kept()
        .Personal(r => r.StudentName, PersonalKind.Name, Purpose)
        .Personal(r => r.VocationalNumber, PersonalKind.Number, Purpose)
        .Personal(r => r.Certificate, PersonalKind.Number, Purpose)
        .Personal(r => r.SkillCertificate, PersonalKind.Number, Purpose)
        .Personal(r => r.ExitNote, PersonalKind.Note, Purpose)
        .Harmless(r => r.JuniorSchoolName, r => r.JuniorClass, r => r.VocationalSchoolName, r => r.VocationalClass)
        .Harmless(r => r.County, r => r.Major, r => r.ShanghaiSchool, r => r.RegisteredAt, r => r.ProofIssuer)
        .Harmless(r => r.ProofIssuerScope)
        .Harmless(r => r.HeadTeacher)   // of the school's staff
        .Default(r => r.ProofIssuerScope, "")
        .NotMapped(r => r.Exit)
        .SharesKeyWith(r => r.Case, r => r.CaseId)
        .References(r => r.JuniorSchool, r => r.JuniorSchoolId)
        .References(r => r.VocationalSchool, r => r.VocationalSchoolId)
        .Index(r => r.OpenStudentId, unique: true);
}

/// <summary>一份报送材料：计划、计划分解、实施方案、教学方案、注册完成申明。</summary>
internal sealed class FilingTable : Table<FilingRow>
{
    protected override void Declare(TableBuilder<FilingRow> table) => table
        .Named("chuxiong_filing")
        .VisibleThrough(r => r.Case)
        .Kept()
        .Harmless(r => r.County, r => r.Replaced)
        .SharesKeyWith(r => r.Case, r => r.CaseId)
        .References(r => r.School, r => r.SchoolId);
}

/// <summary>附件2：州公布的上海接收学校。</summary>
internal sealed class ShanghaiSchoolTable : Table<ShanghaiSchool>
{
    protected override void Declare(TableBuilder<ShanghaiSchool> table) => table
        .Named("chuxiong_shanghai_school")
        .Public("州公布的名单，谁都可以看")
        .Kept()
        .Harmless(s => s.Name)
        .Index(s => s.Year);
}
