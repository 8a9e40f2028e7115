using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>Who handles a case without being above the place where it belongs.</summary>
[DbContext(typeof(Schema)), Migration("20261126_1_Handlers")]
internal sealed class Handlers : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.AddColumn<string>("Handler", "core_case", defaultValue: "");
        b.CreateIndex("IX_core_case_Handler", "core_case", "Handler");
    }
}
