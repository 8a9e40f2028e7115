using System.ComponentModel.DataAnnotations;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;

namespace EduAssist.Office.Registry;

/// <summary>What a school teaches.</summary>
public enum SchoolKind
{
    /// <summary>小学.</summary>
    [Display(Name = "小学")]
    Primary,

    /// <summary>初级中学.</summary>
    [Display(Name = "初级中学")]
    JuniorHigh,

    /// <summary>九年一贯制学校.</summary>
    [Display(Name = "九年一贯制学校")]
    NineYear,

    /// <summary>完全中学: junior and senior.</summary>
    [Display(Name = "完全中学")]
    Complete,

    /// <summary>高级中学.</summary>
    [Display(Name = "高级中学")]
    SeniorHigh,

    /// <summary>中等职业学校, 技工学校.</summary>
    [Display(Name = "职业学校")]
    Vocational,
}

/// <summary>A school (学校).</summary>
public sealed class School : IScoped, ISeeded
{
    /// <summary>Of the school.</summary>
    public Guid Id { get; init; }

    /// <summary>
    /// The ten digits of the ministry (学校标识码); null: none known, or none given, as to schools of the labour department.
    /// </summary>
    public string? Code { get; set; }

    /// <summary>As its seal says.</summary>
    public required string Name { get; set; }

    /// <summary>Another name that it goes by; null: none.</summary>
    public string? Alias { get; set; }

    /// <summary>What it teaches.</summary>
    public SchoolKind Kind { get; set; }

    /// <summary>
    /// The code of the division whose bureau it is under: of a county, or of the prefecture for its own schools.
    /// </summary>
    public required string Division { get; set; }

    /// <inheritdoc/>
    public required string Scope { get; set; }

    /// <inheritdoc/>
    public string? SeedKey { get; init; }

    /// <inheritdoc/>
    public string? Seeded { get; set; }

    /// <summary>Counts the changes; the ETag.</summary>
    public long Version { get; set; }

    /// <summary>A new school.</summary>
    /// <param name="id">Of the school.</param>
    /// <param name="name">As its seal says.</param>
    /// <param name="kind">What it teaches.</param>
    /// <param name="division">Whose bureau it is under.</param>
    /// <param name="seedKey">Of reference data; null: entered by a user.</param>
    public static School Create(Guid id, string name, SchoolKind kind, DivisionCode division, string? seedKey = null) =>
        new()
        {
            Id = id,
            Name = name,
            Kind = kind,
            Division = division.ToString(),
            Scope = ScopePath.ForSchool(division, id),
            SeedKey = seedKey,
            Version = 1,
        };
}

/// <summary>By what a class was made.</summary>
public enum ClassOrigin
{
    /// <summary>A list that named it.</summary>
    [Display(Name = "名单导入")]
    List,

    /// <summary>The yearly promotion.</summary>
    [Display(Name = "升级")]
    Promotion,

    /// <summary>A change of a roll by hand.</summary>
    [Display(Name = "学籍异动")]
    Hand,
}

/// <summary>A class (班级): an administrative class of one school year.</summary>
public sealed class SchoolClass : IScoped
{
    /// <summary>Of the class.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of its school.</summary>
    public Guid SchoolId { get; init; }

    /// <summary>Its school.</summary>
    public School School { get; init; } = null!;

    /// <summary>As the school calls it: <c>九（3）班</c>.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 9.</summary>
    public int Grade { get; init; }

    /// <summary>The year in which its school year begins.</summary>
    public int SchoolYear { get; init; }

    /// <summary>The scope of the class itself; rows of its pupils lie in it.</summary>
    public required string Scope { get; init; }

    /// <summary>By what it was made; null: before this was kept.</summary>
    public ClassOrigin? Origin { get; set; }

    /// <summary>When it was made; null: before this was kept.</summary>
    public DateTimeOffset? MadeAt { get; set; }

    /// <summary>Who brought the list, or did what made it; null: before this was kept.</summary>
    public string? MadeBy { get; set; }

    /// <summary>The ETag; it grows with every change.</summary>
    public long Version { get; set; } = 1;

    /// <summary>A new class.</summary>
    /// <param name="id">Of the class.</param>
    /// <param name="school">Its school.</param>
    /// <param name="grade">1 to 9.</param>
    /// <param name="year">In which its school year begins.</param>
    /// <param name="name">As the school calls it.</param>
    public static SchoolClass Create(Guid id, School school, int grade, int year, string name)
    {
        ArgumentNullException.ThrowIfNull(school);
        return new()
        {
            Id = id,
            SchoolId = school.Id,
            Grade = grade,
            SchoolYear = year,
            Name = name,
            Scope = $"{school.Scope}/{id:n}",
        };
    }
}
