namespace EduAssist.Guizhou;

/// <summary>贵州省：控辍保学与劝返复学。</summary>
public sealed class GuizhouModule : PolicyModule
{
    /// <inheritdoc/>
    public override string Id => "guizhou";

    /// <inheritdoc/>
    public override string Title => "贵州省控辍保学";

    /// <inheritdoc/>
    public override string Jurisdiction => "520000";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Requires => ["National"];
}
