namespace EduAssist.ToyRegion;

/// <summary>第十三条：学校的校车资质，由上级教育局登记。</summary>
internal sealed class ToyRegionSchools : ISchoolAttributes
{
    internal const string Licensed = "Licensed";

    internal static readonly SchoolAttribute Bus = new("toyregion.school-bus", "校车资质",
        [new(Licensed, "合格"), new("Suspended", "暂停")], ["toy2024/13"]);

    public IReadOnlyList<SchoolAttribute> Attributes { get; } = [Bus];
}
