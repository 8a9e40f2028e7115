using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>Sessions that were signed out of; with which roles an answer was earned.</summary>
[DbContext(typeof(Schema)), Migration("20261130_1_Sessions")]
internal sealed class Sessions : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.AddColumn<string>("Grants", "core_answered_request", nullable: true);
        b.CreateTable(
            "core_ended_session",
            t => new { Id = t.Column<Guid>(), Until = t.Column<DateTime>() },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_ended_session", x => x.Id);
            }
        );
    }
}
