namespace EduAssist.Guizhou;

/// <summary>三份文件，逐条：通知、指南二十条、2017 年的征求意见稿。</summary>
internal sealed partial class Provisions : IDocuments
{
    private const ProvisionKinds Window = ProvisionKinds.Window, Duty = ProvisionKinds.Duty,
        Indicator = ProvisionKinds.Indicator;
    private const string Cases = "辍学个案的办理（随办件一并实现）", Forms = "表单（随表单一并实现）", Records = "台账（随存储一并实现）",
        Reports = "逐日报送（随存储一并实现）", Checks = "合规检查项目（随存储一并实现）", Aid = "资助方案（随存储一并实现）";

    public IReadOnlyList<Document> Documents { get; } = [Guide(), Notice(), Draft()];
}
