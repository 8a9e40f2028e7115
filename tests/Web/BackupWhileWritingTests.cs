using System.Net;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web;

/// <summary>A backup is taken while eight clients send commands: what it holds is one moment, whole.</summary>
public class BackupWhileWritingTests
{
    private const int Clients = 8,
        Pupils = 120;

    private static readonly DateTimeOffset Now = new(2020, 5, 6, 8, 0, 0, TimeSpan.FromHours(8));

    [Theory, EveryDatabase]
    public async Task A_backup_taken_while_others_write_is_one_moment(DatabaseKind kind)
    {
        await using var served = new Served(kind, DateOnly.FromDateTime(Now.Date));
        await served.InitializeAsync();
        var (stored, applicants) = (served.Stored, new Applicants(served));
        await applicants.ApproveCounty();
        var (ids, version) = await applicants.Approve(await applicants.AddSchool("楚雄市示例第三中学"), Pupils);

        var (next, sent) = (-1, 0);
        var writers = Enumerable
            .Range(0, Clients)
            .Select(_ =>
                Task.Run(async () =>
                {
                    using var client = served.Another(served.Client.DefaultRequestHeaders.Authorization);
                    while (Interlocked.Increment(ref next) is var i && i < ids.Count)
                    {
                        using var answer = await client.Ask(
                            $"/api/chuxiong/applications/{ids[i]}/send",
                            """{"photocopy":true}""",
                            version
                        );
                        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                        Interlocked.Increment(ref sent);
                    }
                })
            )
            .ToList();
        while (Volatile.Read(ref sent) < Pupils / 4)
            await Task.Delay(1);
        var (file, before) = (Path.Combine(stored.Folder, "while-writing.backup"), Volatile.Read(ref sent));
        await Task.Run(() => Backup.Write(stored.Commands.Database, file, Now));
        var after = Volatile.Read(ref sent);
        await Task.WhenAll(writers);

        var database = new Database(stored.Another(), stored.Folder, null, stored.Instance.Tables);
        BackupRestore.Restore(database, file, replace: false, Now, _ => { });
        database.Upgrade(Now, Assert.Fail);
        await using var db = database.Read(AccessScope.Everything);
        var sends = await db.Set<CaseEvent>().CountAsync(e => e.Action == "send");
        Assert.InRange(sends, before, after + Clients);
        Assert.True(sends < Pupils, "the backup came too late to show anything");
        Assert.Equal(sends, await db.Set<Case>().CountAsync(c => c.State == "Sent"));
        Assert.Equal(
            [sends],
            await db
                .Database.SqlQueryRaw<int>(
                    """SELECT "Sent" AS "Value" FROM chuxiong_county_plan WHERE "Division" = '532301' AND "Year" = 2020"""
                )
                .ToListAsync()
        );
        Assert.Equal(
            [sends],
            await db.Database.SqlQueryRaw<int>("""SELECT "Sent" AS "Value" FROM chuxiong_allotment""").ToListAsync()
        );
        Assert.Equal(
            sends,
            await db
                .Database.SqlQueryRaw<int>(
                    """SELECT CAST(count(*) AS integer) AS "Value" FROM chuxiong_application WHERE "SentOn" IS NOT NULL"""
                )
                .SingleAsync()
        );
        foreach (
            var one in await db.Set<Case>()
                .Select(c => new
                {
                    c.Id,
                    c.Version,
                    c.Workflow,
                    c.Scope,
                    Events = db.Set<CaseEvent>()
                        .Where(e => e.CaseId == c.Id)
                        .OrderBy(e => e.Sequence)
                        .Select(e => new { e.Sequence, e.Action })
                        .ToList(),
                })
                .ToListAsync()
        )
        {
            Assert.Equal(Enumerable.Range(1, (int)one.Version), one.Events.Select(e => (int)e.Sequence));
            Assert.Equal(
                one.Events.Select(e => $"{one.Workflow}/{e.Action}").Order(StringComparer.Ordinal),
                await db.Set<AuditEntry>()
                    .Where(a => a.Subject == one.Id && a.Scope == one.Scope)
                    .OrderBy(a => a.Action)
                    .Select(a => a.Action)
                    .ToListAsync()
            );
        }

        // The restored one goes on: a pupil who was not sent yet is sent, and whoever was sent is known.
        using var commands = new CommandExecutor(stored.Instance, database);
        await commands.PrepareDatabaseAsync();
        var workflow = stored
            .Instance.Catalogue.Modules.SelectMany(m => m.Workflows)
            .Single(w => w.Id == "chuxiong.application");
        var waiting = await db.Set<Case>().Where(c => c.State == "SchoolApproved").Select(c => c.Id).FirstAsync();
        Assert.True(
            (
                await commands.ExecuteAsync(new(Actor.Local), work =>
                    workflow.MoveAsync(work, waiting, version, "send", new() { ["photocopy"] = "true" })
                )
            ).IsDone
        );
    }
}
