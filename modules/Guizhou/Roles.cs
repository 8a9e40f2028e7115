using EduAssist.Kernel.Access;

namespace EduAssist.Guizhou;

/// <summary>
/// The offices of the documents that are no bureau and no school. Who has no user: the county bureau enters its paper.
/// </summary>
internal sealed class GuizhouRoles : IRoles
{
    /// <summary>乡镇人民政府.</summary>
    internal static Role TownshipGovernment { get; } =
        new("TownshipGovernment", "乡镇人民政府", ScopeLevel.Township);

    /// <summary>县级人民政府.</summary>
    internal static Role CountyGovernment { get; } = new("CountyGovernment", "县级人民政府", ScopeLevel.County);

    /// <summary>村（居）民委员会: of its township, since a village is no place of its own.</summary>
    internal static Role Village { get; } = new("Village", "村（居）民委员会", ScopeLevel.Township);

    /// <summary>司法.</summary>
    internal static Role Justice { get; } = new("Justice", "司法行政部门", ScopeLevel.County);

    /// <summary>公安: the register of residents, and missing persons.</summary>
    internal static Role Police { get; } = new("Police", "公安机关", ScopeLevel.County);

    /// <summary>残联.</summary>
    internal static Role DisabilityFederation { get; } =
        new("DisabilityFederation", "残疾人联合会", ScopeLevel.County);

    /// <summary>教育督导: of a county, a prefecture or the province.</summary>
    internal static Role Supervision { get; } =
        new("Supervision", "教育督导机构", ScopeLevel.Province, ScopeLevel.Prefecture, ScopeLevel.County);

    /// <inheritdoc/>
    public IReadOnlyList<Role> Roles { get; } =
        [TownshipGovernment, CountyGovernment, Village, Justice, Police, DisabilityFederation, Supervision];
}
