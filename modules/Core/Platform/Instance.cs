using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Calendars;
using EduAssist.Office.Listings;

namespace EduAssist.Platform;

/// <summary>
/// A running instance: the loaded modules, how they are read, and the reference data that they are applied with.
/// </summary>
/// <param name="catalogue">What the loaded modules declare.</param>
/// <param name="reading">How the instance reads the documents.</param>
/// <param name="calendar">The working days.</param>
/// <param name="divisions">The administrative divisions.</param>
/// <param name="today">The clock.</param>
public sealed class Instance(
    Catalogue catalogue,
    InterpretationProfile reading,
    WorkCalendar calendar,
    Divisions divisions,
    Today today
) : PolicyContext([.. catalogue.Modules.SelectMany(m => m.Contributions)], reading, calendar, divisions, today)
{
    /// <summary>What the loaded modules declare.</summary>
    public Catalogue Catalogue => catalogue;

    /// <summary>The tables of the instance: Core's own first, then those of the modules.</summary>
    public IReadOnlyList<ModuleTables> Tables => catalogue.Tables;

    /// <summary>Composes an instance.</summary>
    /// <param name="modules">The modules that its configuration names, each behind those that it requires.</param>
    /// <param name="setting">The configured value of a key, null when it is not set.</param>
    /// <param name="holidays">The published holidays.</param>
    /// <param name="clock">The system's clock, or a fixed one.</param>
    /// <exception cref="OperatorException">
    /// The modules or the configuration do not fit together: a line each.
    /// </exception>
    public static Instance Compose(
        IEnumerable<PolicyModule> modules,
        Func<string, string?> setting,
        HolidayTable holidays,
        TimeProvider clock
    )
    {
        var calendar = new WorkCalendar(holidays);
        var catalogue = Catalogue.Compose(modules, calendar);
        return new(
            catalogue,
            InterpretationProfile.From(catalogue.Interpretations, setting),
            calendar,
            ShippedDivisions(),
            new(clock)
        );
    }

    /// <inheritdoc cref="Catalogue.CalendarOf"/>
    public CalendarYear CalendarOf(LoadedModule module, int year, WorkCalendar? calendar = null) =>
        Catalogue.CalendarOf(module, year, this, calendar);

    /// <summary>The working days where a module's documents hold: what its windows and duties stand on.</summary>
    /// <param name="db">The database.</param>
    /// <param name="module">The module.</param>
    public Task<WorkCalendar> CalendarAsync(AppDbContext db, LoadedModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return PlaceCalendars.ReadAsync(db, this, module.Place);
    }

    /// <summary>What a code in a column means, in Chinese.</summary>
    /// <param name="listing">Of the column.</param>
    /// <param name="column">That holds codes.</param>
    /// <param name="code">As it is stored.</param>
    /// <returns>Null: the column holds no codes, or this one means nothing any more.</returns>
    public string? MeaningOf(IListing listing, Column column, string code)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(column);
        return column.Codes switch
        {
            CodeSystem.CaseState => Catalogue.StatesOf(listing).FirstOrDefault(s => s.Id == code)?.Title,
            CodeSystem.Workflow => Catalogue.Workflows.FirstOrDefault(w => w.Id == code)?.Title,
            CodeSystem.Programme => Catalogue.Programme(code)?.Title,
            CodeSystem.Division => DivisionCode.TryParse(code, out var division)
                ? Divisions.Find(division)?.Name
                : null,
            CodeSystem.SchoolAttribute => SchoolAttributes.FirstOrDefault(a => a.Id == code)?.Title,
            // of a value that two attributes call differently the row's own attribute would have to be asked
            CodeSystem.SchoolAttributeValue => SchoolAttributes
                .SelectMany(a => a.Values)
                .Where(v => v.Id == code)
                .Select(v => v.Title)
                .Distinct()
                .ToList()
                is [var only]
                ? only
                : null,
            _ => null,
        };
    }

    private static Divisions ShippedDivisions()
    {
        using var current = Seed.Text(typeof(Divisions).Assembly, "divisions.csv");
        using var history = Seed.Text(typeof(Divisions).Assembly, "divisions-history.csv");
        return Divisions.Read(current, history);
    }
}
