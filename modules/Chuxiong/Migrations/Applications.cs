using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Chuxiong.Migrations;

/// <summary>Plan, allotments, applications, filings.</summary>
[DbContext(typeof(Schema)), Migration("20261124_1_Applications")]
internal sealed class Applications : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.CreateTable("chuxiong_county_plan", t => new
        {
            Id = t.Column<Guid>(),
            Year = t.Column<int>(),
            Division = t.Column<string>(),
            Name = t.Column<string>(),
            Entrants = t.Column<int>(),
            Quota = t.Column<int>(),
            ShanghaiTask = t.Column<int>(),
            Sent = t.Column<int>(),
            SentToShanghai = t.Column<int>(),
            SeedKey = t.Column<string>(nullable: true),
            Seeded = t.Column<string>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_chuxiong_county_plan", x => x.Id);
        });
        b.CreateTable("chuxiong_allotment", t => new
        {
            Id = t.Column<Guid>(),
            Year = t.Column<int>(),
            CountyPlanId = t.Column<Guid>(),
            SchoolId = t.Column<Guid>(),
            Places = t.Column<int>(nullable: true),
            Sent = t.Column<int>(),
            Scope = t.Column<string>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_chuxiong_allotment", x => x.Id);
            t.ForeignKey("FK_chuxiong_allotment_chuxiong_county_plan_CountyPlanId", x => x.CountyPlanId,
                "chuxiong_county_plan", "Id", onDelete: ReferentialAction.Restrict);
            t.ForeignKey("FK_chuxiong_allotment_core_school_SchoolId", x => x.SchoolId, "core_school", "Id",
                onDelete: ReferentialAction.Restrict);
        });
        b.CreateTable("chuxiong_school_plan", t => new
        {
            Id = t.Column<Guid>(),
            Year = t.Column<int>(),
            SchoolId = t.Column<Guid>(),
            Places = t.Column<int>(),
            ShanghaiTask = t.Column<int>(),
            Enrolled = t.Column<int>(),
            SentToShanghai = t.Column<int>(),
            SeedKey = t.Column<string>(nullable: true),
            Seeded = t.Column<string>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_chuxiong_school_plan", x => x.Id);
            t.ForeignKey("FK_chuxiong_school_plan_core_school_SchoolId", x => x.SchoolId, "core_school", "Id",
                onDelete: ReferentialAction.Restrict);
        });
        b.CreateTable("chuxiong_application", t => new
        {
            CaseId = t.Column<Guid>(),
            JuniorSchoolId = t.Column<Guid>(),
            JuniorClass = t.Column<string>(nullable: true),
            County = t.Column<string>(),
            VocationalSchoolId = t.Column<Guid>(nullable: true),
            Major = t.Column<string>(nullable: true),
            OpenStudentId = t.Column<Guid>(nullable: true),
            Verdict = t.Column<string>(nullable: true),
            SentOn = t.Column<DateOnly>(nullable: true),
            EnrolledOn = t.Column<DateOnly>(nullable: true),
            VocationalClass = t.Column<string>(nullable: true),
            VocationalNumber = t.Column<string>(nullable: true),
            HeadTeacher = t.Column<string>(nullable: true),
            ListedOn = t.Column<DateOnly>(nullable: true),
            ConfirmedOn = t.Column<DateOnly>(nullable: true),
            GraduatedOn = t.Column<DateOnly>(nullable: true),
            Certificate = t.Column<string>(nullable: true),
            RegisteredOn = t.Column<DateOnly>(nullable: true),
            RegisteredAt = t.Column<string>(nullable: true),
            ExitReason = t.Column<string>(nullable: true),
            ExitOn = t.Column<DateOnly>(nullable: true),
            ExitNote = t.Column<string>(nullable: true),
            ProofIssuer = t.Column<string>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_chuxiong_application", x => x.CaseId);
            t.ForeignKey("FK_chuxiong_application_core_case_CaseId", x => x.CaseId, "core_case", "Id",
                onDelete: ReferentialAction.Restrict);
            t.ForeignKey("FK_chuxiong_application_core_school_JuniorSchoolId", x => x.JuniorSchoolId, "core_school",
                "Id", onDelete: ReferentialAction.Restrict);
            t.ForeignKey("FK_chuxiong_application_core_school_VocationalSchoolId", x => x.VocationalSchoolId,
                "core_school", "Id", onDelete: ReferentialAction.Restrict);
        });
        b.CreateTable("chuxiong_filing", t => new
        {
            CaseId = t.Column<Guid>(),
            County = t.Column<string>(nullable: true),
            SchoolId = t.Column<Guid>(nullable: true),
            FiledOn = t.Column<DateOnly>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_chuxiong_filing", x => x.CaseId);
            t.ForeignKey("FK_chuxiong_filing_core_case_CaseId", x => x.CaseId, "core_case", "Id",
                onDelete: ReferentialAction.Restrict);
            t.ForeignKey("FK_chuxiong_filing_core_school_SchoolId", x => x.SchoolId, "core_school", "Id",
                onDelete: ReferentialAction.Restrict);
        });
        b.CreateIndex("IX_chuxiong_allotment_CountyPlanId", "chuxiong_allotment", "CountyPlanId");
        b.CreateIndex("IX_chuxiong_allotment_SchoolId", "chuxiong_allotment", "SchoolId");
        b.CreateIndex("IX_chuxiong_allotment_Year_SchoolId", "chuxiong_allotment", ["Year", "SchoolId"], unique: true);
        b.CreateIndex("IX_chuxiong_application_JuniorSchoolId", "chuxiong_application", "JuniorSchoolId");
        b.CreateIndex("IX_chuxiong_application_OpenStudentId", "chuxiong_application", "OpenStudentId", unique: true);
        b.CreateIndex("IX_chuxiong_application_VocationalSchoolId", "chuxiong_application", "VocationalSchoolId");
        b.CreateIndex("IX_chuxiong_county_plan_SeedKey", "chuxiong_county_plan", "SeedKey", unique: true);
        b.CreateIndex("IX_chuxiong_county_plan_Year_Division", "chuxiong_county_plan", ["Year", "Division"],
            unique: true);
        b.CreateIndex("IX_chuxiong_filing_SchoolId", "chuxiong_filing", "SchoolId");
        b.CreateIndex("IX_chuxiong_school_plan_SchoolId", "chuxiong_school_plan", "SchoolId");
        b.CreateIndex("IX_chuxiong_school_plan_SeedKey", "chuxiong_school_plan", "SeedKey", unique: true);
        b.CreateIndex("IX_chuxiong_school_plan_Year_SchoolId", "chuxiong_school_plan", ["Year", "SchoolId"],
            unique: true);
    }
}
