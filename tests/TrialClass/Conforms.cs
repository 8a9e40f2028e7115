namespace EduAssist.TrialClass;

/// <summary>Everything that a module must keep.</summary>
public sealed class Conforms : ModuleConformance<TrialClassModule>;
