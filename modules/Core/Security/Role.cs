using System.ComponentModel.DataAnnotations;
using EduAssist.Core.Storage;

namespace EduAssist.Core.Security;

/// <summary>What somebody is to a case (角色).</summary>
public enum Role
{
    /// <summary>省级教育行政部门.</summary>
    [Display(Name = "省教育厅")] Province,

    /// <summary>州、市级教育行政部门.</summary>
    [Display(Name = "州市教育体育局")] Prefecture,

    /// <summary>县级教育行政部门.</summary>
    [Display(Name = "县市教育体育局")] County,

    /// <summary>乡镇中心学校.</summary>
    [Display(Name = "乡镇中心学校")] Township,

    /// <summary>义务教育学校.</summary>
    [Display(Name = "初级中学")] School,

    /// <summary>职业学校.</summary>
    [Display(Name = "职业学校")] Vocational,

    /// <summary>班主任.</summary>
    [Display(Name = "班主任")] Teacher,

    /// <summary>审计人员: looks, and changes nothing.</summary>
    [Display(Name = "审计人员")] Auditor,

    /// <summary>系统管理员.</summary>
    [Display(Name = "系统管理员")] Administrator,
}

/// <summary>Who acts.</summary>
/// <param name="Name">A user's name; never a person's.</param>
/// <param name="Roles">What they are.</param>
/// <param name="Sight">What they may see.</param>
public sealed record Actor(string Name, IReadOnlySet<Role> Roles, Sight Sight)
{
    /// <summary>The program itself: seeds and routines.</summary>
    public static Actor Program { get; } = new("eduassist", Enum.GetValues<Role>().ToHashSet(), Sight.Everything);

    /// <summary>Whoever sits at this machine. As long as nobody signs in, nobody else can reach the server; they may do everything.</summary>
    public static Actor Local { get; } = new("local", Enum.GetValues<Role>().ToHashSet(), Sight.Everything);
}
