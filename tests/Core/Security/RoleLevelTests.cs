using EduAssist.Kernel.Access;

namespace EduAssist.Core.Security;

/// <summary>A role counts for nothing beneath its level, whoever gave it.</summary>
public sealed class RoleLevelTests
{
    private const string Division = "532301001", School = "532301/0197c1a0c0de7abc8def0123456789ab";

    private static readonly IReadOnlyList<string> Places =
        ["", "53", "5323", "532301", Division, School, $"{School}/0197c1a0c0de7abc8def0123456789ac"];

    /// <summary>Everywhere, province, prefecture, county, township, school, class.</summary>
    public static TheoryData<Role, string> Table => new()
    {
        { Role.Province,      "yes yes no  no  no  no  no" },
        { Role.Prefecture,    "yes yes yes no  no  no  no" },
        { Role.County,        "yes yes yes yes no  no  no" },
        { Role.Township,      "yes yes yes yes yes yes no" },
        { Role.School,        "yes yes yes yes yes yes no" },
        { Role.Vocational,    "yes yes yes yes yes yes no" },
        { Role.Teacher,       "yes yes yes yes yes yes yes" },
        { Role.Auditor,       "yes yes yes yes yes yes yes" },
        { Role.Administrator, "yes yes yes yes yes yes yes" },
    };

    [Theory, MemberData(nameof(Table))]
    public void A_role_holds_at_its_level_and_above(Role role, string row)
    {
        Assert.Equal(row.Split(' ', StringSplitOptions.RemoveEmptyEntries), Places.Select(place =>
        {
            var actor = new Actor("somebody", new Grant(role, place));
            bool[] all =
            [
                actor.Holds([role], place), actor.Roles.Contains(role), actor.RolesAt(place).Contains(role),
                actor.As([role]).Grants.Count == 1, actor.AccessScope.Covers(place),
                new Grant(role, place).IsAtItsLevel,
            ];
            return Assert.Single(all.Distinct()) ? "yes" : "no";
        }));
    }

    [Fact]
    public void Every_role_stands_in_the_table() =>
        Assert.Equal(Enum.GetValues<Role>(), Table.Select(r => r.Data.Item1));

    /// <summary>
    /// The prefecture's own schools lie in no county (<c>5323/…</c>): a school is held there as elsewhere.
    /// </summary>
    [Theory]
    [InlineData("5323/0197c1a0c0de7abc8def0123456789ab", "School")]
    [InlineData("4419", "Prefecture")]
    [InlineData("469005", "County")]
    [InlineData("110101", "County")]
    [InlineData("441900003", "Township")]
    public void A_place_has_its_level(string scope, string level) =>
        Assert.Equal(level, $"{ScopePath.LevelOf(scope)}");
}
