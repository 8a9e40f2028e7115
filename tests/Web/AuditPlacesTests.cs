using System.Net;
using System.Net.Http.Json;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Registry;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web;

/// <summary>
/// What the audit says of where something was done, in which role and from which address: whoever audits a place sees
/// there what users and administrators did.
/// </summary>
public class AuditPlacesTests
{
    private const string Here = "532301",
        There = "532322",
        From = "198.51.100.7";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task What_is_done_with_a_user_lies_at_each_place_of_their_roles(DatabaseKind kind)
    {
        await using var served = await Serve(kind);
        using (
            var made = await served.Client.PostAsJsonAsync(
                "/api/users",
                new
                {
                    user = "li",
                    roles = new[] { new { role = "County", place = Here }, new { role = "Auditor", place = There } },
                },
                Now
            )
        )
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var administrator = Role.Administrator.Title;
        Assert.Equal([(Here, administrator, From), (There, administrator, From)], await Lines(served, "user/make"));
        Assert.Equal([(Here, administrator, From), (There, administrator, From)], await Lines(served, "user/grant"));

        using (
            var wrong = await served.Client.PostAsJsonAsync(
                "/api/auth/token",
                new { user = "li", password = "not-that-one" },
                Now
            )
        )
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(
            [(Here, Role.County.Title, From), (There, Role.Auditor.Title, From)],
            await Lines(served, "sign-in/wrong")
        );

        // the command line has no address and acts in no role; a role that is taken away is told where it was
        await Accounts.UseAsync(served.Stored.Commands, async accounts =>
        {
            Assert.True((await accounts.GrantAsync(Actor.Local, "li", [new(Role.County, Here)])).IsDone);
            return (await accounts.DisableAsync(Actor.Local, "li")).IsDone;
        });
        Assert.Equal(
            [(Here, null, null), (There, null, null)],
            (await Lines(served, "user/grant")).Where(l => l.Address is null)
        );
        Assert.Equal([(Here, null, null)], await Lines(served, "user/disable"));
        Assert.Equal([(Here, null, null)], await Lines(served, "user/keys-end"));

        using (
            var refused = await served.Client.PostAsJsonAsync(
                "/api/auth/token",
                new { user = "li", password = "not-that-one" },
                Now
            )
        )
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal([(Here, Role.County.Title, From)], await Lines(served, "sign-in/refused"));
        using (
            var unknown = await served.Client.PostAsJsonAsync(
                "/api/auth/token",
                new { user = "nobody", password = "not-that-one" },
                Now
            )
        )
            Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Contains(("", null, From), await Lines(served, "sign-in/refused"));

        await using var seen = served.Stored.Commands.Database.Read(
            new Actor("x", new Grant(Role.Auditor, Here)).AccessScope
        );
        Assert.Equal([Here], await seen.Set<AuditEntry>().Select(e => e.Scope).Distinct().ToListAsync(Now));
        Assert.True(await seen.Set<AuditEntry>().AnyAsync(e => e.Action == "user/make", Now));
    }

    [Theory, EveryDatabase]
    public async Task A_refusal_lies_where_that_lies_which_was_asked_for_or_at_the_user_s_own_places(DatabaseKind kind)
    {
        await using var served = await Serve(kind);
        var student = new Student
        {
            Id = Guid.CreateVersion7(),
            Name = "李一",
            Scope = $"{There}/school",
        };
        await served.Stored.Do(work =>
        {
            work.Db.Add(student);
            work.Audit("test/student", student.Id, student.Scope);
            return Task.FromResult(CommandResult.Done());
        });
        using var auditor = served.Another(await served.SignedIn("auditor", new Grant(Role.Auditor, "5323")));
        using (var refused = await auditor.PostAsync($"/api/registry/students/{student.Id}/reveal", null, Now))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var refused = await auditor.GetAsync("/api/users", Now))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var role = Role.Auditor.Title;
        Assert.Equal([("5323", role, "127.0.0.1"), (student.Scope, role, "127.0.0.1")], await Lines(served, "refused"));
    }

    [Fact]
    public async Task A_step_is_told_with_the_roles_by_which_it_was_allowed()
    {
        await using var served = await Serve(DatabaseKind.Sqlite, new(2020, 5, 6));
        var applicants = new Applicants(served);
        await applicants.ApproveCounty();
        await applicants.Approve(await applicants.AddSchool("楚雄市示例第三中学"), 2);
        var steps = served
            .Stored.Instance.Catalogue.Workflows.Single(w => w.Id == "chuxiong.application")
            .Transitions.Where(t => t.Action is "submit" or "approve")
            .ToList();
        Assert.Equal(2, steps.Count);
        foreach (var step in steps)
        {
            // of the roles that take the step, those that the tester has there
            var told = (await Lines(served, $"chuxiong.application/{step.Action}")).Select(l => l.Role);
            Assert.Contains(Role.School.Title, told);
            Assert.Contains(Role.School, step.By);
        }

        Assert.All(steps, s => Assert.True(s.By.Count < Roles.Core.Count)); // the tester has them all
    }

    private static async Task<Served> Serve(DatabaseKind kind, DateOnly? today = null)
    {
        var served = new Served(kind, today, access: new ServerOptions { BehindProxy = true });
        await served.InitializeAsync();
        served.Client.DefaultRequestHeaders.Add("X-Forwarded-For", From);
        return served;
    }

    /// <summary>What the program writes itself, before anybody has signed in, is left out.</summary>
    private static async Task<IReadOnlyList<(string Scope, string? Role, string? Address)>> Lines(
        Served served,
        string action
    )
    {
        await using var db = served.Stored.Read();
        var lines = await db.Set<AuditEntry>()
            .Where(e => e.Action == action && !(e.Action == "user/make" && e.Actor == Actor.Local.Name))
            .OrderBy(e => e.Scope)
            .ThenBy(e => e.At)
            .ToListAsync(Now);
        return [.. lines.Select(l => (l.Scope, l.Role, l.Address))];
    }
}
