using System.ComponentModel.DataAnnotations;

namespace EduAssist.ToyRegion;

/// <summary>What is known of a pupil who asks for help (申请学生).</summary>
internal sealed class Pupil(Facts facts)
{
    public Fact<Stage> Stage { get; init; } = facts.OneOf<Stage>("学段");
    public Fact<DivisionCode> Home { get; init; } = facts.Division("户籍所在地");
    public Truth Boards { get; init; } = facts.YesNo("住校");
    public Fact<int> Kilometres { get; init; } = facts.Number("家校距离（公里）", 0, 200);
    public Fact<DateOnly> NotifiedOn { get; init; } = facts.Date("收到通知之日");

    public DateOnly AppliesOn { get; init; } = facts.AsOf;
    public WorkCalendar Calendar { get; init; } = facts.Calendar;
}

/// <summary>学段.</summary>
internal enum Stage
{
    [Display(Name = "小学")]
    Primary,

    [Display(Name = "初中")]
    Junior,

    [Display(Name = "高中")]
    Senior,
}
