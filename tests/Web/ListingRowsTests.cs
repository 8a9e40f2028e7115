using EduAssist.Kernel.Access;
using EduAssist.Web.Pages;

namespace EduAssist.Web;

/// <summary>Lists of pages are read while their reader waits.</summary>
public sealed class ListingRowsTests : IAsyncLifetime
{
    private readonly Served served = new();

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task No_query_is_begun_for_a_reader_who_is_gone()
    {
        var instance = served.Stored.Instance;
        await using var db = served.Stored.Commands.Database.Read(AccessScope.Everything);
        var listing = instance.Catalogue.Listings.Single(l => l.Set == "Students");
        var state = listing.Columns.First(c => !c.IsPersonal && c.Type == typeof(string));
        using var gone = new CancellationTokenSource();
        var rows = ListingRows.Create(listing, new(db, instance, gone.Token));
        Assert.Equal(0, await rows.CountAsync(new([])));
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rows.CountAsync(new([])));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rows.PageAsync(new([]), 0, 10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rows.CountByAsync(state, new([])));
    }
}
