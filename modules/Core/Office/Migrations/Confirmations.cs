using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>Who was asked whether a paper proves what it says, and what they said; the groups of persons.</summary>
[DbContext(typeof(Schema)), Migration("20261130_4_Confirmations")]
internal sealed class Confirmations : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.CreateTable(
            "core_confirmation",
            t => new
            {
                Id = t.Column<Guid>(),
                EvidenceId = t.Column<Guid>(),
                Round = t.Column<int>(),
                CaseId = t.Column<Guid>(),
                Workflow = t.Column<string>(),
                Kind = t.Column<string>(),
                StudentId = t.Column<Guid>(nullable: true),
                StudentName = t.Column<string>(nullable: true),
                Issuer = t.Column<string>(),
                Date = t.Column<DateOnly>(),
                Scope = t.Column<string>(),
                AskedAt = t.Column<DateTime>(),
                State = t.Column<string>(),
                DecidedAt = t.Column<DateTime>(nullable: true),
                DecidedBy = t.Column<string>(nullable: true),
                Reason = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_confirmation", x => x.Id);
                t.ForeignKey(
                    "FK_core_confirmation_core_student_StudentId",
                    x => x.StudentId,
                    "core_student",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateTable(
            "core_person_group",
            t => new
            {
                Id = t.Column<Guid>(),
                StudentId = t.Column<Guid>(),
                Kind = t.Column<string>(),
                Degree = t.Column<string>(nullable: true),
                From = t.Column<DateOnly>(),
                Until = t.Column<DateOnly>(nullable: true),
                Source = t.Column<string>(),
                Paper = t.Column<string>(),
                PaperDate = t.Column<DateOnly>(),
                Actor = t.Column<string>(),
                At = t.Column<DateTime>(),
                EndReason = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_person_group", x => x.Id);
                t.ForeignKey(
                    "FK_core_person_group_core_student_StudentId",
                    x => x.StudentId,
                    "core_student",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateIndex("IX_core_person_group_StudentId_Kind", "core_person_group", ["StudentId", "Kind"]);
        foreach (var column in (string[])["Scope", "CaseId", "StudentId"])
            b.CreateIndex($"IX_core_confirmation_{column}", "core_confirmation", column);
        b.CreateIndex(
            "IX_core_confirmation_EvidenceId_Round",
            "core_confirmation",
            ["EvidenceId", "Round"],
            unique: true
        );
    }
}
