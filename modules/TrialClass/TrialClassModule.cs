namespace EduAssist.TrialClass;

/// <summary>中职衔接体验（试读）班：不属于某一地方，由需要的实例加载。</summary>
public sealed class TrialClassModule : PolicyModule
{
    /// <inheritdoc/>
    public override string Id => "trialclass";

    /// <inheritdoc/>
    public override string Title => "中职衔接体验（试读）班";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Requires => ["National"];
}
