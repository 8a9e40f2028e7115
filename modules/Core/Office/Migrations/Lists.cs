using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>Lists of the national system: what their columns are, and when a pupil entered the school.</summary>
[DbContext(typeof(Schema)), Migration("20261125_1_Lists")]
internal sealed class Lists : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.AddColumn<DateOnly>("Entered", "core_roll", nullable: true);
        b.CreateTable(
            "core_column_mapping",
            t => new
            {
                Form = t.Column<string>(),
                Name = t.Column<string>(),
                Headings = t.Column<string>(),
                IgnoresOthers = t.Column<bool>(),
                At = t.Column<DateTime>(),
                Actor = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_column_mapping", x => new { x.Form, x.Name });
            }
        );
    }
}
