using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>Whom a list left out, whom another school took over, and by what a class was made.</summary>
[DbContext(typeof(Schema)), Migration("20261130_a2_OtherEyes")]
internal sealed class OtherEyes : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.AddColumn<string>("Origin", "core_group", nullable: true);
        b.AddColumn<DateTime>("MadeAt", "core_group", nullable: true);
        b.AddColumn<string>("MadeBy", "core_group", nullable: true);
        b.CreateTable(
            "core_unlisted_pupil",
            t => new
            {
                Id = t.Column<Guid>(),
                StudentId = t.Column<Guid>(),
                RollId = t.Column<Guid>(),
                SchoolId = t.Column<Guid>(),
                SchoolYear = t.Column<int>(),
                Term = t.Column<string>(),
                Since = t.Column<DateOnly>(),
                Actor = t.Column<string>(),
                NamedOn = t.Column<DateOnly>(nullable: true),
                Scope = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_unlisted_pupil", x => x.Id);
                Refers(t, "core_unlisted_pupil", x => x.StudentId, "core_student", "StudentId");
                Refers(t, "core_unlisted_pupil", x => x.RollId, "core_roll", "RollId");
                Refers(t, "core_unlisted_pupil", x => x.SchoolId, "core_school", "SchoolId");
            }
        );
        b.CreateTable(
            "core_whereabouts",
            t => new
            {
                Id = t.Column<Guid>(),
                StudentId = t.Column<Guid>(),
                RollId = t.Column<Guid>(),
                SchoolYear = t.Column<int>(),
                Term = t.Column<string>(),
                Kind = t.Column<string>(),
                Detail = t.Column<string>(nullable: true),
                Actor = t.Column<string>(),
                At = t.Column<DateTime>(),
                Scope = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_whereabouts", x => x.Id);
                Refers(t, "core_whereabouts", x => x.StudentId, "core_student", "StudentId");
                Refers(t, "core_whereabouts", x => x.RollId, "core_roll", "RollId");
            }
        );
        b.CreateTable(
            "core_takeover",
            t => new
            {
                Id = t.Column<Guid>(),
                StudentId = t.Column<Guid>(),
                RollId = t.Column<Guid>(),
                Name = t.Column<string>(),
                Grade = t.Column<int>(),
                ClassName = t.Column<string>(nullable: true),
                FromSchool = t.Column<string>(),
                ToSchool = t.Column<string>(),
                On = t.Column<DateOnly>(),
                IsByList = t.Column<bool>(),
                Actor = t.Column<string>(),
                At = t.Column<DateTime>(),
                Scope = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_takeover", x => x.Id);
                Refers(t, "core_takeover", x => x.StudentId, "core_student", "StudentId");
                Refers(t, "core_takeover", x => x.RollId, "core_roll", "RollId");
            }
        );
        b.CreateTable(
            "core_takeover_review",
            t => new
            {
                Id = t.Column<Guid>(),
                TakeoverId = t.Column<Guid>(),
                StudentId = t.Column<Guid>(),
                IsRight = t.Column<bool>(nullable: true),
                Reason = t.Column<string>(nullable: true),
                Actor = t.Column<string>(nullable: true),
                At = t.Column<DateTime>(nullable: true),
                IsUpheld = t.Column<bool>(nullable: true),
                DecisionReason = t.Column<string>(nullable: true),
                DecidedBy = t.Column<string>(nullable: true),
                DecidedAt = t.Column<DateTime>(nullable: true),
                Scope = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_takeover_review", x => x.Id);
                Refers(t, "core_takeover_review", x => x.StudentId, "core_student", "StudentId");
            }
        );
        b.CreateIndex("IX_core_group_MadeAt_Id", "core_group", ["MadeAt", "Id"]);
        foreach (var column in (string[])["StudentId", "RollId", "SchoolId"])
            b.CreateIndex($"IX_core_unlisted_pupil_{column}", "core_unlisted_pupil", column);
        b.CreateIndex("IX_core_unlisted_pupil_NamedOn_Scope_Id", "core_unlisted_pupil", ["NamedOn", "Scope", "Id"]);
        b.CreateIndex("IX_core_whereabouts_StudentId", "core_whereabouts", "StudentId");
        b.CreateIndex(
            "IX_core_whereabouts_RollId_SchoolYear_Term",
            "core_whereabouts",
            ["RollId", "SchoolYear", "Term"],
            unique: true
        );
        foreach (var column in (string[])["StudentId", "RollId"])
            b.CreateIndex($"IX_core_takeover_{column}", "core_takeover", column);
        b.CreateIndex("IX_core_takeover_Scope_On_Id", "core_takeover", ["Scope", "On", "Id"]);
        b.CreateIndex("IX_core_takeover_review_StudentId", "core_takeover_review", "StudentId");
        b.CreateIndex("IX_core_takeover_review_TakeoverId", "core_takeover_review", "TakeoverId", unique: true);
    }

    private static void Refers<T>(
        Microsoft.EntityFrameworkCore.Migrations.Operations.Builders.CreateTableBuilder<T> table,
        string from,
        System.Linq.Expressions.Expression<Func<T, object>> column,
        string to,
        string name
    ) => table.ForeignKey($"FK_{from}_{to}_{name}", column, to, "Id", onDelete: ReferentialAction.Restrict);
}
