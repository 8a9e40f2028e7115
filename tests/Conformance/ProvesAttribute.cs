using Xunit.v3;

namespace EduAssist.Conformance;

/// <summary>Says which provisions a test proves; the provision-to-code matrix shows it (条款 → 实现 → 测试).</summary>
/// <param name="provisions">Their ids.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class ProvesAttribute(params string[] provisions) : Attribute, ITraitAttribute
{
    /// <summary>The ids of the provisions.</summary>
    public IReadOnlyList<string> Provisions => provisions;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. provisions.Select(p => KeyValuePair.Create("Provision", p))];
}
