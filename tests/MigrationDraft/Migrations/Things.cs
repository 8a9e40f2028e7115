using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.MigrationDraft.Migrations;

/// <summary>Things with a name.</summary>
[DbContext(typeof(Schema)), Migration("20261124_1_Things")]
internal sealed class Things : ModuleMigration
{
    protected override void Change(MigrationBuilder b) =>
        b.CreateTable("planted_thing", t => new { Id = t.Column<Guid>(), Name = t.Column<string>(maxLength: 40) },
            constraints: t => t.PrimaryKey("PK_planted_thing", x => x.Id));
}
