using EduAssist.Platform;

namespace EduAssist.OData.Toy;

/// <summary>
/// A module whose listings have a column of every type: what is asked of them is compared with LINQ in memory.
/// </summary>
public sealed class ToyModule : PolicyModule
{
    public override string Id => "toy";

    public override string Title => "玩具";
}
