using System.ComponentModel.DataAnnotations;

namespace EduAssist.Kernel.Provisions;

/// <summary>Where a user reaches what carries out a provision (入口).</summary>
/// <param name="Kind">What leads there.</param>
/// <param name="Id">
/// Of what leads there: of a programme, form, listing or attribute of schools its id; of a workflow
/// <c>module/collection</c>; of windows, duties, indicators and reference data the module's.
/// </param>
public sealed record EntryPoint(EntryPointKind Kind, string Id)
{
    /// <summary>
    /// Whether a user is only told of the provision there: of a duty that nobody can mark done, of a table that is held
    /// against its document.
    /// </summary>
    public bool OnlyTells => Kind is EntryPointKind.Duty or EntryPointKind.ReferenceData;
}

/// <summary>What leads to something that carries out provisions.</summary>
public enum EntryPointKind
{
    /// <summary>A subject is assessed.</summary>
    [Display(Name = "评定")] Programme,

    /// <summary>A window of the calendar, shown and asked by rules.</summary>
    [Display(Name = "时段")] Window,

    /// <summary>A duty of the calendar: announced, but nobody can mark it done.</summary>
    [Display(Name = "职责提醒")] Duty,

    /// <summary>A form is filled in, checked, printed.</summary>
    [Display(Name = "表单")] Form,

    /// <summary>A step of a case is taken, or a paper filed.</summary>
    [Display(Name = "办理")] Workflow,

    /// <summary>A figure is computed from what is stored.</summary>
    [Display(Name = "指标")] Indicators,

    /// <summary>Tables that came with a document are held against it.</summary>
    [Display(Name = "附表核对")] ReferenceData,

    /// <summary>Rows are listed.</summary>
    [Display(Name = "列表")] Listing,

    /// <summary>A list is taken in.</summary>
    [Display(Name = "名单导入")] Intake,

    /// <summary>What a school is, is entered at the school.</summary>
    [Display(Name = "学校属性")] SchoolAttribute,
}

/// <summary>
/// How far the program carries out a provision; it follows from what cites it, where that is reached, and what is
/// awaited.
/// </summary>
public enum ProvisionState
{
    /// <summary>A user can reach what carries it out, all of it.</summary>
    [Display(Name = "已实现")] CarriedOut,

    /// <summary>Something is still to be built or not yet reachable, or a user is only told of it.</summary>
    [Display(Name = "部分实现")] InPart,

    /// <summary>What carries it out is written and tested, and no user can reach it.</summary>
    [Display(Name = "已写成，尚不可用")] NotYetReachable,

    /// <summary>Still to be built.</summary>
    [Display(Name = "待实现")] Awaiting,

    /// <summary>A principle that no program can check.</summary>
    [Display(Name = "原则")] Background,
}
