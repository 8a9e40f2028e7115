using System.Linq.Expressions;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Office.Cases;
using EduAssist.Office.Users;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Conformance;

/// <summary>
/// Whoever forgets who sees a table, whom it concerns or what is personal in it is told so, at the start or by the
/// conformance tests.
/// </summary>
public class VisibilityFaultTests
{
    /// <summary>
    /// Whatever a table leaves open stops the start, before anything is touched, and says what to write.
    /// </summary>
    [Fact]
    public void A_table_that_leaves_something_open()
    {
        Assert.Contains(
            "表 faulty_visit 没有说明谁能看到：请写 VisibleBy、VisibleThrough、Public 或者 Hidden 之一。",
            Refused(v => v.Harmless(x => x.Scope, x => x.Phone).Kept()).Split('\n')
        );
        Assert.Equal(
            "Visit 由两个 Table<Visit> 声明：请去掉一个。",
            Refusal(SoundVisits(), SoundVisits(), new OpenTable<Remark>(r => SoundRemark(r)))
        );
        Assert.Contains(
            "表 faulty_visit 对谁能看到有几种说法：VisibleBy 和 VisibleThrough、Public、Hidden 只能写一种。",
            Refused(v => v.VisibleBy(x => x.Scope).Hidden("?").Harmless(x => x.Phone).Kept()).Split('\n')
        );
        Assert.Equal(
            "Remark 没有声明为表，由链接 Visit.Remarks 带入：请写 Table<Remark>，或者不要这一链接。",
            Refusal(SoundVisits())
        );
        Assert.Contains(
            "表 faulty_visit 属于某地，不能是 Public：请写 VisibleBy(x => x.Scope)。",
            Refused(v => v.Public("?").Harmless(x => x.Scope, x => x.Phone).Kept()).Split('\n')
        );
        Assert.Equal(
            "表 faulty_remark 有个人信息（Text），不能是 Public：请写谁能看到。",
            RefusedRemark(r =>
                r.Public("?").Concerns(x => x.Visit.StudentId).Kept().Personal(x => x.Text, PersonalKind.Note, "走访")
            )
        );
        Assert.Contains(
            "表 faulty_visit：Hidden 须写明理由。",
            Refused(v => v.Hidden(" ").Harmless(x => x.Scope, x => x.Phone).Kept()).Split('\n')
        );
        Assert.Equal(
            "表 faulty_visit：VisibleThrough(x => x.Earlier) 的 Earlier 可以没有，没有的时候谁能看到没有说明：请同时写 VisibleBy。\n"
                + "表 faulty_visit 由它自己可见：请写它属于何处（VisibleBy）。",
            Refused(v => v.VisibleThrough(x => x.Earlier).Harmless(x => x.Scope, x => x.Phone).Kept())
        );
        Assert.Contains(
            "表 faulty_visit：VisibleThrough(x => x.Remarks) 的 Remarks 是多行的链接，由哪一行可见没有说明：请写到一行的链接。",
            Refused(v => v.VisibleThrough(x => x.Remarks).Harmless(x => x.Scope, x => x.Phone).Kept()).Split('\n')
        );
        Assert.Contains(
            "表 faulty_visit：VisibleBy(x => x.Id.ToString()) 不是它自己的一列。",
            Refused(v => v.VisibleBy(x => x.Id.ToString()).Harmless(x => x.Scope, x => x.Phone).Kept()).Split('\n')
        );
        Assert.Contains(
            "表 faulty_remark 由谁也看不到的 faulty_visit 可见：请写别的链接，或者写 Hidden。",
            Refused(v => v.Hidden("?").Harmless(x => x.Scope, x => x.Phone).Kept()).Split('\n')
        );
        Assert.Equal(
            "表 faulty_sign 由公开的 core_division 可见：请写 VisibleBy，或者写 Public 和理由。",
            Refusal(
                new OpenTable<Sign>(s =>
                    s.Named("faulty_sign")
                        .VisibleThrough(x => x.Place)
                        .Constant()
                        .Harmless(x => x.PlaceCode)
                        .References(x => x.Place, x => x.PlaceCode)
                )
            )
        );
        Assert.Equal(
            "表 faulty_remark 的文字列 Text 没有说明是否为个人信息：请写 Personal 或者 Harmless。",
            RefusedRemark(r => r.VisibleThrough(x => x.Visit).Kept())
        );
        Assert.Equal(
            "表 faulty_remark 的 Text 既是个人信息，又是 Harmless：请去掉一个。",
            RefusedRemark(r =>
                r.VisibleThrough(x => x.Visit)
                    .Concerns(x => x.Visit.StudentId)
                    .Harmless(x => x.Text)
                    .Kept()
                    .Personal(x => x.Text, PersonalKind.Note, "走访")
            )
        );
        Assert.Equal(
            "表 faulty_remark 有个人信息（Text），没有说明是谁的：请写 Concerns，或者 ConcernsNobody 和理由。",
            RefusedRemark(r => r.VisibleThrough(x => x.Visit).Kept().Personal(x => x.Text, PersonalKind.Note, "走访"))
        );
        Assert.Equal(
            "表 faulty_remark：Concerns(x => x.Visit.Remarks.First().Id) 不是学生标识的一列：请写它自己的，或者它的链接的一列。"
                .Replace(".Id)", ".Id, Nullable`1))", StringComparison.Ordinal)
                .Replace("x => x.Visit", "x => Convert(x.Visit", StringComparison.Ordinal),
            RefusedRemark(r =>
                r.VisibleThrough(x => x.Visit).Concerns(x => x.Visit.Remarks.First().Id).Harmless(x => x.Text).Kept()
            )
        );
        Assert.Equal(
            "表 faulty_remark 没有说明它的过去：请写 Kept、AppendOnly、Constant 或者 NotKept 之一。",
            RefusedRemark(r => r.VisibleThrough(x => x.Visit).Harmless(x => x.Text))
        );

        static OpenTable<Visit> SoundVisits() =>
            new(v => v.Named("faulty_visit").VisibleBy(x => x.Scope).AppendOnly(x => x.At).Harmless(x => x.Phone));

        static TableBuilder<Remark> SoundRemark(TableBuilder<Remark> remark) =>
            remark.Named("faulty_remark").VisibleThrough(x => x.Visit).Kept().Harmless(x => x.Text);

        static string Refused(Action<TableBuilder<Visit>> declare) =>
            Refusal(
                new OpenTable<Visit>(v => declare(v.Named("faulty_visit"))),
                new OpenTable<Remark>(r => SoundRemark(r))
            );

        static string RefusedRemark(Action<TableBuilder<Remark>> declare) =>
            Refusal(SoundVisits(), new OpenTable<Remark>(r => declare(r.Named("faulty_remark"))));
    }

    /// <summary>A listing that reads what it may not stops the start.</summary>
    [Fact]
    public void A_listing_over_what_no_reader_sees()
    {
        Assert.Equal(
            "列表 FaultyVisits 读取了谁也看不到的表 core_user：请不要读它，或者改写它的声明。",
            Started(db => db.Set<User>().Select(u => new VisitRow { Id = u.Id, Note = u.Name }))
        );
        Assert.Equal(
            "列表 FaultyVisits 读取了没有声明为表的 VisitRow：请写 Table<VisitRow>，并说明谁能看到。",
            Started(db => db.Set<VisitRow>().Select(r => new VisitRow { Id = r.Id }))
        );
        Assert.Equal(
            "列表 FaultyVisits 读取了没有声明为表的 VisitRow：请写 Table<VisitRow>，并说明谁能看到。",
            Started(db => db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Remarks = db.Set<VisitRow>().Count() }))
        );
        Assert.Equal(
            "列表 FaultyVisits 用 SQL 读取，不受谁能看到的约束：请用 Set<…>() 写查询。",
            Started(db =>
                db.Set<Visit>().FromSql($"SELECT * FROM faulty_visit").Select(v => new VisitRow { Id = v.Id })
            )
        );
        Assert.Equal(
            "列表 FaultyVisits 用 SQL 读取，不受谁能看到的约束：请用 Set<…>() 写查询。",
            Started(db => db.Database.SqlQuery<VisitRow>($"SELECT * FROM faulty_visit"))
        );
    }

    /// <summary>
    /// A listing that shows what its reader may not see, by another query than it had at the start, is found; and one
    /// that proves nothing.
    /// </summary>
    [Fact]
    public async Task A_listing_past_the_declarations()
    {
        Assert.Empty(
            await Leaks(db => db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Remarks = v.Remarks.Count }))
        );
        var started = false;
        Found(
            "gets 12 rows, and should get",
            "Let its query be the same for everybody, made with source.Db alone.",
            await Leaks(
                db =>
                    (started ? db.Set<Visit>().IgnoreQueryFilters() : db.Set<Visit>()).Select(v => new VisitRow
                    {
                        Id = v.Id,
                    }),
                () => started = true
            )
        );
        Found(
            "FaultyVisits: every reader would get the same, so nothing is proved.",
            "in more than one place.",
            await Leaks(db => db.Set<Visit>().Where(v => v.Phone == "").Select(v => new VisitRow { Id = v.Id }))
        );
    }

    /// <summary>
    /// What a listing shows is masked without a word in the listing; only what another query than that of the start
    /// shows has no mask.
    /// </summary>
    [Fact]
    public async Task A_personal_column_without_a_mask()
    {
        Assert.Empty(await Unmasked(db => db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Phone = v.Phone })));
        Assert.Empty(await Unmasked(db => db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Note = v.Phone })));
        var started = false;
        Found(
            "FaultyVisits.Note shows faulty_visit.Phone, which is personal (Phone): "
                + "let its query be the same at every time, so that its mask follows.",
            "",
            await Unmasked(
                db =>
                    started
                        ? db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Note = "电话 " + v.Phone })
                        : db.Set<Visit>().Select(v => new VisitRow { Id = v.Id }),
                () => started = true
            )
        );
    }

    /// <summary>A listing that looks past what a reader may see stops the start, however it hides it.</summary>
    [Fact]
    public void A_listing_past_the_filters()
    {
        const string refusal =
            "列表 FaultyVisits 用 IgnoreQueryFilters 越过谁能看到的约束：请去掉 IgnoreQueryFilters。";
        Assert.Equal(
            refusal,
            Started(db => db.Set<Visit>().IgnoreQueryFilters().Select(v => new VisitRow { Id = v.Id }))
        );
        Assert.Equal(
            refusal,
            Started(db =>
                db.Set<Visit>()
                    .Select(v => new VisitRow { Id = v.Id, Remarks = db.Set<Remark>().IgnoreQueryFilters().Count() })
            )
        );
        Assert.Equal(refusal, Started(Captured));
        Assert.Equal(refusal, Started(Returned));
        Assert.Equal(refusal, Started(Enumerated));
        Assert.Equal(refusal, Started(Conditioned));
        Assert.Equal(
            refusal,
            Started(db => db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Remarks = Every(db).Count() }))
        );
        Assert.Equal("列表 FaultyVisits 用 SQL 读取，不受谁能看到的约束：请用 Set<…>() 写查询。", Started(CapturedSql));

        static IQueryable<VisitRow> Captured(ScopedReadDbContext db)
        {
            var every = Every(db);
            return db.Set<Visit>()
                .Select(v => new VisitRow { Id = v.Id, Remarks = every.Count(r => r.VisitId == v.Id) });
        }

        static IQueryable<VisitRow> Enumerated(ScopedReadDbContext db)
        {
            IEnumerable<Remark> every = Every(db);
            return db.Set<Visit>()
                .Select(v => new VisitRow { Id = v.Id, Remarks = every.Count(r => r.VisitId == v.Id) });
        }

        static IQueryable<VisitRow> Conditioned(ScopedReadDbContext db)
        {
            Expression<Func<Visit, bool>> commented = v => Every(db).Any(r => r.VisitId == v.Id);
            return db.Set<Visit>().Where(commented).Select(v => new VisitRow { Id = v.Id });
        }

        static IQueryable<VisitRow> Returned(ScopedReadDbContext db)
        {
            var remarks = new Held(db);
            return db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Remarks = remarks.All().Count() });
        }

        static IQueryable<VisitRow> CapturedSql(ScopedReadDbContext db)
        {
            var every = db.Set<Remark>().FromSql($"SELECT * FROM faulty_remark");
            return db.Set<Visit>()
                .Select(v => new VisitRow { Id = v.Id, Remarks = every.Count(r => r.VisitId == v.Id) });
        }
    }

    private sealed class Held(ScopedReadDbContext db)
    {
        internal IQueryable<Remark> All() => Every(db);
    }

    private static IQueryable<Remark> Every(ScopedReadDbContext db) => db.Set<Remark>().IgnoreQueryFilters();

    /// <summary>A listing of what was taken out of the database before, or by another way, stops the start.</summary>
    [Fact]
    public void A_listing_of_what_was_taken_out_before()
    {
        const string refusal =
            "列表 FaultyVisits 的内容不全由 source.Db 的一次查询得出，从何而来无从知道，也无从脱敏："
            + "请去掉 ToList、AsEnumerable 之类，只用 source.Db.Set<…>() 写查询。";
        Assert.Equal(refusal, Started(db => Rows(db).ToList().AsQueryable()));
        Assert.Equal(refusal, Started(db => Rows(db).AsEnumerable().Reverse().AsQueryable()));
        Assert.Equal(refusal, Started(_ => new List<VisitRow>().AsQueryable()));
        Assert.Equal(refusal, Started(db => Rows(db).Concat(new List<VisitRow>().AsQueryable())));
        Assert.Equal(refusal, Started(One));
        Assert.Equal(
            refusal,
            Started(db => db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Note = PhoneOf(db, v.Id) }))
        );
        Assert.Equal(refusal, Started(ByFunction));
        using var other = new Stored(DatabaseKind.Sqlite, null, null, new StoringModule());
        using var everything = other.Read();
        Assert.Equal(refusal, Started(_ => Rows(everything)));
        Assert.Equal(
            refusal,
            Started(db =>
                db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Remarks = everything.Set<Visit>().Count() })
            )
        );

        static IQueryable<VisitRow> Rows(ScopedReadDbContext db) =>
            db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Note = v.Phone });

        static IQueryable<VisitRow> One(ScopedReadDbContext db)
        {
            var phone = db.Set<Visit>().Select(v => v.Phone).FirstOrDefault();
            return db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Note = phone });
        }

        static IQueryable<VisitRow> ByFunction(ScopedReadDbContext db)
        {
            Func<Guid, string?> phone = id => PhoneOf(db, id);
            return db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Note = phone(v.Id) });
        }
    }

    private static string? PhoneOf(ScopedReadDbContext db, Guid id) => db.Set<Visit>().Single(v => v.Id == id).Phone;

    /// <summary>A telephone keeps its ends; what is computed of it is stars from end to end.</summary>
    [Fact]
    public void A_text_computed_of_a_number()
    {
        Assert.Equal("138******78", Shown(db => db.Set<Visit>().Select(v => new VisitRow { Note = v.Phone })));
        Assert.Equal(
            "138******78",
            Shown(db => db.Set<Visit>().Select(v => new VisitRow { Note = v.StudentId == null ? "" : v.Phone ?? "" }))
        );
        Assert.Equal("***********", Shown(db => db.Set<Visit>().Select(v => new VisitRow { Note = "1" + v.Phone })));
        Assert.Equal(
            "***********",
            Shown(db => db.Set<Visit>().Select(v => new VisitRow { Note = v.Phone!.Substring(3) }))
        );
        Assert.Equal(
            "***********",
            Shown(db => db.Set<Visit>().Select(v => new VisitRow { Note = v.Phone == "" ? "无" : v.Earlier!.Phone }))
        );
        Assert.Equal(
            "***********",
            Shown(db =>
                db.Set<Visit>()
                    .Select(v => new VisitRow { Note = v.Remarks.Any(r => r.Visit.Phone == "") ? "有" : "无" })
            )
        );

        static string Shown(Func<ScopedReadDbContext, IQueryable<VisitRow>> rows)
        {
            var listing = new VisitListing(rows);
            using var stored = new Stored(
                DatabaseKind.Sqlite,
                null,
                null,
                new StoringModule(null, null, null, listing)
            );
            return listing.Columns.Single(c => c.Name == nameof(VisitRow.Note)).Masked("13812345678");
        }
    }

    /// <summary>What no listing may show, or cannot mask, stops the start.</summary>
    [Fact]
    public void A_listing_of_what_no_listing_may_show()
    {
        Assert.Equal(
            "列表 FaultyVisits 的 Note 含有 core_case.Form，任何列表都不得显示：请去掉这一列。",
            Started(db => db.Set<Case>().Select(c => new VisitRow { Id = c.Id, Note = c.Form }))
        );
        Assert.Equal(
            "列表 FaultyVisits 的 Remarks 含有 faulty_visit.Phone，又不是文字，无法脱敏：请去掉这一列，或者不由它算出。",
            Started(db => db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Remarks = v.Phone!.Length }))
        );
        Assert.Equal(
            "列表 FaultyVisits 的 Remarks 含有 faulty_visit.Phone，又不是文字，无法脱敏：请去掉这一列，或者不由它算出。",
            Started(db =>
                db.Set<Visit>()
                    .Select(v => new VisitRow
                    {
                        Id = v.Id,
                        Remarks = v.Remarks.Where(r => r.Visit.Phone == "").Count(),
                    })
            )
        );
    }

    /// <summary>Rows that lead to the page of a case are found by its id.</summary>
    [Fact]
    public void A_listing_of_cases_that_is_not_found_by_their_ids()
    {
        var workflow = new SlipWorkflow([])
        {
            Presentation = new() { Title = ["name"], Listing = "FaultyVisits" },
        };
        using (
            Starting(
                db => db.Set<Case>().Select(c => new VisitRow { Id = c.Id, Note = c.State }),
                new SlipForm(),
                workflow
            )
        ) { }

        const string refusal =
            "办理流程 faulty.slip 的办件列表 FaultyVisits 的 Id 不是办件的标识：请改为 CaseId，或者另写一个列表。";
        Assert.Equal(
            refusal,
            Started(db => db.Set<Visit>().Select(v => new VisitRow { Id = v.Id }), new SlipForm(), workflow)
        );
        Assert.Equal(
            refusal,
            Started(db => db.Set<Visit>().Select(v => new VisitRow { Note = v.Scope }), new SlipForm(), workflow)
        );
    }

    /// <summary>A number that a listing masks cannot fill in a form: the stars would be refused.</summary>
    [Fact]
    public void A_form_that_is_filled_in_with_what_is_masked()
    {
        var workflow = new SlipWorkflow([])
        {
            Presentation = new() { Title = ["name"], Student = [new("name", "ResidentId")] },
        };
        Assert.Equal(
            "办理流程 faulty.slip 的 name 不能由 ResidentId 填写：列表里它是遮盖的。请去掉这一栏。",
            Started(
                db => db.Set<Case>().Select(c => new VisitRow { Id = c.Id, Note = c.State }),
                new SlipForm(),
                workflow
            )
        );
    }

    [Fact]
    public async Task A_table_that_says_wrongly_whom_it_concerns()
    {
        Assert.Empty(await Erasure(new()));
        Found(
            "faulty_visit.Phone still holds what concerns an erased person: "
                + "faulty_visit must say whose its rows are (Concerns).",
            "",
            await Erasure(new(null, v => v.Concerns(x => x.Id)))
        );
        var others = await Erasure(new(null, null, r => r.Concerns(x => x.Visit.Earlier!.StudentId)));
        Assert.Contains(
            "faulty_remark.Text was erased with somebody else's data: "
                + "faulty_remark says wrongly whose its rows are (Concerns).",
            others
        );
        Found(
            "faulty_thing: no row of it is anybody's, so nothing is proved of its personal columns.",
            "",
            await Erasure(new(t => t.Concerns(x => x.WholeId).Personal(x => x.Size, PersonalKind.Trait, "走访")))
        );
    }

    /// <summary>What starting with this listing says.</summary>
    internal static string Started(
        Func<ScopedReadDbContext, IQueryable<VisitRow>> rows,
        params IReadOnlyList<IContribution> others
    ) => Assert.Throws<OperatorException>(() => Starting(rows, others)).Message;

    private static Stored Starting(
        Func<ScopedReadDbContext, IQueryable<VisitRow>> rows,
        params IReadOnlyList<IContribution> others
    ) => new(DatabaseKind.Sqlite, null, null, new StoringModule(null, null, null, [new VisitListing(rows), .. others]));

    internal static Task<IReadOnlyList<string>> Leaks(
        Func<ScopedReadDbContext, IQueryable<VisitRow>> rows,
        Action? started = null
    ) =>
        Proved(
            new StoringModule(null, null, null, new VisitListing(rows)),
            o => Task.FromResult(o.Leaks()),
            started,
            demo: true
        );

    internal static Task<IReadOnlyList<string>> Unmasked(
        Func<ScopedReadDbContext, IQueryable<VisitRow>> rows,
        Action? started = null
    ) =>
        Proved(
            new StoringModule(null, null, null, new VisitListing(rows)),
            o => Task.FromResult(o.Unmasked()),
            started
        );

    internal static Task<IReadOnlyList<string>> Erasure(StoringModule module) => Proved(module, o => o.Erasure());

    private static async Task<IReadOnlyList<string>> Proved(
        StoringModule module,
        Func<VisibilityOracles, Task<IReadOnlyList<string>>> prove,
        Action? started = null,
        bool demo = false
    )
    {
        using var stored = new Stored(DatabaseKind.Sqlite, new(2026, 3, 2), null, module);
        if (demo)
            await stored.Commands.PrepareDatabaseAsync(demo);
        started?.Invoke();
        return await prove(
            new(
                stored,
                stored.Instance.Catalogue.Modules.Single(m => m.Module is StoringModule).Listings,
                ["faulty_thing", "faulty_visit", "faulty_remark"]
            )
        );
    }

    private static void Found(string begins, string ends, IReadOnlyList<string> faults)
    {
        var fault = Assert.Single(faults);
        Assert.Contains(begins, fault, StringComparison.Ordinal);
        Assert.EndsWith(ends, fault, StringComparison.Ordinal);
    }

    /// <summary>What starting with a module of these tables says; no file is made.</summary>
    internal static string Refusal(params IReadOnlyList<Table> tables)
    {
        var instance = Instance.Compose(
            [new OpenTablesModule(tables)],
            _ => null,
            new HolidayFolder("").Table(),
            TimeProvider.System
        );
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.db");
        var refused = Assert.Throws<OperatorException>(() =>
            new Database(file, Path.GetTempPath(), null, instance.Tables).Upgrade(instance.Today.Now, _ => { })
        );
        Assert.False(File.Exists(file));
        return refused.Message;
    }
}
