using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Chuxiong.Migrations;

/// <summary>
/// 楚雄市 handles the pupils of the prefecture's own junior highs; whose Shanghai task a student counts for.
/// </summary>
[DbContext(typeof(Schema)), Migration("20261126_1_HandledByCounties")]
internal sealed class HandledByCounties : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.AddColumn<string>("ShanghaiTaskOf", "chuxiong_application", nullable: true);
        b.AddColumn<string>("Handler", "chuxiong_allotment", defaultValue: "");
        b.AddColumn<string>("SchoolName", "chuxiong_allotment", defaultValue: "");
        b.Sql("""UPDATE core_case SET "Handler" = '532301' WHERE "Workflow" = 'chuxiong.application' AND "Scope" >= '5323/' AND "Scope" < '53230'""");
        b.Sql("""
            UPDATE chuxiong_allotment SET
              "Handler" = CASE WHEN "Scope" >= '5323/' AND "Scope" < '53230' THEN '532301' ELSE '' END,
              "SchoolName" = (SELECT s."Name" FROM core_school s WHERE s."Id" = "SchoolId")
            """);
        b.Sql("""
            UPDATE chuxiong_application SET "ShanghaiTaskOf" = CASE WHEN EXISTS (
                SELECT 1 FROM core_case c JOIN chuxiong_school_plan p ON p."Year" = c."Year" WHERE c."Id" = "CaseId" AND p."SchoolId" = "VocationalSchoolId" AND p."SentToShanghai" > 0)
              THEN 'School' ELSE 'County' END
            WHERE "ShanghaiSchool" IS NOT NULL
            """);   // as a correction decided until then which task a pupil counts for
    }
}
