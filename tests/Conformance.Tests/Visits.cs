using System.ComponentModel.DataAnnotations;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Listings;
using EduAssist.Office.Registry;

namespace EduAssist.Conformance;

/// <summary>What belongs to a place, and to a pupil.</summary>
internal sealed class Visit : IScoped
{
    public Guid Id { get; init; }
    public required string Scope { get; init; }
    public Guid? StudentId { get; init; }
    public string? Phone { get; set; }
    public DateTimeOffset At { get; init; }
    public Guid? EarlierId { get; init; }
    public Visit? Earlier { get; init; }
    public List<Remark> Remarks { get; } = [];
}

/// <summary>What belongs to a visit.</summary>
internal sealed class Remark
{
    public Guid Id { get; init; }
    public Guid VisitId { get; init; }
    public Visit Visit { get; init; } = null!;
    public string? Text { get; set; }
}

/// <summary>What links to something that everybody sees.</summary>
internal sealed class Sign
{
    public Guid Id { get; init; }
    public required string PlaceCode { get; init; }
    public StoredDivision Place { get; init; } = null!;
}

internal sealed class VisitRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "电话")]
    public string? Phone { get; init; }

    [Display(Name = "说明")]
    public string? Note { get; init; }

    [Display(Name = "记录数")]
    public int Remarks { get; init; }
}

/// <summary>A listing of visits.</summary>
/// <param name="rows">What it asks.</param>
internal sealed class VisitListing(Func<ScopedReadDbContext, IQueryable<VisitRow>> rows)
    : Listing<VisitRow>("FaultyVisits", "走访")
{
    public override IQueryable<VisitRow> Query(ListingSource source) => rows(source.Db);
}

/// <summary>A table of a test's own making.</summary>
/// <param name="declare">What it says.</param>
internal sealed class OpenTable<TRow>(Action<TableBuilder<TRow>> declare) : Table<TRow>
    where TRow : class
{
    protected override void Declare(TableBuilder<TRow> table) => declare(table);
}

/// <summary>A module with tables of a test's own making.</summary>
/// <param name="tables">The tables.</param>
internal sealed class OpenTablesModule(params IReadOnlyList<Table> tables) : FaultyModule
{
    protected override IEnumerable<IContribution> Others => [.. base.Others, .. tables];
}
