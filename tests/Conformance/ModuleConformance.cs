using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.National;
using EduAssist.Office.Listings;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace EduAssist.Conformance;

/// <summary>
/// What every module must keep, run by its test project in one line:
/// <c>public sealed class Conforms : ModuleConformance&lt;ChuxiongModule&gt;;</c>
/// </summary>
/// <typeparam name="TModule">The module.</typeparam>
public abstract partial class ModuleConformance<TModule>
    where TModule : PolicyModule, new()
{
    private const int Seed = 20200506;

    private static readonly Lazy<Instance> Composed = new(() =>
    {
        try
        {
            return Instance.Compose(Baseline.With(Own), _ => null, new HolidayFolder("").Table(), TimeProvider.System);
        }
        catch (OperatorException e)
        {
            throw new DoesNotStartException(e.Message);
        }
    });

    private static Instance Instance => Composed.Value;

    private static LoadedModule Module => Instance.Catalogue.Modules.Single(m => m.Module is TModule);

    private static string Folder => Repository.FolderOf($"{typeof(TModule).Name}.cs");

    private Assembly Tests => GetType().Assembly;

    private static IEnumerable<ProvisionCoverage> Rows =>
        Instance.Catalogue.Provisions.Where(r => Module.Documents.Contains(r.Document));

    /// <summary>
    /// The module fits: where it does not, this alone fails, and says why; everything else here is skipped.
    /// </summary>
    [Fact]
    public void The_module_starts()
    {
        try
        {
            _ = Module;
        }
        catch (DoesNotStartException e)
        {
            Approved.Nothing(e.Message.Split('\n'));
        }
    }

    /// <summary>A principle that no program can check, or carried out, or honestly still to be built.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Each_provision_is_narrative_or_carried_out_or_says_what_it_awaits()
    {
        Assert.NotEmpty(Rows);
        Approved.Nothing(
            Rows.Where(r => !r.Provision.IsNarrative && r.CarriedOutBy.Count == 0 && r.Provision.Awaits is null)
                .Select(r =>
                    $"{r.Provision.Id} is carried out by nothing: cite it from a rule, window, duty, form, step or indicator, say in Awaits what is still to be built, or make it Narrative."
                )
        );
    }

    /// <summary>
    /// Nothing that a module declares is passed over: every contribution of its assembly is registered.
    /// </summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Every_contribution_is_registered() =>
        Approved.Nothing(
            typeof(TModule)
                .Assembly.GetTypes()
                .Where(t =>
                    t.Namespace?.StartsWith(typeof(TModule).Namespace!, StringComparison.Ordinal) == true
                    && t is { IsAbstract: false, IsGenericTypeDefinition: false }
                    && t.IsAssignableTo(typeof(IContribution))
                    && !Module.Contributions.Any(c => c.GetType() == t)
                )
                .Select(t => $"{t.FullName} is not registered, so that nobody sees it: register it, or delete it.")
        );

    /// <summary>
    /// What can be read in two ways has something that rests on it, or touches a provision that still awaits something.
    /// </summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Every_interpretation_is_rested_on()
    {
        var rested = Instance.Catalogue.Citations.SelectMany(c => c.Interpretations).ToHashSet(StringComparer.Ordinal);
        Approved.Nothing(
            Module
                .Interpretations.Where(i =>
                    !rested.Contains(i.Id)
                    && (
                        i.Switch is not null
                        || !i.Provisions.Any(p => Rows.Any(r => r.Provision.Id == p && r.Provision.Awaits is not null))
                    )
                )
                .Select(i =>
                    $"nothing rests on {i.Id}: name it in the Interpretations of what reads the text so, or delete it."
                )
        );
    }

    /// <summary>A rule, window, indicator or quota that something carries out has a test that says so.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Each_provision_that_is_carried_out_has_a_test_that_proves_it() =>
        Approved.Nothing(
            Rows.Where(r => r.CarriedOutBy.Count > 0 && !Proving.Any(x => x.Provision == r.Provision.Id))
                .Select(r =>
                    $"{r.Provision.Id} is cited by {r.CarriedOutBy[0].Kind} {r.CarriedOutBy[0].Id}, and no test proves it: put [Proves(\"{r.Provision.Id}\")] on the test that does."
                )
        );

    /// <summary>The list beside the module names exactly the tests that say which provisions they prove.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void The_list_of_tests_beside_the_module_is_true()
    {
        var own = Rows.Select(r => r.Provision.Id).ToHashSet(StringComparer.Ordinal);
        Approved.Nothing(
            Proving
                .Where(x => !Instance.Catalogue.Provisions.Any(r => r.Provision.Id == x.Provision))
                .Select(x => $"{x.Test} proves {x.Provision}, which is no provision: mend the id in its [Proves].")
        );
        Approved.SameText(
            Path.Combine(Folder, ProvisionTest.File),
            string.Concat(
                Proving
                    .Where(x => own.Contains(x.Provision))
                    .Select(x => $"{x.Provision},{x.Test}\n")
                    .Prepend("provision,test\n")
            )
        );
    }

    /// <summary>
    /// Which tests say that they prove which provisions: as they stand, not as they stood when the module was built.
    /// </summary>
    private IReadOnlyList<(string Provision, string Test)> Proving =>
        field ??= [
            .. Tests
                .GetTypes()
                .SelectMany(t =>
                    t.GetMethods()
                        .Where(m => m.DeclaringType == t && m.GetCustomAttribute<FactAttribute>() is not null)
                        .SelectMany(m =>
                            ProvedBy(t).Concat(ProvedBy(m)).Select(p => (Provision: p, Test: $"{t.Name}.{m.Name}"))
                        )
                )
                .Distinct()
                .OrderBy(x => x.Provision, StringComparer.Ordinal)
                .ThenBy(x => x.Test, StringComparer.Ordinal),
        ];

    /// <summary>The matrix in the module's README is what the catalogue says.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void The_matrix_in_the_readme_is_true() =>
        Approved.SameSection(Path.Combine(Folder, "README.md"), "matrix", Matrix());

    /// <summary>No figure and no effect without the lie that would make it look right.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Every_figure_and_effect_has_its_cheapest_lie() =>
        Approved.Nothing(
            CheapestLies.Problems(Repository.Read(Path.Combine(Folder, "README.md")), [.. CheapestLies.Of(Module)])
        );

    /// <summary>What others may have written down stays.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Ids_are_stable_and_a_rule_set_changes_only_with_its_version() =>
        Approved.OnlyAdded(
            Path.Combine(Repository.FolderOf($"{Tests.GetName().Name!["EduAssist.".Length..]}.csproj"), "Approved.txt"),
            [
                .. Ids(),
                .. StoredNames.Of(Entities),
                .. Declarations.Of(Entities),
                .. StoredNames.Of(Listings),
                .. Fingerprints(),
            ]
        );

    /// <summary>Unknown is not false.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Nothing_known_is_undetermined() =>
        Approved.Nothing(
            Samples()
                .Select(sample => (sample, sample.Assess(new long?[sample.Programme.Schema.Fields.Count]).Verdict))
                .Where(x => x.Verdict != Verdict.Undetermined)
                .Select(x =>
                    $"{x.sample.Programme.Id} says {x.Verdict} of somebody of whom nothing is known: a rule takes unknown for false. Ask with Truth and Fact, not with IsTrue."
                )
        );

    /// <summary>Whatever the facts are, there is an answer.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Random_facts_never_throw() => Approved.Nothing(Module.Programmes.Select(Thrown).OfType<string>());

    private string? Thrown(IProgramme programme)
    {
        IReadOnlyList<long?> values = [];
        try
        {
            foreach (var sample in Samples(programme))
            {
                for (var i = 0; i < 5_000; i++)
                    Assert.Equal(
                        sample.Assess(values = sample.Draw(sample.Rough, unknown: 0.3)).Count,
                        sample.Assess([]).Count
                    );
            }

            return null;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            var facts = programme
                .Schema.Fields.Zip(values)
                .Where(x => x.Second is not null)
                .Select(x => $" {x.First.Name}={x.Second}");
            return $"{programme.Id} throws {e.GetBaseException().GetType().Name}{string.Concat(facts)}: let the rule ask whether it can, or limit the fact.";
        }
    }

    /// <summary>
    /// The verdict, and the facts still missing, are those over all completions of the values that make a difference.
    /// </summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Verdict_and_missing_facts_equal_those_over_all_completions() =>
        Assert.All(Samples(), sample => Approved.Nothing(new Completions(sample).Differences()));

    /// <summary>Every published year has the same windows, in the same order, with their days inside.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void Windows_of_ten_years_are_in_order()
    {
        var years = Instance.Calendar.Years;
        Assert.True(years.Count >= 10);
        var windows = years
            .Select(y => (Year: y, Windows: Module.Declared(y, Instance.Calendar, Instance.Reading)))
            .ToList();
        Approved.Nothing([
            .. windows
                .Where(y => !Lasting(y.Windows).SequenceEqual(Lasting(windows[0].Windows)))
                .Select(y =>
                    $"{y.Year} has the windows {Named(y.Windows)}, {years[0]} {Named(windows[0].Windows)}: every year has the same, in the same order; one of some years only says so: Years = […]."
                ),
            .. windows.SelectMany(y =>
                y.Windows.Where(w => w.First.Year != y.Year && w.IsOf(y.Year))
                    .Select(w =>
                        $"window {w.Id} of {y.Year} begins on {w.First:yyyy-MM-dd}: let it begin in the year that is asked for."
                    )
            ),
            .. windows.SelectMany(y =>
                y.Windows.Where(w => w.Last is { } last && (w.First > last || !w.IsOpen(w.First) || !w.IsOpen(last)))
                    .Select(w =>
                        $"window {w.Id} of {y.Year} is not open on its first or last day, {w.First:yyyy-MM-dd} or {w.Last:yyyy-MM-dd}: leave closed days out at its ends."
                    )
            ),
            .. windows.SelectMany(y =>
                y.Windows.SelectMany(w =>
                    w.Closed.Where(day => !(day > w.First && day < w.Last))
                        .Select(day =>
                            $"window {w.Id} of {y.Year} is closed on {day:yyyy-MM-dd}, "
                            + "which lies outside of it: close days inside of it only."
                        )
                )
            ),
        ]);

        static string Named(IEnumerable<Window> windows) => string.Join(' ', windows.Select(w => w.Id));
        static IEnumerable<string> Lasting(IEnumerable<Window> windows) =>
            windows.Where(w => w.Years is null).Select(w => w.Id);
    }

    /// <summary>A year that is not published is refused whole, also where no window needs a holiday.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public void An_unpublished_year_is_refused_whole()
    {
        var unpublished = Instance.Calendar.Years.Max() + 1;
        Approved.Nothing(
            Answered(unpublished)
                ?
                [
                    $"{Module.Module.Id} has a calendar of {unpublished}, whose holidays are not published: ask Instance.Calendar for working days, so that the year is refused.",
                ]
                : (string[])[]
        );
    }

    private static bool Answered(int year)
    {
        try
        {
            return Instance.CalendarOf(Module, year) is not null;
        }
        catch (HolidaysNotPublishedException)
        {
            return false;
        }
    }

    /// <summary>What the migrations make is what the model says, as each database itself tells it.</summary>
    [Theory(SkipExceptions = [typeof(DoesNotStartException)]), EveryDatabase]
    public void Migrations_make_what_the_model_says(DatabaseKind kind)
    {
        using var databases = new OwnDatabases(kind);
        var upgraded = new Database(databases.Next(), databases.Folder, null, Instance.Tables);
        upgraded.Upgrade(Instance.Today.Now, _ => { });
        var modelled = new Database(databases.Next(), databases.Folder, null, Instance.Tables);
        using (var db = modelled.Open())
        {
            var creator = db.GetService<Microsoft.EntityFrameworkCore.Storage.IRelationalDatabaseCreator>();
            creator.Create();
            creator.CreateTables();
        }

        using var migrated = upgraded.Connect();
        var tables = ProgramTables
            .List(migrated)
            .Where(t => !t.EndsWith(ProgramTables.History, StringComparison.Ordinal))
            .ToList();
        using var model = modelled.Connect();
        List<string> modelTables;
        using (var db = modelled.Open())
            modelTables = [.. db.Model.GetEntityTypes().Select(e => e.GetTableName()!)];
        List<string> both = [.. tables.Intersect(modelTables)];
        var (made, said) = (TableCatalogue.Read(migrated, both), TableCatalogue.Read(model, both));
        Assert.NotEmpty(said);
        Approved.Nothing([
            .. modelTables.Except(tables).Select(table => $"of the model only: table {table}"),
            .. tables.Except(modelTables).Select(table => $"of the migrations only: table {table}"),
            .. said.Except(made).Select(line => $"of the model only: {line}"),
            .. made.Except(said).Select(line => $"of the migrations only: {line}"),
        ]);
    }

    /// <summary>
    /// Whatever migration of the module a database had come to, its rows are still there after the upgrade, and its
    /// backup from before makes it again as it was.
    /// </summary>
    [Theory(SkipExceptions = [typeof(DoesNotStartException)]), EveryDatabase]
    public void A_database_of_any_earlier_migration_is_upgraded(DatabaseKind kind)
    {
        using var stored = new Stored(kind, modules: Own);
        var last = stored.Commands.Database.Tables[^1];
        var module = last.Module;
        var storesNothing = Own.Length > 0 && !StoresSomething;
        Assert.Equal(storesNothing || Own.Length == 0 ? "core" : Module.Module.Id, module);
        List<string> all = storesNothing ? [] : [.. stored.Commands.Database.MigrationsOf(module)];
        for (var prefix = 0; prefix < all.Count; prefix++)
        {
            var folder = Path.Combine(stored.Folder, $"{prefix}");
            var database = new Database(stored.Another(), folder, null, stored.Instance.Tables);
            foreach (var earlier in database.Tables.SkipLast(1))
                Migrate(database.SchemaOf(earlier), null);
            if (prefix > 0)
                Migrate(database.SchemaOf(last), all[prefix - 1]);
            var isNew = prefix == 0 && module == "core";
            IReadOnlyDictionary<string, IReadOnlyList<string>> columns =
                new Dictionary<string, IReadOnlyList<string>>();
            IReadOnlyList<string> before = [],
                tablesBefore = [];
            if (!isNew)
            {
                using var old = database.Connect();
                columns = AnyRows.Put(old);
                (before, tablesBefore) = (AnyRows.Read(old, columns), TableCatalogue.Read(old, columns.Keys));
                Assert.NotEmpty(before);
            }

            List<string> told = [];
            database.Upgrade(stored.Instance.Today.Now, told.Add);
            using var upgraded = database.Connect();
            Assert.Equal(before, AnyRows.Read(upgraded, columns));
            Assert.Equal(all, ProgramTables.Migrations(upgraded)[module]);
            Assert.Contains(told, line => line.Contains(all[^1], StringComparison.Ordinal));
            string[] backups = Directory.Exists(Path.Combine(folder, "backups"))
                ? Directory.GetFiles(Path.Combine(folder, "backups"))
                : [];
            Assert.Equal(isNew ? 0 : 1, backups.Length);
            if (isNew)
                continue;
            var head = BackupFile.Read(backups[0], Path.Combine(folder, "data.db"), database.BackupKey);
            Assert.Equal(all.Take(prefix), head.Migrations.GetValueOrDefault(module, []));
            Assert.All(columns.Keys, table => Assert.Equal(1, head.Rows[table]));
            var restored = new Database(stored.Another(), folder, null, stored.Instance.Tables);
            BackupRestore.Restore(restored, backups[0], replace: false, stored.Instance.Today.Now, _ => { });
            using var back = restored.Connect();
            Assert.Equal(before, AnyRows.Read(back, columns));
            Assert.Equal(tablesBefore, TableCatalogue.Read(back, columns.Keys));
            Assert.Equal(all.Take(prefix), ProgramTables.Migrations(back).GetValueOrDefault(module, []));
        }
    }

    /// <summary>
    /// No listing shows a reader a row, a count or a sum that comes of what they may not see, as its tables declare it.
    /// </summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public Task No_listing_shows_what_its_reader_may_not_see() =>
        Proved(oracles => Task.FromResult(oracles.Leaks()), demo: true);

    /// <summary>A column that is personal is masked wherever a listing shows it.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public Task Personal_columns_are_masked_in_listings() => Proved(oracles => Task.FromResult(oracles.Unmasked()));

    /// <summary>Whoever is erased is erased everywhere, and nobody else.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public Task Nothing_is_left_of_an_erased_person_and_nobody_else_is_touched() =>
        Proved(oracles => oracles.Erasure());

    private static async Task Proved(Func<VisibilityOracles, Task<IReadOnlyList<string>>> prove, bool demo = false)
    {
        Assert.Equal(Own.Length == 0 || StoresSomething, Entities.Count > 0);
        if (Entities.Count == 0 && !Listings.Any())
            return;
        Approved.Nothing(WithoutMigration());
        using var stored = new Stored(DatabaseKind.Sqlite, new(2026, 3, 2), modules: Own);
        if (demo)
            await stored.Commands.PrepareDatabaseAsync(demo);
        // those of the instance: their columns were read when it began
        var own = Listings.Select(l => l.Set).ToHashSet(StringComparer.Ordinal);
        var listings = stored.Instance.Catalogue.Listings.Where(l => own.Contains(l.Set));
        Approved.Nothing(await prove(new(stored, [.. listings], [.. Entities.Select(e => e.GetTableName()!)])));
    }

    /// <summary>
    /// The tables of the model that no migration makes: whatever is stored in them or listed of them would end with a
    /// page of EF's.
    /// </summary>
    private static IReadOnlyList<string> WithoutMigration()
    {
        using var databases = new OwnDatabases(DatabaseKind.Sqlite);
        var database = new Database(databases.Next(), databases.Folder, null, Instance.Tables);
        database.Upgrade(Instance.Today.Now, _ => { });
        using var migrated = database.Connect();
        using var db = database.Open();
        return
        [
            .. db
                .Model.GetEntityTypes()
                .Select(e => e.GetTableName()!)
                .Except(ProgramTables.List(migrated))
                .Select(t => $"{t}: the migration that makes it is missing; tools/MigrationDraft drafts it."),
        ];
    }

    private static bool StoresSomething => Module.Contributions.Any(c => c is Table or IDataStartup);

    /// <summary>The module's own tables; of the national baseline Core's.</summary>
    internal static IReadOnlyList<IEntityType> Entities
    {
        get
        {
            using var db = new Database("unopened.db", "", null, Instance.Tables).Open();
            return
            [
                .. db
                    .Model.GetEntityTypes()
                    .Where(e =>
                        e.GetTableName()!
                            .StartsWith($"{(Own.Length == 0 ? "core" : Module.Module.Id)}_", StringComparison.Ordinal)
                    ),
            ];
        }
    }

    /// <summary>The module's own listings; of the national baseline Core's.</summary>
    private static IEnumerable<IListing> Listings =>
        Own.Length == 0 ? CoreListings.For(Instance.Catalogue) : Module.Listings;

    private static PolicyModule[] Own => typeof(TModule) == typeof(NationalModule) ? [] : [new TModule()];

    private static void Migrate(Schema schema, string? to)
    {
        using (schema)
            schema.GetService<IMigrator>().Migrate(to);
    }

    /// <summary>
    /// What a module's own convention concludes from what is known (that a known main reason settles the signs of the
    /// others, say): a case is completed from there, and must come to the same with and without. By default nothing.
    /// </summary>
    /// <param name="programme">The programme.</param>
    /// <param name="values">A partly known case by column; null is unknown.</param>
    protected virtual long?[] Settle(IProgramme programme, long?[] values) => values;

    /// <summary>A rule set under each reading that it offers.</summary>
    private IEnumerable<Sample> Samples() => Module.Programmes.SelectMany(Samples);

    private IEnumerable<Sample> Samples(IProgramme programme) =>
        programme.RuleSets.SelectMany(set =>
            Readings(set)
                .Select(reading => new Sample(Instance, programme, set, reading, Seed)
                {
                    Settle = v => Settle(programme, v),
                })
        );

    private static IEnumerable<InterpretationProfile> Readings(RuleSet rules) =>
        rules
            .Criteria.Select(c => c.Switch)
            .OfType<string>()
            .Distinct()
            .Aggregate(new List<string[]> { Array.Empty<string>() }, (sets, id) =>
                [.. sets, .. sets.Select(s => (string[])[.. s, id])]
            )
            .Select(others => new InterpretationProfile(others));

    /// <summary>
    /// The hash of what each rule set answers over the values that make a difference, under each reading.
    /// </summary>
    internal IEnumerable<string> Fingerprints() => Module.Programmes.SelectMany(Fingerprints);

    private static IEnumerable<string> Fingerprints(IProgramme programme) =>
        programme.RuleSets.SelectMany(set =>
            Readings(set)
                .Select(reading =>
                {
                    var sample = new Sample(Instance, programme, set, reading, Seed);
                    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                    foreach (var criterion in set.Criteria)
                        hash.AppendData(
                            Encoding.UTF8.GetBytes($"{criterion.Id} {string.Join(' ', criterion.Provisions)}\n")
                        );
                    for (var i = 0; i < 20_000; i++)
                    {
                        var values = sample.Draw(sample.Values, unknown: i % 4 * 0.1);
                        hash.AppendData(
                            Encoding.UTF8.GetBytes(
                                $"{string.Join(',', values)}={Sample.Signature(sample.Assess(values))}\n"
                            )
                        );
                    }

                    return $"rules {programme.Id} {sample.Assess([]).RuleSet} {Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}";
                })
        );

    private static IEnumerable<string> Ids() =>
        [
            .. Rows.Select(r => $"provision {r.Provision.Id}"),
            .. Module.Interpretations.Select(i => $"interpretation {i.Id}{(i.Switch is { } key ? $" {key}" : "")}"),
            .. Module.Documents.SelectMany(d => d.Anomalies).Select(a => $"anomaly {a.Id}"),
            .. Module.Programmes.SelectMany(p => p.Schema.Fields.Select(f => $"fact {p.Id} {f.Name} {f.Kind}")),
            .. Module.Forms.SelectMany(FormIds),
            .. Instance
                .Catalogue.Citations.Where(c =>
                    Module.Programmes.Any(p => c.Id.StartsWith(p.Id + "/", StringComparison.Ordinal))
                    || c.Id.StartsWith(Module.Module.Id + "/", StringComparison.Ordinal)
                )
                .Select(c => $"{c.Kind} {c.Id}")
                .Distinct(),
        ];

    private static IEnumerable<string> FormIds(IForm form) =>
        [
            $"form {form.Id}",
            .. FieldIds(form.Id, form.Fields),
            .. form.Rules.Select(r => $"form-rule {form.Id}/{r.Id}"),
        ];

    private static IEnumerable<string> FieldIds(string owner, IEnumerable<FormField> fields) =>
        fields.SelectMany(f =>
            (IEnumerable<string>)
                [
                    $"field {owner}.{f.Name} {f.Kind}",
                    .. FieldIds($"{owner}.{f.Name}", f.Columns),
                    .. f.Rules.Select(r => $"form-rule {owner}/{f.Name}/{r.Id}"),
                ]
        );

    private string Matrix() =>
        string.Concat(
                Rows.Select(r =>
                    $"| {r.Provision.Id} | {r.Provision.Article} | {r.Provision.Gist} | {Words.For(r.State)} | {Where(r)} | {string.Join("<br>", Proving.Where(x => x.Provision == r.Provision.Id).Select(x => x.Test))} |\n"
                )
            )
            .Insert(0, "| 条款 | 条号 | 要点 | 状态 | 实现 | 测试 |\n| --- | --- | --- | --- | --- | --- |\n");

    /// <summary>The files that carry it out, and whether a user can reach them; what is awaited.</summary>
    private static string Where(ProvisionCoverage row)
    {
        var files = row
            .CarriedOutBy.GroupBy(c => Path.GetFileName(c.Source))
            .Select(file =>
                file.Key
                + (
                    file.Select(c => c.EntryPoint?.Kind).Distinct().ToList() switch
                    {
                        [null] => "（尚不可用）",
                        [EntryPointKind.Duty] => "（仅提醒）",
                        [EntryPointKind.ReferenceData] => "（仅核对）",
                        _ => "",
                    }
                )
            );
        return string.Join("<br>", row.Provision.Awaits is { } awaits ? files.Append($"待实现：{awaits}") : files);
    }

    private static IEnumerable<string> ProvedBy(MemberInfo member) =>
        member.GetCustomAttributes<ProvesAttribute>().SelectMany(a => a.Provisions);
}
