using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>The attributes of schools that modules declare.</summary>
[DbContext(typeof(Schema)), Migration("20261130_a3_SchoolAttributes")]
internal sealed class SchoolAttributes : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.CreateTable(
            "core_school_attribute",
            t => new
            {
                Id = t.Column<Guid>(),
                SchoolId = t.Column<Guid>(),
                Attribute = t.Column<string>(),
                Value = t.Column<string>(),
                From = t.Column<DateOnly>(),
                Until = t.Column<DateOnly>(nullable: true),
                Source = t.Column<string>(),
                Paper = t.Column<string>(),
                PaperDate = t.Column<DateOnly>(),
                Actor = t.Column<string>(),
                At = t.Column<DateTime>(),
                EndReason = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_school_attribute", x => x.Id);
                t.ForeignKey(
                    "FK_core_school_attribute_core_school_SchoolId",
                    x => x.SchoolId,
                    "core_school",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateIndex(
            "IX_core_school_attribute_SchoolId_Attribute",
            "core_school_attribute",
            ["SchoolId", "Attribute"]
        );
    }
}
