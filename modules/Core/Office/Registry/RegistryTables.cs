using EduAssist.Data;
using EduAssist.Data.Privacy;

namespace EduAssist.Office.Registry;

internal sealed class DivisionTable : Table<StoredDivision>
{
    protected override void Declare(TableBuilder<StoredDivision> table) =>
        table
            .Named("core_division")
            .Public("the register of administrative divisions")
            .Kept()
            .Harmless(d => d.Code, d => d.Name, d => d.Parent, d => d.Path, d => d.Successor)
            .Harmless(d => d.SeedKey, d => d.Seeded)
            .Key(d => d.Code)
            .Index(d => d.Path)
            .Index(d => d.Parent);
}

internal sealed class SchoolTable : Table<School>
{
    protected override void Declare(TableBuilder<School> table) =>
        table
            .Named("core_school")
            .VisibleBy(s => s.Scope)
            .VisibleBy(Reach.ClassesOfSchool, s => s.Scope)
            .Kept()
            .Harmless(s => s.Code, s => s.Name, s => s.Alias, s => s.Division, s => s.SeedKey, s => s.Seeded)
            .Index(s => s.Code, unique: true)
            .Index(s => s.SeedKey, unique: true)
            .Index(s => s.Scope)
            .ConcurrencyToken(s => s.Version);
}

internal sealed class SchoolClassTable : Table<SchoolClass>
{
    protected override void Declare(TableBuilder<SchoolClass> table) =>
        table
            .Named("core_group")
            .VisibleBy(g => g.Scope)
            .Kept()
            .Harmless(g => g.Name, g => g.MadeBy)
            .Default(g => g.Version, 1L)
            .ConcurrencyToken(g => g.Version)
            .Shared("made by the first list that names it; pupils of other lists belong to it as well")
            .References(g => g.School, g => g.SchoolId)
            .Index(g => g.Scope)
            .Index(g => new { g.MadeAt, g.Id })
            .Index(
                g => new
                {
                    g.SchoolId,
                    g.SchoolYear,
                    g.Grade,
                    g.Name,
                },
                unique: true
            );
}

internal sealed class StudentTable : Table<Student>
{
    protected override void Declare(TableBuilder<Student> table) =>
        table
            .Named("core_student")
            .VisibleBy(s => s.Scope)
            .Concerns(s => s.Id)
            .Kept()
            .Personal(s => s.Name, PersonalKind.Name, Purposes.RollKeeping)
            .Personal(s => s.BirthDate, PersonalKind.Trait, Purposes.RollKeeping)
            .Personal(s => s.Ethnicity, PersonalKind.Trait, Purposes.RollKeeping)
            .Personal(s => s.ResidentId, PersonalKind.Number, Purposes.RollKeeping, encryptedAs: "Student.ResidentId")
            .Personal(s => s.ResidentIdIndex, PersonalKind.Index, Purposes.RollKeeping)
            .Personal(
                s => s.DocumentNumber,
                PersonalKind.Number,
                Purposes.RollKeeping,
                encryptedAs: "Student.DocumentNumber"
            )
            .Personal(s => s.DocumentNumberIndex, PersonalKind.Index, Purposes.RollKeeping)
            .Personal(
                s => s.NationalNumber,
                PersonalKind.Number,
                Purposes.RollKeeping,
                encryptedAs: "Student.NationalNumber"
            )
            .Personal(s => s.NationalNumberIndex, PersonalKind.Index, Purposes.RollKeeping)
            .Personal(s => s.Phone, PersonalKind.Phone, Purposes.Contact, encryptedAs: "Student.Phone")
            .Personal(s => s.Address, PersonalKind.Address, Purposes.Contact, encryptedAs: "Student.Address")
            .Index(s => new
            {
                s.BirthDate,
                s.Name,
                s.Sex,
            })
            // a list by class and name, and a part of a name, are answered from this index alone
            .Index(s => new
            {
                s.Scope,
                s.Name,
                s.Id,
            })
            .Index(s => new
            {
                s.Name,
                s.Id,
                s.Scope,
            })
            .Index(s => s.ResidentIdIndex, unique: true)
            .Index(s => s.NationalNumberIndex, unique: true)
            .Index(s => s.DocumentNumberIndex, unique: true)
            .ConcurrencyToken(s => s.Version);
}

internal sealed class GuardianTable : Table<Guardian>
{
    protected override void Declare(TableBuilder<Guardian> table) =>
        table
            .Named("core_guardian")
            .VisibleBy(g => g.Scope)
            .Concerns(g => g.StudentId)
            .Kept()
            .Personal(g => g.Name, PersonalKind.Name, Purposes.Contact)
            .Personal(g => g.Phone, PersonalKind.Phone, Purposes.Contact, encryptedAs: "Guardian.Phone")
            .References(g => g.Student, g => g.StudentId, s => s.Guardians)
            .Index(g => new { g.Scope, g.Id });
}

internal sealed class RollTable : Table<Roll>
{
    protected override void Declare(TableBuilder<Roll> table) =>
        table
            .Named("core_roll")
            .VisibleBy(r => r.Scope)
            .Concerns(r => r.StudentId)
            .Kept()
            .Personal(r => r.Number, PersonalKind.Number, Purposes.RollKeeping)
            .Harmless(r => r.ClassName)
            .NotMapped(r => r.IsOpen)
            .References(r => r.Student, r => r.StudentId, s => s.Rolls)
            .References(r => r.School, r => r.SchoolId)
            .Index(r => new { r.Scope, r.Id })
            .Index(r => new { r.Number, r.Scope }) // many schools count alike: the same number stands in each of them
            .ConcurrencyToken(r => r.Version);
}

internal sealed class RollStandingTable : Table<RollStanding>
{
    protected override void Declare(TableBuilder<RollStanding> table) =>
        table
            .Named("core_roll_standing")
            .VisibleThrough(s => s.Roll)
            .Concerns(s => s.Roll.StudentId)
            .AppendOnly(s => s.At)
            .Personal(s => s.Reason, PersonalKind.Note, Purposes.RollKeeping)
            .References(s => s.Roll, s => s.RollId, r => r.Standings)
            .References(s => s.Group, s => s.GroupId)
            .Index(s => new
            {
                s.RollId,
                s.From,
                s.At,
            });
}

/// <summary>What the registry keeps personal data for.</summary>
internal static class Purposes
{
    internal const string RollKeeping = "学籍管理",
        Contact = "联系学生和监护人";
}
