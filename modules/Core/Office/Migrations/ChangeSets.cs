using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>What imports and merges changed, row by row, so that they can be taken back.</summary>
[DbContext(typeof(Schema)), Migration("20261130_9_ChangeSets")]
internal sealed class ChangeSets : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.CreateTable(
            "core_change_set",
            t => new
            {
                Id = t.Column<Guid>(),
                Kind = t.Column<string>(),
                Form = t.Column<string>(nullable: true),
                FileName = t.Column<string>(nullable: true),
                At = t.Column<DateTime>(),
                Actor = t.Column<string>(),
                Place = t.Column<string>(),
                Scope = t.Column<string>(),
                New = t.Column<int>(),
                Changed = t.Column<int>(),
                Unchanged = t.Column<int>(),
                Gone = t.Column<int>(),
                Rows = t.Column<int>(),
                IsPartial = t.Column<bool>(),
                Columns = t.Column<string>(),
                State = t.Column<string>(),
                UndoneAt = t.Column<DateTime>(nullable: true),
                UndoneBy = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_change_set", x => x.Id);
            }
        );
        b.CreateTable(
            "core_change_row",
            t => new
            {
                SetId = t.Column<Guid>(),
                Order = t.Column<int>(),
                Table = t.Column<string>(),
                Key = t.Column<string>(),
                StudentId = t.Column<Guid>(nullable: true),
                Change = t.Column<string>(),
                Before = t.Column<byte[]>(nullable: true),
                After = t.Column<byte[]>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_change_row", x => new { x.SetId, x.Order });
                t.ForeignKey(
                    "FK_core_change_row_core_change_set_SetId",
                    x => x.SetId,
                    "core_change_set",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
                t.ForeignKey(
                    "FK_core_change_row_core_student_StudentId",
                    x => x.StudentId,
                    "core_student",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        foreach (var column in (string[])["Scope", "Place", "At"])
            b.CreateIndex($"IX_core_change_set_{column}", "core_change_set", column);
        b.CreateIndex("IX_core_change_row_StudentId", "core_change_row", "StudentId");
    }
}
