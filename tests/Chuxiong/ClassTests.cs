using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Demo;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>
/// A class teacher sees and enters the applications of the class, and no other; who moves, moves with the case.
/// </summary>
public class ClassTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_case_is_the_class_s_and_goes_with_the_pupil(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var (one, two, another) = (await office.Pupil(), await office.Pupil(), await office.Pupil(className: "九（2）班"));
        var (a, b) = (await ScopeOf(office, "九（1）班"), await ScopeOf(office, "九（2）班"));
        var all = ScopePath.SchoolOf(a);
        using var first = await office.As(Role.Teacher, a);
        using var second = await office.As(Role.Teacher, b);
        using var school = await office.As(Role.School, all);
        office.On(new(2020, 4, 22));
        var (mine, closed, theirs) = (await Open(office, first, one, 201), await Open(office, first, two, 201),
            await Open(office, second, another, 201));
        await Open(office, first, another, 400);   // in another class; and as if there were no such pupil
        Assert.Equal((3, 2, 1), (await Seen(office, all), await Seen(office, a), await Seen(office, b)));
        Assert.Equal(((200, 404), (404, 200), (200, 200)),
            (await Status(office, first, mine, theirs), await Status(office, second, mine, theirs),
                await Status(office, school, mine, theirs)));

        var kept = await Post(office, first, $"{Office.Api}/{mine}/assessments",
            """{"facts":{"strugglesDespiteHelp":true,"repeatedDropout":true}}""");
        Assert.Equal((201, 404),
            (kept.Status, (await Post(office, first, $"{Office.Api}/{theirs}/assessments", "{}")).Status));
        Assert.Equal((200, 404),
            ((await Post(office, first, $"{Office.Api}/{closed}/withdraw", "{}", 1)).Status,
                (await Post(office, first, $"{Office.Api}/{theirs}/withdraw", "{}", 1)).Status));
        Assert.Equal((200, 404), (await Replay(office, first, kept.Id), await Replay(office, second, kept.Id)));
        await Pages(first, (one.Name, true), (another.Name, false));
        await Pages(second, (one.Name, false), (another.Name, true));
        await Pages(school, (one.Name, true), (another.Name, true));

        foreach (var person in (InventedPerson[])[one, two]) await Move(office, school, person, "九（2）班");
        Assert.Equal((3, 0, 3), (await Seen(office, all), await Seen(office, a), await Seen(office, b)));
        Assert.Equal(((404, 404), (200, 200), (200, 200)),
            (await Status(office, first, mine, closed), await Status(office, second, mine, closed),
                await Status(office, school, mine, closed)));
        Assert.Equal((404, 200, 200),
            (await Replay(office, first, kept.Id), await Replay(office, second, kept.Id),
                await Replay(office, school, kept.Id)));
        await Pages(first, (one.Name, false), (two.Name, false), (another.Name, false));
        await Pages(second, (one.Name, true), (two.Name, true), (another.Name, true));
        office.On(new(2020, 4, 24));
        Assert.Equal((404, 200),
            ((await Post(office, first, $"{Office.Api}/{mine}/submit", "{}", 2)).Status,
                (await Post(office, second, $"{Office.Api}/{mine}/submit", "{}", 2)).Status));
        office.On(new(2020, 4, 25));
        Assert.Equal((403, 200),
            ((await Post(office, second, $"{Office.Api}/{mine}/approve", Office.Steps["approve"].Body, 3)).Status,
                (await Post(office, school, $"{Office.Api}/{mine}/approve", Office.Steps["approve"].Body, 3)).Status));

        // planted: a case that stayed behind would be seen
        await using var past = office.Stored.Past();
        await using var command = past.CreateCommand();
        command.CommandText =
            $"UPDATE core_case SET \"Scope\" = '{a}' WHERE CAST(\"Id\" AS text) IN ('{mine}', "
                + $"'{mine.ToString().ToUpperInvariant()}')";
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Now));
        Assert.NotEqual((404, 404), await Status(office, first, mine, closed));
    }

    /// <summary>From a class the name of its school is seen, and nothing else that is the school's.</summary>
    [Theory, EveryDatabase]
    public async Task Figures_of_the_school_are_not_the_class_s(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        await office.Pupil();
        var group = await ScopeOf(office, "九（1）班");
        using var teacher = await office.As(Role.Teacher, group);
        using var school = await office.As(Role.School, ScopePath.SchoolOf(group));
        var address = $"/indicators?module=chuxiong&year=2020&within={group.Split('/')[1]}";
        Assert.Contains("现在只看 楚雄市甲中学", WebUtility.HtmlDecode(await school.GetStringAsync(address, Now)),
            StringComparison.Ordinal);
        Assert.DoesNotContain("现在只看", WebUtility.HtmlDecode(await teacher.GetStringAsync(address, Now)),
            StringComparison.Ordinal);
        Assert.Contains("楚雄市甲中学", WebUtility.HtmlDecode(await teacher.GetStringAsync("/lists/Schools", Now)),
            StringComparison.Ordinal);
    }

    /// <summary>Whatever column an address asks to choose from.</summary>
    [Theory, EveryDatabase]
    public async Task No_list_offers_numbers_of_persons_to_choose_from(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        var pupil = await office.Pupil();
        await office.In("SchoolApproved", person: pupil);
        var columns = office.Stored.Instance.Catalogue.Listings.SelectMany(l => l.Columns.Where(c => c.IsPersonal)
            .Select(c => $"/lists/{l.Set}?f.{c.Name}=1")).ToList();
        Assert.Contains("/lists/Students?f.ResidentId=1", columns);
        foreach (var address in columns.Append("/cases/chuxiong/applications?f.ResidentId=1"))
        {
            var page = await office.Client.GetStringAsync(new Uri(address, UriKind.Relative), Now);
            Assert.True(!page.Contains(pupil.ResidentId.Value, StringComparison.Ordinal)
                && !page.Contains(pupil.RollNumber.Value, StringComparison.Ordinal)
                && !page.Contains(pupil.StudentNumber.Value, StringComparison.Ordinal), address);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_role_is_given_in_a_class(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        await office.Pupil();
        Assert.Equal((201, 400),
            (await Given("teacher-of-one", "楚雄市甲中学/九（1）班"), await Given("teacher-of-none", "楚雄市甲中学/九（9）班")));
        using var school = await office.As(Role.Administrator, ScopePath.SchoolOf(await ScopeOf(office, "九（1）班")));
        using var elsewhere = await office.As(Role.Administrator, "532322");
        using var listed = await school.GetAsync(new Uri("/api/users", UriKind.Relative), Now);
        Assert.Contains("楚雄市甲中学/九（1）班/2019",
            System.Text.RegularExpressions.Regex.Unescape(await listed.Content.ReadAsStringAsync(Now)),
            StringComparison.Ordinal);
        Assert.DoesNotContain("teacher-of-one",
            await elsewhere.GetStringAsync(new Uri("/api/users", UriKind.Relative), Now), StringComparison.Ordinal);
        Assert.Contains("楚雄市甲中学/九（1）班/2019",
            WebUtility.HtmlDecode(await school.GetStringAsync(new Uri("/users/teacher-of-one", UriKind.Relative), Now)),
            StringComparison.Ordinal);

        async Task<int> Given(string user, string place)
        {
            using var made = await office.Client.PostAsJsonAsync("/api/users",
                new { user, roles = new[] { new { role = "Teacher", place } } }, Now);
            return (int)made.StatusCode;
        }
    }

    private static async Task<string> ScopeOf(Office office, string group)
    {
        await using var db = office.Stored.Read();
        return (await db.Set<SchoolClass>().SingleAsync(g => g.Name == group, Now)).Scope;
    }

    private static Task<Answer> Post(Office office, HttpClient by, string path, string body, long? version = null) =>
        office.Send(HttpMethod.Post, path, body, version is null ? null : $"\"{version}\"", null, by);

    private static async Task<Guid> Open(Office office, HttpClient by, InventedPerson person, int status)
    {
        var answer = await Post(office, by, Office.Api, Office.Paper(person).ToJsonString());
        Assert.True(answer.Status == status, answer.Body?.ToJsonString());
        return status == 201 ? answer.Id : default;
    }

    private static async Task<(int, int)> Status(Office office, HttpClient by, Guid one, Guid other) =>
        (await Status(office, by, one), await Status(office, by, other));

    private static async Task<int> Status(Office office, HttpClient by, Guid one) =>
        (await office.Send(HttpMethod.Get, $"{Office.Api}/{one}", null, null, null, by)).Status;

    private static async Task<int> Replay(Office office, HttpClient by, Guid kept) =>
        (await Post(office, by, $"/api/assessments/{kept}/replay", "{}")).Status;

    /// <summary>How many pupils with an application there are at a place, counted in every way.</summary>
    private static async Task<int> Seen(Office office, string place)
    {
        await using var db = office.Stored.Commands.Database.Read(AccessScope.At(place));
        var lines = new ApplicationListing().Query(new(db, office.Stored.Instance));
        var count = await lines.CountAsync(Now);
        Assert.Equal(count, await db.Set<Student>().CountAsync(Now));
        Assert.Equal(count, (await lines.GroupBy(l => l.County).Select(g => g.Count()).ToListAsync(Now)).Sum());
        Assert.Equal(count, await lines.CountAsync(l => db.Set<School>().Any(s => s.Id == l.JuniorSchoolId), Now));
        Assert.Equal(count, await lines.Select(l => l.StudentId).Distinct().CountAsync(Now));
        Assert.Equal(count, await db.Set<Case>().CountAsync(c => c.Student!.Rolls.Any(), Now));
        Assert.Equal(count, await db.Set<CaseEvent>().CountAsync(e => e.Action == "open", Now));
        Assert.Equal(count,
            await db.Set<Student>()
                .CountAsync(s => s.Guardians.Any() && s.Rolls.Any(r => r.School.Kind == SchoolKind.JuniorHigh), Now));
        return count;
    }

    private static async Task Move(Office office, HttpClient by, InventedPerson person, string group)
    {
        await using var db = office.Stored.Read();
        var roll = await db.Set<Roll>()
            .SingleAsync(r => r.Student.Name == person.Name && r.Number == person.RollNumber.Value, Now);
        var moved = await Post(office, by, $"/api/registry/rolls/{roll.Id}/standings",
            new JsonObject { ["change"] = "MoveClass", ["from"] = "2020-04-22", ["className"] = group }.ToJsonString(),
            roll.Version);
        Assert.True(moved.Status == 200, moved.Body?.ToJsonString());
    }

    private static async Task Pages(HttpClient by, params (string Name, bool Seen)[] names)
    {
        foreach (var page in (string[])["/students?q=", "/cases/chuxiong/applications", "/lists/Students",
            "/lists/ChuxiongApplications"])
        {
            foreach (var (name, seen) in names)
            {
                var text = WebUtility.HtmlDecode(
                    await by.GetStringAsync(page.EndsWith('=') ? page + Uri.EscapeDataString(name) : page, Now));
                Assert.True(text.Contains($"{name}</", StringComparison.Ordinal) == seen, $"{page} {name} {seen}");
            }
        }
    }
}
