using Autofac;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Platform;

/// <summary>
/// A module: a folder of declarations that carry out the documents of a region or a programme. Its one public type
/// derives from this; every <see cref="IContribution"/> in the namespace of that type, or beneath it, is registered in
/// a lifetime scope of the module's own.
/// </summary>
public abstract class PolicyModule : Autofac.Module
{
    /// <summary>Lower case: <c>chuxiong</c>. The ids of its programmes begin with it.</summary>
    public abstract string Id { get; }

    /// <summary>In Chinese.</summary>
    public abstract string Title { get; }

    /// <summary>The division code of the region whose documents it carries out; null: no region's.</summary>
    public virtual string? Jurisdiction => null;

    /// <summary>
    /// The modules whose documents it rests on, by the names of their folders (<c>National</c>); whoever loads it loads
    /// them first.
    /// </summary>
    public virtual IReadOnlyList<string> Requires => [];

    /// <summary>The name of its folder and, behind <c>EduAssist.</c>, of its assembly: <c>Chuxiong</c>.</summary>
    public string Name => GetType().Assembly.GetName().Name!["EduAssist.".Length..];

    /// <summary>Of its assembly.</summary>
    public string Version => GetType().Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc/>
    protected override void Load(ContainerBuilder builder) =>
        builder
            .RegisterAssemblyTypes(GetType().Assembly)
            .Where(type => IsOwn(type) && type.IsAssignableTo<IContribution>())
            .As<IContribution>()
            .SingleInstance();

    private bool IsOwn(Type type) =>
        $"{type.Namespace}.".StartsWith($"{GetType().Namespace}.", StringComparison.Ordinal);
}
