using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Chuxiong.Migrations;

/// <summary>
/// Where somebody went is told apart from its proof: a school that was only typed before proves nothing (cx-i19). The
/// schools of Shanghai that take students.
/// </summary>
[DbContext(typeof(Schema)), Migration("20261130_1_Proofs")]
internal sealed class Proofs : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.AddColumn<string>("ProofIssuerScope", "chuxiong_application", defaultValue: "");
        b.AddColumn<DateOnly>("ProofConfirmedOn", "chuxiong_application", nullable: true);
        b.CreateTable(
            "chuxiong_shanghai_school",
            t => new
            {
                Id = t.Column<Guid>(),
                CaseId = t.Column<Guid>(),
                Year = t.Column<int>(),
                Name = t.Column<string>(),
                PublishedAt = t.Column<DateTime>(),
            },
            constraints: t => t.PrimaryKey("PK_chuxiong_shanghai_school", x => x.Id));
        b.CreateIndex("IX_chuxiong_shanghai_school_Year", "chuxiong_shanghai_school", "Year");
    }
}
