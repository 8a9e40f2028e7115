using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>Registry, cases, assessments, audit, keys.</summary>
[DbContext(typeof(Schema)), Migration("20261124_1_Foundation")]
internal sealed class Foundation : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.CreateTable(
            "core_answered_request",
            t => new
            {
                Key = t.Column<string>(),
                Fingerprint = t.Column<byte[]>(),
                Kind = t.Column<string>(),
                Version = t.Column<long>(nullable: true),
                Id = t.Column<Guid>(nullable: true),
                Body = t.Column<byte[]>(),
                At = t.Column<DateTime>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_answered_request", x => x.Key);
            }
        );
        b.CreateTable(
            "core_audit_entry",
            t => new
            {
                Id = t.Column<Guid>(),
                At = t.Column<DateTime>(),
                Actor = t.Column<string>(),
                Action = t.Column<string>(),
                Subject = t.Column<Guid>(nullable: true),
                Scope = t.Column<string>(),
                Detail = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_audit_entry", x => x.Id);
            }
        );
        b.CreateTable(
            "core_division",
            t => new
            {
                Code = t.Column<string>(),
                Name = t.Column<string>(),
                Level = t.Column<string>(),
                Parent = t.Column<string>(nullable: true),
                Path = t.Column<string>(),
                Successor = t.Column<string>(nullable: true),
                SeedKey = t.Column<string>(nullable: true),
                Seeded = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_division", x => x.Code);
            }
        );
        b.CreateTable(
            "core_encryption_key",
            t => new
            {
                Id = t.Column<int>(),
                Wrapped = t.Column<byte[]>(),
                CreatedAt = t.Column<DateTime>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_encryption_key", x => x.Id);
            }
        );
        b.CreateTable(
            "core_school",
            t => new
            {
                Id = t.Column<Guid>(),
                Code = t.Column<string>(nullable: true),
                Name = t.Column<string>(),
                Alias = t.Column<string>(nullable: true),
                Kind = t.Column<string>(),
                Division = t.Column<string>(),
                Scope = t.Column<string>(),
                SeedKey = t.Column<string>(nullable: true),
                Seeded = t.Column<string>(nullable: true),
                Version = t.Column<long>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_school", x => x.Id);
            }
        );
        b.CreateTable(
            "core_student",
            t => new
            {
                Id = t.Column<Guid>(),
                Name = t.Column<string>(),
                Sex = t.Column<string>(),
                BirthDate = t.Column<DateOnly>(nullable: true),
                Ethnicity = t.Column<string>(nullable: true),
                ResidentId = t.Column<byte[]>(nullable: true),
                ResidentIdIndex = t.Column<byte[]>(nullable: true),
                NationalNumber = t.Column<byte[]>(nullable: true),
                NationalNumberIndex = t.Column<byte[]>(nullable: true),
                Phone = t.Column<byte[]>(nullable: true),
                Address = t.Column<byte[]>(nullable: true),
                Scope = t.Column<string>(),
                Version = t.Column<long>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_student", x => x.Id);
            }
        );
        b.CreateTable(
            "core_group",
            t => new
            {
                Id = t.Column<Guid>(),
                SchoolId = t.Column<Guid>(),
                Name = t.Column<string>(),
                Grade = t.Column<int>(),
                SchoolYear = t.Column<int>(),
                Scope = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_group", x => x.Id);
                t.ForeignKey(
                    "FK_core_group_core_school_SchoolId",
                    x => x.SchoolId,
                    "core_school",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateTable(
            "core_case",
            t => new
            {
                Id = t.Column<Guid>(),
                Workflow = t.Column<string>(),
                State = t.Column<string>(),
                Year = t.Column<int>(),
                StudentId = t.Column<Guid>(nullable: true),
                Scope = t.Column<string>(),
                Counterpart = t.Column<string>(),
                Form = t.Column<byte[]>(),
                Version = t.Column<long>(),
                OpenedAt = t.Column<DateTime>(),
                ChangedAt = t.Column<DateTime>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_case", x => x.Id);
                t.ForeignKey(
                    "FK_core_case_core_student_StudentId",
                    x => x.StudentId,
                    "core_student",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateTable(
            "core_guardian",
            t => new
            {
                Id = t.Column<Guid>(),
                StudentId = t.Column<Guid>(),
                Name = t.Column<string>(),
                Kinship = t.Column<string>(),
                Phone = t.Column<byte[]>(nullable: true),
                Scope = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_guardian", x => x.Id);
                t.ForeignKey(
                    "FK_core_guardian_core_student_StudentId",
                    x => x.StudentId,
                    "core_student",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateTable(
            "core_roll",
            t => new
            {
                Id = t.Column<Guid>(),
                StudentId = t.Column<Guid>(),
                SchoolId = t.Column<Guid>(),
                Kind = t.Column<string>(),
                Number = t.Column<string>(nullable: true),
                Grade = t.Column<int>(),
                ClassName = t.Column<string>(nullable: true),
                State = t.Column<string>(),
                Since = t.Column<DateOnly>(),
                Scope = t.Column<string>(),
                Version = t.Column<long>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_roll", x => x.Id);
                t.ForeignKey(
                    "FK_core_roll_core_school_SchoolId",
                    x => x.SchoolId,
                    "core_school",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
                t.ForeignKey(
                    "FK_core_roll_core_student_StudentId",
                    x => x.StudentId,
                    "core_student",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateTable(
            "core_case_event",
            t => new
            {
                CaseId = t.Column<Guid>(),
                Sequence = t.Column<long>(),
                Action = t.Column<string>(),
                From = t.Column<string>(),
                To = t.Column<string>(),
                At = t.Column<DateTime>(),
                Actor = t.Column<string>(),
                Reason = t.Column<string>(nullable: true),
                Input = t.Column<byte[]>(nullable: true),
                Before = t.Column<byte[]>(nullable: true),
                Undoes = t.Column<long>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_case_event", x => new { x.CaseId, x.Sequence });
                t.ForeignKey(
                    "FK_core_case_event_core_case_CaseId",
                    x => x.CaseId,
                    "core_case",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateTable(
            "core_evidence",
            t => new
            {
                Id = t.Column<Guid>(),
                CaseId = t.Column<Guid>(),
                Kind = t.Column<string>(),
                Issuer = t.Column<string>(),
                Date = t.Column<DateOnly>(),
                FileName = t.Column<byte[]>(),
                ContentType = t.Column<string>(),
                Size = t.Column<long>(),
                Digest = t.Column<byte[]>(),
                Content = t.Column<byte[]>(),
                At = t.Column<DateTime>(),
                Actor = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_evidence", x => x.Id);
                t.ForeignKey(
                    "FK_core_evidence_core_case_CaseId",
                    x => x.CaseId,
                    "core_case",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateTable(
            "core_kept_assessment",
            t => new
            {
                Id = t.Column<Guid>(),
                Programme = t.Column<string>(),
                RuleSet = t.Column<string>(),
                AsOf = t.Column<DateOnly>(),
                CalendarVersion = t.Column<string>(nullable: true),
                Verdict = t.Column<string>(),
                Facts = t.Column<byte[]>(),
                Result = t.Column<string>(),
                CaseId = t.Column<Guid>(nullable: true),
                StudentId = t.Column<Guid>(nullable: true),
                Scope = t.Column<string>(),
                Actor = t.Column<string>(),
                At = t.Column<DateTime>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_kept_assessment", x => x.Id);
                t.ForeignKey(
                    "FK_core_kept_assessment_core_case_CaseId",
                    x => x.CaseId,
                    "core_case",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateTable(
            "core_roll_standing",
            t => new
            {
                Id = t.Column<Guid>(),
                RollId = t.Column<Guid>(),
                From = t.Column<DateOnly>(),
                State = t.Column<string>(),
                Grade = t.Column<int>(),
                GroupId = t.Column<Guid>(nullable: true),
                Reason = t.Column<string>(nullable: true),
                At = t.Column<DateTime>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_roll_standing", x => x.Id);
                t.ForeignKey(
                    "FK_core_roll_standing_core_group_GroupId",
                    x => x.GroupId,
                    "core_group",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
                t.ForeignKey(
                    "FK_core_roll_standing_core_roll_RollId",
                    x => x.RollId,
                    "core_roll",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateIndex("IX_core_audit_entry_Scope", "core_audit_entry", "Scope");
        b.CreateIndex("IX_core_case_Counterpart", "core_case", "Counterpart");
        b.CreateIndex("IX_core_case_Scope", "core_case", "Scope");
        b.CreateIndex("IX_core_case_StudentId", "core_case", "StudentId");
        b.CreateIndex("IX_core_case_Workflow_Year_State", "core_case", ["Workflow", "Year", "State"]);
        b.CreateIndex("IX_core_division_Path", "core_division", "Path");
        b.CreateIndex("IX_core_evidence_CaseId", "core_evidence", "CaseId");
        b.CreateIndex(
            "IX_core_group_SchoolId_SchoolYear_Grade_Name",
            "core_group",
            ["SchoolId", "SchoolYear", "Grade", "Name"],
            unique: true
        );
        b.CreateIndex("IX_core_group_Scope", "core_group", "Scope");
        b.CreateIndex("IX_core_guardian_Scope", "core_guardian", "Scope");
        b.CreateIndex("IX_core_guardian_StudentId", "core_guardian", "StudentId");
        b.CreateIndex("IX_core_kept_assessment_CaseId", "core_kept_assessment", "CaseId");
        b.CreateIndex("IX_core_kept_assessment_Scope", "core_kept_assessment", "Scope");
        b.CreateIndex("IX_core_kept_assessment_StudentId", "core_kept_assessment", "StudentId");
        b.CreateIndex("IX_core_roll_Number", "core_roll", "Number");
        b.CreateIndex("IX_core_roll_SchoolId", "core_roll", "SchoolId");
        b.CreateIndex("IX_core_roll_Scope", "core_roll", "Scope");
        b.CreateIndex("IX_core_roll_StudentId", "core_roll", "StudentId");
        b.CreateIndex("IX_core_roll_standing_GroupId", "core_roll_standing", "GroupId");
        b.CreateIndex("IX_core_roll_standing_RollId_From_At", "core_roll_standing", ["RollId", "From", "At"]);
        b.CreateIndex("IX_core_school_Code", "core_school", "Code", unique: true);
        b.CreateIndex("IX_core_school_Scope", "core_school", "Scope");
        b.CreateIndex("IX_core_school_SeedKey", "core_school", "SeedKey", unique: true);
        b.CreateIndex("IX_core_student_Name", "core_student", "Name");
        b.CreateIndex("IX_core_student_NationalNumberIndex", "core_student", "NationalNumberIndex", unique: true);
        b.CreateIndex("IX_core_student_ResidentIdIndex", "core_student", "ResidentIdIndex", unique: true);
        b.CreateIndex("IX_core_student_Scope", "core_student", "Scope");
    }
}
