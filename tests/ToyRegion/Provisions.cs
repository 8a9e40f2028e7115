namespace EduAssist.ToyRegion;

/// <summary>玩具市走读帮扶办法，逐条；文字是编的。</summary>
internal sealed class Provisions : IDocuments
{
    internal static readonly DateOnly InForce = new(2024, 3, 1);

    public IReadOnlyList<Document> Documents { get; } =
    [
        new("toy2024", "玩具市义务教育学生走读帮扶办法（虚构）", InForce)
        {
            Provisions =
            [
                new("toy2024/1", "第一条", ProvisionKinds.Narrative, "让路远的学生有学可上。"),
                new("toy2024/2", "第二条", ProvisionKinds.Rule, "帮扶本地户籍的小学生和初中生。"),
                new("toy2024/3", "第三条", ProvisionKinds.Rule, "走读的，学校离家须在五公里以外；住校的不问远近。"),
                new("toy2024/4", "第四条", ProvisionKinds.Rule, "收到通知后十个工作日内申请。"),
                new("toy2024/5", "第五条", ProvisionKinds.Window, "每年三月一日至二十日受理，休息日不受理。"),
                new("toy2024/6", "第六条", ProvisionKinds.Duty | ProvisionKinds.Form, "学校每月上报帮扶名单。"),
                new("toy2024/7", "第七条", ProvisionKinds.Form, "学校为学生填写申请表，监护人签字。"),
                new("toy2024/8", "第八条", ProvisionKinds.Effect, "县区教育局同意的，安排乘车线路。"),
                new("toy2024/9", "第九条", ProvisionKinds.Indicator, "每年统计帮扶落实率。"),
                new("toy2024/10", "第十条", ProvisionKinds.Window, "每年十二月二十日前可以改乘车线路。"),
                new("toy2024/11", "第十一条", ProvisionKinds.Window, "二〇二四年九月二日至十三日另行受理一次。"),
                new("toy2024/12", "第十二条", ProvisionKinds.Rule, "收到申请后五个工作日内答复。"),
                new("toy2024/13", "第十三条", ProvisionKinds.Rule, "校车资质合格的学校自行接送，不另安排乘车线路。"),
                new("toy2024/14", "第十四条", ProvisionKinds.Rule, "县区教育局初审，市教育局在二个工作日内复审；退回的写明原因。"),
                new("toy2024/15", "第十五条", ProvisionKinds.Rule, "随车照管员须年满十八周岁，由学校登记，县区教育局同意。"),
            ],
        },
    ];

    public IReadOnlyList<Interpretation> Interpretations { get; } =
    [
        new("toy-i1", ["toy2024/3"], "“五公里以外”含五公里。", "“五公里以外”不含五公里。", "从宽帮扶。")
            { Switch = "ToyRegion:FiveKilometresIsNear" },
    ];
}
