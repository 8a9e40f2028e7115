using EduAssist.Kernel.Access;

namespace EduAssist.ToyRegion;

/// <summary>第八条：乘车线路由县级交通运输部门维护。</summary>
internal sealed class ToyRegionRoles : IRoles
{
    internal static Role Transport { get; } =
        new("Transport", "交通运输局", ScopeLevel.County) { MayReveal = true };

    public IReadOnlyList<Role> Roles { get; } = [Transport];
}
