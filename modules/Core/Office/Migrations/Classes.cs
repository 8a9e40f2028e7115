using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>
/// Classes become scopes within their schools, and rolls, students, guardians and cases move into them. Each row only
/// moves deeper into the scope that it had, so nobody sees more than before.
/// </summary>
[DbContext(typeof(Schema)), Migration("20261128_1_Classes")]
internal sealed class Classes : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.Sql(
            """UPDATE core_group SET "Scope" = "Scope" || '/' || lower(replace(CAST("Id" AS text), '-', '')) WHERE "Scope" LIKE '%/%'"""
        ); // SQLite stores ids as texts in capitals, scopes have them in lower case
        b.Sql(
            """
            UPDATE core_roll SET "Scope" = coalesce((
                SELECT g."Scope" FROM core_roll_standing s LEFT JOIN core_group g ON g."Id" = s."GroupId" AND g."SchoolId" = core_roll."SchoolId"
                WHERE s."RollId" = core_roll."Id" ORDER BY s."From" DESC, s."At" DESC, s."Id" DESC LIMIT 1), "Scope")
            """
        );
        b.Sql(
            """
            UPDATE core_student SET "Scope" = coalesce((
                SELECT r."Scope" FROM core_roll r WHERE r."StudentId" = core_student."Id" AND r."Kind" = 'Compulsory' AND r."Scope" LIKE core_student."Scope" || '/%'
                ORDER BY CASE WHEN r."State" IN ('OnRoll', 'Suspended') THEN 0 ELSE 1 END, r."Since" DESC, r."Id" DESC LIMIT 1), "Scope")
            """
        );
        b.Sql(
            """UPDATE core_guardian SET "Scope" = coalesce((SELECT s."Scope" FROM core_student s WHERE s."Id" = "StudentId" AND s."Scope" LIKE core_guardian."Scope" || '/%'), "Scope")"""
        );
        b.Sql(
            """
            UPDATE core_case SET "Scope" = coalesce((
                SELECT r."Scope" FROM core_roll r WHERE r."StudentId" = core_case."StudentId" AND r."Kind" = 'Compulsory' AND r."Scope" LIKE core_case."Scope" || '/%' LIMIT 1), "Scope")
            WHERE "StudentId" IS NOT NULL AND "Scope" LIKE '%/%'
            """
        );
        b.Sql(
            """UPDATE core_kept_assessment SET "Scope" = coalesce((SELECT c."Scope" FROM core_case c WHERE c."Id" = "CaseId" AND c."Scope" LIKE core_kept_assessment."Scope" || '/%'), "Scope") WHERE "CaseId" IS NOT NULL"""
        );
    }
}
