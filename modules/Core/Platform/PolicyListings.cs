using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Calendars;
using EduAssist.Office.Listings;

namespace EduAssist.Platform;

/// <summary>A listing whose rows the loaded modules declare: computed once an instance, and kept in memory.</summary>
internal abstract class DeclaredListing<T>(Catalogue catalogue, string set, string title)
    : Listing<T>(set, title),
        IDeclaredListing
    where T : class
{
    private readonly ConditionalWeakTable<PolicyContext, IReadOnlyList<T>> known = [];

    protected Catalogue Catalogue => catalogue;

    public override IQueryable<T> Query(ListingSource source) =>
        known.GetValue(source.Policy, policy => [.. Declared(policy)]).AsQueryable();

    protected abstract IEnumerable<T> Declared(PolicyContext policy);
}

/// <summary>
/// A listing of what the loaded modules declare for the published years: on the working days of the place where a
/// module's documents hold, and computed anew when a notice changes them.
/// </summary>
internal abstract class YearlyListing<T>(Catalogue catalogue, string set, string title)
    : Listing<T>(set, title),
        IDeclaredListing
    where T : class
{
    private readonly ConditionalWeakTable<PolicyContext, Known> last = [];

    public sealed override IQueryable<T> Query(ListingSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var of = PlaceCalendars.ReadAll(source.Db, source.Policy);
        var modules = catalogue.Modules.Select(m => (Module: m, Calendar: of(m.Place))).ToList();
        var versions = string.Join('\n', modules.Select(m => m.Calendar.Version));
        if (!last.TryGetValue(source.Policy, out var known) || known.Versions != versions)
            last.AddOrUpdate(
                source.Policy,
                known = new(
                    versions,
                    [
                        .. modules.SelectMany(m =>
                            m.Calendar.Years.SelectMany(year => Year(m.Module, year, source.Policy, m.Calendar))
                        ),
                    ]
                )
            );
        return known.Rows.AsQueryable();
    }

    protected abstract IEnumerable<T> Rows(LoadedModule module, CalendarYear year);

    /// <summary>One that reaches into an unpublished year is left out, as its calendar is refused.</summary>
    private IReadOnlyList<T> Year(LoadedModule module, int year, PolicyContext policy, WorkCalendar calendar)
    {
        try
        {
            return [.. Rows(module, Catalogue.CalendarOf(module, year, policy, calendar))];
        }
        catch (HolidaysNotPublishedException)
        {
            return [];
        }
    }

    private sealed record Known(string Versions, IReadOnlyList<T> Rows);
}

/// <summary>A provision of a loaded document.</summary>
internal sealed class ProvisionRow
{
    [Key, Display(Name = "条款")]
    public required string Id { get; init; }

    [Filtered, Display(Name = "模块")]
    public required string Module { get; init; }

    [Filtered, Display(Name = "文件")]
    public required string Document { get; init; }

    [Searched, Display(Name = "文件名称")]
    public required string DocumentTitle { get; init; }

    [Display(Name = "条号")]
    public required string Article { get; init; }

    [Display(Name = "类别")]
    public ProvisionKinds Kinds { get; init; }

    [Display(Name = "效力")]
    public ProvisionStatus Status { get; init; }

    [Searched, Display(Name = "要点")]
    public required string Gist { get; init; }

    [Display(Name = "施行日期")]
    public DateOnly EffectiveFrom { get; init; }

    [Display(Name = "失效日期")]
    public DateOnly? EffectiveUntil { get; init; }

    [Display(Name = "实现状态")]
    public ProvisionState State { get; init; }

    [Display(Name = "实现之处数")]
    public int ImplementedBy { get; init; }

    [Display(Name = "可用之处数")]
    public int Reachable { get; init; }

    [Display(Name = "测试数")]
    public int Tests { get; init; }

    [Display(Name = "待实现")]
    public string? Awaits { get; init; }
}

internal sealed class ProvisionListing(Catalogue catalogue)
    : DeclaredListing<ProvisionRow>(catalogue, "Provisions", "条款")
{
    protected override IEnumerable<ProvisionRow> Declared(PolicyContext policy)
    {
        var modules = Catalogue
            .Modules.SelectMany(m => m.Documents.Select(d => (d.Id, Module: m.Module.Id)))
            .ToDictionary(d => d.Id, d => d.Module);
        return Catalogue.Provisions.Select(row => new ProvisionRow
        {
            Id = row.Provision.Id,
            Module = modules[row.Document.Id],
            Document = row.Document.Id,
            DocumentTitle = row.Document.Title,
            Article = row.Provision.Article,
            Kinds = row.Provision.Kinds,
            Status = row.Document.Status,
            Gist = row.Provision.Gist,
            EffectiveFrom = row.Provision.EffectiveFrom ?? row.Document.EffectiveFrom,
            EffectiveUntil = row.Provision.EffectiveUntil ?? row.Document.EffectiveUntil,
            State = row.State,
            ImplementedBy = row.CarriedOutBy.Count,
            Reachable = row.CarriedOutBy.Count(c => c.EntryPoint is not null),
            Tests = row.Tests.Count,
            Awaits = row.Provision.Awaits,
        });
    }
}

/// <summary>Where a text can be read in two ways.</summary>
internal sealed class InterpretationRow
{
    [Key, Display(Name = "释义")]
    public required string Id { get; init; }

    [Filtered, Display(Name = "模块")]
    public required string Module { get; init; }

    [Display(Name = "条款")]
    public required string Provisions { get; init; }

    [Searched, Display(Name = "采用的读法")]
    public required string Taken { get; init; }

    [Searched, Display(Name = "另一读法")]
    public required string Other { get; init; }

    [Display(Name = "理由")]
    public required string Why { get; init; }

    [Display(Name = "配置项")]
    public string? Switch { get; init; }

    [Display(Name = "本实例采用另一读法")]
    public bool TakesOther { get; init; }
}

internal sealed class InterpretationListing(Catalogue catalogue)
    : DeclaredListing<InterpretationRow>(catalogue, "Interpretations", "释义")
{
    protected override IEnumerable<InterpretationRow> Declared(PolicyContext policy) =>
        Catalogue.Modules.SelectMany(m =>
            m.Interpretations.Select(i => new InterpretationRow
            {
                Id = i.Id,
                Module = m.Module.Id,
                Provisions = string.Join(' ', i.Provisions),
                Taken = i.Taken,
                Other = i.Other,
                Why = i.Why,
                Switch = i.Switch,
                TakesOther = policy.Reading.TakesOther(i.Id),
            })
        );
}

/// <summary>A programme.</summary>
internal sealed class ProgrammeRow
{
    [Key, Display(Name = "项目")]
    public required string Id { get; init; }

    [Filtered, Display(Name = "模块")]
    public required string Module { get; init; }

    [Searched, Display(Name = "名称")]
    public required string Title { get; init; }

    [Display(Name = "种类")]
    public ProgrammeKind Kind { get; init; }

    [Display(Name = "规则集")]
    public required string RuleSets { get; init; }

    [Display(Name = "事实数")]
    public int Facts { get; init; }
}

internal sealed class ProgrammeListing(Catalogue catalogue)
    : DeclaredListing<ProgrammeRow>(catalogue, "Programmes", "项目")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [new("Assessments", "Assessments", nameof(ProgrammeRow.Id), nameof(AssessmentRow.Programme), IsMany: true)];

    protected override IEnumerable<ProgrammeRow> Declared(PolicyContext policy) =>
        Catalogue.Modules.SelectMany(m =>
            m.Programmes.Select(p => new ProgrammeRow
            {
                Id = p.Id,
                Module = m.Module.Id,
                Title = p.Title,
                Kind = p.Kind,
                RuleSets = string.Join(' ', p.RuleSets.Select(s => s.Id)),
                Facts = p.Schema.Fields.Count,
            })
        );
}

/// <summary>A window of a published year.</summary>
internal sealed class WindowRow
{
    [Key, Filtered, Display(Name = "模块")]
    public required string Module { get; init; }

    [Key, Filtered, Display(Name = "年份")]
    public int Year { get; init; }

    [Key, Display(Name = "时段")]
    public required string Id { get; init; }

    [Display(Name = "名称")]
    public required string Title { get; init; }

    [Display(Name = "首日")]
    public DateOnly First { get; init; }

    [Display(Name = "末日")]
    public DateOnly? Last { get; init; }

    [Display(Name = "预计末日")]
    public DateOnly? Estimated { get; init; }

    [Display(Name = "其间停办天数")]
    public int ClosedDays { get; init; }

    [Display(Name = "条款")]
    public required string Provisions { get; init; }

    [Display(Name = "释义")]
    public required string Interpretations { get; init; }
}

internal sealed class WindowListing(Catalogue catalogue) : YearlyListing<WindowRow>(catalogue, "Windows", "时段")
{
    protected override IEnumerable<WindowRow> Rows(LoadedModule module, CalendarYear year) =>
        year.Windows.Select(w => new WindowRow
        {
            Module = module.Module.Id,
            Year = year.Year,
            Id = w.Id,
            Title = w.Title,
            First = w.First,
            Last = w.Last,
            Estimated = w.Estimated,
            ClosedDays = w.Closed.Count,
            Provisions = string.Join(' ', w.Provisions),
            Interpretations = string.Join(' ', w.Interpretations),
        });
}

/// <summary>A duty that falls due in a published year.</summary>
internal sealed class DutyRow
{
    [Key, Filtered, Display(Name = "模块")]
    public required string Module { get; init; }

    [Key, Filtered, Display(Name = "年份")]
    public int Year { get; init; }

    [Key, Display(Name = "职责")]
    public required string Id { get; init; }

    [Key, Display(Name = "所属时期")]
    public required string Period { get; init; }

    [Display(Name = "名称")]
    public required string Title { get; init; }

    [Display(Name = "责任主体")]
    public required string OwedBy { get; init; }

    [Display(Name = "期限")]
    public DateOnly? Due { get; init; }

    [Display(Name = "条款")]
    public required string Provisions { get; init; }

    [Display(Name = "释义")]
    public required string Interpretations { get; init; }
}

internal sealed class DutyListing(Catalogue catalogue) : YearlyListing<DutyRow>(catalogue, "Duties", "职责")
{
    protected override IEnumerable<DutyRow> Rows(LoadedModule module, CalendarYear year) =>
        year.Duties.Select(d => new DutyRow
        {
            Module = module.Module.Id,
            Year = year.Year,
            Id = d.Duty.Id,
            Period = d.Period,
            Title = d.Duty.Title,
            OwedBy = d.Duty.OwedBy,
            Due = d.Due,
            Provisions = string.Join(' ', d.Duty.Provisions),
            Interpretations = string.Join(' ', d.Duty.Interpretations),
        });
}
