using EduAssist.Kernel.Access;

namespace EduAssist.Liaoning;

/// <summary>Who acts within a vocational school. The city is the prefecture.</summary>
internal sealed class LiaoningRoles : IRoles
{
    /// <summary>系.</summary>
    internal static Role Department { get; } =
        new("Department", "系", ScopeLevel.School) { OfVocationalSchools = true };

    /// <summary>学校领导: 书记、校长、教学副校长.</summary>
    internal static Role Leader { get; } =
        new("Leader", "学校领导", ScopeLevel.School) { OfVocationalSchools = true };

    /// <inheritdoc/>
    public IReadOnlyList<Role> Roles { get; } = [Department, Leader];
}
