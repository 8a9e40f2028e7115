using EduAssist.National;
using EduAssist.Platform;

namespace EduAssist.Conformance;

/// <summary>The modules of an instance, as the host loads them: behind those that they require.</summary>
public static class Baseline
{
    /// <summary>The national baseline, and the modules behind it.</summary>
    public static IReadOnlyList<PolicyModule> With(params IReadOnlyList<PolicyModule> modules) =>
        [new NationalModule(), .. modules.Where(m => m is not NationalModule)];
}
