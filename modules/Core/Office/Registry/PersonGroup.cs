using System.ComponentModel.DataAnnotations;
using EduAssist.Data;
using EduAssist.Data.Privacy;

namespace EduAssist.Office.Registry;

/// <summary>What a student is counted among, by the office that says so.</summary>
public enum PersonGroupKind
{
    /// <summary>建档立卡户、脱贫户.</summary>
    [Display(Name = "建档立卡（脱贫）户")]
    RegisteredPoorHousehold,

    /// <summary>农村留守儿童.</summary>
    [Display(Name = "留守儿童")]
    LeftBehind,

    /// <summary>残疾, with kind and degree.</summary>
    [Display(Name = "残疾")]
    Disabled,

    /// <summary>进城务工人员随迁子女.</summary>
    [Display(Name = "随迁子女")]
    Migrant,

    /// <summary>孤儿.</summary>
    [Display(Name = "孤儿")]
    Orphan,

    /// <summary>事实无人抚养儿童.</summary>
    [Display(Name = "事实无人抚养儿童")]
    Unsupported,

    /// <summary>困境儿童.</summary>
    [Display(Name = "困境儿童")]
    InHardship,

    /// <summary>最低生活保障.</summary>
    [Display(Name = "低保")]
    MinimumLivingAllowance,

    /// <summary>易地扶贫搬迁.</summary>
    [Display(Name = "易地扶贫搬迁")]
    Relocated,

    /// <summary>学习困难; shown by no list.</summary>
    [Display(Name = "学习困难")]
    StrugglingLearner,

    /// <summary>服刑人员子女.</summary>
    [Display(Name = "服刑人员子女")]
    ParentInPrison,
}

/// <summary>
/// That a student belongs to a group (特殊群体) from a day until another, who says so, and by which paper. Facts and
/// needs read it: nobody types what the registry knows.
/// </summary>
public sealed class PersonGroup : DatedEntry
{
    /// <summary>The id of the student.</summary>
    public Guid StudentId { get; init; }

    /// <summary>The student.</summary>
    public Student Student { get; init; } = null!;

    /// <summary>The group.</summary>
    public PersonGroupKind Kind { get; init; }

    /// <summary>Of a disability its kind and degree: <c>肢体三级</c>. Null: of other groups.</summary>
    public string? Degree { get; init; }
}

internal sealed class PersonGroupTable : Table<PersonGroup>
{
    private const string Purpose = "教育帮扶和资助对象的认定";

    protected override void Declare(TableBuilder<PersonGroup> table) =>
        table
            .Named("core_person_group")
            .VisibleThrough(g => g.Student)
            .Concerns(g => g.StudentId)
            .Kept()
            .Personal(g => g.Degree, PersonalKind.Trait, Purpose)
            .Personal(g => g.Paper, PersonalKind.Note, Purpose)
            .Personal(g => g.EndReason, PersonalKind.Note, Purpose)
            .Harmless(g => g.Source, g => g.Actor)
            .References(g => g.Student, g => g.StudentId)
            .Index(g => new { g.StudentId, g.Kind });
}
