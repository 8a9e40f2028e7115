namespace EduAssist.Chuxiong;

/// <summary>Everything that a module must keep.</summary>
public sealed class Conforms : ModuleConformance<ChuxiongModule>;
