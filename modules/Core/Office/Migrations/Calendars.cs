using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>The notices of places on their own days.</summary>
[DbContext(typeof(Schema)), Migration("20261201_2_Calendars")]
internal sealed class Calendars : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.CreateTable(
            "core_day_notice",
            t => new
            {
                Id = t.Column<Guid>(),
                Place = t.Column<string>(),
                Title = t.Column<string>(),
                Actor = t.Column<string>(),
                At = t.Column<DateTime>(),
                RevokedAt = t.Column<DateTime>(nullable: true),
                RevokedBy = t.Column<string>(nullable: true),
                RevokeReason = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_core_day_notice", x => x.Id)
        );
        b.CreateIndex("IX_core_day_notice_Place", "core_day_notice", "Place");
        b.CreateTable(
            "core_notice_day",
            t => new
            {
                NoticeId = t.Column<Guid>(),
                Date = t.Column<DateOnly>(),
                Name = t.Column<string>(),
                Kind = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_notice_day", x => new { x.NoticeId, x.Date });
                t.ForeignKey(
                    "FK_core_notice_day_core_day_notice_NoticeId",
                    x => x.NoticeId,
                    "core_day_notice",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
    }
}
