using EduAssist.Core.Listings;
using EduAssist.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>列表与指标：在两种数据库上都成为一条查询，并与演示数据逐行数出来的一致。</summary>
public class ListingTests
{
    [Theory, EveryDatabase]
    public async Task Dbg(DatabaseKind kind)
    {
        using var stored = new Stored(kind, new(2020, 12, 1), null, new ChuxiongModule());
        await stored.Acts.Begin(demo: true);
        await using var db = stored.Read();
        var source = new ListingSource(db, stored.Instance);
        await new ApplicationListing().Query(source).ToListAsync();
        foreach (var l in Loaded.Module.Listings)
        {
            var q = (IQueryable<object>)l.Rows(source);
            Console.WriteLine(l.Set + " " + q.ToQueryString());
            var rows = await q.ToListAsync();
            Console.WriteLine(l.Set + " " + rows.Count);
        }
        foreach (var f in await new AssessedIndicators().Of(source, 2020)) Console.WriteLine($"{f.Indicator.Id} {f.Title} {f.Ratio} {f.Ratio.Value}");
    }
}
