namespace EduAssist.National;

/// <summary>
/// The national baseline (国家基线): the central documents that every region's rest on. On in every instance.
/// </summary>
public sealed class NationalModule : PolicyModule
{
    /// <inheritdoc/>
    public override string Id => "national";

    /// <inheritdoc/>
    public override string Title => "国家基线";
}
