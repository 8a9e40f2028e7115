namespace EduAssist.Platform;

/// <summary>The contract between Core and the modules: the public types of its five assemblies.</summary>
public static class Contract
{
    /// <summary>Raised with every change that a built module would have to be compiled again for.</summary>
    public const int Version = 4;
}

/// <summary>
/// Put on every module's assembly by the build: the <see cref="Contract.Version"/> that it was compiled against.
/// </summary>
/// <param name="version">
/// The version of the contract; a constant, so that the value of the day of compilation stays in the module.
/// </param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class BuiltAgainstAttribute(int version) : Attribute
{
    /// <summary>The version of the contract that the assembly was compiled against.</summary>
    public int Version { get; } = version;
}
