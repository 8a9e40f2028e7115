namespace EduAssist.Liaoning;

/// <summary>Everything that a module must keep.</summary>
public sealed class Conforms : ModuleConformance<LiaoningModule>;
