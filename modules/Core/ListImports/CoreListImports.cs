using EduAssist.Core.Enrolment;

namespace EduAssist.Core.ListImports;

/// <summary>The intakes that every instance has.</summary>
internal static class CoreListImports
{
    /// <summary>What their forms' ids begin with.</summary>
    internal const string Module = "registry";

    internal static readonly IReadOnlyList<IListImport> All = [new SchoolListImport(), new PupilListImport()];
}
