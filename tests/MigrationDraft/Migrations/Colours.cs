using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.MigrationDraft.Migrations;

/// <summary>Adds planted_thing.Colour, planted_thing.Weight, planted_mark.</summary>
[DbContext(typeof(Schema)), Migration("20261130_1_Colours")]
internal sealed class Colours : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.AddColumn<string>(
            name: "Colour",
            table: "planted_thing",
            nullable: true);

        b.AddColumn<int>(
            name: "Weight",
            table: "planted_thing",
            nullable: false,
            defaultValue: 1);

        b.CreateTable(
            name: "planted_mark",
            columns: table => new
            {
                Id = table.Column<Guid>(nullable: false),
                ThingId = table.Column<Guid>(nullable: false),
                At = table.Column<DateTime>(nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_planted_mark", x => x.Id);
                table.ForeignKey(
                    name: "FK_planted_mark_planted_thing_ThingId",
                    column: x => x.ThingId,
                    principalTable: "planted_thing",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Restrict);
            });

        b.CreateIndex(
            name: "IX_planted_thing_Colour",
            table: "planted_thing",
            column: "Colour");

        b.CreateIndex(
            name: "IX_planted_mark_ThingId",
            table: "planted_mark",
            column: "ThingId");
    }
}
