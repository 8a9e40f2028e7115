using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.ToyRegion.Migrations;

/// <summary>Escorts.</summary>
[DbContext(typeof(Schema)), Migration("20240301_2_Escorts")]
internal sealed class Escorts : ModuleMigration
{
    protected override void Change(MigrationBuilder b) =>
        b.CreateTable("toyregion_escort", t => new
        {
            CaseId = t.Column<Guid>(),
            Name = t.Column<string>(),
            SchoolName = t.Column<string>(),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_toyregion_escort", x => x.CaseId);
            t.ForeignKey("FK_toyregion_escort_core_case_CaseId", x => x.CaseId, "core_case", "Id",
                onDelete: ReferentialAction.Restrict);
        });
}
