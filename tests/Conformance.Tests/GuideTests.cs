using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Users;
using Microsoft.EntityFrameworkCore;
using Xunit.Sdk;

namespace EduAssist.Conformance;

/// <summary>
/// What the guide to a new region shows is the toy region, word for word, and what it quotes is what is really said.
/// </summary>
public class GuideTests
{
    private sealed class Of<TModule> : ModuleConformance<TModule>
        where TModule : PolicyModule, new();

    private const string AtTheStart = "At the start",
        InTheKit = "In the conformance tests";

    private static readonly Guide Guide = Guide.Read(Repository.Root);

    [Fact]
    public void Every_block_is_a_file_and_every_file_of_the_toy_region_is_a_block()
    {
        Assert.NotEmpty(Guide.Files);
        Assert.Empty(Faults(Guide.Text));
        var help = Guide.Files.Single(f => f.File.EndsWith("/Help.cs", StringComparison.Ordinal));
        foreach (
            var (written, fault) in (List<(string, string)>)
                [
                    (help.Code.Replace("km >= 5", "km >= 6", StringComparison.Ordinal), $"{help.File} differs"),
                    (help.Code + "// more\n", $"{help.File} differs"),
                ]
        )
            Assert.Equal([fault], Faults(Guide.Text.Replace(help.Code, written, StringComparison.Ordinal)));
        Assert.Equal(
            ["a block does not say which file it is", $"{help.File} is not shown"],
            Faults(Guide.Text.Replace($"**`{help.File}`**\n\n", "", StringComparison.Ordinal))
        );
    }

    private static IReadOnlyList<string> Faults(string text)
    {
        var guide = new Guide(text);
        return
        [
            .. guide.Files.Count == guide.Blocks ? (string[])[] : ["a block does not say which file it is"],
            .. guide.Files.Where(f => Repository.Read(f.File) != f.Code).Select(f => $"{f.File} differs"),
            .. ToyRegion().Except(guide.Files.Select(f => f.File)).Select(f => $"{f} is not shown"),
        ];
    }

    /// <summary>Everything that a stranger writes: what the tests and the build write is left out.</summary>
    private static IEnumerable<string> ToyRegion() =>
        ((string[])["tests/ToyRegion", "tests/ToyRegion.Tests"])
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs*", SearchOption.AllDirectories)
            )
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Intersect(["bin", "obj"]).Any())
            .Where(f => Path.GetExtension(f) is ".cs" or ".csproj");

    public static TheoryData<string> StartingFaults => [.. Starting.Keys];

    public static TheoryData<string> FaultsOfTheKit => [.. InKit.Keys];

    [Fact]
    public void Every_message_that_is_quoted_has_a_planted_fault()
    {
        Assert.Equal(Starting.Keys.Order(StringComparer.Ordinal), Keys(AtTheStart));
        Assert.Equal(InKit.Keys.Order(StringComparer.Ordinal), Keys(InTheKit));

        static IEnumerable<string> Keys(string heading) => Guide.ToldUnder(heading).Keys.Order(StringComparer.Ordinal);
    }

    [Theory, MemberData(nameof(StartingFaults))]
    public void What_stops_the_start_is_quoted(string fault) => Quoted(AtTheStart, fault, Starting[fault]());

    [Theory, MemberData(nameof(FaultsOfTheKit))]
    public async Task What_fails_the_kit_is_quoted(string fault) => Quoted(InTheKit, fault, await InKit[fault]());

    [Theory]
    [InlineData("set A.B String. Bring it back…", "gone: set A.B String. Bring it back; or delete it.", true)]
    [InlineData("who sees … gets … rows.", "A: who sees 5323 gets 12 rows.", true)]
    [InlineData("who sees … gets … rows.", "A: who sees 5323 gets 12 rows", false)]
    [InlineData("请写 Named(\"x_…\")。", "请写 Named(\"x_…\")。", true)]
    [InlineData("cites f1/99.", "cites f1/98.", false)]
    public void A_quote_is_compared_word_for_word(string told, string message, bool isQuoted) =>
        Assert.Equal(isQuoted, Guide.Quotes(told, message));

    private static void Quoted(string heading, string fault, string message)
    {
        var told = Guide.ToldUnder(heading)[fault];
        Assert.True(Guide.Quotes(told, message), $"The guide quotes: {told}\nWhat is said: {message}");
    }

    private static readonly Dictionary<string, Func<string>> Starting = new(StringComparer.Ordinal)
    {
        ["a table without a name"] = () => Refused(() => Of<UnnamedTableModule>.Entities),
        ["a table's name without the module's"] = () => Refused(() => Of<ForeignTableModule>.Entities),
        ["a table without visibility"] = () => OfVisits(v => v.Harmless(x => x.Scope, x => x.Phone).Kept()),
        ["a table that belongs somewhere and is public"] = () =>
            OfVisits(v => v.Public("?").Harmless(x => x.Scope, x => x.Phone).Kept()),
        ["a table seen through a link that may be missing"] = () =>
            OfVisits(v => v.VisibleThrough(x => x.Earlier).Harmless(x => x.Scope, x => x.Phone).Kept()),
        ["a class that came in by a link"] = () => VisibilityFaultTests.Refusal(SoundVisits()),
        ["a table declared twice"] = () => VisibilityFaultTests.Refusal(SoundVisits(), SoundVisits(), SoundRemarks()),
        ["a text column that may be somebody's"] = () => OfRemarks(r => r.VisibleThrough(x => x.Visit).Kept()),
        ["a personal column of nobody"] = () =>
            OfRemarks(r => r.VisibleThrough(x => x.Visit).Kept().Personal(x => x.Text, PersonalKind.Note, "走访")),
        ["a table without a past"] = () => OfRemarks(r => r.VisibleThrough(x => x.Visit).Harmless(x => x.Text)),
        ["a listing over an undeclared table"] = () =>
            VisibilityFaultTests.Started(db => db.Set<VisitRow>().Select(r => new VisitRow { Id = r.Id })),
        ["a listing over a table that nobody sees"] = () =>
            VisibilityFaultTests.Started(db => db.Set<User>().Select(u => new VisitRow { Id = u.Id, Note = u.Name })),
        ["a listing by SQL"] = () =>
            VisibilityFaultTests.Started(db => db.Database.SqlQuery<VisitRow>($"SELECT * FROM faulty_visit")),
        ["a listing with `IgnoreQueryFilters`"] = () =>
            VisibilityFaultTests.Started(db =>
                db.Set<Visit>().IgnoreQueryFilters().Select(v => new VisitRow { Id = v.Id })
            ),
        ["a listing of what was taken out of the database before"] = () =>
            VisibilityFaultTests.Started(db =>
                db.Set<Visit>().Select(v => new VisitRow { Id = v.Id }).ToList().AsQueryable()
            ),
        ["a listing of a form"] = () =>
            VisibilityFaultTests.Started(db => db.Set<Case>().Select(c => new VisitRow { Id = c.Id, Note = c.Form })),
        ["a listing that counts with a number of a person"] = () =>
            VisibilityFaultTests.Started(db =>
                db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Remarks = v.Phone!.Length })
            ),
        ["a workflow's listing whose rows are no cases"] = () =>
            VisibilityFaultTests.Started(
                db => db.Set<Visit>().Select(v => new VisitRow { Id = v.Id }),
                new SlipForm(),
                new SlipWorkflow([])
                {
                    Presentation = new() { Title = ["name"], Listing = "FaultyVisits" },
                }
            ),
        ["a role of a name that there is"] = () =>
            OfRoles(new DeclaredRoles(new Role("County", "县政府", ScopeLevel.County))),
        ["a role whose name is no word"] = () =>
            OfRoles(new DeclaredRoles(new Role("镇政府", "镇政府", ScopeLevel.Township))),
        ["a role without a title"] = () => OfRoles(new DeclaredRoles(new Role("Mayor", " ", ScopeLevel.County))),
        ["a role without a level"] = () => OfRoles(new DeclaredRoles(new Role("Mayor", "市长"))),
        ["a step of a role that nobody declares"] = () =>
            OfRoles(
                new SlipForm(),
                new SlipWorkflow([]) { Openers = [new Role("Mayor", "市长", ScopeLevel.Prefecture)] }
            ),
        ["a citation of what is not there"] = () => Said(new Of<DanglingCitationModule>().The_module_starts),
        ["functions called by what is not loaded"] = () => Said(new Of<AbsentCallerModule>().The_module_starts),
    };

    private static readonly Dictionary<string, Func<Task<string>>> InKit = new(StringComparer.Ordinal)
    {
        ["a rule with `Random`"] = () => SaidAsync(new Of<RandomRuleModule>().The_same_question_has_the_same_answer),
        ["a rule with a hash code"] = () => SaidAsync(new Of<HashedRuleModule>().The_same_question_has_the_same_answer),
        ["a guard with `Random`"] = () => SaidAsync(new Of<RandomGuardModule>().The_same_question_has_the_same_answer),
        ["a guard without a provision"] = () =>
            SaidAsync(new Of<BaselessGuardModule>().Whatever_the_code_cites_is_there_and_every_guard_cites_something),
        ["a refusal with a dangling citation"] = () =>
            SaidAsync(new Of<DanglingRefusalModule>().Whatever_the_code_cites_is_there_and_every_guard_cites_something),
        ["an English message"] = () => SaidAsync(new Of<EnglishRefusalModule>().What_users_read_is_Chinese),
        ["a fact with an English title"] = () => SaidAsync(new Of<EnglishTitleModule>().What_users_read_is_Chinese),
        ["a programme that asks nothing"] = () => SaidAsync(new Of<HollowProgrammeModule>().What_users_read_is_Chinese),
        ["a column without a title"] = () => SaidAsync(new Of<EnglishColumnModule>().What_users_read_is_Chinese),
        ["a renamed set"] = () =>
            Gone(StoredNames.Of([new UntitledListing()]), StoredNames.Of([new UntitledListing("FaultyRenamed")])),
        ["a renamed encrypted column"] = () =>
            Gone(StoredNames.Of(Of<StoringModule>.Entities), StoredNames.Of(Of<RenamedPurposeModule>.Entities)),
        ["a provision that nothing carries out"] = () =>
            SaidAsync(
                new Of<ForgottenProvisionModule>().Each_provision_is_narrative_or_carried_out_or_says_what_it_awaits
            ),
        ["a provision without a test"] = () =>
            SaidAsync(new Of<SoundModule>().Each_provision_that_is_carried_out_has_a_test_that_proves_it),
        ["a claim that takes unknown for false"] = () =>
            SaidAsync(new Of<UnknownIsFalseModule>().Nothing_known_is_undetermined),
        ["functions that are not called as they say"] = () => CitationsOf<ClaimedFunctionsModule>(),
        ["functions that are called and do not say so"] = () => CitationsOf<ConcealedFunctionsModule>(),
        ["a column without a migration"] = () =>
            SaidAsync(() => new Of<UnwrittenColumnModule>().Migrations_make_what_the_model_says(DatabaseKind.Sqlite)),
        ["a listing whose query is another one later"] = () =>
        {
            var started = false;
            return Found(
                VisibilityFaultTests.Leaks(
                    db =>
                        (started ? db.Set<Visit>().IgnoreQueryFilters() : db.Set<Visit>()).Select(v => new VisitRow
                        {
                            Id = v.Id,
                        }),
                    () => started = true
                )
            );
        },
        ["a listing with the same rows for everybody"] = () =>
            Found(
                VisibilityFaultTests.Leaks(db =>
                    db.Set<Visit>().Where(v => v.Phone == "").Select(v => new VisitRow { Id = v.Id })
                )
            ),
        ["a personal column that has no mask, since the query is another one later"] = () =>
        {
            var started = false;
            return Found(
                VisibilityFaultTests.Unmasked(
                    db =>
                        started
                            ? db.Set<Visit>().Select(v => new VisitRow { Id = v.Id, Note = "电话 " + v.Phone })
                            : db.Set<Visit>().Select(v => new VisitRow { Id = v.Id }),
                    () => started = true
                )
            );
        },
        ["a table that says wrongly whose it is"] = () =>
            Found(VisibilityFaultTests.Erasure(new(null, v => v.Concerns(x => x.Id)))),
        ["a refused step of the demo"] = () => SaidAsync(new Of<RefusedDemoModule>().The_demo_is_filled_on_three_days),
        ["a list that doubles everybody when it comes twice"] = () =>
            SaidAsync(new Of<DoublingIntakeModule>().A_list_that_goes_out_comes_back_unchanged),
    };

    private static OpenTable<Visit> SoundVisits() =>
        new(v => v.Named("faulty_visit").VisibleBy(x => x.Scope).AppendOnly(x => x.At).Harmless(x => x.Phone));

    private static OpenTable<Remark> SoundRemarks() =>
        new(r => r.Named("faulty_remark").VisibleThrough(x => x.Visit).Kept().Harmless(x => x.Text));

    private static string OfVisits(Action<TableBuilder<Visit>> declare) =>
        VisibilityFaultTests.Refusal(new OpenTable<Visit>(v => declare(v.Named("faulty_visit"))), SoundRemarks());

    private static string OfRemarks(Action<TableBuilder<Remark>> declare) =>
        VisibilityFaultTests.Refusal(SoundVisits(), new OpenTable<Remark>(r => declare(r.Named("faulty_remark"))));

    private static string OfRoles(params IReadOnlyList<IContribution> declared) =>
        Refused(() => Compose(new RolesModule(declared)));

    /// <summary>Two modules may not declare one role either, and a sound one is there beside Core's.</summary>
    [Fact]
    public void A_role_is_declared_once_and_then_there()
    {
        var mayor = new Role("Mayor", "市长", ScopeLevel.Prefecture);
        var roles = Compose(
            new RolesModule(new DeclaredRoles(mayor), new SlipForm(), new SlipWorkflow([]) { Openers = [mayor] })
        )
            .Modules.Single(m => m.Module is RolesModule)
            .Roles;
        Assert.Equal([mayor], roles);
        Assert.Contains(
            "角色 Mayor 声明了 2 次",
            OfRoles(new DeclaredRoles(mayor), new DeclaredRoles(new Role("mayor", "市长", ScopeLevel.County))),
            StringComparison.Ordinal
        );
    }

    private static Catalogue Compose(PolicyModule module) =>
        Catalogue.Compose([module], new(new HolidayFolder("").Table()));

    private static string Refused(Func<object> start) => Assert.Throws<OperatorException>(start).Message;

    private static Task<string> Gone(IEnumerable<string> approved, IEnumerable<string> now) =>
        Task.FromResult(string.Join('\n', Approved.Gone(approved, now)));

    private static async Task<string> Found(Task<IReadOnlyList<string>> faults) => string.Join('\n', await faults);

    private static string Said(Action faulty) => Assert.ThrowsAny<XunitException>(faulty).Message;

    private static Task<string> CitationsOf<TModule>()
        where TModule : PolicyModule, new() =>
        SaidAsync(new Of<TModule>().Each_citation_leads_to_an_entry_point_or_is_shown_as_not_yet_reachable);

    private static Task<string> SaidAsync(Action faulty) => Task.FromResult(Said(faulty));

    private static async Task<string> SaidAsync(Func<Task> faulty) =>
        (await Assert.ThrowsAnyAsync<XunitException>(faulty)).Message;
}
