using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>
/// Entries of the audit have a mark of their own, the role that was acted in, and where it came from. The marks of
/// entries that are there already are made by <see cref="AuditUpgrade"/>, which has the key.
/// </summary>
[DbContext(typeof(Schema)), Migration(AuditUpgrade.Migration)]
internal sealed class AuditMacs : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.AddColumn<string>("Role", "core_audit_entry", nullable: true);
        b.AddColumn<string>("Address", "core_audit_entry", nullable: true);
        b.AddColumn<byte[]>("Mac", "core_audit_entry", nullable: true);
    }
}
