using EduAssist.Office.ListImports;

namespace EduAssist.Office.Enrolment;

/// <summary>The list imports that every instance has.</summary>
internal static class CoreListImports
{
    /// <summary>What their forms' ids begin with.</summary>
    internal const string Module = "registry";

    internal static readonly IReadOnlyList<IListImport> All = [new SchoolListImport(), new PupilListImport()];
}
