using System.Collections.Frozen;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;

namespace EduAssist.Kernel;

/// <summary>
/// What rules and commands are evaluated with (政策环境): what the loaded modules contribute, how the documents are read,
/// the working days, the divisions and the clock.
/// </summary>
/// <param name="contributions">Of the loaded modules, in their order.</param>
/// <param name="reading">How the instance reads the documents.</param>
/// <param name="calendar">The working days.</param>
/// <param name="divisions">The administrative divisions.</param>
/// <param name="today">The clock.</param>
public class PolicyContext(
    IReadOnlyList<IContribution> contributions, InterpretationProfile reading, WorkCalendar calendar,
    Divisions divisions, Today today)
{
    private readonly Lazy<FrozenDictionary<string, DateSpan>> effective = new(() => contributions.OfType<IDocuments>()
        .SelectMany(d => d.Documents)
        .SelectMany(d => d.Provisions, (d, p) => (p.Id,
            Days: new DateSpan(p.EffectiveFrom ?? d.EffectiveFrom, p.EffectiveUntil ?? d.EffectiveUntil)))
        .ToFrozenDictionary(p => p.Id, p => p.Days, StringComparer.Ordinal));

    /// <summary>What the loaded modules contribute, in the order of the modules.</summary>
    public IReadOnlyList<IContribution> Contributions => contributions;

    /// <summary>How the instance reads the documents.</summary>
    public InterpretationProfile Reading => reading;

    /// <summary>The working days.</summary>
    public WorkCalendar Calendar => calendar;

    /// <summary>The administrative divisions.</summary>
    public Divisions Divisions => divisions;

    /// <summary>The clock.</summary>
    public Today Today => today;

    /// <summary>The roles that there are.</summary>
    public Roles Roles { get; } = new(contributions);

    /// <summary>The attributes of schools that the loaded modules declare; none: schools are not told apart.</summary>
    public IReadOnlyList<SchoolAttribute> SchoolAttributes { get; } =
        [.. contributions.OfType<ISchoolAttributes>().SelectMany(a => a.Attributes)];

    /// <summary>A programme by its id; null where none is loaded.</summary>
    public IProgramme? Programme(string id) => contributions.OfType<IProgramme>().FirstOrDefault(p => p.Id == id);

    /// <summary>Every provision of the loaded documents.</summary>
    public IEnumerable<Provision> Provisions =>
        contributions.OfType<IDocuments>().SelectMany(d => d.Documents).SelectMany(d => d.Provisions);

    /// <summary>The days on which any of these provisions is in force.</summary>
    /// <param name="provisions">Their ids; one that no loaded document has is never in force.</param>
    public EffectiveDays EffectiveDaysOf(IEnumerable<string> provisions) =>
        new(provisions.Where(effective.Value.ContainsKey).Select(id => effective.Value[id]));

    /// <summary>
    /// A window on the days on which its provisions are in force: what guards and calendars ask. One whose documents
    /// have expired never opens.
    /// </summary>
    public Window InForce(Window window)
    {
        ArgumentNullException.ThrowIfNull(window);
        return EffectiveDaysOf(window.Provisions).Limit(window);
    }

    /// <summary>Reads facts of a programme.</summary>
    public FactReader ReaderOf(IProgramme programme) => new(programme.Schema, divisions);

    /// <summary>A row for the facts of a programme, as of today.</summary>
    public Facts NewFacts(IProgramme programme) => new(programme.Schema, today.Date, calendar);
}
