namespace EduAssist.National;

/// <summary>Everything that a module must keep.</summary>
public sealed class Conforms : ModuleConformance<NationalModule>;
