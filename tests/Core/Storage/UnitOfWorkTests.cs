using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Storage;

/// <summary>A command is done and committed, or nothing has changed.</summary>
public class UnitOfWorkTests
{
    private const string Key = "7f3a";

    private static readonly DivisionCode Chuxiong = DivisionCode.Of(532301);
    private static readonly RuleViolation Full = new("county-plan", "计划已用完", ["cx2020/4.1.2"]);

    [Theory, EveryDatabase]
    public async Task What_an_act_has_done_is_there_with_its_line_in_the_audit(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var made = await stored.Do(work => Make(work, "鹿城镇中学"));
        await using var db = stored.Read();
        Assert.Equal("鹿城镇中学", (await db.Set<School>().SingleAsync()).Name);
        Assert.Equal([("school/add", "local")],
            (await db.Set<AuditEntry>().Where(a => a.Subject == made.Id).ToListAsync())
                .Select(a => (a.Action, a.Actor)));
    }

    [Theory, EveryDatabase]
    public async Task What_is_refused_leaves_nothing_not_even_what_was_written_at_once(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var made = await stored.Do(work => Make(work, "鹿城镇中学"));
        var before = await Contents(stored);
        var refused = await stored.Commands.ExecuteAsync(new(Actor.Local), async work =>
        {
            await Make(work, "东华镇中学");
            await work.Db.SaveChangesAsync();
            await work.Db.Set<School>().Where(s => s.Id == made.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Name, "改名"));
            return CommandResult.Refused("不能送读。", Full);
        });
        Assert.Equal(ResultKind.Refused, refused.Kind);
        Assert.Equal(before, await Contents(stored));
    }

    [Theory, EveryDatabase]
    public async Task An_exception_leaves_nothing_and_the_next_act_goes_on(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var before = await Contents(stored);
        await Assert.ThrowsAsync<TimeoutException>(
            () => stored.Commands.ExecuteAsync(new(Actor.Local, Key), async work =>
        {
            await Make(work, "东华镇中学");
            await work.Db.SaveChangesAsync();
            throw new TimeoutException();
        }));
        Assert.Equal(before, await Contents(stored));
        await stored.Do(work => Make(work, "东华镇中学"), Key);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_done_without_a_line_in_the_audit(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var before = await Contents(stored);
        await Assert.ThrowsAsync<InvalidOperationException>(() => stored.Commands.ExecuteAsync(new(Actor.Local), work =>
        {
            work.Db.Add(School.Create(work.NewId(), "东华镇中学", SchoolKind.JuniorHigh, Chuxiong));
            return Task.FromResult(CommandResult.Done());
        }));
        Assert.Equal(before, await Contents(stored));
    }

    [Theory, EveryDatabase]
    public async Task The_same_key_gives_the_same_answer_and_does_nothing_again(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var request = new CommandRequest(Actor.Local, Key, "POST /schools 鹿城镇中学");
        var first = await stored.Commands.ExecuteAsync(request, work => Make(work, "鹿城镇中学"));
        var again = await stored.Commands.ExecuteAsync(request,
            _ => throw new InvalidOperationException("It was asked for before."));
        Assert.Equal((first.Kind, first.Id, first.Version, first.Text),
            (again.Kind, again.Id, again.Version, again.Text));
        await using var db = stored.Read();
        Assert.Equal(1, await db.Set<School>().CountAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_refusal_is_given_again_too_even_when_it_would_now_be_done(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var request = new CommandRequest(Actor.Local, Key, "POST /send");
        var first = await stored.Commands.ExecuteAsync(
            request, _ => Task.FromResult(CommandResult.Refused("不能送读。", Full)));
        var again = await stored.Commands.ExecuteAsync(request, work => Make(work, "鹿城镇中学"));
        Assert.Equal((ResultKind.Refused, first.Text), (again.Kind, again.Text));
    }

    [Theory, EveryDatabase]
    public async Task A_key_stands_for_one_request_of_one_actor(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await stored.Commands.ExecuteAsync(new(Actor.Local, Key, "one"), work => Make(work, "鹿城镇中学"));
        var before = await Contents(stored);
        Assert.Equal(ResultKind.KeyReused,
            (await stored.Commands.ExecuteAsync(new(Actor.Local, Key, "another"), work => Make(work, "东华镇中学"))).Kind);
        Assert.Equal(before, await Contents(stored));
        Assert.Equal(ResultKind.Created,
            (await stored.Commands.ExecuteAsync(new(Actor.Local with { Name = "somebody" }, Key, "another"),
                work => Make(work, "东华镇中学"))).Kind);
    }

    [Theory, EveryDatabase]
    public async Task An_answer_is_kept_encrypted(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var answer = CommandResult.Done(new Said("鹿城镇中学"));
        await stored.Do(work =>
        {
            work.Audit("school/look", null, "");
            return Task.FromResult(answer);
        }, Key);
        await using var db = stored.Read();
        var body = await db.Database.SqlQuery<byte[]>($"SELECT \"Body\" AS \"Value\" FROM core_answered_request")
            .SingleAsync();
        Assert.Equal(-1, body.AsSpan().IndexOf("鹿城镇中学"u8));
        Assert.Equal(-1, body.AsSpan().IndexOf("Name"u8));
    }

    [Theory, EveryDatabase]
    public async Task Who_changes_what_somebody_else_has_changed_meanwhile_is_told(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var made = await stored.Do(work => Make(work, "鹿城镇中学"));
        await using var other = stored.Commands.Database.Open();
        var seen = await other.Set<School>().SingleAsync(s => s.Id == made.Id);
        await stored.Do(work => Rename(work, work.Db.Set<School>().Single(s => s.Id == made.Id), "鹿城一中"));
        var before = await Contents(stored);
        var stale = await stored.Commands.ExecuteAsync(new(Actor.Local), work => Rename(work, seen, "鹿城二中"));
        Assert.Equal(ResultKind.Stale, stale.Kind);
        Assert.Equal(before, await Contents(stored));
    }

    [Theory, EveryDatabase]
    public async Task Of_many_at_once_none_is_lost(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var made = await stored.Do(work => Make(work, "0"));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => stored.Do(async work =>
        {
            var school = await work.Db.Set<School>().SingleAsync(s => s.Id == made.Id);
            return await Rename(work, school, $"{school.Name.Length}{school.Name}");
        }))));
        await using var db = stored.Read();
        Assert.Equal(41, (await db.Set<School>().SingleAsync()).Version);
        Assert.Equal(40, await db.Set<AuditEntry>().CountAsync(a => a.Action == "school/rename"));
    }

    [Theory, EveryDatabase]
    public async Task Reference_data_is_added_and_upgraded_but_never_over_what_a_user_changed(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        Assert.Equal(2, await Seed(stored, ("a", "甲中学", null), ("b", "乙中学", null)));
        Assert.Equal(0, await Seed(stored, ("a", "甲中学", null), ("b", "乙中学", null)));
        await stored.Do(work => Rename(work, work.Db.Set<School>().Single(s => s.SeedKey == "b"), "乙实验中学"));
        Assert.Equal(3, await Seed(stored, ("a", "甲一中", null), ("b", "乙一中", "乙中"), ("c", "丙中学", null)));
        Assert.Equal(["a 甲一中 ", "b 乙实验中学 乙中", "c 丙中学 "], await Schools(stored));

        // Nothing new for "b": what the user changed still stays, and what is no longer given too.
        Assert.Equal(1, await Seed(stored, ("b", "乙一中", "乙校")));
        Assert.Equal(["a 甲一中 ", "b 乙实验中学 乙校", "c 丙中学 "], await Schools(stored));
    }

    [Theory, EveryDatabase]
    public async Task A_later_start_puts_nothing_there_twice(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var before = await Contents(stored);
        using var later = new CommandExecutor(stored.Instance, stored.Commands.Database);
        await later.PrepareDatabaseAsync();
        Assert.Equal(before, await Contents(stored));
    }

    [Theory, EveryDatabase]
    public async Task A_demo_is_refused_on_a_database_in_use(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await stored.Do(work =>
        {
            work.Db.Add(new Student { Id = work.NewId(), Name = "李示例", Scope = ScopePath.ForDivision(Chuxiong) });
            work.Audit("student/add", null, "");
            return Task.FromResult(CommandResult.Done());
        });
        Assert.Contains("拒绝在这个数据库上演示",
            (await Assert.ThrowsAsync<OperatorException>(
                () => stored.Commands.PrepareDatabaseAsync(demo: true))).Message,
            StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_is_not_a_demo_is_refused_on_a_database_of_a_demo(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await stored.Commands.PrepareDatabaseAsync(demo: true);
        Assert.Contains("serve --demo",
            (await Assert.ThrowsAsync<OperatorException>(() => stored.Commands.PrepareDatabaseAsync())).Message,
            StringComparison.Ordinal);
        var before = await Contents(stored);
        await stored.Commands.PrepareDatabaseAsync(demo: true);   // is not filled again
        Assert.Equal(before, await Contents(stored));
    }

    private static Task<CommandResult> Make(UnitOfWork work, string name)
    {
        var school = School.Create(work.NewId(), name, SchoolKind.JuniorHigh, Chuxiong);
        work.Db.Add(school);
        work.Audit("school/add", school.Id, school.Scope);
        return Task.FromResult(CommandResult.Created(new Said(name), school.Id, school.Version));
    }

    private static Task<CommandResult> Rename(UnitOfWork work, School school, string name)
    {
        work.Db.Attach(school);
        (school.Name, school.Version) = (name, school.Version + 1);
        work.Audit("school/rename", school.Id, school.Scope);
        return Task.FromResult(CommandResult.Done(school.Version, school.Id));
    }

    private static async Task<int> Seed(Stored stored, params (string Key, string Name, string? Alias)[] rows)
    {
        var changed = 0;
        await stored.Do(async work =>
        {
            changed = await work.SeedAsync(rows.Select(r =>
            {
                var school = School.Create(work.NewId(), r.Name, SchoolKind.JuniorHigh, Chuxiong, r.Key);
                school.Alias = r.Alias;
                return school;
            }));
            work.Audit("test/seed", null, "");
            return CommandResult.Done();
        });
        return changed;
    }

    private static async Task<List<string>> Schools(Stored stored)
    {
        await using var db = stored.Read();
        return await db.Set<School>().OrderBy(s => s.SeedKey).Select(s => $"{s.SeedKey} {s.Name} {s.Alias}")
            .ToListAsync();
    }

    /// <summary>Every row of every table.</summary>
    private static async Task<IReadOnlyList<string>> Contents(Stored stored)
    {
        await using var db = stored.Commands.Database.Open();
        await using var connection = stored.Commands.Database.Connect();
        return AnyRows.Read(connection,
            db.Model.GetEntityTypes().ToDictionary(e => e.GetTableName()!,
                IReadOnlyList<string> (e) =>
                    [.. e.GetProperties().Select(p => ProgramTables.Quoted(p.GetColumnName()))]));
    }
}
