using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>
/// The lists of pupils, rolls and guardians are read by ranges of an index: the place first, then the order in which
/// pages show them. A roll's number is looked up within the place, since every school has a number 202001.
/// </summary>
[DbContext(typeof(Schema)), Migration("20261130_5_Ranges")]
internal sealed class Ranges : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        Replace("core_student", ["Scope"], ["Scope", "Name", "Id"]);
        Replace("core_student", ["Name"], ["Name", "Id", "Scope"]);
        Replace("core_guardian", ["Scope"], ["Scope", "Id"]);
        Replace("core_roll", ["Scope"], ["Scope", "Id"]);
        Replace("core_roll", ["Number"], ["Number", "Scope"]);

        b.CreateIndex(Name("core_audit_entry", ["At", "Id"]), "core_audit_entry", ["At", "Id"]);

        // a county is a hundredth of a province: with a hundred marks of where rows lie, PostgreSQL takes one at the
        // end for a handful of rows, and reads all of them for each of another table
        if (b.ActiveProvider?.Contains("Npgsql", StringComparison.Ordinal) == true)
            foreach (
                var table in (string[])
                    [
                        "core_student",
                        "core_guardian",
                        "core_roll",
                        "core_case",
                        "core_kept_assessment",
                        "core_audit_entry",
                    ]
            )
                b.Sql($"""ALTER TABLE {table} ALTER COLUMN "Scope" SET STATISTICS 1000""");

        void Replace(string table, string[] before, string[] now)
        {
            b.DropIndex(Name(table, before), table);
            b.CreateIndex(Name(table, now), table, now);
        }

        static string Name(string table, string[] columns) => $"IX_{table}_{string.Join('_', columns)}";
    }
}
