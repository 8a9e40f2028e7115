using EduAssist.Core.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Storage;

public class ActTests
{
    private static readonly DivisionCode Chuxiong = DivisionCode.Of(532301);

    [Theory, EveryDatabase]
    public async Task What_an_act_has_done_is_there_with_its_line_in_the_audit(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var made = await stored.Do(act => Make(act, "鹿城镇中学"));
        await using var db = stored.Read();
        Assert.Equal("鹿城镇中学", (await db.Set<School>().SingleAsync()).Name);
        Assert.Equal(["school/add"], await db.Set<AuditEntry>().Where(a => a.Subject == made.Id).Select(a => a.Action).ToListAsync());
    }

    private static Task<Decision> Make(Act act, string name)
    {
        var school = School.Of(act.NewId(), name, SchoolKind.JuniorHigh, Chuxiong);
        act.Db.Add(school);
        act.Audit("school/add", school.Id, school.Scope);
        return Task.FromResult(Decision.Created(new() { ["id"] = school.Id.ToString() }, school.Id, school.Version));
    }
}
