using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>Students who have another document than a resident ID; divisions by what they lie in.</summary>
[DbContext(typeof(Schema)), Migration("20261130_8_Documents")]
internal sealed class Documents : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.AddColumn<string>("DocumentKind", "core_student", nullable: true);
        b.AddColumn<byte[]>("DocumentNumber", "core_student", nullable: true);
        b.AddColumn<byte[]>("DocumentNumberIndex", "core_student", nullable: true);
        b.CreateIndex("IX_core_division_Parent", "core_division", "Parent"); // six thousand by now, children of each
        b.CreateIndex("IX_core_student_DocumentNumberIndex", "core_student", "DocumentNumberIndex", unique: true);
    }
}
