using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>Versions of what lists leave behind: nobody decides on what they have not seen.</summary>
[DbContext(typeof(Schema)), Migration("20261201_1_Versions")]
internal sealed class Versions : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        foreach (var table in (string[])["core_group", "core_takeover", "core_unlisted_pupil"])
            b.AddColumn<long>("Version", table, defaultValue: 1L);
    }
}
