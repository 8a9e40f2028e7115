namespace EduAssist.Chuxiong;

/// <summary>楚雄彝族自治州：义务教育职教班。</summary>
public sealed class ChuxiongModule : PolicyModule
{
    /// <inheritdoc/>
    public override string Id => "chuxiong";

    /// <inheritdoc/>
    public override string Title => "楚雄州义务教育职教班";

    /// <inheritdoc/>
    public override string Jurisdiction => "532300";

    /// <summary>The place of the prefecture.</summary>
    internal static string Prefecture { get; } = Kernel.Access.ScopePath.ForDivision(DivisionCode.Of(532300));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Requires => ["National"];
}
