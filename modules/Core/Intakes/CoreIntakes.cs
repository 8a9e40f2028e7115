namespace EduAssist.Core.Intakes;

/// <summary>The intakes that every instance has.</summary>
internal static class CoreIntakes
{
    internal static readonly IReadOnlyList<IIntake> All = [];
}
