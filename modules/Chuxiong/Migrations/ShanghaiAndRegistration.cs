using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Chuxiong.Migrations;

/// <summary>
/// Names as the paper says them, the Shanghai task, the period that a student is kept for, plans as they were before,
/// where a county's plan belongs.
/// </summary>
[DbContext(typeof(Schema)), Migration("20261125_1_ShanghaiAndRegistration")]
internal sealed class ShanghaiAndRegistration : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        foreach (var name in (string[])["StudentName", "JuniorSchoolName", "VocationalSchoolName"])
            b.AddColumn<string>(name, "chuxiong_application", nullable: true);
        b.AddColumn<string>("ShanghaiSchool", "chuxiong_application", nullable: true);
        b.AddColumn<bool>("UsesPlan", "chuxiong_application", nullable: true);
        b.AddColumn<DateOnly>("TeachingFrom", "chuxiong_application", nullable: true);
        b.AddColumn<DateOnly>("ConsolidationFrom", "chuxiong_application", nullable: true);
        b.AddColumn<string>("SkillCertificate", "chuxiong_application", nullable: true);
        b.AddColumn<DateOnly>("RegistrationCompleteOn", "chuxiong_school_plan", nullable: true);
        b.AddColumn<string>("Replaced", "chuxiong_filing", nullable: true);
        b.AddColumn<string>("Scope", "chuxiong_county_plan", defaultValue: "");
        b.Sql("""
            UPDATE chuxiong_application SET
              "StudentName" = (SELECT s."Name" FROM core_case c JOIN core_student s ON s."Id" = c."StudentId" WHERE c."Id" = "CaseId"),
              "JuniorSchoolName" = (SELECT s."Name" FROM core_school s WHERE s."Id" = "JuniorSchoolId"),
              "VocationalSchoolName" = (SELECT s."Name" FROM core_school s WHERE s."Id" = "VocationalSchoolId")
            """);
        b.Sql("""UPDATE chuxiong_county_plan SET "Scope" = CASE "Division" WHEN '532331' THEN '532302' ELSE "Division" END""");   // 禄丰 became a city in 2021
        b.CreateIndex("IX_chuxiong_county_plan_Scope", "chuxiong_county_plan", "Scope");
    }
}
