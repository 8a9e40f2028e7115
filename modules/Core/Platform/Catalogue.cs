using Autofac;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;
using EduAssist.Office;
using EduAssist.Office.Cases;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Indicators;
using EduAssist.Office.ListImports;
using EduAssist.Office.Listings;

namespace EduAssist.Platform;

/// <summary>A module and what it contributes.</summary>
/// <param name="Module">The module.</param>
/// <param name="Contributions">What its scope registered.</param>
public sealed record LoadedModule(PolicyModule Module, IReadOnlyList<IContribution> Contributions)
{
    /// <summary>Its documents, in the order of their ids.</summary>
    public IReadOnlyList<Document> Documents { get; } =
    [.. Contributions.OfType<IDocuments>().SelectMany(d => d.Documents).OrderBy(d => d.Id, StringComparer.Ordinal)];

    /// <summary>Where its documents hold, as <see cref="ScopePath"/> makes it; empty: everywhere.</summary>
    public string Place { get; } =
        DivisionCode.TryParse(Module.Jurisdiction, out var jurisdiction) ? ScopePath.ForDivision(jurisdiction) : "";

    /// <summary>Its interpretations.</summary>
    public IReadOnlyList<Interpretation> Interpretations { get; } =
    [.. Contributions.OfType<IDocuments>().SelectMany(d => d.Interpretations)];

    /// <summary>Its programmes, in the order of their ids.</summary>
    public IReadOnlyList<IProgramme> Programmes { get; } =
    [.. Contributions.OfType<IProgramme>().OrderBy(p => p.Id, StringComparer.Ordinal)];

    /// <summary>Its forms, in the order of their ids.</summary>
    public IReadOnlyList<IForm> Forms { get; } =
    [.. Contributions.OfType<IForm>().OrderBy(f => f.Id, StringComparer.Ordinal)];

    /// <summary>Its reference data, in the order of their ids.</summary>
    public IReadOnlyList<IReferenceData> ReferenceData { get; } =
    [.. Contributions.OfType<IReferenceData>().OrderBy(d => d.Id, StringComparer.Ordinal)];

    /// <summary>Its workflows, in the order of their ids.</summary>
    public IReadOnlyList<IWorkflow> Workflows { get; } =
    [.. Contributions.OfType<IWorkflow>().OrderBy(w => w.Id, StringComparer.Ordinal)];

    /// <summary>Its list imports, in the order of their forms' ids.</summary>
    public IReadOnlyList<IListImport> ListImports { get; } =
    [.. Contributions.OfType<IListImport>().OrderBy(i => i.Form.Id, StringComparer.Ordinal)];

    /// <summary>The roles that it adds to Core's own.</summary>
    public IReadOnlyList<Role> Roles { get; } = [.. Contributions.OfType<IRoles>().SelectMany(r => r.Roles)];

    /// <summary>The attributes of schools that it declares.</summary>
    public IReadOnlyList<SchoolAttribute> SchoolAttributes { get; } =
    [.. Contributions.OfType<ISchoolAttributes>().SelectMany(a => a.Attributes)];

    /// <summary>Its computed indicators.</summary>
    public IReadOnlyList<IIndicators> Indicators { get; } = [.. Contributions.OfType<IIndicators>()];

    /// <summary>Its listings, in the order of their names.</summary>
    public IReadOnlyList<IListing> Listings { get; } =
    [.. Contributions.OfType<IListing>().OrderBy(l => l.Set, StringComparer.Ordinal)];

    /// <summary>The windows of a year.</summary>
    /// <exception cref="HolidaysNotPublishedException">
    /// The holidays of the year, or of one that a window reaches into, are not published.
    /// </exception>
    public IReadOnlyList<Window> Windows(int year, WorkCalendar calendar, InterpretationProfile reading) =>
        [.. Declared(year, calendar, reading).Where(w => w.IsOf(year))];

    /// <summary>With those that are of other years only.</summary>
    internal IReadOnlyList<Window> Declared(int year, WorkCalendar calendar, InterpretationProfile reading) =>
        [.. Timelines(year, calendar).SelectMany(t => t.Windows(year, calendar, reading)).OrderBy(w => w.First)];

    /// <summary>The duties as declared; their due days depend on the year only where they hang on a window.</summary>
    /// <inheritdoc cref="Windows"/>
    public IReadOnlyList<Duty> Duties(int year, WorkCalendar calendar, InterpretationProfile reading) =>
        [.. Timelines(year, calendar).SelectMany(t => t.Duties(year, calendar, reading))];

    /// <summary>
    /// The profiles that a check asks: the readings taken, and for each switch the profile that takes the alternative
    /// reading in that one point.
    /// </summary>
    internal IEnumerable<InterpretationProfile> Readings =>
        Interpretations
            .Where(i => i.Switch is not null)
            .Select(i => new InterpretationProfile(i.Id))
            .Prepend(InterpretationProfile.AsTaken);

    /// <summary>Windows and duties of the latest year that is known as far as they reach, as citations.</summary>
    internal IEnumerable<Citation> LatestYear(WorkCalendar calendar, InterpretationProfile reading)
    {
        var year = LatestYearOf(calendar, reading);
        return
        [
            .. Declared(year, calendar, reading)
                .Select(w => new Citation(
                    "window",
                    $"{Module.Id}/{w.Id}",
                    w.Title,
                    w.Provisions,
                    w.Interpretations,
                    w.Source
                )
                {
                    EntryPoint = new(EntryPointKind.Window, Module.Id),
                }),
            .. Duties(year, calendar, reading)
                .Select(d => new Citation(
                    "duty",
                    $"{Module.Id}/{d.Id}",
                    d.Title,
                    d.Provisions,
                    d.Interpretations,
                    d.Source
                )
                {
                    EntryPoint = new(EntryPointKind.Duty, Module.Id),
                }),
        ];
    }

    /// <summary>The last published year, or one before it where working days are counted across its end.</summary>
    internal int LatestYearOf(WorkCalendar calendar, InterpretationProfile reading) =>
        calendar
            .Years.Reverse()
            .First(year =>
            {
                try
                {
                    return Windows(year, calendar, reading) is not null && Duties(year, calendar, reading) is not null;
                }
                catch (HolidaysNotPublishedException)
                {
                    return false;
                }
            });

    private IEnumerable<ITimeline> Timelines(int year, WorkCalendar calendar) =>
        calendar.Publishes(year) ? Contributions.OfType<ITimeline>() : throw new HolidaysNotPublishedException(year);
}

/// <summary>One line of the provision-to-code matrix.</summary>
/// <param name="Document">The document.</param>
/// <param name="Provision">The provision.</param>
/// <param name="CarriedOutBy">What in the program carries it out.</param>
/// <param name="Tests">The tests that prove it, as <c>Class.Test</c>.</param>
public sealed record ProvisionCoverage(
    Document Document,
    Provision Provision,
    IReadOnlyList<Citation> CarriedOutBy,
    IReadOnlyList<string> Tests
)
{
    /// <summary>
    /// How far it is carried out: by what a user can reach, not by what is written. What only tells of it (a duty in
    /// the calendar, a table that is checked) carries it out in part where nothing else does; beside something else it
    /// adds nothing and takes nothing away.
    /// </summary>
    public ProvisionState State
    {
        get
        {
            if (CarriedOutBy.Count == 0)
                return Provision.IsNarrative ? ProvisionState.Background : ProvisionState.Awaiting;
            var doing = CarriedOutBy.Where(c => c.EntryPoint is not { OnlyTells: true }).ToList();
            return doing.Count == 0 ? ProvisionState.InPart
                : doing.TrueForAll(c => c.EntryPoint is null) ? ProvisionState.NotYetReachable
                : Provision.Awaits is null && doing.TrueForAll(c => c.EntryPoint is not null)
                    ? ProvisionState.CarriedOut
                : ProvisionState.InPart;
        }
    }
}

/// <summary>Everything that the loaded modules declare, checked as a whole.</summary>
public sealed class Catalogue
{
    private Catalogue(IReadOnlyList<LoadedModule> modules, WorkCalendar calendar)
    {
        Modules = modules;
        Citations = [.. modules.SelectMany(m => CitationsOf(m, calendar))];
        var tests = modules
            .SelectMany(m => ProvisionTest.ForModule(m.Module))
            .ToLookup(t => t.Provision, t => t.Test, StringComparer.Ordinal);
        var citing = Citations
            .SelectMany(c => c.Provisions.Select(p => (Provision: p, Citation: c)))
            .ToLookup(x => x.Provision, x => x.Citation, StringComparer.Ordinal);
        Provisions =
        [
            .. modules
                .SelectMany(m => m.Documents)
                .SelectMany(d =>
                    d.Provisions.Select(p => new ProvisionCoverage(d, p, [.. citing[p.Id]], [.. tests[p.Id]]))
                ),
        ];
    }

    /// <summary>
    /// In the order of the configuration, each behind those that it requires: the national baseline first.
    /// </summary>
    public IReadOnlyList<LoadedModule> Modules { get; }

    /// <summary>What carries out which provisions.</summary>
    public IReadOnlyList<Citation> Citations { get; }

    /// <summary>The provision-to-code matrix.</summary>
    public IReadOnlyList<ProvisionCoverage> Provisions { get; }

    /// <summary>Of all modules.</summary>
    public IEnumerable<Interpretation> Interpretations => Modules.SelectMany(m => m.Interpretations);

    /// <summary>Of all modules.</summary>
    public IEnumerable<IProgramme> Programmes => Modules.SelectMany(m => m.Programmes);

    /// <summary>A programme by its id; null where none is loaded.</summary>
    public IProgramme? Programme(string id) => Programmes.FirstOrDefault(p => p.Id == id);

    /// <summary>Core's own, then those of the modules.</summary>
    public IEnumerable<IForm> Forms => CoreListImports.All.Select(i => i.Form).Concat(Modules.SelectMany(m => m.Forms));

    /// <summary>A form by its id; null where none is loaded.</summary>
    public IForm? Form(string id) => Forms.FirstOrDefault(f => f.Id == id);

    /// <summary>Core's own, then those of the modules.</summary>
    public IEnumerable<IListImport> ListImports => CoreListImports.All.Concat(Modules.SelectMany(m => m.ListImports));

    /// <summary>The list import of a form; null where the form has none.</summary>
    public IListImport? ListImport(string form) => ListImports.FirstOrDefault(i => i.Form.Id == form);

    /// <summary>Of all modules.</summary>
    public IEnumerable<IWorkflow> Workflows => Modules.SelectMany(m => m.Workflows);

    /// <summary>
    /// The states that rows of a listing may be in: of the workflow whose cases they are, else those of all workflows.
    /// </summary>
    public IEnumerable<CaseState> StatesOf(IListing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var own = Workflows.Where(w => w.Presentation.Listing == listing.Set).ToList();
        return (own.Count > 0 ? own : Workflows).SelectMany(w => w.States);
    }

    /// <summary>Core's own, then those of the modules.</summary>
    public IReadOnlyList<IListing> Listings =>
        field ??= [.. CoreListings.For(this), .. Modules.SelectMany(m => m.Listings)];

    /// <summary>Core's own tables.</summary>
    public static ModuleTables CoreTables { get; } =
        new("core", typeof(CoreTables).Assembly, Office.CoreTables.All, [new CoreStartup()]);

    /// <summary>Core's own, then those of the modules.</summary>
    public IReadOnlyList<ModuleTables> Tables =>
        field ??= [
            CoreTables with
            {
                Startups = [new ListingStartup(Listings, [.. Workflows]), .. CoreTables.Startups],
            },
            .. Modules
                .Select(m => new ModuleTables(
                    m.Module.Id,
                    m.Module.GetType().Assembly,
                    [.. m.Contributions.OfType<Table>()],
                    [.. m.Contributions.OfType<IDataStartup>()]
                ))
                .Where(t => t.Tables.Count + t.Startups.Count > 0),
        ];

    /// <summary>A module's year.</summary>
    /// <param name="module">The module.</param>
    /// <param name="year">The calendar year.</param>
    /// <param name="policy">What is loaded.</param>
    /// <param name="calendar">The working days of a place; null: of the country.</param>
    /// <exception cref="HolidaysNotPublishedException">
    /// The year is refused whole: its holidays are not published.
    /// </exception>
    public static CalendarYear CalendarOf(
        LoadedModule module,
        int year,
        PolicyContext policy,
        WorkCalendar? calendar = null
    )
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(policy);
        calendar ??= policy.Calendar;
        var span = DateSpan.Year(year);
        var duties = module
            .Duties(year, calendar, policy.Reading)
            .Select(d => (Duty: d, Days: policy.EffectiveDaysOf(d.Provisions)))
            .Where(d => d.Days.Meets(span))
            .SelectMany(d => d.Duty.Within(span).Where(i => i.Due is not { } due || d.Days.Contains(due)));
        // of a year before its documents they are there to compare, and NotYetInForce says so
        var windows = module
            .Windows(year, calendar, policy.Reading)
            .Select(w =>
                policy.EffectiveDaysOf(w.Provisions) is var days && days.Spans.All(s => s.First.Year > year)
                    ? w
                    : days.Limit(w)
            )
            .Where(w => w.Runs.Any());
        return new(
            module.Module.Id,
            module.Module.Title,
            year,
            [.. windows.OrderBy(w => w.First)],
            [.. duties.OrderBy(d => d.Due ?? DateOnly.MaxValue)],
            calendar.Version
        )
        {
            NotYetInForce = [.. module.Documents.Where(d => d.EffectiveFrom.Year > year).Select(d => d.Id)],
            Expired =
            [
                .. module
                    .Documents.Where(d => d.EffectiveUntil?.Year <= year)
                    .Select(d => (d.Id, d.EffectiveUntil!.Value)),
            ],
        };
    }

    /// <summary>
    /// The windows around a day, each on the days on which its documents are in force: those of the year before that
    /// reach into this one (one without an end only until this year's of the same id begins), of the year, and of the
    /// next one where it is published.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="day">The day.</param>
    /// <param name="policy">What is loaded.</param>
    /// <param name="calendar">The working days of a place; null: of the country.</param>
    public static IReadOnlyList<Window> WindowsAround(
        LoadedModule module,
        DateOnly day,
        PolicyContext policy,
        WorkCalendar? calendar = null
    )
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(policy);
        calendar ??= policy.Calendar;
        var present = InForce(day.Year);
        return
        [
            .. Published(day.Year - 1)
                .Where(w => w.Last is not { } last || last.Year >= day.Year)
                .Where(w => !present.Any(p => p.Id == w.Id && p.First <= day)),
            .. present,
            .. Published(day.Year + 1),
        ];

        IReadOnlyList<Window> Published(int year) => calendar.Publishes(year) ? InForce(year) : [];

        // of a year before its documents a window never opened, and does not reach into this one
        IReadOnlyList<Window> InForce(int year) =>
            [
                .. module
                    .Windows(year, calendar, policy.Reading)
                    .Where(w => policy.EffectiveDaysOf(w.Provisions).Spans.Any(s => s.First.Year <= year))
                    .Select(policy.InForce)
                    .Where(w => w.Runs.Any()),
            ];
    }

    /// <summary>A module by its id; null where it is not loaded.</summary>
    public LoadedModule? Module(string id) => Modules.FirstOrDefault(m => m.Module.Id == id);

    /// <summary>Composes modules, one lifetime scope each, and checks them as a whole.</summary>
    /// <param name="modules">In the order in which they are to be shown.</param>
    /// <param name="calendar">The working days: windows and duties cite provisions too.</param>
    /// <exception cref="OperatorException">Something does not fit: a line each.</exception>
    public static Catalogue Compose(IEnumerable<PolicyModule> modules, WorkCalendar calendar)
    {
        // the root container holds no contribution, so no module sees what another registers
        using var root = new ContainerBuilder().Build();
        List<LoadedModule> loaded = [];
        foreach (var module in modules)
        {
            using var scope = root.BeginLifetimeScope(module.Id, builder => builder.RegisterModule(module));
            loaded.Add(new(module, ContributionsOf(module, scope)));
        }

        IReadOnlyList<string> problems = [.. CatalogueChecks.FindFaults(loaded, calendar)];
        if (problems.Count > 0)
            throw new OperatorException(problems);
        var catalogue = new Catalogue(loaded, calendar);
        problems = [.. CatalogueChecks.FindFaults(catalogue)];
        return problems.Count > 0 ? throw new OperatorException(problems) : catalogue;
    }

    private static IReadOnlyList<IContribution> ContributionsOf(PolicyModule module, ILifetimeScope scope)
    {
        try
        {
            return [.. scope.Resolve<IEnumerable<IContribution>>()];
        }
        catch (Autofac.Core.DependencyResolutionException failed)
        {
            var cause = failed.GetBaseException();
            throw new OperatorException(
                cause is OperatorException
                    ? cause.Message
                    : $"模块 {module.Id} 的声明无法建立：{cause.Message.ReplaceLineEndings(" ")}"
            );
        }
    }

    private static IEnumerable<Citation> CitationsOf(LoadedModule module, WorkCalendar calendar) =>
        module
            .Contributions.SelectMany(c =>
                c.Citations.Select(citation => citation with { EntryPoint = EntryPoints.Find(module, c, citation) })
            )
            .Concat(
                module
                    .Readings.SelectMany(reading => module.LatestYear(calendar, reading))
                    .DistinctBy(c => (c.Kind, c.Id))
            );
}

/// <summary>
/// One line of the file beside each module that names the tests of its provisions; its conformance test holds it to the
/// truth.
/// </summary>
/// <param name="Provision">The id of the provision.</param>
/// <param name="Test"><c>Class.Test</c>.</param>
internal sealed record ProvisionTest(string Provision, string Test)
{
    internal const string File = "ProvisionTests.csv";

    internal static IReadOnlyList<ProvisionTest> ForModule(PolicyModule module) =>
        module.GetType().Assembly is var assembly && assembly.GetManifestResourceNames().Contains(File)
            ? Seed.Rows(assembly, File, row => new ProvisionTest(row.Text("provision"), row.Text("test")))
            : [];
}
