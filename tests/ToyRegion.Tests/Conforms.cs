namespace EduAssist.ToyRegion;

/// <summary>Everything that a module must keep.</summary>
public sealed class Conforms : ModuleConformance<ToyRegionModule>;
