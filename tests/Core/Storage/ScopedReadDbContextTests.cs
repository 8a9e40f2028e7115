using Autofac;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Cases;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Core.Storage;

/// <summary>
/// What lies outside of somebody's access scope does not exist for them: in rows, in counts, and through whatever is
/// joined to a case.
/// </summary>
public abstract class ScopedReadDbContextTests(DatabaseKind kind)
{
    private static readonly DivisionCode Prefecture = DivisionCode.Of(532300), Chuxiong = DivisionCode.Of(532301),
        Shuangbai = DivisionCode.Of(532322), Mouding = DivisionCode.Of(532323), Nanhua = DivisionCode.Of(532324),
        Kunming = DivisionCode.Of(530100), Handling = DivisionCode.Of(530402);
    private static readonly Guid Receiving = new("0198b3c4-0000-7000-8000-000000000001");

    /// <summary>
    /// Who, what they may see, the pupils there, and the cases there: that of 双柏 concerns a school of 南华 too, that of
    /// 昆明 is handled elsewhere.
    /// </summary>
    public static TheoryData<string, AccessScope, string, string> Sights => new()
    {
        { "everything", AccessScope.Everything, "5301 5323 532301 532322 532323 532324",
            "5301 5323 532301 532322 532323 532324" },
        { "nothing", new AccessScope(), "", "" },
        { "a prefecture and all beneath it", AccessScope.ForDivision(Prefecture), "5323 532301 532322 532323 532324",
            "5323 532301 532322 532323 532324" },
        { "a province", AccessScope.ForDivision(Prefecture.Province), "5301 5323 532301 532322 532323 532324",
            "5301 5323 532301 532322 532323 532324" },
        { "another province and a county", new AccessScope(("52", "53"), (Chuxiong.Path, Chuxiong.PathEnd)), "532301",
            "532301" },
        { "a province in which nothing is", AccessScope.ForDivision(DivisionCode.Of(520000)), "", "" },
        { "three counties",
            new AccessScope((Chuxiong.Path, Chuxiong.PathEnd), (Shuangbai.Path, Shuangbai.PathEnd),
                (Mouding.Path, Mouding.PathEnd)),
            "532301 532322 532323", "532301 532322 532323" },
        { "a county", AccessScope.ForDivision(Chuxiong), "532301", "532301" },
        { "the county of the other body", AccessScope.ForDivision(Nanhua), "532324", "532322 532324" },
        { "two counties", new AccessScope((Chuxiong.Path, Chuxiong.PathEnd), (Mouding.Path, Mouding.PathEnd)),
            "532301 532323", "532301 532323" },
        { "four counties",
            new AccessScope((Chuxiong.Path, Chuxiong.PathEnd), (Shuangbai.Path, Shuangbai.PathEnd),
                (Mouding.Path, Mouding.PathEnd), (Nanhua.Path, Nanhua.PathEnd)),
            "532301 532322 532323 532324", "532301 532322 532323 532324" },
        { "the other body",
            new AccessScope((ScopePath.ForSchool(Nanhua, Receiving), ScopePath.ForSchool(Nanhua, Receiving) + "0")), "",
            "532322" },
        { "whoever handles it", AccessScope.ForDivision(Handling), "", "5301" },
    };

    [Theory, MemberData(nameof(Sights))]
    public async Task Only_what_is_in_sight_is_there(string who, AccessScope access, string pupils, string cases)
    {
        using var stored = await Filled();
        await using var db = stored.Commands.Database.Read(access);
        string[] own = pupils.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        seen = cases.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        TestContext.Current.TestOutputHelper!.WriteLine(who);
        Assert.Equal(seen, await db.Set<Case>().OrderBy(c => c.Scope).Select(c => c.Scope).ToListAsync());
        Assert.Equal(seen, await db.Set<NoteRow>().OrderBy(n => n.Case.Scope).Select(n => n.Text).ToListAsync());
        Assert.Equal(seen.Length, await db.Set<NoteRow>().CountAsync());
        Assert.Equal(seen,
            await (
                from n in db.Set<NoteRow>()
                join c in db.Set<Case>() on n.CaseId equals c.Id
                orderby c.Scope
                select n.Text).ToListAsync());
        Assert.Equal(seen.Length,
            await db.Set<Case>().GroupBy(c => c.Workflow).Select(g => g.Count()).SingleOrDefaultAsync());
        Assert.Equal(own, await db.Set<Student>().OrderBy(s => s.Scope).Select(s => s.Name).ToListAsync());
        Assert.Equal(own.Length > 0 ? own.Max(StringComparer.Ordinal) : null,
            await db.Set<Student>().MaxAsync(s => s.Name));
        Assert.Equal(own, await db.Set<Guardian>().OrderBy(g => g.Scope).Select(g => g.Student.Name).ToListAsync());
        await using var all = stored.Read();
        foreach (var id in await all.Set<Student>().Where(s => !own.Contains(s.Name)).Select(s => s.Id).ToListAsync())
            Assert.Null(await db.Set<Student>().FindAsync(id));
    }

    [Fact]
    public void Five_ranges_are_too_many()
    {
        using var stored = new Stored(kind);
        var range = (Chuxiong.Path, Chuxiong.PathEnd);
        using var four = stored.Commands.Database.Read(new(range, range, range, range));
        Assert.Empty(four.Set<Student>());
        Assert.Throws<ArgumentOutOfRangeException>(
            () => stored.Commands.Database.Read(new(range, range, range, range, range)));
    }

    /// <summary>A county that audits a prefecture elsewhere reads its lines there alone.</summary>
    [Fact]
    public async Task The_audit_is_read_by_whoever_audits()
    {
        using var stored = new Stored(kind);
        await stored.Do(work =>
        {
            foreach (var place in (DivisionCode[])[Chuxiong, Kunming])
                work.Audit($"test/{place.Path}", null, ScopePath.ForDivision(place));
            return Task.FromResult(CommandResult.Done());
        });
        Assert.Equal("test/532301 test/5301",
            await Lines(Grant.ForDivision(Role.Administrator, Chuxiong), Grant.ForDivision(Role.Auditor, Kunming)));
        Assert.Equal("test/5301",
            await Lines(Grant.ForDivision(Role.County, Chuxiong), Grant.ForDivision(Role.Auditor, Kunming)));
        Assert.Equal("",
            await Lines(Grant.ForDivision(Role.County, Chuxiong), Grant.ForDivision(Role.Prefecture, Kunming)));

        async Task<string> Lines(params IReadOnlyList<Grant> grants)
        {
            await using var db = stored.Commands.Database.Read(new Actor("somebody", grants).AccessScope);
            return string.Join(' ',
                (await db.Set<AuditEntry>().OrderBy(a => a.At).ThenByDescending(a => a.Scope).Select(a => a.Action)
                    .ToListAsync()).Where(a => a.StartsWith("test/", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Acts_count_what_their_actor_cannot_see()
    {
        using var stored = await Filled();
        var counted = 0;
        await stored.Commands.ExecuteAsync(
            new(new Actor("county", Grant.ForDivision(Role.County, Chuxiong))), async work =>
        {
            counted = await work.Db.Set<Case>().CountAsync();
            return CommandResult.Refused("只是数一数。");
        });
        Assert.Equal(6, counted);
    }

    private Task<Stored> Filled() => Stored.Like(kind, new(2020, 5, 6), Fill, null, new NotesModule());

    private static Task Fill(Stored stored) => stored.Do(work =>
    {
        foreach (var division in (DivisionCode[])[Prefecture, Chuxiong, Shuangbai, Mouding, Nanhua, Kunming])
        {
            var (scope, id) = (ScopePath.ForDivision(division), work.NewId());
            var student = new Student { Id = work.NewId(), Name = scope, Scope = scope };
            student.Guardians.Add(new() { Id = work.NewId(), StudentId = student.Id, Name = "李示例", Scope = scope });
            work.Db.Add(student);
            work.Db.Add(new Case
            {
                Id = id,
                Workflow = "notes.note",
                State = "Draft",
                Scope = scope,
                Counterpart = division == Shuangbai ? ScopePath.ForSchool(Nanhua, Receiving) : "",
                Handler = division == Kunming ? ScopePath.ForDivision(Handling) : "",
                Form = "{}",
                Version = 1,
            });
            work.Db.Add(new NoteRow { CaseId = id, Text = scope });
        }

        work.Audit("notes/add", null, "");
        return Task.FromResult(CommandResult.Done());
    });

    private sealed class NoteRow : CaseRow
    {
        public required string Text { get; init; }
    }

    private sealed class NotesModule : PolicyModule
    {
        public override string Id => "notes";

        public override string Title => "笔记";

        protected override void Load(ContainerBuilder builder) =>
            builder.RegisterInstance<IContribution>(new Notes()).ExternallyOwned();
    }

    private sealed class Notes : Table<NoteRow>
    {
        protected override void Declare(TableBuilder<NoteRow> table) => table
            .Named("notes_note_row")
            .VisibleThrough(n => n.Case)
            .Kept()
            .Harmless(n => n.Text)
            .SharesKeyWith(n => n.Case, n => n.CaseId);
    }

    [DbContext(typeof(Schema)), Migration("20200101_1_Notes")]
    private sealed class NotesMigration : ModuleMigration
    {
        protected override void Change(MigrationBuilder b) => b.CreateTable(
            "notes_note_row", t => new { CaseId = t.Column<Guid>(), Text = t.Column<string>() }, constraints: t =>
        {
            t.PrimaryKey("PK_notes_note_row", x => x.CaseId);
            t.ForeignKey("FK_notes_note_row_core_case_CaseId", x => x.CaseId, "core_case", "Id",
                onDelete: ReferentialAction.Restrict);
        });
    }
}

public sealed class ReadDbTestsOnSqlite() : ScopedReadDbContextTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class ReadDbTestsOnPostgreSql() : ScopedReadDbContextTests(DatabaseKind.PostgreSql);
