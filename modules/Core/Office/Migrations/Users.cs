using EduAssist.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Office.Migrations;

/// <summary>Users, their roles in places and keys; the keys of the web server; the seals of the audit.</summary>
[DbContext(typeof(Schema)), Migration("20261125_3_Users")]
internal sealed class Users : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.CreateTable(
            "core_user",
            t => new
            {
                Id = t.Column<Guid>(),
                Name = t.Column<string>(),
                ComparedName = t.Column<string>(),
                PasswordHash = t.Column<string>(nullable: true),
                Stamp = t.Column<string>(),
                MustChangePassword = t.Column<bool>(),
                IsDisabled = t.Column<bool>(),
                Failures = t.Column<int>(),
                LockedUntil = t.Column<DateTime>(nullable: true),
                HasTwoFactor = t.Column<bool>(),
                CodeKey = t.Column<byte[]>(nullable: true),
                LastCode = t.Column<long>(),
                RecoveryCodes = t.Column<string>(),
                Version = t.Column<long>(),
                CreatedAt = t.Column<DateTime>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_user", x => x.Id);
            }
        );
        b.CreateTable(
            "core_grant",
            t => new
            {
                UserId = t.Column<Guid>(),
                Role = t.Column<string>(),
                Scope = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_grant", x => new
                {
                    x.UserId,
                    x.Role,
                    x.Scope,
                });
                t.ForeignKey(
                    "FK_core_grant_core_user_UserId",
                    x => x.UserId,
                    "core_user",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateTable(
            "core_api_key",
            t => new
            {
                Id = t.Column<Guid>(),
                UserId = t.Column<Guid>(),
                Title = t.Column<string>(),
                Hash = t.Column<byte[]>(),
                OnlyReads = t.Column<bool>(),
                ExpiresAt = t.Column<DateTime>(),
                CreatedAt = t.Column<DateTime>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_api_key", x => x.Id);
                t.ForeignKey(
                    "FK_core_api_key_core_user_UserId",
                    x => x.UserId,
                    "core_user",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateTable(
            "core_protection_key",
            t => new { Name = t.Column<string>(), Xml = t.Column<byte[]>() },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_protection_key", x => x.Name);
            }
        );
        b.CreateTable(
            "core_audit_seal",
            t => new
            {
                Sequence = t.Column<long>(),
                EntryId = t.Column<Guid>(),
                Mac = t.Column<byte[]>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_audit_seal", x => x.Sequence);
            }
        );
        b.CreateTable(
            "core_audit_head",
            t => new
            {
                Id = t.Column<int>(),
                Sequence = t.Column<long>(),
                Mac = t.Column<byte[]>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_core_audit_head", x => x.Id);
            }
        );
        b.CreateIndex("IX_core_api_key_UserId", "core_api_key", "UserId");
        b.CreateIndex("IX_core_audit_seal_EntryId", "core_audit_seal", "EntryId", unique: true);
        b.CreateIndex("IX_core_user_ComparedName", "core_user", "ComparedName", unique: true);
    }
}
