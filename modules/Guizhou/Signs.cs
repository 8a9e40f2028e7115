namespace EduAssist.Guizhou;

/// <summary>
/// gz-i7: what the main reason on record says of the signs of situations that nobody has asked about.
/// </summary>
internal static class Signs
{
    /// <summary>A sign holds when the main reason is its own, or its sign fact is true.</summary>
    internal static Truth Has(this Child child, MainReason own, Truth sign) =>
        child.MainReason == own | child.Concluded(own, sign);

    /// <summary>A sign fact; unknown, it is false where the main reason is known and is another.</summary>
    internal static Truth Concluded(this Child child, MainReason own, Truth sign) =>
        sign.IsUnknown && (child.MainReason != own).IsTrue ? Truth.False : sign;

    /// <summary>Whether the child is listed as a dropout; unknown, it is so where the main reason says it.</summary>
    internal static Truth Listed(this Child child) =>
        child.ListedAsDropout.IsUnknown && child.MainReason.Is(ImpliesListed).IsTrue
            ? Truth.True : child.ListedAsDropout;

    private static bool ImpliesListed(MainReason reason) =>
        reason is MainReason.RegisterAge or MainReason.OverAge or MainReason.DelayedEntry or MainReason.NoRoll;
}
