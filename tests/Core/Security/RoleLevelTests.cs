using EduAssist.Core.Tests.Registry;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Users;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Security;

/// <summary>
/// Which level a place is of, and that a role counts there alone, whatever is asked of an actor. Every role at every
/// level, over HTTP and in the database: <c>tests/Web/RoleLevels.csv</c>.
/// </summary>
public sealed class RoleLevelTests
{
    private const string School = "532301/0197c1a0c0de7abc8def0123456789ab";

    /// <summary>
    /// The prefecture's own schools lie in no county (<c>5323/…</c>): a school is held there as elsewhere.
    /// </summary>
    [Theory]
    [InlineData("", "Everything")]
    [InlineData("53", "Province")]
    [InlineData("5323", "Prefecture")]
    [InlineData("532301", "County")]
    [InlineData("532301001", "Township")]
    [InlineData(School, "School")]
    [InlineData($"{School}/0197c1a0c0de7abc8def0123456789ac", "Class")]
    [InlineData("5323/0197c1a0c0de7abc8def0123456789ab", "School")]
    [InlineData("4419", "Prefecture County")]
    [InlineData("4420", "Prefecture County")]
    [InlineData("4604", "Prefecture County")]
    [InlineData("6202", "Prefecture County")]
    [InlineData("441900003", "Township")]
    [InlineData("469005", "County")]
    [InlineData("4690", "")]
    [InlineData("1101", "")]
    [InlineData("110101", "County")]
    [InlineData("5", "")]
    [InlineData("532", "")]
    [InlineData("53230", "")]
    [InlineData("5323010", "")]
    [InlineData("530000", "")]
    [InlineData("楚雄", "")]
    [InlineData($"{School}/0197c1a0c0de7abc8def0123456789ac/9", "")]
    public void A_place_has_its_levels(string scope, string levels) =>
        Assert.Equal(levels, string.Join(' ', ScopePath.LevelsOf(scope)));

    /// <summary>Those of which it is said have none beneath them in the register, and no other city is so.</summary>
    [Fact]
    public void Cities_without_counties_are_told_as_such() =>
        Assert.All(Tables.Register.All.Where(d => d.Level == DivisionLevel.Prefecture && d.Successor is null), d =>
            Assert.NotEqual(Divisions.HasNoCounties(d.Code),
                Tables.Register.Children(d.Code).Any(child => child.Level == DivisionLevel.County)));

    [Theory]
    [InlineData("5323", false)]
    [InlineData("532301", true)]
    [InlineData(School, false)]
    public void A_role_holds_at_its_level_in_every_respect(string place, bool holds)
    {
        var actor = new Actor("somebody", new Grant(Role.County, place));
        bool[] all =
        [
            actor.Holds([Role.County], place), actor.Is(Role.County), actor.As([Role.County]).Grants.Count == 1,
            actor.AccessScope.Covers(place), new Grant(Role.County, place).IsAtItsLevel,
        ];
        Assert.Equal(holds, Assert.Single(all.Distinct()));
    }

    /// <summary>Whoever runs a command does everything, also what the role of a module does.</summary>
    [Fact]
    public void Whoever_sits_at_the_machine_is_everything_everywhere()
    {
        var role = new Role("Mayor", "市长", ScopeLevel.County);
        Assert.All([Actor.Local, Actor.Program], actor =>
        {
            Assert.True(actor.Is(role) && actor.Holds([role], School) && actor.AccessScope.Covers(School));
            Assert.True(actor.As([role]).Holds([role], School) && actor.Administers(new(Role.Auditor, "")));
            Assert.False(actor.Is() || actor.Holds([], School));
            Assert.Empty(actor.As([]).Grants);
        });
    }

    [Fact]
    public void Roles_are_told_apart_by_their_names()
    {
        Assert.Equal(Role.County, new("County", "县", ScopeLevel.Class));
        Assert.NotEqual(Role.County, new("county", Role.County.Title, ScopeLevel.County));
        Assert.Equal("County", $"{Role.County}");
    }

    /// <summary>As it was when the central school was called <c>Township</c>.</summary>
    [Theory, EveryDatabase]
    public async Task A_database_of_before_is_upgraded(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var user = new User { Id = Guid.NewGuid(), Name = "before", ComparedName = "BEFORE" };
        await stored.Do(work =>
        {
            work.Db.Add(user);
            foreach (var (role, scope) in ((string, string)[])
                [("Township", School), ("TownshipGovernment", "532301001"), ("County", "532301")])
                work.Db.Add(new StoredGrant { UserId = user.Id, Role = role, Scope = scope });
            work.Audit("user/grant", user.Id, "", $"Township {School}");
            return Task.FromResult(CommandResult.Done());
        }, "a-key");
        using (var past = stored.Past())
        {
            past.Execute($"UPDATE core_answered_request SET \"Grants\" = 'County 532301\nTownship {School}\n"
                + "TownshipGovernment 532301001'");
            past.Execute("DELETE FROM core_migrations WHERE \"MigrationId\" LIKE '%_CentralSchools'");
        }

        List<string> told = [];
        new Database(stored.Connection, stored.Folder, null, stored.Instance.Tables)
            .Upgrade(stored.Instance.Today.Now, told.Add);
        Assert.Contains(told, line => line.Contains("_CentralSchools", StringComparison.Ordinal));
        await using var db = stored.Commands.Database.OpenUnfiltered();
        Assert.Equal(["CentralSchool", "County"],
            (await RolePlaces.ReadAsync(db, stored.Instance.Roles, user.Id)).Select(g => g.Role.Name).Order());
        Assert.Equal($"County 532301\nCentralSchool {School}\nTownshipGovernment 532301001",
            await db.Set<AnsweredRequest>().Select(a => a.Grants).SingleAsync(TestContext.Current.CancellationToken));
        // sealed, and what was written then
        Assert.True(await db.Set<AuditEntry>().AnyAsync(a => a.Detail == $"Township {School}",
            TestContext.Current.CancellationToken));
    }
}
