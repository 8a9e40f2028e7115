namespace EduAssist.Guizhou;

/// <summary>
/// gz-i7: what the main reason on record says of the signs of situations. A reason whose own sign is known to be false
/// is a contradiction: the situation does not fit, and the answer names both.
/// </summary>
internal static class Signs
{
    /// <summary>A sign fact; unknown, it is so where the main reason is its own, not where it is another.</summary>
    internal static Truth Has(this Child child, MainReason own, Truth sign) =>
        sign.IsUnknown && child.MainReason.IsKnown ? child.MainReason == own : sign;

    /// <summary>A sign fact that its reason does not prove; unknown, it is false under another reason.</summary>
    internal static Truth Concluded(this Child child, MainReason own, Truth sign) =>
        sign.IsUnknown && (child.MainReason != own).IsTrue ? Truth.False : sign;

    /// <summary>Left through a disability; one that is not severe is no contradiction.</summary>
    internal static Truth IsDisabled(this Child child) =>
        child.MainReason == MainReason.Disability | child.Concluded(MainReason.Disability, child.SevereDisability);

    /// <summary>
    /// The register office has decided that the child is beyond compulsory age. While it is silent it has decided
    /// nothing where nobody disputes the age: where that is answered so, or the main reason is known and another.
    /// </summary>
    internal static Truth IsDecidedBeyond(this Child child) =>
        child.RegisterDecision.IsKnown ? child.RegisterDecision == RegisterDecision.BeyondCompulsoryAge
        : child.Concluded(MainReason.RegisterAge, child.RegisterAgeDisputed).IsFalse ? Truth.False
        : child.RegisterDecision == RegisterDecision.BeyondCompulsoryAge;

    /// <summary>Whether the child is listed as a dropout; unknown, it is so where the main reason says it.</summary>
    internal static Truth Listed(this Child child) =>
        child.ListedAsDropout.IsUnknown && child.MainReason.Is(ImpliesListed).IsTrue
            ? Truth.True : child.ListedAsDropout;

    /// <summary>
    /// Nobody knows of a roll. Only a roll that is known contradicts: whoever asks need not have looked for one.
    /// </summary>
    internal static Truth HasNoRoll(this Child child) => !child.OnRoll.IsTrue;

    private static bool ImpliesListed(MainReason reason) =>
        reason is MainReason.RegisterAge or MainReason.OverAge or MainReason.DelayedEntry or MainReason.NoRoll;
}
