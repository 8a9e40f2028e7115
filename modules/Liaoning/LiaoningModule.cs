namespace EduAssist.Liaoning;

/// <summary>辽宁省：规范中等职业学校管理。</summary>
public sealed class LiaoningModule : PolicyModule
{
    /// <inheritdoc/>
    public override string Id => "liaoning";

    /// <inheritdoc/>
    public override string Title => "辽宁省中等职业学校管理";

    /// <inheritdoc/>
    public override string Jurisdiction => "210000";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Requires => ["National"];
}
