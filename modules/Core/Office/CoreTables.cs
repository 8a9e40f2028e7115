using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.ListImports;
using EduAssist.Office.Listings;
using EduAssist.Office.Privacy;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office;

/// <summary>Core's own tables.</summary>
internal sealed class CoreTables : IEntities
{
    private const string RollKeeping = "学籍管理",
        Contact = "联系学生和监护人",
        CaseKeeping = "办理和存档";

    public void Map(ModelBuilder model)
    {
        model.Entity<EncryptionKey>(e =>
        {
            e.ToTable("core_encryption_key");
            e.Hidden("the keys of everything that is encrypted").NotKept("a key that was wrapped anew is the same key");
            e.Property(k => k.Id).ValueGeneratedNever();
        });
        model.Entity<AnsweredRequest>(e =>
        {
            e.ToTable("core_answered_request");
            e.Hidden("answers of others' requests")
                .Harmless(a => a.Key)
                .NotKept("an answer is written once, and erased with whom it is about");
            e.ConcernsNobody("erased by the id of the student or of the case");
            e.HasKey(a => a.Key);
            e.Property(a => a.Body).IsEncrypted("answer").IsPersonal(PersonalKind.Form, CaseKeeping);
        });
        model.Entity<AuditEntry>(e =>
        {
            e.ToTable("core_audit_entry");
            e.VisibleBy(Reach.Audit, a => a.Scope)
                .Harmless(a => a.Actor, a => a.Action, a => a.Detail)
                .AppendOnly(a => a.At);
            e.HasIndex(a => a.Scope);
        });
        model.Entity<StoredDivision>(e =>
        {
            e.ToTable("core_division");
            e.Public("the register of administrative divisions")
                .Harmless(d => d.Code, d => d.Name, d => d.Parent, d => d.Path, d => d.Successor)
                .Harmless(d => d.SeedKey, d => d.Seeded)
                .Kept();
            e.HasKey(d => d.Code);
            e.HasIndex(d => d.Path);
        });
        model.Entity<StoredMapping>(e =>
        {
            e.ToTable("core_column_mapping");
            e.Public("whoever takes in a list reads it with anybody's mapping")
                .Harmless(m => m.Form, m => m.Name, m => m.Headings, m => m.Actor)
                .Kept();
            e.HasKey(m => new { m.Form, m.Name });
        });
        Registry(model);
        Cases(model);
        Users(model);
    }

    public async Task SeedAsync(UnitOfWork work) =>
        await work.SeedAsync(
            work.Policy.Divisions.All.Select(d => new StoredDivision
            {
                Code = d.Code.ToString(),
                Name = d.Name,
                Level = d.Level,
                Parent = d.Parent?.ToString(),
                Path = work.Policy.Divisions.Current(d.Code).Path,
                Successor = d.Successor?.ToString(),
                SeedKey = d.Code.ToString(),
            })
        );

    public async Task<bool> IsUsedAsync(AppDbContext db) =>
        await db.Set<Student>().AnyAsync() || await db.Set<Case>().AnyAsync();

    public async Task StartedAsync(CommandExecutor commands)
    {
        await using (var db = commands.Database.Read(AccessScope.Everything))
            ListingTables.Check(commands.Policy.Contributions.OfType<IListing>(), new(db, commands.Policy));
        await PersonalData.EraseAgainAsync(commands);
    }

    private static void Registry(ModelBuilder model)
    {
        model.Entity<School>(e =>
        {
            e.ToTable("core_school");
            e.VisibleBy(s => s.Scope).VisibleBy(Reach.ClassesOfSchool, s => s.Scope);
            e.Harmless(s => s.Code, s => s.Name, s => s.Alias, s => s.Division, s => s.SeedKey, s => s.Seeded).Kept();
            e.HasIndex(s => s.Code).IsUnique();
            e.HasIndex(s => s.SeedKey).IsUnique();
            e.HasIndex(s => s.Scope);
            e.Property(s => s.Version).IsConcurrencyToken();
        });
        model.Entity<Student>(e =>
        {
            e.ToTable("core_student");
            e.VisibleBy(s => s.Scope).Concerns(s => s.Id).Kept();
            e.HasIndex(s => s.Scope);
            e.HasIndex(s => s.Name);
            e.HasIndex(s => s.ResidentIdIndex).IsUnique();
            e.HasIndex(s => s.NationalNumberIndex).IsUnique();
            e.Property(s => s.Name).IsPersonal(PersonalKind.Name, RollKeeping);
            e.Property(s => s.BirthDate).IsPersonal(PersonalKind.Trait, RollKeeping);
            e.Property(s => s.Ethnicity).IsPersonal(PersonalKind.Trait, RollKeeping);
            e.Property(s => s.ResidentId)
                .IsEncrypted("Student.ResidentId")
                .IsPersonal(PersonalKind.Number, RollKeeping);
            e.Property(s => s.ResidentIdIndex).IsPersonal(PersonalKind.Index, RollKeeping);
            e.Property(s => s.NationalNumber)
                .IsEncrypted("Student.NationalNumber")
                .IsPersonal(PersonalKind.Number, RollKeeping);
            e.Property(s => s.NationalNumberIndex).IsPersonal(PersonalKind.Index, RollKeeping);
            e.Property(s => s.Phone).IsEncrypted("Student.Phone").IsPersonal(PersonalKind.Phone, Contact);
            e.Property(s => s.Address).IsEncrypted("Student.Address").IsPersonal(PersonalKind.Address, Contact);
            e.Property(s => s.Version).IsConcurrencyToken();
        });
        model.Entity<Guardian>(e =>
        {
            e.ToTable("core_guardian");
            e.VisibleBy(g => g.Scope).Concerns(g => g.StudentId).Kept();
            e.HasIndex(g => g.Scope);
            e.Property(g => g.Name).IsPersonal(PersonalKind.Name, Contact);
            e.Property(g => g.Phone).IsEncrypted("Guardian.Phone").IsPersonal(PersonalKind.Phone, Contact);
            e.HasOne(g => g.Student)
                .WithMany(s => s.Guardians)
                .HasForeignKey(g => g.StudentId)
                .OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Roll>(e =>
        {
            e.ToTable("core_roll");
            e.VisibleBy(r => r.Scope).Concerns(r => r.StudentId).Harmless(r => r.ClassName).Kept();
            e.HasIndex(r => r.Scope);
            e.HasIndex(r => r.Number);
            e.Property(r => r.Number).IsPersonal(PersonalKind.Number, RollKeeping);
            e.Ignore(r => r.IsOpen);
            e.Property(r => r.Version).IsConcurrencyToken();
            e.HasOne(r => r.Student)
                .WithMany(s => s.Rolls)
                .HasForeignKey(r => r.StudentId)
                .OnDelete(DeleteBehavior.Restrict);
            e.HasOne(r => r.School).WithMany().HasForeignKey(r => r.SchoolId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<RollStanding>(e =>
        {
            e.ToTable("core_roll_standing");
            e.VisibleThrough(s => s.Roll).Concerns(s => s.Roll.StudentId).AppendOnly(s => s.At);
            e.HasIndex(s => new
            {
                s.RollId,
                s.From,
                s.At,
            });
            e.Property(s => s.Reason).IsPersonal(PersonalKind.Note, RollKeeping);
            e.HasOne(s => s.Roll)
                .WithMany(r => r.Standings)
                .HasForeignKey(s => s.RollId)
                .OnDelete(DeleteBehavior.Restrict);
            e.HasOne(s => s.Group).WithMany().HasForeignKey(s => s.GroupId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SchoolClass>(e =>
        {
            e.ToTable("core_group");
            e.VisibleBy(g => g.Scope).Harmless(g => g.Name).Kept();
            e.HasIndex(g => g.Scope);
            e.HasIndex(g => new
                {
                    g.SchoolId,
                    g.SchoolYear,
                    g.Grade,
                    g.Name,
                })
                .IsUnique();
            e.HasOne(g => g.School).WithMany().HasForeignKey(g => g.SchoolId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Cases(ModelBuilder model)
    {
        model.Entity<Case>(e =>
        {
            e.ToTable("core_case");
            e.VisibleBy(c => c.Scope, c => c.Counterpart, c => c.Handler)
                .Concerns(c => c.StudentId)
                .Harmless(c => c.Workflow, c => c.State)
                .Kept();
            e.HasIndex(c => c.Scope);
            e.HasIndex(c => c.Counterpart);
            e.HasIndex(c => c.Handler);
            e.Property(c => c.Handler).HasDefaultValue("");
            e.HasIndex(c => c.StudentId);
            e.HasIndex(c => new
            {
                c.Workflow,
                c.Year,
                c.State,
            });
            e.Property(c => c.Form).IsEncrypted("Case.Form").IsPersonal(PersonalKind.Form, CaseKeeping);
            e.Property(c => c.Version).IsConcurrencyToken();
            e.HasOne(c => c.Student).WithMany().HasForeignKey(c => c.StudentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CaseEvent>(e =>
        {
            e.ToTable("core_case_event");
            e.VisibleThrough(v => v.Case).Concerns(v => v.Case.StudentId).AppendOnly(v => v.At);
            e.Harmless(v => v.Action, v => v.From, v => v.To, v => v.Actor);
            e.HasKey(v => new { v.CaseId, v.Sequence });
            e.Property(v => v.Reason).IsPersonal(PersonalKind.Note, CaseKeeping);
            e.Property(v => v.Input).IsEncrypted("CaseEvent.Input").IsPersonal(PersonalKind.Form, CaseKeeping);
            e.Property(v => v.Before).IsEncrypted("CaseEvent.Before").IsPersonal(PersonalKind.Form, CaseKeeping);
            e.HasOne(v => v.Case).WithMany().HasForeignKey(v => v.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Evidence>(e =>
        {
            e.ToTable("core_evidence");
            e.VisibleThrough(v => v.Case).Concerns(v => v.Case.StudentId).AppendOnly(v => v.At);
            e.Harmless(v => v.Kind, v => v.Issuer, v => v.ContentType, v => v.Actor);
            e.HasIndex(v => v.CaseId);
            e.Property(v => v.FileName).IsEncrypted("Evidence.FileName").IsPersonal(PersonalKind.Document, CaseKeeping);
            e.Property(v => v.Content).IsEncrypted("Evidence.Content").IsPersonal(PersonalKind.Document, CaseKeeping);
            e.HasOne(v => v.Case).WithMany().HasForeignKey(v => v.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<StoredAssessment>(e =>
        {
            e.ToTable("core_kept_assessment");
            // not constant: its scope follows that of its case
            e.VisibleBy(a => a.Scope).Concerns(a => a.StudentId).Kept();
            e.Harmless(a => a.Programme, a => a.RuleSet, a => a.CalendarVersion, a => a.Result, a => a.Actor);
            e.HasIndex(a => a.Scope);
            e.HasIndex(a => a.CaseId);
            e.HasIndex(a => a.StudentId);
            e.Property(a => a.Facts).IsEncrypted("KeptAssessment.Facts").IsPersonal(PersonalKind.Form, CaseKeeping);
            e.HasOne(a => a.Case).WithMany().HasForeignKey(a => a.CaseId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Users(ModelBuilder model)
    {
        model.Entity<User>(e =>
        {
            e.ToTable("core_user");
            e.Hidden("by whom somebody signs in")
                .NotKept("passwords, codes and failures of before are nobody's business");
            e.Harmless(u => u.Name, u => u.ComparedName, u => u.Stamp);
            e.Harmless(u => u.PasswordHash, u => u.CodeKey, u => u.RecoveryCodes);
            e.HasIndex(u => u.ComparedName).IsUnique();
            e.Property(u => u.CodeKey).IsEncrypted("User.CodeKey");
            e.Property(u => u.Version).IsConcurrencyToken();
        });
        model.Entity<StoredGrant>(e =>
        {
            e.ToTable("core_grant");
            e.Hidden("users are shown to who administers them").Harmless(g => g.Scope).Kept();
            e.HasKey(g => new
            {
                g.UserId,
                g.Role,
                g.Scope,
            });
            e.HasOne<User>().WithMany().HasForeignKey(g => g.UserId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ApiKey>(e =>
        {
            e.ToTable("core_api_key");
            e.Hidden("by which somebody signs in").Harmless(k => k.Title).NotKept("a key that has ended is nothing");
            e.HasIndex(k => k.UserId);
            e.HasOne<User>().WithMany().HasForeignKey(k => k.UserId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ProtectionKey>(e =>
        {
            e.ToTable("core_protection_key");
            e.Hidden("the keys of tokens and cookies")
                .Harmless(k => k.Name, k => k.Xml)
                .NotKept("which keys there were before is nobody's business");
            e.HasKey(k => k.Name);
            e.Property(k => k.Xml).IsEncrypted("ProtectionKey.Xml");
        });
        model.Entity<AuditSeal>(e =>
        {
            e.ToTable("core_audit_seal");
            e.Hidden("the chain of the audit").NotKept("it is what the audit's past is checked by");
            e.HasKey(s => s.Sequence);
            e.Property(s => s.Sequence).ValueGeneratedNever();
            e.HasIndex(s => s.EntryId).IsUnique();
        });
        model.Entity<AuditHead>(e =>
        {
            e.ToTable("core_audit_head");
            e.Hidden("the end of the chain of the audit").NotKept("it is what the audit's past is checked by");
            e.Property(h => h.Id).ValueGeneratedNever();
        });
    }
}
