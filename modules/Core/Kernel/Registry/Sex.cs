using System.ComponentModel.DataAnnotations;

namespace EduAssist.Kernel.Registry;

/// <summary>Sex (性别), with the codes of GB/T 2261.1. School rolls use 1 and 2 only.</summary>
public enum Sex
{
    /// <summary>未知的性别.</summary>
    [Display(Name = "未知")] Unknown = 0,

    /// <summary>男.</summary>
    [Display(Name = "男")] Male = 1,

    /// <summary>女.</summary>
    [Display(Name = "女")] Female = 2,

    /// <summary>未说明的性别.</summary>
    [Display(Name = "未说明")] NotStated = 9,
}
