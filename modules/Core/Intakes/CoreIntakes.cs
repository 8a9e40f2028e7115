using EduAssist.Core.Enrolment;

namespace EduAssist.Core.Intakes;

/// <summary>The intakes that every instance has.</summary>
internal static class CoreIntakes
{
    /// <summary>What their forms' ids begin with.</summary>
    internal const string Module = "registry";

    internal static readonly IReadOnlyList<IIntake> All = [new SchoolIntake(), new PupilIntake()];
}
