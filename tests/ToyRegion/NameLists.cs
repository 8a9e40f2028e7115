namespace EduAssist.ToyRegion;

/// <summary>第六条：名单中的一名学生。</summary>
internal sealed class ListedPupil(FormBinder form)
{
    public string? Name { get; } = form.Text("学生姓名");
    public Fact<ResidentId> ResidentId { get; } = form.ResidentId("身份证号码", unique: true);
    public string? Route { get; } = form.Text("乘车线路", 20);
}

/// <summary>第六条：一份帮扶名单。</summary>
internal sealed class HelpList(FormBinder form)
{
    public IReadOnlyList<ListedPupil> Pupils { get; } = form.Rows("帮扶名单", row => new ListedPupil(row), serial: "序号");
}

/// <summary>第六条：帮扶名单的表样。</summary>
internal sealed class HelpListForm()
    : Form<HelpList>("toyregion.help-list", "走读帮扶名单", ["toy2024/6"], form => new(form))
{
    public override FormLayout Layout { get; } = new();
}
