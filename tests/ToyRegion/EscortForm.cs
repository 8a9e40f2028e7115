namespace EduAssist.ToyRegion;

/// <summary>第十五条：一名随车照管员；任何人都可以，不必有学籍。</summary>
internal sealed class Escort(FormBinder form)
{
    public string? Name { get; } = form.PersonName("姓名");
    public Fact<ResidentId> ResidentId { get; } = form.ResidentId("身份证号码", anyAge: true);
    public string? School { get; } = form.PlaceName("学校");
}

/// <summary>第十五条：登记表。</summary>
internal sealed class EscortForm()
    : Form<Escort>("toyregion.escort", "随车照管员登记表", ["toy2024/15"], form => new(form))
{
    public override FormLayout Layout { get; } = new(
        new FormSection("随车照管员", [
            [new("姓名", 5, "{name}"), new("身份证号码", 7, "{residentId}")],
            [new("学校", 12, "{school}")],
        ]));
}
