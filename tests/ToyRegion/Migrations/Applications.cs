using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.ToyRegion.Migrations;

/// <summary>Applications.</summary>
[DbContext(typeof(Schema)), Migration("20240301_1_Applications")]
internal sealed class Applications : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.CreateTable("toyregion_application", t => new
        {
            CaseId = t.Column<Guid>(),
            StudentName = t.Column<string>(),
            SchoolId = t.Column<Guid>(),
            SchoolName = t.Column<string>(),
            GuardianPhone = t.Column<byte[]>(nullable: true),
            Verdict = t.Column<string>(nullable: true),
            GrantedOn = t.Column<DateOnly>(nullable: true),
            Route = t.Column<string>(nullable: true),
        }, constraints: t =>
        {
            t.PrimaryKey("PK_toyregion_application", x => x.CaseId);
            t.ForeignKey("FK_toyregion_application_core_case_CaseId", x => x.CaseId, "core_case", "Id",
                onDelete: ReferentialAction.Restrict);
            t.ForeignKey("FK_toyregion_application_core_school_SchoolId", x => x.SchoolId, "core_school", "Id",
                onDelete: ReferentialAction.Restrict);
        });
        b.CreateIndex("IX_toyregion_application_SchoolId", "toyregion_application", "SchoolId");
    }
}
