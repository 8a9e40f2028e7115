namespace EduAssist.ToyRegion;

/// <summary>第七条：一份填写的申请表。</summary>
internal sealed class Application(FormBinder form)
{
    public string? StudentName { get; } = form.Text("学生姓名");
    public Fact<ResidentId> ResidentId { get; } = form.ResidentId("身份证号码");
    public Fact<int> Kilometres { get; } = form.Number("家校距离（公里）", 0, 200);
    public Fact<Phone> GuardianPhone { get; } = form.Phone("监护人联系电话");
    public Truth GuardianSigned { get; } = form.Signature("监护人签字");
}

/// <summary>第七条：申请表。</summary>
internal sealed class ApplicationForm()
    : Form<Application>("toyregion.application", "走读帮扶申请表", ["toy2024/7"], form => new(form))
{
    public override IReadOnlyList<FormRule<Application>> Rules { get; } =
    [
        new("guardian-signs", nameof(Application.GuardianSigned), ["toy2024/7"], a => a.GuardianSigned, "监护人未签字"),
    ];

    public override FormLayout Layout { get; } = new(
        new("学生", [
            [new("学生姓名", 5, "{studentName}"), new("身份证号码", 7, "{residentId}")],
            [new("家校距离", 12, "{kilometres}公里")],
        ]),
        new("监护人", [[new("联系电话", 6, "{guardianPhone}"), new("签字", 6, "{guardianSigned}")]]));
}
