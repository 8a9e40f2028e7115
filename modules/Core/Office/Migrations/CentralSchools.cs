using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>
/// The role <c>Township</c>, which always was the central school, is called so, and a township's government can be a
/// role of its own. The audit keeps the word that was written: it is sealed.
/// </summary>
[DbContext(typeof(Schema)), Migration("20261130_3_CentralSchools")]
internal sealed class CentralSchools : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.Sql("""UPDATE core_grant SET "Role" = 'CentralSchool' WHERE "Role" = 'Township'""");
        b.Sql(
            """
            UPDATE core_answered_request SET "Grants" = replace("Grants", 'Township ', 'CentralSchool ')
            WHERE "Grants" LIKE '%Township %'
            """
        );
    }
}
