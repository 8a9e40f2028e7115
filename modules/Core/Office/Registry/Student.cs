using System.ComponentModel.DataAnnotations;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;

namespace EduAssist.Office.Registry;

/// <summary>
/// A student (学生), or a person whom a case is about and who is on no roll (学籍以外的人员): see <c>Persons</c>.
/// </summary>
public sealed class Student : IScoped
{
    /// <summary>Of the student; a resident ID is never a key.</summary>
    public Guid Id { get; init; }

    /// <summary>In its normal form (<see cref="Names.OfPerson"/>): by it a student is found and compared.</summary>
    public required string Name { get; set; }

    /// <summary>As recorded.</summary>
    public Sex Sex { get; set; }

    /// <summary>Null: not known.</summary>
    public DateOnly? BirthDate { get; set; }

    /// <summary>民族; null: not known.</summary>
    public string? Ethnicity { get; set; }

    /// <summary>公民身份号码; null: none. Encrypted.</summary>
    public string? ResidentId { get; set; }

    /// <summary>The blind index by which the resident ID is found.</summary>
    public byte[]? ResidentIdIndex { get; set; }

    /// <summary>
    /// What identifies whoever has another document than those that bear a <see cref="ResidentId"/>; null: none.
    /// </summary>
    public IdDocumentKind? DocumentKind { get; set; }

    /// <summary>Its number; null: none. Encrypted.</summary>
    public string? DocumentNumber { get; set; }

    /// <summary>The blind index by which it is found.</summary>
    public byte[]? DocumentNumberIndex { get; set; }

    /// <summary>全国学籍号; null: none. Encrypted: it holds the resident ID.</summary>
    public string? NationalNumber { get; set; }

    /// <summary>The blind index by which the national number is found.</summary>
    public byte[]? NationalNumberIndex { get; set; }

    /// <summary>Null: none. Encrypted.</summary>
    public string? Phone { get; set; }

    /// <summary>Null: not known. Encrypted.</summary>
    public string? Address { get; set; }

    /// <summary>
    /// Of the compulsory roll: the class, or the school if there is none; without a roll where the first case about the
    /// person belongs.
    /// </summary>
    public required string Scope { get; set; }

    /// <summary>Counts the changes; the ETag.</summary>
    public long Version { get; set; }

    /// <summary>The guardians.</summary>
    public List<Guardian> Guardians { get; init; } = [];

    /// <summary>Every roll, old and new.</summary>
    public List<Roll> Rolls { get; init; } = [];
}

/// <summary>
/// The purposes of blind indexes. Each is hashed into every index that is stored: with another text nobody would be
/// found any more.
/// </summary>
public static class BlindIndex
{
    /// <summary>Of <see cref="Student.ResidentIdIndex"/>.</summary>
    public const string ResidentId = "ResidentId";

    /// <summary>Of <see cref="Student.DocumentNumberIndex"/>.</summary>
    public const string DocumentNumber = "DocumentNumber";

    /// <summary>Of <see cref="Student.NationalNumberIndex"/>.</summary>
    public const string NationalNumber = "NationalNumber";
}

/// <summary>What a guardian is to a student (GB/T 4761, in short).</summary>
public enum Kinship
{
    /// <summary>父亲.</summary>
    [Display(Name = "父亲")]
    Father,

    /// <summary>母亲.</summary>
    [Display(Name = "母亲")]
    Mother,

    /// <summary>祖父母、外祖父母.</summary>
    [Display(Name = "祖父母或外祖父母")]
    Grandparent,

    /// <summary>其他.</summary>
    [Display(Name = "其他")]
    Other,
}

/// <summary>A legal guardian (法定监护人).</summary>
public sealed class Guardian : IScoped
{
    /// <summary>Of the guardian.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of the student.</summary>
    public Guid StudentId { get; init; }

    /// <summary>The student.</summary>
    public Student Student { get; init; } = null!;

    /// <summary>In full.</summary>
    public required string Name { get; set; }

    /// <summary>To the student.</summary>
    public Kinship Kinship { get; set; }

    /// <summary>Null: none. Encrypted.</summary>
    public string? Phone { get; set; }

    /// <summary>As of the student.</summary>
    public required string Scope { get; set; }
}
