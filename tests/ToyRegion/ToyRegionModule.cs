namespace EduAssist.ToyRegion;

/// <summary>玩具市：虚构的地区，一个外人一个下午写成的模块。</summary>
public sealed class ToyRegionModule : PolicyModule
{
    /// <inheritdoc/>
    public override string Id => "toyregion";

    /// <inheritdoc/>
    public override string Title => "玩具市走读帮扶（虚构）";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Requires => ["National"];
}
