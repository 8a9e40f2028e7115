using System.ComponentModel.DataAnnotations;
using EduAssist.Kernel.Access;

namespace EduAssist.Office.Registry;

/// <summary>What kind of roll it is.</summary>
public enum RollKind
{
    /// <summary>义务教育学籍.</summary>
    [Display(Name = "义务教育学籍")]
    Compulsory,

    /// <summary>中等职业学校学籍.</summary>
    [Display(Name = "中职学籍")]
    Vocational,
}

/// <summary>A student's standing on a roll.</summary>
public enum RollState
{
    /// <summary>在籍.</summary>
    [Display(Name = "在籍")]
    OnRoll,

    /// <summary>休学.</summary>
    [Display(Name = "休学")]
    Suspended,

    /// <summary>转出.</summary>
    [Display(Name = "转出")]
    TransferredOut,

    /// <summary>毕业.</summary>
    [Display(Name = "毕业")]
    Graduated,

    /// <summary>结业、肄业.</summary>
    [Display(Name = "结业")]
    Completed,

    /// <summary>死亡.</summary>
    [Display(Name = "死亡")]
    Deceased,

    /// <summary>其他离校.</summary>
    [Display(Name = "其他离校")]
    Left,

    /// <summary>注销.</summary>
    [Display(Name = "注销")]
    Deleted,
}

/// <summary>A student's roll at a school (学籍), with its standing on every day.</summary>
public sealed class Roll : IScoped
{
    /// <summary>Of the roll.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of the student.</summary>
    public Guid StudentId { get; init; }

    /// <summary>The student.</summary>
    public Student Student { get; init; } = null!;

    /// <summary>The id of the school.</summary>
    public Guid SchoolId { get; set; }

    /// <summary>The school.</summary>
    public School School { get; init; } = null!;

    /// <summary>Compulsory or vocational.</summary>
    public RollKind Kind { get; init; }

    /// <summary>The school's number: 初中学籍号, 中职学号. Null: none.</summary>
    public string? Number { get; set; }

    /// <summary>1 to 9 of compulsory schooling; of a vocational roll counted from 1.</summary>
    public int Grade { get; set; }

    /// <summary>The class as the school calls it; null: none.</summary>
    public string? ClassName { get; set; }

    /// <summary>入学年月, as the first day of the month; null: not known.</summary>
    public DateOnly? Entered { get; set; }

    /// <summary>The standing that began last.</summary>
    public RollState State { get; set; }

    /// <summary>The day that <see cref="State"/> began.</summary>
    public DateOnly Since { get; set; }

    /// <summary>Of the class of the last standing, or of the school if it has none.</summary>
    public required string Scope { get; set; }

    /// <summary>Counts the changes; the ETag.</summary>
    public long Version { get; set; }

    /// <summary>Every standing, by the day that it began.</summary>
    public List<RollStanding> Standings { get; init; } = [];

    /// <summary>Whether the pupil is to be taught here: on the roll, or suspended from it.</summary>
    public bool IsOpen => State is RollState.OnRoll or RollState.Suspended;

    /// <summary>
    /// How it stood on a day, of those standings that are loaded: of two that began on one day the one that was
    /// recorded later.
    /// </summary>
    /// <returns>Null: the roll did not exist yet.</returns>
    public RollStanding? StandingOn(DateOnly day) =>
        Standings.Where(s => s.From <= day).OrderBy(s => s.From).ThenBy(s => s.At).ThenBy(s => s.Id).LastOrDefault();
}

/// <summary>
/// From a day on a roll stood so, in that grade and class, until the next row of the same roll. Append-only.
/// </summary>
public sealed class RollStanding
{
    /// <summary>Of the row.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of the roll.</summary>
    public Guid RollId { get; init; }

    /// <summary>The roll.</summary>
    public Roll Roll { get; init; } = null!;

    /// <summary>The first day.</summary>
    public DateOnly From { get; init; }

    /// <summary>The standing.</summary>
    public RollState State { get; init; }

    /// <summary>The grade.</summary>
    public int Grade { get; init; }

    /// <summary>The class; null: none.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>The class.</summary>
    public SchoolClass? Group { get; init; }

    /// <summary>Why it changed: 升级、转学、休学…; null: nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was recorded: of two rows of one day the later one counts.</summary>
    public DateTimeOffset At { get; init; }
}
