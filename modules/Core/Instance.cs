using EduAssist.Core.Calendar;
using EduAssist.Core.Policy;
using EduAssist.Core.Registry;

namespace EduAssist.Core;

/// <summary>A running instance: the loaded modules, how they are read, and the reference data that they are applied with.</summary>
/// <param name="catalogue">What the loaded modules declare.</param>
/// <param name="reading">How the instance reads the documents.</param>
/// <param name="calendar">The working days.</param>
/// <param name="divisions">The administrative divisions.</param>
/// <param name="today">The clock.</param>
public sealed class Instance(Catalogue catalogue, Reading reading, WorkCalendar calendar, Divisions divisions, Today today)
{
    /// <summary>What the loaded modules declare.</summary>
    public Catalogue Catalogue => catalogue;

    /// <summary>How the instance reads the documents.</summary>
    public Reading Reading => reading;

    /// <summary>The working days.</summary>
    public WorkCalendar Calendar => calendar;

    /// <summary>The administrative divisions.</summary>
    public Divisions Divisions => divisions;

    /// <summary>The clock.</summary>
    public Today Today => today;

    /// <summary>Composes an instance.</summary>
    /// <param name="modules">The modules that its configuration names; the national baseline is always there.</param>
    /// <param name="setting">The configured value of a key, null when it is not set.</param>
    /// <param name="holidays">The published holidays.</param>
    /// <param name="clock">The system's clock, or a fixed one.</param>
    /// <exception cref="StartupException">The modules or the configuration do not fit together: a line each.</exception>
    public static Instance Compose(IEnumerable<PolicyModule> modules, Func<string, string?> setting, HolidayTable holidays, TimeProvider clock)
    {
        var calendar = new WorkCalendar(holidays);
        var catalogue = Catalogue.Compose([new National.NationalModule(), .. modules], calendar);
        return new(catalogue, Reading.From(catalogue.Interpretations, setting), calendar, ShippedDivisions(), new(clock));
    }

    /// <summary>Reads facts of a programme.</summary>
    public FactReader ReaderOf(IProgramme programme) => new(programme.Schema, divisions);

    /// <summary>A row for the facts of a programme, as of today.</summary>
    public Facts NewFacts(IProgramme programme) => new(programme.Schema, today.Date, calendar);

    /// <summary>A module's year.</summary>
    /// <exception cref="HolidaysNotPublishedException">The year is refused whole: its holidays are not published.</exception>
    public CalendarYear CalendarOf(LoadedModule module, int year)
    {
        IReadOnlyList<DutyInstance> duties = [.. module.Duties(year, calendar, reading).Where(d => d.Provisions.Any(p => IsInForce(p, year))).SelectMany(d => d.Within(DateSpan.Year(year)))];
        return new(module.Module.Id, module.Module.Title, year, module.Windows(year, calendar, reading), [.. duties.OrderBy(d => d.Due ?? DateOnly.MaxValue)], calendar.Version)
        {
            NotYetInForce = [.. module.Documents.Where(d => d.EffectiveFrom.Year > year).Select(d => d.Id)],
        };
    }

    /// <summary>Whether a provision is in force in a year: nobody owes anything under a document that is still to come.</summary>
    public bool IsInForce(string provision, int year) => catalogue.Provisions.Any(r => r.Provision.Id == provision && (r.Provision.EffectiveFrom ?? r.Document.EffectiveFrom).Year <= year);

    private static Divisions ShippedDivisions()
    {
        using var current = Seed.Text(typeof(Instance).Assembly, "divisions.csv");
        using var history = Seed.Text(typeof(Instance).Assembly, "divisions-history.csv");
        return Divisions.Read(current, history);
    }
}
