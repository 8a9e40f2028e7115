using EduAssist.Office.Listings;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.ToyRegion;

/// <summary>第九条：一所学校一年的帮扶落实率，同意的占提交的。</summary>
internal sealed class Indicators : IIndicators
{
    internal static readonly Indicator Granted = new("toyregion.granted", "帮扶落实率", ["toy2024/9"]);

    IReadOnlyList<Indicator> IIndicators.Indicators { get; } = [Granted];

    public IEnumerable<Citation> Citations => [Granted.Citation];

    public async Task<IReadOnlyList<Figure>> ComputeAsync(ListingSource source, int year)
    {
        var schools = await source.Db.Set<ApplicationRow>()
            .Where(a => a.Case.Year == year && a.Case.State != ApplicationWorkflow.Draft.Id)
            .GroupBy(a => new { a.SchoolId, a.SchoolName })
            .OrderBy(g => g.Key.SchoolName)
            .Select(g => new
            {
                Id = g.Key.SchoolId,
                Name = g.Key.SchoolName,
                All = g.Count(),
                Granted = g.Count(a => a.GrantedOn != null),
            })
            .ToListAsync(source.Cancellation);
        return [.. schools.Select(s => new Figure(Granted, $"{s.Id}", s.Name, new(s.Granted, s.All)))];
    }
}
