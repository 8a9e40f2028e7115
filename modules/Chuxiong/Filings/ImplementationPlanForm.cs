namespace EduAssist.Chuxiong;

/// <summary>八（一）：一份实施方案。</summary>
internal sealed class ImplementationPlan(FormBinder form)
{
    public Fact<int> Body { get; } = form.OneOf("报送单位", Bodies);
    public Fact<int> Year { get; } = form.Number("年度", 2020, 2099);
    public string? Summary { get; } = form.LongText("方案要点");

    internal static IReadOnlyList<FormChoice> Bodies { get; } =
    [
        .. PrintedCounties.All,
        .. Plan2020.Printed.Schools.Where(s => s.Division.Level == DivisionLevel.Prefecture)
            .Select(s => s.Alias is { } alias ? new FormChoice(s.Name, alias) : new(s.Name)),
    ];
}

/// <summary>八（一）：实施方案的报送页。</summary>
internal sealed class ImplementationPlanForm() : Form<ImplementationPlan>(
    "chuxiong.implementation-plan", "义务教育职教班试点实施方案报送表", ["cx2020/8.1a"], form => new(form))
{
    public override FormLayout Layout { get; } = new(
        new("报送单位", [[new("单位", 6, "{body}"), new("年度", 6, "{year}")]]),
        new("方案要点", "{summary}", lines: 12))
    {
        Notes = ["县市教育体育局和州属职业学校报送；州教育体育局审核通过后才能实施。方案全文作为材料附上。"],
    };
}
